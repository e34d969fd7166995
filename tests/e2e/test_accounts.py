"""Target accounts: the list that sales and marketing keep, and what it means for leads that are known already."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.e2e.at_work import SAM, AtWork, fields_at_fault, problem, read, until

CSV = {"Content-Type": "text/csv"}


def somewhere() -> str:
    """A company's domain that no test has used before."""
    return f"company-{uuid.uuid4().hex[:12]}.com"


def on_the_list(baton: AtWork) -> list[str]:
    return [account["domain"] for account in baton.pages("/accounts", "accounts")]


def test_a_company_is_put_on_the_list_found_by_its_domains_and_taken_off(baton: AtWork) -> None:
    main, further = somewhere(), somewhere()
    said = {"name": f"{main} Inc.", "owner": SAM, "domains": [f"https://www.{further}/"], "quiet_for": "1w"}

    created = baton.admin.put(f"/accounts/{main}", json=said)
    assert (created.status_code, baton.admin.put(f"/accounts/{main}", json=said).status_code) == (201, 200)
    account = created.json()
    assert (account["domains"], account["quiet_for"], account["owner_gets_alerts"]) == ([further], "7d", True)
    assert read(baton.admin.get(f"/accounts/{further}")) == read(baton.admin.get(f"/accounts/{main}")) == account
    until(lambda: main in on_the_list(baton), what="its place on the list")

    assert main in problem(baton.admin.put(f"/accounts/{further}", json={}), 409)["detail"]
    for _ in range(2):
        assert baton.admin.delete(f"/accounts/{main}").status_code == 204
    problem(baton.admin.get(f"/accounts/{further}"), 404)
    assert main not in on_the_list(baton)


def test_a_list_of_accounts_is_imported_line_by_line_and_a_second_import_changes_nothing(baton: AtWork) -> None:
    one, two = somewhere(), somewhere()
    text = f"\ufeffDomain;owner;domains\r\n{one};{SAM};\r\ngmail.com;;\r\n{two};;{one}\r\n"

    first = read(baton.admin.post("/accounts/import", content=text.encode(), headers=CSV))
    again = read(baton.admin.post("/accounts/import", content=text.encode(), headers=CSV))

    assert [(each["line"], each["result"]) for each in first["results"]] == [
        (2, "created"),
        (3, "refused"),
        (4, "refused"),
    ]
    assert [each["result"] for each in again["results"]] == ["unchanged", "refused", "refused"]


def test_an_invalid_list_or_account_is_refused_with_the_field_at_fault(baton: AtWork) -> None:
    problem(baton.admin.post("/accounts/import", json={}), 415)
    wrong = baton.admin.post("/accounts/import", content=b"domain,colour\n", headers=CSV)
    assert fields_at_fault(problem(wrong, 422)) == ["colour"]
    assert fields_at_fault(problem(baton.admin.put("/accounts/gmail.com", json={}), 422)) == ["domain"]
    refused = baton.admin.put(f"/accounts/{somewhere()}", json={"owner": "nobody", "colour": "blue"})
    assert fields_at_fault(problem(refused, 422)) == ["owner", "colour"]


def test_a_known_lead_goes_to_the_accounts_owner_when_its_company_is_listed(baton: AtWork) -> None:
    domain = somewhere()
    lead_id = baton.download(f"anna@mail.{domain}")
    assert baton.lead(lead_id)["handoff"] is None

    read(baton.admin.put(f"/accounts/{domain}", json={"owner": SAM}))

    baton.wait(lead_id, "HandoffOffered")
    handoff = baton.lead(lead_id)["handoff"]
    assert (handoff["trigger"], handoff["owner"]) == ("target_account", SAM)
    baton.mail(handoff["handoff_id"], to=SAM)


def test_a_flood_of_32_forged_people_of_an_account_is_three_handoffs_and_the_rest_is_reviewed(baton: AtWork) -> None:
    domain = somewhere()
    read(baton.admin.put(f"/accounts/{domain}", json={"owner": SAM}))
    with ThreadPoolExecutor(4) as strangers:
        forged = list(strangers.map(lambda number: baton.download(f"forged{number}@{domain}"), range(32)))
        leads = list(strangers.map(baton.lead, forged))
    assert Counter(lead["status"] for lead in leads) == {"with_sales": 3, "in_review": 29}
    assert {lead["handoff"]["owner"] for lead in leads if lead["handoff"]} == {SAM}
