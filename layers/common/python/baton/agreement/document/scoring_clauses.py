"""Scoring as people write it: rules for fit and engagement, caps, bands, limits, and the full score."""

from collections.abc import Container
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from baton.agreement.conditions.condition_clauses import EngagementCondition, FitCondition
from baton.agreement.conditions.signal_tests import SignalMatch, normal_match, seconds
from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause, Name
from baton.agreement.terms.durations import WRITTEN_DURATION, Duration, parse_duration

NO_LIMIT = 1_000_000
Points = Annotated[int, Field(strict=True, ge=-1000, le=1000)]
MAX_FULL_SCORE = 10_000
Threshold = Annotated[int, Field(strict=True, ge=1, le=MAX_FULL_SCORE)]
Limit = Annotated[int, Field(strict=True, ge=-NO_LIMIT, le=NO_LIMIT)]
BandName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
HalfLife = Annotated[
    timedelta | Literal["never"],
    PlainValidator(lambda written: "never" if written == "never" else parse_duration(written)),
    WithJsonSchema({"anyOf": [WRITTEN_DURATION, {"const": "never"}]}),
]
Bands = Annotated[dict[BandName, Limit], Field(max_length=20)]


def normal_bands(bands: Bands) -> list[rules.Band]:
    """Returns bands as they are stored: highest first."""
    fallen = sorted(bands.items(), key=lambda band: -band[1])
    return [{"name": name, "at_least": points} for name, points in fallen]


class Limits(Clause):
    """Between what the sum of the points is held, whatever the rules add up to."""

    at_least: Limit = -NO_LIMIT
    """The sum never falls below."""
    at_most: Limit = NO_LIMIT
    """The sum never rises above."""

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        if self.at_least > self.at_most:
            raise ValueError(f"`at_least: {self.at_least}` is above `at_most: {self.at_most}`; swap them")
        return self

    def normal(self) -> list[int]:
        """Returns the lower and the upper limit."""
        return [self.at_least, self.at_most]


class Score(Clause):
    """How points become a score, out of what it is, and how it is called."""

    full_score: int = Field(default=100, strict=True, ge=1, le=MAX_FULL_SCORE)
    """So many points of the rules are a full score."""
    scale: Literal["hundred", "points"] = "hundred"
    """In what scores and thresholds are counted: hundred, out of 100; points, in points of the rules up to
    `full_score`, so that nothing is converted."""
    half_life: HalfLife | None = None
    """After so long, points for what somebody did count half. Leave it out or write `never`, and they never fade."""
    fit: Limits = Field(default_factory=Limits)
    """The limits of the points for what a lead is."""
    engagement: Limits = Field(default_factory=Limits)
    """The limits of the points for what a lead does."""
    recycled_leads_earn: int = Field(default=50, strict=True, ge=0, le=10_000)
    """So many new points bring a lead back to sales that sales gave back or lost."""
    fit_bands: Bands = Field(default={})
    """Names for fit, each with the points from which it holds; the lowest begins anywhere."""
    engagement_bands: Bands = Field(default={})
    """Names for engagement, each with the points from which it holds; the lowest begins anywhere."""

    @property
    def top(self) -> int:
        """Returns the highest score: 100, or the full score of a scale of one's own."""
        return self.full_score if self.scale == "points" else 100

    def normal_half_life(self) -> int | None:
        """Returns the half-life in seconds; None if points never fade."""
        return None if self.half_life is None or self.half_life == "never" else seconds(self.half_life)


class FitRuleClause(Clause):
    """Points for what a lead is."""

    id: Name
    """What the ledger calls it; no two rules have the same."""
    points: Points
    """How many; below 0 they are taken away."""
    by_persona: dict[Name, Points] = Field(default={}, max_length=50)
    """Other points for leads of some personas, by the persona's id."""
    when: FitCondition
    """Which leads get them."""
    best_of: Name | None = None
    """A name that rules share of which only the one with the most points counts, such as `seniority`."""

    def normal(self) -> rules.FitRule:
        """Returns the rule as it is stored."""
        rule: rules.FitRule = {
            "id": self.id,
            "points": self.points,
            "by_persona": self.by_persona,
            "when": self.when.normal(),
        }
        if self.best_of is not None:
            rule["best_of"] = self.best_of
        return rule


class CapClause(Clause):
    """The most that a rule gives: so many times or so many points, in so much time or ever."""

    times: int | None = Field(default=None, strict=True, ge=1, le=100)
    """So often at most."""
    points: int | None = Field(default=None, strict=True, ge=1, le=1000)
    """So many points at most."""
    per: Duration | None = None
    """In so much time, such as 7d; left out: ever."""
    each: Literal["content"] | None = None
    """Counted for each content of its own: a second whitepaper counts, the same one does not."""

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if self.times is None and self.points is None:
            raise ValueError("says no limit; write how much at most: `times: 1` or `points: 30`")
        return self

    def normal(self) -> rules.Cap:
        """Returns the cap as it is stored."""
        cap: rules.Cap = {}
        if self.times is not None:
            cap["times"] = self.times
        if self.points is not None:
            cap["points"] = self.points
        if self.per is not None:
            cap["per"] = seconds(self.per)
        if self.each is not None:
            cap["each"] = self.each
        return cap


class EngagementRuleClause(Clause):
    """Points for what a lead does."""

    id: Name
    """What the ledger calls it; no two rules have the same."""
    points: Points
    """How many for each signal; below 0 they are taken away."""
    by_persona: dict[Name, Points] = Field(default={}, max_length=50)
    """Other points for leads of some personas, by the persona's id."""
    signal: SignalMatch = Field(min_length=1)
    """Which signals earn them."""
    when: EngagementCondition | None = None
    """What must hold besides, with that signal counted."""
    at_most: CapClause | None = None
    """The most that this rule gives."""
    half_life: HalfLife | None = None
    """After so long these points count half, whatever holds for the others; never: they do not fade."""
    expires_after: Duration | None = None
    """After so long these points are gone."""

    def normal(self, leaving: Container[str] = ()) -> rules.EngagementRule:
        """Returns the rule as it is stored; points taken away for signals of kinds by which people leave never fade."""
        rule: rules.EngagementRule = {
            "id": self.id,
            "points": self.points,
            "by_persona": self.by_persona,
            "signal": normal_match(self.signal),
            "when": self.when.normal() if self.when else {},
        }
        if self.at_most:
            rule["at_most"] = self.at_most.normal()
        if self.half_life:
            rule["half_life"] = "never" if self.half_life == "never" else seconds(self.half_life)
        if self.expires_after:
            rule["expires_after"] = seconds(self.expires_after)
        if self._is_for_leaving(rule["signal"], leaving):
            rule["never_fades"] = True
        return rule

    def _is_for_leaving(self, match: rules.SignalMatch, leaving: Container[str]) -> bool:
        test = match.get("kind", {})
        kinds = test.get("one_of") or [test.get("is")]
        takes_away = self.points < 0 and all(points <= 0 for points in self.by_persona.values())
        return takes_away and not self.half_life and all(kind in leaving for kind in kinds)
