"""The stack's resources in moto, made from the template's own definitions, and what the table holds."""

import base64
import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import boto3
from moto.dynamodb.models import dynamodb_backends
from moto.events.models import events_backends
from moto.s3.models import s3_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from moto.stepfunctions.models import stepfunctions_backends

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.secrets import CAPTCHA, KEY_CHARACTERS, WEBHOOKS
from baton.aws.table.keys import account_keys, agreement_keys, duty_keys, handoff_keys, item_key, lead_keys, team_keys
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.pool_items import pool_from
from baton.aws.table.store import Store
from baton.aws.table.team_items import rep_from
from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import aliases
from baton.domain.events.recorded import Recorded
from baton.domain.history.lead_fold import fold
from baton.domain.history.merged_view import merged_histories_of, merged_history
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedHistories
from baton.domain.leads.routing_choice import LineKey
from baton.domain.reports.rows import row_figures
from baton.domain.reports.rows.report_rows import read_move
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import recount
from baton.domain.teams.reps import Rep
from tests.integration import template
from tests.integration.tables import ACCOUNT, REGION, tables
from tests.senders import secret_of

PUBLIC_URL = "https://baton.example.com"
MAILBOX = "Mailbox"
MACHINES = ("FollowUpTimer", "DraftTrial")
"""The state machines that a function starts by itself."""
WHOLE_HISTORY = 100_000

Item = dict[str, Any]


