"""What visitors of the website and marketing tools do in a random story."""

import json
from typing import Any

from tests.integration.webhooks import send
from tests.senders import RECORDED, recorded_on
from tests.stored.chance import COUNTRIES, TITLES, Chance

KINDS = ("page_visited", "content_downloaded", "webinar_attended", "email_clicked", "odd", "called_back")
CONTENTS = ("guide", "price-list", "case-study", "scoring-webinar", "careers", "rollout-plan", "pricing")
CAMPAIGNS, SOURCES = ("autumn-2026", "fair"), ("website", "webinars", "crm")
LEADS = "E-Mail;First name;Company;Employees;Country;Budget\n{0};Ännä;Acme GmbH;1.200;DE;40000\nnobody;Bob;;;;\n"


class Visitors(Chance):
    """Forms, signals, webhooks and lists."""

    def form(self) -> Any:
        if "forms" not in self.agreed:
            return None
        name = self.chance.choice([*self.agreed["forms"]])
        form = self.agreed["forms"][name]
        said = {"line": "Schmidt", "text": "Please call.", "phone": "+49 30 555 0199", "identifier": "guide"}
        said |= {"consent": "yes", "country": self.chance.choice(COUNTRIES)}
        answers = {field: said.get(terms.get("kind", "line"), "x") for field, terms in form["fields"].items()}
        answers = self.maybe(**answers) | {"email": self.person}
        answers |= {field: "guide" for field, terms in form["fields"].items() if terms.get("kind") == "identifier"}
        if "title" in answers:
            answers["title"] = self.chance.choice(TITLES)
        if self.chance.random() < 0.15:
            answers[form["honeypot"]] = "x"
        answers |= self.maybe(utm_campaign="fair", utm_source="Newsletter", page="https://www.example.com/prices?x=1")
        answers |= self.maybe(seconds_on_page=self.chance.choice(["1", "40"]), submission_id=self.next("f"))
        answers |= self.maybe(anonymous_id=self.chance.choice(["cookie-1", "cookie-2"]))
        address = self.chance.choice(["127.0.0.1", "203.0.113.9", "8.8.8.8", "2a00:1450:4001::1"])
        return self.world.ask("POST", f"/forms/{name}", answers, address=address)

    def signals(self) -> Any:
        pick, email = self.chance.choice, self.person
        sent = []
        for _ in range(self.chance.randint(1, 4)):
            content = {"id": pick(CONTENTS)} | self.maybe(title="Prices", topic="pricing", stage=pick(["tofu", "bofu"]))
            more = self.maybe(at=self.ago(), source=pick(SOURCES), campaign=pick(CAMPAIGNS), content=content)
            more |= self.maybe(properties={**self.facts(), "minutes": 42, "asked": True})
            more |= {"channel": "outbound"} if self.chance.random() < 0.1 else {}
            kind = pick(["unsubscribed", "demo_requested"]) if self.chance.random() < 0.08 else pick(KINDS)
            sent.append({"message_id": self.next("m"), "email": email, "kind": kind, **more})
        if self.chance.random() < 0.2:
            sent.append(dict(sent[0]))
        return self.world.ask("POST", "/signals", {"signals": sent}, by=self.staff)

    def anonymous(self) -> Any:
        cookie = self.chance.choice(["cookie-1", "cookie-2"])
        sent: dict[str, Any] = {"message_id": self.next("a"), "anonymous_id": cookie, "kind": self.chance.choice(KINDS)}
        content = {"id": "guide", "title": "Guide", "topic": "handover", "stage": "tofu"}
        sent |= self.maybe(at=self.ago(), campaign="fair", content=content, properties={**self.facts(), "minutes": 42})
        if self.chance.random() < 0.3:
            sent["email"] = self.person
        return self.world.ask("POST", "/signals", {"signals": [sent]}, by="marketing")

    def webhook(self) -> Any:
        name = self.chance.choice(sorted(path.name for path in RECORDED.iterdir()))
        source = name.partition(".")[0].partition("-")[0]
        body = _reserved(recorded_on(name, self.world.now)) if self.chance.random() < 0.8 else b'{"odd": true}'
        return send(self.world, source, body, id_=self.next("msg"))

    def meeting(self) -> Any:
        """A tool tells of a meeting that is booked, moved or called off."""
        meeting = {"id": self.chance.choice(["m-1", "m-2", "m-3"]), "starts_at": self.soon(), "name": "Demo"}
        meeting |= self.maybe(host=self.chance.choice(self.reps[self.teams[0]]), place="https://meet.example.com/7")
        kind = "meeting_canceled" if self.chance.random() < 0.3 else "meeting_booked"
        said = {"type": kind, "data": {"email": self.person, "meeting": meeting}}
        return send(self.world, "standard", json.dumps(said).encode(), id_=self.next("msg"))

    def machine(self) -> Any:
        """A machine tells what stands in its records, and what it has no value of any more."""
        facts = {name: value if self.chance.random() < 0.7 else None for name, value in self.facts().items()}
        said = {"message_id": self.next("r"), "email": self.person, "kind": "record_seen", "properties": facts}
        return self.world.ask("POST", "/machines/signals", {"signals": [said]}, scope="baton/signals")

    def list_of_leads(self) -> Any:
        terms = {"kind": "leads"} | self.maybe(source="fair", mapping={"Budget": "budget"})
        answer = self.world.ask("POST", "/imports", terms, by="marketing")
        content = LEADS.format(self.person) if self.chance.random() < 0.8 else "a,b\n1,2\n"
        self.world.upload(answer.json()["import_id"], content.encode())


def _reserved(body: bytes) -> bytes:
    """A payload whose addresses are all of domains that nobody can have."""
    return body.replace(b"example.it", b"example.org").replace(b"example.cz", b"example.net")
