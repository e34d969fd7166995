"""What a website, a reader of mail and the staff do with the deployed stack, in the words of the tests."""

import itertools
import json
import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import boto3
import httpx

from baton.domain.identity.lead_ids import lead_id_of
from tools import http_retries
from tools.http_retries import HANGS_AFTER_SECONDS
from tools.mailbox import Mail, Mailbox
from tools.stack import Stack
from tools.staff import token_for

View = dict[str, Any]
Seen = TypeVar("Seen")

TEAM = "sales"
SAM, RITA, MANAGER = "sam@baton.example", "rita@baton.example", "mona@baton.example"
THANK_YOU = "https://www.example.com/thank-you"
FORM_TYPE = "application/x-www-form-urlencoded"
POLL_SECONDS = 0.1

_LINK = re.compile(r"(ACCEPT|CONTACT|RETURN|CLOSE|RATE)(?:ED)? this lead[^\n]*\n(\S+/links/\S+)")
_IN_A_DIGEST = re.compile(r"^-{24}\n\d+\. (.*)\n\n((?s:.*?))(?=^-{24}$|\Z)", re.MULTILINE)
_numbers = itertools.count(1)


def until(look: Callable[[], Seen], seconds: float = HANGS_AFTER_SECONDS, what: str = "it") -> Seen:
    """What `look` sees once that is something; looks again and again until the time is over."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds:.0f} s")
        time.sleep(POLL_SECONDS)
    return seen


def somebody(name: str = "anna") -> str:
    """An address that no test has used before."""
    return f"{name}.{next(_numbers)}.{uuid.uuid4().hex[:6]}@schmidt.example"


def new_seed() -> int:
    """A seed that makes a question for points another one than all before."""
    return uuid.uuid4().int % 2**31


@dataclass
class AtWork:
    """The deployed stack with the people who use it."""

    stack: Stack
    session: boto3.Session
    mailbox: Mailbox
    _reps: dict[str, httpx.Client] = field(default_factory=dict)

    # ── who ──

    @cached_property
    def stranger(self) -> httpx.Client:
        return self.stack.api()

    @cached_property
    def admin(self) -> httpx.Client:
        return self.stack.api("admin")

    @cached_property
    def marketing(self) -> httpx.Client:
        return self.stack.api("marketing")

    def rep(self, email: str) -> httpx.Client:
        """The API as this person in sales sees it."""
        if email not in self._reps:
            pool, client = (self.outputs[name] for name in ("UserPoolId", "UserPoolClientId"))
            token = token_for(self.session, pool, client, "sales", email)
            self._reps[email] = http_retries.client(self.stack.api_url, token)
        return self._reps[email]

    def outsider(self) -> str:
        """A token of somebody who is in the user pool, and in no department."""
        pool, client, email = self.outputs["UserPoolId"], self.outputs["UserPoolClientId"], "guest@baton.example"
        cognito, password = self.session.client("cognito-idp"), f"{uuid.uuid4()}aA1!"
        token_for(self.session, pool, client, "sales", email)
        cognito.admin_remove_user_from_group(UserPoolId=pool, Username=email, GroupName="sales")
        cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=True)
        signed_in = cognito.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=client,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": email, "PASSWORD": password},
        )
        return signed_in["AuthenticationResult"]["IdToken"]

    def other_than(self, owner: str) -> str:
        """The other of the two who get leads."""
        return RITA if owner == SAM else SAM

    def close(self) -> None:
        for client in (self.stranger, self.admin, self.marketing, *self._reps.values()):
            client.close()

    # ── the website ──

    def send(self, answers: Mapping[str, object], form: str = "consultation") -> httpx.Response:
        return self.stranger.post(f"/forms/{form}", json=answers)

    def ask(self, email: str | None = None, **answers: str) -> View:
        """Somebody asks for a person; gives the lead that they are now."""
        email = email or somebody()
        answer = self.send({"email": email, **answers})
        assert answer.status_code == 202, f"POST /forms/consultation: {answer.status_code}"
        return self.lead(self.lead_id(email))

    def download(self, email: str | None = None, **answers: str) -> str:
        """Somebody downloads something, which hands nobody over; gives the lead's id."""
        email = email or somebody()
        answer = self.send({"email": email, "content": "price-list", **answers}, form="content-download")
        assert answer.status_code == 202, answer.text
        return self.lead_id(email)

    # ── what is there ──

    @property
    def outputs(self) -> dict[str, str]:
        return self.stack.outputs

    @cached_property
    def _pepper(self) -> bytes:
        """The secret behind leads' ids, as nobody but the owner of the account could read it."""
        return self.secret("Pepper").encode()

    def secret(self, logical_id: str) -> str:
        return self.session.client("secretsmanager").get_secret_value(SecretId=self.physical_id(logical_id))[
            "SecretString"
        ]

    def physical_id(self, logical_id: str) -> str:
        resource = self.session.client("cloudformation").describe_stack_resource(
            StackName=self.stack.stack_name, LogicalResourceId=logical_id
        )
        return resource["StackResourceDetail"]["PhysicalResourceId"]

    def lead_id(self, email: str) -> str:
        return lead_id_of(email.lower(), self._pepper)

    def is_known(self, email: str) -> bool:
        return self.admin.get(f"/leads/{self.lead_id(email)}").status_code == 200

    def lead(self, lead_id: str) -> View:
        lead: View = read(self.admin.get(f"/leads/{lead_id}"))
        return lead

    def timeline(self, lead_id: str) -> list[View]:
        return list(self.pages(f"/leads/{lead_id}/timeline", "events"))

    def happened(self, lead_id: str) -> list[str]:
        return [event["type"] for event in self.timeline(lead_id)]

    def decided(self, lead_id: str) -> list[str]:
        """What happened to a lead, but when its owners were mailed: that comes whenever the mail is out."""
        return [name for name in self.happened(lead_id) if name != "OwnerNotified"]

    def unchanged(self, lead: View) -> bool:
        """Whether nothing has happened to a lead since, but that its owner was mailed."""
        return set(self.happened(lead["lead_id"])[lead["version"] :]) <= {"OwnerNotified"}

    def wait(self, lead_id: str, *event_types: str, seconds: float = HANGS_AFTER_SECONDS) -> View:
        """The first event of this type, or of one of these, in the lead's timeline."""

        def look() -> View | None:
            return next((event for event in self.timeline(lead_id) if event["type"] in event_types), None)

        event = until(look, seconds, " or ".join(event_types))
        assert event
        return event

    def pages(self, path: str, name: str, client: httpx.Client | None = None, **query: str) -> Iterator[View]:
        """Everything in a list, page after page."""
        while True:
            page = read((client or self.admin).get(path, params=query))
            yield from page[name]
            if not page["cursor"]:
                return
            query["cursor"] = page["cursor"]

    def listed(self, *lead_ids: str, **query: str) -> list[View]:
        """A queue or a worklist once it has these leads; it follows a change in a moment, not at once."""

        def look() -> list[View]:
            found = list(self.pages("/leads", "leads", None, **query))
            return found if {*lead_ids} <= {lead["lead_id"] for lead in found} else []

        return until(look, what=f"{lead_ids} in the list {query}")

    def words_of(self, lead_id: str) -> list[View]:
        """What the index of words has of a lead."""
        pages = self.session.client("dynamodb").get_paginator("scan")
        found = pages.paginate(
            TableName=self.outputs["TableName"],
            FilterExpression="begins_with(pk, :words) AND contains(sk, :lead)",
            ExpressionAttributeValues={":words": {"S": "WORDS#"}, ":lead": {"S": lead_id}},
        )
        return [item for page in found for item in page["Items"]]

    def count_leads(self) -> int:
        """How many people the table knows, and messages that it remembers."""
        pages = self.session.client("dynamodb").get_paginator("scan")
        found = pages.paginate(
            TableName=self.outputs["TableName"],
            FilterExpression="sk = :lead OR begins_with(sk, :form)",
            ExpressionAttributeValues={":lead": {"S": "LEAD"}, ":form": {"S": "SEEN#form"}},
            Select="COUNT",
            ConsistentRead=True,
        )
        return sum(page["Count"] for page in found)

    def lose_a_timer(self, lead_id: str, machine: str = "FollowUpTimerArn") -> list[View]:
        """Run the deployed timer from where it gives up; gives what lies in the queue about the lead afterwards."""
        timers, name = self.session.client("stepfunctions"), f"lost-{uuid.uuid4().hex[:8]}"
        deployed = timers.describe_state_machine(stateMachineArn=self.outputs[machine])
        definition = json.dumps({**json.loads(deployed["definition"]), "StartAt": "KeepForRedrive"})
        copy = timers.create_state_machine(name=name, definition=definition, roleArn=deployed["roleArn"])
        ids = {"lead_id": lead_id, "event_id": f"{lead_id}-00000003", "due_at": "2026-11-22T18:00:00.000Z"}
        run = timers.start_execution(stateMachineArn=copy["stateMachineArn"], input=json.dumps(ids))
        try:
            ended = until(
                lambda: (
                    (seen := timers.describe_execution(executionArn=run["executionArn"]))["status"] != "RUNNING"
                    and seen
                ),
                what="the end of the timer",
            )
        finally:
            timers.delete_state_machine(stateMachineArn=copy["stateMachineArn"])
        assert ended
        assert (ended["status"], ended["error"]) == ("FAILED", "TimerLost")
        bodies = queue_bodies(self.session, self.outputs["LostTimersQueueUrl"])
        return [message for message in map(json.loads, bodies) if message["lead_id"] == lead_id]

    # ── mail ──

    def mail(self, *words: str, to: str | None = None, seconds: float = HANGS_AFTER_SECONDS) -> Mail:
        return self.mailbox.wait_for(*words, to=to, seconds=seconds)

    def mails_about(self, handoff_id: str) -> list[Mail]:
        """Every mail so far that is about this handoff."""
        self.mailbox.read()
        return [mail for mail in self.mailbox.mails if handoff_id in mail.text]

    def told_of(self, handoff_id: str) -> list[tuple[str, str]]:
        """How the subject of each mail about this handoff begins, and who got it; two mails may come as one."""
        return [
            (subject.split(":")[0], reader)
            for mail in self.mails_about(handoff_id)
            for subject, text in mails_in(mail)
            if handoff_id in text
            for reader in mail.to
        ]

    def alert(self, lead: View) -> Mail:
        """The mail by which the lead's owner learnt of it this time; it carries the links."""
        handoff = lead["handoff"]
        words = ("RETURN this lead", handoff["handoff_id"])
        return self.mailbox.wait_for(*words, to=handoff["owner"], since=handoff["assigned_at"])

    def links(self, lead: View) -> dict[str, str]:
        """The links in the alert: `accept`, `contact` and `return`."""
        told = [text for _, text in mails_in(self.alert(lead)) if lead["handoff"]["handoff_id"] in text]
        return links_in("\n".join(told))


