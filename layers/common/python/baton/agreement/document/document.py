"""The whole document as people write it: its sections, and the agreement that they become."""

from typing import Annotated

from pydantic import Field, field_validator

from baton.agreement.conditions.condition_clauses import ConditionClause
from baton.agreement.conditions.signal_tests import seconds
from baton.agreement.document.account_clauses import TargetAccounts
from baton.agreement.document.attribute_clauses import AttributeClause, Reconsidered
from baton.agreement.document.audit_clause import AuditClause
from baton.agreement.document.buyer_clauses import Bant, ContentClause, Funnel, PersonaClause
from baton.agreement.document.never_clauses import NeverClause
from baton.agreement.document.scoring_clauses import EngagementRuleClause, FitRuleClause, Score, Threshold, normal_bands
from baton.agreement.document.target_clauses import TargetsClause
from baton.agreement.document.territory_clauses import TerritoryClause
from baton.agreement.terms import rules
from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.clause import Clause, Name, ShortText
from baton.agreement.terms.clock_terms import AppointmentTerms, ClockTerms
from baton.agreement.terms.durations import Duration
from baton.agreement.terms.form_terms import Form
from baton.agreement.terms.marketing_terms import MarketingTerms
from baton.agreement.terms.retention_terms import RetentionTerms
from baton.agreement.terms.return_reasons import ReturnReason
from baton.agreement.terms.teams_and_territories import Team
from baton.agreement.terms.trigger_terms import (
    ConditionalClocks,
    HandoffBase,
    Sticky,
    Trigger,
    TriggerTerms,
    require_offer_clock,
)
from baton.agreement.webhooks.webhook_clauses import Kind, WebhookClause
from baton.agreement.webhooks.webhook_sources import Source

Kinds = Annotated[tuple[Name, ...], Field(max_length=50)]


class ThresholdClause(Clause):
    """Another threshold for leads of some kind."""

    id: Name
    """What the ledger calls it."""
    when: ConditionClause
    """Which leads it is for."""
    threshold: Threshold
    """Points out of 100, or of `full_score` if `score.scale` is points."""

    def normal(self) -> rules.ThresholdFor:
        """Returns the threshold as it is stored."""
        return {"id": self.id, "when": self.when.normal(), "threshold": self.threshold}


class Wakes(Clause):
    """What makes a lead that was put aside be looked at before its time."""

    parked: ConditionClause | None = None
    """What a lead whose timing was bad must do or become."""
    disqualified: ConditionClause | None = None
    """What a lead that did not fit must do or become."""

    def normal(self) -> rules.Wake:
        """Returns the conditions as they are stored."""
        return {"parked": _normal_condition(self.parked), "disqualified": _normal_condition(self.disqualified)}


class SoonerClause(Clause):
    """Other clocks for some of the leads; of several, the first whose condition holds."""

    when: ConditionClause
    """For which leads."""
    clocks: dict[Name, ClockTerms] = Field(min_length=1, max_length=10)
    """The clocks that take the place of the others."""

    @field_validator("clocks")
    @classmethod
    def _one_runs_from_the_offer(cls, clocks: dict[str, ClockTerms]) -> dict[str, ClockTerms]:
        return require_offer_clock(clocks)


class HandoffClause(HandoffBase):
    """What is agreed for the leads of one trigger: who gets them, what to do next, and how fast."""

    calendar: Name | None = None
    """The calendar whose hours count for clocks in business time, if not that of the team that gets the lead."""
    sooner: tuple[SoonerClause, ...] = Field(default=(), max_length=20)
    """For which leads it must be faster, or may be slower."""
    sticky: Sticky = False
    """true: a lead that comes back goes to whoever had it last, if they can take it. company: besides, all leads of a
    company go to the rep who has, or had, one of them; addresses of free mail tell of no company."""
    unless: ConditionClause | None = None
    """Leads that this reason does not hand over. A wish for a person that it keeps back is put up for review."""

    def normal(self) -> TriggerTerms:
        """Returns the clause as it is stored."""
        return TriggerTerms(
            team=self.team,
            next_step=self.next_step,
            clocks=self.clocks,
            nobody_available=self.nobody_available,
            calendar=self.calendar,
            sooner=tuple(ConditionalClocks(when=other.when.normal(), clocks=other.clocks) for other in self.sooner),
            sticky=self.sticky,
            unless=_normal_condition(self.unless),
        )


