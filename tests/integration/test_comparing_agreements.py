"""Staff check a text of the agreement, compare any two, list the versions, and withdraw drafts."""

from datetime import timedelta
from typing import Any

import pytest
import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.test_agreement import DRAFTS, FASTER, MARIA, SLOWER, draft_of, drafted, put, sign, signed
from tests.integration.world import World

CHECK, COMPARE, VERSIONS = "/agreement/check", "/agreement/differences", "/agreement/versions"
LINE = "handoffs.consultation.clocks.accept.within 30m → 15m"


def packaged_with(**sections: Any) -> str:
    """The packaged agreement with other sections, as YAML."""
    return yaml.safe_dump({**yaml.safe_load(packaged_text()), **sections}, sort_keys=False)


def section(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load(packaged_text())[name])


def without(name: str, *parts: str) -> str:
    return packaged_with(**{name: {part: each for part, each in section(name).items() if part not in parts}})


def checked(world: World, text: str, by: str = "sales", **more: Any) -> dict[str, Any]:
    answer = world.ask("POST", CHECK, {"yaml": text, **more}, by=by)
    assert answer.status == 200, answer.body
    return dict(answer.json())


def compared(world: World, **query: str) -> dict[str, Any]:
    answer = world.ask("GET", COMPARE, by="admin", query=query)
    assert answer.status == 200, answer.body
    return dict(answer.json())


# --- Checking


def test_a_checked_text_says_what_it_would_change_and_is_not_stored(world: World) -> None:
    shown = checked(world, FASTER)
    assert (shown["ok"], shown["errors"], shown["differences"]) == (True, [], [LINE])
    assert shown["effects"] == {"stops": 0, "decides": 0, "other": 1}
    assert world.ask("GET", DRAFTS, by="sales").json()["drafts"] == []


def test_rules_that_changed_or_are_gone_are_told_in_words(world: World) -> None:
    text = packaged_text().replace("whitepaper, points: 50", "whitepaper, points: 60")
    text = text.replace("  - {id: throw-away-address, points: -50, when: {disposable_address: true}}\n", "")
    shown = checked(world, text)
    assert shown["rules_in_words"] == {
        "fit.throw-away-address": "having a throw-away address",
        "engagement.whitepaper": "kind content_downloaded",
    }
    assert compared(world, to=drafted(world, text)["draft_id"])["rules_in_words"] == shown["rules_in_words"]
    assert checked(world, FASTER)["rules_in_words"] == {}


def test_lines_come_in_parts_too_which_name_rules_and_lengths_of_time(world: World) -> None:
    shown = checked(world, FASTER.replace("whitepaper, points: 50", "whitepaper, points: 60"))
    of_rule, of_clock = shown["differences_in_parts"]
    assert ["".join(part["text"] for part in line) for line in (of_rule, of_clock)] == shown["differences"]
    assert of_rule == [
        {
            "text": "engagement: whitepaper",
            "path": ["engagement", "whitepaper", "points"],
            "rule": "engagement.whitepaper",
        },
        {"text": " 50 → 60"},
    ]
    assert [part["seconds"] for part in of_clock if "seconds" in part] == [30 * 60, 15 * 60]
    assert checked(world, f"# {FASTER}")["differences_in_parts"] == shown["differences_in_parts"][1:]
    only_wording = checked(world, f"# a comment\n{packaged_text()}")
    assert only_wording["differences_in_parts"] == [[{"text": only_wording["differences"][0]}]]


def test_a_checked_text_with_faults_is_answered_with_all_of_them(world: World) -> None:
    text = packaged_text().replace("within: 30m", "within: soon").replace("capacity: 25 ", "capacity: 0 ")
    shown = checked(world, text)
    assert shown["ok"] is False
    fields = [fault["field"] for fault in shown["errors"]]
    assert any(field.endswith("accept.within") for field in fields)
    assert any(field.endswith("reps.capacity") for field in fields)
    assert "terms" not in shown


def test_a_checked_text_and_a_draft_have_their_terms_in_words(world: World) -> None:
    text = packaged_text().replace("whitepaper, points: 50", "whitepaper, points: 60")
    terms = checked(world, text)["terms"]
    [rule] = [each for each in terms["engagement"] if each["id"] == "whitepaper"]
    assert (rule["points"], rule["when"]) == (60, "kind content_downloaded")
    draft = world.ask("GET", f"{DRAFTS}/{drafted(world, text)['draft_id']}", by="sales").json()
    assert draft["terms"] == terms