@dataclass
class Stack:
    """What CloudFormation would have made."""

    session: boto3.Session = field(default_factory=lambda: boto3.Session(region_name=REGION))
    table: str = "baton-Table"
    physical: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        make = self.session.client
        self.dynamodb, self.sqs, self.sns = make("dynamodb"), make("sqs"), make("sns")
        self.events, self.secrets, self.s3 = make("events"), make("secretsmanager"), make("s3")
        self.store = Store(self.dynamodb, self.table)
        self.tables = tables(self.session, self.dynamodb, self.table)

    def create_table(self) -> None:
        """Make the table."""
        self.dynamodb.create_table(TableName=self.table, **template.table_definition())
        ledger = template.resources("AWS::DynamoDB::Table")["ErasureLedger"]
        self.dynamodb.create_table(TableName=f"{self.table}-ErasureLedger", **template.on_moto(ledger))
        self.physical |= {"Table": self.table, "ErasureLedger": f"{self.table}-ErasureLedger", "PublicUrl": PUBLIC_URL}
        self.physical["MailPauseSeconds"] = "0"  # a test says so if its people are not to get each mail at once

    def create_secrets(self) -> None:
        """Make the secrets."""
        for name in template.resources("AWS::SecretsManager::Secret"):
            self.physical[name] = self.secrets.create_secret(Name=name, SecretString=secret(name))["ARN"]
        for label in (WEBHOOKS, CAPTCHA):
            self.put_secret(label, secret(label))

    def put_secret(self, label: str, text: str) -> None:
        """Put what belongs under a label of the secret, as a person does."""
        self.secrets.put_secret_value(SecretId=self.physical["LinkKey"], SecretString=text, VersionStages=[label])

    def create(self) -> None:
        """Make everything that the functions use."""
        self.create_table()
        self.create_secrets()
        for name in [*template.resources("AWS::SQS::Queue"), MAILBOX]:
            self.physical[name] = self.sqs.create_queue(QueueName=name)["QueueUrl"]
        for name in template.resources("AWS::SNS::Topic"):
            self.physical[name] = self.sns.create_topic(Name=name)["TopicArn"]
            self.sns.subscribe(TopicArn=self.physical[name], Protocol="sqs", Endpoint=_queue_arn(MAILBOX))
        self._create_buckets()
        for machine in MACHINES:
            self.physical[machine] = make_machine(self.session, machine)
        self.physical["Bus"] = "baton-events"
        self.events.create_event_bus(Name=self.physical["Bus"])
        for rule in template.rules():
            self._create_rule(rule)

    def _create_buckets(self) -> None:
        for name in template.resources("AWS::S3::Bucket"):
            self.physical[name] = f"baton-{name.lower()}"
            self.s3.create_bucket(Bucket=self.physical[name], CreateBucketConfiguration={"LocationConstraint": REGION})

    def _create_rule(self, rule: template.Rule) -> None:
        """A rule delivers into a queue here, so that a test decides when its function runs."""
        self.physical[rule.name] = self.sqs.create_queue(QueueName=rule.name)["QueueUrl"]
        bus = self.physical["Bus"]
        self.events.put_rule(Name=rule.name, EventBusName=bus, EventPattern=json.dumps(rule.pattern))
        self.events.put_targets(Rule=rule.name, EventBusName=bus, Targets=[{"Id": "1", "Arn": _queue_arn(rule.name)}])

    def take(self, queue: str) -> list[Any]:
        """Everything that lies in a queue; it is empty afterwards. Read where moto keeps it, because that is fast."""
        messages = sqs_backends[ACCOUNT][REGION].queues[queue]._messages
        taken = [json.loads(message.body) for message in messages]
        messages.clear()
        return taken

    def take_delayed(self, queue: str) -> list[tuple[Any, timedelta]]:
        """Everything that lies in a queue, with the delay after which it was to be seen; it is empty afterwards."""
        messages = sqs_backends[ACCOUNT][REGION].queues[queue]._messages
        delays = [timedelta(milliseconds=message.delayed_until - message.sent_timestamp) for message in messages]
        return list(zip(self.take(queue), delays, strict=True))

    def executions(self, of: str = "FollowUpTimer") -> list[Any]:
        """What was started of a state machine, in order, each with its `name`, `status` and `execution_input`."""
        machines = stepfunctions_backends[ACCOUNT][REGION].state_machines
        return [each for machine in machines if machine.name == of for each in machine.executions]

    def stream(self, after: int) -> list[dict[str, Any]]:
        """The records of the table's stream after the first `after`, as Lambda gets them."""
        return [_as_lambda_gets_it(record) for record in self.tables.stream(after)]

    def keep(self) -> Callable[[], None]:
        """Remember everything as it is now; what this gives brings it back, much faster than making it anew."""
        of_services = (sns_backends, secretsmanager_backends, stepfunctions_backends)
        backends = [backend[ACCOUNT][REGION] for backend in of_services]
        bring_tables_back, kept = self.tables.keep(), [_copy(backend, backend.__dict__) for backend in backends]
        files = self.files()

        def bring_back() -> None:
            bring_tables_back()
            for backend, state in zip(backends, kept, strict=True):
                backend.__dict__.update(_copy(backend, state))
            for queue in sqs_backends[ACCOUNT][REGION].queues.values():
                queue._messages.clear()
                queue.pending_messages.clear()
            self._replace_files(files)

        return bring_back

    def put_aside(self) -> Callable[[], None]:
        """Remember what moto holds; what this gives has another, empty moto hold the same, with empty buckets."""
        services = (dynamodb_backends, events_backends, secretsmanager_backends, sns_backends, sqs_backends)
        backends = [(each, each[ACCOUNT][REGION]) for each in (*services, stepfunctions_backends)]
        held = [(of_service, backend, dict(vars(backend))) for of_service, backend in backends]
        physical = dict(self.physical)

        def take_up() -> None:
            for of_service, backend, state in held:
                vars(backend).update(state)
                of_service[ACCOUNT][REGION] = backend
            self.physical.clear()
            self.physical.update(physical)
            self._create_buckets()

        return take_up

    def files(self) -> dict[str, bytes]:
        """What the bucket holds; read where moto keeps it, because that is fast."""
        bucket = s3_backends[ACCOUNT]["aws"].buckets[self.physical["ImportFiles"]]
        return {key.name: key.value for key in bucket.keys.values()}

    def _replace_files(self, files: dict[str, bytes]) -> None:
        bucket = self.physical["ImportFiles"]
        if self.files() == files:
            return
        for key in self.files():
            self.s3.delete_object(Bucket=bucket, Key=key)
        for key, content in files.items():
            self.s3.put_object(Bucket=bucket, Key=key, Body=content)

    # --- What the table holds

    def items(self, prefix: str = "") -> list[Item]:
        """All items whose sort key begins with this, in the order of their keys."""
        return sorted(_of(self.tables.items(), prefix), key=lambda item: (item["pk"]["S"], item["sk"]["S"]))

    def leads(self) -> list[Lead]:
        """Every lead."""
        return [Lead.model_validate_json(unpacked(item["body"])) for item in self.items("LEAD") if "body" in item]

    def lead(self) -> Lead:
        """The lead, if there is only one."""
        (lead,) = self.leads()
        return lead

    def history(self, lead_id: str) -> list[Recorded]:
        """Everything that happened to a lead."""
        return self.store.history(lead_id, limit=WHOLE_HISTORY)

    def happened(self, lead_id: str | None = None) -> list[str]:
        """The names of what happened to a lead, in order."""
        return [recorded.event.type for recorded in self.history(lead_id or self.lead().lead_id)]

    def rep(self, email: str, team: str = "sales") -> Rep:
        """A person on the roster."""
        return rep_from(self.dynamodb.get_item(TableName=self.table, Key=team_keys.rep(team, email))["Item"])

    def reps(self) -> list[Rep]:
        """Everybody on any roster."""
        return [rep_from(item) for item in self.items("REP#")]

    def must_be_consistent(self) -> None:
        """What is true of the table at any time, whatever happened."""
        items = self.items()
        card = (
            Scorecard(Agreements(self.store, 0).in_force())
            if agreement_keys.AGREEMENT_IN_FORCE in _keys(items)
            else None
        )
        for item in items:
            if item["sk"]["S"] == "LEAD":
                of_lead = [other for other in items if other["pk"] == item["pk"]]
                _lead_must_be_consistent(item, of_lead, card)
                _score_must_hold(item, items, card)
        _counts_must_be_consistent(items)
        _lines_must_be_consistent(items)
        _accounts_must_be_consistent(items)


