"""Shows a lead in answers of the API: score, persona, funnel, BANT, and what it lacks for a handover to sales."""

from datetime import UTC, datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.leads.views import duty_view, handoff_view, merged_view, next_step_view
from baton.aws.web.json_view import View
from baton.domain.basics.moments import shown_moment
from baton.domain.basics.points import points_of
from baton.domain.conditions.condition_wording import words_by_rule
from baton.domain.history.differing_words import DifferingWord, differing_words
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import NOT_FOR_REVIEW
from baton.domain.qualification.explanation import Definition, kept_because, qualification
from baton.domain.qualification.next_content import next_content
from baton.domain.qualification.score_ledger import ExplainedEntry, explained_ledger
from baton.domain.qualification.triggers import current_hold
from baton.domain.review.checklist import answered_checklist
from baton.domain.review.parking_day import bad_timing_until
from baton.domain.scoring.standing import Standing, is_met
from baton.domain.terms import agreed_labels as labels
from baton.domain.trust.words import Word, standing_word

KNOWN = {
    *("lead_id", "email", "profile", "company", "stage", "status", "status_since", "channel", "source", "campaign"),
    *("disposable_address", "unverified", "suspected_at", "consents", "unsubscribed_at"),
    *("account", "request", "recent", "last_inbound_at", "decided_at", "review_on", "meetings"),
    *("agreement_version", "version", "created_at", "updated_at"),
}
"""The fields of a stored lead that the API shows."""


def lead_view(standing: Standing, now: datetime) -> View:
    """Shows a lead: what is known, its score and why, who holds it, and what happens next."""
    lead = standing.lead
    held = current_hold(lead, now)
    return {
        **lead.model_dump(mode="json", include=KNOWN),
        **known_places_view(lead),
        "email": lead.address,
        "emails": lead.emails,
        "disposable_address": lead.has_disposable_address,
        "merged": [merged_view(part) for part in lead.merged_wholly],
        "said_by": said_by_view(lead),
        "said_otherwise": [differing_view(each) for each in differing_words(lead)],
        "persona": persona_view(standing),
        "score": score_view(standing),
        "funnel": funnel_view(standing),
        "bant": bant_view(standing),
        "attributes": attributes_view(standing),
        "qualification": qualification_view(standing, now),
        "held": held.model_dump(mode="json") if held else None,
        "kept_from_sales": kept_view(standing),
        "next_step": next_step_view(lead, now),
        "review": review_view(standing, now),
        "handoff": handoff_view(lead.handoff, now) if lead.handoff else None,
        "labels": labels_view(standing),
    }


def labels_view(standing: Standing) -> View:
    """Shows the labels of those codes that the lead has, by the names of its fields and of its handoff's."""
    lead, agreement = standing.lead, standing.card.agreement
    found: View = {"stage": labels.stage_label(lead.stage), "status": labels.in_plain_words(lead.status)}
    if lead.reviewed:
        found["verdict"] = labels.in_plain_words(lead.reviewed.verdict)
    if handoff := lead.handoff:
        found["trigger"] = labels.trigger_label(handoff.trigger)
        found["state"] = labels.in_plain_words(handoff.state)
        found["team"] = labels.team_label(handoff.team, agreement)
    if reason := (handoff and handoff.return_reason) or (lead.duty and lead.duty.reason):
        found["return_reason"] = labels.return_reason_label(reason, agreement)
    return found


def said_by_view(lead: Lead) -> View:
    """Shows who said each fact that stands, by the fact's name; one that staff struck out has staff's word, too."""
    standing_words = {fact: standing_word(words) for fact, words in lead.said.items()}
    return {fact: _said_by(word) for fact, word in sorted(standing_words.items()) if word}


def _said_by(word: Word) -> View:
    at = shown_moment(datetime.fromtimestamp(word.at / 1000, UTC))
    return {"speaker": word.speaker, "source": word.source, "at": at}


def kept_view(standing: Standing) -> View | None:
    """Shows the rule by which the lead never goes to sales, and what it last kept from sales, if it did."""
    rule, last = standing.kept_by, standing.lead.kept
    if rule is None and last is None:
        return None
    return {
        "rule": rule and rule["id"],
        "label": rule and rule["label"],
        "because": rule and kept_because(rule),
        "then": rule and rule["then"],
        "team": rule and rule["team"],
        "last": last and last.model_dump(mode="json", exclude_none=True),
    }


def differing_view(said: DifferingWord) -> View:
    """Shows what somebody said of a fact that differs from what stands: who, since when, and the id to take it over."""
    return {
        "id": said.id,
        "fact": said.fact,
        "value": said.value,
        **_said_by(said.word),
    }


def known_places_view(lead: Lead) -> View:
    """Shows the person and the company, with the phone number and the countries as machines write them.

    `phone_e164` and `country_code` are null if what was said is not clear.
    """
    from baton.agreement.places.country_codes import country_code  # not at start-up  # noqa: PLC0415
    from baton.domain.identity.international_phones import international_phone  # as above  # noqa: PLC0415

    of_person, of_company = (country_code(each.country or "") for each in (lead.profile, lead.company))
    phone = lead.profile.phone
    profile = {
        "phone_e164": international_phone(phone, of_person or of_company) if phone else None,
        "country_code": of_person,
    }
    return {
        "profile": {**lead.profile.model_dump(mode="json"), **profile},
        "company": {**lead.company.model_dump(mode="json"), "country_code": of_company},
    }


