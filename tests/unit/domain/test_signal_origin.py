"""What a tool tells on its own behalf is a fact at most: it alerts, wakes and earns nothing."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.leads.stage_and_status import Status
from baton.domain.privacy.retention import last_activity
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.review.checklist import answered_checklist
from baton.domain.scoring.agreed_kinds import AgreedKinds
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT, NOW, SAM
from tests.unit.standing import PACKAGED, agreed, did, standing

ACME = TargetAccount(
    Account(domain="acme.example", owner=SAM), AccountMatch(domain="acme.example", matched_by="domain")
)
BY_TOOLS = [
    *("imported", "contact_created", "contact_updated", "profile_updated", "email_changed", "email_bounced"),
    *("preferences_changed", "identified", "meeting_missed", "unsubscribed", "email_delivered", "lead_merged"),
    *("customer_suppressed", "contact.updated", "lead-enriched", "email_hard_bounced", "push_notification_received"),
    *("unsubscribe", "email_unsubscribed", "unsubscribed_from_list", "group_unsubscribe", "email_opted_out"),
    *("bounce", "soft_bounce", "bounced_email", "delivered", "deferred", "received_email", "email.delivery_delayed"),
    *("spamreport", "spam_complaint", "marked_email_as_spam", "email.complaint", "do_not_contact", "webinar_no_show"),
    *("contact_tag_added", "lead_status_changed", "lifecycle_stage_changed", "contact_owner_changed", "score_updated"),
    *("added_to_list", "removed_from_segment", "company_enriched", "deal_stage_changed", "contact_property_changed"),
]
BY_PEOPLE = [
    *("page_visited", "content_downloaded", "webinar_attended", "email_opened", "email_clicked", "form_submitted"),
    *("meeting_booked", "subscribed", "account_created", "trial_started", "demo_requested", "unheard_of"),
    *("lead_magnet_downloaded", "email_forwarded", "company_page_visited", "profile_picture_looked_at"),
    *("resubscribed", "unsubscribe_page_visited", "status_page_visited", "opt_in_confirmed", "task_completed"),
    *("email_replied", "score_card_downloaded", "list_downloaded", "deal_calculator_used", "property_added"),
]


@pytest.mark.parametrize(
    ("kind", "from_person"), [*((kind, False) for kind in BY_TOOLS), *((kind, True) for kind in BY_PEOPLE)]
)
def test_a_kind_of_signal_says_whether_people_do_it(kind: str, from_person: bool) -> None:
    assert AgreedKinds.of(AGREEMENT.rules).came_from_person(kind) is from_person


@pytest.mark.parametrize(
    ("kind", "told", "by_form", "from_person"),
    [
        pytest.param("trial_expired", None, False, False, id="as the agreement says of a kind of its own"),
        pytest.param("contact_updated", None, False, True, id="as the agreement says of a usual kind"),
        pytest.param("trial_expired", True, False, True, id="as the tool says of this one signal"),
        pytest.param("page_visited", False, False, False, id="as the tool says, against the kind"),
        pytest.param("trial_expired", None, True, True, id="a form is its sender's"),
        pytest.param("left_us", None, True, False, id="a form by which somebody leaves"),
        pytest.param("left_us", True, False, False, id="who leaves does not come nearer"),
        pytest.param("lead_created", None, False, True, id="a kind that asks for a person"),
    ],
)
def test_a_signal_came_from_the_person_as_agreed(
    kind: str, told: bool | None, by_form: bool, from_person: bool
) -> None:
    rules = {
        "asks_for_a_person": ["lead_created"],
        "unsubscribes": ["left_us"],
        "from_person": {"trial_expired": False, "contact_updated": True},
    }
    assert AgreedKinds.of(rules).came_from_person(kind, told, by_form=by_form) is from_person


def test_an_agreement_older_than_the_marks_says_nothing_of_kinds_of_its_own() -> None:
    assert AgreedKinds.of({"asks_for_a_person": []}).from_person == {}


def lead_of_acme(**known: Any) -> Scenario:
    return Scenario(AGREEMENT, target=ACME, **known)


@pytest.mark.parametrize("kind", BY_TOOLS)
def test_what_a_tool_tells_alerts_no_account_owner_and_is_no_activity(kind: str) -> None:
    lead = lead_of_acme()
    happened = lead.sends(kind, company=Company(name="Acme"), profile=Profile(title="CTO"))
    assert not {"TargetAccountEngaged", "HandoffOffered"} & {*happened}
    assert (lead.known.last_inbound_at, lead.known.recent, lead.known.status) == (None, (), Status.NURTURING)
    assert lead.known.profile.title == "CTO"


def test_a_signal_that_its_tool_marks_as_its_own_alerts_nobody_and_asks_for_nobody() -> None:
    lead = lead_of_acme()
    happened = lead.sends("demo_requested", from_person=False)
    assert not {"TargetAccountEngaged", "HandoffOffered"} & {*happened}
    assert "HandoffOffered" in lead.sends("contact_updated", from_person=True)


def test_a_form_that_asks_for_a_person_does_so_whatever_is_agreed_of_its_kind() -> None:
    text = packaged_text() + "\nfrom_person: {call_wanted: false}\n"
    lead = Scenario.under(text)
    assert "HandoffOffered" in lead.sends("call_wanted", form="consultation", asks_for_a_person=True)


def test_what_a_tool_tells_earns_no_points_and_may_cost_some() -> None:
    rules = agreed(
        ("  - {id: visit,", "  - {id: any, points: 7, signal: {source: website}}\n  - {id: visit,"),
        ("  - {id: careers,", "  - {id: bounced, points: -9, signal: {kind: email_bounced}}\n  - {id: careers,"),
    )
    worth = {line.rule: line.points for line in standing(did("email_bounced"), rules=rules).engagement_entries}
    assert worth == {"bounced": -900}
    told = standing(did("webinar_attended", from_person=False), did("page_visited", from_person=False), rules=rules)
    assert told.ledger() == []


def test_a_condition_counts_what_tools_tell_only_if_it_names_the_kind() -> None:
    conditions = {
        "any": {"signals": {"match": {}}},
        "source": {"signals": {"match": {"source": {"is": "website"}}}},
        "named": {"signals": {"match": {"kind": {"is": "email_bounced"}}}},
        "among": {"signals": {"match": {"kind": {"one_of": ["email_bounced", "page_visited"]}}}},
        "pattern": {"signals": {"match": {"kind": {"matches": "bounced"}}}},
    }
    from baton.domain.conditions.compiled_conditions import compile_condition  # noqa: PLC0415

    rules = agreed()
    holds = {name: compile_condition(each, rules.counters) for name, each in conditions.items()}
    rules._by_kind.clear()
    after = standing(did("email_bounced"), rules=rules).moment
    assert {name for name, told in holds.items() if told(after)} == {"named", "among"}
    imported = standing(did("page_visited", from_person=False), rules=rules).moment
    assert not any(told(imported) for told in holds.values())


def test_facts_and_signs_of_leaving_are_no_regular_visits() -> None:
    said = [did(kind, days) for days, kind in enumerate(BY_TOOLS)]
    answers = {each.id: each.answer for each in answered_checklist(standing(*said))}
    assert answers["engagement"] is None
    visits = {
        each.id: each.answer for each in answered_checklist(standing(*(did("page_visited", n) for n in range(3))))
    }
    assert visits["engagement"] is True


def test_content_that_a_tool_names_by_itself_was_not_read() -> None:
    sent = standing(did("email_delivered", content="price-list"))
    assert (sent.funnel, sent.tally.read) == (None, [])
    assert standing(did("email_clicked", content="price-list")).funnel == "bofu"


def parked(condition: str) -> Scenario:
    text = packaged_text().replace(
        "parked: {signals: {match: {content_stage: bofu}, within: 1d}}", f"parked: {condition}"
    )
    lead = Scenario.under(text)
    lead.sends("webinar_attended")
    lead.sends("content_downloaded", content="guide")
    assert lead.known.duty
    lead.reviewed("bad_timing")
    assert lead.known.status is Status.PARKED
    lead.now += timedelta(days=1)
    return lead


@pytest.mark.parametrize(
    ("condition", "told", "wakes"),
    [
        pytest.param("{score: {at_least: 40}}", {"profile": Profile(phone="+493012345")}, False, id="a phone"),
        pytest.param("{score: {at_least: 40}}", {"profile": Profile(title="Vice president")}, True, id="points"),
        pytest.param(
            "{employees: {at_least: 500}}", {"company": Company(employees=600)}, True, id="the fact asked for"
        ),
        pytest.param("{signals: {match: {source: test}}}", {}, False, id="a signal of any kind"),
        pytest.param("{signals: {match: {content_stage: bofu}}}", {"content": "price-list"}, False, id="content"),
    ],
)
def test_a_tool_wakes_nobody_but_by_a_fact_that_the_agreement_asks_for(
    condition: str, told: dict[str, Any], wakes: bool
) -> None:
    lead = parked(condition)
    assert ("ReviewRequested" in lead.sends("contact_updated", **told)) is wakes


def test_what_a_tool_tells_does_not_prolong_retention() -> None:
    lead = Scenario(AGREEMENT)
    lead.sends("page_visited", profile=Profile(title="CTO"))
    seen = last_activity(lead.known)
    lead.now += timedelta(days=400)
    lead.sends("email_bounced", profile=Profile(title="CTO"))
    assert last_activity(lead.known) == seen == NOW
    lead.sends("page_visited")
    assert last_activity(lead.known) == lead.now


def test_signals_and_counts_stored_before_the_marks_read_as_on_their_day() -> None:
    stored = {"type": "SignalRecorded", "kind": "contact_updated", "source": "hubspot", "reference": "r"}
    assert SignalRecorded.model_validate(stored).came_to_us
    assert not SignalRecorded.model_validate({**stored, "kind": "imported"}).came_to_us
    counts = standing(did("page_visited", 3)).tally.as_data()
    del counts["acted_at"]
    assert SignalCounts.from_data(counts).acted_at == counts["latest"][0]


def test_an_unsubscription_by_form_does_not_mail_the_owner_again_and_again() -> None:
    lead = Scenario(AGREEMENT)
    lead.sends("consultation_requested", form="consultation", asks_for_a_person=True)
    assert lead.known.status is Status.WITH_SALES
    lead.sends("unsubscribed", form="leave")
    last = lead.history[-1] if isinstance(lead.history[-1].event, SignalRecorded) else lead.history[-2]
    assert isinstance(last.event, SignalRecorded)
    assert not last.event.tells_owner


def test_the_packaged_agreement_says_nothing_of_kinds_of_its_own() -> None:
    assert PACKAGED.kinds.from_person == {}
