"""The console is served: its page at every path, its assets as they were built, and nothing else."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath
from types import ModuleType
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.integration.functions import new_instance

ROOT = Path(__file__).parents[2]
PAGE = (
    '<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n'
    '    <script type="module" src="./assets/main-4f2a.js"></script>\n  </head>\n  <body>Baton – ä</body>\n</html>\n'
)
SCRIPT = "document.title = 'Gr\u00fc\u00dfe'\n"
PREFIXES = ("/v1", "/_aws/execute-api/4f2a/v1", "", "/sales/baton")
"""What stands before `/console`: a stage, MiniStack's path, a domain of its own, and a path of a domain."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    dist = tmp_path_factory.mktemp("dist")
    (dist / "assets").mkdir()
    (dist / "index.html").write_text(PAGE)
    (dist / "assets" / "main-4f2a.js").write_text(SCRIPT)
    (dist / "assets" / "main-4f2a.css").write_text("body { margin: 0 }\n")
    (dist / "secret.js").write_text("no asset\n")
    module = new_instance("serve_console")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "DIST", str(dist))
        yield module


def get(served: ModuleType, path: str, method: str = "GET", **headers: str) -> dict[str, Any]:
    below = path.removeprefix("/console").removeprefix("/")
    answer: dict[str, Any] = served.lambda_handler(
        {
            "resource": "/console/{proxy+}" if below else "/console",
            "httpMethod": method,
            "path": path,
            "pathParameters": {"proxy": below.rstrip("/")} if below else None,
            "headers": {name.replace("_", "-"): value for name, value in headers.items()} or None,
        },
        None,
    )
    return answer


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize(
    "path", ["", "/", "/leads", "/leads/", "/leads/4f2a", "/leads/4f2a/", "/accounts/acme.com", "/a/b/c", "/signed-in"]
)
def test_the_page_finds_its_assets_and_the_api_from_every_path(served: ModuleType, prefix: str, path: str) -> None:
    answer = get(served, f"/console{path}")

    [base] = re.findall(r'<base href="([^"]*)">', answer["body"])
    folder = urljoin(f"https://baton.example.com{prefix}/console{path}", base)
    assert answer["statusCode"] == 200
    assert urljoin(folder, "./assets/main-4f2a.js") == f"https://baton.example.com{prefix}/console/assets/main-4f2a.js"
    assert normpath(urljoin(folder, "../leads")[len("https://baton.example.com") :]) == f"{prefix}/leads"
    assert answer["body"].index("<base") < answer["body"].index("<script"), "what comes before it is found elsewhere"


def test_the_page_is_asked_for_anew_each_time_and_answered_with_304_while_it_is_the_same(served: ModuleType) -> None:
    first = get(served, "/console/leads")
    tag = first["headers"]["ETag"]

    again = get(served, "/console/leads", If_None_Match=f'W/"other", {tag}')
    elsewhere = get(served, "/console/a/b", if_none_match=tag)

    assert first["headers"]["Cache-Control"] == "no-cache"
    assert (again["statusCode"], again["body"], again["headers"]["ETag"]) == (304, "", tag)
    assert elsewhere["statusCode"] == 200, "its base is another one"


@pytest.mark.parametrize(("name", "kind"), [("main-4f2a.js", "text/javascript"), ("main-4f2a.css", "text/css")])
def test_an_asset_is_kept_for_a_year_and_has_its_type(served: ModuleType, name: str, kind: str) -> None:
    answer = get(served, f"/console/assets/{name}")

    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer["headers"]["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name",
    [
        *("assets", "assets/", "assets/main-0000.js", "assets/main-4f2a.js.map", "assets/..", "assets/."),
        *("assets/../secret.js", "assets/../index.html", "assets/../../app.py", "assets/..\\secret.js"),
        *("assets//etc/passwd", "assets/\0.js", "assets/main-4f2a.js\0.css", "assets/" + "x" * 4000 + ".js"),
        *("assets/\ud800.js", "assets/%2e%2e%2fsecret.js", "assets/sub/main-4f2a.js"),
    ],
)
def test_whatever_is_no_asset_is_missing_and_never_the_page(served: ModuleType, name: str) -> None:
    answer = get(served, f"/console/{name}")

    assert answer["statusCode"] == 404
    assert "<html" not in answer["body"]
    assert "no asset" not in answer["body"]
    assert "Cache-Control" not in answer["headers"] or answer["headers"]["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/console", "/console/assets/main-4f2a.js", "/console/assets/none.js"])
def test_all_is_answered_as_text_to_get_and_head_alike(served: ModuleType, path: str) -> None:
    """In base64 the gateway would pass it on undecoded to a script's request, which accepts anything."""
    answer = get(served, path)

    assert answer["isBase64Encoded"] is False
    assert answer == get(served, path, "HEAD")
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"
    assert get(served, "/console/assets/main-4f2a.js")["body"] == SCRIPT


def test_the_page_may_call_the_api_and_where_lists_are_sent_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPLOADS", "https://lists.s3.amazonaws.com https://lists.s3.eu-central-1.amazonaws.com")
    told = new_instance("serve_console").OF_PAGE["Content-Security-Policy"]

    assert (
        "; connect-src 'self' https://lists.s3.amazonaws.com https://lists.s3.eu-central-1.amazonaws.com; "
        "form-action 'self'; "
    ) in told


def test_the_page_runs_its_own_scripts_only_and_makes_no_html_of_texts(served: ModuleType) -> None:
    headers = get(served, "/console")["headers"]
    said = dict(each.strip().partition(" ")[::2] for each in headers["Content-Security-Policy"].split(";"))

    assert said["default-src"] == said["frame-ancestors"] == "'none'"
    assert said["script-src"] == said["style-src"] == said["connect-src"] == said["base-uri"] == "'self'"
    assert said["require-trusted-types-for"] == "'script'"
    assert not re.search(r"unsafe|nonce|\*|https?:", headers["Content-Security-Policy"])
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_function_starts_without_the_layer() -> None:
    code = "import sys; sys.path[0] = {!r}; import app; print(*sys.modules, sep='\\n')"
    folder = ROOT / "functions" / "serve_console"
    started = [sys.executable, "-I", "-c", code.format(str(folder))]
    loaded = subprocess.run(started, capture_output=True, text=True, check=True).stdout.split()

    assert "app" in loaded
    assert not {"baton", "pydantic", "botocore", "asyncio"} & {*loaded}


@pytest.mark.parametrize("missing", ["dist", "dist/index.html", "dist/assets"])
def test_a_build_without_the_built_console_fails_and_says_what_to_do(tmp_path: Path, missing: str) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    for folder in (source / "dist" / "assets", target):
        folder.mkdir(parents=True)
    for name in ("Makefile", "app.py"):
        shutil.copy(ROOT / "functions" / "serve_console" / name, source)
    (source / "dist" / "index.html").write_text(PAGE)
    build = ["make", "-C", source, "build-ServeConsoleFunction", f"ARTIFACTS_DIR={target}"]
    whole = subprocess.run(build, capture_output=True, text=True, check=False)
    assert whole.returncode == 0, whole.stderr
    assert (target / "dist" / "index.html").read_text() == PAGE

    gone = source / missing
    gone.unlink() if gone.is_file() else shutil.rmtree(gone)
    refused = subprocess.run(build, capture_output=True, text=True, check=False)

    assert refused.returncode != 0
    assert "make console" in refused.stderr


def test_addresses_of_strangers_never_fill_the_memory(served: ModuleType) -> None:
    for depth in range(200):
        assert get(served, "/console" + "/x" * depth)["statusCode"] == 200

    assert served._page.cache_info().currsize <= 16
