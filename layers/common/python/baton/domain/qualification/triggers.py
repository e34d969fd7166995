"""The triggers that hand a lead over, in order: consultation, target account, SQL, score, and last a lot.

A new trigger gets its place in `due_handover`.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.basics.moments import moment_text
from baton.domain.basics.points import points_text
from baton.domain.conditions.compiled_conditions import fact_names_in
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Held, Lead
from baton.domain.leads.person_facts import BANT
from baton.domain.leads.routing_choice import Preference
from baton.domain.leads.stage_and_status import DORMANT, NOT_FOR_HANDOVER, Status
from baton.domain.qualification.handover_terms import Handover, handover, of_account
from baton.domain.scoring.standing import Standing, is_met

ENGAGEMENT_WINDOW = timedelta(days=30)
"""A visit this long ago still counts when the company becomes a target account."""

_BY_SCORE = frozenset({"engagement", "engagement_band", "fit", "fit_band", "score"})


class TargetAccount(NamedTuple):
    """The target account that a lead belongs to, and how that is known."""

    account: Account
    match: AccountMatch


def due_handover(lead: Lead | None, standing: Standing, target: TargetAccount | None, now: datetime) -> Handover | None:
    """Returns the handover of the first trigger that holds, for a lead that sales does not have and may get.

    A parked or disqualified lead, or one that a person holds back, is handed over only if it asks for a person; one
    that the agreement keeps from sales (`never`) is not.
    """
    if lead is None or lead.status in NOT_FOR_HANDOVER or standing.is_kept:
        return None
    handed = holding_trigger(lead, standing, target, now) or _drawn(lead, standing, target, now)
    return of_account(handed, target.account.domain, target.match.matched_by) if handed and target else handed


def holding_trigger(
    lead: Lead, standing: Standing, target: TargetAccount | None, now: datetime, *, heed_unless: bool = True
) -> Handover | None:
    """Returns the handover of the first trigger that holds, whether or not the agreement keeps the lead from sales.

    Without `heed_unless` a trigger's own `unless` is passed over, too.
    """
    if lead.status in NOT_FOR_HANDOVER:
        return None

    def heeds(trigger: str) -> bool:
        unless = standing.card.unless.get(trigger) if heed_unless else None
        return unless is None or not unless(standing.moment)

    asked = _consultation(lead, standing, now) if heeds("consultation") else None
    if asked or lead.status in DORMANT or current_hold(lead, now):
        return asked
    account = _target_account(lead, standing, target, now) if heeds("target_account") else None
    return account or (heeds("sql") and _sql(lead, standing)) or (heeds("score") and _score(lead, standing)) or None


def _drawn(lead: Lead, standing: Standing, target: TargetAccount | None, now: datetime) -> Handover | None:
    """Returns the handover of a lead that is drawn by lot; few agreements have that."""
    if "audit" not in standing.card.rules or current_hold(lead, now):
        return None
    from baton.domain.qualification.audit import audit_handover  # noqa: PLC0415

    return audit_handover(lead, standing, of_target=target is not None)


def current_hold(lead: Lead, now: datetime) -> Held | None:
    """Returns the hold that keeps the lead from sales now, if there is one."""
    return lead.held if lead.held and lead.held.until > now else None


def _consultation(lead: Lead, standing: Standing, now: datetime) -> Handover | None:
    """Returns the handover of a wish for a person; one that was kept from sales is forgotten after thirty days."""
    request = lead.request
    if request is None or request.answered:
        return None
    if lead.kept and lead.kept.request_at == request.at and now - request.at > ENGAGEMENT_WINDOW:
        return None
    asked = f"asked for a person through the form {request.form} on {moment_text(request.at)}"
    if request.kind and request.form not in standing.card.agreement.forms:
        asked = f"asked for a person ({request.kind.replace('_', ' ')}, {request.form}) on {moment_text(request.at)}"
    return handover("consultation", (asked,), standing)


def _target_account(lead: Lead, standing: Standing, target: TargetAccount | None, now: datetime) -> Handover | None:
    if target is None or "target_account" not in standing.card.agreement.handoffs or lead.status is Status.WON:
        return None
    came, decided = lead.last_inbound_at, lead.decided_at
    if came is None or now - came > ENGAGEMENT_WINDOW:
        return None
    if decided and came - decided < quiet_period(target.account, standing):
        return None
    account, by = target.account, target.match.matched_by
    known_by, weakly = _match_in_words(by), " by its name only" if by == "name" else ""
    last = next((each.kind.replace("_", " ") for each in reversed(lead.recent) if each.at == came), "came to us")
    reasons = (
        f"{account.name or account.domain} ({account.domain}) is a target account{weakly}, known by {known_by}",
        f"{last} on {moment_text(came)}",
    )
    return handover("target_account", reasons, standing, preferred=account_owner_preference(account))


def account_owner_preference(account: Account) -> list[Preference]:
    """Returns the owner of a target account as the first to get its leads; an empty list without an owner."""
    because = f"owns the target account {account.domain}"
    return [Preference(rep=account.owner, because=because)] if account.owner else []


def quiet_period(account: Account, standing: Standing) -> timedelta:
    """Returns how long after an alert the account's owner gets no other."""
    return account.quiet_for or timedelta(seconds=standing.card.rules["quiet_period"])


