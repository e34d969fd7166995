"""Forms on pages: what was typed stays in its field, and a fault stands beside it and has the focus."""

import pytest

from baton.outreach.pages.form_fields import (
    CORRECT,
    Choice,
    ChoiceList,
    DayField,
    Entered,
    Group,
    Part,
    SingleField,
    TextArea,
    TextLine,
    TimeField,
    form,
)
from tests.unit.outreach.link_page_examples import ParsedPage

CHOICE = Choice("reason", "Why?", {"a": "Because", "b": "Never mind"}, opening=["b"])
LIST = ChoiceList("channel", "How?", {"phone": "By phone", "email": "By e-mail"})
LINE, AREA = TextLine("amount", "How much?", 40), TextArea("note", "Note", 500)
DAY, TIME = DayField("until", "Until when?", "2026-11-24"), TimeField("next_at", "When?", "2026-12-24T10:00")
TYPED = {
    "reason": "b",
    "channel": "email",
    "amount": '"48" & <more>',
    "note": "\none\ntwo",
    "until": "2027-01-31",
    "next_at": "2026-12-01T10:00",
}
EVERY_FIELD: list[SingleField] = [CHOICE, LIST, LINE, AREA, DAY, TIME]
each_field = pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: field.name)


def controls(page: ParsedPage) -> list[dict[str, str | None]]:
    return [each for tag in ("input", "select", "textarea") for each in page.all(tag)]


@each_field
def test_a_form_without_anything_entered_has_no_fault_and_no_focus(field: SingleField) -> None:
    page = ParsedPage(form([field], "Save"))
    assert page.in_order
    assert not page.all("p")
    assert not any({"autofocus", "aria-invalid", "checked"} & set(each) for each in controls(page))


def test_what_was_typed_stays_in_every_field() -> None:
    page = ParsedPage(form(EVERY_FIELD, "Save", Entered(TYPED)))
    values = {each["name"]: each.get("value") for each in page.all("input") if each.get("type") != "radio"}
    assert values == {name: TYPED[name] for name in ("amount", "until", "next_at")}
    assert [each["value"] for each in page.all("input") if "checked" in each] == ["b"]
    assert [each["value"] for each in page.all("option") if "selected" in each] == ["email"]
    assert "\n\none\ntwo" in page.text, "a browser drops the first end of a line in a text area"
    assert page.in_order


@each_field
@pytest.mark.parametrize("typed", [TYPED, {}], ids=["typed", "empty"])
def test_a_fault_stands_beside_its_field_and_the_field_has_the_focus(field: SingleField, typed: dict[str, str]) -> None:
    page = ParsedPage(form(EVERY_FIELD, "Save", Entered(typed, {field.name: "It is wrong."})))
    marked = [each for tag in ("fieldset", "input", "select", "textarea") for each in page.all(tag)]
    [wrong] = [each for each in marked if "aria-invalid" in each]
    assert wrong["aria-describedby"] == f"{field.name}-fault"
    assert {"class": "fault", "id": f"{field.name}-fault"} in page.all("p")
    [focused] = [each for each in controls(page) if "autofocus" in each]
    assert focused["name"] == field.name
    assert "It is wrong." in page.text
    assert CORRECT in page.text


def test_the_first_wrong_field_of_the_page_has_the_focus_whatever_the_order_of_the_faults() -> None:
    faults = {"until": "Wrong.", "amount": "Wrong."}
    page = ParsedPage(form(EVERY_FIELD, "Save", Entered(TYPED, faults)))
    assert [each["name"] for each in controls(page) if "autofocus" in each] == ["amount"]
    assert [each["name"] for each in controls(page) if "aria-invalid" in each] == ["amount", "until"]


@pytest.mark.parametrize(("field", "typed"), [(DAY, "next week"), (TIME, "2026-12-01"), (DAY, "01.12.2026")])
def test_what_is_no_date_stays_as_text_where_a_browser_would_drop_it(field: SingleField, typed: str) -> None:
    [shown] = ParsedPage(form([field], "Save", Entered({field.name: typed}))).all("input")
    assert (shown["type"], shown["value"]) == ("text", typed)


def test_a_part_is_always_shown_if_something_is_wrong_with_it() -> None:
    fields = [CHOICE, Part([DAY])]
    assert ParsedPage(form(fields, "Save", Entered(TYPED))).all("div") == [{"data-opened": None}]
    assert ParsedPage(form(fields, "Save", Entered(TYPED, {"until": "Wrong."}))).all("div") == [{}]
    assert [each["value"] for each in ParsedPage(form(fields, "Save")).all("input") if "data-opens" in each] == ["b"]


def test_a_fault_of_a_field_that_the_form_lacks_and_a_notice_stand_above_the_form() -> None:
    page = form([Group("What?", [LINE])], "Save", Entered({}, {"elsewhere": "Gone."}, "Press again."))
    assert page.startswith('<p class="fault" role="alert">Press again. Gone.</p>\n<form method="post">')
    assert "autofocus" not in page
