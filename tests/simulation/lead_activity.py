"""What the leads of a simulated year are, and what they do."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from baton.domain.events.recorded import Event
from baton.domain.lead_changes import fact_updates
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.signals import signal_recording
from baton.domain.signals.signal_recording import Signal
from baton.domain.trust.speakers import Speaker
from tests.simulation.strangers import facts_in

if TYPE_CHECKING:
    from tests.simulation.year import Year

MIN_LEADS, MAX_LEADS = 80, 140
COUNTRIES = ("DE", "DE", "DE", "AT", "US", "US", "CA", "FR", None)
TITLES = ("Head of IT", "Chief of staff", "Engineer", "Engineer", "Student", None)
FIRST = {"consultation": 3, "download": 3, "webinar": 2, "visit": 2, "demo": 1, "robot": 1}
LATER = {"visit": 6, "download": 3, "webinar": 3, "price": 2, "careers": 1, "consultation": 1, "facts": 2}

_WHAT: dict[str, dict[str, Any]] = {
    "consultation": {"kind": "consultation_requested", "form": "consultation", "asks_for_a_person": True},
    "robot": {"kind": "consultation_requested", "form": "consultation", "asks_for_a_person": True, "spam": True},
    "demo": {"kind": "demo_requested"},
    "download": {"kind": "content_downloaded", "content": "guide"},
    "price": {"kind": "content_downloaded", "content": "price-list"},
    "webinar": {"kind": "webinar_attended"},
    "visit": {"kind": "page_visited"},
    "careers": {"kind": "page_visited", "content": "careers"},
}


class LeadActivity:
    """They come one by one, and some days many at once."""

    def __init__(self, year: "Year") -> None:
        self.year, self.chance = year, year.chance
        self.told = 0

    def begin(self) -> None:
        number, count = 0, self.chance.randint(MIN_LEADS, MAX_LEADS)
        while number < count:
            arrives = timedelta(days=self.chance.randrange(365), minutes=self._time_of_day())
            for _ in range(self.chance.randint(5, 12) if self.chance.random() < 0.03 else 1):
                number += 1
                self._lives(f"lead{number:04}", arrives)

    def _time_of_day(self) -> int:
        """Most of them while people work, on one side of the ocean or the other."""
        return self.chance.randint(7 * 60, 21 * 60) if self.chance.random() < 0.8 else self.chance.randrange(24 * 60)

    def _lives(self, lead_id: str, moment: timedelta) -> None:
        """What a lead does from its arrival on, now and then."""
        where = f"{lead_id}@target{self.chance.randrange(6)}.example" if self.chance.random() < 0.1 else None
        known = {
            "email": where or f"{lead_id}@other.example",
            "source": self.chance.choice(("website", "fair")),
            "profile": Profile(country=self.chance.choice(COUNTRIES), title=self.chance.choice(TITLES)),
            "company": Company(employees=self.chance.choice((5, 80, 2000, None))),
        }
        self._plan(lead_id, known, FIRST, moment)
        while self.chance.random() < 0.8:
            moment += timedelta(days=int(self.chance.expovariate(1 / 14)))
            self._plan(lead_id, known, LATER, moment + timedelta(minutes=self.chance.randint(1, 600)))

    def _plan(self, lead_id: str, known: dict[str, Any], often: dict[str, int], moment: timedelta) -> None:
        (what,) = self.chance.choices([*often], [*often.values()])
        if what == "facts":
            self.year.plan(moment, lambda: self._changes(lead_id))
        else:
            self.year.plan(moment, lambda: self._does(lead_id, {**known, **_WHAT[what]}))

    def _does(self, lead_id: str, sent: dict[str, Any]) -> None:
        """It does something; some tools tell of it hours or days later."""
        self.told += 1
        now = self.year.now
        then = now - timedelta(hours=self.chance.randint(1, 100)) if self.chance.random() < 0.1 else None
        way = {} if "form" in sent else {"speaker": Speaker.TOOL}
        signal = Signal.model_validate({**sent, **way, "reference": f"ref{self.told:05}", "occurred_at": then})
        commands = self.year.commands
        if not signal.spam:
            self.year.strangers.leaves_to(lead_id, facts_in(signal.profile, signal.company))
        kinds = AgreedKinds.of(commands.card.agreement.rules)
        commands.change(
            lead_id,
            lambda lead: signal_recording.record_signal(lead, signal, commands.version, now, kinds),
            "website",
            now,
        )

    def _changes(self, lead_id: str) -> None:
        """It has another title, or works elsewhere."""
        wanted = fact_updates.FactUpdate(
            profile=Profile(title=self.chance.choice(TITLES)), company=Company(employees=self.chance.choice((5, 80)))
        )

        facts = facts_in(wanted.profile, wanted.company)
        self.year.strangers.leaves_to(lead_id, facts, by_staff=True)

        def decide(lead: Lead | None) -> list[Event]:
            assert lead
            return list(fact_updates.update_facts(lead, wanted))

        self.year.commands.change(lead_id, decide, "tool", self.year.now)
