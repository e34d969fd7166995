"""Staff with an international domain act on what is theirs, however their address is spelled."""

from datetime import UTC, datetime

import pytest

from baton.domain.accounts.account import Account
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import Refused
from baton.domain.basics.staff_addresses import as_rosters_spell, staff_address
from baton.domain.identity.normalised_emails import normalise_email
from baton.domain.leads.lead import Held
from baton.domain.leads.ownership import OwnershipPeriod
from baton.domain.signing.draft_signatures import Department, Proposal, new_draft, sign_draft
from baton.domain.staff.permissions import may_act_for
from baton.domain.teams.reps import Rep

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ON_THE_ROSTER = "sam@müller.example"
SPELLINGS = [
    pytest.param("sam@müller.example", id="as on the roster"),
    pytest.param("sam@xn--mller-kva.example", id="ASCII"),
    pytest.param("SAM@XN--MLLER-KVA.EXAMPLE", id="ASCII in capitals"),
    pytest.param("Sam@MÜLLER.example", id="capitals"),
    pytest.param("sam@mu\u0308ller.example", id="decomposed"),
    pytest.param("Sam@MU\u0308LLER.Example", id="decomposed capitals"),
    pytest.param(" sam@müller.example\n", id="blanks around it"),
    pytest.param("sam@ｍüｌｌｅｒ.example", id="full-width letters"),
    pytest.param("sam@müller\u3002example", id="an ideographic full stop"),
]
OTHERS = [
    pytest.param("sam@mueller.example", id="ue for ü"),
    pytest.param("sam@muller.example", id="u for ü"),
    pytest.param("sam@xn--mller-kva.example.com", id="another end"),
    pytest.param("ѕam@müller.example", id="a Cyrillic s"),
    pytest.param("ｓam@müller.example", id="a full-width s before the @"),
    pytest.param("sam@mail.müller.example", id="a host below it"),
    pytest.param("sam@xn--mller-kvaa.example", id="another code"),
]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_staff_has_one_spelling_wherever_their_address_comes_from(spelled: str) -> None:
    assert Staff(email=spelled).email == ON_THE_ROSTER
    assert staff_address(spelled) == ON_THE_ROSTER == normalise_email(ON_THE_ROSTER)


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_a_rep_with_an_international_domain_may_act_on_their_handoffs(spelled: str) -> None:
    assert may_act_for(Staff(email=spelled), ON_THE_ROSTER)


@pytest.mark.parametrize("other", OTHERS)
def test_somebody_with_a_similar_address_may_not_act_for_them(other: str) -> None:
    assert not may_act_for(Staff(email=other), ON_THE_ROSTER)


@pytest.mark.parametrize("stored", ["sam@xn--mller-kva.example", "sam@mu\u0308ller.example", ON_THE_ROSTER])
def test_a_record_of_an_older_spelling_names_the_same_person(stored: str) -> None:
    owner = {"owner": stored, "since": NOW.isoformat()}
    assert OwnershipPeriod.model_validate(owner).owner == ON_THE_ROSTER
    held = {"by": stored, "at": NOW.isoformat(), "reason": "a merger", "until": NOW.isoformat(), "verdict": []}
    assert Held.model_validate(held).by == ON_THE_ROSTER
    assert Account(domain="acme.example", owner=stored).owner == ON_THE_ROSTER
    assert Rep(email=stored).email == ON_THE_ROSTER


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_nobody_signs_for_both_departments_by_two_spellings(spelled: str) -> None:
    draft = new_draft("d1", Proposal(yaml="a: 1"), 1, ON_THE_ROSTER, NOW)
    by = Staff(email="sam@xn--mller-kva.example").email
    signed = sign_draft(draft, Department.SALES, by, 1, 1, NOW)
    with pytest.raises(Refused, match="different people"):
        sign_draft(signed, Department.MARKETING, Staff(email=spelled).email, 1, 1, NOW)


def test_a_signature_of_an_older_spelling_is_known_again() -> None:
    draft = new_draft("d1", Proposal(yaml="a: 1"), 1, ON_THE_ROSTER, NOW)
    signed = sign_draft(draft, Department.SALES, "ada@sales.example.com", 1, 1, NOW)
    kept = signed.model_dump_json().replace("ada@sales.example.com", "sam@xn--mller-kva.example")
    with pytest.raises(Refused, match="different people"):
        sign_draft(type(draft).model_validate_json(kept), Department.MARKETING, ON_THE_ROSTER, 1, 1, NOW)


@pytest.mark.parametrize(
    "by",
    [
        *("webhooks:hubspot", "webhooks:standard:Newsletter@MÜLLER", "system", "roster", "ledger", "form:Anfrage-Ö"),
        *("a@xn--.example", "a@xn--zz.example", "@", "xn--@", "ü@", "@ü", "a@@ü.example", "sam@müller.local", ""),
    ],
)
def test_what_is_no_address_of_staff_stays_as_it_is(by: str) -> None:
    assert as_rosters_spell(by) == by


@pytest.mark.parametrize("plain", ["sam@sales.example.com", "o'brien+x@sub.example.co.uk", "Sam@Sales.Example.com"])
def test_an_address_without_other_letters_is_only_put_into_small_letters(plain: str) -> None:
    assert staff_address(plain) == plain.lower() == normalise_email(plain)
    assert as_rosters_spell(plain) == plain
