"""A form that a website sent → a checked submission. Whatever fits no agreed field is refused, never guessed."""

import hashlib
import hmac
import json
import re
from collections.abc import Container
from dataclasses import dataclass

from baton.agreement.forms import FieldKind, Form
from baton.domain.company import company_domain
from baton.domain.identity import anonymous_id_of, lead_id_of, reference_of
from baton.domain.lead import Said, Suspicion
from baton.domain.puzzle import Verdict
from baton.domain.signals import WEBSITE, Signal
from baton.intake.answers import check_answer
from baton.intake.bodies import read_body
from baton.intake.captcha import CARRIED, TOKENS, Judge, Solved, nobody_asks
from baton.intake.context import CONTEXT, Context, read_context
from baton.intake.facts import FACTS, OF_PROFILE, text, told
from baton.intake.faults import FieldFault, FormFaults, shown

_SUBMISSION_ID = re.compile(r"[!-~]{1,100}")
ANONYMOUS_ID = "anonymous_id"
_ANONYMOUS = re.compile(r"[!-~]{1,200}")
_AS_ANSWERED = frozenset({*OF_PROFILE, "company"})
_ELSEWHERE = frozenset({"email", "message", "content"})
_LONGEST_CAMPAIGN = 100


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that was read: whose it is, what it says, and how a repeat of it is known.

    `repeat_key` is the sender's `submission_id`, which makes it `named`, or else follows from the answers: whatever
    their order and encoding, the same answers to the same form give the same key. `return_to` is an agreed page.
    """

    lead_id: str
    submission: Signal
    anonymous_id: str | None
    repeat_key: str
    named: bool
    return_to: str | None


def read_form(
    name: str, form: Form, content_type: str, body: bytes, pepper: bytes, judge: Judge = nobody_asks
) -> ReadForm:
    """Read and check what was sent to the form `name`; of one that fits `judge` says whether it is a robot's.

    Raises:
        FormFaults: it cannot be read (400, 413, 415), or its fields do not fit the agreed form (422, all at once).
    """
    sent = read_body(content_type, body)
    answers, faults = _answers(form, sent)
    submission_id = sent.get("submission_id", "").strip()
    return_to = sent.get("return_to", "")
    faults += _faults_around(form, sent, submission_id, return_to)
    if faults:
        raise FormFaults(422, errors=faults)
    context, lead_id = read_context(sent, _own(form)), lead_id_of(answers["email"], pepper)
    robot = _robot(form, sent, context)
    kind, said = ("named", submission_id) if submission_id else ("said", _fingerprint(name, answers, pepper))
    token = next((sent[field] for field in TOKENS if sent.get(field)), None)
    verdict = Verdict.ROBOT if robot else judge(Solved(lead_id, f"{kind}:{said}", token))
    if verdict is Verdict.ROBOT:
        robot = robot or Suspicion.CAPTCHA
    repeat_key = f"{kind}:trapped:{said}" if robot else f"{kind}:{said}"
    signal = _submission(name, form, answers, context, reference_of(lead_id, repeat_key, pepper), robot)
    told = {"lead_id": lead_id, "message_id": repeat_key, "unverified": verdict is Verdict.UNKNOWN}
    submission = signal.model_copy(update=told)
    return ReadForm(
        lead_id,
        submission,
        _anonymous(sent, pepper),
        repeat_key,
        named=bool(submission_id),
        return_to=return_to or None,
    )


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


def _submission(
    name: str, form: Form, answers: dict[str, str], context: Context, reference: str, robot: Suspicion | None
) -> Signal:
    facts, campaign = _facts(answers), _campaign(answers)
    boxes = {field: terms for field, terms in form.fields.items() if terms.kind is FieldKind.CONSENT}
    placed = {*facts, *boxes, *_ELSEWHERE, *(["campaign"] if campaign else [])}
    return Signal(
        email=answers["email"],
        form=name,
        kind=form.signal,
        asks_for_a_person=form.asks_for_a_person,
        reference=reference,
        source=context.source or WEBSITE,
        campaign=campaign or context.campaign,
        properties=context.properties,
        consents=dict(terms.agreed_to for field, terms in boxes.items() if field in answers),
        **told(facts, company_domain(answers["email"])),
        message=_message(answers, placed),
        content=answers.get("content"),
        spam=robot is not None,
        suspicion=robot,
    )


def _facts(answers: dict[str, str]) -> dict[str, Said]:
    """The answers for which a lead has a place, as far as they fit there, such as a clean number of employees."""
    facts: dict[str, Said] = {}
    for name, answered in answers.items():
        try:
            fact = answered if name in _AS_ANSWERED else FACTS[name](answered) if name in FACTS else None
        except ValueError:
            continue
        if fact is not None:
            facts[name] = fact
    return facts


def _campaign(answers: dict[str, str]) -> str | None:
    try:
        return text(answers.get("campaign", ""), _LONGEST_CAMPAIGN)
    except ValueError:
        return None


def _message(answers: dict[str, str], placed: Container[str]) -> str | None:
    """The message; under it, as `name: value`, the answers for which a lead has no place, so that none is lost."""
    others = [f"{name}: {answer}" for name, answer in answers.items() if name not in placed]
    paragraphs = [answers.get("message"), "\n".join(others)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) or None
