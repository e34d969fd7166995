"""After a mail its reader gets no other for a minute; what comes meanwhile leaves then, as one mail."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from baton.aws.messages import mail_delivery, mail_pauses
from baton.aws.messages.mail_pace import MailPace
from tests.integration import template
from tests.integration.calls import READS, Call, Carry, Crash, crash_everywhere, refuse
from tests.integration.conftest import Prepared
from tests.integration.forked_runs import in_one_process, run_with_forks
from tests.integration.world import KIM, MO, SAM, Mail, World, in_queue, living_in

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
MAILS = next(rule for rule in template.rules() if rule.name == "HandoffMailRule")


@pytest.fixture
def paused(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which mailboxes pause for a minute after each mail, and Sam gets all leads."""
    monkeypatch.setitem(world.stack.physical, "MailPauseSeconds", "60")
    world.cold()
    only_sam(world)
    return world


def only_sam(world: World) -> None:
    assert world.ask("DELETE", f"/teams/sales/reps/{KIM}", by="admin").status == 200
    world.settle()
    world.mails.clear()


def asks(world: World, name: str, **answers: str) -> str:
    """Somebody asks for a person; gives the handoff's id."""
    assert world.send_form(email=f"{name}@{name}.example.org", first_name=name, **answers).status == 202
    world.settle()
    return next(
        lead.handoff.handoff_id for lead in world.stack.leads() if lead.handoff and lead.email.startswith(f"{name}@")
    )


def to(world: World, address: str) -> list[Mail]:
    return [mail for mail in world.mails if address in mail.to]


def test_the_first_mail_leaves_at_once_and_a_second_in_its_own_words_when_the_minute_is_over(paused: World) -> None:
    asks(paused, "ann")
    assert [mail.subject.startswith("Consultation") for mail in paused.mails] == [True], paused.mails
    paused.now += 20 * SECOND
    bob = asks(paused, "bob")
    paused.wait(39 * SECOND)
    assert len(paused.mails) == 1
    paused.wait(SECOND)
    _, second = paused.mails
    assert second.subject.startswith("Consultation")
    assert bob in second.text
    assert "mails in one" not in second.text


def test_of_more_mails_than_one_holds_the_oldest_leave_first_and_all_leave(
    paused: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_pauses, "MOST_TOGETHER", 3)
    asks(paused, "ann")
    waiting = []
    for number in range(10):
        paused.now += SECOND
        waiting.append(asks(paused, f"name{number}"))
    mails = list[list[str]]()
    for _ in range(5):
        paused.wait(MINUTE)
        mails.append([each for each in waiting if any(f"handoff {each}" in mail.text for mail in paused.mails[1:])])
        paused.mails[1:] = []
    assert sorted(each for one in mails for each in one) == sorted(waiting), "each leaves once"
    assert set(waiting[:3]) <= set(mails[0])
    assert not paused.stack.items("POSTPONED#")


def test_a_mail_after_a_quiet_minute_leaves_at_once(paused: World) -> None:
    asks(paused, "ann")
    paused.wait(MINUTE)
    asks(paused, "bob")
    assert len(paused.mails) == 2


def test_several_mails_of_a_minute_leave_as_one_with_the_most_urgent_first_and_all_links(paused: World) -> None:
    asks(paused, "ann")
    paused.now += 10 * SECOND
    later = [asks(paused, "bob")]
    paused.now += 10 * SECOND
    later.append(asks(paused, "cyd"))
    paused.wait(MINUTE)
    _, both = paused.mails
    assert both.subject.startswith("2 mails, first: Consultation")
    assert "bob" in both.subject
    assert [both.text.index(f"handoff {each}") for each in later] == sorted(
        both.text.index(f"handoff {each}") for each in later
    )
    links = re.findall(r"ACCEPT this lead:\nhttps://baton\.example\.com(\S+)", both.text)
    for link in links:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert paused.ask("POST", link, "", headers=form).status == 200
    accepted = [lead.handoff.state for lead in paused.stack.leads() if lead.handoff]
    assert Counter(accepted) == {"offered": 1, "accepted": 2}


