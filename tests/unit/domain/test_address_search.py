"""An erasure finds the address of exactly the erased person: in every spelling and encoding, and nobody else's."""

import random
import string

import pytest

from baton.domain.identity.normalised_emails import normalise_email
from baton.domain.privacy.address_search import SoughtAddress, last_bytes, texts_in
from baton.domain.privacy.erasure import mentions
from tests.unit.effort import effort

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"]


def named_in(content: bytes, address: str) -> bool:
    return any(SoughtAddress(address).is_in(text) for text in texts_in(content))


SAME = [
    ("ж@customer-b.example", "Ж@Customer-B.example", "mixed case, another alphabet"),
    ("anna@müller.de", "anna@xn--mller-kva.de", "ASCII form of the domain"),
    ("anna@müller.de", "ANNA@XN--MLLER-KVA.DE", "ASCII form in capitals"),
    ("anna@müller.de", "anna@mu\u0308ller.de", "decomposed domain"),
    ("anna@müller.de", "Anna@MU\u0308LLER.DE", "decomposed domain in capitals"),
    ("jürgen@acme.com", "ju\u0308rgen@acme.com", "decomposed name"),
    ("jürgen@acme.com", "JU\u0308RGEN@Acme.Com", "decomposed name in capitals"),
    ("anna@straße.de", "anna@xn--strae-oqa.de", "IDNA 2008 keeps ß"),
    ("anna@straße.de", "anna@STRAẞE.de", "capital ß"),
    ("anna@βόλος.com", "anna@xn--nxasmm1c.com", "final sigma"),
    ("anna@उदाहरण.example", "anna@xn--p1b6ci4b4b3a.example", "Devanagari, ASCII form"),
    ("anna@उदाहरण.example", "Anna@उदाहरण.Example", "Devanagari with its vowel signs"),
    ("anna@acme.com", "an\u200bna@ac\u00adme.com", "invisible marks"),
    ("anna@acme.com", "anna @ acme.com", "blanks around @"),
    ("anna@acme.com", "anna\uff20acme.com", "full-width @"),
    ("anna@acme.com", "anna@ａｃｍｅ．ｃｏｍ", "full-width domain"),
    ("anna@acme.com", "anna@acme\u3002com", "ideographic full stop"),
    ("anna+news@acme.com", "Anna+News@acme.com", "a sign in the name"),
]
AROUND = [
    *("{}", "<{}>", '"{}"', "'{}'", "({})", "[{}]", "x,{},y", "x;{};y", "x\t{}\ty", "x|{}|y", "\n{}\n", "mailto:{}"),
    *("email={}&x=1", "?{}", "see {}.", "{}, and", "mailto://{}", "“{}”", "«{}»", "*{}*", "{}/", "user!{}", "„{}“"),
]
OTHERS = [
    ("ж@customer-b.example", "anna@customer-b.example", "another name at the same domain"),
    ("ж@customer-b.example", "ж@customer-b.example.org", "a longer domain"),
    ("ж@customer-b.example", "и@customer-b.example", "another letter of that alphabet"),
    ("anna@acme.com", "hanna@acme.com", "a longer name"),
    ("anna@acme.com", "öanna@acme.com", "a longer name with another letter"),
    ("anna@acme.com", "šanna@acme.com", "a longer name with a letter of the East"),
    ("anna@acme.com", "x.anna@acme.com", "a name with a dot"),
    ("anna@acme.com", "x-anna@acme.com", "a name with a dash"),
    ("anna@acme.com", "x_anna@acme.com", "a name with an underscore"),
    ("anna@acme.com", "x+anna@acme.com", "a name with a plus"),
    ("anna@acme.com", "o'anna@acme.com", "a name with an apostrophe"),
    ("anna@acme.com", "e\u0301anna@acme.com", "a mark before it"),
    ("anna@acme.com", "anna@acme.com.example", "a longer domain"),
    ("anna@acme.com", "anna@acme.community", "a longer end"),
    ("anna@acme.com", "anna@mail.acme.com", "a host below it"),
    ("anna@acme.com", "anna@acme-com.example", "a dash"),
    ("anna@acme.com", "anna+news@acme.com", "a sign in the name"),
    ("news@acme.com", "anna+news@acme.com", "the part behind a plus"),
    ("anna@acme.com", "аnna@acme.com", "a Cyrillic a"),
    ("anna@acme.com", "ａnna@acme.com", "a full-width a, which is another mailbox"),
    ("anna@muller.de", "anna@müller.de", "no dots on the u"),
    ("anna@mueller.de", "anna@müller.de", "ue for ü"),
    ("anna@strasse.de", "anna@straße.de", "ss for ß"),
    ("anna@acme.com", "anna acme.com", "no @"),
    ("anna@acme.com", "acme.com anna", "the wrong way round"),
]


@pytest.mark.parametrize(("address", "written"), [pytest.param(*each[:2], id=each[2]) for each in SAME])
def test_an_address_is_found_in_each_spelling_and_place(address: str, written: str) -> None:
    for around in AROUND:
        text = around.format(written)
        assert SoughtAddress(normalise_email(address)).is_in(text), text


