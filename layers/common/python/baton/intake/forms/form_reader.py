"""Reads a form that a website sent into a checked submission; a field that the agreement does not have is refused."""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, replace
from datetime import datetime

import baton.domain.identity.normalised_emails  # loaded at start, because every request has an address  # noqa: F401
from baton.agreement.terms.form_terms import Form
from baton.domain.identity.lead_ids import anonymous_id_of, lead_id_of, reference_of
from baton.domain.leads.stage_and_status import Suspicion
from baton.domain.signals.captcha_verdict import CaptchaVerdict, SolvedCaptcha
from baton.domain.signals.signal_recording import Signal, repeats_until
from baton.intake.fields.field_checks import check_answer
from baton.intake.fields.field_faults import FieldFault, FormFaults, printable_name
from baton.intake.fields.unclear_values import KEPT_IN_WORDS, words_of
from baton.intake.forms.captcha_fields import CARRIED, TOKENS
from baton.intake.forms.form_bodies import read_body
from baton.intake.forms.form_signals import signal_of
from baton.intake.forms.visit_context import CONTEXT_FIELDS, VisitContext, read_context

_SUBMISSION_ID = re.compile(r"[!-~]{1,100}")
ANONYMOUS_ID = "anonymous_id"
_ANONYMOUS = re.compile(r"[!-~]{1,200}")

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that was read: which and whose it is, what it says, and how a repeat of it is known.

    `repeat_key` is the sender's `submission_id`, which makes it `named`, or else follows from the answers: whatever
    their order and encoding, the same answers to the same form give the same key. `return_to` is an agreed page. A
    robot's form has no `anonymous_id`: it joins nobody. `token` is the captcha provider's, if the form carries one.
    """

    sender: str
    lead_id: str
    submission: Signal
    anonymous_id: str | None
    repeat_key: str
    named: bool
    return_to: str | None
    token: str | None

    @property
    def captcha(self) -> SolvedCaptcha | None:
        """Returns the captcha to verify; None for a form that is taken for a robot's anyway."""
        if self.submission.spam:
            return None
        return SolvedCaptcha(self.sender, self.lead_id, self.repeat_key, self.token)

    def repeats_until(self, now: datetime) -> datetime:
        """Returns the moment until which an equal form counts as a repeat."""
        return repeats_until(now, named=self.named)


def read_form(name: str, form: Form, content_type: str, body: bytes, pepper: bytes) -> ReadForm:
    """Reads and checks what was sent to the form `name`; its captcha is not verified yet.

    Raises:
        FormFaults: it cannot be read (400, 413, 415), or its fields do not fit the agreed form (422, all at once).
    """
    sent = read_body(content_type, body)
    answers, unclear = _fitting(form, sent)
    context, submission_id = read_context(sent, _own(form)), _submission_id(sent)
    lead_id = lead_id_of(answers["email"], pepper)
    repeat_key = f"named:{submission_id}" if submission_id else f"said:{_fingerprint(name, answers | unclear, pepper)}"
    signal = signal_of(name, form, answers, unclear, context, reference_of(lead_id, repeat_key, pepper))
    read = ReadForm(
        f"form:{name}",
        lead_id,
        signal.model_copy(update={"lead_id": lead_id, "message_id": repeat_key}),
        _anonymous(sent, pepper),
        repeat_key,
        named=bool(submission_id),
        return_to=sent.get("return_to") or None,
        token=_token(sent),
    )
    suspicion = _suspicion(form, sent, context)
    return _of_a_robot(read, suspicion, pepper) if suspicion else read


def with_verdict(read: ReadForm, verdict: CaptchaVerdict, pepper: bytes) -> ReadForm:
    """Returns the form as its captcha's verdict makes it: a person's, a robot's, or one that nobody could verify."""
    match verdict:
        case CaptchaVerdict.PERSON:
            return read
        case CaptchaVerdict.ROBOT:
            return _of_a_robot(read, Suspicion.CAPTCHA, pepper)
        case CaptchaVerdict.UNKNOWN:
            return replace(read, submission=read.submission.model_copy(update={"unverified": True}))


