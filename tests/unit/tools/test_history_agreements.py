"""The agreements of the made-up history hold for the agreement that ships as it is."""

from itertools import pairwise

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from tools.history.cast.agreements import DRAFT, THIRD, changed, second


def test_each_version_is_an_agreement_and_differs_from_the_one_before() -> None:
    texts = [packaged_text(), second(), changed(second(), THIRD), changed(changed(second(), THIRD), DRAFT)]
    read = [read_agreement(text) for text in texts]
    assert all(one != other for one, other in pairwise(read))


def test_a_change_that_finds_no_place_is_refused() -> None:
    with pytest.raises(LookupError, match="the agreement has no 'nowhere'"):
        changed(packaged_text(), {"nowhere": ""})