def make_machine(session: boto3.Session, name: str) -> str:
    """Make a state machine that a function starts by itself; what it would do, the tests do themselves."""
    definition = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
    role = f"arn:aws:iam::{ACCOUNT}:role/any"
    machines = session.client("stepfunctions")
    made = machines.create_state_machine(name=name, definition=json.dumps(definition), roleArn=role)
    return str(made["stateMachineArn"])


def secret(name: str) -> str:
    """What a secret holds here."""
    if name == WEBHOOKS:
        return json.dumps({source: [secret_of(source)] for source in SOURCES})
    return (
        f"secret-of-the-tests-{name}".ljust(KEY_CHARACTERS, ".") if name == "LinkKey" else f"secret-of-the-tests-{name}"
    )


def _keys(items: list[Item]) -> list[Item]:
    return [{"pk": item["pk"], "sk": item["sk"]} for item in items]


def _score_must_hold(item: Item, items: list[Item], card: Scorecard | None) -> None:
    """Counting the whole history from scratch, with all that belongs to it, gives what was counted step by step."""
    lead = Lead.model_validate_json(unpacked(item["body"]))
    parts = [(part, _history_of(part.lead_id, items)) for part in lead.parts]
    history = merged_history(lead, _history_of(lead.lead_id, items), parts)
    if card and lead.tally and lead.tally["version"] == card.version:
        scratch = recount(lead, history, card).as_data()
        assert json.loads(json.dumps(scratch)) == json.loads(json.dumps(lead.tally))


def _history_of(lead_id: str, items: list[Item]) -> list[Recorded]:
    events = [item for item in _of(items, item_key.EVENTS) if item["pk"]["S"] == lead_keys.lead_partition(lead_id)]
    return [Recorded.model_validate_json(unpacked(item["body"])) for item in events]


def _lead_must_be_consistent(item: Item, of_lead: list[Item], card: Scorecard | None) -> None:
    lead = Lead.model_validate_json(unpacked(item["body"]))
    history = [Recorded.model_validate_json(unpacked(other["body"])) for other in _of(of_lead, item_key.EVENTS)]
    assert fold(history) == lead.model_copy(update={"tally": None}), "folding the stored history does not give the lead"
    elsewhere = [
        MergedHistories.model_validate_json(unpacked(other["body"]))
        for other in _of(of_lead, lead_keys.Kind.MERGED_HISTORIES)
    ]
    assert (elsewhere or [MergedHistories()]) == [merged_histories_of(lead)]
    assert [int(r.event_id.rsplit("-", 1)[1]) for r in history] == list(range(1, lead.version + 1))
    assert _index(item) == lead_keys.lead_indexes(lead)
    assert item["version"] == {"N": str(lead.version)}
    stored = _of(of_lead, handoff_keys.HANDOFFS)
    assert [other["sk"] for other in stored if "body" not in other] == [other["sk"] for other in stored[-1:]], (
        "the lead has the present handoff, and the item of each earlier one has its body"
    )
    handoffs = [
        Handoff.model_validate_json(unpacked(other["body"])) if "body" in other else lead.handoff for other in stored
    ]
    offered = [recorded for recorded in history if recorded.event.type == "HandoffOffered"]
    assert len(handoffs) == len(offered), "there is not one handoff for each offer"
    assert not lead.handoff or handoff_keys.handoff_id_of(stored[-1]) == lead.handoff.handoff_id
    assert not any(handoff.is_open for handoff in handoffs[:-1]), "a handoff was left open"
    assert [_index(other) for other in stored] == [handoff_keys.handoff_indexes(each) for each in handoffs]
    _duties_must_be_consistent(lead, of_lead)
    _reports_must_be_consistent(lead, of_lead, handoffs)


def _duties_must_be_consistent(lead: Lead, of_lead: list[Item]) -> None:
    duties = [Duty.model_validate_json(unpacked(other["body"])) for other in _of(of_lead, duty_keys.DUTIES)]
    assert (duties[-1] if duties else None) == lead.duty, "the last duty is not the lead's"
    assert not any(duty.is_open for duty in duties[:-1]), "a duty was left open"
    assert [_index(other) for other in _of(of_lead, duty_keys.DUTIES)] == [
        duty_keys.duty_indexes(each) for each in duties
    ]


