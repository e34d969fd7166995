"""What is known of the puzzles that websites set against robots: how a form carries an answer, what it is worth."""

from collections.abc import Callable
from dataclasses import dataclass

from baton.domain.puzzle import Verdict

TOKENS = ("cf-turnstile-response", "h-captcha-response")
CARRIED = (*TOKENS, "g-recaptcha-response")
"""The fields that Turnstile and hCaptcha add to a form; the last one for pages that were made for another."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A form whose puzzle is to be judged: whose it is, how a repeat of it is known, and the token, if it has one."""

    lead_id: str
    repeat_key: str
    token: str | None


Judge = Callable[[Solved], Verdict]


def nobody_asks(_: Solved) -> Verdict:
    """Where there is no puzzle, everybody is a person."""
    return Verdict.PERSON
