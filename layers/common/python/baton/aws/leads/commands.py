"""Carries out commands on leads: load the lead, decide, apply the agreement, save; retried on a conflict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from baton.aws.leads.lead_standings import LeadStandings
from baton.aws.leads.record import CONTENDED, remember
from baton.aws.table.account_items import keys_for
from baton.aws.table.keys import account_keys
from baton.aws.table.keys.item_key import Key
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.write_outcomes import NotFound, Repeated
from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import domains_to_try
from baton.domain.events.recorded import Event
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.change import Change, Decide
from baton.domain.lead_changes.consequences import AGREED, may_follow, with_consequences
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import WITH_MARKETING, Status
from baton.domain.qualification.target_account import email_domains, linked_domain, target_account_of
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.teams.roster import Roster
from baton.domain.timers.timer_changes import timer_change, timer_events

Author = str | Callable[[Lead], str]
"""The author of a command, for the lead's history: an address, or a function that takes it from the lead."""
DecideOnAnyone = Callable[[Lead | None], list[Event]]
Listed = dict[str, Account]
"""Target accounts that were read, by the domain or name of their key."""


class Person(NamedTuple):
    """The address and company of a lead, known before it is read, so that one read finds its target account, too."""

    email: str
    company: str | None = None

    @property
    def account_keys(self) -> list[Key]:
        """Returns the keys under which the person's account could be stored."""
        return keys_for(None, domains_to_try(self.email), self.company)


class Reconsidered(NamedTuple):
    """The outcome of re-evaluating a lead: whether it changed, and whether it was handed to sales."""

    changed: bool
    handed_over: bool


