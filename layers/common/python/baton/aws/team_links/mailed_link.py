"""A link in a mail to a team, as far as it matters to what is read and saved."""

from typing import Protocol


class MailedLink(Protocol):
    """A link about one duty or one assignment of a handoff, mailed to one reader."""

    @property
    def lead_id(self) -> str:
        """Returns the id of the lead."""

    @property
    def about(self) -> str:
        """Returns the id of the duty or the handoff."""

    @property
    def assignment(self) -> int:
        """Returns the number of the handoff's assignment."""

    def is_for(self, address: str) -> bool:
        """Tells whether the link was mailed to this address."""
