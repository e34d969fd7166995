"""For each function, a check that makes the function use every permission of its role."""

import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.runtime.secrets import CAPTCHA
from baton.aws.table.keys import agreement_keys, item_key, lead_keys, team_keys
from baton.aws.table.packing.packed_text import unpacked
from baton.domain.basics.moments import iso
from baton.domain.teams.team_events import event_id_of
from tests.e2e.at_work import MANAGER, SAM, TEAM, AtWork, View, read
from tests.iam import agreement_checks as agreement
from tests.iam import console_checks as console
from tests.iam import failure_checks as failures
from tests.iam import import_checks as imports
from tests.iam import merge_checks as merging
from tests.iam import privacy_checks as privacy
from tests.iam import report_checks as reports
from tests.iam import team_link_checks as team_links
from tests.iam import webhook_checks as webhooks
from tests.iam.listed_companies import counts_forms, on_the_list, put_on_the_list_unseen, somewhere_new
from tests.iam.listener import Messages
from tests.iam.patience import Patience, soon
from tools.agreement import agreement_for_now

HURRIED_SECONDS = 2
HURRY = packaged_text().replace("within: 30m", f"within: {HURRIED_SECONDS}s")
REPS = f"/teams/{TEAM}/reps"


@dataclass(frozen=True)
class RunningStack:
    """The running stack, and an address that AWS can call."""

    baton: AtWork
    address: str
    messages: Messages
    patience: Patience = field(default_factory=Patience)

    def invoke(self, function: str, event: View) -> Any:
        client = self.baton.session.client("lambda")
        answer: View = dict(
            client.invoke(FunctionName=self.baton.physical_id(function), Payload=json.dumps(event).encode())
        )
        content = answer["Payload"].read()
        assert "FunctionError" not in answer, content
        return json.loads(content)

    def item(self, key: Any) -> View:
        """An item of the table as it is now; empty if there is none."""
        table = self.baton.session.client("dynamodb")
        found = table.get_item(TableName=self.baton.outputs["TableName"], Key=key, ConsistentRead=True)
        return dict(found.get("Item", {}))

    def update(self, key: Any, **values: str) -> None:
        """Change an item by hand."""
        self.baton.session.client("dynamodb").update_item(
            TableName=self.baton.outputs["TableName"],
            Key=key,
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
            ExpressionAttributeNames={f"#{name}": name for name in values},
            ExpressionAttributeValues={f":{name}": {"S": value} for name, value in values.items()},
        )

    def rewrite(self, lead_id: str, change: Callable[[View], View], **values: str) -> None:
        """Keep a lead otherwise than Baton would; again if Baton saves it meanwhile."""
        key, table = lead_keys.lead(lead_id), self.baton.session.client("dynamodb")
        while True:
            found = self.item(key)
            written = {**values, "body": json.dumps(change(json.loads(unpacked(found["body"]))))}
            try:
                table.put_item(
                    TableName=self.baton.outputs["TableName"],
                    Item={**found, **{name: {"S": value} for name, value in written.items()}},
                    ConditionExpression="version = :read",
                    ExpressionAttributeValues={":read": found["version"]},
                )
            except table.exceptions.ConditionalCheckFailedException:
                continue
            return

    def put_secret(self, label: str, text: str) -> None:
        """Put a secret under its label, as operations do."""
        manager, arn = self.baton.session.client("secretsmanager"), self.baton.outputs["SecretsArn"]
        manager.put_secret_value(SecretId=arn, SecretString=text, VersionStages=[label])

    @contextmanager
    def setting(self, function: str, **values: str) -> Iterator[None]:
        """A function with other settings, for a while."""
        client, name = self.baton.session.client("lambda"), self.baton.physical_id(function)
        usual = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        client.update_function_configuration(FunctionName=name, Environment={"Variables": {**usual, **values}})
        try:
            yield
        finally:
            client.update_function_configuration(FunctionName=name, Environment={"Variables": usual})

    @contextmanager
    def unanswered(self) -> Iterator[View]:
        """A lead with sales whose clocks run on; stopped in the end, or it would be passed on for ever."""
        lead = self.baton.ask()
        try:
            yield lead
        finally:
            read(self.baton.admin.post(f"/handoffs/{lead['handoff']['handoff_id']}/accept"))

    def tidy(self) -> None:
        """Remove whoever a check has put on the roster."""
        for rep in read(self.baton.admin.get(REPS))["reps"]:
            if rep["email"].startswith("new."):
                read(self.baton.admin.delete(f"{REPS}/{rep['email']}"))

    def somebody_new(self) -> str:
        email = f"new.{uuid.uuid4().hex[:8]}@baton.example"
        read(self.baton.admin.put(f"{REPS}/{email}", json={}))
        return email


class Former(NamedTuple):
    """A team that is agreed no more, somebody on it, and a lead that they have."""

    team: str
    email: str
    lead: View


def submit_form(running: RunningStack) -> None:
    """From an address that names no company; from a company on the list, later under another agreement."""
    assert running.baton.ask(f"{uuid.uuid4().hex}@gmail.com")["handoff"]["owner"]
    lead = running.baton.ask(f"anna@{on_the_list(running)}")
    count_under_another_version(running, lead["lead_id"])
    running.baton.download(lead["email"])
    with_a_cookie(running, lambda cookie: running.baton.download(lead["email"], anonymous_id=cookie))
    running.put_secret(CAPTCHA, "the provider knows another")
    as_new, unread = uuid.uuid4().hex, secrets_unread(running)  # no instance that is warm and knows the secret
    with running.setting("SubmitFormFunction", CAPTCHA_PROVIDER="turnstile", AS_NEW=as_new):
        running.patience.until(lambda: unverified(running), "asking Turnstile")
    assert secrets_unread(running) == unread, "the captcha's secret cannot be read"


