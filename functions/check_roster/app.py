"""Runs every 15 minutes: stops leads to reps whose mail subscription has ended, and tells operations."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.messages.mail_topic import MailTopic
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.teams.rosters import Rosters
from baton.domain.teams.reps import Subscription

store = Store.from_environment()
agreements, rosters, post = (
    Agreements.from_environment(store),
    Rosters.from_environment(store),
    MailTopic.from_environment(),
)


def lambda_handler(_event: dict[str, Any], _context: Any) -> None:
    """Mails operations about each ended subscription, and then stores the state of every rep's subscription."""
    for team in agreements.in_force().agreement.rosters:
        changes = rosters.changes(team)
        if any(state is Subscription.ENDED for _, state in changes):
            post.send_to_operations(
                f"Baton: somebody in team {team} gets no mail any more",
                f"They get no leads until they are added again: GET /teams/{team}/reps shows who it is.",
            )
        for rep, state in changes:
            rosters.take_over(team, rep, state, now=utc_now())
