"""A limit on the work of a check, so that no draft makes it hang."""


class TooMuchWork(Exception):
    """The question is left open: it took more steps than a check may."""


class Effort:
    """Counts steps down; a check that has none left says nothing instead of something that it does not know."""

    __slots__ = ("left",)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Takes steps.

        Raises:
            TooMuchWork: there are none left.
        """
        self.left -= steps
        if self.left < 0:
            raise TooMuchWork
