"""The mapping of a marketing tool's names to Baton's, as people write it and as it is stored."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause

OurField = Literal[
    "email",
    "message",
    "campaign",
    "content",
    "opt_out",
    "ignore",
    "full_name",
    "first_name",
    "last_name",
    "title",
    "phone",
    "country",
    "region",
    "language",
    "company",
    "industry",
    "employees",
    "revenue",
    "company_country",
    "infrastructure",
    "budget",
    "authority",
    "need",
    "timeline",
    "profile.full_name",
    "profile.first_name",
    "profile.last_name",
    "profile.title",
    "profile.phone",
    "profile.country",
    "profile.region",
    "profile.language",
    "company.name",
    "company.industry",
    "company.employees",
    "company.revenue",
    "company.country",
    "company.infrastructure",
    "bant.budget",
    "bant.authority",
    "bant.need",
    "bant.timeline",
]
_OTHERWISE_NAMED = {"company.name": "company", "company.country": "company_country"}

OurName = Annotated[
    Annotated[OurField, Tag("=field")]
    | Annotated[str, StringConstraints(pattern=r"^attributes\.[a-z][a-z0-9_-]{0,39}$"), Tag("=attribute")],
    Discriminator(lambda ours: "=attribute" if str(ours).startswith(rules.ATTRIBUTE) else "=field"),
]
Theirs = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Kind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,59}$")]
Content = Annotated[str, Field(min_length=1, max_length=200)]


class WebhookClause(Clause):
    """What one tool calls things. Its names are taken in any case, with whatever stands between their words."""

    events: dict[Theirs, Kind] = Field(default={}, max_length=500)
    """Its events, forms or kinds of meetings, and the kind of signal that each is; `ignore`: none. The name of one of
    the forms stands for that form's signal."""
    fields: dict[Theirs, OurName] = Field(default={}, max_length=500)
    """Its fields or questions, and what they tell of the lead: `title`, `company.employees`, `bant.budget`,
    `attributes.plan`; `ignore`: nothing."""
    content: dict[Theirs, Content] = Field(default={}, max_length=500)
    """Its pages, links or files, as it writes them, and the id of the content that each is."""

    def normal(self, forms: dict[str, str]) -> rules.WebhookNames:
        """Returns the names as they are stored; `forms` maps each form's name to its signal."""
        return {
            "events": {theirs: forms.get(ours, ours) for theirs, ours in self.events.items()},
            "fields": {theirs: _flat(ours) for theirs, ours in self.fields.items()},
            "content": dict(self.content),
        }


def _flat(path: str) -> str:
    if path.startswith(rules.ATTRIBUTE):
        return path
    return _OTHERWISE_NAMED.get(path, path.rpartition(".")[2])
