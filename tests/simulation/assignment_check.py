"""Checks, independently of Baton, who gets each lead: a rep who is at work and has room, by turns and in line."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from baton.domain.events.handoff_events import (
    ContactLogged,
    HandoffAccepted,
    HandoffClosed,
    HandoffConfirmed,
    HandoffOffered,
    HandoffReassigned,
    HandoffReturned,
)
from baton.domain.events.recorded import Recorded
from baton.domain.qualification.audit import AUDIT
from baton.domain.teams.reps import Rep
from tests.simulation.availability_check import is_at_work, is_away
from tests.simulation.broken_rules import must
from tests.simulation.fair_share_check import FairShareCheck

if TYPE_CHECKING:
    from tests.simulation.year import Year

IN_TURN = ("next in turn", "the only one who can take it now")
BY_HAND = ("named by",)
KEPT = ("has the lead already",)
ITS_TURN, ASKED_AGAIN = "its turn in the line", "the lead asked for a person again"
Given = HandoffOffered | HandoffReassigned
NAMED = "named by a person"


@dataclass
class Placement:
    """Where a lead is: with whom, or since when it waits; whose leads it belongs to, and who has had it.

    `besides` are those who may take it while it waits, although they do not share such leads. While
    `only_a_form_says_it` and nobody has accepted it, it takes no room from leads of whom more is known.
    """

    team: str
    territory: str | None
    had_it: set[str] = field(default_factory=set)
    besides: tuple[str, ...] = ()
    owner: str | None = None
    since: datetime | None = None
    only_a_form_says_it: bool = False


class AssignmentCheck:
    """Who holds which leads, and which leads wait."""

    def __init__(self, year: "Year") -> None:
        self.year, self.shares = year, FairShareCheck()
        self.places: dict[str, Placement] = {}
        self.waiting: dict[str, Placement] = {}
        self.held, self.by_forms = Counter[str](), Counter[str]()

    def read(self, recorded: Recorded) -> None:
        event, lead_id = recorded.event, recorded.lead_id
        match event:
            case HandoffOffered():
                self.places[lead_id] = Placement(event.team, event.routing.territory)
                self.places[lead_id].only_a_form_says_it = event.by_form
                self._given(lead_id, event, recorded.at)
            case HandoffReassigned():
                self._comes_to(self.places[lead_id], event)
                self._given(lead_id, event, recorded.at)
            case HandoffConfirmed():
                must(self.places[lead_id].owner is None, "changes lines, though somebody has it")
                self.places[lead_id].only_a_form_says_it = False
            case HandoffAccepted() | ContactLogged():
                place = self.places[lead_id]
                self.held[str(place.owner)] += place.only_a_form_says_it
                self.by_forms[str(place.owner)] -= place.only_a_form_says_it
                place.only_a_form_says_it = False
            case HandoffReturned() | HandoffClosed():
                self._moves(lead_id, None)

    def _comes_to(self, place: Placement, event: HandoffReassigned) -> None:
        """The lead may come to another team: by hand, or because its own is not agreed any more."""
        must(place.team in (event.team, event.former_team), "changes its team, and nobody says so")
        if event.former_team:
            by_hand = event.routing.why.startswith(NAMED)
            must(by_hand or not self._is_agreed(place.team), f"is taken from team {place.team}, which is agreed")
            place.team, place.territory = str(event.team), event.routing.territory
        must(
            event.owner is None or event.reason == ASKED_AGAIN or self._is_agreed(place.team),
            "is given to nobody's team",
        )

    def _is_agreed(self, team: str) -> bool:
        return team in self.year.commands.card.agreement.teams

    def _given(self, lead_id: str, event: Given, now: datetime) -> None:
        """The lead is given to somebody, or to nobody yet; it is checked before it counts."""
        place, why = self.places[lead_id], event.routing.why
        since = place.since
        if event.owner is None:
            able = [*self._able_by_weight(event, place, now)]
            must(not able, f"is given to nobody, though {able} could take it")
        elif why.startswith(IN_TURN):
            self._in_turn(event, place, now)
        elif why.startswith(KEPT):
            rep = self.year.teams.rep(event.owner)
            must(not is_away(rep, place.team, now), f"is given anew to {event.owner}, who is away")
        else:
            by_hand = why.startswith(BY_HAND)
            why_not = self._why_not(self.year.teams.rep(event.owner), place, now, by_hand=by_hand)
            must(why_not is None, f"is given to {event.owner}, who {why_not}")
        if isinstance(event, HandoffReassigned) and event.reason == ITS_TURN:
            self._first_come(lead_id, str(event.owner))
        self._moves(lead_id, event.owner)
        if event.owner is None:
            place.since = since if _moves_in_line(event) else now
            place.besides = event.routing.besides
            self.waiting[lead_id] = place

    def _moves(self, lead_id: str, owner: str | None) -> None:
        place = self.places[lead_id]
        counts = self.by_forms if place.only_a_form_says_it else self.held
        if place.owner:
            counts[place.owner] -= 1
        if owner:
            counts[owner] += 1
            place.had_it.add(owner)
        self.waiting.pop(lead_id, None)
        place.owner, place.since, place.besides = owner, None, ()

    # --- Who could take it

    def _in_turn(self, event: Given, place: Placement, now: datetime) -> None:
        """Whoever gets it is able, and it counts for the shares of all who are."""
        able = self._able_by_weight(event, place, now)
        must(event.owner in able, f"is given to {event.owner}, while {sorted(able)} can take it")
        self.shares.give((place.team, self._pool(place)), able, str(event.owner))

    def _able_by_weight(self, event: Given, place: Placement, now: datetime) -> dict[str, int]:
        is_new = isinstance(event, HandoffOffered) or _moves_in_line(event)
        by_lot = isinstance(event, HandoffOffered) and event.trigger == AUDIT
        able = self._able_to_take(place, now, is_new=is_new)
        return {rep.email: rep.weight for rep in able if not by_lot or self._has_time(rep)}

    def _has_time(self, rep: Rep) -> bool:
        """Whether somebody holds less than half of what they may."""
        return 2 * sum(place.owner == rep.email for place in self.places.values()) < rep.capacity

    def _able_to_take(self, place: Placement, now: datetime, *, is_new: bool) -> Iterator[Rep]:
        """Who could take a lead: not those who had it; a new one, not those for whom others wait."""
        before = self.waiting.values() if is_new else ()
        waiting = [other for other in before if other.team == place.team and other is not place]
        for rep in self._takers(place):
            able = rep.email not in place.had_it and self._why_not(rep, place, now) is None
            if able and not any(self._comes_before(other, place, rep) for other in waiting):
                yield rep

    def _comes_before(self, other: Placement, place: Placement, rep: Rep) -> bool:
        """Whether a lead that has waited longer comes to somebody first: unless only forms say it, and they have no
        room for those.
        """
        passed = other.only_a_form_says_it and not place.only_a_form_says_it and not self._has_room_for_forms(rep)
        return not passed and self._is_for(rep.email, other)

    def _has_room_for_forms(self, rep: Rep) -> bool:
        return self.held[rep.email] + self.by_forms[rep.email] < rep.capacity

    def _is_for(self, email: str, place: Placement) -> bool:
        """Whether a lead may go to somebody at some time."""
        return email not in place.had_it and any(email == rep.email for rep in self._takers(place))

    def _takers(self, place: Placement) -> list[Rep]:
        """Who shares the leads of a place, or may take this one besides."""
        members = self._members(place)
        reps = self.year.teams.teams[place.team].reps.values()
        return [*members, *(rep for rep in reps if rep.email in place.besides and rep not in members)]

    def _members(self, place: Placement) -> list[Rep]:
        """Who shares the leads of a place."""
        here = [
            rep
            for rep in self.year.teams.teams[place.team].reps.values()
            if rep.role == "rep" and rep.subscription != "removed"
        ]
        anywhere = [rep for rep in here if not rep.territories]
        if place.territory in {each.id for each in self.year.commands.card.agreement.territories}:
            return [rep for rep in here if not rep.territories or place.territory in rep.territories]
        return anywhere or here

    def _why_not(self, rep: Rep, place: Placement, now: datetime, *, by_hand: bool = False) -> str | None:
        if rep.role != "rep" or rep.subscription != "confirmed":
            return "is not there"
        if by_hand:
            return None
        if self.held[rep.email] >= rep.capacity:
            return f"has {self.held[rep.email]} of {rep.capacity}"
        if place.only_a_form_says_it and not self._has_room_for_forms(rep):
            return "has no room for what only forms say"
        if is_away(rep, place.team, now):
            return "is away"
        return None if is_at_work(rep, place.team, now) else "is not at work"

    @staticmethod
    def _pool(place: Placement) -> str:
        return place.territory or "*"

    # --- Those who wait

    def _first_come(self, lead_id: str, owner: str) -> None:
        """Nobody who has waited longer could have had the one who took it."""
        place = self.places[lead_id]
        must(place.since is not None, "is given its turn in a line in which it does not wait")
        for other_id, other in self.waiting.items():
            longer = other.team == place.team and (other.since or self.year.now) < (place.since or self.year.now)
            first = longer and self._comes_before(other, place, self.year.teams.rep(owner))
            must(not first, f"is given to {owner}, for whom {other_id} waited longer")

    def inspect(self) -> None:
        """Unless somebody has yet to be told: nobody waits whom somebody could take, nor for a team that is agreed no
        longer.
        """
        for lead_id, place in self.waiting.items():
            if not self.year.lines.is_late(place.team):
                must(self._is_agreed(place.team), f"{lead_id} waits for team {place.team}, which is agreed no longer")
                able = [rep.email for rep in self._able_to_take(place, self.year.now, is_new=False)]
                must(not able, f"{lead_id} waits since {place.since}, though {able} could take it")

    def close(self) -> None:
        """Everybody holds what they were given, and is owed what they are due."""
        teams = self.year.teams.teams.values()
        for team in teams:
            for rep in team.reps.values():
                counted, held = rep.open_handoffs - rep.unaccepted_forms, self.held[rep.email]
                must(counted == held, f"{rep.email} holds {held}, and {counted} are counted")
                forms = sum(each.owner == rep.email and each.only_a_form_says_it for each in self.places.values())
                must(rep.unaccepted_forms == forms, f"{rep.email} has {forms} that only forms know")
        self.inspect()
        self.shares.close({(team.name, pool): turns.owed for team in teams for pool, turns in team.turns.items()})


def _moves_in_line(event: Given) -> bool:
    """Whether a lead that waits comes to another team."""
    return isinstance(event, HandoffReassigned) and event.former_team is not None and event.previous_owner is None
