"""Describes a proposal of points."""

from tools.openapi.json_schemas import MOMENT, NUMBER, TEXT, WHOLE, YES_OR_NO, Json, many, or_null, thing


def points_proposal() -> Json:
    """Returns the schema of a proposal, running or finished."""
    share, within = or_null(NUMBER), or_null(many(NUMBER))
    quality = thing(dict.fromkeys(("auc", "won_in_top_5", "won_in_top_10", "won_in_top_20"), share))
    scale = thing(
        {"base": WHOLE, "full_score": WHOLE, "threshold": WHOLE, "leads_per_day": NUMBER, "leads_per_day_today": NUMBER}
    )
    rule: Json = {
        "id": TEXT,
        "words?": TEXT,
        "part": {"enum": ["fit", "engagement"]},
        "is_new": YES_OR_NO,
        "points": WHOLE,
    }
    rule |= {"points_today": or_null(WHOLE), "within": within, "leads": WHOLE, "won": WHOLE, "won_within": within}
    rule |= {"resamples": or_null(WHOLE), "without": quality}
    figures: Json = {"leads": WHOLE, "learned_from": WHOLE, "won": WHOLE, "today": quality}
    figures |= {"proposed": or_null(quality), "scale": or_null(scale), "rules": many(thing(rule))}
    told: Json = {
        "proposal_id": TEXT,
        "state": {"enum": ["running", "stalled", "finished", "refused"]},
        "agreement_version": WHOLE,
        "by": TEXT,
        "asked": thing({"leads_per_day": NUMBER, "mode": TEXT, "seed": WHOLE, "from": MOMENT, "to": MOMENT}),
        "started_at": MOMENT,
        "saved_at": MOMENT,
        "leads": WHOLE,
        "leads_read": WHOLE,
        "leads_failed": WHOLE,
        "finished_at?": MOMENT,
        "why?": TEXT,
        "figures?": thing({**figures, "warnings": many(TEXT)}),
        "report?": many(TEXT),
        "draft?": TEXT,
    }
    return thing(told)