@pytest.mark.parametrize("text", ["", "- a list", "title: [", "\x00", "a: " * 90_000], ids=range(5))
def test_a_text_that_is_no_agreement_is_checked_too(world: World, text: str) -> None:
    assert checked(world, text)["ok"] is False


def test_a_checked_date_that_has_passed_is_a_fault(world: World) -> None:
    shown = checked(world, FASTER, in_force_from="2020-01-01")
    assert (shown["ok"], [fault["field"] for fault in shown["errors"]]) == (False, ["in_force_from"])
    assert shown["differences"] == [LINE]


def test_a_check_that_is_no_check_is_refused(world: World) -> None:
    assert world.ask("POST", CHECK, {"yaml": FASTER, "sign": True}, by="sales").status == 422
    assert world.ask("POST", CHECK, {}, by="sales").status == 422


# --- How much is in use


def test_a_form_that_goes_is_told_first_with_the_leads_that_came_by_it(world: World) -> None:
    for number in range(3):
        world.send_form("content-download", email=f"reader{number}@example.com", content="guide")
    world.settle()
    shown = checked(world, without("forms", "content-download").replace("within: 30m", "within: 15m", 1))
    assert shown["differences"] == [
        "forms: form content-download is gone; who sends it is answered 404 (new leads in the last 30 days: 3)",
        LINE,
    ]
    assert shown["effects"] == {"stops": 1, "decides": 0, "other": 1}


def test_a_misspelt_kind_is_told_with_the_leads_that_had_points_for_its_neighbour(world: World) -> None:
    misspelt = packaged_text().replace("{kind: webinar_attended}, at_most", "{kind: webinar_atended}, at_most", 1)
    assert misspelt != packaged_text()

    def warned() -> str:
        [warning] = (each for each in checked(world, misspelt)["warnings"] if "webinar_atended" in each["detail"])
        return str(warning["detail"])

    assert "`webinar_attended` is near; did you mean" in warned()
    world.send_signals({"email": "anna@example.com", "kind": "webinar_attended"})
    world.send_form(email="anna@example.com")
    world.send_form(email="bert@example.com")
    world.settle()
    assert (
        "`webinar_attended`, for which 1 of 2 leads had points when they were handed over in the last 30 days, "
        "is near; did you mean `webinar_attended`?" in warned()
    )


def test_a_team_that_goes_is_told_with_its_leads_and_its_line(world: World) -> None:
    teams = {**section("teams"), "nordics": section("teams")["sales"]}
    handoffs = section("handoffs")
    handoffs["consultation"] = {**handoffs["consultation"], "team": "nordics"}
    signed(world, drafted(world, packaged_with(teams=teams, handoffs=handoffs)))
    world.send_form()
    world.settle()
    [first, *_] = drafted(world, packaged_text())["differences"]
    assert first.startswith("teams: team nordics is gone (Sales); leads in its line go to the team agreed")
    assert first.endswith("(open leads with its people: 0, in its line: 1)")


def test_a_reason_and_a_trigger_that_go_are_told_with_their_use(world: World) -> None:
    text = without("return_reasons", "bad_fit")
    shown = checked(world, text)
    assert shown["differences"] == [
        "return_reasons: reason bad_fit is gone (We cannot help them); sales can return no lead for it"
        " (returns in the last 30 days: 0)"
    ]
    [line] = checked(world, without("handoffs", "sql"))["differences"]
    assert (
        line == "handoffs: handoff sql is gone; nobody is handed over for this reason (handoffs in the last 30 days: 0)"
    )


# --- Comparing


def test_any_two_texts_are_compared_by_number_or_draft(world: World) -> None:
    signed(world, drafted(world))
    slower = drafted(world, SLOWER)["draft_id"]
    shown = compared(world, **{"from": "1", "to": "2"})
    assert (shown["from"], shown["to"], shown["differences"]) == ({"version": 1}, {"version": 2}, [LINE])
    back = "handoffs.consultation.clocks.accept.within 15m → 30m"
    assert compared(world, **{"from": "2", "to": "1"})["differences"] == [back]
    assert compared(world, to="1") == compared(world, **{"from": "2", "to": "1"})
    shown = compared(world, **{"from": "1", "to": slower})
    assert shown["to"] == {"draft_id": slower, "revision": 1}
    assert shown["differences"] == ["handoffs.consultation.clocks.accept.within 30m → 45m"]


def test_a_text_does_not_differ_from_itself(world: World) -> None:
    assert compared(world)["differences"] == []
    same = drafted(world, packaged_text())["draft_id"]
    assert compared(world, to=same)["differences"] == []
    worded = drafted(world, f"# Hello\n{packaged_text()}")["draft_id"]
    assert compared(world, to=worded)["differences"] == ["nothing but wording, order of keys or comments"]