class QuestionClause(Clause):
    """A question of the checklist by which marketing reviews a lead."""

    id: Name
    """How an answer names it."""
    question: ShortText
    """What the reviewer is asked, to be answered with yes or no."""
    needed: bool = Field(default=True, strict=True)
    """false: the lead is a good fit also without a yes to this."""
    yes_if: ConditionClause | None = None
    """What is known of a lead that answers it with yes; a reviewer may say otherwise."""

    def normal(self) -> rules.Question:
        """Returns the question as it is stored."""
        return {
            "id": self.id,
            "question": self.question,
            "needed": self.needed,
            "yes_if": _normal_condition(self.yes_if),
        }


class Marketing(MarketingTerms):
    """Marketing's side of the agreement: what it does with a lead in review, and how fast."""

    checklist: tuple[QuestionClause, ...] = Field(default=(), max_length=20)
    """What a lead in review is checked against; with a yes to all that is needed it goes to sales."""
    reconsider: tuple[Reconsidered, ...] = rules.USUALLY_RECONSIDERED
    """What, when it changes, puts a lead up for review that did not fit."""

    def terms(self) -> MarketingTerms:
        """Returns marketing's terms without the checklist, which is stored among the rules."""
        return MarketingTerms.model_construct(**{name: getattr(self, name) for name in MarketingTerms.model_fields})


class Sections(Clause):
    """The parts of an agreement; each of them may be missing."""

    title: ShortText = "-"
    """What the agreement is about."""
    threshold: Threshold = 100
    """The points at which a lead goes to sales: out of 100, or of `full_score` if `score.scale` is points."""
    thresholds: tuple[ThresholdClause, ...] = Field(default=(), max_length=50)
    """Other thresholds for leads of some kind; the first whose condition holds."""
    score: Score = Field(default_factory=Score)
    """How points become a score."""
    fit: tuple[FitRuleClause, ...] = Field(default=(), max_length=200)
    """Points for what a lead is."""
    engagement: tuple[EngagementRuleClause, ...] = Field(default=(), max_length=200)
    """Points for what a lead does."""
    personas: tuple[PersonaClause, ...] = Field(default=(), max_length=50)
    """The kinds of buyers."""
    bant: Bant = Field(default_factory=Bant)
    """Which answers about budget, authority, need and timeline count as met."""
    mql: ConditionClause | None = None
    """When a lead is qualified enough for marketing to review it."""
    sql: ConditionClause | None = None
    """When a lead is qualified enough for sales, whatever its score."""
    never: tuple[NeverClause, ...] = Field(default=(), max_length=50)
    """Who never goes to sales by any rule, whatever they ask; the first whose condition holds."""
    asks_for_a_person: Kinds = ("consultation_requested", "demo_requested", "meeting_booked")
    """The kinds of signals that ask for a person, whichever tool sends them."""
    unsubscribes: Kinds = ("unsubscribed",)
    """The kinds of signals by which somebody wants no more mail."""
    subscribes: Kinds = rules.USUALLY_SUBSCRIBING
    """The kinds of signals by which a tool that has asked them says that somebody wants mail (again)."""
    from_person: dict[Kind, Annotated[bool, Field(strict=True)]] = Field(default={}, max_length=200)
    """Kinds of signals of your own, such as `trial_expired: false`: true, people do this; false, a tool tells it."""
    content: tuple[ContentClause, ...] = Field(default=(), max_length=2000)
    """What leads can read, watch or attend."""
    funnel: Funnel = Field(default_factory=Funnel)
    """How what was read places a lead in the funnel."""
    target_accounts: TargetAccounts = Field(default_factory=TargetAccounts)
    """What holds for companies on the list of target accounts."""
    wakes: Wakes = Field(default_factory=Wakes)
    """What makes a lead that was put aside be looked at before its time."""
    hold: Duration = Field(default="30d", validate_default=True)
    """How long a lead may be held back by hand, unless said otherwise."""
    calendars: dict[Name, Calendar] = Field(default={}, max_length=50)
    """When people work, by a name for each place."""
    territories: tuple[TerritoryClause, ...] = Field(default=(), max_length=100)
    """Which leads go to which people; the first whose condition holds."""
    teams: dict[Name, Team] = Field(default={}, min_length=1, max_length=50)
    """The teams in sales."""
    handoffs: dict[Trigger, HandoffClause] = Field(default={}, min_length=1)
    """What is agreed for each of the reasons to hand a lead over. A reason that is not here hands nobody over."""
    appointments: AppointmentTerms = Field(default_factory=AppointmentTerms)
    """What holds once a time is agreed with a lead."""
    return_reasons: dict[Name, ReturnReason] = Field(default={}, min_length=1, max_length=30)
    """Why sales may give a lead back, and where it then goes."""
    marketing: Marketing = Field(default_factory=Marketing)
    """What marketing does with leads in review and with those that sales gives back."""
    targets: TargetsClause = Field(default_factory=TargetsClause)
    """What both departments want to reach, which reports compare with what was reached."""
    audit: AuditClause | None = None
    """A few leads that nothing else hands over, drawn by lot, to learn whether the points are right."""
    forms: dict[Name, Form] = Field(default={}, max_length=50)
    """The forms on websites. Left out: there are none, and each address of a form answers 404."""
    attributes: dict[Name, AttributeClause] = Field(default={}, max_length=50)
    """Facts of your own about leads, by their names."""
    webhooks: dict[Source, WebhookClause] = Field(default={})
    """What marketing tools call things, in Baton's words."""
    retention: RetentionTerms = Field(default_factory=RetentionTerms)
    """For how long people are kept of whom nothing more is heard."""