def test_owners_count_as_alerted_when_their_mail_really_left(paused: World) -> None:
    asks(paused, "ann")
    bob = asks(paused, "bob")
    cyd = asks(paused, "cyd")
    begun = paused.now
    paused.wait(2 * MINUTE)
    notified = {
        lead.handoff.handoff_id: lead.handoff.stints[-1].notified_at for lead in paused.stack.leads() if lead.handoff
    }
    assert {notified[bob], notified[cyd]} == {begun + MINUTE}
    paused.stack.must_be_consistent()


def test_an_erased_lead_drops_out_of_a_digest(paused: World) -> None:
    asks(paused, "ann")
    bob, cyd = asks(paused, "bob"), asks(paused, "cyd")
    assert paused.ask("DELETE", f"/leads/{bob.rpartition('-')[0]}", by="admin").status == 204
    paused.settle()
    paused.wait(MINUTE)
    _, second = paused.mails
    assert cyd in second.text
    assert "bob" not in second.subject + second.text


def test_what_became_moot_while_it_waited_is_not_mailed(paused: World) -> None:
    asks(paused, "ann")
    bob = asks(paused, "bob")
    assert paused.ask("POST", f"/handoffs/{bob}/contact", {"channel": "phone"}, by=SAM).status == 200
    paused.settle()
    paused.wait(2 * MINUTE)
    assert len(paused.mails) == 1
    asks(paused, "cyd")
    assert len(paused.mails) == 2


def test_events_delivered_twice_while_their_mail_waits_are_mailed_once(paused: World) -> None:
    asks(paused, "ann")
    for name in ("bob", "cyd"):
        assert paused.send_form(email=f"{name}@{name}.example.org").status == 202
    records = paused.new_records()
    paused.deliver_records(records)
    paused.deliver_records(records)
    paused.settle_bus()
    paused.wait(3 * MINUTE)
    assert [mail.subject[:7] for mail in paused.mails] == ["Consult", "2 mails"]
    assert not paused.stack.items("POSTPONED#")


def test_of_several_recipients_only_those_wait_who_just_got_a_mail(paused: World) -> None:
    paused.hire("max@sales.example.com", role="manager")
    ann = asks(paused, "ann")
    paused.now += 20 * SECOND
    bob = asks(paused, "bob")
    paused.wait(30 * MINUTE - 20 * SECOND - SECOND)
    assert paused.ask("PATCH", "/teams/sales/reps/max@sales.example.com", {"role": "rep"}, by="admin").status == 200
    paused.wait(SECOND)
    assert paused.ask("PATCH", "/teams/sales/reps/max@sales.example.com", {"role": "manager"}, by="admin").status == 200
    paused.settle()
    paused.wait(20 * SECOND)
    assert [len([m for m in to(paused, "max@sales.example.com") if each in m.text]) for each in (ann, bob)] == [0, 1]
    assert [len([m for m in to(paused, MO) if each in m.text]) for each in (ann, bob)] == [1, 0]
    paused.wait(2 * MINUTE)
    assert [len([m for m in to(paused, "max@sales.example.com") if each in m.text]) for each in (ann, bob)] == [0, 1]
    assert [len([m for m in to(paused, MO) if each in m.text]) for each in (ann, bob)] == [1, 1]


def test_a_new_owner_counts_as_alerted_if_the_former_one_hears_of_it_in_the_same_moment(paused: World) -> None:
    """The former owner's mailbox is free; the new one's pause is just over, and a mail has waited for its end."""
    ann = asks(paused, "ann")
    bob = asks(paused, "bob")
    paused.hire(KIM)
    pass_on(paused, ann, KIM)
    paused.now += MINUTE
    pass_on(paused, ann, SAM)
    paused.wait(3 * MINUTE)
    history = paused.stack.history(ann.rpartition("-")[0])
    alerts = [recorded.event.assignment for recorded in history if recorded.event.type == "OwnerNotified"]
    assert alerts == [1, 2, 3]
    assert told_in(to(paused, SAM), [ann, bob]) == [2, 1]
    assert not [item for item in paused.stack.items("SEEN#") if "told" in item]


def pass_on(world: World, handoff: str, owner: str) -> None:
    assert world.ask("POST", f"/handoffs/{handoff}/reassign", {"owner": owner, "reason": "ill"}, by=MO).status == 200
    world.settle()


