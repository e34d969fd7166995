"""Two hundred agreements with one thing broken: each is named with line and remedy, or a reason says why it is not."""

from pathlib import Path

import pytest

from baton.agreement.reading.agreement_reader import AgreementFaults, check_agreement
from baton.agreement.reading.findings import Finding
from tests.unit.agreement.mutated_agreements import Mutation, mutations, sources

DOCS = Path("docs/agreement-check.md")
MUTATIONS = {each.name: each for each in mutations()}
REASONS = {
    "possible number": "A number that may be meant: 500 points, 30h, `at_most` for `at_least`.",
    "another that is there": "A name that means something else: another country, team, kind, content or destination.",
    "left out": "A rule or a step of a ladder that is not there: an agreement may do without it.",
    "pattern": "A pattern that finds other words than were meant, but finds some.",
    "outside": "A name that only others know: a domain, a page, a tool's field, a kind of signal like no other.",
}
"""Why nobody can know that something is broken; the docs have the same table."""


def found_in(text: str) -> list[Finding]:
    try:
        return check_agreement(text).warnings
    except AgreementFaults as refused:
        return [*refused.faults, *refused.warnings]


@pytest.mark.parametrize("text", sources().values(), ids=sources().keys())
def test_a_shipped_agreement_has_no_fault_and_no_warning(text: str) -> None:
    assert found_in(text) == []


def test_there_are_two_hundred_broken_agreements() -> None:
    assert len([each for each in MUTATIONS.values() if not each.reason]) >= 200


@pytest.mark.parametrize("name", [name for name, each in MUTATIONS.items() if not each.reason])
def test_a_broken_agreement_is_named_with_line_and_remedy(name: str) -> None:
    found = found_in(MUTATIONS[name].text)
    assert is_named(MUTATIONS[name], found), found


@pytest.mark.parametrize("name", [name for name, each in MUTATIONS.items() if each.reason])
def test_what_cannot_be_known_has_a_reason_in_the_docs(name: str) -> None:
    mutation = MUTATIONS[name]
    assert found_in(mutation.text) == []
    assert f"| {REASONS[mutation.reason]} |" in DOCS.read_text(encoding="utf-8")


def is_named(mutation: Mutation, found: list[Finding]) -> bool:
    lines = mutation.text.splitlines()
    return any(
        each.remedy
        and each.line
        and (
            _is_near(lines, mutation.line, each.line)
            or (mutation.says and mutation.says in f"{each.place} {each.detail}")
        )
        for each in found
    )


def _is_near(lines: list[str], broken: int, named: int) -> bool:
    """Whether a line is the broken one, the next but one at most, or the beginning of what it belongs to."""
    if broken <= named <= broken + 2:
        return True
    indented = [_indent(line) for line in lines]
    inside = lines[named - 1 : broken]
    return named < broken and all(not line.strip() or _indent(line) > indented[named - 1] for line in inside[1:])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))