@dataclass(slots=True)
class Commands(LeadStandings):
    """Runs commands on leads, with the table and the agreement in force."""

    def roster(self, team: str | None) -> Roster:
        """Reads a team's roster with the agreement's working hours and territories; without a team, an empty one."""
        if not team:
            return Roster()
        roster = self.store.roster(team).under(self.agreement, team)
        return replace(roster, companies=partial(self.store.company, team))

    def account(self, domain: str) -> Account | None:
        """Reads the target account with this main domain, with what its leads by forms did."""
        return self.store.accounts([account_keys.account(domain)]).get(domain)

    def change(
        self,
        lead_id: str,
        decide: Decide,
        *,
        by: Author,
        now: datetime,
        find_account: bool = False,
        repeats: Sequence[RepeatKey] = (),
    ) -> Lead:
        """Carries out a command on an existing lead, and returns the lead as it is afterwards.

        With `find_account`, the lead's target account is read as well, so that the account's trigger may hold. What was
        carried out before under one of the keys `repeats` changes nothing.

        Raises:
            NotFound: there is no such lead.
            Refused: the lead's state does not allow the command.
            Contended: the lead changed at every attempt.
        """
        marks = [each._replace(lead_id=lead_id) for each in repeats]
        told = _on_existing(decide)
        try:
            change = self._carry_out(lead_id, told, by=by, now=now, find_account=find_account, repeats=marks)
            if not change.events:
                remember(self.store, lead_id, marks, now)
            after = change.after
        except Repeated:
            after = self.store.lead(lead_id)
        if after is None:
            raise NotFound("there is no such lead")
        return after

    def receive(
        self,
        person: Person,
        lead_id: str,
        decide: DecideOnAnyone,
        *,
        by: str,
        now: datetime,
        repeats: Sequence[RepeatKey] = (),
    ) -> Lead | None:
        """Carries out a command on a lead that may not exist yet, and returns the lead as it is afterwards.

        Raises:
            Repeated: some of the messages were processed before; nothing was saved.
            Contended: the lead changed at every attempt.
        """
        return self._carry_out(lead_id, decide, by=by, now=now, repeats=repeats, person=person).after

    def reconsider(self, lead_id: str, *, now: datetime) -> Reconsidered:
        """Re-evaluates a lead under the current agreement and list of target accounts; a repeat changes nothing.

        Raises:
            NotFound: there is no such lead.
            Contended: the lead changed at every attempt.
        """
        change = self._carry_out(lead_id, _on_existing(lambda _: []), by=AGREED, now=now, find_account=True)
        offered = any(event.type == "HandoffOffered" for event in change.happened)
        return Reconsidered(changed=change.after != change.before, handed_over=offered)

    def _carry_out(
        self,
        lead_id: str,
        decide: DecideOnAnyone,
        *,
        by: Author,
        now: datetime,
        repeats: Sequence[RepeatKey] = (),
        person: Person | None = None,
        find_account: bool = False,
    ) -> Change:
        tried = person.account_keys if person else []

        def attempt() -> Change:
            lead, listed = self.store.lead_and_accounts(lead_id, tried)
            author = by(lead) if callable(by) and lead else str(by)
            change = Change.begin(lead, lead.lead_id if lead else lead_id).then(decide(lead), now, author)
            if person or find_account or _waits_for_a_word(lead):
                every_key = find_account or person is None or change.lead_id != lead_id
                change = self.with_followups(change, now, listed, tried, every_key=every_key)
            else:
                change = self.with_followups(change, now)
            self.store.save(change, self._marks(change, lead_id, repeats, now))
            return change

        return retry_on_conflict(attempt, CONTENDED)

    def _marks(self, change: Change, lead_id: str, repeats: Sequence[RepeatKey], now: datetime) -> Sequence[RepeatKey]:
        """Returns the marks that are saved; repeats of a merged lead are looked for under its other ids as well.

        A mark that names its lead is looked for there alone: its repeat comes by the same id.
        """
        after = change.after
        if any(each.lead_id for each in repeats):
            return repeats
        if repeats and after and (after.parts or change.lead_id != lead_id):
            if found := self.store.repeats_elsewhere(after, lead_id, repeats, now):
                raise Repeated(found)
            return [each._replace(lead_id=lead_id) for each in repeats]
        return repeats

    def with_followups(
        self,
        change: Change,
        now: datetime,
        listed: Listed | None = None,
        tried: Sequence[Key] | None = None,
        *,
        every_key: bool = False,
    ) -> Change:
        """Applies the agreement to a change (score, qualification, handoff, review), and schedules the next timer.

        `listed` are the accounts found under the keys `tried`; if `tried` is None, no account is looked for. With
        `every_key`, all keys under which the lead's account could be stored are read.
        """
        if change.after and may_follow(change):
            if tried is not None:
                listed = dict(listed or {}) | self.store.accounts(
                    _untried_keys(change.after, tried, every_key=every_key)
                )
            change = self._with_consequences(change, listed, now)
        change = change.then(timer_events(change), now, AGREED)
        return change.with_timer(timer_change(change, now))

    def _with_consequences(self, change: Change, listed: Listed | None, now: datetime) -> Change:
        before = change.before.version if change.before else 0
        return with_consequences(
            change,
            self.card,
            self._target(change, listed or {}),
            now,
            history=lambda: self.store.history_of(change.after, before) if change.after else [],
            roster=self.roster,
            is_target=None if listed is not None else self._is_of_target_account(change.after),
        )

    def _is_of_target_account(self, lead: Lead | None) -> bool:
        """Tells whether the account noted with a lead is a target account; it is read only if some rule asks for it."""
        if lead is None or lead.account is None:
            return False
        from baton.domain.lead_changes.fact_updates import FactUpdate, depends_on_account  # few leads  # noqa: PLC0415

        if not depends_on_account(FactUpdate(), self.agreement):
            return True
        return target_account_of(lead, self.store.accounts(account_keys_of(lead))) is not None

    def _target(self, change: Change, listed: Listed) -> TargetAccount | None:
        target = target_account_of(change.after, listed) if change.after else None
        if target is None or target.account.domain in listed:
            return target
        by_signal = any(isinstance(event, SignalRecorded) for event in change.happened)
        if change.after is None or not (by_signal or not change.after.is_confirmed):
            return target
        main = target.account.domain  # only its own item has the last alert, and the counts of forms
        return TargetAccount(self.store.accounts([account_keys.account(main)]).get(main, target.account), target.match)


def account_keys_of(lead: Lead) -> list[Key]:
    """Returns the keys under which the lead's account could be stored: linked domain, e-mail domains, company name."""
    return keys_for(linked_domain(lead), email_domains(lead), lead.company.name)


def _on_existing(decide: Decide) -> DecideOnAnyone:
    def decide_on_existing(lead: Lead | None) -> list[Event]:
        if lead is None:
            raise NotFound("there is no such lead")
        return decide(lead)

    return decide_on_existing


def _waits_for_a_word(lead: Lead | None) -> bool:
    """Tells whether a lead of a target account was left to marketing until somebody who is trusted speaks of it."""
    return lead is not None and lead.left_to_review is not None and lead.status in WITH_MARKETING


def _untried_keys(lead: Lead, tried: Sequence[Key], *, every_key: bool) -> list[Key]:
    """Returns further keys of the lead's account, which are known only once the lead is read."""
    if every_key and lead.status is not Status.WITH_SALES:
        keys = account_keys_of(lead)
    elif lead.account and lead.account.matched_by == "link":
        keys = [account_keys.account(lead.account.domain)]
    elif lead.account and lead.account.matched_by == "name":
        keys = keys_for(None, (), lead.company.name)
    else:
        keys = []
    return [key for key in keys if key not in tried]
