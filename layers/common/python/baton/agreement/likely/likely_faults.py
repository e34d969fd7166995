"""Says what is likely wrong with a draft; a person may have meant it so, and a warning keeps nobody from signing."""

from collections.abc import Iterator

from baton.agreement.checks.condition_paths import Loc
from baton.agreement.document.document import Sections
from baton.agreement.likely.surroundings import Surroundings

Warned = tuple[Loc, str]


def likely_faults(sections: Sections, sound: set[str], known: Surroundings) -> Iterator[Warned]:
    """Yields the warnings for a draft; `sound` names the sections that have no faults of their own."""
    yield from _forms_that_go(sections, sound, known)
    yield from _teams_without_people(sections, sound, known)


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
    places += [(("territories", number, "team"), each.team) for number, each in enumerate(sections.territories)]
    for loc, team in places:
        if team in sections.teams and not known.people.get(team):
            yield (
                loc,
                f"nobody is in the team `{team}`, so that its leads wait; add somebody with "
                f"`PUT {{api}}/teams/{team}/reps/{{email}}`",
            )
