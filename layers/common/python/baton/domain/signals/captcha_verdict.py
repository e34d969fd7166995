"""What a captcha says about the sender of a form."""

from dataclasses import dataclass
from enum import StrEnum


class CaptchaVerdict(StrEnum):
    """Who solved the captcha; `unknown` if its provider did not answer."""

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
