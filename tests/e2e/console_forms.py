"""What one sends in the console: where it is, how it is written, and how often it was done in the end."""

import uuid
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import SAM, AtWork, read, somebody
from tests.e2e.console import Who
from tests.e2e.signals import GUIDE, PRICES, signal, tell


class Form(NamedTuple):
    """One form: `opens` what it stands behind, `typed` by the field's label, `done` as the console says it."""

    path: str
    opens: Callable[[Page], object]
    typed: dict[str, str]
    sends: str
    done: str
    times: Callable[[], int]

    def write(self, page: Page) -> None:
        self.opens(page)
        for field, text in self.typed.items():
            page.get_by_label(field, exact=True).last.fill(text)

    def stands(self, page: Page) -> dict[str, str]:
        return {field: page.get_by_label(field, exact=True).last.input_value() for field in self.typed}


def presses(name: str) -> Callable[[Page], object]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def there(_: Page) -> None:
    """It stands there without a press."""


def logs_a_contact(page: Page) -> None:
    page.get_by_role("button", name="Log a contact").click()
    page.get_by_label("No answer").check()


def forms_of(baton: AtWork, who: Who, fair: str) -> list[Form]:
    """The forms of a salesperson, or those of everybody else, each with something of its own to change."""
    return _of_sales(baton) if who == "sam" else _of_others(baton, fair)


def _of_sales(baton: AtWork) -> list[Form]:
    lead = baton.ask(somebody("nora"), first_name="Nora")
    handoff, lead_id = lead["handoff"], lead["lead_id"]
    if handoff["owner"] != SAM:
        path = f"/handoffs/{handoff['handoff_id']}/reassign"
        read(baton.admin.post(path, json={"owner": SAM, "reason": "He knows them."}))
    baton.listed(lead_id, owner=SAM)
    inbox, learned = f"/inbox?lead={lead_id}", {"Who decides": "Their COO"}
    return [
        Form(
            inbox, logs_a_contact, {"Note": "Rang twice"}, "Log it", "Logged", _events(baton, lead_id, "ContactLogged")
        ),
        Form(inbox, presses("Add an answer"), learned, "Save it", "Noted.", _events(baton, lead_id, "LeadUpdated")),
    ]


def _of_others(baton: AtWork, fair: str) -> list[Form]:
    email, company = somebody("otto"), f"company-{uuid.uuid4().hex[:12]}.com"
    guide = signal(email, "content_downloaded", content=GUIDE, source=fair, properties={"title": "Head of IT"})
    lead_id = tell(baton, guide, signal(email, "page_visited", content=PRICES, source=fair))["lead_id"]
    baton.listed(lead_id, owner="marketing", source=fair)
    lead, review = f"/leads/{lead_id}", f"/review?source={fair}&lead={lead_id}"
    draft = read(baton.admin.post("/agreement/drafts", json={"yaml": f"# {uuid.uuid4()}\n{packaged_text()}"}))
    draft_id = draft["draft_id"]

    def changed(kind: str) -> Callable[[], int]:
        return _events(baton, lead_id, kind)

    def revisions() -> int:
        return int(read(baton.admin.get(f"/agreement/drafts/{draft_id}"))["revision"]) - draft["revision"]

    def account() -> int:
        return int(read(baton.admin.get(f"/accounts/{company}"))["version"])

    def title(page: Page) -> None:
        page.get_by_role("button", name="Change: Title").click()

    noted = "The note is in the timeline."
    return [
        Form(lead, presses("Note"), {"Note": "Met at the fair"}, "Save the note", noted, changed("NoteAdded")),
        Form(f"{lead}?tab=facts", title, {"Title": "Head of Sales"}, "Save", "Title is saved.", changed("LeadUpdated")),
        Form(
            review,
            presses("No fit"),
            {"Why?": "Too small"},
            "Keep it as no fit",
            "kept as no fit",
            changed("LeadReviewed"),
        ),
        Form(
            "/accounts?account=new",
            there,
            {"Domain": company, "Name": company.upper()},
            "Add one",
            "It is on the list.",
            account,
        ),
        Form(
            f"/agreement?draft={draft_id}",
            there,
            {"A word about it": "As agreed"},
            "Save",
            "Saved as revision 2.",
            revisions,
        ),
    ]


def _events(baton: AtWork, lead_id: str, kind: str) -> Callable[[], int]:
    """How many events of a kind the lead has more than now."""
    before = baton.happened(lead_id).count(kind)
    return lambda: baton.happened(lead_id).count(kind) - before
