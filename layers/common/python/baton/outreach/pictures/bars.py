"""Draws amounts: bars one below the other, with the figure in words at each."""

from collections.abc import Iterator, Sequence

from baton.outreach.pictures.marks import bar, picture, words

_ROW, _NAME, _TOP, _THICK = 2.7, 1.0, 1.4, 0.8


class Bar:
    """An amount: its name, its words, how much it is, and how much of that is told apart."""

    __slots__ = ("amount", "name", "part", "said")

    def __init__(self, name: str, said: str, amount: float, part: float | None = None) -> None:
        self.name, self.said, self.amount, self.part = name, said, amount, part


def bars(key: str, title: str, told: str, rows: Sequence[Bar]) -> str:
    """Returns the picture of some amounts, each against the largest of them."""
    most = max((row.amount for row in rows), default=0) or 1
    return picture(key, title, told, _ROW * len(rows), _bars(rows, 100 / most))


def _bars(rows: Sequence[Bar], scale: float) -> Iterator[str]:
    for number, row in enumerate(rows):
        top = _ROW * number
        yield words(0, top + _NAME, row.name)
        yield words(100, top + _NAME, row.said, "soft", "end")
        yield bar(0, top + _TOP, scale * row.amount, _THICK, "draft" if row.part is None else "most")
        if row.part is not None:
            yield bar(0, top + _TOP, scale * row.part, _THICK, "draft")
