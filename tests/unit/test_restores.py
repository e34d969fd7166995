"""A function that starts from a snapshot has nothing in it that belongs to the time or place of the snapshot."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.lean.comparison import WAITED_FOR

TRIAL = Path(__file__).with_name("snapshot_trial.py")
HOLDS = {
    "submit_form": ["Agreements", "Secrets"],
    "receive_webhook": ["Agreements", "Secrets"],
    "show_link": ["Agreements", "Secrets"],
    "use_link": ["Agreements", "Secrets"],
    "accept_handoff": ["Agreements"],
}


@cache
def trials(kind: str, *functions: str) -> Any:
    """What the environments of each function do, started in this way."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    done = subprocess.run(
        [sys.executable, TRIAL, *functions],
        env={**environment, "AWS_LAMBDA_INITIALIZATION_TYPE": kind},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def trial(function: str) -> Any:
    return trials("snap-start", *WAITED_FOR)[function]


def test_every_function_that_may_start_from_a_snapshot_is_tried() -> None:
    assert HOLDS.keys() == set(WAITED_FOR)


@pytest.mark.parametrize("function", WAITED_FOR)
def test_a_restored_function_has_no_agreement_and_no_secret_of_before(function: str) -> None:
    """The clock that they go by stands still in a snapshot: a week later they would count as fresh."""
    found = trial(function)

    assert [each["old"] for each in found["restored"]] == [[], []]
    assert found["unrestored"]["old"] == HOLDS[function], "the trial has seen the caches"


@pytest.mark.parametrize("function", WAITED_FOR)
def test_a_restored_function_asks_the_container_for_keys_of_its_own(function: str) -> None:
    found = trial(function)
    keys = [each["call"][0] for each in (*found["restored"], found["unrestored"])]

    assert found["before"][0] == keys[2], "those of before are kept without a restore"
    assert len(set(keys)) == 3


@pytest.mark.parametrize("function", WAITED_FOR)
def test_a_restored_function_opens_connections_of_its_own(function: str) -> None:
    found = trial(function)
    connections = [found["before"][1], *(each["call"][1] for each in found["restored"])]

    assert len(set(connections)) == 3


@pytest.mark.parametrize("function", WAITED_FOR)
def test_two_restored_environments_draw_different_random_numbers(function: str) -> None:
    """Those of one snapshot would else pause for the same time, and meet again at the same lead."""
    one, two = (each["random"] for each in trial(function)["restored"])

    assert one != two


def test_a_function_that_starts_as_usual_has_nothing_to_renew() -> None:
    assert trials("on-demand", "show_link") == {"show_link": {"hooks": 0}}
