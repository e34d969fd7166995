"""The report page for the regular meeting: complete HTML, accessible, printable, and without data of leads."""

import hashlib
import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.funnel_report import funnel_report
from baton.domain.reports.handoffs_report import handoffs_report
from baton.domain.reports.lead_balance import Balance
from baton.domain.reports.report_registry import REPORTS
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.span import Span
from baton.domain.reports.scoring_report import scoring_report
from baton.domain.reports.sla_report import sla_report
from baton.outreach.reports.amount_pictures import band_text
from baton.outreach.reports.format_figures import duration_text, met_of_due, percent, period_text
from baton.outreach.reports.report_page import HEADERS, report_page, with_team_labels
from baton.outreach.reports.report_style import MEETING_STYLE
from tests.unit.given import AGREEMENT
from tests.unit.outreach.link_page_examples import ParsedPage
from tests.unit.outreach.report_page_example import example
from tests.unit.outreach.test_trial_page import contrast
from tests.unit.reports.given import KIM, LATER, SAM, WEEK, duty, handoff, move, run, stint

ROWS = [
    handoff(
        stint(SAM, 0, run(due=30, stop=25), run("first_contact", due=240, stop=190), accepted_at=25, contacted_at=190),
        state="won",
        amount=1200.4,
        currency="EUR",
        stars=4,
        persona="cto",
        rules=("three-pages",),
        score=72,
    ),
    handoff(stint(KIM, 0, run(due=30)), number=2, state="returned", return_reason="bad_timing", source="crm"),
]
MOVES = [move(0, None, "nurturing/lead"), move(1, "nurturing/lead", "in_review/mql", stayed=60.0, stage_stayed=60.0)]


def all_reports(rows: list[HandoffRow]) -> list[Report]:
    owed = [duty(run=run("review", due=60, stop=50), closed=50, verdict="good_fit", by="mia@example.com")]
    return [
        sla_report(rows, owed, WEEK, LATER),
        handoffs_report(rows, WEEK, LATER),
        scoring_report(rows, WEEK, LATER),
        funnel_report(Balance({"nurturing": 4}, {"lead": 4}), MOVES, WEEK, LATER),
    ]


WEEKS = timedelta(weeks=1)
PAGES = {
    "everything": report_page(all_reports(ROWS)),
    "an empty week": report_page(all_reports([])),
    **{report.name: report_page([report]) for report in all_reports(ROWS)},
}
every_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


@every_page
def test_every_report_page_is_complete_html_and_loads_no_resources(page: str) -> None:
    read = ParsedPage(page)
    assert page.startswith("<!doctype html>")
    assert read.in_order
    assert not read.open
    assert [len(read.all(tag)) for tag in ("h1", "main")] == [1, 1]
    assert len(read.all("title")) == 1 + len(read.all("svg"))
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "form", "a"}
    assert "url(" not in page


