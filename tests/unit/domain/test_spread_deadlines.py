"""Deadlines in business time, of which many fall on one moment, are spread by seconds that follow from the lead."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.clock_terms import Act, ClockTerms, Step
from baton.agreement.terms.durations import parse_period
from baton.domain.basics.moments import iso_of_timer
from baton.domain.leads.clock import SPREAD, SPREAD_SHARE, Clock, start_clock
from baton.domain.leads.handoff import handoff_id_of
from baton.domain.terms.kept_terms import AgreedClock
from baton.domain.terms.terms_from_agreement import agreed_clock
from baton.domain.working_time.business_time import period_end

WEEKDAYS = Calendar.model_validate({"time_zone": "Europe/Berlin", "hours": {"mon-fri": "08:00-17:00"}})
SHIFTS = Calendar.model_validate({"time_zone": "Europe/Berlin", "hours": {"mon-sat": ["22:00-02:00", "06:00-06:10"]}})
SATURDAY = datetime(2026, 11, 28, 10, tzinfo=UTC)
OPENING = datetime(2026, 11, 30, 7, tzinfo=UTC)  # 08:00 in Berlin
LEADS = [f"{Random(number).randbytes(15).hex()}"[:24] for number in range(300)]
USUAL = ((0.5, Act.REMIND), (1.0, Act.ESCALATE), (1.5, Act.REASSIGN))


def agreed(within: str, *ladder: tuple[float, Act]) -> AgreedClock:
    steps = tuple(Step(at=share, do=do) for share, do in ladder)
    return agreed_clock(ClockTerms(within=parse_period(within), stops_when="accepted", ladder=steps), "accepted")


def clocks_of_a_weekend() -> list[Clock]:
    """The clocks of 300 leads that came on different moments of one weekend."""
    terms = agreed("5 business minutes", *USUAL)
    return [
        start_clock(
            "accept", terms, "accepted", WEEKDAYS, SATURDAY + timedelta(minutes=5 * number), handoff_id_of(lead, 1)
        )
        for number, lead in enumerate(LEADS)
    ]


def test_the_leads_of_a_weekend_are_all_due_at_the_agreed_moment() -> None:
    assert {clock.due_at for clock in clocks_of_a_weekend()} == {OPENING + timedelta(minutes=5)}


def test_the_escalations_of_a_weekend_are_spread_over_half_a_minute_and_none_comes_before_its_due_time() -> None:
    escalations = [clock.deadlines[1].at - clock.due_at for clock in clocks_of_a_weekend()]
    assert timedelta() <= min(escalations) <= max(escalations) <= SPREAD
    in_each_second = Counter(late.seconds for late in escalations)
    assert len(in_each_second) == SPREAD.seconds
    assert max(in_each_second.values()) <= 20, "of 300, ten on average"


def test_the_reminders_of_a_weekend_come_before_half_of_the_time_is_over() -> None:
    half = OPENING + timedelta(minutes=2.5)
    assert all(half - SPREAD <= clock.deadlines[0].at <= half for clock in clocks_of_a_weekend())
    assert len({clock.deadlines[0].at for clock in clocks_of_a_weekend()}) == len(LEADS)


def test_a_spread_ladder_keeps_its_order_and_its_bounds_whatever_is_agreed() -> None:
    for seed in range(400):
        chance = Random(seed)
        within = f"{chance.randint(1, 40)} business {chance.choice(['second', 'minute', 'hour', 'day'])}s"
        shares = sorted(chance.sample(range(1, 300), chance.randint(1, 10)))
        terms = agreed(within, *((share / 100, Act.REMIND) for share in shares))
        calendar, now = chance.choice([WEEKDAYS, SHIFTS]), SATURDAY + timedelta(seconds=chance.randrange(7 * 86_400))
        clock = start_clock("accept", terms, "accepted", calendar, now, f"lead-{seed}")

        moments = [deadline.at for deadline in clock.deadlines]
        assert moments == sorted(moments)
        assert moments[0] > now
        for share, moment in zip(shares, moments, strict=True):
            exact = period_end(now, terms.limit, share / 100, calendar)
            by = moment - exact
            assert abs(by) <= min(SPREAD, terms.limit.length * SPREAD_SHARE)
            assert by <= timedelta() if share < 100 else by >= timedelta(), (within, share)
        assert clock == start_clock("accept", terms, "accepted", calendar, now, f"lead-{seed}"), "by the lead alone"


def test_clocks_in_plain_time_are_not_spread_as_their_leads_come_at_different_moments() -> None:
    clock = start_clock("accept", agreed("5m", *USUAL), "accepted", None, SATURDAY, handoff_id_of(LEADS[0], 1))
    assert [deadline.at - SATURDAY for deadline in clock.deadlines] == [timedelta(minutes=5) * s for s, _ in USUAL]


def test_a_timer_that_waits_for_a_spread_deadline_comes_when_it_is_due_and_not_a_part_of_a_millisecond_before() -> None:
    moments = [deadline.at for clock in clocks_of_a_weekend() for deadline in clock.deadlines]
    waits = [datetime.fromisoformat(iso_of_timer(moment)) - moment for moment in moments]

    assert any(moment.microsecond % 1000 for moment in moments)
    assert timedelta() <= min(waits) <= max(waits) < timedelta(milliseconds=1)
