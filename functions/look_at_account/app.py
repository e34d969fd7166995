"""The bus: a company came on the list; the leads already known of it are looked at again."""

from typing import Any

from baton.aws.account_looks import Looks
from baton.aws.accounts import Accounts
from baton.aws.bus import Bus
from baton.aws.clock import utc_now
from baton.aws.desk import Desk

desk, bus = Desk.from_environment(), Bus.from_environment()
looks = Looks(Accounts(desk.store), desk)


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Look at as many as there is time for, and say so on the bus, which brings it back for the rest."""
    looked = looks.look(event["detail"], utc_now())
    bus.tell(looked.event.type, looked.for_the_bus())
