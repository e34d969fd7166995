"""The score's ledger as people read it: each entry with the signal behind it, and why it counts so much."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from baton.domain.basics.moments import date_text
from baton.domain.basics.points import points_text
from baton.domain.conditions.condition_wording import duration_in_words
from baton.domain.events.recorded import event_id_of
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.handoff import limits_out_of
from baton.domain.leads.lead import Lead
from baton.domain.scoring.engagement_rules import CompiledCap, SignalRule
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import LedgerEntry, Standing


@dataclass(frozen=True, slots=True)
class ExplainedEntry:
    """An explained entry of the ledger, in hundredths of a point.

    `what` says what the lead did, while that is among its last activities; `note` says why it is not worth what the
    rule gives, such as `half of it has faded`.
    """

    kind: str
    rule: str
    points: int
    awarded: int
    at: datetime
    signal: str | None = None
    what: str | None = None
    note: str | None = None


def explained_ledger(standing: Standing) -> list[ExplainedEntry]:
    """Returns all entries behind a score, newest first, and then the limits' cuts; they add up to the score."""
    did = recent_activities(standing.lead, standing.card)
    entries = [_entry(line, standing, did) for line in standing.ledger()]
    return sorted(entries, key=lambda entry: (entry.kind == "limit", -entry.at.timestamp()))


def recent_activities(lead: Lead, card: Scorecard | None = None) -> dict[int, str]:
    """Returns what the lead did lately, as text by time in milliseconds.

    Two activities in the same millisecond cannot be told apart, and are left out.
    """
    at_once = Counter(milliseconds(activity.at) for activity in lead.recent)
    return {
        milliseconds(activity.at): _activity_text(activity.kind, activity.content, card)
        for activity in lead.recent
        if at_once[milliseconds(activity.at)] == 1
    }


def _activity_text(kind: str, content: str | None, card: Scorecard | None) -> str:
    id_ = card.listed_content(content) if card else None
    listed = card.library[id_] if card and id_ else None
    of_what = listed["title"] if listed else content
    return kind.replace("_", " ") + (f": {of_what}" if of_what else "")


def _entry(line: LedgerEntry, standing: Standing, did: dict[int, str]) -> ExplainedEntry:
    return ExplainedEntry(
        kind=line.kind,
        rule=line.rule,
        points=line.points,
        awarded=line.awarded,
        at=datetime.fromtimestamp(line.at / 1000, tz=UTC),
        signal=event_id_of(standing.lead.lead_id, line.event) if line.event else None,
        what=did.get(line.at) if line.kind == "engagement" and line.event else None,
        note="; ".join(_notes(line, standing)) or None,
    )


def _notes(line: LedgerEntry, standing: Standing) -> list[str]:
    if line.kind == "limit":
        return [_limited(line, standing)]
    if line.kind == "fit":
        return [*_for_persona(standing.card.fit.by_persona[line.rule], standing), *_outdone(line, standing)]
    terms = standing.card.engagement[line.rule]
    carried = [f"sum of {line.of} earlier awards"] if line.event is None else []
    return [
        *carried,
        *_for_persona(terms.by_persona, standing),
        *_capped(line, terms, standing),
        *_faded_or_expired(line, terms, standing),
    ]


def _limited(line: LedgerEntry, standing: Standing) -> str:
    if line.rule == limits_out_of(standing.card.top)[-1]:
        return f"a score is never above {standing.card.top}" if line.points < 0 else "a score is never below 0"
    kind = line.rule.partition(" ")[0]
    low, high = standing.card.fit_limits if kind == "fit" else standing.card.engagement_limits
    return f"{kind} counts at {f'most {points_text(high)}' if line.points < 0 else f'least {points_text(low)}'} points"


def _outdone(line: LedgerEntry, standing: Standing) -> list[str]:
    group = standing.card.fit.groups.get(line.rule)
    return [f"of {group} only the best counts"] if group and line.points != line.awarded else []


def _for_persona(by_persona: dict[str, int], standing: Standing) -> list[str]:
    persona = str(standing.facts.get("persona", ""))
    return [f"points for the persona {persona}"] if persona in by_persona else []


def _capped(line: LedgerEntry, terms: SignalRule, standing: Standing) -> list[str]:
    full = terms.by_persona.get(str(standing.facts.get("persona", "")), terms.points)
    if terms.cap is None or line.event is None or line.awarded == full:
        return []
    of_it = f", {points_text(line.awarded)} of {points_text(full)} given" if line.awarded else ""
    return [f"capped: at most {_say_cap(terms.cap)}{of_it}"]


def _say_cap(cap: CompiledCap) -> str:
    times = [] if cap.times is None else ["once" if cap.times == 1 else f"{cap.times} times"]
    worth = [] if cap.points is None else [f"{points_text(cap.points)} points"]
    per = f" in {duration_in_words(cap.per // 1000)}" if cap.per else ""
    return " and ".join((*times, *worth)) + per + (" for the same content" if cap.each else "")


def _faded_or_expired(line: LedgerEntry, terms: SignalRule, standing: Standing) -> list[str]:
    """Notes how much of an award is gone, because it expired or faded."""
    if terms.expires_after is not None and standing.at - line.at >= terms.expires_after:
        return [f"expired on {date_text(datetime.fromtimestamp((line.at + terms.expires_after) / 1000, tz=UTC))}"]
    if not line.awarded or line.points == line.awarded:
        return []
    percent = round(100 - 100 * line.points / line.awarded)
    share = {0: "a little of it", 50: "half of it", 100: "all of it"}.get(percent, f"{percent}% of it")
    return [f"{share} has faded"]