@every_page
def test_the_content_security_policy_allows_exactly_the_style_of_the_report_page(page: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in HEADERS["Content-Security-Policy"]
    assert HEADERS["Cache-Control"] == "no-store"


@every_page
def test_every_table_of_a_report_page_has_a_caption_and_scoped_headings(page: str) -> None:
    read = ParsedPage(page)
    assert len(read.all("caption")) == len(read.all("table")) == len(read.all("thead"))
    assert {heading["scope"] for heading in read.all("th")} <= {"row", "col"}
    assert all("scope" in heading for heading in read.all("th"))
    regions = [each for each in read.all("div") if each.get("class") == "wide"]
    assert all(each["role"] == "region" and each["aria-label"] and each["tabindex"] == "0" for each in regions)


def test_the_report_page_shows_the_main_figures_in_words() -> None:
    text = ParsedPage(PAGES["everything"]).text
    for said in (
        "Marketing and sales, 23 Nov to 29 Nov 2026",
        "2 leads: 1 accepted, 1 returned, 1 won, worth 1,200 EUR",
        "2 of 3 clocks, 67%",
        "1 of 1 clock, 100%",
        "1 of 2 leads: half within 3h 10m, nine in ten within 3h 10m",
        "1 in review, 0 parked, 0 with sales",
        "bad timing",
        "three pages",
        SAM,
        "mia@example.com",
    ):
        assert said in text, said


def test_the_summary_says_what_marketing_owes_and_which_sqls_sales_accepted() -> None:
    owed = [
        duty(run=run("review", due=60, stop=50), closed=50, verdict="good_fit", by="mia@example.com"),
        duty(run=run("review", due=60), number=2),
        duty("return", run=run("answer", due=60), number=3),
        duty("return", run=run("answer", due=30_000), number=4),
    ]
    moves = [
        move(0, "in_review/mql", "with_sales/sql"),
        move(1, "with_sales/sql", "with_sales/sql", sql="accepted"),
        move(2, "with_sales/sql", "parked/sql", sql="declined"),
        move(3, "with_sales/sql", "won/customer", amount=1200.0, currency="EUR"),
        move(4, "with_sales/sql", "won/customer", amount=70.0, currency="$"),
    ]
    _, *others = all_reports(ROWS)
    funnel = funnel_report(Balance({}, {}), moves, WEEK, LATER)
    text = ParsedPage(page := report_page([sla_report(ROWS, owed, WEEK, LATER), *others[:2], funnel])).text
    assert "3 of this period, 2 return, 1 review; 2 overdue" in text
    assert "1 accepted by sales; 1 new, 1 given back unaccepted" in text
    assert "SQL, accepted by sales</text>" in page
    assert report_page([funnel._replace(before=funnel)]).count("<td>70 $, 1,200 EUR</td>") == 2


def test_a_rep_whose_leads_were_passed_on_has_a_row() -> None:
    rows = [handoff(stint(SAM, 0, until=30), stint(KIM, 30, accepted_at=31), number=number) for number in range(3)]
    assert f"{SAM}</th><td>3</td><td>0%</td><td>3</td>" in report_page([handoffs_report(rows, WEEK, LATER)])


def test_teams_have_their_agreed_labels_on_the_report_page() -> None:
    rows = [handoff(stint(SAM, 0), team="emea-n"), handoff(stint(KIM, 0), team="dach", number=2)]
    team = AGREEMENT.teams["sales"]
    labels = {"emea-n": "Europe, north", "dach": "Germany & neighbours"}
    teams = {name: team.model_copy(update={"label": label}) for name, label in labels.items()}
    of_one = sla_report(rows, [], WEEK, LATER)._replace(basis={"filter": {"team": "emea-n"}})
    page = report_page(with_team_labels([of_one], AGREEMENT.model_copy(update={"teams": teams})))
    assert ParsedPage(page).text.count("Europe, north") == 2, "in the table, and in what it is narrowed to"
    assert "Germany &amp; neighbours</th>" in page
    assert "emea" not in page


PICTURED = {
    "kept-sales": "In time, part by part",
    "kept-marketing": "In time, part by part",
    "speed": "Leads by how soon sales made contact",
    "returns": "Why sales gave leads back",
    "load": "Leads of each person in sales",
    "funnel": "How far leads got",
}
"""The pictures of the page of all reports, and the caption of the table behind each."""


def in_weeks(reports: list[Report], count: int = 12) -> list[Report]:
    spans = [WEEK._replace(start=WEEK.start - WEEKS * back, end=WEEK.end - WEEKS * back) for back in range(count)]
    return [each._replace(parts=tuple(each._replace(span=span) for span in spans[::-1])) for each in reports]


def test_every_picture_of_the_report_page_has_words_and_a_table_behind_it() -> None:
    read = ParsedPage(page := report_page(in_weeks(all_reports(ROWS))))
    pictures = read.all("svg")
    assert [each["aria-labelledby"] for each in pictures] == [f"{key}-title {key}-told" for key in PICTURED]
    for key, caption in PICTURED.items():
        assert re.search(rf'id="{key}-told">[^<]+\.</desc>', page)
        assert page.index(f'id="{key}-title"') < page.index(f"<caption>{caption}</caption>")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_report_page_sets_a_period_beside_the_one_before() -> None:
    reports = [each._replace(before=each) for each in all_reports(ROWS)[1:]]
    page = report_page(reports)
    assert page.count(", compared with the period before</caption>") == len(reports)
    captions = re.findall("<caption>([^<]+)</caption>", page)
    assert len(captions) == len({*captions})
    assert page.count("the period before</th>") == page.count("this period</th>") == len(reports)


@pytest.mark.parametrize(("band", "said"), [("0-5m", "up to 5m"), ("1h-4h", "1h to 4h"), ("3d-", "more than 3d")])
def test_a_band_of_lengths_is_told_in_words(band: str, said: str) -> None:
    assert band_text(band) == said


def test_an_empty_period_has_no_picture_of_nothing() -> None:
    [_, *others] = all_reports([])
    weeks = (sla_report([], [], WEEK, LATER),) * 12
    nothing = [
        sla_report([], [], WEEK, LATER)._replace(parts=weeks),
        *others[:2],
        funnel_report(Balance({}, {}), [], WEEK, LATER),
    ]
    assert "<svg" not in report_page(nothing)


def test_the_report_page_of_an_empty_week_tells_that_nothing_was_due() -> None:
    text = ParsedPage(PAGES["an empty week"]).text
    assert "0 leads: nothing yet" in text
    assert "nothing was due" in text


def test_the_report_page_tells_days_and_moments_in_the_time_zone_of_the_period() -> None:
    span = Span(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC), "Europe/Berlin")
    text = ParsedPage(report_page([handoffs_report([], span, datetime(2026, 10, 26, 8, tzinfo=UTC))])).text
    assert "Marketing and sales, 25 Oct 2026" in text
    assert "As of Mon 26 Oct 2026, 09:00 CET; days begin and end at midnight in the time zone Europe/Berlin." in text


