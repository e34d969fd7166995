"""Re-evaluates the existing leads of a newly listed account, one minute per run."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from baton.aws.accounts.account_list import Accounts
from baton.domain.accounts.account_events import Place, RecordedOfAccount, TargetAccountLookedAt
from baton.domain.accounts.account_matching import companies_of

BUDGET_SECONDS = 60.0
INDEX_FOLLOWS = timedelta(seconds=5)
"""For so long index 1 may not show a lead that is stored: a lead that came just before its company was listed."""


class IndexMayBeBehind(RuntimeError):
    """The leads that the index shows were re-evaluated. It may lack the latest, so the event is delivered again."""


class LeadsNotLookedAt(RuntimeError):
    """Some leads could not be re-evaluated. All others were, and a repeat changes nothing for them."""


class Reconsidering(Protocol):
    """Re-evaluates a lead, and hands it to sales if a trigger holds now; `Commands` does."""

    def reconsider(self, lead_id: str, *, now: datetime) -> Any:
        """Re-evaluates a lead; a repeat changes nothing."""


@dataclass(frozen=True, slots=True)
class AccountLooks:
    """Goes through the leads of an account, by company and then by id."""

    accounts: Accounts
    commands: Reconsidering

    def look(self, detail: dict[str, Any], now: datetime) -> RecordedOfAccount:
        """Re-evaluates leads for a minute, and returns an event with the number done since the account was listed.

        `detail` is that of the bus's event: `TargetAccountListed`, or this function's last one, which has the place to
        go on from in `next`. An event without `next` is the last.

        Raises:
            IndexMayBeBehind: the account was listed just now; call again with the same `detail`, as Lambda does.
            LeadsNotLookedAt: some could not be re-evaluated; call again with the same `detail`.
        """
        end, looked = time.monotonic() + BUDGET_SECONDS, 0
        stopped: Place | None = None
        failed: list[Exception] = []
        for company, lead_id in self._leads(detail["account"], detail.get("next") or {}):
            try:
                self.commands.reconsider(lead_id, now=now)
                looked += 1
            except Exception as fault:  # no fault of one lead holds up the others
                failed.append(fault)
            if time.monotonic() > end:
                stopped = Place(company=company, after=lead_id)
                break
        if failed:
            raise LeadsNotLookedAt(f"{len(failed)} leads could not be looked at, {looked} were") from failed[0]
        if _is_new(detail, now):
            raise IndexMayBeBehind("the account was listed just now; its latest leads may not be in the index yet")
        return _looked_at(detail, looked, stopped, now)

    def _leads(self, domain: str, begin: dict[str, Any]) -> Iterator[tuple[str, str]]:
        account = self.accounts.get(domain)
        if account is None or not account.target:
            return
        for company in companies_of(account):
            if company < begin.get("company", ""):
                continue
            after = begin["after"] if company == begin.get("company") else ""
            while page := self.accounts.leads(company, after):
                yield from ((company, lead_id) for lead_id in page)
                after = page[-1]


def _is_new(detail: dict[str, Any], now: datetime) -> bool:
    return "listed" not in detail and "at" in detail and now - datetime.fromisoformat(detail["at"]) < INDEX_FOLLOWS


def _looked_at(detail: dict[str, Any], looked: int, stopped: Place | None, now: datetime) -> RecordedOfAccount:
    listed, total = str(detail.get("listed") or detail["event_id"]), detail.get("looked", 0) + looked
    event = TargetAccountLookedAt(account=detail["account"], listed=listed, looked=total, next=stopped)
    return RecordedOfAccount(event_id=f"{listed}-{total}", at=now, by="agreement", event=event)
