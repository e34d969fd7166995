"""Adds, confirms and removes reps of a team, each with the subscription of their address to the mail topic."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.teams_and_territories import Team
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.teams.mail_subscriptions import confirm, state_of
from baton.aws.teams.roster_changes import ChangeRep, change_roster
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import Refused
from baton.domain.teams import mail_reach, managers
from baton.domain.teams.reps import Rep, Subscription
from baton.domain.teams.roster import Roster

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


class NoRoom(Refused):
    """As many people have mail as SNS takes for one topic; the text says what makes room."""


_HELD = ("open_handoffs", "unaccepted_forms", "last_offered_at")
"""What handoffs change of a rep, and no edit of the roster."""


@dataclass(frozen=True, slots=True)
class Rosters:
    """Changes rosters in the table, and the subscriptions to the mail topic."""

    store: Store
    sns: "SNSClient"
    topic: str

    @classmethod
    def from_environment(cls, store: Store) -> Self:
        """Works on the rosters of the deployed stack."""
        return cls(store, client("sns"), setting("SALES_MAIL_TOPIC_ARN"))

    def put(self, team: str, email: str, change_terms: ChangeRep, *, by: Staff, now: datetime) -> Roster:
        """Adds a rep, or changes their terms, and returns the roster; the counter of their open handoffs stays.

        A new address is subscribed to its own mail, and must be confirmed before it gets leads. A repeat updates the
        subscription's state from the topic. Nobody is subscribed whom the roster would refuse.

        Raises:
            NotAllowed: the person is a manager, and somebody else than an administrator changes their entry.
            NoRoom: the address is new, and as many have mail as SNS takes.
        """
        before = self.store.rep(team, email)
        managers.check_entry_change(by, before, change_terms(before))
        arn = self._subscribe(email)
        subscription = {"subscription": self._state(arn), "subscription_arn": arn}

        def change(before: Rep | None) -> Rep:
            held = {name: getattr(before, name) for name in _HELD} if before else {}
            after = change_terms(before).model_copy(update=subscription | held)
            managers.check_entry_change(by, before, after)
            return after

        return change_roster(self.store, team, email, change, by.email, now)

    def confirm(self, team: str, email: str, token: str, *, by: str, now: datetime) -> Roster:
        """Confirms an address with the token of Amazon's mail, so that only signed-in staff can unsubscribe it.

        Raises:
            NotFound: the person is not on the roster.
            TokenInvalid: the token is unknown or expired.
        """
        rep = self._on_roster(team, email)
        if confirm(self.sns, self.topic, token) != rep.subscription_arn:
            raise NotFound("the token belongs to somebody else's confirmation mail")
        return change_roster(
            self.store, team, email, _with_state(Subscription.CONFIRMED, not_if=Subscription.REMOVED), by, now
        )

    def remove(self, team: str, email: str, other_teams: Iterable[str], *, by: Staff, now: datetime) -> Roster:
        """Removes a rep, and their subscription unless they are on another team, and returns the roster.

        Handoffs that they still own stay counted until they are reassigned. A repeat changes nothing.

        Raises:
            NotFound: the person was never on the roster.
            NotAllowed: the person is a manager, and somebody else than an administrator removes them.
        """
        rep = self.store.rep(team, email)
        if rep is None:
            raise NotFound(f"{email} is not on the roster of {team}")

        def change(before: Rep | None) -> Rep:
            after = _with_state(Subscription.REMOVED)(before)
            managers.check_entry_change(by, before, after)
            return after

        roster = change_roster(self.store, team, email, change, by.email, now)
        if rep.subscription_arn and not any(self._find(other, email) for other in other_teams):
            self._unsubscribe(rep.subscription_arn)
        return roster

    def changes(self, team: str) -> list[tuple[Rep, Subscription]]:
        """Returns the reps whose subscription at the topic differs from the roster, with its state there."""
        listed = [rep for rep in self.store.roster(team) if rep.subscription is not Subscription.REMOVED]
        states = [(rep, self._state(rep.subscription_arn)) for rep in listed if rep.subscription_arn]
        return [(rep, state) for rep, state in states if state is not rep.subscription]

    def take_over(self, team: str, rep: Rep, state: Subscription, *, now: datetime) -> None:
        """Stores the state of a rep's subscription, unless the roster has changed meanwhile."""
        change_roster(self.store, team, rep.email, _with_state(state, only_if=rep.subscription), "roster", now)

    def _unsubscribe(self, arn: str) -> None:
        """Ends a subscription; SNS does not end an unconfirmed one, which expires after two days."""
        if self._state(arn) in (Subscription.CONFIRMED, Subscription.UNPROTECTED):
            self.sns.unsubscribe(SubscriptionArn=arn)

    def _subscribe(self, email: str) -> str:
        try:
            subscribed = self.sns.subscribe(
                TopicArn=self.topic,
                Protocol="email",
                Endpoint=email,
                Attributes={"FilterPolicy": json.dumps({"to": [email]})},
                ReturnSubscriptionArn=True,
            )
        except (
            self.sns.exceptions.FilterPolicyLimitExceededException,
            self.sns.exceptions.SubscriptionLimitExceededException,
        ) as fault:
            most = mail_reach.MAX_ADDRESSES
            raise NoRoom(f"{most} people have mail, and SNS takes no more; {mail_reach.no_room_remedy()}") from fault
        return subscribed["SubscriptionArn"]

    def _state(self, arn: str) -> Subscription:
        return state_of(self.sns, arn)

    def _on_roster(self, team: str, email: str) -> Rep:
        rep = self._find(team, email)
        if rep is None:
            raise NotFound(f"{email} is not on the roster of {team}")
        return rep

    def _find(self, team: str, email: str) -> Rep | None:
        rep = self.store.rep(team, email)
        return None if rep is None or rep.subscription is Subscription.REMOVED else rep


def _with_state(
    state: Subscription, only_if: Subscription | None = None, not_if: Subscription | None = None
) -> ChangeRep:
    def change(before: Rep | None) -> Rep:
        if before is None or before.subscription is not_if:
            raise NotFound("this person is not on the roster")
        return before.model_copy(update={"subscription": state}) if only_if in (None, before.subscription) else before

    return change


def member_address(text: str) -> str:
    """Normalises the e-mail address in a path, as rosters spell it.

    Raises:
        NotFound: it is no e-mail address.
    """
    from baton.domain.identity.normalised_emails import normalise_email  # slow, and no list of reps needs it  # noqa: PLC0415

    try:
        return normalise_email(unquote(text))
    except ValueError as fault:
        raise NotFound(f"the last part of the path is no e-mail address: {fault}") from fault


def team_of(agreement: Agreement, name: str) -> Team:
    """Returns a team of the agreement: a sales team, or marketing's.

    Raises:
        NotFound: the agreement has no such team.
    """
    if name not in agreement.rosters:
        raise NotFound(f"the agreement has no team `{name}`; it has {', '.join(agreement.rosters)}")
    return agreement.rosters[name]
