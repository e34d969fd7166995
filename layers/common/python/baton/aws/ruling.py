"""What a person's decision is held against: how a lead stands, and the target account that it belongs to, if any."""

from datetime import datetime

from baton.aws.desk import Desk, account_keys, targeted
from baton.domain.lead import Lead
from baton.domain.standing import Standing
from baton.domain.triggers import Targeted


def standing_and_target(desk: Desk, lead: Lead, now: datetime) -> tuple[Standing, Targeted | None]:
    """How a lead stands now, and its target account as it is listed now."""
    standing, target = desk.standing(lead, now), targeted(lead, desk.store.accounts(account_keys(lead)))
    standing.is_target = target is not None
    return standing, target
