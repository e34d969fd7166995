"""A lead's standing at a moment under an agreement: persona, BANT, funnel stage, score, and the ledger behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from baton.agreement.terms.rules import NeverRule
from baton.domain.basics.facts import Fact
from baton.domain.conditions.compiled_conditions import Facts, Moment
from baton.domain.history.lead_facts import condition_facts, milliseconds
from baton.domain.leads.handoff import limits_out_of
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, Answer, Need
from baton.domain.leads.signal_counts import CAPTURE_EVENT, EventRef, SignalCounts
from baton.domain.scoring.fit_rules import FROM_THE_START, FitAward
from baton.domain.scoring.scorecard import Scorecard

_NO_ANSWERS = frozenset({"", "-", "0", "n/a", "no", "none", "not yet", "unknown", "false"})


class PersonaMatch(Fact):
    """The agreed persona that fits best: how well, in percent, and what is not known of the lead to say more.

    `counts` says whether it fits well enough for the agreement to treat the lead as one.
    """

    id: str
    match: int
    missing: tuple[str, ...] = ()
    counts: bool = False


class LedgerEntry(NamedTuple):
    """An entry of the score's ledger, in hundredths of a point: what was awarded, and what it is worth now.

    `kind` is `fit`, `engagement`, or `limit` for what the agreed limits cut off. `event` is the event behind it, and
    `of` the number of awards that it sums up.
    """

    kind: str
    rule: str
    points: int
    awarded: int
    at: int
    event: EventRef | None = None
    of: int = 1


@dataclass
class Standing:
    """A lead at a moment under one version of the agreement. Each figure is worked out when it is first read.

    Args:
        lead: the lead, with its facts as of that moment.
        card: the agreement's rules.
        tally: the counts of its signals up to then.
        at: the moment, in milliseconds since 1970.
        is_target: whether its company is a target account.
        since: signals before this moment do not count; for a lead that has to qualify again.
    """

    lead: Lead
    card: Scorecard
    tally: SignalCounts
    at: int
    is_target: bool = False
    since: int = 0

    @cached_property
    def facts(self) -> Facts:
        """Returns the facts of the lead with persona and BANT answers, but without any score."""
        return facts_of(self.lead, self.card)

    @cached_property
    def moment(self) -> Moment:
        """Returns all facts that a condition may test, the score included."""
        facts = dict(self.facts)
        facts["funnel"] = self.funnel
        facts["target_account"] = self.is_target
        facts["fit"], facts["engagement"], facts["score"] = self.fit / 100, self.engagement / 100, self.total / 100
        facts["fit_band"] = _band(self.card.fit_bands, self.fit)
        facts["engagement_band"] = _band(self.card.engagement_bands, self.engagement)
        return Moment(facts, self.tally, self.at, self.since)

    @property
    def persona(self) -> PersonaMatch | None:
        """Returns the persona that fits best, if any fits at all."""
        return best_persona(self.lead, self.card)

    @property
    def counted_persona(self) -> str | None:
        """Returns the id of the persona that the agreement treats the lead as, if any."""
        persona = self.persona
        return persona.id if persona and persona.counts else None

    @property
    def funnel(self) -> str | None:
        """Returns the funnel stage of what the lead has read lately: `tofu`, `mofu` or `bofu`; None without reading."""
        return self.tally.funnel_stage(self.at, self.card.memory)

    @cached_property
    def fits(self) -> list[FitAward]:
        """Returns the fit rules that hold for the lead."""
        moment = Moment(self.facts, self.tally, self.at)
        moment["target_account"] = self.is_target
        return self.card.fit.awards(moment, self.lead.learned)

    @property
    def fit_entries(self) -> list[LedgerEntry]:
        """Returns the ledger's entries for the lead's facts, each with the time since it is known.

        What nobody told, such as that a fact is missing, is known since the first event, as are the facts in it.
        """
        begun = (milliseconds(self.lead.created_at), CAPTURE_EVENT)
        return [
            LedgerEntry("fit", rule, points, awarded, *(begun if since == FROM_THE_START else since))
            for rule, points, since, awarded in self.fits
        ]

    @property
    def engagement_entries(self) -> Iterator[LedgerEntry]:
        """Returns the ledger's entries for what the lead did, with the points left after fading."""
        for rule, awards in self.tally.awards.items():
            terms = self.card.engagement[rule]
            for award in awards:
                yield LedgerEntry("engagement", rule, terms.worth(award, self.at), award[1], award[0], award[2])
        for rule, sums in self.tally.carried.items():
            for carried in sums:
                worth = self.card.engagement[rule].worth(carried, self.at)
                yield LedgerEntry("engagement", rule, worth, round(carried[1]), carried[0], None, carried[2])

    @cached_property
    def fit(self) -> int:
        """Returns the sum of the fit points within the agreed limits, in hundredths of a point."""
        low, high = self.card.fit_limits
        return max(low, min(high, sum([award[1] for award in self.fits])))

    @cached_property
    def engagement(self) -> int:
        """Returns the sum of the engagement points within the agreed limits, in hundredths of a point."""
        low, high = self.card.engagement_limits
        return max(low, min(high, self.earned_in_all))

    @cached_property
    def earned_in_all(self) -> int:
        """Returns what all signals are worth now, in hundredths of a point, before any limit."""
        return self.earned()

    @property
    def uncut(self) -> int:
        """Returns the sum of all points in hundredths, before any limit cuts it: it tells apart leads beyond 100."""
        return sum([award[1] for award in self.fits]) + self.earned_in_all

    @cached_property
    def total(self) -> int:
        """Returns the score, out of 100 or the agreement's own full score, in hundredths of a point."""
        return max(0, min(self.card.top * 100, self.fit + self.engagement))

    @property
    def threshold(self) -> int:
        """Returns the score from which a lead of this kind goes to sales, in points."""
        for holds, threshold in self.card.thresholds:
            if holds(self.moment):
                return threshold
        return self.card.rules["threshold"]

    def moved(self, at: int, tally: SignalCounts | None = None) -> "Standing":
        """Returns the standing at another moment, or with other counts; what follows from facts alone is kept."""
        then = Standing(self.lead, self.card, tally or self.tally, at, self.is_target, self.since)
        then.__dict__["facts"] = self.facts
        if self.card.fit_stays:
            then.__dict__["fits"] = self.fits
        return then

    @cached_property
    def kept_by(self) -> NeverRule | None:
        """Returns the rule by which the lead never goes to sales: the first whose condition holds.

        Of somebody with several addresses each counts, so that own staff is known by any of them.
        """
        if not self.card.never:
            return None
        domains = dict.fromkeys(email.rpartition("@")[2].casefold() for email in self.lead.emails)
        moments = [self.moment, *(self._at_domain(each) for each in domains if each != self.moment["email_domain"])]
        return next((rule for holds, rule in self.card.never for moment in moments if holds(moment)), None)

    def _at_domain(self, domain: str) -> Moment:
        return Moment({**self.moment, "email_domain": domain}, self.tally, self.at, self.since)

    @property
    def is_kept(self) -> bool:
        """Tells whether no rule hands the lead over to anybody."""
        return self.kept_by is not None and self.kept_by["team"] is None

    def earned(self, after: int = -1) -> int:
        """Returns what the signals after a moment are worth now, in hundredths of a point, before any limit."""
        total, engagement, at = 0, self.card.engagement, self.at
        for kept in (self.tally.awards, self.tally.carried):
            for rule, awards in kept.items():
                counted = [award for award in awards if award[0] > after] if after >= 0 else awards
                total += engagement[rule].worth_together(counted, at)
        return total

    def learned_points(self, after: int) -> int:
        """Returns the fit points for what became known of the lead after a moment, in hundredths of a point."""
        return sum(points for _, points, since, _ in self.fits if since[0] > after)

    def ledger(self) -> list[LedgerEntry]:
        """Returns all entries, newest first, then what the limits cut off; they add up to the score."""
        lines = sorted((*self.fit_entries, *self.engagement_entries), key=lambda line: (-line.at, line.rule))
        fit = self.fit - sum(line.points for line in self.fit_entries)
        engagement = self.engagement - self.earned_in_all
        total = self.total - self.fit - self.engagement
        cuts = zip(limits_out_of(self.card.top), (fit, engagement, total), strict=True)
        return lines + [LedgerEntry("limit", name, points, points, self.at) for name, points in cuts if points]


