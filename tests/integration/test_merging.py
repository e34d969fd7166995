"""Two leads of one person are merged and unmerged; no event is lost, and none counts twice."""

from datetime import timedelta
from typing import Any

import pytest

from baton.domain.leads.lead import Lead
from tests.integration.gateway import Answer
from tests.integration.world import ANNA, World

HOME = "anna@home.example.net"
HOUR = timedelta(hours=1)
PAGE: dict[str, Any] = {"kind": "page_visited", "content": None}


def lead(world: World, email: str) -> Lead:
    (found,) = [each for each in world.stack.leads() if each.email == email]
    return found


def visit(world: World, email: str, message_id: str, **said: Any) -> str:
    sent = {"message_id": message_id, "email": email, "kind": "content_downloaded", "content": {"id": message_id}}
    answer = world.send_signals(sent | said).json()
    world.settle()
    return str(answer["results"][0]["result"])


def two(world: World) -> tuple[str, str]:
    """Anna at work, and Anna at home; a page each is not enough for marketing."""
    visit(world, ANNA, "first", properties={"title": "Buyer-Canary"}, **PAGE)
    world.now += HOUR
    visit(world, HOME, "second", properties={"phone": "+49 30 555 0199", "title": "Mother"}, **PAGE)
    world.now += HOUR
    return lead(world, ANNA).lead_id, lead(world, HOME).lead_id


def merge(world: World, one: str, other: str, by: str = "marketing") -> Answer:
    answer = world.ask("POST", f"/leads/{one}/merge", {"other": other, "reason": "she said so"}, by=by)
    world.settle()
    world.stack.must_be_consistent()
    return answer


def unmerge(world: World, other: str) -> Answer:
    answer = world.ask("POST", f"/leads/{other}/unmerge", {}, by="marketing")
    world.settle()
    world.stack.must_be_consistent()
    return answer


def shown(world: World, lead_id: str) -> Any:
    return world.ask("GET", f"/leads/{lead_id}", by="sales").json()


def test_both_ids_of_merged_leads_give_the_remaining_lead_with_the_facts_of_both(world: World) -> None:
    one, other = two(world)
    answer = merge(world, one, other)
    assert answer.status == 200
    for lead_id in (one, other):
        view = shown(world, lead_id)
        assert (view["lead_id"], view["email"]) == (one, ANNA)
        assert view["merged"] == [{"lead_id": other, "email": HOME}]
        assert (view["profile"]["title"], view["profile"]["phone"]) == ("Buyer-Canary", "+49 30 555 0199")
        assert [each["kind"] for each in view["recent"]] == ["page_visited"] * 2


def test_a_merged_leads_score_has_the_points_of_both(world: World) -> None:
    one, other = two(world)
    points = [shown(world, each)["score"]["engagement"] for each in (one, other)]
    score = merge(world, one, other).json()["score"]
    assert score["engagement"] == sum(points)
    assert sum(entry["points"] for entry in score["entries"]) == score["total"]
    assert {entry["signal"].rpartition("-")[0] for entry in score["entries"] if entry["kind"] == "engagement"} == {
        one,
        other,
    }


def test_a_signal_sent_to_both_leads_counts_once_after_the_merge(world: World) -> None:
    for email in (ANNA, HOME):
        visit(world, email, "guide")
        world.now += HOUR
    one, other = (lead(world, email).lead_id for email in (ANNA, HOME))
    points = shown(world, one)["score"]["engagement"]
    assert merge(world, one, other).json()["score"]["engagement"] == points


@pytest.mark.parametrize("first", [ANNA, HOME])
def test_a_message_sent_to_one_lead_is_a_repeat_for_the_other_after_the_merge(world: World, first: str) -> None:
    one, other = two(world)
    assert visit(world, first, "webinar", **PAGE) == "accepted"
    merge(world, one, other)
    for email in (ANNA, HOME):
        assert visit(world, email, "webinar") == "repeated"
    assert visit(world, HOME, "pricing", **PAGE) == "accepted"
    assert visit(world, ANNA, "pricing", **PAGE) == "repeated"
    assert visit(world, HOME, "pricing", **PAGE) == "repeated"
    assert len(shown(world, one)["recent"]) == 4
    world.stack.must_be_consistent()


