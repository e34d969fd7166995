"""Explains how qualified a lead is: which definitions it meets, what it lacks, and who has to act next."""

from dataclasses import dataclass
from datetime import datetime

from baton.agreement.terms.rules import Condition, NeverRule
from baton.domain.basics.moments import day_or_moment_text, moment_text
from baton.domain.basics.points import points_text
from baton.domain.conditions.condition_wording import condition_in_words, missing_in_words
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import Handoff, HandoffState, next_handoff_deadline
from baton.domain.leads.lead import Held, Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.next_content import next_content
from baton.domain.qualification.triggers import current_hold, due_handover, has_earned_again
from baton.domain.scoring.standing import Standing
from baton.domain.timers.next_step import act_in_words


@dataclass(frozen=True, slots=True)
class Definition:
    """An agreed definition in words, whether the lead meets it now, and what it lacks.

    `definition` is None if the agreement has none.
    """

    met: bool
    definition: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Qualification:
    """The qualification of a lead: each agreed definition with what it lacks, who holds it back, what happens next."""

    mql: Definition
    sql: Definition
    score_met: bool
    score_missing: str | None
    held_back: Held | None
    next: str


def qualification(standing: Standing, now: datetime) -> Qualification:
    """Explains how qualified the lead is."""
    rules, short = standing.card.rules, score_missing(standing)
    return Qualification(
        mql=_definition(rules["mql"], standing),
        sql=_definition(rules["sql"], standing),
        score_met=not short,
        score_missing=short,
        held_back=current_hold(standing.lead, now),
        next=next_step_in_words(standing, now),
    )


def kept_because(rule: NeverRule) -> str:
    """Returns for which leads a rule of `never` holds, in words."""
    return condition_in_words(rule["when"])


def score_missing(standing: Standing) -> str | None:
    """Returns what the lead's score lacks for sales, such as `70 points short`; None if it is enough."""
    lead, lacks, short = standing.lead, [], standing.threshold * 100 - standing.total
    if short > 0:
        lacks.append(f"{points_text(short)} points short")
    if lead.decided_at and not has_earned_again(lead, standing):
        since = milliseconds(lead.decided_at)
        earned = points_text(standing.earned(since) + standing.learned_points(since))
        anew = points_text(standing.card.recycled_leads_earn)
        lacks.append(f"must earn {anew} points anew since {moment_text(lead.decided_at)} ({earned} so far)")
    return "; ".join(lacks) or None


def _definition(condition: Condition | None, standing: Standing) -> Definition:
    if condition is None:
        return Definition(met=False, definition=None, missing=("the agreement defines none",))
    missing = missing_in_words(condition, standing.moment, standing.card.counters)
    return Definition(met=not missing, definition=condition_in_words(condition), missing=tuple(missing))


def next_step_in_words(standing: Standing, now: datetime) -> str:
    """Returns one sentence on what happens next with the lead, and who has to act by when."""
    step, rule = _next_step(standing, now), standing.kept_by if standing.is_kept else None
    if rule is None:
        return step
    if standing.lead.status is Status.WITH_SALES:
        return f"{step} The agreement keeps such leads from sales ({rule['label']}); sales keeps this one to its end."
    return f"{step} The agreement keeps it from sales ({rule['label']}), whatever it asks."


