"""Applies signals, staff actions and passing time to one lead under an agreement, as the deployed commands do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.domain.basics.facts import Staff
from baton.domain.events.lead_events import LeadUpdated
from baton.domain.events.recorded import Event, Recorded
from baton.domain.follow_up.due_actions import ReadAccount, act_on_overdue
from baton.domain.handoffs import acceptance, returns
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.lead_changes.consequences import may_follow, with_consequences
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.review.verdict import ReviewSubmission, review
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing
from baton.domain.signals import signal_recording
from baton.domain.signals.signal_recording import Signal
from baton.domain.teams.roster import Roster
from baton.domain.timers.timer_changes import timer_change, timer_events
from tests.unit.given import LEAD_ID, NOW, SAM, agreement_in, rep, team

MARIA, MAX = "maria@example.com", "max@example.com"
EXAMPLES = Path(__file__).parents[3] / "docs" / "agreements"


@dataclass
class Scenario:
    """One lead under an agreement, with its history and a clock that a test sets."""

    agreement: Agreement
    now: datetime = NOW
    roster: Roster = field(default_factory=lambda: team(rep(SAM)))
    target: TargetAccount | None = None
    version: int = 1
    lead: Lead | None = None
    history: list[Recorded] = field(default_factory=list)
    lead_id: str = LEAD_ID
    saved: Callable[[Change], object] = lambda _: None

    @classmethod
    def under(cls, text: str) -> "Scenario":
        """Returns a scenario under an agreement in YAML."""
        return cls(agreement_in(text))

    @classmethod
    def shipped(cls, name: str = "") -> "Scenario":
        """Returns a scenario under the packaged agreement, or under one of the examples."""
        return cls.under((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8") if name else packaged_text())

    @property
    def in_force(self) -> AgreementInForce:
        since = "2026-11-01T00:00:00.000Z"
        return AgreementInForce(version=self.version, in_force_since=since, agreement=self.agreement)

    @property
    def card(self) -> Scorecard:
        return Scorecard(self.in_force)

    @property
    def known(self) -> Lead:
        assert self.lead is not None
        return self.lead

    @property
    def standing(self) -> Standing:
        return Standing(self.known, self.card, SignalCounts.from_data(self.known.tally or {}), milliseconds(self.now))

    @property
    def total(self) -> float:
        return self.standing.total / 100

    def sends(self, kind: str, **said: Any) -> list[str]:
        """Records a signal of the lead; returns the types of the events."""
        reference = said.pop("reference", f"ref{len(self.history):04d}")
        sent = Signal.model_validate(
            {"email": "anna@acme.example", "kind": kind, "reference": reference, "source": "test", **said}
        )
        kinds = AgreedKinds.of(self.agreement.rules)
        return self.happens(signal_recording.record_signal(self.lead, sent, self.version, self.now, kinds))

    def updates_facts(self, **facts: Any) -> list[str]:
        """Staff updates facts of the lead."""
        return self.happens([LeadUpdated(fields=("test",), **facts)])

    def is_returned(self, reason: str = "not_qualified") -> list[str]:
        """The owner in sales returns the lead."""
        handoff = self.known.handoff
        assert handoff is not None
        by, back = Staff(email=str(handoff.owner)), returns.ReturnRequest(reason=reason)
        return self.happens(
            returns.return_lead(self.known, handoff.handoff_id, back, by, self.in_force, self.roster, self.now)
        )

    def accepts(self) -> list[str]:
        """The owner in sales accepts the lead."""
        handoff = self.known.handoff
        assert handoff is not None
        return self.happens(
            acceptance.accept(self.known, handoff.handoff_id, Staff(email=str(handoff.owner)), self.now)
        )

    def contacts(self) -> list[str]:
        """The owner in sales logs a contact by phone."""
        handoff = self.known.handoff
        assert handoff is not None
        by = Staff(email=str(handoff.owner))
        return self.happens(acceptance.log_contact(self.known, handoff.handoff_id, "phone", None, by, self.now))

    def reviewed(self, verdict: str, by: str = MARIA, **said: Any) -> list[str]:
        """A person in marketing reviews the lead."""
        wanted = ReviewSubmission.model_validate({"verdict": verdict, **said})
        return self.happens(
            review(self.known, wanted, Staff(email=by), self.standing, lambda _team: self.roster, self.now), by
        )

    def waits(self, **length: float) -> list[str]:
        """Moves the clock and fires the timer of the lead; returns the types of the events."""
        self.now += timedelta(**length)
        return self.happens(
            act_on_overdue(self.known, self.known.timer or "none", self.roster, lambda: self.in_force, self.now)
        )

    def waits_with(self, account: ReadAccount) -> list[str]:
        """Fires the timer of the lead, which can read target accounts."""
        timer, roster = self.known.timer or "none", self.roster
        return self.happens(act_on_overdue(self.known, timer, roster, lambda: self.in_force, self.now, account))

    def is_looked_at_again(self) -> list[str]:
        """Reads the lead back from JSON and looks at the lead again."""
        self.lead = Lead.model_validate_json(self.known.model_dump_json())
        return self.happens([])

    def happens(self, happened: Sequence[Event], by: str = "test") -> list[str]:
        """Applies the events of a command and their consequences; returns the types of all events."""
        change = Change.begin(self.lead, self.lead_id).then(list(happened), self.now, by)
        if may_follow(change):
            change = with_consequences(
                change,
                self.card,
                self.target,
                self.now,
                history=self.history.copy,
                roster=lambda _team: self.roster,
            )
        change = change.then(timer_events(change), self.now, by="test")
        change = change.with_timer(timer_change(change, self.now))
        self.history += change.events
        self.saved(change)
        self.lead = change.after
        return [event.type for event in change.happened]
