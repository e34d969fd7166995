"""GET /leads/{lead_id}/timeline?order=&words=&limit=&cursor=: everything that happened to a lead, a page at a time."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.leads import timelines
from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.leads.views import event_view
from baton.aws.table.store import Store
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.json_view import View
from baton.aws.web.page_limits import page_limit
from baton.aws.web.router import Response
from baton.domain.basics.refusals import WrongField
from baton.domain.events.recorded import Recorded

OLDEST, NEWEST, MOST = "oldest", "newest", 100

app = staff_api(query=("order", "words", "limit", "cursor"))
store = Store.from_environment()
histories, agreements = timelines.Timelines(store), Agreements.from_environment(store)


@app.get("/leads/<lead_id>/timeline")
def get_timeline(lead_id: str) -> Response:
    """A page of events, the oldest first or the newest; `words` adds a sentence; `cursor` asks for the next page."""
    order, limit = app.query("order") or OLDEST, page_limit(app.query("limit"), timelines.PAGE, MOST)
    if order not in (OLDEST, NEWEST):
        raise WrongField("order", f"must be {OLDEST} or {NEWEST}")
    read = histories.newest if order == NEWEST else histories.page
    try:
        page = read(lead_id, app.query("cursor"), limit)
    except CursorInvalid as fault:
        raise Problem(422, "start again without a cursor", [("cursor", str(fault))]) from fault
    language = app.query("words")
    shown = in_words(page.events, language) if language else [event_view(recorded) for recorded in page.events]
    return answer({"events": shown, "cursor": page.cursor})


def in_words(events: list[Recorded], language: str) -> list[View]:
    """Shows events, each with a sentence of a language."""
    from baton.outreach.timeline.event_sentences import (  # few ask for it  # noqa: PLC0415
        LANGUAGES,
        addresses_told,
        in_sentence,
    )

    if language not in LANGUAGES:
        raise WrongField("words", f"must be one of {', '.join(LANGUAGES)}")
    agreed, addresses = agreements.in_force().agreement, addresses_told(events)
    return [{**event_view(each), **in_sentence(each, agreed, language, addresses)} for each in events]


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
