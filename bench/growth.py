"""Shows what does not grow: the cost of one more signal, with a long history or with many rules about other signals."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random
from typing import Any

from baton.agreement.terms.rules import NOTHING_SCORES
from baton.domain.events.recorded import Recorded
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import counts_after, recount
from baton.domain.scoring.standing import standing_of
from bench.report import Section, p50
from bench.sample_rules import DAY, KINDS, PACKAGED, attributes, scorecard
from bench.scoring import LEAD_ID, NOW, in_turns

HISTORIES, RULEBOOKS, COULD_APPLY = (10, 100, 1_000, 10_000), (50, 500, 5_000), 10
ROUNDS = 60
Work = Callable[[], object]


def measure() -> Section:
    """Measures one more signal and the score after it, with ever longer histories and ever more rules."""
    packaged = _packaged()
    taken: dict[str, Work] = {}
    for signals in HISTORIES:
        taken |= _with(f"{signals:,} signals before, the shipped agreement", packaged, signals)
    for rules in RULEBOOKS:
        what = f"{rules:,} rules, of which {COULD_APPLY} could apply; 50 signals before"
        taken |= _with(what, _rulebook(rules), 50)
    taken["build the rules of the shipped agreement|scorecard"] = _packaged
    taken["build 200 + 200 rules|scorecard"] = lambda: _rulebook(200, fit=200)
    rows = [
        (*name.split("|"), f"{min(times):.1f}", f"{p50(times):.1f}") for name, times in in_turns(taken, ROUNDS).items()
    ]
    return Section(
        "One more signal",
        "growth",
        ("with", "what", "µs, least", "µs, median"),
        rows,
        (
            f"Processor time in process, in {ROUNDS} rounds in turns. Counting one more signal includes a copy of the "
            "tally, so that what was stored stays as it was; scoring is the sum of all points as they have faded.",
            "Building happens once for each version in each running function.",
        ),
    )


def _with(what: str, card: Scorecard, signals: int) -> dict[str, Work]:
    """Counts one more signal after so many others, and scores the lead."""
    begun = Change.begin(None, LEAD_ID).then([_captured()], NOW - timedelta(days=200), "bench")
    change = begun.then(list(_signals(signals)), NOW, "bench")
    assert change.after is not None  # noqa: S101  # a lead was captured
    lead = change.with_counts(recount(change.after, change.events, card)).after
    more = Change.begin(lead, LEAD_ID).then([_signal("latest", 0.0, KINDS[0])], NOW, "bench")
    after = more.with_counts(counts_after(more, card, _nobody_asks)).after
    assert after is not None  # noqa: S101  # the same lead
    return {
        f"{what}|count one more": lambda: counts_after(more, card, _nobody_asks),
        f"{what}|score": lambda: standing_of(after, card, NOW).total,
    }


def _nobody_asks() -> Iterable[Recorded]:
    raise AssertionError("the history was asked for")


def _captured() -> LeadCaptured:
    return LeadCaptured(email="anna@example.com", source="website", agreement_version=1)


def _signals(count: int) -> Iterable[SignalRecorded]:
    chance = Random(count)  # noqa: S311  # no secret
    for number in range(count):
        yield _signal(f"{number:05d}", 180 - 179 * number / count, chance.choice(KINDS))


def _signal(reference: str, days_ago: float, kind: str) -> SignalRecorded:
    moment = NOW - timedelta(days=days_ago)
    return SignalRecorded(kind=kind, source="website", reference=reference, occurred_at=moment, content="guide")


def _packaged() -> Scorecard:
    return scorecard(PACKAGED.rules)


def _rulebook(rules: int, fit: int = 0) -> Scorecard:
    """Returns ten rules for the new signal's kind, and the others for kinds of their own."""
    kinds = [KINDS[0] if number < COULD_APPLY else f"other_{number}" for number in range(rules)]
    on_facts = [
        {"id": f"fit-{number}", "points": 1, "by_persona": {}, "when": attributes(number % 50).when}
        for number in range(fit)
    ]
    engagement = [_rule(number, kind) for number, kind in enumerate(kinds)]
    return scorecard({**NOTHING_SCORES, "fit": on_facts, "engagement": engagement})  # type: ignore[typeddict-item]


def _rule(number: int, kind: str) -> dict[str, Any]:
    match = {"kind": {"is": kind}}
    when = {"signals": {"match": match, "at_least": number % 3 + 1, "within": 7 * DAY}}
    cap = {"times": 3, "per": 30 * DAY}
    return {"id": f"did-{number}", "points": 1, "by_persona": {}, "signal": match, "when": when, "at_most": cap}