def secrets_unread(running: RunningStack) -> int:
    """How often the log says by now that a captcha's secret could not be read: nobody else is told."""
    logs, group = running.baton.session.client("logs"), running.baton.physical_id("FunctionLogs")
    told = '"the captcha\'s secret cannot be read"'
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group, filterPattern=told)
    return sum(len(page["events"]) for page in pages)


def unverified(running: RunningStack) -> bool:
    """Whether Turnstile is asked about a form; it knows neither our secret nor the token."""
    lead: View = running.baton.lead(running.baton.download(**{"cf-turnstile-response": "trial"}))
    return bool(lead["unverified"])


def show_link(running: RunningStack) -> None:
    """Also the rep's own pages, to which that of a lead leads: what they hold, and their leave."""
    accept = running.baton.links(running.baton.ask())["accept"]
    assert running.baton.stranger.get(accept).status_code == 200
    for label in ("My open leads", "My leave"):
        answer = running.baton.stranger.get(_linked_page(running, accept, label))
        assert answer.status_code == 200, f"GET /links/…: {answer.status_code}"


def _linked_page(running: RunningStack, accept: str, label: str) -> str:
    """The address of a page to which an accepted lead's leads."""
    accepted = running.baton.stranger.post(accept)
    assert accepted.status_code == 200, f"POST /links/…: {accepted.status_code}"
    [token] = re.findall(rf'href="([^"]+)">{label}</a>', accepted.text)
    return f"{accept.rpartition('/')[0]}/{token}"


def use_link(running: RunningStack) -> None:
    """The lead goes to somebody else, of another team too; or back to marketing, under another agreement; a leave."""
    leave = _linked_page(running, running.baton.links(running.baton.ask())["accept"], "My leave")
    year = 2100 + uuid.uuid4().int % 90
    answer = running.baton.stranger.post(leave, data={"from": f"{year}-01-01", "to": ""})
    assert answer.status_code == 200, f"POST /links/…: {answer.status_code}"
    with held_by_a_former_team(running) as former:
        answer = running.baton.stranger.post(
            running.baton.links(former.lead)["return"], data={"reason": "wrong_person"}
        )
        assert answer.status_code == 200, f"POST /links/…: {answer.status_code}"
        is_with_the_agreed_team(running, former.lead)
    for reason in ("wrong_person", "not_qualified"):
        lead = running.baton.ask()
        count_under_another_version(running, lead["lead_id"])
        answer = running.baton.stranger.post(running.baton.links(lead)["return"], data={"reason": reason})
        assert answer.status_code == 200, f"POST /links/…: {answer.status_code}"


def answer_preflight(running: RunningStack) -> None:
    assert running.baton.stranger.options("/leads").status_code == 204


def get_openapi(running: RunningStack) -> None:
    assert read(running.baton.stranger.get("/openapi.json"))["openapi"]


def get_lead(running: RunningStack) -> None:
    """Now, and as it was known before the agreement changed."""
    lead, table = running.baton.ask(), running.baton.outputs["TableName"]
    with agreement_for_now(running.baton.session, table, packaged_text()):
        then = read(running.baton.admin.get(f"/leads/{lead['lead_id']}", params={"at": lead["updated_at"]}))
    assert then["version"] == lead["version"]


def get_timeline(running: RunningStack) -> None:
    """In order, and the newest first with words, which the agreement has."""
    lead = running.baton.ask()
    assert running.baton.happened(lead["lead_id"])
    query = {"order": "newest", "words": "en"}
    told = read(running.baton.admin.get(f"/leads/{lead['lead_id']}/timeline", params=query))
    assert all(event["words"] for event in told["events"])


def add_note(running: RunningStack) -> None:
    lead = running.baton.ask()
    assert read(running.baton.admin.post(f"/leads/{lead['lead_id']}/notes", json={"text": "trial"}))["text"] == "trial"


def list_handoffs(running: RunningStack) -> None:
    """All of a lead, and one by its id."""
    lead = running.baton.ask()
    [shown] = read(running.baton.admin.get(f"/leads/{lead['lead_id']}/handoffs"))["handoffs"]
    one = read(running.baton.admin.get(f"/handoffs/{shown['handoff_id']}"))
    assert one["lead"]["lead_id"] == lead["lead_id"]


def list_leads(running: RunningStack) -> None:
    name = f"Findable{uuid.uuid4().hex[:8]}"
    lead_id = running.baton.ask(last_name=name)["lead_id"]
    lists = (
        {"queue": "with_sales"},
        {"team": "sales", "counts": "true"},
        {"account": "acme.example"},
        {"overdue": "true"},
    )
    found = [read(running.baton.admin.get("/leads", params=params))["leads"] for params in lists]
    assert found[0]
    assert found[1]
    running.patience.until(lambda: read(running.baton.admin.get("/leads", params={"q": name}))["leads"], "its words")
    email = running.baton.lead(lead_id)["email"]
    assert read(running.baton.admin.get("/leads", params={"email": email}))["leads"]


def get_me(running: RunningStack) -> None:
    """Somebody of marketing, who may sign and review; and the counts of all."""
    running.baton.ask()
    assert read(running.baton.marketing.get("/me"))["counts"]["drafts_to_sign"] is not None
    assert read(running.baton.admin.get("/counts"))["teams"]


