"""Runs a captcha provider on this machine that gives prepared answers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from baton.aws.web.captcha import Captcha

Answer = tuple[int, bytes]
SOLVED: Answer = (200, b'{"success": true}')


def refusal(*codes: str) -> Answer:
    """It says no, and why."""
    return 200, json.dumps({"success": False, "error-codes": codes}).encode()


class Provider(ThreadingHTTPServer):
    """Says what a test wants to hear; `asked` is what it was told, and where."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Says)
        self.answer, self.asked = SOLVED, list[dict[str, list[str]]]()

    def connect(self, _host: str, timeout: float) -> HTTPConnection:
        """A way to it, whichever provider is looked for."""
        return HTTPConnection("127.0.0.1", self.server_port, timeout=timeout)

    def captcha(self, name: str = "turnstile") -> Captcha:
        """The captcha of this provider."""
        return Captcha(name, self.connect)


class _Says(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body) | {"path": [self.path]})
        status, content = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Provider]:
    """A provider that answers."""
    with Provider() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
