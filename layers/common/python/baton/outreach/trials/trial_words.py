"""Words for single figures of a trial, the same in its lines and on its page."""

from collections.abc import Mapping

from baton.domain.statistics.won_shares import Counted, Interval
from baton.outreach.text.untrusted_text import one_line

NOTHING, TOO_FEW = "–", "too few"
REASON_LIMIT = 40
CELLS = {
    "both": "both agreements",
    "only_draft": "only the draft (newly handed over)",
    "only_today": "only today's (no longer)",
    "neither": "neither",
}
"""Which agreements hand a lead over, in words."""


def percent(share: float | None) -> str:
    """Returns a share in whole percent: `24 %`; `<1 %` is not none, `>99 %` is not all, and a dash stands for None."""
    if share is None:
        return NOTHING
    if 0 < share < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def between(within: Interval | None) -> str:
    """Returns an interval of shares: `19 % to 29 %`; empty for None."""
    return f"{percent(within[0])} to {percent(within[1])}" if within else ""


def won_text(counted: Counted, within: Interval | None) -> str:
    """Returns the share won with what is behind it: `24 % won of 324 (19 % to 29 %)`."""
    if counted.share is None or within is None:
        return "no outcome counts"
    return f"{percent(counted.share)} won of {counted.of:,} ({between(within)})"


def signed_points(difference: float) -> str:
    """Returns a difference of shares in points of a hundred: `+12`, `−3`."""
    return f"{100 * difference:+.0f}".replace("-", "−")


def signed_hours(hours: float | None) -> str:
    """Returns a difference in hours: `+0.5 hours`; a dash for None."""
    return NOTHING if hours is None else f"{hours:+,.1f} hours".replace("-", "−")


def lead_word(number: float) -> str:
    """Returns `lead` or `leads`."""
    return "lead" if number == 1 else "leads"


def number_text(number: float | None, digits: int = 1) -> str:
    """Returns a number without needless zeros: `1,200`, `4.5`; a dash for None."""
    if number is None:
        return NOTHING
    written = f"{number:,.{digits}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def reasons_text(returned: Mapping[str, int]) -> str:
    """Returns how many leads were returned for which reason: `bad_fit 53, unreachable 47`."""
    return ", ".join(f"{one_line(reason, REASON_LIMIT)} {leads:,}" for reason, leads in returned.items())
