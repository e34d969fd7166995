"""A model is stored without fields that are None, so each field that may be None must default to None."""

from collections.abc import Iterator
from types import NoneType
from typing import get_args

import pytest
from pydantic import BaseModel

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.events.happened import Happened
from baton.domain.events.recorded import Recorded
from baton.domain.leads.lead import Lead
from baton.domain.signing.agreement_events import RecordedOfAgreement
from baton.domain.signing.draft_signatures import Draft


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The models that a type is made of, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models(field.annotation)
    for part in get_args(annotation):
        yield from _models(part)


OF_AGREEMENTS = {*_models(AgreementInForce), *_models(Draft), *_models(RecordedOfAgreement)}
STORED = sorted({*_models(Lead), *_models(Recorded), *OF_AGREEMENTS}, key=lambda model: model.__name__)


def test_every_event_is_among_the_stored_models() -> None:
    assert set(Happened.__subclasses__()) <= set(STORED)


@pytest.mark.parametrize("model", STORED, ids=lambda model: model.__name__)
def test_every_optional_field_of_a_stored_model_defaults_to_none(model: type[BaseModel]) -> None:
    may_be_none = {name: field for name, field in model.model_fields.items() if NoneType in get_args(field.annotation)}
    assert {name for name, field in may_be_none.items() if field.is_required() or field.default is not None} == set()
