"""Points as an agreement can say them: never fading, for target accounts, for addresses of free mail."""

from datetime import timedelta
from typing import Any

import pytest

from baton.domain.accounts.account import AccountMatch
from baton.domain.conditions.condition_wording import condition_in_words
from baton.domain.history.change import Change
from baton.domain.identity.company_domains import is_free_mail
from baton.domain.lead_changes.consequences import with_consequences
from baton.domain.lead_changes.fact_updates import FactUpdate, depends_on_account
from baton.domain.leads.person_facts import Profile
from baton.domain.qualification.score_ledger import explained_ledger
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing, standing_of
from baton.domain.signing.differences import difference_lines
from baton.domain.teams.roster import Roster
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with
from tests.unit.given import AGREEMENT, LEAD_ID, NOW
from tests.unit.standing import card, did, history_of, lead_after, standing, standing_after

DAY = timedelta(days=1)


def agreed(**sections: Any) -> Scorecard:
    """The shipped agreement with other sections; nothing else gives points."""
    changes = {"fit": [], "engagement": [], "personas": [], "content": [], **sections}
    return card(read_draft(shipped_document_with(*changes.items()), signed=True))


def visit(**more: Any) -> dict[str, Any]:
    return {"id": "visit", "points": 40, "signal": {"kind": "page_visited"}, **more}


FADING = {
    "as agreed for all": ({}, {"half_life": "30d"}, 20),
    "never": ({"half_life": "never"}, {"half_life": "30d"}, 40),
    "never, taken away": ({"half_life": "never", "points": -40}, {"half_life": "30d"}, -40),
    "its own time": ({"half_life": "15d"}, {"half_life": "30d"}, 10),
    "never for all": ({}, {"half_life": "never"}, 40),
    "never for all, its own time": ({"half_life": "30d"}, {"half_life": "never"}, 20),
    "never, until it expires": ({"half_life": "never", "expires_after": "30d"}, {"half_life": "30d"}, 0),
}


@pytest.mark.parametrize(("rule", "score", "points"), FADING.values(), ids=FADING.keys())
def test_points_fade_as_their_rule_says(rule: dict[str, Any], score: dict[str, Any], points: int) -> None:
    rules = agreed(engagement=[visit(**rule)], score=score)
    assert standing(did("page_visited", 30), rules=rules).earned() == points * 100


def test_many_points_that_never_fade_are_summed_up_without_loss() -> None:
    rules = agreed(engagement=[visit(half_life="never", points=1)], score={"half_life": "1d"})
    assert standing(*[did("page_visited", days) for days in range(60)], rules=rules).earned() == 60 * 100


def test_a_rule_whose_points_stop_fading_is_a_difference() -> None:
    old = read_draft(shipped_document_with(("engagement", [visit(half_life="7d")])))
    new = read_draft(shipped_document_with(("engagement", [visit(half_life="never")])))
    assert difference_lines(old, new) == ["engagement: visit half_life 7d → never"]


def test_a_half_life_in_another_word_is_a_fault() -> None:
    told = faults_of(shipped_document_with(("engagement", [visit(half_life="forever")])))
    assert "'forever' is not a duration" in told["engagement.visit.half_life"]


def target_points(when: dict[str, Any]) -> Scorecard:
    return agreed(fit=[{"id": "account", "points": 30, "when": when}])


ACCOUNTS = {
    "a target account": ({"target_account": True}, True, 30),
    "none": ({"target_account": True}, False, 0),
    "not a target account": ({"target_account": False}, False, 30),
    "one beside another fact": ({"target_account": True, "country": "DE"}, True, 30),
    "one in another country": ({"target_account": True, "country": "FR"}, True, 0),
    "one of two ways": ({"any": [{"target_account": True}, {"country": "FR"}]}, True, 30),
    "denied": ({"not": {"target_account": True}}, True, 0),
}


