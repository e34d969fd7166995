"""Retention periods of personal data, as both departments write them."""

from datetime import timedelta

import pytest

from baton.agreement.terms.retention_terms import RetentionTerms, parse_retention


@pytest.mark.parametrize(
    ("text", "days"), [("90 days", 90), ("2 weeks", 14), ("18 months", 540), ("1 year", 365), (" 10years ", 3650)]
)
def test_a_retention_period_such_as_18_months_is_parsed(text: str, days: int) -> None:
    assert parse_retention(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "90", "90d", "6 days", "11 years", "-1 year", "1.5 years", "two years", 90, None])
def test_any_other_text_for_a_retention_period_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="kept"):
        parse_retention(text)


def test_retention_terms_stored_as_json_are_read_back_unchanged() -> None:
    terms = RetentionTerms.model_validate({"lost": "2 years", "spam": "90 days"})
    assert RetentionTerms.model_validate_json(terms.model_dump_json()) == terms
