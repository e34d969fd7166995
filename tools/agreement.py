"""Puts another agreement into force on the local stack, so that clocks of hours can be watched in seconds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.table.keys import agreement_keys
from baton.domain.basics.moments import iso

if TYPE_CHECKING:
    import boto3

HURRY = {"within: 30m": "within: 8s", "within: 4h": "within: 60s", "review_after: 90d": "review_after: 6s"}
"""The packaged agreement's clocks, and their lengths in a demonstration."""


def in_a_hurry() -> str:
    """Returns the packaged agreement with clocks of seconds instead of hours."""
    text = packaged_text()
    for agreed, hurried in HURRY.items():
        text = text.replace(agreed, hurried)
    return text


@contextmanager
def agreement_for_now(session: "boto3.Session", table: str, text: str) -> Iterator[int]:
    """Puts this agreement into force, and at the end the former one again.

    Takes no signatures: it writes into the table, which nobody but the owner of the account could do on AWS.

    Yields:
        The number of its version.
    """
    before = _current(session, table)
    try:
        yield use_agreement(session, table, text)
    finally:
        use_agreement(session, table, before["yaml"]["S"], before["origin"]["S"])


def use_agreement(session: "boto3.Session", table: str, text: str, origin: str = "local") -> int:
    """Puts an agreement into force as the next version, and returns its number."""
    version = int(_current(session, table)["version"]["N"]) + 1
    in_force = AgreementInForce(version=version, in_force_since=iso(datetime.now(UTC)), agreement=read_agreement(text))
    content = {
        "version": {"N": str(version)},
        "origin": {"S": origin},
        "yaml": {"S": text},
        "body": {"S": in_force.model_dump_json(exclude_none=True)},
    }
    for key in (agreement_keys.agreement_version(version), agreement_keys.AGREEMENT_IN_FORCE):
        session.client("dynamodb").put_item(TableName=table, Item=key | content)
    return version


def _current(session: "boto3.Session", table: str) -> Mapping[str, Any]:
    found = session.client("dynamodb").get_item(
        TableName=table, Key=agreement_keys.AGREEMENT_IN_FORCE, ConsistentRead=True
    )
    return found["Item"]
