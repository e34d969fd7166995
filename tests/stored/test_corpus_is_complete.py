"""The corpus has every kind of item, event and state that Baton stores; a new kind comes with its next generation."""

import inspect
from collections import defaultdict
from typing import Any, get_args

import pytest

from baton.aws.table.packing.packed_text import unpacked
from baton.domain.accounts.account_events import KINDS as ACCOUNT_EVENTS
from baton.domain.accounts.account_events import TargetAccountLookedAt
from baton.domain.events.recorded import Event
from baton.domain.imports.list_import import Import, ImportState
from baton.domain.leads.duty import Duty, DutyKind, Verdict
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.signing.agreement_events import KINDS as AGREEMENT_EVENTS
from baton.domain.teams.reps import Role, Subscription
from baton.domain.teams.team_events import KINDS as TEAM_EVENTS
from baton.domain.trust.speakers import Speaker
from tests.stored import kinds
from tests.stored.corpus import generations, items

Item = dict[str, Any]
NEW_KINDS = {"newest-proposals"}
"""Kinds of items that are new since the newest generation was stored."""
NEW_EVENTS: set[str] = set()
"""Types of events that are new since the newest generation was stored."""


@pytest.fixture(scope="module")
def stored() -> dict[str, list[Item]]:
    """All items of all generations, by kind."""
    found = defaultdict(list)
    for generation in generations():
        for kind, item in items(generation):
            found[kind].append(item)
    return found


def test_every_kind_of_item_is_in_the_corpus(stored: dict[str, list[Item]]) -> None:
    assert set(kinds.BY_NAME) - set(stored) == NEW_KINDS


def test_every_builder_of_keys_belongs_to_a_kind_of_item() -> None:
    builders = {
        value
        for module in kinds.KEY_MODULES
        for value in vars(module).values()
        if inspect.isfunction(value) and value.__annotations__.get("return") == kinds.Key
    }
    known = {kind.made_by for kind in kinds.KINDS if inspect.isfunction(kind.made_by)}
    assert builders - {kinds.ANY_KEY} - kinds.FOR_INDEXES == known


def test_every_type_of_event_is_in_the_corpus(stored: dict[str, list[Item]]) -> None:
    of_leads = {event.model_fields["type"].default for event in get_args(get_args(Event)[0])} - NEW_EVENTS
    others = {*ACCOUNT_EVENTS, *TEAM_EVENTS, *AGREEMENT_EVENTS} - {TargetAccountLookedAt}
    wanted = {
        "events": of_leads,
        "account-events": {event.__name__ for event in others if event in ACCOUNT_EVENTS},
        "team-events": {event.__name__ for event in others if event in TEAM_EVENTS},
        "agreement-events": {event.__name__ for event in AGREEMENT_EVENTS} - NEW_EVENTS,
        "erasures": {"LeadErased"},
    }
    assert {kind: {item["type"]["S"] for item in stored[kind]} for kind in wanted} == wanted


def test_every_state_of_leads_handoffs_duties_imports_and_reps_is_in_the_corpus(stored: dict[str, list[Item]]) -> None:
    def bodies(kind: str, model: Any) -> list[Any]:
        return [model.model_validate_json(unpacked(item["body"])) for item in stored[kind] if "body" in item]

    handoffs, duties = bodies("handoffs", Handoff), bodies("duties", Duty)
    assert {each.state for each in handoffs} == set(HandoffState)
    assert {each.is_waiting for each in handoffs} == {True, False}
    assert {each.status for each in bodies("leads", Lead)} == set(Status)
    assert {each.kind for each in duties} == set(get_args(DutyKind))
    assert {each.verdict for each in duties} >= {*get_args(Verdict), None}
    assert {each.state for each in bodies("imports", Import)} == set(ImportState)
    assert {item["subscription"]["S"] for item in stored["reps"]} == set(Subscription)
    assert {item["role"]["S"] for item in stored["reps"]} == set(Role)


OFTEN_EMPTY = {"said", "attributes", "meetings", "kept", "left_to_review", "confirmed_at", "request", "chosen_address"}


def test_every_part_of_a_lead_that_few_leads_have_is_in_the_corpus(stored: dict[str, list[Item]]) -> None:
    leads = [Lead.model_validate_json(unpacked(item["body"])) for item in stored["leads"]]
    assert {name for name in OFTEN_EMPTY if any(getattr(lead, name) for lead in leads)} == OFTEN_EMPTY
    assert max(len(words) for lead in leads for words in lead.said.values()) > 2
    assert {word.speaker for lead in leads for words in lead.said.values() for word in words} == {*Speaker} - {
        Speaker.EARLIER
    }
    assert any("owner" in item for item in stored["company-reps"])
    assert any("owner" not in item for item in stored["company-reps"])
