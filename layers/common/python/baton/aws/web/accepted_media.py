"""Chooses the format of an answer by the request's `Accept` header (RFC 9110, 12.5.1)."""

from collections.abc import Iterator, Mapping, Sequence

MEDIA = {"json": "application/json", "csv": "text/csv", "html": "text/html"}
"""The media type of each format."""


def best_format(asked: str | None, headers: Mapping[str, str], formats: Sequence[str]) -> str:
    """Returns the format that is `asked` for, or else the one that `Accept` likes best.

    It is `csv` for `text/csv, application/json;q=0.5`; of equals the first of `formats`, as it is if none of them is
    accepted: an answer helps more than a 406.
    """
    if asked:
        return asked
    ranges = list(_ranges(headers.get("accept", "")))
    return max(formats, key=lambda each: _quality(MEDIA[each], ranges)) if ranges else formats[0]


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Returns how much a media type is liked, from 0 to 1, by the most exact of the ranges that it is in."""
    liked = dict(ranges)
    exact = (media, f"{media.partition('/')[0]}/*", "*/*")
    return next((liked[each] for each in exact if each in liked), 0.0)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        media, *parameters = (each.strip() for each in part.split(";"))
        weights = [each.partition("=")[2].strip() for each in parameters if each.partition("=")[0].strip() == "q"]
        if media:
            yield media, _weight(weights[0]) if weights else 1.0


def _weight(text: str) -> float:
    """Returns a weight from 0 to 1; 0 for one that cannot be read."""
    digits = text.replace(".", "", 1)
    return min(1.0, float(text)) if digits.isascii() and digits.isdigit() else 0.0
