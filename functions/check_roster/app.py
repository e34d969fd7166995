"""Runs every 15 minutes, and when a team lost its managers: tells whose mail does not arrive, and of that team."""

from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.messages.mail_pace import MailPace
from baton.aws.messages.mail_topic import MailTopic
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.teams.roster_changes import is_to_be_told, mark_told
from baton.aws.teams.rosters import Rosters
from baton.aws.teams.topic_listeners import TopicListeners
from baton.domain.teams.mail_reach import is_lost
from baton.domain.teams.managers import warnings
from baton.domain.teams.reps import Subscription
from baton.domain.teams.roster import manager_addresses, reached_by_mail
from baton.outreach.mails import roster_mails

store = Store.from_environment()
agreements = Agreements.from_environment(store)
rosters = Rosters.from_environment(store)
post = MailTopic.from_environment(MailPace(store))
listeners = TopicListeners.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Tells of a team without a manager; or else of each lost address, and then stores every rep's state."""
    detail = event.get("detail", {})
    if "team" in detail:
        tell_of_lost_managers(detail["team"], detail["event_id"])
        return
    agreement = agreements.in_force().agreement
    for team in agreement.rosters:
        changes = rosters.changes(team)
        if lost := {rep.email: state for rep, state in changes if is_lost(rep.subscription, state)}:
            tell_of_lost_addresses(team, agreement, lost)
        for rep, state in changes:
            rosters.take_over(team, rep, state, now=utc_now())
    listeners.look_at_operations()


def tell_of_lost_addresses(team: str, agreement: Agreement, lost: dict[str, Subscription]) -> None:
    """Mails operations, and the managers whom mail reaches still, of addresses that are not confirmed any more."""
    post.send_to_operations(*roster_mails.addresses_lost(team, agreement, lost.values()))
    gone = {email for email, state in lost.items() if state is not Subscription.UNPROTECTED}
    if to := [email for email in manager_addresses(store.roster(team)) if email not in gone]:
        post.send(to, *roster_mails.addresses_lost_by_name(team, agreement, lost.items()))


def tell_of_lost_managers(team: str, event_id: str) -> None:
    """Mails operations and the people of the team once, unless it has a manager by now."""
    roster, agreement = store.roster(team), agreements.in_force().agreement
    if not warnings(roster, team, agreement) or not is_to_be_told(store, team, event_id):
        return
    content = roster_mails.managers_lost(team, agreement)
    post.send_to_operations(*content)
    if to := reached_by_mail(roster):
        post.send(to, *content)
    mark_told(store, event_id, utc_now())
