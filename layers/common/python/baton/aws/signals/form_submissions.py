"""Saves the forms that websites send: verifies the captcha, saves each form once, and joins the visitor's earlier
signals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.agreement.terms.form_terms import Form
from baton.aws.leads.commands import Commands, Person
from baton.aws.runtime import log
from baton.aws.runtime.kept_secrets import Gone, Malformed
from baton.aws.runtime.secrets import Secrets
from baton.aws.sdk.faults import AwsFault
from baton.aws.signals.form_counts import counted
from baton.aws.table.form_limits import Ceiling
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.write_outcomes import Contended, NotFound, Repeated
from baton.aws.web.captcha import Captcha
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.signals.captcha_verdict import CaptchaVerdict, SolvedCaptcha
from baton.domain.signals.signal_recording import Signal, record_signal


@dataclass(frozen=True, slots=True)
class FormSubmissions:
    """Saves forms; the captcha is verified if the website has one."""

    commands: Commands
    secrets: Secrets
    captcha: Captcha | None

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        return cls(Commands.from_environment(), Secrets.from_environment(), Captcha.from_environment())

    def form(self, name: str) -> Form:
        """Returns the agreement's form of this name; it asks for a person if its kind of signal does.

        Raises:
            NotFound: there is none.
        """
        agreement = self.commands.agreement
        form = agreement.forms.get(name)
        if form is None:
            raise NotFound(f"there is no form `{name}`")
        asks = form.asks_for_a_person or form.signal in agreement.rules["asks_for_a_person"]
        return form.model_copy(update={"asks_for_a_person": asks})

    def judge(self, solved: SolvedCaptcha, now: datetime) -> CaptchaVerdict:
        """Verifies the captcha of a form; a repeat is not verified again, because its token is spent."""
        as_before = RepeatKey(solved.sender, solved.repeat_key, now)
        if self.captcha is None or self.commands.store.is_repeat(solved.lead_id, as_before, now):
            return CaptchaVerdict.PERSON
        verdict = self.captcha.verdict(solved.token, self._secret)
        if verdict is CaptchaVerdict.UNKNOWN:
            self.secrets.doubt_captcha()  # the provider may have refused it
        return verdict

    def _secret(self) -> str | None:
        """Reads the website's secret at the captcha provider; None if that fails, which must lose no lead."""
        try:
            return self.secrets.captcha()
        except (AwsFault, Gone, Malformed) as fault:
            log.error("the captcha's secret cannot be read", kind=type(fault).__name__)
            return None

    def keep(self, lead_id: str, sent: Signal, repeat: RepeatKey, ceilings: Iterable[Ceiling], now: datetime) -> None:
        """Saves a form and applies the agreement to its lead; a repeat changes nothing, and counts as any other form.

        Raises:
            TooMany: as many as a ceiling allows were counted before; nothing was saved.
            Contended: the lead changed at every attempt.
        """
        in_force = self.commands.agreements.in_force()
        kinds, version = AgreedKinds.of(in_force.agreement.rules), in_force.version
        with counted(self.commands.store, list(ceilings)):
            try:
                self.commands.receive(
                    Person(sent.email, sent.company.name),
                    lead_id,
                    lambda lead: record_signal(lead, sent, version, now, kinds),
                    by=repeat.source,
                    now=now,
                    repeats=[repeat],
                )
            except Repeated:
                log.info("submission repeated", form=sent.form, lead_id=lead_id)

    def join(self, anonymous_id: str, lead_id: str, now: datetime) -> None:
        """Passes the visitor's earlier signals to the lead.

        Raises:
            Contended: not all of it could be saved just now.
        """
        from baton.aws.signals.anonymous_signals import AnonymousSignals  # few forms carry such an id  # noqa: PLC0415
        from baton.aws.signals.signal_batches import SignalBatches  # noqa: PLC0415

        if not AnonymousSignals(SignalBatches(self.commands), self.secrets.pepper).join(anonymous_id, lead_id, now):
            raise Contended("the form was saved, and not all that came before it; send it again")
