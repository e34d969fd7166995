"""Who signs hears of drafts, and both departments of versions: once, however often events come, in any order."""

import itertools
import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.calls import Call, Carry, Crash
from tests.integration.marketing import MARIA, MAX, hire_marketing
from tests.integration.stack import PUBLIC_URL
from tests.integration.test_agreement import FASTER, SALLY, SLOWER, drafted, on_the_bus, put, sign, signed
from tests.integration.test_trial_of_a_draft import Tried
from tests.integration.world import MO, SAM, Mail, World, living_in

RULED = {"DraftSigned", "AgreementSigned", "AgreementEnacted"}
WEEK = timedelta(days=7)


@pytest.fixture
def staffed(world: World) -> World:
    """Maria and Max are marketing's team; Mo manages sales."""
    hire_marketing(world)
    world.settle()
    world.mails.clear()
    return world


def mails(world: World) -> list[Mail]:
    world.settle()
    return world.mails


def test_a_draft_that_one_department_signed_is_told_to_who_signs_for_the_other(staffed: World) -> None:
    draft = drafted(staffed, note="As we said on Monday.")
    assert mails(staffed) == []
    sign(staffed, draft, "marketing")
    (mail,) = mails(staffed)
    assert (mail.to, mail.subject) == ((MO,), "To sign for sales: a draft of the agreement, signed by marketing")
    assert "> As we said on Monday." in mail.text
    assert "WHAT CHANGES\n- " in mail.text
    assert f"{PUBLIC_URL}/console/agreement?draft={draft['draft_id']}&side=sign" in mail.text
    assert "POST" not in mail.text, "a person reads it"


def test_a_mail_names_rules_and_terms_in_words(staffed: World) -> None:
    text = FASTER.replace("whitepaper, points: 50", "whitepaper, points: 60")
    sign(staffed, drafted(staffed, text), "marketing")
    (mail,) = mails(staffed)
    assert "- What a lead does: Whitepaper (content downloaded), points 50 → 60\n" in mail.text
    assert "- How fast sales acts: Consultation request, accept, within 30m → 15m\n" in mail.text


def test_marketing_hears_of_a_draft_that_sales_signed(staffed: World) -> None:
    sign(staffed, drafted(staffed), "sales")
    (mail,) = mails(staffed)
    assert mail.to == (MARIA, MAX)
    assert "STOPS WORKING" not in mail.text


def test_who_cannot_sign_any_more_hears_of_no_draft(staffed: World) -> None:
    draft = drafted(staffed)
    sign(staffed, draft, "marketing")
    put(staffed, draft, SLOWER)
    assert mails(staffed) == []
    sign(staffed, draft, "marketing")
    staffed.ask("DELETE", f"/agreement/drafts/{draft['draft_id']}", by="sales")
    assert mails(staffed) == []


def test_a_changed_draft_that_is_signed_anew_is_told_anew(staffed: World) -> None:
    draft = drafted(staffed)
    sign(staffed, draft, "marketing")
    staffed.settle()
    put(staffed, draft, SLOWER)
    sign(staffed, draft, "marketing")
    first, second = mails(staffed)
    assert "what was signed is revision 1\n" in first.text
    assert "what was signed is revision 2\n" in second.text


def test_a_version_that_holds_at_once_is_told_to_both_departments_once(staffed: World) -> None:
    signed(staffed, drafted(staffed))
    (mail,) = mails(staffed)
    assert (set(mail.to), mail.subject) == ({MARIA, MAX, MO}, "Version 2 of the agreement is in force")
    assert "- maria@example.com for marketing, Tue 24 Nov 2026, 09:30 UTC\n" in mail.text
    assert SALLY in mail.text


def test_a_version_for_later_is_told_when_it_is_signed_and_when_it_comes_into_force(staffed: World) -> None:
    later = (staffed.now + WEEK).isoformat()
    signed(staffed, drafted(staffed, in_force_from=later))
    (mail,) = mails(staffed)
    assert mail.subject == "Version 2 of the agreement is signed"
    assert "It holds from Tue 1 Dec 2026, 09:30 UTC" in mail.text
    staffed.now += WEEK
    assert staffed.invoke("enact_agreement", {"agreement_version": 2})["in_force"]
    assert mails(staffed)[1:][0].subject == "Version 2 of the agreement is in force"
    assert len(staffed.mails) == 2