def on_a_handoff(verb: str, body: View) -> Callable[[RunningStack], None]:
    def check(running: RunningStack) -> None:
        handoff = running.baton.ask()["handoff"]
        read(running.baton.admin.post(f"/handoffs/{handoff['handoff_id']}/{verb}", json=body))

    check.__name__ = verb
    return check


def end(running: RunningStack, verb: str, body: View) -> None:
    """Sales ends a handoff of a lead that was last counted under another version of the agreement."""
    lead = running.baton.ask()
    count_under_another_version(running, lead["lead_id"])
    read(running.baton.admin.post(f"/handoffs/{lead['handoff']['handoff_id']}/{verb}", json=body))


def give_back(running: RunningStack) -> None:
    """To somebody else in sales, of another team too, and to marketing."""
    on_a_handoff("return", {"reason": "wrong_person"})(running)
    with held_by_a_former_team(running) as former:
        path = f"/handoffs/{former.lead['handoff']['handoff_id']}/return"
        read(running.baton.admin.post(path, json={"reason": "wrong_person"}))
        is_with_the_agreed_team(running, former.lead)
    end(running, "return", {"reason": "not_qualified"})


def close(running: RunningStack) -> None:
    """And of one that has asked for a person once more just before: it is handed over again."""
    end(running, "close", {"outcome": "won"})
    lead = running.baton.ask()
    running.baton.ask(lead["email"], message="Still there?")
    read(running.baton.admin.post(f"/handoffs/{lead['handoff']['handoff_id']}/close", json={"outcome": "lost"}))
    assert running.baton.lead(lead["lead_id"])["status"] == "with_sales"


def list_reps(running: RunningStack) -> None:
    assert read(running.baton.admin.get(REPS))["reps"]


def get_rep(running: RunningStack) -> None:
    read(running.baton.admin.get(f"{REPS}/{MANAGER}"))


def put_rep(running: RunningStack) -> None:
    running.somebody_new()


def change_rep(running: RunningStack) -> None:
    read(running.baton.admin.patch(f"{REPS}/{running.somebody_new()}", json={"weight": 2}))


def confirm_rep(running: RunningStack) -> None:
    """An e-mail address is confirmed by itself here, so the rep gets a web address' subscription instead."""
    email, topic = running.somebody_new(), running.baton.outputs["SalesMailTopicArn"]
    with web_address(running, topic, email) as (arn, token):
        running.update(team_keys.rep(TEAM, email), subscription_arn=arn, subscription="pending")
        confirmed = read(running.baton.admin.post(f"{REPS}/{email}/confirmation", json={"link": token}))
        assert confirmed["subscription"] == "confirmed"


def confirm_operations(running: RunningStack) -> None:
    """As a rep, a web address in place of a mail's; and the first steps."""
    name = uuid.uuid4().hex
    with web_address(running, running.baton.outputs["OperationsTopicArn"], name) as (_, token):
        shown = read(running.baton.admin.post("/operations/confirmation", json={"link": token}))
        [state] = [each["subscription"] for each in shown["addresses"] if each["address"].endswith(name)]
        assert state == "confirmed"
    assert read(running.baton.admin.get("/set-up"))["steps"]["rep"]


@contextmanager
def web_address(running: RunningStack, topic: str, name: str) -> Iterator[tuple[str, str]]:
    """Subscribes a web address to a topic while this lasts: its subscription, and the token that it was sent."""
    sns, endpoint = running.baton.session.client("sns"), f"{running.address}{name}"
    arn = sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint, ReturnSubscriptionArn=True)[
        "SubscriptionArn"
    ]
    with running.patience.wait("a confirmation's token") as seconds:
        token = running.messages.get(timeout=seconds)["Token"]
    if not arn.startswith("arn:"):
        subscriptions = (
            sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic).search("Subscriptions[]")
        )
        arn = next(one["SubscriptionArn"] for one in subscriptions if one["Endpoint"] == endpoint)
    try:
        yield arn, token
    finally:
        sns.unsubscribe(SubscriptionArn=arn)


@contextmanager
def held_by_a_former_team(running: RunningStack) -> Iterator[Former]:
    """A team that an agreement has named, and that is named no more, with somebody new on it and a lead of theirs from
    a company that may be listed.
    """
    team, email = a_team(), f"new.{uuid.uuid4().hex[:8]}@baton.example"
    path = f"/teams/{team}/reps/{email}"
    with with_another_team(running, team):
        read(running.baton.admin.put(path, json={}))
        lead = running.baton.ask(f"anna@{somewhere_new()}")
        assert lead["handoff"]["owner"] == email
    count_under_another_version(running, lead["lead_id"])
    try:
        yield Former(team, email, lead)
    finally:
        running.baton.admin.delete(path)


def a_team() -> str:
    """The name of a team on which nobody has been left by another check."""
    return f"former_{uuid.uuid4().hex[:8]}"


def with_another_team(running: RunningStack, team: str) -> AbstractContextManager[int]:
    """An agreement with a team besides, which gets whoever asks for a person."""
    text = packaged_text().replace("team: sales", f"team: {team}", 1)
    text = text.replace("teams:\n", f"teams:\n  {team}: {{label: Former, reps: {{weight: 1, capacity: 25}}}}\n", 1)
    return agreement_for_now(running.baton.session, running.baton.outputs["TableName"], text)


