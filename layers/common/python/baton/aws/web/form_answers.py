"""Answers a website's form: thanks with a reference or a page to go to, or when to send it again."""

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import TooMany
from baton.aws.web.http import Problem, answer, logger


def thanks(reference: str, return_to: str | None) -> Response[str]:
    """Sends the visitor on to the agreed page `return_to` (303), or else answers with the reference (202)."""
    if return_to:
        return Response(303, body="", headers={"Location": return_to, "Cache-Control": "no-store"})
    return answer({"reference": reference}, 202)


def send_again_later(reached: TooMany) -> Response[str]:
    """Says in how many seconds the form is taken again (429)."""
    logger.warning("too many forms at once")
    seconds = reached.seconds_from(utc_now())
    why = f"too many forms have come; send it again in {seconds} seconds"
    return Problem(429, why, retry_after=seconds).response()
