"""Checks that make the functions of the agreement use every permission of their roles."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import agreement_keys
from tests.e2e.at_work import View, new_seed, read, somebody, until
from tests.iam.listed_companies import counts_forms, put_on_the_list_unseen, somewhere_new
from tests.iam.patience import soon
from tools.agreement import agreement_for_now

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack

DRAFTS, PROPOSALS = "/agreement/drafts", "/agreement/proposals"
WORTH_MORE = packaged_text().replace("whitepaper, points: 50", "whitepaper, points: 100")
ADOPTION_SECONDS = 5
"""With a wait of so long an adoption begins."""
NEW_WORKER_SECONDS = 10
"""How long a function takes that nobody has called yet, and that imports a layer of its own."""


def new_draft(running: "RunningStack", **more: str) -> View:
    text = f"# {uuid.uuid4()}\n{packaged_text()}"
    return dict(read(running.baton.admin.post(DRAFTS, json={"yaml": text, **more})))


def sign_by_both(running: "RunningStack", draft: View) -> View:
    signed: View = {}
    for group in ("marketing", "sales"):
        with running.baton.stack.api(group) as client:
            signed = read(client.post(f"{DRAFTS}/{draft['draft_id']}/signatures"))
    return signed


def shortly(running: "RunningStack") -> datetime:
    """When a draft is to begin to hold, so that there is time to write it and to sign it."""
    return datetime.now(UTC) + timedelta(seconds=soon(lambda: sign_by_both(running, new_draft(running))))


@contextmanager
def as_before(running: "RunningStack") -> Iterator[None]:
    """Whatever is put into force meanwhile, in the end it is again what was in force."""
    before = running.item(agreement_keys.AGREEMENT_IN_FORCE)
    with agreement_for_now(running.baton.session, running.baton.outputs["TableName"], before["yaml"]["S"]):
        yield


def get_agreement(running: "RunningStack") -> None:
    assert read(running.baton.admin.get("/agreement"))["yaml"]
    draft = new_draft(running)
    shown = read(running.baton.admin.get("/agreement", params={"format": "json"}))
    assert draft["draft_id"] in {each["draft_id"] for each in shown["drafts"]["drafts"]}
    running.baton.ask(f"{uuid.uuid4().hex}@gmail.com")
    query = {"format": "json", "submissions": "true"}
    forms = read(running.baton.admin.get("/agreement", params=query))["terms"]["forms"]
    assert next(each for each in forms if each["name"] == "consultation")["last_sent_at"]


def get_agreement_version(running: "RunningStack") -> None:
    number = read(running.baton.admin.get("/agreement"))["version"]
    assert read(running.baton.admin.get(f"/agreement/versions/{number}"))["yaml"]


def list_agreement_versions(running: "RunningStack") -> None:
    assert read(running.baton.admin.get("/agreement/versions"))["versions"]


def compare_agreements(running: "RunningStack") -> None:
    draft = new_draft(running)
    compared = read(running.baton.admin.get("/agreement/differences", params={"to": draft["draft_id"]}))
    assert compared["to"]["draft_id"] == draft["draft_id"]


def counts_what_is_in_use(drafted: View) -> bool:
    """Whether the differences from an agreement with another team, reason and form say how much these are in use."""
    lines = "\n".join(drafted["differences"])
    counted = ("open leads with its people: ", "returns in the last 30 days: ", "new leads in the last 30 days: ")
    return all(each in lines for each in counted)


@contextmanager
def with_more_terms(running: "RunningStack") -> Iterator[None]:
    """Another team, reason and form are in force meanwhile, which the packaged agreement does not have."""
    team, reason = "  sales:\n    label: Sales\n", "return_reasons:"
    more = packaged_text().replace(reason, f"{reason}\n  duplicate: {{label: Known already, then: nurture}}", 1)
    more = more.replace(team, f"  nordics: {{label: North, reps: {{weight: 1, capacity: 1}}}}\n{team}", 1)
    fields = "{email: {kind: email, needed: true}}"
    form = f"  brochure: {{signal: brochure_ordered, honeypot: website, fields: {fields}}}"
    more = more.replace("\nforms:\n", f"\nforms:\n{form}\n", 1)
    with agreement_for_now(running.baton.session, running.baton.outputs["TableName"], more):
        yield


def check_agreement(running: "RunningStack") -> None:
    with with_more_terms(running):
        checked = read(running.baton.admin.post("/agreement/check", json={"yaml": packaged_text()}))
    assert checked["ok"]
    assert counts_what_is_in_use(checked)


def try_agreement(running: "RunningStack") -> None:
    """Somebody of a company on the list is among the newest leads, and would newly go to sales."""
    domain = somewhere_new()
    put_on_the_list_unseen(running, domain)
    running.baton.download(f"anna@{domain}")
    answers = {"email": somebody(), "company": "Schmidt GmbH", "content": "guide"}
    assert running.baton.send(answers, "content-download").is_success

    def named() -> View | None:
        tried: View = read(running.baton.admin.post("/agreement/trial", json={"yaml": WORTH_MORE}))
        assert not any("log names them" in why for why in tried["left_out"]), tried["left_out"]
        return tried if tried["newly"]["named"] else None

    assert running.patience.until(named, "a lead that is named")


def withdraw_draft(running: "RunningStack") -> None:
    draft = new_draft(running)
    assert read(running.baton.admin.delete(f"{DRAFTS}/{draft['draft_id']}"))["state"] == "withdrawn"


def create_draft(running: "RunningStack") -> None:
    with with_more_terms(running):
        assert counts_what_is_in_use(new_draft(running))


def list_drafts(running: "RunningStack") -> None:
    new_draft(running)
    assert read(running.baton.admin.get(DRAFTS))["drafts"]


def get_draft(running: "RunningStack") -> None:
    with with_more_terms(running):
        draft = read(running.baton.admin.get(f"{DRAFTS}/{new_draft(running)['draft_id']}"))
    assert draft["yaml"]
    assert counts_what_is_in_use(draft)


def change_draft(running: "RunningStack") -> None:
    change = {"yaml": packaged_text(), "revision": 1}
    with with_more_terms(running):
        changed = read(running.baton.admin.put(f"{DRAFTS}/{new_draft(running)['draft_id']}", json=change))
    assert changed["revision"] == 2
    assert counts_what_is_in_use(changed)


def sign_draft(running: "RunningStack") -> None:
    with as_before(running):
        assert sign_by_both(running, new_draft(running))["state"] == "in_force"


def propose_points(running: "RunningStack") -> None:
    asked = new_question()
    first, again = (read(running.baton.admin.post(PROPOSALS, json=asked)) for _ in range(2))
    assert again["proposal_id"] == first["proposal_id"]


def new_question() -> View:
    return {"leads_per_day": 1, "seed": new_seed()}


def new_proposal(running: "RunningStack") -> View:
    proposal: View = read(running.baton.admin.post(PROPOSALS, json=new_question()))
    assert proposal["state"] == "running"
    return proposal


def get_proposal(running: "RunningStack") -> None:
    proposal = new_proposal(running)
    assert read(running.baton.admin.get(f"{PROPOSALS}/{proposal['proposal_id']}"))["by"] == proposal["by"]


def learn_points(running: "RunningStack") -> None:
    """It reads all leads of two years; here they are too few to learn from."""
    running.baton.download(somebody())
    path = f"{PROPOSALS}/{new_proposal(running)['proposal_id']}"

    def ended() -> View | None:
        proposal: View = read(running.baton.admin.get(path))
        return proposal if "finished_at" in proposal else None

    told = running.patience.until(ended, "learning points", planned=NEW_WORKER_SECONDS)
    assert told
    assert (told["state"], told["leads_failed"]) == ("refused", 0), told
    assert told["leads_read"] == told["leads"] > 0, told


def enact_agreement(running: "RunningStack") -> None:
    with as_before(running):
        when = shortly(running)
        signed = sign_by_both(running, new_draft(running, in_force_from=when.isoformat()))
        until(lambda: datetime.now(UTC) > when, what="the date")
        told = {"agreement_version": signed["version"]}
        assert running.invoke("EnactAgreementFunction", told)["in_force"]


def adopt_later(running: "RunningStack") -> None:
    """The rule starts the state machine, and that puts the version into force on its date."""
    with as_before(running):
        when = shortly(running)
        number = sign_by_both(running, new_draft(running, in_force_from=when.isoformat()))["version"]
        running.patience.until(
            lambda: read(running.baton.admin.get("/agreement"))["version"] == number,
            "coming into force",
            planned=(when - datetime.now(UTC)).total_seconds() + ADOPTION_SECONDS,
        )


def rescore_leads(running: "RunningStack") -> None:
    """One lead crosses the threshold when what it read is worth more; the company of another has come on the list."""
    domain = somewhere_new()
    running.baton.download(f"anna@{domain}")
    put_on_the_list_unseen(running, domain)
    answers = {"email": somebody(), "company": "Schmidt GmbH", "content": "guide"}
    answer = running.baton.send(answers, "content-download")
    assert answer.is_success, answer.text
    session, table = running.baton.session, running.baton.outputs["TableName"]
    with agreement_for_now(session, table, WORTH_MORE) as number:
        progress = running.patience.until(lambda: _scored_on(running, number), "scoring all leads anew")
    assert progress
    assert (progress["done"], progress["leads_failed"]) == (True, 0), progress
    assert progress["handed_over"], progress
    assert counts_forms(running, domain), "the form that is handed over is not counted"


def _scored_on(running: "RunningStack", number: int) -> View | None:
    """How far the leads are scored anew after one more step, once that was the last."""
    progress: View = running.invoke("RescoreLeadsFunction", {"agreement_version": number})
    return progress if progress["done"] else None


def adopt_now(running: "RunningStack") -> None:
    """The rule starts the state machine, and that scores the leads anew."""
    with as_before(running):
        number = sign_by_both(running, new_draft(running))["version"]
        running.patience.until(lambda: _rescored(running, number), "adopting it", planned=ADOPTION_SECONDS)


def adopt(running: "RunningStack") -> None:
    adopt_later(running)
    adopt_now(running)


def _rescored(running: "RunningStack", number: int) -> bool:
    shown = read(running.baton.admin.get("/agreement"))
    assert shown["version"] == number
    return bool(shown.get("rescoring", {}).get("finished_at"))


def keep_lost_adoptions(running: "RunningStack") -> None:
    assert lose_an_adoption(running), "nothing kept"


def lose_an_adoption(running: "RunningStack") -> list[View]:
    """Run the deployed adoption from where it gives up; gives what lies in its queue afterwards."""
    return _lost(running, "AdoptAgreementArn", "LostAdoptionsQueueUrl", "event_id", agreement_version=7)


def try_draft(running: "RunningStack") -> None:
    started = tried(running)
    assert started["state"] == "running", started
    assert read(running.baton.admin.get(f"{DRAFTS}/{started['draft_id']}/trial"))["trial_id"] == started["trial_id"]


def get_trial(running: "RunningStack") -> None:
    with with_more_terms(running):
        started = tried(running)
    assert read(running.baton.admin.get(f"{DRAFTS}/{started['draft_id']}/trial"))["state"] in {"running", "finished"}


def replay_leads(running: "RunningStack") -> None:
    """Somebody of a company on the list is among the leads."""
    domain = somewhere_new()
    put_on_the_list_unseen(running, domain)
    running.baton.download(f"anna@{domain}")
    started = tried(running)
    told = {name: started[name] for name in ("draft_id", "trial_id")}
    progress = running.patience.until(lambda: _replayed(running, told), "replaying all leads")
    assert progress, started
    assert progress["leads"], progress
    shown = read(running.baton.admin.get(f"{DRAFTS}/{started['draft_id']}/trial"))
    assert not any("log names them" in why for why in shown["result"]["left_out"]), shown["result"]["left_out"]


def _replayed(running: "RunningStack", told: View) -> View | None:
    progress: View = running.invoke("ReplayLeadsFunction", told)
    return progress if progress["done"] else None


def try_draft_to_its_end(running: "RunningStack") -> None:
    """The state machine replays the leads."""
    started = tried(running)
    there = f"{DRAFTS}/{started['draft_id']}/trial"
    running.patience.until(
        lambda: read(running.baton.admin.get(there))["state"] == "finished", "the end of a trial", planned=20
    )


def tried(running: "RunningStack") -> View:
    """Start the trial of a new draft on the leads of the last hour."""
    now = datetime.now(UTC)
    period = {"from": (now - timedelta(hours=1)).isoformat(), "to": now.isoformat()}
    started = running.baton.admin.post(f"{DRAFTS}/{new_draft(running)['draft_id']}/trial", json=period)
    assert started.status_code == 202, started.text
    view: View = started.json()
    return view


def keep_lost_trials(running: "RunningStack") -> None:
    assert _lost(running, "DraftTrialArn", "LostTrialsQueueUrl", "trial_id", draft_id="0" * 16), "nothing kept"


def _lost(running: "RunningStack", arn: str, queue: str, named: str, **more: object) -> list[View]:
    """Run a deployed state machine from where it gives up; gives what lies in its queue afterwards."""
    machines, name = running.baton.session.client("stepfunctions"), f"lost-{uuid.uuid4().hex[:8]}"
    deployed = machines.describe_state_machine(stateMachineArn=running.baton.outputs[arn])
    definition = json.dumps({**json.loads(deployed["definition"]), "StartAt": "KeepForRedrive"})
    machine = machines.create_state_machine(name=name, definition=definition, roleArn=deployed["roleArn"])
    ids = {named: f"agreement-{name}", **more}
    run = machines.start_execution(stateMachineArn=machine["stateMachineArn"], input=json.dumps(ids))["executionArn"]
    try:
        running.patience.until(
            lambda: machines.describe_execution(executionArn=run)["status"] != "RUNNING", "the end of what is lost"
        )
    finally:
        machines.delete_state_machine(stateMachineArn=machine["stateMachineArn"])
    sqs, url = running.baton.session.client("sqs"), running.baton.outputs[queue]
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    bodies = [json.loads(message["Body"]) for message in messages]
    return [body for body in bodies if body[named] == ids[named]]
