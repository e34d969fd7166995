"""MiniStack's functions start from archives that are extracted once, and what they log is heard without a wait."""

import queue
import zipfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from tools import lambda_workers
from tools.lambda_workers import LOGGED, SharedArchive, logged_lines

ARN = "arn:aws:lambda:eu-central-1:000000000000:function:greets"
GREETS = """
import sys, words
def handler(event, context):
    print("asked", event)
    print("greets", "with" if "botocore" in sys.modules else "without", "botocore")
    if event == "nobody":
        raise KeyError(event)
    return words.HELLO + event
"""


def archive(**files: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in files.items():
            made.writestr(f"{name.replace('__', '/')}.py", text)
    return content.getvalue()


@pytest.fixture
def extracted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def extract(content: bytes, folder: Path) -> list[str]:
    """Extracts as MiniStack does; returns the names that it looks at."""
    path = folder.with_suffix(".zip")
    path.write_bytes(content)
    folder.mkdir()
    with SharedArchive(str(path)) as opened:
        names = opened.namelist()
        opened.extractall(str(folder))
    return names


def test_an_archive_is_extracted_once_and_another_one_apart(extracted: Path) -> None:
    same, other = archive(a="A = 1", b__c="C = 2"), archive(a="A = 2")
    assert extract(same, extracted / "first") == ["a.py", "b/c.py"]
    assert extract(same, extracted / "second") == []
    assert extract(other, extracted / "third") == ["a.py"]
    first, second, third = (extracted / name for name in ("first", "second", "third"))
    assert first.resolve() == second.resolve() != third.resolve()
    assert [(folder / "a.py").read_text() for folder in (first, second, third)] == ["A = 1", "A = 1", "A = 2"]
    assert (second / "b" / "c.py").read_text() == "C = 2"


def test_the_log_of_an_invocation_ends_where_its_process_says_so() -> None:
    logged = queue.Queue[str]()
    for line in ("one", "two", LOGGED, "of the next invocation"):
        logged.put(line)
    assert logged_lines(SimpleNamespace(_stderr_queue=logged)) == "one\ntwo"


def test_the_log_of_a_process_that_has_died_is_what_there_is() -> None:
    logged = queue.Queue[str]()
    logged.put("one")
    assert logged_lines(SimpleNamespace(_stderr_queue=logged)) == "one"


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # MiniStack closes no pipe of a process that failed
def test_functions_that_share_a_layer_answer_and_log_as_before(
    extracted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("zipfile", "_PYTHON_WORKER_SCRIPT"):
        monkeypatch.setattr(lambda_runtime, name, getattr(lambda_runtime, name))
    monkeypatch.setattr(lambda_runtime.Worker, "_drain_stderr_bounded", lambda_runtime.Worker._drain_stderr_bounded)
    lambda_workers.install(lambda_runtime)
    layer = archive(python__words='HELLO = "hello, "')
    monkeypatch.setattr(lambda_svc, "_resolve_layer_zip", lambda _: layer)
    config: dict[str, Any] = {
        "Runtime": "python3.12",
        "Handler": "app.handler",
        "FunctionArn": ARN,
        "Layers": ["words"],
    }
    workers = [lambda_runtime.Worker("greets", config, archive(app=GREETS)) for _ in range(2)]
    try:
        for worker in workers:
            answer = worker.invoke("sam", "1")
            assert (answer["result"], answer["log"]) == ("hello, sam", "asked sam\ngreets without botocore")
            refused = worker.invoke("nobody", "2")
            assert (refused["error"], refused["log"]) == ("'nobody'", "asked nobody\ngreets without botocore")
    finally:
        lambda_runtime.kill_workers(workers)
    assert len(list(extracted.glob("extracted-*"))) == 2, "the layer and the function"


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_function_finds_the_parts_of_batons_package_in_both_of_its_layers(
    extracted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        lambda_runtime, "_PYTHON_WORKER_SCRIPT", lambda_workers._changed(lambda_runtime._PYTHON_WORKER_SCRIPT)
    )
    shared = BytesIO()
    with zipfile.ZipFile(shared, "w") as made:
        made.writestr("python/baton/__init__.py", "")
        made.writestr("python/baton/words.py", 'HELLO = "hello, "')
    layers = {
        "shared": shared.getvalue(),
        "own": archive(python__baton__learning="import baton.words\nHELLO = baton.words.HELLO"),
    }
    monkeypatch.setattr(lambda_svc, "_resolve_layer_zip", lambda name: layers[name])
    learns = "import baton.learning\ndef handler(event, context):\n    return baton.learning.HELLO + event\n"
    config: dict[str, Any] = {"Runtime": "python3.12", "Handler": "app.handler", "FunctionArn": ARN}
    worker = lambda_runtime.Worker("learns", {**config, "Layers": [*layers]}, archive(app=learns))
    try:
        assert worker.invoke("sam", "1")["result"] == "hello, sam"
    finally:
        lambda_runtime.kill_workers([worker])
    assert extracted.is_dir()
