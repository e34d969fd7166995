"""A lead that nobody answers: its owner is reminded, the manager told, and somebody else gets it. Once each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import MANAGER, AtWork, clocks, read, until
from tests.e2e.paces import (
    TooSlow,
    at_a_pace,
    before,
    moment,
    must_have_looked_in_time,
    must_have_told_in_time,
)
from tools.agreement import agreement_for_now


@contextmanager
def to_accept(baton: AtWork, seconds: int) -> Iterator[None]:
    """The shipped agreement, with so many seconds to accept a lead."""
    text = packaged_text().replace("within: 30m", f"within: {seconds}s")
    with agreement_for_now(baton.session, baton.outputs["TableName"], text):
        yield


def test_an_unanswered_lead_is_reminded_escalated_and_reassigned_once_each_in_that_order(
    baton: AtWork,
) -> None:
    at_a_pace(lambda seconds: nobody_answers(baton, seconds))


def nobody_answers(baton: AtWork, seconds: int) -> None:
    with to_accept(baton, seconds):
        lead = baton.ask()
        lead_id, handoff_id, first = lead["lead_id"], lead["handoff"]["handoff_id"], lead["handoff"]["owner"]
        second = baton.other_than(first)
        baton.rep(second)

        passed_on_at = moment(baton.wait(lead_id, "HandoffReassigned")["at"])
        must_have_looked_in_time(baton, lead_id, timedelta(seconds=seconds / 2))
        with before(passed_on_at + timedelta(seconds=seconds / 2), "accepting"):
            read(baton.rep(second).post(f"/handoffs/{handoff_id}/accept"))
    told = [
        ("Consultation request", first),
        ("Reminder", first),
        ("Escalation", MANAGER),
        ("No longer yours", first),
        ("Consultation request", second),
    ]
    must_have_told_in_time(baton, handoff_id, *told)
    happened = baton.happened(lead_id)
    if "OwnerNotified" not in happened[: happened.index("HandoffReassigned")]:
        raise TooSlow("the first owner's mail was not noted in time")

    assert baton.decided(lead_id)[2:] == [
        "HandoffOffered",
        "HandoffReminded",
        "HandoffEscalated",
        "HandoffReassigned",
        "HandoffAccepted",
    ]
    after = baton.lead(lead_id)
    assert (after["handoff"]["owner"], after["handoff"]["state"]) == (second, "accepted")
    assert not clocks(after)["accept"]["breached"]
    until(lambda: baton.happened(lead_id).count("OwnerNotified") == 2, what="both owners' mail in the timeline")
    took = [event["at"] for event in baton.timeline(lead_id)]
    assert took == sorted(took)
    assert sorted(baton.told_of(handoff_id)) == sorted(told)


def test_a_lead_accepted_in_time_gets_no_reminder(baton: AtWork) -> None:
    at_a_pace(lambda seconds: somebody_accepts(baton, seconds))


def somebody_accepts(baton: AtWork, seconds: int) -> None:
    with to_accept(baton, seconds):
        lead = baton.ask()
        reminded_at = moment(clocks(lead)["accept"]["started_at"]) + timedelta(seconds=seconds / 2)
        with before(reminded_at, "accepting"):
            read(baton.rep(lead["handoff"]["owner"]).post(f"/handoffs/{lead['handoff']['handoff_id']}/accept"))

        other = baton.ask()
        baton.wait(other["lead_id"], "HandoffEscalated", "HandoffReassigned")

    assert baton.decided(lead["lead_id"])[2:] == ["HandoffOffered", "HandoffAccepted"]
