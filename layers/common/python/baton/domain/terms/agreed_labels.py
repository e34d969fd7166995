"""What people call the things that answers name by codes: by the agreement's labels, else by the code in words."""

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.trigger_terms import TRIGGER_LABELS

_SPELLED_OUT = {"mql": "MQL", "sql": "SQL"}


def in_plain_words(code: str) -> str:
    """Returns a code in words: `First contact` for `first_contact`, `EMEA north` for `EMEA-north`."""
    words = code.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def stage_label(stage: str) -> str:
    """Returns the label of a stage: `MQL` for `mql`, `Customer` for `customer`."""
    return _SPELLED_OUT.get(stage) or in_plain_words(stage)


def trigger_label(trigger: str) -> str:
    """Returns the label of a trigger: `Consultation request` for `consultation`."""
    return TRIGGER_LABELS.get(trigger) or in_plain_words(trigger)


def team_label(team: str, agreement: Agreement) -> str:
    """Returns the label of a team; one that is agreed no more has its name in words."""
    agreed = agreement.teams.get(team)
    return agreed.label if agreed else in_plain_words(team)


def return_reason_label(reason: str, agreement: Agreement) -> str:
    """Returns the label of a reason to return a lead."""
    agreed = agreement.return_reasons.get(reason)
    return agreed.label if agreed else in_plain_words(reason)


def persona_label(persona: str, agreement: Agreement) -> str:
    """Returns the label of a persona."""
    agreed = (each["label"] for each in agreement.rules["personas"] if each["id"] == persona)
    return next(agreed, None) or in_plain_words(persona)
