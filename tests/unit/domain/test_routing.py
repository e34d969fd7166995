"""The choice of a rep for a lead, and the reason given for every other rep."""

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


def pool_with_balances(**owed: int) -> dict[str, Pool]:
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
def test_a_lead_goes_to_the_rep_who_is_next_in_turn(sam: dict, kim: dict, owed: dict, chosen: str) -> None:
    assert choose_rep(team(rep(SAM, **sam), rep(KIM, **kim), pools=pool_with_balances(**owed)), NOW).chosen == chosen


@given(st.data(), rosters)
def test_the_choice_does_not_depend_on_the_order_of_the_roster(data: st.DataObject, roster: Roster) -> None:
    assert choose_rep(team(*data.draw(st.permutations(roster.people))), NOW) == choose_rep(roster, NOW)


some_had_it = st.sets(st.sampled_from(["ada@sales.example.com", "bo@sales.example.com"]))


@given(rosters, some_had_it)
def test_every_rep_is_either_chosen_or_skipped_with_a_reason(roster: Roster, had_it: set[str]) -> None:
    routing = choose_rep(roster, NOW, had_it=had_it)
    told = [skipped.rep for skipped in routing.skipped] + [routing.chosen] * (routing.chosen is not None)
    candidates = [r.email for r in roster if r.role is Role.REP and r.subscription is not Subscription.REMOVED]
    assert sorted(told) == sorted(candidates)
    assert routing.why
    assert all(skipped.why for skipped in routing.skipped)


@given(rosters, some_had_it)
def test_only_an_available_rep_who_has_not_had_the_lead_is_chosen(roster: Roster, had_it: set[str]) -> None:
    able = {r.email for r in roster if roster.why_no_lead(r, NOW) is None} - had_it
    chosen = choose_rep(roster, NOW, had_it=had_it).chosen
    assert chosen in able if able else chosen is None


@pytest.mark.parametrize(
    ("skipped", "why"),
    [
        pytest.param(rep(LEE, subscription="pending"), "has not confirmed the address yet", id="pending"),
        pytest.param(rep(LEE, subscription="unprotected"), "confirmed by a click", id="unprotected"),
        pytest.param(rep(LEE, open_handoffs=25), "has 25 of at most 25 open leads", id="full"),
        pytest.param(rep(LEE, last_offered_at=NOW), "got a lead more recently", id="had one just now"),
        pytest.param(rep(LEE, territories=["north"]), "works north only", id="works elsewhere"),
    ],
)
def test_the_reason_for_a_skipped_rep_is_told_in_words(skipped: object, why: str) -> None:
    [said] = choose_rep(team(rep(SAM), skipped), NOW).skipped
    assert said.rep == LEE
    assert said.why.startswith(why)


def test_the_routing_tells_the_distance_of_each_rep_from_a_fair_share() -> None:
    people = rep(SAM, weight=2), rep(KIM), rep(LEE)
    routing = choose_rep(team(*people, pools=pool_with_balances(sam=200_000, kim=-700_000, lee=HALF - 1)), NOW)
    assert (routing.chosen, routing.why) == (LEE, "next in turn: 0.75 of a lead behind their share")
    assert [(each.rep, each.why) for each in routing.skipped] == [
        (SAM, "comes later: 0.7 of a lead behind their share"),
        (KIM, "comes later: 0.45 of a lead ahead of their share"),
    ]


def test_a_rep_who_has_had_the_lead_is_skipped() -> None:
    routing = choose_rep(team(rep(SAM)), NOW, had_it=[SAM])
    assert [said.why for said in routing.skipped] == ["had it already"]
    assert routing.why == "everybody who could take it has had it already"


def test_at_most_20_skipped_reps_are_listed_and_the_others_counted() -> None:
    routing = choose_rep(team(*(rep(f"rep{number:02}@sales.example.com") for number in range(40))), NOW)
    assert len(routing.skipped) == 21
    assert (routing.skipped[-1].rep, routing.skipped[-1].why) == ("19 more", "are not listed")


# --- Before anybody else

