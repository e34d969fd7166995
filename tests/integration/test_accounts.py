"""Sales and marketing keep the list of target accounts through the API, one by one or as a CSV file."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.aws.accounts import account_imports
from baton.aws.accounts.account_list import Accounts
from baton.aws.table import account_items
from baton.aws.table.keys import account_keys, item_key, lead_keys
from baton.domain.accounts.account import Account, AccountRefused
from baton.domain.accounts.account_matching import aliases, domains_to_try, match_account
from baton.domain.basics.moments import iso
from tests.integration.calls import Call, Carry
from tests.integration.conftest import Prepared
from tests.integration.gateway import Answer
from tests.integration.world import KIM, LEE, MO, SAM, START, World

EVENTS = Path(__file__).parents[2] / "events"
ACME = "/accounts/acme.com"


def put(world: World, path: str = ACME, by: str = "marketing", **said: Any) -> Answer:
    return world.ask("PUT", path, said, by=by)


def shown(world: World, path: str = ACME) -> Any:
    answer = world.ask("GET", path, by="sales")
    return answer.json() if answer.status == 200 else None


def send_list(world: World, text: str | bytes, content_type: str = "text/csv") -> Answer:
    body = text.decode() if isinstance(text, bytes) else text
    return world.ask("POST", "/accounts/import", body, by="sales", headers={"Content-Type": content_type})


def results(answer: Answer) -> dict[str, str]:
    assert answer.status == 200, answer.body
    return {each["domain"]: each["result"] for each in answer.json()["results"]}


def everything(world: World) -> dict[str, str | None]:
    """What leads where."""
    items = world.stack.items("ACCOUNT")
    return {account_keys.listed_under(item): item.get("main", {}).get("S") for item in items if "body" in item}


def told(world: World) -> list[tuple[str, str]]:
    """What happened to accounts, in order of their domains, and the ids of it."""
    items = [item for item in world.stack.items(item_key.EVENTS) if item["pk"]["S"].startswith("ACCOUNT#")]
    return [
        (item["type"]["S"], f"{account_keys.listed_under(item)}-{item['sk']['S'].partition('#')[2]}") for item in items
    ]


def listed(world: World) -> Accounts:
    return Accounts(world.stack.store)


def test_a_company_put_on_the_list_is_shown_with_its_name_owner_and_domains(world: World) -> None:
    said = {"name": "Acme Inc.", "owner": SAM.upper(), "domains": ["https://www.Acme.de"], "quiet_for": "1w"}
    answer = put(world, "/accounts/WWW.Acme.com", **said)
    assert answer.status == 201
    assert (
        answer.json()
        == shown(world)
        == {
            "domain": "acme.com",
            "name": "Acme Inc.",
            "owner": SAM,
            "target": True,
            "domains": ["acme.de"],
            "quiet_for": "7d",
            "alerted_at": None,
            "version": 1,
            "owner_gets_alerts": True,
            "why_not": None,
        }
    )
    assert told(world) == [("TargetAccountListed", "acme.com-00000001")]


def test_the_sample_request_puts_a_company_on_the_list(world: World) -> None:
    answer = world.ask("PUT", "/accounts/example.com", (EVENTS / "put-account.json").read_text(), by="admin")
    assert (answer.status, answer.json()["owner_gets_alerts"]) == (201, True)


def test_an_account_put_twice_is_unchanged_and_keeps_its_version(world: World) -> None:
    put(world, name="Acme", domains=["acme.de", "acme.fr"])
    before = world.stack.items()
    again = put(world, name="Acme", domains=["acme.fr", "ACME.de", "acme.com"])
    assert (again.status, again.json()["version"]) == (200, 1)
    assert world.stack.items() == before


def test_a_put_replaces_every_field_of_the_account(world: World) -> None:
    put(world, name="Acme", owner=SAM, domains=["acme.de"], quiet_for="3d")
    answer = put(world, target=False)
    assert answer.status == 200
    account = shown(world)
    assert [account[name] for name in ("name", "owner", "target", "domains", "quiet_for", "version")] == [
        *(None, None, False, [], None, 2)
    ]
    assert everything(world) == {"acme.com": "acme.com"}
    assert [kind for kind, _ in told(world)] == ["TargetAccountListed", "TargetAccountDelisted"]


def test_a_put_of_a_version_that_another_has_changed_since_is_refused_and_changes_nothing(world: World) -> None:
    put(world, name="Acme", version=0)
    put(world, name="Acme", owner=SAM, version=1)
    before = world.stack.items()
    answer = put(world, name="Acme Pumps", version=1)
    assert answer.status == 409
    assert "it has version 2, and you have 1" in answer.json()["detail"]
    assert world.stack.items() == before
    assert put(world, name="Acme Pumps", owner=SAM, version=2).json()["version"] == 3


def test_a_put_that_is_sent_again_with_its_version_changes_nothing(world: World) -> None:
    put(world, owner=SAM, version=0)
    again = put(world, owner=SAM, version=0)
    assert (again.status, again.json()["version"]) == (200, 1), "its answer may have been lost"


def test_version_0_is_of_a_company_that_is_not_on_the_list(world: World) -> None:
    put(world, name="Acme")
    answer = put(world, name="Another", version=0)
    assert (answer.status, "it is on the list already" in answer.json()["detail"]) == (409, True)


def test_a_put_of_a_version_of_what_was_taken_off_the_list_is_refused(world: World) -> None:
    put(world, name="Acme")
    world.ask("DELETE", ACME, by="marketing")
    answer = put(world, name="Acme", version=1)
    assert (answer.status, "it was taken off the list" in answer.json()["detail"]) == (409, True)
    assert put(world, name="Acme", version=0).status == 201


@pytest.mark.parametrize("version", [-1, "1", 1.5, True])
def test_a_version_is_a_whole_number_from_0_on(world: World, version: object) -> None:
    answer = put(world, version=version)
    assert (answer.status, [each["field"] for each in answer.json()["errors"]]) == (422, ["version"])


@pytest.mark.parametrize(
    ("owner", "why_not"),
    [
        (SAM, None),
        (MO, "is a manager"),
        (LEE, "is not on the roster of sales"),
        (None, "nobody is named"),
    ],
    ids=["a rep", "a manager", "a stranger", "nobody"],
)
def test_an_account_says_whether_its_owner_gets_alerts(world: World, owner: str | None, why_not: str | None) -> None:
    answer = put(world, owner=owner).json()
    assert (answer["owner_gets_alerts"], answer["why_not"]) == (why_not is None, why_not)


def test_an_account_is_found_by_each_of_its_domains(world: World) -> None:
    put(world, name="Acme Inc.", domains=["acme.de", "lab.acme.fr"])
    assert shown(world, "/accounts/acme.de") == shown(world, "/accounts/lab.acme.fr") == shown(world)
    assert everything(world) == dict.fromkeys(["acme.com", "acme.de", "lab.acme.fr", "name:acme"], "acme.com")
    assert shown(world, "/accounts/acme.fr") is None


@pytest.mark.parametrize(
    ("email", "name", "by"),
    [("a@acme.com", None, "domain"), ("a@x.acme.de", None, "domain"), ("a@gmail.com", "ACME, Inc", "name")],
)
def test_a_leads_account_is_found_by_one_read_of_its_domains_and_company_name(
    world: World, email: str, name: str | None, by: str
) -> None:
    put(world, name="Acme Inc.", domains=["acme.de"])
    domains = domains_to_try(email)
    wanted: Any = [lead_keys.lead("nobody"), *account_items.keys_for(None, domains, name)]
    read = world.stack.dynamodb.batch_get_item(RequestItems={world.stack.table: {"Keys": wanted}})
    found = match_account(account_items.found_in(read["Responses"][world.stack.table]), None, domains, name)
    assert found
    assert (found[0].domain, found[0].name, found[1].matched_by) == ("acme.com", "Acme Inc.", by)


def kept_under_its_former_name(world: World) -> None:
    """The account of Müller as it was stored when names had other keys."""
    put(world, "/accounts/mueller.de", name="Müller GmbH")
    [copy] = (item for item in world.stack.items("ACCOUNT") if account_keys.listed_under(item) == "name:mueller")
    for name in ("name:mueller", "name:muller"):
        world.stack.dynamodb.delete_item(TableName=world.stack.table, Key=account_keys.account(name))
    world.stack.dynamodb.put_item(TableName=world.stack.table, Item={**copy, **account_keys.account("name:müller")})
    assert everything(world) == dict.fromkeys(["mueller.de", "name:müller"], "mueller.de")


def test_an_account_moves_to_the_keys_of_today_when_it_is_saved_again(world: World) -> None:
    kept_under_its_former_name(world)
    assert put(world, "/accounts/mueller.de", name="Müller GmbH").json()["version"] == 2
    assert everything(world) == dict.fromkeys(["mueller.de", "name:mueller", "name:muller"], "mueller.de")
    assert [kind for kind, _ in told(world)] == ["TargetAccountListed"] * 2, "further leads may belong to it"


def test_an_account_under_its_former_name_can_be_removed(world: World) -> None:
    kept_under_its_former_name(world)
    assert world.ask("DELETE", "/accounts/mueller.de", by="marketing").status == 204
    assert everything(world) == {}


@pytest.mark.parametrize(
    ("path", "said", "named"),
    [
        ("/accounts/acme.de", {}, "acme.de belongs to the account acme.com already"),
        ("/accounts/other.com", {"domains": ["acme.com"]}, "acme.com belongs to the account acme.com already"),
        ("/accounts/other.com", {"domains": ["acme.de"]}, "acme.de belongs to the account acme.com already"),
        ("/accounts/other.com", {"name": "ACME GmbH"}, "the name ACME GmbH belongs to the account acme.com already"),
    ],
    ids=["main domain", "the other's main domain", "a further domain", "name"],
)
def test_a_domain_or_name_of_another_account_is_refused_naming_that_account(
    world: World, path: str, said: dict[str, Any], named: str
) -> None:
    put(world, name="Acme Inc.", domains=["acme.de"])
    before = world.stack.items()
    answer = put(world, path, **said)
    assert answer.status == 409
    assert named in answer.json()["detail"]
    assert world.stack.items() == before


def test_a_domain_or_name_that_one_account_gives_up_can_go_to_another(world: World) -> None:
    put(world, name="Acme", domains=["acme.de"])
    put(world, domains=[])
    assert put(world, "/accounts/acme.de", name="Acme").status == 201
    assert everything(world) == {"acme.com": "acme.com", "acme.de": "acme.de", "name:acme": "acme.de"}


def test_a_removed_company_is_found_by_no_domain_and_a_second_removal_changes_nothing(world: World) -> None:
    put(world, name="Acme", owner=KIM, domains=["acme.de"])
    assert world.ask("DELETE", ACME, by="sales").status == 204
    assert (everything(world), shown(world)) == ({}, None)
    assert world.ask("GET", "/accounts", by="sales").json() == {"accounts": [], "cursor": None}
    before = world.stack.items()
    assert world.ask("DELETE", ACME, by="sales").status == 204
    assert world.ask("DELETE", "/accounts/never-listed.com", by="sales").status == 204
    assert world.stack.items() == before
    assert told(world)[-1] == ("TargetAccountDelisted", "acme.com-00000002")


def test_a_company_listed_again_is_announced_with_a_new_event_id(world: World) -> None:
    put(world, domains=["acme.de"])
    world.ask("DELETE", ACME, by="admin")
    put(world, "/accounts/other.com", domains=["acme.com"])
    put(world, "/accounts/other.com")
    assert put(world).json()["version"] == 3
    ids = [event_id for _, event_id in told(world)]
    assert len(ids) == len(set(ids)) == 4


def test_a_further_domain_of_an_account_cannot_be_removed_like_an_account(world: World) -> None:
    put(world, domains=["acme.de"])
    answer = world.ask("DELETE", "/accounts/acme.de", by="sales")
    assert answer.status == 409
    assert "acme.com" in answer.json()["detail"]
    assert shown(world)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("domain", ["gmail.com", "co.uk", "nonsense", "1.2.3.4", "a.b.c.d.acme.com"])
def test_a_domain_that_belongs_to_no_single_company_is_refused(world: World, method: str, domain: str) -> None:
    answer = world.ask(method, f"/accounts/{domain}", {} if method == "PUT" else None, by="admin")
    assert answer.status == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["domain"]
    assert everything(world) == {}


def test_an_account_with_invalid_fields_is_refused_with_the_fields_at_fault(world: World) -> None:
    answer = put(world, owner="nobody", domains=["gmail.com"], colour="blue")
    assert answer.status == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["owner", "domains.0", "colour"]
    assert everything(world) == {}


def test_the_list_of_accounts_is_shown_by_domain_a_page_at_a_time(world: World) -> None:
    domains = [f"company-{number:02d}.com" for number in range(60)]
    for domain in reversed(domains):
        listed(world).put(Account(domain=domain, name=f"Company {domain}"), by="test", now=world.now)
    seen, cursor = [], None
    for size in (25, 25, 10):
        page = world.ask("GET", "/accounts", by="sales", query={"cursor": cursor} if cursor else None).json()
        assert len(page["accounts"]) == size
        seen, cursor = seen + [account["domain"] for account in page["accounts"]], page["cursor"]
    assert (seen, cursor) == (domains, None)


# --- Import


def test_an_imported_list_of_accounts_gets_a_result_for_each_line(world: World) -> None:
    answer = send_list(world, (EVENTS / "accounts.csv").read_bytes())
    content = answer.json()
    assert [(each["line"], each["domain"], each["result"]) for each in content["results"]] == [
        (2, "example.net", "created"),
        (3, "example.org", "created"),
        (4, "fabrikam.example.com", "created"),
        (5, "gmail.com", "refused"),
        (6, "litware.example.com", "created"),
        (7, "example.net", "refused"),
    ]
    assert [content[name] for name in ("created", "changed", "unchanged", "refused")] == [4, 0, 0, 2]
    assert [error["field"] for error in content["results"][3]["errors"]] == ["domain"]
    assert shown(world, "/accounts/northwind.example.com")["owner"] == SAM


def test_a_list_of_accounts_imported_again_changes_nothing(world: World) -> None:
    send_list(world, (EVENTS / "accounts.csv").read_bytes())
    before = world.stack.items()
    again = send_list(world, (EVENTS / "accounts.csv").read_bytes()).json()
    assert [again[name] for name in ("created", "changed", "unchanged", "refused")] == [0, 0, 4, 2]
    assert world.stack.items() == before


def test_an_imported_list_changes_only_the_accounts_that_differ(world: World) -> None:
    send_list(world, f"domain,owner\nacme.com,{SAM}\nother.com,\n")
    assert results(send_list(world, f"domain,owner\nacme.com,{KIM}\nother.com,\n")) == {
        "acme.com": "changed",
        "other.com": "unchanged",
    }
    assert shown(world)["owner"] == KIM


def test_each_line_of_a_list_sees_the_changes_of_the_lines_before(world: World) -> None:
    put(world, domains=["acme.de"])
    moved = "domain,domains\nacme.com,\nother.com,acme.de\nthird.com,acme.de\n"
    assert results(send_list(world, moved)) == {"acme.com": "changed", "other.com": "created", "third.com": "refused"}
    assert everything(world)["acme.de"] == "other.com"


def test_lines_that_an_import_had_no_time_for_are_refused_and_taken_when_the_list_is_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(account_imports, "BUDGET_SECONDS", -1.0)
        answer = send_list(world, "domain\nacme.com\n")
    assert results(answer) == {"acme.com": "refused"}
    assert "send the file again" in answer.json()["results"][0]["errors"][0]["detail"]
    assert results(send_list(world, "domain\nacme.com\n")) == {"acme.com": "created"}


def test_a_list_that_changes_no_account_costs_one_read_for_twenty_five_lines(world: World) -> None:
    text = "domain\n" + "".join(f"company-{number}.com\n" for number in range(60))
    send_list(world, text)
    with world.calls.recorded() as calls:
        assert set(results(send_list(world, text)).values()) == {"unchanged"}
    assert [call.operation for call in calls] == ["BatchGetItem"] * 3


@pytest.mark.parametrize(
    ("text", "content_type", "status"),
    [("{}", "application/json", 415), ("colour\nblue\n", "text/csv", 422), ('domain\n"a', "text/csv", 400)],
)
def test_a_file_that_is_no_list_of_accounts_is_refused_with_a_problem(
    world: World, text: str, content_type: str, status: int
) -> None:
    answer = send_list(world, text, content_type)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert everything(world) == {}


# --- Two at once


def meanwhile(act: Any) -> Any:
    """Somebody else is faster: just before the first save."""
    done: list[bool] = []

    def watch(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and not done:
            done.append(True)
            act()
        return carry()

    return watch


def test_two_simultaneous_changes_of_an_account_each_get_their_own_version(world: World) -> None:
    put(world, owner=SAM)
    faster = Account(domain="acme.com", owner=LEE, domains=("acme.fr",))
    with world.calls.by(meanwhile(lambda: listed(world).put(faster, by="test", now=world.now))):
        answer = put(world, owner=KIM, domains=["acme.de"])
    assert (answer.status, answer.json()["version"]) == (200, 3)
    assert everything(world) == {"acme.com": "acme.com", "acme.de": "acme.com"}


def test_a_domain_claimed_by_two_accounts_at_once_goes_to_one_of_them(world: World) -> None:
    faster = Account(domain="other.com", domains=("acme.de",))
    with world.calls.by(meanwhile(lambda: listed(world).put(faster, by="test", now=world.now))):
        answer = put(world, domains=["acme.de"])
    assert answer.status == 409
    assert everything(world) == {"other.com": "other.com", "acme.de": "other.com"}


# --- Alerts


def remember_alert(world: World, quiet: timedelta = timedelta(days=7)) -> bool:
    write: Any = account_items.engaged(
        world.stack.table, "acme.com", account_items.Alerted(world.now, world.now - quiet)
    )
    try:
        world.stack.dynamodb.transact_write_items(TransactItems=[write])
    except world.stack.dynamodb.exceptions.TransactionCanceledException:
        return False
    return True


def test_an_alert_is_recorded_once_in_a_quiet_period_even_if_the_account_changes(world: World) -> None:
    put(world)
    assert remember_alert(world)
    alerted_at = iso(world.now)
    put(world, owner=KIM)
    world.now += timedelta(days=6)
    assert not remember_alert(world)
    assert shown(world)["alerted_at"] == alerted_at.replace(".000Z", "Z")
    world.now += timedelta(days=1)
    assert remember_alert(world)


def test_a_removed_account_records_no_alert_and_has_none_when_listed_again(
    world: World,
) -> None:
    put(world)
    assert remember_alert(world)
    world.ask("DELETE", ACME, by="sales")
    assert not remember_alert(world)
    assert put(world).json()["alerted_at"] is None


# --- Whatever is done to the list, in whatever order

DOMAINS = ["acme.com", "acme.de", "lab.acme.com", "other.com"]
WANTED = st.builds(
    Account,
    domain=st.sampled_from(DOMAINS),
    name=st.sampled_from([None, "Acme Inc.", "Other Ltd", "HP"]),
    target=st.booleans(),
    domains=st.sets(st.sampled_from(DOMAINS), max_size=2).map(lambda domains: tuple(sorted(domains))),
).map(lambda account: account.model_copy(update={"domains": tuple({*account.domains} - {account.domain})}))
STEPS = st.lists(WANTED | st.sampled_from(DOMAINS), min_size=1, max_size=10)


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(STEPS)
def test_each_domain_and_name_leads_to_the_account_that_claimed_it_last(
    prepared: Prepared, steps: list[Account | str]
) -> None:
    prepared.without_people()
    accounts, now = Accounts(prepared.stack.store), START
    said: dict[str, Account] = {}
    for step in steps:
        leads_to = {under: main for main, account in said.items() for under in (main, *aliases(account))}
        if isinstance(step, Account):
            taken = {leads_to.get(under, step.domain) for under in (step.domain, *aliases(step))} != {step.domain}
            assert_refused(taken, partial(accounts.put, step, by="test", now=now))
            said |= {} if taken else {step.domain: step}
        else:
            taken = leads_to.get(step, step) != step
            assert_refused(taken, partial(accounts.remove, step, by="test", now=now))
            _ = None if taken else said.pop(step, None)
        prepared.stack.must_be_consistent()
    for domain in DOMAINS:
        expected = [account for main, account in said.items() if domain in (main, *account.domains)]
        found = accounts.get(domain)
        assert ([found.model_copy(update={"version": 0})] if found else []) == expected
    assert [account.domain for account in accounts.page(None).accounts] == sorted(said)


def assert_refused(refused: bool, act: Callable[[], Any]) -> None:
    with pytest.raises(AccountRefused) if refused else nullcontext():
        act()
