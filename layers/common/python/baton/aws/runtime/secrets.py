"""Secrets, cached in a warm function: the pepper of lead ids, the keys that sign links, webhook and captcha secrets."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from baton.aws.runtime.clients import client
from baton.aws.runtime.kept_secrets import Gone, KeptSecret, Malformed, Reading
from baton.aws.runtime.restores import after_restore
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient

KEEP_SECONDS = 300.0
CURRENT, FORMER, WEBHOOKS, CAPTCHA = "AWSCURRENT", "AWSPREVIOUS", "WEBHOOKS", "CAPTCHA"
"""The staging labels of versions. Each label is a value of its own: putting one leaves the others as they are."""

KEY_CHARACTERS = 64
"""The length of a key that signs links, as the deployment and `openssl rand -hex 32` make it. No provider of captchas
gives a secret so long: by its length each value is known for what it is, also if it was put under another's label."""

Used = TypeVar("Used")
BySource = dict[str, Sequence[str] | None]
"""The secrets of each webhook source; None for a source whose secrets are not understood."""


@dataclass(slots=True)
class Secrets:
    """Reads and caches the secrets in Secrets Manager; none of them is ever logged."""

    manager: "SecretsManagerClient"
    _kept: dict[str, KeptSecret[Any]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def from_environment(cls) -> "Secrets":
        """Reads the secrets of the deployed stack."""
        secrets = cls(client("secretsmanager"))
        after_restore(secrets.forget)
        return secrets

    def forget(self) -> None:
        """Forgets all secrets, so that each is read again at its next use."""
        self._kept.clear()

    def pepper(self) -> bytes:
        """Returns the pepper of lead ids. It never changes, because every id is a hash with it."""
        arn = setting("PEPPER_ARN")
        kept: KeptSecret[str] = self._of("pepper", lambda _: Reading(self._text(arn)), float("inf"))
        return kept.value().encode()

    def link_keys(self) -> Sequence[str]:
        """Returns the keys of one-click links, the signing key last; after a rotation the former key stays valid."""
        return self._link_keys().value()

    def with_link_keys(self, use: Callable[[Sequence[str]], Used], refused: type[Exception]) -> Used:
        """Calls `use` with the keys; if it raises `refused`, calls it again with fresh keys, in case of a rotation."""
        return self._link_keys().used(use, refused)

    def _link_keys(self) -> KeptSecret[Sequence[str]]:
        arn = setting("LINK_KEY_ARN")
        return self._of("link key", lambda _: self._read_link_keys(arn), KEEP_SECONDS)

    def captcha(self) -> str:
        """Returns the website's secret at the captcha provider."""
        return self._captcha().value()

    def doubt_captcha(self) -> None:
        """Has the captcha's secret read again for the next form, unless that was just done."""
        self._captcha().doubt()

    def _captcha(self) -> KeptSecret[str]:
        arn = setting("CAPTCHA_SECRET_ARN")
        return self._of("captcha secret", lambda _: Reading(captcha_secret(self._text(arn, CAPTCHA))), KEEP_SECONDS)

    def webhook_secrets(self, source: str) -> Sequence[str]:
        """Returns the secrets of a webhook source: one, two during a rotation, or none before the first is stored.

        Raises:
            Malformed: the stored value is neither a text nor a list of texts, and was not before.
        """
        return _secrets_of(source, self._webhooks().value())

    def with_webhook_secrets(self, source: str, use: Callable[[Sequence[str]], Used], refused: type[Exception]) -> Used:
        """Calls `use` with a source's secrets; if it raises `refused`, calls it again with fresh secrets."""
        return self._webhooks().used(lambda kept: use(_secrets_of(source, kept)), refused)

    def _webhooks(self) -> KeptSecret[BySource]:
        arn = setting("WEBHOOK_SECRETS_ARN")
        return self._of(
            "webhook secrets",
            lambda former: read_webhook_secrets(self._text(arn, WEBHOOKS), former or {}),
            KEEP_SECONDS,
        )

    def _of(self, name: str, read: Callable[[Any], Reading[Any]], for_seconds: float) -> KeptSecret[Any]:
        if name not in self._kept:
            self._kept[name] = KeptSecret(name, read, for_seconds, time.monotonic)
        return self._kept[name]

    def _read_link_keys(self, arn: str) -> Reading[Sequence[str]]:
        """Reads the key that signs, and the former one if it is still there and understood.

        Raises:
            Malformed: there is no key.
        """
        try:
            told = [self._text(arn, FORMER), self._text(arn)]
        except (Gone, Malformed):
            told = [self._text(arn)]
        return link_keys_in(told)

    def _text(self, arn: str, stage: str = CURRENT) -> str:
        """Reads a secret's text; no message tells anything of it."""
        faults = self.manager.exceptions
        try:
            read = self.manager.get_secret_value(SecretId=arn, VersionStage=stage)
        except (faults.ResourceNotFoundException, faults.InvalidRequestException) as gone:
            raise Gone(f"it has nothing under {stage}, or is to be deleted") from gone
        if not (text := read.get("SecretString", "")).strip():
            raise Malformed("it has no text")
        return text


def link_keys_in(told: Sequence[str]) -> Reading[Sequence[str]]:
    """Returns the keys among the former text and the present one, the signing key last.

    What is shorter than a key, or is JSON, is none: somebody put the captcha's secret, or those of webhooks, without
    their label; then the former key signs.

    Raises:
        Malformed: there is no key.
    """
    faults = [_why_no_key(text) for text in told]
    keys = [text for text, fault in zip(told, faults, strict=True) if fault is None]
    why_not = tuple(fault for fault in faults if fault)
    if not keys:
        raise Malformed(why_not[-1])
    return Reading(keys, why_not)


def _why_no_key(text: str) -> str | None:
    """Returns why a text is no key that signs links; None if it may be one."""
    if text.lstrip().startswith("{"):
        return f"it is JSON, which is no key; was it to have the label {WEBHOOKS}?"
    if len(text.strip()) < KEY_CHARACTERS:
        return f"it has fewer than {KEY_CHARACTERS} characters, so it is no key; was it to have the label {CAPTCHA}?"
    return None


def captcha_secret(text: str) -> str:
    """Returns the captcha's secret.

    Raises:
        Malformed: the text is what belongs elsewhere: the secrets of webhooks, or a key that signs links.
    """
    if text.lstrip().startswith("{"):
        raise Malformed(f"it is JSON, which is no captcha's secret; was it to have the label {WEBHOOKS}?")
    if len(text.strip()) >= KEY_CHARACTERS:
        raise Malformed(f"it has {KEY_CHARACTERS} characters or more, as a key has; was it to have no label?")
    return text


def read_webhook_secrets(text: str, former: BySource) -> Reading[BySource]:
    """Reads the secrets of all sources: `{"hubspot": ["the new one", "the former"]}`.

    A source whose secrets are not understood keeps its former ones.

    Raises:
        Malformed: it is no JSON object.
    """
    try:
        told = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        told = None  # what the fault quotes is a secret
    if not isinstance(told, dict):
        raise Malformed("it is no JSON object with the secrets of each source")
    understood = {source: _understood(secrets) for source, secrets in told.items()}
    faults = [source for source, secrets in understood.items() if secrets is None]
    kept = understood | {source: former.get(source) for source in faults}
    return Reading(kept, tuple(f"{source[:40]} has neither a text nor a list of texts" for source in faults))


def _understood(secrets: object) -> Sequence[str] | None:
    several = [secrets] if isinstance(secrets, str) else [] if secrets is None else secrets
    if not isinstance(several, list) or not all(isinstance(secret, str) for secret in several):
        return None
    return several


def _secrets_of(source: str, kept: BySource) -> Sequence[str]:
    secrets = kept.get(source, ())
    if secrets is None:
        raise Malformed("the secrets of a source are a text, or a list of texts")
    return secrets