def is_with_the_agreed_team(running: RunningStack, lead: View) -> None:
    assert running.baton.lead(lead["lead_id"])["handoff"]["team"] == TEAM


def reassign(running: RunningStack) -> None:
    """To whoever is next; to whoever is next of another team, if its own is not agreed any more; and to somebody
    who is named, on another team.
    """
    on_a_handoff("reassign", {"reason": "trial"})(running)
    with held_by_a_former_team(running) as former:
        path = f"/handoffs/{former.lead['handoff']['handoff_id']}/reassign"
        read(running.baton.admin.post(path, json={"reason": "trial"}))
        is_with_the_agreed_team(running, former.lead)
        with with_another_team(running, former.team):
            read(running.baton.admin.post(path, json={"owner": former.email, "reason": "trial"}))


@contextmanager
def with_nobody_at_the_lines(running: RunningStack) -> Iterator[None]:
    """Nobody serves the lines when somebody leaves; whoever is slower than they are would have nothing to do."""
    events, bus = running.baton.session.client("events"), running.baton.physical_id("Bus")
    rule = running.baton.physical_id("ServeWaitingFunctionSomebodyIsFree")
    name = rule.rpartition("/")[2].rpartition("|")[2]
    events.disable_rule(Name=name, EventBusName=bus)
    try:
        yield
    finally:
        events.enable_rule(Name=name, EventBusName=bus)


def remove_rep(running: RunningStack) -> None:
    """Somebody of another team, and somebody who gets no mail any more; what they have is passed on."""
    with with_nobody_at_the_lines(running):
        _remove_rep(running)


def _remove_rep(running: RunningStack) -> None:
    with held_by_a_former_team(running) as former:
        read(running.baton.admin.delete(f"/teams/{former.team}/reps/{former.email}"))
        is_with_the_agreed_team(running, former.lead)
    email, handoff = running.somebody_new(), running.baton.ask()["handoff"]
    if handoff["owner"] != email:
        path = f"/handoffs/{handoff['handoff_id']}/reassign"
        read(running.baton.admin.post(path, json={"owner": email, "reason": "trial"}))
    left = read(running.baton.admin.delete(f"{REPS}/{email}"))
    assert left["passed_on"], left
    sns = running.baton.session.client("sns")
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(
        TopicArn=running.baton.outputs["SalesMailTopicArn"]
    )
    assert email not in [one["Endpoint"] for one in pages.search("Subscriptions[]")], "still subscribed"


def list_accounts(running: RunningStack) -> None:
    on_the_list(running)
    assert read(running.baton.admin.get("/accounts"))["accounts"]


def get_account(running: RunningStack) -> None:
    domain = on_the_list(running)
    assert read(running.baton.admin.get(f"/accounts/{domain}"))["owner_gets_alerts"]


def put_account(running: RunningStack) -> None:
    on_the_list(running, domains=[somewhere_new()])


def remove_account(running: RunningStack) -> None:
    answer = running.baton.admin.delete(f"/accounts/{on_the_list(running)}")
    assert answer.status_code == 204, f"DELETE /accounts/…: {answer.status_code}"


def import_accounts(running: RunningStack) -> None:
    text, media_type = f"domain,owner\n{somewhere_new()},{SAM}\n", {"Content-Type": "text/csv"}
    said = read(running.baton.admin.post("/accounts/import", content=text, headers=media_type))
    assert said["created"] == 1, said


def look_at_account(running: RunningStack) -> None:
    domain = somewhere_new()
    lead_id = running.baton.download(f"anna@{domain}")
    read(running.baton.admin.put(f"/accounts/{domain}", json={"owner": SAM}))
    running.invoke("LookAtAccountFunction", {"detail": {"event_id": f"{domain}-00000001", "account": domain}})
    assert running.baton.lead(lead_id)["handoff"]["trigger"] == "target_account"


def tell(running: RunningStack, *signals: View) -> None:
    """Tell what leads did, as a tool does; every signal has an id of its own."""
    sent = [{"message_id": uuid.uuid4().hex, "kind": "page_visited", **signal} for signal in signals]
    told = read(running.baton.admin.post("/signals", json={"signals": sent}))
    assert told["accepted"] == len(sent), told


def submit_signals(running: RunningStack) -> None:
    """One whose company is listed asks for a person, tells later what was before; another's company has no name."""
    email = f"anna@{on_the_list(running)}"
    tell(running, {"email": email, "kind": "demo_requested"})
    assert running.baton.lead(running.baton.lead_id(email))["handoff"]["owner"]
    tell(running, {"email": email, "at": "2026-01-01T00:00:00Z"})
    tell(running, {"email": f"{uuid.uuid4().hex}@gmail.com"})
    with_a_cookie(running, lambda cookie: tell(running, {"email": email, "anonymous_id": cookie}))


def with_a_cookie(running: RunningStack, known: Callable[[str], object]) -> str:
    """Something is told of somebody who becomes known after that; gives what their website calls them."""
    cookie = uuid.uuid4().hex
    tell(running, {"email": None, "anonymous_id": cookie})
    known(cookie)
    tell(running, {"email": None, "anonymous_id": cookie})
    return cookie


def count_under_another_version(running: RunningStack, lead_id: str) -> None:
    """As if the agreement had changed since: the next command counts the lead anew, from its history."""
    running.rewrite(lead_id, lambda lead: {**lead, "tally": {**lead["tally"], "version": 0}})


