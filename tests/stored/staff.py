"""What marketing and sales do to leads in a random story."""

import re
from typing import Any

from tests.stored.chance import Chance

NEEDS = ("budget", "authority", "need", "timeline")
LINK = re.compile(r"https://[^/\s]+(/links/\S+)")
ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


class Staff(Chance):
    """What people do to a lead or a handoff, rightly or not."""

    def on_lead(self, method: str, path: str, body: Any = None) -> Any:
        lead = self.lead()
        return self.world.ask(method, f"/leads/{lead}{path}", body, by=self.staff) if lead else None

    def update(self) -> Any:
        facts = self.facts()
        company = {name: facts[name] for name in ("industry", "employees", "revenue") if name in facts}
        profile = {name: facts[name] for name in ("title", "phone", "country", "language") if name in facts}
        bant = {name: {"value": facts[name]} | self.maybe(met=True) for name in NEEDS if name in facts}
        own = {name: facts[name] for name in ("plan", "seats") if name in facts}
        said = {"profile": profile, "company": company, "bant": bant, "attributes": own}
        said |= self.maybe(account=self.chance.choice(["example.com", None]))
        if self.chance.random() < 0.3:
            said = {"consents": {"newsletter": None}, "profile": {"phone": None}}
        return self.on_lead("PATCH", "", {name: value for name, value in said.items() if value or name == "account"})

    def review(self) -> Any:
        questions = [each["id"] for each in self.agreed.get("marketing", {}).get("checklist", [])]
        verdict = self.chance.choice(["good_fit", "bad_timing", "bad_fit", "not_ready"])
        said: dict[str, Any] = {"verdict": verdict}
        if verdict == "good_fit":
            said["answers"] = dict.fromkeys(questions, True)
        if verdict in ("bad_fit", "bad_timing"):
            said["reason"] = "a student"
        said |= self.maybe(review_on=self.soon()) if verdict == "bad_timing" else {}
        waiting = [lead.lead_id for lead in self.world.stack.leads() if lead.status == "in_review" or lead.duty]
        if not waiting:
            return None
        return self.world.ask("POST", f"/leads/{self.chance.choice(waiting)}/review", said, by="marketing")

    def hold(self) -> Any:
        return self.on_lead("POST", "/hold", {"reason": "a merger"} | self.maybe(until=self.soon()))

    def release(self) -> Any:
        return self.on_lead("DELETE", "/hold")

    def no_spam(self) -> Any:
        found = [lead.lead_id for lead in self.world.stack.leads() if lead.status == "spam" or lead.suspected_at]
        lead = self.chance.choice(found) if found else None
        return self.world.ask("POST", f"/leads/{lead}/release-from-spam", by="marketing") if lead else None

    def hand_over(self) -> Any:
        owner = self.chance.choice(self.reps[self.teams[0]])
        return self.on_lead("POST", "/handoff", {"reason": "Met at the fair."} | self.maybe(owner=owner))

    def merge(self) -> Any:
        return self.on_lead("POST", "/merge", {"other": self.lead()} | self.maybe(reason="She said so."))

    def unmerge(self) -> Any:
        merged = [lead.lead_id for lead in self.world.stack.leads() if lead.merged_into]
        said = self.maybe(reason="Her sister.")
        lead = self.chance.choice(merged) if merged else None
        return self.world.ask("POST", f"/leads/{lead}/unmerge", said, by="marketing") if lead else None

    def erase(self) -> Any:
        lead = self.lead()
        return self.world.ask("DELETE", f"/leads/{lead}", by="admin") if lead and self.chance.random() < 0.3 else None

    def take_over(self) -> Any:
        lead = self.lead()
        shown = self.world.ask("GET", f"/leads/{lead}", by="admin").json() if lead else {}
        said = [each["id"] for each in shown.get("said_otherwise", ())]
        wanted = {"take_over": [self.chance.choice(said)]} if said else None
        return self.world.ask("PATCH", f"/leads/{lead}", wanted, by=self.staff) if wanted else None

    # --- What sales says

    def outcomes(self) -> list[dict[str, Any]]:
        tried = [{"outcome": each} for each in ("no_answer", "left_message", "wrong_number")]
        return [*tried, {"outcome": "reached"}, {"outcome": "reached", "next_at": self.soon()}]

    def on_handoff(self) -> Any:
        found = [lead.handoff for lead in self.world.stack.leads() if lead.handoff and lead.handoff.is_open]
        if not found:
            return None
        handoff, pick = self.chance.choice(found), self.chance.choice
        note = self.maybe(note="Wants a demo.")
        reason = pick([*self.agreed["return_reasons"]])
        act, said = pick(
            [
                ("accept", None),
                ("contact", {"channel": pick(["phone", "email"])} | note),
                ("contact", {"channel": "phone"} | pick(self.outcomes()) | note),
                ("return", {"reason": reason} | note),
                ("close", {"outcome": "won"} | self.maybe(amount=pick([5, "48,000 EUR"]), reason="The pilot.")),
                ("close", {"outcome": "lost", "reason": "too expensive"}),
                ("rating", {"stars": pick([1, 5])} | note),
                ("reassign", {"reason": "on holiday"} | self.maybe(owner=pick(self.reps[handoff.team]))),
            ]
        )
        by = "admin" if act == "reassign" else handoff.owner or "admin"
        return self.world.ask("POST", f"/handoffs/{handoff.handoff_id}/{act}", said, by=by)

    def click(self) -> Any:
        mails = [found for mail in self.world.mails if (found := LINK.findall(mail.text))]
        if not mails:
            return None
        path = self.chance.choice(self.chance.choice(mails))
        reason = self.chance.choice([*self.agreed["return_reasons"]])
        outcome = self.chance.choice(["lost", "reached", "no_answer"])
        said = f"reason={reason}&channel=phone&outcome={outcome}&stars=2&note=Hm"
        return self.world.ask("POST", path, said, headers=ENCODED)
