"""Own staff that asks for a person gets the usual thanks, never reaches sales, and is counted with the reason."""

from datetime import timedelta

import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.world import World

STAFF = {"id": "own-staff", "label": "Our own people", "when": {"email_domain": "acme.example"}}


def agreed(**sections: object) -> str:
    return yaml.safe_dump({**yaml.safe_load(packaged_text()), **sections}, sort_keys=False)


def test_own_staff_is_thanked_kept_from_sales_shown_and_counted(world: World) -> None:
    world.agree(agreed(never=[STAFF]))
    usual = world.send_form(email="bob@customer.example")
    thanked = world.send_form(email="anna@acme.example")
    assert (thanked.status, thanked.json().keys()) == (usual.status, usual.json().keys())
    world.settle()
    lead = next(each for each in world.stack.leads() if each.email == "anna@acme.example")
    shown = world.ask("GET", f"/leads/{lead.lead_id}", by="sales").json()
    assert (shown["status"], shown["handoff"]) == ("nurturing", None)
    kept = shown["kept_from_sales"]
    assert (kept["rule"], kept["because"]) == ("own-staff", "the domain of the address acme.example")
    assert (kept["last"]["trigger"], kept["last"]["then"]) == ("consultation", "nurture")
    tomorrow = world.now + timedelta(days=1)
    period = {"from": f"{world.now:%Y-%m-%d}", "to": f"{tomorrow:%Y-%m-%d}"}
    funnel = world.ask("GET", "/reports/funnel", by="sales", query=period).json()
    assert funnel["groups"]["kept_from_sales"] == [{"name": "own-staff", "n": 1}]


def test_an_agreement_without_forms_answers_every_form_with_404(world: World) -> None:
    world.agree(agreed(forms={}, webhooks={}))
    assert world.send_form(email="bob@customer.example").status == 404
