"""Who gets a lead, and what is said of everybody else."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.leads.routing_choice import Preference
from baton.domain.teams.reps import Rep, Role, Subscription
from baton.domain.teams.roster import Pool, Roster, WaitingLine, manager_addresses
from baton.domain.teams.routing import choose_rep
from tests.unit.given import KIM, LEE, NOW, SAM, rep, rosters, team

YESTERDAY = NOW - timedelta(days=1)
HALF = 500_000


def owing(**owed: int) -> dict[str, Pool]:
    """What people are owed in the one pool there is, in millionths of a lead."""
    return {"*": Pool(owed={f"{name}@sales.example.com": amount for name, amount in owed.items()}, number=1)}


@pytest.mark.parametrize(
    ("sam", "kim", "owed", "chosen"),
    [
        pytest.param({}, {}, {"sam": 1, "kim": -1}, SAM, id="whoever is owed more"),
        pytest.param({"weight": 3}, {}, {"kim": HALF - 1}, SAM, id="with their share of this lead"),
        pytest.param({"last_offered_at": NOW}, {"last_offered_at": YESTERDAY}, {}, KIM, id="then who waited longer"),
        pytest.param({}, {"last_offered_at": YESTERDAY}, {}, SAM, id="longest of all, whoever never had one"),
        pytest.param({}, {}, {}, KIM, id="then the alphabet"),
        pytest.param({"open_handoffs": 20}, {}, {"sam": 1, "kim": -1}, SAM, id="however many they hold"),
        pytest.param({}, {"open_handoffs": 25}, {"kim": HALF}, SAM, id="never somebody with enough to do"),
        pytest.param({}, {"role": Role.MANAGER}, {"kim": HALF}, SAM, id="never a manager"),
        pytest.param({}, {"subscription": "pending"}, {"kim": HALF}, SAM, id="never somebody without mail"),
    ],
)
def test_a_lead_goes_to(sam: dict, kim: dict, owed: dict, chosen: str) -> None:
    assert choose_rep(team(rep(SAM, **sam), rep(KIM, **kim), pools=owing(**owed)), NOW).chosen == chosen


@given(st.data(), rosters)
def test_the_same_people_in_any_order_give_the_same_answer(data: st.DataObject, roster: Roster) -> None:
    assert choose_rep(team(*data.draw(st.permutations(roster.people))), NOW) == choose_rep(roster, NOW)


some_had_it = st.sets(st.sampled_from(["ada@sales.example.com", "bo@sales.example.com"]))


@given(rosters, some_had_it)
def test_whoever_could_have_had_it_is_chosen_or_told_why_not(roster: Roster, had_it: set[str]) -> None:
    routing = choose_rep(roster, NOW, had_it=had_it)
    told = [skipped.rep for skipped in routing.skipped] + [routing.chosen] * (routing.chosen is not None)
    candidates = [r.email for r in roster if r.role is Role.REP and r.subscription is not Subscription.REMOVED]
    assert sorted(told) == sorted(candidates)
    assert routing.why
    assert all(skipped.why for skipped in routing.skipped)


@given(rosters, some_had_it)
def test_only_somebody_who_can_and_has_not_had_it_is_chosen(roster: Roster, had_it: set[str]) -> None:
    able = {r.email for r in roster if roster.why_no_lead(r, NOW) is None} - had_it
    chosen = choose_rep(roster, NOW, had_it=had_it).chosen
    assert chosen in able if able else chosen is None


@pytest.mark.parametrize(
    ("skipped", "why"),
    [
        pytest.param(rep(LEE, subscription="pending"), "has not confirmed the address yet", id="pending"),
        pytest.param(rep(LEE, subscription="unprotected"), "confirmed by a click", id="unprotected"),
        pytest.param(rep(LEE, open_handoffs=25), "has 25 of at most 25 open handoffs", id="full"),
        pytest.param(rep(LEE, last_offered_at=NOW), "got a lead more recently", id="had one just now"),
        pytest.param(rep(LEE, territories=["north"]), "works north only", id="works elsewhere"),
    ],
)
def test_the_reason_for_skipping_somebody_is(skipped: object, why: str) -> None:
    [said] = choose_rep(team(rep(SAM), skipped), NOW).skipped
    assert said.rep == LEE
    assert said.why.startswith(why)


def test_it_is_said_how_far_everybody_is_from_their_share() -> None:
    people = rep(SAM, weight=2), rep(KIM), rep(LEE)
    routing = choose_rep(team(*people, pools=owing(sam=200_000, kim=-700_000, lee=HALF - 1)), NOW)
    assert (routing.chosen, routing.why) == (LEE, "next in turn: 0.75 of a lead behind their share")
    assert [(each.rep, each.why) for each in routing.skipped] == [
        (SAM, "comes later: 0.7 of a lead behind their share"),
        (KIM, "comes later: 0.45 of a lead ahead of their share"),
    ]


def test_whoever_had_it_is_skipped() -> None:
    routing = choose_rep(team(rep(SAM)), NOW, had_it=[SAM])
    assert [said.why for said in routing.skipped] == ["had it already"]
    assert routing.why == "everybody who could take it has had it already"


def test_of_many_who_are_skipped_as_many_are_listed_as_a_person_would_read() -> None:
    routing = choose_rep(team(*(rep(f"rep{number:02}@sales.example.com") for number in range(40))), NOW)
    assert len(routing.skipped) == 21
    assert (routing.skipped[-1].rep, routing.skipped[-1].why) == ("19 more", "are not listed")


# --- Before anybody else

OWNS = Preference(rep=SAM, because="owns the target account acme.com")
HAD = Preference(rep=KIM, because="had the lead before")


def test_whoever_is_preferred_gets_it_and_loses_no_turn_by_it() -> None:
    routing = choose_rep(team(rep(SAM), rep(KIM), pools=owing(kim=HALF)), NOW, preferred=[OWNS])
    assert (routing.chosen, routing.why, routing.turn) == (SAM, OWNS.because, None)
    assert [(said.rep, said.why) for said in routing.skipped] == [(KIM, "somebody else comes first")]


def test_the_first_of_those_preferred_who_can_take_it_gets_it() -> None:
    assert choose_rep(team(rep(SAM), rep(KIM)), NOW, preferred=[OWNS, HAD]).chosen == SAM
    full = choose_rep(team(rep(SAM, open_handoffs=25), rep(KIM), rep(LEE)), NOW, preferred=[OWNS, HAD])
    assert (full.chosen, full.why) == (KIM, HAD.because)
    neither = choose_rep(team(rep(LEE)), NOW, preferred=[OWNS, HAD])
    assert neither.chosen == LEE
    assert [said.why for said in neither.skipped] == [
        f"{each.because}, but is not on the team's roster" for each in (OWNS, HAD)
    ]


def test_whoever_is_preferred_need_not_work_the_territory() -> None:
    people = rep(SAM, territories=["south"]), rep(KIM, territories=["north"])
    roster = team(*people, territories=frozenset({"north", "south"}))
    assert choose_rep(roster, NOW, territory="north", preferred=[OWNS]).chosen == SAM


@pytest.mark.parametrize(
    ("owner", "why"),
    [
        pytest.param(rep(SAM, role=Role.MANAGER), "is a manager", id="a manager"),
        pytest.param(rep(SAM, subscription="removed"), "was removed from the team", id="who left"),
        pytest.param(
            rep(SAM, territories=["south"], open_handoffs=25),
            "has 25 of at most 25 open handoffs",
            id="who works elsewhere, which is not why",
        ),
    ],
)
def test_it_is_said_why_whoever_is_preferred_does_not_get_it(owner: Rep, why: str) -> None:
    roster = team(owner, rep(KIM), territories=frozenset({"north", "south"}))
    routing = choose_rep(roster, NOW, territory="north", preferred=[OWNS])
    assert routing.chosen == KIM
    assert [(said.rep, said.why) for said in routing.skipped] == [(SAM, f"{OWNS.because}, but {why}")]


def test_who_is_preferred_and_had_it_already_is_told_so() -> None:
    [said] = choose_rep(team(rep(SAM), rep(KIM)), NOW, had_it=[SAM], preferred=[OWNS]).skipped
    assert said.why == f"{OWNS.because}, but had it already"


def test_who_is_preferred_is_remembered_only_while_the_lead_waits() -> None:
    assert choose_rep(team(rep(KIM)), NOW, preferred=[OWNS]).preferred == ()
    assert choose_rep(team(rep(SAM, open_handoffs=25)), NOW, preferred=[OWNS]).preferred == (OWNS,)


def test_who_is_preferred_and_does_not_share_such_leads_is_remembered_for_the_line() -> None:
    people = rep(SAM, territories=["south"], open_handoffs=25), rep(KIM, territories=["north"], open_handoffs=25)
    routing = choose_rep(team(*people, territories=NORTH), NOW, territory="north", preferred=[OWNS, HAD])
    assert (routing.chosen, routing.besides) == (None, (SAM,))
    line = WaitingLine(waiting=1, besides=(SAM,))
    free = team(rep(SAM, territories=["south"]), pools=waiting(line, name="north"), territories=NORTH)
    assert choose_rep(free, NOW, territory="south", is_new=True).chosen is None, "it comes to that lead first"


# --- Territories

NORTH = frozenset({"north", "south"})
SAM_NORTH, KIM_SOUTH, LEE_ANY = rep(SAM, territories=["north"]), rep(KIM, territories=["south"]), rep(LEE)


@pytest.mark.parametrize(
    ("people", "territory", "able"),
    [
        pytest.param([SAM_NORTH, KIM_SOUTH, LEE_ANY], "north", {SAM, LEE}, id="who works it, and who works all"),
        pytest.param([SAM_NORTH, KIM_SOUTH, LEE_ANY], None, {LEE}, id="of none: who works all"),
        pytest.param([SAM_NORTH, KIM_SOUTH], None, {SAM, KIM}, id="of none, and nobody works all: everybody"),
        pytest.param([SAM_NORTH, KIM_SOUTH], "gone", {SAM, KIM}, id="of one that is agreed no longer: as of none"),
        pytest.param([KIM_SOUTH], "north", set(), id="nobody"),
    ],
)
def test_a_territory_s_leads_are_shared_by(people: list, territory: str | None, able: set[str]) -> None:
    roster = team(*people, territories=NORTH)
    assert roster.members(territory) == able
    assert choose_rep(roster, NOW, territory=territory).chosen in (able or {None})


def test_turns_are_taken_in_each_territory_for_itself() -> None:
    pools = {"north": Pool(owed={LEE: HALF}, number=7), "*": Pool(owed={LEE: -HALF}, number=3)}
    routing = choose_rep(team(SAM_NORTH, LEE_ANY, pools=pools, territories=NORTH), NOW, territory="north")
    assert (routing.chosen, routing.territory) == (LEE, "north")
    assert routing.turn
    assert (routing.turn.pool, routing.turn.read) == ("north", 7)


def test_it_is_said_who_does_not_work_a_territory_and_that_nobody_does() -> None:
    routing = choose_rep(team(KIM_SOUTH, territories=NORTH), NOW, territory="north")
    assert routing.why == "nobody on the team works territory north"
    assert [said.why for said in routing.skipped] == ["does not work territory north"]


# --- The line


def waiting(*lines: WaitingLine, name: str = "*") -> dict[str, Pool]:
    return {name: Pool(lines=lines, number=9)}


def test_a_new_lead_comes_after_those_that_wait_already() -> None:
    roster = team(rep(SAM), pools=waiting(WaitingLine(waiting=1)))
    new = choose_rep(roster, NOW, is_new=True)
    assert (new.chosen, new.why) == (None, "others wait already, and come first")
    assert [said.why for said in new.skipped] == ["comes to those first who wait already"]
    assert choose_rep(roster, NOW).chosen == SAM


def test_who_cannot_take_those_that_wait_takes_a_new_one() -> None:
    roster = team(rep(SAM), rep(KIM), pools=waiting(WaitingLine(waiting=1, had_it=(SAM,))))
    assert choose_rep(roster, NOW, is_new=True).chosen == SAM


def test_a_new_lead_comes_after_those_of_another_territory_that_wait_for_the_same_person() -> None:
    both = rep(SAM, territories=["north", "south"])
    roster = team(both, pools=waiting(WaitingLine(waiting=1), name="south"), territories=NORTH)
    assert choose_rep(roster, NOW, territory="north", is_new=True).chosen is None
    helped = team(both, rep(KIM, territories=["north"]), pools=roster.pools, territories=NORTH)
    assert choose_rep(helped, NOW, territory="north", is_new=True).chosen == KIM


def test_a_line_that_is_empty_holds_up_nobody() -> None:
    assert choose_rep(team(rep(SAM), pools=waiting(WaitingLine(waiting=0))), NOW, is_new=True).chosen == SAM


def test_whoever_is_preferred_and_able_gets_a_new_lead_although_others_wait() -> None:
    roster = team(rep(SAM), pools=waiting(WaitingLine(waiting=1)))
    assert choose_rep(roster, NOW, preferred=[OWNS], is_new=True).chosen == SAM


def test_managers_are_told_wherever_mail_reaches_them() -> None:
    roster = team(
        rep(SAM),
        rep("maria@example.com", role=Role.MANAGER),
        rep("ada@example.com", role=Role.MANAGER, subscription="unprotected"),
        rep("new@example.com", role=Role.MANAGER, subscription="pending"),
        rep("gone@example.com", role=Role.MANAGER, subscription="removed"),
    )
    assert manager_addresses(roster) == ["ada@example.com", "maria@example.com"]
