"""Says what is likely wrong with a draft; a person may have meant it so, and a warning keeps nobody from signing."""

import json
from collections.abc import Iterator

from baton.agreement.checks.condition_paths import Loc
from baton.agreement.checks.reachable_points import bands_can_be_reached
from baton.agreement.document.document import Sections
from baton.agreement.likely.near_spellings import likely_misspelt
from baton.agreement.likely.surroundings import Surroundings
from baton.agreement.likely.written_texts import texts_meant_otherwise

Warned = tuple[Loc, str]


def likely_faults(sections: Sections, sound: set[str], known: Surroundings) -> Iterator[Warned]:
    """Yields the warnings for a draft; `sound` names the sections that have no faults of their own."""
    yield from _forms_that_go(sections, sound, known)
    yield from _teams_without_people(sections, sound, known)
    yield from likely_misspelt(sections, known.seen, known.often)
    yield from _rules_alike(sections)
    yield from texts_meant_otherwise(sections)
    if {"score", "fit", "engagement"} <= sound:
        yield from bands_can_be_reached(sections)


def _forms_that_go(sections: Sections, sound: set[str], known: Surroundings) -> Iterator[Warned]:
    if known.in_force is None or "forms" not in sound:
        return
    for name in known.in_force.forms:
        if name not in sections.forms:
            yield (
                ("forms",),
                f"no longer has `{name}`, so that a page that still sends it is answered 404 and its leads are lost; "
                "keep the form until no page sends it",
            )


def _teams_without_people(sections: Sections, sound: set[str], known: Surroundings) -> Iterator[Warned]:
    if known.people is None or not {"teams", "handoffs", "territories"} <= sound:
        return
    places: list[tuple[Loc, str | None]] = [
        (("handoffs", trigger, "team"), handoff.team) for trigger, handoff in sections.handoffs.items()
    ]
    for section in ("territories", "never"):
        parts = getattr(sections, section) if section in sound else ()
        places += [((section, number, "team"), each.team) for number, each in enumerate(parts)]
    named = dict.fromkeys(team for _, team in places if team in sections.teams)
    nobody = {team for team in named if not known.people(team)}
    for loc, team in places:
        if team in nobody:
            yield (
                loc,
                f"nobody of the team `{team}` can get leads, so that they wait; "
                f"add somebody as soon as it is agreed, with `PUT {{api}}/teams/{team}/reps/{{email}}`",
            )


def _rules_alike(sections: Sections) -> Iterator[Warned]:
    for section in ("fit", "engagement"):
        first: dict[str, str] = {}
        for number, rule in enumerate(getattr(sections, section)):
            same = json.dumps({**rule.normal(), "id": ""}, sort_keys=True)
            if same in first:
                yield (
                    (section, number),
                    f"says the same as `{first[same]}`, so that a lead gets both; leave one out, or merge their points",
                )
            first.setdefault(same, rule.id)
