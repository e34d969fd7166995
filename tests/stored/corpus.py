"""The files of the corpus: a folder for each generation, in it a file for each kind of item, one item on a line.

A world is a table as it stood at one moment. The same item in several worlds stands on one line, which names them all:

    {"worlds": ["it is won"], "table": "Table", "item": {"pk": {"S": "LEAD#…"}, …}}
    {"worlds": ["it is won"], "asked": {"method": "GET", "path": "/leads/…", "by": "sales"}, "status": 200, "body": …}
"""

import base64
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.integration.stack import Stack

FOLDER = Path(__file__).parent / "corpus"
ANSWERS, WORLDS = "answers", "worlds"

Item = dict[str, Any]
KEY_OF_THEN = "secret-of-the-tests-LinkKey"


@contextmanager
def key_of_then(stack: Stack) -> Iterator[None]:
    """The links in the corpus are signed with a key that is too short for one today."""
    stack.secrets.put_secret_value(SecretId=stack.physical["LinkKey"], SecretString=KEY_OF_THEN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baton.aws.runtime.secrets.KEY_CHARACTERS", 1)
        yield


@dataclass(frozen=True)
class Asked:
    """A request, and what today's code answered to it."""

    asked: dict[str, Any]
    status: int
    body: Any


@dataclass(frozen=True)
class KeptWorld:
    """A table at a moment: its items, each with the name of its table, and what was answered on them."""

    name: str
    now: datetime
    items: list[tuple[str, Item]] = field(default_factory=list)
    answers: list[Asked] = field(default_factory=list)


def generations() -> list[Path]:
    """The folders of the corpus, the oldest first."""
    return sorted(each for each in FOLDER.iterdir() if each.is_dir())


def read(generation: Path) -> list[KeptWorld]:
    """All worlds of a generation."""
    worlds = {
        each["world"]: KeptWorld(each["world"], datetime.fromisoformat(each["now"]))
        for each in _lines(generation, WORLDS)
    }
    for path in sorted(generation.glob("*.jsonl.gz")):
        kind = path.name.removesuffix(".jsonl.gz")
        for line in _lines(generation, kind) if kind != WORLDS else ():
            for name in line["worlds"]:
                if kind == ANSWERS:
                    worlds[name].answers.append(Asked(line["asked"], line["status"], line["body"]))
                else:
                    worlds[name].items.append((line["table"], line["item"]))
    for world in worlds.values():
        world.items.sort(key=_keys)
    return list(worlds.values())


def _keys(stored: tuple[str, Item]) -> list[str]:
    table, item = stored
    return [table, *(item.get(name, {}).get("S", "") for name in ("pk", "sk", "lead_id"))]


def items(generation: Path) -> Iterator[tuple[str, Item]]:
    """Every item of a generation once, with the name of its kind."""
    for path in sorted(generation.glob("*.jsonl.gz")):
        kind = path.name.removesuffix(".jsonl.gz")
        if kind not in (ANSWERS, WORLDS):
            yield from ((kind, line["item"]) for line in _lines(generation, kind))


def write(generation: Path, kept: Iterable[KeptWorld], kind_of: Any) -> None:
    """Write a new generation.

    Raises:
        FileExistsError: it is there; what is stored once is never written anew.
    """
    generation.mkdir(parents=True)
    lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for world in kept:
        lines[WORLDS][_written({"world": world.name, "now": world.now.isoformat()})] = []
        for table, item in world.items:
            lines[kind_of(table, item)][_written({"table": table, "item": item})].append(world.name)
        for each in world.answers:
            answer = {"asked": each.asked, "status": each.status, "body": each.body}
            lines[ANSWERS][_written(answer)].append(world.name)
    for kind, found in lines.items():
        text = "".join(_line(content, worlds) for content, worlds in found.items())
        (generation / f"{kind}.jsonl.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_base64)


def _base64(binary: bytes) -> str:
    """A binary value, as DynamoDB's own JSON has it."""
    return base64.b64encode(binary).decode()


def _with_bytes(value: dict[str, Any]) -> Any:
    return {"B": base64.b64decode(value["B"])} if value.keys() == {"B"} else value


def _line(content: str, worlds: list[str]) -> str:
    return (f'{{"worlds":{json.dumps(worlds)},{content[1:]}' if worlds else content) + "\n"


def _lines(generation: Path, kind: str) -> Iterator[Any]:
    text = gzip.decompress((generation / f"{kind}.jsonl.gz").read_bytes()).decode()
    return (json.loads(line, object_hook=_with_bytes) for line in text.splitlines())
