"""Measures the import of 100,000 leads by a process that is killed half-way, and by another one that goes on."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from baton.aws.imports.import_files import ImportFiles
from baton.aws.imports.import_items import Imports
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import lead_keys
from baton.aws.table.store import Store
from baton.domain.imports.list_import import Import
from bench.report import Section
from bench.world import LISTS, World

LEADS = int(os.environ.get("BATON_BENCH_LEADS", "100000"))
LOOK_SECONDS = 0.5
TERMS = {"kind": "leads", "source": "expo"}


def measure(world: World) -> Section:
    """Imports the list, and checks the leads in the table at the end."""
    environment = {**os.environ, **world.environment}
    imports, begun = Imports.from_environment(), time.perf_counter()
    new = imports.begin(TERMS, "bench", utc_now())
    content = _list(LEADS)
    world.session.client("s3").put_object(Bucket=LISTS, Key=f"uploads/{new.import_id}", Body=content)
    first = _started(new.import_id, environment)
    killed_at = _killed_half_way(first, imports, new.import_id)
    went_on = json.loads(_started(new.import_id, environment).communicate()[0])
    seconds, ended = time.perf_counter() - begun, imports.get(new.import_id)
    _must_be_whole(world, ended)
    return Section(
        "Import of a list",
        "import",
        ("lines", "MB", "killed at line", "seconds in all", "lines a second", "MB of memory, before", "and at most"),
        [
            (
                f"{ended.lines:,}",
                f"{len(content) / 1e6:.1f}",
                f"{killed_at:,}",
                f"{seconds:.0f}",
                f"{ended.lines / seconds:.0f}",
                f"{went_on['before']:.0f}",
                f"{went_on['most']:.0f}",
            )
        ],
        (
            "Killed with SIGKILL; another process goes on where the table says. In the end each line is `accepted` in "
            "the result, once, each lead is there with its two events and no more, and the upload is gone.",
            "Against DynamoDB and S3 of MiniStack on the same machine, which is what takes most of the time; on AWS "
            "eight leads are written at once.",
        ),
    )


def _list(leads: int) -> bytes:
    lines = (f"p{number}@company{number % 997}.example.com;Person {number};Company {number}" for number in range(leads))
    return "\r\n".join(["E-Mail;First name;Company", *lines]).encode()


def _started(import_id: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bench.importer", import_id]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _killed_half_way(process: "subprocess.Popen[str]", imports: Imports, import_id: str) -> int:
    while (import_ := imports.get(import_id)).lines < LEADS // 2:
        if process.poll() is not None:
            raise RuntimeError("the import ended before it was half-way")
        time.sleep(LOOK_SECONDS)
    process.kill()
    process.wait()
    return import_.lines


def _must_be_whole(world: World, ended: Import) -> None:
    files = ImportFiles(world.session.client("s3"), LISTS)
    listed = files.s3.list_objects_v2(Bucket=LISTS)["Contents"]
    result = files.s3.get_object(Bucket=LISTS, Key=f"results/{ended.import_id}.csv")["Body"].read().decode()
    lines = [line.split(",") for line in result.splitlines()[1:]]
    found: dict[str, Any] = {
        "accepted": ended.accepted,
        "in order": [int(each[0]) for each in lines] == list(range(2, LEADS + 2)),
        "results": Counter(each[1] for each in lines),
        "versions": _versions({each[2] for each in lines}),
        "files": [each["Key"] for each in listed],
    }
    wanted = {
        "accepted": LEADS,
        "in order": True,
        "results": {"accepted": LEADS},
        "versions": {2: LEADS},
        "files": [f"results/{ended.import_id}.csv"],
    }
    if found != wanted:
        raise RuntimeError(f"the import did not end as it should: {found}")


def _versions(lead_ids: Iterable[str]) -> Counter[int]:
    """Returns how many leads have how many events."""
    items = Store.from_environment().items([lead_keys.lead(each) for each in lead_ids])
    return Counter(int(item["version"]["N"]) for item in items)
