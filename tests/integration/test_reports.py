"""Reports come through the API and by weekly mail; a funnel report begins from the balance of a closed day."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest

from baton.aws.table.keys import report_keys, team_keys
from baton.domain.reports.lead_balance import read_balance
from tests.integration.calls import Call, refuse
from tests.integration.stack import PUBLIC_URL
from tests.integration.world import MO, START, Mail, World

MONDAY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WEEK = {"from": "2026-11-23", "to": "2026-11-30"}


def report(world: World, name: str, /, by: str = "marketing", **query: str) -> Any:
    answer = world.ask("GET", f"/reports/{name}", by=by, query={**WEEK, **query})
    assert answer.status == 200, answer.body
    return answer.json()


def line(told: Any, group: str, name: str) -> Any:
    return next(line for line in told["groups"][group] if line["name"] == name)


def a_busy_morning(world: World) -> None:
    """Three requests: one is won, one is returned, one is left alone; and somebody who only reads."""
    for number in range(3):
        world.send_form(email=f"visitor{number}@example.org")
    world.send_form("content-download", email="reader@example.org", content="guide")
    world.settle()
    world.wait(10 * MINUTE)
    for number, act in ((0, "won"), (1, "returned")):
        [lead] = [lead for lead in world.stack.leads() if lead.email == f"visitor{number}@example.org"]
        assert lead.handoff
        path, by = f"/handoffs/{lead.handoff.handoff_id}", lead.handoff.owner
        assert world.ask("POST", f"{path}/contact", {"channel": "phone"}, by=by).status == 200
        if act == "won":
            assert world.ask("POST", f"{path}/close", {"outcome": "won", "amount": "1200"}, by=by).status == 200
        else:
            assert world.ask("POST", f"{path}/return", {"reason": "bad_fit"}, by=by).status == 200
    world.settle()


def test_the_sla_report_counts_met_and_missed_clocks_and_the_speed_to_lead(world: World) -> None:
    a_busy_morning(world)
    world.wait(2 * DAY)
    told = report(world, "sla")
    assert (told["report"], told["from"], told["to"]) == (
        *("sla", "2026-11-23T00:00:00.000Z", "2026-11-30T00:00:00.000Z"),
    )
    assert line(told, "clock", "accept")["met"] == 2
    assert line(told, "clock", "accept")["missed"] >= 1, "the one that was left alone"
    assert line(told, "trigger", "consultation")["speed_to_lead"] == {"n": 2, "median_seconds": 600, "p90_seconds": 600}
    assert line(told, "department", "sales")["handoffs"] == 3
    assert line(told, "duty", "return")["duties"] == 1


def test_the_handoffs_report_counts_offers_wins_returns_and_amounts(world: World) -> None:
    a_busy_morning(world)
    total = line(report(world, "handoffs"), "total", "all")
    assert (total["offered"], total["won"], total["returned_for"], total["amount"]) == (3, 1, {"bad_fit": 1}, 1200)


def test_the_scoring_report_names_rules_and_bands(world: World) -> None:
    world.send_form("content-download", email="visitor0@example.org", content="guide")
    a_busy_morning(world)
    told = report(world, "scoring")
    assert sum(each["offered"] for each in told["groups"]["band"]) == 3
    [rule] = told["groups"]["rule"]
    assert (rule["name"], rule["won"], rule["too_few"], rule["q"]) == ("whitepaper", 1, True, None)
    assert (rule["counted"]["won"], rule["counted"]["of"]) == (1, 1)
    assert (rule["without"]["won"], rule["without"]["of"]) == (0, 1), "bad_fit counts against the rules, as agreed"


def test_the_funnel_report_counts_the_same_statuses_as_the_stored_leads(world: World) -> None:
    a_busy_morning(world)
    told = report(world, "funnel", by="sales")
    statuses = [lead.status.value for lead in world.stack.leads()]
    assert {each["name"]: each["closing"] for each in told["groups"]["status"] if each["closing"]} == {
        status: statuses.count(status) for status in statuses
    }
    assert line(told, "status", "with_sales")["out_to"] == {"disqualified": 1, "won": 1}


@pytest.mark.parametrize("name", ["sla", "handoffs", "scoring", "funnel"])
def test_each_report_can_be_had_as_a_csv_file(world: World, name: str) -> None:
    a_busy_morning(world)
    answer = world.ask("GET", f"/reports/{name}", by="sales", query={**WEEK, "format": "csv"})
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert f'filename="baton-{name}-2026-11-23-to-2026-11-30.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.body, newline="")))
    told = report(world, name)
    assert [(row["group"], row["name"]) for row in rows] == [
        (group, each["name"]) for group, lines in told["groups"].items() for each in lines
    ]


def test_a_series_of_days_and_the_period_before_come_in_one_call(world: World) -> None:
    a_busy_morning(world)
    world.wait(2 * DAY)
    told = report(world, "handoffs", each="day", compare="before")
    assert [part["groups"]["total"][0]["offered"] for part in told["series"]] == [0, 3, 0, 0]
    assert told["before"]["groups"]["total"][0]["offered"] == 0
    assert told["time_zone"] == "UTC"


def test_the_leads_behind_a_figure_are_those_that_it_counts(world: World) -> None:
    a_busy_morning(world)
    [returned] = [lead for lead in world.stack.leads() if lead.email == "visitor1@example.org"]
    asked = {"group": "total", "name": "all", "figure": "returned_for.bad_fit"}
    for name in ("handoffs", "scoring"):
        told = report(world, name, by="sales", **asked)
        assert [(each["lead_id"], each["times"]) for each in told["leads"]] == [(returned.lead_id, 1)]
        assert [(each["email"], each["company"]) for each in told["leads"]] == [
            (returned.email, returned.company.domain)
        ]
        assert told["cursor"] is None
    moved = report(world, "funnel", group="status", name="disqualified", figure="in")
    assert [each["lead_id"] for each in moved["leads"]] == [returned.lead_id]


def test_figures_lead_to_their_leads_also_once_these_were_merged_restored_and_erased(world: World) -> None:
    a_busy_morning(world)
    won, returned, left = (
        next(lead.lead_id for lead in world.stack.leads() if lead.email == f"visitor{number}@example.org")
        for number in range(3)
    )
    world.wait(DAY)
    world.send_form(email="visitor1@example.org")
    world.settle()
    for method, path, said in (
        ("POST", f"/leads/{left}/merge", {"other": won}),
        ("POST", f"/leads/{won}/unmerge", {}),
        ("DELETE", f"/leads/{returned}", None),
    ):
        assert world.ask(method, path, said, by="admin").status < 300, path
        world.settle()
    for name, group, figures in (
        ("handoffs", "total", ("offered", "won", "returned", "returned_for.bad_fit")),
        ("sla", "department", ("handoffs", "met", "missed", "duties")),
        ("funnel", "total", ("new", "to_with_sales", "to_won")),
    ):
        for told in report(world, name)["groups"][group]:
            for figure in figures:
                number = told
                for part in figure.split("."):
                    number = number.get(part, 0)
                asked = {"group": group, "name": told["name"], "figure": figure}
                behind = report(world, name, **asked)["leads"]
                assert sum(each["times"] for each in behind) == number, asked
                assert all((each["email"] is None) is each["lead_id"].startswith("erased-") for each in behind), asked
    assert line(report(world, "handoffs"), "total", "all")["offered"] == 4


def test_a_report_counts_only_the_handoffs_of_its_period(world: World) -> None:
    world.send_form(email="first@example.org")
    world.now += DAY
    world.send_form(email="second@example.org")
    for query, offered in [
        ({"from": "2026-11-24", "to": "2026-11-25"}, 1),
        ({"from": "2026-11-24T09:30:00Z", "to": "2026-11-25T09:30:00Z"}, 1),
        ({"from": "2026-11-24T09:30:00.001Z", "to": "2026-11-25T09:30:00.001Z"}, 1),
        ({"from": "2026-11-24", "to": "2026-11-26"}, 2),
        ({"from": "2026-12-01", "to": "2026-12-08"}, 0),
    ]:
        assert line(report(world, "handoffs", **query), "total", "all")["offered"] == offered, query


def test_a_report_without_a_period_covers_the_last_seven_full_days(world: World) -> None:
    world.send_form()
    for days, offered in ((0, 0), (1, 1), (7, 1), (8, 0)):
        world.now = START + days * DAY
        told = world.ask("GET", "/reports/handoffs", by="sales").json()
        assert line(told, "total", "all")["offered"] == offered


def test_a_report_can_be_counted_by_the_calendars_in_force(world: World) -> None:
    assert report(world, "sla")["calendar"] == "as_agreed"
    assert report(world, "sla", calendar="current")["calendar"] == "current"


@pytest.mark.parametrize(
    ("path", "query", "status", "fields"),
    [
        ("/reports/weather", {}, 404, None),
        ("/reports/sla", {"from": "tomorrow"}, 422, ["from"]),
        ("/reports/sla", {"from": "2026-11-24", "to": "2026-11-23"}, 422, ["to"]),
        ("/reports/sla", {"from": "2024-11-24", "to": "2026-11-23"}, 422, ["from"]),
        ("/reports/sla", {"format": "xml", "calendar": "x"}, 422, ["format", "calendar"]),
        ("/reports/sla", {"time_zone": "Mars", "each": "year"}, 422, ["each", "time_zone"]),
        ("/reports/sla", {"group": "clock", "name": "accept", "figure": "share"}, 422, ["figure"]),
        ("/reports/sla", {"group": "weather", "name": "rain", "figure": "n"}, 422, ["group"]),
        ("/reports/funnel", {"source": "fair", "trigger": "score"}, 422, ["trigger"]),
        ("/reports/all", {"group": "clock", "name": "accept", "figure": "met"}, 422, ["figure"]),
    ],
    ids=str,
)
def test_a_report_with_an_unknown_name_or_an_invalid_query_is_refused(
    world: World, path: str, query: dict[str, str], status: int, fields: list[str] | None
) -> None:
    answer = world.ask("GET", path, by="sales", query=query)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert [each["field"] for each in answer.json().get("errors", [])] == (fields or [])


def test_only_staff_may_read_reports(world: World) -> None:
    assert world.ask("GET", "/reports/sla").status == 401
    assert world.ask("GET", "/reports/sla", by="x@example.com", groups="guests").status == 403


def test_each_report_is_an_html_page_and_all_reports_together_are_one_page(world: World) -> None:
    a_busy_morning(world)
    for name, sections in (("sla", 1), ("all", 4)):
        answer = world.ask("GET", f"/reports/{name}", by="sales", query={**WEEK, "format": "html"})
        assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "style-src 'sha256-" in answer.headers["content-security-policy"]
        assert answer.body.count("<section>") == sections
        assert "visitor" not in answer.body
    told = world.ask("GET", "/reports/all", by="sales", query=WEEK).json()
    assert [each["report"] for each in told["reports"]] == ["sla", "handoffs", "scoring", "funnel"]
    terms = world.ask("GET", "/agreement", by="sales", query={"format": "json"}).json()["terms"]
    assert told["labels"] == {
        "clocks": {clock["name"]: clock["label"] for each in terms["triggers"] for clock in each["clocks"]},
        "return_reasons": {each["name"]: each["label"] for each in terms["return_reasons"]},
        "rules": {each["id"]: each["when"] for each in (*terms["fit"], *terms["engagement"])},
    }
    assert world.ask("GET", "/reports/all", by="sales", query={"format": "csv"}).status == 422


# --- The weekly mail


MIA = "mia@marketing.example.com"


def join_marketing(world: World, email: str = MIA) -> None:
    """Somebody on marketing's roster whom mail reaches."""
    known = {"email": email, "role": "rep", "subscription": "confirmed"}
    item = team_keys.rep("marketing", email) | {name: {"S": value} for name, value in known.items()}
    item |= {name: {"N": "0"} for name in ("weight", "capacity", "open_handoffs")}
    world.stack.dynamodb.put_item(TableName=world.stack.table, Item=item)


