"""The address of an erased person is found in every spelling and encoding."""

import pytest

from baton.domain.privacy.erasure import mentions, written_forms

ANNA = "anna@müller.de"
WRITTEN = ["anna@müller.de", "Anna@Müller.de", "ANNA@MÜLLER.DE", "anna@xn--mller-kva.de"]


@pytest.mark.parametrize("written", [*WRITTEN, "anna%40m%C3%BCller.de", "anna\\u0040m\\u00fcller.de"])
def test_a_webhook_delivery_names_the_erased_person_in_any_spelling_of_the_address(written: str) -> None:
    assert mentions(f'{{"who": "{written}"}}'.encode(), ANNA)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "windows-1252"])
@pytest.mark.parametrize("written", WRITTEN)
def test_an_imported_file_names_the_erased_person_in_any_encoding(written: str, encoding: str) -> None:
    content = f"email\n{written}\n".encode(encoding).lower()
    assert any(form in content for form in written_forms(ANNA))


def test_another_persons_address_is_not_taken_for_the_erased_one() -> None:
    assert not mentions(b"email=bob%40m%C3%BCller.de", ANNA)
