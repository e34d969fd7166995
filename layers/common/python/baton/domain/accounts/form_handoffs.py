"""Counts the handoffs of a target account's leads whom only forms know, for each day, and those left to marketing."""

from datetime import datetime, timedelta

from baton.domain.basics.facts import Fact, Instant

DIGEST_AFTER = timedelta(hours=1)
"""So long after the first lead was left to marketing, the account's owner hears how many there were."""


class FormHandoffs(Fact):
    """What forms that anybody can send did to one account: `handed` leads to sales on a `day`, and what was left.

    `number` counts the changes. `left` leads went to marketing's review, and their owner has not heard of them yet;
    `asking` of them asked for a person. The owner hears of them at `digest_at`; the last time was on the day `told_on`,
    at `told_at`.
    """

    number: int = 0
    day: str = ""
    handed: int = 0
    left: int = 0
    asking: int = 0
    digest_at: Instant | None = None
    told_on: str = ""
    told_at: Instant | None = None

    def on(self, day: str) -> "FormHandoffs":
        """Returns the counts on a day, or on a later one that another clock has begun already."""
        return self if day <= self.day else self.model_copy(update={"day": day, "handed": 0})

    def with_handoff(self) -> "FormHandoffs":
        """Returns the counts after one more lead was handed over."""
        return self.model_copy(update={"number": self.number + 1, "handed": self.handed + 1})

    def has_untold(self, left_at: datetime) -> bool:
        """Tells whether a lead that was left then is one of those of whom the owner has not heard yet."""
        return self.left > 0 and (self.told_at is None or left_at > self.told_at)

    def with_left(self, now: datetime, day_ends: datetime, *, asks: bool, is_counted: bool = False) -> "FormHandoffs":
        """Returns the counts after one more lead was left to marketing; the owner hears of it at `digest_at`.

        That is an hour after the first, and for later ones of the same day at its end. A digest that did not come is
        planned anew. Whoever `is_counted` among those left already asks for a person only now.
        """
        lost = self.digest_at is not None and self.digest_at < now - DIGEST_AFTER
        planned = None if lost else self.digest_at
        due = planned or (max(day_ends, now + DIGEST_AFTER) if self.told_on == self.day else now + DIGEST_AFTER)
        more = {"left": self.left + (not is_counted), "asking": self.asking + asks, "digest_at": due}
        return self.model_copy(update={"number": self.number + 1, **more})

    def all_told(self, now: datetime) -> "FormHandoffs":
        """Returns the counts after the owner has heard of all who were left."""
        nobody = {"left": 0, "asking": 0, "digest_at": None, "told_on": self.day, "told_at": now}
        return self.model_copy(update={"number": self.number + 1, **nobody})
