"""Fixtures of the integration tests, which run Baton's own functions against an AWS of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.calls import Calls
from tests.integration.deployment import deployment, new_deployment
from tests.integration.stack import Stack
from tests.integration.tables import SECOND
from tests.integration.world import KIM, MO, SAM, World, in_place_of_aws, living_in

__all__ = ["deployment", "new_deployment"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at how many points functions were stopped, and how many webhooks were forged."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    points = [value for report in reports for name, value in report.user_properties if name == "crash_points"]
    if points:
        terminalreporter.write_line(f"crash points: {sum(points)} in {len(points)} scenes")
    if told := [value for report in reports for name, value in report.user_properties if name == "forged_webhooks"]:
        terminalreporter.write_line(f"forged webhooks: {told[0]}")


@dataclass(frozen=True)
class Beginnings:
    """A stack of Baton, how it is brought back to either beginning, and how a new moto comes to hold it."""

    stack: Stack
    without_people: Callable[[], None]
    with_people: Callable[[], None]
    take_up: Callable[[], None]


@dataclass(frozen=True)
class Prepared:
    """AWS of one module of tests, and how it is brought back to either beginning."""

    stack: Stack
    calls: Calls
    without_people: Callable[[], None]
    with_people: Callable[[], None]


@pytest.fixture(scope="session")
def made() -> list[Beginnings]:
    """The beginnings that the first module has made for all that follow: each would take half a second."""
    return []


@pytest.fixture(scope="module")
def prepared(made: list[Beginnings]) -> Iterator[Prepared]:
    calls = Calls()
    with in_place_of_aws(calls):
        if made and not SECOND:
            made[0].take_up()
        else:
            made[:] = [_beginnings(calls)]
        [begun] = made
        yield Prepared(begun.stack, calls, begun.without_people, begun.with_people)
        begun.without_people()


def _beginnings(calls: Calls) -> Beginnings:
    stack = Stack()
    stack.create()
    with living_in(World(stack, calls)) as world:
        world.agree(packaged_text())
        without_people = stack.keep()
        world.hire(SAM, KIM)
        world.hire(MO, role="manager")
        with_people = stack.keep()
    return Beginnings(stack, without_people, with_people, stack.put_aside())


@pytest.fixture
def empty_world(prepared: Prepared) -> Iterator[World]:
    """The packaged agreement is in force, and nobody is on the roster."""
    prepared.without_people()
    with living_in(World(prepared.stack, prepared.calls)) as world:
        yield world


@pytest.fixture
def world(prepared: Prepared) -> Iterator[World]:
    """The packaged agreement is in force; Sam and Kim get leads, Mo is their manager."""
    prepared.with_people()
    with living_in(World(prepared.stack, prepared.calls)) as world:
        yield world
