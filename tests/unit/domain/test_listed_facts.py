"""What an imported line does to facts that are known already: it fills gaps, replaces, or keeps; staff's word stays."""

from datetime import timedelta

import pytest

from baton.domain.events.lead_events import Answered, LeadUpdated
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.signals.listed_facts import events_that_taught, sparing_staff
from baton.domain.signals.message_batches import Message, record_batch
from baton.domain.signals.signal_recording import Signal
from baton.domain.signals.unsubscribing import withdraw_consents
from tests.unit.domain.scenario import Scenario
from tests.unit.given import LEAD_ID, NOW

FORM = Signal(
    email="ana@example.com",
    kind="form_submitted",
    form="newsletter",
    reference="r-1",
    profile=Profile(title="Vice President", country="DE"),
    bant={"budget": "50k"},
    consents={"newsletter": "2026-11"},
    occurred_at=NOW,
)
LINE = FORM.model_copy(
    update={
        "kind": "imported",
        "form": None,
        "source": "expo",
        "reference": "r-2",
        "profile": Profile(title="Student", phone="+49 30 1234567"),
        "company": Company(name="Acme"),
        "bant": {"budget": "1k", "need": "crm"},
        "consents": {},
        "occurred_at": None,
    }
)
LATER = NOW + timedelta(days=1)


def after(*signals: Signal, change: Change | None = None) -> Change:
    """The lead after signals that came a day apart."""
    change = change or Change.begin(None, LEAD_ID)
    for day, signal in enumerate(signals, 1):
        happened = record_batch(
            change.after,
            [Message(LEAD_ID, signal.reference, signal, way="imports" if signal.existing else "signals")],
            1,
            NOW + timedelta(days=day),
        )
        change = change.then(happened, NOW + timedelta(days=day), by="imports:expo")
    return change


def lead_of(change: Change) -> Lead:
    assert change.after
    return change.after


def line(existing: str, **more: object) -> Signal:
    return LINE.model_copy(update={"existing": existing, **more})


@pytest.mark.parametrize(
    ("existing", "title", "phone", "budget", "company"),
    [
        pytest.param("fill", "Vice President", "+49 30 1234567", "50k", "Acme", id="fill"),
        pytest.param("replace", "Student", "+49 30 1234567", "1k", "Acme", id="replace"),
        pytest.param("keep", "Vice President", None, "50k", None, id="keep"),
    ],
)
def test_a_line_does_to_known_facts_what_its_list_says(
    existing: str, title: str, phone: str | None, budget: str, company: str | None
) -> None:
    lead = lead_of(after(FORM, line(existing)))
    assert (lead.profile.title, lead.profile.phone, lead.bant["budget"].value, lead.company.name) == (
        title, phone, budget, company,
    )  # fmt: skip


@pytest.mark.parametrize("existing", ["fill", "replace", "keep"])
def test_a_line_of_any_list_gives_a_new_lead_all_its_facts(existing: str) -> None:
    lead = lead_of(after(line(existing)))
    assert (lead.profile.title, lead.bant["need"].value, lead.company.name) == ("Student", "crm", "Acme")


@pytest.mark.parametrize("existing", ["fill", "replace", "keep"])
def test_a_line_of_2019_makes_no_vice_president_a_student(existing: str) -> None:
    lead = lead_of(after(FORM, line(existing, occurred_at=NOW - timedelta(days=2500))))
    assert lead.profile.title == "Vice President"


def told_by_staff(change: Change) -> Change:
    said = LeadUpdated(
        fields=("profile.title", "bant.need"),
        profile=Profile(title="CTO"),
        bant={"need": Answered(value="integration")},
        cleared=("profile.phone",),
    )
    return change.then([said], LATER, by="sam@example.com")


def spared(change: Change, signal: Signal) -> Signal:
    lead = lead_of(change)
    numbers = events_that_taught(lead, [signal])
    history: list[Recorded] = [each for each in change.events if int(each.event_id.rsplit("-", 1)[1]) in numbers]
    [found] = sparing_staff(lead, [signal], history)
    return found


@pytest.mark.parametrize("existing", ["fill", "replace"])
def test_a_list_never_replaces_what_staff_said_nor_fills_what_staff_cleared(existing: str) -> None:
    change = told_by_staff(after(FORM.model_copy(update={"profile": Profile(title="VP", phone="1 23 45 67")})))
    lead = lead_of(after(spared(change, line(existing)), change=change))
    assert (lead.profile.title, lead.profile.phone, lead.bant["need"].value) == ("CTO", None, "integration")
    assert lead.company.name == "Acme"


def test_a_fact_that_a_form_gave_after_staff_may_be_replaced() -> None:
    change = told_by_staff(after(FORM))
    form = FORM.model_copy(update={"profile": Profile(title="CIO"), "occurred_at": LATER, "reference": "r-3"})
    change = after(form, change=change)
    assert lead_of(after(spared(change, line("replace")), change=change)).profile.title == "Student"


def test_no_event_is_read_for_a_line_that_changes_nothing_that_is_known() -> None:
    change = told_by_staff(after(FORM))
    assert events_that_taught(lead_of(after(FORM)), [line("replace")]) == set(), "it is kept who said it"
    assert events_that_taught(lead_of(change), [line("keep")]) == set()
    only_new = line("fill", profile=Profile(region="Bayern"), bant={}, company=Company(industry="IT"))
    assert events_that_taught(lead_of(change), [only_new]) == set()


def unsubscribed(change: Change) -> Lead:
    card = Scenario.shipped().card
    return lead_of(change.then(withdraw_consents(change, card), NOW + timedelta(days=2), by="agreement"))


def test_a_line_that_opts_out_ends_the_consents_whatever_its_kind() -> None:
    change = after(FORM)
    fresh = after(line("fill", opted_out=True), change=Change.begin(lead_of(change), LEAD_ID))
    lead = unsubscribed(fresh)
    assert lead.unsubscribed_at
    assert not lead.consents["newsletter"].given


def test_a_list_gives_consents_but_never_lifts_an_opt_out() -> None:
    agreed = line("fill", consents={"newsletter": "list", "events": "list"})
    lead = lead_of(after(agreed))
    assert {purpose: (each.given, each.source) for purpose, each in lead.consents.items()} == {
        "newsletter": (True, "expo"), "events": (True, "expo"),
    }  # fmt: skip
    left = unsubscribed(after(line("fill", opted_out=True)))
    lead = lead_of(after(agreed, change=Change.begin(left, LEAD_ID)))
    assert (lead.unsubscribed_at, lead.consents) == (left.unsubscribed_at, {})


def test_a_list_never_gives_again_a_consent_that_was_withdrawn() -> None:
    gone = FORM.model_copy(update={"consents": {}, "kind": "unsubscribed", "reference": "r-9", "occurred_at": LATER})
    first = after(FORM)
    left = unsubscribed(after(gone, change=Change.begin(lead_of(first), LEAD_ID)))
    lead = lead_of(after(line("replace", consents={"newsletter": "list"}), change=Change.begin(left, LEAD_ID)))
    assert not lead.consents["newsletter"].given
