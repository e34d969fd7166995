"""Which calls are sent again, and after which pause: as botocore's standard mode does."""

import time

ATTEMPTS = 3
LONGEST_PAUSE_SECONDS = 20.0
TRANSIENT_STATUSES = frozenset({500, 502, 503, 504})
CONFLICT_CODES = frozenset({"ReplicatedWriteConflictException"})
TRANSIENT_CODES = frozenset({"PriorRequestNotComplete", "RequestTimeout", "RequestTimeoutException"})
THROTTLING_CODES = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)


def helps(status: int, code: str) -> bool:
    """Tells whether a call that was refused may be carried out if it is sent again."""
    return status in TRANSIENT_STATUSES or any(
        code in each for each in (TRANSIENT_CODES, THROTTLING_CODES, CONFLICT_CODES)
    )


def pause(attempt: int) -> None:
    """Waits after the nth attempt, counted from 0: a random part of a time that doubles."""
    import random  # few calls need it  # noqa: PLC0415

    time.sleep(min(random.random() * 2**attempt, LONGEST_PAUSE_SECONDS))  # noqa: S311  # no secret
