"""An example of every page behind a mailed link, and a parser that reads a page."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Literal

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import WrongField
from baton.domain.events.handoff_events import HandoffReturned, ReturnDestination
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import LeadDisqualified, LeadParked
from baton.domain.handoffs import acceptance, closing, reassignment, returns
from baton.domain.leads.handoff import Handoff, handoff_id_of
from baton.domain.leads.lead import Lead
from baton.domain.teams.absences import AbsencePeriod
from baton.domain.teams.leaves import LeaveRequest
from baton.domain.teams.reps import Role
from baton.domain.teams.roster import Roster
from baton.outreach.links.handoff_links import Action, Link, LinkExpired, LinkInvalid
from baton.outreach.pages import link_pages, link_questions, link_refusals
from baton.outreach.pages.open_leads_page import open_leads_page
from tests.unit.given import AGREEMENT, HANDOFF_ID, IN_FORCE, KIM, NOW, SAM, rep, team
from tests.unit.outreach.given import LINKS, TO_SAM, after, offered_to

LEAD = offered_to(*TO_SAM, message="secret words")
BOTH = team(rep(SAM), rep(KIM, last_offered_at=NOW))  # Sam is next in turn


def link(action: Action, lead: Lead = LEAD) -> Link:
    assert lead.handoff is not None
    return LINKS.read(LINKS.url(lead.handoff, action, NOW).rpartition("/")[2], NOW)


ACCEPT, RETURN = link(Action.ACCEPT), link(Action.RETURN)
CONTACT, CLOSE, RATE = link(Action.CONTACT), link(Action.CLOSE), link(Action.RATE)
LEARN, LEAVE, OPEN_LEADS = link(Action.LEARN), link(Action.LEAVE), link(Action.OPEN_LEADS)


def accepted(lead: Lead = LEAD) -> Lead:
    return after(lead, acceptance.accept(lead, HANDOFF_ID, Staff(email=SAM), NOW))


def contacted(lead: Lead = LEAD, next_at: datetime | None = None) -> Lead:
    result = acceptance.ContactResult("reached", next_at) if next_at else acceptance.ContactResult()
    return after(lead, acceptance.log_contact(lead, HANDOFF_ID, "phone", None, Staff(email=SAM), NOW, result))


def closed(outcome: Literal["won", "lost"], lead: Lead = LEAD) -> Lead:
    return after(lead, closing.close(lead, HANDOFF_ID, outcome, "secret words", "48000", Staff(email=SAM)))


def rated(lead: Lead = LEAD, stars: int = 4) -> Lead:
    return after(lead, closing.rate(lead, HANDOFF_ID, stars, "secret words", Staff(email=SAM)))


def answered(link: Link, lead: Lead) -> str:
    return link_pages.confirmation_page(link, lead, LINKS, NOW)


def returned(then: ReturnDestination, *followed: Event) -> Lead:
    gone = HandoffReturned(handoff_id=HANDOFF_ID, assignment=1, reason="for a reason", then=then)
    return after(LEAD, [gone, *followed])


def passed_on() -> Lead:
    return after(
        LEAD,
        reassignment.reassign(
            LEAD, HANDOFF_ID, reassignment.ReassignRequest(owner=KIM, reason="holiday"), Staff(email=SAM), BOTH, NOW
        ),
    )


def handed_over_anew(owner: str) -> Handoff:
    """A second handoff of the lead, which somebody has."""
    assert LEAD.handoff
    return LEAD.handoff.model_copy(update={"handoff_id": handoff_id_of(LEAD.lead_id, 2), "owner": owner})


def returned_as_wrong_person(*others: str) -> Lead:
    """Sam says that it is for one of the others."""
    back, roster = returns.ReturnRequest(reason="wrong_person"), team(rep(SAM), *map(rep, others))
    return after(LEAD, returns.return_lead(LEAD, HANDOFF_ID, back, Staff(email=SAM), IN_FORCE, roster, NOW))


def asked_again() -> Lead:
    """The lead asks again after Sam has reached out, so that Sam gets it once more."""
    lead = contacted()
    assert lead.handoff
    return after(lead, reassignment.reopen(lead.handoff, BOTH, lambda: BOTH, NOW))


def refused(link: Link, lead: Lead, refusal: link_refusals.Refusal, typed: Mapping[str, str] = {}) -> str:
    """The page after something was wrong with an answer."""
    pressed = link_refusals.Pressed(link, lead, typed)
    return link_refusals.refusal_page(refusal, pressed, AGREEMENT, LINKS, NOW)[1]


AMOUNT_UNREAD = link_refusals.refused_answer(WrongField("amount", "must read as a number, such as 48000"))
AWAY = AbsencePeriod(since=date(2026, 12, 24), until=date(2027, 1, 3))
TAKEN_BACK = LeaveRequest(since=AWAY.since, until=AWAY.until, taken_back=True)
ON_LEAVE = team(rep(SAM, away=(AWAY,)))


def on_team(*others: str) -> Callable[[str], Roster]:
    """A team of Sam, who has the lead, and of others, of whom only Kim is free."""
    people = {KIM: rep(KIM), LEE: rep(LEE, away=(TODAY_OFF,)), MO: rep(MO, role=Role.MANAGER)}
    return lambda _: team(rep(SAM), *(people[each] for each in others))


LEE, MO = "lee@sales.example.com", "mo@sales.example.com"
TODAY_OFF = AbsencePeriod(since=NOW.date(), until=NOW.date())
HAND_ON = link(Action.HAND_ON)
PARKED = returned(ReturnDestination.PARK, LeadParked(due_at=NOW + timedelta(days=90)))
DISQUALIFIED = returned(ReturnDestination.DISQUALIFY, LeadDisqualified(reason="bad_fit"))
EVERY_PAGE = {
    "ask to accept": link_questions.question_page(ACCEPT, LEAD, AGREEMENT, NOW),
    "ask to return": link_questions.question_page(RETURN, LEAD, AGREEMENT, NOW),
    "ask to log a contact": link_questions.question_page(CONTACT, LEAD, AGREEMENT, NOW),
    "ask what was learned": link_questions.question_page(LEARN, contacted(), AGREEMENT, NOW),
    "ask for a colleague": link_questions.question_page(
        HAND_ON, accepted(), AGREEMENT, NOW, roster=on_team(LEE, KIM, MO)
    ),
    "no colleague": link_questions.question_page(HAND_ON, accepted(), AGREEMENT, NOW, roster=on_team(MO)),
    "handed on": answered(HAND_ON, passed_on()),
    "ask for a leave": link_questions.question_page(LEAVE, accepted(), AGREEMENT, NOW, roster=lambda _: ON_LEAVE),
    "ask how it ended": link_questions.question_page(CLOSE, contacted(), AGREEMENT, NOW),
    "ask to rate": link_questions.question_page(RATE, contacted(), AGREEMENT, NOW),
    "accepted": answered(ACCEPT, accepted()),
    "contacted": answered(CONTACT, contacted()),
    "learned": answered(LEARN, contacted()),
    "on leave": answered(LEAVE, accepted()),
    "leave taken back": link_pages.confirmation_page(LEAVE, accepted(), LINKS, NOW, TAKEN_BACK),
    "open leads": open_leads_page(OPEN_LEADS, [LEAD, closed("won")], SAM, LINKS, NOW),
    "no open leads": open_leads_page(OPEN_LEADS, [], SAM, LINKS, NOW),
    "won": answered(CLOSE, closed("won")),
    "lost": answered(CLOSE, closed("lost")),
    "rated": answered(RATE, rated()),
    "rated in the end": answered(RATE, rated(closed("won"))),
    "parked": answered(RETURN, PARKED),
    "disqualified": answered(RETURN, DISQUALIFIED),
    "nurturing": answered(RETURN, returned(ReturnDestination.NURTURE)),
    "passed on": answered(RETURN, returned_as_wrong_person(KIM)),
    "nobody else": answered(RETURN, returned_as_wrong_person()),
    "settled": link_pages.finished_page(ACCEPT, passed_on(), LINKS, NOW) or "",
    "over": link_pages.finished_page(CONTACT, PARKED, LINKS, NOW) or "",
    "ask again for the amount": refused(CLOSE, contacted(), AMOUNT_UNREAD, {"outcome": "won", "amount": "a lot"}),
    "ask again in a moment": refused(ACCEPT, LEAD, link_refusals.busy_lead(TimeoutError())),
    "expired": link_refusals.unusable_link(LinkExpired())[1],
    "invalid": link_refusals.unusable_link(LinkInvalid())[1],
}


class ParsedPage(HTMLParser):
    """What a page is made of: its tags with their attributes, its text, and whether all tags are closed in order."""

    VOID = frozenset({"meta", "input", "br"})

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
