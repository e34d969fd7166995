"""The largest lead that there can be: each text of its inputs as long as is taken, of signs that hardly pack."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from baton.domain.events.handoff_events import ContactLogged, HandoffOffered, HandoffRated, HandoffReassigned
from baton.domain.events.lead_events import LeadHeldBack, LeadUpdated
from baton.domain.events.merge_events import LeadMerged
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import LeadReviewed
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.lead_changes.merge_decisions import MAX_PARTS
from baton.domain.leads.clock import Clock
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.handoff import Evidence
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.leads.ownership import MAX_PERIODS, MAX_RUNS
from baton.domain.leads.person_facts import BANT, Company, Profile
from baton.domain.leads.routing_choice import Preference, Routing, Skipped
from baton.domain.meetings.meeting import MAX_MEETINGS, Meeting
from baton.domain.trust.speakers import Speaker
from baton.intake.fields.fact_fields import COMPANY_CHECKS, MAX_ANSWER, PROFILE_CHECKS
from tests.unit.given import LEAD_ID, NOW, TERMS

AGREED_ATTRIBUTES, CONSENTS, BODY_BYTES, A_REASON, A_NOTE, AN_ADDRESS = 50, 50, 65_536, 500, 2_000, 254
SAYS_AGAIN = 5
"""By how many sources of its own each kind of speaker says everything."""
_chance = random.Random(400)
_SIGNS = "".join(map(chr, _chance.choices(range(0x10000, 0x10FFFF), k=100_000)))
_LETTERS = "".join(_chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=100_000))


def signs(length: int) -> str:
    """A text of four-byte characters that has no pattern; two of them repeat each other too far apart to be packed."""
    begin = _chance.randrange(len(_SIGNS) - length)
    return _SIGNS[begin : begin + length]


def letters(length: int) -> str:
    """A name or an address of ASCII letters that has no pattern."""
    begin = _chance.randrange(len(_LETTERS) - length)
    return _LETTERS[begin : begin + length]


def moments() -> Iterator[datetime]:
    """Moments without a pattern, one after another."""
    at = NOW
    while True:
        at += timedelta(milliseconds=_chance.randrange(1, 10_000_000))
        yield at.astimezone(UTC)


_moments = moments()


def milliseconds(at: datetime) -> int:
    """A moment as counts of signals have it."""
    return round(at.timestamp() * 1000)


def _length(check: Any) -> int:
    return int(getattr(check, "keywords", {}).get("longest", 0))


def facts(attributes: list[str]) -> dict[str, Any]:
    """Everything that may be said of a lead, each as long as is taken."""
    profile = {name: signs(_length(check) or 150) for name, check in PROFILE_CHECKS.items()}
    company = {name: signs(_length(check)) for name, check in COMPANY_CHECKS.items() if _length(check)}
    sizes = {f"{name}_written": signs(60) for name in ("employees", "revenue")} | {
        "employees": 10**15,
        "revenue": 10**15,
    }
    return {
        "profile": Profile(**profile),
        "company": Company(**{**company, **sizes, "domain": letters(250)}),
        "bant": {need: signs(MAX_ANSWER) for need in BANT},
        "attributes": {name: signs(200) for name in attributes},
    }


def signal(attributes: list[str], speaker: Speaker, source: str, **more: Any) -> SignalRecorded:
    """A signal that says everything."""
    return SignalRecorded.model_validate(
        {
            "kind": letters(60), "source": source, "reference": letters(26), "content": signs(200),
            "speaker": speaker, "occurred_at": next(_moments), **facts(attributes), **more,
        }
    )  # fmt: skip


def said_by_all(attributes: list[str], times: int = SAYS_AGAIN) -> list[Event]:
    """Each kind of speaker says everything, by several sources each."""
    return [
        signal(attributes, speaker, letters(60))
        for speaker in Speaker
        if speaker not in (Speaker.STAFF, Speaker.EARLIER)
        for _ in range(times)
    ]


def attribute_names(number: int = AGREED_ATTRIBUTES) -> list[str]:
    """Names of attributes, as long as they may be."""
    return [f"a{letters(39)}" for _ in range(number)]


def requests() -> list[Event]:
    """A request for a person of the longest body, twice, with as many consents as a form has."""
    message = BODY_BYTES // 4
    return [
        signal(
            [], Speaker.FORM, "website", form=letters(40), message=signs(message), asks_for_a_person=True, asked=number,
            properties={"page": signs(500)}, consents={f"c{letters(39)}": signs(200) for _ in range(CONSENTS)},
            claims=True,
        )
        for number in (1, 2)
    ]  # fmt: skip


def meetings() -> list[Event]:
    """More meetings than are kept."""
    return [signal([], Speaker.TOOL, "calendly", meeting=_meeting()) for _ in range(MAX_MEETINGS + 2)]


def _meeting() -> Meeting:
    return Meeting(
        meeting_id=letters(200), starts_at=next(_moments), told_at=next(_moments), replaces=letters(200),
        hosts=tuple(letters(AN_ADDRESS) for _ in range(5)), host_name=signs(200), name=signs(200), place=signs(200),
        join_url=signs(500), time_zone="America/Argentina/ComodRivadavia",
    )  # fmt: skip


def _routing() -> Routing:
    return Routing(
        chosen=letters(AN_ADDRESS), why=signs(A_REASON),
        skipped=tuple(Skipped(rep=letters(AN_ADDRESS), why=letters(200)) for _ in range(20)),
        preferred=tuple(Preference(rep=letters(AN_ADDRESS), because=letters(100)) for _ in range(8)),
        besides=tuple(letters(AN_ADDRESS) for _ in range(8)), warnings=tuple(letters(200) for _ in range(8)),
    )  # fmt: skip


_CLOCKS = [letters(40) for _ in range(10)]


def _clocks() -> tuple[Clock, ...]:
    return tuple(
        Clock(
            name=name, started_at=next(_moments), due_at=next(_moments), stops_when="accepted", within="30 days"
        )
        for name in _CLOCKS
    )  # fmt: skip


def with_sales() -> list[Event]:
    """A handoff that went to more people than it keeps, with every word that can be said of it."""
    handoff = f"{LEAD_ID}-001"
    offer = HandoffOffered(
        handoff_id=handoff, trigger="manual", reasons=tuple(signs(200) for _ in range(20)),
        evidence=tuple(Evidence(rule=signs(200), points=1.0, at=next(_moments), signal=letters(40)) for _ in range(15)),
        verdict=tuple(signs(200) for _ in range(20)), agreement_version=1, team="sales", clocks=_clocks(),
        routing=_routing(), terms=TERMS, due_at=next(_moments), owner=letters(AN_ADDRESS),
    )  # fmt: skip
    passed = [
        HandoffReassigned(
            handoff_id=handoff, assignment=number, reason=signs(A_REASON), owner=letters(AN_ADDRESS),
            clocks=_clocks(), routing=_routing(), due_at=next(_moments),
        )
        for number in range(2, MAX_PERIODS + MAX_RUNS)
    ]  # fmt: skip
    contact = ContactLogged(
        handoff_id=handoff,
        assignment=2,
        channel="phone",
        note=signs(A_NOTE),
        outcome="reached",
        attempt=1,
        clocks=_clocks(),
    )
    return [offer, *passed, contact, HandoffRated(handoff_id=handoff, stars=1, note=signs(1_000))]


def staffs_word(attributes: list[str]) -> list[Event]:
    """What colleagues put down: every fact, a hold, a review."""
    known = facts(attributes)
    known["bant"] = {need: {"value": answer, "met": True} for need, answer in known["bant"].items()}
    return [
        LeadUpdated.model_validate({"fields": (), "speaker": Speaker.STAFF, **known}),
        LeadHeldBack(reason=signs(A_REASON), due_at=next(_moments), verdict=tuple(signs(200) for _ in range(20))),
        LeadReviewed(
            verdict="not_ready",
            answers={letters(40): True for _ in range(50)},
            reason=signs(A_REASON),
            agreement_version=1,
        ),
    ]


def merges(brought: FactSnapshot) -> list[Event]:
    """As many leads as may be one person, each with all that can be known."""
    parts = [
        MergedPart(lead_id=letters(24), email=letters(AN_ADDRESS), until=99_999_999, came_with=letters(24))
        for _ in range(MAX_PARTS)
    ]
    return [LeadMerged(other=part.lead_id, reason=signs(A_REASON), brought=brought, parts=(part,)) for part in parts]


def after(lead: Lead | None, happened: list[Event]) -> Change:
    """What happened, one a moment, by somebody whose address is as long as can be."""
    change = Change.begin(lead, LEAD_ID)
    for event in happened:
        change = change.then([event], next(_moments), by=letters(AN_ADDRESS))
    return change


def capture() -> LeadCaptured:
    return LeadCaptured(email=letters(AN_ADDRESS), source=letters(60), campaign=signs(100), agreement_version=1)


def captured() -> Lead:
    """A lead of which nothing is known."""
    lead = after(None, [capture()]).after
    assert lead
    return lead


def largest_lead(generations: int = 3) -> Change:
    """All of it, in one change; each of several generations of agreements has other attributes."""
    names = [attribute_names() for _ in range(generations)]
    brought = after(captured(), [each for own in names for each in said_by_all(own, 1)] + requests()).after
    assert brought
    happened = [capture(), *(each for own in names for each in said_by_all(own)), *meetings(), *requests()]
    happened += merges(FactSnapshot.of(brought)) + staffs_word([])
    happened += said_by_all(names[0], 1) + with_sales()
    return after(None, happened)
