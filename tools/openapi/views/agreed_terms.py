"""Describes an agreement's terms in words."""

from baton.agreement.terms.form_terms import FieldKind
from tools.openapi.json_schemas import (
    ANYTHING,
    MOMENT,
    TEXT,
    WHOLE,
    YES_OR_NO,
    Json,
    by_name,
    many,
    or_null,
    ref,
    thing,
)


def terms() -> Json:
    """Returns the schema of an agreement's terms in words."""
    in_words: Json = {"when": TEXT}
    named = {"name": TEXT, "label": TEXT}
    points = {"id": TEXT, "points": WHOLE, "by_persona": by_name(WHOLE), **in_words}
    clock = {**named, "within": TEXT, "starts_when": TEXT, "stops_when": TEXT, "ladder": many(by_name(TEXT))}
    clocks = many(thing(clock))
    trigger = {**named, "team": TEXT, "next_step": TEXT, "nobody_available": TEXT, "calendar": or_null(TEXT)}
    trigger |= {"sticky": ANYTHING, "clocks": clocks, "sooner": many(thing({**in_words, "clocks": clocks}))}
    reason = {**named, "then": TEXT, "review_after": or_null(TEXT), "attempts": or_null(WHOLE)}
    qualification = {"mql": or_null(TEXT), "sql": or_null(TEXT), "threshold": WHOLE, "full_score": WHOLE}
    qualification |= {"thresholds": many(by_name(ANYTHING)), "asks_for_a_person": many(TEXT)}
    criterion = thing({"about": TEXT, "weight": WHOLE, **in_words})
    return thing(
        {
            "title": TEXT,
            "time_zone": TEXT,
            "labels": by_name(by_name(TEXT)),
            "teams": many(ref("Team")),
            "territories": many(thing({"id": TEXT, "label": TEXT, **in_words, "team": or_null(TEXT)})),
            "triggers": many(thing({**trigger, "unless": or_null(TEXT)})),
            "return_reasons": many(thing(reason)),
            "checklist": many(thing({"id": TEXT, "question": TEXT, "needed": YES_OR_NO, "yes_if": or_null(TEXT)})),
            "marketing": by_name(or_null(TEXT)),
            "qualification": thing(qualification),
            "never": many(thing({"id": TEXT, "label": TEXT, **in_words, "then": TEXT, "team": or_null(TEXT)})),
            "fit": many(thing(points)),
            "engagement": many(thing({**points, "at_most": or_null(TEXT)})),
            "personas": many(thing({"id": TEXT, "label": TEXT, "counts_from": WHOLE, "criteria": many(criterion)})),
            "attributes": many(thing({**named, "kind": TEXT, "choices?": many(TEXT)})),
            "forms": many(_form(named)),
        }
    )


def _form(named: Json) -> Json:
    kinds: Json = {"enum": [str(kind) for kind in FieldKind]}
    field = {**named, "kind": kinds, "needed": YES_OR_NO, "max_length": WHOLE}
    field |= dict.fromkeys(("purpose", "text"), or_null(TEXT))
    form = {**named, "signal": TEXT, "asks_for_a_person": YES_OR_NO, "honeypot": TEXT}
    form |= {"at_least_seconds": or_null(WHOLE), "return_pages": many(TEXT), "fields": many(thing(field))}
    form |= {"last_sent_at?": or_null(MOMENT)}
    return thing(form)