class Document(Sections):
    """An agreement between marketing and sales: when a lead passes from one to the other."""

    title: ShortText
    """What the agreement is about."""
    threshold: Threshold
    """The points at which a lead goes to sales: out of 100, or of `full_score` if `score.scale` is points."""
    teams: dict[Name, Team] = Field(min_length=1, max_length=50)
    """The teams in sales."""
    handoffs: dict[Trigger, HandoffClause] = Field(min_length=1)
    """What is agreed for each of the reasons to hand a lead over. A reason that is not here hands nobody over."""
    return_reasons: dict[Name, ReturnReason] = Field(min_length=1, max_length=30)
    """Why sales may give a lead back, and where it then goes."""

    def normal(self) -> Agreement:
        """Returns the agreement as Baton stores it."""
        return Agreement(
            title=self.title,
            teams=self.teams,
            handoffs={trigger: handoff.normal() for trigger, handoff in self.handoffs.items()},
            return_reasons=self.return_reasons,
            forms={name: form.with_attributes(self.attributes) for name, form in self.forms.items()},
            calendars=self.calendars,
            marketing=self.marketing.terms(),
            territories=tuple(territory.normal() for territory in self.territories),
            retention=self.retention,
            appointments=self.appointments,
            rules=self._rules(),
        )

    def _rules(self) -> rules.Rules:
        normal: rules.Rules = {
            "threshold": self.threshold,
            "thresholds": [other.normal() for other in self.thresholds],
            "full_score": self.score.full_score,
            "recycled_leads_earn": self.score.recycled_leads_earn,
            "fit_limits": self.score.fit.normal(),
            "engagement_limits": self.score.engagement.normal(),
            "half_life": self.score.normal_half_life(),
            "fit": [rule.normal() for rule in self.fit],
            "engagement": [rule.normal(self.unsubscribes) for rule in self.engagement],
            "fit_bands": normal_bands(self.score.fit_bands),
            "engagement_bands": normal_bands(self.score.engagement_bands),
            "personas": [persona.normal() for persona in self.personas],
            "content": [content.normal() for content in self.content],
            "funnel_memory": seconds(self.funnel.memory),
            "bant": self.bant.normal(),
            "mql": _normal_condition(self.mql),
            "sql": _normal_condition(self.sql),
            "asks_for_a_person": list(self.asks_for_a_person),
            "wakes": self.wakes.normal(),
            "checklist": [question.normal() for question in self.marketing.checklist],
            "reconsider": list(self.marketing.reconsider),
            "quiet_period": seconds(self.target_accounts.quiet_period),
            "hold_for": seconds(self.hold),
            "unsubscribes": list(self.unsubscribes),
            "webhooks": self._webhooks(),
        }
        if self.score.scale != "hundred":
            normal["scale"] = self.score.scale
        if self.attributes:
            normal["attributes"] = {name: attribute.normal(name) for name, attribute in self.attributes.items()}
        if any((targets := self.targets.normal()).values()):
            normal["targets"] = targets
        if self.audit:
            normal["audit"] = self.audit.normal()
        if self.never:
            normal["never"] = [rule.normal() for rule in self.never]
        normal |= self.target_accounts.normal()  # type: ignore[typeddict-item]
        if self.from_person:
            normal["from_person"] = dict(self.from_person)
        if self.subscribes != rules.USUALLY_SUBSCRIBING:
            normal["subscribes"] = list(self.subscribes)
        return normal

    def _webhooks(self) -> dict[str, rules.WebhookNames]:
        forms: dict[str, str] = {name: form.signal for name, form in self.forms.items()}
        return {source: names.normal(forms) for source, names in self.webhooks.items()}


def _normal_condition(condition: ConditionClause | None) -> rules.Condition | None:
    return condition.normal() if condition else None
