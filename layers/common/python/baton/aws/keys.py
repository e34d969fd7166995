"""Every key of the table. Nothing else in Baton spells one."""

import hashlib
import zlib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Literal

from baton.aws.clock import iso
from baton.domain.deadlines import next_look_at
from baton.domain.duty import Duty
from baton.domain.handoff import Handoff, LineKey
from baton.domain.lead import Lead, Status

Key = dict[str, dict[str, str]]

QUEUE_SHARDS = 4
_COLDEST = 10**10
EVENTS = "EVENT#"
ELSEWHERE = "ELSEWHERE"
SUSPECTED = "SUSPECTED"
HANDOFFS = "HANDOFF#"
DUTIES = "DUTY#"
NOBODY = "nobody"
NEVER = "9999"


def key(pk: str, sk: str) -> Key:
    """A primary key as DynamoDB takes it."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def lead_partition(lead_id: str) -> str:
    """The partition that holds everything about one person."""
    return f"LEAD#{lead_id}"


def lead(lead_id: str) -> Key:
    """The lead itself."""
    return key(lead_partition(lead_id), "LEAD")


def event(event_id: str) -> Key:
    """One event of a lead's history."""
    lead_id, number = event_id.rsplit("-", 1)
    return key(lead_partition(lead_id), f"{EVENTS}{number}")


def elsewhere(lead_id: str) -> Key:
    """Where else the lead's history is kept: it stands just before the events, so that one query gives it with them."""
    return key(lead_partition(lead_id), ELSEWHERE)


ANONYMOUS = "ANONYMOUS#"


def anonymous(anonymous_id: str) -> Key:
    """Who somebody turned out to be whom a website knew by an id of its own."""
    return key(f"{ANONYMOUS}{anonymous_id}", "PERSON")


def of_anonymous(anonymous_id: str, sender: str, message: str) -> Key:
    """A message about somebody who has given no address yet."""
    return key(f"{ANONYMOUS}{anonymous_id}", f"MESSAGE#{sender}#{message}")


KEPT = "KEPT"


def kept_of_anonymous(anonymous_id: str) -> Key:
    """How many messages were kept of somebody who had given no address."""
    return key(f"{ANONYMOUS}{anonymous_id}", KEPT)


def known_anonymously(lead_id: str, anonymous_id: str) -> Key:
    """That a lead is known by such an id: in its own partition, so that it goes with it."""
    return key(lead_partition(lead_id), f"{ANONYMOUS}{anonymous_id}")


def seen(lead_id: str, source: str, message: str) -> Key:
    """The mark that a message was dealt with."""
    return key(lead_partition(lead_id), f"SEEN#{source}#{message}")


def limit_of_address(form: str, whose: str) -> Key:
    """How many of a form came from an address, in a stretch of time that the hash stands for."""
    return key(f"LIMIT#{form}", f"ADDRESS#{whose}")


def limit_of_form(form: str, part: int, began: datetime) -> Key:
    """How many of a form came from everywhere, in a stretch of time; one part of them."""
    return key(f"LIMIT#{form}#{part}", f"FROM#{iso(began)}")


def handoff(handoff_id: str) -> Key:
    """One handoff of a lead."""
    lead_id, number = handoff_id.rsplit("-", 1)
    return key(lead_partition(lead_id), f"{HANDOFFS}{number}")


def handoff_id(item: Mapping[str, Any]) -> str:
    """The id of the handoff with these keys."""
    return f"{item['pk']['S'].partition('#')[2]}-{item['sk']['S'].partition('#')[2]}"


def duty(duty_id: str) -> Key:
    """One duty of marketing's towards a lead."""
    lead_id, _, number = duty_id.rpartition("-D")
    return key(lead_partition(lead_id), f"{DUTIES}{number}")


def lead_of(handoff_id: str) -> str:
    """The id of the lead that a handoff hands over; the handoff's id begins with it."""
    return handoff_id.rpartition("-")[0]


def quarantine(source: str) -> str:
    """The partition of what a source of webhooks sent and nobody understood yet."""
    return f"QUARANTINE#{source}"


def quarantined(source: str, fingerprint: str) -> Key:
    """One such delivery, by a hash of what was sent: sent again, it is the same one."""
    return key(quarantine(source), fingerprint)


def imported(import_id: str) -> Key:
    """How far the import of a list has come."""
    return key(f"IMPORT#{import_id}", "IMPORT")


def team_partition(team: str) -> str:
    """The partition that holds a team's roster."""
    return f"TEAM#{team}"


ROSTER = "REP#"
"""Where the roster begins in a team's partition: its people, then what was told of the team, then the turns of each
pool. The team's events stand before."""
TURNS = "TURNS#"
TOLD = "TEAM"


def rep(team: str, email: str) -> Key:
    """A person on a team's roster."""
    return key(team_partition(team), f"{ROSTER}{email}")


