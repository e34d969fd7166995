"""Measures this build and an earlier one side by side, in turns, and holds them against targets."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from bench import world
from bench.idle import idle_month, total
from bench.lean.build import Build, builds, start_empty
from bench.prices import MILLION, PRICES, dollars
from bench.report import Section, machine

LEADS, STARTS, FIRST_REQUESTS = 100, 5, 9
WAITED_FOR = ("submit_form", "receive_webhook", "show_link", "use_link", "accept_handoff")
"""Somebody waits for the answers of these functions."""


@dataclass(frozen=True)
class Row:
    """A figure of the earlier build and of this one, and what must be at most `limit`.

    The limit holds for the ratio of both if `relative`, else for this build's figure.
    """

    what: str
    there: float
    here: float
    limit: float
    relative: bool
    digits: int = 0

    @property
    def missed(self) -> bool:
        """Tells whether this build misses its target."""
        return (self.here / self.there if self.relative else self.here) > self.limit

    def cells(self) -> tuple[str, ...]:
        """Returns the row of the table."""
        target = f"≤ {self.limit:g}{' ×' if self.relative else ''}"
        shown = (f"{each:,.{self.digits}f}" for each in (self.there, self.here))
        ratio = f"{self.here / self.there:.2f}" if self.there else "new"
        return self.what, *shown, ratio, target, "missed" if self.missed else "held"


def measure(against: str) -> tuple[Section, bool]:
    """Returns the table, and whether every target is held."""
    with builds(against) as (there, here):
        rows = list(_rows(there, here))
    section = Section(
        f"Beside {against}",
        f"lean --against {against}",
        ("what", against, "this build", "ratio", "target", ""),
        [row.cells() for row in rows],
        (
            "A new person of a new company asks for a consultation on a website; the owner accepts by the mail's link, "
            "calls, calls again each week, and wins after 30 days (`bench/lean/sale.py`). The handlers of each build "
            "ran for all of it, against DynamoDB, SNS and the bus on this machine; rules, queues, stream and timers as "
            "its own template says. Units follow from items and calls (`bench/dynamodb_units.py`); prices: "
            "`bench/prices.py`.",
            f"Processor time: medians of {LEADS} leads, {STARTS} starts of each function and {FIRST_REQUESTS} first "
            "requests, in turns; a lead's includes two looks of its timer, and the SDK. First requests include the "
            "import of `ssl`, which AWS needs, but no handshake: the AWS on this machine is asked in clear text. "
            f"{machine()}.",
        ),
    )
    return section, not any(row.missed for row in rows)


def _rows(there: Build, here: Build) -> Iterator[Row]:
    sales = [build.ask("sale") for build in (there, here)]
    for region in PRICES:
        prices = [_price(region, sale) for sale in sales]
        yield Row(f"$ for a million consultations that end in a sale, {region}", prices[0], prices[1], 0.55, True)
    idle = [total(idle_month(world.template(build.root), "eu-central-1")) for build in (there, here)]
    yield Row("$ for an idle month, eu-central-1", idle[0], idle[1], 1.5, False, 2)
    leads = [[build.ask("form_to_mail") for build in (there, here)] for _ in range(LEADS)]
    units = [median(pair[place]["write units"] for pair in leads) for place in (0, 1)]
    yield Row("write units of a consultation, form to mail", units[0], units[1], 0.45, True)
    words = [median(pair[place].get("write units of words", 0) for pair in leads) for place in (0, 1)]
    yield Row("write units of the words by which a lead is found", words[0], words[1], 12, False)
    looks = [sale["Step Functions, transitions"] for sale in sales]
    yield Row("state transitions of a sale", looks[0], looks[1], 10, False)
    seconds = [median(pair[place]["seconds"] for pair in leads) * 1000 for place in (0, 1)]
    yield Row("processor time of a lead, form to mail, ms", seconds[0], seconds[1], 0.6, True, 1)
    yield from _starts(there, here)
    for name in WAITED_FOR:
        pairs = [(there.start_and_answer(name), here.start_and_answer(name)) for _ in range(FIRST_REQUESTS)]
        before, now = (median(each) * 1000 for each in zip(*pairs, strict=True))
        yield Row(f"start and first request of `{name}`, ms", before, now, 0.6, True)


def _price(region: str, sale: Mapping[str, float]) -> float:
    return sum(dollars(region, unit, used * MILLION) for unit, used in sale.items())


def _starts(there: Build, here: Build) -> Iterator[Row]:
    """Yields the start of the API's functions as multiples of an empty function's start."""
    taken: dict[tuple[int, str], list[float]] = defaultdict(list)
    empty = []
    settings = [build.ask("settings") for build in (there, here)]
    for _ in range(STARTS):
        for name in _of_api():
            for place, build in enumerate((there, here)):
                if (build.root / "functions" / name).is_dir():
                    taken[place, name].append(build.start(name, settings[place]))
        empty += [start_empty() for _ in range(3)]
    times = [{name: median(each) / median(empty) for (at, name), each in taken.items() if at == i} for i in (0, 1)]
    before, now = times
    yield Row("start of `submit_form`, × empty", before.pop("submit_form"), now.pop("submit_form"), 9, False, 1)
    middle = median(before.values()), median(now.values())
    yield Row("start of the API's others, median, × empty", middle[0], middle[1], 8.5, False, 1)
    slowest = max(now, key=lambda name: now[name])
    what = f"start of the slowest of these, `{slowest}`, × empty"
    yield Row(what, max(before.values()), now[slowest], 8.5, False, 1)


def _of_api() -> list[str]:
    """Returns the folders of the functions that API Gateway calls."""
    resources = world.template()["Resources"].values()
    of_functions = [each for each in resources if each["Type"] == "AWS::Serverless::Function"]
    functions = [each.get("Metadata", {}) | each["Properties"] for each in of_functions]
    called = [each for each in functions if any(e["Type"] == "Api" for e in each.get("Events", {}).values())]
    return sorted(each["CodeUri"].rpartition("/")[2] for each in called)
