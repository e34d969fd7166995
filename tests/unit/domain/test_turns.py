"""Turns of reps: leads are shared by weight, within the bounds that docs/fairness.md proves."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from math import log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import NO_TERRITORY, Pool, Roster
from baton.domain.teams.routing import choose_rep
from baton.domain.teams.turns import LEAD, balance_in_words, credited, shares
from tests.unit.given import NOW, rep

NAMES = [f"rep{number}@sales.example.com" for number in range(12)]
weights = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 100), min_size=1)


class Team:
    """People who get one lead after the other, and what was proven of what they are owed."""

    def __init__(self, weights: dict[str, int]) -> None:
        self.people = {email: rep(email, weight=weight, capacity=1000) for email, weight in weights.items()}
        self.pool, self.got, self.given = Pool(), Counter[str](), 0

    def give(self, able: Iterable[str]) -> str:
        """One more lead, which these people can take."""
        self.given += 1
        here = tuple(self.people[email] for email in able)
        routing = choose_rep(Roster(here, {NO_TERRITORY: self.pool}), NOW)
        assert routing.chosen
        assert routing.turn
        self.got[routing.chosen] += 1
        moment = NOW + timedelta(seconds=self.given)
        self.people[routing.chosen] = self.people[routing.chosen].model_copy(update={"last_offered_at": moment})
        self.pool = Pool(owed=routing.turn.owed, number=self.pool.number + 1)
        return routing.chosen

    @property
    def owed(self) -> list[float]:
        return [self.pool.owed.get(email, 0) / LEAD for email in self.people]


@given(weights)
def test_the_shares_of_a_lead_add_up_to_one_and_follow_the_weights_to_a_millionth(weights: dict[str, int]) -> None:
    parts, total = shares(weights), sum(weights.values())
    assert sum(parts.values()) == LEAD
    for name, part in parts.items():
        assert abs(part - Fraction(weights[name] * LEAD, total)) < 1


def harmonic(people: int) -> float:
    return sum(1 / number for number in range(1, people + 1))


@given(weights, st.integers(1, 300))
def test_in_a_constant_team_of_n_reps_no_rep_is_a_lead_ahead_or_ln_n_leads_behind(
    weights: dict[str, int], leads: int
) -> None:
    team = Team(weights)
    for _ in range(leads):
        team.give(weights)
        assert min(team.owed) > -1
        assert max(team.owed) <= harmonic(len(weights)) - 1 <= log(len(weights))
        assert sum(team.pool.owed.values()) == 0


@given(weights, st.integers(0, 200), st.integers(1, 200))
def test_any_sequence_of_leads_is_shared_by_weight(weights: dict[str, int], before: int, leads: int) -> None:
    team, total = Team(weights), sum(weights.values())
    for _ in range(before):
        team.give(weights)
    got = Counter(team.give(weights) for _ in range(leads))
    for name, weight in weights.items():
        assert abs(got[name] - leads * weight / total) <= harmonic(len(weights))


able_at_times = st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=1, max_size=300)


@given(able_at_times, st.randoms(use_true_random=False))
def test_in_a_changing_team_no_rep_is_more_leads_from_a_fair_share_than_half_the_other_reps(
    times: list[set[str]], chance: Random
) -> None:
    team = Team({name: chance.choice([1, 1, 2, 5, 100]) for name in NAMES})
    for able in times:
        team.give(able)
        assert max(map(abs, team.owed)) <= (len(NAMES) - 1) / 2
        assert sum(team.pool.owed.values()) == 0


def two_alike(team: Team, chance: Random) -> Sequence[str]:
    """Two who are owed almost the same: whoever gets the lead goes down, and the other up. The worst for a team."""
    names = sorted(team.people, key=lambda name: (team.pool.owed.get(name, 0), name))
    pairs = list(pairwise(names))
    closest = min(abs(team.pool.owed.get(a, 0) - team.pool.owed.get(b, 0)) for a, b in pairs)
    alike = [
        (a, b) for a, b in pairs if abs(team.pool.owed.get(a, 0) - team.pool.owed.get(b, 0)) <= closest + LEAD // 100
    ]
    return max(alike, key=lambda pair: (abs(team.pool.owed.get(pair[0], 0)), chance.random()))


def anybody(team: Team, chance: Random) -> Sequence[str]:
    return chance.sample(sorted(team.people), chance.randint(1, len(team.people)))


def all_but_one(team: Team, chance: Random) -> Sequence[str]:
    """Whoever is owed most never can."""
    return sorted(team.people, key=lambda name: team.pool.owed.get(name, 0))[:-1]


@pytest.mark.slow
@pytest.mark.parametrize("people", [2, 3, 5, 8, 12])
@pytest.mark.parametrize("who", [two_alike, anybody, all_but_one], ids=lambda who: who.__name__)
def test_the_bounds_hold_over_thousands_of_leads_for_adverse_availability(
    people: int, who: Callable[[Team, Random], Sequence[str]]
) -> None:
    team, chance = Team(dict.fromkeys(NAMES[:people], 1)), Random(people)
    for _ in range(2_000):
        team.give(who(team, chance))
        assert max(map(abs, team.owed)) <= (people - 1) / 2


def test_a_rep_who_was_away_does_not_catch_up() -> None:
    sam, kim, lee = NAMES[:3]
    team = Team({sam: 1, kim: 1, lee: 1})
    for _ in range(100):
        team.give([sam, kim])
    after = [team.give([sam, kim, lee]) for _ in range(30)]
    assert max(Counter(after).values()) <= 11
    assert after[:3].count(lee) <= 1


def test_a_new_rep_begins_with_a_fair_share_and_resets_no_other_rep() -> None:
    sam, kim, lee = NAMES[:3]
    team = Team({sam: 3, kim: 1, lee: 1})
    for _ in range(101):
        team.give([sam, kim])
    before = dict(team.pool.owed)
    team.give([sam, kim, lee])
    weights = {sam: 3, kim: 1, lee: 1}
    assert credited(before, weights).keys() == {sam, kim, lee}
    got = Counter(team.give(weights) for _ in range(50))
    assert all(abs(got[name] - 10 * weight) <= 2 for name, weight in weights.items())


def test_a_batch_of_leads_is_shared_by_turns_and_not_by_open_handoffs() -> None:
    team = Team(dict.fromkeys(NAMES[:5], 1))
    team.people[NAMES[0]] = team.people[NAMES[0]].model_copy(update={"open_handoffs": 500})
    got = Counter(team.give(NAMES[:5]) for _ in range(10))
    assert set(got.values()) == {2}


def test_the_turns_do_not_depend_on_the_order_of_the_reps() -> None:
    weights = {name: number + 1 for number, name in enumerate(NAMES[:4])}
    one, other = Team(weights), Team(dict(reversed(weights.items())))
    assert [one.give(weights) for _ in range(40)] == [other.give(reversed(weights)) for _ in range(40)]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (700_000, "0.7 of a lead behind their share"),
        (-254_900, "0.25 of a lead ahead of their share"),
        (1_000_000, "1 lead behind their share"),
        (-2_500_000, "2.5 leads ahead of their share"),
        (4_999, "just at their share"),
        (0, "just at their share"),
    ],
)
def test_the_balance_of_a_rep_is_told_in_words(amount: int, words: str) -> None:
    assert balance_in_words(amount) == words


def test_the_people_of_a_test_team_are_reps() -> None:
    assert isinstance(Team({NAMES[0]: 1}).people[NAMES[0]], Rep)
