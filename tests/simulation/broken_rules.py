"""How a check of the simulation says that Baton broke a rule."""


class RuleBroken(AssertionError):
    """Baton has broken a rule."""


def must(holds: bool, otherwise: str) -> None:
    """Checks a rule of Baton.

    Raises:
        RuleBroken: it does not hold.
    """
    if not holds:
        raise RuleBroken(otherwise)