def _reports_must_be_consistent(lead: Lead, of_lead: list[Item], handoffs: list[Handoff]) -> None:
    """Each handoff and each duty tells reports how it is, and the moves lead from nowhere to where the lead is."""
    told = [json.loads(unpacked(other["figures"])) for other in _of(of_lead, handoff_keys.HANDOFFS)]
    assert told == [json.loads(row_figures.handoff_figures(each)) for each in handoffs]
    assert all("figures" in other for other in _of(of_lead, duty_keys.DUTIES))
    moves = [read_move(unpacked(other["figures"])) for other in _of(of_lead, item_key.EVENTS) if "figures" in other]
    places = [None, *(move.after for move in moves)]
    assert [move.before for move in moves] == places[:-1], "a move does not begin where the one before it ended"
    assert places[-1] == tuple((row_figures.place_of(lead) or {}).values()), (
        "the last move does not lead to where the lead is"
    )


def _counts_must_be_consistent(items: list[Item]) -> None:
    leads = [Lead.model_validate_json(unpacked(item["body"])) for item in _of(items, "LEAD")]
    held = [(lead.handoff.team, lead.handoff.owner) for lead in leads if lead.handoff and lead.handoff.is_open]
    by_form = [lead.handoff for lead in leads if lead.handoff and lead.handoff.waits_for_a_word]
    forms = [(each.team, each.owner) for each in by_form]
    for item in _of(items, "REP#"):
        rep, team = rep_from(item), item["pk"]["S"].removeprefix("TEAM#")
        assert rep.open_handoffs == held.count((team, rep.email)), f"{rep.email} is said to hold {rep.open_handoffs}"
        assert rep.unaccepted_forms == forms.count((team, rep.email)), f"{rep.email}: {rep.unaccepted_forms} by forms"


def _lines_must_be_consistent(items: list[Item]) -> None:
    """Each pool counts who waits in its lines, and what people are owed adds up to nothing."""
    leads = [Lead.model_validate_json(unpacked(item["body"])) for item in _of(items, "LEAD")]
    handoffs = [lead.handoff for lead in leads if lead.handoff and lead.handoff.is_waiting]
    waiting = Counter((each.team, each.pool, each.line_key) for each in handoffs)
    counted: Counter[tuple[str, str, LineKey]] = Counter()
    for item in _of(items, team_keys.TURNS):
        pool, name = pool_from(item), item["sk"]["S"].removeprefix(team_keys.TURNS)
        assert sum(pool.owed.values()) == 0
        for line in pool.lines:
            counted[item["pk"]["S"].removeprefix("TEAM#"), name, line.key] += line.waiting
    assert +counted == waiting, "the lines are not those who wait in them"


def _accounts_must_be_consistent(items: list[Item]) -> None:
    listed = {account_keys.listed_under(item): item for item in _of(items, "ACCOUNT") if "body" in item}
    for under, item in listed.items():
        main = item["main"]["S"]
        assert item["body"] == listed[main]["body"], f"{under} tells of {main} otherwise than {main} itself"
        account = Account.model_validate_json(item["body"]["S"])
        assert under == main or under in aliases(account), f"{under} still leads to {main}"
        assert {*aliases(account)} <= listed.keys(), f"not all of {main} leads to it"
        assert _index(item) == (account_keys.target(under) if under == main else {})
        assert under != main or item["version"] == {"N": str(account.version)}


def _of(items: list[Item], prefix: str) -> list[Item]:
    return [item for item in items if item["sk"]["S"].startswith(prefix)]


def _index(item: Item) -> Item:
    return {name: value for name, value in item.items() if name.startswith("gsi")}


def _copy(backend: Any, state: dict[str, Any]) -> dict[str, Any]:
    """A copy whose parts still belong to the same backend."""
    return deepcopy(state, {id(backend): backend})


def _queue_arn(name: str) -> str:
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def _as_lambda_gets_it(record: dict[str, Any]) -> dict[str, Any]:
    change = {**record["dynamodb"], "ApproximateCreationDateTime": 0}
    images = {name: _with_text(change[name]) for name in ("NewImage", "OldImage") if name in change}
    return {**record, "dynamodb": change | images}


def _with_text(image: Item) -> Item:
    """An image as JSON has it, binary values in base64."""
    return {
        name: {"B": base64.b64encode(value["B"]).decode()} if isinstance(value.get("B"), bytes) else value
        for name, value in image.items()
    }
