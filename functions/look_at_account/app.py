"""Runs when a company came on the list of target accounts: scores the known leads of that company again."""

from typing import Any

from baton.aws.accounts.account_list import Accounts
from baton.aws.accounts.account_looks import AccountLooks
from baton.aws.leads.commands import Commands
from baton.aws.messages.bus import Bus
from baton.aws.runtime.utc_clock import utc_now

commands, bus = Commands.from_environment(), Bus.from_environment()
looks = AccountLooks(Accounts(commands.store), commands)


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Scores as many leads as time allows, and publishes how far it came; that event starts it again for the rest."""
    looked = looks.look(event["detail"], utc_now())
    bus.publish_progress(looked.event.type, looked.for_the_bus())
