"""The exceptions with which the domain refuses a command; each text says why, and what is allowed instead."""


class Refused(Exception):
    """The state of the lead does not allow the command; the text says why, and what is allowed instead."""


class WrongField(Refused):
    """A field of the request has a value that does not fit; `field` names it, and the text says what fits."""

    def __init__(self, field: str, why: str) -> None:
        self.field = field
        super().__init__(why)


class NotAllowed(Exception):
    """The person may not do this; the text says who may."""


class HandoffRefused(Refused):
    """The handoff is closed, or it belongs to another owner."""


class WrongReason(HandoffRefused):
    """The agreement does not let this lead be returned for the reason given; the text says what would do."""


class NotOnRoster(Refused):
    """The rep named in the command cannot get the lead."""
