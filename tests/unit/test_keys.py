"""Keys of the table: only `aws/table/keys` spells them, subjects have keys of their own, and each is read back."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.aws.table.keys import (
    account_keys,
    agreement_keys,
    anonymous_keys,
    duty_keys,
    erasure_keys,
    handoff_keys,
    intake_keys,
    item_key,
    lead_keys,
    report_keys,
    team_keys,
)
from baton.domain.events.recorded import event_id_of
from baton.domain.leads.duty import duty_id_of
from baton.domain.leads.handoff import handoff_id_of
from baton.domain.teams import team_events
from tests.unit.parsed import nodes_of

ROOT = Path(__file__).parents[2]
LAYER = ROOT / "layers" / "common" / "python" / "baton"
KEYS = LAYER / "aws" / "table" / "keys"
READERS = [
    path
    for folder in (LAYER / "aws", ROOT / "functions")
    for path in sorted(folder.rglob("*.py"))
    if not path.is_relative_to(KEYS)
]
ATTRIBUTES = {"pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"}
PLACEHOLDER = re.compile(r"(?:^|(?<=[ (]))#[a-z]\w*")
WORDS = {*lead_keys.Kind, *report_keys.Reported, "AGREEMENT", "ACCOUNT", "PERSON", "KEPT", "REP", "TURNS", "BOOKS"}

words = st.text("abcdefghijklmnopqrstuvwxyz0123456789.:-", min_size=1, max_size=12)
names = st.text("abcdefghijklmnopqrstuvwxyz0123456789.:-#@", min_size=1, max_size=12)
ids = st.text("0123456789abcdef", min_size=4, max_size=8)
numbers = st.integers(1, 999)
moments = st.integers(1_600_000_000_000, 3_000_000_000_000).map(lambda at: datetime.fromtimestamp(at / 1000, UTC))


def texts_of(module: Path) -> Iterator[str]:
    """The literals of a module that are no docstrings, and its subscripts by a key attribute."""
    nodes = nodes_of(module)
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def spells_a_key(text: str) -> bool:
    return "#" in PLACEHOLDER.sub("", text) or text in ATTRIBUTES or text in WORDS


def test_no_module_outside_aws_table_keys_spells_or_splits_a_key() -> None:
    texts = [(str(module.relative_to(ROOT)), text) for module in READERS for text in texts_of(module)]
    assert [(module, text) for module, text in texts if spells_a_key(text)] == []


@pytest.mark.parametrize("text", ["EVENT#", "#", "LEAD", "pk", "gsi1sk", "REP#{owner}#open"])
def test_a_literal_that_spells_a_key_is_recognised(text: str) -> None:
    assert spells_a_key(text)


@pytest.mark.parametrize("text", ["#capacity", "open_handoffs < #capacity", "pk = :lead AND sk > :after", "lead"])
def test_a_placeholder_or_a_condition_is_not_taken_for_a_key(text: str) -> None:
    assert not spells_a_key(text)


def handoff_round_trip(lead_id: str, number: int) -> tuple[object, object]:
    handoff_id = handoff_id_of(lead_id, number)
    key = handoff_keys.handoff(handoff_id)
    return (handoff_keys.handoff_id_of(key), handoff_keys.lead_id_of(handoff_id)), (handoff_id, lead_id)


def event_round_trip(lead_id: str, number: int) -> tuple[object, object]:
    event_id = event_id_of(lead_id, number)
    key = lead_keys.event(event_id)
    read = lead_keys.lead_id_of(key), lead_keys.lead_id_of_event(event_id), item_key.sort_key_of(key)
    return read, (lead_id, lead_id, lead_keys.event_sort_key(number))


def duty_round_trip(lead_id: str, number: int) -> tuple[object, object]:
    key = duty_keys.duty(duty_id_of(lead_id, number))
    kind, name = lead_keys.kind_and_name(key)
    return (lead_keys.lead_id_of(key), kind, int(name)), (lead_id, lead_keys.Kind.DUTY, number)


def team_event_round_trip(team: str, number: int) -> tuple[object, object]:
    key = team_keys.team_event(team_events.event_id_of(team, number))
    return (team_keys.team_of(key), item_key.sort_key_of(key)), (team, lead_keys.event_sort_key(number))


ROUND_TRIPS: dict[str, tuple[Callable[..., tuple[object, object]], tuple[st.SearchStrategy[Any], ...]]] = {
    "handoff": (handoff_round_trip, (ids, numbers)),
    "event": (event_round_trip, (ids, numbers)),
    "duty": (duty_round_trip, (ids, numbers)),
    "team event": (team_event_round_trip, (words, numbers)),
    "lead": (lambda lead_id: (lead_keys.lead_id_of(lead_keys.lead(lead_id)), lead_id), (ids,)),
    "repeat mark": (
        lambda lead_id, source, name: (
            lead_keys.source_and_name(lead_keys.kind_and_name(lead_keys.seen(lead_id, source, name))[1]),
            (source, name),
        ),
        (ids, words, names),
    ),
    "external id": (
        lambda lead_id, source, name, at: (
            (
                lead_keys.source_and_name(lead_keys.kind_and_name(lead_keys.external_id(lead_id, source, name, at))[1]),
                lead_keys.lead_id_of(lead_keys.external_id(lead_id, source, name, at)),
            ),
            ((source, name), lead_id),
        ),
        (ids, words, names, moments),
    ),
    "company": (
        lambda lead_id, company: (
            (
                lead_keys.kind_and_name(lead_keys.company_pointer(lead_id, company))[1],
                lead_keys.lead_id_of(lead_keys.company_pointer(lead_id, company)),
            ),
            (company, lead_id),
        ),
        (ids, names),
    ),
    "anonymous id": (
        lambda lead_id, name: (lead_keys.anonymous_id_of(lead_keys.anonymous_id(lead_id, name)), name),
        (ids, names),
    ),
    "account": (lambda under: (account_keys.listed_under(account_keys.account(under)), under), (names,)),
    "rep": (
        lambda team, email: (
            (team_keys.team_of(team_keys.rep(team, email)), *team_keys.kind_and_name(team_keys.rep(team, email))),
            (team, "rep", email),
        ),
        (words, names),
    ),
    "pool": (
        lambda team, pool: (
            (team_keys.team_of(team_keys.pool(team, pool)), *team_keys.kind_and_name(team_keys.pool(team, pool))),
            (team, "pool", pool),
        ),
        (words, names),
    ),
    "draft": (lambda draft_id: (agreement_keys.draft_id_of(agreement_keys.draft(draft_id)), draft_id), (ids,)),
    "daily balance": (
        lambda at: (report_keys.day_of(report_keys.daily_balance(at.date())), at.date()),
        (moments,),
    ),
    "month of a report": (
        lambda at, which: (
            datetime.fromisoformat(
                report_keys.counted_at(report_keys.report_index(report_keys.Reported.MOVES, at, which))
            ),
            at,
        ),
        (moments, words),
    ),
    "figures of an erased lead": (
        lambda erased_as, at, which, number: (
            report_keys.counted_at(
                erasure_keys.erased_item(
                    lead_keys.event(event_id_of(which, number))
                    | report_keys.report_index(report_keys.Reported.MOVES, at, which),
                    erased_as,
                )
            ),
            report_keys.counted_at(report_keys.report_index(report_keys.Reported.MOVES, at, which)),
        ),
        (ids, moments, ids, numbers),
    ),
    "waiting line": (
        lambda team, pool, line, rest: (
            (
                handoff_keys.team_of_rank(handoff_keys.line_prefix(team, pool, line) + rest),
                handoff_keys.waiting_since(
                    handoff_keys.line_prefix(team, pool, line) + rest,
                    handoff_keys.line_prefix(team, pool, line),
                ),
                handoff_keys.is_by_form(handoff_keys.line_name(line)),
            ),
            (team, rest, line[2]),
        ),
        (words, words, st.tuples(st.lists(names).map(tuple), st.lists(names).map(tuple), st.booleans()), names),
    ),
}


@pytest.mark.parametrize("what", ROUND_TRIPS)
@given(data=st.data())
def test_a_built_key_is_taken_apart_into_what_it_was_built_of(what: str, data: st.DataObject) -> None:
    round_trip, strategies = ROUND_TRIPS[what]
    read, built_of = round_trip(*(data.draw(strategy) for strategy in strategies))
    assert read == built_of


LEAD_ITEMS: tuple[Callable[[str, str], item_key.Key], ...] = (
    lambda lead_id, _: lead_keys.lead(lead_id),
    lambda lead_id, _: lead_keys.merged_histories(lead_id),
    lambda lead_id, name: lead_keys.seen(lead_id, "mail", name),
    lead_keys.anonymous_id,
    lead_keys.company_pointer,
    lambda lead_id, _: lead_keys.event(event_id_of(lead_id, 1)),
    lambda lead_id, _: handoff_keys.handoff(handoff_id_of(lead_id, 1)),
    lambda lead_id, _: duty_keys.duty(duty_id_of(lead_id, 1)),
)


@given(lead_id=ids, name=names)
def test_items_of_different_kinds_in_a_leads_partition_have_different_sort_keys(lead_id: str, name: str) -> None:
    built = [item_key.key_of(build(lead_id, name)) for build in LEAD_ITEMS]
    assert {item_key.partition_of(key) for key in built} == {lead_keys.lead_partition(lead_id)}
    assert len({item_key.sort_key_of(key) for key in built}) == len(LEAD_ITEMS)
    assert all(lead_keys.kind_and_name(key)[0] in set(lead_keys.Kind) for key in built)
    assert all(lead_keys.is_sort_key(item_key.sort_key_of(key)) for key in built)
    assert all(lead_keys.lead_id_of(key) == lead_id for key in built)


NAMED: dict[str, tuple[Callable[..., item_key.Key], tuple[st.SearchStrategy[Any], ...]]] = {
    "version": (agreement_keys.agreement_version, (numbers,)),
    "draft mark": (agreement_keys.draft_mark, (ids,)),
    "points proposal": (agreement_keys.points_proposal, (ids,)),
    "proposal mark": (agreement_keys.proposal_mark, (ids,)),
    "rescoring": (agreement_keys.rescoring, (numbers,)),
    "trial": (agreement_keys.trial, (ids,)),
    "agreements of a trial": (agreement_keys.trial_texts, (ids,)),
    "visitor's message": (anonymous_keys.anonymous_message, (ids, words, names)),
    "visitor's messages counted": (anonymous_keys.message_count, (ids,)),
    "visitor": (anonymous_keys.anonymous, (ids,)),
    "account event": (account_keys.account_event, (words, numbers)),
    "erasure": (erasure_keys.erasure, (ids,)),
    "erased figures": (erasure_keys.erased_figures, (ids, names)),
    "limit of an address": (intake_keys.limit_of_address, (words, ids)),
    "limit of a form": (intake_keys.limit_of_form, (words, numbers, moments)),
    "quarantined": (intake_keys.quarantined, (words, ids)),
    "import": (intake_keys.imported, (ids,)),
    "team log": (team_keys.team_log, (words,)),
    "report mail": (
        report_keys.report_mail,
        (st.just(date(2026, 11, 1)), st.dates(date(2026, 11, 2), date(2027, 1, 1)), st.sampled_from(["sales", "it"])),
    ),
}


@pytest.mark.parametrize("what", NAMED)
@given(data=st.data())
def test_different_subjects_have_different_keys(what: str, data: st.DataObject) -> None:
    build, strategies = NAMED[what]
    one, other = (tuple(data.draw(strategy) for strategy in strategies) for _ in range(2))
    assert (build(*one) == build(*other)) == (one == other)
