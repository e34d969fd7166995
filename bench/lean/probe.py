"""Runs inside one build, this one or an earlier one, and answers questions about it: a line of JSON for each line.

The folder of this build's bench is behind the measured build's in the package's path: what an earlier build lacks comes
from here.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bench

HERE = Path(__file__).resolve().parents[1]
bench.__path__.append(str(HERE))
BEGUN = datetime(2026, 11, 3, 9, tzinfo=UTC)
"""A Tuesday morning."""


def main() -> None:
    """Answers until the input ends."""
    from bench.lean.played_stack import Clock, PlayedStack  # noqa: PLC0415  # from the path above

    clock = Clock(BEGUN)
    from bench.functions import handler  # noqa: PLC0415
    from bench.lean.answers import Answers  # noqa: PLC0415
    from bench.world import running_world, template  # noqa: PLC0415

    answers_to, sys.stdout = sys.stdout, sys.stderr  # handlers may print
    with running_world() as world:
        stack = PlayedStack(world, template(), Path(os.getcwd()), clock, handler)
        answers = Answers(stack)
        for line in sys.stdin:
            question = json.loads(line)
            found: Any = getattr(answers, question["ask"])(*question.get("with", []))
            print(json.dumps(found), file=answers_to, flush=True)


if __name__ == "__main__":
    main()
