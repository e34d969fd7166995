"""A form that a website sent → a checked submission. Whatever fits no agreed field is refused, never guessed."""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime

from baton.agreement.terms.form_terms import Form
from baton.domain.identity.lead_ids import anonymous_id_of, lead_id_of, reference_of
from baton.domain.leads.stage_and_status import Suspicion
from baton.domain.signals.captcha_verdict import CaptchaVerdict, SolvedCaptcha
from baton.domain.signals.signal_recording import Signal, repeats_until
from baton.intake.fields.field_faults import FieldFault, FormFaults, shown
from baton.intake.fields.field_values import check_answer
from baton.intake.forms.captcha_default import CARRIED, TOKENS, Judge, nobody_asks
from baton.intake.forms.form_bodies import read_body
from baton.intake.forms.form_signals import signal_of
from baton.intake.forms.visit_context import CONTEXT, Context, read_context

_SUBMISSION_ID = re.compile(r"[!-~]{1,100}")
ANONYMOUS_ID = "anonymous_id"
_ANONYMOUS = re.compile(r"[!-~]{1,200}")


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that was read: which and whose it is, what it says, and how a repeat of it is known.

    `repeat_key` is the sender's `submission_id`, which makes it `named`, or else follows from the answers: whatever
    their order and encoding, the same answers to the same form give the same key. `return_to` is an agreed page. A
    robot's form has no `anonymous_id`: it joins nobody.
    """

    sender: str
    lead_id: str
    submission: Signal
    anonymous_id: str | None
    repeat_key: str
    named: bool
    return_to: str | None

    def repeats_until(self, now: datetime) -> datetime:
        """Until when the same is a repeat."""
        return repeats_until(now, named=self.named)


def read_form(
    name: str, form: Form, content_type: str, body: bytes, pepper: bytes, judge: Judge = nobody_asks
) -> ReadForm:
    """Read and check what was sent to the form `name`; of one that fits `judge` says whether it is a robot's.

    Raises:
        FormFaults: it cannot be read (400, 413, 415), or its fields do not fit the agreed form (422, all at once).
    """
    sent = read_body(content_type, body)
    answers = _fitting(form, sent)
    context, submission_id = read_context(sent, _own(form)), _submission_id(sent)
    sender, lead_id = f"form:{name}", lead_id_of(answers["email"], pepper)
    kind, said = ("named", submission_id) if submission_id else ("said", _fingerprint(name, answers, pepper))
    verdict, robot = _judged(
        _robot(form, sent, context), SolvedCaptcha(sender, lead_id, f"{kind}:{said}", _token(sent)), judge
    )
    repeat_key = f"{kind}:trapped:{said}" if robot else f"{kind}:{said}"
    signal = signal_of(name, form, answers, context, reference_of(lead_id, repeat_key, pepper), robot)
    told = {"lead_id": lead_id, "message_id": repeat_key, "unverified": verdict is CaptchaVerdict.UNKNOWN}
    return ReadForm(
        sender,
        lead_id,
        signal.model_copy(update=told),
        None if robot else _anonymous(sent, pepper),
        repeat_key,
        named=bool(submission_id),
        return_to=sent.get("return_to") or None,
    )


def _fitting(form: Form, sent: dict[str, str]) -> dict[str, str]:
    """The checked answers to the form's own fields; all that is wrong with what was sent is told at once."""
    answers, faults = _answers(form, sent)
    faults += _faults_around(form, sent, _submission_id(sent), sent.get("return_to", ""))
    if faults:
        raise FormFaults(422, errors=faults)
    return answers


def _submission_id(sent: dict[str, str]) -> str:
    return sent.get("submission_id", "").strip()


def _token(sent: dict[str, str]) -> str | None:
    return next((sent[field] for field in TOKENS if sent.get(field)), None)


def _judged(robot: Suspicion | None, solved: SolvedCaptcha, judge: Judge) -> tuple[CaptchaVerdict, Suspicion | None]:
    """Whose a form is, and why it is taken for a robot's; about one that is anyhow nobody is asked."""
    verdict = CaptchaVerdict.ROBOT if robot else judge(solved)
    return verdict, Suspicion.CAPTCHA if verdict is CaptchaVerdict.ROBOT and not robot else robot


def _anonymous(sent: dict[str, str], pepper: bytes) -> str | None:
    """The id under which the visitor is known whom the website calls so; what does not fit is left out."""
    named = sent.get(ANONYMOUS_ID, "").strip()
    return anonymous_id_of(named, pepper) if _ANONYMOUS.fullmatch(named) else None


def _own(form: Form) -> frozenset[str]:
    return frozenset({*form.fields, form.honeypot})


def _robot(form: Form, sent: dict[str, str], context: Context) -> Suspicion | None:
    """Why a form is taken for a robot's, if it is."""
    if sent.get(form.honeypot, "").strip():
        return Suspicion.HONEYPOT
    if form.at_least_seconds and context.seconds is not None and context.seconds < form.at_least_seconds:
        return Suspicion.TOO_FAST
    return None


def _answers(form: Form, sent: dict[str, str]) -> tuple[dict[str, str], list[FieldFault]]:
    answers: dict[str, str] = {}
    faults: list[FieldFault] = []
    for name, field in form.fields.items():
        try:
            answer = check_answer(field, sent.get(name, ""))
        except ValueError as fault:
            faults.append(FieldFault(name, str(fault)))
            continue
        if answer is not None:
            answers[name] = answer
        elif field.needed:
            faults.append(FieldFault(name, "is needed and has no answer; fill it in"))
    return answers, faults


def _faults_around(form: Form, sent: dict[str, str], submission_id: str, return_to: str) -> list[FieldFault]:
    """The faults of what a form carries besides its own fields."""
    faults = []
    if submission_id and not _SUBMISSION_ID.fullmatch(submission_id):
        faults.append(FieldFault("submission_id", "is not 1 to 100 visible ASCII characters; a UUID will do"))
    if return_to and return_to not in form.return_pages:
        faults.append(FieldFault("return_to", "is not one of the form's agreed pages; use one, or leave it out"))
    known = {*_own(form), *CONTEXT, *CARRIED, ANONYMOUS_ID, "submission_id", "return_to"}
    unknown = (name for name in sent if name not in known)
    return faults + [FieldFault(shown(name), _no_such(form)) for name in unknown]


def _no_such(form: Form) -> str:
    return f"is no field of this form; its fields are {', '.join(form.fields)}, submission_id and return_to"


def _fingerprint(name: str, answers: dict[str, str], pepper: bytes) -> str:
    """The same for the same answers; keyed, so that nobody can send it as the name of another submission."""
    said = json.dumps([name, sorted(answers.items())])
    return hmac.new(pepper, f"said:{said}".encode(), hashlib.sha256).hexdigest()
