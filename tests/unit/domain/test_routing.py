"""Who gets a lead, and what is said of everybody else."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.routing import Rep, Role, Subscription, choose, managers, why_not
from tests.unit.given import KIM, LEE, NOW, SAM, rep, rosters

YESTERDAY = NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("sam", "kim", "chosen"),
    [
        pytest.param({"open_handoffs": 2}, {"open_handoffs": 1}, KIM, id="whoever has fewer"),
        pytest.param({"open_handoffs": 3, "weight": 4}, {"open_handoffs": 1}, SAM, id="for their weight"),
        pytest.param({"last_offered_at": NOW}, {"last_offered_at": YESTERDAY}, KIM, id="then whoever waited longer"),
        pytest.param({}, {"last_offered_at": YESTERDAY}, SAM, id="longest of all, whoever never had one"),
        pytest.param({}, {}, KIM, id="then the alphabet"),
        pytest.param({}, {"open_handoffs": 25}, SAM, id="never somebody with enough to do"),
        pytest.param({"open_handoffs": 24}, {"role": Role.MANAGER}, SAM, id="never a manager"),
        pytest.param({"open_handoffs": 24}, {"subscription": "pending"}, SAM, id="never somebody without mail"),
    ],
)
def test_a_lead_goes_to(sam: dict, kim: dict, chosen: str) -> None:
    assert choose([rep(SAM, **sam), rep(KIM, **kim)]).chosen == chosen


@given(st.data(), rosters)
def test_the_same_people_in_any_order_give_the_same_answer(data: st.DataObject, roster: list[Rep]) -> None:
    assert choose(data.draw(st.permutations(roster))) == choose(roster)


@given(rosters, st.sets(st.sampled_from(["ada@sales.example.com", "bo@sales.example.com"])))
def test_whoever_could_have_had_it_is_chosen_or_told_why_not(roster: list[Rep], had_it: set[str]) -> None:
    routing = choose(roster, had_it)
    told = [skipped.rep for skipped in routing.skipped] + [routing.chosen] * (routing.chosen is not None)
    candidates = [r.email for r in roster if r.role is Role.REP and r.subscription is not Subscription.REMOVED]
    assert sorted(told) == sorted(candidates)
    assert routing.why
    assert all(skipped.why for skipped in routing.skipped)


@given(rosters, st.sets(st.sampled_from(["ada@sales.example.com", "bo@sales.example.com"])))
def test_only_somebody_who_can_and_has_not_had_it_is_chosen(roster: list[Rep], had_it: set[str]) -> None:
    able = {r.email for r in roster if why_not(r) is None} - had_it
    chosen = choose(roster, had_it).chosen
    assert chosen in able if able else chosen is None


@pytest.mark.parametrize(
    ("skipped", "why"),
    [
        pytest.param(rep(LEE, subscription="pending"), "has not confirmed the address yet", id="pending"),
        pytest.param(rep(LEE, subscription="unprotected"), "confirmed by a click", id="unprotected"),
        pytest.param(rep(LEE, open_handoffs=25), "has 25 of at most 25 open handoffs", id="full"),
        pytest.param(rep(LEE, open_handoffs=3), "has 3 open handoffs at weight 1", id="busier"),
        pytest.param(rep(LEE, last_offered_at=NOW), "got a lead more recently", id="had one just now"),
    ],
)
def test_the_reason_for_skipping_somebody_is(skipped: Rep, why: str) -> None:
    [said] = choose([rep(SAM), skipped]).skipped
    assert said.rep == LEE
    assert said.why.startswith(why)


def test_whoever_had_it_is_skipped() -> None:
    [said] = choose([rep(SAM)], had_it=[SAM]).skipped
    assert said.why == "had it already"


def test_leads_are_shared_by_weight() -> None:
    team = {SAM: rep(SAM, weight=2, capacity=100), KIM: rep(KIM, capacity=100)}
    for _ in range(30):
        chosen = choose(list(team.values())).chosen
        team[chosen] = team[chosen].model_copy(update={"open_handoffs": team[chosen].open_handoffs + 1})
    assert (team[SAM].open_handoffs, team[KIM].open_handoffs) == (20, 10)


def test_managers_are_told_wherever_mail_reaches_them() -> None:
    roster = [
        rep(SAM),
        rep("maria@example.com", role=Role.MANAGER),
        rep("ada@example.com", role=Role.MANAGER, subscription="unprotected"),
        rep("new@example.com", role=Role.MANAGER, subscription="pending"),
        rep("gone@example.com", role=Role.MANAGER, subscription="removed"),
    ]
    assert managers(roster) == ["ada@example.com", "maria@example.com"]
