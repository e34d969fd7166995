"""The yardstick for start-up: a function with the packages that Python functions on AWS usually import."""

import shutil
import subprocess
import sys
from pathlib import Path

from bench import runtime
from tools.workspace import SHARED

ROOM = SHARED / "bench-usual"
TRACER = ("aws-xray-sdk==2.15.0", "wrapt==1.17.3")
NOTE = (
    "The usual stack: boto3 with a resource, Powertools Logger, Metrics, Tracer, a resolver with validation, "
    "pydantic, idempotency in DynamoDB; the same versions, compiled alike; `bench/usual_imports.py`."
)
NOT_MEASURED = "The usual stack was not measured here (its tracer could not be installed); when it was, it took 13×."
CODE = """
import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, idempotent
from pydantic import BaseModel

logger, metrics, tracer = Logger(), Metrics(), Tracer()
app = APIGatewayRestResolver(enable_validation=True)
table = boto3.resource("dynamodb").Table("leads")
once = DynamoDBPersistenceLayer(table_name="once")


class Lead(BaseModel):
    email: str
    name: str | None = None


@app.post("/leads")
def capture(lead: Lead) -> Lead:
    return lead


def lambda_handler(event, context):
    return {}
"""


def prepare() -> Path | None:
    """Builds a function with the usual imports and its layer; None if the packages are not available."""
    packages = ROOM / "python"
    if not (ROOM / "ready").exists():
        shutil.rmtree(ROOM, ignore_errors=True)
        shutil.copytree(runtime.LAYER / "python", packages, ignore=shutil.ignore_patterns("baton", "__pycache__"))
        quiet = ("-qq", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:")
        installed = subprocess.run(
            [sys.executable, "-m", "pip", "install", *quiet, "--target", packages, *TRACER],
            check=False,
            stderr=subprocess.DEVNULL,
        )
        if installed.returncode:
            return None
        compiling = ("-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", packages)
        subprocess.run([sys.executable, *compiling], check=False)
        (ROOM / "ready").touch()
    (ROOM / "app.py").write_text(CODE)
    return ROOM
