"""The verdict of a captcha on the sender of a form."""

from dataclasses import dataclass
from enum import StrEnum


class CaptchaVerdict(StrEnum):
    """The solver of a captcha: a person, a robot, or `unknown` if the provider did not answer."""

    PERSON = "person"
    ROBOT = "robot"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SolvedCaptcha:
    """A form whose captcha is to be verified, with the captcha's token if it has one.

    `repeat_key` is the same for repeats of the form.
    """

    sender: str
    lead_id: str
    repeat_key: str
    token: str | None
