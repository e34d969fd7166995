"""Shows the terms of an agreement for a screen: names with labels, and each rule in words."""

from collections.abc import Mapping
from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.form_terms import Form
from baton.agreement.terms.marketing_terms import MarketingTerms
from baton.agreement.terms.rules import Cap
from baton.agreement.terms.trigger_terms import TriggerTerms
from baton.aws.teams.roster_views import team_view
from baton.aws.web.json_view import View
from baton.domain.conditions.condition_wording import condition_in_words, duration_in_words, earned_by_in_words
from baton.domain.leads.handoff import HandoffState
from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.terms import agreed_labels as labels
from baton.domain.terms.kept_terms import OUTCOMES

_STAGES = {Stage.MQL: "Marketing qualified (MQL)", Stage.SQL: "Sales qualified (SQL)"}


def terms_view(agreement: Agreement) -> View:
    """Shows what is agreed; `labels` are those of codes that are Baton's own, by the field that has them."""
    rules = agreement.rules
    return {
        "title": agreement.title,
        "time_zone": agreement.time_zone,
        "labels": _labels_of_codes(),
        "teams": [team_view(name, agreement) for name in agreement.rosters],
        "territories": [
            {
                "id": each.id,
                "label": labels.in_plain_words(each.id),
                "when": condition_in_words(each.when),
                "team": each.team,
            }
            for each in agreement.territories
        ],
        "triggers": [_trigger(name, terms) for name, terms in agreement.handoffs.items()],
        "return_reasons": [
            {"name": name, **reason.model_dump(mode="json", include={"label", "then", "review_after", "attempts"})}
            for name, reason in agreement.return_reasons.items()
        ],
        "checklist": [
            {**question, "yes_if": question["yes_if"] and condition_in_words(question["yes_if"])}
            for question in rules.get("checklist", ())
        ],
        "marketing": _marketing(agreement.marketing),
        "qualification": {
            "mql": rules["mql"] and condition_in_words(rules["mql"]),
            "sql": rules["sql"] and condition_in_words(rules["sql"]),
            "threshold": rules["threshold"],
            "thresholds": [{**each, "when": condition_in_words(each["when"])} for each in rules["thresholds"]],
            "full_score": rules["full_score"],
            "asks_for_a_person": rules["asks_for_a_person"],
        },
        "never": [{**each, "when": condition_in_words(each["when"])} for each in rules.get("never", ())],
        "fit": [_rule(each, condition_in_words(each["when"])) for each in rules["fit"]],
        "engagement": [
            _rule(each, earned_by_in_words(each))
            | {"at_most": _cap_in_words(each["at_most"]) if "at_most" in each else None}
            for each in rules["engagement"]
        ],
        "personas": [
            {**each, "criteria": [{**one, "when": condition_in_words(one["when"])} for one in each["criteria"]]}
            for each in rules["personas"]
        ],
        "attributes": [{"name": name, **each} for name, each in rules.get("attributes", {}).items()],
        "forms": [_form(name, form) for name, form in agreement.forms.items()],
    }


def _form(name: str, form: Form) -> View:
    """Shows a form with all that a page needs which sends it: its fields, its hidden one, and where it may lead."""
    shown = form.model_dump(
        mode="json", include={"signal", "asks_for_a_person", "honeypot", "at_least_seconds", "return_pages"}
    )
    of_field = {"kind", "needed", "max_length", "purpose", "text"}
    fields = [
        {"name": each, "label": labels.in_plain_words(each), **field.model_dump(mode="json", include=of_field)}
        for each, field in form.fields.items()
    ]
    return {"name": name, "label": labels.in_plain_words(name), **shown, "fields": fields}


def _labels_of_codes() -> View:
    """Returns the labels of codes that no agreement names."""
    fields: Mapping[str, Any] = {"status": Status, "handoff_state": HandoffState, "outcome": OUTCOMES}
    shown = {field: {code: labels.in_plain_words(code) for code in codes} for field, codes in fields.items()}
    return {**shown, "stage": {stage: _STAGES.get(stage) or labels.in_plain_words(stage) for stage in Stage}}


def _trigger(name: str, terms: TriggerTerms) -> View:
    """Shows what is agreed for the leads of one trigger."""
    shown = terms.model_dump(mode="json", include={"team", "next_step", "nobody_available", "calendar", "sticky"})
    return {
        "name": name,
        "label": labels.trigger_label(name),
        **shown,
        "clocks": _clocks(terms.clocks),
        "sooner": [{"when": condition_in_words(each.when), "clocks": _clocks(each.clocks)} for each in terms.sooner],
        "unless": terms.unless and condition_in_words(terms.unless),
    }


def _marketing(terms: MarketingTerms) -> View:
    """Shows how fast marketing answers, and after how long a lead whose timing was bad comes back."""
    shown = terms.model_dump(mode="json", include={"team", "calendar", "bad_timing", "review", "answer_returns"})
    return {**shown, "review": shown["review"]["within"], "answer_returns": shown["answer_returns"]["within"]}


def _clocks(clocks: Mapping[str, Any]) -> list[View]:
    return [
        {"name": name, "label": labels.in_plain_words(name), **clock.model_dump(mode="json")}
        for name, clock in clocks.items()
    ]


def _rule(rule: Any, when: str) -> View:
    return {"id": rule["id"], "points": rule["points"], "by_persona": rule["by_persona"], "when": when}


def _cap_in_words(cap: Cap) -> str:
    """Writes how much a rule gives at most: `2 times in 90d`, `1 time and 30 points`, `1 time for each content`."""
    most = [f"{cap['times']} time{'' if cap['times'] == 1 else 's'}"] if "times" in cap else []
    if "points" in cap:
        most.append(f"{cap['points']} points")
    each = f" for each {cap['each'].replace('_', ' ')}" if "each" in cap else ""
    return f"{' and '.join(most)}{each}{' in ' + duration_in_words(cap['per']) if 'per' in cap else ''}"