def facts_of(lead: Lead, card: Scorecard) -> Facts:
    """Returns the lead's facts with persona and BANT answers, without anything counted of signals."""
    facts = condition_facts(lead)
    persona = best_persona(lead, card, facts) if card.personas else None
    facts["stage"] = lead.stage.value
    facts["known_since"] = milliseconds(lead.created_at)
    facts["decided_at"] = milliseconds(lead.decided_at) if lead.decided_at else None
    facts["asked_for_a_person"] = lead.request is not None and not lead.request.answered
    facts["bant_met"] = frozenset(need for need in BANT if is_met(lead.bant.get(need), need, card))
    if persona and persona.counts:
        facts["persona"] = persona.id
    return facts


def basis_of(facts: Facts, card: Scorecard) -> str:
    """Returns the facts that points for signals depend on, as text; when it changes, signals are counted again."""
    return "" if not card.basis else repr([facts.get(name) for name in card.basis])


def is_met(answer: Answer | None, need: Need, card: Scorecard) -> bool:
    """Returns whether a BANT answer is good enough.

    A person's judgement comes first, then the agreement's condition; without either, any answer but a no will do.
    """
    if answer is None:
        return False
    if answer.met is not None:
        return answer.met
    agreed = card.bant.get(need)
    if agreed:
        return agreed(answer.value)
    return str(answer.value).strip().casefold() not in _NO_ANSWERS


def best_persona(lead: Lead, card: Scorecard, facts: Facts | None = None) -> PersonaMatch | None:
    """Returns the agreed persona that fits the lead best: the first of equals, None if none fits at all.

    `facts` are those of `condition_facts`, for a caller that has them.
    """
    moment = Moment(condition_facts(lead) if facts is None else facts, _NOTHING, 0)
    best: PersonaMatch | None = None
    for persona, criteria in card.personas:
        whole = sum(each["weight"] for each, _ in criteria)
        match = sum(each["weight"] for each, holds in criteria if holds(moment)) * 100 // whole
        if match > (best.match if best else 0):
            missing = tuple(each["about"] for each, _ in criteria if moment[each["about"]] is None)
            best = PersonaMatch(id=persona["id"], match=match, missing=missing, counts=match >= persona["counts_from"])
    return best


def standing_of(lead: Lead, card: Scorecard, at: Any, **given: Any) -> Standing:
    """Returns the standing of a stored lead, whose counts must be of this version of the agreement.

    Its company is a target account if it was by the lead's last signal, unless `is_target` is given.
    """
    given.setdefault("is_target", lead.account is not None)
    tally = SignalCounts.from_data(lead.tally) if lead.tally else SignalCounts(card.version)
    return Standing(lead, card, tally, milliseconds(at), **given)


_NOTHING = SignalCounts(0)


def _band(bands: Sequence[tuple[str, int]], points: int) -> str | None:
    """Returns the first band that the points reach; the last band has no lower limit."""
    reached = (name for name, at_least in bands if points >= at_least)
    return next(reached, bands[-1][0] if bands else None)
