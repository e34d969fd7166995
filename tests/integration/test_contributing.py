"""The ten lines that CONTRIBUTING.md shows run in that order, when one command becomes a mail."""

import sys
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from tests.integration.world import World
from tests.template.test_contributing import ROOT, SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

BANT = {question: {"value": "yes"} for question in ("budget", "authority", "need", "timeline")}


def test_the_ten_shown_lines_run_in_order_when_the_last_answer_makes_a_lead_an_sql(world: World) -> None:
    world.send_form(name="content-download", content="guide")
    world.settle()
    path, before = f"/leads/{world.stack.lead().lead_id}", len(world.mails)

    with executed() as lines:
        answer = world.ask("PATCH", path, {"bant": BANT}, by="sales")
        world.settle()

    assert answer.json()["handoff"]["trigger"] == "sql"
    assert len(world.mails) > before
    assert [line for line in lines if line in SHOWN] == SHOWN


@contextmanager
def executed() -> "Iterator[list[tuple[str, str]]]":
    """Yields the lines that run in the files that CONTRIBUTING.md shows, as (path, text), in order."""
    sources = {str(ROOT / path): (ROOT / path).read_text().splitlines() for path, _ in SHOWN}
    lines: list[tuple[str, str]] = []

    def trace(frame: FrameType, _event: str, _value: Any) -> Any:
        source = sources.get(frame.f_code.co_filename)
        if source is None or frame.f_code.co_name == "<module>":
            return None
        text = source[frame.f_lineno - 1].partition("  # ")[0].strip()
        line = str(Path(frame.f_code.co_filename).relative_to(ROOT)), text
        if line not in lines:
            lines.append(line)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield lines
    finally:
        sys.settrace(before)
