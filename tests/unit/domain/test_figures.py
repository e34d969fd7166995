"""What reports get to know of a change, and what they do not."""

import json
from datetime import timedelta
from typing import Any

from baton.domain.events.handoff_events import HandoffAccepted, HandoffRated, OwnerNotified
from baton.domain.history.change import Change
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.reports.rows import row_figures
from baton.domain.reports.rows.report_rows import LeadPlace, read_duty, read_handoff, read_move
from tests.unit.domain.playing import Play
from tests.unit.given import AGREEMENT, NOW, SAM

PERSONAL = {
    "profile": Profile(first_name="Canaryfirst", phone="+49 89 7719283"),
    "company": Company(name="Canary GmbH"),
    "message": "Canarymessage",
}


def played() -> tuple[Play, list[Change]]:
    play, saved = Play(AGREEMENT), list[Change]()
    play.saved = saved.append
    play.does("page_visited", campaign="autumn", **PERSONAL)
    play.now += timedelta(hours=1)
    play.does("consultation_requested", **PERSONAL)
    play.now += timedelta(minutes=5)
    handoff_id = f"{play.lead_id}-001"
    play.happens([OwnerNotified(handoff_id=handoff_id, assignment=1)])
    play.happens([HandoffAccepted(handoff_id=handoff_id, assignment=1)])
    play.now += timedelta(minutes=5)
    play.given_back("bad_timing")
    play.happens([HandoffRated(handoff_id=handoff_id, stars=4, note="Canarynote")])
    return play, saved


def everything(saved: list[Change]) -> list[dict[str, Any]]:
    """All that was written for reports."""
    texts = [text for change in saved if (text := row_figures.move_figures(change))]
    texts += [row_figures.handoff_figures(each) for change in saved for each in change.handoffs]
    texts += [
        row_figures.duty_figures(each, change.after) for change in saved if change.after for each in change.duties
    ]
    return [json.loads(text) for text in texts]


def test_a_handoff_tells_what_it_was_for_who_had_it_and_how_it_ended() -> None:
    play, _ = played()
    assert play.known.handoff
    row = read_handoff(row_figures.handoff_figures(play.known.handoff))
    assert (row.trigger, row.team, row.source, row.campaign, row.channel) == (
        *("consultation", "sales", "test", "autumn", "inbound"),
    )
    assert (row.state, row.return_reason, row.stars, row.owner) == ("returned", "bad_timing", 4, SAM)
    [stint] = row.stints
    assert (stint.since, stint.accepted_at) == (NOW + timedelta(hours=1), NOW + timedelta(minutes=65))
    assert {run.clock: (run.within, run.stopped_at) for run in stint.runs} == {
        "accept": ("30m", NOW + timedelta(minutes=65)),
        "first_contact": ("4h", NOW + timedelta(minutes=70)),
    }
    assert row.rules
    assert len(set(row.rules)) == len(row.rules)


def test_an_amount_is_a_number_if_it_is_clear_which() -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    handoff = play.known.handoff
    assert handoff
    for said, amount in (("EUR 12,500.50", 12500.5), ("a lot", None), (None, None)):
        assert read_handoff(row_figures.handoff_figures(handoff.model_copy(update={"amount": said}))).amount == amount


def test_a_duty_tells_what_marketing_owes_and_by_when() -> None:
    play, _ = played()
    assert play.known.duty
    row = read_duty(row_figures.duty_figures(play.known.duty, play.known))
    assert (row.kind, row.reason, row.team, row.closed_at) == ("return", "bad_timing", "marketing", None)
    assert row.run
    assert (row.run.clock, row.run.within) == ("answer", "2d")


def test_a_command_that_moves_a_lead_tells_from_where_to_where_and_after_how_long() -> None:
    _, saved = played()
    moves = [read_move(text) for change in saved if (text := row_figures.move_figures(change))]
    assert [(move.before, move.after.status, move.stayed) for move in moves] == [
        (None, "nurturing", None),
        (LeadPlace("nurturing", "lead"), "with_sales", 3600),
        (LeadPlace("with_sales", moves[1].after.stage), "parked", 600),
    ]
    assert all(move.campaign == "autumn" for move in moves)


def test_nothing_of_it_is_personal_of_the_lead() -> None:
    play, saved = played()
    told = json.dumps(everything(saved)).lower()
    assert play.lead_id in told
    assert "canary" not in told
    assert "7719283" not in told
    assert "anna" not in told
