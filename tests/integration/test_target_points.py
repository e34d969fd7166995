"""Points for target accounts follow the list of accounts, whichever command evaluates the lead."""

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.test_get_lead import shown
from tests.integration.world import World

LISTED = packaged_text().replace(
    "fit:                          # points for what a lead is\n",
    "fit:\n  - {id: on-our-list, points: 80, when: {target_account: true}}\n",
    1,
)


@pytest.mark.parametrize(("still_listed", "stage"), [(True, "mql"), (False, "lead")])
def test_a_command_that_looks_for_no_account_knows_whether_it_is_still_listed(
    world: World, still_listed: bool, stage: str
) -> None:
    world.agree(packaged_text())
    assert world.ask("PUT", "/accounts/example.com", {"name": "Example"}, by="marketing").status in (200, 201)
    assert world.send_form("content-download", content="guide").status == 202
    lead = shown(world)
    assert lead["account"]["domain"] == "example.com"
    if not still_listed:
        assert world.ask("DELETE", "/accounts/example.com", by="marketing").status in (200, 204)
    world.agree(LISTED)
    handoff = lead["handoff"]["handoff_id"]
    assert world.ask("POST", f"/handoffs/{handoff}/return", {"reason": "not_qualified"}, by="admin").status == 200
    assert shown(world)["stage"] == stage
