"""What leads do in the made-up history: they read, download, attend, ask for a person, and some are no people."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta

from baton.domain.basics.moments import iso
from tests.integration.webhooks import send
from tools.history.cast.people import LARGE, Person, people, somebody
from tools.history.cast.words import DISTRUSTED, REQUESTS
from tools.history.past import Act, Past

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CAMPAIGNS = (
    ("google", "cpc", "handover-q4"),
    ("linkedin", "social", "ops-leaders"),
    ("newsletter", "email", "november"),
)
PAGES = ("guide", "handover-guide", "case-study", "price-list", "rollout-plan")
GIVEN_NAMES = (
    "Paul Winter",
    "Grace Adeyemi",
    "Ruth Keller",
    "Noah Brooks",
    "Ida Sander",
    "Marek Zielinski",
    "Eva Roth",
)
SOURCES = {"webinar_attended": "webinar", "email_clicked": "newsletter", "meeting_booked": "calendar"}
"""Where somebody comes from of whom a tool tells this kind of deed."""
MIDDLING, OURS = ("CRM-Manager", "IT Manager", "Marketing Lead"), ("manufacturing", "logistics", "automotive")


class Visitors:
    """Everybody who comes to the website, or of whom a tool tells."""

    def __init__(self, past: Past) -> None:
        self.past, self.chance = past, past.chance
        self.people: Iterator[Person] = people(past.chance)
        self.known: list[Person] = []
        self.number = 0

    def come(self, shares: Mapping[str, int]) -> None:
        """Plans the visitors of each day: more on working days, and more in some weeks than in others."""
        day, number = self.past.now.replace(hour=0, minute=0), 0
        while day < self.past.ends:
            many = 8 if day.weekday() < 5 else 2
            many = round(many * (0.8, 1.2, 0.7, 1.1)[number // 7 % 4])
            for _ in range(many):
                at = day + timedelta(minutes=self.chance.randrange(6 * 60, 19 * 60))
                if at > self.past.now:
                    [kind] = self.chance.choices([*shares], [*shares.values()])
                    self.past.plan(at, getattr(self, kind))
            day, number = day + DAY, number + 1

    def next_person(self) -> Person:
        """Returns somebody who was not there before."""
        person = next(self.people)
        self.known.append(person)
        return person

    def asks(self, person: Person | None = None) -> str:
        """Somebody asks for a person through the form; returns the address."""
        person = person or self.next_person()
        source, medium, campaign = self.chance.choice(CAMPAIGNS)
        form = person.form | {"message": self.chance.choice(REQUESTS[person.speaks_german])}
        form |= {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign, "seconds_on_page": "48"}
        form |= {"newsletter": "yes"} if self.chance.random() < 0.4 else {}
        self.past.send_form(**form)
        self.past.settle()
        return person.email

    def asks_after_reading(self) -> None:
        """Somebody reads for a while, and asks then."""
        person = self.next_person()
        self.sees(person, self.chance.choice(PAGES))
        self._later(lambda: self.sees(person, "price-list"), 26)
        self._later(lambda: self.asks(person), 28)

    def downloads(self) -> None:
        """Somebody loads a guide down, and may read on."""
        person = self.next_person()
        self.past.send_form("content-download", content=self.chance.choice(PAGES[:3]), **person.form)
        if self.chance.random() < 0.5:
            self._later(lambda: self.sees(person, "price-list"), self.chance.randint(1, 90))
        if self.chance.random() < 0.5:
            self._later(lambda: self.attends(person), self.chance.randint(48, 300))

    def attends(self, person: Person | None = None) -> None:
        """A webinar tool tells of somebody who was there."""
        self.tell(person or self.next_person(), "webinar_attended", content={"id": "scoring-webinar"})

    def reads(self) -> None:
        """Somebody whom the newsletter brought reads some pages over the days."""
        person = self.next_person()
        self.tell(person, "email_clicked", campaign="november")
        for number in range(self.chance.randint(1, 4)):
            self._later(lambda: self.sees(person, self.chance.choice(PAGES)), number * self.chance.randint(2, 50))

    def nears_the_threshold(self) -> str:
        """Somebody reads as much as makes marketing look, and not enough for sales; returns the lead's id."""
        person = next(each for each in self.people if each.title in MIDDLING and each.company.industry in OURS)
        self.known.append(person)
        self.sees(person, "guide")
        return self.past.lead_of(person.email)

    def books(self) -> None:
        """Somebody books a meeting."""
        person, starts = self.next_person(), self.past.in_working_time(self.past.now, timedelta(hours=14))
        meeting = {"id": self._next("meeting"), "starts_at": iso(starts), "name": "Demo, 30 minutes"}
        self.tell(person, "meeting_booked", meeting=meeting | {"place": "https://meet.baton.example/demo"})

    def comes_from_a_large_company(self) -> None:
        """Somebody of a company of the enterprise team's size asks; a tool knows of the size."""
        name = GIVEN_NAMES[self.number % len(GIVEN_NAMES)]
        person = somebody(name, self.chance.choice(LARGE), self.chance)
        self.known.append(person)
        self.sees(person, "rollout-plan")
        self._later(lambda: self.asks(person), 1)

    def is_a_robot(self) -> None:
        """A robot fills in what no person sees."""
        form = {"email": f"{self._next('offer')}@bulk-mail.example", "message": self.chance.choice(DISTRUSTED)}
        self.past.send_form(website="https://bulk-mail.example", first_name="Best", last_name="Offers", **form)

    def mistypes(self) -> None:
        """A form comes with an address that is none; the website shows what is wrong, and it is sent again."""
        person = self.next_person()
        self.past.send_form(**person.form | {"email": person.email.replace("@", " at ")})
        self._later(lambda: self.asks(person), 0.1)

    def comes_back(self) -> None:
        """Somebody who is known reads on."""
        if self.known:
            self.sees(self.chance.choice(self.known), self.chance.choice(PAGES))

    def sees(self, person: Person, content: str) -> None:
        """The website tells which page somebody has read."""
        self.tell(person, "page_visited", content={"id": content})

    def tell(self, person: Person, kind: str, **more: object) -> None:
        """A tool tells what somebody did, and what it knows of them."""
        source = SOURCES.get(kind) or self.chance.choice(("google", "linkedin", "referral", "direct"))
        said = {"type": kind, "data": {"source": source, **person.facts, "email": person.email, **more}}
        send(self.past, "standard", json.dumps(said).encode(), id_=self._next("msg"))
        self.past.settle()

    def _later(self, act: Act, hours: float) -> None:
        self.past.plan(self.past.now + hours * HOUR, act)

    def _next(self, what: str) -> str:
        self.number += 1
        return f"{what}-{self.number}"
