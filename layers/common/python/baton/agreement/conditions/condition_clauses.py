"""Conditions as people write them: one for fit rules, one for engagement rules, one for all other places."""

from datetime import timedelta
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from baton.agreement.conditions.signal_tests import BANT, BantTest, BantTests, Shifted, SignalsTestClause
from baton.agreement.conditions.time_tests import TimeTest, TimeTests, normal_time
from baton.agreement.conditions.value_tests import AttributeTest, Flag, NumberTest, TextTest, normal_test
from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause, Name


class Attributes(Clause):
    """What is known of a person and their company, and where they came from."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    title: TextTest | None = None
    """The job title."""
    country: TextTest | None = None
    """The person's country, two letters in quotes: "NO", "DE". Names and other spellings mean the same."""
    region: TextTest | None = None
    """The person's region: its code or a name."""
    language: TextTest | None = None
    """The person's language: its code, such as de, which stands for de-AT, too, or a name."""
    email_domain: TextTest | None = None
    """What stands behind the @ of the address."""
    company: TextTest | None = None
    """The company's name."""
    company_domain: TextTest | None = None
    """The company's domain, such as example.com."""
    industry: TextTest | None = None
    """The company's industry."""
    company_country: TextTest | None = None
    """The company's country, two letters in quotes, or a name."""
    infrastructure: TextTest | None = None
    """What the company works with, such as its CRM."""
    channel: TextTest | None = None
    """inbound or outbound."""
    source: TextTest | None = None
    """Where the lead came from."""
    campaign: TextTest | None = None
    """The campaign that the lead came from."""
    authority: TextTest | None = None
    """The answer to who decides."""
    need: TextTest | None = None
    """The answer to what is needed."""
    timeline: TextTest | None = None
    """The answer to when it is needed."""
    employees: NumberTest | None = None
    """How many people work at the company."""
    revenue: NumberTest | None = None
    """What the company earns in a year."""
    budget: NumberTest | None = None
    """The budget, as a number."""
    disposable_address: Flag | None = None
    """true: the address is of a provider that gives addresses away for minutes."""
    free_mail: Flag | None = None
    """true: the address is of a provider of mail for everybody, such as gmail.com, and says nothing of a company."""
    attributes: Annotated[dict[Name, AttributeTest], Field(min_length=1, max_length=20)] | None = None
    """Facts of your own, by their names: `attributes: {plan: [team, pro], seats: {at_least: 10}, has_crm: true}`."""

    def normal(self) -> rules.Condition:
        """Returns the condition as it is stored: `title: cto` becomes `{"title": {"is": "cto"}}`."""
        known = {name.rstrip("_"): _normal(name, asked) for name, asked in self if asked is not None}
        of_own = {f"{rules.ATTRIBUTE}{name}": _normal(name, test) for name, test in (self.attributes or {}).items()}
        return {name: test for name, test in known.items() if name != "attributes"} | of_own

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if all(asked is None for _, asked in self):
            raise ValueError("asks nothing, so that it would hold for everybody; write a test, or leave it out")
        return self


class FitCondition(Attributes):
    """What a fit rule may ask: what is known of the lead, and nothing that follows from its score."""

    all: tuple["FitCondition", ...] | None = Field(default=None, min_length=1, max_length=100)
    """All of these hold."""
    any: tuple["FitCondition", ...] | None = Field(default=None, min_length=1, max_length=100)
    """At least one of these holds."""
    not_: "FitCondition | None" = Field(default=None, alias="not")
    """This does not hold."""
    age: TimeTest | None = None
    """How long the lead is known: 14d (so long or longer), or {at_most: 14d}."""
    silent_for: TimeTest | None = None
    """How long the person has done nothing: 30d (so long or longer), or {at_most: 30d}. Without any deed since they
    became known."""
    target_account: Flag | None = None
    """true: the lead's company is on the list of target accounts."""


class EngagementAttributes(Attributes):
    """Tests of what a lead did: its persona, its place in the funnel, and its signals."""

    persona: TextTest | None = None
    """The id of the persona that the lead is."""
    funnel: TextTest | None = None
    """Where what was read places the lead: tofu, mofu or bofu."""
    signals: SignalsTestClause | None = None
    """What the lead did, counted."""
    shifted: Shifted | None = None
    """The lead went over from orientation to buying questions."""


class EngagementCondition(EngagementAttributes):
    """What an engagement rule may ask: what is known and what was done, and nothing that follows from the score."""

    all: tuple["EngagementCondition", ...] | None = Field(default=None, min_length=1, max_length=100)
    """All of these hold."""
    any: tuple["EngagementCondition", ...] | None = Field(default=None, min_length=1, max_length=100)
    """At least one of these holds."""
    not_: "EngagementCondition | None" = Field(default=None, alias="not")
    """This does not hold."""


class ConditionClause(EngagementAttributes):
    """Anything that may be asked of a lead. All that is written must hold."""

    all: tuple["ConditionClause", ...] | None = Field(default=None, min_length=1, max_length=100)
    """All of these hold."""
    any: tuple["ConditionClause", ...] | None = Field(default=None, min_length=1, max_length=100)
    """At least one of these holds."""
    not_: "ConditionClause | None" = Field(default=None, alias="not")
    """This does not hold."""
    age: TimeTest | None = None
    """How long the lead is known: 14d (so long or longer), or {at_most: 14d}."""
    silent_for: TimeTest | None = None
    """How long the person has done nothing: 30d (so long or longer), or {at_most: 30d}. Without any deed since they
    became known."""
    stage: TextTest | None = None
    """How qualified the lead is: lead, mql, sql or customer."""
    fit_band: TextTest | None = None
    """The name of the band that the lead's fit is in."""
    engagement_band: TextTest | None = None
    """The name of the band that the lead's engagement is in."""
    score: NumberTest | None = None
    """Fit and engagement together, out of 100, or of `full_score` if `score.scale` is points."""
    fit: NumberTest | None = None
    """The points for what the lead is."""
    engagement: NumberTest | None = None
    """The points for what the lead did, faded with time."""
    target_account: Flag | None = None
    """true: the lead's company is on the list of target accounts."""
    asked_for_a_person: Flag | None = None
    """true: the lead asked for a person and nobody has answered yet."""
    bant: BantTest | None = None
    """Budget, authority, need and timeline: `all`, or which or how many are met."""


def _normal(name: str, asked: Any) -> Any:
    match asked:
        case bool():
            return asked
        case Attributes() | SignalsTestClause() | Shifted() | BantTests():
            return asked.normal()
        case dict():
            return {}
        case tuple() if name in {"all", "any"}:
            return [condition.normal() for condition in asked]
        case "all" if name == "bant":
            return {"met": list(BANT)}
    return normal_time(asked) if isinstance(asked, timedelta | TimeTests) else normal_test(asked)
