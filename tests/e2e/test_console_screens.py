"""Each screen's first minute, for whom it comes first: found, seen after one read, and used, by keys or by touch.

By keys alone: whoever has no mouse goes from stop to stop, sees where they are at each, and leaves every screen again.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, Request

from tests.e2e.at_work import SAM, AtWork, read, somebody
from tests.e2e.browsers import expect
from tests.e2e.console import DESK, PHONE, Console, Scheme, Who, has_no_fault
from tests.e2e.keyboard import Keyboard
from tests.e2e.signals import GUIDE, PRICES, signal, tell
from tests.screen_reads import screen_reads, screens

KNOWN = {"industry": "Logistics", "title": "Head of Logistics", "infrastructure": "SAP", "company": "Nordsee Logistik"}
PRINTED_PAGES = 4
"""On which the meeting is printed at most."""
DUE = r"(due in|overdue by) \d"
BESIDE_A_LIST = re.compile(r"/leads/[a-z0-9]+")
"""Review also reads the lead that stands beside its list, and the next one."""
FRAME_READS = ("/console", "/me", "/leads?q=")
"""What the frame asks for: the session, who is signed in, and leads while a screen's name is typed slowly."""
VARIES = re.compile(r"2026-\d\d-\d\d(?:T[\d%A.]+Z)?|\{lead_id\}")
"""What differs in a read from one day, or lead, to another."""


@dataclass
class Hands:
    """Somebody at the console, with a keyboard alone or by touch, and what their page reads of the API."""

    page: Page
    api_url: str
    by_touch: bool
    reads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keyboard = Keyboard(self.page)
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        read = request.url.removeprefix(self.api_url)
        if request.method == "GET" and read != request.url and not read.startswith(FRAME_READS):
            self.reads.append(read)

    def use(self, what: Locator) -> None:
        """Taps it, or goes to it by keys and presses Enter."""
        if self.by_touch:
            what.tap()
        else:
            self.keyboard.use(what)

    def choose(self, what: Locator) -> None:
        """Taps a choice, or goes to it by keys and takes it."""
        if self.by_touch:
            what.tap()
        else:
            self.keyboard.choose(what)

    def open_first(self, rows: str) -> None:
        """Opens the first row of a list."""
        self.use(self.page.get_by_role("list", name=rows).get_by_role("link").first)

    def go_to(self, screen: str) -> None:
        """Goes to a screen: by its name in the search, or on a phone by the bar at its foot and what is behind it."""
        if not self.by_touch:
            self.keyboard.press("Control+k")
            expect(self.page.get_by_role("combobox", name="Search")).to_be_focused()
            self.page.keyboard.type(screen)
            self.page.get_by_role("option", name=screen, selected=True).wait_for()
            self.keyboard.press("Enter")
            return
        bar = self.page.get_by_role("navigation", name="Screens")
        if not (link := bar.get_by_role("link", name=screen)).is_visible():
            bar.get_by_role("button", name="More").tap()
            link = self.page.get_by_role("option", name=screen)
        link.tap()


class Story(NamedTuple):
    """A screen: what stands there once it has read, and what its reader does next."""

    path: str
    name: str
    says: str
    then: Callable[[Hands], None]


def sees(hands: Hands, text: str) -> None:
    expect(hands.page.get_by_role("main").get_by_text(re.compile(text)).first).to_be_visible()


def what_is_due(hands: Hands) -> None:
    hands.open_first("Leads that you hold")
    detail = hands.page.get_by_role("region", name="The selected lead")
    expect(detail.get_by_text(re.compile(DUE))).to_be_visible()


def who_is_to_review(hands: Hands) -> None:
    if hands.by_touch:
        hands.page.locator(".list-row").first.tap()
    expect(hands.page.locator(".review-lead > .head h2")).to_be_visible()


def why_a_lead_stands_there(hands: Hands) -> None:
    hands.use(hands.page.locator(".list-row").first)
    expect(hands.page.get_by_role("navigation", name="Parts of this lead")).to_be_visible()


