"""Every page there is, and how a reader takes it apart."""

from datetime import timedelta
from html.parser import HTMLParser
from typing import Literal

from baton.agreement.model import Destination
from baton.domain import events as e
from baton.domain import sales
from baton.domain.lead import Lead
from baton.domain.model import Staff
from baton.outreach import pages
from baton.outreach.links import Action, Link, LinkExpired, LinkInvalid
from tests.unit.given import AGREEMENT, HANDOFF_ID, IN_FORCE, KIM, NOW, SAM, rep, team
from tests.unit.outreach.given import LINKS, TO_SAM, after, offered_to

LEAD = offered_to(*TO_SAM, message="secret words")
BOTH = team(rep(SAM), rep(KIM, last_offered_at=NOW))  # Sam is next in turn


def link(action: Action, lead: Lead = LEAD) -> Link:
    assert lead.handoff is not None
    return LINKS.read(LINKS.url(lead.handoff, action, NOW).rpartition("/")[2], NOW)


ACCEPT, RETURN = link(Action.ACCEPT), link(Action.RETURN)
CONTACT, CLOSE, RATE = link(Action.CONTACT), link(Action.CLOSE), link(Action.RATE)


def accepted(lead: Lead = LEAD) -> Lead:
    return after(lead, sales.accept(lead, HANDOFF_ID, Staff(email=SAM), NOW))


def contacted(lead: Lead = LEAD) -> Lead:
    return after(lead, sales.contact(lead, HANDOFF_ID, "phone", None, Staff(email=SAM), NOW))


def closed(outcome: Literal["won", "lost"], lead: Lead = LEAD) -> Lead:
    return after(lead, sales.close(lead, HANDOFF_ID, outcome, "secret words", "48000", Staff(email=SAM)))


def rated(lead: Lead = LEAD, stars: int = 4) -> Lead:
    return after(lead, sales.rate(lead, HANDOFF_ID, stars, "secret words", Staff(email=SAM)))


def answered(link: Link, lead: Lead) -> str:
    return pages.answered(link, lead, LINKS, NOW)


def returned(then: Destination, *followed: e.Event) -> Lead:
    gone = e.HandoffReturned(handoff_id=HANDOFF_ID, assignment=1, reason="for a reason", then=then)
    return after(LEAD, [gone, *followed])


def passed_on() -> Lead:
    return after(
        LEAD, sales.reassign(LEAD, HANDOFF_ID, sales.PassedOn(owner=KIM, reason="holiday"), Staff(email=SAM), BOTH, NOW)
    )


def given_back(*others: str) -> Lead:
    """Sam says that it is for one of the others."""
    back, roster = sales.GivenBack(reason="wrong_person"), team(rep(SAM), *map(rep, others))
    return after(LEAD, sales.give_back(LEAD, HANDOFF_ID, back, Staff(email=SAM), IN_FORCE, roster, NOW))


def anew() -> Lead:
    """The lead asks again after Sam has reached out, so that Sam gets it once more."""
    return after(contacted(), sales.reopen(contacted(), NOW))


PARKED = returned(Destination.PARK, e.LeadParked(due_at=NOW + timedelta(days=90)))
DISQUALIFIED = returned(Destination.DISQUALIFY, e.LeadDisqualified(reason="bad_fit"))
EVERY_PAGE = {
    "ask to accept": pages.ask(ACCEPT, LEAD, AGREEMENT, NOW),
    "ask to return": pages.ask(RETURN, LEAD, AGREEMENT, NOW),
    "ask to log a contact": pages.ask(CONTACT, LEAD, AGREEMENT, NOW),
    "ask how it ended": pages.ask(CLOSE, contacted(), AGREEMENT, NOW),
    "ask to rate": pages.ask(RATE, contacted(), AGREEMENT, NOW),
    "accepted": answered(ACCEPT, accepted()),
    "contacted": answered(CONTACT, contacted()),
    "won": answered(CLOSE, closed("won")),
    "lost": answered(CLOSE, closed("lost")),
    "rated": answered(RATE, rated()),
    "rated in the end": answered(RATE, rated(closed("won"))),
    "parked": answered(RETURN, PARKED),
    "disqualified": answered(RETURN, DISQUALIFIED),
    "nurturing": answered(RETURN, returned(Destination.NURTURE)),
    "passed on": answered(RETURN, given_back(KIM)),
    "nobody else": answered(RETURN, given_back()),
    "settled": pages.settled(ACCEPT, passed_on(), LINKS, NOW) or "",
    "to correct": pages.correct("amount", "must read as a number, such as 48000"),
    "expired": pages.refused(LinkExpired()),
    "invalid": pages.refused(LinkInvalid()),
}


class Read(HTMLParser):
    """What a page is made of: its tags with their attributes, its text, and whether all tags are closed in order."""

    VOID = frozenset({"meta", "input"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.open, self.in_order = "", list[str](), True
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.in_order = self.in_order and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if "style" not in self.open else ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]