def mails_in(mail: Mail) -> list[tuple[str, str]]:
    """The subjects and texts of the mails that came as one, or those of a single mail."""
    return _IN_A_DIGEST.findall(mail.text) or [(mail.subject, mail.text)]


def links_in(text: str) -> dict[str, str]:
    return {action.lower(): url for action, url in _LINK.findall(text)}


def read(answer: httpx.Response) -> Any:
    """The JSON of a good answer."""
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}"
    return answer.json()


def problem(answer: httpx.Response, status: int) -> View:
    """A refusal, which must be problem+json with this status."""
    assert answer.status_code == status, f"{answer.status_code} {answer.text}"
    assert answer.headers["content-type"] == "application/problem+json"
    content: View = answer.json()
    assert content["status"] == status
    assert content["title"]
    assert content["detail"]
    return content


def fields_at_fault(content: View) -> list[str]:
    return [fault["field"] for fault in content.get("errors", [])]


def multipart(answers: Mapping[str, str], boundary: str = "----a-form") -> tuple[str, bytes]:
    """A content type and a body as a browser sends a form with `enctype="multipart/form-data"`."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in answers.items()
    ]
    return f"multipart/form-data; boundary={boundary}", ("".join(parts) + f"--{boundary}--\r\n").encode()


def clocks(lead: View) -> dict[str, View]:
    return {clock["name"]: clock for clock in lead["handoff"]["clocks"]}


def queue_bodies(session: boto3.Session, url: str) -> Sequence[str]:
    """What lies in a queue, which stays there."""
    sqs, bodies = session.client("sqs"), list[str]()
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=60).get("Messages"):
        bodies += [message["Body"] for message in messages]
    return bodies


def as_text(content: object) -> str:
    return json.dumps(content, default=str, ensure_ascii=False)
