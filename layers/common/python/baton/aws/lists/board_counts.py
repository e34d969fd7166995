"""Counts what the teams of a board have and owe, by who has to act: from rosters, index 1, and a few leads."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.aws.leads.lead_queues import LeadPage, teams_of
from baton.aws.lists.asked_list import MAX_PAGE, AskedList
from baton.aws.lists.lead_counts import Count, LeadCounts, counted, together
from baton.aws.table.keys import handoff_keys
from baton.aws.table.store import Store
from baton.aws.web.json_view import View
from baton.domain.teams.reps import Rep

ReadPage = Callable[[AskedList, datetime], LeadPage]
"""Reads a page of a list of leads, as it is at a moment."""


def board_counts(read: ReadPage, store: Store, agreement: Agreement, asked: AskedList, now: datetime) -> View:
    """Counts what the teams of a list have: `counts` of one, or each of several in `teams`.

    `overdue` is what is late by who has to act: a rep who holds it, whoever gives it to one, or marketing. `escalated`
    is of how many leads managers were told, if that is asked for. Of what waits, and of what the list holds, the first
    hundred are looked at.
    """
    board = _Board(read, store, agreement, asked, now)
    late, told = board.late_in_line(), board.escalated()
    shown = [board.team(name, late[name], told[name] if told else None) for name in asked.teams]
    marketing = LeadCounts(store).due(agreement.marketing.team, now)
    waiting = together(late[name] for name in asked.teams)
    overdue = {"held": _held_late(shown).view(), "waiting": waiting.view(), "marketing": marketing.view()}
    besides = {"overdue": overdue} | ({"escalated": together(told.values()).view()} if told else {})
    if len(shown) > 1:
        return {"teams": shown, **besides}
    return {"counts": {name: value for name, value in shown[0].items() if name not in ("late", "escalated")}, **besides}


class _Board(NamedTuple):
    read: ReadPage
    store: Store
    agreement: Agreement
    asked: AskedList
    now: datetime

    def team(self, name: str, waiting: Count, told: Count | None) -> View:
        """Counts one team as `GET /counts` does, what of it is late by who has to act, and what escalated."""
        team = LeadCounts(self.store).team(name, self.agreement, self.now, self._late_in)
        held = Count(0).view() if name == self.agreement.marketing.team else team["overdue"]
        escalated = {"escalated": told.view()} if told else {}
        return {**team, "late": {"held": held, "waiting": waiting.view()}, **escalated}

    def _late_in(self, team: str, rep: Rep, late: Count) -> Count:
        """Counts what of a rep's overdue leads is of a team: all, unless they hold leads of another team, too."""
        if not late.number or LeadCounts(self.store).held(rep.email) == counted(rep.open_handoffs):
            return late
        theirs = AskedList(owner=rep.email, teams=(team,), overdue=True, limit=MAX_PAGE)
        page = self.read(theirs, self.now)
        return counted(len(page.leads), more=page.cursor is not None)

    def late_in_line(self) -> dict[str, Count]:
        """Counts the leads that wait for a rep of each team and are late."""
        return self._by_team(AskedList(owner=handoff_keys.NOBODY, teams=self.asked.teams, overdue=True))

    def escalated(self) -> dict[str, Count] | None:
        """Counts the leads of each team of which managers were told from the asked moment on; None if none is asked."""
        since = self.asked.count_escalated_since
        return self._by_team(AskedList(teams=self.asked.teams, escalated_since=since)) if since else None

    def _by_team(self, asked: AskedList) -> dict[str, Count]:
        page = self.read(asked._replace(limit=MAX_PAGE), self.now)
        found = Counter(team for lead in page.leads for team in teams_of(lead))
        return {name: counted(found[name], more=page.cursor is not None) for name in asked.teams}


def _held_late(shown: Sequence[View]) -> Count:
    """Counts what is late of what people hold of these teams."""
    late = [each["overdue"] for team in shown for each in team["people"]]
    return together(Count(each["count"], each["more"]) for each in late)
