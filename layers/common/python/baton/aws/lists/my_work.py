"""Shows a signed-in person who they are here, and how much waits for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.lists.lead_counts import Count, LeadCounts
from baton.aws.table.keys import team_keys
from baton.aws.table.keys.item_key import Key
from baton.aws.table.store import Store
from baton.aws.table.team_items import rep_from
from baton.aws.teams.roster_views import team_name
from baton.aws.web.json_view import View
from baton.domain.basics.facts import Staff
from baton.domain.signing.draft_signatures import Department
from baton.domain.staff.permissions import MARKETING
from baton.domain.teams.reps import Rep, Subscription
from baton.domain.teams.roster import Roster
from baton.domain.terms.agreed_labels import team_label


@dataclass(frozen=True, slots=True)
class MyWork:
    """Reads what a person is and has, in a number of calls that no number of leads changes."""

    store: Store

    def view(self, me: Staff, agreement: Agreement, now: datetime) -> View:
        """Shows who somebody is, their groups, their teams among all, their time zone, and counts for badges.

        `reviews` and `drafts_to_sign` are null for people who have none to do.
        """
        places, counts = list(self._places(me.email, agreement)), LeadCounts(self.store)
        zones = (Roster((rep,)).under(agreement, team).time_zone_of(rep.email) for team, rep in places)
        waits = MARKETING & me.groups
        return {
            "email": me.email,
            "groups": sorted(me.groups),
            "teams": [
                {"team": team, "label": team_label(team, agreement), "role": rep.role, "capacity": rep.capacity}
                for team, rep in places
            ],
            "all_teams": [team_name(team, agreement) for team in agreement.rosters],
            "time_zone": next(filter(None, zones), agreement.time_zone),
            "counts": {
                "open": counts.held(me.email).view(),
                "overdue": counts.due(me.email, now).view(),
                "reviews": counts.held(agreement.marketing.team).view() if waits else None,
                "reviews_overdue": counts.due(agreement.marketing.team, now).view() if waits else None,
                "drafts_to_sign": self._to_sign(me),
            },
        }

    def _places(self, email: str, agreement: Agreement) -> Iterator[tuple[str, Rep]]:
        """Yields the teams on whose rosters somebody is, with their entry, in the order of the agreement."""
        teams = list(agreement.rosters)
        found = {team_keys.team_of(item): rep_from(item) for item in self.store.items(_entries(teams, email))}
        for team in teams:
            rep = found.get(team)
            if rep and rep.subscription is not Subscription.REMOVED:
                yield team, rep

    def _to_sign(self, me: Staff) -> View | None:
        """Counts the open drafts that a department of theirs has not signed, of the newest 25."""
        mine = [side for side in Department if side in me.groups]
        if not mine:
            return None
        drafts, cursor = DraftItems(Versions(self.store)).open(None)
        unsigned = [draft for draft in drafts if any(draft.signature_for(side) is None for side in mine)]
        return Count(len(unsigned), cursor is not None).view()


def _entries(teams: list[str], email: str) -> list[Key]:
    return [team_keys.rep(team, email) for team in teams]
