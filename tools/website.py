"""Serves the sample forms on this machine, as a website of another origin than the API's."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tools.workspace import ROOT

FORMS = ROOT / "docs" / "forms"
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}


def origin(port: int) -> str:
    """Returns the origin of the website at this port, as a browser spells it."""
    return f"http://localhost:{port}"


@contextmanager
def website(port: int, api_url: str) -> Iterator[str]:
    """Serves the sample forms with the API's address in them, and yields the origin; port 0 takes any free port."""
    pages = {
        f"/{file.name}": (TYPES[file.suffix], file.read_text().replace("{api}", api_url).encode())
        for file in FORMS.iterdir()
        if file.suffix in TYPES
    }

    class Page(BaseHTTPRequestHandler):
        """Answers with a file of docs/forms."""

        def do_GET(self) -> None:
            """Sends the page, or 404."""
            found = pages.get(self.path.partition("?")[0])
            self.send_response(200 if found else 404)
            kind, content = found or ("text/plain", b"")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Logs nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Page) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            yield origin(server.server_port)
        finally:
            server.shutdown()
            serving.join()
