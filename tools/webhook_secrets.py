"""Stores a secret for each marketing tool on this machine, as a person would store the real ones."""

import base64
import json
import secrets

import boto3

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.runtime.secrets import WEBHOOKS


def seed(session: boto3.Session, arn: str) -> dict[str, str]:
    """Returns the secret of each source; missing ones are made."""
    manager = session.client("secretsmanager")
    try:
        stored = manager.get_secret_value(SecretId=arn, VersionStage=WEBHOOKS)
    except manager.exceptions.ResourceNotFoundException:
        kept, version = {}, None
    else:
        kept, version = json.loads(stored["SecretString"]), stored["VersionId"]
    missing = {source: [_new(source)] for source in SOURCES if not kept.get(source)}
    if missing:
        manager.put_secret_value(SecretId=arn, SecretString=json.dumps(kept | missing), VersionStages=[WEBHOOKS])
    if missing and version:  # AWS moves the label; MiniStack leaves it at the former version as well
        manager.update_secret_version_stage(SecretId=arn, VersionStage=WEBHOOKS, RemoveFromVersionId=version)
    return {source: (kept | missing)[source][0] for source in SOURCES}


def _new(source: str) -> str:
    if source == "standard":
        return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"
    return secrets.token_hex(24)
