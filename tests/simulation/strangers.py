"""Strangers among the senders: they forge forms in the names of target accounts and of real leads, at every rate."""

from collections import defaultdict
from datetime import timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.signals import signal_recording
from baton.domain.signals.signal_recording import Signal

if TYPE_CHECKING:
    from tests.simulation.year import Year

FLOODS = (4, 7)
MOST_FORMS = 40
BETWEEN = (timedelta(seconds=1), timedelta(seconds=30), timedelta(minutes=4), timedelta(hours=3), timedelta(days=2))
MALLORY = Profile(first_name="Mallory", title="Intern", phone="+1 900 555 0100", country="NZ")
NO_COMPANY = Company(name="Mallory and Sons", employees=3)
FORGED = "forged"
"""With this begins what a stranger's message is called."""

_FORMS: tuple[dict[str, Any], ...] = (
    {"kind": "consultation_requested", "form": "consultation", "asks_for_a_person": True, "message": "Call Mallory."},
    {"kind": "content_downloaded", "form": "download", "content": "guide"},
    {"kind": "content_downloaded", "form": "download", "content": "price-list", "consents": {"newsletter": "2026"}},
    {"kind": "page_visited", "anybody": True, "speaker": "tool", "source": "segment"},
    {"kind": "page_visited", "anybody": True, "speaker": "tool", "source": "segment", "content": "careers"},
    {"kind": "consultation_requested", "form": "consultation", "asks_for_a_person": True, "spam": True},
    {"kind": "contact_updated", "from_person": True, "speaker": "anybody", "source": "hubspot"},
)


def fact_of(profile: Profile, company: Company, name: str) -> object:
    """Returns a fact by its name, such as `title` or `employees`."""
    return getattr(profile if name in Profile.model_fields else company, name)


def facts_in(profile: Profile, company: Company) -> set[str]:
    """Returns the names of the facts that somebody gives."""
    return {name for part in (profile, company) for name, value in part if value is not None}


class Strangers:
    """They know the addresses of some leads, the names of all target accounts, and every form."""

    def __init__(self, year: "Year") -> None:
        self.year, self.chance = year, Random(f"strangers of {year.seed}")
        self.forged, self.spoken_of = 0, set[str]()
        self.given = defaultdict[str, set[str]](set)

    def begin(self) -> None:
        for _ in range(self.chance.randint(*FLOODS)):
            self.year.plan(timedelta(minutes=self.chance.randrange(365 * 24 * 60)), self._floods)

    def leaves_to(self, lead_id: str, facts: set[str], *, by_staff: bool = False) -> None:
        """A lead before any stranger, or a colleague, gives these facts; no stranger shall change them."""
        self.given[lead_id] |= facts if by_staff or lead_id not in self.spoken_of else set()

    def _floods(self) -> None:
        """Somebody begins to send forms, fast or slowly, about one company, one lead, or whoever."""
        whom, every = self.chance.choice(("domain", "name", "lead", "lead", "anybody")), self.chance.choice(BETWEEN)
        forms = self.chance.choices(_FORMS, k=self.chance.randint(1, len(_FORMS)))
        about = {"domain": f"target{self.chance.randrange(6)}.example", "lead": self._known_lead()}
        for number in range(self.chance.randint(1, MOST_FORMS)):
            form = self.chance.choice(forms)
            self.year.plan(number * every, partial(self._sends, whom, about, form))

    def _known_lead(self) -> Lead | None:
        known = [*self.year.commands.leads.values()]
        return self.chance.choice(known) if known else None

    def _sends(self, whom: str, about: dict[str, Any], form: dict[str, Any]) -> None:
        self.forged += 1
        lead_id, email, company = f"forged{self.forged:05}", f"forged{self.forged}@free.example", NO_COMPANY
        if whom == "domain":
            email = f"forged{self.forged}@{about['domain']}"
        elif whom == "name":
            company = NO_COMPANY.model_copy(update={"name": about["domain"].removesuffix(".example")})
        elif whom == "lead" and about["lead"]:
            lead_id, email = about["lead"].lead_id, about["lead"].email
        self.spoken_of.add(lead_id)
        said = {"email": email, "profile": MALLORY, "company": company, "reference": f"{FORGED}{self.forged:05}"}
        signal = Signal.model_validate({**said, **form})
        commands, now = self.year.commands, self.year.now
        kinds = AgreedKinds.of(commands.card.agreement.rules)
        commands.change(
            lead_id,
            lambda lead: signal_recording.record_signal(lead, signal, commands.version, now, kinds),
            f"form:{signal.form}" if signal.form else "segment",
            now,
        )
