"""Waiting lines: the lines that can be served now, and the next moment at which one can."""

from datetime import timedelta

from baton.agreement.terms.calendars import Calendar
from baton.domain.teams.absences import AbsencePeriod
from baton.domain.teams.availability import TeamHours
from baton.domain.teams.roster import Pool, Roster, WaitingLine
from baton.domain.teams.waiting_leads import next_servable_at, servable_lines
from tests.unit.given import KIM, LEE, NOW, SAM, rep, team

EVENINGS = Calendar(time_zone="UTC", hours={"mon-sun": ("20:00-22:00",)})
CLOSED = TeamHours({"evenings": EVENINGS}, "evenings")
HOUR = timedelta(hours=1)


def lines(*waiting: WaitingLine, **of: WaitingLine) -> dict[str, Pool]:
    return {"*": Pool(lines=waiting)} | {name: Pool(lines=(line,)) for name, line in of.items()}


def served(roster: Roster) -> list[tuple[str, int]]:
    return [(each.pool, each.line.waiting) for each in servable_lines(roster, NOW)]


def test_a_line_with_a_waiting_lead_and_an_available_rep_can_be_served() -> None:
    here = (rep(SAM), rep(KIM, open_handoffs=25))
    assert served(team(*here, pools=lines(WaitingLine(waiting=3), WaitingLine(waiting=0, had_it=(KIM,))))) == [("*", 3)]
    assert served(team(*here, pools=lines(WaitingLine(waiting=3, had_it=(SAM,))))) == []
    assert served(team(*here, pools=lines(WaitingLine(waiting=1, had_it=(KIM,))))) == [("*", 1)]
    assert served(team(*here, pools=lines(WaitingLine(waiting=1)), hours=CLOSED)) == []
    assert served(team(*here)) == []


def test_the_line_of_a_territory_is_served_by_the_reps_who_work_there() -> None:
    people = rep(SAM, territories=["south"]), rep(KIM, territories=["north"], open_handoffs=25)
    pools = lines(north=WaitingLine(waiting=1), south=WaitingLine(waiting=2))
    assert served(team(*people, pools=pools, territories=frozenset({"north", "south"}))) == [("south", 2)]


def test_a_line_of_forms_is_served_by_reps_with_room_beside_all_that_they_hold() -> None:
    pools = lines(WaitingLine(waiting=2, by_form=True), WaitingLine(waiting=1))
    full, room = {"capacity": 4, "open_handoffs": 4, "unaccepted_forms": 3}, {"capacity": 4, "open_handoffs": 3}
    assert served(team(rep(SAM, **full), pools=pools)) == [("*", 1)]
    assert served(team(rep(SAM, **full), rep(KIM, **room), pools=pools)) == [("*", 2), ("*", 1)]
    closed = team(rep(SAM, **full), pools=lines(WaitingLine(waiting=2, by_form=True)), hours=CLOSED)
    assert next_servable_at(closed, NOW) is None
    assert next_servable_at(team(rep(SAM, **full), pools=pools, hours=CLOSED), NOW) is not None


def test_the_next_servable_moment_is_the_first_return_of_a_rep_with_capacity() -> None:
    away = AbsencePeriod(since=NOW, until=NOW + HOUR)
    people = rep(SAM, away=(away,)), rep(KIM, calendar="evenings"), rep(LEE, calendar="evenings", open_handoffs=25)
    roster = team(*people, pools=lines(WaitingLine(waiting=1)), hours=TeamHours({"evenings": EVENINGS}))
    assert next_servable_at(roster, NOW) == NOW + HOUR
    had = team(*people, pools=lines(WaitingLine(waiting=1, had_it=(SAM,))), hours=roster.hours)
    assert next_servable_at(had, NOW) == NOW.replace(hour=20, minute=0)


def test_a_rep_without_capacity_or_confirmed_address_has_no_next_servable_moment() -> None:
    people = rep(SAM, open_handoffs=25), rep(KIM, subscription="pending")
    assert next_servable_at(team(*people, pools=lines(WaitingLine(waiting=1)), hours=CLOSED), NOW) is None
    assert next_servable_at(team(rep(SAM), hours=CLOSED), NOW) is None, "and for nobody where no lead waits"


def test_a_team_that_gets_no_leads_has_no_next_servable_moment() -> None:
    assert (
        next_servable_at(team(rep(SAM), pools=lines(WaitingLine(waiting=1)), no_leads="is in marketing"), NOW) is None
    )


def test_a_preferred_rep_of_another_territory_counts_for_the_next_servable_moment() -> None:
    away = AbsencePeriod(since=NOW, until=NOW + HOUR)
    pools = lines(north=WaitingLine(waiting=1, candidates=(SAM,)))
    here = team(rep(SAM, territories=["south"]), pools=pools, territories=frozenset({"north", "south"}))
    gone = team(rep(SAM, territories=["south"], away=(away,)), pools=pools, territories=here.territories)
    assert (served(here), served(gone), next_servable_at(gone, NOW)) == ([("north", 1)], [], NOW + HOUR)
