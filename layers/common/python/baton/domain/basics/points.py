"""Points of a score as people write them: 50, 49.5."""


def plain_points(points: float) -> int | float:
    """Returns points as JSON shows them: 50 for 50.0, and 49.5 as it is."""
    return int(points) if points == int(points) else points


def points_of(hundredths: int) -> int | float:
    """Converts hundredths of a point, which scores are counted in, to points: 4950 to 49.5."""
    return plain_points(hundredths / 100)


def points_text(hundredths: int) -> str:
    """Writes hundredths of a point as text: 4950 as `49.5`, 5000 as `50`."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
