"""Refusals of the domain: each says why, and what would have been allowed."""


class Refused(Exception):
    """The state of the lead does not allow it; the text says why, and what would have been allowed."""


class WrongField(Refused):
    """A part of what was said does not do; `field` names it, and the text says what would."""

    def __init__(self, field: str, why: str) -> None:
        self.field = field
        super().__init__(why)


class HandoffRefused(Refused):
    """The handoff is not open, or somebody else holds it."""


class NotOnRoster(Refused):
    """The person named cannot be given a lead."""
