"""Carries a command out: load the lead, decide, see what follows, save; again if somebody was faster."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple, Self

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.table.account_items import keys_for
from baton.aws.table.form_limits import Ceiling
from baton.aws.table.keys import account_keys, item_key
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound, Repeated
from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import domains_to_try
from baton.domain.accounts.company_names import company_name_key
from baton.domain.events.recorded import Event
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.lead_changes.consequences import AGREED, may_follow, with_consequences
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.target_account import email_domains, linked_domain, target_account_of
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import counts_after
from baton.domain.scoring.standing import Standing
from baton.domain.teams.roster import Roster
from baton.domain.timers.deadlines import timer_events

Decide = Callable[[Lead], list[Event]]
Author = str | Callable[[Lead], str]
"""Who did it, as the history keeps it; a function where only the lead tells."""
DecideOnAnyone = Callable[[Lead | None], list[Event]]
Listed = dict[str, Account]


@dataclass(frozen=True, slots=True)
class Person:
    """Whose lead it is, where that is known before it is read: the target account is then found in the same read."""

    email: str
    company: str | None = None

    @property
    def account_keys(self) -> list[item_key.Key]:
        """Under what the person's account may be listed."""
        return keys_for(None, domains_to_try(self.email), company_name_key(self.company))


class Once(NamedTuple):
    """What is taken once, and only so often: by which keys it is known again, and under what it is counted."""

    repeats: Sequence[RepeatKey]
    ceilings: Sequence[Ceiling]


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """What came of looking at a lead again."""

    changed: bool
    handed_over: bool


