"""Opt-outs have a scope and a cause; only a tool that has asked the person lifts one, and never a public form."""

import random
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.events.signal_events import ConsentWithdrawn
from baton.domain.history.change import Change
from baton.domain.history.lead_fold import fold
from baton.domain.history.merged_view import merged_facts
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import MailChoice
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.signals.signal_recording import Signal, record_signal
from baton.domain.signals.unsubscribing import withdraw_consents
from baton.domain.trust.speakers import Speaker
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT, LEAD_ID, NOW, agreement_in, received
from tests.unit.standing import PACKAGED, card, did, lead_after, standing

HOUR = timedelta(hours=1)
TICKED: dict[str, Any] = {"form": "content-download", "consents": {"newsletter": "2026-11"}}
LEFT, COMPLAINED, RECORD = (
    MailChoice(wanted=False),
    MailChoice(wanted=False, cause="complaint"),
    MailChoice(wanted=False, cause="record"),
)


def known() -> Scenario:
    return Scenario(AGREEMENT)


def newsletter(lead: Scenario) -> tuple[bool, bool]:
    """Whether the consent is given, and whether it is only claimed."""
    consent = lead.known.consents["newsletter"]
    return consent.given, consent.claimed


def does(lead: Scenario, *acts: tuple[str, dict[str, Any]]) -> Scenario:
    """The lead does these, one an hour."""
    for kind, said in acts:
        lead.sends(kind, **said)
        lead.now += HOUR
    return lead


TICKS, LEAVES, RETURNS = ("content_downloaded", TICKED), ("unsubscribed", {}), ("subscribed", {"source": "mailchimp"})


def test_a_consent_by_form_is_claimed_until_a_tool_confirms_it() -> None:
    lead = does(known(), TICKS)
    assert newsletter(lead) == (True, True)
    does(lead, RETURNS)
    consent = lead.known.consents["newsletter"]
    assert (consent.given, consent.claimed, consent.source, consent.text) == (True, False, "mailchimp", "2026-11")


@pytest.mark.parametrize(
    ("acts", "unsubscribed", "consent"),
    [
        pytest.param((LEAVES, TICKS), True, (False, True), id="a form after leaving"),
        pytest.param((TICKS, LEAVES, TICKS), True, (False, True), id="a form before and after leaving"),
        pytest.param((TICKS, LEAVES), True, (False, False), id="leaving ends a claim"),
        pytest.param((TICKS, RETURNS, LEAVES, TICKS), True, (False, True), id="a form after what was confirmed"),
        pytest.param((TICKS, LEAVES, RETURNS), False, (True, False), id="a tool lifts it"),
        pytest.param((LEAVES, TICKS, RETURNS), False, (True, False), id="a tool lifts it and confirms the claim"),
        pytest.param((TICKS, LEAVES, RETURNS, LEAVES), True, (False, False), id="leaving again"),
        pytest.param((TICKS, RETURNS, TICKS), False, (True, False), id="a form after a confirmation"),
        pytest.param(
            (TICKS, LEAVES, ("subscribed", {"form": "newsletter"})), True, (False, False), id="a form of that kind"
        ),
        pytest.param(
            (TICKS, LEAVES, ("subscribed", {"anybody": True})), True, (False, False), id="a public form of another tool"
        ),
        pytest.param(
            (TICKS, LEAVES, ("subscribed", {"speaker": Speaker.ANYBODY, "from_person": True})),
            True,
            (False, False),
            id="a change that HubSpot's form made",
        ),
        pytest.param(
            (TICKS, LEAVES, ("form_submitted", {"mail_choice": MailChoice(wanted=True), "form": "newsletter"})),
            True,
            (False, False),
            id="a form that says so",
        ),
        pytest.param((TICKS, ("email_bounced", {})), False, (True, True), id="a bounce"),
        pytest.param((TICKS, ("preferences_changed", {})), False, (True, True), id="other preferences"),
        pytest.param((TICKS, ("contact_updated", {"mail_choice": RECORD})), True, (False, False), id="a record"),
        pytest.param((TICKS, ("email_marked_as_spam", {})), True, (False, False), id="a complaint"),
        pytest.param(
            (TICKS, ("unsubscribed", {"spam": True, "form": "leave"})), False, (True, True), id="a robot's form"
        ),
    ],
)
def test_only_a_tool_that_has_asked_the_person_lifts_an_unsubscription(
    acts: tuple[tuple[str, dict[str, Any]], ...], unsubscribed: bool, consent: tuple[bool, bool]
) -> None:
    lead = does(known(), *acts)
    assert (lead.known.unsubscribed_at is not None, newsletter(lead)) == (unsubscribed, consent)
    assert fold(lead.history) == lead.known.model_copy(update={"tally": None})


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        pytest.param(("unsubscribed", {}), "person", id="they said so"),
        pytest.param(("email_marked_as_spam", {}), "complaint", id="they called a mail spam"),
        pytest.param(("contact_updated", {"mail_choice": RECORD}), "record", id="a tool's record says so"),
        pytest.param(("contact_updated", {"mail_choice": COMPLAINED}), "complaint", id="the tool says why"),
    ],
)
def test_a_withdrawal_says_its_cause(said: tuple[str, dict[str, Any]], cause: str) -> None:
    lead = does(known(), TICKS, said)
    withdrawn = [each.event for each in lead.history if isinstance(each.event, ConsentWithdrawn)]
    assert [(each.cause, each.purposes, each.unsubscribed) for each in withdrawn] == [(cause, ("newsletter",), True)]


