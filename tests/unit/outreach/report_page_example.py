"""Reports on a quarter of a company that is made up, as pages show them: rows of twelve weeks, from one seed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from baton.agreement.terms.calendars import Calendar
from baton.aws.reports.report_builder import ReportBuilder
from baton.domain.reports.agreed_targets import AgreedTargets
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.lead_balance import Balance
from baton.domain.reports.report_registry import REPORTS, Agreed
from baton.domain.reports.rows.periods import WHOLE, Divided
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.rows.report_rows import ClockRow, DutyRow, HandoffRow, LeadPlace, Move, OwnershipRow
from baton.domain.reports.rows.span import Span

BEGAN, NOW = datetime(2026, 9, 7, tzinfo=UTC), datetime(2026, 11, 30, 8, tzinfo=UTC)
A_WEEK = Span(datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC), "Europe/Berlin")
TWELVE_WEEKS = A_WEEK._replace(start=datetime(2026, 9, 6, 22, tzinfo=UTC))
OFFICE = Calendar.model_validate({"time_zone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:30"]}})
AGREED = Agreed(
    AgreedTargets({"accept": 90, "first_contact": 80, "review": 85}, {"new": 60, "mql": 40, "sql_accepted": 20}),
    Calendars({"office": OFFICE}, "office", {"sales": "office"}),
    frozenset({"bad_fit", "no_budget"}),
)
_REPS = [f"{name}@example.com" for name in ("alexandra.hohenberger", "kim", "sam", "li", "noor")]
_PLACES = [
    (None, "nurturing/lead"),
    (None, "nurturing/lead"),
    ("nurturing/lead", "in_review/mql"),
    ("in_review/mql", "with_sales/sql"),
    ("with_sales/sql", "with_sales/sql"),
    ("with_sales/sql", "won/customer"),
]


class MadeUpRows:
    """The rows of the reports, in order of time; with many `names`, everything has so many."""

    def __init__(self, handoffs: int = 600, names: int = 0) -> None:
        chance = Random(4)
        self._handoffs = [_handoff(chance, number, at) for number, at in enumerate(_moments(chance, handoffs))]
        self._handoffs = [_of_many(chance, row, names) for row in self._handoffs] if names else self._handoffs
        self._duties = [_duty(chance, number, at) for number, at in enumerate(_moments(chance, handoffs // 2))]
        self._moves = [_move(chance, at) for at in _moments(chance, handoffs * 4)]

    def handoffs(self, span: Span) -> Sequence[HandoffRow]:
        return [row for row in self._handoffs if span.holds(row.offered_at)]

    def duties(self, span: Span) -> Sequence[DutyRow]:
        return [row for row in self._duties if span.holds(row.opened_at)]

    def moves(self, span: Span) -> Sequence[Move]:
        return [row for row in self._moves if span.holds(row.at)]

    def opening(self, _: datetime) -> Balance:
        return Balance({"nurturing": 900, "in_review": 30, "with_sales": 40}, {"lead": 860, "mql": 70, "sql": 40})


def _moments(chance: Random, count: int) -> list[datetime]:
    return sorted(BEGAN + timedelta(minutes=chance.randrange(84 * 24 * 60)) for _ in range(count))


def _handoff(chance: Random, number: int, offered: datetime) -> HandoffRow:
    accepted = offered + timedelta(minutes=chance.expovariate(1 / 50))
    contacted = accepted + timedelta(minutes=chance.expovariate(1 / 300))
    state = "returned" if chance.random() < 0.2 else chance.choice(["won", "lost", "contacted", "accepted"])
    reached = None if state == "accepted" else contacted
    runs = (
        ClockRow("accept", offered, offered + timedelta(hours=2), accepted, "2 business hours"),
        ClockRow("first_contact", offered, offered + timedelta(hours=8), reached, "8h"),
    )
    has = OwnershipRow(
        *(offered, chance.choice(_REPS)), notified_at=offered, accepted_at=accepted, contacted_at=reached, runs=runs
    )
    return HandoffRow(
        *(f"h{number}", f"l{number}", chance.choice(["consultation", "score"]), "sales", state, offered, (has,)),
        source=chance.choice(["website", "fair", "ads"]),
        persona=chance.choice(["cto", "developer"]),
        rules=tuple(chance.sample(["three-pages", "whitepaper", "price-list", "webinar"], 2)),
        score=chance.randrange(40, 100),
        return_reason=chance.choice(["bad_timing", "bad_fit", "not_reached", "no_budget"])
        if state == "returned"
        else None,
        amount=1000.0 * chance.randrange(1, 40) if state == "won" else None,
        currency=chance.choice(["EUR", "EUR", "CHF"]),
    )


def _of_many(chance: Random, row: HandoffRow, names: int) -> HandoffRow:
    owner = f"alexandra.hohenberger-{chance.randrange(names)}@sales.example.com"
    rules = tuple(f"a-rule-of-this-company-{chance.randrange(names)}" for _ in range(4))
    return row._replace(
        stints=tuple(stint._replace(owner=owner) for stint in row.stints),
        **{name: f"{name} number {chance.randrange(names)}" for name in ("source", "persona")},
        trigger=chance.choice(["consultation", "score", "sql", "target_account", "manual", "audit"]),
        team=chance.choice(["emea", "americas", "apac"]),
        rules=tuple(dict.fromkeys(rules)),
        return_reason=row.return_reason and f"{row.return_reason}_{chance.randrange(4)}",
        currency=chance.choice(["EUR", "CHF", "$", "£"]),
    )


def _duty(chance: Random, number: int, opened: datetime) -> DutyRow:
    closed = opened + timedelta(hours=chance.expovariate(1 / 10))
    run = ClockRow("review", opened, opened + timedelta(hours=24), closed)
    if chance.random() < 0.05:
        return DutyRow(f"d{number}", f"l{number}", "review", "marketing", opened, run._replace(stopped_at=None))
    return DutyRow(
        *(f"d{number}", f"l{number}", "review", "marketing", opened, run),
        verdict="good_fit",
        by="mia@example.com",
        closed_at=closed,
    )


def _move(chance: Random, at: datetime) -> Move:
    before, after = chance.choice(_PLACES)
    stayed = chance.expovariate(1 / 86_400) if before else None
    return Move(
        *(at, LeadPlace(*before.split("/")) if before else None, LeadPlace(*after.split("/")), stayed, stayed),
        source=chance.choice(["website", "fair"]),
        sql="accepted" if before == after else None,
        amount=1000.0 * chance.randrange(1, 40) if after == "won/customer" else None,
        currency="EUR",
    )


def example(span: Span = A_WEEK, divided: Divided = WHOLE, rows: MadeUpRows | None = None) -> list[Report]:
    """Returns all reports on a period, the last week unless another is asked for, as a page has them."""
    builder = ReportBuilder(rows or MadeUpRows())  # type: ignore[arg-type]  # it asks no more of it
    return builder.with_weeks(builder.build(REPORTS, span, NOW, AGREED, divided=divided), NOW, AGREED)
