"""The rules of an agreement as they are stored: plain data, which the domain compiles into functions.

A draft's clauses (`agreement/document`) become this once, when it is drafted; no request pays for that. Durations are
seconds, points are whole numbers, a condition spells out every test (`{"title": {"is": "cto"}}`, never
`{"title": "cto"}`), and a list that may be empty is there.
"""

from typing import Any, Literal, NotRequired, TypedDict

Reconsidered = Literal[
    "title",
    "country",
    "region",
    "company",
    "company_domain",
    "industry",
    "employees",
    "revenue",
    "company_country",
    "infrastructure",
]
"""A fact of a lead whose change may bring a disqualified lead back into review."""

USUALLY_RECONSIDERED: tuple[Reconsidered, ...] = (
    "title",
    "company",
    "company_domain",
    "industry",
    "employees",
    "revenue",
    "country",
    "company_country",
)

USUALLY_SUBSCRIBING = ("subscribed", "resubscribed", "subscription_confirmed")
"""The kinds of signals by which a tool says that somebody wants mails."""

Condition = dict[str, Any]
"""A condition: all of its keys must hold. An empty one always holds.

`all`, `any`: lists of conditions; `not`: one condition.
Texts (TextTest): title, country, region, language, email_domain, company, company_domain, industry, company_country,
    infrastructure, channel, source, campaign, stage, persona, funnel, fit_band, engagement_band,
    and the answers authority, need, timeline.
Numbers (NumberTest): employees, revenue, budget, score, fit, engagement.
Yes or no (a bool): target_account, asked_for_a_person, disposable_address, free_mail.
`attributes.<name>`: a TextTest, a NumberTest or a bool, by the attribute's kind.
`bant`: {"met": [names]} all of these are met, or {"at_least": n} so many of the four are.
`age`, `silent_for`: {"at_least": seconds, "at_most": seconds}, since the lead is known, and since it last did anything.
`signals`: a SignalsTest.   `shifted`: {"within": seconds}, from orientation to buying.
"""

ATTRIBUTE = "attributes."
"""What stands before the name of an agreement's own fact, where it stands among others: `attributes.plan`."""

TextTest = dict[str, Any]
"""`is` (text), `one_of` (texts), `matches` (regular expression), `known` (bool); all of those given, in any case."""

NumberTest = dict[str, Any]
"""`is`, `one_of`, `between` ([low, high], both included), `at_least`, `at_most`, `known`; all of those given."""

SignalMatch = dict[str, TextTest]
"""Tests of a signal, all of which hold: kind, form, channel, source, campaign, content, content_topic, content_stage,
content_title, and `properties.<name>`, which may have a NumberTest. An empty one matches every signal."""

SumTest = dict[str, Any]
"""`of` (the name of a property), and `at_least` or `at_most` or both, for what its values add up to."""


class SignalsTest(TypedDict):
    """A test of the number of matching signals (`at_least`, `at_most`), in the last `within` seconds or ever.

    With `distinct` (a name of SignalMatch), different values are counted instead of signals. `sum` adds up a property.
    """

    match: SignalMatch
    at_least: NotRequired[int]
    at_most: NotRequired[int]
    within: NotRequired[int]
    distinct: NotRequired[str]
    sum: NotRequired[SumTest]


class Cap(TypedDict):
    """The most a rule gives: so many times or points, in any `per` seconds or ever; for each content, if `each` is."""

    times: NotRequired[int]
    points: NotRequired[int]
    per: NotRequired[int]
    each: NotRequired[str]


class FitRule(TypedDict):
    """Points for what a lead is; of the rules with the same `best_of` only the one with the most points counts."""

    id: str
    points: int
    by_persona: dict[str, int]
    when: Condition
    best_of: NotRequired[str]


class EngagementRule(TypedDict):
    """Points for a lead's signals: for each one that matches, if `when` holds with that signal counted."""

    id: str
    points: int
    by_persona: dict[str, int]
    signal: SignalMatch
    when: Condition
    at_most: NotRequired[Cap]
    half_life: NotRequired[int | Literal["never"]]
    expires_after: NotRequired[int]
    never_fades: NotRequired[bool]


class Band(TypedDict):
    """A name for a score from `at_least` points up; bands come highest first, the last begins anywhere."""

    name: str
    at_least: int


class Criterion(TypedDict):
    """One criterion of a persona: the fact to test, its weight, and the condition."""

    about: str
    weight: int
    when: Condition


