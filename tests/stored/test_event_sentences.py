"""Each event that is stored can be said in a plain sentence, in each language, whatever people typed into it."""

import random
import re
from datetime import timedelta
from typing import get_args

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.aws.table.packing.packed_text import unpacked
from baton.domain.events.recorded import AnyEvent, Recorded
from baton.outreach.timeline.event_sentences import LANGUAGES, event_parts, event_sentence, in_sentence
from tests.stored.corpus import generations, items

AGREEMENT = read_agreement(packaged_text())
KINDS = {kind.__name__ for kind in get_args(AnyEvent)}
OF_EACH_KIND = 10
ODD = "line one\nline two\u202e <script>alert(1)</script> " + "very long " * 900
TYPED = ("reason", "note", "why", "content", "content_title", "source", "label", "amount")


def recorded() -> list[Recorded]:
    """Some stored events of each kind, of every generation."""
    chance, by_kind = random.Random(3), dict[str, list[Recorded]]()
    for generation in generations():
        for kind, item in items(generation):
            if kind == "events":
                found = by_kind.setdefault(item["type"]["S"], [])
                if len(found) < 40:
                    found.append(Recorded.model_validate_json(unpacked(item["body"])))
    return [each for found in by_kind.values() for each in chance.sample(found, min(len(found), OF_EACH_KIND))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_has_a_sentence(language: str) -> None:
    assert LANGUAGES[language].keys() == KINDS, "say in outreach/timeline what a new kind of event means to people"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stored_event_is_told_in_one_line_with_an_end(language: str) -> None:
    for each in recorded():
        told = event_sentence(each, AGREEMENT, language)
        assert re.fullmatch(r"\S.{8,}[.?!…]", told), told
        assert not re.search(r"None|[{}_]|  |\bdatetime\b|: \.", re.sub(r"\S+@\S+", "x", told)), told


def test_the_parts_of_a_sentence_make_it_up_and_tell_each_moment_in_it() -> None:
    moments = re.compile(r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d [A-Z]{3,4}")
    told = 0
    for each in recorded():
        parts = event_parts(each, AGREEMENT, "en")
        assert "".join(part.text for part in parts) == event_sentence(each, AGREEMENT, "en")
        assert not [part for part in parts if re.search("[\ue000\ue001]", part.text) or (part.at and part.label)]
        told += len([part for part in parts if part.at])
        for part in parts:
            assert bool(part.at) == bool(moments.fullmatch(part.text)), part
    assert told > 20


def test_the_id_of_another_lead_stands_in_a_part_of_its_own_with_the_address_that_its_event_has() -> None:
    named = 0
    for each in recorded():
        parts = event_parts(each, AGREEMENT, "en")
        assert not [part for part in parts if not part.lead and re.search(r"\b01[0-9A-HJKMNP-TV-Z]{24}\b", part.text)]
        leads = [part for part in parts if part.lead]
        assert [part.lead for part in leads] == [part.text for part in leads]
        named += len([part for part in leads if part.label and "@" in part.label])
    assert named > 3, "merges"


def test_a_sentence_is_shown_with_its_moments_and_the_titles_of_what_was_read() -> None:
    read = next(each for each in recorded() if each.event.type == "SignalRecorded")
    event = read.event.model_copy(update={"kind": "page_visited", "content": "price-list", "content_title": None})
    shown = in_sentence(read.model_copy(update={"event": event}), AGREEMENT, "en")
    assert "The lead visited price-list (" in shown["words"]
    assert {"text": "price-list", "label": "Price list"} in shown["parts"]
    offered = next(each for each in recorded() if each.event.type == "HandoffOffered")
    (due,) = (part for part in in_sentence(offered, AGREEMENT, "en")["parts"] if "at" in part)
    assert due["at"].endswith("Z")


def test_a_signal_that_came_late_is_told_with_when_it_was() -> None:
    read = next(each for each in recorded() if each.event.type == "SignalRecorded" and each.event.from_person)
    for late, told in ((timedelta(minutes=59), False), (timedelta(days=30), True)):
        was = read.at - late
        event = read.event.model_copy(update={"kind": "page_visited", "occurred_at": was})
        parts = event_parts(read.model_copy(update={"event": event}), AGREEMENT, "en")
        moments = [part.at for part in parts if part.at]
        assert moments == ([was] if told else [])


def test_what_people_typed_marks_no_part() -> None:
    for each in recorded():
        if getattr(each.event, "note", None):
            event = each.event.model_copy(update={"note": "\ue0000\ue001 \ue0009\ue001"})
            plain = each.event.model_copy(update={"note": "0 9"})
            said, meant = (each.model_copy(update={"event": told}) for told in (event, plain))
            assert event_parts(said, AGREEMENT, "en") == event_parts(meant, AGREEMENT, "en")


def test_a_teams_label_marks_no_part() -> None:
    label = "Sales \ue0009\ue001"
    teams = {name: terms.model_copy(update={"label": label}) for name, terms in AGREEMENT.teams.items()}
    odd = AGREEMENT.model_copy(update={"teams": teams})
    confirmed = next(each for each in recorded() if each.event.type == "HandoffConfirmed")
    event = confirmed.event.model_copy(update={"team": next(iter(teams))})
    assert "line of Sales 9." in event_sentence(confirmed.model_copy(update={"event": event}), odd, "en")


def test_what_people_typed_is_on_one_line_and_cut() -> None:
    for each in recorded():
        odd = {name: ODD for name in TYPED if isinstance(getattr(each.event, name, None), str)}
        if each.event.type == "ReviewRequested" or not odd:
            continue
        event = each.event.model_copy(update=odd)
        told = event_sentence(each.model_copy(update={"event": event}), AGREEMENT, "en")
        assert "\n" not in told
        assert "\u202e" not in told
        assert len(told) < 1_000, each.event.type


def test_sentences_say_who_did_what() -> None:
    by_kind = {each.event.type: event_sentence(each, AGREEMENT, "en") for each in recorded()}
    assert by_kind["HandoffAccepted"].endswith(" accepted the lead.")
    assert by_kind["HandoffAccepted"].split()[0].count("@") == 1
    assert by_kind["OwnerNotified"] == "The owner was mailed."
