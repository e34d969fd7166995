"""Writes the sections of a mail about qualification: reasons, score, persona, BANT, and what is not known.

The mail is about a handoff, so the score and its rules are those that the handoff cites.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.basics.amounts import number_text
from baton.domain.events.recorded import event_id_of
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.handoff import Evidence, Handoff, is_limit
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, Answer, AnswerValue
from baton.domain.leads.signal_counts import CAPTURE_EVENT, is_current
from baton.domain.qualification.score_ledger import recent_activities
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import best_persona, is_met, standing_of
from baton.outreach.text.times_and_names import day, in_words, with_local_times
from baton.outreach.text.untrusted_text import defang, defanged_line, one_line

RULES_SHOWN = 5
_FOR_THE_CALL = ("first_name", "last_name", "title", "phone", "country")


def why_now(handoff: Handoff, zone: str | None = None) -> list[str]:
    """Returns the reasons of the handoff, with times in a zone; if a person handed it over, the rules' verdict as well.

    The rules behind a score are left to the section of the score.
    """
    reasons = handoff.reasons[:1] if handoff.trigger == "score" and handoff.evidence else handoff.reasons[:10]
    own = [reason for reason in reasons if reason not in handoff.verdict]
    verdict = [f"- {defanged_line(line, 300)}" for line in handoff.verdict[:10]]
    rules_said = ["The rules said:", *verdict] if verdict else []
    return ["WHY NOW", *(f"- {defanged_line(with_local_times(reason, zone), 300)}" for reason in own), *rules_said]


def score(lead: Lead, handoff: Handoff, card: Scorecard | None, now: datetime) -> list[str]:
    """Returns the score at the handover and the rules that gave most of it; empty if no rule gave points."""
    if not handoff.evidence or handoff.score is None:
        return []
    is_alike = card is not None and card.top == handoff.full_score
    needed = _threshold(lead, card, now) if card and is_alike and handoff.trigger != "score" else None
    of = f"of {handoff.full_score}" + (f" (sales gets it from {needed})" if needed is not None else "")
    parts = list(_rule_lines(lead, [line for line in handoff.evidence if not is_limit(line.rule)], card))
    shown = [*parts[:RULES_SHOWN], *(["and more"] if len(parts) > RULES_SHOWN else []), *_limited(handoff.evidence)]
    return [f"SCORE: {_points(handoff.score)} {of}", *shown]


def _limited(evidence: Sequence[Evidence]) -> list[str]:
    """Returns the points that the agreed limits took off or added: `-12 by the agreed limits`."""
    cut = sum(line.points for line in evidence if is_limit(line.rule))
    return [f"{_gained(cut)} by the agreed limits"] if cut else []


def _threshold(lead: Lead, card: Scorecard, now: datetime) -> int | None:
    if not card.thresholds:
        return card.rules["threshold"]
    return standing_of(lead, card, now).threshold if is_current(lead.tally, card.version) else None


def _rule_lines(lead: Lead, evidence: Sequence[Evidence], card: Scorecard | None) -> Iterator[str]:
    """Yields a line for each rule that gave or took points, those with the most points first."""
    did = recent_activities(lead, card)
    by_rule = [list(lines) for _, lines in groupby(sorted(evidence, key=_rule), _rule)]
    for lines in sorted(by_rule, key=lambda lines: -abs(sum(line.points for line in lines))):
        about = _activity_note(lines, lead.lead_id, did)
        worth = _gained(sum(line.points for line in lines))
        yield defang(f"{worth} {in_words(lines[0].rule)}" + (f" ({about})" if about else ""))


def _rule(line: Evidence) -> str:
    return line.rule


def _activity_note(lines: Sequence[Evidence], lead_id: str, did: dict[int, str]) -> str:
    """Returns what the lead did and when; empty for what is known from the beginning, which has no date of its own."""
    last = max(line.at for line in lines)
    if lines[0].signal is None or lines[0].signal == event_id_of(lead_id, CAPTURE_EVENT):
        return ""
    if len(lines) > 1:
        return f"{len(lines)} times, last on {day(last)}"
    content = did.get(milliseconds(last), "").partition(": ")[2]
    return ", ".join(filter(None, (one_line(content, 80), day(last))))


def persona_and_bant(lead: Lead, card: Scorecard | None) -> list[str]:
    """Returns the best persona, each answer to BANT with its source and day, and the agreement's own facts."""
    answers = [
        f"{in_words(need).capitalize()}: {_answer_text(answer)}"
        + (", not enough" if (answer.met is False or (card and not is_met(answer, need, card))) else "")
        for need in BANT
        if (answer := lead.bant.get(need))
    ]
    lines = [*(_persona(lead, card) if card else []), *answers, *(_attributes(lead, card) if card else [])]
    return ["WHAT IS KNOWN", *lines] if lines else []


def _persona(lead: Lead, card: Scorecard) -> list[str]:
    fits = best_persona(lead, card)
    if fits is None or not fits.counts:
        return []
    label = next(persona["label"] for persona, _ in card.personas if persona["id"] == fits.id)
    missing = ", ".join(in_words(name.removeprefix(ATTRIBUTE)) for name in fits.missing)
    unknown = f" ({missing} unknown)" if missing else ""
    return [f"Fits {defanged_line(label)} to {fits.match}%{unknown}"]


def _attributes(lead: Lead, card: Scorecard) -> list[str]:
    """Returns a line for each agreed attribute that is known: `Plan: pro`."""
    agreed, known = card.rules.get("attributes", {}), lead.attributes
    shown = {agreed[name]["label"]: known[name] for name in agreed if name in known}
    return [f"{defanged_line(label)}: {defanged_line(_said(value), 200)}" for label, value in shown.items()]


def _said(value: AnswerValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else number_text(value)


def _answer_text(answer: Answer) -> str:
    """Returns an answer with its source and day: `50000 (form consultation, 22 Nov)`. Staff is named without the @
    part.
    """
    source = one_line(answer.source.partition("@")[0]).replace(":", " ", 1)
    return defang(f"{one_line(str(answer.value))} ({source[:60]}, {day(answer.at)})")


def missing_facts(lead: Lead) -> list[str]:
    """Returns the facts to ask for in the call; empty if none is missing."""
    missing = [in_words(field) for field in _FOR_THE_CALL if not getattr(lead.profile, field)]
    if not lead.company.name:
        missing.append("company name")
    missing += [need for need in BANT if need not in lead.bant]
    return ["NOT ON RECORD", ", ".join(missing)] if missing else []


def _gained(worth: float) -> str:
    """Returns points with their sign: `+65`."""
    return f"{'+' if worth > 0 else ''}{_points(worth)}"


def _points(worth: float) -> str:
    return f"{worth:.2f}".rstrip("0").rstrip(".")
