"""Chooses who gets a lead, and says of everybody else why not."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from baton.domain.handoff import Routing, Skipped
from baton.domain.model import Fact, Instant


class Role(StrEnum):
    """What a person on the roster is there for."""

    REP = "rep"
    MANAGER = "manager"


class Subscription(StrEnum):
    """Whether mail reaches a person.

    `unprotected` means that the address was confirmed by a click in the mail: mail arrives, but anybody who opens
    the unsubscribe link in it, a mail scanner included, would silently end it. Only `confirmed` is good for leads.
    """

    PENDING = "pending"
    UNPROTECTED = "unprotected"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    REMOVED = "removed"


class Rep(Fact):
    """A person on a team's roster: the agreed share and limit, and how many open handoffs they hold."""

    email: str
    role: Role = Role.REP
    weight: int = 1
    capacity: int = 25
    subscription: Subscription = Subscription.PENDING
    subscription_arn: str | None = None
    open_handoffs: int = 0
    last_offered_at: Instant | None = None


Roster = Sequence[Rep]

MOST_SKIPPED = 20

_NOT_REACHED = {
    Subscription.PENDING: "has not confirmed the address yet",
    Subscription.UNPROTECTED: "confirmed by a click, so that anybody with the mail could unsubscribe; confirm anew",
    Subscription.ENDED: "gets no mail any more, because the subscription was ended or never confirmed; add them again",
    Subscription.REMOVED: "was removed from the team",
}


def why_not(rep: Rep) -> str | None:
    """Why this person cannot be given a lead now; None if they can."""
    if rep.role is not Role.REP:
        return "is a manager"
    if rep.subscription is not Subscription.CONFIRMED:
        return _NOT_REACHED[rep.subscription]
    if rep.open_handoffs >= rep.capacity:
        return f"has {rep.open_handoffs} of at most {rep.capacity} open handoffs"
    return None


class Preference(Fact):
    """Somebody who gets a lead before anybody else on the team, if they can take it, and why."""

    rep: str
    because: str


def choose(roster: Roster, had_it: Collection[str] = (), preferred: Preference | None = None) -> Routing:
    """Choose among those who can take a lead and have not had it: whoever is preferred, then the least loaded for their
    weight, then the one whose last lead is longest ago, then by address, so that the same roster always gives the same
    answer.
    """
    able, skipped = [], []
    for rep in sorted(roster, key=lambda rep: rep.email):
        why = why_not(rep) or ("had it already" if rep.email in had_it else None)
        if why is None:
            able.append(rep)
        elif rep.role is Role.REP and rep.subscription is not Subscription.REMOVED:
            skipped.append(Skipped(rep=rep.email, why=why))
    if preferred and preferred.rep not in {rep.email for rep in roster}:
        skipped.insert(0, Skipped(rep=preferred.rep, why=f"{preferred.because}, but is not on the team's roster"))
    if not able:
        return Routing(chosen=None, why="nobody on the team can take it now", skipped=_shown(skipped))
    if preferred and preferred.rep in {rep.email for rep in able}:
        behind = [Skipped(rep=rep.email, why="somebody else comes first") for rep in able if rep.email != preferred.rep]
        return Routing(chosen=preferred.rep, why=preferred.because, skipped=_shown(skipped + behind))
    first, *others = sorted(able, key=_turn)
    skipped += [Skipped(rep=rep.email, why=_behind(first, rep)) for rep in others]
    return Routing(chosen=first.email, why=_because(first, others), skipped=_shown(skipped))


def _shown(skipped: list[Skipped]) -> tuple[Skipped, ...]:
    """As many as a person would read: it is kept with every handoff."""
    more = len(skipped) - MOST_SKIPPED
    rest = (Skipped(rep=f"{more} more", why="are not listed"),) if more > 0 else ()
    return (*skipped[:MOST_SKIPPED], *rest)


def _turn(rep: Rep) -> tuple[float, float, str]:
    last = rep.last_offered_at
    return rep.open_handoffs / rep.weight, last.timestamp() if last else 0.0, rep.email


def _because(chosen: Rep, others: list[Rep]) -> str:
    if not others:
        return "the only one who can take it now"
    return f"next in turn, with {_load(chosen)}"


def _load(rep: Rep) -> str:
    return f"{rep.open_handoffs} open handoff{'' if rep.open_handoffs == 1 else 's'} at weight {rep.weight}"


def _behind(chosen: Rep, rep: Rep) -> str:
    if _turn(rep)[0] > _turn(chosen)[0]:
        return f"has {_load(rep)}"
    return "got a lead more recently, or comes later in the alphabet"


def managers(roster: Roster) -> list[str]:
    """The addresses of the managers whom mail reaches."""
    reached = (Subscription.CONFIRMED, Subscription.UNPROTECTED)
    return sorted(rep.email for rep in roster if rep.role is Role.MANAGER and rep.subscription in reached)
