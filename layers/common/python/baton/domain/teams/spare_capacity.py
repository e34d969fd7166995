"""Reps who have time for leads that nobody waits for, such as those that are drawn by lot."""

from dataclasses import replace

from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster


def with_spare_capacity(roster: Roster) -> Roster:
    """Returns the roster on which only reps who hold less than half of what they may can take a lead.

    So a lead that was drawn never keeps a rep from one that asks for a person.
    """
    return replace(roster, people=tuple(rep if _has_time(rep) else _full(rep) for rep in roster.people))


def _has_time(rep: Rep) -> bool:
    return rep.open_handoffs * 2 < rep.capacity


def _full(rep: Rep) -> Rep:
    return rep.model_copy(update={"capacity": min(rep.capacity, rep.open_handoffs - rep.unaccepted_forms)})
