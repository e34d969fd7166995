"""Public suffixes as Baton looks them up: the same as the library's own, which parses the list."""

import random

import pytest
from publicsuffixlist import PublicSuffixList, encode_idn

from baton.domain.identity.public_suffixes import _suffixes, registrable_domain


@pytest.fixture(scope="module")
def theirs() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def test_every_rule_of_the_library_is_found(theirs: PublicSuffixList) -> None:
    rules = _suffixes()._publicsuffix
    missing = [rule for rule in random.Random(1).sample(sorted(theirs._publicsuffix), 3000) if rule not in rules]
    assert missing == []


def test_the_list_is_written_as_it_is_looked_up(theirs: PublicSuffixList) -> None:
    written = [line.decode() for line in _suffixes()._publicsuffix.lines]
    lines = {line for line in written if line and not line.startswith("//")}
    assert lines | {encode_line(line) for line in lines} == theirs._publicsuffix


def encode_line(line: str) -> str:
    return ("!" if line.startswith("!") else "") + encode_idn(line.lstrip("!"))


def test_a_host_has_the_domain_that_the_library_finds(theirs: PublicSuffixList) -> None:
    chance, rules = random.Random(2), sorted(theirs._publicsuffix)
    plain = [rule.lstrip("!*.") for rule in rules]
    hosts = [f"{prefix}{chance.choice(plain)}" for _ in range(300) for prefix in ("", "acme.", "mail.acme.")]
    hosts += [
        "a.b.kobe.jp",
        "city.kobe.jp",
        "x.city.kobe.jp",
        "kobe.jp",
        "localhost",
        "a..de",
        "de",
        ".de",
        "de.",
        "x.de.",
    ]
    hosts += ["de.", "x.de.", "xn--", "a.xn--zzzzzz", "a b.de", "*.kobe.jp", "!city.kobe.jp"]
    for host in hosts:
        assert registrable_domain(host) == theirs.privatesuffix(host), host