def _next_step(standing: Standing, now: datetime) -> str:
    lead = standing.lead
    match lead.status:
        case Status.WITH_SALES if lead.handoff:
            step = _with_sales(lead.handoff, now)
        case Status.IN_REVIEW:
            held = current_hold(lead, now)
            back = f"; {_held_back(held, standing)}" if held else ""
            step = f"Marketing {_by_marketing(lead, 'is to review it', now)}{back}."
        case Status.PARKED:
            until = (
                f" until {_until(lead.review_on, standing)}; then marketing is to review it" if lead.review_on else ""
            )
            step = f"Parked{until}; sooner if {_wakes(standing)}."
        case Status.DISQUALIFIED:
            step = f"On the list of leads that we cannot help; it comes back if {_wakes(standing)}."
        case Status.WON | Status.LOST:
            is_ = "Won: a customer now" if lead.status is Status.WON else "Lost"
            step = f"{is_}; it comes to sales again if it asks for a person{_if_earned(standing)}."
        case Status.SPAM:
            until = "marketing releases it, or a person sends something from this address"
            step = f"Taken for a robot's; nothing happens until {until}."
        case _:
            step = _nurturing(lead, standing, now)
    answers = lead.status is not Status.IN_REVIEW and lead.duty and lead.duty.is_open
    return f"{step} Marketing {_by_marketing(lead, 'is to answer why sales gave it back', now)}." if answers else step


def _by_marketing(lead: Lead, what: str, now: datetime) -> str:
    """Adds the due time of marketing's open duty to a sentence such as `is to review it`."""
    if lead.duty is None or not lead.duty.is_open:
        return what
    by = moment_text(lead.duty.clock.due_at)
    late = lead.duty.clock.is_breached(now)
    return f"{what.replace('is to', 'was to')} by {by} and is overdue" if late else f"{what} by {by}"


def _with_sales(handoff: Handoff, now: datetime) -> str:
    if handoff.owner is None:
        again = next_handoff_deadline(handoff)
        tries = f"; Baton looks for somebody again on {moment_text(again)}" if again else ""
        return f"Nobody in sales could take it yet: a manager is to give it to somebody{tries}."
    running = sorted((clock for clock in handoff.clocks if clock.stopped_at is None), key=lambda clock: clock.due_at)
    if running:
        return f"Sales has it: {handoff.owner} {_must(running[0], now)}."
    left = "say how it ends: won, lost, or returned" if handoff.state is HandoffState.CONTACTED else "reach out"
    return f"Sales has it: {handoff.owner} is to {left}."


def _must(clock: Clock, now: datetime) -> str:
    act, by = act_in_words(clock.stops_when), moment_text(clock.due_at)
    return f"was to {act} by {by} and is overdue" if clock.is_breached(now) else f"must {act} by {by}"


def _held_back(held: Held, standing: Standing) -> str:
    return f"{held.by} holds it back from sales until {_until(held.until, standing)} ({held.reason})"


def _until(at: datetime, standing: Standing) -> str:
    return day_or_moment_text(at, standing.card.agreement.time_zone)


def _wakes(standing: Standing) -> str:
    wake = standing.card.rules["wakes"]["parked" if standing.lead.status is Status.PARKED else "disqualified"]
    return "it asks for a person" + (f", or shows {condition_in_words(wake)}" if wake else "")


def _if_earned(standing: Standing) -> str:
    anew = points_text(standing.card.recycled_leads_earn)
    return f" or earns {anew} points anew" if "score" in standing.card.agreement.handoffs else ""


def _nurturing(lead: Lead, standing: Standing, now: datetime) -> str:
    if held := current_hold(lead, now):
        return f"Nurturing: {_held_back(held, standing)}."
    if standing.is_kept:
        return "Nurturing."
    if handover := due_handover(lead, standing, None, now):
        return f"Due for sales ({handover.trigger.replace('_', ' ')}): handed over when Baton next looks at it."
    content = next_content(standing)
    reasons = [*_away_from_sales(standing), *([f"next content: {content['title']}"] if content else [])]
    reasons += ["it wants no more mail"] if lead.unsubscribed_at else []
    return f"Nurturing: {'; '.join(reasons) or 'sales gets it if it asks for a person'}."


def _away_from_sales(standing: Standing) -> list[str]:
    if "score" in standing.card.agreement.handoffs:
        lacks = score_missing(standing)
        return [lacks.replace("points short", "points short of sales")] if lacks else []
    sql = _definition(standing.card.rules["sql"], standing)
    return [f"for sales it lacks {', '.join(sql.missing)}"] if sql.definition else []
