"""Attributes, an agreement's own facts, through the API: told by a form and by staff, shown, exported, erased."""

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.test_get_lead import shown
from tests.integration.world import World

OWN = """
attributes:
  plan: {kind: choice, choices: [Free, Team, Pro], label: Their plan}
  seats: {kind: number}
"""
WITH_FIELD = packaged_text().replace(
    "      message: {kind: text, max_length: 4000}\n",
    "      message: {kind: text, max_length: 4000}\n      plan: {}\n      team_size: {attribute: seats}\n",
    1,
)
ASKED = WITH_FIELD.replace("mql: {score: {at_least: 60}}", "mql: {attributes: {plan: pro, seats: {at_least: 10}}}", 1)


def test_attributes_are_told_by_forms_and_staff_and_qualify_a_lead(world: World) -> None:
    world.agree(ASKED + OWN)
    assert world.send_form(plan="team", team_size="12").status == 202
    lead = shown(world)
    path = f"/leads/{lead['lead_id']}"
    assert lead["attributes"]["plan"] == {"value": "Team", "label": "Their plan", "kind": "choice", "agreed": True}
    assert lead["attributes"]["seats"]["value"] == 12
    assert lead["qualification"]["mql"]["missing"] == ["plan pro (it is Team)"]
    wrong = world.ask("PATCH", path, {"attributes": {"plan": "gold"}}, by="sales")
    assert (wrong.status, wrong.json()["errors"][0]["field"]) == (422, "attributes.plan")
    right = world.ask("PATCH", path, {"attributes": {"plan": "pro"}}, by="sales")
    assert (right.status, right.json()["stage"]) == (200, "mql")
    exported = world.ask("GET", f"{path}/export", by="marketing").json()
    assert '"plan": "Pro"' in str(exported).replace("'", '"')
    struck_out = world.ask("PATCH", path, {"attributes": {"plan": None}}, by="sales").json()
    assert struck_out["attributes"].keys() == {"seats"}
