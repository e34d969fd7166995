"""The README tells of everything that is deployed."""

import re

import pytest

from tests.template.reading import QUEUES, ROOT, sources
from tools.event_schemas import schemas

README = (ROOT / "README.md").read_text()
ROUTES = sorted({(each.properties["Method"], each.properties["Path"]) for each in sources("Api")})
SHORTER = {"{lead_id}": "{id}", "{handoff_id}": "{id}", "{draft_id}": "{id}", "{version}": "{n}"}


def part(heading: str) -> str:
    """What stands under a heading."""
    return README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def told_routes() -> set[tuple[str, str]]:
    """The calls in the first column of the table of the API."""
    told = set()
    for row in re.findall(r"^\| (`[A-Z].*?) \|", part("API"), re.MULTILINE):
        verbs: list[str] = []
        for verb, path in re.findall(r"`(GET|POST|PUT|PATCH|DELETE)(?: (/[^`?]*)[^`]*)?`", row):
            verbs.append(verb)
            if path:
                told |= {(verb, path) for verb in verbs}
                verbs = []
    return told


def test_the_table_of_the_api_has_each_route_and_no_other() -> None:
    deployed = set()
    for verb, path in ROUTES:
        for long, short in SHORTER.items():
            path = path.replace(long, short)  # noqa: PLW2901
        deployed.add((verb, path))

    assert told_routes() == {(verb, path) for verb, path in deployed if verb != "HEAD"}


@pytest.mark.parametrize("event", schemas())
def test_each_kind_of_event_on_the_bus_is_listed(event: str) -> None:
    assert f"`{event}`" in part("Events")


@pytest.mark.parametrize("queue", QUEUES)
def test_it_is_told_what_to_do_with_what_lies_in_each_queue(queue: str) -> None:
    assert f"| `{queue}` |" in part("When something fails")
