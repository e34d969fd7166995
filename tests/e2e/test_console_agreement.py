"""The console's screen on the agreement: read in words, written with an editor that checks, tried, signed by both."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import AtWork, View, read, until
from tests.e2e.browsers import expect
from tests.e2e.console import DESK, PHONE, Console, Scheme, axe_faults, csp_reports, read_anew
from tests.e2e.keyboard import Keyboard
from tests.e2e.test_agreement import moved
from tools.agreement import agreement_for_now

TEXT = packaged_text()
EDITOR = "Text of the agreement"
NOT_SEEN_YET_MILLISECONDS = 100
"""CodeMirror lets keys pass by what it proposes for 75 ms, and looks anew within 100 ms of a letter."""


@pytest.fixture(autouse=True)
def as_before(baton: AtWork) -> Iterator[None]:
    """In the end the packaged agreement is in force again."""
    with agreement_for_now(baton.session, baton.outputs["TableName"], TEXT):
        yield


def drafted(baton: AtWork, text: str) -> View:
    return dict(read(baton.admin.post("/agreement/drafts", json={"yaml": f"# {uuid.uuid4()}\n{text}"})))


def changed(baton: AtWork, draft: View, text: str) -> View:
    sent = {"yaml": text, "revision": draft["revision"]}
    return dict(read(baton.admin.put(f"/agreement/drafts/{draft['draft_id']}", json=sent)))


def type_after(page: Page, word: str, more: str) -> None:
    """Goes to a word of the text by keyboard alone, and writes a line below it."""
    keyboard, editor = Keyboard(page), page.get_by_role("textbox", name=EDITOR)
    keyboard.go_to(editor)
    keyboard.press("Control+f")
    page.keyboard.type(word)
    keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^1 of \d+$"))).to_be_visible()
    keyboard.press("Escape")
    expect(editor).to_be_focused()
    keyboard.press(*["End"] * 3, "Enter")  # a long line is shown on several
    page.keyboard.type(more)


def take_proposed(page: Page, word: str) -> None:
    """Takes the word that the editor proposes, once it takes keys: not before one can have seen it."""
    page.get_by_role("option", name=re.compile(f"^{word}"), selected=True).wait_for()
    page.evaluate("shown => new Promise(done => setTimeout(done, shown))", 2 * NOT_SEEN_YET_MILLISECONDS)
    page.keyboard.press("Enter")


def change_by_fields(page: Page) -> None:
    """Writes points that are too many, strikes a rule, and takes both back, all by keys."""
    keyboard, points = Keyboard(page), page.get_by_label("Whitepaper: Points")
    expect(points).to_have_value("60")
    keyboard.go_to(points)
    keyboard.press("End")
    page.keyboard.type("00")
    beside = page.locator(".agreement-value", has=points)
    expect(beside.get_by_text("6000 is too high; write 1000 or less")).to_be_visible()
    expect(beside.get_by_text("was 60")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    page.keyboard.press("Escape")
    expect(points).to_have_value("60")
    expect(beside.get_by_text("too high")).to_have_count(0)
    counts = page.get_by_role("switch", name="Webinar counts", exact=True)
    keyboard.go_to(counts)
    keyboard.press("Space")
    expect(counts).not_to_be_checked()
    expect(page.get_by_label("Webinar: Points", exact=True)).to_have_count(0)
    keyboard.press("Control+z")
    expect(counts).to_be_checked()
    expect(page.get_by_text("Not saved yet")).to_have_count(0)


def add_by_form(page: Page) -> None:
    """Adds a rule whose kind was misspelt first, and takes it back, all by keys."""
    keyboard = Keyboard(page)
    keyboard.use(page.get_by_role("button", name="Add a rule for what a lead does"))
    form = page.get_by_role("form", name="Add a rule for what a lead does")
    kind = form.get_by_label("What they do")
    expect(kind).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Say what they do.")).to_be_visible()
    page.keyboard.type("webinar_atended")
    points = form.get_by_label("Points", exact=True)
    points.fill("15")
    near = re.compile("`webinar_attended`.* is near; did you mean `webinar_attended`?")
    expect(form.get_by_text(near)).to_be_visible()
    kind.fill("Webinar attended")
    form.get_by_label("At most so many times").fill("2")
    form.get_by_label("In so much time", exact=True).fill("30d")
    expect(page.get_by_text("If webinar attended: 15 points, at most 2 times in 30 days")).to_be_visible()
    assert axe_faults(page) == []
    points.press("Enter")
    take_back(page, "webinar-attended", "At most so many times", "2")
    expect(page.get_by_role("button", name="Add a rule for what a lead does")).to_be_focused()


def add_of_several_parts(page: Page) -> None:
    """Adds a rule that asks several things and gives no more than so many points, and takes it back, all by keys."""
    keyboard = Keyboard(page)
    expect(page.get_by_text("is added, and counts")).to_have_count(0)  # it is taken back, and so is what was said
    keyboard.use(page.get_by_role("button", name="Add a rule for what a lead does"))
    form = page.get_by_role("form", name="Add a rule for what a lead does")
    expect(form.get_by_label("What they do")).to_be_focused()
    page.keyboard.type("page_visited")
    keyboard.go_to(form.get_by_label("Points", exact=True))
    page.keyboard.type("9")
    keyboard.go_to(form.get_by_label("At most so many points"))
    page.keyboard.type("18")
    for asked in ("Employees", "What else", "Employees"):
        keyboard.use(form.locator(".agreement-another"))
        expect(form.get_by_label("What is asked").last).to_be_focused()
        page.keyboard.type(asked)
    keyboard.use(form.get_by_role("button", name="Remove part 3"))
    expect(form.locator(".agreement-another")).to_be_focused()
    first, second = form.get_by_role("group", name="Part 1"), form.get_by_role("group", name="Part 2")
    keyboard.go_to(first.get_by_label("From", exact=True))
    page.keyboard.type("51")
    keyboard.go_to(second.get_by_label("What they did"))
    page.keyboard.type("demo_requested")
    keyboard.choose(second.get_by_label("It must not be so"))
    besides = "the number of employees at least 51, and not at least 1 signal (demo requested)"
    expect(form.get_by_text(f"For page visited, if {besides}: 9 points, at most 18 points")).to_be_visible()
    keyboard.go_to(form.get_by_label("It counts if"))
    keyboard.press("ArrowDown")
    expect(form.get_by_text("if either the number of employees at least 51, or not at least 1 signal")).to_be_visible()
    assert axe_faults(page) == []
    keyboard.use(form.get_by_role("button", name="Add the rule"))
    take_back(page, "page-visited-employees-from-51", "At most so many points", "18")


def take_back(page: Page, begin: str, label: str, value: str) -> None:
    """Takes back the rule that was added, which has the focus, by Ctrl-Z; `begin` is how its name begins."""
    row = page.locator(f"[data-entry^='engagement.{begin}']")
    expect(row).to_be_focused()
    expect(row.get_by_label(label)).to_have_value(value)
    page.keyboard.press("Control+z")
    expect(row).to_have_count(0)
    expect(page.get_by_text("Not saved yet")).to_have_count(0)


def stay_open(page: Page) -> None:
    """Opens a section of the rules, looks at the text, and comes back."""
    section = page.locator("details", has_text="How fast sales acts").first
    section.locator("summary").click()
    page.get_by_role("link", name="Text", exact=True).locator("visible=true").click()
    expect(section).to_have_count(0)
    page.get_by_role("link", name="Rules", exact=True).locator("visible=true").click()
    expect(section).to_have_attribute("open", "")


def side(page: Page) -> str:
    return page.locator(".agreement-side").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_what_is_agreed_is_read_in_words(console: Console, baton: AtWork, width: int, scheme: Scheme) -> None:
    draft = drafted(baton, TEXT.replace("whitepaper, points: 50", "whitepaper, points: 60"))
    with console.signed_in("sam", width=width, scheme=scheme, at="/agreement") as page:
        expect(page.get_by_role("heading", name="Who passes from marketing to sales, and when")).to_be_visible()
        expect(page.get_by_text("100 of 100 points")).to_be_visible()
        expect(page.get_by_text("budget, authority, need and timeline met")).to_be_visible()
        expect(page.get_by_role("row", name=re.compile(r"^Whitepaper content downloaded.* \+50$"))).to_be_visible()
        assert axe_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width

        page.locator(f"a[href*='{draft['draft_id']}']").click()
        change_by_fields(page)
        add_by_form(page)
        add_of_several_parts(page)
        stay_open(page)
        assert axe_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("link", name=re.compile("What changes")).click()
        expect(page.get_by_text("What a lead does: Whitepaper, points 50 → 60")).to_be_visible()
        assert axe_faults(page) == []
        page.get_by_role("link", name="Signatures").click()
        expect(page.get_by_role("button", name="Sign for sales")).to_be_visible()
        assert axe_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert csp_reports(page) == []


def test_a_draft_is_written_by_keyboard_and_signed_by_both(console: Console, baton: AtWork) -> None:
    with console.signed_in("maria", at="/agreement?draft=new&as=text") as page:
        type_after(page, "whitepaper", "- {id: called-twice, po")
        take_proposed(page, "points")
        page.keyboard.type("30, signal: {kind: page_visted}}")
        expect(page.get_by_text("What a lead does: new rule Called twice (30 points)")).to_be_visible()
        expect(page.get_by_text(re.compile("did you mean `page_visited`"))).to_be_visible()
        page.keyboard.press("Enter")
        page.keyboard.type("- {idd: x}")
        expect(page.get_by_text(re.compile("^4 faults"))).to_be_visible()
        keyboard = Keyboard(page)
        keyboard.use(page.get_by_role("button", name=re.compile(r"^line \d+:\d+$")).last)
        expect(page.get_by_role("textbox", name=EDITOR)).to_be_focused()
        assert axe_faults(page) == []
        page.keyboard.press("Control+s")
        expect(page.get_by_text(re.compile("^4 faults"))).to_be_visible()
        assert "draft=new" in page.url, "a text with faults is not saved"
        for _ in range(20):
            page.keyboard.press("Control+z")
            if "idd" not in page.get_by_role("textbox", name=EDITOR).inner_text():
                break
        expect(page.get_by_text(re.compile("^1 warning"))).to_be_visible()
        page.keyboard.press("Control+s")
        expect(page.get_by_role("heading", name="Draft, revision 1")).to_be_visible()
        keyboard.use(page.get_by_role("link", name="Look and sign"))
        keyboard.use(page.get_by_role("button", name="Sign for marketing"))
        keyboard.use(page.get_by_role("dialog").get_by_role("button", name="Sign for marketing"))
        expect(page.get_by_text("Your department has signed.")).to_be_visible()
        draft_id = page.url.partition("draft=")[2].partition("&")[0]
        assert csp_reports(page) == []
    with console.signed_in("sam", width=PHONE, scheme="dark", at="/agreement") as page:
        page.locator(f"a[href*='{draft_id}']").tap()
        page.get_by_role("link", name="Look and sign").tap()
        page.get_by_role("button", name="Sign for sales").tap()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("What a lead does: new rule Called twice (30 points)")).to_be_visible()
        dialog.get_by_role("button", name="Sign for sales").tap()
        expect(page.get_by_text(re.compile("it is in force"))).to_be_visible()
        page.get_by_role("link", name="In force").tap()
        expect(page.get_by_text(re.compile("Sales: signed by sam"))).to_be_visible()
        page.get_by_role("link", name="Versions").tap()
        expect(page.get_by_text("What a lead does: new rule Called twice (30 points)")).to_be_visible()
        assert axe_faults(page) == []
        page.get_by_role("link", name="In force").tap()
        until(lambda: "rescoring" in read(baton.admin.get("/agreement", params={"format": "json"})), what="the scoring")
        read_anew(page)
        expect(page.get_by_text(re.compile("scored anew"))).to_be_visible()
        assert csp_reports(page) == []


def test_who_types_while_a_colleague_saves_sees_both_texts_and_keeps_theirs(console: Console, baton: AtWork) -> None:
    draft = drafted(baton, TEXT)
    with console.signed_in("maria", at=f"/agreement?draft={draft['draft_id']}&as=text") as page:
        type_after(page, "whitepaper", "- {id: mine, points: 7, signal: {kind: page_visited}}")
        expect(page.get_by_text("What a lead does: new rule Mine (7 points)")).to_be_visible()
        changed(baton, draft, TEXT.replace("whitepaper, points: 50", "whitepaper, points: 61"))
        page.keyboard.press("Control+s")
        both = page.get_by_role("region", name="Both texts")
        expect(both.get_by_text(re.compile("whitepaper, points: 61"))).to_be_visible()
        expect(both.get_by_text(re.compile("id: mine, points: 7"))).to_be_visible()
        assert axe_faults(page) == []
        page.get_by_role("button", name=re.compile("^Take theirs")).click()
        expect(page.get_by_text("What a lead does: Whitepaper, points 50 → 61")).to_be_visible()
        page.get_by_role("textbox", name=EDITOR).focus()
        page.keyboard.press("Control+z")
        expect(page.get_by_text("What a lead does: new rule Mine (7 points)")).to_be_visible()
        page.keyboard.press("Control+s")
        expect(page.get_by_role("heading", name="Draft, revision 3")).to_be_visible()
    saved = read(baton.admin.get(f"/agreement/drafts/{draft['draft_id']}"))["yaml"]
    assert "id: mine, points: 7" in saved
    assert "points: 61" not in saved


def test_a_draft_is_tried_on_the_leads_that_are_there(console: Console, baton: AtWork) -> None:
    lead_id = baton.download(content="guide")
    until(lambda: moved(baton, lead_id), what="the index")
    draft = drafted(baton, TEXT.replace("whitepaper, points: 50", "whitepaper, points: 100"))
    with console.signed_in("maria", at=f"/agreement?draft={draft['draft_id']}&side=trial") as page:
        quick = page.locator(".agreement-quick")
        newly = quick.get_by_role("heading", name=re.compile("^Newly to sales"))
        expect(newly).to_be_visible()
        expect(quick.get_by_role("link").first).to_have_attribute("href", re.compile("/leads/"))
        page.get_by_label("Whitepaper: Points").fill("50")
        expect(quick.get_by_text("The same leads go to sales as today")).to_be_visible()
        page.get_by_label("Whitepaper: Points").fill("5000")
        expect(quick.get_by_text("The text has faults, so it is not tried.")).to_be_visible()
        page.get_by_label("Whitepaper: Points").fill("110")
        expect(newly).to_be_visible()
        assert axe_faults(page) == []
        page.get_by_label(re.compile("became known from")).fill(f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%d}")
        page.get_by_role("button", name="Save and try it").click()
        expect(page.get_by_role("heading", name="Draft, revision 2")).to_be_visible()
        counted = page.locator(".agreement-number", has_text="Newly to sales")
        expect(counted.locator("strong")).to_have_text(re.compile(r"^[1-9]"))
        expect(page.get_by_role("table", name="What each threshold would hand over")).to_be_visible()
        expect(page.get_by_role("table", name="Leads on a working day")).to_be_visible()
        assert axe_faults(page) == []
        assert csp_reports(page) == []


def test_a_rule_of_several_parts_is_tried_as_soon_as_the_form_has_added_it(console: Console, baton: AtWork) -> None:
    lead_id = baton.download(content="guide")
    until(lambda: moved(baton, lead_id), what="the index")
    draft = drafted(baton, TEXT)
    with console.signed_in("maria", at=f"/agreement?draft={draft['draft_id']}&side=trial") as page:
        quick = page.locator(".agreement-quick")
        expect(quick.get_by_text("The same leads go to sales as today")).to_be_visible()
        page.get_by_role("button", name="Add a rule for what a lead does").click()
        form = page.get_by_role("form", name="Add a rule for what a lead does")
        form.get_by_label("What they do").fill("content_downloaded")
        form.get_by_label("Points", exact=True).fill("100")
        form.get_by_label("At most so many points").fill("100")
        form.get_by_role("button", name="Ask something besides").click()
        form.get_by_label("From", exact=True).fill("51")
        form.get_by_role("button", name="Ask one more thing").click()
        second = form.get_by_role("group", name="Part 2")
        second.get_by_label("What is asked").select_option("Address of free mail")
        second.get_by_label("And that is").select_option("not so")
        form.get_by_label("It counts if").select_option("at least one of these holds")
        expect(form.get_by_text(re.compile("if either the number of employees at least 51, or not"))).to_be_visible()
        form.get_by_role("button", name="Add the rule").click()
        expect(page.locator("[data-entry^='engagement.content-downloaded-employees']")).to_be_focused()
        expect(quick.get_by_role("heading", name=re.compile("^Newly to sales"))).to_be_visible()
        page.keyboard.press("Control+z")
        expect(quick.get_by_text("The same leads go to sales as today")).to_be_visible()
        assert csp_reports(page) == []


def test_a_proposal_says_why_nothing_can_be_learned(console: Console) -> None:
    with console.signed_in("sam", width=PHONE, at="/agreement?proposal=new") as page:
        page.get_by_label("Leads that sales can take").fill("3")
        page.get_by_label("Days after which an open lead counts as lost").fill("90")
        with page.expect_request("**/agreement/proposals") as asked:
            page.get_by_role("button", name="Propose points").tap()
        assert asked.value.post_data_json["matures_after"] == "90d"
        expect(page.get_by_text("Nothing can be learned from these leads")).to_be_visible()
        assert axe_faults(page) == []


def test_an_agreement_of_200_kilobytes_stays_usable(console: Console, baton: AtWork) -> None:
    why = f"  # {'what we said of this piece ' * 4}\n"
    pieces = "".join(f"{why}  - {{id: piece-{n}, title: T, topic: pricing, stage: bofu}}\n" for n in range(1050))
    text = re.sub(r"(?m)^content:.*\n", lambda found: found[0] + pieces, TEXT)
    assert 150_000 < len(text) < 200_000
    draft = drafted(baton, text)
    with console.signed_in("maria", at=f"/agreement?draft={draft['draft_id']}&as=text") as page:
        page.get_by_role("textbox", name=EDITOR).wait_for()
        page.evaluate(
            "() => { window.slow = []; new PerformanceObserver(all => all.getEntries()"
            ".forEach(each => window.slow.push(each.duration))).observe({type: 'longtask'}) }"
        )
        type_after(page, "piece-1049,", "- {id: last, title: T, topic: pricing, stage: bofu}")
        assert max(page.evaluate("window.slow"), default=0) < 400, "this machine is shared"
        expect(page.get_by_role("heading", name=re.compile(r"\(1051\)$"))).to_be_visible()
