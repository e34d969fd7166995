"""Differences as a mail tells them: terms and rules by their names, not by codes."""

from typing import Any

import pytest

from baton.domain.signing.differences import differences
from baton.domain.signing.told_differences import told_lines
from tests.unit.domain.test_differences import (
    LADDERS,
    RULES,
    TWICE,
    agreement_with,
    handoffs_with_accept_clock,
    rule,
    rules_with,
)

TOLD = [
    pytest.param(
        {"rules": rules_with("engagement", 0, "points", to=30)},
        "What a lead does: Whitepaper (content downloaded, content whitepaper), points 50 → 30",
        id="points",
    ),
    pytest.param(
        {"rules": rules_with("fit", 0, "when", to={"title": {"is": "cto"}})},
        "What a lead is: Vice president, when title like /vp/ → title cto",
        id="what a rule asks",
    ),
    pytest.param(
        {"rules": {**RULES, "fit": []}},
        "What a lead is: rule Vice president (title like /vp/) is gone (100 points)",
        id="a rule is gone",
    ),
    pytest.param(
        {"rules": rules_with("engagement", None, to=rule("tour", 5, at_most=TWICE))},
        "What a lead does: new rule Tour (5 points): for content downloaded, content tour; at most 2 times in 90d",
        id="a new rule",
    ),
    pytest.param(
        {"handoffs": handoffs_with_accept_clock(ladder=LADDERS[1])},
        "How fast sales acts: Consultation request, accept, ladder "
        "remind at 50%, tell the manager at 100%, pass it on at 150% → remind at 60%, tell the manager at 100%",
        id="a ladder",
    ),
    pytest.param(
        {"title": "Another"}, "title Who passes from marketing to sales, and when → Another", id="another term"
    ),
]


@pytest.mark.parametrize(("new", "told"), TOLD)
def test_a_difference_is_told_as_people_speak(new: dict[str, Any], told: str) -> None:
    old, changed = agreement_with(), agreement_with(**new)
    assert told_lines(differences(old, changed), old, changed) == [told]


def test_a_rule_that_moves_to_the_other_section_is_told_as_it_was_and_as_it_will_be() -> None:
    old = agreement_with()
    moved = {**RULES["fit"][0], "id": "visit"}
    new = agreement_with({**RULES, "fit": [*RULES["fit"], moved], "engagement": RULES["engagement"][:1]})
    lines = told_lines(differences(old, new), old, new)
    assert any("rule Visit (content downloaded, content visit) is gone" in each for each in lines)
    assert any("new rule Visit (100 points): when title like /vp/" in each for each in lines)
