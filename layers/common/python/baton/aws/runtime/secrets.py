"""Secrets, read once and kept in a warm function: the pepper behind leads' ids, the keys that sign links, and what
marketing tools show that they are themselves by.
"""

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
    """What is kept is not in the shape in which it is agreed to be kept; somebody has to put it right."""


@dataclass(slots=True)
class Secrets:
    """What Secrets Manager keeps for Baton, and no log ever shows."""

    manager: "SecretsManagerClient"
    _kept: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def from_environment(cls) -> "Secrets":
        """The secrets of the deployed stack."""
        return cls(client("secretsmanager"))

    def pepper(self) -> bytes:
        """The pepper of leads' ids. It never changes: every id follows from it."""
        return self._versions(setting("PEPPER_ARN"), ("AWSCURRENT",), for_seconds=float("inf"))[0].encode()

    def link_keys(self) -> Sequence[str]:
        """The keys of one-click links, the signing one last. Rotating the secret keeps the former one valid."""
        return self._versions(setting("LINK_KEY_ARN"), ("AWSPREVIOUS", "AWSCURRENT"), for_seconds=KEEP_SECONDS)

    def captcha(self) -> str:
        """The secret by which the captcha's provider knows the website."""
        return self._versions(setting("CAPTCHA_SECRET_ARN"), ("AWSCURRENT",), for_seconds=KEEP_SECONDS)[0]

    def with_link_keys(self, use: Callable[[Sequence[str]], Used], refused: type[Exception]) -> Used:
        """Use the keys; if they are refused, once more with keys read anew, because they may just have been rotated."""
        return self._with(self.link_keys, setting("LINK_KEY_ARN"), use, refused)

    def webhook_secrets(self, source: str) -> Sequence[str]:
        """The secrets of a source of webhooks: its own one, or two while it is rotated; none if there are none yet.

        Raises:
            Malformed: what is kept for it is neither a text nor a list of texts.
        """
        kept = self._versions(setting("WEBHOOK_SECRETS_ARN"), ("AWSCURRENT",), for_seconds=KEEP_SECONDS)[0]
        of_source = json.loads(kept).get(source) or []
        several = [of_source] if isinstance(of_source, str) else of_source
        if not isinstance(several, list) or not all(isinstance(secret, str) for secret in several):
            raise Malformed("the secrets of a source are a text, or a list of texts")
        return several

    def with_webhook_secrets(self, source: str, use: Callable[[Sequence[str]], Used], refused: type[Exception]) -> Used:
        """Use a source's secrets; if they are refused, once more with those read anew."""
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
