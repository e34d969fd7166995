"""What marketing does in the made-up history: it reviews leads, answers returns, and hands in lists."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from tools.history.cast.people import COMPANIES, MARIA, MIA, Person, somebody
from tools.history.cast.words import REVIEWS
from tools.history.past import Past

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUTIES = ("ReviewRequested", "AnswerRequested")
VERDICTS = {"good_fit": 34, "not_ready": 36, "bad_timing": 18, "bad_fit": 12}
CHECKLIST = ("industry", "decision", "help", "infrastructure")
QUIET_DAYS = 2 * DAY
"""So long before the end most reviews are left for whoever looks at them then."""
FAIR = (
    "Petra Lang",
    "Sven Albers",
    "Rosa Klein",
    "Tim Baumann",
    "Uwe Sommer",
    "Ilse Krüger",
    "Jan Peters",
    "Anke Wolf",
)


class Marketing:
    """The marketers; each duty makes one of them look, sooner or later."""

    def __init__(self, past: Past) -> None:
        self.past, self.chance = past, past.chance
        past.reactions.append(self.react)

    def react(self, kind: str, told: Mapping[str, Any]) -> None:
        """Somebody is going to review the lead; some do not get to it before the end."""
        is_late = self.past.now > self.past.ends - QUIET_DAYS
        if kind in DUTIES and self.chance.random() > (0.75 if is_late else 0.04):
            at = self.past.in_working_time(self.past.now, self.chance.uniform(1, 17) * HOUR)
            self.past.plan(at, partial(self.review, told["lead_id"], self.chance.choice([MARIA, MARIA, MIA])))

    def review(self, lead_id: str, by: str) -> None:
        """Gives a verdict, if the lead still waits for one."""
        duty = self.past.lead(lead_id).duty
        if duty is None or not duty.is_open:
            return
        if self.chance.random() < 0.3:
            self.past.act(by, "marketing", "POST", f"/leads/{lead_id}/review/claim", {})
        [verdict] = self.chance.choices([*VERDICTS], [*VERDICTS.values()])
        self.decide(lead_id, by, verdict)

    def decide(self, lead_id: str, by: str, verdict: str, days: int | None = None) -> None:
        """Gives this verdict; a wrong time ends after so many days, or after some that chance names."""
        said: dict[str, Any] = {"verdict": verdict}
        if verdict == "good_fit":
            said["answers"] = dict.fromkeys(CHECKLIST, True)
        else:
            said["reason"] = self.chance.choice(REVIEWS[verdict])
        if verdict == "bad_timing":
            days = days or self.chance.choice([6, 9, 14, 45, 60, 90])
            said["review_on"] = f"{self.past.now + days * DAY:%Y-%m-%d}"
        self.past.act(by, "marketing", "POST", f"/leads/{lead_id}/review", said)

    def hands_in(self, terms: Mapping[str, Any], lines: Sequence[str]) -> None:
        """Hands in a list as a file."""
        made = self.past.ask("POST", "/imports", terms, by=MARIA, groups="marketing").json()
        self.past.upload(made["import_id"], "\n".join(lines).encode())
        self.past.settle()

    def list_of_the_fair(self) -> list[Person]:
        """The leads that the stand at the fair has collected; some lines are wrong."""
        met = [somebody(name, company, self.chance) for name, company in zip(FAIR, COMPANIES[40:], strict=False)]
        lines = ["email,first_name,last_name,title,company,country,employees,industry,phone"]
        lines += [_line(person) for person in met]
        lines[3:3] = ["no address,Karl,Ohne,Einkäufer,Unbekannt GmbH,DE,,,"]
        lines += [lines[1], "bernd.falsch@@kein.example,Bernd,Falsch,,,DE,12-,?,"]
        self.hands_in({"kind": "leads", "source": "fair", "campaign": "hanover"}, lines)
        return met

    def list_of_the_webinar(self, guests: Sequence[Person]) -> None:
        """Who attended the webinar, as its tool exports it."""
        at = self.past.now - 2 * HOUR
        rows = [f"{guest.email},webinar_attended,{at:%Y-%m-%dT%H:%M:%SZ},scoring-webinar" for guest in guests]
        self.hands_in({"kind": "signals", "source": "webinar"}, ["email,kind,at,content", *rows, ",webinar_attended,,"])


def _line(person: Person) -> str:
    company = person.company
    known = (person.email, person.first_name, person.last_name, person.title, f'"{company.name}"', company.country)
    return ",".join((*known, str(company.employees), company.industry, person.phone))
