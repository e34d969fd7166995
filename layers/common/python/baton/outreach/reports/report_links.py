"""Signs and reads links to the report page of one period; a browser needs no token, and a link expires."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from baton.domain.reports.rows.span import Span
from baton.outreach.links.signed_tokens import LinkExpired, LinkInvalid, LinkRefused, TokenSigner
from baton.outreach.pages.page_frame import html_page, paragraph

VALID_FOR = timedelta(days=60)
SALT = "baton.reports.1"
_BYTES = 5
"""Seconds since 1970 in five bytes last for 34,000 years."""


class ReportLinks:
    """Signs and reads these links. The last of the `keys` signs; all of them are accepted."""

    def __init__(self, base_url: str, keys: Sequence[str]) -> None:
        self._base_url, self._signer = base_url.rstrip("/"), TokenSigner(keys, SALT)

    def url(self, span: Span, now: datetime) -> str:
        """Returns the address of a period's page; it works for 60 days from `now`."""
        moments = (int(at.timestamp()) for at in (span.start, span.end, now + VALID_FOR))
        token = self._signer.sign(b"".join(at.to_bytes(_BYTES, "big") for at in moments))
        return f"{self._base_url}/reports/weekly/{token}"

    def read(self, token: str, now: datetime) -> Span:
        """Returns the period of a link; the time zone of its days is not in it.

        Raises:
            LinkInvalid: it was not made here, or is not as it was made.
            LinkExpired: its time is over.
        """
        match _moments(self._signer.read(token)):
            case [int(start), int(end), int(expires)]:
                if expires <= now.timestamp():
                    raise LinkExpired("the link is older than 60 days; the report can be asked for anew")
                return Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
            case _:
                raise LinkInvalid("the link is from another version of Baton; look for a newer mail")


def _moments(content: object) -> object:
    """Returns the seconds in a token; one from before tokens were short has them as they are."""
    if not isinstance(content, bytes):
        return content
    return [int.from_bytes(content[start : start + _BYTES], "big") for start in range(0, len(content), _BYTES)]


def unusable_link_page(fault: LinkRefused) -> tuple[int, str]:
    """Returns the page for a link that shows nothing, with its status: 404 for a wrong link, 410 for an old one."""
    if isinstance(fault, LinkExpired):
        text = "Links to a report work for 60 days. GET /reports/all gives it anew."
        return 410, _not_shown_page("This link has expired", text)
    text = "It is incomplete or was changed. Open it from the mail again."
    return 404, _not_shown_page("This link does not work", text)


def _not_shown_page(title: str, text: str) -> str:
    return html_page(title, paragraph(text), paragraph("You can close this page.", "soft"))
