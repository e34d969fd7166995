"""The whole look of each kind of mail, as it was approved; `tests/unit/outreach/mail_examples.py` writes it anew."""

import pytest

from baton.outreach.text.untrusted_text import LINE_OCTETS
from tests.unit.outreach.mail_examples import FOLDER, written

TEXTS = {file.stem: text for file, text in written()}


@pytest.mark.parametrize("name", TEXTS)
def test_a_mail_looks_as_it_was_approved(name: str) -> None:
    assert TEXTS[name] == (FOLDER / f"{name}.txt").read_text("utf-8")


def test_every_approved_mail_is_still_sent() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == TEXTS.keys()


@pytest.mark.parametrize("name", TEXTS)
def test_a_mail_fits_sns_and_smtp(name: str) -> None:
    subject, _, text = TEXTS[name].removeprefix("Subject: ").partition("\n\n")
    assert subject.isascii()
    assert 0 < len(subject) < 100
    assert all(len(line.encode()) <= LINE_OCTETS for line in text.splitlines())
