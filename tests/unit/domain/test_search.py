"""The words by which leads are found, and what a query makes of them."""

import random
from typing import Any

import pytest

from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.search.lead_words import (
    MOST_WORDS,
    domain_words,
    phone_words,
    split,
    word_change,
    words_of,
)
from baton.domain.search.queries import QueryRefused, asked_words, is_found
from baton.domain.search.word_places import TOLD_APART, WordChange, word_place
from tests.unit.given import download, received

PEPPER = b"a pepper"


def person(
    email: str = "someone@example.com", company: str | None = None, domain: str | None = None, **known: Any
) -> Lead:
    about = {"email": email, "company": Company(name=company, domain=domain), "profile": Profile(**known)}
    return received(download()).model_copy(update=about)


JOERG = person(
    "joerg.mueller@gmail.com",
    "Straßenbau Lüdenscheid GmbH & Co. KG",
    "strassenbau.co.uk",
    first_name="Jörg",
    last_name="Müller-O’Brien",
    phone="+49 (0)30 901-820",
)


@pytest.mark.parametrize(
    "query",
    [
        *("jörg", "JÖRG", "joerg", "jorg", "Jo", "müller", "mueller", "muller", "Mül", "obrien", "o'bri", "O’Brien"),
        *(
            "Straßenbau",
            "strassenbau",
            "STRASSE",
            "lüdenscheid",
            "luedensch",
            "ludensch",
            "müller jörg",
            "müller-o'brien",
        ),
        *("strassenbau.co.uk", "strassenbau.c", "www.strassenbau.co.uk", "@strassenbau.co.uk"),
        *("joerg.mueller@gmail.com", "Joerg.Mueller@G", "joerg.m", "+49 30 9018", "030 901820", "0049309018", "30901"),
        *("jörg lüdenscheid mueller", "m. müller", "(030) 901 820"),
    ],
)
def test_a_lead_is_found_by_the_beginnings_of_its_words(query: str) -> None:
    assert is_found(asked_words(query), [JOERG])


@pytest.mark.parametrize(
    "query", ["müllerin", "rg", "enscheid", "jörg meier", "gmail", "joerg@", "030 901821", "901820", "example"]
)
def test_a_lead_is_not_found_by_what_no_word_of_it_begins_with(query: str) -> None:
    assert not is_found(asked_words(query), [JOERG])


@pytest.mark.parametrize("written", ["Muller", "Mueller", "MÜLLER", "Mu\u0308ller"])
@pytest.mark.parametrize("query", ["müller", "Mu\u0308l", "MÜLL"])
def test_a_name_with_an_umlaut_is_found_however_it_was_written(written: str, query: str) -> None:
    assert is_found(asked_words(query), [person(last_name=written)])


@pytest.mark.parametrize("name", ["田中", "Ольга", "Ørsted", "महेश", "Łukasz", "محمد", "Ñandú"])
def test_names_in_any_letters_are_found(name: str) -> None:
    assert is_found(asked_words(name), [person(first_name=name)])
    assert is_found(asked_words(name[:2].lower()), [person(first_name=name)])


@pytest.mark.parametrize("query", ["a.schmidt@acme.example", "a.schmidt@ac"])
def test_an_address_is_looked_up_by_each_of_its_words_that_is_long_enough(query: str) -> None:
    lead = person("a.schmidt@acme.example")
    assert is_found(asked_words(query), [lead])
    assert not is_found(asked_words(query), [person("a.schmid@acme.example"), person("b.meier@acme.example")])


def test_a_merged_lead_is_found_by_the_words_of_both() -> None:
    before, stays = person("anna@old.example", "Oldcorp"), person("anna@new.example", "Newcorp", first_name="Anna")
    assert is_found(asked_words("anna oldcorp"), [before, stays])


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("a", "single letters"),
        (" a b  c ", "single letters"),
        ("", "no letter"),
        ("***", "no letter"),
        ("@.-", "no letter"),
        ("☎", "no letter"),
        ("x" * 1_000, "at most 200"),
        ("ab " * 300, "at most 200"),
    ],
)
def test_a_query_by_which_nothing_can_be_found_is_refused_in_words(query: str, why: str) -> None:
    with pytest.raises(QueryRefused, match=why):
        asked_words(query)


