"""What happens once in the made-up history: a merge, a tool that is not understood, a draft that is tried, and more."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

from tests.integration.webhooks import send
from tests.senders import recorded_on
from tools.history.acts.marketing import Marketing
from tools.history.acts.visitors import Visitors
from tools.history.cast.agreements import DRAFT, THIRD, changed, second
from tools.history.cast.people import COMPANIES, MARIA, MIA, MONA, TARGETS, TESS
from tools.history.cast.words import NOTES
from tools.history.past import Past

DAY = timedelta(days=1)
RECORDED = ("hubspot.json", "calendly.json", "segment.json", "typeform.json", "customerio.json", "mautic.json")
"""What tools of the company sent; recorded in events/webhooks."""
NOT_UNDERSTOOD: tuple[dict[str, Any], ...] = (
    {"type": "Chat Rating", "data": {"email": "kerstin.blume@tannhof-moebel.example", "stars": 4, "agent": "Toni"}},
    {"type": "page_visited", "data": {"visitor": "fp-7731", "content": {"id": "price-list"}}},
    {"kind": "webinar_attended", "person": {"mail": "gareth.pryce@moss-lane.example"}, "minutes": 48},
)


class SetPieces:
    """Plans what happens once."""

    def __init__(self, past: Past, visitors: Visitors, marketing: Marketing) -> None:
        self.past, self.visitors, self.marketing = past, visitors, marketing

    def plan(self) -> None:
        """Plans all of it, in days before the end."""
        self._list_accounts()
        third = changed(second(), THIRD)
        self._ago(26, self.marketing.list_of_the_fair)
        self._ago(19, lambda: self.marketing.list_of_the_webinar(self.visitors.known[:14]))
        self._ago(16, partial(self.sign, third, "Webinars are worth more than we thought."))
        self._ago(12, self._merge)
        self._ago(11, self._hands_over_by_hand)
        self._ago(8, self._holds_back)
        self._ago(2, partial(self._try, changed(third, DRAFT)))
        for number, name in enumerate(RECORDED):
            self._ago(21 - 3.1 * number, partial(self._tells, name, number))
        for number, said in enumerate(NOT_UNDERSTOOD):
            self._ago(5 - 1.7 * number, partial(self._is_not_understood, said, number))

    def _ago(self, days: float, act: Any) -> None:
        self.past.plan(self.past.ends - days * DAY, act)

    def _list_accounts(self) -> None:
        for company in (each for each in COMPANIES if each.name in TARGETS):
            said = {"name": company.name} | ({"owner": owner} if (owner := TARGETS[company.name]) else {})
            self.past.act(MARIA, "marketing", "PUT", f"/accounts/{company.domain}", said)

    def sign(self, text: str, note: str) -> None:
        """Both departments sign a text, and every function knows of it before anything else happens."""
        draft = self._draft(text, note)
        path = f"/agreement/drafts/{draft['draft_id']}/signatures"
        self.past.ask("POST", path, {"revision": draft["revision"]}, by=MONA, groups="sales")
        self.past.cold()
        self.past.settle()

    def _draft(self, text: str, note: str) -> dict[str, Any]:
        """Maria writes a draft, and Mia signs it for marketing."""
        said = {"yaml": text, "note": note}
        made: dict[str, Any] = self.past.act(MARIA, "marketing", "POST", "/agreement/drafts", said).json()
        path = f"/agreement/drafts/{made['draft_id']}/signatures"
        self.past.act(MIA, "marketing", "POST", path, {"revision": made["revision"]})
        return made

    def _try(self, text: str) -> None:
        """A draft is tried on what happened since the last version, and sales has yet to sign it."""
        draft = self._draft(text, "Fewer points, faster calls: as agreed on Monday.")["draft_id"]
        begins = self.past.ends - 28 * DAY
        period = {"from": f"{begins:%Y-%m-%d}", "to": f"{self.past.now:%Y-%m-%d}"}
        self.past.act(MARIA, "marketing", "POST", f"/agreement/drafts/{draft}/trial", period)
        [execution] = self.past.stack.executions("DraftTrial")
        while not self.past.invoke("replay_leads", json.loads(execution.execution_input))["done"]:
            continue

    def _merge(self) -> None:
        """Somebody writes from home, too, and turns out to be one person."""
        person = self.visitors.next_person()
        at_home = person.email.replace(person.company.domain, "postfach.example")
        self.visitors.asks(person)
        self.past.send_form("content-download", email=at_home, content="guide", first_name=person.first_name)
        self.past.settle()
        said = {"other": self.past.lead_of(at_home), "reason": "Said on the phone that this is the address at home."}
        self.past.act(MARIA, "marketing", "POST", f"/leads/{self.past.lead_of(person.email)}/merge", said)

    def _hands_over_by_hand(self) -> None:
        lead_id = self._reader()
        said = {"reason": "Met at a dinner; wants a call this week, whatever the points say.", "owner": TESS}
        self.past.act(MONA, "sales", "POST", f"/leads/{lead_id}/handoff", said)
        self.past.act(MARIA, "marketing", "POST", f"/leads/{lead_id}/notes", {"text": NOTES[0]})

    def _holds_back(self) -> None:
        said = {"reason": "Their works council looks at us first.", "until": f"{self.past.ends + 12 * DAY:%Y-%m-%d}"}
        self.past.act(MARIA, "marketing", "POST", f"/leads/{self._reader()}/hold", said)

    def _reader(self) -> str:
        person = self.visitors.next_person()
        self.visitors.sees(person, "guide")
        return self.past.lead_of(person.email)

    def _tells(self, name: str, number: int) -> None:
        source = name.partition(".")[0]
        send(self.past, source, recorded_on(name, self.past.now), id_=f"recorded-{number}")

    def _is_not_understood(self, said: dict[str, Any], number: int) -> None:
        send(self.past, "standard", json.dumps(said).encode(), id_=f"odd-{number}")
