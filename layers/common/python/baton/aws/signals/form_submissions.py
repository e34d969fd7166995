"""Takes what websites hand in: sees who solved the puzzle, keeps each form once, joins what its sender did before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from baton.aws.leads.commands import Commands, Person
from baton.aws.runtime.secrets import Secrets
from baton.aws.table.form_limits import Ceiling
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.write_outcomes import Contended, Repeated
from baton.aws.web.captcha import Captcha
from baton.domain.signals.captcha_verdict import CaptchaVerdict, SolvedCaptcha
from baton.domain.signals.signal_recording import Signal, record_signal

logger = Logger()


@dataclass(frozen=True, slots=True)
class Submissions:
    """Where forms arrive: the desk, and whoever sets the puzzles in them, if anybody does."""

    commands: Commands
    secrets: Secrets
    captcha: Captcha | None

    @classmethod
    def from_environment(cls) -> Self:
        """Of the deployed stack."""
        return cls(Commands.from_environment(), Secrets.from_environment(), Captcha.from_environment())

    def judge(self, solved: SolvedCaptcha, now: datetime) -> CaptchaVerdict:
        """Returns who solved the captcha of a form; a repeat is not judged again, because its token is spent."""
        as_before = RepeatKey(solved.sender, solved.repeat_key, now)
        if self.captcha is None or self.commands.store.is_repeat(solved.lead_id, as_before, now):
            return CaptchaVerdict.PERSON
        return self.captcha.verdict(solved.token, self._secret)

    def _secret(self) -> str | None:
        """By which the captcha's provider knows the website; None if it cannot be read, which costs nobody a lead."""
        try:
            return self.secrets.captcha()
        except (BotoCoreError, ClientError) as fault:
            logger.error("the captcha's secret cannot be read", kind=type(fault).__name__)
            return None

    def keep(self, lead_id: str, sent: Signal, repeat: RepeatKey, ceilings: Iterable[Ceiling], now: datetime) -> None:
        """Save what was sent, with all that follows from it. A repeat changes nothing.

        Raises:
            TooMany: as many as a ceiling allows were counted before; nothing was saved.
            Contended: too many changed the lead at once.
        """
        in_force = self.commands.agreements.in_force()
        asking, version = in_force.agreement.rules["asks_for_a_person"], in_force.version
        try:
            self.commands.receive(
                Person(sent.email, sent.company.name),
                lead_id,
                lambda lead: record_signal(lead, sent, version, now, asking),
                by=repeat.source,
                now=now,
                repeats=[repeat],
                ceilings=list(ceilings),
            )
        except Repeated:
            logger.info("submission repeated", form=sent.form, lead_id=lead_id)

    def join(self, anonymous_id: str, lead_id: str, now: datetime) -> None:
        """What the visitor did before they gave their address is theirs.

        Raises:
            Contended: not all of it could be saved just now.
        """
        from baton.aws.signals.anonymous_signals import Anonymous  # few forms carry such an id  # noqa: PLC0415
        from baton.aws.signals.signal_batches import SignalBatches  # noqa: PLC0415

        if not Anonymous(SignalBatches(self.commands), self.secrets.pepper).join(anonymous_id, lead_id, now):
            raise Contended("the form was saved, and not all that came before it; send it again")
