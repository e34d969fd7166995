"""Facts of one's own as people write them in the agreement: their kinds, their labels, and what may be chosen."""

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause, Name, ShortText

Choice = Annotated[str, Field(min_length=1, max_length=100, strict=True, pattern=r"^\S(.*\S)?$")]

WholeName = Annotated[str, StringConstraints(pattern=r"^attributes\.[a-z][a-z0-9_-]{0,39}$")]
"""The name of an attribute where it stands among other facts: `attributes.plan`."""
Reconsidered = Annotated[
    Annotated[rules.Reconsidered, Tag("=fact")] | Annotated[WholeName, Tag("=attribute")],
    Discriminator(lambda fact: "=attribute" if str(fact).startswith(rules.ATTRIBUTE) else "=fact"),
]


class AttributeClause(Clause):
    """A fact of your own about leads, such as the plan that they have."""

    kind: Literal["text", "number", "choice", "yes/no"] = "text"
    """What it is: text (of 200 characters at most), number, choice (one of `choices`), or yes/no."""
    label: ShortText | None = None
    """What people call it; left out: its name."""
    choices: tuple[Choice, ...] = Field(default=(), max_length=50)
    """Of a choice: what it may be, in the spelling that is shown. Upper and lower case are the same."""

    @model_validator(mode="after")
    def _has_choices_if_it_is_one(self) -> Self:
        if (self.kind == "choice") is not bool(self.choices):
            raise ValueError(
                "an attribute of the kind choice, and no other, needs `choices`; "
                "write `choices: [one, another]`, or leave it out"
            )
        if len({choice.casefold() for choice in self.choices}) < len(self.choices):
            raise ValueError("names the same choice twice, but for upper and lower case; name it once")
        return self

    def normal(self, name: Name) -> rules.Attribute:
        """Returns the attribute as it is stored."""
        attribute: rules.Attribute = {"kind": self.kind, "label": self.label or name.replace("_", " ")}
        if self.choices:
            attribute["choices"] = list(self.choices)
        return attribute