def nurtured(running: RunningStack) -> str:
    """The path of a lead that was last counted under another version of the agreement."""
    lead_id = running.baton.download(f"anna@{somewhere_new()}")
    count_under_another_version(running, lead_id)
    return f"/leads/{lead_id}"


def answer_everything(running: RunningStack, path: str) -> View:
    """Put down all that is to be known of a lead, so that it meets the definition of an SQL; gives the lead."""
    answers = {need: {"value": "yes", "met": True} for need in ("budget", "authority", "need", "timeline")}
    lead: View = read(running.baton.admin.patch(path, json={"bant": answers}))
    return lead


def update_lead(running: RunningStack) -> None:
    path = nurtured(running)
    read(running.baton.admin.patch(path, json={"company": {"name": "Trial and Sons"}}))
    assert answer_everything(running, path)["handoff"]["trigger"] == "sql"


def hand_over(running: RunningStack) -> None:
    assert read(running.baton.admin.post(f"{nurtured(running)}/handoff", json={"reason": "trial"}))["owner"]


def review_lead(running: RunningStack) -> None:
    answers = dict.fromkeys(("industry", "decision", "help", "infrastructure"), True)
    said = {"verdict": "good_fit", "answers": answers}
    assert read(running.baton.admin.post(f"{nurtured(running)}/review", json=said))["handoff"]["owner"]
    many = {"leads": [given_back(running), given_back(running)], **said}
    assert read(running.baton.admin.post("/reviews", json=many))["reviewed"] == len(many["leads"])


def given_back(running: RunningStack) -> str:
    """A lead that sales has returned to marketing's review."""
    lead = running.baton.ask()
    path = f"/handoffs/{lead['handoff']['handoff_id']}/return"
    read(running.baton.admin.post(path, json={"reason": "not_qualified"}))
    return str(lead["lead_id"])


def claim_review(running: RunningStack) -> None:
    assert read(running.baton.admin.post(f"/leads/{given_back(running)}/review/claim"))["claim"]["by"]


def hold_back(running: RunningStack) -> None:
    assert read(running.baton.admin.post(f"{nurtured(running)}/hold", json={"reason": "trial"}))["held"]


def release(running: RunningStack) -> None:
    path = nurtured(running)
    read(running.baton.admin.post(f"{path}/hold", json={"reason": "trial"}))
    answer_everything(running, path)
    count_under_another_version(running, path.rpartition("/")[2])
    assert read(running.baton.admin.delete(f"{path}/hold"))["handoff"]["trigger"] == "sql"


def release_from_spam(running: RunningStack) -> None:
    """Of somebody from a company on the list, whose form a robot's name hid."""
    lead_id = running.baton.download(f"anna@{on_the_list(running)}", website="x")
    assert running.baton.lead(lead_id)["status"] == "spam"
    path = f"/leads/{lead_id}/release-from-spam"
    assert read(running.baton.admin.post(path))["handoff"]["trigger"] == "target_account"


def publish_events(running: RunningStack) -> None:
    admin, name = running.baton.admin, f"Findable{uuid.uuid4().hex[:8]}"
    with running.patience.wait("a mail") as seconds:
        running.baton.mail(running.baton.ask(last_name=name)["handoff"]["handoff_id"], seconds=seconds)
    running.patience.until(lambda: read(admin.get("/leads", params={"q": name}))["leads"], "finding a lead by its name")
    lead_id = f"poison{uuid.uuid4().hex[:18]}"
    item = {"pk": f"LEAD#{lead_id}", "sk": "EVENT#00000001", "body": "{"}
    running.baton.session.client("dynamodb").put_item(
        TableName=running.baton.outputs["TableName"], Item={name: {"S": text} for name, text in item.items()}
    )
    sqs, url = running.baton.session.client("sqs"), running.baton.outputs["UnpublishedQueueUrl"]

    def put_aside() -> bool:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return any(lead_id in message["Body"] for message in messages)

    running.patience.until(put_aside, "putting poison aside")


def notify_sales(running: RunningStack) -> None:
    with running.unanswered() as lead:
        handoff = lead["handoff"]
        with running.patience.wait("a mail") as seconds:
            running.baton.mail(handoff["handoff_id"], to=handoff["owner"], seconds=seconds)
        happened = running.baton.happened
        running.patience.until(lambda: "OwnerNotified" in happened(lead["lead_id"]), "remembering mail")
        with running.patience.wait("an escalation", planned=HURRIED_SECONDS) as seconds:
            running.baton.mail("Escalation", handoff["handoff_id"], to=MANAGER, seconds=seconds)
    _while_a_reader_pauses(running)
    _two_for_one_reader(running)
    _a_draft_waits(running)
    _without_a_manager(running)


def _while_a_reader_pauses(running: RunningStack) -> None:
    """The function itself has the queue bring an event again: the queue would do so, too, once it had failed."""
    mailbox, pause = team_keys.mail_pause(MANAGER), timedelta(minutes=1)
    with running.unanswered() as lead:
        running.update(mailbox, pauses_until=iso(datetime.now(UTC) + pause))
        with running.patience.wait("an escalation", planned=HURRIED_SECONDS) as seconds:
            event_id = running.baton.wait(lead["lead_id"], "HandoffEscalated", seconds=seconds)["event_id"]
        running.invoke("NotifySalesFunction", {"detail": {"event_id": event_id}})
        running.update(mailbox, pauses_until=iso(datetime.now(UTC)))
        running.invoke("NotifySalesFunction", {"detail": {"event_id": event_id}})


