"""What is read in pages comes whole however large its items are, and each answer is one that Lambda can give."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from baton.aws.leads.lead_views import lead_view
from baton.aws.leads.timelines import TimelinePage, Timelines
from baton.aws.leads.views import event_view
from baton.aws.table import team_items
from baton.aws.table.lead_writes import change_writes
from baton.aws.table.store import Store
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import standing_of
from baton.domain.teams.absences import MAX_ABSENCES
from baton.domain.teams.mail_reach import MAX_ADDRESSES
from baton.outreach.mails import handoff_mails
from bench.dynamodb_units import size
from tests.unit.given import IN_FORCE, LEAD_ID, rep
from tests.unit.outreach.given import LINKS
from tests.unit.sizes import largest_lead as largest

ANSWER, ITEM, A_READ, MESSAGE = 6 * 1024 * 1024, 400 * 1024, 1024 * 1024, 256 * 1024
"""What Lambda answers with, what an item has, what DynamoDB reads at once, and what SNS takes."""
Item = dict[str, Any]


class Partition:
    """A partition of the table, of which one query reads a megabyte at most."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = sorted(items, key=lambda item: str(item["sk"]["S"]))

    def query(self, *, ExpressionAttributeValues: Item, Limit: int = 1_000, **how: Any) -> Item:  # as the SDK spells it
        """Reads items in the order of their sort keys, as far as they are small enough."""
        first, last = ([*ExpressionAttributeValues.values(), {"S": "~"}][place]["S"] for place in (1, 2))
        after = how.get("ExclusiveStartKey", {"sk": {"S": ""}})["sk"]["S"]
        found: list[Item] = []
        for item in self.items:
            if not (first <= item["sk"]["S"] <= last and item["sk"]["S"] > after):
                continue
            found.append(item)
            if len(found) == Limit or sum(map(size, found)) > A_READ:
                return {"Items": found, "LastEvaluatedKey": {"sk": item["sk"]}}
        return {"Items": found}

    @property
    def store(self) -> Store:
        """A store with nothing else."""
        return Store(self, "table")  # type: ignore[arg-type]  # it asks no more of it


def timeline_of(change: Change) -> Iterator[TimelinePage]:
    """All pages of a lead's timeline."""
    items = [write["Put"]["Item"] for write in change_writes("table", change) if "Put" in write]
    timelines, cursor = Timelines(Partition(items).store), None
    while True:
        page = timelines.page(LEAD_ID, cursor)
        yield page
        if page.cursor is None:
            return
        cursor = page.cursor


def answered(page: TimelinePage) -> int:
    """The bytes of the answer that has a page."""
    return len(json.dumps({"events": [event_view(each) for each in page.events], "cursor": page.cursor}).encode())


def of(change: Change) -> Lead:
    """The lead after a change."""
    assert change.after
    return change.after


REPEATING, RANDOM = "\U0001f600" * (largest.BODY_BYTES // 4), None


@pytest.mark.parametrize("message", [REPEATING, RANDOM], ids=["packs well", "hardly packs"])
def test_a_timeline_of_long_messages_comes_whole_in_answers_that_lambda_can_give(message: str | None) -> None:
    sent = [signal.model_copy(update={"message": message} if message else {}) for signal in largest.requests() * 40]
    change = largest.after(None, [largest.capture(), *sent])
    pages = list(timeline_of(change))

    assert [each for page in pages for each in page.events] == list(change.events)
    assert max(map(answered, pages)) <= ANSWER


def test_the_largest_lead_is_shown_in_an_answer_that_lambda_can_give_and_mailed_in_a_message_that_sns_takes() -> None:
    lead = of(largest.largest_lead())
    standing = standing_of(lead, Scorecard(IN_FORCE), largest.NOW)
    assert lead.handoff
    subject, text = handoff_mails.alert(lead, lead.handoff, None, LINKS, largest.NOW, Scorecard(IN_FORCE))

    assert len(json.dumps(lead_view(standing, largest.NOW)).encode()) <= ANSWER
    assert len(f"{subject}{text}".encode()) <= MESSAGE / 8


def test_a_roster_of_as_many_people_as_can_be_with_as_many_absences_comes_whole() -> None:
    away = [{"from": "2026-12-01", "to": "2026-12-24", "why": largest.signs(200)} for _ in range(MAX_ABSENCES)]
    territories = [largest.letters(40) for _ in range(100)]
    people = [
        rep(f"{number}@{largest.letters(200)}", away=away, territories=territories) for number in range(MAX_ADDRESSES)
    ]
    items = [stored(team_items.put("table", "sales", each)) for each in people]

    assert max(map(size, items)) <= ITEM / 2
    found = Partition(items).store.roster("sales")
    assert {each.email for each in found.people} == {each.email for each in people}


def stored(update: Item) -> Item:
    """The item of somebody new that an update sets."""
    write = update["Update"]
    names, values = write["ExpressionAttributeNames"], write["ExpressionAttributeValues"]
    told = {names[name]: values[value] for name, value in re.findall(r"(#n\d+) = (:v\d+)", write["UpdateExpression"])}
    return {**write["Key"], "open_handoffs": {"N": "0"}, **told}