def _match_in_words(matched_by: str) -> str:
    return {"link": "a link that somebody set", "domain": "the domain of the address"}.get(matched_by, "its name")


def _sql(lead: Lead, standing: Standing) -> Handover | None:
    card = standing.card
    if card.sql is None or "sql" not in card.agreement.handoffs or not card.sql(standing.moment):
        return None
    if lead.decided_at and not _meets_sql_again(lead, standing, lead.decided_at):
        return None
    met = [
        f"{need}: {answer.value} ({answer.source}, {moment_text(answer.at)})"
        for need in BANT
        if (answer := lead.bant.get(need)) and is_met(answer, need, card)
    ]
    meets = f"meets the definition of a sales qualified lead in version {card.version} of the agreement"
    return handover("sql", (meets, *branch_met(standing), *met), standing)


def branch_met(standing: Standing) -> tuple[str, ...]:
    """Returns by which of its branches the definition of an SQL holds; nothing if it has only one."""
    from baton.domain.conditions import holding_branches  # few definitions need it  # noqa: PLC0415

    card, definition = standing.card, standing.card.rules["sql"] or {}
    if not holding_branches.has_alternatives(definition):
        return ()
    return (f"by this part of it: {holding_branches.holding_in_words(definition, standing.moment, card.counters)}",)


def _meets_sql_again(lead: Lead, standing: Standing, decided_at: datetime) -> bool:
    """Returns whether something that the SQL definition tests has come after a person decided about the lead."""
    about = fact_names_in(standing.card.rules["sql"] or {})
    asked = about | set(BANT) if "bant" in about else about
    since = milliseconds(decided_at)
    learned = any(fact in asked and at > since for fact, (at, _) in lead.learned.items())
    return (
        learned
        or _has_all_signals_since(standing, since)
        or (bool(about & _BY_SCORE) and has_earned_again(lead, standing))
    )


def _has_all_signals_since(standing: Standing, since: int) -> bool:
    """Returns whether all signals that the SQL definition tests have come since then."""
    card, tally = standing.card, standing.tally
    if card.sql is None or not any(counter.count(tally, since) for counter in card.counted_for_sql.values()):
        return False
    anew = Standing(standing.lead, card, tally, standing.at, standing.is_target, since)
    return card.sql(anew.moment)


def _score(lead: Lead, standing: Standing) -> Handover | None:
    if "score" not in standing.card.agreement.handoffs or standing.total < standing.threshold * 100:
        return None
    if not has_earned_again(lead, standing):
        return None
    reached = f"the score of {points_text(standing.total)} has reached the threshold of {standing.threshold}"
    return handover("score", (reached, *_main_parts(standing)), standing)


def has_earned_again(lead: Lead, standing: Standing) -> bool:
    """Returns whether the lead has earned enough for its score to count again after a person's decision."""
    if lead.decided_at is None:
        return True
    since = milliseconds(lead.decided_at)
    earned = standing.earned(since) + standing.learned_points(since)
    return earned >= standing.card.recycled_leads_earn


def _main_parts(standing: Standing) -> tuple[str, ...]:
    """Returns the rules that gave most of the score, greatest first: `pricing-page: 20`."""
    sums: dict[str, int] = {}
    for line in standing.ledger():
        sums[line.rule] = sums.get(line.rule, 0) + line.points
    parts = sorted(((worth, rule) for rule, worth in sums.items() if worth), key=lambda part: (-part[0], part[1]))
    return tuple(f"{rule}: {points_text(worth)}" for worth, rule in parts[:6])
