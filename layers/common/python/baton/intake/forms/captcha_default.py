"""What is known of the puzzles that websites set against robots: how a form carries an answer, what it is worth."""

from collections.abc import Callable

from baton.domain.signals.captcha_verdict import CaptchaVerdict, SolvedCaptcha

TOKENS = ("cf-turnstile-response", "h-captcha-response")
CARRIED = (*TOKENS, "g-recaptcha-response")
"""The fields that Turnstile and hCaptcha add to a form; the last one for pages that were made for another."""


Judge = Callable[[SolvedCaptcha], CaptchaVerdict]


def nobody_asks(_: SolvedCaptcha) -> CaptchaVerdict:
    """Where there is no puzzle, everybody is a person."""
    return CaptchaVerdict.PERSON