def test_operations_get_the_mails_of_a_minute_as_one_too(paused: World) -> None:
    assert paused.ask("DELETE", f"/teams/sales/reps/{MO}", by="admin").status == 200
    for name in ("ann", "bob", "cyd"):
        asks(paused, name)
    paused.mails.clear()
    paused.wait(33 * MINUTE)
    first, others = [mail for mail in paused.mails if mail.topic == "OperationsTopic"]
    assert first.subject == "Baton: no manager of team Sales can be told of a lead"
    assert others.subject.startswith("2 mails, first: Baton: no manager")


def test_what_does_not_fit_into_one_mail_leaves_a_minute_later(paused: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_delivery, "MOST_BYTES", 5_000)
    handoffs = [asks(paused, name) for name in ("ann", "bob", "cyd", "dan", "eve", "fay")]
    begun = paused.now
    paused.wait(5 * MINUTE)
    assert paused.now == begun + 5 * MINUTE
    assert len(paused.mails) > 2
    assert all(len(mail.text) < 6_000 for mail in paused.mails)
    for each in handoffs:
        assert sum(f"handoff {each}" in mail.text for mail in paused.mails) == 1


def test_a_mail_that_sns_refuses_leaves_when_its_event_comes_again(paused: World) -> None:
    with paused.calls.by(refuse("Publish", "InternalError", times=1)):
        asks(paused, "ann")
        paused.wait(MINUTE)
    assert len(paused.mails) == 1
    assert paused.lost == []


def test_an_event_that_nobody_can_read_holds_up_no_other_mail_to_its_reader(paused: World) -> None:
    asks(paused, "ann")
    bob, *others = [asks(paused, name) for name in ("bob", "cyd", "dan")]
    table = paused.stack.table
    for item in paused.stack.items("EVENT#"):
        if item["pk"]["S"] == f"LEAD#{bob.rpartition('-')[0]}" and item["type"]["S"] == "HandoffOffered":
            paused.stack.dynamodb.put_item(TableName=table, Item={**item, "body": {"S": "{"}})
    paused.wait(3 * MINUTE)
    assert told_in(paused.mails, [bob, *others]) == [0, 1, 1]
    assert [function for function, _ in paused.lost] == ["notify_sales"]