@pytest.mark.parametrize(("when", "is_target", "points"), ACCOUNTS.values(), ids=ACCOUNTS.keys())
def test_a_target_account_gives_points(when: dict[str, Any], is_target: bool, points: int) -> None:
    rules = target_points(when)
    known = history_of(did("page_visited", profile=Profile(country="DE")))
    then = standing_after(known, rules, is_target=is_target)
    assert then.fit == points * 100
    assert sum(line.points for line in then.ledger()) == then.total
    assert then.moment["score"] == points


def test_an_update_reads_the_account_if_fit_asks_for_it() -> None:
    update = FactUpdate(profile=Profile(title="CTO"))
    assert depends_on_account(update, target_points({"all": [{"target_account": True}]}).agreement)
    assert not depends_on_account(update, AGREEMENT)


FREE = "gmail.com yahoo.de outlook.com.br mail.t-online.de web.de gmx.net icloud.com qq.com proton.me hey.com GMAIL.com"
NOT_FREE = "acme.com outlook.acme.com gmail.acme.com bücher.de gmailx.com mail.salesforce.com localhost x"


@pytest.mark.parametrize("host", FREE.split())
def test_a_provider_of_mail_for_everybody_is_known(host: str) -> None:
    assert is_free_mail(host)


@pytest.mark.parametrize("host", [*NOT_FREE.split(), "", "..", "a" * 300])
def test_a_host_of_a_company_or_of_nobody_is_no_free_mail(host: str) -> None:
    assert not is_free_mail(host)


def of(email: str, rules: Scorecard) -> Standing:
    return standing(did("page_visited", email=email), rules=rules)


def test_an_address_of_free_mail_costs_points_and_is_told_in_words() -> None:
    rules = agreed(fit=[{"id": "private", "points": -20, "when": {"free_mail": True}}])
    assert [of(email, rules).fit for email in ("a@gmail.com", "a@acme.com")] == [-2000, 0]
    assert condition_in_words({"free_mail": True}) == "having an address of a free mail provider"


def test_signals_are_counted_again_when_another_address_is_written_to() -> None:
    rules = agreed(engagement=[visit(when={"free_mail": False})])
    assert rules.basis == ["email_domain"]
    assert [of(email, rules).earned() for email in ("a@gmail.com", "a@acme.com")] == [0, 4000]


def test_points_for_a_target_account_stand_in_what_is_shown_without_reading_the_account() -> None:
    rules, lead = target_points({"target_account": True}), lead_after(history_of(did("page_visited")))
    listed = lead.model_copy(update={"account": AccountMatch(domain="acme.com", matched_by="domain")})
    assert [standing_of(each, rules, NOW).fit for each in (lead, listed)] == [0, 3000]


def seniority(*more: dict[str, Any], **of_all: Any) -> list[dict[str, Any]]:
    ranks = {"high": (30, "chief"), "medium": (20, "head|chief"), "low": (10, "manager|head|chief")}
    return [
        *(
            {"id": name, "points": points, "best_of": "seniority", "when": {"title": {"matches": pattern}}, **of_all}
            for name, (points, pattern) in ranks.items()
        ),
        *more,
    ]


GERMAN = {"id": "home", "points": 5, "when": {"country": "DE"}}
WORST = [
    {"id": "student", "points": -50, "best_of": "kind", "when": {"title": {"matches": "student"}}},
    {"id": "assistant", "points": -20, "best_of": "kind", "when": {"title": {"matches": "assistant"}}},
]
SAME = [
    {"id": name, "points": 7, "best_of": "kind", "when": {"title": {"known": True}}} for name in ("first", "second")
]
VALUES = [
    {"id": "cto", "points": 9, "best_of": "kind", "when": {"title": "cto"}},
    {"id": "known", "points": 4, "best_of": "kind", "when": {"title": {"known": True}}},
]
GROUPS: dict[str, tuple[list[dict[str, Any]], str, dict[str, int]]] = {
    "the best of three": (seniority(), "Chief of staff", {"high": 30, "medium": 0, "low": 0}),
    "the best of two": (seniority(), "Head of IT", {"medium": 20, "low": 0}),
    "the only one": (seniority(), "Manager", {"low": 10}),
    "none": (seniority(), "Clerk", {}),
    "beside a rule of no group": (seniority(GERMAN), "Head of IT", {"medium": 20, "low": 0, "home": 5}),
    "the least bad": (WORST, "Student assistant", {"student": 0, "assistant": -20}),
    "of equals the first": (SAME, "CTO", {"first": 7, "second": 0}),
    "one found by its value": (VALUES, "CTO", {"cto": 9, "known": 0}),
    "two groups": ([*seniority(), *VALUES], "Chief", {"high": 30, "medium": 0, "low": 0, "known": 4}),
}


