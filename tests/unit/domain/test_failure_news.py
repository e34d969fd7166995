"""Operations hear of the first failure of a kind at once, and of a thousand more in one mail an hour later."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.failures import failure_kinds
from baton.domain.failures.failure_news import Known, News, can_wait, news
from baton.outreach.mails.failure_mails import failures

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
MAIL, BOOKS = (
    next(kind for kind in failure_kinds.KINDS if kind.name == name)
    for name in ("UnsentMailQueue", "UnclosedBooksQueue")
)


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("known", "is_told"),
    [
        pytest.param(Known(), False, id="nothing ever came"),
        pytest.param(Known(depth=1, untold=1), True, id="the first at once"),
        pytest.param(Known(depth=1_000, untold=999, told_at=hours_ago(0.5)), False, id="no mail for each"),
        pytest.param(Known(depth=1_000, untold=999, told_at=hours_ago(1)), True, id="the others an hour later"),
        pytest.param(Known(depth=5, told_at=hours_ago(23)), False, id="what lies there is told once"),
        pytest.param(Known(depth=5, told_at=hours_ago(24)), True, id="and again after a day"),
        pytest.param(Known(depth=0, told_at=hours_ago(48)), False, id="not of an empty queue"),
        pytest.param(Known(depth=0, untold=3, told_at=hours_ago(2)), True, id="what came and went again"),
    ],
)
def test_a_failure_is_told_at_once_and_more_of_its_kind_once_an_hour(known: Known, is_told: bool) -> None:
    assert bool(news({MAIL.name: known}, {}, NOW)) is is_told


def test_a_metrics_failure_is_told_once_an_hour() -> None:
    seen = {"TooManyForms": 40}

    assert [each.new for each in news({}, seen, NOW)] == [40]
    assert news({"TooManyForms": Known(told_at=hours_ago(0.5))}, seen, NOW) == []
    assert len(news({"TooManyForms": Known(told_at=hours_ago(1))}, seen, NOW)) == 1


def test_what_cannot_wait_is_told_first() -> None:
    told = news({name: Known(depth=1, untold=1) for name in ("UnclosedBooksQueue", "UnsentMailQueue")}, {}, NOW)

    assert [each.kind for each in told] == [MAIL, BOOKS]
    assert not can_wait(told)
    assert can_wait(told[1:])


def test_a_mail_about_failures_says_what_how_many_how_bad_and_one_command() -> None:
    subject, text = failures([News(MAIL, 2, 3, hours_ago(30)), News(BOOKS, 0, 1, None)])

    assert subject == "Baton: UnsentMailQueue and 1 more - look now"
    assert "UnsentMailQueue (look now)\nevents whose mail or alert failed\n" in text
    assert "new: 2; in the queue: 3, since 2026-11-30T03:30:00.000Z\n  POST /queues/UnsentMailQueue/redrive\n" in text
    assert "UnclosedBooksQueue (can wait until morning)\n" in text
    assert "nothing new; in the queue: 1\n" in text
    assert len(subject) < 100, "SNS takes no longer one"


def test_each_kind_of_failure_has_its_own_name_a_meaning_and_one_command() -> None:
    names = [kind.name for kind in failure_kinds.KINDS]

    assert len(names) == len(set(names))
    assert all(kind.what and kind.command and "\n" not in kind.command for kind in failure_kinds.KINDS)
    assert all(len(failures([News(kind, 1, 1, None)] * 30)[0]) < 100 for kind in failure_kinds.KINDS)
