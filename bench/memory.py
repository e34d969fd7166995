"""Chooses the memory of functions by measured processor time, AWS calls, memory used, and price.

Lambda gives a function processor time in proportion to its memory. So what a function computes costs the same at each
size, and takes longer at a smaller one; only the wait for AWS is dearer with more memory. The cheapest memory is the
smallest that holds what is used and keeps the bounds.
"""

import json
import subprocess
from base64 import b64encode
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any, NamedTuple

from bench import functions, runtime
from bench.lead_factory import SAMPLES, Event, LeadFactory
from bench.lean.comparison import WAITED_FOR
from bench.lean.usage import CALL_SECONDS, COLD_SHARE, FULL_PROCESSOR_GB
from bench.prices import MILLION, dollars
from bench.processor import sample
from bench.report import Section, machine, ms
from bench.world import World, template

SIZES = (128, 192, 256, 384, 512, 640, 768, 1024, 1280, 1536, 1769)
"""The megabytes to choose from; from 1,769 on there is a second processor, which one request does not use."""
ROOM = 1.5
"""So many times the memory that a function was seen to use is free for larger leads and lists."""
STARTS, WARM = 5, 40
REGION = "us-east-1"


class Bounds(NamedTuple):
    """The longest times in seconds by the clock: start and first request together, and a warm request."""

    cold: float
    warm: float


BOUNDS = {
    "somebody waits": Bounds(cold=0.65, warm=0.2),
    "staff": Bounds(cold=1.2, warm=0.3),
    "nobody waits": Bounds(cold=1.5, warm=0.5),
}
"""People wait for a second without wondering; 0.35 s of it are left to the network, and to what Lambda does before a
start. Staff call in a row, so that few of their calls are cold. A mail is to be on its way soon after its form."""
BY_OTHER_WORK = {
    "submit_signals": "eight leads at once",
    "import_list": "eight leads at once",
    "replay_quarantine": "eight leads at once",
    "rescore_leads": "eight leads at once",
    "replay_leads": "eight leads at once",
    "try_agreement": "the histories of 150 leads are kept, and replayed",
    "get_trial": "the sums of a hundred thousand leads are counted",
    "learn_points": "up to 100,000 leads in memory, and numpy's tables of them",
    "get_report": "tens of thousands of rows are folded",
    "show_report": "thousands of rows are folded",
    "import_accounts": "the lines of a list, one after the other: it waits for AWS",
    "close_books": "the days of a year, one after the other: it waits for AWS",
    **dict.fromkeys(
        (
            *("check_agreement", "compare_agreements", "create_draft", "change_draft", "get_draft", "sign_draft"),
            *("enact_agreement", "try_draft"),
        ),
        "YAML of up to 200,000 characters is read",
    ),
}
"""Functions whose memory follows from more work than a request of the bench has, and from which."""
_CODE = """
import awslambdaric.bootstrap, awslambdaric.__main__, app, json, sys, time
started = time.process_time()
from baton.aws.sdk.json_client import JsonClient
calls, send = set(), JsonClient.send
def counted(client, *call):
    calls.add((client.service.name, len(calls)))
    return send(client, *call)
JsonClient.send = counted
answer = app.lambda_handler(json.load(sys.stdin), None)
assert not isinstance(answer, dict) or answer.get("statusCode", 200) < 400, answer
import ssl
done, [peak] = time.process_time(), [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
connections = len({service for service, _ in calls})
print(json.dumps([started, done - started, len(calls) + connections, int(peak) / 1024]), file=sys.stderr)
"""


class Work(NamedTuple):
    """What a function does: processor seconds, waits for AWS (calls, and new connections), and MiB of memory.

    The start and the first request are those of a new process; the warm request is a later one.
    """

    start: float
    first: float
    first_waits: float
    warm: float
    warm_waits: float
    peak_mib: float


class Choice(NamedTuple):
    """A size in MB, the seconds that requests take with it, and the price of a million, one cold in a hundred."""

    megabytes: int
    cold: float
    warm: float
    price: float


def kind_of(function: str) -> str:
    """Returns the kind of a function, by who waits for it."""
    if function in WAITED_FOR:
        return "somebody waits"
    properties = _properties(function)
    return "staff" if any(each["Type"] == "Api" for each in properties.get("Events", {}).values()) else "nobody waits"


def with_memory(work: Work, megabytes: int) -> Choice:
    """Returns how long a function's work takes with so much memory, and what it costs."""
    gb = megabytes / 1024
    slower = max(1.0, FULL_PROCESSOR_GB / gb)
    cold = (work.start + work.first) * slower + work.first_waits * CALL_SECONDS
    warm = work.warm * slower + work.warm_waits * CALL_SECONDS
    seconds = COLD_SHARE * cold + (1 - COLD_SHARE) * warm
    return Choice(megabytes, cold, warm, dollars(REGION, "Lambda, GB-seconds (arm64)", seconds * gb * MILLION))