def _two_for_one_reader(running: RunningStack) -> None:
    """Of two mails to the manager the second waits for the end of the pause; then nothing waits any more."""
    pause = 3
    short = running.setting("NotifySalesFunction", MAIL_PAUSE_SECONDS=str(pause))
    with short, running.unanswered() as one, running.unanswered() as other:
        for lead in (one, other):
            with running.patience.wait("a mail that waited", planned=HURRIED_SECONDS + 2 * pause) as seconds:
                running.baton.mail("Escalation", lead["handoff"]["handoff_id"], to=MANAGER, seconds=seconds)
        mailbox = item_key.partition_of(team_keys.mail_pause(MANAGER))
        running.patience.until(lambda: not postponed(running, mailbox), "forgetting what waited", planned=2 * pause)


def _a_draft_waits(running: RunningStack) -> None:
    """The manager hears of a draft that marketing has signed."""
    draft = agreement.new_draft(running)
    with running.baton.stack.api("marketing") as client:
        read(client.post(f"{agreement.DRAFTS}/{draft['draft_id']}/signatures"))
    with running.patience.wait("a mail about a draft") as seconds:
        running.baton.mail("To sign for sales", draft["draft_id"], to=MANAGER, seconds=seconds)
    read(running.baton.admin.delete(f"{agreement.DRAFTS}/{draft['draft_id']}"))


def postponed(running: RunningStack, mailbox: str) -> list[Any]:
    """The notes of mails that wait for a mailbox."""
    found = running.baton.session.client("dynamodb").query(
        TableName=running.baton.outputs["TableName"],
        KeyConditionExpression="pk = :mailbox AND begins_with(sk, :postponed)",
        ExpressionAttributeValues={":mailbox": {"S": mailbox}, ":postponed": {"S": team_keys.POSTPONED}},
        ConsistentRead=True,
    )
    return list(found["Items"])


def _without_a_manager(running: RunningStack) -> None:
    """Operations hear of this lead; of the manager who went they hear by another function."""
    read(running.baton.admin.delete(f"{REPS}/{MANAGER}"))
    try:
        with running.unanswered() as lead:
            of_it = f"Handoff {lead['handoff']['handoff_id']}"
            running.patience.until(
                lambda: any(of_it in text for text in told(running)), "telling operations", planned=HURRIED_SECONDS
            )
    finally:
        read(running.baton.admin.put(f"{REPS}/{MANAGER}", json={"role": "manager"}))


def follow_up(running: RunningStack) -> None:
    """A lead that nobody answers; and one that is looked at again, under another agreement, with its account."""
    domain = somewhere_new()
    lead_id = running.baton.download(f"anna@{domain}")
    put_on_the_list_unseen(running, domain)
    count_under_another_version(running, lead_id)
    running.invoke("FollowUpFunction", {"lead_id": lead_id, "event_id": f"{lead_id}-00000001"})
    assert counts_forms(running, domain), "the form that is handed over is not counted"
    passing_on = running.patience.wait("passing on", planned=1.5 * HURRIED_SECONDS)
    with running.unanswered() as lead, passing_on as seconds:
        running.baton.wait(lead["lead_id"], "HandoffReassigned", seconds=seconds)


def set_timer(running: RunningStack) -> None:
    """The timer of an event starts, and stops once another one takes its place."""
    machines, arn = running.baton.session.client("stepfunctions"), running.baton.outputs["FollowUpTimerArn"]
    lead_id = uuid.uuid4().hex[:24]
    first, second = f"{lead_id}-00000001", f"{lead_id}-00000002"
    told = {"lead_id": lead_id, "event_id": first, "due_at": "2099-01-01T00:00:00.000Z"}
    running.invoke("SetTimerFunction", {"detail": told})
    running.invoke("SetTimerFunction", {"detail": {**told, "event_id": second, "ends_timer": first}})
    executions = {name: f"{arn.replace(':stateMachine:', ':execution:')}:{name}" for name in (first, second)}
    try:
        statuses = [machines.describe_execution(executionArn=each)["status"] for each in executions.values()]
        assert statuses == ["ABORTED", "RUNNING"]
    finally:
        machines.stop_execution(executionArn=executions[second])


def serve_waiting(running: RunningStack) -> None:
    """A lead that nobody can take waits for the moment at which somebody is back; a timer of its team looks then. One
    that waits for a team that is not agreed any more goes to another one.
    """
    team = a_team()
    with with_another_team(running, team):
        moved = running.baton.ask(f"anna@{somewhere_new()}")
        assert moved["handoff"]["owner"] is None
    count_under_another_version(running, moved["lead_id"])
    running.invoke("ServeWaitingFunction", {"detail": {"team": team}})
    is_with_the_agreed_team(running, moved)
    people = [rep["email"] for rep in read(running.baton.admin.get(REPS))["reps"] if rep["role"] == "rep"]
    try:
        away_for = soon(lambda: everybody_is_away(running, people, "2099-12-31"))
        lead = running.baton.ask()
        assert lead["handoff"]["owner"] is None
        back = datetime.now(UTC) + timedelta(seconds=away_for)
        everybody_is_away(running, people, back.isoformat())
        running.patience.until(lambda: "timer" in running.item(team_keys.team_log(TEAM)), "the team's timer")
        running.update(team_keys.team_log(TEAM), due_at="2026-01-01T00:00:00.000Z")  # as if it had been lost long ago
        running.invoke("ServeWaitingFunction", {"detail": {"team": TEAM}})
        with running.patience.wait("giving it out", planned=away_for) as seconds:
            running.baton.wait(lead["lead_id"], "HandoffReassigned", seconds=seconds)
    finally:
        for email in people:
            read(running.baton.admin.put(f"{REPS}/{email}", json={"capacity": 1000, "away": []}))


