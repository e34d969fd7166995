"""Items of proposals of points: what was asked for, the progress, and the result.

They hold figures of groups of leads, and nothing of any one lead.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from baton.aws.table.keys import agreement_keys
from baton.aws.table.keys.item_key import Item, without_key
from baton.aws.table.packing.packed_text import packed, unpacked
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso

REMEMBERED_FOR, SAME_FOR = timedelta(days=90), timedelta(minutes=10)
STALLED_AFTER = timedelta(minutes=5)
"""A run saves its progress at least once a minute while it reads; one that saved nothing for so long has ended."""
RUNNING, FINISHED, REFUSED, STALLED = "running", "finished", "refused", "stalled"


@dataclass(frozen=True, slots=True)
class PointsProposal:
    """A proposal and its progress.

    Moments are texts in UTC. `version` is the agreement in force when it was asked for, `first` and `last` the period
    in which its leads became known. `leads` is their number, once they are counted, `leads_read` how many were read,
    and `leads_failed` how many of them could not be understood; the log names these.
    `why` says why nothing can be learned. `learned` has the figures and the report in lines; `draft` is the text of the
    draft, None if nothing is proposed.
    """

    proposal_id: str
    version: int
    by: str
    first: str
    last: str
    asked: dict[str, Any]
    started_at: str
    saved_at: str
    state: str = RUNNING
    leads: int = 0
    leads_read: int = 0
    leads_failed: int = 0
    finished_at: str | None = None
    why: str | None = None
    learned: dict[str, Any] = field(default_factory=dict)
    draft: str | None = None

    @property
    def nobody_has_begun(self) -> bool:
        """Tells whether no run of it has saved anything yet."""
        return self.state == RUNNING and self.saved_at == self.started_at

    def state_at(self, now: datetime) -> str:
        """Returns its state; `stalled` if it should go on, and nothing has been saved for minutes."""
        stands = self.state == RUNNING and now - datetime.fromisoformat(self.saved_at) > STALLED_AFTER
        return STALLED if stands else self.state

    def view(self, now: datetime) -> View:
        """Shows it to staff."""
        own = ("asked", "learned", "first", "last")
        told = {name: value for name, value in asdict(self).items() if name not in own}
        told |= {"state": self.state_at(now), "agreement_version": told.pop("version"), **self.learned}
        asked = {**self.asked, "from": self.first, "to": self.last}
        return {name: value for name, value in told.items() if value is not None} | {"asked": asked}

    def short_view(self, now: datetime) -> View:
        """Shows it beside other answers: without its report in lines and the text of its draft."""
        return {name: value for name, value in self.view(now).items() if name not in ("report", "draft")}


@dataclass(frozen=True, slots=True)
class ProposalItems:
    """Reads and writes proposals; each is kept for ninety days."""

    store: Store

    def read(self, proposal_id: str) -> PointsProposal:
        """Reads a proposal.

        Raises:
            NotFound: there is none with this id.
        """
        key = agreement_keys.points_proposal(proposal_id)
        found = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
        if "Item" not in found:
            raise NotFound("there is no such proposal; each is kept for ninety days")
        return proposal_from(proposal_id, dict(found["Item"]))

    def newest(self) -> PointsProposal | None:
        """Reads the proposal that was begun last; None if there is none, or it is kept no more."""
        key = agreement_keys.NEWEST_PROPOSAL
        found = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
        if "Item" not in found:
            return None
        try:
            return self.read(found["Item"]["proposal_id"]["S"])
        except NotFound:
            return None

    def begin(self, new: PointsProposal, fingerprint: str) -> PointsProposal:
        """Saves a new proposal and returns it, or the one that the same question has begun within ten minutes.

        Raises:
            Contended: others asked the same at every attempt.
        """
        now = datetime.fromisoformat(new.started_at)
        until = now + SAME_FOR
        mark = agreement_keys.proposal_mark(fingerprint) | {
            "proposal_id": {"S": new.proposal_id},
            "seen_until": {"S": iso(until)},
            "expires_at": {"N": str(int(until.timestamp()))},
        }
        unseen, values = "attribute_not_exists(pk) OR seen_until <= :now", {":now": {"S": iso(now)}}
        newest = agreement_keys.NEWEST_PROPOSAL | {
            "proposal_id": {"S": new.proposal_id},
            "expires_at": {"N": str(_kept_until(new))},
        }
        puts = [self.store.put(mark, unseen, values), self.store.put(_item(new)), self.store.put(newest)]
        if self.store.try_write(puts):
            return new
        key = agreement_keys.proposal_mark(fingerprint)
        found = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
        return self.read(found["Item"]["proposal_id"]["S"])

    def save(self, changed: PointsProposal) -> bool:
        """Saves a proposal while it runs; returns whether it still ran."""
        try:
            self.store.dynamodb.put_item(
                TableName=self.store.table,
                Item=_item(changed),
                ConditionExpression="#state = :running",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={":running": {"S": RUNNING}},
            )
        except self.store.dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True


_WRITTEN = ("asked", "learned")


def _item(proposal: PointsProposal) -> Item:
    plain = asdict(replace(proposal, draft=None, learned={}, asked={}))
    values = {name: value for name, value in plain.items() if value is not None and name != "proposal_id"}
    item: Item = {
        name: {"N": str(one)} if isinstance(one, int) else {"S": one}
        for name, one in values.items()
        if name not in _WRITTEN
    }
    item |= {name: packed(json.dumps(getattr(proposal, name))) for name in _WRITTEN}
    if proposal.draft is not None:
        item["draft"] = packed(proposal.draft)
    item["expires_at"] = {"N": str(_kept_until(proposal))}
    return agreement_keys.points_proposal(proposal.proposal_id) | item


def _kept_until(proposal: PointsProposal) -> int:
    return int((datetime.fromisoformat(proposal.started_at) + REMEMBERED_FOR).timestamp())


def proposal_from(proposal_id: str, item: Item) -> PointsProposal:
    """Reads a proposal from its item."""
    values = {name: value for name, value in without_key(item).items() if name != "expires_at"}
    packs = {name: values.pop(name) for name in (*_WRITTEN, "draft") if name in values}
    read: Any = {name: int(value["N"]) if "N" in value else value["S"] for name, value in values.items()}
    read |= {name: json.loads(unpacked(packs[name])) for name in _WRITTEN}
    if "draft" in packs:
        text = unpacked(packs["draft"])
        read["draft"] = text if isinstance(text, str) else text.decode()
    return PointsProposal(proposal_id=proposal_id, **read)
