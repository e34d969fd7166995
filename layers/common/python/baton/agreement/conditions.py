"""What may be asked of a lead, as people write it: a condition is as wide as its place in the agreement allows."""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from baton.agreement import rules
from baton.agreement.durations import Duration
from baton.agreement.model import Clause
from baton.agreement.values import Flag, NumberTest, TextTest, how_written, normal_test

BANT = ("budget", "authority", "need", "timeline")
BantName = Literal["budget", "authority", "need", "timeline"]
ASPECTS = ("kind", "form", "channel", "source", "campaign", "content", "content_topic", "content_stage", "content_title")
Aspect = Annotated[str, Field(pattern=rf"^({'|'.join(ASPECTS)}|properties\.[^\x00-\x20]{{1,100}})$")]
SignalMatch = Annotated[dict[Aspect, TextTest], Field(max_length=20)]
Count = Annotated[int, Field(strict=True, ge=0, le=100)]


def seconds(length: Duration | None) -> int | None:
    """A duration as it is kept."""
    return None if length is None else int(length.total_seconds())


def normal_match(match: SignalMatch) -> rules.SignalMatch:
    """The tests of a signal in their normal form."""
    return {aspect: normal_test(test) for aspect, test in match.items()}


class SignalsTest(Clause):
    """How many signals there are that match, in the last so much time or ever. Without a number: at least one."""

    match: SignalMatch = {}
    """Which signals count; left out: all."""
    at_least: Count | None = None
    """So many of them or more."""
    at_most: Count | None = None
    """So many of them or fewer."""
    within: Duration | None = None
    """Only those of the last so much time, such as 7d."""
    distinct: Aspect | None = None
    """Count different values of this instead of signals: `distinct: content` counts what was read."""

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        if self.at_most is not None and (self.at_least or 0) > self.at_most:
            raise ValueError(f"can never hold: nobody has at least {self.at_least} and at most {self.at_most}; swap them")
        return self

    def normal(self) -> rules.SignalsTest:
        """The test in its normal form."""
        least = 1 if self.at_least is None and self.at_most is None else self.at_least
        test = {"at_least": least, "at_most": self.at_most, "within": seconds(self.within), "distinct": self.distinct}
        given: Any = {name: value for name, value in test.items() if value is not None}
        return {"match": normal_match(self.match), **given}


class Shifted(Clause):
    """The lead went over from orientation to buying questions."""

    within: Duration
    """In the last so much time, such as 30d."""


class BantTests(Clause):
    """How many of budget, authority, need and timeline are met."""

    met: tuple[BantName, ...] | None = Field(default=None, min_length=1, max_length=4)
    """All of these are met."""
    at_least: int | None = Field(default=None, strict=True, ge=1, le=4)
    """So many of the four are met, whichever."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.met is None) == (self.at_least is None):
            raise ValueError("write either `met: [budget, …]` or `at_least: 3`")
        return self


BantTest = Annotated[
    Annotated[Literal["all"], Tag("=value")] | Annotated[BantTests, Tag("=tests")], Discriminator(how_written)
]


class Attributes(Clause):
    """What is known of a person and their company, and where they came from."""

    title: TextTest | None = None
    """The job title."""
    country: TextTest | None = None
    """The person's country, two letters in quotes: "NO", "DE"."""
    region: TextTest | None = None
    """The person's region."""
    language: TextTest | None = None
    """The person's language."""
    email_domain: TextTest | None = None
    """What stands behind the @ of the address."""
    company: TextTest | None = None
    """The company's name."""
    company_domain: TextTest | None = None
    """The company's domain, such as example.com."""
    industry: TextTest | None = None
    """The company's industry."""
    company_country: TextTest | None = None
    """The company's country, two letters in quotes."""
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

    def normal(self) -> rules.Condition:
        """The condition in its normal form, with every test spelled out."""
        return {name.rstrip("_"): _normal(name, asked) for name, asked in self if asked is not None}

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


class EngagementCondition(Attributes):
    """What an engagement rule may ask: what is known and what was done, and nothing that follows from the score."""

    all: tuple["EngagementCondition", ...] | None = Field(default=None, min_length=1, max_length=100)
    """All of these hold."""
    any: tuple["EngagementCondition", ...] | None = Field(default=None, min_length=1, max_length=100)
    """At least one of these holds."""
    not_: "EngagementCondition | None" = Field(default=None, alias="not")
    """This does not hold."""
    persona: TextTest | None = None
    """The id of the persona that the lead is."""
    funnel: TextTest | None = None
    """Where what was read places the lead: tofu, mofu or bofu."""
    signals: SignalsTest | None = None
    """What the lead did, counted."""
    shifted: Shifted | None = None
    """The lead went over from orientation to buying questions."""


class Condition(Attributes):
    """Anything that may be asked of a lead. All that is written must hold."""

    all: tuple["Condition", ...] | None = Field(default=None, min_length=1, max_length=100)
    """All of these hold."""
    any: tuple["Condition", ...] | None = Field(default=None, min_length=1, max_length=100)
    """At least one of these holds."""
    not_: "Condition | None" = Field(default=None, alias="not")
    """This does not hold."""
    persona: TextTest | None = None
    """The id of the persona that the lead is."""
    funnel: TextTest | None = None
    """Where what was read places the lead: tofu, mofu or bofu."""
    signals: SignalsTest | None = None
    """What the lead did, counted."""
    shifted: Shifted | None = None
    """The lead went over from orientation to buying questions."""
    stage: TextTest | None = None
    """How qualified the lead is: lead, mql, sql or customer."""
    fit_band: TextTest | None = None
    """The name of the band that the lead's fit is in."""
    engagement_band: TextTest | None = None
    """The name of the band that the lead's engagement is in."""
    score: NumberTest | None = None
    """Fit and engagement together, out of 100."""
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
        case Attributes() | SignalsTest():
            return asked.normal()
        case Shifted():
            return {"within": seconds(asked.within)}
        case BantTests():
            return {"met": list(asked.met)} if asked.met else {"at_least": asked.at_least}
        case tuple() if name in {"all", "any"}:
            return [condition.normal() for condition in asked]
        case _ if name == "bant":
            return {"met": list(BANT)}
    return normal_test(asked)