def everybody_is_away(running: RunningStack, people: Sequence[str], until: str) -> None:
    for email in people:
        body = {"capacity": 1000, "away": [{"from": "2026-01-01", "to": until}]}
        read(running.baton.admin.put(f"{REPS}/{email}", json=body))


def keep_lost_timers(running: RunningStack) -> None:
    assert running.baton.lose_a_timer(uuid.uuid4().hex[:24]), "nothing kept"


def keep_lost_timers_of_teams(running: RunningStack) -> None:
    assert running.baton.lose_a_timer(uuid.uuid4().hex[:24], machine="WaitingTimerArn"), "nothing kept"


def check_roster(running: RunningStack) -> None:
    email, sns = running.somebody_new(), running.baton.session.client("sns")
    rep = running.item(team_keys.rep(TEAM, email))
    sns.unsubscribe(SubscriptionArn=rep["subscription_arn"]["S"])
    before = len(told(running))
    running.invoke("CheckRosterFunction", {})
    assert not read(running.baton.admin.get(f"{REPS}/{email}"))["gets_leads"]
    running.patience.until(lambda: len(told(running)) > before, "telling operations")
    running.update(team_keys.rep(TEAM, MANAGER), role="rep")
    try:
        number = int(running.item(team_keys.team_log(TEAM))["told"]["N"])
        running.invoke("CheckRosterFunction", {"detail": {"team": TEAM, "event_id": event_id_of(TEAM, number)}})
    finally:
        running.update(team_keys.rep(TEAM, MANAGER), role="manager")


def find_forgotten(running: RunningStack) -> None:
    """A lead that is parked for ever, one with sales whose clocks have all stopped, and one that waits for nobody."""
    with with_another_team(running, a_team()):
        in_line = running.baton.ask()["lead_id"]
    rewrite(running, in_line, handoff=stopped_since_long(stored(running, in_line)["handoff"]))
    path = nurtured(running)
    read(running.baton.admin.post(f"{path}/review", json={"verdict": "bad_timing"}))
    rewrite(running, path.rpartition("/")[2], review_on=None)
    lead = running.baton.ask()
    stopped = [
        {**clock, "stopped_at": clock["due_at"]} for clock in stored(running, lead["lead_id"])["handoff"]["clocks"]
    ]
    rewrite(running, lead["lead_id"], handoff={**stored(running, lead["lead_id"])["handoff"], "clocks": stopped})
    before = len(told(running))
    try:
        found = running.invoke("FindForgottenFunction", {})
        assert (found["asked"], {lead["lead_id"], in_line} <= {*found["forgotten"]}) == (1, True), found
        running.patience.until(lambda: len(told(running)) > before, "telling operations")
    finally:
        read(running.baton.admin.post(f"/handoffs/{lead['handoff']['handoff_id']}/close", json={"outcome": "lost"}))


def stopped_since_long(handoff: View) -> View:
    """A handoff of a year ago whose clocks have all stopped."""
    clocks = [{**clock, "stopped_at": clock["due_at"]} for clock in handoff["clocks"]]
    return {**handoff, "clocks": clocks, "assigned_at": "2025-01-01T00:00:00Z"}


def stored(running: RunningStack, lead_id: str) -> View:
    """A lead as the table keeps it."""
    lead: View = json.loads(unpacked(running.item(lead_keys.lead(lead_id))["body"]))
    return lead


def rewrite(running: RunningStack, lead_id: str, **values: Any) -> None:
    """Keep a lead otherwise than Baton would."""
    running.rewrite(lead_id, lambda lead: {**lead, **values})


def told(running: RunningStack) -> list[str]:
    """What operations were told so far, in the words of the mails."""
    running.baton.mailbox.read()
    return [mail.text for mail in running.baton.mailbox.mails if "OperationsTopic" in mail.topic]


def seed_agreement(running: RunningStack) -> None:
    """As CloudFormation calls it when a package brings another agreement."""
    running.update(agreement_keys.AGREEMENT_IN_FORCE, yaml="an older one", origin="packaged")
    event = {"RequestType": "Update", "ResponseURL": running.address, "StackId": "s", "RequestId": "r"}
    try:
        running.invoke("SeedAgreementFunction", {**event, "LogicalResourceId": "SeededAgreement"})
        with running.patience.wait("an answer to CloudFormation") as seconds:
            said = running.messages.get(timeout=seconds)
    finally:
        running.update(agreement_keys.AGREEMENT_IN_FORCE, yaml=packaged_text(), origin="packaged")
    assert said["Status"] == "SUCCESS", said["Reason"][:120]