def test_a_digest_that_is_long_in_writing_is_not_written_a_second_time(
    paused: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a pause shorter than the work, nobody else begins before it is done."""
    monkeypatch.setitem(paused.stack.physical, "MailPauseSeconds", "1")
    paused.cold()
    for name in ("ann", "bob", "cyd", "dan"):
        asks(paused, name)
    rivals = []

    def rival(call: Call, carry: Carry) -> Any:
        if call.operation == "Publish" and not rivals:
            rivals.append(paused.now)
            paused.now += 5 * SECOND
            _, _, rule, again = paused._delayed[0]
            function, calling = paused.calls.running, paused.calls.invocation
            paused._deliver_from_queue(rule, again)
            paused.calls.running, paused.calls.invocation = function, calling
        return carry()

    with paused.calls.by(rival):
        paused.wait(SECOND)
    paused.wait(2 * MINUTE)
    assert rivals
    assert [mail.subject[:7] for mail in paused.mails] == ["Consult", "3 mails"]


def told_in(mails: list[Mail], handoffs: list[str]) -> list[int]:
    """How many mails tell of each handoff."""
    return [sum(f"handoff {each}" in mail.text for mail in mails) for each in handoffs]


@in_one_process
def test_a_crash_at_any_call_loses_no_mail_and_repeats_it_only_if_nobody_could_know_that_it_left(
    prepared: Prepared, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.setitem(prepared.stack.physical, "MailPauseSeconds", "60")
    prepared.with_people()
    with living_in(World(prepared.stack, prepared.calls)) as first:
        only_sam(first)
        handoffs = [asks(first, name) for name in ("ann", "bob", "cyd")]

    def play(watch: Any) -> tuple[list[int], dict[str, int], list[Any], list[Any]]:
        with living_in(first.twin()) as world:
            with world.calls.by(watch):
                world.wait(4 * MINUTE)
            eve = asks(world, "eve")
            world.wait(MINUTE)
            world.stack.must_be_consistent()
            happened = Counter(
                recorded.event.type for lead in world.stack.leads() for recorded in world.stack.history(lead.lead_id)
            )
            left = world.stack.items("POSTPONED#") + [each for each in world.stack.items("PAUSE") if "sent" in each]
            return told_in(world.mails, [*handoffs, eve]), {"alerts": happened["OwnerNotified"]}, left, world.lost

    with prepared.calls.recorded() as calls:
        clean, crashed = run_with_forks(lambda forks: play(crash_everywhere(forks.forked)))
    record_property("crash_points", len(crashed))
    assert clean == ([1, 1, 1, 1], {"alerts": 4}, [], [])
    assert len(crashed) > 10
    for (place, done), ended in crashed.items():
        left_unknown = done and calls[place].operation == "Publish"
        expected = ([1, 2, 2, 1], *clean[1:]) if left_unknown else clean
        assert ended == expected, f"{'after' if done else 'before'} {calls[place]}"


def test_mails_that_no_lead_causes_leave_at_most_twice_a_second(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    pace = MailPace(world.stack.store)
    for _ in range(5):
        pace.wait_for([SAM, KIM])
    assert waited == [0.5, 1.0, 1.5, 2.0]
    world.now += 10 * SECOND
    pace.wait_for([SAM])
    assert len(waited) == 4


@pytest.fixture(scope="module")
def storm(prepared: Prepared) -> Iterator[tuple[Callable[[], World], list[str]]]:
    """Eight leads of Sam whose events lie in the queue as often as a test wants them, and their handoffs."""
    prepared.with_people()
    with living_in(World(prepared.stack, prepared.calls)) as first:
        only_sam(first)
        for number in range(8):
            assert first.send_form(email=f"lead{number}@example{number}.org").status == 202
        first.deliver_records(first.new_records())
        offered = first.stack.take(MAILS.name)
        handoffs = [lead.handoff.handoff_id for lead in first.stack.leads() if lead.handoff]
    bring_back = prepared.stack.keep()

    def again() -> World:
        bring_back()
        world = first.twin()
        for event in offered:
            world.delay(MAILS, event, timedelta())
        return world

    yield again, handoffs
    prepared.with_people()


@pytest.mark.parametrize("seed", range(8))
def test_events_that_come_twice_late_out_of_order_and_with_crashes_are_told_at_the_pace_and_none_is_lost(
    storm: tuple[Callable[[], World], list[str]], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    begin, handoffs = storm
    world, chance = begin(), Random(seed)
    sent: list[datetime] = []
    just_told: list[str] = []
    left_unnoted = Counter[str]()

    def disturb(call: Call, carry: Carry) -> Any:
        drawn = chance.random()
        if drawn < 0.03:
            raise Crash
        answer = carry()
        if call.operation == "Publish":
            sent.append(world.now)
            just_told[:] = [each for each in handoffs if f"handoff {each}" in call.parameters["Message"]]
        elif not call.operation.startswith(READS):
            just_told.clear()
        if drawn < 0.06:
            raise Crash
        return answer

    monkeypatch.setitem(world.stack.physical, "MailPauseSeconds", "60")
    with living_in(world), world.calls.by(disturb):
        while world._delayed:
            due, _, _, message = world._delayed.pop(chance.randrange(len(world._delayed)))
            world.now = max(world.now, datetime.fromisoformat(due)) + SECOND * chance.choice((0, 0, 1, 40))
            if chance.random() < 0.2:
                world.delay(MAILS, message, SECOND * chance.randrange(90))
            try:
                world.invoke(MAILS.to, in_queue(message))
            except Crash:  # the queue brings the message again once nobody can work on it any more
                world.delay(MAILS, message, 180 * SECOND)
                left_unnoted.update(just_told)
            just_told.clear()
            world.take_delayed(MAILS)
        world._open_mailbox()
    assert all(after - before >= MINUTE for before, after in pairwise(sent)), sent
    told = dict(zip(handoffs, told_in(world.mails, handoffs), strict=True))
    assert all(1 <= times <= 1 + left_unnoted[each] for each, times in told.items()), told
    world.stack.must_be_consistent()
    assert all("OwnerNotified" in world.stack.happened(lead.lead_id) for lead in world.stack.leads())
