"""Chooses the rep who gets a lead, and gives the reason for each who does not."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from baton.domain.leads.routing_choice import NO_TERRITORY, SHARED_LINE, Preference, Routing, Skipped, Turn
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster, why_full
from baton.domain.teams.turns import Owed, balance_in_words, charged, credited

MAX_SKIPPED = 20
HAD_IT, COMES_FIRST = "had it already", "somebody else comes first"
FIRST_COME = "comes to those first who wait already"
Reasons = list[tuple[Rep, str | None]]


def choose_rep(
    roster: Roster,
    now: datetime,
    *,
    territory: str | None = None,
    had_it: Collection[str] = (),
    preferred: Sequence[Preference] = (),
    is_new: bool = False,
    by_form: bool = False,
) -> Routing:
    """Chooses the rep for a lead: the first of those preferred who can take it, else the next in turn.

    The turn is among the reps of its territory who have not had the lead. The same roster gives the same answer. A lead
    that `is_new` goes to no rep who could take a lead that waits already. A lead whom only forms know (`by_form`)
    needs room beside all that the rep holds; any other passes those by forms that wait for such room.
    """
    refused = {each: _why_not(each, roster, had_it, now, by_form=by_form) for each in preferred}
    favourite = next((each for each, why in refused.items() if why is None), None)
    reasons = reasons_against(roster, territory, had_it, now, by_form=by_form)
    if is_new and not favourite:
        reasons = [
            (rep, why or (FIRST_COME if _is_waited_for(rep, roster, by_form=by_form) else None)) for rep, why in reasons
        ]
    able = [rep for rep, why in reasons if why is None]
    skipped = _skipped(refused, reasons)
    if favourite:
        others = [each for each in skipped if each.rep != favourite.rep]
        others += [Skipped(rep=rep.email, why=COMES_FIRST) for rep in able if rep.email != favourite.rep]
        why = favourite.because
        return Routing(
            chosen=favourite.rep,
            why=why,
            skipped=_shown(others),
            territory=territory,
            warnings=roster.warnings_by_hand(favourite.rep, now, by_form=by_form) if favourite.at_any_hour else (),
            time_zone=roster.time_zone_of(favourite.rep),
            counted=roster.counted(favourite.rep),
        )
    if able:
        return _in_turn(roster, able, skipped, territory)
    why = _why_nobody(roster, territory, had_it, any(each.why == FIRST_COME for each in skipped))
    candidates = sorted({each.rep for each in preferred}.difference(roster.members(territory), had_it))
    return Routing(
        why=why,
        skipped=_shown(skipped),
        territory=territory,
        preferred=tuple(preferred),
        besides=tuple(candidates) if roster.pool(territory).has_room_for(had_it, candidates) else (SHARED_LINE,),
    )


def everybody_had_it(roster: Roster, territory: str | None, had_it: Collection[str]) -> bool:
    """Returns whether every rep who shares the territory's leads has had this one."""
    members = roster.members(territory)
    return bool(members) and members <= {*had_it}


def _in_turn(roster: Roster, able: list[Rep], skipped: list[Skipped], territory: str | None) -> Routing:
    """Gives the lead to the rep who is owed most.

    Of equals, the one without a lead for longest gets it, then the first by address.
    """
    pool = roster.pool(territory)
    owed = credited(pool.owed, {rep.email: rep.weight for rep in able})
    first, *others = sorted(able, key=lambda rep: _turn(rep, owed))
    behind = [Skipped(rep=rep.email, why=_later(rep, first, owed)) for rep in others]
    return Routing(
        chosen=first.email,
        why=f"next in turn: {balance_in_words(owed[first.email])}" if others else "the only one who can take it now",
        skipped=_shown(skipped + behind),
        territory=territory,
        time_zone=roster.time_zone_of(first.email),
        counted=roster.counted(first.email),
        turn=Turn(
            pool=territory or NO_TERRITORY,
            read=pool.number,
            owed=charged(owed, first.email),
            empty=tuple(line.key for line in pool.lines if not line.waiting),
        ),
    )


def _turn(rep: Rep, owed: Owed) -> tuple[int, float, str]:
    last = rep.last_offered_at
    return -owed[rep.email], last.timestamp() if last else 0.0, rep.email


def _later(rep: Rep, first: Rep, owed: Owed) -> str:
    if owed[rep.email] < owed[first.email]:
        return f"comes later: {balance_in_words(owed[rep.email])}"
    return "got a lead more recently, or comes later in the alphabet"


def _why_not(
    preferred: Preference, roster: Roster, had_it: Collection[str], now: datetime, *, by_form: bool
) -> str | None:
    """Returns why a preferred person cannot take the lead, in any territory; None if they can."""
    rep = roster.rep(preferred.rep)
    if rep is None:
        return "is not on the team's roster"
    if rep.email in had_it:
        return HAD_IT
    if preferred.at_any_hour:
        return roster.why_no_lead_by_hand(rep.email)
    return roster.why_no_lead(rep, now, by_form=by_form)


def _skipped(refused: Mapping[Preference, str | None], reasons: Reasons) -> list[Skipped]:
    """Returns all who do not get the lead, with the reason; those preferred come first."""
    first = {each.rep: Skipped(rep=each.rep, why=f"{each.because}, but {why}") for each, why in refused.items() if why}
    others = (Skipped(rep=rep.email, why=why) for rep, why in reasons if why and rep.email not in first)
    return [*first.values(), *others]


def reasons_against(
    roster: Roster, territory: str | None, had_it: Collection[str], now: datetime, *, by_form: bool
) -> Reasons:
    """Returns the team's reps by address, each with why they cannot take this lead now; None if they can."""
    members = roster.members(territory)
    here = sorted((rep for rep in roster if rep.is_here), key=lambda rep: rep.email)
    return [
        (
            rep,
            (None if rep.email in members else _elsewhere(rep, territory))
            or roster.why_no_lead(rep, now, by_form=by_form)
            or (HAD_IT if rep.email in had_it else None),
        )
        for rep in here
    ]


def _elsewhere(rep: Rep, territory: str | None) -> str:
    if territory:
        return f"does not work territory {territory}"
    return f"works {', '.join(rep.territories)} only"


def _is_waited_for(rep: Rep, roster: Roster, *, by_form: bool) -> bool:
    """Returns whether leads wait that this rep could take before this one, in any line.

    Those by forms do not come before a lead of whom more is known while the rep has no room for them.
    """
    after_forms = by_form or why_full(rep, by_form=True) is None
    return any(
        line.waiting > 0 and (after_forms or not line.by_form) and rep.email in roster.takers(name, line)
        for name, pool in roster.pools.items()
        for line in pool.lines
    )


def _why_nobody(roster: Roster, territory: str | None, had_it: Collection[str], others_wait: bool) -> str:
    if others_wait:
        return "others wait already, and come first"
    if everybody_had_it(roster, territory, had_it):
        return "everybody who could take it has had it already"
    if territory and not roster.members(territory):
        return f"nobody on the team works territory {territory}"
    return "nobody on the team can take it now"


def _shown(skipped: list[Skipped]) -> tuple[Skipped, ...]:
    """Cuts the list to what a person would read, because it is stored with every handoff."""
    more = len(skipped) - MAX_SKIPPED
    rest = (Skipped(rep=f"{more} more", why="are not listed"),) if more > 0 else ()
    return (*skipped[:MAX_SKIPPED], *rest)
