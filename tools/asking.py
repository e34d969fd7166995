"""Asks again what Baton was too busy for: 429 or 503 with `Retry-After` mean in a moment."""

import time
from http import HTTPStatus

import httpx

HANGS_AFTER_SECONDS = 600.0
"""A call, or a step of a story, that is not done by then hangs; whatever is done before is only slow."""
MOST_TIMES = 60
_COME_AGAIN = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class AskingAgain(httpx.HTTPTransport):
    """Sends a request again after as many seconds as the answer says, at most 60 times."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The first answer that is not to come again."""
        request.read()
        for _ in range(MOST_TIMES):
            answer = super().handle_request(request)
            if answer.status_code not in _COME_AGAIN or "Retry-After" not in answer.headers:
                return answer
            answer.close()
            time.sleep(float(answer.headers["Retry-After"]))
        return super().handle_request(request)


def client(base_url: str = "", token: str | None = None) -> httpx.Client:
    """A client that asks again: with a token that of somebody in staff, without one a stranger's."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=base_url, headers=headers, timeout=HANGS_AFTER_SECONDS, transport=AskingAgain())
