"""Lists of leads and one lead in the console: what a reader understands, changes, and finds again by the address."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.e2e.at_work import AtWork, read, somebody, until
from tests.e2e.browsers import expect
from tests.e2e.console import PHONE, Console, axe_faults, csp_reports, has_no_fault, read_anew
from tests.e2e.keyboard import Keyboard
from tests.e2e.signals import GUIDE, PRICES, signal, tell

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}'\""
TABS = ("Why", "Timeline", "Handoffs", "Facts", "Person")
TO_THE_END = """() => {
  const list = document.querySelector('.split-list'), said = document.querySelector('.leads-bar [role=status]');
  if (list) list.scrollTop = list.scrollHeight;
  return said && /[0-9]/.test(said.textContent) && !said.textContent.includes('+');
}"""
TO_THE_FIRST_EVENT = """() => {
  scrollTo(0, document.documentElement.scrollHeight);
  return document.querySelector('main').textContent.includes('That is where it began.');
}"""
EVENTS, EVENTS_A_PAGE = 2_000, 100
MANY, A_PAGE, LONGEST_MS, MOST_DRAWN = 5_000, 250, 100, 150


def came(baton: AtWork, fair: str, name: str, **known: str) -> str:
    """The id of a lead who has read two things and is for review."""
    email, about = somebody(name.lower()), {"first_name": name, "title": HOSTILE, **known}
    read_guide = signal(email, "content_downloaded", content=GUIDE, source=fair, properties=about)
    lead_id: str = tell(baton, read_guide, signal(email, "page_visited", content=PRICES, source=fair))["lead_id"]
    return lead_id


def listed(baton: AtWork, fair: str, *names: str) -> tuple[dict[str, str], str]:
    """Leads that are in one list: their names by their ids, and the list's query."""
    ids = {came(baton, fair, name): name for name in names}
    status = baton.lead(next(iter(ids)))["status"]
    baton.listed(*ids, queue=status, source=fair)
    return ids, f"queue={status}&source={fair}"


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of this lead").get_by_role("link", name=name).click()
    expect(page.locator(".lead .panel, .lead .empty").first).to_be_visible()


def test_a_reader_finds_out_by_keys_why_a_lead_stands_where_it_stands(
    console: Console, baton: AtWork, fair: str
) -> None:
    names, query = listed(baton, fair, "Anna", "Ben")
    with console.signed_in("maria", at=f"/leads?{query}") as page:
        expect(page.locator(".list-row")).to_have_count(2)
        keyboard = Keyboard(page)
        keyboard.press("j")
        shown = page.locator(".lead h1")
        first = shown.inner_text()
        keyboard.press("j")
        expect(shown).not_to_have_text(first)
        lead_id = re.search(r"lead=([a-z0-9]+)", page.url)
        assert lead_id
        assert names[lead_id[1]] in shown.inner_text()
        assert HOSTILE in page.locator(".lead-head").inner_text()

        total = baton.lead(lead_id[1])["score"]["total"]
        assert float(page.locator(".lead-sum").last.inner_text().split()[-1]) == pytest.approx(total, abs=1)
        expect(page.locator(".lead-missing").first).to_be_visible()
        has_no_fault(page)
        keyboard.press("Enter")
        for name in TABS[1:]:
            keyboard.use(page.get_by_role("navigation", name="Parts of this lead").get_by_role("link", name=name))
            expect(page.locator(".lead .panel, .lead .empty").first).to_be_visible()
            assert axe_faults(page) == []
        keyboard.leave_screen()
        page.reload()
        expect(page.locator(".lead-tabs [aria-current]")).to_have_text("Person")
        expect(page.locator(".list-row[aria-current]")).to_contain_text(names[lead_id[1]])


def test_a_fact_is_changed_in_place_and_a_colleagues_change_is_seen_before_saving(
    console: Console, baton: AtWork, fair: str
) -> None:
    lead_id = came(baton, fair, "Cleo")
    with console.signed_in("maria", at=f"/leads/{lead_id}?tab=facts") as page:
        page.get_by_role("button", name="Change: Title").click()
        page.locator(".lead-edit input").fill("Head of Logistics")
        read(baton.marketing.patch(f"/leads/{lead_id}", json={"profile": {"title": "Chief of Logistics"}}))
        read_anew(page)
        expect(page.locator(".lead-edit .note")).to_contain_text("Chief of Logistics")
        tab(page, "Timeline")
        expect(page.locator(".lead-timeline li").first).to_contain_text("title")
        tab(page, "Facts")
        expect(page.locator(".lead-edit input")).to_have_value("Head of Logistics")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".lead-edit")).to_have_count(0)
        assert baton.lead(lead_id)["profile"]["title"] == "Head of Logistics"

        page.get_by_role("button", name="Enter: Employees").click()
        page.locator(".lead-edit input").fill("very many")
        page.keyboard.press("Enter")
        expect(page.locator(".fault-word")).to_be_visible()
        expect(page.locator(".lead-edit input")).to_have_value("very many")
        assert csp_reports(page) == []


