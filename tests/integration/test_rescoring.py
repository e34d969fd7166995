"""After a new agreement every lead is scored anew once, page by page, whatever interrupts the job."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.leads.commands import Reconsidered
from baton.aws.sweeps import rescoring
from baton.aws.sweeps.rescoring import NotInForceYet, Rescoring
from baton.aws.sweeps.rescoring_progress import Progress, read_progress
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.domain.leads.stage_and_status import Status
from tests.integration.calls import Crash
from tests.integration.world import World

OTHER = packaged_text().replace("within: 30m", "within: 15m", 1)
FASTEST = packaged_text().replace("within: 30m", "within: 5m", 1)
LEADS = 9


@dataclass
class RecordingCommands:
    """Records which leads were evaluated again, and fails for some as a test wants."""

    asked: list[str] = field(default_factory=list)
    faults: dict[int, BaseException] = field(default_factory=dict)
    changes: bool = True

    def reconsider(self, lead_id: str) -> Reconsidered:
        self.asked.append(lead_id)
        fault = self.faults.pop(len(self.asked), None)
        if fault:
            raise fault
        first = self.asked.count(lead_id) == 1
        return Reconsidered(changed=first and self.changes, handed_over=first and len(self.asked) % 10 == 0)


@pytest.fixture
def commands() -> RecordingCommands:
    return RecordingCommands()


@pytest.fixture(autouse=True)
def small_pages() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rescoring, "PAGE", 2)
        patch.setattr(rescoring, "AT_ONCE", 1)  # moto loses what many write at once
        yield


@pytest.fixture
def many_leads(world: World) -> World:
    """A world with leads in several queues, some spam, and a second version in force."""
    for number in range(LEADS):
        assert world.send_form("content-download", email=f"anna{number}@example.com", content="guide").status == 202
    for number in range(3):
        world.send_form(email=f"bert{number}@example.com")
    world.send_form(email="robot@example.com", website="https://spam.example")
    world.settle()
    world.agree(OTHER)
    return world


def job(world: World, commands: RecordingCommands, seconds: float = 20.0) -> Rescoring:
    return Rescoring(Agreements(world.stack.store, 0), commands.reconsider, seconds)


def everybody(world: World) -> list[str]:
    return sorted(lead.lead_id for lead in world.stack.leads() if lead.status != "spam")


def test_a_rescoring_scores_every_lead_but_spam_once(many_leads: World, commands: RecordingCommands) -> None:
    progress = job(many_leads, commands).go_on(2, many_leads.now)
    assert sorted(commands.asked) == everybody(many_leads)
    assert (progress.state, progress.done) == ("finished", True)
    assert (progress.leads_seen, progress.leads_changed) == (LEADS + 3, LEADS + 3)
    assert progress.handed_over == 1


def test_a_rescoring_goes_through_every_queue_but_the_spam_queue() -> None:
    assert {status for status, _ in rescoring.QUEUES} == set(Status) - {Status.SPAM}


def test_the_agreement_shows_the_progress_of_its_rescoring(many_leads: World, commands: RecordingCommands) -> None:
    seen = []
    while not seen or seen[-1]["state"] == "running":
        job(many_leads, commands, seconds=-1).go_on(2, many_leads.now)
        seen.append(many_leads.ask("GET", "/agreement", by="sales").json()["rescoring"])
    counts = [one["leads_seen"] for one in seen]
    assert counts == sorted(counts)
    assert len(set(counts)) > 3, "it grew page by page"
    assert seen[-1] | {"version": 2, "state": "finished", "leads_seen": LEADS + 3, "leads_failed": 0} == seen[-1]
    assert {one["leads"] for one in seen} == {LEADS + 3}, "of how many, from the beginning on"
    assert seen[-1]["queues_done"] == seen[-1]["queues"] == 28
    assert seen[-1]["finished_at"] >= seen[-1]["started_at"]


def test_the_leads_to_score_are_counted_page_by_page(
    many_leads: World, commands: RecordingCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = many_leads.stack.store.dynamodb.query
    monkeypatch.setattr(many_leads.stack.store.dynamodb, "query", lambda **asked: query(**asked | {"Limit": 2}))
    assert job(many_leads, commands).go_on(2, many_leads.now).leads == LEADS + 3


def test_a_finished_rescoring_that_is_started_again_does_nothing(
    many_leads: World, commands: RecordingCommands
) -> None:
    once = job(many_leads, commands).go_on(2, many_leads.now)
    asked = len(commands.asked)
    assert job(many_leads, commands).go_on(2, many_leads.now + timedelta(hours=1)) == once
    assert len(commands.asked) == asked


@pytest.mark.parametrize("place", [1, 7, LEADS + 3])
def test_a_crashed_rescoring_goes_on_from_its_last_page(
    many_leads: World, commands: RecordingCommands, place: int
) -> None:
    commands.faults = {place: Crash()}
    with pytest.raises(Crash):
        job(many_leads, commands).go_on(2, many_leads.now)
    progress = job(many_leads, commands).go_on(2, many_leads.now)
    assert progress.leads_seen == LEADS + 3
    assert set(commands.asked) == set(everybody(many_leads))
    assert max(Counter(commands.asked).values()) <= 2
    assert len(commands.asked) <= LEADS + 3 + rescoring.PAGE


def test_two_rescorings_at_once_share_the_work_and_count_each_lead_once(
    many_leads: World, commands: RecordingCommands
) -> None:
    other = job(many_leads, commands, seconds=-1)

    def in_turn(lead_id: str) -> Reconsidered:
        answer = commands.reconsider(lead_id)
        if len(commands.asked) == 2:
            other.go_on(2, many_leads.now)
        return answer

    one = Rescoring(Agreements(many_leads.stack.store, 0), in_turn, 20.0)
    progress = one.go_on(2, many_leads.now)
    assert (progress.state, progress.leads_seen) == ("finished", LEADS + 3)
    assert len(commands.asked) <= LEADS + 3 + rescoring.PAGE


def test_a_lead_that_cannot_be_scored_holds_up_no_other_lead_and_is_scored_in_the_next_run(
    many_leads: World, commands: RecordingCommands
) -> None:
    commands.faults = {5: ValueError("what an older Baton wrote")}
    progress = job(many_leads, commands).go_on(2, many_leads.now)
    assert (progress.state, progress.done, progress.leads_failed) == ("failed", True, 1)
    assert progress.leads_seen == LEADS + 3
    again = job(many_leads, commands).go_on(2, many_leads.now)
    assert (again.state, again.leads_failed, again.leads_seen) == ("finished", 0, LEADS + 3)


def test_a_rescoring_passes_over_a_lead_erased_meanwhile(many_leads: World, commands: RecordingCommands) -> None:
    commands.faults = {3: NotFound("there is no such lead")}
    progress = job(many_leads, commands).go_on(2, many_leads.now)
    assert (progress.state, progress.leads_failed) == ("finished", 0)


def test_a_contended_lead_has_its_page_scored_again(many_leads: World, commands: RecordingCommands) -> None:
    commands.faults = {6: Contended("too many")}
    with pytest.raises(Contended):
        job(many_leads, commands).go_on(2, many_leads.now)
    assert job(many_leads, commands).go_on(2, many_leads.now).state == "finished"


def test_a_newer_version_ends_the_rescoring_of_the_older_version(
    many_leads: World, commands: RecordingCommands
) -> None:
    job(many_leads, commands, seconds=-1).go_on(2, many_leads.now)
    many_leads.agree(FASTEST)
    asked = len(commands.asked)
    progress = job(many_leads, commands).go_on(2, many_leads.now)
    assert (progress.state, progress.done, len(commands.asked)) == ("superseded", True, asked)
    assert job(many_leads, commands).go_on(3, many_leads.now).state == "finished"
    assert read_progress(many_leads.stack.store, 2) == progress


def test_no_lead_is_rescored_before_the_function_knows_the_version_as_in_force(
    many_leads: World, commands: RecordingCommands
) -> None:
    with pytest.raises(NotInForceYet, match="version 2 is in force here"):
        job(many_leads, commands).go_on(3, many_leads.now)
    assert commands.asked == []


def test_the_progress_of_a_rescoring_is_read_back_from_the_table(world: World) -> None:
    progress = Progress(2, "running", "2026-11-24T09:30:00.000Z", 3, "2026#x", 5, 7, 2, 1)
    job(world, RecordingCommands())._saved(None, progress)
    assert read_progress(world.stack.store, 2) == Progress(
        2, "running", "2026-11-24T09:30:00.000Z", 3, "2026#x", 1, 7, 2, 1
    )
