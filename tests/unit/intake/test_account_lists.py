"""Lists of target accounts as CSV files, and the terms of one account in a request."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from baton.domain.accounts.account import Account
from baton.intake.accounts.account_fields import AccountTerms
from baton.intake.accounts.account_lists import AccountRow, ListFaults, read_account_list

EVENTS = Path(__file__).parents[3] / "events"
SAM = "sam@sales.example.com"


def read(text: str | bytes, content_type: str = "text/csv; charset=utf-8") -> list[AccountRow]:
    return read_account_list(content_type, text if isinstance(text, bytes) else text.encode())


def faults(line: AccountRow) -> list[str]:
    return [fault.field for fault in line.errors]


def test_a_list_saved_by_a_spreadsheet_is_read() -> None:
    northwind, contoso, fabrikam, gmail, litware, again = read((EVENTS / "accounts.csv").read_bytes())

    assert northwind.account == Account(
        domain="example.net",
        name="Northwind Traders Ltd.",
        owner=SAM,
        domains=("example.co.uk", "northwind.example.com"),
        quiet_for=timedelta(days=7),
    )
    assert contoso.account
    assert (contoso.domain, contoso.account.name) == ("example.org", 'Contoso "Pharma" S.p.A.')
    assert fabrikam.account
    assert (fabrikam.account.target, fabrikam.account.owner) == (False, None)
    assert (gmail.account, faults(gmail)) == (None, ["domain"])
    assert litware.account
    assert (litware.account.target, litware.account.quiet_for) == (True, timedelta(weeks=2))
    assert (again.number, again.account, again.errors[0].detail) == (7, None, "stands in line 2 already")


def test_the_account_terms_of_a_request_are_read() -> None:
    said = AccountTerms.model_validate_json((EVENTS / "put-account.json").read_bytes())
    account = said.account("example.com")
    assert (account.owner, account.domains, account.quiet_for) == (
        SAM,
        ("acme.example.com", "example.co.uk"),
        timedelta(days=7),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_every_usual_dialect_of_csv_is_read_alike(separator: str, line_end: str, mark: str) -> None:
    rows = [["Name", " DOMAIN ", "owner"], ["Acme", "acme.com", SAM], ["", "", ""], ["Other", "other.com", ""]]
    text = mark + line_end.join(separator.join(row) for row in rows)
    assert [(line.number, line.account) for line in read(text)] == [
        (2, Account(domain="acme.com", name="Acme", owner=SAM)),
        (4, Account(domain="other.com", name="Other")),
    ]


def test_a_line_has_its_line_number_in_an_editor() -> None:
    lines = read('domain,name\nacme.com,"Acme\nInc."\n\nother.com,Other\n')
    assert [(line.number, faults(line)) for line in lines] == [(2, ["name"]), (5, [])]


def test_each_line_is_accepted_or_refused_on_its_own_with_all_its_faults() -> None:
    text = "domain,owner,target,domains,quiet_for\nco.uk,nobody,maybe,gmail.com|acme.de,soon\nacme.com,,,,\n"
    wrong, right = read(text)
    assert faults(wrong) == ["domain", "owner", "target", "domains.0", "quiet_for"]
    assert all(fault.detail and not fault.detail.startswith("Value error") for fault in wrong.errors)
    assert right.account == Account(domain="acme.com")


def test_a_formula_in_a_cell_is_read_as_text() -> None:
    [line] = read('domain,name\nacme.com,"=HYPERLINK(""x"")"\n')
    assert line.account
    assert line.account.name == '=HYPERLINK("x")'


def test_a_domain_that_stands_twice_is_read_once() -> None:
    lines = read("domain\nacme.com\nhttps://www.ACME.com\n")
    assert [(line.number, bool(line.account)) for line in lines] == [(2, True), (3, False)]


def test_a_wrong_line_does_not_reserve_its_domain() -> None:
    lines = read("domain,owner\nacme.com,nobody\nacme.com,\n")
    assert [faults(line) for line in lines] == [["owner"], []]


@pytest.mark.parametrize(
    ("content_type", "body", "status", "fields"),
    [
        ("application/json", b"{}", 415, []),
        ("", b"domain\n", 415, []),
        ("text/csv", b"\xff\xfe\x00", 400, []),
        ("text/csv", b"domain\na\0b\n", 400, []),
        ("text/csv", b'domain\n"acme.com\n', 400, []),
        ("text/csv", b'domain\n"acme".com\n', 400, []),
        ("text/csv", b"", 422, ["domain"]),
        ("text/csv", b"name\nAcme\n", 422, ["domain"]),
        ("text/csv", b"domain,colour\n", 422, ["colour"]),
        ("text/csv", b"domain,domain\n", 422, ["domain"]),
        ("text/csv", b'{"domain": "acme.com"}', 422, ['{"domain": "acme.com"}', "domain"]),
        ("text/csv", b"domain\n" + b"x" * 65_536, 413, []),
        ("text/csv", b"domain\n" + b"a.com\n" * 501, 413, []),
    ],
)
def test_a_file_that_is_no_account_list_is_refused_as_a_whole(
    content_type: str, body: bytes, status: int, fields: list[str]
) -> None:
    with pytest.raises(ListFaults) as refused:
        read(body, content_type)
    assert (refused.value.status, [fault.field for fault in refused.value.errors]) == (status, fields)
    assert refused.value.detail


def test_an_account_list_may_have_500_lines() -> None:
    text = "domain\n" + "".join(f"company-{number}.com\n" for number in range(500))
    assert all(line.account for line in read(text))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | st.text('"\n\r;,=\t ab').map(str.encode))
def test_any_file_is_read_or_refused_as_an_account_list(body: bytes) -> None:
    for tried in (body, b"domain,name\n" + body):
        try:
            lines = read(tried)
        except ListFaults:
            continue
        assert all(line.account or line.errors for line in lines)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"colour": "blue"}, "colour"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\x1fb"}, "name"),
        ({"name": 7}, "name"),
        ({"owner": "nobody"}, "owner"),
        ({"target": "perhaps"}, "target"),
        ({"domains": "acme.com"}, "domains"),
        ({"domains": ["gmail.com"]}, "domains.0"),
        ({"domains": [f"company-{n}.com" for n in range(21)]}, "domains"),
        ({"quiet_for": "0d"}, "quiet_for"),
        ({"quiet_for": 7}, "quiet_for"),
        ({"quiet_for": "400d"}, "quiet_for"),
    ],
    ids=str,
)
def test_account_terms_with_a_wrong_field_are_refused_with_that_field(said: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        AccountTerms.model_validate(said)
    assert [".".join(map(str, fault["loc"])) for fault in refused.value.errors()] == [field]


def test_further_domains_of_an_account_are_sorted_and_kept_once() -> None:
    one = AccountTerms(domains=("www.b.com", "a.com", "acme.com", "A.com"))
    assert one.account("acme.com").domains == ("a.com", "b.com")
