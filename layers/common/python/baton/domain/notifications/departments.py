"""The two departments as mail reaches them: marketing's people, and the managers of sales."""

from typing import Literal

from baton.agreement.terms.agreement import Agreement
from baton.domain.teams.roster import ReadRoster, manager_addresses, reached_by_mail

DepartmentName = Literal["marketing", "sales"]


def department_addresses(department: DepartmentName, agreement: Agreement, roster: ReadRoster) -> list[str]:
    """Returns the addresses in marketing with a mail subscription; in sales, those of the teams' managers."""
    marketing = agreement.marketing.team
    if department == "marketing":
        return reached_by_mail(roster(marketing))
    teams = [team for team in agreement.teams if team != marketing]
    return sorted({email for team in teams for email in manager_addresses(roster(team))})
