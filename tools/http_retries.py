"""Sends a request again if Baton was too busy: if it answered 429 or 503 with `Retry-After`."""

import time
from http import HTTPStatus

import httpx

HANGS_AFTER_SECONDS = 90.0
"""A call or a step that takes longer hangs; a shorter one is only slow. Most take less than a second, none ten."""
_COME_AGAIN = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class RetryingTransport(httpx.HTTPTransport):
    """Sends a request again after as many seconds as the answer says, until that would take longer than a call may."""

    most_seconds = HANGS_AFTER_SECONDS

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Returns the first answer that does not ask for a repeat, or the last one in time."""
        request.read()
        end = time.monotonic() + self.most_seconds
        while True:
            answer = super().handle_request(request)
            if answer.status_code not in _COME_AGAIN or "Retry-After" not in answer.headers:
                return answer
            pause = float(answer.headers["Retry-After"])
            if time.monotonic() + pause > end:
                return answer
            answer.close()
            time.sleep(pause)


def client(base_url: str = "", token: str | None = None) -> httpx.Client:
    """Returns a client that sends requests again; with a token it is signed in as staff."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=base_url, headers=headers, timeout=HANGS_AFTER_SECONDS, transport=RetryingTransport())
