"""Where commands arrive, as in the deployed desk, but for the table: everything that is decided here Baton decides."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from baton.agreement.model import AgreementInForce
from baton.domain.accounts import Account, AccountMatch
from baton.domain.change import Change
from baton.domain.consequences import AGREED, followed, may_follow
from baton.domain.deadlines import awaited, next_look
from baton.domain.events import Event, Recorded, TargetAccountEngaged
from baton.domain.follow_up import follow_up, needs_roster
from baton.domain.lead import Lead
from baton.domain.roster import Roster
from baton.domain.scorecard import Scorecard
from baton.domain.standing import Standing, standing_of
from baton.domain.triggers import Targeted
from tests.simulation.agreed import card, in_force
from tests.simulation.team import Teams
from tests.simulation.timers import Execution

Decide = Callable[[Lead | None], list[Event]]
Watcher = Callable[[Change, bool], None]


class Desk:
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
        change = Change.to(lead, lead_id).then(decide(lead), now, by)
        considered = may_follow(change)
        if considered:
            history, target = self.histories[lead_id].copy, self.target(change.after)
            change = followed(change, self.card, target, now, history=history, roster=self.teams.roster)
        change = change.then(awaited(change), now, AGREED)
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
                alerted = self.accounts[event.account].model_copy(update={"alerted_at": now})
                self.accounts[event.account] = alerted

    def look(self, timer: Execution, now: datetime) -> datetime | None:
        """A timer's time has come: act on what is due, and say when to look again."""

        def decide(lead: Lead | None) -> list[Event]:
            assert lead
            team = needs_roster(lead, timer.event_id, now)
            roster = self.teams.roster(team) if team else Roster()
            return follow_up(lead, timer.event_id, roster, self.agreed, now)

        return next_look(self.change(timer.lead_id, decide, "timer", now).after, timer.event_id)

    def target(self, lead: Lead | None) -> Targeted | None:
        """The target account that a lead belongs to, by the domain of its address."""
        account = self.accounts.get(lead.email.rpartition("@")[2]) if lead else None
        return Targeted(account, AccountMatch(domain=account.domain, matched_by="domain")) if account else None

    def standing(self, lead: Lead, now: datetime) -> Standing:
        return standing_of(lead, self.card, now, is_target=self.target(lead) is not None)
