"""Draws figures with their intervals: a line for each, with a dot where it is and a whisker as far as it may be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log10
from typing import NamedTuple

from baton.outreach.pictures.marks import Anchor, dot, line, picture, words

_ROW, _NAME, _MARK, _CAP, _AXIS = 2.7, 1.0, 1.8, 0.3, 1.7
_MOST_TIMES = 10.0


class Whisker(NamedTuple):
    """A figure: its name, its words, where it is, and from where to where it may be.

    Without a place it has words only, such as `too few`.
    """

    name: str
    said: str
    at: float | None = None
    within: tuple[float, float] | None = None


class Axis(NamedTuple):
    """An axis: gives the place of a value in percent of the width, has words at some values, and a line at `middle`."""

    place: Callable[[float], float]
    ticks: Mapping[float, str]
    middle: float | None = None


def axis_of_shares(rows: Sequence[Whisker], middle: float | None = None) -> Axis:
    """Returns an axis of shares from 0 to a quarter, a half or all, as far as the rows need it."""
    most = max([0.0, *(max(row.at or 0.0, row.within[1] if row.within else 0.0) for row in rows)])
    end = next(each for each in (0.25, 0.5, 1.0) if most <= each or each == 1)
    ticks = {end * part: f"{100 * end * part:g} %" for part in (0.0, 0.5, 1.0)}
    return Axis(lambda share: 100 * share / end, ticks, middle)


def axis_of_times() -> Axis:
    """Returns an axis of ratios from a tenth to ten times, with 1 in the middle; what is beyond stands at its end."""

    def place(times: float) -> float:
        return 50 + 50 * log10(min(max(times, 1 / _MOST_TIMES), _MOST_TIMES))

    return Axis(place, {0.1: "a tenth", 0.5: "half", 1.0: "as often", 2.0: "twice", 10.0: "ten times"}, 1.0)


def whiskers(key: str, title: str, told: str, rows: Sequence[Whisker], axis: Axis) -> str:
    """Returns the picture of some figures, one below the other."""
    bottom = _ROW * len(rows)
    return picture(key, title, told, bottom + _AXIS, [*_frame(axis, bottom), *_marks(axis, rows)])


def _frame(axis: Axis, bottom: float) -> Iterator[str]:
    yield line(0, bottom, 100, bottom, "axis")
    if axis.middle is not None:
        yield line(axis.place(axis.middle), 0, axis.place(axis.middle), bottom, "middle")
    for value, said in axis.ticks.items():
        place = axis.place(value)
        anchor: Anchor = "start" if place < 1 else "end" if place > 99 else "middle"
        yield line(place, bottom, place, bottom + 0.3, "axis")
        yield words(place, bottom + 1.4, said, "soft", anchor)


def _marks(axis: Axis, rows: Sequence[Whisker]) -> Iterator[str]:
    for number, row in enumerate(rows):
        top = _ROW * number
        yield words(0, top + _NAME, row.name)
        yield words(100, top + _NAME, row.said, "soft", "end")
        if row.within:
            low, high = map(axis.place, row.within)
            yield line(low, top + _MARK, high, top + _MARK, "whisker")
            for end in (low, high):
                yield line(end, top + _MARK - _CAP, end, top + _MARK + _CAP, "whisker")
        if row.at is not None:
            yield dot(axis.place(row.at), top + _MARK, "dot")