def test_a_record_that_says_so_again_and_again_is_one_withdrawal() -> None:
    lead = does(known(), *[("contact_updated", {"mail_choice": RECORD})] * 4)
    assert [each.event.type for each in lead.history].count("ConsentWithdrawn") == 1
    does(lead, RETURNS)
    assert lead.known.unsubscribed_at is None
    does(lead, ("contact_updated", {"mail_choice": RECORD}))
    assert lead.known.unsubscribed_at == lead.now - HOUR


def test_staff_can_take_back_what_is_only_claimed() -> None:
    from baton.domain.lead_changes.fact_updates import FactUpdate, update_facts  # noqa: PLC0415

    lead = does(known(), LEAVES, TICKS)
    assert newsletter(lead) == (False, True)
    lead.happens(update_facts(lead.known, FactUpdate(cleared=("consents.newsletter",))), by="maria@example.com")
    assert newsletter(lead) == (False, False)


def test_what_is_said_of_mails_holds_in_whichever_order_it_arrives() -> None:
    at = {name: NOW + n * HOUR for n, name in enumerate(("ticks", "leaves", "returns", "ticks again", "leaves again"))}
    said = [
        ("content_downloaded", {**TICKED, "occurred_at": at["ticks"], "reference": "a"}),
        ("unsubscribed", {"occurred_at": at["leaves"], "reference": "b"}),
        ("subscribed", {"occurred_at": at["returns"], "reference": "c"}),
        ("content_downloaded", {**TICKED, "occurred_at": at["ticks again"], "reference": "d"}),
        ("unsubscribed", {"occurred_at": at["leaves again"], "reference": "e"}),
    ]
    for count in (2, 3, 4, 5):
        ends = set()
        for order in permutations(said[:count]):
            lead = Scenario(AGREEMENT, now=NOW + 9 * HOUR)
            for kind, each in order:
                lead.sends(kind, **each)
            ends.add((lead.known.unsubscribed_at, lead.known.consents["newsletter"].given))
        assert len(ends) == 1, count


