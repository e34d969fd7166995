"""Random stories: visitors, tools, both departments and time act on some leads in random order."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.integration.confirmations import clicked_in_the_mail, confirmation_link
from tests.integration.gateway import Answer
from tests.stored.chance import DOMAINS
from tests.stored.staff import Staff
from tests.stored.visitors import Visitors

WAITS = (1, 5, 16, 31, 46, 91, 181, 600, 1_441, 2_900, 10_081, 43_300)
HOURS = {"mon-thu": ["08:00-12:00", "13:00-17:30"], "fri": "09:00-15:00"}


class Story(Visitors, Staff):
    """A story of visitors, staff, teams and accounts."""

    def begin(self) -> None:
        """Put people on the rosters and companies on the list."""
        for team in self.teams:
            for place, email in enumerate(self.reps[team]):
                self.hire(team, email, {"role": "manager"} if place == 2 else self.terms())
        for domain in self.some(DOMAINS[:3], 2):
            self.put_account(domain)

    def play(self, acts: int) -> None:
        """Let so many things happen, each with all that follows from it."""
        for _ in range(acts):
            act = self.chance.choice(ACTS)
            answer = act(self)
            assert not isinstance(answer, Answer) or answer.status < 500, answer
            self.world.settle()

    # --- Teams and accounts

    def terms(self) -> dict[str, Any]:
        absence = [{"from": "2026-12-24", "to": "2027-01-03", "why": "holidays"}]
        places = [each["id"] for each in self.agreed.get("territories", [])]
        hours = {"hours": HOURS, "time_zone": "Europe/Berlin"} if self.chance.random() < 0.3 else {}
        calendars = self.some(self.agreed.get("calendars", {}), 1)
        return {
            **self.maybe(weight=self.chance.randint(1, 4), capacity=self.chance.choice([1, 2, 8]), away=absence),
            **({"territories": self.some(places, len(places))} if places else {}),
            **(hours or ({"calendar": calendars[0]} if calendars else {})),
        }

    def hire(self, team: str, email: str, terms: dict[str, Any]) -> None:
        path = f"/teams/{team}/reps/{email}"
        if self.world.ask("PUT", path, terms, by="admin").status != 200:
            return
        arn = self.world.stack.rep(email, team).subscription_arn or ""
        if self.chance.random() < 0.9:
            link = {"link": confirmation_link(arn)}
            self.world.ask("POST", f"{path}/confirmation", link, by="admin")
        elif self.chance.random() < 0.5:
            clicked_in_the_mail(arn)
            self.world.ask("PUT", path, terms, by="admin")

    def roster(self) -> Any:
        team = self.chance.choice(self.teams)
        email = self.chance.choice(self.reps[team][:2])
        what = self.chance.random()
        if what < 0.7:
            return self.hire(team, email, self.terms())
        if what < 0.9:
            return self.world.ask("DELETE", f"/teams/{team}/reps/{email}", by="admin")
        known = [rep for rep in self.world.stack.reps() if rep.email == email and rep.subscription_arn]
        for rep in known:
            self.world.stack.sns.unsubscribe(SubscriptionArn=rep.subscription_arn)
        return self.world.invoke("check_roster", {}) and None

    def put_account(self, domain: str) -> Any:
        terms = self.maybe(name="Acme Inc.", owner=self.reps[self.teams[0]][0], quiet_for="2d", target=False)
        terms |= self.maybe(domains=["acme.example.com"])
        return self.world.ask("PUT", f"/accounts/{domain}", terms, by="marketing")

    def account(self) -> Any:
        domain = self.chance.choice(DOMAINS[:4])
        if self.chance.random() < 0.7:
            return self.put_account(domain)
        return self.world.ask("DELETE", f"/accounts/{domain}", by="marketing")

    # --- The agreement, and time

    def draft(self) -> Any:
        self.number += 1
        text = f"{self.text}\n# Draft {self.number}\n"
        said = {"yaml": text} | self.maybe(note="As we said.") | self.maybe(in_force_from=self.soon())
        answer = self.world.ask("POST", "/agreement/drafts", said, by=self.staff)
        if answer.status != 201:
            return answer
        path = f"/agreement/drafts/{answer.json()['draft_id']}"
        for by in self.some(["marketing", "sales"], 2):
            self.world.ask("POST", f"{path}/signatures", {}, by=by)
        if self.chance.random() < 0.3:
            self.world.ask("PUT", path, {"yaml": f"{text}# Again\n", "revision": 1}, by="marketing")
        return None

    def schedule(self) -> Any:
        names = ["close_books", "mail_report", "find_forgotten", "replay_quarantine", "retire_leads"]
        self.world.deliver(self.chance.choice(names), {})

    def wait(self) -> Any:
        self.world.wait(timedelta(minutes=self.chance.choice(WAITS)))


_OFTEN: list[Callable[[Story], Any]] = [Story.form, Story.signals, Story.on_handoff, Story.wait, Story.review]
_NOW_AND_THEN: list[Callable[[Story], Any]] = [
    *(Story.anonymous, Story.webhook, Story.update, Story.click, Story.hand_over, Story.no_spam, Story.hold),
    *(Story.merge, Story.unmerge, Story.roster, Story.account, Story.schedule, Story.list_of_leads),
    *(Story.machine, Story.meeting, Story.take_over),
]
_RARELY: list[Callable[[Story], Any]] = [Story.release, Story.erase, Story.draft]
ACTS = 4 * _OFTEN + 2 * _NOW_AND_THEN + _RARELY