def score_view(standing: Standing) -> View:
    """Shows the score with its ledger; the points of the entries add up to the total."""
    entries = explained_ledger(standing)
    rules = words_by_rule(standing.card.rules, {entry.rule for entry in entries})
    return {
        "total": points_of(standing.total),
        "out_of": standing.card.top,
        "fit": points_of(standing.fit),
        "engagement": points_of(standing.engagement),
        "threshold": standing.threshold,
        "entries": [_entry_view(entry, rules.get(entry.rule)) for entry in entries],
    }


def _entry_view(entry: ExplainedEntry, rule_in_words: str | None) -> View:
    shown = {
        "rule": entry.rule,
        "rule_in_words": rule_in_words,
        "kind": entry.kind,
        "points": points_of(entry.points),
        "awarded": points_of(entry.awarded),
        "at": shown_moment(entry.at),
        "signal": entry.signal,
        "what": entry.what,
        "note": entry.note,
    }
    return {name: value for name, value in shown.items() if value is not None}


def persona_view(standing: Standing) -> View | None:
    """Shows the persona that fits best, by its name in the agreement."""
    persona = standing.persona
    if persona is None:
        return None
    label = next(each["label"] for each, _ in standing.card.personas if each["id"] == persona.id)
    return {"id": persona.id, "label": label, **persona.model_dump(mode="json", exclude={"id"})}


def funnel_view(standing: Standing) -> View:
    """Shows the funnel stage of what the lead reads, when it turned to buying questions, and what to read next."""
    shown: View = {"stage": standing.funnel}
    if shifted_at := standing.tally.shifted_at:
        shown["shifted_at"] = shown_moment(datetime.fromtimestamp(shifted_at / 1000, tz=UTC))
    if content := next_content(standing):
        shown["next_content"] = {name: content[name] for name in ("id", "title", "topic", "stage")}
    return shown


def bant_view(standing: Standing) -> View:
    """Shows the answers to BANT; `met` is a person's word or, without one, what the agreement makes of the answer."""
    return {
        need: {**answer.model_dump(mode="json"), "met": is_met(answer, need, standing.card)}
        for need, answer in standing.lead.bant.items()
    }


def attributes_view(standing: Standing) -> View:
    """Shows the facts of the agreement's own, with their labels; what it does not name any more is not `agreed`."""
    agreed = standing.card.rules.get("attributes", {})
    return {
        name: {"value": value, "label": agreed[name]["label"], "kind": agreed[name]["kind"], "agreed": True}
        if name in agreed
        else {"value": value, "label": name.replace("_", " "), "kind": None, "agreed": False}
        for name, value in sorted(standing.lead.attributes.items())
    }


def review_view(standing: Standing, now: datetime) -> View | None:
    """Shows marketing's open duty towards the lead, and its last verdict.

    The checklist, and the day until which bad timing would park the lead, are there as long as a verdict can be given.
    """
    lead, shown = standing.lead, View()
    is_owed = lead.duty is not None and lead.duty.is_open
    if lead.duty and is_owed:
        shown = duty_view(lead.duty, now)
        if lead.duty.kind == "return":
            shown["returned"] = _returned_view(lead.duty, lead.handoff, standing.card.agreement)
    if is_owed or (lead.reviewed and lead.status not in NOT_FOR_REVIEW):
        shown["checklist"] = [each.model_dump(mode="json") for each in answered_checklist(standing)]
        shown["bad_timing_until"] = bad_timing_until(lead, standing.card.agreement, now).isoformat()
    if lead.reviewed:
        shown["last"] = lead.reviewed.model_dump(mode="json", exclude_none=True)
    return shown or None


def _returned_view(duty: Duty, handoff: Handoff | None, agreement: Agreement) -> View:
    """Shows why sales gave the lead back, and in whose words."""
    returned = handoff if handoff and handoff.handoff_id == duty.handoff_id else None
    return {
        "reason": duty.reason,
        "label": labels.return_reason_label(duty.reason or "", agreement),
        "note": returned.return_note if returned else None,
        "by": returned.ended_by if returned else None,
        "handoff_id": duty.handoff_id,
    }


def qualification_view(standing: Standing, now: datetime) -> View:
    """Shows in words which definitions are met, what is missing, and what happens next."""
    found = qualification(standing, now)
    shown: View = {
        "mql": _definition_view(found.mql),
        "sql": _definition_view(found.sql),
        "score": {"met": found.score_met, "missing": found.score_missing},
        "next": found.next,
    }
    if found.held_back:
        shown["held_back"] = found.held_back.model_dump(mode="json", include={"by", "reason", "until", "verdict"})
    return shown


def _definition_view(definition: Definition) -> View:
    return {"met": definition.met, "definition": definition.definition, "missing": list(definition.missing)}
