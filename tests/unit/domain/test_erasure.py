"""The address of an erased person is found in every spelling and encoding."""

import pytest

from baton.domain.privacy.address_search import SoughtAddress, texts_in
from baton.domain.privacy.erasure import mentions
from tests.unit.effort import effort

ANNA = "anna@müller.de"
WRITTEN = ["anna@müller.de", "Anna@Müller.de", "ANNA@MÜLLER.DE", "anna@xn--mller-kva.de"]

PASTED = [
    "an\u200bna@m\u00fcller.de",
    "\u202aanna @ m\u00fcller.de",
    "anna\uff20m\u00fcller.de",
    "an%E2%80%8Bna%40m%C3%BCller.de",
]
"""What is read as this address when it is sent."""


@pytest.mark.parametrize("written", [*WRITTEN, "anna%40m%C3%BCller.de", "anna\\u0040m\\u00fcller.de", *PASTED])
def test_a_webhook_delivery_names_the_erased_person_in_any_spelling_of_the_address(written: str) -> None:
    assert mentions(f'{{"who": "{written}"}}'.encode(), ANNA)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "windows-1252"])
@pytest.mark.parametrize("written", WRITTEN)
def test_an_imported_file_names_the_erased_person_in_any_encoding(written: str, encoding: str) -> None:
    content = f"email\n{written}\n".encode(encoding)
    assert any(map(SoughtAddress(ANNA).is_in, texts_in(content)))


@pytest.mark.parametrize(
    "hostile", [" " * 200_000, "e\u0301\u0327" * 60_000, "@ " * 100_000], ids=["space", "marks", "signs"]
)
def test_a_long_delivery_is_searched_in_little_time(hostile: str) -> None:
    assert not mentions(hostile.encode(), ANNA)
    assert effort(lambda: mentions(hostile.encode(), ANNA), runs=1) < 60


def test_another_persons_address_is_not_taken_for_the_erased_one() -> None:
    assert not mentions(b"email=bob%40m%C3%BCller.de", ANNA)