def who_holds_what(hands: Hands) -> None:
    person = hands.page.locator(".board-people a").first
    name = person.inner_text()
    hands.use(person)
    expect(hands.page.get_by_role("heading", name=f"Leads of {name}")).to_be_visible()


def what_was_agreed_before(hands: Hands) -> None:
    hands.use(hands.page.get_by_role("link", name="Versions"))
    expect(hands.page.get_by_role("heading", name="All versions")).to_be_visible()


def who_is_behind_a_figure(hands: Hands) -> None:
    if not hands.by_touch:
        assert len(re.findall(rb"/Type\s*/Page\b", hands.page.pdf(format="A4"))) in range(1, PRINTED_PAGES + 1)
    hands.choose(hands.page.get_by_label("A week"))
    expect(hands.page).to_have_url(re.compile("period=week"))
    figure = hands.page.get_by_role("link", name=re.compile("^Became known: "))
    hands.use(figure)
    expect(hands.page.get_by_role("heading", name="Leads behind: Became known")).to_be_visible()
    has_no_fault(hands.page)
    hands.use(hands.page.get_by_role("dialog").get_by_role("button", name="Close").last)
    if not hands.by_touch:
        expect(figure).to_be_focused()


def who_hears_of_a_company(hands: Hands) -> None:
    hands.open_first("Accounts")
    sees(hands, "gets its alerts")


def when_somebody_is_away(hands: Hands) -> None:
    hands.open_first("People")
    sees(hands, "Leave")


def the_html_of_a_form(hands: Hands) -> None:
    hands.open_first("Forms that the agreement names")
    expect(hands.page.get_by_role("group", name="How it looks")).to_be_visible()


def how_to_import(hands: Hands) -> None:
    hands.use(hands.page.get_by_role("button", name="Import a list"))
    expect(hands.page.get_by_label("File", exact=True)).to_be_visible()


def where_a_tool_sends(hands: Hands) -> None:
    hands.open_first("Tools")
    sees(hands, "/webhooks/")


def which_queues_are_empty(hands: Hands) -> None:
    hands.use(hands.page.locator("summary"))
    expect(hands.page.get_by_role("rowheader", name="UnlearnedPointsQueue")).to_be_visible()


def where_the_next_step_is_taken(hands: Hands) -> None:
    hands.use(hands.page.get_by_role("link", name=re.compile("^To the forms")))
    expect(hands.page.get_by_role("heading", name="Forms", level=1)).to_be_visible()


STORIES: dict[Who, tuple[Story, ...]] = {
    "sam": (
        Story("/inbox", "Inbox", "^You have", what_is_due),
        Story("/agreement", "Agreement", "Who passes from marketing to sales, and when", what_was_agreed_before),
    ),
    "maria": (
        Story("/review", "Review", DUE, who_is_to_review),
        Story("/leads", "Leads", DUE, why_a_lead_stands_there),
        Story("/meeting", "Meeting", "Speed to lead", who_is_behind_a_figure),
        Story("/accounts", "Accounts", re.escape(SAM), who_hears_of_a_company),
        Story("/forms", "Forms", "fields", the_html_of_a_form),
        Story("/lists", "Lists", "No list was imported yet|by .+@", how_to_import),
    ),
    "mona": (
        Story("/board", "Board", r"\d+ of \d+", who_holds_what),
        Story("/roster", "Roster", re.escape(SAM), when_somebody_is_away),
    ),
    "ada": (
        Story("/tools", "Tools", "heard", where_a_tool_sends),
        Story("/operations", "Operations", r"\d+ empty queues", which_queues_are_empty),
        Story("/set-up", "Set-up", r"\(done\)", where_the_next_step_is_taken),
    ),
}
MANY_PARTS = 12
"""Fewer stops than the page of parts has."""
TOLD_ELSEWHERE = {"/leads/:id", "/parts"}


