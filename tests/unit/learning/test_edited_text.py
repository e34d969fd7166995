"""The text of a draft: only what changes is written anew, and the document is the one that is wanted."""

from copy import deepcopy
from random import Random
from typing import Any

import pytest
import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.reading.yaml_loader import load
from baton.learning.edited_text import edited_text

TEXT = """\
# Signed on a Tuesday.
threshold: 100  # agreed in March
score:
  # nobody may have more from facts
  fit: {at_most: 100}
  full_score: 100

fit:
  # sales asked for it
  - {id: head, points: 40, when: {title: head}}  # heads
  # students never buy
  - id: student
    points: -50
    when: {title: student}
  - {id: retail, points: 5, when: {industry: retail}}

# Everything else.
title: "A title"  # as signed
"""


def _changed(**changes: Any) -> dict[str, Any]:
    return {**load(TEXT), **changes}


def test_a_number_is_changed_where_it_stands() -> None:
    assert edited_text(TEXT, _changed(threshold=70)) == TEXT.replace("100  # agreed", "70  # agreed")


def test_nothing_is_changed_if_nothing_is_wanted() -> None:
    assert edited_text(TEXT, load(TEXT)) == TEXT


def test_a_rule_leaves_with_the_comments_right_above_it() -> None:
    head, _, retail = load(TEXT)["fit"]
    edited = edited_text(TEXT, _changed(fit=[head, retail]))
    assert edited == TEXT.replace(
        "  # students never buy\n  - id: student\n    points: -50\n    when: {title: student}\n", ""
    )


def test_new_rules_come_in_front_and_at_the_end() -> None:
    base, new = {"id": "base", "points": 9, "when": {"channel": ["inbound"]}}, {"id": "new", "points": 3}
    edited = edited_text(TEXT, _changed(fit=[base, *load(TEXT)["fit"], new]))
    front = "  - id: base\n    points: 9\n    when:\n      channel: [inbound]\n  # sales asked for it\n"
    assert front in edited
    assert "industry: retail}}\n  - {id: new, points: 3}\n\n# Everything else." in edited


def test_parts_of_a_mapping_come_and_go() -> None:
    edited = edited_text(TEXT, _changed(score={"full_score": 180, "scale": "points"}))
    assert "score:\n  full_score: 180\n  scale: points\n\nfit:\n" in edited


def test_a_part_that_an_alias_shares_is_written_right_without_comments() -> None:
    text = "# shared\none: &shared {points: 1}\ntwo: *shared\n"
    wanted = {"one": {"points": 1}, "two": {"points": 2}}
    assert load(edited_text(text, wanted)) == wanted


@pytest.mark.parametrize("seed", range(16))
def test_whatever_is_changed_the_document_is_the_one_that_is_wanted(seed: int) -> None:
    draw = Random(seed)
    text = packaged_text() if seed % 2 else yaml.safe_dump(load(packaged_text()), sort_keys=False)
    wanted = deepcopy(load(text))
    for _ in range(draw.randint(1, 6)):
        _change_somewhere(wanted, draw)
    edited = edited_text(text, wanted)
    assert load(edited) == wanted
    if seed % 2:
        assert "# points for what a lead does" in edited or "engagement" not in wanted


def _change_somewhere(part: Any, draw: Random) -> None:
    """Changes, adds, removes or moves one part, some levels down."""
    names = [*part] if isinstance(part, dict) else [*range(len(part))]
    name = draw.choice(names)
    if isinstance(part[name], dict | list) and part[name] and draw.random() < 0.8:
        _change_somewhere(part[name], draw)
    elif draw.random() < 0.4:
        part[name] = draw.choice([0.5, "a: b # c", True, None, ["x", 1], {"y": "z"}, -3])
    elif draw.random() < 0.5 and len(names) > 1:
        del part[name]
    elif isinstance(part, dict):
        part[f"new-{draw.random()}"] = {"at_most": draw.randint(1, 9)}
    else:
        part.insert(draw.randint(0, len(part)), {"id": f"new-{draw.random()}", "points": 1})
