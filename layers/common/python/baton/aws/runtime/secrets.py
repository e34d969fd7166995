"""Secrets, cached in a warm function: the pepper of lead ids, the keys that sign links, webhook and captcha secrets."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient

KEEP_SECONDS = 300.0
FRESH_SECONDS = 10.0

Used = TypeVar("Used")


class Malformed(Exception):
    """A secret does not have the documented format; its administrator has to correct it."""


@dataclass(slots=True)
class Secrets:
    """Reads and caches the secrets in Secrets Manager; none of them is ever logged."""

    manager: "SecretsManagerClient"
    _kept: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def from_environment(cls) -> "Secrets":
        """Reads the secrets of the deployed stack."""
        return cls(client("secretsmanager"))

    def pepper(self) -> bytes:
        """Returns the pepper of lead ids. It never changes, because every id is a hash with it."""
        return self._versions(setting("PEPPER_ARN"), ("AWSCURRENT",), for_seconds=float("inf"))[0].encode()

    def link_keys(self) -> Sequence[str]:
        """Returns the keys of one-click links, the signing key last; after a rotation the former key stays valid."""
        return self._versions(setting("LINK_KEY_ARN"), ("AWSPREVIOUS", "AWSCURRENT"), for_seconds=KEEP_SECONDS)

    def captcha(self) -> str:
        """Returns the website's secret at the captcha provider."""
        return self._versions(setting("CAPTCHA_SECRET_ARN"), ("AWSCURRENT",), for_seconds=KEEP_SECONDS)[0]

    def with_link_keys(self, use: Callable[[Sequence[str]], Used], refused: type[Exception]) -> Used:
        """Calls `use` with the keys; if it raises `refused`, calls it again with fresh keys, in case of a rotation."""
        return self._with(self.link_keys, setting("LINK_KEY_ARN"), use, refused)

    def webhook_secrets(self, source: str) -> Sequence[str]:
        """Returns the secrets of a webhook source: one, two during a rotation, or none before the first is stored.

        Raises:
            Malformed: the stored value is neither a text nor a list of texts.
        """
        kept = self._versions(setting("WEBHOOK_SECRETS_ARN"), ("AWSCURRENT",), for_seconds=KEEP_SECONDS)[0]
        of_source = json.loads(kept).get(source) or []
        several = [of_source] if isinstance(of_source, str) else of_source
        if not isinstance(several, list) or not all(isinstance(secret, str) for secret in several):
            raise Malformed("the secrets of a source are a text, or a list of texts")
        return several

    def with_webhook_secrets(self, source: str, use: Callable[[Sequence[str]], Used], refused: type[Exception]) -> Used:
        """Calls `use` with a source's secrets; if it raises `refused`, calls it again with fresh secrets."""
        return self._with(lambda: self.webhook_secrets(source), setting("WEBHOOK_SECRETS_ARN"), use, refused)

    def _with(
        self,
        read: Callable[[], Sequence[str]],
        arn: str,
        use: Callable[[Sequence[str]], Used],
        refused: type[Exception],
    ) -> Used:
        try:
            return use(read())
        except refused:
            if time.monotonic() - self._kept[arn][0] < FRESH_SECONDS:
                raise
            kept = self._kept.pop(arn)
            try:
                return use(read())
            finally:
                self._kept.setdefault(arn, kept)  # if they could not be read anew, those stay good

    def _versions(self, arn: str, stages: Sequence[str], *, for_seconds: float) -> tuple[str, ...]:
        kept = self._kept.get(arn)
        if kept is None or time.monotonic() - kept[0] >= for_seconds:
            values = tuple(value for stage in stages if (value := self._read(arn, stage)) is not None)
            kept = self._kept[arn] = (time.monotonic(), values)
        return kept[1]

    def _read(self, arn: str, stage: str) -> str | None:
        try:
            return self.manager.get_secret_value(SecretId=arn, VersionStage=stage)["SecretString"]
        except self.manager.exceptions.ResourceNotFoundException:
            if stage == "AWSPREVIOUS":
                return None
            raise
