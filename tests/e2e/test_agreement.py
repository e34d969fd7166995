"""Two departments agree on something else, and the leads that are known already are scored under it."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.aws.table.keys import lead_keys, report_keys
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.intake.history.history_lists import HistoryReader
from tests.e2e.at_work import AtWork, View, new_seed, problem, read, somebody, until
from tests.e2e.conftest import Deployed
from tests.e2e.paces import at_a_pace, before
from tests.stored_histories import stored_items
from tools.agreement import agreement_for_now
from tools.quiet_writes import be_quiet

DRAFTS = "/agreement/drafts"
WORTH_MORE = packaged_text().replace("whitepaper, points: 50", "whitepaper, points: 100")


@pytest.fixture(autouse=True)
def as_before(baton: AtWork) -> Iterator[None]:
    """In the end the packaged agreement is in force again."""
    with agreement_for_now(baton.session, baton.outputs["TableName"], packaged_text()):
        yield


def drafted(baton: AtWork, text: str, **more: str) -> View:
    return dict(read(baton.admin.post(DRAFTS, json={"yaml": f"# {uuid.uuid4()}\n{text}", **more})))


def signed(stack: Deployed, draft: View) -> View:
    answer: View = {}
    for group in ("marketing", "sales"):
        with stack.api(group) as department:
            answer = read(department.post(f"{DRAFTS}/{draft['draft_id']}/signatures", json={"revision": 1}))
    return answer


def test_the_signed_version_is_in_force_and_hands_over_the_newly_qualified_leads(
    baton: AtWork, stack: Deployed
) -> None:
    lead_id = baton.download(content="guide")
    assert baton.lead(lead_id)["handoff"] is None
    with_sales = baton.ask()
    baton.download(with_sales["email"], content="guide")

    draft = drafted(baton, WORTH_MORE)
    assert draft["differences"] == ["engagement: whitepaper 50 → 100"]
    version = signed(stack, draft)["version"]

    until(lambda: baton.lead(lead_id)["handoff"], what="the handoff")
    handoff = baton.lead(lead_id)["handoff"]
    assert (handoff["trigger"], handoff["agreement_version"]) == ("score", version)
    until(lambda: shown(baton).get("rescoring", {}).get("finished_at"), what="the end of the job")
    assert shown(baton)["rescoring"]["state"] == "finished"
    assert shown(baton)["rescoring"]["handed_over"] >= 1
    assert [(one["group"]) for one in shown(baton)["signatures"]] == ["marketing", "sales"]
    assert baton.happened(lead_id).count("HandoffOffered") == 1
    assert baton.lead(with_sales["lead_id"])["score"]["total"] == 100
    assert baton.happened(with_sales["lead_id"]).count("HandoffOffered") == 1


def shown(baton: AtWork) -> View:
    return dict(read(baton.admin.get("/agreement")))


def test_a_scheduled_version_comes_into_force_by_itself(baton: AtWork, stack: Deployed) -> None:
    def story(seconds: int) -> None:
        when = datetime.now(UTC) + timedelta(seconds=seconds)
        with before(when, "signing for later"):
            version = signed(stack, drafted(baton, packaged_text(), in_force_from=when.isoformat()))["version"]
            assert shown(baton)["next"]["version"] == version

        until(lambda: shown(baton)["version"] == version, what="coming into force")

        assert datetime.now(UTC) >= when
        assert "next" not in shown(baton)

    at_a_pace(story)


def test_marketing_does_not_sign_for_sales_and_an_administrator_signs_for_neither(
    baton: AtWork, stack: Deployed
) -> None:
    draft = drafted(baton, packaged_text())
    problem(baton.admin.post(f"{DRAFTS}/{draft['draft_id']}/signatures"), 403)
    with stack.api("marketing") as marketing:
        problem(marketing.post(f"{DRAFTS}/{draft['draft_id']}/signatures", json={"for": "sales"}), 403)


def test_points_are_not_learned_from_leads_of_which_too_few_have_an_outcome(baton: AtWork) -> None:
    """The function finds numpy in its own layer, reads all leads, and says what is missing."""
    baton.download()
    asked = read(baton.admin.post("/agreement/proposals", json={"leads_per_day": 5}))
    path = f"/agreement/proposals/{asked['proposal_id']}"

    until(lambda: "finished_at" in read(baton.admin.get(path)), what="the end of the proposal")
    proposal = read(baton.admin.get(path))
    assert proposal["state"] == "refused"
    assert "are too few to learn from" in proposal["why"]
    assert (proposal["leads_read"], proposal["leads_failed"]) == (proposal["leads"], 0)
    assert proposal["leads"] >= 1


OF_FORMER_YEARS = range(220)
"""Leads that became known one a day; heads of sales bought more often than students."""
FORMERLY = {"from": "2021-01-01", "to": "2022-01-01"}


def of_former_years() -> Iterator[dict[str, Any]]:
    """The items of leads of a year of which nobody is asked for anything else."""
    lists, begun = HistoryReader(datetime.now(UTC)), datetime(2021, 1, 2, 9, tzinfo=UTC)
    lines = ["email,at,title,outcome,closed_at"]
    for number in OF_FORMER_YEARS:
        is_head = number % 2 == 1
        won = is_head if number % 10 > 1 else not is_head
        at = begun + timedelta(days=number)
        said = (at.isoformat(), "Head of sales" if is_head else "Student", "won" if won else "lost")
        lines.append(f"{somebody('former')},{','.join(said)},{(at + timedelta(days=20)).isoformat()}")
    lists.read("leads", "\n".join(lines).encode())
    for lead in lists.history().leads:
        yield from stored_items(lead, AgreedKinds.of(read_agreement(packaged_text()).rules))


@contextmanager
def stored(baton: AtWork, items: Sequence[dict[str, Any]]) -> Iterator[None]:
    """Puts items into the table, and takes them out again; what was in former years is no news."""
    dynamodb, table = baton.session.client("dynamodb"), baton.outputs["TableName"]
    be_quiet(dynamodb)
    keys = [{name: item[name] for name in ("pk", "sk")} for item in items]
    puts, deletes = (
        [{"PutRequest": {"Item": item}} for item in items],
        [{"DeleteRequest": {"Key": key}} for key in keys],
    )

    def write(requests: Sequence[Any]) -> None:
        for begin in range(0, len(requests), 25):
            left = {table: requests[begin : begin + 25]}
            while left := dynamodb.batch_write_item(RequestItems=left)["UnprocessedItems"]:
                continue

    write(puts)
    try:
        yield
    finally:
        write(deletes)


def learned(baton: AtWork) -> Any:
    """A proposal that has found the leads; none while the index does not list all of them."""
    asked = {"leads_per_day": 1, "mode": "add", "seed": new_seed(), **FORMERLY}
    path = f"/agreement/proposals/{read(baton.admin.post('/agreement/proposals', json=asked))['proposal_id']}"
    until(lambda: "finished_at" in read(baton.admin.get(path)), what="the end of the proposal")
    proposal = read(baton.admin.get(path))
    return proposal if proposal["leads_read"] == len(OF_FORMER_YEARS) else None


def test_points_are_learned_from_leads_of_a_former_year_and_become_a_draft(baton: AtWork) -> None:
    with stored(baton, list(of_former_years())):
        proposal = until(lambda: learned(baton), what="a proposal of all leads, once the index has them")
    assert (proposal["state"], proposal["leads_read"]) == ("finished", len(OF_FORMER_YEARS)), proposal.get("why")
    points = {rule["id"]: rule["points"] for rule in proposal["figures"]["rules"]}
    assert any("student" in rule or "head" in rule for rule in points), points
    assert read(baton.admin.post(DRAFTS, json={"yaml": proposal["draft"]}))["state"] == "open"


def test_a_draft_is_tried_on_the_leads_of_the_last_hour_and_changes_none_of_them(baton: AtWork) -> None:
    with_sales, lead_id = baton.ask(), baton.download(content="guide")
    draft, now = drafted(baton, WORTH_MORE), datetime.now(UTC)
    there = f"{DRAFTS}/{draft['draft_id']}/trial"
    until(lambda: moved(baton, lead_id), what="the index")

    period = {"from": (now - timedelta(hours=1)).isoformat(), "to": now.isoformat()}
    started = baton.admin.post(there, json=period)
    assert (started.status_code, started.headers["Location"]) == (202, "trial"), started.text
    until(lambda: read(baton.admin.get(there))["state"] == "finished", what="the end of the trial")

    tried = read(baton.admin.get(there))
    leads = {cell["name"]: cell["leads"] for cell in tried["result"]["cells"]}
    assert leads["both"] >= 1, "who asked for a person is handed over by either"
    assert leads["only_draft"] >= 1, "who read the guide has enough points under the draft"
    assert tried["words"][0].startswith(f"Trial of draft {draft['draft_id']}, revision 1")
    assert baton.happened(lead_id).count("HandoffOffered") == 0
    assert baton.happened(with_sales["lead_id"]).count("HandoffOffered") == 1


def moved(baton: AtWork, lead_id: str) -> bool:
    """Whether index 2 knows when a lead became known."""
    dynamodb, table = baton.session.client("dynamodb"), baton.outputs["TableName"]
    lists = report_keys.lists_of_month(report_keys.Reported.MOVES, f"{datetime.now(UTC):%Y-%m}")
    asked: Any = {"TableName": table, "IndexName": "gsi2", "KeyConditionExpression": "gsi2pk = :list"}
    found = [dynamodb.query(**asked, ExpressionAttributeValues={":list": {"S": each}})["Items"] for each in lists]
    return any(lead_keys.lead_id_of(item) == lead_id for items in found for item in items)
