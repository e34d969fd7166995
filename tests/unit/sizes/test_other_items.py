"""The items of lists, accounts, agreements and visitors fit where they are stored, at the largest that is taken."""

import json

from baton.agreement.reading.agreement_reader import MAX_CHARACTERS, MAX_KEPT
from baton.aws.table import account_items
from baton.aws.web.http import MAX_BYTES
from baton.domain.accounts.account import Account
from baton.domain.imports.list_import import Import, Reading
from baton.domain.signing.draft_signatures import Draft
from baton.domain.trust.speakers import Speaker
from baton.intake.accounts.account_fields import MAX_DOMAINS
from baton.intake.imports.column_mapping import MAX_COLUMNS
from baton.intake.imports.import_terms import MAX_OF_THE_LINE
from baton.intake.signals.signal_fields import MAX_PROPERTIES
from bench.dynamodb_units import size
from tests.unit.given import NOW
from tests.unit.sizes import largest_lead as largest

ITEM = 400 * 1024
A_NOTE = 1_000


def test_a_list_with_the_largest_terms_and_as_many_columns_as_it_may_have_fits_an_item() -> None:
    reading = Reading(
        separator=",",
        width=MAX_COLUMNS,
        columns={f"properties.{largest.letters(60)}": number for number in range(MAX_COLUMNS)},
        left_out=tuple(range(MAX_COLUMNS)),
        further={f"properties.{largest.letters(60)}": tuple(range(6)) for _ in range(MAX_COLUMNS)},
        units=dict.fromkeys(range(MAX_COLUMNS), 1_000_000),
        only={number: largest.signs(500) for number in range(MAX_OF_THE_LINE)},
        line=10**6,
        encoding="utf-8",
    )
    terms = {"kind": "leads", "mapping": largest.signs(MAX_BYTES // 4)}
    kept = Import(import_id=largest.letters(24), terms=terms, by=largest.letters(254), created_at=NOW, reading=reading)

    assert len(kept.model_dump_json().encode()) + 1_000 <= ITEM / 2


def test_an_account_of_as_many_domains_as_it_may_have_fits_an_item() -> None:
    account = Account(
        domain=largest.letters(253),
        name=largest.signs(200),
        owner=largest.letters(254),
        domains=tuple(largest.letters(253) for _ in range(MAX_DOMAINS)),
    )

    assert len(json.dumps(account_items.listed("table", account, None))) <= ITEM / 8


def test_a_version_of_the_agreement_and_its_drafts_fit_an_item() -> None:
    signed = {"draft_id": largest.letters(24), "base_version": 1, "created_by": largest.letters(254), "created_at": NOW}
    changed = {"changed_by": largest.letters(254), "changed_at": NOW, "note": largest.signs(A_NOTE)}
    draft = Draft.model_validate(signed | changed | {"yaml": "x" * MAX_CHARACTERS})

    assert len(draft.model_dump_json().encode()) + 10_000 <= ITEM
    assert MAX_CHARACTERS + MAX_KEPT + 10_000 <= ITEM


def test_a_signal_of_a_visitor_whom_nobody_knows_fits_an_item_as_it_is() -> None:
    properties = {largest.letters(60): largest.signs(500) for _ in range(MAX_PROPERTIES)}
    sent = largest.signal([], Speaker.MACHINE, largest.letters(60), properties=properties, message=largest.signs(4_000))
    item = {"body": {"S": sent.model_dump_json(exclude_none=True)}}

    assert size(item) <= ITEM / 2
