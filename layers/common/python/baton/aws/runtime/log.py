"""Writes lines to the function's log, as JSON with what they are about; never with personal data.

Powertools' Logger is imported at the first line: most requests write none, and it takes 20 ms of a start.
"""

from functools import cache
from typing import Any

_OF_THE_CALLER = 3


@cache
def _logger() -> Any:
    from aws_lambda_powertools import Logger  # see above  # noqa: PLC0415

    return Logger()


def info(message: str, **about: Any) -> None:
    """Writes what happened as it may."""
    _logger().info(message, stacklevel=_OF_THE_CALLER, **about)


def warning(message: str, **about: Any) -> None:
    """Writes what was not expected, and needs nobody."""
    _logger().warning(message, stacklevel=_OF_THE_CALLER, **about)


def error(message: str, **about: Any) -> None:
    """Writes what somebody has to look at."""
    _logger().error(message, stacklevel=_OF_THE_CALLER, **about)
