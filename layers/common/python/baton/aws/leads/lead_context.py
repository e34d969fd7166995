"""Reads the facts for a decision of staff: how the lead stands, and its target account as it is listed now."""

from datetime import datetime

from baton.aws.leads.commands import Commands, account_keys_of
from baton.domain.leads.lead import Lead
from baton.domain.qualification.target_account import target_account_of
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.standing import Standing


def standing_and_target(commands: Commands, lead: Lead, now: datetime) -> tuple[Standing, TargetAccount | None]:
    """Reads how a lead stands now, and its target account as it is listed now."""
    target = target_account_of(lead, commands.store.accounts(account_keys_of(lead)))
    return commands.standing(lead, now, is_target=target is not None), target


def standing_of(commands: Commands, lead: Lead, now: datetime) -> Standing:
    """Reads how a lead stands now."""
    return standing_and_target(commands, lead, now)[0]
