"""What a person's decision is held against: how a lead stands, and the target account that it belongs to, if any."""

from datetime import datetime

from baton.aws.account_items import keys_for
from baton.aws.desk import Desk
from baton.domain.accounts import domains_to_try, match, name_to_try
from baton.domain.lead import Lead
from baton.domain.standing import Standing
from baton.domain.triggers import Targeted


def standing_and_target(desk: Desk, lead: Lead, now: datetime) -> tuple[Standing, Targeted | None]:
    """How a lead stands now, and its target account as it is listed now."""
    standing, target = desk.standing(lead, now), _target(desk, lead)
    standing.is_target = target is not None
    return standing, target


def _target(desk: Desk, lead: Lead) -> Targeted | None:
    linked = lead.account.domain if lead.account and lead.account.matched_by == "link" else None
    domains, name = domains_to_try(lead.email), name_to_try(lead.company.name)
    found = match(desk.store.accounts(keys_for(linked, domains, name)), linked, domains, name)
    return Targeted(*found) if found else None
