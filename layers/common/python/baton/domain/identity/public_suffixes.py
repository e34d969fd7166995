"""Looks up the list of public suffixes without encoding its rules: 40 ms of the first request that has an address."""

from functools import cache, lru_cache
from typing import Any

from publicsuffixlist import PublicSuffixList

_LABELS_OF_A_HOST = 127


class _Rules:
    """The rules of the list as they stand in its file, one a line; international ones are written in Unicode."""

    def __init__(self, text: bytes) -> None:
        self.lines = frozenset(text.splitlines())

    def __contains__(self, rule: str) -> bool:
        return self._has(rule) or ("xn--" in rule and self._has(_in_unicode(rule)))

    def _has(self, rule: str) -> bool:
        return rule.encode() in self.lines


def _in_unicode(rule: str) -> str:
    exception = "!" if rule.startswith("!") else ""
    try:
        return exception + rule.removeprefix("!").encode().decode("idna")
    except UnicodeError:  # no rule is written like this
        return rule


class _AsWritten(PublicSuffixList):
    """The list of the library, with its rules looked up as they are written."""

    def _parse(self, source: Any, accept_encoded_idn: bool, only_icann: bool = False) -> None:
        rules: Any = _Rules(source.read())
        self._publicsuffix, self._maxlabel = rules, _LABELS_OF_A_HOST


@cache
def _suffixes() -> PublicSuffixList:
    return _AsWritten(accept_unknown=False)


@lru_cache(maxsize=10_000)
def registrable_domain(host: str) -> str | None:
    """Returns what somebody registered of a host in ASCII: `acme.co.uk` of `mail.acme.co.uk`; None for a suffix."""
    return _suffixes().privatesuffix(host)
