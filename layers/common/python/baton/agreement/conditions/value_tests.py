"""Tests of a text, a number or a yes-or-no in a condition, as people write them and as they are stored."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from typing_extensions import TypeAliasType

from baton.agreement.conditions.patterns import Pattern
from baton.agreement.terms.clause import Clause


def _whole_if_it_is(number: float) -> float:
    return int(number) if number.is_integer() else number


Text = Annotated[str, Field(min_length=1, max_length=200, strict=True)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1, max_length=200)]
Number = Annotated[float, Field(strict=True, ge=-1e15, le=1e15), AfterValidator(_whole_if_it_is)]
Numbers = Annotated[tuple[Number, ...], Field(min_length=1, max_length=200)]
Flag = Annotated[bool, Field(strict=True)]


class _Tests(Clause):
    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    def normal(self) -> dict[str, Any]:
        """Returns the tests as they are stored: by name, tuples as lists."""
        return {
            name.rstrip("_"): list(test) if isinstance(test, tuple) else test for name, test in self if test is not None
        }

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not self.normal():
            raise ValueError("tests nothing; write what the value must be, or leave the whole line out")
        if len(self.normal()) > 1 and self.normal().get("known") is False:
            raise ValueError("can never hold: what is not known passes no other test; leave the others out")
        return self


class TextTests(_Tests):
    """Tests of a text. All that are given must hold; upper and lower case are the same."""

    is_: Text | None = Field(default=None, alias="is")
    """The text is this one."""
    one_of: Texts | None = None
    """The text is one of these."""
    matches: Pattern | None = None
    """The text contains something of this form, a regular expression (RE2); `^` and `$` are its start and end."""
    known: Flag | None = None
    """true: something is known; false: nothing is."""


class NumberTests(_Tests):
    """Tests of a number. All that are given must hold."""

    is_: Number | None = Field(default=None, alias="is")
    """The number is this one."""
    one_of: Numbers | None = None
    """The number is one of these."""
    between: tuple[Number, Number] | None = None
    """The lowest and the highest number that will do, both included."""
    at_least: Number | None = None
    """The lowest number that will do. Of a range, such as 51-200 employees, the lower end counts."""
    at_most: Number | None = None
    """The highest number that will do. Of a range the upper end counts."""
    known: Flag | None = None
    """true: the number is known; false: it is not."""

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        low, high = self.between or (None, None)
        lows = [number for number in (low, self.at_least) if number is not None]
        highs = [number for number in (high, self.at_most) if number is not None]
        if lows and highs and max(lows) > min(highs):
            raise ValueError(f"can never hold: nothing is at least {max(lows)} and at most {min(highs)}; swap them")
        return self


def written_form(test: object) -> str:
    """Returns how a test is written: `=value` for `cto`, `=list` for `[cto, cio]`, `=tests` for `{known: true}`."""
    if isinstance(test, dict | Clause):
        return "=tests"
    return "=list" if isinstance(test, list | tuple) else "=value"


TextTest = TypeAliasType(
    "TextTest",
    Annotated[
        Annotated[Text, Tag("=value")] | Annotated[Texts, Tag("=list")] | Annotated[TextTests, Tag("=tests")],
        Discriminator(written_form),
    ],
)
NumberTest = TypeAliasType(
    "NumberTest",
    Annotated[
        Annotated[Number, Tag("=value")] | Annotated[Numbers, Tag("=list")] | Annotated[NumberTests, Tag("=tests")],
        Discriminator(written_form),
    ],
)


def number_or_text(test: object) -> str:
    """Returns which of both a test is: `=number` for `5` and `{at_least: 5}`, `=text` for all others."""
    asked = test if isinstance(test, dict) else {"is": test[0] if isinstance(test, list | tuple) and test else test}
    numbers = {"between", "at_least", "at_most"} & set(asked) or any(
        isinstance(value, int | float) and not isinstance(value, bool) for value in asked.values()
    )
    return "=number" if isinstance(test, NumberTests) or numbers else "=text"


NumberOrTextTest = TypeAliasType(
    "NumberOrTextTest",
    Annotated[Annotated[NumberTest, Tag("=number")] | Annotated[TextTest, Tag("=text")], Discriminator(number_or_text)],
)


def _kind_of_attribute(test: object) -> str:
    return "=flag" if isinstance(test, bool) else number_or_text(test)


AttributeTest = TypeAliasType(
    "AttributeTest",
    Annotated[
        Annotated[Flag, Tag("=flag")] | Annotated[NumberTest, Tag("=number")] | Annotated[TextTest, Tag("=text")],
        Discriminator(_kind_of_attribute),
    ],
)


def normal_test(test: str | float | tuple[Any, ...] | _Tests) -> dict[str, Any]:
    """Returns a test as it is stored: a bare value as `is`, a bare list as `one_of`."""
    if isinstance(test, _Tests):
        return test.normal()
    return {"one_of": list(test)} if isinstance(test, tuple) else {"is": test}
