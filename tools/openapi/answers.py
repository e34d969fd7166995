"""Describes the API's answers: the models that it shows, and what the views in `baton.aws` add to them."""

from collections import Counter

from tools.openapi.json_schemas import TEXT, WHOLE, Json, many, ref, thing
from tools.openapi.views.account_views import account_views
from tools.openapi.views.agreement_views import agreement_views
from tools.openapi.views.handoff_views import handoff_views
from tools.openapi.views.import_views import import_views
from tools.openapi.views.lead_views import lead_views
from tools.openapi.views.operations_views import operations_views
from tools.openapi.views.report_views import report_views
from tools.openapi.views.team_views import team_views


def views() -> dict[str, Json]:
    """Returns the schema of every answer by its name.

    Raises:
        ValueError: two have the same name.
    """
    parts = (
        _refusals,
        lead_views,
        handoff_views,
        account_views,
        import_views,
        team_views,
        agreement_views,
        operations_views,
        report_views,
    )
    named = [each for part in parts for each in part().items()]
    if twice := [name for name, count in Counter(name for name, _ in named).items() if count > 1]:
        raise ValueError(f"give each schema a name of its own; twice there are {', '.join(twice)}")
    return dict(named)


def _refusals() -> dict[str, Json]:
    problem = {"type": TEXT, "title": TEXT, "status?": WHOLE, "detail": TEXT, "errors?": many(ref("Fault"))}
    problem |= {"warnings?": many(ref("Fault"))}
    return {
        "Fault": thing({"field": TEXT, "detail": TEXT, "line?": WHOLE, "column?": WHOLE}),
        "Problem": thing(problem, description="A refusal (RFC 9457): why, and what would do."),
    }
