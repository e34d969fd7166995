"""Reports agree with a recount from the raw events of a random office: rows, daily balances and folds."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from baton.agreement.terms.calendars import Calendar
from baton.aws.reports.daily_balances import DailyBalances
from baton.aws.reports.report_builder import ReportBuilder
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.report_registry import REPORTS, Agreed
from baton.domain.reports.rows.periods import Divided, period_before
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.rows.span import Span
from baton.domain.statistics.won_shares import Counted, wilson
from baton.intake.reports.report_query import read_query
from tests.unit.reports.random_office import Office
from tests.unit.reports.raw_events import RawDuty, RawEvents, RawHandoff, RawMove, events_of

START = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
QUICK = [*range(4), 122, 195]
"""Seeds of which no test is slow; in the last two a handoff ends, and the next one begins, by one command."""
MORE = range(4, 40)
"""Further seeds, which take several seconds together."""
AMOUNTS = {"1,200.50 EUR": ("EUR", 1200.5), "900": ("(none)", 900), "2k $": ("$", 2000)}
AGREED = Agreed(counted_as_lost=frozenset({"bad_fit", "not_qualified"}))
Figures = dict[str, Any]


def spread(seconds: Iterable[float]) -> Figures:
    values = sorted(seconds)
    if not values:
        return {"n": 0, "median_seconds": None, "p90_seconds": None}
    half, most = values[ceil(len(values) / 2) - 1], values[ceil(len(values) * 9 / 10) - 1]
    return {"n": len(values), "median_seconds": round(half, 3), "p90_seconds": round(most, 3)}


def part(some: int, of: int) -> float | None:
    return round(some / of, 4) if of else None


def verdicts(said: list[str]) -> Figures:
    met, missed = said.count("met"), said.count("missed")
    kept = {"met": met, "missed": missed, "open": said.count("open"), "passed_on": said.count("passed_on")}
    return {**kept, "share": part(met, met + missed)}


def by(what: Iterable[Any], name: Callable[[Any], Iterable[Any]], figures: Callable[[list[Any]], Figures]) -> Figures:
    found: dict[str, list[Any]] = {}
    for each in what:
        for called in name(each):
            found.setdefault("(none)" if called is None else str(called), []).append(each)
    return {called: figures(all_of_it) for called, all_of_it in found.items()}


def speed_figures(handoffs: list[RawHandoff]) -> Figures:
    taken: dict[str, list[float]] = {}
    for given in handoffs:
        since = given.offered
        for name in ("routed", "notified", "accepted", "contacted"):
            if name in given.first:
                taken.setdefault(name, []).append(max((given.first[name] - since).total_seconds(), 0))
                since = max(since, given.first[name])
        if "contacted" in given.first:
            whole = (given.first["contacted"] - given.offered).total_seconds()
            taken.setdefault("speed_to_lead", []).append(whole)
    names = ("routed", "notified", "accepted", "contacted", "speed_to_lead")
    return {name: spread(taken.get(name, [])) for name in names}


BAND_ENDS = {"0-5m": 5, "5m-30m": 30, "30m-1h": 60, "1h-4h": 240, "4h-1d": 1440, "1d-3d": 4320, "3d-": 10**9}


def bands(handoffs: list[RawHandoff]) -> Figures:
    lengths = [given.first["contacted"] - given.offered for given in handoffs if "contacted" in given.first]
    minutes = [length / timedelta(minutes=1) for length in lengths]
    within = {name: sum(length <= most for length in minutes) for name, most in BAND_ENDS.items()}
    counts = {
        name: at_most - before for (name, at_most), before in zip(within.items(), [0, *within.values()], strict=False)
    }
    return {
        name: {
            "n": n,
            "share": part(n, len(minutes)),
            "so_far": within[name],
            "of": len(minutes),
            "within": part(within[name], len(minutes)),
        }
        for name, n in counts.items()
    }


def sla(raw: RawEvents, span: Span, now: datetime) -> dict[str, Figures]:
    handoffs = [given for given in raw.handoffs if span.start <= given.offered < span.end]
    duties = [owed for owed in raw.duties if span.start <= owed.opened < span.end]
    clocks = [(given, clock) for given in handoffs for clock in given.clocks]
    had = [given.as_had_by(owner) for given in handoffs for owner in set(given.owners)]

    def kept(some: list[Any]) -> Figures:
        return verdicts([clock.verdict(now) for _, clock in some])

    def of_sales(some: list[RawHandoff]) -> Figures:
        return {
            "handoffs": len(some),
            **kept([(each, clock) for each in some for clock in each.clocks]),
            **speed_figures(some),
        }

    def of_a_rep(some: list[RawHandoff]) -> Figures:
        return {name: figure for name, figure in of_sales(some).items() if name != "routed"}

    def of_marketing(some: list[RawDuty]) -> Figures:
        closed = spread((owed.closed - owed.opened).total_seconds() for owed in some if owed.closed)
        undone = [owed.kept(now) for owed in some if not owed.closed]
        due = {"owed": len(undone), "overdue": undone.count("missed")}
        return {"duties": len(some), **due, **verdicts([owed.kept(now) for owed in some]), "closed": closed}

    return {
        "department": {"sales": of_sales(handoffs), "marketing": of_marketing(duties)},
        "clock": by(clocks, lambda each: [each[1].name], kept),
        "team": by(handoffs, lambda given: [given.offer["team"]], of_sales),
        "rep": by(had, lambda given: [given.owners[0] or "nobody"], of_a_rep),
        "trigger": by(handoffs, lambda given: [given.offer["trigger"]], of_sales),
        "trigger_and_clock": by(clocks, lambda each: [f"{each[0].offer['trigger']}: {each[1].name}"], kept),
        "speed": bands(handoffs),
        "duty": by(duties, lambda owed: [owed.kind], of_marketing),
        "reviewer": by(
            duties, lambda owed: [owed.by] if owed.verdict not in (None, "handed_over") else [], of_marketing
        ),
        "verdict": by(duties, lambda owed: [owed.verdict] if owed.verdict else [], lambda some: {"duties": len(some)}),
    }


def sums(deals: list[tuple[str, float]]) -> Figures:
    currencies = sorted({currency for currency, _ in deals})
    return {each: round(sum(amount for currency, amount in deals if currency == each), 2) for each in currencies}


def outcomes(handoffs: list[RawHandoff]) -> Figures:
    states = [given.state for given in handoffs]
    stars = [given.stars for given in handoffs if given.stars]
    won, lost = states.count("won"), states.count("lost")
    accepted = sum("accepted" in given.first or given.state in ("won", "lost") for given in handoffs)
    deals = [AMOUNTS[given.ending["amount"]] for given in handoffs if given.state == "won" and "amount" in given.ending]
    worth = sums(deals)
    return {
        "offered": len(handoffs),
        "open": sum(state in ("offered", "accepted", "contacted") for state in states),
        "accepted": accepted,
        "acceptance": part(accepted, len(handoffs)),
        "contacted": sum("contacted" in given.first for given in handoffs),
        "passed_on": sum(given.state == "gone" or len(set(filter(None, given.owners))) > 1 for given in handoffs),
        "returned": states.count("returned"),
        "returned_for": dict(Counter(why for given in handoffs for _, why in given.back)),
        "rated": len(stars),
        "mean_stars": round(sum(stars) / len(stars), 2) if stars else None,
        "stars": {str(number): stars.count(number) for number in range(1, 6)},
        "won": won,
        "lost": lost,
        "win_rate": part(won, won + lost),
        "amount": sum(worth.values()) if len(worth) < 2 else None,
        "amounts": worth,
    }


def rules(given: RawHandoff) -> list[str]:
    """The agreed rules; their ids have no spaces, as what only says that a limit cut the sum has."""
    return sorted({line["rule"] for line in given.offer["evidence"] if " " not in line["rule"]})


def band(given: RawHandoff) -> str:
    score = given.offer.get("score")
    if score is None:
        return "(none)"
    bands = [f"{lowest}-{lowest + 9}" for lowest in range(0, 100, 10)]
    return [*bands, "100"][int(score / 10)]


def handoffs(raw: RawEvents, span: Span, _now: datetime) -> dict[str, Figures]:
    found = [given for given in raw.handoffs if span.start <= given.offered < span.end]
    names: dict[str, Callable[[RawHandoff], list[Any]]] = {
        "rule": rules,
        "trigger": lambda given: [given.offer["trigger"]],
        "persona": lambda given: [given.offer.get("persona")],
        "source": lambda given: [given.source],
        "campaign": lambda given: [given.campaign],
        "channel": lambda given: [given.channel],
        "team": lambda given: [given.offer["team"]],
        "agreement_version": lambda given: [given.offer["agreement_version"]],
    }
    had = [given.as_had_by(owner) for given in found for owner in {*filter(None, given.owners), given.owners[-1]}]
    total, reps = {"all": outcomes(found)}, by(had, lambda given: [given.owners[0] or "nobody"], outcomes)
    return {"total": total, "rep": reps} | {group: by(found, name, outcomes) for group, name in names.items()}


def share_won(handoffs: list[RawHandoff]) -> Figures:
    outcomes = [given for given in handoffs if given.state in ("won", "lost") or _is_against(given)]
    won = sum(given.state == "won" for given in outcomes)
    low, high = wilson(Counted(won, len(outcomes))) or (None, None)
    ends = {name: end if end is None else round(end, 4) for name, end in (("low", low), ("high", high))}
    return {"won": won, "of": len(outcomes), "share": part(won, len(outcomes)), **ends}


def _is_against(given: RawHandoff) -> bool:
    return given.state == "returned" and given.ending["reason"] in AGREED.counted_as_lost


def scoring(raw: RawEvents, span: Span, _now: datetime) -> dict[str, Figures]:
    found = [given for given in raw.handoffs if span.start <= given.offered < span.end]
    unknown = {
        "difference": {"share": None, "low": None, "high": None},
        "lift": {"times": None, "low": None, "high": None},
        "q": None,
        "too_few": True,
    }  # in the office there are never ten of a kind

    def counted(handoffs: list[RawHandoff]) -> Figures:
        return {**outcomes(handoffs), "counted": share_won(handoffs)}

    by_rule = by(found, rules, counted)
    for rule, figures in by_rule.items():
        figures |= {"without": share_won([given for given in found if rule not in rules(given)]), **unknown}
    return {
        "total": {"all": counted(found)},
        "rule": by_rule,
        "trigger": by(found, lambda given: [given.offer["trigger"]], counted),
        "band": by(found, lambda given: [band(given)], counted),
    }


def funnel(raw: RawEvents, span: Span, _now: datetime) -> dict[str, Figures]:
    earlier = [step for step in raw.steps if step.at < span.start]
    within = [step for step in raw.steps if span.start <= step.at < span.end]
    groups: dict[str, Figures] = {}
    for group, place in (("status", 0), ("stage", 1)):
        if group == "stage":
            earlier, within = _without_spam(earlier), _without_spam(within)
        opening, closing = (_where(steps) for steps in (earlier, earlier + within))
        groups[group] = {}
        for name in {step.after[place] for step in earlier + within}:
            out = [s for s in within if s.before and s.before[place] == name and s.after[place] != name]
            came = [s for s in within if s.after[place] == name and not (s.before and s.before[place] == name)]
            stayed = [(s.at - (s.since, s.stage_since)[place]).total_seconds() for s in out]  # type: ignore[operator]
            groups[group][name] = {
                "opening": opening[place][name],
                "in": len(came),
                "out": len(out),
                "out_to": dict(Counter(step.after[place] for step in out)),
                "closing": closing[place][name],
                "stayed": spread(stayed),
            }
    changed = Counter((s.before[1], s.after[1]) for s in within if s.before and s.before[1] != s.after[1])
    groups["conversion"] = {
        f"{was} to {to}": {"leads": n, "of": there, "share": part(n, there)}
        for (was, to), n in changed.items()
        for there in [opening[1][was] + groups["stage"][was]["in"]]
    }
    within = [step for step in raw.steps if span.start <= step.at < span.end]
    groups["source"] = by(within, lambda step: [step.source], _reached)
    groups["total"] = {"all": _reached(within)}
    return groups


def _without_spam(steps: list[RawMove]) -> list[RawMove]:
    """The steps as if nobody had been heard of before they were taken for real."""
    real = [step for step in steps if step.after[0] != "spam"]
    return [replace(step, before=None) if step.before and step.before[0] == "spam" else step for step in real]


def _where(steps: list[RawMove]) -> tuple[Counter[str], Counter[str]]:
    counts: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for step in steps:
        for place in (0, 1):
            counts[place][step.after[place]] += 1
            if step.before:
                counts[place][step.before[place]] -= 1
    return counts


def _reached(steps: list[RawMove]) -> Figures:
    def to(place: int, name: str) -> int:
        return sum(s.after[place] == name and (s.before is None or s.before[place] != name) for s in steps)

    return {
        "new": sum((not s.before or s.before[0] == "spam") and s.after[0] != "spam" for s in steps),
        **{f"to_{name}": to(1, name) for name in ("mql", "sql")},
        **{f"sql_{said}": sum(s.sql == said for s in steps) for said in ("accepted", "declined")},
        **{f"to_{name}": to(0, name) for name in ("with_sales", "won", "lost")},
        "amounts": sums([AMOUNTS[s.deal] for s in steps if s.deal]),
    }


RECOUNTED = {"sla": sla, "handoffs": handoffs, "scoring": scoring, "funnel": funnel}


def lines(report: Report, group: str) -> Figures:
    return {line.name: line.figures for line in report.group(group).lines}


@pytest.mark.parametrize("seed", [*QUICK, *(pytest.param(seed, marks=pytest.mark.slow) for seed in MORE)])
def test_reports_of_a_random_office_agree_with_a_recount_from_raw_events(seed: int) -> None:
    chance, office = Random(seed), Office(seed, START)
    lasted = office.now - START
    close_some_days(chance, office, START)
    ends = sorted(START - timedelta(days=1) + (lasted + timedelta(days=2)) * chance.random() for _ in range(2))
    must_agree(office, events_of(office.table), Span(*(end.replace(microsecond=0) for end in ends)))


def close_some_days(chance: Random, office: Office, start: datetime) -> None:
    for _ in range(chance.choice([0, 1, 3])):
        DailyBalances(office.table.rows).close(start + (office.now - start) * chance.random())


def must_agree(office: Office, raw: RawEvents, span: Span) -> None:
    now = office.now
    assert raw.handoffs, "nothing was handed over"
    for report in ReportBuilder(office.table.rows).build(REPORTS, span, now, AGREED, divided=Divided(before=True)):
        recounted, earlier = (RECOUNTED[report.name](raw, period, now) for period in (span, period_before(span)))
        compared_alike(report, recounted, earlier)
        for group, expected in recounted.items():
            shown = lines(report, group)
            missing = {name: figures for name, figures in shown.items() if name not in expected}
            assert {name: shown.get(name) for name in expected} == expected, (report.name, group)
            assert not any(figures["closing"] for figures in missing.values() if "closing" in figures)
            assert group in ("status", "stage") or not missing, (report.name, group)


COUNTED: dict[str, Callable[[Figures], tuple[int, int]]] = {
    "share": lambda its: (its["met"], its["met"] + its["missed"]) if "met" in its else (its["leads"], its["of"]),
    "within": lambda its: (its["so_far"], its["of"]),
    "acceptance": lambda its: (its["accepted"], its["offered"]),
    "win_rate": lambda its: (its["won"], its["won"] + its["lost"]),
    "counted": lambda its: (its["counted"]["won"], its["counted"]["of"]),
}
"""Of what each compared share is."""


def compared_alike(report: Report, recounted: dict[str, Figures], earlier: dict[str, Figures]) -> None:
    for each in report.compared:
        told = [(each[when]["n"], each[when]["of"]) for when in ("now", "before")]
        its = [period[each["group"]].get(each["name"]) for period in (recounted, earlier)]
        assert told == [COUNTED[each["figure"]](figures) if figures else (0, 0) for figures in its], each
        assert each["too_few"] == any(min(n, of - n) < 10 for n, of in told)


CLOCKS_CHANGE = [
    ("Europe/Berlin", date(2026, 10, 25), 25),
    ("Europe/Berlin", date(2027, 3, 28), 23),
    ("America/New_York", date(2026, 11, 1), 25),
    ("America/New_York", date(2027, 3, 14), 23),
    ("Asia/Kolkata", date(2026, 10, 25), 24),
    ("Asia/Kolkata", date(2027, 3, 28), 24),
    ("Pacific/Auckland", date(2026, 9, 27), 23),
    ("Pacific/Auckland", date(2027, 4, 4), 25),
]
"""Days on which clocks are changed, in one zone elsewhere only, and how many hours they have."""


@pytest.mark.parametrize(("zone", "changed", "hours"), CLOCKS_CHANGE)
def test_reports_of_days_in_a_time_zone_agree_with_a_recount_over_a_change_of_the_clock(
    zone: str, changed: date, hours: int
) -> None:
    begun = datetime.combine(changed, time(8), UTC) - timedelta(days=8)
    chance, office = Random(f"{zone}{changed}"), Office(changed.toordinal(), begun)
    close_some_days(chance, office, begun)
    raw = events_of(office.table)
    happened = [*(each.offered for each in raw.handoffs), *(each.opened for each in raw.duties)]
    happened += [each.at for each in raw.steps]
    for before, after in ((0, 1), (6, 1), (0, 7), (8, 28)):
        first, last = changed - timedelta(days=before), changed + timedelta(days=after)
        asked = {"from": str(first), "to": str(last), "time_zone": zone}
        span = read_query(asked, office.now).span
        assert span.end - span.start == timedelta(days=before + after - 1, hours=hours)
        for at in happened:
            assert span.holds(at) == (first <= at.astimezone(ZoneInfo(zone)).date() < last)
        must_agree(office, raw, span)


OFFICE = Calendar.model_validate({"time_zone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}})
EVENINGS = Calendar.model_validate({"time_zone": "Asia/Kolkata", "hours": {"mon-sun": ["18:00-23:00"]}})
AT_WORK = Agreed(calendars=Calendars({"office": OFFICE, "evenings": EVENINGS}, "office", {"sales": "evenings"}))
HOURS = {"office": ("Europe/Berlin", range(5), 9, 17), "evenings": ("Asia/Kolkata", range(7), 18, 23)}


def seconds_at_work(calendar: str, start: datetime, end: datetime) -> float:
    """The business time between two moments, day by day."""
    name, weekdays, opens, closes = HOURS[calendar]
    zone, found = ZoneInfo(name), 0.0
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        hours = (datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in (opens, closes))
        first, last = max(start, next(hours)), min(end, next(hours))
        found += max((last - first).total_seconds(), 0) if day.weekday() in weekdays else 0
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize("seed", QUICK)
def test_stays_in_business_time_agree_with_a_recount_over_a_change_of_the_clock(seed: int) -> None:
    office = Office(seed, START)
    raw, span = events_of(office.table), Span(START, START + timedelta(days=400))
    [report] = ReportBuilder(office.table.rows).build(["funnel"], span, office.now, AT_WORK)
    for group, place in (("status", 0), ("stage", 1)):
        steps = raw.steps if group == "status" else _without_spam(raw.steps)
        for name, figures in lines(report, group).items():
            calendar = "evenings" if name == "with_sales" else "office"
            out = [s for s in steps if s.before and s.before[place] == name and s.after[place] != name]
            stays = [seconds_at_work(calendar, (s.since, s.stage_since)[place], s.at) for s in out]  # type: ignore[arg-type]
            assert figures["stayed"].get("business", spread([])) == spread(stays), (group, name)


def test_a_report_on_a_distant_period_needs_fewer_than_20_queries() -> None:
    office = Office(1, START)
    DailyBalances(office.table.rows).close(office.now)
    far = datetime(2190, 1, 1, tzinfo=UTC)
    before = office.table.queries
    [report] = ReportBuilder(office.table.rows).build(["funnel"], Span(far, far + timedelta(days=1)), office.now)
    assert office.table.queries - before < 20
    assert sum(line.figures["closing"] for line in report.group("status").lines) == len(office.scenarios)
