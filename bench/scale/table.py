"""Simulates forms at several rates, from what the handlers really do, and writes what gives way into docs/scale.md."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.lean.build import playing
from bench.report import filled
from bench.scale.quotas import NEW_TABLE_WRITES, REGIONS, Quotas
from bench.scale.recording import Recorded, read
from bench.scale.simulation import Arrival, Outcome, Simulation, after_a_mailing, evenly, p99
from bench.world import template
from tools.workspace import ROOT

PAGE = ROOT / "docs" / "scale.md"
RATES = (1, 10, 100, 1_000)
SECONDS, SEED, RECORDINGS = 30.0, 1, 64
HANDOVERS, POOLS = 0.1, 10
PATTERNS: dict[str, Callable[..., list[Arrival]]] = {"evenly": evenly, "after a mailing": after_a_mailing}
REGION = "eu-central-1"

REMEDIES = Path(__file__).with_name("remedies.md")
"""What gives way next, and what it takes."""
Kinds = dict[bool, Sequence[Recorded]]


def measure() -> bool:
    """Simulates all rates, writes the page, and returns whether the targets are held."""
    recorded = _recorded()
    rows = [_row(rate, name, recorded) for rate in RATES for name in PATTERNS]
    targets = [_records(recorded), _hands_over(recorded)]
    page = [*_head(), *_table(rows), *_targets(targets)]
    print("\n".join(page))
    text = "\n".join(line if line.startswith("|") else filled(line) for line in page)
    PAGE.write_text(f"{text}\n\n{REMEDIES.read_text()}")
    return all(outcome.throttled_writes == 0 for _, outcome in targets)


def _recorded() -> Kinds:
    with playing(ROOT) as build:
        asked = [build.ask("recorded", form, RECORDINGS + 2)[2:] for form in ("content-download", "consultation")]
    return dict(zip((False, True), map(read, asked), strict=True))


def quotas() -> Quotas:
    """Returns the quotas of an account in one region, and the throttle of template.yaml."""
    settings = template()["Resources"]["Api"]["Properties"]["MethodSettings"]
    forms = next(each for each in settings if each["ResourcePath"].endswith("{form}") and each["HttpMethod"] == "POST")
    limits = [_number(forms[name]) for name in ("ThrottlingRateLimit", "ThrottlingBurstLimit")]
    return replace(Quotas((limits[0], limits[1])), **REGIONS[REGION])  # type: ignore[arg-type]


def _number(value: object) -> float:
    """Returns a number of the template; of a parameter its default."""
    return float(template()["Parameters"].get(value, {}).get("Default", value))


UNTHROTTLED = (5_000.0, 5_000.0)


def _records(recorded: Kinds) -> tuple[str, Outcome]:
    """Simulates 1,000 forms a second that only record, with a raised throttle and a warmed table."""
    arrivals = evenly(1_000, SECONDS, 0, 1, SEED)
    return "1,000 forms a second that record", _played(replace(quotas(), forms=UNTHROTTLED), recorded, arrivals)


def _hands_over(recorded: Kinds) -> tuple[str, Outcome]:
    """Simulates 100 handovers a second over ten pools of one team."""
    arrivals = evenly(100, SECONDS, 1, POOLS, SEED)
    outcome = _played(replace(quotas(), forms=UNTHROTTLED), recorded, arrivals)
    return f"100 handovers a second over {POOLS} pools", outcome


def _played(limits: Quotas, recorded: Kinds, arrivals: Sequence[Arrival]) -> Outcome:
    return Simulation(limits, recorded, SEED).run(arrivals)


def _row(rate: int, pattern: str, recorded: Kinds) -> tuple[str, ...]:
    arrivals = PATTERNS[pattern](rate, SECONDS, HANDOVERS, POOLS, SEED)
    shipped = _played(quotas(), recorded, arrivals)
    raised = _played(replace(quotas(), forms=UNTHROTTLED), recorded, arrivals)
    fresh = _played(replace(quotas(), forms=UNTHROTTLED, table_writes=NEW_TABLE_WRITES), recorded, arrivals)
    return (
        f"{rate:,}",
        pattern,
        _first(shipped),
        f"{shipped.refused:,} of {len(arrivals):,}",
        _first(raised),
        f"{raised.throttled_writes:,}",
        _seconds(p99(raised.to_mail)),
        _first(fresh),
    )


def _first(outcome: Outcome) -> str:
    if outcome.first is None:
        return "nothing"
    at, what = outcome.first
    return f"{what}, after {at:.1f} s"


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} s"


def _head() -> Iterator[str]:
    yield "# What gives way when many come at once\n"
    yield (
        "By `.venv/bin/python -m bench scale`: a simulation, seeded, that repeats what the handlers really do. "
        f"{RECORDINGS} forms of each kind were recorded, each call with its keys and units. A tenth of the forms asks "
        f"for a person; they go to {POOLS} pools of one team. AWS's limits are those of {REGION} in November 2026 "
        "(`bench/scale/quotas.py`), without burst or adaptive capacity: 1,000 write and 3,000 read units a second for "
        f"each partition key. Each run is {SECONDS:.0f} s of forms. *After a mailing* begins at three times the rate "
        "and falls by half each ten seconds.\n"
    )


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    head = (
        "forms a second",
        "they come",
        "as shipped, first gives way",
        "forms refused with 429",
        "throttle raised, first gives way",
        "throttled writes",
        "99 % of mails within",
        "the same with a new table",
    )
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from ("| " + " | ".join(row) + " |" for row in rows)


def _targets(targets: Sequence[tuple[str, Outcome]]) -> Iterator[str]:
    yield "\n## Targets\n"
    head = ("with the throttle raised and the table warmed", "throttled writes", "write conflicts")
    yield "| " + " | ".join((*head, "the busiest keys, units a second")) + " |"
    yield "|---|---|---|---|"
    for what, outcome in targets:
        busiest = ", ".join(f"`{key}` {units / SECONDS:.0f}" for key, units in outcome.busiest(3))
        yield f"| {what} | {outcome.throttled_writes} | {outcome.conflicts} | {busiest} |"
