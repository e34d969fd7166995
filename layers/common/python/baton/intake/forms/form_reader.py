"""Reads a form that a website sent into a checked submission; only what makes its sender unknown refuses it."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import baton.domain.identity.normalised_emails  # loaded at start, because every request has an address  # noqa: F401
from baton.agreement.terms.form_terms import Form
from baton.domain.identity.lead_ids import anonymous_id_of, lead_id_of, reference_of
from baton.domain.leads.person_facts import AnswerValue
from baton.domain.leads.stage_and_status import Suspicion
from baton.domain.signals.captcha_verdict import CaptchaVerdict, SolvedCaptcha
from baton.domain.signals.signal_recording import Signal, repeats_until
from baton.intake.bodies.form_bodies import read_fields
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.captcha_fields import CARRIED, TOKENS
from baton.intake.forms.field_answers import Left, read_answers
from baton.intake.forms.form_signals import signal_of
from baton.intake.forms.visit_context import CONTEXT_FIELDS, VisitContext, read_context

_SUBMISSION_ID = re.compile(r"[!-~]{1,100}")
ANONYMOUS_ID = "anonymous_id"
_ANONYMOUS = re.compile(r"[!-~]{1,200}")
AROUND = frozenset({*CONTEXT_FIELDS, *CARRIED, ANONYMOUS_ID, "submission_id", "return_to"})
"""The fields that every form may have beside its own."""
_A_FILE = "a file that was not kept"


class SortedFields(NamedTuple):
    """What was sent: values by the form's own names, values of unknown fields, and files by field and name."""

    own: Mapping[str, Sequence[str]]
    others: Mapping[str, tuple[str, ...]]
    files: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str:
        """Returns the first value of a field that is not blank; "" if there is none."""
        return next((each for value in self.own.get(name, ()) if (each := value.strip())), "")


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


def sorted_fields(form: Form, content_type: str, body: bytes) -> SortedFields:
    """Returns what was sent, by the form's own names where a name means one of its fields.

    Raises:
        FormFaults: the fields cannot be told apart (400, 413, 415).
    """
    sent = read_fields(content_type, body)
    known = form.fields.keys() | {form.honeypot}
    if not form.names and all(name in known or name in AROUND for name in sent.values):
        return SortedFields(sent.values, {}, sent.files)
    from baton.intake.forms.field_names import by_own_names  # the shipped forms do without  # noqa: PLC0415

    return SortedFields(*by_own_names(form, sent.values, known | AROUND), sent.files)


def sent_again(form: Form | None, content_type: str, body: bytes) -> dict[str, Sequence[str]] | None:
    """Returns all that was sent and is to be sent again, by the form's own names; None if it cannot be told apart."""
    if form is None:
        return None
    try:
        sent = sorted_fields(form, content_type, body)
    except FormFaults:
        return None
    return {**sent.own, **sent.others}


def read_form(name: str, form: Form, content_type: str, body: bytes, pepper: bytes) -> ReadForm:
    """Reads and checks what was sent to the form `name`; its captcha is not verified yet.

    Raises:
        FormFaults: its fields cannot be told apart (400, 413, 415), or nobody knows who sent it or what is needed (422,
            all faults at once).
    """
    sent = sorted_fields(form, content_type, body)
    answers = read_answers(form, sent.own)
    if answers.faults:
        raise FormFaults(422, errors=answers.faults)
    context, submission_id = read_context(sent.own, _own(form)), _submission_id(sent, pepper)
    left, besides = [*answers.left, *_files(sent)], _beside(sent)
    lead_id = lead_id_of(answers.given["email"], pepper)
    said = [name, sorted(answers.given.items()), *([left, besides] if left or besides else [])]
    repeat_key = f"named:{submission_id}" if submission_id else f"said:{_fingerprint(said, pepper)}"
    signal = signal_of(name, form, answers.given, context, reference_of(lead_id, repeat_key, pepper), left, besides)
    read = ReadForm(
        f"form:{name}",
        lead_id,
        signal.model_copy(update={"lead_id": lead_id, "message_id": repeat_key}),
        _anonymous(sent, pepper),
        repeat_key,
        named=bool(submission_id),
        return_to=_return_page(form, sent),
        token=next((token for field in TOKENS if (token := sent.first(field))), None),
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


def _submission_id(sent: SortedFields, pepper: bytes) -> str:
    """Returns the sender's name for the submission; one that is too long or has other signs is kept as a hash."""
    named = sent.first("submission_id")
    return named if not named or _SUBMISSION_ID.fullmatch(named) else _fingerprint(["submission_id", named], pepper)


def _anonymous(sent: SortedFields, pepper: bytes) -> str | None:
    """Returns the hashed id of the visitor; None if the website sent no valid one."""
    named = sent.first(ANONYMOUS_ID)
    return anonymous_id_of(named, pepper) if _ANONYMOUS.fullmatch(named) else None


def _own(form: Form) -> frozenset[str]:
    return frozenset({*form.fields, form.honeypot})


def _return_page(form: Form, sent: SortedFields) -> str | None:
    asked = sent.first("return_to")
    if not asked or asked in form.return_pages:
        return asked or None
    from baton.intake.forms.return_pages import agreed_page  # few pages add to it  # noqa: PLC0415

    return agreed_page(form.return_pages, asked)


def _suspicion(form: Form, sent: SortedFields, context: VisitContext) -> Suspicion | None:
    """Returns why the form is taken for a robot's before its captcha is verified; None if it is not."""
    if sent.first(form.honeypot):
        return Suspicion.HONEYPOT
    if form.at_least_seconds and context.seconds is not None and context.seconds < form.at_least_seconds:
        return Suspicion.TOO_FAST
    return None


def _files(sent: SortedFields) -> list[Left]:
    if not sent.files:
        return []
    from baton.intake.forms.beside import file_names  # few forms carry files  # noqa: PLC0415

    return [Left(field, _A_FILE, name) for field, name in file_names(sent.files)]


def _beside(sent: SortedFields) -> dict[str, AnswerValue]:
    if not sent.others:
        return {}
    from baton.intake.forms.beside import beside  # the shipped forms do without  # noqa: PLC0415

    return beside(sent.others)


def _fingerprint(said: object, pepper: bytes) -> str:
    """Returns a hash that is the same for the same answers; it is keyed, so that nobody can send it as a submission's
    name.
    """
    return hmac.new(pepper, f"said:{json.dumps(said)}".encode(), hashlib.sha256).hexdigest()
