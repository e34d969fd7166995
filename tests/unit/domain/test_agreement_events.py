"""Events of the agreement on the bus: the version and its dates, never a signer."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.signing.agreement_events import (
    KINDS,
    AgreementEnacted,
    AgreementSigned,
    RecordedOfAgreement,
    recorded,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SIGNED = AgreementSigned(agreement_version=7, in_force_from=NOW + timedelta(days=7))
ENACTED = AgreementEnacted(agreement_version=7, origin="signed")


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


@pytest.mark.parametrize("event", [SIGNED, ENACTED], ids=lambda event: event.type)
def test_an_agreement_event_has_its_class_name_and_is_read_back_from_json_unchanged(
    event: AgreementSigned | AgreementEnacted,
) -> None:
    fact = recorded(event, NOW)
    assert type(event) in KINDS
    assert event.type == type(event).__name__
    assert RecordedOfAgreement.model_validate_json(fact.model_dump_json(exclude_none=True)) == fact


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_an_agreement_event_is_published(kind: type[AgreementSigned | AgreementEnacted]) -> None:
    assert set(kind.published) == set(kind.model_fields) - {"type"}
