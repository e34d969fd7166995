"""Gives each marketing tool a secret on this machine, as a person would paste those of the real tools."""

import base64
import json
import secrets

import boto3

from baton.agreement.webhooks.webhook_sources import SOURCES


def seed(session: boto3.Session, arn: str) -> dict[str, str]:
    """The secret of each source, made where there is none yet."""
    manager = session.client("secretsmanager")
    kept = json.loads(manager.get_secret_value(SecretId=arn)["SecretString"])
    missing = {source: [_new(source)] for source in SOURCES if not kept.get(source)}
    if missing:
        manager.put_secret_value(SecretId=arn, SecretString=json.dumps(kept | missing))
    return {source: (kept | missing)[source][0] for source in SOURCES}


def _new(source: str) -> str:
    if source == "standard":
        return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"
    return secrets.token_hex(24)
