"""Events of the agreement on the bus: the version and its dates, never a signer."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.aws.messages import notices
from baton.domain.signing.agreement_events import (
    EVENT_IDS,
    KINDS,
    AgreementEnacted,
    AgreementEvent,
    AgreementSigned,
    DraftSigned,
    RecordedOfAgreement,
    recorded,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SIGNED = AgreementSigned(agreement_version=7, in_force_from=NOW + timedelta(days=7))
ENACTED = AgreementEnacted(agreement_version=7, origin="signed")
DRAFT = DraftSigned(draft_id="00000000000a0b0c", revision=2, department="marketing", by="maria@example.com", more=1)


def test_an_agreement_event_on_the_bus_has_ids_and_dates_and_no_signer() -> None:
    assert recorded(SIGNED, NOW).for_the_bus() == {
        "event_id": "agreement-000007-signed",
        "at": "2026-11-24T09:30:00.000Z",
        "version": 1,
        "agreement_version": 7,
        "in_force_from": "2026-12-01T09:30:00Z",
    }
    assert recorded(ENACTED, NOW).for_the_bus() == {
        "event_id": "agreement-000007-enacted",
        "at": "2026-11-24T09:30:00.000Z",
        "version": 1,
        "agreement_version": 7,
        "origin": "signed",
    }
    assert recorded(DRAFT, NOW).for_the_bus() == {
        "event_id": "agreement-draft-00000000000a0b0c-000002-marketing",
        "at": "2026-11-24T09:30:00.000Z",
        "version": 1,
        "draft_id": "00000000000a0b0c",
        "revision": 2,
        "department": "marketing",
    }


@pytest.mark.parametrize("event", [SIGNED, ENACTED, DRAFT], ids=lambda event: event.type)
def test_an_agreement_event_has_its_class_name_and_is_read_back_from_json_unchanged(
    event: AgreementEvent,
) -> None:
    fact = recorded(event, NOW)
    assert type(event) in KINDS
    assert event.type == type(event).__name__
    assert RecordedOfAgreement.model_validate_json(fact.model_dump_json(exclude_none=True)) == fact


def test_the_ids_of_an_agreements_events_begin_as_those_who_send_mails_know_it() -> None:
    assert {recorded(event, NOW).event_id[: len(EVENT_IDS)] for event in (SIGNED, ENACTED, DRAFT)} == {
        notices.EVENT_IDS
    }


@pytest.mark.parametrize("kind", [AgreementSigned, AgreementEnacted], ids=lambda kind: kind.__name__)
def test_every_field_of_an_agreement_event_is_published(kind: type[AgreementSigned | AgreementEnacted]) -> None:
    assert set(kind.published) == set(kind.model_fields) - {"type"}
