"""The AWS that the benchmarks run against: MiniStack with the template's table, secrets, topics, queue and bus."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.aws.agreement.enactment import seed
from baton.aws.runtime.secrets import CAPTCHA, WEBHOOKS
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import team_keys
from baton.aws.table.store import Store
from tools.emulator import Emulator
from tools.workspace import ROOT, SHARED, Workspace

if TYPE_CHECKING:
    import boto3
    from types_boto3_secretsmanager import SecretsManagerClient

WORKSPACE = Workspace(SHARED / "bench")
TABLE, LEDGER, BUS, TEAM, LISTS = "baton-bench", "baton-bench-ledger", "baton-bench", "sales", "baton-bench-lists"
WEBHOOK_KEY = "the key of a tool that the benchmark plays"
PEPPER = "a pepper for measurements only"
REPS = tuple(f"rep{number}@sales.example.com" for number in range(5))
MANAGER = "manager@sales.example.com"
ENDLESS = 1_000_000
LENGTHS = (40, 40_000)
TEAMS_WITH_LINES = "".join(
    f"  line-{length}: {{label: Line of {length}, reps: {{weight: 1, capacity: 25}}}}\n" for length in LENGTHS
)
"""Teams in which so many leads wait."""
UNLIMITED = f"limits: {{per_form: {{at_most: {ENDLESS}, within: 10m}}}}"
_FORM = re.compile(r"^  (consultation|content-download):\n", re.MULTILINE)


@dataclass(frozen=True)
class World:
    """The environment of the functions, and a session for looking into the table."""

    session: "boto3.Session"
    environment: dict[str, str]


@contextmanager
def running_world() -> Iterator[World]:
    """Runs an AWS on this machine with an agreement in force and five reps, and removes it afterwards."""
    emulator = Emulator(WORKSPACE)
    emulator.stop()  # which keeps its state, if an earlier run was cut off
    shutil.rmtree(WORKSPACE.state, ignore_errors=True)
    emulator.start()
    try:
        session = emulator.session()
        world = World(session, _fitted_out(session) | _address(emulator))
        _seed(session)
        os.environ.update(world.environment)
        yield world
        session.client("dynamodb").delete_table(TableName=TABLE)  # or stopping takes as long as writing it all down
    finally:
        emulator.stop()
        shutil.rmtree(WORKSPACE.state, ignore_errors=True)


@cache
def template(root: Path = ROOT) -> dict[str, Any]:
    """Returns a checkout's template without CloudFormation's own words (`!Ref`)."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, suffix, node: str(node.value))
    loaded: dict[str, Any] = yaml.load((root / "template.yaml").read_text(), Loader)  # noqa: S506  # a SafeLoader
    return loaded


def _address(emulator: Emulator) -> dict[str, str]:
    return {name: value for name, value in emulator.environment.items() if name.startswith("AWS_")}


def _fitted_out(session: "boto3.Session") -> dict[str, str]:
    """Makes the template's resources, and returns the environment that it gives to all functions."""
    tables, dynamodb = template()["Resources"], session.client("dynamodb")
    wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    for name, called in (("Table", TABLE), ("ErasureLedger", LEDGER)):
        properties = tables[name]["Properties"]
        dynamodb.create_table(TableName=called, **{each: properties[each] for each in wanted if each in properties})
    session.client("events").create_event_bus(Name=BUS)
    where: Any = {"LocationConstraint": session.region_name}
    session.client("s3").create_bucket(Bucket=LISTS, CreateBucketConfiguration=where)
    manager, sns = session.client("secretsmanager"), session.client("sns")
    return {
        "TABLE_NAME": TABLE,
        "AGREEMENT_CACHE_SECONDS": "60",
        "MAIL_PAUSE_SECONDS": "0",
        "POWERTOOLS_SERVICE_NAME": "baton",
        "POWERTOOLS_METRICS_NAMESPACE": "Baton",
        "BUS_NAME": BUS,
        "IMPORTS_BUCKET": LISTS,
        "PUBLIC_URL": "https://baton.example.com",
        "CONSOLE": "yes",
        "USER_POOL_ID": "eu-central-1_Bench",
        "SIGN_IN_URL": "https://baton.example.com",
        "SESSION_HOURS": "12",
        "PEPPER_ARN": manager.create_secret(Name="pepper", SecretString=PEPPER)["ARN"],
        **_secrets(manager),
        "ERASURE_LEDGER_NAME": LEDGER,
        "SALES_MAIL_TOPIC_ARN": sns.create_topic(Name="sales-mail")["TopicArn"],
        "OPERATIONS_TOPIC_ARN": sns.create_topic(Name="operations")["TopicArn"],
        "UNPUBLISHED_QUEUE_URL": session.client("sqs").create_queue(QueueName="unpublished")["QueueUrl"],
        "MAIL_QUEUE_URL": session.client("sqs").create_queue(QueueName="mails")["QueueUrl"],
        "FOLLOW_UP_TIMER_ARN": (timer := _timer(session)),
        "DRAFT_TRIAL_ARN": timer,
        "A_FAILURE_QUEUE_URL": session.client("sqs").create_queue(QueueName="failures")["QueueUrl"],
        **dict.fromkeys(("FAILURE_QUEUES", "REDRIVEN_FUNCTIONS", "STATE_MACHINES", "STREAM_READER"), "{}"),
    }


def _timer(session: "boto3.Session") -> str:
    """Makes a state machine that only takes what is started; the bench walks the real definition itself."""
    definition = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})
    trusts = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [trusts]})
    role = session.client("iam").create_role(RoleName="timer", AssumeRolePolicyDocument=policy)["Role"]["Arn"]
    made = session.client("stepfunctions").create_state_machine(name="timer", definition=definition, roleArn=role)
    return made["stateMachineArn"]


def _secrets(manager: "SecretsManagerClient") -> dict[str, str]:
    """Makes the secret of several values, and returns what functions call it."""
    arn = manager.create_secret(Name="link-key", SecretString="k" * 64)["ARN"]
    secrets = json.dumps({"segment": [WEBHOOK_KEY]})
    manager.put_secret_value(SecretId=arn, SecretString=secrets, VersionStages=[WEBHOOKS])
    manager.put_secret_value(SecretId=arn, SecretString="-", VersionStages=[CAPTCHA])
    return dict.fromkeys(("LINK_KEY_ARN", "WEBHOOK_SECRETS_ARN", "CAPTCHA_SECRET_ARN"), arn)


def _seed(session: "boto3.Session") -> None:
    dynamodb = session.client("dynamodb")
    text = _FORM.sub(rf"\g<0>    {UNLIMITED}\n", packaged_text()).replace("teams:\n", f"teams:\n{TEAMS_WITH_LINES}", 1)
    seed(Store(dynamodb, TABLE), text, read_agreement, utc_now())
    for email in (*REPS, MANAGER):
        rep_item = {  # without a subscription, so that no function looks for one
            "email": {"S": email},
            "role": {"S": "manager" if email == MANAGER else "rep"},
            "weight": {"N": "1"},
            "capacity": {"N": str(ENDLESS)},
            "subscription": {"S": "confirmed"},
            "open_handoffs": {"N": "0"},
        }
        dynamodb.put_item(TableName=TABLE, Item=team_keys.rep(TEAM, email) | rep_item)
