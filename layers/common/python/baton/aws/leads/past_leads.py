"""Shows a lead as of an earlier moment: its history up to then, under the agreement that was in force then."""

from dataclasses import dataclass
from datetime import UTC, datetime

from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.table.keys import agreement_keys
from baton.aws.table.keys.item_key import Item, sort_key_of
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.http import Problem
from baton.domain.basics.moments import moment_text
from baton.domain.events.recorded import Recorded
from baton.domain.history.lead_facts import milliseconds
from baton.domain.history.lead_fold import fold
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import recount
from baton.domain.scoring.standing import Standing

PAGE = 500
VERSIONS = 5


def past_moment(text: str, now: datetime) -> datetime:
    """Parses the query parameter `at`.

    Raises:
        Problem: it is no moment, has no time zone, or is in the future (422).
    """
    try:
        moment = datetime.fromisoformat(text)
        at = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _unclear("is not a moment; write it like 2026-11-24T09:30:00Z") from None
    if moment.tzinfo is None:
        raise _unclear("says no time zone; write it like 2026-11-24T09:30:00Z")
    if at > now:
        raise _unclear("lies in the future; leave it out to see the lead as it is now")
    return at


def _unclear(fault: str) -> Problem:
    return Problem(422, "the lead cannot be shown as of that moment", [("at", fault)])


@dataclass(frozen=True, slots=True)
class PastLeads:
    """Evaluates leads as of past moments."""

    store: Store
    agreements: Agreements

    def standing(self, lead_id: str, at: datetime) -> Standing:
        """Evaluates a lead as of a past moment.

        Raises:
            NotFound: there is no such lead, or it did not exist yet.
        """
        history = self._history(lead_id, at)
        lead = fold(history)
        if lead is None:
            raise self._not_found(lead_id, at)
        if lead.merged_into:
            return self.standing(lead.merged_into, at)
        card = Scorecard(self._in_force(at))
        counts = recount(lead, self.store.history_of(lead, lead.version), card)
        return Standing(lead, card, counts, milliseconds(at), is_target=lead.account is not None)

    def _history(self, lead_id: str, at: datetime) -> list[Recorded]:
        history: list[Recorded] = []
        while page := self.store.history(lead_id, after=len(history), limit=PAGE, consistent=True):
            until = next((place for place, recorded in enumerate(page) if recorded.at > at), len(page))
            history += page[:until]
            if until < len(page):
                break
        return history

    def _not_found(self, lead_id: str, at: datetime) -> NotFound:
        first = self.store.history(lead_id, limit=1)
        if not first:
            return NotFound("there is no such lead")
        return NotFound(
            f"the lead was not known yet on {moment_text(at)}; what is known of it begins on {moment_text(first[0].at)}"
        )

    def _in_force(self, at: datetime) -> AgreementInForce:
        """Returns the version in force at a moment; before the first version, the first."""
        in_force = self.agreements.in_force()
        while not _since(in_force) <= at:
            earlier = self._before(in_force.version)
            if earlier is None:
                break
            in_force = earlier
        return in_force

    def _before(self, version: int) -> AgreementInForce | None:
        """Returns the last version with a lower number that came into force."""
        if version <= 1:
            return None
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :agreement AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":agreement": {"S": agreement_keys.AGREEMENT},
                ":first": {"S": sort_key_of(agreement_keys.agreement_version(1))},
                ":last": {"S": sort_key_of(agreement_keys.agreement_version(version - 1))},
            },
            ScanIndexForward=False,
            Limit=VERSIONS,
        )
        items: list[Item] = [dict(item) for item in found["Items"]]
        for item in items:
            if "in_force_from" not in item:
                return AgreementInForce.model_validate_json(item["body"]["S"])
        return self._before(min(int(item["version"]["N"]) for item in items)) if items else None


def _since(in_force: AgreementInForce) -> datetime:
    return datetime.fromisoformat(in_force.in_force_since)