def needed(work: Work, bounds: Bounds) -> Choice:
    """Returns the cheapest size that has room and keeps the bounds; the largest, if none does."""
    choices = [with_memory(work, each) for each in SIZES if each >= work.peak_mib * ROOM]
    good = [each for each in choices if each.cold <= bounds.cold and each.warm <= bounds.warm]
    return min(good, key=lambda each: each.price) if good else choices[-1]


def chosen(works: Mapping[str, Work]) -> dict[str, int]:
    """Returns the megabytes of each function: its own if somebody waits for it, else the most that its kind needs."""
    sizes = {name: needed(work, BOUNDS[kind_of(name)]).megabytes for name, work in works.items()}
    return {
        name: size
        if name in WAITED_FOR
        else max(each for other, each in sizes.items() if kind_of(other) == kind_of(name))
        for name, size in sizes.items()
    }


def measure(world: World) -> Section:
    """Measures each function for which there is a request, and chooses its memory."""
    runtime.prepare()
    return section(dict(_works(world)))


def section(works: Mapping[str, Work]) -> Section:
    """Returns the table of what was measured, and of what is chosen by that."""
    sizes, kinds = chosen(works), list(BOUNDS)
    by_kind = sorted(works.items(), key=lambda each: (kinds.index(kind_of(each[0])), -each[1].start))
    rows = [_row(name, work, with_memory(work, sizes[name])) for name, work in by_kind]
    return Section(
        "Memory of functions",
        "memory",
        (
            *(
                "function",
                "who waits",
                "start ms",
                "first ms",
                "waits",
                "warm ms",
                "waits",
                "peak MiB",
                "needs MB",
                "has MB",
            ),
            *("cold s", "warm s", "$ a million", "$ at 512", "$ at 1769"),
        ),
        rows,
        (
            f"Processor time: the least of {STARTS} starts with their first requests, and the median of {WARM} warm "
            f"ones, on {machine()}. A wait is a call of AWS or a new connection, {CALL_SECONDS * 1000:g} ms each. With "
            "less than 1,769 MB Lambda gives that part of a processor; that it may give more during a start is not "
            "counted on. What TLS computes, and what arm64 does faster or slower, is not in it.",
            "Needed: the cheapest of "
            f"{', '.join(map(str, SIZES))} MB with {ROOM:g} × the peak, and "
            + "; ".join(f"{kind}: {each.cold:g} s cold and {each.warm:g} s warm" for kind, each in BOUNDS.items())
            + f". Prices of {REGION}, without the price for each request; one request of a hundred is cold.",
            "A function that somebody waits for has what it needs; each other one has the most that one of its kind "
            "needs, also without a line here. Those that do more than a request of the bench have what that takes: "
            "`BY_OTHER_WORK` in `bench/memory.py`.",
        ),
    )


def _works(world: World) -> Iterator[tuple[str, Work]]:
    factory = LeadFactory(world)
    for name in functions.names():
        if name in SAMPLES and name not in BY_OTHER_WORK:
            starts = [_started(name, world, SAMPLES[name](factory)) for _ in range(STARTS)]
            start, first, waits, peak = (min(each) for each in zip(*starts, strict=True))
            spent = sample(factory, WARM, [name])[name]
            warm, calls = median(each.own + each.sdk for each in spent), median(each.calls for each in spent)
            yield name, Work(start, first, waits, warm, calls, peak)


def _started(name: str, world: World, event: Event) -> list[float]:
    folder = runtime.functions_folder(name)
    done = subprocess.run(
        [runtime.python(), "-c", _CODE],
        cwd=folder,
        env=runtime.environment(folder, world.environment),
        input=json.dumps(event, default=lambda value: b64encode(value).decode()),  # as the stream has bytes
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name} does not start: {done.stderr[-2000:]}")
    found: list[float] = json.loads(done.stderr.splitlines()[-1])
    return found


def _row(name: str, work: Work, has: Choice) -> tuple[str, ...]:
    kind = kind_of(name)
    needs = needed(work, BOUNDS[kind]).megabytes
    measured = (ms(work.start), ms(work.first), f"{work.first_waits:g}", ms(work.warm), f"{work.warm_waits:g}")
    times = f"{has.cold:.2f}", f"{has.warm:.3f}", f"{has.price:.2f}"
    others = (f"{with_memory(work, each).price:.2f}" for each in (512, 1769))
    return name, kind, *measured, f"{work.peak_mib:.0f}", str(needs), str(has.megabytes), *times, *others


def _properties(function: str) -> Mapping[str, Any]:
    resources = template()["Resources"].values()
    return next(
        each.get("Metadata", {}) | each["Properties"]
        for each in resources
        if each["Type"] == "AWS::Serverless::Function" and each["Properties"]["CodeUri"] == f"functions/{function}"
    )
