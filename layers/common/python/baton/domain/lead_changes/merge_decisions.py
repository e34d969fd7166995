"""Decides whether two leads of one person may be merged, and undoes a merge."""

from collections.abc import Sequence

from baton.domain.basics.refusals import Refused
from baton.domain.events.merge_events import LeadAbsorbed, LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.recorded import Event, Recorded, event_id_of, event_number
from baton.domain.history.lead_fold import evolve, fold
from baton.domain.history.merged_view import Histories, is_given_away, is_in_part
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Lead, Request
from baton.domain.leads.merged_histories import GivenAway, MergedPart
from baton.domain.leads.stage_and_status import FURTHEST_FIRST, Status

MAX_PARTS = 10
"""The most histories that a merged lead may be made of, so that it does not grow without bound."""

Pair = tuple[list[Event], list[Event]]
"""The events of the surviving lead, and those of the other."""


def merge(stays: Lead, other: Lead, reason: str | None) -> Pair:
    """Merges another lead into the surviving one, which learns all its facts; the other only points to it.

    The surviving lead must be further along: with sales, in review, or decided about. So an open handoff or duty goes
    on, and none begins twice.

    Raises:
        Refused: sales has both, or the other is further along, is held back, or is made of too many already.
    """
    _check(stays, other)
    whole = MergedPart(lead_id=other.lead_id, email=other.email, until=other.version, ceded=other.ceded)
    came = tuple(part.model_copy(update={"came_with": other.lead_id}) for part in (whole, *other.parts))
    merged = LeadMerged(other=other.lead_id, reason=reason, brought=FactSnapshot.of(other), parts=came)
    return [merged], [LeadAbsorbed(into=stays.lead_id, reason=reason)]


def merge_either_way(lead: Lead, other: Lead, reason: str | None) -> tuple[Lead, list[Event], list[Event]]:
    """Merges two leads, of which the one that is further along stays, else the first; returns it, and both's events.

    Raises:
        Refused: sales has both, one is held back, or they are made of too many already.
    """
    is_further = FURTHEST_FIRST.index(other.status) < FURTHEST_FIRST.index(lead.status)
    stays, goes = (other, lead) if is_further else (lead, other)
    return stays, *merge(stays, goes, reason)


def _check(stays: Lead, other: Lead) -> None:
    if stays.status is other.status is Status.WITH_SALES:
        raise Refused("sales has both leads; close or return one of the handoffs first, and merge that lead")
    if FURTHEST_FIRST.index(other.status) < FURTHEST_FIRST.index(stays.status):
        states = f"the other lead is {_status_text(other)}, and this one is {_status_text(stays)}"
        there = f"`POST /leads/{other.lead_id}/merge` with `other` {stays.lead_id}"
        raise Refused(f"{states}; merge them the other way: {there}")
    if other.held and not stays.held and stays.status is not Status.WITH_SALES:
        raise Refused(f"the other lead is held back; let it go first, with `DELETE /leads/{other.lead_id}/hold`")
    if len(stays.parts) + 1 + len(other.parts) > MAX_PARTS:
        raise Refused(f"a lead is made of {MAX_PARTS} at most; these two would be made of more")


def _status_text(lead: Lead) -> str:
    return lead.status.replace("_", " ")


