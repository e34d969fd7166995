"""The section `webhooks` of an agreement: the names of marketing tools, and their meaning for Baton."""

import pytest

from baton.agreement.reading.agreement_reader import AgreementFaults, packaged_text, read_agreement
from baton.agreement.webhooks.webhook_clauses import OurField
from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.intake.fields.fact_fields import FACTS
from baton.intake.webhooks import delivery_reader
from baton.intake.webhooks.delivery_reader import agreed_names
from tests.unit.given import AGREEMENT

WITHOUT = packaged_text()[: packaged_text().index("\nwebhooks:")]


def with_names(text: str) -> str:
    return f"{WITHOUT}\nwebhooks:\n  standard: {text}\n"


def test_each_webhook_source_has_a_sender_module_that_verifies_and_reads() -> None:
    senders = {source: delivery_reader.sender(source) for source in SOURCES}
    assert all(callable(sender.verify) and callable(sender.read) for sender in senders.values())


def test_a_form_name_maps_to_its_signal_kind_and_a_path_to_its_field() -> None:
    agreement = read_agreement(with_names("{events: {Call me: consultation}, fields: {a: company.name, b: bant.need}}"))
    names = agreed_names(agreement, "standard")
    assert names.agreed_kind("call-me") == "consultation_requested"
    assert (names.agreed_field("A"), names.agreed_field("b"), names.agreed_field("c")) == ("company", "need", None)


def test_an_agreement_without_a_webhooks_section_maps_no_names() -> None:
    kept = AGREEMENT.model_copy(update={"rules": {name: AGREEMENT.rules[name] for name in ("threshold", "fit")}})
    assert agreed_names(kept, "hubspot").agreed_kind("deal.propertyChange") is None
    assert agreed_names(AGREEMENT, "hubspot").agreed_kind("deal.propertyChange") == "ignore"


def test_every_fact_of_a_lead_may_be_mapped_from_a_tool_field() -> None:
    theirs = OurField.__args__  # type: ignore[attr-defined]
    assert {name for name in theirs if "." not in name} == {
        *FACTS,
        *("email", "message", "campaign", "content", "opt_out", "ignore"),
    }
    normal = read_agreement(with_names(f"{{fields: {{{', '.join(f'f{n}: {p}' for n, p in enumerate(theirs))}}}}}"))
    assert {*normal.rules["webhooks"]["standard"]["fields"].values()} == {name for name in theirs if "." not in name}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{fields: {a: shoe_size}}", "webhooks.standard.fields.a"),
        ("{events: {a: Two Words}}", "webhooks.standard.events.a"),
        ("{event: {}}", "webhooks.standard.event"),
        ("{}\n  salesforce: {}", "webhooks.salesforce"),
    ],
    ids=["a field", "a kind", "a word", "a tool"],
)
def test_an_unknown_field_kind_word_or_tool_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(AgreementFaults) as refused:
        read_agreement(with_names(text))
    assert place in [fault.place for fault in refused.value.faults]