def _of_a_robot(read: ReadForm, suspicion: Suspicion, pepper: bytes) -> ReadForm:
    """Returns the form as a robot's, with a key and a reference of its own: it is never a repeat of a person's."""
    kind, _, rest = read.repeat_key.partition(":")
    repeat_key = f"{kind}:trapped:{rest}"
    marks = {"spam": True, "suspicion": suspicion, "message_id": repeat_key}
    marks["reference"] = reference_of(read.lead_id, repeat_key, pepper)
    return replace(read, submission=read.submission.model_copy(update=marks), repeat_key=repeat_key, anonymous_id=None)


def _fitting(form: Form, sent: dict[str, str]) -> tuple[Answers, Answers]:
    """Returns the checked answers to the form's own fields, and the words of those that are unclear.

    The exception names all faults at once.
    """
    answers, unclear, faults = _answers(form, sent)
    faults += _faults_around(form, sent, _submission_id(sent), sent.get("return_to", ""))
    if faults:
        raise FormFaults(422, errors=faults)
    return answers, unclear


def _submission_id(sent: dict[str, str]) -> str:
    return sent.get("submission_id", "").strip()


def _token(sent: dict[str, str]) -> str | None:
    return next((sent[field] for field in TOKENS if sent.get(field)), None)


def _anonymous(sent: dict[str, str], pepper: bytes) -> str | None:
    """Returns the hashed id of the visitor; None if the website sent no valid one."""
    named = sent.get(ANONYMOUS_ID, "").strip()
    return anonymous_id_of(named, pepper) if _ANONYMOUS.fullmatch(named) else None


def _own(form: Form) -> frozenset[str]:
    return frozenset({*form.fields, form.honeypot})


def _suspicion(form: Form, sent: dict[str, str], context: VisitContext) -> Suspicion | None:
    """Returns why the form is taken for a robot's before its captcha is verified; None if it is not."""
    if sent.get(form.honeypot, "").strip():
        return Suspicion.HONEYPOT
    if form.at_least_seconds and context.seconds is not None and context.seconds < form.at_least_seconds:
        return Suspicion.TOO_FAST
    return None


def _answers(form: Form, sent: dict[str, str]) -> tuple[Answers, Answers, list[FieldFault]]:
    answers: Answers = {}
    unclear: Answers = {}
    faults: list[FieldFault] = []
    for name, field in form.fields.items():
        try:
            answer = check_answer(field, sent.get(name, ""))
        except ValueError as fault:
            if field.kind in KEPT_IN_WORDS and (words := words_of(sent[name])):
                unclear[name] = words
            else:
                faults.append(FieldFault(name, str(fault)))
            continue
        if answer is not None:
            answers[name] = answer
        elif field.needed:
            faults.append(FieldFault(name, "is needed and has no answer; fill it in"))
    return answers, unclear, faults


def _faults_around(form: Form, sent: dict[str, str], submission_id: str, return_to: str) -> list[FieldFault]:
    """Returns the faults of the fields that every form may have, and of unknown fields."""
    faults = []
    if submission_id and not _SUBMISSION_ID.fullmatch(submission_id):
        faults.append(FieldFault("submission_id", "is not 1 to 100 visible ASCII characters; a UUID will do"))
    if return_to and return_to not in form.return_pages:
        faults.append(FieldFault("return_to", "is not one of the form's agreed pages; use one, or leave it out"))
    allowed = {*_own(form), *CONTEXT_FIELDS, *CARRIED, ANONYMOUS_ID, "submission_id", "return_to"}
    unknown = (name for name in sent if name not in allowed)
    return faults + [FieldFault(printable_name(name), _no_such(form)) for name in unknown]


def _no_such(form: Form) -> str:
    return f"is no field of this form; its fields are {', '.join(form.fields)}, submission_id and return_to"


def _fingerprint(name: str, answers: dict[str, str], pepper: bytes) -> str:
    """Returns a hash that is the same for the same answers; it is keyed, so that nobody can send it as a submission's
    name.
    """
    content = json.dumps([name, sorted(answers.items())])
    return hmac.new(pepper, f"said:{content}".encode(), hashlib.sha256).hexdigest()
