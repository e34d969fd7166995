"""README and docs describe everything that is deployed, and their links and examples are right."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from baton.agreement.reading.agreement_reader import read_agreement
from baton.domain.failures.failure_kinds import KINDS, FailureKind
from tests.template.parsed_template import ALARMS, QUEUES, RESOURCES, ROOT, TEMPLATE, sources
from tools.event_schemas import schemas

DOCS = ROOT / "docs"
READMES = [ROOT / "README.md", ROOT / "events" / "README.md", ROOT / "console" / "README.md"]
PAGES = [*READMES, ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
DEFAULT = ROOT / "layers" / "common" / "python" / "baton" / "agreement" / "default.yaml"
ROUTES = sorted({(each.properties["Method"], each.properties["Path"]) for each in sources("Api")})
SHORTER = {"{lead_id}": "{id}", "{handoff_id}": "{id}", "{draft_id}": "{id}", "{import_id}": "{id}", "{version}": "{n}"}


def test_each_output_of_the_stack_is_told_in_one_table_and_nothing_else_is() -> None:
    page = (DOCS / "operations.md").read_text()
    [table] = re.findall(r"^\| output \| what it is for \|\n((?:\|.*\n)+)", page, re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", table)) - {"Url"}
    queues = {f"{name}Url" for name in QUEUES}
    outputs = {*TEMPLATE["Outputs"]}
    assert (named | queues) & outputs == outputs
    assert named <= outputs


def words(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Where links can lead within a page."""
    headings = re.findall(r"^#+ (.*)$", words(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def laid_over(document: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """A document in which something is said otherwise, part by part."""
    return document | {
        name: laid_over(document[name], part) if isinstance(part, dict) and name in document else part
        for name, part in said.items()
    }


def told_routes() -> set[tuple[str, str]]:
    """The calls in the first column of the table of the API."""
    told = set()
    for row in re.findall(r"^\| (`[A-Z].*?) \|", (DOCS / "api.md").read_text(), re.MULTILINE):
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

    assert told_routes() == {(verb, path) for verb, path in deployed if verb not in ("HEAD", "OPTIONS")}


@pytest.mark.parametrize("event", schemas())
def test_each_kind_of_event_on_the_bus_is_listed_in_the_docs(event: str) -> None:
    assert f"`{event}`" in (DOCS / "events.md").read_text()


FAILURES = {
    name: (can_wait, command)
    for name, can_wait, command in re.findall(
        r"^\| `(\w+)` \| [^|]+ \| (yes|no) \| `([^`|]+)` \|$", (DOCS / "operations.md").read_text(), re.MULTILINE
    )
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_operations_page_tells_of_each_kind_of_failure_what_it_is_how_bad_and_one_command(
    kind: FailureKind,
) -> None:
    assert FAILURES[kind.name] == ("yes" if kind.can_wait else "no", kind.command)


def test_the_operations_page_tells_of_each_alarm_and_queue_and_of_nothing_else() -> None:
    assert {name for name, queue in QUEUES.items() if "RedrivePolicy" not in queue} <= {kind.name for kind in KINDS}
    assert set(FAILURES) == {kind.name for kind in KINDS} | set(ALARMS)


@pytest.mark.parametrize("output", sorted(set(re.findall(r"<(\w+)>", " ".join(c for _, c in FAILURES.values())))))
def test_what_a_command_names_is_an_output_of_the_stack(output: str) -> None:
    assert output in TEMPLATE["Outputs"]


def test_the_operations_page_names_all_that_a_deleted_stack_leaves_behind() -> None:
    section = (DOCS / "operations.md").read_text().split("### If the first deployment fails")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    kept = {id_ for id_, one in RESOURCES.items() if one.get("DeletionPolicy", "Delete") != "Delete"}

    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == kept


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_of_the_docs_leads_to_an_existing_page_and_heading(page: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", words(page)):
        path, _, anchor = link.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), link
        assert not anchor or anchor in anchors(there), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_lines_of_the_docs_have_at_most_120_characters(page: Path) -> None:
    assert [line for line in page.read_text().splitlines() if len(line) > 120 and not line.startswith("|")] == []


def test_the_readmes_quote_of_the_agreement_stands_in_the_packaged_agreement() -> None:
    (quoted,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    shipped = yaml.safe_load(DEFAULT.read_text())

    for name, said in yaml.safe_load(quoted).items():
        match said:
            case list():
                assert all(each in shipped[name] for each in said)
            case dict():
                assert said.items() <= shipped[name].items()
            case _:
                assert said == shipped[name]


@pytest.mark.parametrize("quoted", re.findall(r"```yaml\n(.*?)```", (DOCS / "agreement.md").read_text(), re.DOTALL))
def test_each_example_on_the_agreement_page_is_valid_in_an_agreement(quoted: str) -> None:
    read_agreement(yaml.safe_dump(laid_over(yaml.safe_load(DEFAULT.read_text()), yaml.safe_load(quoted))))


def test_each_parameter_of_the_template_is_explained_on_the_operations_page() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", (DOCS / "operations.md").read_text(), re.MULTILINE)

    assert set(TEMPLATE["Parameters"]) <= set(explained)
