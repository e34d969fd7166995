"""What a person's decision is held against: how a lead stands, and the target account that it belongs to, if any."""

from datetime import datetime

from baton.aws.leads.commands import Commands, account_keys_of, targeted
from baton.domain.leads.lead import Lead
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.standing import Standing


def standing_and_target(commands: Commands, lead: Lead, now: datetime) -> tuple[Standing, TargetAccount | None]:
    """How a lead stands now, and its target account as it is listed now."""
    standing, target = commands.standing(lead, now), targeted(lead, commands.store.accounts(account_keys_of(lead)))
    standing.is_target = target is not None
    return standing, target
