"""Writes a generation of the corpus: what the code of its day stores, and what it answers when it reads that.

    PYTHONPATH=layers/common/python python -m tests.stored.write_corpus 2026-12

The corpus is only ever added to. A generation shows that what was stored on its day is still read, and read the same,
so it is never written anew: code that stores something else gets a new generation beside the old ones. The script
refuses a generation that is there.
"""

import itertools
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from moto.moto_api._internal import mock_random

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.stack import Stack
from tests.integration.test_crashes import SCENES
from tests.integration.world import KIM, MO, SAM, World, aws, living_in
from tests.stored.asking import answers
from tests.stored.corpus import FOLDER, KeptWorld, write
from tests.stored.kinds import LEDGER, TABLE, kind_of

SEED = 2026


def main(generation: str) -> None:
    """Play everything, and write what is stored in the end."""
    with aws() as (stack, calls), as_always():
        with living_in(World(stack, calls)) as world:
            world.agree(packaged_text())
            world.hire(SAM, KIM)
            world.hire(MO, role="manager")
        begin = stack.keep()
        kept = []
        for name, scene in SCENES.items():
            begin()
            with living_in(World(stack, calls)) as world:
                scene.begin(world)
                scene.act(world)
                kept.append(_kept(name, world, thorough=True))
            print(f"{name}: {len(kept[-1].items)} items", flush=True)
    write(FOLDER / generation, kept, kind_of)


@contextmanager
def as_always() -> Iterator[None]:
    """Random ids are the same each time, lists come in small parts, and leads are dealt with one after the other."""
    numbers = itertools.count(1)
    mock_random.seed(SEED)
    random.seed(SEED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baton.aws.imports.import_items.token_hex", lambda _bytes: "1" * 24)
        patch.setattr("baton.aws.privacy.erasing.token_hex", lambda count: f"{next(numbers):0{2 * count}x}")
        patch.setattr("baton.aws.imports.import_job.BUDGET_SECONDS", -1.0)
        patch.setattr("baton.intake.imports.file_parts.MAX_LINES", 2)
        patch.setattr("baton.aws.signals.signal_batches.AT_ONCE", 1)
        patch.setattr("baton.aws.sweeps.rescoring.AT_ONCE", 1)
        yield


def _kept(name: str, world: World, *, thorough: bool) -> KeptWorld:
    """A world as it is now; asking changes nothing in it."""
    world.stack.must_hold_together()
    items = world.stack.items()
    found = answers(world, items, thorough=thorough)
    assert items == world.stack.items(), "asking has changed what is stored"
    stored = [(TABLE, item) for item in items] + [(LEDGER, item) for item in _ledger(world.stack)]
    return KeptWorld(name, world.now, stored, found)


def _ledger(stack: Stack) -> list[dict[str, object]]:
    items = stack.dynamodb.scan(TableName=stack.physical["ErasureLedger"])["Items"]
    return sorted(items, key=lambda item: item["lead_id"]["S"])


if __name__ == "__main__":
    main(*sys.argv[1:])
