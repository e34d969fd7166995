"""Baton reconsiders the known leads of a company when the company is listed as a target account."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from baton.aws.accounts import account_looks
from baton.aws.accounts.account_list import Accounts
from baton.aws.accounts.account_looks import INDEX_FOLLOWS, AccountLooks, IndexMayBeBehind, LeadsNotLookedAt
from baton.aws.table.keys import lead_keys
from baton.domain.accounts.account import Account
from baton.domain.basics.moments import iso
from tests.integration.calls import index_behind
from tests.integration.world import KIM, World

LISTED: dict[str, Any] = {"event_id": "acme.com-00000001", "account": "acme.com"}


@dataclass
class RecordingCommands:
    """Records which leads were looked at, and fails for some."""

    failing: set[str] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)

    def reconsider(self, lead_id: str, *, now: datetime) -> None:
        assert now.tzinfo
        if lead_id in self.failing:
            raise RuntimeError
        self.seen.append(lead_id)


@pytest.fixture
def commands() -> RecordingCommands:
    return RecordingCommands()


def look(world: World, commands: RecordingCommands, detail: dict[str, Any] = LISTED) -> dict[str, Any]:
    return AccountLooks(Accounts(world.stack.store), commands).look(detail, world.now).for_the_bus()


def list_company(world: World, **said: Any) -> None:
    Accounts(world.stack.store).put(Account(domain="acme.com", **said), by="test", now=world.now)


def know(world: World, company: str, *lead_ids: str) -> None:
    for lead_id in lead_ids:
        world.stack.dynamodb.put_item(TableName=world.stack.table, Item=lead_keys.company_pointer(lead_id, company))


def test_a_listed_account_reconsiders_exactly_the_leads_of_its_domains_and_name(
    world: World, commands: RecordingCommands
) -> None:
    list_company(world, name="Acme Inc.", domains=("lab.acme.de",))
    know(world, "acme.com", "a", "b")
    know(world, "acme.de", "c")
    know(world, "name:acme", "d")
    know(world, "other.com", "e")
    said = look(world, commands)
    assert commands.seen == ["a", "b", "c", "d"]
    assert (said["account"], said["looked"], said["event_id"]) == ("acme.com", 4, "acme.com-00000001-4")
    assert "next" not in said


@pytest.mark.parametrize("said", [{"target": False}, None], ids=["no target", "not listed any more"])
def test_no_lead_is_reconsidered_for_a_company_that_is_no_longer_a_target(
    world: World, commands: RecordingCommands, said: dict[str, Any] | None
) -> None:
    if said:
        list_company(world, **said)
    know(world, "acme.com", "a")
    assert look(world, commands)["looked"] == 0
    assert commands.seen == []


def test_a_look_at_an_accounts_leads_goes_on_where_its_time_was_over(
    world: World, commands: RecordingCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account_looks, "BUDGET_SECONDS", -1.0)
    list_company(world, name="Acme")
    leads = [f"lead-{number:02d}" for number in range(30)]
    know(world, "acme.com", *leads)
    know(world, "name:acme", "named")
    detail: dict[str, Any] | None = LISTED
    ids = set()
    while detail:
        said = look(world, commands, detail)
        ids.add(said["event_id"])
        detail = said if "next" in said else None
    assert commands.seen == [*leads, "named"]
    assert (said["looked"], len(ids)) == (31, 31), "the last one found nobody more"


def test_a_lead_that_cannot_be_reconsidered_holds_up_no_other_lead_and_is_tried_again(
    world: World, commands: RecordingCommands
) -> None:
    list_company(world)
    know(world, "acme.com", "a", "b", "c")
    commands.failing = {"b"}
    with pytest.raises(LeadsNotLookedAt, match="1 leads could not be looked at, 2 were"):
        look(world, commands)
    assert commands.seen == ["a", "c"]
    commands.failing = set()
    assert look(world, commands)["looked"] == 3


def test_a_company_that_was_listed_just_now_is_looked_at_again_since_the_index_may_lack_its_latest_leads(
    world: World, commands: RecordingCommands
) -> None:
    list_company(world)
    know(world, "acme.com", "a")
    listed = {**LISTED, "at": iso(world.now)}
    with pytest.raises(IndexMayBeBehind):
        look(world, commands, listed)
    assert commands.seen == ["a"], "whom the index shows is not kept waiting"
    know(world, "acme.com", "b")
    world.now += INDEX_FOLLOWS
    assert look(world, commands, listed)["looked"] == 2
    assert commands.seen == ["a", "a", "b"]


def test_a_lead_that_the_index_lacks_while_its_company_is_listed_is_handed_over_a_minute_later(world: World) -> None:
    world.send_form("content-download", content="guide", email="anna@acme.com")
    world.settle()
    with world.calls.by(index_behind(times=1)):
        world.ask("PUT", "/accounts/acme.com", {"owner": KIM}, by="sales")
        world.settle()
    assert world.stack.lead().handoff is None
    world.wait(timedelta(minutes=1))
    handoff = world.stack.lead().handoff
    assert handoff
    assert (handoff.trigger, handoff.owner) == ("target_account", KIM)
    assert world.lost == []


def test_look_at_account_publishes_the_number_of_reconsidered_leads_without_personal_data(world: World) -> None:
    world.send_form("content-download", content="guide", email="anna@acme.com")
    list_company(world)
    with world.calls.recorded() as calls:
        world.invoke("look_at_account", {"detail-type": "TargetAccountListed", "detail": LISTED})
    [told] = [call for call in calls if call.operation == "PutEvents"]
    [entry] = told.parameters["Entries"]
    assert entry["DetailType"] == "TargetAccountLookedAt"
    assert '"looked":1' in entry["Detail"]
    assert "anna" not in entry["Detail"]


def test_a_known_lead_is_handed_to_the_accounts_owner_when_its_company_is_listed(
    world: World,
) -> None:
    world.send_form("content-download", content="guide", email="anna@mail.acme.co.uk")
    world.settle()
    assert world.stack.lead().handoff is None
    assert world.ask("PUT", "/accounts/acme.com", {"owner": KIM, "domains": ["acme.co.uk"]}, by="sales").status == 201
    world.settle()
    handoff = world.stack.lead().handoff
    assert handoff
    assert (handoff.trigger, handoff.owner) == ("target_account", KIM)
    assert [mail.to for mail in world.mails] == [(KIM,)]
    world.stack.must_be_consistent()


def test_a_company_that_leaves_the_list_causes_no_more_handoffs(world: World) -> None:
    world.ask("PUT", "/accounts/acme.com", {"owner": KIM}, by="sales")
    world.ask("DELETE", "/accounts/acme.com", by="sales")
    world.settle()
    world.send_form("content-download", content="guide", email="anna@acme.com")
    world.settle()
    assert world.stack.lead().handoff is None
