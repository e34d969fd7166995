"""Tests of a lead's signals and BANT answers in a condition, as people write them and as they are stored."""

from datetime import timedelta
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Discriminator, Field, StringConstraints, Tag, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from baton.agreement.conditions.value_tests import (
    Number,
    NumberOrTextTest,
    normal_test,
    number_or_text,
    written_form,
)
from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause
from baton.agreement.terms.durations import Duration

BantName = Literal["budget", "authority", "need", "timeline"]
BANT: tuple[BantName, ...] = get_args(BantName)
ASPECTS = (
    *("kind", "form", "channel", "source", "campaign"),
    *("content", "content_topic", "content_stage", "content_title"),
)
Aspect = Annotated[str, Field(pattern=rf"^({'|'.join(ASPECTS)}|properties\.[^\x00-\x20]{{1,100}})$")]


def _numbers_are_of_properties(match: dict[str, Any]) -> dict[str, Any]:
    texts = [name for name in match if not name.startswith("properties.") and number_or_text(match[name]) == "=number"]
    if texts:
        faults = [InitErrorDetails(type="string_type", loc=(name,), input=_first_number(match[name])) for name in texts]
        raise ValidationError.from_exception_data("SignalMatch", faults)
    return match


def _first_number(test: Any) -> Any:
    return next(iter(normal_test(test).values()))


SignalMatch = Annotated[
    dict[Aspect, NumberOrTextTest], Field(max_length=20), AfterValidator(_numbers_are_of_properties)
]
Property = Annotated[str, StringConstraints(strict=True, pattern=r"^(properties\.)?[^\x00-\x20]{1,100}$")]
Count = Annotated[int, Field(strict=True, ge=0, le=100)]


def seconds(length: timedelta) -> int:
    """Returns a duration as it is stored, in whole seconds."""
    return int(length.total_seconds())


def normal_match(match: SignalMatch) -> rules.SignalMatch:
    """Returns the tests of a signal as they are stored: `kind: demo` becomes `{"kind": {"is": "demo"}}`."""
    return {aspect: normal_test(test) for aspect, test in match.items()}


class SumClause(Clause):
    """What a property of the signals adds up to, such as the seconds that somebody watched."""

    of: Property
    """The name of the property, such as seconds. What is no number, or below 0, adds nothing."""
    at_least: Number | None = None
    """So much or more."""
    at_most: Number | None = None
    """So much or less."""

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        least, most = self.at_least, self.at_most
        if least is None and most is None:
            raise ValueError("says no number; write `at_least: 600`, or `at_most`")
        if most is not None and (most < 0 or (least or 0) > most):
            raise ValueError("can never hold: a sum is 0 or more, and not above `at_most`; change one of them")
        if least is not None and least <= 0:
            raise ValueError("always holds: a sum is 0 or more; write a number above 0")
        return self

    def normal(self) -> rules.SumTest:
        """Returns the test as it is stored."""
        bounds = {"at_least": self.at_least, "at_most": self.at_most}
        known = {name: bound for name, bound in bounds.items() if bound is not None}
        return {"of": self.of.removeprefix("properties."), **known}


class SignalsTestClause(Clause):
    """How many signals there are that match, in the last so much time or ever. Without a number: at least one."""

    match: SignalMatch = Field(default={})
    """Which signals count; left out: all."""
    at_least: Count | None = None
    """So many of them or more."""
    at_most: Count | None = None
    """So many of them or fewer."""
    within: Duration | None = None
    """Only those of the last so much time, such as 7d."""
    distinct: Aspect | None = None
    """Count different values of this instead of signals: `distinct: content` counts what was read."""
    sum: SumClause | None = None
    """What a property of them adds up to: `sum: {of: seconds, at_least: 600}`. The last 200 signals are added up."""

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        if self.at_most is not None and (self.at_least or 0) > self.at_most:
            raise ValueError(
                f"can never hold: at least {self.at_least} are more than at most {self.at_most}; swap them"
            )
        return self

    def normal(self) -> rules.SignalsTest:
        """Returns the test as it is stored."""
        test: rules.SignalsTest = {"match": normal_match(self.match)}
        if self.sum is not None:
            test["sum"] = self.sum.normal()
        if self.at_least is not None or (self.at_most is None and self.sum is None):
            test["at_least"] = 1 if self.at_least is None else self.at_least
        if self.at_most is not None:
            test["at_most"] = self.at_most
        if self.within is not None:
            test["within"] = seconds(self.within)
        if self.distinct is not None:
            test["distinct"] = self.distinct
        return test


class Shifted(Clause):
    """The lead went over from orientation to buying questions."""

    within: Duration
    """In the last so much time, such as 30d."""

    def normal(self) -> dict[str, int]:
        """Returns the test as it is stored."""
        return {"within": seconds(self.within)}


class BantTests(Clause):
    """How many of budget, authority, need and timeline are met."""

    met: tuple[BantName, ...] | None = Field(default=None, min_length=1, max_length=4)
    """All of these are met."""
    at_least: int | None = Field(default=None, strict=True, ge=1, le=4)
    """So many of the four are met, whichever."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.met is None) == (self.at_least is None):
            raise ValueError("says too much or nothing; write either `met: [budget, need]` or `at_least: 3`")
        return self

    def normal(self) -> dict[str, Any]:
        """Returns the test as it is stored."""
        return {"met": list(self.met)} if self.met else {"at_least": self.at_least}


BantTest = Annotated[
    Annotated[Literal["all"], Tag("=value")] | Annotated[BantTests, Tag("=tests")], Discriminator(written_form)
]
