"""Links to the page of one past period: signed, and good for a while, so that a browser needs no token to show it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from baton.domain.reports.rows.span import Span
from baton.outreach.links.signed_tokens import LinkExpired, LinkInvalid, LinkRefused, Seal
from baton.outreach.pages.page_frame import framed, paragraph

VALID_FOR = timedelta(days=60)
SALT = "baton.reports.1"


class ReportLinks:
    """Signs and reads these links. `keys` are oldest first: the newest signs, all are believed."""

    def __init__(self, base_url: str, keys: Sequence[str]) -> None:
        self._base_url, self._seal = base_url.rstrip("/"), Seal(keys, SALT)

    def url(self, span: Span, now: datetime) -> str:
        """The address of a period's page; good for 60 days from `now`."""
        moments = (span.start, span.end, now + VALID_FOR)
        return f"{self._base_url}/reports/weekly/{self._seal.sealed([int(at.timestamp()) for at in moments])}"

    def read(self, token: str, now: datetime) -> Span:
        """The period that a link is about.

        Raises:
            LinkInvalid: it was not made here, or is not as it was made.
            LinkExpired: its time is over.
        """
        match self._seal.opened(token):
            case [int(start), int(end), int(expires)]:
                if expires <= now.timestamp():
                    raise LinkExpired("the link is older than 60 days; the report can be asked for anew")
                return Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
            case _:
                raise LinkInvalid("the link is from another version of Baton; look for a newer mail")


def refused(fault: LinkRefused) -> str:
    """The page for a link that cannot be read any more."""
    if isinstance(fault, LinkExpired):
        return _sorry("This link has expired", "Links to a report work for 60 days. GET /reports/all gives it anew.")
    return _sorry("This link does not work", "It is incomplete or was changed. Open it from the mail again.")


def _sorry(title: str, text: str) -> str:
    return framed(title, paragraph(text), paragraph("You can close this page.", "soft"))
