"""Writes several mails for one person as one: a table of contents, and then each in its own words."""

from collections.abc import Sequence
from typing import Protocol

from baton.outreach.text.untrusted_text import subject

_RULE = "-" * 24
"""A line that a phone does not wrap."""


class Content(Protocol):
    """A mail that goes into a digest."""

    @property
    def subject(self) -> str:
        """Its own subject."""

    @property
    def text(self) -> str:
        """Its own text."""


def digest(mails: Sequence[Content]) -> tuple[str, str]:
    """Returns the subject and the text of one mail with all of these in it, in this order; a single one is as it is.

    The subject says how many there are, and quotes the first.
    """
    first, *others = mails
    if not others:
        return first.subject, first.text
    numbered = [f"{number}. {mail.subject}" for number, mail in enumerate(mails, 1)]
    parts = [f"{_RULE}\n{heading}\n\n{mail.text}" for heading, mail in zip(numbered, mails, strict=True)]
    contents = "\n".join([f"{len(mails)} mails in one, the most urgent first:", "", *numbered])
    return subject(f"{len(mails)} mails, first: ", first.subject), "\n\n".join([contents, *parts])
