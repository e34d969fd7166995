"""The roster that a lead is reassigned from: its team's, the team's agreed now, or that of a named owner."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from baton.agreement.terms.agreement import Agreement
from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.handoffs.reassignment_team import RosterReads, reassignment_roster, reassignment_roster_with
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import Preference
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.standing import Standing, standing_of
from baton.domain.teams.roster import Roster
from tests.unit.given import AGREEMENT, KIM, LEE, NOW, SAM, download, offered, received, rep, team
from tests.unit.standing import card

SALES = AGREEMENT.teams["sales"]
PEOPLE = {
    "sales": team(rep(SAM), rep(LEE, role="manager")),
    "field": team(rep(KIM), rep("ex@example.com", subscription="removed")),
    "inside": team(rep(KIM), rep(LEE)),
    "marketing": team(rep("max@example.com")),
}
LEAD, UNOFFERED = offered(rep(SAM)), received(download())
ACME = Account(domain="acme.com", target=True, owner=KIM)
OF_ACME = TargetAccount(ACME, AccountMatch(domain="acme.com", matched_by="domain"))


def agreed(*teams: str, handoffs_to: str) -> Agreement:
    """An agreement with these sales teams, of which one gets the leads of every trigger."""
    clauses = {name: each.model_copy(update={"team": handoffs_to}) for name, each in AGREEMENT.handoffs.items()}
    return AGREEMENT.model_copy(update={"teams": dict.fromkeys(teams, SALES), "handoffs": clauses})


ALL = agreed("sales", "field", "inside", handoffs_to="inside")
WITHOUT_SALES = agreed("field", "inside", handoffs_to="inside")


@dataclass
class Table:
    """The rosters of all teams, and what was read of them and of the lead."""

    agreement: Agreement
    lead: Lead
    target: TargetAccount | None = None
    read: list[str | None] = field(default_factory=list)

    @property
    def reads(self) -> RosterReads:
        return RosterReads(self._roster, self._standing, self._teams_of)

    def _roster(self, name: str | None) -> Roster:
        self.read.append(name)
        return PEOPLE[name].under(self.agreement, name) if name else Roster()

    def _standing(self) -> tuple[Standing, TargetAccount | None]:
        self.read.append("standing")
        return standing_of(self.lead, card(self.agreement), NOW), self.target

    def _teams_of(self, email: str, teams: Sequence[str]) -> set[str]:
        self.read.append("teams")
        found = {name: PEOPLE[name].rep(email) for name in teams}
        return {name for name, person in found.items() if person and person.is_here}


def chosen(table: Table, owner: str | None = None) -> Roster:
    if owner:
        return reassignment_roster_with(owner, table.lead, table.agreement, table.reads)
    return reassignment_roster(table.lead, table.agreement, table.reads)


def team_of(roster: Roster) -> str | None:
    """The team whose people are on the roster."""
    return next((name for name, people in PEOPLE.items() if people.people == roster.people), None)


@pytest.mark.parametrize(
    ("lead", "agreement", "expected"),
    [
        pytest.param(LEAD, ALL, "sales", id="its team still gets leads"),
        pytest.param(LEAD, WITHOUT_SALES, "inside", id="its team is dropped: the trigger's team"),
        pytest.param(UNOFFERED, ALL, None, id="never handed over: no team"),
    ],
)
def test_a_lead_is_reassigned_in_its_team_as_long_as_the_team_gets_leads(
    lead: Lead, agreement: Agreement, expected: str | None
) -> None:
    assert team_of(chosen(Table(agreement, lead))) == expected


@pytest.mark.parametrize(
    ("owner", "agreement", "expected"),
    [
        pytest.param(SAM, ALL, "sales", id="on its own team"),
        pytest.param(KIM, ALL, "field", id="on two others: the first in the agreement"),
        pytest.param(LEE, ALL, "inside", id="a manager here and a rep there"),
        pytest.param("max@example.com", ALL, "sales", id="in marketing, which gets no leads"),
        pytest.param("ex@example.com", ALL, "sales", id="removed from the other team"),
        pytest.param("new@example.com", ALL, "sales", id="on no team"),
        pytest.param(SAM, WITHOUT_SALES, "sales", id="on a dropped team only"),
        pytest.param(LEE, WITHOUT_SALES, "inside", id="on an agreed team, and the lead on a dropped one"),
    ],
)
def test_a_named_owner_is_taken_from_the_team_of_the_lead_or_the_first_other_team_of_the_owner(
    owner: str, agreement: Agreement, expected: str
) -> None:
    assert team_of(chosen(Table(agreement, LEAD), owner)) == expected


def test_a_lead_without_a_handoff_has_no_roster_for_a_named_owner() -> None:
    assert chosen(Table(ALL, UNOFFERED), KIM) == Roster()


@pytest.mark.parametrize(
    ("owner", "agreement", "comes_under"),
    [
        pytest.param(None, ALL, None, id="its own team"),
        pytest.param(SAM, ALL, None, id="an owner on its own team"),
        pytest.param(None, WITHOUT_SALES, "inside", id="the trigger's team"),
        pytest.param(KIM, ALL, "field", id="the team of a named owner"),
    ],
)
def test_new_terms_come_with_the_roster_of_another_team_only(
    owner: str | None, agreement: Agreement, comes_under: str | None
) -> None:
    new_terms = chosen(Table(agreement, LEAD), owner).new_terms
    assert (new_terms.terms.team if new_terms else None) == comes_under


@pytest.mark.parametrize(
    ("trigger", "target", "preferred"),
    [
        pytest.param("target_account", OF_ACME, [KIM]),
        pytest.param("target_account", None, []),
        pytest.param("consultation", OF_ACME, []),
    ],
    ids=["a target account's lead", "an account that is delisted", "another trigger"],
)
def test_the_owner_of_a_target_account_comes_first_in_the_other_team_only_for_that_trigger(
    trigger: str, target: TargetAccount | None, preferred: list[str]
) -> None:
    assert LEAD.handoff
    lead = LEAD.model_copy(update={"handoff": LEAD.handoff.model_copy(update={"trigger": trigger})})
    new_terms = chosen(Table(WITHOUT_SALES, lead, target)).new_terms
    assert new_terms
    assert [each.rep for each in new_terms.preferred] == preferred
    assert all(isinstance(each, Preference) for each in new_terms.preferred)


@pytest.mark.parametrize(
    ("owner", "agreement", "read"),
    [
        pytest.param(None, ALL, ["sales"], id="its own team"),
        pytest.param(None, WITHOUT_SALES, ["standing", "inside"], id="another team"),
        pytest.param(SAM, ALL, ["sales"], id="an owner on its own team"),
        pytest.param(KIM, ALL, ["sales", "teams", "standing", "field"], id="an owner on another team"),
        pytest.param("new@example.com", ALL, ["sales", "teams"], id="an owner on no team"),
    ],
)
def test_the_choice_of_a_roster_reads_only_the_needed_items(
    owner: str | None, agreement: Agreement, read: list[str]
) -> None:
    table = Table(agreement, LEAD)
    chosen(table, owner)
    assert table.read == read
