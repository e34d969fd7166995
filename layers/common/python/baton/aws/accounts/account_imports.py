"""Imports a CSV file of target accounts: each row by itself, and only as many as one request has time for."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.aws.accounts.account_list import Accounts, Items
from baton.aws.table.write_outcomes import Contended
from baton.domain.accounts.account import Account, AccountRefused
from baton.domain.accounts.account_matching import aliases

READ_TOGETHER = 25
BUDGET_SECONDS = 18.0
"""Long for a screen, so that most lists need one request: rows beyond it are refused, and the file is sent again.

The gateway's limit is 29 seconds; the last row may have to retry.
"""

RESULTS = ("created", "changed", "unchanged", "refused")

AccountRow = tuple[int, str, Account | None, Sequence[tuple[str, str]]]
"""A row: its line number, its domain, and the account or the faults by field."""


@dataclass(frozen=True, slots=True)
class AccountImport:
    """Imports rows into the list of accounts."""

    accounts: Accounts
    by: str
    now: datetime

    def run(self, rows: Sequence[AccountRow]) -> dict[str, Any]:
        """Imports the rows, and returns the result of each in order, and the count of each result."""
        end = time.monotonic() + BUDGET_SECONDS
        results: list[dict[str, Any]] = []
        for start in range(0, len(rows), READ_TOGETHER):
            together = rows[start : start + READ_TOGETHER]
            wanted = [account for _, _, account, _ in together if account]
            items = self.accounts.read(under for account in wanted for under in (account.domain, *aliases(account)))
            results += [self._import_row(row, items, end) for row in together]
        counts = Counter(result["result"] for result in results)
        return {**{name: counts[name] for name in RESULTS}, "results": results}

    def _import_row(self, row: AccountRow, items: Items, end: float) -> dict[str, Any]:
        number, domain, account, errors = row
        if account is None:
            return _refused(number, domain, errors)
        if time.monotonic() > end:
            return _refused(number, domain, [("line", "there was no time left for it; send the file again")])
        try:
            saved = self.accounts.put(account, by=self.by, now=self.now, items=items)
        except AccountRefused as fault:
            return _refused(number, domain, [("domain", str(fault))])
        except Contended as fault:
            return _refused(number, domain, [("line", str(fault))])
        return {"line": number, "domain": domain, "result": saved.result}


def _refused(number: int, domain: str, errors: Sequence[tuple[str, str]]) -> dict[str, Any]:
    faults = [{"field": field, "detail": detail} for field, detail in errors]
    return {"line": number, "domain": domain, "result": "refused", "errors": faults}
