"""Answers a webhook's sender if there is no such webhook, or if the delivery is not trusted."""

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.runtime import log
from baton.aws.web.http import Problem
from baton.aws.web.router import Response


def known_source(source: str) -> str:
    """Returns the source, such as `hubspot`, if Baton has a reader for it.

    Raises:
        Problem: it has none (404).
    """
    if source not in SOURCES:
        raise Problem(404, "there is no such webhook")
    return source


def refuse_length(fault: Exception) -> Response:
    """Answers 413 to a delivery that was not understood and is too long to be kept."""
    return Problem(413, f"{fault}; send it in parts").response()


def refuse_delivery(fault: Exception) -> Response:
    """Answers 401 without a reason; the log has the reason."""
    log.warning("webhook refused", why=str(fault))
    return Problem(401, "the signature or secret is missing or wrong, or the time is not now").response()
