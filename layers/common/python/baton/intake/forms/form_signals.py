"""Turns the checked answers to a form into a signal; answers without a place of their own go into its message."""

from collections.abc import Container, Mapping, Sequence

from baton.agreement.terms.form_terms import FieldKind, Form
from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.identity.company_domains import company_domain
from baton.domain.leads.person_facts import AnswerValue
from baton.domain.signals.signal_recording import WEBSITE, Signal
from baton.intake.fields.fact_fields import FACTS, MAX_ANSWER, PROFILE_CHECKS, is_no_job, read_text, signal_facts
from baton.intake.forms.field_answers import Left
from baton.intake.forms.visit_context import VisitContext

_AS_ANSWERED = frozenset({*PROFILE_CHECKS, "company"})
_ELSEWHERE = frozenset({"email", "message", "content"})
_MAX_CAMPAIGN = 100


def signal_of(
    name: str,
    form: Form,
    answers: dict[str, str],
    context: VisitContext,
    reference: str,
    left: Sequence[Left] = (),
    besides: Mapping[str, AnswerValue] | None = None,
) -> Signal:
    """Returns the signal of a sent form: facts, message, consents, campaign, and where the visitor came from.

    What is `left` of fields that could not be read goes under the message, what stands `besides` in the properties.
    """
    facts, campaign = _facts(answers), _campaign(answers)
    boxes = {field: terms for field, terms in form.fields.items() if terms.kind is FieldKind.CONSENT}
    attributes = {name: f"{ATTRIBUTE}{terms.attribute}" for name, terms in form.fields.items() if terms.attribute}
    placed = {*facts, *boxes, *attributes, *_ELSEWHERE, *(["campaign"] if campaign else [])}
    return Signal(
        email=answers["email"],
        form=name,
        kind=form.signal,
        asks_for_a_person=form.asks_for_a_person,
        reference=reference,
        source=context.source or WEBSITE,
        campaign=campaign or context.campaign,
        properties={
            **context.properties,
            **(besides or {}),
            **{attribute: answers[name][:MAX_ANSWER] for name, attribute in attributes.items() if name in answers},
        },
        consents=dict(terms.agreed_to for field, terms in boxes.items() if field in answers),
        **signal_facts(facts, company_domain(answers["email"])),
        message=_message(answers, placed, left),
        content=answers.get("content"),
    )


def _facts(answers: dict[str, str]) -> dict[str, AnswerValue]:
    """Returns the answers that are facts of a lead and pass their checks, such as `employees: 1200`."""
    facts: dict[str, AnswerValue] = {}
    for name, answered in answers.items():
        try:
            fact = answered if _is_as_answered(name, answered) else FACTS[name](answered) if name in FACTS else None
        except ValueError:
            continue
        if fact is not None:
            facts[name] = fact
    return facts


def _is_as_answered(name: str, answered: str) -> bool:
    return name in _AS_ANSWERED and not (name == "title" and is_no_job(answered))


def _campaign(answers: dict[str, str]) -> str | None:
    try:
        return read_text(answers.get("campaign", ""), _MAX_CAMPAIGN)
    except ValueError:
        return None


def _message(answers: dict[str, str], placed: Container[str], left: Sequence[Left]) -> str | None:
    """Returns the message, with the answers without a place of their own under it as `name: value`.

    What could not be read stands there, too: `phone: call me`.
    """
    others = [f"{name}: {answer}" for name, answer in answers.items() if name not in placed]
    others += map(str, left)
    paragraphs = [answers.get("message"), "\n".join(others)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) or None
