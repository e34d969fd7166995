"""Starts proposals of points: keeps what is asked for, and asks for it on the bus, on which learn_points listens."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.proposals.proposal_items import PointsProposal, ProposalItems
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NoAgreement
from baton.domain.basics.days import begin_of
from baton.domain.basics.moments import iso
from baton.domain.basics.refusals import WrongField

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient

SOURCE, ASKED = "baton.operations", "PointsAsked"
"""No event of a lead: your own rules for `baton` do not see it."""
USUAL_SPAN, MAX_SPAN = timedelta(days=730), timedelta(days=1830)
Period = tuple[date | datetime | None, date | datetime | None]


class NotAsked(RuntimeError):
    """The bus did not take the request; it may be sent again."""


@dataclass(frozen=True, slots=True)
class ProposalStart:
    """Starts proposals."""

    store: Store
    events: "EventBridgeClient"
    bus: str

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        return cls(Store.from_environment(), client("events"), setting("BUS_NAME"))

    def start(self, asked: Mapping[str, Any], period: Period, by: str, now: datetime) -> PointsProposal:
        """Starts a proposal for the agreement in force, and returns it; the same question within ten minutes is one.

        Args:
            asked: the fields of `POST /agreement/proposals`, without the period.
            period: in which the leads became known; without an end up to now, without a beginning two years long.
            by: who asks.
            now: the present.

        Raises:
            WrongField: there can be none for this period.
            NoAgreement: no agreement is in force.
            NotAsked: the bus refused it; the same question asks it again.
            Contended: others asked the same at every attempt.
        """
        current = Versions(self.store).now().current
        if current is None:
            raise NoAgreement("no agreement is in force; deploy the stack again to seed the packaged one")
        first, last = _moments(period, current.agreement.time_zone, now)
        question = json.dumps([current.number, *map(str, period), dict(asked)], sort_keys=True)
        same = sha256(question.encode()).hexdigest()
        new = PointsProposal(
            proposal_id=f"{int(now.timestamp() * 1000):012x}{same[:4]}",
            version=current.number,
            by=by,
            first=iso(first),
            last=iso(last),
            asked=dict(asked),
            started_at=iso(now),
            saved_at=iso(now),
        )
        begun = ProposalItems(self.store).begin(new, same)
        if begun.nobody_has_begun:
            self._ask_for(begun)
        return begun

    def _ask_for(self, proposal: PointsProposal) -> None:
        entry = {
            "EventBusName": self.bus,
            "Source": SOURCE,
            "DetailType": ASKED,
            "Detail": json.dumps({"proposal_id": proposal.proposal_id}),
        }
        if self.events.put_events(Entries=[entry])["FailedEntryCount"]:  # type: ignore[list-item]
            raise NotAsked("the bus did not take the proposal")


def _moments(period: Period, zone: str, now: datetime) -> tuple[datetime, datetime]:
    begin, end = period
    last = begin_of(end, zone) if end else now
    first = begin_of(begin, zone) if begin else last - USUAL_SPAN
    if last > now:
        raise WrongField("to", "lies in the future; leave it out for now")
    if not first < last:
        raise WrongField("from", "must be before `to`, which is now if left out")
    if last - first > MAX_SPAN:
        raise WrongField("from", f"must be at most {MAX_SPAN // timedelta(days=1)} days before `to`")
    return first, last