def test_ten_thousand_histories_of_forms_and_tools_never_let_a_form_bring_mails_back() -> None:
    """The law: after an unsubscription nothing is given, until a tool says later that mails are wanted."""
    chance = random.Random(12)
    acts = [("content_downloaded", TICKED), ("unsubscribed", {}), ("subscribed", {"source": "mailchimp"})]
    acts += [("subscribed", {"anybody": True}), ("subscribed", {"form": "newsletter"}), ("email_bounced", {})]
    kinds = AgreedKinds.of(AGREEMENT.rules)
    known = received(did("page_visited"))
    for number in range(10_000):
        lead, left = known, False
        for place, (kind, said) in enumerate(chance.choices(acts, k=3)):
            at = NOW + (place + 1) * HOUR
            sent = did(kind, occurred_at=at, reference=f"{number}-{place}", **said)
            lead, left = _with(lead, sent, kinds, at), left or kind == "unsubscribed"
            left = left and not (kind == "subscribed" and not {"anybody", "form"} & said.keys())
            assert (lead.unsubscribed_at is not None) is left
            assert not (left and any(each.given for each in lead.consents.values()))


def _with(lead: Lead, sent: Signal, kinds: AgreedKinds, at: datetime) -> Lead:
    change = Change.begin(lead, LEAD_ID).then(record_signal(lead, sent, 1, at, kinds), at, "test")
    return lead_after(change.then(withdraw_consents(change, PACKAGED), at, "agreement"))


def test_a_merge_lifts_an_unsubscription_by_proof_only() -> None:
    left = does(known(), TICKS, LEAVES).known
    later = Scenario(AGREEMENT, now=NOW + 5 * HOUR)
    claimed = FactSnapshot.of(does(later, TICKS).known)
    assert merged_facts(left, claimed, 9)["unsubscribed_at"] == left.unsubscribed_at
    assert not merged_facts(left, claimed, 9)["consents"]["newsletter"].given
    confirmed = FactSnapshot.of(does(later, RETURNS).known)
    assert merged_facts(left, confirmed, 9)["unsubscribed_at"] is None
    assert merged_facts(left, confirmed, 9)["consents"]["newsletter"].given


def test_what_was_stored_before_forms_claimed_reads_as_on_its_day() -> None:
    lead = does(known(), TICKS, LEAVES, TICKS)
    old = []
    for each in lead.history:
        event = each.event
        if hasattr(event, "claims"):
            event = type(event).model_validate({**event.model_dump(), "claims": False, "mail_choice": None})
        old.append(each.model_copy(update={"event": event}))
    then = fold(old)
    assert then
    assert (then.unsubscribed_at, then.consents["newsletter"].given) == (None, True)


def test_a_penalty_for_leaving_does_not_fade() -> None:
    assert [standing(did("unsubscribed", days)).engagement for days in (0, 30, 300)] == [-5000] * 3
    assert standing(did("webinar_attended", 30)).engagement == 1500
    careers = did("page_visited", 30, content="careers")
    assert standing(careers).earned() == round(1000 / 2) - round(2000 / 2)


@pytest.mark.parametrize(
    ("rule", "never_fades"),
    [
        ("{id: x, points: -5, signal: {kind: unsubscribed}}", True),
        ("{id: x, points: -5, signal: {kind: [unsubscribed, left]}}", True),
        ("{id: x, points: -5, signal: {kind: [unsubscribed, page_visited]}}", False),
        ("{id: x, points: -5, signal: {kind: unsubscribed}, half_life: 10d}", False),
        ("{id: x, points: 5, signal: {kind: unsubscribed}}", False),
        ("{id: x, points: -5, signal: {content: careers}}", False),
        ("{id: x, points: -5, signal: {kind: {matches: unsubscribed}}}", False),
    ],
)
def test_a_rule_for_leaving_never_fades_unless_it_says_how_fast(rule: str, never_fades: bool) -> None:
    text = packaged_text().replace("engagement:                   #", f"engagement:\n  - {rule}\n  #", 1)
    rules = agreement_in(f"{text}\nunsubscribes: [unsubscribed, left]\n").rules
    assert rules["engagement"][0].get("never_fades", False) is never_fades


def test_an_agreement_that_was_signed_before_fades_as_it_was_signed() -> None:
    signed = AGREEMENT.model_copy(deep=True)
    for rule in signed.rules["engagement"]:
        rule.pop("never_fades", None)
    assert standing(did("unsubscribed", 30), rules=card(signed)).engagement == -2500
