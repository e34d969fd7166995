"""What a call to AWS can end in, other than an answer."""

from functools import cache
from typing import Any


class AwsFault(Exception):
    """A call to AWS has failed."""


class AwsSilent(AwsFault):
    """AWS could not be reached, or did not answer in time."""


class AwsRefused(AwsFault):
    """AWS answered with an error; `response` is what it said, with `Error`: `Code` and `Message`."""

    def __init__(self, response: dict[str, Any], operation: str) -> None:
        self.response, self.operation = response, operation
        error = response["Error"]
        super().__init__(f"AWS refuses {operation} ({error['Code']}): {error['Message']}")


@cache
def refusal(code: str) -> type[AwsRefused]:
    """Returns the kind of refusal that has this code, such as `ConditionalCheckFailedException`."""
    return type(code, (AwsRefused,), {})


class Refusals:
    """The kinds of refusals as attributes: `exceptions.ConditionalCheckFailedException`; `ClientError` is any."""

    ClientError = AwsRefused

    def from_code(self, code: str) -> type[AwsRefused]:
        """Returns the kind of refusal that has this code."""
        return refusal(code)

    __getattr__ = from_code
