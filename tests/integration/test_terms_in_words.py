"""The agreement for a screen: its terms with labels and in words; and the agreed teams."""

from pathlib import Path
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.world import World


def terms(world: World) -> dict[str, Any]:
    answer = world.ask("GET", "/agreement", by="sales", query={"format": "json"})
    assert answer.status == 200, answer
    shown: dict[str, Any] = answer.json()
    assert "yaml" not in shown
    found: dict[str, Any] = shown["terms"]
    return found


def test_the_terms_name_teams_triggers_reasons_and_the_checklist_with_labels(world: World) -> None:
    shown = terms(world)
    assert [(team["team"], team["label"], team["department"]) for team in shown["teams"]] == [
        ("sales", "Sales", "sales"),
        ("marketing", "Marketing", "marketing"),
    ]
    [asked] = [each for each in shown["triggers"] if each["name"] == "consultation"]
    assert (asked["label"], asked["team"]) == ("Consultation request", "sales")
    assert [(clock["label"], clock["within"]) for clock in asked["clocks"]] == [
        ("Accept", "30m"),
        ("First contact", "4h"),
        ("Next action", "7d"),
    ]
    assert all(each["label"] and each["then"] for each in shown["return_reasons"])
    assert all(each["question"] for each in shown["checklist"])
    assert shown["labels"]["status"]["in_review"] == "In review"
    assert shown["labels"]["stage"]["mql"] == "Marketing qualified (MQL)"


def test_a_form_has_its_fields_its_hidden_field_and_its_return_pages(world: World) -> None:
    [asked, _] = terms(world)["forms"]
    assert (asked["name"], asked["label"], asked["honeypot"]) == ("consultation", "Consultation", "website")
    assert (asked["asks_for_a_person"], asked["at_least_seconds"]) == (True, 2)
    assert asked["return_pages"] == ["https://www.example.com/thank-you"]
    fields = {each["name"]: each for each in asked["fields"]}
    assert fields["email"] == {
        "name": "email",
        "label": "Email",
        "kind": "email",
        "needed": True,
        "max_length": 254,
        "purpose": None,
        "text": None,
    }
    assert (fields["newsletter"]["kind"], fields["newsletter"]["text"]) == ("consent", "2026-11")
    assert fields["first_name"]["label"] == "First name"


def test_every_rule_of_the_terms_is_in_words(world: World) -> None:
    shown = terms(world)
    assert shown["qualification"]["mql"] == "score at least 60"
    assert shown["qualification"]["sql"] == "budget, authority, need and timeline met"
    earned = {each["id"]: (each["when"], each["at_most"]) for each in shown["engagement"]}
    assert earned["visit"] == ("kind page_visited", "30 points in 7d")
    assert earned["whitepaper"] == ("kind content_downloaded", "1 time for each content")
    for kind in ("fit", "engagement", "never", "territories"):
        assert all(each["when"] and isinstance(each["when"], str) for each in shown[kind])


def test_a_rule_that_gives_at_most_so_many_times_and_points_says_both(world: World) -> None:
    text = packaged_text().replace("at_most: {times: 2, per: 90d}", "at_most: {times: 2, points: 40, per: 90d}")
    shown = world.ask("POST", "/agreement/check", {"yaml": text}, by="sales").json()["terms"]["engagement"]
    assert [each["at_most"] for each in shown if each["id"] == "webinar"] == ["2 times and 40 points in 90d"]


def test_the_text_of_the_agreement_is_what_is_shown_unless_terms_are_asked_for(world: World) -> None:
    plain = world.ask("GET", "/agreement", by="sales").json()
    assert plain == world.ask("GET", "/agreement", by="sales", query={"format": "yaml"}).json()
    assert plain["yaml"] == packaged_text()
    shown = world.ask("GET", "/agreement", by="sales", query={"format": "json"}).json()
    assert shown.keys() - plain.keys() == {"terms", "drafts"}


def test_the_terms_have_the_open_drafts_beside_them(world: World) -> None:
    def shown() -> Any:
        return world.ask("GET", "/agreement", by="sales", query={"format": "json"}).json()["drafts"]

    assert shown() == {"drafts": [], "cursor": None}
    text = packaged_text().replace("threshold: 100", "threshold: 90")
    draft = world.ask("POST", "/agreement/drafts", by="marketing", body={"yaml": text}).json()
    assert [each["draft_id"] for each in shown()["drafts"]] == [draft["draft_id"]]
    assert shown() == world.ask("GET", "/agreement/drafts", by="sales").json()


@pytest.mark.parametrize("wanted", ["xml", "JSON", "yaml,json"])
def test_another_format_of_the_agreement_is_refused(world: World, wanted: str) -> None:
    answer = world.ask("GET", "/agreement", by="sales", query={"format": wanted})
    assert answer.status == 422
    assert answer.json()["errors"] == [{"field": "format", "detail": "must be yaml or json"}]


def test_the_teams_are_listed_without_a_look_at_their_rosters(world: World) -> None:
    world.ask("GET", "/teams", by="marketing")
    with world.calls.recorded() as calls:
        shown = world.ask("GET", "/teams", by="marketing").json()["teams"]
    assert [call for call in calls if call.service == "dynamodb"] == []
    assert shown == terms(world)["teams"]
    assert shown[0] == {
        "team": "sales",
        "label": "Sales",
        "department": "sales",
        "gets_leads": True,
        "calendar": None,
        "reps": {"weight": 1, "capacity": 25},
    }


def test_an_agreement_with_every_word_is_shown_in_terms(world: World) -> None:
    world.agree((Path(__file__).parents[1] / "unit" / "agreement" / "every_word.yaml").read_text())
    world.cold()
    shown = terms(world)
    assert all(each["when"] for each in (*shown["never"], *shown["territories"], *shown["fit"]))
    assert shown["attributes"]
    assert any(each["sooner"] for each in shown["triggers"])