OWNS = Preference(rep=SAM, because="owns the target account acme.com")
HAD = Preference(rep=KIM, because="had the lead before")


def test_a_preferred_rep_gets_the_lead_without_losing_a_turn() -> None:
    routing = choose_rep(team(rep(SAM), rep(KIM), pools=pool_with_balances(kim=HALF)), NOW, preferred=[OWNS])
    assert (routing.chosen, routing.why, routing.turn) == (SAM, OWNS.because, None)
    assert [(said.rep, said.why) for said in routing.skipped] == [(KIM, "somebody else comes first")]


def test_the_first_available_preferred_rep_gets_the_lead() -> None:
    assert choose_rep(team(rep(SAM), rep(KIM)), NOW, preferred=[OWNS, HAD]).chosen == SAM
    full = choose_rep(team(rep(SAM, open_handoffs=25), rep(KIM), rep(LEE)), NOW, preferred=[OWNS, HAD])
    assert (full.chosen, full.why) == (KIM, HAD.because)
    neither = choose_rep(team(rep(LEE)), NOW, preferred=[OWNS, HAD])
    assert neither.chosen == LEE
    assert [said.why for said in neither.skipped] == [
        f"{each.because}, but is not on the team's roster" for each in (OWNS, HAD)
    ]


def test_a_preferred_rep_need_not_work_the_territory() -> None:
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
            "has 25 of at most 25 open leads",
            id="who works elsewhere, which is not why",
        ),
    ],
)
def test_the_routing_tells_the_reason_for_skipping_a_preferred_rep(owner: Rep, why: str) -> None:
    roster = team(owner, rep(KIM), territories=frozenset({"north", "south"}))
    routing = choose_rep(roster, NOW, territory="north", preferred=[OWNS])
    assert routing.chosen == KIM
    assert [(said.rep, said.why) for said in routing.skipped] == [(SAM, f"{OWNS.because}, but {why}")]


def test_a_preferred_rep_who_has_had_the_lead_is_skipped_with_that_reason() -> None:
    [said] = choose_rep(team(rep(SAM), rep(KIM)), NOW, had_it=[SAM], preferred=[OWNS]).skipped
    assert said.why == f"{OWNS.because}, but had it already"


def test_a_preference_is_kept_only_for_a_waiting_lead() -> None:
    assert choose_rep(team(rep(KIM)), NOW, preferred=[OWNS]).preferred == ()
    assert choose_rep(team(rep(SAM, open_handoffs=25)), NOW, preferred=[OWNS]).preferred == (OWNS,)


def test_a_waiting_line_keeps_a_preferred_rep_of_another_territory() -> None:
    people = rep(SAM, territories=["south"], open_handoffs=25), rep(KIM, territories=["north"], open_handoffs=25)
    routing = choose_rep(team(*people, territories=NORTH), NOW, territory="north", preferred=[OWNS, HAD])
    assert (routing.chosen, routing.besides) == (None, (SAM,))
    line = WaitingLine(waiting=1, candidates=(SAM,))
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
def test_the_leads_of_a_territory_are_shared_by_the_reps_who_work_there(
    people: list, territory: str | None, able: set[str]
) -> None:
    roster = team(*people, territories=NORTH)
    assert roster.members(territory) == able
    assert choose_rep(roster, NOW, territory=territory).chosen in (able or {None})


def test_turns_are_counted_separately_in_each_territory() -> None:
    pools = {"north": Pool(owed={LEE: HALF}, number=7), "*": Pool(owed={LEE: -HALF}, number=3)}
    routing = choose_rep(team(SAM_NORTH, LEE_ANY, pools=pools, territories=NORTH), NOW, territory="north")
    assert (routing.chosen, routing.territory) == (LEE, "north")
    assert routing.turn
    assert (routing.turn.pool, routing.turn.read) == ("north", 7)


def test_the_routing_tells_that_no_rep_works_a_territory() -> None:
    routing = choose_rep(team(KIM_SOUTH, territories=NORTH), NOW, territory="north")
    assert routing.why == "nobody on the team works territory north"
    assert [said.why for said in routing.skipped] == ["does not work territory north"]