def test_a_form_or_update_of_the_merged_address_reaches_the_remaining_lead(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    assert world.send_form(email=HOME, message="Call me").status == 202
    world.settle()
    assert lead(world, ANNA).status == "with_sales"
    assert world.ask("PATCH", f"/leads/{other}", {"profile": {"country": "DE"}}, by="sales").json()["lead_id"] == one
    world.stack.must_be_consistent()


def test_a_merged_leads_timeline_has_the_events_of_both_in_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = two(world)
    merge(world, one, other)
    visit(world, HOME, "webinar")
    monkeypatch.setattr("baton.aws.leads.timelines.PAGE", 3)
    for lead_id in (one, other):
        told, cursor = list[Any](), None
        while cursor or not told:
            query = {"cursor": cursor} if cursor else {}
            page = world.ask("GET", f"/leads/{lead_id}/timeline", by="sales", query=query).json()
            told, cursor = told + page["events"], page["cursor"]
        assert [each["at"] for each in told] == sorted(each["at"] for each in told)
        both = {each.event_id for each in (*world.stack.history(one), *world.stack.history(other)[:-1])}
        assert sorted(each["event_id"] for each in told) == sorted(both)
        assert len(told) > 3
        assert newest_first(world, lead_id) == told[::-1]


def newest_first(world: World, lead_id: str) -> list[Any]:
    """The timeline with the newest event first, a page at a time."""
    told, query = list[Any](), {"order": "newest", "limit": "4"}
    while query.get("cursor", "the first"):
        page = world.ask("GET", f"/leads/{lead_id}/timeline", by="sales", query=query).json()
        told, query = told + page["events"], {**query, "cursor": page["cursor"]}
    return told


def test_a_lead_as_of_before_the_merge_is_unmerged_and_as_of_later_has_the_points_of_both(world: World) -> None:
    one, other = two(world)
    before, score = world.now.isoformat(), shown(world, other)["score"]
    world.now += HOUR
    both = merge(world, one, other).json()["score"]["engagement"]
    after = world.now.isoformat()
    world.now += HOUR
    visit(world, HOME, "webinar")
    then = world.ask("GET", f"/leads/{other}", by="sales", query={"at": before}).json()
    assert (then["lead_id"], then["score"]["total"]) == (other, score["total"])
    then = world.ask("GET", f"/leads/{other}", by="sales", query={"at": after}).json()
    assert (then["lead_id"], then["score"]["engagement"]) == (one, both)


def test_a_merge_sent_twice_changes_nothing(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    items = world.stack.items()
    for pair in ((one, other), (other, one)):
        assert merge(world, *pair).status == 200
    assert world.stack.items() == items


def test_the_remaining_lead_of_a_merge_must_be_the_one_with_sales(world: World) -> None:
    one, other = two(world)
    world.send_form(email=HOME)
    world.settle()
    refused = merge(world, one, other)
    assert refused.status == 409
    assert f"/leads/{other}/merge" in refused.json()["detail"]
    assert merge(world, other, one).json()["status"] == "with_sales"
    assert world.stack.happened(other).count("HandoffOffered") == 1


def test_two_leads_with_sales_are_not_merged(world: World) -> None:
    one, other = two(world)
    for email in (ANNA, HOME):
        world.send_form(email=email)
    world.settle()
    assert merge(world, one, other).status == 409


def test_a_held_lead_cannot_be_merged_into_another(world: World) -> None:
    one, other = two(world)
    assert world.ask("POST", f"/leads/{other}/hold", {"reason": "x"}, by="marketing").status == 200
    assert merge(world, one, other).status == 409
    assert merge(world, other, one).status == 200


@pytest.mark.parametrize(("other", "status"), [("nobodynobodynobody", 422), ("itself", 422), (None, 422)])
def test_a_merge_with_an_unknown_lead_or_with_the_lead_itself_is_refused(
    world: World, other: str | None, status: int
) -> None:
    one, _ = two(world)
    wanted = {"other": one if other == "itself" else other} if other else {}
    assert world.ask("POST", f"/leads/{one}/merge", wanted, by="marketing").status == status
    assert world.ask("POST", "/leads/nobodynobodynobody/merge", {"other": one}, by="marketing").status == 404


def test_sales_may_not_merge_leads(world: World) -> None:
    one, other = two(world)
    assert merge(world, one, other, by="sales").status == 403


def test_a_merge_whose_points_reach_the_threshold_hands_the_lead_over(world: World) -> None:
    for email in (ANNA, HOME):
        visit(world, email, f"w-{email}", kind="webinar_attended")
        visit(world, email, f"g-{email}")
    one, other = (lead(world, email).lead_id for email in (ANNA, HOME))
    answer = merge(world, one, other)
    assert (answer.status, answer.json()["status"]) == (200, "with_sales"), answer.json()["score"]


def test_marketings_review_of_a_merged_lead_is_open_again_after_the_unmerge(world: World) -> None:
    one, other = two(world)
    for email in (ANNA, HOME):
        visit(world, email, "guide")
    assert {lead(world, ANNA).status, lead(world, HOME).status} == {"in_review"}
    before = as_known(lead(world, HOME))
    merge(world, one, other)
    queue = world.ask("GET", "/leads", by="marketing", query={"queue": "in_review"}).json()["leads"]
    assert [each["lead_id"] for each in queue] == [one]
    assert [each.duty and each.duty.verdict for each in (lead(world, ANNA), lead(world, HOME))] == [None, "merged"]
    world.wait(HOUR)
    unmerge(world, other)
    assert as_known(lead(world, HOME)) == before
    assert [waiting for waiting in world.waiting if waiting[1].startswith(other)], "it is waited for again"


def test_reports_count_two_merged_leads_as_one(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    query = {"from": "2026-11-01", "to": "2026-12-31"}
    groups = world.ask("GET", "/reports/funnel", by="marketing", query=query).json()["groups"]
    for name in ("status", "stage"):
        closing = {line["name"]: line["closing"] for line in groups[name] if line["closing"]}
        assert (sum(closing.values()), closing["merged"]) == (2, 1)
    unmerge(world, other)
    groups = world.ask("GET", "/reports/funnel", by="marketing", query=query).json()["groups"]
    assert not [line for line in groups["status"] if line["name"] == "merged" and line["closing"]]


# --- undone ---


def as_known(found: Lead) -> dict[str, Any]:
    """A lead without what counts its events and waits for its time."""
    return found.model_dump(exclude={"version", "updated_at", "timer", "parts"})


def test_an_unmerge_leaves_both_leads_as_before_the_merge(world: World) -> None:
    one, other = two(world)
    before = [as_known(lead(world, email)) for email in (ANNA, HOME)]
    merge(world, one, other)
    assert unmerge(world, other).json()["lead_id"] == other
    assert [as_known(lead(world, email)) for email in (ANNA, HOME)] == before
    assert unmerge(world, other).status == 200, "told again, nothing changes"
    assert unmerge(world, one).status == 200


def test_the_timeline_names_an_unmerged_lead_by_the_address_that_the_merge_named(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    unmerge(world, other)
    for order in ("oldest", "newest"):
        asked = {"words": "en", "order": order}
        told = world.ask("GET", f"/leads/{one}/timeline", by="marketing", query=asked).json()["events"]
        (undone,) = [each for each in told if each["type"] == "LeadUnmerged"]
        assert [part for part in undone["parts"] if "lead" in part] == [{"text": other, "label": HOME, "lead": other}]
        assert HOME not in undone["words"], "the sentence itself has the id, as it always had"


def test_an_unmerged_lead_takes_along_the_signals_sent_to_its_address(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    world.now += HOUR
    visit(world, HOME, "webinar", kind="webinar_attended", properties={"country": "AT"})
    visit(world, ANNA, "pricing", **PAGE)
    unmerge(world, other)
    assert lead(world, HOME).profile.country == "AT"
    assert lead(world, ANNA).profile.country is None
    kinds = [[each.kind for each in lead(world, email).recent] for email in (ANNA, HOME)]
    assert kinds == [["page_visited", "page_visited"], ["page_visited", "webinar_attended"]]
    assert visit(world, HOME, "webinar") == "repeated"
    world.stack.must_be_consistent()
    merge(world, one, other)
    world.stack.must_be_consistent()
    told = world.ask("GET", f"/leads/{one}/timeline", by="sales").json()["events"]
    assert len({each["event_id"] for each in told}) == len(told)


@pytest.mark.parametrize("in_touch", [False, True], ids=["nobody has called", "sales has called"])
def test_an_unmerged_leads_consultation_request_goes_to_sales_again_unless_sales_made_contact(
    world: World, in_touch: bool
) -> None:
    one, other = two(world)
    merge(world, one, other)
    world.send_form(email=HOME, message="Call me")
    world.settle()
    had = lead(world, ANNA).handoff
    assert had
    told = {"channel": "phone"} if in_touch else {}
    did = f"/handoffs/{had.handoff_id}/{'contact' if in_touch else 'accept'}"
    assert world.ask("POST", did, told, by="admin").status == 200
    unmerge(world, other)
    handoff = lead(world, HOME).handoff
    if in_touch:
        assert handoff is None
    else:
        assert handoff
        assert (handoff.trigger, handoff.state) == ("consultation", "offered")
        assert "Call me" in world.mails[-1].text
    assert lead(world, ANNA).handoff, "what was decided stays decided"


def test_each_of_three_merged_leads_is_unmerged_with_its_own_facts_and_without_a_handoff(world: World) -> None:
    one, other = two(world)
    visit(world, "carl@example.com", "third", **PAGE)
    third = lead(world, "carl@example.com").lead_id
    merge(world, one, other)
    merge(world, third, one)
    visit(world, HOME, "webinar", properties={"region": "Styria"})
    world.send_form(email=ANNA, message="Call me")
    world.settle()
    had = lead(world, "carl@example.com").handoff
    assert had
    world.now += HOUR
    assert world.ask("POST", f"/handoffs/{had.handoff_id}/contact", {"channel": "phone"}, by="admin").status == 200
    unmerge(world, one)
    unmerge(world, other)
    assert [lead(world, email).profile.region for email in (ANNA, HOME)] == [None, "Styria"]
    assert [lead(world, email).handoff for email in (ANNA, HOME)] == [None, None]
    assert world.ask("DELETE", f"/leads/{other}", by="admin").status == 204
    world.settle()
    assert "Styria" not in str(world.stack.items())
    world.stack.must_be_consistent()


def test_the_remaining_lead_of_a_merge_cannot_be_unmerged(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    refused = unmerge(world, one)
    assert refused.status == 409
    assert other in refused.json()["detail"]


# --- forgotten ---


def test_erasing_a_merged_lead_erases_both_addresses(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    visit(world, HOME, "webinar")
    assert world.ask("DELETE", f"/leads/{other}", by="admin").status == 204
    world.settle()
    left = str(world.stack.items())
    assert [word for word in (ANNA, HOME, "555 0199", "Buyer-Canary") if word in left] == []
    assert world.lost == []


def test_erasing_an_unmerged_lead_erases_its_facts_from_the_lead_of_the_former_merge(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    visit(world, HOME, "webinar", properties={"country": "AT", "page": "canary", "company": "Canary Home"})
    unmerge(world, other)
    assert world.ask("DELETE", f"/leads/{other}", by="admin").status == 204
    world.settle()
    left = str(world.stack.items())
    assert [word for word in (HOME, "555 0199", "canary", "home.example") if word in left] == []
    assert lead(world, ANNA).profile.title == "Buyer-Canary"
    world.stack.must_be_consistent()


def test_reapplied_erasures_spare_a_lead_merged_with_a_person_who_came_anew(world: World) -> None:
    one, other = two(world)
    assert world.ask("DELETE", f"/leads/{other}", by="admin").status == 204
    world.settle()
    world.now += HOUR
    visit(world, HOME, "webinar")
    merge(world, one, other)
    assert world.invoke("reapply_erasures", {}) == {"erased": 0, "to_unmerge": []}
    assert lead(world, ANNA).lead_id == one


@pytest.mark.parametrize("forgotten", [ANNA, HOME])
def test_a_restored_merge_is_named_for_unmerging_before_the_erased_lead_is_erased_again(
    world: World, forgotten: str
) -> None:
    one, other = two(world)
    merge(world, one, other)
    backup = world.stack.items()
    unmerge(world, other)
    to_go, kept = (one, HOME) if forgotten == ANNA else (other, ANNA)
    assert world.ask("DELETE", f"/leads/{to_go}", by="admin").status == 204
    world.settle()
    restore(world, backup)
    assert world.invoke("reapply_erasures", {}) == {"erased": 0, "to_unmerge": [other]}
    unmerge(world, other)
    assert world.invoke("reapply_erasures", {}) == {"erased": 1, "to_unmerge": []}
    world.settle()
    assert [each.email for each in world.stack.leads()] == [kept]
    assert forgotten not in str(world.stack.items())


def test_erasing_one_of_three_unmerged_leads_erases_its_facts_from_the_other_two(world: World) -> None:
    one, other = two(world)
    visit(world, "carl@example.com", "third", **PAGE)
    third = lead(world, "carl@example.com").lead_id
    merge(world, one, other)
    merge(world, one, third)
    unmerge(world, third)
    unmerge(world, other)
    assert world.ask("DELETE", f"/leads/{other}", by="admin").status == 204
    world.settle()
    left = str(world.stack.items())
    assert [word for word in (HOME, "555 0199") if word in left] == []
    world.stack.must_be_consistent()


def test_a_lead_that_was_merged_twice_is_one_merged_lead_and_can_be_erased(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    unmerge(world, other)
    merge(world, one, other)
    assert [each["lead_id"] for each in shown(world, one)["merged"]] == [other]
    assert world.ask("DELETE", f"/leads/{one}", by="admin").status == 204
    world.settle()
    assert world.stack.leads() == []
    left = str(world.stack.items())
    assert [word for word in (ANNA, HOME, "555 0199", "Buyer-Canary") if word in left] == []
    assert world.lost == []


def test_whoever_a_merged_lead_was_merged_with_before_is_another_person(world: World) -> None:
    former, other = two(world)
    visit(world, "anna@third.example.com", "third", **PAGE)
    stays = lead(world, "anna@third.example.com").lead_id
    merge(world, former, other)
    visit(world, HOME, "meanwhile", **PAGE)
    unmerge(world, other)
    world.send_form(email=ANNA)
    world.settle()
    assert merge(world, stays, other).status == 200
    told = shown(world, stays)
    assert [each["lead_id"] for each in told["merged"]] == [other]
    assert world.ask("GET", f"/leads/{stays}/handoffs", by="sales").json()["handoffs"] == []
    assert world.ask("DELETE", f"/leads/{stays}", by="admin").status == 204
    world.settle()
    assert [each.lead_id for each in world.stack.leads()] == [former]
    left = str(world.stack.items())
    assert [word for word in (HOME, "third.example.com", "555 0199") if word in left] == []
    assert ANNA in left
    assert world.lost == []
    world.stack.must_be_consistent()


def test_both_leads_of_an_erased_merge_are_erased_again_after_a_restore(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    backup = world.stack.items()
    assert world.ask("DELETE", f"/leads/{other}", by="admin").status == 204
    world.settle()
    restore(world, backup)
    assert world.invoke("reapply_erasures", {})["erased"] == 2
    world.settle()
    assert world.stack.leads() == []


def restore(world: World, backup: list[dict[str, Any]]) -> None:
    for item in world.stack.items():
        world.stack.dynamodb.delete_item(TableName=world.stack.table, Key={"pk": item["pk"], "sk": item["sk"]})
    for item in backup:
        world.stack.dynamodb.put_item(TableName=world.stack.table, Item=item)


def test_an_export_of_a_merged_lead_has_the_histories_of_both(world: World) -> None:
    one, other = two(world)
    merge(world, one, other)
    for lead_id in (one, other):
        told = world.ask("GET", f"/leads/{lead_id}/export", by="marketing").json()
        assert (told["person"]["email"], [each["email"] for each in told["merged"]]) == (ANNA, [HOME])
        assert len(told["history"]) == len(world.stack.history(one)) + len(world.stack.history(other))
