"""What is promised of every year, and how it is told that it does not hold."""


class Broken(AssertionError):
    """Something is not as it was promised."""


def must(holds: bool, otherwise: str) -> None:
    """A promise.

    Raises:
        Broken: it does not hold.
    """
    if not holds:
        raise Broken(otherwise)
