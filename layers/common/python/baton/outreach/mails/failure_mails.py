"""Writes the mail to operations about what failed: what, how many, how bad, and one command each; no personal data."""

from collections.abc import Sequence

from baton.domain.basics.moments import iso
from baton.domain.failures.failure_news import News, can_wait

WHERE = "docs/operations.md, When something fails."


def failures(told: Sequence[News]) -> tuple[str, str]:
    """Returns subject and text of one mail about all of it."""
    first, more = told[0].kind, len(told) - 1
    others = f" and {more} more" if more else ""
    when = "can wait until morning" if can_wait(told) else "look now"
    lines = [line for each in told for line in _lines(each)]
    return f"Baton: {first.name}{others} - {when}", "\n".join([*lines, f"More on each: {WHERE}"]) + "\n"


def _lines(each: News) -> list[str]:
    severity = "can wait until morning" if each.kind.can_wait else "look now"
    numbers = [f"new: {each.new}"] if each.new else ["nothing new"]
    if each.lying:
        numbers.append(f"in the queue: {each.lying}" + (f", since {iso(each.since)}" if each.since else ""))
    return [f"{each.kind.name} ({severity})", each.kind.what, "; ".join(numbers), f"  {each.kind.command}", ""]
