"""Signatures of a draft: two departments, two people and one text; a change voids the signatures."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import Refused
from baton.domain.signing import draft_signatures
from baton.domain.signing.draft_signatures import Department, Draft, MayNotSign, Proposal, SideUnclear, TooFarAhead

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MARIA, SALLY, ADA, BO = "maria@example.com", "sally@example.com", "ada@example.com", "bo@example.com"
MARKETING, SALES = Department.MARKETING, Department.SALES
IN_FORCE = 6


def draft(text: str = "title: Ours", **more: object) -> Draft:
    made = draft_signatures.new_draft("0193a1b2c3d4abcd", Proposal(yaml=text), IN_FORCE, MARIA, NOW)
    return made.model_copy(update=more)


def signed(known: Draft, side: Department, by: str, in_force: int = IN_FORCE, revision: int | None = None) -> Draft:
    return draft_signatures.sign_draft(known, side, by, revision, in_force, NOW)


def changed(known: Draft, text: str, revision: int = 1, by: str = SALLY, in_force: int = IN_FORCE) -> Draft:
    return draft_signatures.change_draft(known, Proposal(yaml=text), revision, in_force, by, LATER)


def test_signatures_of_both_departments_complete_a_draft() -> None:
    one = signed(draft(), MARKETING, MARIA)
    assert not one.is_signed_by_both
    both = signed(one, SALES, SALLY)
    assert both.is_signed_by_both
    assert [(each.group, each.by) for each in both.signatures] == [(MARKETING, MARIA), (SALES, SALLY)]


def test_a_signature_is_bound_to_the_revision_and_the_text() -> None:
    [signature] = signed(draft(), MARKETING, MARIA).signatures
    assert (signature.revision, signature.sha256) == (1, draft().sha256)
    assert draft("title: Other").sha256 != draft().sha256


def test_a_repeated_signature_changes_nothing() -> None:
    once = signed(draft(), MARKETING, MARIA)
    assert signed(once, MARKETING, MARIA) is once


def test_a_repeated_signature_of_an_enacted_draft_changes_nothing() -> None:
    both = signed(signed(draft(), MARKETING, MARIA), SALES, SALLY).model_copy(update={"version": 7})
    assert signed(both, SALES, SALLY, in_force=7) is both


def test_one_person_cannot_sign_for_both_departments() -> None:
    with pytest.raises(Refused, match="different people"):
        signed(signed(draft(), MARKETING, BO), SALES, BO)


def test_a_second_signature_for_a_department_is_refused_with_the_name_of_the_signer() -> None:
    with pytest.raises(Refused, match=r"maria@example\.com has signed for marketing"):
        signed(signed(draft(), MARKETING, MARIA), MARKETING, BO)


def test_a_draft_that_was_changed_since_the_signer_read_a_revision_is_not_signed() -> None:
    with pytest.raises(Refused, match=r"changed since you read it: sally@example\.com sent revision 2, you have 1"):
        signed(changed(draft(), "title: New"), MARKETING, MARIA, revision=1)


def test_a_revision_that_nobody_sent_is_not_signed() -> None:
    with pytest.raises(Refused, match=r"there is no revision 3; sally@example\.com sent the last one, 2"):
        signed(changed(draft(), "title: New"), MARKETING, MARIA, revision=3)


def test_a_draft_based_on_an_old_version_is_not_signed() -> None:
    with pytest.raises(Refused, match="version 8 was put into force since"):
        signed(draft(), MARKETING, MARIA, in_force=8)


def test_a_change_voids_the_signatures_and_takes_the_version_in_force_as_base() -> None:
    new = changed(signed(draft(), MARKETING, MARIA), "title: New", in_force=8)
    assert (new.signatures, new.revision, new.base_version) == ((), 2, 8)
    assert (new.changed_by, new.changed_at, new.created_by) == (SALLY, LATER, MARIA)


def test_a_second_change_of_the_same_revision_is_refused() -> None:
    first = changed(draft(), "title: Hers")
    with pytest.raises(Refused, match="changed since you read it"):
        changed(first, "title: His", by=BO)


def test_a_repeated_change_changes_nothing() -> None:
    once = changed(draft(), "title: New")
    assert changed(once, "title: New") is once


def test_a_repeated_change_keeps_the_signatures() -> None:
    once = signed(changed(draft(), "title: New"), MARKETING, MARIA)
    assert changed(once, "title: New") is once


def test_the_same_text_on_a_newer_base_version_is_a_new_revision() -> None:
    assert changed(draft(), "title: Ours", in_force=8).revision == 2


def test_an_enacted_draft_cannot_be_changed() -> None:
    with pytest.raises(Refused, match="version 7; write a new one"):
        changed(draft(version=7), "title: New")


def test_the_note_of_a_draft_stays_until_a_new_note_is_written() -> None:
    known = draft(note="as discussed")
    assert changed(known, "title: New").note == "as discussed"


@pytest.mark.parametrize(
    ("groups", "wanted", "side"),
    [
        ({"marketing"}, None, MARKETING),
        ({"sales"}, None, SALES),
        ({"sales"}, SALES, SALES),
        ({"marketing", "admin"}, None, MARKETING),
        ({"marketing", "sales"}, SALES, SALES),
    ],
)
def test_staff_sign_for_their_department(groups: set[str], wanted: Department | None, side: Department) -> None:
    assert draft_signatures.department_of(Staff(email=BO, groups=frozenset(groups)), wanted) is side


@pytest.mark.parametrize(("groups", "wanted"), [({"admin"}, None), ({"admin"}, SALES), ({"marketing"}, SALES)])
def test_staff_may_not_sign_for_another_department(groups: set[str], wanted: Department | None) -> None:
    with pytest.raises(MayNotSign):
        draft_signatures.department_of(Staff(email=ADA, groups=frozenset(groups)), wanted)


def test_staff_in_both_departments_must_name_one_to_sign_for() -> None:
    with pytest.raises(SideUnclear, match="marketing or sales"):
        draft_signatures.department_of(Staff(email=BO, groups=frozenset({"marketing", "sales"})), None)


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(seconds=-1), timedelta(days=361)])
def test_a_start_in_the_past_or_more_than_360_days_ahead_is_refused(ahead: timedelta) -> None:
    with pytest.raises(TooFarAhead, match="360 days"):
        Proposal(yaml="title: Ours", in_force_from=NOW + ahead).check_when(NOW)


def test_a_start_within_360_days_or_no_start_is_accepted() -> None:
    Proposal(yaml="title: Ours", in_force_from=NOW + timedelta(days=360)).check_when(NOW)
    Proposal(yaml="title: Ours").check_when(NOW)