def monday(world: World) -> None:
    """The schedule comes on the Monday after the world began."""
    world.now = MONDAY
    world.deliver("mail_report", {})
    world.settle()


def reports_mailed(world: World) -> list[Mail]:
    return [mail for mail in world.mails if "handed over" in mail.subject and "from" in mail.subject]


def test_both_departments_get_a_mail_on_monday_with_a_link_to_the_reports_page(world: World) -> None:
    join_marketing(world)
    a_busy_morning(world)
    world.wait(2 * DAY)
    monday(world)
    to_marketing, to_sales = reports_mailed(world)
    assert (to_marketing.to, to_sales.to) == ((MIA,), (MO,)), "marketing, and sales' manager"
    assert to_marketing.text == to_sales.text
    assert to_marketing.subject == "Marketing and sales from 23 Nov: 3 leads handed over"
    assert "- bad fit: 1" in to_marketing.text
    assert "visitor" not in to_marketing.text

    link = next(line for line in to_sales.text.splitlines() if "/reports/weekly/" in line)
    for method in ("GET", "HEAD"):
        shown = world.ask(method, link.removeprefix(PUBLIC_URL))
        assert (shown.status, shown.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "23 Nov to 29 Nov 2026" in shown.body
        assert "visitor" not in shown.body
        for name in ("content-security-policy", "referrer-policy", "x-frame-options", "x-robots-tag"):
            assert name in shown.headers


def test_the_weekly_mail_is_sent_once_although_its_schedule_fires_again(world: World) -> None:
    join_marketing(world)
    monday(world)
    before = world.stack.items()
    monday(world)
    world.now += 4 * 60 * MINUTE
    world.deliver("mail_report", {})
    world.settle()
    assert len(reports_mailed(world)) == 2
    assert world.stack.items() == before


def test_the_next_week_has_a_weekly_mail_of_its_own(world: World) -> None:
    monday(world)
    world.now += 7 * DAY
    world.deliver("mail_report", {})
    world.settle()
    assert [mail.subject for mail in reports_mailed(world)] == [
        "Marketing and sales from 23 Nov: 0 leads handed over",
        "Marketing and sales from 30 Nov: 0 leads handed over",
    ]


def test_a_department_without_a_reachable_recipient_gets_no_weekly_mail(world: World) -> None:
    monday(world)
    assert [mail.to for mail in reports_mailed(world)] == [(MO,)]
    assert not world.lost


def test_a_weekly_mail_that_failed_for_one_department_is_sent_again_to_that_department_only(world: World) -> None:
    join_marketing(world)
    world.now = MONDAY
    with world.calls.by(only_first("Publish")), pytest.raises(Exception, match="InternalError"):
        world.invoke("mail_report", {})
    world.deliver("mail_report", {})
    world.settle()
    assert [mail.to for mail in reports_mailed(world)] == [(MIA,), (MO,)]


def test_a_missed_weekly_mail_is_sent_later_for_the_week_of_its_schedule(world: World) -> None:
    """A retry after midnight, or somebody who finds the event put aside, sends the week that was meant."""
    join_marketing(world)
    world.now = MONDAY.replace(hour=23, minute=50)
    scheduled = {"source": "aws.events", "time": "2026-11-30T23:50:00Z"}
    with world.calls.by(only_first("Publish")), pytest.raises(Exception, match="InternalError"):
        world.invoke("mail_report", scheduled)
    world.now += 2 * DAY
    world.deliver("mail_report", scheduled)
    world.settle()
    assert [(mail.to, mail.subject) for mail in reports_mailed(world)] == [
        ((MIA,), "Marketing and sales from 23 Nov: 0 leads handed over"),
        ((MO,), "Marketing and sales from 23 Nov: 0 leads handed over"),
    ]


def only_first(operation: str) -> Any:
    """The first call of an operation goes through, and the others fail."""
    made: list[Call] = []

    def watch(call: Call, carry: Any) -> Any:
        if call.operation == operation:
            made.append(call)
            if len(made) > 1:
                error = call.client.exceptions.from_code("InternalError")
                raise error({"Error": {"Code": "InternalError", "Message": "InternalError"}}, operation)
        return carry()

    return watch


@pytest.mark.parametrize(("change", "status"), [("x", 404), ("", 410)], ids=["changed", "expired"])
def test_a_changed_or_expired_report_link_is_answered_with_a_page(world: World, change: str, status: int) -> None:
    monday(world)
    [mail] = reports_mailed(world)
    link = next(line for line in mail.text.splitlines() if "/reports/weekly/" in line).removeprefix(PUBLIC_URL)
    world.now += 60 * DAY if not change else MINUTE
    answer = world.ask("GET", link + change)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert answer.headers["x-frame-options"] == "DENY"


# --- The books


def close(world: World) -> int:
    return int(world.invoke("close_books", {})["closed"])


def books(world: World) -> dict[str, dict[str, int]]:
    return {item["sk"]["S"][4:]: dict(read_balance(item["body"]["S"]).status) for item in world.stack.items("DAY#")}


def test_a_days_balance_is_closed_once_an_hour_after_midnight(world: World) -> None:
    a_busy_morning(world)
    world.now = START.replace(hour=0, minute=59) + DAY
    assert (close(world), books(world)) == (0, {})
    world.now += MINUTE
    assert close(world) == 1
    closed = books(world)
    assert closed["2026-11-24"] == {"disqualified": 1, "nurturing": 1, "with_sales": 1, "won": 1}
    world.send_form(email="late@example.org")
    assert (close(world), books(world)) == (0, closed)


def test_every_missed_day_is_closed_after_an_outage(world: World) -> None:
    world.send_form(email="first@example.org")
    world.now += 2 * DAY
    world.send_form(email="second@example.org")
    world.now += 3 * DAY
    assert close(world) == 5
    assert [day["with_sales"] for day in books(world).values()] == [1, 1, 2, 2, 2]
    assert list(books(world)) == [f"2026-11-{day}" for day in range(24, 29)]


def test_closing_the_books_goes_on_after_a_failed_write(world: World) -> None:
    world.send_form()
    world.now += 4 * DAY
    with (
        world.calls.by(refuse("PutItem", "InternalServerError")),
        pytest.raises(Exception, match="InternalServerError"),
    ):
        close(world)
    assert books(world) == {}
    assert close(world) == 4


def test_two_invocations_that_close_the_same_day_write_the_same_balance(world: World) -> None:
    world.send_form()
    world.now += DAY
    before: Any = world.stack.keep()
    assert close(world) == 1
    [item] = world.stack.items("DAY#")
    before()
    with world.calls.recorded() as calls:
        assert close(world) == 1
    [put] = [call for call in calls if call.operation == "PutItem"]
    assert put.parameters["ConditionExpression"] == "attribute_not_exists(pk)"
    assert put.parameters["Item"] == item


def test_no_day_is_closed_before_the_first_lead(world: World) -> None:
    world.now += 3 * DAY
    assert (close(world), books(world)) == (0, {})
    assert line(report(world, "funnel"), "status", "nurturing")["closing"] == 0


def test_a_funnel_report_begins_from_the_last_closed_balance(world: World) -> None:
    a_busy_morning(world)
    world.now = START + DAY
    close(world)
    counted = {"body": {"S": '{"status":{"nurturing":40000},"stage":{"lead":40000}}'}}
    item = report_keys.daily_balance(START.date()) | counted
    world.stack.dynamodb.put_item(TableName=world.stack.table, Item=item)
    told = report(world, "funnel", **{"from": "2026-11-25", "to": "2026-11-26"})
    assert line(told, "status", "nurturing")["opening"] == 40_000
    assert line(told, "stage", "lead")["closing"] == 40_000
