"""Warnings: names near to better known ones, names that never came, rules that say the same; and what is no warning."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from baton.agreement.__main__ import main
from baton.agreement.document.document import Sections
from baton.agreement.likely.near_spellings import likely_misspelt
from baton.agreement.likely.signal_history import NoHistory, seen_in
from baton.agreement.likely.surroundings import Seen
from baton.agreement.reading.agreement_reader import check_agreement, packaged_text


def told(sections: dict[str, Any], seen: Seen | None = None) -> dict[str, str]:
    """The warnings about names in some sections, by their places."""
    return {".".join(map(str, loc)): why for loc, why in likely_misspelt(Sections.model_validate(sections), seen)}


def rule(kind: str, **more: Any) -> dict[str, Any]:
    return {"id": kind.replace(".", "-"), "points": 5, "signal": {"kind": kind, **more}}


CONTENT = {"title": "x", "topic": "pricing", "stage": "bofu"}

MISSPELT: dict[str, tuple[dict[str, Any], str, str]] = {
    "two letters changed about": ({"engagement": [rule("page_visitde")]}, "engagement.0.signal.kind", "`page_visited`"),
    "a letter left out": ({"engagement": [rule("webinar_atended")]}, "engagement.0.signal.kind", "`webinar_attended`"),
    "another sign between": ({"engagement": [rule("page-visited")]}, "engagement.0.signal.kind", "`page_visited`"),
    "no sign between": ({"engagement": [rule("pagevisited")]}, "engagement.0.signal.kind", "`page_visited`"),
    "the tense": ({"engagement": [rule("demo_request")]}, "engagement.0.signal.kind", "`demo_requested`"),
    "a kind that asks": ({"asks_for_a_person": ["demo_reqested"]}, "asks_for_a_person.0", "`demo_requested`"),
    "a kind of one's own": (
        {"engagement": [rule("trial_begun"), {**rule("trial_begn"), "id": "b"}, {**rule("trial_begun"), "id": "c"}]},
        "engagement.1.signal.kind",
        "`trial_begun`",
    ),
    "content": (
        {"content": [{"id": "price-list", **CONTENT}], "engagement": [rule("page_visited", content="pricelist")]},
        "engagement.0.signal.content",
        "`price-list`",
    ),
    "a topic": (
        {"content": [{"id": "a", **CONTENT}], "mql": {"signals": {"match": {"content_topic": "pricng"}}}},
        "mql.signals.match.content_topic",
        "`pricing`",
    ),
    "a property": (
        {"engagement": [rule("a", **{"properties.seconds": "5"}), rule("b", **{"properties.secnds": "5"}),
                        rule("c", **{"properties.seconds": "5"})]},
        "engagement.1.signal.properties.secnds.[key]",
        "`seconds`",
    ),
    "an industry": (
        {"fit": [{"id": name, "points": 1, "when": {"industry": name}} for name in ("retail", "retial")]},
        "fit.1.when.industry",
        "`retail`",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sections", "place", "meant"), MISSPELT.values(), ids=MISSPELT.keys())
def test_a_name_near_to_a_better_known_one_is_told(sections: dict[str, Any], place: str, meant: str) -> None:
    found = told(sections)
    assert list(found) == [place]
    assert f"did you mean {meant}?" in found[place]


@pytest.mark.parametrize(
    "sections",
    [
        pytest.param({"engagement": [rule("watched_video")]}, id="a kind of one's own"),
        pytest.param({"engagement": [rule("subscribed"), rule("unsubscribed"), rule("resubscribed")]}, id="opposites"),
        pytest.param({"engagement": [rule("webinar_1"), rule("webinar_2")]}, id="numbers"),
        pytest.param({"engagement": [rule("demo_video"), rule("demo_videos")]}, id="a plural"),
        pytest.param({"engagement": [rule("email_opened"), rule("email_clicked")]}, id="kinds of tools"),
        pytest.param({"fit": [{"id": f"r{number}", "points": 1, "when": {"source": name}}
                              for number, name in enumerate(("fair-eu", "fair-us"))]}, id="two sources"),
        pytest.param({"content": [{"id": "guide-2025", **CONTENT}, {"id": "guide-2026", **CONTENT}]}, id="two years"),
        pytest.param({"engagement": [rule("page_visited", content="careers")]}, id="content that is not listed"),
    ],
)  # fmt: skip
def test_a_name_of_ones_own_is_not_told(sections: dict[str, Any]) -> None:
    assert told(sections) == {}


def test_what_came_is_right_and_what_never_came_is_told() -> None:
    sections = {"engagement": [rule("page_visted"), rule("watched_video"), rule("trial_begun")]}
    seen = Seen(80, {"kind": {"page_visted": 60, "watched_video": 20}})
    found = told(sections, seen)
    assert "engagement.0.signal.kind" not in found
    assert "engagement.1.signal.kind" not in found
    assert "no kind `trial_begun` in 80 signals" in found["engagement.2.signal.kind"]
    near = told({"engagement": [rule("watched_vidoe")]}, seen)["engagement.0.signal.kind"]
    assert "`watched_video`, which came 20 times, is near" in near


def test_lists_are_counted_by_their_columns(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(
        "\ufeffEmail;Kind;Content\na@b.example;page_visited;guide\nc@d.example;page_visited;\n", encoding="utf-8"
    )
    other.write_text('email,Event name,"Form"\na@b.example,Trial_Started,"contact, us"\n', encoding="utf-8")
    seen = seen_in([one, other])
    assert seen.signals == 3
    assert seen.counts == {
        "kind": {"page_visited": 2, "trial_started": 1},
        "content": {"guide": 1},
        "form": {"contact, us": 1},
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"email,name\na@b.example,A\n", "has no column of signals; name one kind", id="no column"),
        pytest.param(b"", "has no column of signals", id="an empty file"),
        pytest.param(b"kind\n\xff\xfe\n", "cannot be read", id="another encoding"),
    ],
)
def test_a_list_without_signals_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(content)
    with pytest.raises(NoHistory, match=said):
        seen_in([path])
    with pytest.raises(NoHistory, match="cannot be read"):
        seen_in([tmp_path / "nowhere.csv"])


def test_the_command_tells_which_kinds_never_came(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, leads = tmp_path / "draft.yaml", tmp_path / "leads.csv"
    draft.write_text(packaged_text(), encoding="utf-8")
    leads.write_text("kind\n" + "page_visited\n" * 30 + "webinar_joined\n" * 9, encoding="utf-8")
    assert main(["check", str(draft), "--history", str(leads)]) == 0
    said = capsys.readouterr().out
    assert "warning: engagement.webinar.signal.kind: no kind `webinar_attended` in 39 signals" in said
    assert "warning: engagement.visit" not in said
    assert "\nhistory: 39 signals by kind: page_visited 30, webinar_joined 9\nok: " in said
    leads.write_text("email\na@b.example\n", encoding="utf-8")
    assert main(["check", str(draft), "--history", str(leads)]) == 2


def test_rules_that_say_the_same_are_told() -> None:
    document = yaml.safe_load(packaged_text())
    document["fit"].append({**document["fit"][1], "id": "pupil"})
    document["engagement"].append({**document["engagement"][0], "id": "visit-again"})
    warnings = check_agreement(yaml.safe_dump(document)).warnings
    assert {each.place for each in warnings} == {"fit.pupil", "engagement.visit-again"}
    assert all("says the same as `" in each.problem for each in warnings)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        pytest.param({"language": "Klingonisch"}, "no language `Klingonisch` is known", id="a language"),
        pytest.param({"region": ["BY", "Bayernn"]}, "no region `Bayernn` is known", id="a region"),
        pytest.param({"company_domain": ["rival.example", "gmail.com"]}, "`gmail.com` is free mail", id="free mail"),
        pytest.param({"company_domain": "müller.example"}, "is compared as `xn--mller-kva.example`", id="an umlaut"),
        pytest.param({"title": {"matches": r"\bärzt"}}, r"`\b` beside `ä` finds nothing", id="an edge before ä"),
        pytest.param({"title": {"matches": r"\bc#\b"}}, r"`\b` beside `#` finds nothing", id="an edge behind #"),
        pytest.param({"industry": ["retail", " media "]}, "begins or ends with a blank", id="blanks around a word"),
        pytest.param({"title": {"matches": r"\b(geschäfts|head)"}}, "", id="ä within a word"),
        pytest.param({"language": ["German", "fr", "pt-BR"], "region": ["Bavaria", "DE-BY"]}, "", id="known places"),
        pytest.param({"email_domain": "gmail.com"}, "", id="free mail of a person"),
    ],
)
def test_a_place_or_company_that_nobody_knows_is_told(when: dict[str, Any], said: str) -> None:
    document = yaml.safe_load(packaged_text())
    document["wakes"]["parked"] = when
    warnings = check_agreement(yaml.safe_dump(document)).warnings
    assert len(warnings) == (1 if said else 0)
    assert said in "".join(each.problem for each in warnings)
