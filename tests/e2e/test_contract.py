"""schemathesis asks the deployed API what its description allows, and what not: every check holds, whoever asks.

It comes last, because it changes whatever it may. What it is told besides is in schemathesis.toml.
"""

import os
import subprocess

import pytest

from tests.e2e.conftest import Deployed
from tools.workspace import ROOT

SCHEMATHESIS = ROOT / ".venv-checks" / "bin" / "schemathesis"
ONE_AT_A_TIME = "1"
"""Two threads of schemathesis that read Python's own source at once can end in a SystemError of Python 3.11."""
EVERYTHING, WRITTEN_WELL = "examples,coverage", "examples"


@pytest.mark.parametrize(
    ("group", "phases"),
    [(None, WRITTEN_WELL), ("marketing", WRITTEN_WELL), ("sales", WRITTEN_WELL), ("admin", EVERYTHING)],
)
def test_the_deployed_api_keeps_to_its_openapi_description(stack: Deployed, group: str | None, phases: str) -> None:
    options = {"--url": stack.api_url, "--phases": phases, "--workers": ONE_AT_A_TIME}
    if group:
        options["--header"] = f"Authorization: Bearer {stack.tokens[group]}"
    done = subprocess.run(
        [
            SCHEMATHESIS,
            "run",
            "docs/openapi.json",
            "--checks",
            "all",
            *(word for pair in options.items() for word in pair),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