@pytest.mark.parametrize(("fit", "title", "points"), GROUPS.values(), ids=GROUPS.keys())
def test_of_a_group_only_the_best_counts(fit: list[dict[str, Any]], title: str, points: dict[str, int]) -> None:
    known = did("page_visited", profile=Profile(title=title, country="DE"))
    then = standing(known, rules=agreed(fit=fit, score={"fit": {"at_least": -1000}}))
    assert {line.rule: line.points // 100 for line in then.fit_entries} == points
    assert then.fit == sum(points.values()) * 100
    assert sum(line.points for line in then.ledger()) == then.total


def test_the_ledger_says_why_a_rule_of_a_group_does_not_count() -> None:
    then = standing(did("page_visited", profile=Profile(title="Head of IT")), rules=agreed(fit=seniority()))
    notes = {entry.rule: (entry.awarded, entry.points, entry.note) for entry in explained_ledger(then)}
    assert notes == {"medium": (2000, 2000, None), "low": (1000, 0, "of seniority only the best counts")}


def test_the_points_of_a_persona_decide_which_is_best() -> None:
    buyer = {"id": "buyer", "label": "Buyer", "criteria": {"country": "DE"}}
    fit = [*seniority()[:1], {**seniority()[1], "by_persona": {"buyer": 40}}]
    known = did("page_visited", profile=Profile(title="Chief", country="DE"))
    then = standing(known, rules=agreed(fit=fit, personas=[buyer]))
    assert {line.rule: line.points for line in then.fit_entries} == {"high": 0, "medium": 4000}


def test_what_becomes_known_later_counts_as_far_as_it_is_best() -> None:
    rules = agreed(fit=seniority())
    known = history_of(did("page_visited", 3, profile=Profile(title="Chief")))
    then = standing_after(known, rules)
    assert then.learned_points(0) == 3000


def test_a_group_of_one_rule_is_a_fault() -> None:
    misspelt = [*seniority(), {**GERMAN, "best_of": "seniorty"}]
    told = faults_of(shipped_document_with(("fit", misspelt)))
    assert "no other rule is `best_of: seniorty` (others: seniority)" in told["fit.home.best_of"]


def test_a_rule_that_joins_a_group_is_a_difference() -> None:
    old = read_draft(shipped_document_with(("fit", [*seniority(), GERMAN])))
    new = read_draft(shipped_document_with(("fit", [*seniority(), {**GERMAN, "best_of": "seniority"}])))
    assert difference_lines(old, new) == ["fit: home best_of none → seniority"]


@pytest.mark.parametrize(("is_target", "happened"), [(None, []), (False, []), (True, ["LeadQualified"])])
def test_a_command_that_does_not_read_the_list_knows_a_target_account_by_the_last_signal(
    is_target: bool | None, happened: list[str]
) -> None:
    rules = agreed(fit=[{"id": "account", "points": 30, "when": {"target_account": True}}], mql={"score": 30})
    change = Change.begin(lead_after(history_of(did("page_visited"))), LEAD_ID).then([], NOW, "sam@sales.example.com")
    after = with_consequences(
        change, rules, None, NOW, history=list, roster=lambda _team: Roster(()), is_target=is_target
    )
    assert [event.type for event in after.happened][:1] == happened
