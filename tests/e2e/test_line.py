"""Leads go to whoever works there, is at work and has room; the others wait in line until somebody is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import RITA, SAM, TEAM, AtWork, View, read, until
from tests.e2e.conftest import ROOM
from tests.e2e.paces import at_a_pace, before
from tools.agreement import agreement_for_now

NORA, OLE = "nora@baton.example", "ole@baton.example"
NORDICS = "/teams/nordics/reps"


def with_a_team_of_its_own() -> str:
    """The shipped agreement, but leads from the north have a team of their own."""
    agreement = yaml.safe_load(packaged_text())
    agreement["teams"]["nordics"] = {"label": "Nordics", "reps": {"weight": 1, "capacity": 1}}
    agreement["territories"] = [{"id": "north", "when": {"country": ["NO", "SE"]}, "team": "nordics"}]
    text: str = yaml.safe_dump(agreement)
    return text


@pytest.fixture
def north(baton: AtWork) -> Iterator[AtWork]:
    with agreement_for_now(baton.session, baton.outputs["TableName"], with_a_team_of_its_own()):
        yield baton
        for email in (NORA, OLE):
            baton.admin.delete(f"{NORDICS}/{email}")


def everybody_is(baton: AtWork, away: list[dict[str, str]]) -> None:
    for email in (SAM, RITA):
        read(baton.admin.put(f"/teams/{TEAM}/reps/{email}", json={"capacity": ROOM, "away": away}))


def has_an_owner(baton: AtWork, lead: View) -> View:
    def look() -> View | None:
        handoff: View = baton.lead(lead["lead_id"])["handoff"]
        return handoff if handoff["owner"] else None

    handoff = until(look, what="its turn in the line")
    assert handoff
    return handoff


def passed_on(baton: AtWork, lead: View) -> list[Any]:
    """By whom, to whom and why a lead was passed on."""
    events = [event for event in baton.timeline(lead["lead_id"]) if event["type"] == "HandoffReassigned"]
    return [(event["by"], event["owner"], event["reason"]) for event in events]


def test_leads_wait_while_all_reps_are_away_and_are_given_out_at_their_return(baton: AtWork) -> None:
    at_a_pace(lambda seconds: everybody_comes_back(baton, seconds))


def everybody_comes_back(baton: AtWork, seconds: int) -> None:
    everybody_is(baton, away=[{"from": "2026-01-01", "to": "2099-12-31"}])
    try:
        waiting = [baton.ask() for _ in range(2)]
        assert [lead["handoff"]["owner"] for lead in waiting] == [None, None]
        assert baton.listed(*(lead["lead_id"] for lead in waiting), owner="nobody")
        reps = {rep["email"]: rep for rep in read(baton.admin.get(f"/teams/{TEAM}/reps"))["reps"]}
        assert (reps[SAM]["gets_leads"], reps[SAM]["why_not"].startswith("is away until")) == (False, True)
        then = datetime.now(UTC) + timedelta(seconds=seconds)
        back = then.isoformat()
        with before(then, "saying when everybody is back"):
            everybody_is(baton, away=[{"from": "2026-01-01", "to": back}])
        given = [has_an_owner(baton, lead) for lead in waiting]
    finally:
        everybody_is(baton, away=[])
    assert sorted(handoff["owner"] for handoff in given) == [RITA, SAM], "by turns"
    assert passed_on(baton, waiting[0]) == [("line", given[0]["owner"], "its turn in the line")]
    assert min(handoff["assigned_at"] for handoff in given) >= back[:19], "by the team's timer, and not before"


def test_a_territorys_leads_wait_for_a_new_rep_and_then_for_a_free_place(north: AtWork) -> None:
    first, second = north.ask(country="NO"), north.ask(country="SE")
    assert [(lead["handoff"]["team"], lead["handoff"]["territory"]) for lead in (first, second)] == [
        ("nordics", "north"),
        ("nordics", "north"),
    ]
    assert (first["handoff"]["owner"], second["handoff"]["owner"]) == (None, None)

    read(north.admin.put(f"{NORDICS}/{NORA}", json={}))
    assert has_an_owner(north, first)["owner"] == NORA
    assert north.lead(second["lead_id"])["handoff"]["owner"] is None, "she has as many as she may have"

    read(north.admin.post(f"/handoffs/{first['handoff']['handoff_id']}/close", json={"outcome": "lost"}))
    handoff = has_an_owner(north, second)
    assert (handoff["owner"], handoff["routing"]["why"]) == (NORA, "the only one who can take it now")
    turns = {pool["territory"]: pool["waiting"] for pool in read(north.admin.get(NORDICS))["turns"]}
    assert turns == {"north": 0}


def test_a_rep_on_leave_is_skipped_with_a_reason(north: AtWork) -> None:
    read(north.admin.put(f"{NORDICS}/{NORA}", json={"territories": ["north"], "capacity": 5}))
    read(
        north.admin.put(
            f"{NORDICS}/{OLE}",
            json={
                "capacity": 5,
                "time_zone": "Europe/Oslo",
                "away": [{"from": "2026-01-01", "to": "2099-12-31", "why": "canary"}],
            },
        )
    )
    handoff = north.ask(country="NO")["handoff"]
    assert handoff["owner"] == NORA
    assert handoff["routing"]["skipped"] == [{"rep": OLE, "why": "is away until 31 December 2099"}]
