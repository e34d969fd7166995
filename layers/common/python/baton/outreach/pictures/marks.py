"""Draws the marks of a picture as SVG, and frames them with words for those who do not see it.

Places across are in percent of the width and places down in ems, so that a picture fits a phone, a desk and paper while
its text keeps the size of the page's. Colours are classes of the page's style.
"""

from collections.abc import Iterable
from typing import Literal

from baton.outreach.text.markup import escape

Anchor = Literal["start", "middle", "end"]


def picture(key: str, title: str, told: str, height: float, marks: Iterable[str], *, bare: bool = False) -> str:
    """Returns a picture with a caption; a screen reader reads its title and what is told of it.

    Args:
        key: tells the picture from others of the page, such as `ladder`.
        title: the caption.
        told: what the picture shows, in a sentence or two; a table behind it has the figures.
        height: in ems.
        marks: the marks, later ones above earlier ones.
        bare: the figures are not written in it, so that it needs the table behind it on paper, too.
    """
    look = ' class="bare"' if bare else ""
    names = f'aria-labelledby="{key}-title {key}-told"'
    return (
        f"<figure{look}>\n<figcaption>{escape(title)}</figcaption>\n"
        f'<svg class="picture" role="img" {names} width="100%" height="{_ems(height)}">\n'
        f'<title id="{key}-title">{escape(title)}</title>\n<desc id="{key}-told">{escape(told)}</desc>\n'
        + "\n".join(marks)
        + "\n</svg>\n</figure>"
    )


def bar(left: float, top: float, width: float, height: float, look: str) -> str:
    """Returns a rectangle."""
    across = f'x="{_percent(left)}" width="{_percent(max(0.0, width))}"'
    return f'<rect class="{look}" {across} y="{_ems(top)}" height="{_ems(max(0.0, height))}"/>'


def line(left: float, top: float, right: float, bottom: float, look: str) -> str:
    """Returns a straight line."""
    across = f'x1="{_percent(left)}" x2="{_percent(right)}"'
    return f'<line class="{look}" {across} y1="{_ems(top)}" y2="{_ems(bottom)}"/>'


def dot(left: float, top: float, look: str) -> str:
    """Returns a dot."""
    return f'<circle class="{look}" cx="{_percent(left)}" cy="{_ems(top)}" r=".36em"/>'


def words(left: float, base: float, text: str, look: str = "", anchor: Anchor = "start") -> str:
    """Returns a text on the line `base`; it begins, has its middle or ends at `left`."""
    looks = f' class="{look}"' if look else ""
    ends = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{_percent(left)}" y="{_ems(base)}"{looks}{ends}>{escape(text)}</text>'


def _percent(place: float) -> str:
    return f"{round(place, 2):g}%"


def _ems(place: float) -> str:
    return f"{round(place, 2):g}em"
