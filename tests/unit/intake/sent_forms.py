"""Encodes forms as JSON, urlencoded or multipart, and reads them or their faults."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from baton.agreement.terms.form_terms import Form
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.form_reader import ReadForm, read_form
from tests.unit.given import AGREEMENT

PEPPER = b"pepper"
JSON = "application/json"
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "----Boundary"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
CONSULTATION = AGREEMENT.forms["consultation"]
EMAIL = "anna.schmidt@example.com"

Encoded = tuple[str, bytes]


def as_json(fields: Mapping[str, object]) -> Encoded:
    return JSON, json.dumps(fields).encode()


def as_urlencoded(fields: Mapping[str, str]) -> Encoded:
    return URLENCODED, urlencode(fields).encode()


def as_multipart(fields: Mapping[str, str]) -> Encoded:
    parts = (part(f'name="{name}"', value.encode()) for name, value in fields.items())
    return MULTIPART, b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def part(disposition: str, value: bytes, *headers: str) -> bytes:
    head = "\r\n".join([f"--{BOUNDARY}", f"Content-Disposition: form-data; {disposition}", *headers])
    return head.encode() + b"\r\n\r\n" + value + b"\r\n"


ENCODINGS = [
    pytest.param(as_json, id="JSON"),
    pytest.param(as_urlencoded, id="urlencoded"),
    pytest.param(as_multipart, id="multipart"),
]


def read(encoded: Encoded, name: str = "consultation", form: Form | None = None) -> ReadForm:
    return read_form(name, form or AGREEMENT.forms[name], *encoded, PEPPER)


def sent(form: Form | None = None, **fields: object) -> ReadForm:
    return read(as_json({"email": EMAIL, **fields}), form=form)


def refused(encoded: Encoded, form: Form | None = None) -> FormFaults:
    with pytest.raises(FormFaults) as faults:
        read(encoded, form=form)
    return faults.value


def faults_of(form: Form | None = None, **fields: object) -> dict[str, str]:
    """The faults of the fields of a form that can be read."""
    faults = refused(as_json({"email": EMAIL, **fields}), form)
    assert faults.status == 422
    return {fault.field: fault.detail for fault in faults.errors}
