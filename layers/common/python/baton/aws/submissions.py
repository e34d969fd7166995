"""Takes what websites hand in: sees who solved the puzzle, keeps each form once, joins what its sender did before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from baton.aws.captcha import Captcha
from baton.aws.desk import Desk, Person
from baton.aws.limits import Ceiling
from baton.aws.outcomes import Contended, Repeated
from baton.aws.secrets import Secrets
from baton.aws.writes import RepeatKey
from baton.domain.puzzle import Solved, Verdict
from baton.domain.signals import Signal, receive

logger = Logger()


@dataclass(frozen=True, slots=True)
class Submissions:
    """Where forms arrive: the desk, and whoever sets the puzzles in them, if anybody does."""

    desk: Desk
    secrets: Secrets
    captcha: Captcha | None

    @classmethod
    def from_environment(cls) -> Self:
        """Of the deployed stack."""
        return cls(Desk.from_environment(), Secrets.from_environment(), Captcha.from_environment())

    def judge(self, now: datetime, solved: Solved) -> Verdict:
        """Who solved the puzzle of a form. A repeat is not judged again: its token is spent."""
        as_before = RepeatKey(solved.sender, solved.repeat_key, now)
        if self.captcha is None or self.desk.store.seen(solved.lead_id, as_before, now):
            return Verdict.PERSON
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
        in_force = self.desk.agreements.in_force()
        asking, version = in_force.agreement.rules["asks_for_a_person"], in_force.version
        try:
            self.desk.receive(
                Person(sent.email, sent.company.name),
                lead_id,
                lambda lead: receive(lead, sent, version, now, asking),
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
        from baton.aws.anonymous import Anonymous  # few forms carry such an id  # noqa: PLC0415
        from baton.aws.receiving import Receiving  # noqa: PLC0415

        if not Anonymous(Receiving(self.desk), self.secrets.pepper).join(anonymous_id, lead_id, now):
            raise Contended("the form was saved, and not all that came before it; send it again")
