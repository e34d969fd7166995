"""The query of a call: unknown parameters are refused, the format follows `Accept` too, and `me` is the caller."""

import pytest

from tests.integration.world import KIM, SAM, World
from tools.openapi.operations import IN_PATH
from tools.openapi.routes import Route, routes
from tools.workspace import ROOT

GUARDED = [route for route in routes() if not route.public and not route.scopes]
SOME = dict.fromkeys(IN_PATH, "x")
"""What stands in a path; the query is looked at before anybody looks for it."""


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: f"{route.verb} {route.path}")
def test_an_unknown_parameter_is_refused_before_anything_is_done(world: World, route: Route) -> None:
    answer = world.ask(route.verb, route.path.format(**SOME), {}, by="admin", query={"colour": "blue"})
    if answer.status != 403:
        assert answer.status == 422, answer
        assert [each["field"] for each in answer.json()["errors"]] == ["colour"]


def test_an_unknown_parameter_is_told_with_the_likely_one(world: World) -> None:
    answer = world.ask("GET", "/leads", by="admin", query={"queue": "won", "fromat": "csv"})
    assert answer.status == 422
    assert answer.json()["errors"] == [{"field": "fromat", "detail": "is not known; did you mean `format`?"}]
    assert world.ask("GET", "/leads", query={"fromat": "csv"}).status == 401


def test_a_list_and_a_report_are_in_the_format_that_is_accepted(world: World) -> None:
    for path, query in (("/leads", {"queue": "won"}), ("/reports/sla", {})):
        asked = {"headers": {"Accept": "text/csv, application/json;q=0.5"}, "by": "admin"}
        by_header = world.ask("GET", path, query=query, **asked)
        by_query = world.ask("GET", path, query={**query, "format": "csv"}, by="admin")
        assert (by_header.body, by_header.headers["vary"]) == (by_query.body, "Accept")
        assert by_header.headers["content-type"].startswith("text/csv")
        told = world.ask("GET", path, query={**query, "format": "json"}, **asked)
        assert told.headers["content-type"] == "application/json"
    page = world.ask("GET", "/reports/all", by="admin", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert world.ask("GET", "/reports/all", by="admin", headers={"Accept": "text/csv"}).json()["reports"]


def test_the_owner_me_is_the_caller(world: World) -> None:
    world.send_form()
    world.settle()
    lead = world.stack.lead()
    assert lead.handoff
    for person in (SAM, KIM):
        answer = world.ask("GET", "/leads", by=person, query={"owner": "me"}).json()["leads"]
        assert [each["lead_id"] for each in answer] == ([lead.lead_id] if lead.handoff.owner == person else [])


def test_the_rows_of_nurturing_show_the_engagement_by_which_they_are_listed(world: World) -> None:
    for number in range(30):
        email = f"lead-{number}@acme{number}.example"
        read = [{"email": email, "kind": "page_visited", "message_id": f"{number}-{n}"} for n in range(number % 7 + 1)]
        world.send_signals(*read)
    listed, query = [], {"queue": "nurturing"}
    while query.get("cursor", "first"):
        answer = world.ask("GET", "/leads", by="marketing", query=query).json()
        listed, query = [*listed, *answer["leads"]], {**query, "cursor": answer["cursor"]}
    shown = [each["score"]["engagement"] for each in listed]
    assert len(shown) == 30
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) > 2


def test_anybody_reads_the_description_of_the_api_and_a_second_time_only_that_it_has_not_changed(world: World) -> None:
    answer = world.ask("GET", "/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.body == (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert answer.headers["cache-control"] == "public, max-age=300"
    again = world.ask("GET", "/openapi.json", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, "")
    with world.calls.recorded() as calls:
        world.ask("GET", "/openapi.json")
    assert not calls