def unmerge(
    stays: Lead, history: Sequence[Recorded], other_histories: Histories, other: Lead, reason: str | None
) -> Pair:
    """Undoes a merge: each lead gets back its facts, and signals sent to the other's addresses since go with the other.

    `history` is that of the surviving lead without its parts; `other_histories` are those of leads that it was merged
    into itself, where signals of the other may have come as well. Decisions made about the lead meanwhile stand.

    Raises:
        Refused: the other was not merged into this lead itself.
    """
    brought = [part for part in stays.parts if part.came_with == other.lead_id]
    if other.merged_into != stays.lead_id or not brought:
        raise Refused("this lead is merged into none")
    ids = tuple(dict.fromkeys(part.lead_id for part in brought if not part.only))
    goes = GivenAway(sent_to=ids, after=brought[0].since, until=stays.version)
    theirs = [each for each in history if is_given_away(each, [goes])]
    kept = [(_only(part, without=ids), events) for part, events in other_histories]
    taken = [(_only(part, of=ids), events) for part, events in other_histories]
    before = [each for part, events in taken if part.only for each in events if is_in_part(each, part)]
    shortened = {part: left for (part, _), (left, _) in zip(other_histories, kept, strict=True)}
    parts = tuple(shortened.get(part, part) for part in stays.parts if part.came_with != other.lead_id)
    ceded = (*stays.ceded, *([goes] if theirs else []))
    without = _without(stays, _with_merged_signals(history, kept), parts, ceded)
    unmerged = LeadUnmerged(other=other.lead_id, reason=reason, known=without, parts=parts, ceded=ceded)
    since = MergedPart(lead_id=stays.lead_id, after=goes.after, until=goes.until, only=ids)
    came = [part.model_copy(update={"since": 0}) for part, _ in taken if part.only]
    theirs = sorted([*before, *theirs], key=lambda each: each.at)
    return [unmerged], [_restored(stays, other, theirs, (*came, since), reason)]


def _only(part: MergedPart, of: Sequence[str] | None = None, without: Sequence[str] = ()) -> MergedPart:
    """Returns the part limited to signals sent to the leads in `of` (None: all), without those sent to `without`."""
    only = tuple(each for each in part.only if each not in without and (of is None or each in of))
    return part.model_copy(update={"only": only})


def _with_merged_signals(history: Sequence[Recorded], other_histories: Histories) -> list[Recorded]:
    """Returns a lead's history with the signals themselves before the event that restored the lead from them."""
    restored = list[Recorded]()
    for recorded in history:
        here = [(part, whole) for part, whole in other_histories if part.since == event_number(recorded) and whole]
        if isinstance(recorded.event, LeadRestored) and here:
            restored += [
                _as_of(each, recorded.event_id) for part, whole in here for each in whole if is_in_part(each, part)
            ]
            restored.append(recorded.model_copy(update={"event": recorded.event.model_copy(update={"known": None})}))
        else:
            restored.append(recorded)
    return restored


def _as_of(recorded: Recorded, event_id: str) -> Recorded:
    return recorded.model_copy(update={"event_id": event_id})


def _without(
    stays: Lead, history: Sequence[Recorded], parts: Sequence[MergedPart], ceded: Sequence[GivenAway]
) -> FactSnapshot:
    """Returns the facts that a lead would have if it had been merged with the leads of these parts only."""
    merges_kept = {part.since for part in parts if part.came_with}

    def happened(recorded: Recorded) -> bool:
        merged = isinstance(recorded.event, LeadMerged) and event_number(recorded) not in merges_kept
        return not (merged or isinstance(recorded.event, LeadUnmerged) or is_given_away(recorded, ceded))

    without = FactSnapshot.of(fold([each for each in history if happened(each)]) or stays)
    if without.request and stays.request and stays.request.at == without.request.at:
        return without.model_copy(update={"request": stays.request})
    return without


def _restored(
    stays: Lead, other: Lead, theirs: Sequence[Recorded], since: tuple[MergedPart, ...], reason: str | None
) -> LeadRestored:
    """Returns the other lead as it was, with the signals that came by its addresses since."""
    parts = (*other.parts, *since)
    if not theirs:
        return LeadRestored(merged_into=stays.lead_id, reason=reason, parts=parts)
    facts = other
    for each in theirs:
        facts = evolve(facts, _as_of(each, event_id_of(other.lead_id, other.version + 1)))
    snapshot = FactSnapshot.of(facts.model_copy(update={"request": _request(facts.request, other.request, stays)}))
    return LeadRestored(
        merged_into=stays.lead_id,
        reason=reason,
        known=snapshot,
        parts=parts,
        is_no_spam=facts.status is not other.status,
    )


def _request(given: Request | None, before: Request | None, stays: Lead) -> Request | None:
    """Returns a request that came while the leads were merged; it is open unless sales made contact since."""
    if given is None or given == before:
        return given
    both, handoff = stays.request, stays.handoff
    waits = both is not None and both.at == given.at and not both.answered
    unseen = handoff is not None and handoff.is_open and (handoff.contact is None or handoff.contact.at < given.at)
    return given.model_copy(update={"answered": not (waits or unseen)})