def test_a_lead_is_shown_as_it_was_known_and_nothing_can_be_done_with_it_then(
    console: Console, baton: AtWork, fair: str
) -> None:
    lead_id = came(baton, fair, "Dora", company="Nordsee Logistik")
    read(baton.marketing.patch(f"/leads/{lead_id}", json={"company": {"name": "Ostsee Logistik"}}))
    then = baton.lead(lead_id)["created_at"]
    with console.signed_in("maria", at=f"/leads/{lead_id}") as page:
        expect(page.locator(".lead-head")).to_contain_text("Ostsee Logistik")
        slider = page.get_by_role("slider")
        assert page.locator(".lead-ticks line").count() > 1
        slider.press("ArrowLeft")
        expect(page).to_have_url(re.compile(r"at=20"))
        expect(slider).to_have_attribute("aria-valuetext", re.compile("Learned: Company"))
        slider.press("Home")
        expect(slider).to_have_attribute("aria-valuetext", re.compile("Became known|Learned: Company"))
        page.get_by_label("Go to a day").fill(then[:10])
        page.goto(f"{console.url}/leads/{lead_id}?at={then}")
        expect(page.get_by_text("You see the lead as it was known then.")).to_be_visible()
        expect(page.get_by_role("button", name="Note", exact=True)).to_have_count(0)
        expect(page.locator(".lead-ticks line").nth(1)).to_be_attached()
        has_no_fault(page)
        page.get_by_role("button", name="Back to now").click()
        expect(page.get_by_role("button", name="Note", exact=True)).to_be_visible()
        day = (datetime.now(UTC) + timedelta(days=30)).date()
        read(baton.marketing.post(f"/leads/{lead_id}/hold", json={"reason": "They asked.", "until": day.isoformat()}))
        read_anew(page)
        expect(page.locator(".lead-next")).to_contain_text(re.compile(rf"Until \w+, {day:%-d %b %Y}$", re.MULTILINE))


def test_a_lead_is_handed_over_with_a_reason_and_says_who_was_skipped(
    console: Console, baton: AtWork, fair: str
) -> None:
    lead_id = came(baton, fair, "Emil")
    with console.signed_in("maria", at=f"/leads/{lead_id}") as page:
        page.get_by_role("button", name="Hand over now").click()
        page.get_by_label("Reason").fill("Met at the fair.")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Hand over now").click()
        expect(page.get_by_label("Reason")).to_have_value("Met at the fair.")
        page.get_by_role("button", name="Hand over", exact=True).click()
        expect(page.get_by_role("button", name="Hand over now")).to_have_count(0)
        tab(page, "Handoffs")
        handoff = read(baton.admin.get(f"/leads/{lead_id}/handoffs"))["handoffs"][0]
        shown = page.locator(".lead .panel").first
        expect(shown).to_contain_text(handoff["routing"]["why"])
        if skipped := handoff["routing"]["skipped"]:
            page.get_by_text("Who did not, and why").click()
            expect(shown).to_contain_text(skipped[0]["why"].partition(" before ")[0])
        expect(shown.locator(".lead-clocks .due").first).to_be_visible()
        has_no_fault(page)
        tab(page, "Timeline")
        handed_over = page.locator(".lead-timeline li", has_text="was handed over to").first
        zone = re.escape(read(baton.marketing.get("/me"))["time_zone"])
        expect(handed_over.locator("p time")).to_have_attribute("title", re.compile(zone))


def test_two_leads_become_one_which_an_administrator_erases_and_marketing_cannot(
    console: Console, baton: AtWork, fair: str
) -> None:
    lead_id, other = came(baton, fair, "Frida"), came(baton, fair, "Frieda")
    address = baton.lead(other)["email"]
    with console.signed_in("maria", at=f"/leads/{lead_id}?tab=person") as page:
        page.get_by_role("button", name="Merge with another lead").click()
        page.get_by_label("The other lead").fill(address)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Choose: Frieda").click()
        expect(page.locator("dialog table")).to_contain_text(address)
        page.get_by_role("button", name="They are one person").click()
        expect(page.get_by_role("button", name="Somebody else after all")).to_be_visible()
        assert [each["lead_id"] for each in baton.lead(lead_id)["merged"]] == [other]

        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the file").click()
        assert json.loads(saved.value.path().read_text())["lead_id"] == lead_id
        expect(page.get_by_text("Only administrators may: ask one.")).to_be_visible()
        expect(page.get_by_role("button", name="Erase the person")).to_have_count(0)
    with console.signed_in("ada", at=f"/leads/{lead_id}?tab=person") as page:
        page.get_by_role("button", name="Erase the person").click()
        page.locator("dialog input").fill("somebody@else.example")
        page.keyboard.press("Enter")
        expect(page.locator("dialog .fault-word")).to_be_visible()
        page.locator("dialog input").fill(baton.lead(lead_id)["email"])
        page.keyboard.press("Enter")
        expect(page.get_by_text("The person is being erased.")).to_be_visible()
    until(lambda: not baton.is_known(address), what="the erasure")


