"""Checks between the sections of a draft: undefined names, ids that stand twice, rules that contradict."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from baton.agreement.checks import (
    attribute_checks,
    calendar_checks,
    clock_checks,
    condition_checks,
    domain_checks,
    never_fires,
    reachable_points,
)
from baton.agreement.checks.condition_paths import Loc, all_conditions
from baton.agreement.document.document import Sections
from baton.agreement.document.scoring_clauses import Score

USUALLY_LEAVING = ("unsubscribed", "opted_out", "opt_out", "email_unsubscribed", "spam_reported")
Fault = tuple[Loc, str]
Check = Callable[[Sections], Iterator[Fault]]


def contradictions(sections: Sections, sound: set[str], *, signed: bool = False) -> Iterator[Fault]:
    """Yields the faults between sections; `sound` names the sections that have no faults of their own.

    What only tells that a rule never fires is no fault of an agreement that is `signed` already.
    """
    found = [fault for check, needs in CHECKS if sound.issuperset(needs) for fault in check(sections)]
    yield from found
    told = [loc for loc, _ in found]
    for check, needs in () if signed else CHECKS_OF_DRAFTS:
        if sound.issuperset(needs):
            yield from (fault for fault in check(sections) if not _is_told(fault[0], told))


def _is_told(loc: Loc, told: list[Loc]) -> bool:
    """Tells whether a place has a fault already, or a part of it, or what it is a part of."""
    return any(loc[: len(each)] == each or each[: len(loc)] == loc for each in told if each)


def _ids_differ(sections: Sections) -> Iterator[Fault]:
    rules = [(name, n, rule.id) for name in ("fit", "engagement") for n, rule in enumerate(getattr(sections, name))]
    yield from _twice(rules, "the ledger would not know which of the rules gave the points")
    for name in ("thresholds", "personas", "content", "territories", "never"):
        parts = [(name, n, part.id) for n, part in enumerate(getattr(sections, name))]
        yield from _twice(parts, "nobody would know which is meant")


def _twice(parts: list[tuple[str, int, str]], why: str) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for section, number, name in parts:
        if name in first:
            yield (section, number), f"the id `{name}` stands twice (first in {first[name]}); rename one, because {why}"
        first.setdefault(name, section)


def _groups_have_several_rules(sections: Sections) -> Iterator[Fault]:
    groups: dict[str, list[int]] = {}
    for number, rule in enumerate(sections.fit):
        if rule.best_of is not None:
            groups.setdefault(rule.best_of, []).append(number)
    for name, numbers in groups.items():
        if len(numbers) == 1:
            others = ", ".join(sorted(set(groups) - {name})) or "none"
            fault = f"no other rule is `best_of: {name}` (others: {others}); spell it alike, or leave the line out"
            yield ("fit", numbers[0], "best_of"), fault


def _personas_exist(sections: Sections) -> Iterator[Fault]:
    there = {persona.id for persona in sections.personas}
    for name in ("fit", "engagement"):
        for number, rule in enumerate(getattr(sections, name)):
            for persona in rule.by_persona:
                yield from _unknown_name_faults((name, number, "by_persona", persona), persona, there, "persona")
    for number, content in enumerate(sections.content):
        for place, persona in enumerate(content.personas):
            yield from _unknown_name_faults(("content", number, "personas", place), persona, there, "persona")


def _unknown_name_faults(loc: Loc, name: str, there: set[str] | Mapping[str, Any], what: str) -> Iterator[Fault]:
    if name not in there:
        yield loc, f"there is no {what} `{name}`; there are {', '.join(sorted(there)) or 'none'}"


def _weights_are_of_criteria(sections: Sections) -> Iterator[Fault]:
    for number, persona in enumerate(sections.personas):
        criteria = persona.criteria.normal()
        for name in persona.weights:
            yield from _unknown_name_faults(("personas", number, "weights", name), name, criteria, "mark")


def _teams_exist(sections: Sections) -> Iterator[Fault]:
    for trigger, handoff in sections.handoffs.items():
        yield from _unknown_name_faults(("handoffs", trigger, "team"), handoff.team, sections.teams, "team")
    for section in ("territories", "never"):
        for number, part in enumerate(getattr(sections, section)):
            if part.team is not None:
                yield from _unknown_name_faults((section, number, "team"), part.team, sections.teams, "team")


def _hours_exist(sections: Sections) -> Iterator[Fault]:
    for name, team in sections.teams.items():
        if team.calendar is not None:
            yield from _unknown_name_faults(("teams", name, "calendar"), team.calendar, sections.calendars, "calendar")


def _marketing_gets_no_leads(sections: Sections) -> Iterator[Fault]:
    team = sections.marketing.team
    for trigger, handoff in sections.handoffs.items():
        if handoff.team == team:
            yield ("handoffs", trigger, "team"), "is marketing's (`marketing: {team}`), and gets no leads; name another"
    for section in ("territories", "never"):
        for number, part in enumerate(getattr(sections, section)):
            if part.team == team:
                yield (section, number, "team"), "is marketing's (`marketing: {team}`), and gets no leads"
    if team == "nobody":
        yield ("marketing", "team"), "is how lists call the leads that nobody has; name the team otherwise"


def _somebody_answers_requests(sections: Sections) -> Iterator[Fault]:
    if "consultation" not in sections.handoffs:
        yield ("handoffs", "consultation"), "is missing; say who gets the leads that ask for a person"


def _requests_come_from_people(sections: Sections) -> Iterator[Fault]:
    for name in ("asks_for_a_person", "unsubscribes"):
        for kind in getattr(sections, name):
            if sections.from_person.get(kind) is (name == "unsubscribes"):
                yield ("from_person", kind), f"contradicts `{name}`, which has `{kind}`; take it out of one of them"


def _leaving_asks_for_nobody(sections: Sections) -> Iterator[Fault]:
    remedy = "leave it out, or take it out of `unsubscribes`"
    leaving = {*sections.unsubscribes, *USUALLY_LEAVING}
    for number, kind in enumerate(sections.asks_for_a_person):
        if kind in leaving:
            yield ("asks_for_a_person", number), f"`{kind}` is how somebody leaves, not how they ask; {remedy}"
    for name, form in sections.forms.items():
        if form.asks_for_a_person and form.signal in leaving:
            yield (
                ("forms", name, "asks_for_a_person"),
                f"is true, but `signal: {form.signal}` is how somebody leaves; write another `signal`",
            )


def _caps_leave_the_points(sections: Sections) -> Iterator[Fault]:
    for number, rule in enumerate(sections.engagement):
        most = rule.at_most.points if rule.at_most else None
        highest = max((abs(points) for points in (rule.points, *rule.by_persona.values())), default=0)
        if most is not None and most < highest:
            yield (
                ("engagement", number, "at_most", "points"),
                f"{most} is below the {highest} points that the rule gives at once, so that nobody ever gets them; "
                f"write {highest} or more, or lower the rule's points",
            )


def _kinds_mean_one_thing(sections: Sections) -> Iterator[Fault]:
    for number, kind in enumerate(sections.subscribes):
        if kind in sections.unsubscribes:
            yield ("subscribes", number), f"`{kind}` stands in `unsubscribes`, too; take it out of one of them"


def _handoffs_have_a_reason(sections: Sections) -> Iterator[Fault]:
    if "sql" in sections.handoffs and sections.sql is None:
        yield (
            ("sql",),
            "is missing, so that `handoffs.sql` would hand nobody over; write it, such as `sql: {bant: all}`",
        )


def _lots_are_drawn_for_somebody(sections: Sections) -> Iterator[Fault]:
    if "audit" in sections.handoffs and sections.audit is None:
        yield ("audit",), "is missing, so that `handoffs.audit` would hand nobody over; write it, such as `{share: 5%}`"
    if sections.audit and "audit" not in sections.handoffs:
        yield ("handoffs", "audit"), "is missing; say who gets the leads that `audit` draws"


def _people_may_always(sections: Sections) -> Iterator[Fault]:
    if "manual" in sections.handoffs and sections.handoffs["manual"].unless is not None:
        yield ("handoffs", "manual", "unless"), "keeps nobody back: a person may hand any lead over; leave it out"


def _silence_wakes_nobody(sections: Sections) -> Iterator[Fault]:
    for loc, condition in all_conditions(sections):
        if loc[0] == "wakes" and getattr(condition, "silent_for", None) is not None:
            yield (
                (*loc, "silent_for"),
                "wakes nobody: a lead wakes by what it does; a parked lead comes back on its date",
            )


def _questions_differ(sections: Sections) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, question in enumerate(sections.marketing.checklist):
        if question.id in seen:
            yield ("marketing", "checklist", number), f"the id `{question.id}` stands twice; rename one"
        seen.add(question.id)


def _bands_differ(sections: Sections) -> Iterator[Fault]:
    for section in ("fit_bands", "engagement_bands"):
        first: dict[int, str] = {}
        for name, points in getattr(sections.score, section).items():
            if points in first:
                yield ("score", section, name), f"begins where {first[points]} does; give each its own points"
            first.setdefault(points, name)


def _in_points(score: Score) -> str:
    own = "; to count in points of the rules, write `scale: points` in `score`"
    return own if score.scale == "hundred" and score.full_score > score.top else ""


def _threshold_can_be_reached(sections: Sections) -> Iterator[Fault]:
    score = sections.score
    most = (score.fit.at_most + score.engagement.at_most) * score.top // score.full_score
    places: list[tuple[Loc, int]] = [(("threshold",), sections.threshold)]
    places += [(("thresholds", n, "threshold"), each.threshold) for n, each in enumerate(sections.thresholds)]
    if above := [(place, threshold) for place, threshold in places if threshold > score.top]:
        for place, threshold in above:
            yield place, f"{threshold} is too high; write {score.top} or less{_in_points(score)}"
        return
    if "score" in sections.handoffs and sections.threshold > most:
        yield (
            ("threshold",),
            f"no lead ever has more than {most} out of {score.top}, because of the limits and `full_score` in `score`; "
            "lower it, or raise `score.fit.at_most` or `score.engagement.at_most`",
        )


def _mql_comes_before_sales(sections: Sections) -> Iterator[Fault]:
    if sections.mql is None or "score" not in sections.handoffs:
        return
    least = condition_checks.least_score(sections.mql)
    if least is not None and least >= sections.threshold:
        yield (
            ("mql",),
            f"asks for a score of {least}, but from {sections.threshold} on a lead is handed over before anybody "
            "reviews it; ask for less than `threshold`",
        )


CHECKS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (_ids_differ, ()),
    (_groups_have_several_rules, ()),
    (_personas_exist, ("personas",)),
    (_weights_are_of_criteria, ()),
    (_teams_exist, ("teams",)),
    (_hours_exist, ("calendars",)),
    (_marketing_gets_no_leads, ("handoffs", "marketing")),
    (_somebody_answers_requests, ("handoffs",)),
    (_requests_come_from_people, ("asks_for_a_person", "unsubscribes", "from_person")),
    (_kinds_mean_one_thing, ("subscribes", "unsubscribes")),
    (_handoffs_have_a_reason, ("sql",)),
    (_lots_are_drawn_for_somebody, ("audit", "handoffs")),
    (_people_may_always, ("handoffs",)),
    (_silence_wakes_nobody, ("wakes",)),
    (_questions_differ, ()),
    (clock_checks.clocks_can_be_kept, ("calendars", "handoffs", "marketing")),
    (clock_checks.targets_can_be_compared, ("handoffs", "targets", "mql")),
    (_bands_differ, ()),
    (_threshold_can_be_reached, ("score", "threshold")),
    (_mql_comes_before_sales, ("threshold",)),
    (condition_checks.conditions_stay_small, ()),
    (condition_checks.names_exist, ("personas", "score")),
    (condition_checks.countries_exist, ()),
    (condition_checks.definitions_are_not_circular, ()),
    (calendar_checks.calendars_make_sense, ()),
    (attribute_checks.attributes_exist, ("attributes", "personas", "forms", "webhooks", "marketing")),
)
"""Each check with the sections that must be sound for it to run."""

CHECKS_OF_DRAFTS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (_leaving_asks_for_nobody, ("asks_for_a_person", "unsubscribes", "forms")),
    (_caps_leave_the_points, ()),
    (domain_checks.domains_can_be_met, ()),
    (domain_checks.places_of_criteria_exist, ()),
    (reachable_points.thresholds_can_be_reached, ("threshold", "thresholds", "score", "fit", "engagement", "handoffs")),
    (never_fires.rules_can_fire, ("score", "fit", "engagement", "threshold", "personas")),
)
"""The same for what keeps a rule from ever firing; who has signed such an agreement may go on with it."""
