"""Runs after an agreement came into force: scores all leads under it, one page of leads at a time."""

from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.sweeps.rescoring import Rescoring

commands = Commands.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Goes on from the place stored in the table, and returns the progress."""
    now = utc_now()
    rescoring = Rescoring(commands.agreements, lambda lead_id: commands.reconsider(lead_id, now=now))
    progress = rescoring.go_on(int(event["agreement_version"]), now)
    return {**progress.view(), "done": progress.done}
