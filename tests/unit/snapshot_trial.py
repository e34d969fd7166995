"""Starts functions as Lambda does for a snapshot, and restores each twice; prints what each environment does, as JSON.

A snapshot is stood for by a process that splits after its start, the hooks are called by Lambda's own runtime, and AWS
by a server that counts: each answer, and each pair of keys, is another one.
"""

import gc
import importlib.util
import json
import os
import random
import sys
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

from awslambdaric import lambda_runtime_hooks_runner as runtime
from snapshot_restore_py import get_after_restore

ROOT = Path(__file__).parents[2]
SETTINGS = (
    *("TABLE_NAME", "PEPPER_ARN", "LINK_KEY_ARN", "WEBHOOK_SECRETS_ARN", "CAPTCHA_SECRET_ARN", "PUBLIC_URL"),
    *("POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE"),
)
OLD = "before the snapshot"


class Aws(BaseHTTPRequestHandler):
    """Gives keys as the container does, and answers each call with the key that signed it and its connection."""

    protocol_version = "HTTP/1.1"
    numbers = count(1)

    def do_GET(self) -> None:
        number = f"KEY{next(self.numbers)}"
        if self.path != "/keys" or self.headers["Authorization"] != "the container's token":
            self.send_error(403)
            return
        self._answer(
            {"AccessKeyId": number, "SecretAccessKey": "s", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}
        )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        key = self.headers["Authorization"].partition("Credential=")[2].partition("/")[0]
        self._answer({"SecretString": json.dumps([key, self.client_address[1]])})

    def _answer(self, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def main(*functions: str) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Aws)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    os.environ |= dict.fromkeys(SETTINGS, "x") | {
        "AGREEMENT_CACHE_SECONDS": "60",
        "AWS_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL": address,
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{address}/keys",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "the container's token",
    }
    import baton.aws.leads.commands  # which most of them import: it takes as long as all else  # noqa: F401, PLC0415

    print(json.dumps({each: in_process(partial(started, each)) for each in functions}))


def in_process(do: Any) -> Any:
    """Does something in a copy of this process, and returns its result."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as told:
            text = told.read()
        os.waitpid(child, 0)
        return json.loads(text)
    os.close(reading)
    with os.fdopen(writing, "w") as told:
        json.dump(do(), told)
    os._exit(0)


def started(function: str) -> Any:
    """Starts the function, uses what it holds, as a request would, and restores it twice."""
    found = importlib.util.spec_from_file_location(function, ROOT / "functions" / function / "app.py")
    assert found is not None
    assert found.loader is not None
    found.loader.exec_module(importlib.util.module_from_spec(found))
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") != "snap-start":
        return {"hooks": len(get_after_restore())}
    before = call()
    fill()
    runtime.run_before_snapshot()
    return {"before": before, "restored": [in_process(restored) for _ in range(2)], "unrestored": in_process(seen)}


def restored() -> Any:
    runtime.run_after_restore()
    return seen()


def seen() -> Any:
    """What this environment remembers, the key that it signs with, its connection, and a random number."""
    return {"old": held(), "call": call(), "random": random.random()}  # no secret


def call() -> Any:
    from baton.aws.runtime.clients import client  # noqa: PLC0415  # under the settings from above

    answer = client("secretsmanager").get_secret_value(SecretId="x")
    return json.loads(answer["SecretString"])


def caches() -> list[Any]:
    """Whatever the function holds that goes by a clock."""
    from baton.aws.agreement.agreement_in_force import Agreements  # noqa: PLC0415
    from baton.aws.runtime.secrets import Secrets  # noqa: PLC0415

    return [each for each in gc.get_objects() if isinstance(each, Agreements | Secrets)]


def fill() -> None:
    from baton.aws.runtime.secrets import Secrets  # noqa: PLC0415

    for each in caches():
        kept: Any = {OLD: OLD} if isinstance(each, Secrets) else (0.0, OLD)
        each._kept = kept


def held() -> list[str]:
    return sorted(type(each).__name__ for each in caches() if OLD in (each._kept or ()))


if __name__ == "__main__":
    main(*sys.argv[1:])
