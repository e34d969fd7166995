"""Whom mail does not reach: addresses that are lost, operations, and the last of SNS' addresses."""

import pytest

from baton.domain.teams.mail_reach import MAX_ADDRESSES, addresses_warning, is_lost, operations_warning
from baton.domain.teams.reps import Subscription
from baton.outreach.mails.roster_mails import addresses_lost, addresses_lost_by_name
from tests.unit.given import AGREEMENT

CONFIRMED, PENDING, UNPROTECTED, ENDED = (
    Subscription.CONFIRMED,
    Subscription.PENDING,
    Subscription.UNPROTECTED,
    Subscription.ENDED,
)


@pytest.mark.parametrize("before", [CONFIRMED, PENDING, UNPROTECTED, ENDED])
@pytest.mark.parametrize("after", [CONFIRMED, PENDING, UNPROTECTED, ENDED])
def test_each_change_of_an_address_away_from_confirmed_loses_it(before: Subscription, after: Subscription) -> None:
    lost = {
        *((CONFIRMED, state) for state in (PENDING, UNPROTECTED, ENDED)),
        *((UNPROTECTED, state) for state in (PENDING, ENDED)),
        (PENDING, ENDED),
    }
    assert is_lost(before, after) == ((before, after) in lost)


@pytest.mark.parametrize("states", [[CONFIRMED], [PENDING, CONFIRMED], [CONFIRMED, UNPROTECTED, ENDED]], ids=str)
def test_one_confirmed_address_of_operations_is_enough(states: list[Subscription]) -> None:
    assert operations_warning(states) is None


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], "nobody gets Baton's alarms; subscribe"),
        ([ENDED], "nobody gets Baton's alarms; subscribe"),
        ([PENDING], "nobody gets Baton's alarms, because no address of operations is confirmed"),
        ([PENDING, UNPROTECTED], "a mail scanner can end Baton's alarms"),
    ],
    ids=str,
)
def test_it_is_said_why_operations_are_not_reached_and_what_to_do(states: list[Subscription], words: str) -> None:
    said = operations_warning(states) or ""
    assert said.startswith(words)
    assert "POST /operations/confirmation" in said


def test_few_addresses_that_are_left_are_warned_of_before_there_are_none() -> None:
    assert [addresses_warning(number) is None for number in (0, 179, 180, MAX_ADDRESSES)] == [True, True, False, False]
    assert "200 of at most 200 people" in (addresses_warning(MAX_ADDRESSES) or "")


@pytest.mark.parametrize("state", [PENDING, UNPROTECTED, ENDED])
def test_operations_hear_of_a_lost_address_without_its_name_and_managers_with_it(state: Subscription) -> None:
    team = AGREEMENT.teams["sales"].model_copy(update={"label": "EMEA north"})
    agreed = AGREEMENT.model_copy(update={"teams": {"sales": team}})
    subject, text = addresses_lost("sales", agreed, [state])
    named = addresses_lost_by_name("sales", agreed, [("sam@sales.example.com", state)])
    assert "@" not in subject + text
    assert "team EMEA north" in subject
    assert "team EMEA north" in named[0]
    assert "sam@sales.example.com" in named[1]
    assert "POST /teams/sales/reps/{email}/confirmation" in text
    assert text.splitlines()[-2:] == named[1].splitlines()[-2:], "both are told the same remedy"
