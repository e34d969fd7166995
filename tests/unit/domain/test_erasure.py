"""Wherever an address is written down, and however, it is found when its person is to be forgotten."""

import pytest

from baton.domain.privacy.erasure import mentions, written_forms

ANNA = "anna@müller.de"
WRITTEN = ["anna@müller.de", "Anna@Müller.de", "ANNA@MÜLLER.DE", "anna@xn--mller-kva.de"]


@pytest.mark.parametrize("written", [*WRITTEN, "anna%40m%C3%BCller.de", "anna\\u0040m\\u00fcller.de"])
def test_a_delivery_is_about_whom_it_names_however_it_does(written: str) -> None:
    assert mentions(f'{{"who": "{written}"}}'.encode(), ANNA)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "windows-1252"])
@pytest.mark.parametrize("written", WRITTEN)
def test_a_list_names_whom_it_does_however_it_is_saved(written: str, encoding: str) -> None:
    content = f"email\n{written}\n".encode(encoding).lower()
    assert any(form in content for form in written_forms(ANNA))


def test_nobody_else_is_meant() -> None:
    assert not mentions(b"email=bob%40m%C3%BCller.de", ANNA)
