"""A draft is tried on the leads of the table, page by page, whatever interrupts the job; its trial is asked for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.agreement.agreement_versions import Versions
from baton.aws.table.keys import agreement_keys
from baton.aws.table.store import Store
from baton.aws.trials import trial_job
from baton.aws.trials.trial_items import STALLED_AFTER, Trial, TrialItems
from baton.aws.trials.trial_job import TrialJob
from baton.aws.trials.tried_leads import FAULTY, SPAM, TriedLeads
from baton.domain.basics.moments import iso
from tests.integration.calls import Crash, crash_at, refuse
from tests.integration.gateway import Answer
from tests.integration.world import KIM, SAM, START, World

DRAFT = packaged_text().replace("threshold: 100 ", "threshold: 70 ", 1)
OTHER = packaged_text().replace("within: 30m", "within: 15m", 1)
PERIOD = {"from": iso(START - timedelta(hours=1)), "to": iso(START + timedelta(hours=1))}
LEADS, SPAMMERS = 9, 1


@dataclass
class Tried:
    """A world with a draft and leads of all kinds; some of them asked for a person."""

    world: World
    draft_id: str

    @property
    def path(self) -> str:
        return f"/agreement/drafts/{self.draft_id}/trial"

    def post(self, asked: Any = None, by: str = "marketing") -> Answer:
        return self.world.ask("POST", self.path, asked or PERIOD, by=by)

    def get(self) -> Any:
        return self.world.ask("GET", self.path, by="sales").json()

    def start(self) -> Trial:
        assert self.post().status == 202
        return self.stored()

    def stored(self) -> Trial:
        stored = TrialItems(self.world.stack.store).read(self.draft_id)
        assert stored
        return stored

    def go_on(self, trial: Trial | None = None, seconds: float = -1) -> Trial | None:
        """A step; without seconds it is one page."""
        return TrialJob(self.world.stack.store, seconds).go_on(
            self.draft_id, (trial or self.stored()).trial_id, self.world.now
        )

    def run(self) -> list[dict[str, Any]]:
        """Let each execution go on as the state machine would."""
        answers = []
        for execution in self.world.stack.executions("DraftTrial"):
            told = json.loads(execution.execution_input)
            while not (answer := self.world.deliver("replay_leads", told))["done"]:
                continue
            answers.append(answer)
        return answers


@pytest.fixture(autouse=True)
def small_pages() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial_job, "PAGE", 2)
        patch.setattr(trial_job, "AT_ONCE", 1)
        yield


@pytest.fixture
def tried(world: World) -> Tried:
    for number in range(6):
        world.send_form(
            "content-download", email=f"anna{number}@example.com", content="guide", title="Head of operations"
        )
        world.now += timedelta(seconds=1)
    for number in range(3):
        world.send_form(email=f"bert{number}@example.com")
        world.now += timedelta(seconds=1)
    world.send_form(email="robot@example.com", website="https://spam.example")
    world.settle()
    world.wait(START + timedelta(hours=2) - world.now)
    made = world.ask("POST", "/agreement/drafts", {"yaml": DRAFT}, by="marketing")
    assert made.status == 201
    return Tried(world, made.json()["draft_id"])


def test_a_trial_is_started_goes_on_and_has_a_result_in_figures_and_words(tried: Tried) -> None:
    started = tried.post()
    assert (started.status, started.headers["location"]) == (202, "trial")
    assert started.json() | {"state": "running", "leads": 0, "revision": 1, "against_version": 1} == started.json()
    assert started.json()["as_of"] == iso(tried.world.now)
    assert "result" not in tried.get()
    assert tried.run() == [{"done": True, "leads": LEADS + SPAMMERS}]
    shown = tried.get()
    assert (shown["state"], shown["leads"], shown["changed_since"], shown["withdrawn"]) == (
        *("finished", LEADS + SPAMMERS),
        *(False, False),
    )
    assert shown["parts_done"] == shown["parts"]
    result = shown["result"]
    assert result["balance"]["leads"] == LEADS
    assert result["left_out"] == {SPAM: SPAMMERS}
    assert {cell["name"]: cell["leads"] for cell in result["cells"]}["both"] == 3
    assert result["balance"]["forgotten"] == 0, "in the account it is known"
    assert {load["reps"] for load in result["load"]} == {2}, "Sam and Kim are here today"
    assert shown["words"][0].startswith(f"Trial of draft {tried.draft_id}, revision 1 against version 1")


def test_the_report_of_a_finished_trial_is_a_page_and_a_file_for_spreadsheets(tried: Tried) -> None:
    def shown(wanted: str) -> Answer:
        return tried.world.ask("GET", tried.path, by="sales", query={"format": wanted})

    tried.start()
    assert {shown(wanted).status for wanted in ("html", "csv")} == {409}
    tried.run()
    page, table = shown("html"), shown("csv")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert f"<h1>Trial of draft {tried.draft_id}, revision 1 against version 1" in page.body
    assert page.body.count('role="img"') >= 4
    assert (table.status, table.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert f'filename="baton-trial-{tried.draft_id}.csv"' in table.headers["content-disposition"]
    assert f"leads,all,{LEADS}," in table.body
    assert shown("pdf").status == 422
    assert shown("json").json()["result"] == tried.get()["result"]


def test_each_started_trial_is_one_execution(tried: Tried) -> None:
    first, again = tried.post().json(), tried.post().json()
    assert again == first
    assert len(tried.world.stack.executions("DraftTrial")) == 1
    other = tried.post({**PERIOD, "as_of": iso(START + timedelta(hours=1, minutes=30))}).json()
    assert other["trial_id"] != first["trial_id"]
    assert len(tried.world.stack.executions("DraftTrial")) == 2


def result_of(tried: Tried) -> Any:
    shown = tried.get()
    assert shown["state"] == "finished"
    return shown["result"]


def started_again(tried: Tried, asked: Any) -> dict[str, str]:
    """Start another trial of the same leads, and page it; gives what its function is told."""
    tried.world.now += timedelta(minutes=1)
    shown = tried.post(asked).json()
    for _ in range(2):
        tried.go_on()
    return {"draft_id": tried.draft_id, "trial_id": shown["trial_id"]}


def test_a_trial_that_is_killed_anywhere_and_started_again_tells_the_same(tried: Tried) -> None:
    trial, steps = tried.start(), 0
    while not (trial := tried.go_on() or trial).done:
        steps += 1
    assert steps > LEADS / 2
    whole, asked = result_of(tried), {**PERIOD, "as_of": trial.as_of}
    told = started_again(tried, asked)
    with tried.world.calls.recorded() as made:
        tried.world.deliver("replay_leads", told)
    for place in (0, 1, len(made) // 3, len(made) // 2, len(made) - 1):
        for after in (False, True):
            told = started_again(tried, asked)
            with tried.world.calls.by(crash_at(place, after=after)), pytest.raises(Crash):
                tried.world.invoke("replay_leads", told)
            while not tried.world.deliver("replay_leads", told)["done"]:
                continue
            assert result_of(tried) == whole


def test_two_runs_of_one_page_count_each_lead_once(tried: Tried, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = tried.start()
    while not (trial := tried.go_on() or trial).done:
        continue
    whole, asked, row = result_of(tried), list[str](), TriedLeads.row

    def in_turn(leads: TriedLeads, lead_id: str) -> Any:
        asked.append(lead_id)
        if len(asked) % 3 == 1:
            tried.go_on()
        return row(leads, lead_id)

    tried.world.now += timedelta(minutes=1)
    trial = tried.start()
    monkeypatch.setattr(TriedLeads, "row", in_turn)
    while not (trial := tried.go_on() or trial).done:
        continue
    assert len(asked) > LEADS + SPAMMERS
    assert (tried.stored().leads, result_of(tried)) == (LEADS + SPAMMERS, whole)


def test_a_second_trial_takes_the_place_of_the_first_and_the_first_ends(tried: Tried) -> None:
    first = tried.start()
    tried.go_on()
    other = tried.post({**PERIOD, "to": iso(START + timedelta(seconds=3))}).json()
    assert tried.go_on(first) is None
    assert tried.stored().leads == 0
    assert tried.run()[0] == {"done": True, "leads": 0}
    shown = tried.get()
    assert (shown["trial_id"], shown["state"], shown["leads"]) == (other["trial_id"], "finished", 3)


def test_a_trial_belongs_to_the_revision_that_it_tries(tried: Tried) -> None:
    tried.start()
    changed = {"yaml": OTHER, "revision": 1}
    assert tried.world.ask("PUT", f"/agreement/drafts/{tried.draft_id}", changed, by="sales").status == 200
    tried.run()
    shown = tried.get()
    assert (shown["revision"], shown["changed_since"], shown["state"]) == (1, True, "finished")
    assert shown["result"]["threshold"] == 70
    assert tried.post().json()["revision"] == 2


def test_a_withdrawn_draft_is_not_tried_and_the_trial_that_runs_ends(tried: Tried) -> None:
    tried.start()
    assert tried.world.ask("DELETE", f"/agreement/drafts/{tried.draft_id}", by="sales").status == 200
    refused = tried.post()
    assert (refused.status, "withdrawn" in refused.json()["detail"]) == (409, True)
    tried.run()
    assert tried.get()["withdrawn"]
    assert tried.get()["state"] == "finished"


def test_a_trial_that_stands_still_says_so_and_goes_on_when_it_is_asked_for_again(tried: Tried) -> None:
    trial = tried.start()
    tried.go_on()
    tried.world.now += STALLED_AFTER + timedelta(minutes=1)
    assert tried.get()["state"] == "stalled"
    again = tried.post().json()
    assert (again["trial_id"], again["state"], again["leads"]) == (trial.trial_id, "running", 2)
    assert len(tried.world.stack.executions("DraftTrial")) == 2
    assert tried.run()[-1] == {"done": True, "leads": LEADS + SPAMMERS}


def test_a_trial_whose_execution_did_not_start_is_started_by_the_same_question(tried: Tried) -> None:
    with tried.world.calls.by(refuse("StartExecution", "ThrottlingException")):
        assert tried.post().status == 503
    assert tried.stored().leads == 0
    assert tried.post().status == 202
    assert tried.run() == [{"done": True, "leads": LEADS + SPAMMERS}]


def test_a_lead_that_cannot_be_replayed_holds_up_no_other_and_is_counted(
    tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, broken = TriedLeads._row, tried.world.stack.leads()[0].lead_id

    def row(leads: TriedLeads, lead_id: str) -> Any:
        if lead_id == broken:
            raise ValueError("what an older Baton wrote")
        return ours(leads, lead_id)

    monkeypatch.setattr(TriedLeads, "_row", row)
    tried.start()
    tried.run()
    result = result_of(tried)
    assert result["left_out"][FAULTY] == 1
    assert result["balance"]["leads"] + sum(result["left_out"].values()) == LEADS + SPAMMERS


def test_an_erased_lead_is_not_counted(tried: Tried) -> None:
    lead = next(each for each in tried.world.stack.leads() if each.email.startswith("anna"))
    assert tried.world.ask("DELETE", f"/leads/{lead.lead_id}", by="admin").status in (200, 202, 204)
    tried.world.settle()
    tried.start()
    tried.run()
    assert result_of(tried)["balance"]["leads"] == LEADS - 1


def test_what_is_stored_of_a_trial_names_nobody_and_ends(tried: Tried) -> None:
    tried.start()
    tried.run()
    kept = [each for each in tried.world.stack.items() if each["pk"]["S"].startswith("TRIAL#")]
    assert [each["sk"]["S"] for each in kept] == ["AGREEMENTS", "TRIAL"]
    assert all(int(each["expires_at"]["N"]) > tried.world.now.timestamp() for each in kept)
    stored = tried.stored()
    told = repr((stored.sums.as_data(), stored.reps))
    assert not any(each in told for each in ("anna", "bert", "example.com", SAM, KIM))
    assert not any(lead.lead_id in told for lead in tried.world.stack.leads())
    assert agreement_keys.trial_partition(tried.draft_id) == kept[0]["pk"]["S"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "2026-11-24"}, "to"),
        ({"from": "2026-11-24", "to": "2026-11-24"}, "to"),
        ({"from": "2026-11-24", "to": "2026-11-20"}, "to"),
        ({"from": "2020-11-24", "to": "2026-11-24"}, "to"),
        ({"from": "2026-11-20", "to": "2026-11-30"}, "to"),
        ({"from": "2026-11-20", "to": "2026-11-24", "as_of": "2026-11-22"}, "as_of"),
        ({"from": "2026-11-20", "to": "2026-11-24", "as_of": "2027-01-01"}, "as_of"),
        ({"from": "yesterday", "to": "2026-11-24"}, "from"),
        ({"from": "2026-11-20", "to": "2026-11-24", "until": "2026-11-24"}, "until"),
    ],
)
def test_a_period_that_cannot_be_tried_is_refused_by_its_field(tried: Tried, asked: Any, field: str) -> None:
    refused = tried.post(asked)
    assert (refused.status, [each["field"] for each in refused.json()["errors"]]) == (422, [field])
    assert tried.world.ask("GET", tried.path, by="sales").status == 404


def test_the_trial_of_no_draft_is_not_found(world: World) -> None:
    path = "/agreement/drafts/0000000000000000/trial"
    assert world.ask("GET", path, by="sales").status == 404
    assert world.ask("POST", path, PERIOD, by="sales").status == 404


def test_a_day_begins_in_the_agreements_time_zone(tried: Tried) -> None:
    shown = tried.post({"from": "2026-11-01", "to": "2026-11-24"}).json()
    assert (shown["from"], shown["to"]) == ("2026-11-01T00:00:00.000Z", "2026-11-24T00:00:00.000Z")


def test_a_store_that_is_asked_for_a_trial_that_was_replaced_gives_no_agreements(tried: Tried) -> None:
    first = tried.start()
    tried.post({**PERIOD, "to": iso(START + timedelta(seconds=3))})
    assert TrialItems(Store(tried.world.stack.store.dynamodb, tried.world.stack.store.table)).compared(first) is None


def test_the_timer_of_a_teams_waiting_lines_is_read_with_the_team(tried: Tried) -> None:
    world, store = tried.world, tried.world.stack.store
    away = {"away": [{"from": iso(world.now - timedelta(days=1)), "to": iso(world.now + timedelta(days=1))}]}
    for email in (SAM, KIM):
        assert world.ask("PATCH", f"/teams/sales/reps/{email}", away, by="admin").status == 200
    world.send_form(email="carla@example.com")
    world.settle()
    in_force = Versions(store).now().current
    assert in_force
    agreed = AgreementInForce.model_validate_json(in_force.body)
    due_at = TriedLeads.under(store, agreed, agreed, world.now)._line_timer("sales")
    assert due_at
    assert due_at == store.team_log("sales").due_at
