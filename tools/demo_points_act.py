"""Plays the demo's last act: both departments try a draft on a history, learn points from it, and sign them."""

import os
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from tools import sample_history, terminal_text
from tools.agreement import agreement_for_now
from tools.baton import Baton, TookTooLong, checked
from tools.workspace import ROOT, Say

if TYPE_CHECKING:
    import boto3

LEADS, SEED, A_DAY = 600, 1, "1"
TODAY, DRAFT, LISTS = "agreement.yaml", "draft.yaml", ("leads.csv", "signals.csv")
_TRIAL_LINES = 20
_TRIAL = "Its trial against today:"


class Told(NamedTuple):
    """What a proposal told: its report, and the whole text of its draft."""

    report: list[str]
    draft: str


def departments_agree(baton: Baton, session: "boto3.Session", say: Say) -> None:
    """Tries a draft of sales' on made-up leads of a year, then learns points from them, which both departments sign."""
    with TemporaryDirectory(prefix="baton-demo-") as folder:
        write_history(Path(folder))
        say(terminal_text.heading("Sales wants fewer leads: a draft, tried on the leads of a year"))
        say(f"{LEADS} leads are made up, with what they did and what became of them. Sales' draft asks for 80 points")
        say("instead of 70. `python -m baton.trial` replays the year under both:\n")
        for line in trial(Path(folder))[:_TRIAL_LINES]:
            say(textwrap.fill(line, terminal_text.WIDTH, initial_indent="  ", subsequent_indent="    "))
        say(terminal_text.heading("Which points would have served both better?"))
        say("`python -m baton.proposal` learns them from the same lists, for one lead a working day:\n")
        proposed = proposal(Path(folder))
        for line in proposed.report:
            say(f"  {line}".rstrip())
        _sign(baton, session, (Path(folder) / TODAY).read_text(encoding="utf-8"), proposed.draft, say)


def write_history(folder: Path) -> None:
    """Writes today's agreement, a draft with another threshold, and the lists of leads and signals into a folder."""
    sample_history.main(str(folder), str(LEADS), str(SEED))
    today = (folder / TODAY).read_text(encoding="utf-8")
    (folder / DRAFT).write_text(today.replace("threshold: 70\n", "threshold: 80\n", 1), encoding="utf-8")


def trial(folder: Path) -> list[str]:
    """Returns the lines of the trial of a folder's draft."""
    return _command(folder, "baton.trial", "--agreement", DRAFT, "--against", TODAY).splitlines()


def proposal(folder: Path) -> Told:
    """Returns the proposal for a folder's history.

    Raises:
        TookTooLong: nothing is proposed.
    """
    text = _command(folder, "baton.proposal", "--agreement", TODAY, "--leads-per-day", A_DAY)
    above, _, draft = text.partition("\n\n")
    if not draft:
        raise TookTooLong(f"nothing is proposed: {above}")
    lines = [line.removeprefix("#").removeprefix(" ") for line in above.splitlines()]
    return Told(lines[: lines.index(_TRIAL)], text)


def _command(folder: Path, module: str, *words: str) -> str:
    path = os.pathsep.join([str(ROOT / "layers" / "common" / "python"), str(ROOT)])
    command = [sys.executable, "-m", module, *words, "--history", *LISTS]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise TookTooLong(f"{module} ended with status {done.returncode}: {done.stderr}")
    return done.stdout


def _sign(baton: Baton, session: "boto3.Session", today: str, draft: str, say: Say) -> None:
    say(terminal_text.heading("Both departments sign it; until then nothing changes"))
    with (
        agreement_for_now(session, baton.stack.outputs["TableName"], today) as version,
        baton.stack.api("marketing") as marketing,
    ):
        say(f"  For this part, version {version} of the agreement is the one that the proposal was learned for.")
        new = f"{draft}# Proposed on {datetime.now(UTC):%Y-%m-%d at %H:%M:%S}.\n"  # the same draft comes only once
        drafted = checked(marketing.post("/agreement/drafts", json={"yaml": new})).json()
        path = f"/agreement/drafts/{drafted['draft_id']}/signatures"
        say(f"  POST /agreement/drafts: {len(drafted['differences'])} differences, for example")
        for line in drafted["differences"][:3]:
            say(f"    {textwrap.shorten(line, terminal_text.WIDTH - 4, placeholder=' …')}")
        for department, client in (("marketing", marketing), ("sales", baton.staff)):
            signed = checked(client.post(path, json={})).json()
            say(f"  POST {path} by {department}: the draft is {signed['state'].replace('_', ' ')}")
        in_force = checked(baton.staff.get("/agreement")).json()
        if in_force["version"] != version + 1:
            raise TookTooLong(f"version {in_force['version']} is in force, and not {version + 1}")
        say(f"  GET /agreement: version {in_force['version']} is in force")
