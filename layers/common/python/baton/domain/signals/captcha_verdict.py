"""What is known of somebody by the puzzle that a website set them."""

from dataclasses import dataclass
from enum import StrEnum


class CaptchaVerdict(StrEnum):
    """Who has solved the puzzle; unknown, where whoever set it could not be asked."""

    PERSON = "person"
    ROBOT = "robot"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SolvedCaptcha:
    """A form whose puzzle is to be judged: which and whose it is, how a repeat of it is known, its token, if any."""

    sender: str
    lead_id: str
    repeat_key: str
    token: str | None
