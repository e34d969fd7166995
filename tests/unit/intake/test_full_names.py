"""Full names are split into first and last name; salutations are neither names nor job titles."""

import json
import random

import pytest

from baton.agreement.terms.form_terms import FormField
from baton.domain.leads.person_facts import Profile
from baton.intake.fields.fact_fields import FACTS, signal_facts
from baton.intake.names.full_names import MAX_LENGTH, is_salutation, split_name
from tests.unit.intake.deliveries import signals_of
from tests.unit.intake.imports.test_row_signals import message
from tests.unit.intake.sent_forms import CONSULTATION, sent

NAMES = {
    **dict.fromkeys(["Ana Ruiz", "Dr. Ana Ruiz", "Ruiz, Ana", "Frau Dr. Ana Ruiz", "Sra. Ana Ruiz"], ("Ana", "Ruiz")),
    **dict.fromkeys(["Ana Ruiz, PhD", "Ana Ruiz PhD", "Ruiz, Ana, MBA", "Ana Ruiz, MBA, PMP"], ("Ana", "Ruiz")),
    **dict.fromkeys(["Ana Ruiz (she/her)", "Ana Ruiz | Acme", "Ana Ruiz - Acme", "  Ana \t Ruiz "], ("Ana", "Ruiz")),
    "Ruiz, Dr. Ana": ("Ana", "Ruiz"),
    "prof. ana ruiz, ph.d.": ("ana", "ruiz"),
    "Mr John Smith": ("John", "Smith"),
    "Prof. Dr. Hans-Peter Schmidt": ("Hans-Peter", "Schmidt"),
    "Dipl.-Ing. Karl Huber": ("Karl", "Huber"),
    "Ing. Jan Novák": ("Jan", "Novák"),
    **dict.fromkeys(["Prof. Dr. med. Ana Ruiz", "Dr. rer. nat. Ana Ruiz", "Dr. med. dent. Ana Ruiz"], ("Ana", "Ruiz")),
    **dict.fromkeys(["Prof. Dr. Dr. h. c. mult. Ana Ruiz", "Dr. h.c. Ana Ruiz", "Dr.med. Ana Ruiz"], ("Ana", "Ruiz")),
    **dict.fromkeys(["Dr.-Ing. Ana Ruiz", "Dipl.-Kfm. Ana Ruiz", "Priv.-Doz. Dr. Ana Ruiz"], ("Ana", "Ruiz")),
    **dict.fromkeys(["Univ.-Prof. Dr. Ana Ruiz", "Dipl. Ing. Ana Ruiz", "Prof.Dr.med.Ana Ruiz"], ("Ana", "Ruiz")),
    **dict.fromkeys(["Ruiz, Dr. med. Ana", "Lic. Ana Ruiz", "Dña. Ana Ruiz", "Hon. Ana Ruiz"], ("Ana", "Ruiz")),
    "Frau Dr. med. Ruiz": (None, "Ruiz"),
    "dott.ssa Giulia Rossi": ("Giulia", "Rossi"),
    "Drs. P. de Vries": ("P.", "de Vries"),
    "John F. Kennedy": ("John F.", "Kennedy"),
    "J. R. R. Tolkien": ("J. R. R.", "Tolkien"),
    "John Smith Jr.": ("John", "Smith Jr."),
    "Smith, John, Jr.": ("John", "Smith Jr."),
    "John Smith III": ("John", "Smith III"),
    "John Smith MD": ("John", "Smith"),
    "Ludwig van Beethoven": ("Ludwig", "van Beethoven"),
    "Ana María de la Cruz": ("Ana María", "de la Cruz"),
    "de la Cruz, Ana María": ("Ana María", "de la Cruz"),
    "Karl-Theodor zu Guttenberg": ("Karl-Theodor", "zu Guttenberg"),
    "José Ortega y Gasset": ("José", "Ortega y Gasset"),
    "Ana Ruiz García": ("Ana", "Ruiz García"),
    "Ana & Luis Ruiz": ("Ana & Luis", "Ruiz"),
    "O'Brien, Conan": ("Conan", "O'Brien"),
    "山田 太郎": ("太郎", "山田"),
    "김 민수": ("민수", "김"),
}
NO_TITLES = {
    "Van Morrison": ("Van", "Morrison"),
    "Don Draper": ("Don", "Draper"),
    "M. Night Shyamalan": ("M.", "Night Shyamalan"),
    "Jack Ma": ("Jack", "Ma"),
    "JACK MA": ("JACK", "MA"),
    "Ing Li": ("Ing", "Li"),
    "Nat King Cole": ("Nat", "King Cole"),
    "Dr. Phil Ruiz": ("Phil", "Ruiz"),
    "Dr. H. C. Brown": ("H. C.", "Brown"),
    "Hon Lee": ("Hon", "Lee"),
}
IN_PART = {
    "Ana": ("Ana", None),
    "Frau Müller": (None, "Müller"),
    "Mr. & Mrs. Smith": (None, "Smith"),
    "山田太郎": (None, "山田太郎"),
    **dict.fromkeys(["", "-", "n/a", "N.A.", "Mr.", "Frau Dr.", "123"], (None, None)),
    **dict.fromkeys(["ana@example.com", "https://example.com"], (None, None)),
}


@pytest.mark.parametrize(
    ("written", "names"),
    [pytest.param(written, names, id=written) for written, names in (NAMES | NO_TITLES | IN_PART).items()],
)
def test_a_full_name_gives_first_and_last_name(written: str, names: tuple[str | None, str | None]) -> None:
    assert split_name(written) == names


