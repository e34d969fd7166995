"""The base class of all events of a lead."""

from typing import ClassVar

from baton.domain.basics.facts import Fact


class Happened(Fact):
    """Something that happened; `published` names the fields that the bus may carry: ids and facts, nothing personal."""

    published: ClassVar[tuple[str, ...]] = ()
