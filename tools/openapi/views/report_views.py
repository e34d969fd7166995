"""Describes answers about reports."""

from tools.openapi.json_schemas import MOMENT, NUMBER, TEXT, WHOLE, YES_OR_NO, Json, by_name, many, or_null, ref, thing


def report_views() -> dict[str, Json]:
    """Returns the schema of each of these answers by its name."""
    report = {"report": TEXT, "from": MOMENT, "to": MOMENT, "time_zone": TEXT, "as_of": MOMENT}
    behind: Json = {"lead_id": TEXT, "handoff_id?": TEXT, "duty_id?": TEXT, "at": MOMENT, "times": WHOLE}
    behind |= dict.fromkeys(("first_name", "last_name", "company", "email"), or_null(TEXT))
    drilled: Json = {**dict.fromkeys(("report", "group", "name", "figure"), TEXT), "cursor": or_null(TEXT)}
    groups = by_name(many(ref("Figures")))
    of_period = thing({"from": MOMENT, "to": MOMENT, "groups": groups})
    share = {"n": WHOLE, "of": WHOLE, **dict.fromkeys(("share", "low", "high"), or_null(NUMBER))}
    changed = {**dict.fromkeys(("group", "name", "figure"), TEXT), "now": thing(share), "before": thing(share)}
    changed |= {"difference": thing(dict.fromkeys(("share", "low", "high"), or_null(NUMBER)))}
    changed |= {"q": or_null(NUMBER), "too_few": YES_OR_NO}
    report |= {"groups": groups, "filter?": by_name(TEXT), "before?": of_period, "series?": many(of_period)}
    report |= {"compared?": many(thing(changed))}
    return {
        "Figures": thing({"name": TEXT}, description="A line's name, with its figures beside it."),
        "Report": thing(report),
        "LeadsBehind": thing({**drilled, "from": MOMENT, "to": MOMENT, "leads": many(thing(behind))}),
        "Reports": thing(
            {
                "reports": many(ref("Report")),
                "left_out?": by_name(TEXT),
                "labels": thing(dict.fromkeys(("clocks", "return_reasons", "rules"), by_name(TEXT))),
                "agreement_version?": WHOLE,
                "proposal?": or_null(ref("PointsProposal")),
            }
        ),
    }