@pytest.mark.parametrize(
    "written", ["Mr", "Mr.", "MRS", "Frau Dr.", "Mr./Mrs.", "Mr & Mrs", "M.", "Srta.", "Señora", "Prof."]
)
def test_a_salutation_is_known(written: str) -> None:
    assert is_salutation(written)


@pytest.mark.parametrize(
    "written", ["CTO", "Doctor", "Professor", "Ing", "Mr. CTO", "Sr. Manager", "MD", "and", "", None, 5]
)
def test_a_job_title_is_no_salutation(written: object) -> None:
    assert not is_salutation(written)


@pytest.mark.parametrize(
    ("facts", "first_name", "last_name"),
    [
        ({"full_name": "Dr. Ana Ruiz"}, "Ana", "Ruiz"),
        ({"full_name": "Dr. Ana Ruiz", "first_name": "Anita"}, "Anita", "Ruiz"),
        ({"full_name": "Dr. Ana Ruiz", "first_name": "A", "last_name": "R"}, "A", "R"),
        ({"full_name": "x" * 150 + " " + "y" * 49}, "x" * 100, "y" * 49),
        ({"full_name": "ana@example.com"}, None, None),
    ],
    ids=["both", "one is given", "both are given", "long", "an address"],
)
def test_a_full_name_fills_what_is_not_given(
    facts: dict[str, str], first_name: str | None, last_name: str | None
) -> None:
    assert signal_facts(facts, None)["profile"] == Profile(first_name=first_name, last_name=last_name)


def mautic(**fields: str) -> bytes:
    core = {name: {"alias": name, "value": value} for name, value in {"email": "a@example.com", **fields}.items()}
    event = {"contact": {"id": 1, "fields": {"core": core}}, "timestamp": "2026-11-25T09:25:11+00:00"}
    return json.dumps({"mautic.lead_post_save_update": [event]}).encode()


@pytest.mark.parametrize(
    ("fields", "agreed", "job", "salutation"),
    [
        pytest.param({"title": "Mr", "position": "Plant manager"}, {}, "Plant manager", "Mr", id="both"),
        pytest.param({"title": "Mr"}, {}, None, "Mr", id="no position"),
        pytest.param({"title": "Señorita", "position": "CTO"}, {}, "CTO", "Señorita", id="another language"),
        pytest.param({"title": "CTO"}, {}, "CTO", None, id="a job as title"),
        pytest.param(
            {"title": "CTO", "position": "Berlin"}, {"title": "title", "position": "region"}, "CTO", None, id="agreed"
        ),
    ],
)
def test_mautics_title_is_a_salutation_and_its_position_the_job(
    fields: dict[str, str], agreed: dict[str, str], job: str | None, salutation: str | None
) -> None:
    [signal] = signals_of("mautic", mautic(**fields), fields=agreed)
    assert (signal.profile.title, signal.properties.get("salutation")) == (job, salutation)


def test_a_tools_full_name_gives_no_first_name_dr() -> None:
    calendly = {"event": "invitee.created", "payload": {"email": "a@example.com", "name": "Dr. Ana Ruiz", "uri": "u"}}
    segment = {"type": "identify", "userId": "7", "traits": {"email": "a@example.com", "name": "Dr. Ana Ruiz"}}
    typeform = {"type": "note", "data": {"email": "a@example.com", "Full name": "Dr. Ana Ruiz", "title": "Dr."}}
    for sender, body in (("calendly", calendly), ("segment", segment), ("standard", typeform)):
        [signal] = signals_of(sender, json.dumps(body).encode())
        assert (signal.profile.first_name, signal.profile.last_name, signal.profile.title) == ("Ana", "Ruiz", None)


def test_a_column_and_a_form_field_of_full_names_give_both_names() -> None:
    profile = message('email,Full name,Title\na@example.com,"Ruiz, Dr. Ana",Mrs\n').signal.profile
    assert profile == Profile(first_name="Ana", last_name="Ruiz")
    fields = {**dict(CONSULTATION.fields), "full_name": FormField()}
    form = CONSULTATION.model_copy(update={"fields": fields})
    said = sent(form, full_name="Dr. Ana Ruiz", title="Frau").submission
    assert (said.profile, said.message) == (Profile(first_name="Ana", last_name="Ruiz"), "title: Frau")


PIECES = [
    *("Ana", "Ruiz", "Dr.", "Mr", "Frau", "van", "de", "la", "y", "&", "and", ",", ".", "-", "|", "(", ")", " ", "  "),
    *("MBA", "Jr.", "III", "J.", "M.", "MA", "山田", "김", "O'", "\u0301", "\u200b", "\x00", "\ud800", "ß", "İ", "'"),
    *("@", "://"),
]


def test_ten_thousand_names_lose_nothing_and_have_no_salutation() -> None:
    chance, both = random.Random(3), 0
    for _ in range(10_000):
        text = chance.choice(["", " "]).join(chance.choices(PIECES, k=chance.randint(1, 8)))
        first, last = split_name(text)
        both += bool(first and last)
        for part in (first, last):
            assert part is None or (part == part.strip() and 0 < len(part) <= MAX_LENGTH)
            assert part is None or all(word in text for word in part.split())
            assert not is_salutation(part) or part in (" ".join(text.split()), first, last)
        assert split_name(text) == (first, last)
        try:
            kept = FACTS["full_name"](text)
        except ValueError:
            continue
        assert kept is None or FACTS["full_name"](kept) == kept
    assert both > 1000
