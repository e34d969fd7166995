"""Target accounts in a trial of lists: as they were listed at each moment, and what a list may look like."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from baton.domain.trial.trial_rows import TrialRow, Tried
from baton.intake.history.history_lists import HistoryReader
from baton.trial.target_lists import TargetFault, read_targets
from baton.trial.tried_lists import tried_rows
from tests.unit.trial.test_trial_sums import CARD

UNTIL = datetime(2026, 6, 1, tzinfo=UTC)
VISITS = """\
email,at,kind
anna@eu.acme.com,2026-03-02T09:00:00Z,page_visited
anna@eu.acme.com,2026-04-02T09:00:00Z,page_visited
"""


def day(month: int, number: int, hour: int = 0) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def handed_over(folder: Path, targets: str, visits: str = VISITS) -> datetime | None:
    """When a target account's lead goes to sales with a list of target accounts."""
    path = folder / "targets.csv"
    path.write_text(targets, encoding="utf-8")
    reader = HistoryReader(UNTIL)
    reader.read("visits", visits.encode())
    rows: list[TrialRow] = list(tried_rows(reader.history().leads, Tried(CARD, CARD, UNTIL), None, read_targets(path)))
    (row,) = rows
    assert row.current == row.draft
    if row.draft is None:
        return None
    assert row.draft.trigger == "target_account"
    return datetime.fromtimestamp(row.draft.at / 1000, tz=UTC)


@pytest.mark.parametrize(
    ("targets", "at"),
    [
        ("acme.com", day(3, 2, 9)),
        ("https://www.ACME.com/en\notherplant.com", day(3, 2, 9)),
        ("domain\nacme.com\n", day(3, 2, 9)),
        ("domain;since;until\nacme.com;2026-03-02;2026-03-02", day(3, 2, 9)),
        ("domain,since\nacme.com,2026-03-20", day(3, 20)),
        ("domain,until\nacme.com,2026-03-01", None),
        ("domain,since,until\nacme.com,2026-01-01,2026-02-01\nacme.com,2026-04-01,", day(4, 1)),
        ("domain,since,until\nacme.com,2026-03-03,2026-03-03", day(3, 3)),
        ("domain,since\nacme.com,2026-06-01", None),
        ("domain,since\notherplant.com,2026-03-20", None),
        ("domain,domains\notherplant.com,acme.com moreplant.com", day(3, 2, 9)),
        ("domain,target\neu.acme.com,false\nacme.com,true", None),
        ("otherplant.com", None),
        ("", None),
    ],
)
def test_a_lead_is_a_target_accounts_while_its_company_is_listed(
    tmp_path: Path, targets: str, at: datetime | None
) -> None:
    assert handed_over(tmp_path, targets) == at


def test_a_company_is_known_by_its_name_too_and_looked_at_when_it_is_listed(tmp_path: Path) -> None:
    visits = "email,at,kind,company\nanna@gmail.com,2026-03-02T09:00:00Z,page_visited,Acme Manufacturing Ltd\n"
    targets = "domain,name,since\nacme.com,Acme Manufacturing,2026-03-20"
    assert handed_over(tmp_path, targets, visits) == day(3, 20)


def test_days_of_a_list_are_those_of_its_zone(tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    path.write_text("domain,since,until\nacme.com,2026-03-02,2026-03-02\n", encoding="utf-8")
    (begins,) = read_targets(path, ZoneInfo("Europe/Berlin")).came(["acme.com"], [])
    assert begins == day(3, 1, 23)
    assert read_targets(path).came(["acme.com"], []) == [begins + timedelta(hours=1)]


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ("domain,since\nacme.com,soon", "targets.csv, line 2: since is no day; write it like 2026-03-01"),
        ("acme.com\nanna@acme.com", "targets.csv, line 2: is no company's domain"),
        ("domain,when\nacme.com,2026-03-01", "targets.csv: when: no such column"),
        ("domain,since\n,2026-03-01", "line 2: is no company's domain"),
        ("domain,domains\nacme.com,gmail.com", "line 2: domains: is no company's domain"),
    ],
)
def test_what_a_list_of_targets_lacks_is_said_with_its_line(tmp_path: Path, targets: str, said: str) -> None:
    with pytest.raises(TargetFault) as fault:
        handed_over(tmp_path, targets)
    assert said in str(fault.value)
