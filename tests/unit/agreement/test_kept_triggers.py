"""A trigger that `never` and `unless` leave nobody to hand over is a fault; one that they leave somebody is none."""

from typing import Any

import pytest

from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with

EARLY = [{"id": "customers", "when": {"stage": "customer"}, "threshold": 70}]
FITS = {"fit": {"at_least": 90}}
KEPT: list[Any] = [
    pytest.param([("handoffs.score.unless", {"score": {"at_least": 50}})], "handoffs.score.unless", id="all scores"),
    pytest.param(
        [("handoffs.score.unless", {"score": {"at_least": 70}}), ("thresholds", EARLY)],
        "handoffs.score.unless",
        id="all scores, also of the lowest threshold",
    ),
    pytest.param(
        [("handoffs.score.unless", {"any": [{"country": "DE"}, {"not": {"country": "DE"}}]})],
        "handoffs.score.unless",
        id="one of two that leave nobody",
    ),
    pytest.param(
        [("handoffs.consultation.unless", {"asked_for_a_person": True})], "handoffs.consultation.unless", id="who asks"
    ),
    pytest.param(
        [("handoffs.target_account.unless", {"target_account": True})],
        "handoffs.target_account.unless",
        id="target accounts",
    ),
    pytest.param([("handoffs.sql.unless", {"bant": {"at_least": 2}})], "handoffs.sql.unless", id="part of the SQL"),
    pytest.param(
        [("sql", FITS), ("handoffs.sql.unless", {"fit": {"at_least": 80}})], "handoffs.sql.unless", id="a wider SQL"
    ),
    pytest.param(
        [("never", [{"id": "all", "when": {"score": {"at_least": 100}}}])], "handoffs.score", id="never with a score"
    ),
    pytest.param(
        [
            ("handoffs.sql.unless", {"fit": {"at_least": 95}}),
            ("sql", FITS),
            ("never", [{"id": "small", "when": {"fit": {"at_most": 95}}}]),
        ],
        "handoffs.sql",
        id="never and unless together",
    ),
]
SOME: list[Any] = [
    pytest.param([("handoffs.score.unless", {"country": "DE"})], id="one country"),
    pytest.param([("handoffs.consultation.unless", {"asked_for_a_person": False})], id="who does not ask"),
    pytest.param([("handoffs.sql.unless", {"bant": {"at_least": 2}}), ("sql", FITS)], id="another SQL"),
    pytest.param(
        [("never", [{"id": "all", "when": {"score": {"at_least": 100}}, "team": "sales"}])], id="another team gets them"
    ),
    pytest.param(
        [("handoffs.score.unless", {"score": {"at_least": 80}}), ("thresholds", EARLY)], id="a lower threshold"
    ),
]


@pytest.mark.parametrize(("changes", "place"), KEPT)
def test_a_trigger_that_hands_over_nobody_is_a_fault(changes: list[tuple[str, Any]], place: str) -> None:
    found = faults_of(shipped_document_with(*changes))
    assert [each for each, said in found.items() if "hands over" in said] == [place]


@pytest.mark.parametrize("changes", SOME)
def test_a_trigger_that_hands_over_somebody_is_no_fault(changes: list[tuple[str, Any]]) -> None:
    assert read_draft(shipped_document_with(*changes))