@dataclass(slots=True)
class Commands:
    """Where commands arrive: the store, the agreement in force, and the time of the request."""

    store: Store
    agreements: Agreements
    _card: Scorecard | None = field(default=None, init=False)

    @classmethod
    def from_environment(cls) -> Self:
        """The desk of the deployed stack."""
        store = Store.from_environment()
        return cls(store, Agreements.from_environment(store))

    @property
    def agreement(self) -> Agreement:
        """The agreement in force."""
        return self.agreements.in_force().agreement

    @property
    def card(self) -> Scorecard:
        """The rules of the agreement in force, compiled when its version is first met."""
        in_force = self.agreements.in_force()
        if self._card is None or self._card.version != in_force.version:
            self._card = Scorecard(in_force)
        return self._card

    def roster(self, team: str | None) -> Roster:
        """Everybody on a team, with the hours and territories that are agreed; nobody, without a team."""
        return self.store.roster(team).under(self.agreement, team) if team else Roster()

    def change(self, lead_id: str, decide: Decide, *, by: Author, now: datetime, find_account: bool = False) -> Lead:
        """Carry out a command on a lead that exists, and give the lead as it is afterwards.

        With `find_account`, its target account is looked up as well, so that it may be handed over for that.

        Raises:
            NotFound: there is no such lead.
            Refused: the domain does not allow it.
            Contended: too many changed the lead at once.
        """
        after = self._carry_out(lead_id, _known(decide), by=by, now=now, find_account=find_account).after
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
        ceilings: Sequence[Ceiling] = (),
    ) -> Lead | None:
        """Carry out a command on a person who may not be known yet, and give the lead as it is afterwards.

        Raises:
            Repeated: some of the messages were dealt with before; nothing was saved.
            TooMany: as many as a ceiling allows were counted before; nothing was saved.
            Contended: too many changed the lead at once.
        """
        once = Once(repeats, ceilings)
        return self._carry_out(lead_id, decide, by=by, now=now, once=once, person=person).after

    def reconsider(self, lead_id: str, *, now: datetime) -> Reconsidered:
        """Look at a lead again under the agreement and the list of accounts as they are now; repeated, nothing changes.

        Raises:
            NotFound: there is no such lead.
            Contended: too many changed the lead at once.
        """
        change = self._carry_out(lead_id, _known(lambda _: []), by=AGREED, now=now, find_account=True)
        offered = any(event.type == "HandoffOffered" for event in change.happened)
        return Reconsidered(changed=change.after != change.before, handed_over=offered)

    def standing(self, lead: Lead, now: datetime, *, is_target: bool | None = None) -> Standing:
        """How a lead stands now under the agreement in force, counted anew if it was counted under another.

        `is_target` says whether its account is listed as a target; if not given, it is as of the lead's last signal.
        """
        tally = counts_after(
            Change.begin(lead, lead.lead_id), self.card, lambda: self.store.history_of(lead, lead.version)
        )
        if is_target is None:
            is_target = lead.account is not None
        return Standing(lead, self.card, tally or SignalCounts(self.card.version), milliseconds(now), is_target)

    def _carry_out(
        self,
        lead_id: str,
        decide: DecideOnAnyone,
        *,
        by: Author,
        now: datetime,
        once: Once | None = None,
        person: Person | None = None,
        find_account: bool = False,
    ) -> Change:
        tried = person.account_keys if person else []

        def attempt() -> Change:
            lead, listed = self.store.lead_and_accounts(lead_id, tried)
            author = by(lead) if callable(by) and lead else str(by)
            change = Change.begin(lead, lead.lead_id if lead else lead_id).then(decide(lead), now, author)
            if person or find_account:
                change = self.settled(change, now, listed, tried, everything=find_account or change.lead_id != lead_id)
            else:
                change = self.settled(change, now)
            self.store.save(change, *self._once(change, lead_id, once, now))
            return change

        return retry_on_conflict(attempt, "too many changed the same lead at once; send the same request again")

    def _once(self, change: Change, lead_id: str, once: Once | None, now: datetime) -> Once:
        """What marks the messages to a lead; those of one made of several are looked for among what each was told."""
        if once is None:
            return Once((), ())
        after = change.after
        if after and (after.parts or change.lead_id != lead_id):
            if told := self.store.told_elsewhere(after, lead_id, once.repeats, now):
                raise Repeated(told)
            return once._replace(repeats=[replace(each, lead_id=lead_id) for each in once.repeats])
        return once

    def settled(
        self,
        change: Change,
        now: datetime,
        listed: Listed | None = None,
        tried: Sequence[item_key.Key] | None = None,
        *,
        everything: bool = False,
    ) -> Change:
        """A change with all that follows from it, and a timer for what comes next.

        `listed` are the accounts that stand under the keys `tried`; where none were, no account is looked for. With
        `everything`, all under which the lead's account may be listed are tried.
        """
        if change.after and may_follow(change):
            listed = dict(listed or {})
            if tried is not None:
                listed |= self.store.accounts(_further(change.after, tried, everything=everything))
            change = self._followed(change, listed, now)
        return change.then(timer_events(change), now, AGREED)

    def _followed(self, change: Change, listed: Listed, now: datetime) -> Change:
        before = change.before.version if change.before else 0
        return with_consequences(
            change,
            self.card,
            self._targeted(change, listed),
            now,
            history=lambda: self.store.history_of(change.after, before) if change.after else [],
            roster=self.roster,
        )

    def _targeted(self, change: Change, listed: Listed) -> TargetAccount | None:
        target = target_account_of(change.after, listed) if change.after else None
        if target is None or target.account.domain in listed:
            return target
        if not any(isinstance(event, SignalRecorded) for event in change.happened):
            return target
        main = target.account.domain  # only there it is known when the last alert was
        return TargetAccount(self.store.accounts([account_keys.account(main)]).get(main, target.account), target.match)


def account_keys_of(lead: Lead) -> list[item_key.Key]:
    """Under what the account of a lead may be listed."""
    return keys_for(linked_domain(lead), email_domains(lead), company_name_key(lead.company.name))


def _known(decide: Decide) -> DecideOnAnyone:
    def on_known(lead: Lead | None) -> list[Event]:
        if lead is None:
            raise NotFound("there is no such lead")
        return decide(lead)

    return on_known


def _further(lead: Lead, tried: Sequence[item_key.Key], *, everything: bool) -> list[item_key.Key]:
    """Where else the lead's account may be listed: what is known of the lead only once it is read."""
    if everything and lead.status is not Status.WITH_SALES:
        wanted = account_keys_of(lead)
    elif lead.account and lead.account.matched_by == "link":
        wanted = [account_keys.account(lead.account.domain)]
    elif lead.account and lead.account.matched_by == "name":
        wanted = keys_for(None, (), company_name_key(lead.company.name))
    else:
        wanted = []
    return [key for key in wanted if key not in tried]
