"""The CSV file of a queue of leads."""

import csv
from io import StringIO

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.scoring.scorecard import Scorecard
from baton.intake.imports.column_mapping import columns_of
from baton.outreach.csv.leads_csv import COLUMNS, leads_csv
from tests.unit.given import AGREEMENT, NOW, download, received

CARD = Scorecard(AgreementInForce(version=1, in_force_since="", agreement=AGREEMENT))


def rows(*leads: Lead) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(leads_csv(leads, CARD, NOW), newline="")))


def test_each_lead_is_a_row_of_the_file() -> None:
    lead = received(download())
    [row] = rows(lead)
    assert (row["email"], row["status"], row["lead_id"]) == (lead.email, "nurturing", lead.lead_id)
    assert row["created_at"] == f"{lead.created_at:%Y-%m-%d %H:%M:%S}"
    assert row["owner"] == ""


def test_text_from_outside_is_no_formula_in_any_cell() -> None:
    evil = '=HYPERLINK("http://x.example";"click");+1'
    lead = received(download()).model_copy(update={"profile": Profile(first_name=evil), "company": Company(name=evil)})
    text = leads_csv([lead], CARD, NOW)
    [row] = rows(lead)
    assert row["first_name"].startswith("'=")
    assert all(not cell.startswith(("=", "+", "@", "-")) for cell in row.values())
    assert ";+1" not in text, "nor where a semicolon ends the cell"


def test_the_file_can_be_imported_again() -> None:
    columns = columns_of(list(COLUMNS), "leads", {})
    assert {"email", "first_name", "company", "employees", "source"} <= columns.fields.keys()
    assert {name: COLUMNS[number - 1] for name, number in columns.fields.items()} == {
        name: name for name in columns.fields
    }