def test_any_text_is_searched_for_or_refused() -> None:
    chance = random.Random(7)
    signs = "aB9ü.@-+() 'ß\u0308\u200b\ud800☎田\x00"
    for _ in range(3_000):
        text = "".join(chance.choices(signs, k=chance.randint(1, 12)))
        try:
            asked = asked_words(text)
        except QueryRefused:
            continue
        assert asked
        assert all(len(spelling) >= 2 for each in asked for spelling in each.spellings)


def test_a_lead_has_few_words_and_each_is_found() -> None:
    long = person(company=" ".join(f"word{number}" for number in range(200)), first_name="Anna", last_name="x" * 300)
    assert len(words_of(long)) == MOST_WORDS
    assert words_of(long)[1] == "anna"
    assert is_found(asked_words("x" * 150), [long])
    assert words_of(person("x@y.example")) == []


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+1 (415) 555-2671", ["14155552671", "4155552671"]),
        ("+358 9 123 456", ["3589123456", "9123456"]),
        ("00 44 20 7946 0958", ["442079460958", "2079460958"]),
        ("020 7946 0958", ["2079460958"]),
        ("٠٣٠ ٩٠١٨٢٠", ["30901820"]),
        ("no", []),
        ("0000", []),
    ],
)
def test_a_phone_number_is_compared_by_its_digits(phone: str, digits: list[str]) -> None:
    assert phone_words(phone) == digits


def test_the_ending_of_a_domain_is_no_word() -> None:
    domains = ("acme.com", "acme.co.uk", "mail.acme.de", "acme", "co.uk", "com", "my-acme.io")
    found = [domain_words(each) for each in domains]
    assert found == [["acme"], ["acme"], ["mail", "acme"], ["acme"], ["co"], ["com"], ["my", "acme"]]


def test_a_change_of_words_brings_the_new_and_takes_the_old() -> None:
    before, after = person(first_name="Anna", last_name="Schmidt"), person(first_name="Anna", last_name="Weber")
    assert word_change(before, after) == WordChange(frozenset({"weber"}), frozenset({"schmidt"}))
    assert word_change(before, after, anew=True).added == {"anna", "weber", "someone"}
    assert word_change(before, None) == WordChange(frozenset(), frozenset({"anna", "schmidt", "someone"}))
    for change in (word_change(None, before), word_change(before, after), word_change(after, None)):
        assert WordChange.from_text(change.as_text()) == change


def test_a_word_whose_place_another_word_keeps_does_not_go() -> None:
    before, after = person(last_name="Lüdenscheider"), person(last_name="Lüdenscheidt")
    assert "luedenscheider"[:TOLD_APART] == "luedenscheidt"[:TOLD_APART]
    assert word_change(before, after).gone == frozenset()


def test_the_places_of_words_that_begin_alike_begin_alike_and_tell_nothing_without_the_pepper() -> None:
    chance = random.Random(3)
    for _ in range(300):
        word = "".join(chance.choices("abcdeü", k=chance.randint(2, 14)))
        whole, begun = word_place(word, PEPPER), word_place(word[: chance.randint(2, len(word))], PEPPER)
        assert whole.list_ == begun.list_
        assert whole.place.startswith(begun.place)
        assert word_place(word, b"another").list_ != whole.list_
        assert len(whole.place) == 3 * max(0, min(len(word), TOLD_APART) - 2)
    assert word_place("schmidt", PEPPER).place[:9] != word_place("schulze", PEPPER).place[:9]


def test_signs_between_words_are_no_words() -> None:
    assert split("A.P. Møller—Mærsk & Co_2") == ["a", "p", "møller", "mærsk", "co", "2"]


def test_legal_forms_are_no_words_of_a_company_but_may_be_the_name_of_a_person() -> None:
    assert {"gmbh", "kg", "co"}.isdisjoint(words_of(JOERG))
    assert is_found(asked_words("Straßenbau GmbH"), [JOERG])
    assert is_found(asked_words("co"), [person(last_name="Co")])
    assert not is_found(asked_words("gmbh"), [JOERG])
