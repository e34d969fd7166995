"""Personas, content and BANT as people write them in the agreement."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.conditions.signal_tests import BANT
from baton.agreement.conditions.value_tests import NumberOrTextTest, TextTest, normal_test
from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause, Name, ShortText
from baton.agreement.terms.durations import Duration

_PERCENT = re.compile(r"(100|[1-9]?[0-9])%")
Identifier = Annotated[str, Field(pattern=r"^\S(.{0,98}\S)?$", max_length=100, strict=True)]


def _percent(value: object) -> int:
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        return int(value[:-1])
    raise ValueError(f"{value!r} is no share of a whole; write it in whole percent, like 50%")


Percent = Annotated[
    int, BeforeValidator(_percent), WithJsonSchema({"type": "string", "pattern": "^(100|[1-9]?[0-9])%$"})
]


class PersonaClause(Clause):
    """A kind of buyer. A lead is of the kind that it matches best."""

    id: Name
    """What rules call it."""
    label: ShortText
    """What people call it."""
    counts_from: Percent = Field(default="50%", validate_default=True)
    """A lead that matches less than this share of the marks, by weight, is not one."""
    criteria: Attributes
    """The marks of this kind of buyer. Not all of them must hold: the more do, the better it matches."""
    weights: dict[str, Annotated[int, Field(strict=True, ge=1, le=100)]] = Field(default={}, max_length=50)
    """How much a mark counts against the others; 1 unless said otherwise."""

    def normal(self) -> rules.Persona:
        """Returns the persona as it is stored."""
        criteria: list[rules.Criterion] = [
            {"about": about, "weight": self.weights.get(about, 1), "when": {about: test}}
            for about, test in self.criteria.normal().items()
        ]
        return {"id": self.id, "label": self.label, "counts_from": self.counts_from, "criteria": criteria}


class ContentClause(Clause):
    """Something that leads can read, watch or attend."""

    id: Identifier
    """What signals call it."""
    title: ShortText
    """What people call it."""
    topic: Name
    """What it is about."""
    stage: Literal["tofu", "mofu", "bofu"]
    """Top of the funnel (orientation), middle (comparison) or bottom (buying)."""
    personas: tuple[Name, ...] = Field(default=(), max_length=50)
    """For whom it is; left out: for everybody."""

    def normal(self) -> rules.Content:
        """Returns the content as it is stored."""
        return {
            "id": self.id,
            "title": self.title,
            "topic": self.topic,
            "stage": self.stage,
            "personas": list(self.personas),
        }


class Bant(Clause):
    """What counts as met, unless a person says so. Left out: any answer but "no", "none" and "unknown"."""

    budget: NumberOrTextTest | None = None
    """Which answers about the budget will do: numbers, such as {at_least: 10000}, or words."""
    authority: TextTest | None = None
    """Which answers about who decides will do."""
    need: TextTest | None = None
    """Which answers about what is needed will do."""
    timeline: TextTest | None = None
    """Which answers about when it is needed will do."""

    def normal(self) -> dict[str, rules.Condition]:
        """Returns, for each of the four that the document names, the condition under which it is met."""
        return {name: {name: normal_test(test)} for name in BANT if (test := getattr(self, name)) is not None}


class Funnel(Clause):
    """How what was read places a lead in the funnel."""

    memory: Duration = Field(default="90d", validate_default=True)
    """What was read longer ago no longer counts."""