def test_a_version_is_compared_with_the_one_that_holds_before_it_and_not_with_one_that_never_held(
    staffed: World,
) -> None:
    signed(staffed, drafted(staffed, in_force_from=(staffed.now + 2 * WEEK).isoformat()))
    signed(staffed, drafted(staffed, text=SLOWER, in_force_from=(staffed.now + WEEK).isoformat()))
    assert "from=1&to=3\n" in mails(staffed)[-1].text
    staffed.now += WEEK
    assert staffed.invoke("enact_agreement", {"agreement_version": 3})["in_force"]
    assert "from=1&to=3\n" in mails(staffed)[-1].text


def test_events_of_the_agreement_that_come_twice_and_in_any_order_are_mailed_once(staffed: World) -> None:
    draft = drafted(staffed)
    sign(staffed, draft, "marketing")
    staffed.settle()
    sign(staffed, draft, "sales")
    staffed.settle()
    told = [mail.subject for mail in staffed.mails]
    assert len(told) == 2
    events = [json.loads(facts)["event_id"] for kind, facts in on_the_bus(staffed) if kind in RULED]
    assert len(events) == 4, "the packaged version, which nobody hears of, the signature, and both of the second"
    for order in itertools.permutations(events):
        for event_id in order:
            staffed.invoke("notify_sales", {"detail": {"event_id": event_id}})
    staffed.settle()
    assert [mail.subject for mail in staffed.mails] == told


def test_operations_hear_of_a_draft_for_which_mail_reaches_nobody(empty_world: World) -> None:
    sign(empty_world, drafted(empty_world), "marketing")
    (mail,) = mails(empty_world)
    assert (mail.topic, mail.subject) == ("OperationsTopic", "Baton: no mail reaches who signs the agreement for sales")
    assert "@" not in mail.text


def test_the_mail_about_a_draft_has_five_lines_of_its_trial_and_nothing_of_a_lead(staffed: World) -> None:
    assert staffed.send_form(first_name="Anna", email="anna@example.com").status == 202
    staffed.settle()
    draft = drafted(staffed)
    tried = Tried(staffed, draft["draft_id"])
    assert tried.post({"from": "2026-11-01", "to": "2026-11-24"}).status == 202
    tried.run()
    staffed.mails.clear()
    sign(staffed, draft, "marketing")
    (mail,) = mails(staffed)
    section = mail.text.partition("ITS TRIAL\n")[2].partition("\n\n")[0]
    assert len(section.splitlines()) == 5
    assert not any(name in mail.text.lower() for name in ("anna", SAM, "example.com\n"))


def test_the_mail_of_a_second_draft_in_the_same_minute_waits_and_leaves_with_a_leads(
    staffed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(staffed.stack.physical, "MailPauseSeconds", "60")
    staffed.cold()
    first, second = drafted(staffed), drafted(staffed, SLOWER)
    sign(staffed, first, "marketing")
    staffed.settle()
    sign(staffed, second, "marketing")
    staffed.settle()
    assert len(staffed.mails) == 1
    staffed.wait(timedelta(minutes=1))
    assert [mail.subject for mail in staffed.mails][1:] == [staffed.mails[0].subject]
    assert second["draft_id"] in staffed.mails[1].text


def test_a_crash_anywhere_while_a_draft_is_told_loses_no_mail(staffed: World) -> None:
    sign(staffed, drafted(staffed), "marketing")
    event_id = json.loads(next(facts for kind, facts in on_the_bus(staffed) if kind == "DraftSigned"))["event_id"]
    told = {"detail": {"event_id": event_id}}
    restore = staffed.stack.keep()
    for place in range(100):
        restore()
        with living_in(staffed.twin()) as world:
            seen = itertools.count()

            def dies(_: Call, carry: Carry, seen: "itertools.count[int]" = seen, place: int = place) -> Any:
                if next(seen) == place:
                    raise Crash
                return carry()

            with world.calls.by(dies), suppress(Crash):
                world.invoke("notify_sales", told)
            crashed = next(seen) > place
            world.invoke("notify_sales", told)
            world.settle()
            assert {mail.subject[:17] for mail in world.mails} == {"To sign for sales"}, place
            assert len(world.mails) <= 1 + crashed
        if not crashed:
            break
    assert 5 < place < 99