# --- The line


def waiting(*lines: WaitingLine, name: str = "*") -> dict[str, Pool]:
    return {name: Pool(lines=lines, number=9)}


def test_a_new_lead_comes_after_the_waiting_leads() -> None:
    roster = team(rep(SAM), pools=waiting(WaitingLine(waiting=1)))
    new = choose_rep(roster, NOW, is_new=True)
    assert (new.chosen, new.why) == (None, "others wait already, and come first")
    assert [said.why for said in new.skipped] == ["comes to those first who wait already"]
    assert choose_rep(roster, NOW).chosen == SAM


def test_a_rep_who_has_had_the_waiting_leads_may_take_a_new_lead() -> None:
    roster = team(rep(SAM), rep(KIM), pools=waiting(WaitingLine(waiting=1, had_it=(SAM,))))
    assert choose_rep(roster, NOW, is_new=True).chosen == SAM


def test_a_new_lead_comes_after_waiting_leads_of_another_territory_for_the_same_rep() -> None:
    both = rep(SAM, territories=["north", "south"])
    roster = team(both, pools=waiting(WaitingLine(waiting=1), name="south"), territories=NORTH)
    assert choose_rep(roster, NOW, territory="north", is_new=True).chosen is None
    helped = team(both, rep(KIM, territories=["north"]), pools=roster.pools, territories=NORTH)
    assert choose_rep(helped, NOW, territory="north", is_new=True).chosen == KIM


def test_an_empty_waiting_line_delays_no_new_lead() -> None:
    assert choose_rep(team(rep(SAM), pools=waiting(WaitingLine(waiting=0))), NOW, is_new=True).chosen == SAM


def test_a_lead_by_a_form_needs_room_beside_all_that_a_rep_holds_and_any_other_only_beside_what_counts() -> None:
    flooded = rep(SAM, capacity=4, open_handoffs=4, unaccepted_forms=3)
    assert choose_rep(team(flooded), NOW, by_form=True).chosen is None
    assert choose_rep(team(flooded), NOW, by_form=True).skipped[0].why == "has 4 of at most 4 open leads"
    given = choose_rep(team(flooded), NOW)
    assert (given.chosen, given.counted) == (SAM, (4, 3, 4))
    assert choose_rep(team(rep(SAM, capacity=4, open_handoffs=3, unaccepted_forms=3)), NOW).counted is None


@pytest.mark.parametrize(
    ("held", "by_form", "chosen"),
    [
        pytest.param(4, False, SAM, id="a lead of whom more is known passes forms for which there is no room"),
        pytest.param(3, False, None, id="not those that come next"),
        pytest.param(3, True, None, id="and no form passes another"),
    ],
)
def test_who_waits_by_a_form_comes_first_only_while_there_is_room_for_forms(
    held: int, by_form: bool, chosen: str | None
) -> None:
    flooded = rep(SAM, capacity=4, open_handoffs=held, unaccepted_forms=3)
    roster = team(flooded, pools=waiting(WaitingLine(waiting=1, by_form=True)))
    assert choose_rep(roster, NOW, is_new=True, by_form=by_form).chosen == chosen


def test_an_available_preferred_rep_gets_a_new_lead_before_the_waiting_leads() -> None:
    roster = team(rep(SAM), pools=waiting(WaitingLine(waiting=1)))
    assert choose_rep(roster, NOW, preferred=[OWNS], is_new=True).chosen == SAM


def test_the_manager_addresses_of_a_roster_leave_out_pending_and_removed_managers() -> None:
    roster = team(
        rep(SAM),
        rep("maria@example.com", role=Role.MANAGER),
        rep("ada@example.com", role=Role.MANAGER, subscription="unprotected"),
        rep("new@example.com", role=Role.MANAGER, subscription="pending"),
        rep("gone@example.com", role=Role.MANAGER, subscription="removed"),
    )
    assert manager_addresses(roster) == ["ada@example.com", "maria@example.com"]
