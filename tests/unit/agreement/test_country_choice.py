"""The choice of countries in the sample forms: it needs no script, and sends codes that Baton knows."""

import re

import pytest

from baton.agreement.places.country_codes import COUNTRIES, country_code
from tools.places import FORMS

OPTION = re.compile(r'<option value="([^"]*)">([^<]*)</option>')


@pytest.mark.parametrize("page", sorted(FORMS.glob("*.html")), ids=lambda page: page.stem)
def test_a_sample_form_offers_each_country_by_its_code(page) -> None:
    text = page.read_text(encoding="utf-8")
    [choice] = re.findall(r'<select id="country" name="country" autocomplete="country">(.*?)</select>', text, re.DOTALL)
    (first, *countries) = OPTION.findall(choice)
    assert first == ("", "")
    assert sorted(code for code, _ in countries) == sorted(COUNTRIES)
    assert [code for code, name in countries if country_code(name.replace("&amp;", "&")) != code] == []
    assert [name for _, name in countries if "&" in name.replace("&amp;", "")] == []
