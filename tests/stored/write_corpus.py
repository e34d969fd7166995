"""Writes a generation of the corpus: what the code of its day stores, and what it answers when it reads that.

    PYTHONPATH=layers/common/python python -m tests.stored.write_corpus 2026-12
    PYTHONPATH=layers/common/python python -m tests.stored.write_corpus 2026-12-proposed "points are proposed" …

With names of scenes it is these alone: enough where little is stored that is new.
The corpus is only ever added to. A generation shows that what was stored on its day is still read, and read the same,
so it is never written anew: code that stores something else gets a new generation beside the old ones. The script
refuses a generation that is there.
"""

import itertools
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest
from moto.moto_api._internal import mock_random

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.calls import Call, Calls, Carry, Crash, Watcher
from tests.integration.stack import Stack
from tests.integration.test_crashes import SCENES
from tests.integration.world import KIM, MO, SAM, World, aws, living_in
from tests.stored.agreements import agreements
from tests.stored.corpus import FOLDER, KeptWorld, key_of_then, write
from tests.stored.corpus_requests import answers
from tests.stored.kinds import LEDGER, TABLE, kind_of
from tests.stored.mail_scenes import MAILS
from tests.stored.proposed_scenes import PROPOSED
from tests.stored.scenes import MORE, UNFINISHED
from tests.stored.stories import Story
from tests.stored.team_scenes import TEAMS
from tests.stored.trust_scenes import TRUST

SEED = 2026
STORIES, ACTS_OF_A_STORY = 1, 60


def main(generation: str, *scenes: str) -> None:
    """Play everything, or some scenes, and write what is stored in the end."""
    with aws() as (stack, calls), key_of_then(stack), as_always():
        kept = [*_scenes(stack, calls, scenes), *(() if scenes else _stories(stack, calls))]
    write(FOLDER / generation, kept, kind_of)


def _scenes(stack: Stack, calls: Calls, names: Sequence[str]) -> Iterator[KeptWorld]:
    """Each scene of the tests of crashes, played to its end, and left where all functions ended in the middle of it.

    Then the corpus' own scenes; if there are names, those with these names alone.
    """
    with living_in(World(stack, calls)) as world:
        world.agree(packaged_text())
        empty = stack.keep()
        world.hire(SAM, KIM)
        world.hire(MO, role="manager")
    begin, chance = stack.keep(), random.Random(SEED)
    for name, scene in SCENES.items() if not names else ():
        begin()
        with living_in(World(stack, calls)) as first:
            scene.begin(first)
        again = stack.keep()
        with living_in(first.twin()) as world, calls.recorded() as made:
            scene.act(world)
            yield _kept(name, world, thorough=True)
        again()
        with living_in(first.twin()) as world:
            with calls.by(_ended_at(chance.randrange(len(made)))), suppress(Crash):
                scene.act(world)
            yield _kept(f"{name} (in the middle of it)", world, whole=False)
    every = {**MORE, **TRUST, **MAILS, **PROPOSED, **TEAMS, **UNFINISHED}
    for name, act in ((name, every[name]) for name in names or every):
        begin()
        with living_in(World(stack, calls)) as world:
            act(world)
            yield _kept(name, world, thorough=True, whole=name not in UNFINISHED)
    empty()


def _ended_at(place: int) -> Watcher:
    """From their `place`th call on all functions end at each call, before it reaches AWS."""
    made = itertools.count()

    def watch(_: Call, carry: Carry) -> object:
        if next(made) >= place:
            raise Crash
        return carry()

    return watch


def _stories(stack: Stack, calls: Calls) -> Iterator[KeptWorld]:
    """Random stories under each agreement."""
    bare = stack.keep()
    for name, text in agreements().items():
        for number in range(1, STORIES + 1):
            bare()
            with living_in(World(stack, calls)) as world, pytest.MonkeyPatch.context() as patch:
                chance = random.Random(f"{name} {number}")
                patch.setattr(
                    "baton.aws.imports.import_items.token_hex",
                    lambda count, chance=chance: chance.randbytes(count).hex(),
                )
                world.agree(text)
                story = Story(world, chance, text)
                story.begin()
                story.play(ACTS_OF_A_STORY)
                yield _kept(f"{name} {number}", world)


@contextmanager
def as_always() -> Iterator[None]:
    """Random ids are the same each time, lists come in small parts, and leads are dealt with one after the other."""
    numbers = itertools.count(1)
    mock_random.seed(SEED)
    random.seed(SEED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baton.aws.imports.import_items.token_hex", lambda _bytes: "1" * 24)
        patch.setattr("baton.aws.privacy.lead_erasure.token_hex", lambda count: f"{next(numbers):0{2 * count}x}")
        patch.setattr("baton.aws.imports.import_job.BUDGET_SECONDS", -1.0)
        patch.setattr("baton.intake.imports.file_parts.MAX_LINES", 2)
        patch.setattr("baton.aws.signals.signal_batches.AT_ONCE", 1)
        patch.setattr("baton.aws.sweeps.rescoring.AT_ONCE", 1)
        patch.setattr("baton.aws.trials.trial_job.AT_ONCE", 1)
        yield


def _kept(name: str, world: World, *, thorough: bool = False, whole: bool = True) -> KeptWorld:
    """A world as it is now; asking changes nothing in it. It is consistent, if it is `whole`."""
    if whole:
        world.stack.must_be_consistent()
    items = world.stack.items()
    found = answers(world, items, thorough=thorough)
    assert items == world.stack.items(), "asking has changed what is stored"
    stored = [(TABLE, item) for item in items] + [(LEDGER, item) for item in _ledger(world.stack)]
    print(f"{name}: {len(items)} items, {len(found)} answers", flush=True)
    return KeptWorld(name, world.now, stored, found)


def _ledger(stack: Stack) -> list[dict[str, object]]:
    items = stack.dynamodb.scan(TableName=stack.physical["ErasureLedger"])["Items"]
    return sorted(items, key=lambda item: item["lead_id"]["S"])


if __name__ == "__main__":
    main(*sys.argv[1:])