class Persona(TypedDict):
    """A kind of buyer; a lead is one from a match of `counts_from` percent up."""

    id: str
    label: str
    counts_from: int
    criteria: list[Criterion]


class Content(TypedDict):
    """Something that leads can read."""

    id: str
    title: str
    topic: str
    stage: str
    personas: list[str]


class ThresholdFor(TypedDict):
    """Another threshold for leads of some kind."""

    id: str
    when: Condition
    threshold: int


class Wake(TypedDict):
    """The conditions under which a parked or a disqualified lead goes back to review early."""

    parked: Condition | None
    disqualified: Condition | None


class NeverRule(TypedDict):
    """Leads that never go to sales: `then` is nurture, disqualify, review, or team, which gets them instead."""

    id: str
    label: str
    when: Condition
    then: str
    team: str | None


class Targets(TypedDict):
    """What is to be reached: by the clock's name, the percentage kept in time; leads a month that get so far."""

    in_time: dict[str, int]
    per_month: dict[str, int]


class Audit(TypedDict):
    """Of the leads that nothing hands over, `share` percent go to sales, by lot, once known for `after` seconds."""

    share: int
    after: int
    seed: int


class Question(TypedDict):
    """A question of marketing's checklist; it is answered with yes if `yes_if` holds for the lead."""

    id: str
    question: str
    needed: bool
    yes_if: Condition | None


class WebhookNames(TypedDict):
    """A marketing tool's names: its events to kinds of signals, its fields to Baton's, its pages to content."""

    events: NotRequired[dict[str, str]]
    fields: NotRequired[dict[str, str]]
    content: NotRequired[dict[str, str]]


class Attribute(TypedDict):
    """A fact of one's own: its kind (text, number, choice, yes/no), its label, and what may be chosen."""

    kind: str
    label: str
    choices: NotRequired[list[str]]


class Rules(TypedDict):
    """All rules that score and qualify a lead; teams, clocks and forms are in other parts of the agreement."""

    threshold: int
    thresholds: list[ThresholdFor]
    full_score: int
    scale: NotRequired[str]
    recycled_leads_earn: int
    fit_limits: list[int]
    engagement_limits: list[int]
    half_life: int | None
    fit: list[FitRule]
    engagement: list[EngagementRule]
    fit_bands: list[Band]
    engagement_bands: list[Band]
    personas: list[Persona]
    content: list[Content]
    funnel_memory: int
    bant: dict[str, Condition]
    mql: Condition | None
    sql: Condition | None
    asks_for_a_person: list[str]
    wakes: Wake
    checklist: list[Question]
    reconsider: list[str]
    quiet_period: int
    form_handoffs: NotRequired[int]
    known_by_name: NotRequired[str]
    hold_for: int
    unsubscribes: NotRequired[list[str]]
    subscribes: NotRequired[list[str]]
    from_person: NotRequired[dict[str, bool]]
    webhooks: NotRequired[dict[str, WebhookNames]]
    attributes: NotRequired[dict[str, Attribute]]
    never: NotRequired[list[NeverRule]]
    targets: NotRequired[Targets]
    audit: NotRequired[Audit]


def top_score(rules: Rules) -> int:
    """Returns the highest score: 100, or the full score where scores are counted in points of the rules."""
    return rules["full_score"] if rules.get("scale") == "points" else 100


USUAL: dict[str, Any] = {
    "scale": "hundred",
    "form_handoffs": 3,
    "known_by_name": "handoff",
    "subscribes": list(USUALLY_SUBSCRIBING),
}
"""What holds where stored rules do not say it: they leave out what is as it always was."""

NOTHING_SCORES: Rules = {
    "threshold": 100,
    "thresholds": [],
    "full_score": 100,
    "recycled_leads_earn": 50,
    "fit_limits": [-1_000_000, 1_000_000],
    "engagement_limits": [-1_000_000, 1_000_000],
    "half_life": None,
    "fit": [],
    "engagement": [],
    "fit_bands": [],
    "engagement_bands": [],
    "personas": [],
    "content": [],
    "funnel_memory": 90 * 86_400,
    "bant": {},
    "mql": None,
    "sql": None,
    "asks_for_a_person": [],
    "wakes": {"parked": None, "disqualified": None},
    "checklist": [],
    "reconsider": list(USUALLY_RECONSIDERED),
    "quiet_period": 7 * 86_400,
    "hold_for": 30 * 86_400,
    "unsubscribes": ["unsubscribed"],
    "webhooks": {},
}
"""The rules of an agreement stored before there were rules: only leads that ask for a person go to sales."""
