"""Staff draft and change an agreement through the API; the signatures of both departments put it into force."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import MAX_CHARACTERS, packaged_text
from tests.integration.calls import Call, Carry
from tests.integration.gateway import Answer
from tests.integration.world import World

DRAFTS = "/agreement/drafts"
FASTER = packaged_text().replace("within: 30m", "within: 15m", 1)
SLOWER = packaged_text().replace("within: 30m", "within: 45m", 1)
CLOCK = "handoffs.consultation.clocks.accept.within"
MARIA, SALLY = "maria@example.com", "sally@example.com"
WEEK = timedelta(days=7)


def drafted(world: World, text: str = FASTER, by: str = "marketing", **more: Any) -> dict[str, Any]:
    answer = world.ask("POST", DRAFTS, {"yaml": text, **more}, by=by)
    assert answer.status == 201, answer.body
    return dict(answer.json())


def sign(world: World, draft: dict[str, Any], by: str, body: Any = None, **who: Any) -> Answer:
    return world.ask("POST", f"{DRAFTS}/{draft['draft_id']}/signatures", body, by=by, **who)


def put(world: World, draft: dict[str, Any], text: str, by: str = "sales", **more: Any) -> Answer:
    body = {"yaml": text, "revision": draft["revision"], **more}
    return world.ask("PUT", f"{DRAFTS}/{draft['draft_id']}", body, by=by)


def signed(world: World, draft: dict[str, Any]) -> dict[str, Any]:
    """The draft after both departments have signed it."""
    answers = [sign(world, draft, by) for by in ("marketing", "sales")]
    assert [answer.status for answer in answers] == [200, 200], [answer.body for answer in answers]
    return dict(answers[-1].json())


def agreed(world: World) -> dict[str, Any]:
    answer = world.ask("GET", "/agreement", by="sales")
    assert answer.status == 200
    return dict(answer.json())


def version(world: World, number: int) -> dict[str, Any]:
    answer = world.ask("GET", f"/agreement/versions/{number}", by="marketing")
    assert answer.status == 200
    return dict(answer.json())


def draft_of(world: World, draft: dict[str, Any]) -> dict[str, Any]:
    answer = world.ask("GET", f"{DRAFTS}/{draft['draft_id']}", by="admin")
    assert answer.status == 200
    return dict(answer.json())


def on_the_bus(world: World) -> list[tuple[str, dict[str, Any]]]:
    records = [record for record in world.stack.items("EVENT#") if record["pk"]["S"] == "AGREEMENT"]
    return [(record["type"]["S"], record["facts"]["S"]) for record in records]


# --- Reading


def test_the_packaged_agreement_is_shown_with_its_origin_and_no_signatures(world: World) -> None:
    shown = agreed(world)
    assert (shown["version"], shown["origin"], shown["signatures"]) == (1, "packaged", [])
    assert shown["yaml"] == packaged_text()
    assert shown["in_force_since"].endswith("Z")
    assert "next" not in shown


def test_old_versions_of_the_agreement_stay_readable(world: World) -> None:
    signed(world, drafted(world))
    old, new = version(world, 1), version(world, 2)
    assert (old["state"], old["origin"], old["yaml"]) == ("past", "packaged", packaged_text())
    assert (new["state"], new["origin"], new["yaml"]) == ("in_force", "signed", FASTER)
    assert [one["group"] for one in new["signatures"]] == ["marketing", "sales"]


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "1.0", "9999999", "²"])
def test_a_version_number_that_does_not_exist_is_not_found(world: World, number: str) -> None:
    assert world.ask("GET", f"/agreement/versions/{number}", by="sales").status == 404


# --- Drafting


def test_a_draft_lists_its_differences_from_the_version_in_force(world: World) -> None:
    draft = drafted(world, note="as discussed on Monday")
    assert draft["differences"] == [f"{CLOCK} 30m → 15m"]
    assert (draft["state"], draft["revision"], draft["base_version"]) == ("open", 1, 1)
    assert (draft["signatures"], draft["signatures_missing"]) == ([], ["marketing", "sales"])
    assert (draft["created_by"], draft["note"]) == (MARIA, "as discussed on Monday")


def test_a_change_of_points_is_shown_as_one_short_difference(world: World) -> None:
    text = packaged_text().replace("whitepaper, points: 50", "whitepaper, points: 30")
    assert drafted(world, text)["differences"] == ["engagement: whitepaper 50 → 30"]


@pytest.mark.parametrize(
    ("text", "said"),
    [(packaged_text(), []), (f"# Hello\n{packaged_text()}", ["nothing but wording, order of keys or comments"])],
    ids=["the same", "another comment"],
)
def test_a_draft_that_changes_no_rule_has_no_differences_or_names_wording_only(
    world: World, text: str, said: list[str]
) -> None:
    assert drafted(world, text)["differences"] == said


def test_all_faults_of_a_draft_are_told_with_their_places(world: World) -> None:
    text = packaged_text().replace("within: 30m", "within: soon").replace("capacity: 25 ", "capacity: 0 ")
    answer = world.ask("POST", DRAFTS, {"yaml": text}, by="marketing")
    assert answer.status == 422
    faults = {fault["field"]: fault["detail"] for fault in answer.json()["errors"]}
    assert any(field.endswith("accept.within") for field in faults), faults
    assert any(field.endswith("reps.capacity") for field in faults), faults
    assert world.ask("GET", DRAFTS, by="sales").json()["drafts"] == []


def test_faults_and_warnings_of_a_draft_have_lines_and_a_warning_keeps_nobody_from_signing(world: World) -> None:
    misspelt = packaged_text().replace("kind: email_clicked", "kind: email_cliked", 1)
    line = 1 + next(number for number, each in enumerate(misspelt.splitlines()) if "email_cliked" in each)
    answer = world.ask("POST", DRAFTS, {"yaml": misspelt.replace("label: Sales", "lable: Sales")}, by="marketing")
    assert answer.status == 422
    assert {fault["line"] for fault in answer.json()["warnings"]} == {line}
    assert all({"line", "column"} <= fault.keys() for fault in answer.json()["errors"])
    world.hire("sam@example.com")
    draft = drafted(world, misspelt)
    [warning] = draft["warnings"]
    assert (warning["field"], warning["line"]) == ("engagement.e-mail-clicked.signal.kind", line)
    assert "did you mean `email_clicked`?" in warning["detail"]
    assert draft_of(world, draft)["warnings"] == [warning]
    assert signed(world, draft)["state"] == "in_force"
    assert drafted(world, FASTER)["warnings"] == []


def test_a_team_of_which_nobody_can_get_leads_is_told(world: World) -> None:
    new = FASTER.replace("teams:\n", "teams:\n  north: {label: North, reps: {weight: 1, capacity: 5}}\n", 1)
    never = "\nnever:\n  - {id: students, when: {title: {matches: student}}, team: north}\n"
    draft = drafted(world, new.replace("    team: sales\n", "    team: north\n", 1) + never)
    told = {each["field"]: each["detail"] for each in draft["warnings"]}
    assert "nobody of the team `north` can get leads" in told["handoffs.consultation.team"]
    assert "nobody of the team `north` can get leads" in told["never.students.team"]
    assert [each["field"] for each in draft_of(world, draft)["warnings"]] == list(told)
    world.hire("sam@example.com")
    assert drafted(world, SLOWER)["warnings"] == []


def test_a_draft_may_be_as_long_as_an_agreement_and_no_longer(world: World) -> None:
    longest = f"#{'x' * (MAX_CHARACTERS - len(FASTER.encode()) - 2)}\n{FASTER}"
    assert drafted(world, longest)
    answer = world.ask("POST", DRAFTS, {"yaml": f"#{longest}"}, by="marketing")
    assert (answer.status, [fault["field"] for fault in answer.json()["errors"]]) == (422, ["document"])
    assert world.ask("POST", DRAFTS, {"yaml": "x" * 2_000_000}, by="marketing").status == 413
    assert world.ask("POST", f"{DRAFTS}/x/signatures", {"for": "x" * 70_000}, by="marketing").status == 413


@pytest.mark.parametrize("moment", ["2026-11-24T09:29:59Z", "2027-11-24T09:30:00Z", "2026-11-24T00:00:00", "soon"])
def test_a_draft_whose_date_is_past_or_too_far_ahead_or_no_time_is_refused(world: World, moment: str) -> None:
    answer = world.ask("POST", DRAFTS, {"yaml": FASTER, "in_force_from": moment}, by="sales")
    assert answer.status == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == ["in_force_from"]


def test_the_same_draft_sent_twice_by_one_person_is_one_draft(world: World) -> None:
    assert drafted(world)["draft_id"] == drafted(world)["draft_id"]
    assert drafted(world, by="sales")["draft_id"] != drafted(world)["draft_id"]
    assert len(world.ask("GET", DRAFTS, by="sales").json()["drafts"]) == 2


def test_open_drafts_are_listed_newest_first_without_their_texts(world: World) -> None:
    ids = []
    for number in range(30):
        world.now += timedelta(seconds=1)
        ids.append(drafted(world, f"# {number}\n{FASTER}")["draft_id"])
    signed(world, {"draft_id": ids.pop()})
    first = world.ask("GET", DRAFTS, by="admin").json()
    rest = world.ask("GET", DRAFTS, by="admin", query={"cursor": first["cursor"]}).json()
    assert [one["draft_id"] for one in first["drafts"] + rest["drafts"]] == ids[::-1]
    assert rest["cursor"] is None
    assert not any("yaml" in one for one in first["drafts"])


def test_the_list_of_drafts_refuses_a_cursor_of_another_list(world: World) -> None:
    assert world.ask("GET", DRAFTS, by="admin", query={"cursor": "TmljZQ=="}).status == 422


def test_a_draft_is_compared_with_the_version_that_is_in_force_now(world: World) -> None:
    slower = drafted(world, SLOWER)
    signed(world, drafted(world))
    shown = draft_of(world, slower)
    assert shown["differences"] == [f"{CLOCK} 15m → 45m"]
    assert (shown["base_version"], shown["state"], shown["yaml"]) == (1, "open", SLOWER)


def test_a_draft_that_does_not_exist_is_not_found(world: World) -> None:
    for method, path in (("GET", ""), ("PUT", ""), ("POST", "/signatures")):
        body = {"yaml": FASTER, "revision": 1} if method == "PUT" else None
        assert world.ask(method, f"{DRAFTS}/0000000000000000{path}", body, by="sales").status == 404


# --- Changing


def test_a_change_of_a_draft_voids_its_signatures_and_names_the_signers(world: World) -> None:
    draft = drafted(world)
    sign(world, draft, "marketing")
    answer = put(world, draft, SLOWER)
    assert answer.status == 200
    assert [one["by"] for one in answer.json()["signatures_voided"]] == [MARIA]
    assert (answer.json()["signatures"], answer.json()["revision"]) == ([], 2)
    assert draft_of(world, draft)["yaml"] == SLOWER


def test_two_people_drafting_at_once_do_not_overwrite_each_other(world: World) -> None:
    draft = drafted(world)
    assert put(world, draft, SLOWER, by="sales").status == 200
    answer = put(world, draft, f"# Mine\n{FASTER}", by="marketing")
    assert answer.status == 409
    assert "changed since you read it" in answer.json()["detail"]
    assert draft_of(world, draft)["yaml"] == SLOWER


def test_a_change_of_a_draft_sent_again_gets_the_same_answer(world: World) -> None:
    draft = drafted(world)
    assert put(world, draft, SLOWER).json() == put(world, draft, SLOWER).json()


def test_a_draft_that_is_in_force_cannot_be_changed(world: World) -> None:
    draft = drafted(world)
    signed(world, draft)
    answer = put(world, draft, SLOWER)
    assert answer.status == 409
    assert "version 2" in answer.json()["detail"]


# --- Signing


def test_the_second_departments_signature_puts_the_draft_into_force(world: World) -> None:
    draft = drafted(world)
    first = sign(world, draft, "marketing").json()
    assert (first["state"], first["signatures_missing"], "version" in first) == ("open", ["sales"], False)
    assert agreed(world)["version"] == 1
    second = sign(world, draft, "sales").json()
    assert (second["state"], second["version"]) == ("in_force", 2)
    shown = agreed(world)
    assert (shown["version"], shown["origin"], shown["yaml"]) == (2, "signed", FASTER)
    assert shown["in_force_since"] == second["in_force_since"] == "2026-11-24T09:30:00.000Z"
    assert [(one["group"], one["by"]) for one in shown["signatures"]] == [("marketing", MARIA), ("sales", SALLY)]
    assert draft_of(world, draft)["state"] == "in_force"
    assert world.ask("GET", DRAFTS, by="sales").json()["drafts"] == []


def test_leads_are_handed_over_under_the_signed_version(world: World) -> None:
    signed(world, drafted(world))
    world.cold()
    world.send_form()
    handoff = world.stack.lead().handoff
    assert handoff
    assert handoff.agreement_version == 2
    assert handoff.clocks[0].due_at - handoff.offered_at == timedelta(minutes=15)


def test_signing_and_enacting_are_published_without_the_signers_addresses(world: World) -> None:
    signed(world, drafted(world))
    told = on_the_bus(world)
    assert sorted(kind for kind, _ in told)[-3:] == ["AgreementEnacted", "AgreementSigned", "DraftSigned"]
    assert not any(name in facts for _, facts in told for name in (MARIA, SALLY))


def test_an_administrator_signs_for_neither_department(world: World) -> None:
    answer = sign(world, drafted(world), "admin")
    assert answer.status == 403
    assert "signs for neither" in answer.json()["detail"]


def test_a_person_in_both_departments_signs_for_one_of_them_only(world: World) -> None:
    draft, both = drafted(world), {"groups": "[marketing sales]"}
    assert sign(world, draft, "bo@example.com", **both).status == 422
    assert sign(world, draft, "bo@example.com", {"for": "sales"}, **both).status == 200
    other = sign(world, draft, "bo@example.com", {"for": "marketing"}, **both)
    assert other.status == 409
    assert "different people" in other.json()["detail"]
    assert sign(world, draft, "marketing").json()["state"] == "in_force"


def test_a_signature_for_the_other_department_is_refused(world: World) -> None:
    assert sign(world, drafted(world), "marketing", {"for": "sales"}).status == 403


def test_a_signature_sent_twice_changes_nothing_also_after_the_draft_is_in_force(world: World) -> None:
    draft = drafted(world)
    sign(world, draft, "marketing")
    before = world.stack.items()
    assert sign(world, draft, "marketing").status == 200
    assert world.stack.items() == before
    first, again = sign(world, draft, "sales"), sign(world, draft, "sales")
    assert first.json() == again.json()
    assert agreed(world)["version"] == 2


def test_a_signature_under_an_older_revision_of_the_draft_is_refused(world: World) -> None:
    draft = drafted(world)
    put(world, draft, SLOWER)
    answer = sign(world, draft, "marketing", {"revision": 1})
    assert answer.status == 409
    assert "changed since you read it" in answer.json()["detail"]
    assert sign(world, draft, "marketing", {"revision": 2}).status == 200


def test_a_draft_on_an_old_version_is_rebased_when_its_text_is_sent_again(world: World) -> None:
    old = drafted(world, SLOWER)
    sign(world, old, "marketing")
    signed(world, drafted(world))
    answer = sign(world, old, "sales")
    assert answer.status == 409
    assert "version 2 was put into force since" in answer.json()["detail"]
    rebased = put(world, old, SLOWER).json()
    assert (rebased["base_version"], rebased["differences"]) == (2, [f"{CLOCK} 15m → 45m"])
    assert signed(world, old)["version"] == 3


def test_a_drafts_text_is_validated_again_at_each_signature(world: World) -> None:
    draft = drafted(world)
    stored = next(item for item in world.stack.items("DRAFT#"))
    bad = {**stored, "yaml": {"S": "title: What an older Baton allowed"}}
    world.stack.dynamodb.put_item(TableName=world.stack.table, Item=bad)
    assert sign(world, draft, "marketing").status == 422
    shown = draft_of(world, draft)
    assert shown["errors"]
    assert shown["differences"] == []


@pytest.mark.parametrize("interferes", ["sign", "change", "another"])
def test_a_signature_overtaken_by_another_request_before_its_save_is_refused(world: World, interferes: str) -> None:
    """Sales signs; before their signature is saved, somebody else is faster."""
    draft, other = drafted(world), drafted(world, SLOWER)
    sign(world, draft, "marketing")
    sign(world, other, "marketing")
    faster = {
        "sign": lambda: sign(world, draft, "kim@example.com", groups="sales"),
        "change": lambda: put(world, draft, SLOWER, by="admin"),
        "another": lambda: sign(world, other, "kim@example.com", groups="sales"),
    }[interferes]
    answers: list[Answer] = []

    def interfere(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and not answers:
            answers.append(Answer(0, {}, ""))
            answers[0] = _as_another(world, faster)
        return carry()

    with world.calls.by(interfere):
        late = sign(world, draft, "sales")
    assert answers[0].status == 200, answers[0].body
    assert late.status == 409, late.body
    assert agreed(world)["version"] == (1 if interferes == "change" else 2)


@pytest.mark.parametrize("read", range(4))
def test_a_signature_that_is_sent_twice_counts_once_wherever_the_second_overtakes_the_first(
    world: World, read: int
) -> None:
    draft = drafted(world)
    sign(world, draft, "marketing")
    operations: list[str] = []

    def overtake(call: Call, carry: Carry) -> Any:
        operations.append(call.operation)
        if len(operations) == read + 1:
            assert _as_another(world, lambda: sign(world, draft, "sales")).status == 200
        return carry()

    with world.calls.by(overtake):
        late = sign(world, draft, "sales")
    assert len(operations) > read
    assert (late.status, late.json()["state"], late.json()["version"]) == (200, "in_force", 2), late.body


def _as_another(world: World, request: Any) -> Answer:
    """Send a request in the middle of another; the function of the first one goes on afterwards."""
    running, invocation = world.calls.running, world.calls.invocation
    instances, world._instances = world._instances, {}
    answer: Answer = request()
    world._instances = instances
    world.calls.running, world.calls.invocation = running, invocation
    return answer


# --- Later


def later(world: World, text: str = FASTER, length: timedelta = WEEK) -> dict[str, Any]:
    return signed(world, drafted(world, text, in_force_from=(world.now + length).isoformat()))


def test_a_scheduled_version_comes_into_force_on_its_date(world: World) -> None:
    draft = later(world)
    assert (draft["state"], draft["version"], "in_force_since" in draft) == ("scheduled", 2, False)
    assert agreed(world)["next"] == {"version": 2, "in_force_from": "2026-12-01T09:30:00.000Z"}
    assert version(world, 2)["state"] == "scheduled"
    world.settle()
    world.wait(WEEK - timedelta(seconds=1))
    assert agreed(world)["version"] == 1
    world.wait(timedelta(seconds=1))
    shown = agreed(world)
    assert (shown["version"], shown["in_force_since"]) == (2, "2026-12-01T09:30:00.000Z")
    assert len(shown["signatures"]) == 2
    assert "next" not in shown
    assert version(world, 2)["state"] == "in_force"
    assert draft_of(world, draft)["state"] == "in_force"
    assert world.lost == []


def test_a_draft_signed_later_supersedes_the_scheduled_version(world: World) -> None:
    waiting = later(world)
    now = signed(world, drafted(world, SLOWER))
    assert (now["version"], now["state"], now["supersedes"]) == (3, "in_force", 2)
    assert "next" not in agreed(world)
    world.settle()
    world.wait(2 * WEEK)
    assert (agreed(world)["version"], agreed(world)["yaml"]) == (3, SLOWER)
    assert version(world, 2)["state"] == "superseded"
    assert draft_of(world, waiting)["state"] == "superseded"
    assert world.lost == []


def test_of_two_scheduled_versions_the_one_signed_last_comes_into_force(world: World) -> None:
    later(world, FASTER, WEEK)
    last = later(world, SLOWER, 2 * WEEK)
    assert last["supersedes"] == 2
    assert agreed(world)["next"]["version"] == 3
    world.settle()
    world.wait(WEEK)
    assert agreed(world)["version"] == 1
    world.wait(WEEK)
    assert (agreed(world)["version"], agreed(world)["yaml"]) == (3, SLOWER)


def test_a_draft_whose_date_passed_before_the_second_signature_is_in_force_at_once(world: World) -> None:
    draft = drafted(world, in_force_from=(world.now + WEEK).isoformat())
    sign(world, draft, "marketing")
    world.wait(2 * WEEK)
    assert sign(world, draft, "sales").json()["state"] == "in_force"


def test_enacting_a_version_too_early_or_twice_or_after_a_newer_one_changes_nothing(world: World) -> None:
    later(world)
    with pytest.raises(Exception, match="shall hold from"):
        world.invoke("enact_agreement", {"agreement_version": 2})
    world.now += WEEK
    assert world.invoke("enact_agreement", {"agreement_version": 2}) == {"agreement_version": 2, "in_force": True}
    before = world.stack.items()
    assert world.invoke("enact_agreement", {"agreement_version": 2}) == {"agreement_version": 2, "in_force": True}
    assert world.invoke("enact_agreement", {"agreement_version": 1}) == {"agreement_version": 1, "in_force": False}
    assert world.stack.items() == before


def test_a_deployment_leaves_a_scheduled_version_alone(world: World) -> None:
    later(world)
    world.agree(SLOWER)
    assert agreed(world)["version"] == 1
    world.settle()
    world.wait(WEEK)
    assert (agreed(world)["version"], agreed(world)["yaml"]) == (2, FASTER)
