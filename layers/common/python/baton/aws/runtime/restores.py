"""Renews what a snapshot of a started function must not keep, each time that it is restored (Lambda SnapStart).

One snapshot becomes many environments, minutes or weeks later: keys have expired, connections are gone, the clock that
caches go by stood still, and random numbers would be the same in each.
"""

import os
import sys
from collections.abc import Callable


def after_restore(renew: Callable[[], None]) -> None:
    """Has `renew` called after each restore, before the first request; a function without a snapshot never calls it.

    Lambda calls all in the order in which they came. If one raises, the environment ends, and the request fails.
    """
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") != "snap-start":
        return
    from snapshot_restore_py import (  # type: ignore[import-untyped]  # noqa: PLC0415  # which Lambda's runtime brings
        register_after_restore,
    )

    register_after_restore(renew)


def reseed() -> None:
    """Seeds the random numbers that spread writers anew; those of secrets come from the system each time."""
    if random := sys.modules.get("random"):
        random.seed()
