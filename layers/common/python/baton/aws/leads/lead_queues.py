"""Pages of leads and their cursors; the worklists of reps."""

import base64
import binascii
from dataclasses import dataclass

from baton.aws.table.keys import handoff_keys, lead_keys
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.leads.lead import Lead


class CursorInvalid(ValueError):
    """The request's cursor is not from a list of this API."""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """A page of a list: leads, and the cursor of the next page, None on the last."""

    leads: list[Lead]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class LeadQueues:
    """Reads worklists from index 1, which follows the table in a moment."""

    store: Store

    def held_by(self, owner: str) -> list[str]:
        """Returns the ids of a rep's open handoffs in all teams, what is due first first."""
        held = items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition",
            ExpressionAttributeValues={":partition": {"S": handoff_keys.worklist(owner)}},
        )
        return [handoff_keys.handoff_id_of(item) for item in held]


def is_held_by(owner: str, lead: Lead) -> bool:
    """Tells whether a rep (`anna@…`), a marketing team, or `nobody` holds a lead that somebody is owed an act for."""
    handoff, duty = lead.handoff, lead.duty
    holder = None if owner == handoff_keys.NOBODY else owner
    return bool(
        (handoff and handoff.is_open and handoff.owner == holder) or (duty and duty.is_open and duty.team == holder)
    )


def teams_of(lead: Lead) -> set[str]:
    """Returns the teams that owe a lead something: that of its open handoff, and of its open duty."""
    return {each.team for each in (lead.handoff, lead.duty) if each and each.is_open}


def cursor_of(rank: str) -> str:
    """Writes the place of a lead in a list as a cursor."""
    return base64.urlsafe_b64encode(rank.encode()).decode()


def rank_in(cursor: str) -> str:
    """Returns the place in a list that a cursor stands for.

    Raises:
        CursorInvalid: it is not from a list of this API.
    """
    try:
        rank = base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, ValueError):
        rank = ""
    if not lead_keys.is_rank(rank):
        raise CursorInvalid("this cursor is not from a list; start again without one")
    return rank
