"""The board, where a manager sees who holds what and gives leads on, and the roster with everybody's leave."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page

from tests.e2e.at_work import RITA, SAM, AtWork, read, somebody
from tests.e2e.browsers import expect
from tests.e2e.console import PHONE, Console, has_no_fault, read_anew
from tests.e2e.keyboard import Keyboard


def test_a_manager_who_gives_a_lead_on_by_touch_on_a_phone_sees_that_a_colleague_was_faster(
    baton: AtWork, console: Console
) -> None:
    name = f"Clothilde <b>{uuid.uuid4().hex[:8]}</b>"
    lead = baton.ask(somebody(), first_name="Clothilde", last_name=name.removeprefix("Clothilde "))
    owner = lead["handoff"]["owner"]
    other = RITA if owner == SAM else SAM
    baton.listed(lead["lead_id"], team="sales", owner=owner)
    with console.signed_in("mona", PHONE, "dark", at=f"/board?team=sales&who={owner}") as page:
        expect(page.get_by_role("heading", name="Board", level=1)).to_be_visible()
        people = page.locator(".board-people")
        expect(people.get_by_role("link", name=owner)).to_be_visible()
        expect(people.get_by_text(re.compile(r"\d+ of \d+")).first).to_be_visible()
        expect(page.get_by_text(re.compile(r"overdue$")).first).to_be_visible()
        has_no_fault(page)
        theirs, older = page.get_by_role("link", name=name), page.get_by_role("button", name="Older ones")
        expect(theirs.or_(older).first).to_be_visible()
        while not theirs.count():
            older.tap()
            expect(theirs.or_(older).first).to_be_visible()
        page.get_by_role("button", name=f"Reassign: {name}").tap()
        page.get_by_label("To whom").select_option(other)
        page.get_by_label("Why").fill("Is on the phone all day")
        path = f"/handoffs/{lead['handoff']['handoff_id']}/reassign"
        read(baton.admin.post(path, json={"owner": other, "reason": "He was first."}))
        baton.listed(lead["lead_id"], team="sales", owner=other)
        read_anew(page)
        expect(page.get_by_role("status").filter(has_text=f"gave it to {other}.")).to_be_visible()
        said = page.get_by_role("status").filter(has_text=f"The lead went from {owner} to {other}: He was first.")
        expect(said).to_contain_text(re.compile(r"(now|ago), \S+: The lead went"))
        has_no_fault(page)
        expect(page.get_by_label("Why")).to_have_value("Is on the phone all day")
        page.get_by_label("To whom").select_option(owner)
        page.get_by_role("button", name="Reassign it").tap()
        expect(page.get_by_text(f"{owner} has it now.")).to_be_visible()
        assert baton.lead(lead["lead_id"])["handoff"]["owner"] == owner
        page.get_by_role("button", name=f"Reassign: {name}").tap()
        page.get_by_label("Why").fill("Knows them")
        assert baton.admin.delete(f"/leads/{lead['lead_id']}").status_code == 204
        read_anew(page)
        expect(page.get_by_role("status").filter(has_text="It was erased")).to_be_visible()


def change_terms_with_a_colleague(baton: AtWork, page: Page, keyboard: Keyboard) -> None:
    """Types how many leads Rita may hold while a colleague changes that: both are shown, and what was typed stays."""
    detail = page.get_by_role("region", name=RITA)
    most = detail.get_by_label("Open leads at most")
    keyboard.go_to(most)
    keyboard.press("Control+a")
    page.keyboard.type("31")
    read(baton.admin.patch(f"/teams/sales/reps/{RITA}", json={"capacity": 29}))
    keyboard.press("Enter")
    both = detail.get_by_role("alert").filter(has_text="Somebody has changed it meanwhile")
    expect(both).to_contain_text(re.compile(r"Open leads at most\s*You 31\s*They 29"))
    expect(most).to_have_value("31")
    has_no_fault(page)
    keyboard.use(both.get_by_role("button", name="Keep mine"))
    keyboard.use(detail.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("It is saved.")).to_be_visible()


def test_who_is_away_is_seen_in_the_list_of_the_roster(baton: AtWork, console: Console) -> None:
    path, today = f"/teams/sales/reps/{RITA}", datetime.now(tz=UTC).date()
    last = today + timedelta(days=3)
    leave = {"from": today.isoformat(), "to": last.isoformat()}
    read(baton.admin.patch(path, json={"add_away": [leave]}))
    try:
        with console.signed_in("mona", at="/roster?team=sales") as page:
            row = page.get_by_role("list", name="People").get_by_role("link").filter(has_text=RITA)
            expect(row).to_contain_text(re.compile(rf"away until {last:%a},? {last.day} {last:%b}"))
    finally:
        read(baton.admin.patch(path, json={"remove_away": [leave]}))


def test_a_manager_who_adds_somebody_whom_a_colleague_added_in_the_same_moment_sees_what_both_said(
    baton: AtWork, console: Console
) -> None:
    email = f"nora-{uuid.uuid4().hex[:8]}@sales.example"
    path = f"/teams/sales/reps/{email}"
    with console.signed_in("mona", at="/roster?team=sales&who=new") as page:
        detail, keyboard = page.get_by_role("region", name="new"), Keyboard(page)
        keyboard.write(page.get_by_label("Address"), email)
        keyboard.write(page.get_by_label("Open leads at most"), "31")
        read(baton.admin.put(path, json={"capacity": 29}))
        keyboard.press("Enter")
        both = detail.get_by_role("alert").filter(has_text="Somebody has changed it meanwhile")
        expect(both).to_contain_text(re.compile(r"Open leads at most\s*You 31\s*They 29"))
        expect(page.get_by_label("Open leads at most")).to_have_value("31")
        has_no_fault(page)
        assert baton.admin.get(path).json()["capacity"] == 29
        keyboard.use(both.get_by_role("button", name="Keep mine"))
        expect(page.get_by_role("heading", name=email)).to_be_visible()
    assert baton.admin.get(path).json()["capacity"] == 31
    read(baton.admin.delete(path))


def test_a_board_whose_reads_all_fail_says_so_once(console: Console) -> None:
    with console.signed_in("mona", at="/inbox") as page:
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        page.route(re.compile(r"/(leads|me)(\?|$)"), lambda route: route.abort())
        page.goto(page.url.replace("/inbox", "/board?team=sales"))
        expect(page.get_by_role("alert").first).to_be_visible()
        expect(page.locator("main").get_by_role("alert")).to_have_count(1)
        page.unroute_all()
        page.locator("main").get_by_role("button", name="Try again").click()
        expect(page.locator("main").get_by_role("alert")).to_have_count(0)
        expect(page.locator(".board-people")).to_be_visible()


def test_a_manager_notes_a_leave_and_takes_it_back_by_keyboard(baton: AtWork, console: Console) -> None:
    path, span = f"/teams/sales/reps/{RITA}", "Mon, 10 Mar 2031 to Fri, 14 Mar 2031"
    with console.signed_in("mona", at=f"/roster?team=sales&who={RITA}") as page:
        keyboard, detail = Keyboard(page), page.get_by_role("region", name=RITA)
        expect(detail.get_by_role("heading", name=RITA)).to_be_visible()
        has_no_fault(page)
        until = detail.get_by_label("Until")
        keyboard.write_day(detail.get_by_label("From"), date(2031, 3, 10))
        keyboard.write_day(until, date(2031, 3, 3))
        keyboard.press("Enter")
        expect(until).to_have_js_property("validity.valid", value=False)
        expect(until).to_be_focused()
        keyboard.write_day(until, date(2031, 3, 14))
        keyboard.write(detail.get_by_label("Why"), "Parental leave")
        keyboard.press("Enter")
        expect(detail.get_by_text(span)).to_be_visible()
        away = {"from": "2031-03-10", "to": "2031-03-14", "why": "Parental leave"}
        assert away in baton.admin.get(path).json()["away"]

        keyboard.use(detail.get_by_role("button", name=f"Remove the leave {span}"))
        expect(detail.get_by_text(span)).to_have_count(0)
        change_terms_with_a_colleague(baton, page, keyboard)
        keyboard.press("j")
        expect(page).not_to_have_url(re.compile(re.escape(f"who={RITA.replace('@', '%40')}")))
    rita = baton.admin.get(path).json()
    assert away not in rita["away"]
    assert rita["capacity"] == 31
    read(baton.admin.patch(path, json={"capacity": None}))
