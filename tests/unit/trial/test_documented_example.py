"""The example of docs/trial.md, run as it is written: its commands give the sentences that it quotes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "trial.md").read_text(encoding="utf-8").partition("\n## An example\n")[2].partition("\n## ")[0]
COMMANDS = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
QUOTED = [
    " ".join(part.split())
    for part in re.sub(r"^> ?", "", "\n".join(re.findall(r"^>.*$", TEXT, re.M)), flags=re.M).split("\n\n")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the commands name; what they write stays in it."""
    folder = tmp_path_factory.mktemp("example")
    for name in ("layers", "bench"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


@pytest.mark.slow
def test_the_commands_of_the_example_of_a_trial_give_the_sentences_that_it_quotes(folder: Path) -> None:
    [commands] = COMMANDS
    bash = ["bash", "-euo", "pipefail", "-c", commands]
    ran = subprocess.run(bash, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = " ".join(ran.stdout.split())
    assert len(QUOTED) == 7
    assert [sentence for sentence in QUOTED if sentence not in told] == []
    assert "<svg" in (folder / "trial.html").read_text(encoding="utf-8")


def test_the_conclusions_of_the_example_have_the_figures_that_it_quotes() -> None:
    quoted = " ".join(QUOTED)
    assert "Handed over by only the draft (newly handed over): 29: won 0," in quoted
    assert "The draft hands over 29 leads more, of whom 12 say something and none was won" in " ".join(TEXT.split())
