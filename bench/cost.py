"""Writes docs/cost.md: what Baton costs on AWS while idle, for each lead, and by the month, with what is counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from bench.idle import MONTH_HOURS, idle_month, total
from bench.lean.build import playing
from bench.lean.comparison import WAITED_FOR
from bench.lean.usage import memory_gb
from bench.prices import MILLION, PRICES, dollars
from bench.report import filled
from bench.world import template
from tools.workspace import ROOT

PAGE = ROOT / "docs" / "cost.md"
VOLUMES = (1_000, 100_000, 1_000_000)
COMMAND = ".venv/bin/python -m bench cost"
REGIONS = tuple(PRICES)
CENT = 0.01


def write() -> None:
    """Plays sales in this build, and writes the page."""
    with playing(ROOT) as build:
        sale: dict[str, float] = build.ask("sale")
    PAGE.write_text("\n".join(line if line.startswith("|") else filled(line) for line in _page(sale)) + "\n")
    print(f"written: {PAGE.relative_to(ROOT)}")


def _page(sale: Mapping[str, float]) -> Iterator[str]:
    yield "# What Baton costs on AWS\n"
    yield (
        f"By `{COMMAND}` on {datetime.now(UTC):%d %B %Y}, from what this build really does: each call of the handlers "
        "was counted, and its items were weighed by AWS's rules. List prices in US dollars as known to us in November "
        "2026, on demand, without free tiers and discounts (`bench/prices.py`); check them. Without your own domain, "
        "firewall, and taxes.\n"
    )
    yield "## An idle month\n"
    idle = {region: [line for line in idle_month(template(), region) if line.dollars >= CENT / 2] for region in REGIONS}
    yield (
        "Nobody uses Baton; its schedules run. Lines below half a cent are left out; `.venv/bin/python -m bench idle` "
        "has them all, and what is assumed.\n"
    )
    yield from _table(
        ("what", "count", *(f"$, {region}" for region in REGIONS)),
        (
            (
                f"{line.unit}: {line.of}",
                _number(line.amount),
                *(f"{bill[at].dollars:.2f}" for bill in idle.values()),
            )
            for at, line in enumerate(idle[REGIONS[0]])
        ),
        ("**all**", "", *(f"**{_idle(region):.2f}**" for region in REGIONS)),
    )
    yield "\n## A consultation that ends in a sale\n"
    yield (
        "A new person asks for a consultation on a website. The owner accepts by the mail's link, calls, calls again "
        "each week, and wins after 30 days. Everything that this takes, from the form to the last timer:\n"
    )
    yield from _table(
        ("what", "count", *(f"$ a million, {region}" for region in REGIONS)),
        (
            (unit, _number(used), *(f"{dollars(region, unit, used * MILLION):,.2f}" for region in REGIONS))
            for unit, used in sale.items()
            if used
        ),
        ("**all**", "", *(f"**{_price(region, sale) * MILLION:,.0f}**" for region in REGIONS)),
    )
    yield "\n## By the month\n"
    yield "Consultations a month, all of which end in a sale, with the idle month's cost:\n"
    yield from _table(
        ("consultations", *(f"$ a month, {region}" for region in REGIONS)),
        (
            (f"{volume:,}", *(f"{_idle(region) + _price(region, sale) * volume:,.2f}" for region in REGIONS))
            for volume in VOLUMES
        ),
    )
    yield "\n## With SnapStart\n"
    yield (
        "By `SnapStart=yes`, the functions whose answer somebody waits for start from a snapshot. AWS bills each "
        "snapshot for as long as its version is there, for three hours at least; the stack keeps one version of each "
        "function. And it bills each start from one. Both go by the memory that a function has:\n"
    )
    memory = {name: _memory_gb(name) for name in WAITED_FOR}
    yield from _table(
        ("function", "MB", "$ a month, kept", "$ a million starts"),
        (
            (f"`{name}`", f"{gb * 1024:.0f}", f"{_kept(gb):.2f}", f"{_restored(gb * MILLION):.2f}")
            for name, gb in memory.items()
        ),
        ("**all**", "", f"**{_kept(sum(memory.values())):.2f}**", ""),
    )


def _memory_gb(function: str) -> float:
    logical_id = "".join(word.capitalize() for word in function.split("_")) + "Function"
    return memory_gb(template(), template()["Resources"][logical_id]["Properties"])


def _kept(gb: float) -> float:
    return dollars(REGIONS[0], "Lambda, GB-seconds of kept snapshots", gb * MONTH_HOURS * 3600)


def _restored(gb: float) -> float:
    return dollars(REGIONS[0], "Lambda, GB restored from snapshots", gb)


def _idle(region: str) -> float:
    return total(idle_month(template(), region))


def _price(region: str, sale: Mapping[str, float]) -> float:
    return sum(dollars(region, unit, used) for unit, used in sale.items())


def _number(used: float) -> str:
    return f"{used:,.0f}" if used >= 10 and used == int(used) else f"{used:.3g}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *last: Sequence[str]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in (*rows, *last):
        yield "| " + " | ".join(row) + " |"