CHECKS: Mapping[str, Callable[[RunningStack], None]] = {
    "SubmitFormFunction": submit_form,
    "ShowLinkFunction": show_link,
    "UseLinkFunction": use_link,
    "ShowTeamLinkFunction": team_links.show_team_link,
    "UseReviewLinkFunction": team_links.use_review_link,
    "UseReassignLinkFunction": team_links.use_reassign_link,
    "SubmitSignalsFunction": submit_signals,
    "ReceiveWebhookFunction": webhooks.receive_webhook,
    "ReplayQuarantineFunction": webhooks.replay_quarantine,
    "UpdateLeadFunction": update_lead,
    "ReviewLeadFunction": review_lead,
    "ClaimReviewFunction": claim_review,
    "HandOverFunction": hand_over,
    "HoldBackFunction": hold_back,
    "ReleaseFunction": release,
    "ReleaseFromSpamFunction": release_from_spam,
    "MergeLeadsFunction": merging.merge_leads,
    "UnmergeLeadFunction": merging.unmerge_lead,
    "ChooseAddressFunction": merging.choose_address,
    "AnswerPreflightFunction": answer_preflight,
    "GetOpenapiFunction": get_openapi,
    "ServeConsoleFunction": console.serve_console,
    "ConsoleSessionFunction": console.console_session,
    "GetLeadFunction": get_lead,
    "GetTimelineFunction": get_timeline,
    "AddNoteFunction": add_note,
    "ListHandoffsFunction": list_handoffs,
    "ListLeadsFunction": list_leads,
    "GetMeFunction": get_me,
    "AcceptHandoffFunction": on_a_handoff("accept", {}),
    "LogContactFunction": on_a_handoff("contact", {"channel": "phone"}),
    "ReassignHandoffFunction": reassign,
    "ReturnHandoffFunction": give_back,
    "CloseHandoffFunction": close,
    "RateHandoffFunction": on_a_handoff("rating", {"stars": 4}),
    "ListRepsFunction": list_reps,
    "GetRepFunction": get_rep,
    "PutRepFunction": put_rep,
    "ChangeRepFunction": change_rep,
    "ConfirmRepFunction": confirm_rep,
    "ConfirmOperationsFunction": confirm_operations,
    "RemoveRepFunction": remove_rep,
    "ListAccountsFunction": list_accounts,
    "GetAccountFunction": get_account,
    "PutAccountFunction": put_account,
    "RemoveAccountFunction": remove_account,
    "ImportAccountsFunction": import_accounts,
    "LookAtAccountFunction": look_at_account,
    "PublishEventsFunction": publish_events,
    "NotifySalesFunction": notify_sales,
    "SetTimerFunction": set_timer,
    "FollowUpFunction": follow_up,
    "ServeWaitingFunction": serve_waiting,
    "CheckRosterFunction": check_roster,
    "FindForgottenFunction": find_forgotten,
    "WatchFailuresFunction": failures.watch_failures,
    "ListToolsFunction": webhooks.list_tools,
    "ListQueuesFunction": failures.list_queues,
    "RedriveQueueFunction": failures.redrive_queue,
    "RedriveFailuresFunction": failures.redrive_failures,
    "GetReportFunction": reports.get_report,
    "ShowReportFunction": reports.show_report,
    "MailReportFunction": reports.mail_report,
    "CloseBooksFunction": reports.close_books,
    "BeginImportFunction": imports.begin_import,
    "GetImportFunction": imports.get_import,
    "ImportListFunction": imports.import_list,
    "ExportLeadFunction": privacy.export_lead,
    "EraseLeadFunction": privacy.erase_lead,
    "FinishErasureFunction": privacy.finish_erasure,
    "ReapplyErasuresFunction": privacy.reapply_erasures,
    "RetireLeadsFunction": privacy.retire_leads,
    "SeedAgreementFunction": seed_agreement,
    "GetAgreementFunction": agreement.get_agreement,
    "GetAgreementVersionFunction": agreement.get_agreement_version,
    "ListAgreementVersionsFunction": agreement.list_agreement_versions,
    "CompareAgreementsFunction": agreement.compare_agreements,
    "CheckAgreementFunction": agreement.check_agreement,
    "TryAgreementFunction": agreement.try_agreement,
    "WithdrawDraftFunction": agreement.withdraw_draft,
    "CreateDraftFunction": agreement.create_draft,
    "ListDraftsFunction": agreement.list_drafts,
    "GetDraftFunction": agreement.get_draft,
    "ChangeDraftFunction": agreement.change_draft,
    "SignDraftFunction": agreement.sign_draft,
    "ProposePointsFunction": agreement.propose_points,
    "GetProposalFunction": agreement.get_proposal,
    "LearnPointsFunction": agreement.learn_points,
    "EnactAgreementFunction": agreement.enact_agreement,
    "RescoreLeadsFunction": agreement.rescore_leads,
    "AdoptAgreement": agreement.adopt,
    "AdoptAgreement.KeepLostAdoptions": agreement.keep_lost_adoptions,
    "AdoptAgreementForLater": agreement.adopt_later,
    "AdoptAgreementInForce": agreement.adopt_now,
    "TryDraftFunction": agreement.try_draft,
    "GetTrialFunction": agreement.get_trial,
    "ReplayLeadsFunction": agreement.replay_leads,
    "DraftTrial": agreement.try_draft_to_its_end,
    "DraftTrial.KeepLostTrials": agreement.keep_lost_trials,
    "FollowUpTimer": follow_up,
    "FollowUpTimer.KeepLostTimers": keep_lost_timers,
    "WaitingTimer": serve_waiting,
    "WaitingTimer.KeepLostTimers": keep_lost_timers_of_teams,
    "WaitingTimerWaiting": serve_waiting,
}
"""By whom a role is for, or by the name of a statement that has a check of its own."""
ASYNCHRONOUS = {"PublishEventsFunction", "NotifySalesFunction", "FollowUpFunction", "ServeWaitingFunction"}
IN_A_HURRY = {"NotifySalesFunction", "FollowUpFunction", "FollowUpTimer"}
"""Whose check needs an agreement with a clock of seconds."""