def test_on_a_phone_the_lead_takes_the_place_of_the_list_and_gives_it_back(
    console: Console, baton: AtWork, fair: str
) -> None:
    _, query = listed(baton, fair, "Greta", "Hugo")
    with console.signed_in("maria", width=PHONE, at=f"/leads?{query}") as page:
        has_no_fault(page)
        page.locator(".list-row").first.tap()
        expect(page.locator(".split-list")).to_be_hidden()
        expect(page.locator("#detail")).to_be_focused()
        name = page.locator(".lead h1").inner_text()
        page.get_by_role("button", name="Next", exact=True).tap()
        expect(page.locator(".lead h1")).not_to_have_text(name)
        has_no_fault(page)
        page.get_by_role("button", name="Back to the list").tap()
        expect(page.locator(".list-row").nth(1)).to_be_focused()


def test_a_list_of_five_thousand_leads_scrolls_without_a_long_task(console: Console, baton: AtWork, fair: str) -> None:
    lead_id = came(baton, fair, "Ida")
    status = baton.lead(lead_id)["status"]
    [row] = baton.listed(lead_id, queue=status, source=fair)

    begun: list[int] = []
    name = "Ida"

    def answer(route: Route) -> None:
        begin = int((re.search(r"cursor=(\d+)", route.request.url) or [0, 0])[1])
        begun.append(begin)
        end = begin + A_PAGE
        said = {**row, "profile": {**row["profile"], "first_name": name}}
        rows: list[Any] = [{**said, "lead_id": f"{place:024}"} for place in range(begin, end)]
        route.fulfill(json={"leads": rows, "cursor": str(end) if end < MANY else None})

    with console.signed_in("maria") as page:
        page.route(re.compile(r"/v1/leads\?"), answer)
        page.goto(f"{console.url}/leads?queue={status}&source={fair}")
        page.wait_for_function(TO_THE_END)
        expect(page.locator(".leads-bar [role=status]")).to_contain_text(str(MANY))
        assert any(scrolled(page) <= LONGEST_MS for _ in range(3))
        assert page.locator(".list-row").count() <= MOST_DRAWN

        name = "Zoe"
        last = page.locator(".list-row").last
        for _ in range(40):
            if name in last.inner_text():
                break
            read_anew(page)
            page.wait_for_timeout(100)
        assert name in last.inner_text(), "what is in sight is read anew, wherever that is"
        begun.clear()
        read_anew(page)
        page.wait_for_timeout(300)
        assert set(begun) == {0, MANY - A_PAGE}, "and the first page, and nothing else"


def test_a_timeline_of_two_thousand_events_is_read_to_its_beginning_without_a_long_task(
    console: Console, baton: AtWork, fair: str
) -> None:
    lead_id = came(baton, fair, "Jonas")
    asked = {"order": "newest", "words": "en", "limit": "1"}
    [event] = read(baton.marketing.get(f"/leads/{lead_id}/timeline", params=asked))["events"]

    def answer(route: Route) -> None:
        begin = int((re.search(r"cursor=(\d+)", route.request.url) or [0, 0])[1])
        end = begin + EVENTS_A_PAGE
        events = [{**event, "event_id": f"{place:026}"} for place in range(begin, end)]
        route.fulfill(json={"events": events, "cursor": str(end) if end < EVENTS else None})

    with console.signed_in("maria") as page:
        page.route(re.compile(rf"/v1/leads/{lead_id}/timeline"), answer)
        page.goto(f"{console.url}/leads/{lead_id}?tab=timeline")
        page.wait_for_function(TO_THE_FIRST_EVENT)
        assert any(scrolled(page, "html") <= LONGEST_MS for _ in range(3))
        assert page.locator(".lead-timeline > li").count() <= MOST_DRAWN


def scrolled(page: Page, what: str = ".split-list") -> int:
    """Scrolls through something; gives how long its longest task took, in milliseconds, 0 if none took 50."""
    longest: int = page.evaluate(
        """async what => {
        const long = [0], seen = new PerformanceObserver(list => long.push(...list.getEntries().map(e => e.duration)));
        seen.observe({ type: 'longtask' });
        const list = document.querySelector(what);
        for (let step = 0; step <= 40; step++) {
            list.scrollTop = list.scrollHeight * step / 40;
            await new Promise(done => requestAnimationFrame(done));
        }
        await new Promise(done => setTimeout(done, 50));
        seen.disconnect();
        return Math.round(Math.max(...long));
    }""",
        what,
    )
    return longest