def turns(team: str, pool: str) -> Key:
    """Whose turn it is in a pool of a team, and who waits."""
    return key(team_partition(team), f"{TURNS}{pool}")


def team_of(item: Mapping[str, Any]) -> str:
    """The team in whose partition an item stands."""
    return str(item["pk"]["S"].partition("#")[2])


def told(team: str) -> Key:
    """What was told of a team."""
    return key(team_partition(team), TOLD)


def team_event(event_id: str) -> Key:
    """Something that happened to a team."""
    team, number = event_id.removeprefix("team-").rsplit("-", 1)
    return key(team_partition(team), f"{EVENTS}{number}")


def account_partition(under: str) -> str:
    """The partition of an account's domain, or of its name."""
    return f"ACCOUNT#{under}"


def account(under: str) -> Key:
    """What is listed under a domain, or under a normalised name (`name:acme`)."""
    return key(account_partition(under), "ACCOUNT")


def is_account(item: Mapping[str, Any]) -> bool:
    """Whether an item is one under which an account may be listed."""
    return bool(item["sk"]["S"] == "ACCOUNT")


def listed_under(item: Mapping[str, Any]) -> str:
    """The domain or name that an account's item stands under."""
    return str(item["pk"]["S"].partition("#")[2])


def account_event(domain: str, number: int) -> Key:
    """Something that happened to an account."""
    return key(account_partition(domain), f"{EVENTS}{number:08d}")


TARGETS = "TARGETS#0"
"""Index 1: all accounts. People change the list by hand, so one partition bears it and gives it in one order."""


def target(domain: str) -> Key:
    """Index 1 for an account: its place in the list."""
    return {"gsi1pk": {"S": TARGETS}, "gsi1sk": {"S": domain}}


def leads_of_company(company: str) -> str:
    """Index 1: the leads known of a company: of a registrable domain, or of a normalised name (`name:acme`)."""
    return f"COMPANY#{company}"


def company_pointer(lead_id: str, company: str) -> Key:
    """What leads from a company to one of its leads: an item in the lead's own partition, so that it goes with it."""
    index = {"gsi1pk": {"S": leads_of_company(company)}, "gsi1sk": {"S": lead_id}}
    return key(lead_partition(lead_id), leads_of_company(company)) | index


def known_as(source: str, id_: str) -> str:
    """Index 1: whoever a marketing tool knows by an id."""
    return f"KNOWN#{source}#{id_}"


def known_pointer(lead_id: str, source: str, id_: str, since: datetime) -> Key:
    """What leads from a tool's id of somebody to the lead: an item in the lead's own partition, the latest counts."""
    index = {"gsi1pk": {"S": known_as(source, id_)}, "gsi1sk": {"S": f"{iso(since)}#{lead_id}"}}
    return key(lead_partition(lead_id), known_as(source, id_)) | index


AGREEMENT = "AGREEMENT"
AGREEMENT_IN_FORCE = key(AGREEMENT, "CURRENT")
AGREEMENT_TO_COME = key(AGREEMENT, "NEXT")
DRAFTS = "DRAFT#"


def agreement_version(version: int) -> Key:
    """A version of the agreement, in force or past."""
    return key(AGREEMENT, f"V#{version:06d}")


def agreement_event(event_id: str) -> Key:
    """One event of the agreement."""
    _, version, what = event_id.split("-")
    return key(AGREEMENT, f"{EVENTS}{version}#{what}")


def draft(draft_id: str) -> Key:
    """A draft of the agreement; the ids are in the order in which drafts were made."""
    return key(AGREEMENT, f"{DRAFTS}{draft_id}")


def drafted(fingerprint: str) -> Key:
    """The mark that this very draft was made already."""
    return key(AGREEMENT, f"SEEN#draft#{fingerprint}")


def rescoring(version: int) -> Key:
    """How far scoring all leads under a version of the agreement has come."""
    return key(AGREEMENT, f"RESCORING#{version:06d}")


BOOKS = "BOOKS"


def closed_day(day: date) -> Key:
    """How many leads were where when a day (in UTC) was over."""
    return key(BOOKS, f"DAY#{day:%Y-%m-%d}")


def day_of(item: Mapping[str, Any]) -> date:
    """The day that a balance closed."""
    return date.fromisoformat(item["sk"]["S"].partition("#")[2])


def report_mail(first: date, until: date, department: str) -> Key:
    """The mark that a department has had the mail about a period."""
    return key("REPORTS", f"SEEN#mail#{first:%Y-%m-%d}#{until:%Y-%m-%d}#{department}")


def queue(status: str, shard: int) -> str:
    """Index 1: the leads of one status; several partitions, so that no status has a hot one."""
    return f"QUEUE#{status}#{shard}"