def test_the_report_page_tells_the_kind_of_time_and_the_calendar() -> None:
    assert "plain time, nights and weekends included" in ParsedPage(PAGES["sla"]).text
    assert "by the calendar agreed then" in ParsedPage(PAGES["sla"]).text
    by_current_calendar = ParsedPage(report_page([sla_report(ROWS, [], WEEK, LATER, Calendars({}))])).text
    assert "by the calendars in force now" in by_current_calendar
    assert "agreed then" not in by_current_calendar


def test_every_report_of_the_registry_has_a_section_of_the_page() -> None:
    assert REPORTS.keys() == {report.name for report in all_reports(ROWS)}
    assert REPORTS.keys() <= PAGES.keys()


def test_the_page_of_a_single_report_has_no_summary() -> None:
    assert not ParsedPage(PAGES["sla"]).all("dl")


def test_the_report_page_prints_whole_tables_on_a4() -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", PAGES["everything"], re.DOTALL)
    for rule in (
        "size: A4",
        "background: none",
        "display: table-header-group",
        ".wide { overflow: visible; break-inside: avoid",
        "figure:not(.bare) + .wide, figure:not(.bare) + .wide + .on-paper { display: none }",
    ):
        assert rule in style.partition("@media print")[2]


def colours_of(style: str) -> dict[str, dict[str, str]]:
    """Returns the colours by name in the light, in the dark, and on paper from a dark screen."""
    found: dict[str, dict[str, str]] = {"light": {}, "dark": {}, "paper": {}}
    for before, rules in re.findall(r"(@media [^{]*\{[^@]*?)?:root \{([^}]*)\}", style):
        named = dict(re.findall(r"--([\w-]+): (#\w+)", rules))
        looks = ("paper",) if "print" in before else ("dark", "paper") if "dark" in before else tuple(found)
        for look in looks:
            found[look] |= named
    return found


@pytest.mark.parametrize("look", ["light", "dark", "paper"])
def test_what_the_pictures_of_a_report_say_is_told_from_what_is_beneath_in_every_look(look: str) -> None:
    """By number, as checkers of accessibility do not judge SVG: WCAG 2.2, 1.4.3 and 1.4.11."""
    colours = colours_of(MEETING_STYLE)[look]
    for text in ("ink", "soft"):
        assert contrast(colours[text], colours["paper"]) >= 4.5, text
    for mark, beneath in (("act", "paper"), ("act", "pale"), ("ink", "paper")):
        assert contrast(colours[mark], colours[beneath]) >= 3, (mark, beneath)
    assert ".agreed { stroke: var(--ink)" in MEETING_STYLE
    assert ".beneath { stroke: var(--paper)" in MEETING_STYLE


