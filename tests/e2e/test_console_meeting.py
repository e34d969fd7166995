"""The meeting in the console: each figure on it leads to as many leads as it says."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from baton.domain.reports.rows.figure_asked import FigureAsked
from tests.e2e.at_work import AtWork, read, until
from tests.e2e.console import PHONE, Console, has_no_fault

View = dict[str, Any]
_LINKS = """() => [...document.querySelectorAll('main a')]
  .map(each => [new URL(each.href).searchParams.get('behind'), each.textContent]).filter(([behind]) => behind)"""
_LEAD_NOWHERE = """() => [...document.querySelectorAll('main .chart-value, main .facts dd, main td.number')]
  .filter(each => /[1-9]/.test(each.textContent) && !each.querySelector('a'))
  .filter(each => !each.closest('.panel').textContent.startsWith('What to change'))
  .map(each => [each.closest('table')?.tHead.rows[0].cells[each.cellIndex].textContent ?? '', each.textContent])
  .filter(([column]) => !['Agreed', 'Difference'].includes(column))"""
"""Figures without leads, each with its column; what was agreed, and by how much others differ, counts none."""

COUNT = re.compile(r"(\d+)(?: \(\d+%\)| missed| answers?| of them late)?")
"""What a link says that tells a number of leads; others tell a share, a length of time or a sum."""
A_KIND = 2
"""So many figures of one kind, such as clocks that were missed, are followed."""
ENDS: dict[str, tuple[str, View]] = {
    "Student": ("return", {"reason": "bad_fit"}),
    "Vice president": ("close", {"outcome": "won", "amount": "1,200 CHF"}),
}
"""What becomes of somebody of each title; each of these has a rule of its own."""


def until_tomorrow(route: Route) -> None:
    """Has the meeting look at today, too: else it ends with yesterday, when there was nothing yet in this stack."""
    last = re.findall(r"\bto=([\d-]+)", route.request.url)[0]
    route.continue_(url=route.request.url.replace(f"to={last}", f"to={date.fromisoformat(last) + timedelta(days=1)}"))


def has_counts(api: httpx.Client, sla: View, asked: FigureAsked, report: str, period: View) -> int:
    """How many times the leads behind a figure are counted, over all its pages."""
    times = 0
    while True:
        query = {"from": sla["from"], "to": sla["to"], "time_zone": sla["time_zone"], **period, **asked._asdict()}
        found = read(api.get(f"/reports/{report}", params={name: said for name, said in query.items() if said}))
        times += sum(int(each["times"]) for each in found["leads"])
        if not found["cursor"]:
            return times
        asked = asked._replace(cursor=found["cursor"])


def figure_in(part: View, asked: FigureAsked) -> int:
    """A figure as the report has it: the sum of the counts that it names."""
    line = next(each for each in part["groups"][asked.group] if each["name"] == asked.name)
    total = 0
    for path in asked.paths:
        found: Any = line
        for name in path:
            found = found[name]
        total += found
    return total


@pytest.fixture
def counted(console: Console, baton: AtWork) -> Iterator[tuple[Page, dict[str, View]]]:
    """The meeting about twelve weeks, and the reports that it shows: somebody was called, won, and given back."""
    ended = [a_handoff(baton, title, end) for title, end in ENDS.items()]
    today = {"from": f"{datetime.now(UTC):%Y-%m-%d}", "to": f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"}
    for ends in ("won", "returned"):
        until(partial(is_counted, baton, ends, {*ended}, today), what="index 2")
    with console.signed_in("maria", PHONE, "dark", at="/inbox") as page:
        page.context.route(re.compile(r"/reports/all\?"), until_tomorrow)
        with page.expect_response(re.compile(r"/reports/all\?")) as answer:
            page.goto(f"{console.url}/meeting?period=quarter")
        expect(page.get_by_role("heading", name="Speed to lead")).to_be_visible()
        yield page, {each["report"]: each for each in answer.value.json()["reports"]}


def is_counted(baton: AtWork, ends: str, handoffs: set[str], period: View) -> bool:
    """Whether the report counts one of these handoffs as ended so."""
    asked = {**period, "group": "total", "name": "all", "figure": ends}
    found = read(baton.marketing.get("/reports/handoffs", params=asked))["leads"]
    return bool(handoffs & {each["handoff_id"] for each in found})


def a_handoff(baton: AtWork, title: str, end: tuple[str, View]) -> str:
    """Somebody of this title asks, is called, and then is won or given back; gives the handoff's id."""
    handoff = baton.ask(title=title)["handoff"]
    for act, said in (("contact", {"channel": "phone"}), end):
        read(baton.rep(handoff["owner"]).post(f"/handoffs/{handoff['handoff_id']}/{act}", json=said))
    handoff_id: str = handoff["handoff_id"]
    return handoff_id


def test_each_figure_of_the_meeting_leads_to_as_many_leads_as_it_says(
    counted: tuple[Page, dict[str, View]], baton: AtWork
) -> None:
    page, reports = counted
    for table in page.locator("main summary").all():
        table.tap()
    has_no_fault(page)
    assert not page.evaluate(_LEAD_NOWHERE)
    kinds = Counter[str]()
    for behind, said in page.evaluate(_LINKS):
        report, group, name, figure, *period = behind.split("|")
        kinds[kind := f"{report} {group} {figure} {bool(period)}"] += 1
        if kinds[kind] > A_KIND:
            continue
        whole, asked = reports[report], FigureAsked(group, name, figure)
        parts = [whole, whole["before"], *whole["series"]]
        [part, *_] = [each for each in parts if not period or [each["from"], each["to"]] == period]
        number = figure_in(part, asked)
        count = COUNT.fullmatch(said)
        assert not count or int(count[1]) == number, (behind, said)
        between = dict(zip(("from", "to"), period, strict=False))
        assert has_counts(baton.marketing, reports["sla"], asked, report, between) == number, (behind, said)
        assert number or report == "funnel", (behind, said)
    assert {kind.rpartition(" ")[0] for kind in kinds} >= {
        *("sla speed n", "sla rep met", "sla department speed_to_lead.n"),
        *("funnel total to_won", "handoffs rep offered", "scoring rule counted.won", "scoring rule without.of"),
    }
