"""Runs commands as the deployed Commands does, without a table; Baton's own rules make every decision."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.lead_events import LeadLeftToReview, LeftLeadsTold, TargetAccountEngaged
from baton.domain.events.recorded import Event, Recorded
from baton.domain.follow_up.due_actions import act_on_overdue, team_to_read
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.lead_changes.consequences import AGREED, may_follow, with_consequences
from baton.domain.leads.lead import Lead
from baton.domain.qualification.handover_terms import handover_to_other_team
from baton.domain.qualification.triggers import TargetAccount, account_owner_preference
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import counts_after
from baton.domain.scoring.standing import Standing, standing_of
from baton.domain.teams.roster import Roster
from baton.domain.timers.deadlines import timer_look_at
from baton.domain.timers.timer_changes import timer_change, timer_events
from tests.simulation.agreements import card, in_force
from tests.simulation.team import Teams
from tests.simulation.timers import Execution

Decide = Callable[[Lead | None], list[Event]]
Watcher = Callable[[Change, bool], None]


class Commands:
    """All leads with their histories, and whoever watches what becomes of them."""

    def __init__(self, teams: Teams, accounts: dict[str, Account]) -> None:
        self.teams, self.accounts, self.version = teams, accounts, 1
        self.leads: dict[str, Lead] = {}
        self.histories: defaultdict[str, list[Recorded]] = defaultdict(list)
        self.watchers: list[Watcher] = []

    @property
    def card(self) -> Scorecard:
        """The rules of the agreement in force."""
        return card(self.version)

    def agreed(self) -> AgreementInForce:
        return in_force(self.version)

    def change(self, lead_id: str, decide: Decide, by: str, now: datetime) -> Change:
        """Carry a command out; the watchers learn what has changed, and whether its consequences were looked at."""
        lead = self.leads.get(lead_id)
        change = Change.begin(lead, lead_id).then(decide(lead), now, by)
        considered = may_follow(change)
        if considered:
            history, target = self.histories[lead_id].copy, self.target(change.after)
            change = with_consequences(change, self.card, target, now, history=history, roster=self.teams.roster)
        change = change.then(timer_events(change), now, AGREED)
        change = change.with_timer(timer_change(change, now))
        self._save(change, now)
        for watcher in self.watchers:
            watcher(change, considered)
        return change

    def _save(self, change: Change, now: datetime) -> None:
        if change.after is None:
            return
        self.leads[change.lead_id] = change.after
        self.histories[change.lead_id] += change.events
        self.teams.keep(change, now)
        for event in change.happened:
            if isinstance(event, TargetAccountEngaged) and event.alerts:
                self._keep(event.account, **{"alerted_by_form_at" if event.by_form else "alerted_at": now})
            elif isinstance(event, LeadLeftToReview | LeftLeadsTold) and event.forms:
                self._keep(event.account, forms=event.forms)
            elif isinstance(event, HandoffOffered) and event.form_account:
                self._keep(event.form_account, forms=event.forms)

    def _keep(self, account: str, **known: object) -> None:
        self.accounts[account] = self.accounts[account].model_copy(update=known)

    def look(self, timer: Execution, now: datetime) -> datetime | None:
        """A timer's time has come: act on what is due, and say when to look again."""

        def decide(lead: Lead | None) -> list[Event]:
            assert lead
            roster = self.reassignment_roster(lead, now) if team_to_read(lead, timer.event_id, now) else Roster()
            return act_on_overdue(lead, timer.event_id, roster, self.agreed, now, self.accounts.get)

        return timer_look_at(self.change(timer.lead_id, decide, "timer", now).after, timer.event_id)

    def reassignment_roster(self, lead: Lead, now: datetime) -> Roster:
        """To whom a lead can be passed on: its own team, or the one that is agreed if its own is not any more."""
        handoff = lead.handoff
        assert handoff
        if self.teams.teams[handoff.team].gets_leads:
            return self.teams.roster(handoff.team)
        return self.roster_of_other_team(lead, now)

    def reassignment_roster_for(self, lead: Lead, owner: str | None, now: datetime) -> Roster:
        """The same where a person names somebody, who may be on another team."""
        handoff, team = lead.handoff, self.teams.find(owner)
        assert handoff
        if team is None or not team.gets_leads or team.name == handoff.team:
            return self.reassignment_roster(lead, now) if owner is None else self.teams.roster(handoff.team)
        return self.roster_of_other_team(lead, now, team.name)

    def roster_of_other_team(self, lead: Lead, now: datetime, team: str | None = None) -> Roster:
        """The people of another team, with what is agreed for the lead there."""
        target, handoff = self.target(lead), lead.handoff
        assert handoff
        owner = account_owner_preference(target.account) if target and handoff.trigger == "target_account" else []
        tally = counts_after(Change.begin(lead, lead.lead_id), self.card, self.histories[lead.lead_id].copy)
        assert tally
        standing = Standing(lead, self.card, tally, milliseconds(now), target is not None)
        agreed = handover_to_other_team(handoff, standing, owner, team)
        return replace(self.teams.roster(agreed.terms.team), new_terms=agreed)

    def target(self, lead: Lead | None) -> TargetAccount | None:
        """The target account that a lead belongs to, by the domain of its address, or by its company's name."""
        account = self.accounts.get(lead.email.rpartition("@")[2]) if lead else None
        if account:
            return TargetAccount(account, AccountMatch(domain=account.domain, matched_by="domain"))
        account = self.accounts.get(f"{lead.company.name}.example") if lead else None
        return TargetAccount(account, AccountMatch(domain=account.domain, matched_by="name")) if account else None

    def standing(self, lead: Lead, now: datetime) -> Standing:
        return standing_of(lead, self.card, now, is_target=self.target(lead) is not None)
