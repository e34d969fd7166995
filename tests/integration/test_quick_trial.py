"""A text is tried on the newest leads while somebody writes it: who would go to sales, and who no longer, by name."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.trials import lead_sample
from baton.aws.trials.lead_sample import KEPT_FOR, TOO_LONG, LeadSamples, try_sample
from baton.aws.trials.tried_leads import FAULTY, SPAM, StoredLeads, TriedLeads, card_of
from baton.domain.basics.moments import iso
from tests.integration.calls import refuse
from tests.integration.gateway import Answer
from tests.integration.world import START, World

PATH = "/agreement/trial"
NEWLY = packaged_text().replace("whitepaper, points: 50", "whitepaper, points: 100", 1)
"""Whoever downloads a guide goes to sales."""
NO_LONGER = packaged_text().replace(
    "next_step: Call the lead, answer", "unless: {title: {matches: student}}\n    next_step: Call the lead, answer", 1
)
READERS, ASKERS = 6, 3
HOUR = timedelta(hours=1)


@dataclass
class Typing:
    """Somebody writes an agreement over a table with leads of all kinds."""

    world: World

    def ask(self, text: str = NEWLY, by: str = "marketing") -> Answer:
        return self.world.ask("POST", PATH, {"yaml": text}, by=by)

    def tried(self, text: str = NEWLY) -> Any:
        answer = self.ask(text)
        assert answer.status == 200, answer.body
        return answer.json()

    def calls(self, text: str = NEWLY) -> list[str]:
        with self.world.calls.recorded() as made:
            self.tried(text)
        return [each.operation for each in made]


@pytest.fixture
def typing(world: World) -> Typing:
    for number in range(READERS):
        answers = {"email": f"anna{number}@example.com", "first_name": "Anna", "last_name": f"The {number}."}
        world.send_form("content-download", content="guide", title="Head of operations", **answers)
        world.now += timedelta(seconds=1)
    for number in range(ASKERS):
        world.send_form(email=f"bert{number}@example.com", title="Student")
        world.now += timedelta(seconds=1)
    world.send_form(email="robot@example.com", website="https://spam.example")
    world.settle()
    world.wait(HOUR)
    return Typing(world)


def names_of(group: Any) -> list[str]:
    return [each["email"] for each in group["named"]]


def test_those_who_would_newly_go_to_sales_are_named_the_newest_first(typing: Typing) -> None:
    shown = typing.tried(NEWLY)
    assert names_of(shown["newly"]) == [f"anna{number}@example.com" for number in reversed(range(READERS))]
    assert (
        shown["newly"]["named"][0] | {"first_name": "Anna", "became": "unknown", "trigger": "score"}
        == (shown["newly"]["named"][0])
    )
    assert (shown["newly"]["leads"], shown["no_longer"]["leads"], shown["both"], shown["neither"]) == (READERS, 0, 3, 0)
    assert shown["left_out"] == {SPAM: 1}
    assert (shown["leads"], shown["more"], shown["against_version"]) == (READERS + ASKERS, False, 1)
    assert (shown["since"], shown["as_of"]) == (iso(START), iso(typing.world.now))
    assert shown["load"] == [{"team": "sales", "label": "Sales", "today": 3, "draft": READERS + 3, "days": 1}]


def test_those_who_would_no_longer_go_to_sales_are_named_with_what_became_of_them(typing: Typing) -> None:
    lead = next(each for each in typing.world.stack.leads() if each.email == "bert0@example.com")
    handoff = f"/handoffs/{lead.lead_id}-001"
    assert typing.world.ask("POST", f"{handoff}/accept", by="admin").status == 200
    assert typing.world.ask("POST", f"{handoff}/close", {"outcome": "won"}, by="admin").status == 200
    typing.world.wait(HOUR)
    shown = typing.tried(NO_LONGER)
    assert names_of(shown["no_longer"]) == [f"bert{number}@example.com" for number in (0, 2, 1)], "the won one first"
    assert [each["became"] for each in shown["no_longer"]["named"]] == ["won", "open", "open"]
    assert shown["load"][0]["draft"] == 0


def test_a_quick_trial_counts_what_the_trial_of_all_leads_counts(typing: Typing) -> None:
    for text in (NEWLY, NO_LONGER):
        today, draft = in_force(typing.world, packaged_text()), in_force(typing.world, text)
        rows = TriedLeads.under(typing.world.stack.store, today, draft, typing.world.now)
        for tried in try_sample(
            LeadSamples(typing.world.stack.store).newest(today, typing.world.now), card_of(draft)
        ).leads:
            row = rows.row(tried.lead.lead_id)
            assert row
            assert (row.current, row.draft) == (tried.lead.current, tried.draft)


def in_force(world: World, text: str) -> AgreementInForce:
    return AgreementInForce(version=1, in_force_since=iso(world.now), agreement=read_agreement(text))


def test_the_next_text_is_tried_without_reading_any_history_again(typing: Typing) -> None:
    assert "Query" in typing.calls(NEWLY)
    assert typing.calls(NO_LONGER) == ["BatchGetItem"], "the names of three leads"
    assert typing.calls(packaged_text()) == []


def test_who_crosses_newly_and_who_no_longer_are_named_by_one_read(typing: Typing) -> None:
    both = NO_LONGER.replace("whitepaper, points: 50", "whitepaper, points: 100", 1)
    shown = typing.tried(both)
    assert names_of(shown["newly"]) == [f"anna{number}@example.com" for number in reversed(range(READERS))]
    assert sorted(names_of(shown["no_longer"])) == [f"bert{number}@example.com" for number in range(ASKERS)]
    assert typing.calls(both) == ["BatchGetItem"]


def test_a_sample_is_read_anew_after_some_minutes_and_beside_another_agreement(typing: Typing) -> None:
    typing.tried()
    typing.world.send_form("content-download", email="carla@example.com", content="guide")
    typing.world.settle()
    assert typing.tried()["newly"]["leads"] == READERS
    typing.world.wait(KEPT_FOR)
    assert names_of(typing.tried()["newly"])[0] == "carla@example.com"
    samples, store = LeadSamples(typing.world.stack.store), typing.world.stack.store
    first = in_force(typing.world, packaged_text())
    kept = samples.newest(first, typing.world.now)
    assert samples.newest(first, typing.world.now) is kept
    assert samples.newest(first.model_copy(update={"version": 2}), typing.world.now) is not kept
    assert store.lead(kept.leads[0].lead_id)


def test_whoever_was_erased_a_moment_ago_is_not_named(typing: Typing) -> None:
    typing.tried()
    lead = next(each for each in typing.world.stack.leads() if each.email == "anna3@example.com")
    assert typing.world.ask("DELETE", f"/leads/{lead.lead_id}", by="admin").status in (200, 202, 204)
    shown = typing.tried()["newly"]
    assert (shown["leads"], names_of(shown).count(None)) == (READERS, 1)  # type: ignore[arg-type]
    assert "anna3" not in str(shown)


def test_texts_of_one_meaning_have_one_fingerprint_which_the_check_tells_too(typing: Typing) -> None:
    texts = [NEWLY, f"# with a comment\n{NEWLY}", packaged_text()]
    told = [typing.tried(text)["meaning"] for text in texts]
    checked = [typing.world.ask("POST", "/agreement/check", {"yaml": text}, by="sales").json() for text in texts]
    assert told == [each["meaning"] for each in checked]
    assert told[0] == told[1] != told[2]


@pytest.mark.parametrize("body", [{"yaml": "title: x"}, {}, {"yaml": NEWLY, "from": "2026-11-01"}, {"yaml": 7}])
def test_a_text_with_a_fault_is_not_tried(world: World, body: Any) -> None:
    refused = world.ask("POST", PATH, body, by="sales")
    assert (refused.status, bool(refused.json()["errors"])) == (422, True)


def test_without_leads_a_trial_says_so(world: World) -> None:
    shown = world.ask("POST", PATH, {"yaml": NEWLY}, by="sales").json()
    assert (shown["leads"], shown["since"], shown["more"], shown["load"]) == (0, None, False, [])


def test_the_newest_leads_are_tried_and_the_answer_says_of_how_many_and_since_when(
    typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_sample, "MOST_LEADS", 4)
    monkeypatch.setattr(lead_sample, "AT_ONCE", 1)
    shown = typing.tried()
    assert (shown["leads"], shown["more"], shown["since"]) == (4, True, iso(START + timedelta(seconds=READERS - 1)))
    assert names_of(shown["newly"]) == [f"anna{READERS - 1}@example.com"]


def test_the_newest_leads_are_sought_among_so_many_moves(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lead_sample, "MOST_MOVES", 4)
    shown = typing.tried()
    assert (shown["leads"] < READERS, shown["more"]) == (True, True)


def test_a_trial_ends_when_its_time_is_over_and_says_that_there_are_more(
    typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_sample, "AT_ONCE", 2)
    monkeypatch.setattr(lead_sample, "SECONDS", -1)
    shown = typing.tried()
    assert (shown["leads"], shown["more"]) == (1, True), "four were read, one of them spam, and one was tried"
    monkeypatch.setattr(lead_sample, "SECONDS", 60)
    assert typing.tried()["leads"] == 3, "the sample is kept"


def test_leads_that_cannot_be_tried_are_left_out_and_counted(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    read, broken = (
        StoredLeads.read,
        [each.lead_id for each in typing.world.stack.leads() if each.email.startswith("anna")],
    )

    def failing(leads: StoredLeads, lead_id: str) -> Any:
        if lead_id == broken[0]:
            raise ValueError("what an older Baton wrote")
        return read(leads, lead_id)

    monkeypatch.setattr(StoredLeads, "read", failing)
    monkeypatch.setattr(lead_sample, "LONGEST", 3)
    shown = typing.tried()
    assert shown["left_out"] == {FAULTY: 1, SPAM: 1, TOO_LONG: ASKERS}
    assert (shown["leads"], shown["newly"]["leads"]) == (READERS - 1, READERS - 1)


def test_a_quick_trial_writes_nothing_and_a_busy_table_is_said_so(typing: Typing) -> None:
    before = typing.world.stack.items()
    assert not [each for each in typing.calls() if not each.startswith(("Get", "BatchGet", "Query"))]
    assert typing.world.stack.items() == before
    typing.world.wait(KEPT_FOR)
    with typing.world.calls.by(refuse("Query", "ProvisionedThroughputExceededException")):
        assert typing.ask().status == 503


def test_nobody_is_named_in_a_log_line_or_a_metric(
    typing: Typing,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def failing(*_: Any) -> Any:
        raise ValueError("Anna The 0., anna0@example.com")

    caplog.set_level("DEBUG", "baton")
    assert names_of(typing.tried(NEWLY)["newly"])
    typing.world.wait(KEPT_FOR)
    monkeypatch.setattr(StoredLeads, "read", failing)
    assert typing.tried(NO_LONGER)["left_out"]
    said = "".join(capsys.readouterr()) + "".join(str(vars(record)) for record in caplog.records)
    assert "a lead cannot be replayed" in said
    assert not [word for word in ("anna", "bert", "The 0.", "example.com", "whitepaper") if word in said]
