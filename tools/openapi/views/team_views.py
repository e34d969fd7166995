"""Describes answers about teams, their people, and whom mail reaches."""

from baton.domain.teams.reps import Rep
from tools.openapi.json_schemas import NUMBER, TEXT, WHOLE, YES_OR_NO, Json, by_name, many, or_null, ref, shown, thing


def team_views() -> dict[str, Json]:
    """Returns the schema of each of these answers by its name."""
    turns = thing({"territory": or_null(TEXT), "waiting": WHOLE, "behind": by_name(NUMBER)})
    state: Json = {"enum": ["pending", "unprotected", "confirmed", "ended"]}
    gets_leads, warned = {"gets_leads": YES_OR_NO, "why_not": or_null(TEXT)}, {"warnings": many(TEXT)}
    team: Json = {"team": TEXT, "label": TEXT, "department": {"enum": ["marketing", "sales"]}, "gets_leads": YES_OR_NO}
    team |= {"calendar": or_null(TEXT), "reps": thing({"weight": WHOLE, "capacity": WHOLE})}
    return {
        "Rep": shown(Rep, without=["subscription_arn"], **gets_leads),
        "ChangedRep": shown(Rep, without=["subscription_arn"], **gets_leads, **warned),
        "SetUp": thing(
            {
                "steps": thing(dict.fromkeys(("agreement", "rep", "manager", "form", "tool", "operations"), YES_OR_NO)),
                "operations": ref("OperationsMail"),
            }
        ),
        "OperationsMail": thing({"addresses": many(thing({"address": TEXT, "subscription": state})), **warned}),
        "Team": thing(team),
        "Teams": thing({"teams": many(ref("Team"))}),
        "Roster": thing({"reps": many(ref("Rep")), "turns": many(turns), **warned}),
        "Removed": thing({"email": TEXT, "passed_on": WHOLE, "waiting": WHOLE, "to_follow": WHOLE, **warned}),
    }