@pytest.fixture(scope="module")
def something_to_see(baton: AtWork) -> Iterator[None]:
    """A lead in Sam's inbox, one that marketing is to review, and a company on the list."""
    lead = baton.ask(somebody("anna"), first_name="Anna")
    if lead["handoff"]["owner"] != SAM:
        path = f"/handoffs/{lead['handoff']['handoff_id']}/reassign"
        read(baton.admin.post(path, json={"owner": SAM, "reason": "He knows them."}))
    baton.listed(lead["lead_id"], owner=SAM)
    email = somebody("ben")
    reads_guide = signal(email, "content_downloaded", content=GUIDE, properties=KNOWN)
    lead = tell(baton, reads_guide, signal(email, "page_visited", content=PRICES))
    baton.listed(lead["lead_id"], owner="marketing")
    baton.listed(lead["lead_id"], queue="in_review")
    company = f"/accounts/aa-{uuid.uuid4().hex[:12]}.com"
    read(baton.admin.put(company, json={"owner": SAM}))
    yield
    assert baton.admin.delete(company).status_code == 204


def test_every_screen_has_a_story() -> None:
    told = {story.path for stories in STORIES.values() for story in stories}
    assert told | TOLD_ELSEWHERE == set(screens())


@pytest.mark.usefixtures("something_to_see")
@pytest.mark.parametrize("who", STORIES)
@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["by keys", "by touch"])
def test_each_screen_is_understood_within_a_minute_by_whom_it_is_for(
    console: Console, who: Who, width: int, scheme: Scheme
) -> None:
    with console.signed_in(who, width, scheme, at="/parts") as page:
        hands = Hands(page, console.stack.api_url, by_touch=width == PHONE)
        sees(hands, "What screens are made of")
        if who == "sam" and not hands.by_touch:
            passes_the_frame(hands)
        for story in STORIES[who]:
            hands.reads.clear()
            hands.go_to(story.name)
            sees(hands, story.says)
            if hands.by_touch:  # at a desk the list stays beside what is opened
                has_no_fault(page)
            else:
                expect(page.locator("main h1:focus")).to_be_visible()
            assert_one_read(story.path, hands.reads)
            story.then(hands)
            has_no_fault(page)
            if not hands.by_touch:
                hands.keyboard.leave_screen()


def passes_the_frame(hands: Hands) -> None:
    """By the first stop past the frame, and through each part there is; what opens above gives the focus back."""
    hands.keyboard.press("Tab")
    expect(hands.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    hands.keyboard.press("Enter")
    assert hands.keyboard.leave_screen() >= MANY_PARTS
    for opener in ("Dialog", "Signed in as"):
        button = hands.page.get_by_role("button", name=opener)
        hands.use(button)
        expect(hands.page.get_by_role("dialog")).to_be_visible()
        if opener != "Dialog":
            hands.use(hands.page.get_by_role("button", name="Keys"))
            expect(hands.page.get_by_role("heading", name="Keys")).to_be_visible()
        hands.keyboard.press("Escape")
        expect(button).to_be_focused()


def test_one_lead_and_the_page_of_parts_need_one_read_and_none(console: Console, baton: AtWork) -> None:
    lead_id = baton.ask()["lead_id"]
    with console.signed_in("maria", PHONE, "dark", at="/parts") as page:
        hands = Hands(page, console.stack.api_url, by_touch=True)
        sees(hands, "What screens are made of")
        has_no_fault(page)
        assert hands.reads == []
        page.goto(f"{console.url}/leads/{lead_id}")
        expect(page.get_by_role("navigation", name="Parts of this lead")).to_be_visible()
        has_no_fault(page)
        assert_one_read("/leads/:id", hands.reads)


def assert_one_read(screen: str, made: list[str]) -> None:
    """Asserts that a screen read what docs/access-patterns.md says, and nothing else."""
    read = str(screen_reads()[screen].read)
    told = r"[-\w%.]+".join(re.escape(part) for part in VARIES.split(read))
    others = [each for each in made if screen != "/review" or not BESIDE_A_LIST.fullmatch(each)]
    assert others, screen
    assert [each for each in others if not re.fullmatch(told, each)] == [], screen