@pytest.mark.parametrize(("address", "written"), [pytest.param(*each[:2], id=each[2]) for each in OTHERS])
def test_another_persons_address_is_not_taken_for_the_erased_one(address: str, written: str) -> None:
    for around in AROUND:
        text = around.format(written)
        assert not SoughtAddress(address).is_in(text), text
        for encoding in ENCODINGS:
            if encoding != "windows-1252" or text.encode(encoding, "ignore").decode(encoding) == text:
                assert not named_in(text.encode(encoding), address), encoding


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("address", "written"),
    [
        pytest.param("ж@customer-b.example", "Ж@customer-b.example", id="another alphabet"),
        pytest.param("anna@müller.de", "Anna@Müller.de", id="a letter of Western Europe"),
        pytest.param("anna@müller.de", "anna@xn--mller-kva.de", id="ASCII"),
    ],
)
def test_a_list_names_the_person_in_every_encoding(address: str, written: str, encoding: str) -> None:
    content = f"email,city\nbob@example.com,Köln\n{written},Köln\n"
    if encoding != "windows-1252" or "Ж" not in written:  # it has no such letter
        assert named_in(content.encode(encoding), address)


def test_a_list_of_2500_others_at_the_same_company_does_not_name_the_person() -> None:
    lines = "\n".join(f"person{number}@customer-b.example,Köln" for number in range(2_500))
    for encoding in ENCODINGS:
        assert not named_in(f"email,city\n{lines}".encode(encoding), "ж@customer-b.example")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        pytest.param('{"email": "anna\\u0040acme.com"}', True, id="an escaped @"),
        pytest.param('{"note": "write to\\nanna@acme.com"}', True, id="behind a line end"),
        pytest.param('{"url": "https:\\/\\/x.example\\/?e=anna%40acme.com"}', True, id="in an address of a page"),
        pytest.param("email=anna%40acme.com&x=1", True, id="a form"),
        pytest.param("note=write+anna%40acme.com", True, id="a form, behind a plus"),
        pytest.param('{"email": "hanna@acme.com"}', False, id="a longer name"),
        pytest.param('{"email": "h\\u0061nna@acme.com"}', False, id="a longer name, escaped"),
        pytest.param("email=h%61nna%40acme.com", False, id="a longer name, in a form"),
        pytest.param('{"email": "x+anna@acme.com"}', False, id="behind a plus in JSON"),
        pytest.param("email=x%2Banna%40acme.com", False, id="behind a plus in a form"),
    ],
)
def test_a_delivery_names_the_person_only_in_an_address_of_theirs(body: str, *, named: bool) -> None:
    assert mentions(body.encode(), "anna@acme.com") is named


def test_a_file_cut_into_pieces_anywhere_names_whom_the_whole_file_names() -> None:
    """Seeded: addresses of the person and of others with longer names or domains, in three encodings."""
    choose, sought = random.Random(7), SoughtAddress("anna@acme.com")
    words = ["anna@acme.com", "hanna@acme.com", "anna@acme.com.example", "x" * 3_000, "ü", " ", ",", "\n"]
    for _ in range(60):
        text = "".join(choose.choice(words) for _ in range(12))
        content = text.encode(choose.choice(["utf-8", "utf-16-le", "utf-16-be"]))
        cut, found, before, start = choose.randrange(1, 6_000), False, b"", 0
        while start < len(content) or before:
            piece = content[start : start + cut]
            start += cut
            for read in texts_in(before + piece, is_first=start == cut):
                found |= sought.is_in(read, from_start=start == cut, to_end=not piece)
            before = last_bytes(before + piece) if piece else b""
        assert found == any(map(sought.is_in, texts_in(content)))


def test_every_normalised_address_is_found_and_no_neighbour_of_it() -> None:
    choose = random.Random(11)
    letters = string.ascii_lowercase + "жüéß日ä"
    for _ in range(300):
        name, host = ("".join(choose.choices(letters, k=choose.randint(1, 8))) for _ in range(2))
        address = normalise_email(f"{name}@{host}.example")
        assert SoughtAddress(address).is_in(f'"{address.upper()}"' if address.isascii() else f'"{address}"')
        for other in (f"{choose.choice(letters)}{address}", f"{address}{choose.choice(letters)}", f"a.{address}"):
            assert not SoughtAddress(address).is_in(f'"{other}"'), (address, other)


@pytest.mark.parametrize(
    "hostile",
    ["@" * 100_000, "anna@acme.co" * 20_000, "ü@ü." * 40_000, "a" * 200_000 + "@acme.com", " " * 200_000 + "@acme.com"],
    ids=["signs", "nearly", "letters", "a long name", "space"],
)
def test_a_hostile_text_is_searched_in_little_time(hostile: str) -> None:
    assert effort(lambda: SoughtAddress("anna@acme.com").is_in(hostile), runs=1) < 60
