"""Tests of how long a lead is known and how long it has been silent, as people write them and as they are stored."""

from typing import Annotated, Any, Self

from pydantic import Discriminator, Tag, model_validator

from baton.agreement.conditions.signal_tests import seconds
from baton.agreement.conditions.value_tests import written_form
from baton.agreement.terms.clause import Clause
from baton.agreement.terms.durations import Duration


class TimeTests(Clause):
    """Tests of a length of time. All that are given must hold."""

    at_least: Duration | None = None
    """So long or longer, such as 30d."""
    at_most: Duration | None = None
    """So long or shorter."""

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("tests nothing; write `at_least: 30d`, or leave the whole line out")
        if self.at_least and self.at_most and self.at_least > self.at_most:
            raise ValueError("can never hold: nothing is so long and so short; swap them")
        return self

    def normal(self) -> dict[str, int]:
        """Returns the test as it is stored, in seconds."""
        ends = {"at_least": self.at_least, "at_most": self.at_most}
        return {name: seconds(length) for name, length in ends.items() if length is not None}


TimeTest = Annotated[
    Annotated[Duration, Tag("=value")] | Annotated[TimeTests, Tag("=tests")], Discriminator(written_form)
]
"""`30d` is `{at_least: 30d}`."""


def normal_time(test: Any) -> dict[str, int]:
    """Returns a test of time as it is stored: a bare length as `at_least`."""
    return test.normal() if isinstance(test, TimeTests) else {"at_least": seconds(test)}
