"""Today's code reads every stored item, and gives the answers that were given when the item was stored."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pytest

from baton.aws.table.packing.packed_text import unpacked
from baton.domain.events.recorded import Recorded
from baton.domain.history.lead_fold import fold
from baton.domain.leads.lead import Lead
from tests.integration.world import World, aws, living_in
from tests.stored import kinds
from tests.stored.corpus import KEY_OF_THEN, Asked, KeptWorld, generations, items, key_of_then, read
from tests.stored.corpus_pages import is_page, same_page
from tests.stored.corpus_requests import ask
from tests.stored.dictionary_tables import DictionaryTables
from tests.stored.rebuilt_keys import rebuilt

GENERATIONS = [pytest.param(each, id=each.name) for each in generations()]
each_world = pytest.mark.parametrize(
    "kept", [pytest.param(world, id=f"{kept.name}: {world.name}") for kept in generations() for world in read(kept)]
)
Item = dict[str, Any]
ADDED_SINCE: set[str] = {
    "terms",
    "bad_timing_until",
    "checklist",
    "label",
    "said_by",
    "rule_in_words",
    "rules_in_words",
    "differences_in_parts",
    "why_now",
    "updated_at",
    "team",
    "source",
    "persona",
    "overdue_since",
    "labels",
    "clock",
    "channel",
    "campaign",
    "account",
    "also_read",
    "amounts",
    "appointments",
    "arrived_at",
    "asked",
    "attempts",
    "attempts_until_reached",
    "attributes",
    "business",
    "by_anybody",
    "by_form",
    "engaged_by_form",
    "cause",
    "claimed",
    "claims",
    "cleared",
    "confirmed_at",
    "confirms",
    "counted",
    "country_code",
    "currency",
    "difference",
    "effects",
    "emails",
    "escalated_at",
    "employees_written",
    "engagement",
    "first",
    "form_account",
    "forms",
    "from_person",
    "full_score",
    "kept_from_sales",
    "late_after",
    "left_to_review",
    "lift",
    "mail_choice",
    "meeting",
    "meeting_at",
    "meetings",
    "news",
    "next_at",
    "of",
    "out_of",
    "overdue",
    "owed",
    "outcome",
    "phone_e164",
    "probability",
    "q",
    "reached",
    "reached_after",
    "resubscribed_at",
    "revenue_written",
    "said_otherwise",
    "so_far",
    "spares_capacity",
    "special_hours",
    "speaker",
    "speed",
    "sql_accepted",
    "sql_declined",
    "target",
    "time_zone",
    "times",
    "too_few",
    "total",
    "unanswered",
    "warnings",
    "without",
    "worth",
}
"""Names that answers have besides, since an older generation was stored, such as `phone_e164`."""
FULL_THEN = re.compile(r"(?<=of at most )(\d+) open handoffs")
"""Why somebody got no lead, in answers before December 2026."""
LOAD_THEN = re.compile(r"; full after ([\d.]+) working days if none is closed\.")
"""When reps are full under a draft, in trials until 2 December 2026."""
TEAM_THEN = re.compile(r"^Team ([a-z]+) (?=gets )")
"""How trials named a team until 3 December 2026: by its key, and not by its label."""
PARKED_THEN = re.compile(r"(?<=^Parked until )(\d{1,2} \w+ \d{4}) at 00:00 UTC(?=;)")
"""How the day until which a lead is parked was told until 3 December 2026: as its first moment in UTC."""
BEFORE_ALL_TIME = ("at", "1970-01-01T00:00:00Z")


@dataclass
class Reader:
    """Functions that read what a world of the corpus holds."""

    world: World
    tables: DictionaryTables
    agreement: Item | None = None

    def load(self, kept: KeptWorld) -> None:
        """Put a world in place of whatever is there."""
        physical = self.world.stack.physical
        self.tables.hold((physical[table], item) for table, item in kept.items)
        agreement = next(item for _, item in kept.items if item.get("sk") == {"S": "CURRENT"})
        if agreement != self.agreement:
            self.world.cold()
        self.agreement, self.world.now = agreement, kept.now


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    tables = DictionaryTables()
    with (
        aws() as (stack, calls),
        key_of_then(stack),
        living_in(World(stack, calls)) as world,
        calls.by(tables.watch),
    ):
        yield Reader(world, tables)


@each_world
def test_every_stored_world_gives_the_same_answers_as_on_its_day(reader: Reader, kept: KeptWorld) -> None:
    reader.load(kept)
    differing = []
    for each in kept.answers:
        now = replace(ask(reader.world, _meant(each)), asked=each.asked)
        if not _same(each, now):
            differing.append((each.asked["path"], _difference(each, now)))
    assert differing == []


def _meant(then: Asked) -> Item:
    """What a request meant on its day: dates of reports were days in UTC before answers told a time zone."""
    query, asked = then.asked.get("query", {}), then.asked
    if not asked["path"].startswith("/reports/") or "from" not in query or '"time_zone"' in json.dumps(then.body):
        return asked
    return {**asked, "query": {**query, "time_zone": "UTC"}}


def _same(then: Asked, now: Asked) -> bool:
    if (then.asked, then.status) != (now.asked, now.status):
        return False
    if is_page(then.body) and is_page(now.body):
        return same_page(then.body, now.body, KEY_OF_THEN)
    return bool(_told(then.body) == _told(_without_added(now.body, then.body)))


def _told(body: Any) -> Any:
    """What an answer tells, without the time in 1970 that older ones told of what was so from the beginning, and with
    today's word for what somebody who is full has; and without whoever is not merged into a lead, but had one that is
    merged until that was separated: until 3 December 2026 they were told among those that are, without an address.

    That stood behind what else was known at that moment; so points of one moment are compared by name.
    """
    if isinstance(body, dict):
        told = {name: _told(value) for name, value in body.items() if (name, value) != BEFORE_ALL_TIME}
        if isinstance(merged := told.get("merged"), list):
            told["merged"] = [
                each for each in merged if not isinstance(each, dict) or each.get("email", "") is not None
            ]
        return {name: _by_moment(value) if name == "entries" else value for name, value in told.items()}
    if isinstance(body, list):
        return [_told(part) for part in body]
    return _in_words_of_today(body) if isinstance(body, str) else body


def _in_words_of_today(text: str) -> str:
    told = PARKED_THEN.sub(r"\1", text)
    told = FULL_THEN.sub(r"\1 open leads", TEAM_THEN.sub(lambda then: f"{then[1].capitalize()} ", told))
    return LOAD_THEN.sub(lambda then: f". If none is closed, all reps are full after {_days(then[1])}.", told)


def _days(number: str) -> str:
    return "1 working day" if round(float(number)) == 1 else f"{float(number):.0f} working days"


def _by_moment(entries: list[Item]) -> list[Item]:
    moments = groupby(entries, key=lambda entry: entry["at"])
    return [entry for _, some in moments for entry in sorted(some, key=lambda entry: str(entry["rule"]))]


def _without_added(now: Any, then: Any) -> Any:
    """An answer without the names that were added; a name stays where the older answer had it, too."""
    if isinstance(now, dict):
        before = then if isinstance(then, dict) else {}
        kept = (name for name in now if name in before or name not in ADDED_SINCE)
        return {name: _without_added(now[name], before.get(name)) for name in kept}
    if isinstance(now, list):
        before = then if isinstance(then, list) and len(then) == len(now) else [None] * len(now)
        return [_without_added(part, earlier) for part, earlier in zip(now, before, strict=True)]
    return now


def _difference(then: Asked, now: Asked) -> Any:
    """Only the parts that are not the same, of then and of now."""
    if then.status != now.status:
        return then.status, now.status
    return _parts(then.body, now.body)


def _parts(then: Any, now: Any) -> Any:
    if isinstance(then, dict) and isinstance(now, dict):
        names = [name for name in {**then, **now} if then.get(name, ...) != now.get(name, ...)]
        return {name: _parts(then.get(name, "(not there)"), now.get(name, "(not there)")) for name in names}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [_parts(one, other) for one, other in zip(then, now, strict=True) if one != other]
    return then, now


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_stored_item_is_read_by_the_code_that_reads_its_kind(generation: Any) -> None:
    for kind, item in items(generation):
        kinds.BY_NAME[kind].read(item)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_stored_item_has_the_keys_that_todays_code_builds(generation: Any) -> None:
    for kind, item in items(generation):
        if kind != kinds.ERASURE_LEDGER.name:
            built = rebuilt(kind, item)
            assert {name: item.get(name) for name in built} == built


@each_world
def test_folding_each_stored_history_gives_its_stored_lead(kept: KeptWorld) -> None:
    events, leads = defaultdict(list), []
    for table, item in kept.items:
        kind = kinds.kind_of(table, item)
        if kind == "events":
            recorded = Recorded.model_validate_json(unpacked(item["body"]))
            events[recorded.lead_id].append(recorded)
        elif kind == "leads":
            leads.append(Lead.model_validate_json(unpacked(item["body"])))
    for lead in leads:
        assert fold(events[lead.lead_id]) == lead.model_copy(update={"tally": None})
