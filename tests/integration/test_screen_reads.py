"""A screen of the console costs what docs/access-patterns.md says."""

from collections import Counter
from urllib.parse import parse_qsl

import pytest

from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.world import SAM, World
from tests.screen_reads import FRAME, Reads, screen_reads, screens

READS = [each for each in screen_reads().values() if each.read]


def test_every_screen_stands_in_the_table_with_one_read() -> None:
    assert [*screen_reads()] == [FRAME, *screens()]
    assert [each.screen for each in screen_reads().values() if not each.read] == ["/parts"]


@pytest.mark.parametrize("reads", READS, ids=lambda each: each.screen)
def test_a_screens_read_takes_the_calls_that_the_table_tells(world: World, reads: Reads) -> None:
    assert world.send_form(email="anna@acme.example").status == 202
    world.settle()
    lead = world.stack.lead()
    owner = lead.handoff.owner if lead.handoff else None
    path, _, query = str(reads.read).replace("{lead_id}", lead.lead_id).partition("?")
    for _ in ("cold", "warm"):
        with world.calls.recorded() as made:
            answer = world.ask("GET", path, query=dict(parse_qsl(query)), by=owner or SAM, groups="admin,sales")
        assert answer.status == 200, answer.body
    assert Counter(to_dynamodb(made)) == reads.calls
