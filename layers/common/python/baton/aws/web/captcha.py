"""Asks Turnstile or hCaptcha whether a person solved their puzzle; a failure of the provider loses no lead."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from baton.aws.runtime import log
from baton.aws.runtime.settings import setting
from baton.domain.signals.captcha_verdict import CaptchaVerdict

SECONDS = 2.0
PROVIDERS: Mapping[str, tuple[str, str]] = {
    "turnstile": ("challenges.cloudflare.com", "/turnstile/v0/siteverify"),
    "hcaptcha": ("api.hcaptcha.com", "/siteverify"),
}
_TOKENS = {"turnstile": re.compile(r"[!-~]{1,2048}"), "hcaptcha": re.compile(r"[!-~]{1,8192}")}
"""The possible tokens of each provider. Turnstile documents a limit; hCaptcha's have some thousand characters."""
_OF_THE_SENDER = frozenset(
    {
        "missing-input-response",
        "invalid-input-response",
        "expired-input-response",
        "already-seen-response",
        "timeout-or-duplicate",
    }
)
"""The error codes that blame the sender; all others blame Baton or the provider."""


@dataclass(frozen=True, slots=True)
class Captcha:
    """The captcha provider of the website's forms, and how to connect to it."""

    provider: str
    connect: Callable[..., Any]

    @classmethod
    def from_environment(cls) -> "Captcha | None":
        """Returns the captcha of the deployed stack; by default there is none."""
        provider = setting("CAPTCHA_PROVIDER", "none")
        if provider not in PROVIDERS:
            return None
        from http.client import HTTPSConnection  # the start of most stacks needs none  # noqa: PLC0415

        return cls(provider, HTTPSConnection)

    def verdict(self, token: str | None, secret_of_ours: Callable[[], str | None]) -> CaptchaVerdict:
        """Returns who solved the captcha: a robot without a possible token, else what the provider says.

        It is unknown without a secret, or if the provider does not answer within two seconds. The provider is asked in
        another thread, because nothing else limits the time of a name's look-up or of a slow answer.
        """
        if not token or not _TOKENS[self.provider].fullmatch(token):
            return CaptchaVerdict.ROBOT
        secret = secret_of_ours()
        if secret is None:
            return CaptchaVerdict.UNKNOWN
        verdicts: list[CaptchaVerdict] = []
        thread = Thread(target=lambda: verdicts.append(self._provider_verdict(token, secret)), daemon=True)
        thread.start()
        thread.join(SECONDS)
        if not verdicts:
            log.warning("the captcha's provider does not answer in time", provider=self.provider)
        return verdicts[0] if verdicts else CaptchaVerdict.UNKNOWN

    def _provider_verdict(self, token: str, secret: str) -> CaptchaVerdict:
        from http.client import HTTPException  # see above  # noqa: PLC0415

        host, path = PROVIDERS[self.provider]
        body, kind = urlencode({"secret": secret, "response": token}), "application/x-www-form-urlencoded"
        try:
            with closing(self.connect(host, timeout=SECONDS)) as connection:
                connection.request("POST", path, body, {"Content-Type": kind})
                answer = connection.getresponse()
                answered = json.loads(answer.read(65_536)) if answer.status < 500 else {}
        except (OSError, HTTPException, ValueError) as fault:
            log.warning("the captcha's provider does not answer", provider=self.provider, kind=type(fault).__name__)
            return CaptchaVerdict.UNKNOWN
        return self._judged(answered)

    def _judged(self, answered: Any) -> CaptchaVerdict:
        if isinstance(answered, dict) and answered.get("success") is True:
            return CaptchaVerdict.PERSON
        codes = answered.get("error-codes") if isinstance(answered, dict) else None
        if isinstance(codes, list) and codes and _OF_THE_SENDER.issuperset(map(str, codes)):
            return CaptchaVerdict.ROBOT
        log.error("the captcha's provider refuses to judge", provider=self.provider)
        return CaptchaVerdict.UNKNOWN
