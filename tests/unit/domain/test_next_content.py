"""The content suggested next: it fits the stage, topic and persona of a lead, and is unread."""

import pytest

from baton.domain.leads.person_facts import Company, Profile
from baton.domain.qualification.next_content import next_content
from tests.unit.standing import agreed, did, read, standing

LIBRARY = """content:                      # tofu: orientation, mofu: comparison, bofu: buying
  - {id: Basics, title: Basics, topic: handover, stage: tofu}
  - {id: errors, title: Errors, topic: scoring, stage: tofu}
  - {id: for-operations, title: For operations, topic: scoring, stage: tofu, personas: [operations-leader]}
  - {id: compared, title: Compared, topic: handover, stage: mofu}
  - {id: scored, title: Scored, topic: scoring, stage: mofu}
  - {id: prices, title: Prices, topic: pricing, stage: bofu}
  - {id: for-it, title: For IT, topic: pricing, stage: bofu, personas: [it-leader]}
"""
SMALL = "content: []\n"
OPERATIONS = {
    "profile": Profile(title="Head of operations", country="DE"),
    "company": Company(name="Example GmbH", industry="logistics", employees=500),
}
IT = {"profile": Profile(title="CTO"), "company": Company(employees=500)}


def library(text: str) -> tuple[str, str]:
    from baton.agreement.reading.agreement_reader import packaged_text  # noqa: PLC0415

    packaged = packaged_text()
    begin = packaged.index("content:                      #")
    return packaged[begin : packaged.index("funnel: {memory", begin)], text + "\n"


RULES = agreed(library(LIBRARY))


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([did("page_visited")], "Basics"),
        ([read("Basics")], "errors"),
        ([read("BASICS")], "errors"),
        ([read("errors", **OPERATIONS)], "for-operations"),
        ([read("Basics", **OPERATIONS)], "for-operations"),
        ([read("errors", 1), read("Basics")], "compared"),
        ([read("Basics"), read("errors", -0.1)], "scored"),
        ([read("Basics"), read("scored")], "compared"),
        ([read("Basics", 1), read("prices")], "compared"),
        ([read("scored", 1), read("prices", **IT)], "for-it"),
        ([read("scored", 1), read("compared", 0.5), read("prices")], None),
        ([read("prices", 100)], "Basics"),
        ([read("something-else")], "Basics"),
    ],
    ids=[
        "nothing read: where reading begins",
        "as deep as it reads, though about something else",
        "whatever the case of the id",
        "the topic last read, meant for its persona",
        "meant for its persona before what is meant for all",
        "all of its stage is read: one deeper, the topic last read",
        "one deeper, the other topic",
        "the same stage again, of which one is left",
        "who buys may compare once more",
        "for its persona only",
        "nothing left but what would lead back to the beginning",
        "what was read long ago places it no more",
        "what is not in the library says nothing",
    ],
)
def test_the_next_content_fits_stage_topic_and_persona_and_is_unread(done: list[object], expected: str | None) -> None:
    content = next_content(standing(*done, rules=RULES))  # type: ignore[arg-type]
    assert (content and content["id"]) == expected


def test_content_that_was_read_is_never_suggested_again() -> None:
    read_so_far: list[str] = []
    while content := next_content(standing(*[read(each) for each in read_so_far] or [did("visit")], rules=RULES)):
        assert content["id"] not in read_so_far
        read_so_far.append(content["id"])
    assert read_so_far[0] == "Basics"
    assert "for-it" not in read_so_far


def test_an_agreement_without_a_library_suggests_no_content() -> None:
    assert next_content(standing(did("page_visited"), rules=agreed(library(SMALL)))) is None