@pytest.mark.parametrize("name", ["0", "2", "999999", "9999999", "x", "0123456789abcdef", "1.0", "²", "-1"])
def test_a_text_that_does_not_exist_is_not_compared(world: World, name: str) -> None:
    for side in ("from", "to"):
        assert world.ask("GET", COMPARE, by="sales", query={side: name}).status == 404


# --- Versions


def test_versions_are_listed_newest_first_without_their_texts(world: World) -> None:
    for number in range(11):
        signed(world, drafted(world, f"# {number}\n{FASTER}"))
    first = world.ask("GET", VERSIONS, by="admin").json()
    rest = world.ask("GET", VERSIONS, by="admin", query={"cursor": first["cursor"]}).json()
    numbers = [each["version"] for each in first["versions"] + rest["versions"]]
    assert numbers == list(range(12, 0, -1))
    assert rest["cursor"] is None
    assert [each["state"] for each in rest["versions"]] == ["past", "past"]
    assert rest["versions"][-1]["origin"] == "packaged"
    assert not any("yaml" in each for each in first["versions"])


def test_a_version_that_is_to_come_is_listed_too(world: World) -> None:
    when = (world.now + timedelta(days=7)).isoformat()
    signed(world, drafted(world, in_force_from=when))
    listed = world.ask("GET", VERSIONS, by="sales").json()["versions"]
    assert [(each["version"], each["state"]) for each in listed] == [(2, "scheduled"), (1, "in_force")]


@pytest.mark.parametrize("cursor", ["x", "-1", "1.0", "0", "9999999", "²"])
def test_the_list_of_versions_refuses_a_cursor_of_another_list(world: World, cursor: str) -> None:
    assert world.ask("GET", VERSIONS, by="admin", query={"cursor": cursor}).status == 422


# --- Withdrawing


def withdrawn(world: World, draft: dict[str, Any], by: str = "marketing") -> dict[str, Any]:
    answer = world.ask("DELETE", f"{DRAFTS}/{draft['draft_id']}", by=by)
    assert answer.status == 200, answer.body
    return dict(answer.json())


def test_a_withdrawn_draft_loses_its_signatures_and_leaves_the_list(world: World) -> None:
    draft = drafted(world)
    sign(world, draft, "marketing")
    shown = withdrawn(world, draft)
    assert (shown["state"], shown["withdrawn_by"], shown["signatures"]) == ("withdrawn", MARIA, [])
    assert [each["by"] for each in shown["signatures_voided"]] == [MARIA]
    assert world.ask("GET", DRAFTS, by="sales").json()["drafts"] == []
    kept = draft_of(world, draft)
    assert (kept["state"], kept["withdrawn_by"], kept["yaml"]) == ("withdrawn", MARIA, FASTER)
    assert "signatures_missing" not in kept


def test_a_draft_that_is_withdrawn_twice_is_withdrawn_once(world: World) -> None:
    draft = drafted(world)
    first = withdrawn(world, draft)
    world.now += timedelta(hours=1)
    assert withdrawn(world, draft, by="sales") == first


def test_a_withdrawn_draft_is_neither_signed_nor_changed(world: World) -> None:
    draft = drafted(world)
    withdrawn(world, draft)
    for answer in (sign(world, draft, "sales"), put(world, draft, SLOWER)):
        assert answer.status == 409
        assert "withdrawn" in answer.json()["detail"]
    assert draft_of(world, draft)["yaml"] == FASTER


@pytest.mark.parametrize("more", [{}, {"in_force_from": "2026-12-24T00:00:00Z"}], ids=["in force", "to come"])
def test_a_draft_that_both_have_signed_is_not_withdrawn(world: World, more: dict[str, str]) -> None:
    draft = drafted(world, **more)
    signed(world, draft)
    answer = world.ask("DELETE", f"{DRAFTS}/{draft['draft_id']}", by="marketing")
    assert answer.status == 409
    assert "version 2" in answer.json()["detail"]


def test_a_draft_that_does_not_exist_is_not_withdrawn(world: World) -> None:
    assert world.ask("DELETE", "/agreement/drafts/0000000000000000", by="sales").status == 404


def test_the_same_text_is_drafted_again_after_it_was_withdrawn(world: World) -> None:
    draft = drafted(world)
    withdrawn(world, draft)
    world.now += timedelta(seconds=1)
    again = drafted(world)
    assert (again["state"], again["draft_id"] != draft["draft_id"]) == ("open", True)
    assert drafted(world)["draft_id"] == again["draft_id"]