def queue_of(lead: Lead) -> Key:
    """Index 1 for a lead: its queue, in the order in which leads came into it; nurturing, the warmest first."""
    rank = f"{iso(lead.status_since)}#{lead.lead_id}"
    if lead.status is Status.NURTURING:
        coldness = _COLDEST - (lead.tally["warmth"] if lead.tally else 0.0)
        rank = f"{coldness:016.4f}#{rank}"
    return {"gsi1pk": {"S": queue(lead.status, _shard(lead))}, "gsi1sk": {"S": rank}}


def suspected(lead: Lead, since: datetime | None) -> Key:
    """What lists a lead that is known besides in the queue of those taken for robots, since when; or does no longer."""
    item = key(lead_partition(lead.lead_id), SUSPECTED)
    if since is None:
        return item
    index = {"gsi1pk": {"S": queue(Status.SPAM, _shard(lead))}, "gsi1sk": {"S": f"{iso(since)}#{lead.lead_id}"}}
    return item | index


def looks(shard: int) -> str:
    """Index 2: the leads that Baton is to look at again at some time, the earliest first."""
    return f"LOOKS#{shard}"


def indexes_of_lead(lead: Lead) -> Key:
    """Index 1 for a lead: its queue. Index 2, while Baton is to look at it again at some time: that time.

    A lead for which another one stands is in none.
    """
    if lead.merged_into:
        return {}
    look = next_look_at(lead)
    if look is None:
        return queue_of(lead)
    return queue_of(lead) | {"gsi2pk": {"S": looks(_shard(lead))}, "gsi2sk": {"S": f"{iso(look)}#{lead.lead_id}"}}


def desk(owner: str | None) -> str:
    """Index 1: the open handoffs of one salesperson, or of nobody yet."""
    return f"REP#{owner or NOBODY}#open"


def _shard(lead: Lead) -> int:
    return zlib.crc32(lead.lead_id.encode()) % QUEUE_SHARDS


Reported = Literal["HANDOFFS", "DUTIES", "MOVES"]
"""What reports are made of."""


def month_of(what: Reported, month: str) -> str:
    """Index 2: what happened in a month (`2026-11`, in UTC): handoffs offered, duties begun, moves made."""
    return f"{what}#{month}"


ERASURES = "ERASURES"


def erasure(event_id: str) -> Key:
    """That a person was erased, as the bus learns it."""
    return key(ERASURES, f"{EVENTS}{event_id}")


def left_of(erased_as: str, was: str) -> Key:
    """What reports count of a person who was erased; `was` is the sort key of the item that it stood in."""
    return key(f"ERASED#{erased_as}", f"LEFT#{was}")


def happened(what: Reported, at: datetime, which: str) -> Key:
    """Index 2 for something that reports count: its month, and there its moment."""
    return {"gsi2pk": {"S": month_of(what, f"{at:%Y-%m}")}, "gsi2sk": {"S": f"{iso(at)}#{which}"}}


def line_of(key: LineKey) -> str:
    """The name of the line in which leads wait that were had by the same people, and may be taken by the same."""
    had_it, besides = key
    parts = [f"{word}-{_digest(people)}" for word, people in (("had", had_it), ("for", besides)) if people]
    return "-".join(parts) or "new"


def _digest(people: Collection[str]) -> str:
    return hashlib.sha256(" ".join(sorted(people)).encode()).hexdigest()[:12]


def line(team: str, pool: str, key: LineKey) -> str:
    """How the ranks begin of the leads that wait in a line, on the desk of nobody."""
    return f"{team}#{pool}#{line_of(key)}#"


def team_in_line(rank: str) -> str:
    """The team in one of whose lines a rank on the desk of nobody is."""
    return rank.partition("#")[0]


def after_team(team: str) -> str:
    """What comes after all ranks of a team on the desk of nobody, and before those of the next."""
    return f"{team}$"


def indexes_of(handoff: Handoff) -> Key:
    """Index 1 while it is open: its owner's desk, by what is due first; nobody's, by line and by when it began to wait.
    Index 2 always: its month.
    """
    month = happened("HANDOFFS", handoff.offered_at, handoff.handoff_id)
    if not handoff.is_open:
        return month
    if handoff.owner:
        rank = _rank(min((clock.due_at for clock in handoff.clocks if not clock.stopped_at), default=None))
    else:
        rank = f"{line(handoff.team, handoff.pool, handoff.line)}{iso(handoff.assigned_at)}"
    rank = f"{rank}#{handoff.handoff_id}"
    return {**month, "gsi1pk": {"S": desk(handoff.owner)}, "gsi1sk": {"S": rank}}


def duty_index(duty: Duty) -> Key:
    """Index 1 (the desk of marketing's team, by what is due first) while it is open; index 2 (its month) always."""
    month = happened("DUTIES", duty.opened_at, duty.duty_id)
    if not duty.is_open:
        return month
    return month | {"gsi1pk": {"S": desk(duty.team)}, "gsi1sk": {"S": f"{_rank(duty.clock.due_at)}#{duty.duty_id}"}}


def _rank(moment: datetime | None) -> str:
    return iso(moment) if moment else NEVER
