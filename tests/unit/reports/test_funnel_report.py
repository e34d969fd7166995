"""The funnel report: opening and closing balances, moves between statuses and stages, conversions and sources."""

from hypothesis import given
from hypothesis import strategies as st

from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.reports.funnel_report import funnel_report
from baton.domain.reports.lead_balance import NO_LEADS, Balance, read_balance
from baton.domain.reports.rows.report_rows import LeadPlace, Move
from tests.unit.reports.given import LATER, WEEK, at, move

MOVES = [
    move(0, None, "nurturing/lead", source="website"),
    move(1, None, "spam/lead", source="website"),
    move(2, "nurturing/lead", "in_review/mql", stayed=120.0, stage_stayed=120.0, source="website"),
    move(3, "nurturing/lead", "with_sales/sql", stayed=60.0, stage_stayed=90.0, source="crm"),
    move(9, "with_sales/sql", "won/customer", stayed=360.0, stage_stayed=360.0, source="crm"),
]
OPENING = Balance({"nurturing": 5}, {"lead": 5})


def test_each_status_has_its_balances_and_the_leads_that_came_and_left() -> None:
    told = funnel_report(OPENING, MOVES, WEEK, LATER)
    assert told.line("status", "nurturing") == {
        "opening": 5,
        "in": 1,
        "out": 2,
        "out_to": {"in_review": 1, "with_sales": 1},
        "closing": 4,
        "stayed": {"n": 2, "median_seconds": 60, "p90_seconds": 120},
    }
    assert told.line("stage", "lead")["closing"] == 4, "without spam"
    assert told.line("stage", "customer") == {
        "opening": 0,
        "in": 1,
        "out": 0,
        "out_to": {},
        "closing": 1,
        "stayed": {"n": 0, "median_seconds": None, "p90_seconds": None},
    }


def test_all_statuses_and_stages_are_listed_in_the_order_of_the_funnel() -> None:
    told = funnel_report(NO_LEADS, [], WEEK, LATER)
    assert [line.name for line in told.group("status").lines] == list(Status)
    assert [line.name for line in told.group("stage").lines] == list(Stage)


def test_a_conversion_is_a_share_of_all_leads_that_were_in_the_stage() -> None:
    lines = funnel_report(OPENING, MOVES, WEEK, LATER).group("conversion").lines
    assert [(line.name, *line.figures.values()) for line in lines] == [
        ("lead to mql", 1, 6, 0.1667),
        ("lead to sql", 1, 6, 0.1667),
        ("sql to customer", 1, 1, 1),
    ]


def test_spam_counts_in_no_stage() -> None:
    told = funnel_report(Balance({"spam": 900, "nurturing": 3}, {"lead": 903}), [], WEEK, LATER).line("stage", "lead")
    assert (told["opening"], told["closing"]) == (3, 3)
    heard = [move(0, "spam/lead", "nurturing/lead", stayed=60.0)]
    told = funnel_report(Balance({"spam": 1}, {"lead": 1}), heard, WEEK, LATER).line("stage", "lead")
    assert (told["opening"], told["in"], told["closing"]) == (0, 1, 1)


def test_each_source_has_the_number_of_its_leads_that_reached_each_stage() -> None:
    told = funnel_report(OPENING, MOVES, WEEK, LATER)
    assert told.line("source", "website") == {
        "new": 1,
        "to_mql": 1,
        "to_sql": 0,
        "sql_accepted": 0,
        "sql_declined": 0,
        "to_with_sales": 0,
        "to_won": 0,
        "to_lost": 0,
        "amounts": {},
    }
    assert told.line("source", "crm")["to_sql"] == told.line("source", "crm")["to_won"] == 1


def test_a_lead_taken_for_spam_counts_as_new_once_released() -> None:
    taken_for_spam = [move(0, None, "spam/lead", source="fair"), move(9, "spam/lead", "nurturing/lead", source="fair")]
    assert funnel_report(OPENING, taken_for_spam[:1], WEEK, LATER).line("source", "fair")["new"] == 0
    assert funnel_report(OPENING, taken_for_spam, WEEK, LATER).line("source", "fair")["new"] == 1


places = st.builds(LeadPlace, st.sampled_from(["nurturing", "in_review", "won"]), st.sampled_from(["lead", "mql"]))


@st.composite
def moves_of_leads(draw: st.DrawFn) -> list[Move]:
    moves, leads = [], list[LeadPlace]()
    for minute in range(draw(st.integers(0, 20))):
        which, to = draw(st.integers(0, len(leads))), draw(places)
        if which == len(leads):
            moves.append(Move(at(minute), None, to))
            leads.append(to)
        elif leads[which] != to:
            moves.append(Move(at(minute), leads[which], to))
            leads[which] = to
    return moves


@given(moves_of_leads(), st.integers(0, 20))
def test_balances_computed_in_two_parts_equal_those_of_all_moves_and_add_up(moves: list[Move], cut: int) -> None:
    carried = NO_LEADS.after(moves[:cut]).after(moves[cut:])
    assert carried == NO_LEADS.after(moves)
    assert read_balance(carried.written()) == carried
    told = funnel_report(NO_LEADS.after(moves[:cut]), moves[cut:], WEEK, LATER)
    for group in ("status", "stage"):
        for line in told.group(group).lines:
            kept = line.figures
            assert kept["opening"] + kept["in"] - kept["out"] == kept["closing"] >= 0
    assert sum(line.figures["closing"] for line in told.group("status").lines) == sum(carried.status.values())