def test_the_agreed_line_lies_on_a_line_of_the_papers_colour() -> None:
    reports = example()
    looks = [each["class"] for each in ParsedPage(report_page(reports)).all("line")]
    assert looks.count("agreed") == looks.count("beneath") == len(reports[0].group("target").lines)
    assert "beneath agreed" in " ".join(looks)


hostile = st.one_of(
    st.text(max_size=80),
    st.sampled_from(["<script>alert(1)</script>", "</table></main><form>", '"><img src=x>', "\u202ecrm", "a" * 500]),
)


@given(hostile)
def test_no_name_changes_the_html_of_the_report_page(name: str) -> None:
    row = ROWS[0]._replace(source=name, persona=name, rules=(name,), trigger=name, team=name)
    usual = ROWS[0]._replace(source="x", persona="x", rules=("x",), trigger="x", team="x")
    read = ParsedPage(report_page(all_reports([row])))
    assert read.tags == ParsedPage(report_page(all_reports([usual]))).tags
    assert read.in_order
    assert "\u202e" not in read.text


def test_campaign_names_are_not_on_the_report_page() -> None:
    assert "canary" not in report_page(all_reports([ROWS[0]._replace(campaign="canary@example.com")]))


@pytest.mark.parametrize(("parts", "is_cut"), [(7, False), (20, False), (21, True), (62, True)])
def test_all_parts_are_on_the_screen_and_more_than_twenty_are_cut_on_paper(parts: int, is_cut: bool) -> None:
    report = handoffs_report(ROWS, WEEK, LATER)
    page = report_page([report._replace(parts=(report,) * parts)])
    more = f'<p class="soft on-paper">and {parts - 8} more, which the CSV has</p>'
    assert (more in page, "more, which the CSV has" in page) == (is_cut, is_cut)


def test_a_long_table_is_cut_and_tells_the_number_of_further_rows() -> None:
    rows = [handoff(stint(f"rep{number:02d}@example.com", 0), number=number) for number in range(30)]
    page = report_page([handoffs_report(rows, WEEK, LATER)])
    assert '<p class="soft on-screen">and 10 more, which the CSV has</p>' in page
    assert '<p class="soft on-paper">and 22 more, which the CSV has</p>' in page
    assert "rep19@example.com" in page
    assert "rep20@example.com" not in page


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "–"),
        (0, "0s"),
        (0.4, "0s"),
        (40, "40s"),
        (1510, "25m 10s"),
        (3600 * 3 + 5 * 60 + 29, "3h 5m"),
        (86_400 * 2 + 3600 * 4.4, "2d 4h"),
        (86_399, "23h 59m 59s"),
    ],
)
def test_a_length_of_time_is_told_in_words(seconds: float | None, said: str) -> None:
    assert duration_text(seconds) == (said if seconds != 86_399 else "1d")


def test_shares_and_periods_are_told_in_words() -> None:
    assert (percent(0.857), percent(1), percent(0), percent(None)) == ("86%", "100%", "0%", "–")
    assert (percent(0.996), percent(0.004)) == (">99%", "<1%"), "not all of them, and not none"
    assert met_of_due({"met": 12, "missed": 2, "share": 0.857}) == "12 of 14, 86%"
    assert met_of_due({"met": 1200, "missed": 0, "share": 1}) == "1,200 of 1,200, 100%"
    assert met_of_due({"met": 0, "missed": 0, "share": None}) == "–"
    start = WEEK.start
    assert period_text(Span(start, start + timedelta(days=1))) == "23 Nov 2026"
    assert period_text(Span(start, start + timedelta(days=60))) == "23 Nov 2026 to 21 Jan 2027"
    an_hour = period_text(Span(start, start + timedelta(hours=1)))
    assert an_hour == "Mon 23 Nov 2026, 00:00 UTC to Mon 23 Nov 2026, 01:00 UTC"
