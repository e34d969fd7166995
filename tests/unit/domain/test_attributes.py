"""Attributes, an agreement's own facts: defined, asked, told by forms, tools, lists and staff, shown and kept."""

import json
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.terms.agreement import Agreement
from baton.aws.leads.lead_views import attributes_view, lead_view
from baton.domain.basics.refusals import WrongField
from baton.domain.conditions.attribute_values import attribute_value
from baton.domain.conditions.compiled_conditions import Moment, compile_condition
from baton.domain.conditions.condition_wording import condition_in_words, missing_in_words
from baton.domain.history.change import Change
from baton.domain.history.differing_words import differing_words
from baton.domain.history.lead_facts import condition_facts
from baton.domain.history.lead_fold import fold
from baton.domain.history.merged_view import merged_facts
from baton.domain.lead_changes.fact_updates import FactUpdate, update_facts, with_agreed_attributes
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.assessment import review_requests
from baton.domain.review.checklist import answered_checklist
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing, standing_of
from baton.domain.signals.signal_recording import Signal, record_signal
from baton.domain.signing.differences import difference_lines
from baton.domain.trust.speakers import Speaker
from baton.intake.leads.update_reader import read_update
from baton.intake.webhooks.parsing.sorted_answers import SortedAnswers
from baton.intake.webhooks.parsing.tool_names import ToolNames
from baton.outreach.csv.leads_csv import leads_csv
from baton.outreach.mails.score_sections import persona_and_bant
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with, shipped_text_with
from tests.unit.agreement.test_shipped_agreements import schema_faults
from tests.unit.given import LEAD_ID, NOW
from tests.unit.intake.deliveries import signals_of
from tests.unit.intake.imports.test_row_signals import rows
from tests.unit.intake.sent_forms import as_json, read
from tests.unit.intake.sent_signals import message_of
from tests.unit.standing import DAY, card, did

AGREED: dict[str, Any] = {
    "plan": {"kind": "choice", "choices": ["Free", "Team", "Pro"], "label": "Their plan"},
    "seats": {"kind": "number"},
    "has_crm": {"kind": "yes/no", "label": "Has a CRM"},
    "use_case": {},
}


def agreement(**sections: Any) -> Agreement:
    changes = {"attributes": AGREED, "fit": [], "engagement": [], "personas": [], "content": [], **sections}
    return read_draft(shipped_document_with(*changes.items()), signed=True)


DEFINED = agreement()
KINDS = AgreedKinds.of(DEFINED.rules)


def sent(days_ago: float = 0, **attributes: Any) -> Signal:
    return did("plan_changed", days_ago, properties={f"attributes.{name}": said for name, said in attributes.items()})


def history(*signals: Signal, lead: Change | None = None, kinds: AgreedKinds = KINDS) -> Change:
    change = lead or Change.begin(None, LEAD_ID)
    for signal in signals:
        change = change.then(record_signal(change.after, signal, 1, NOW, kinds), NOW, "tool")
    return change


def known(*signals: Signal, kinds: AgreedKinds = KINDS) -> Lead:
    lead = history(*signals, kinds=kinds).after
    assert lead is not None
    return lead


KEPT: list[tuple[str, Any, Any]] = [
    ("plan", "pro", "Pro"),
    ("plan", "  PRO ", "Pro"),
    ("plan", "gold", None),
    ("plan", "", None),
    ("plan", True, None),
    ("seats", 12, 12),
    ("seats", "12", 12),
    ("seats", "12.0", 12),
    ("seats", "12.5", 12.5),
    ("seats", "1,200", 1200),
    ("seats", "51-200", None),
    ("seats", "many", None),
    ("seats", True, None),
    ("seats", 1e300, None),
    ("has_crm", True, True),
    ("has_crm", "Yes", True),
    ("has_crm", "nein", False),
    ("has_crm", 0, False),
    ("has_crm", "perhaps", None),
    ("use_case", "Handing  over\nleads", "Handing over leads"),
    ("use_case", 7, "7"),
    ("use_case", "x" * 201, None),
    ("use_case", "", None),
    ("budget_owner", "Anna", None),
]


@pytest.mark.parametrize(("name", "said", "kept"), KEPT)
def test_what_a_signal_tells_of_an_attribute_is_kept_by_its_kind(name: str, said: Any, kept: Any) -> None:
    assert known(sent(**{name: said})).attributes == ({} if kept is None else {name: kept})


def test_a_property_of_the_same_name_is_no_attribute() -> None:
    assert known(did("plan_changed", properties={"plan": "Pro"})).attributes == {}


def test_the_later_word_counts_in_whichever_order_it_arrives() -> None:
    early, late = sent(3, plan="free", seats=3), sent(1, plan="pro")
    for order in ((early, late), (late, early)):
        assert known(*order).attributes == {"plan": "Pro", "seats": 3}


def test_folding_gives_the_stored_lead() -> None:
    change = history(sent(3, plan="free"), sent(1, seats="12"))
    assert fold(list(change.events)) == change.after
    stored = known(sent(plan="pro", has_crm="no"))
    assert Lead.model_validate_json(stored.model_dump_json()) == stored


CONDITIONS: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({"plan": "pro"}, {"plan": "Pro"}, True),
    ({"plan": ["Team", "pro"]}, {"plan": "Free"}, False),
    ({"plan": {"known": False}}, {}, True),
    ({"seats": {"at_least": 10}}, {"seats": 10}, True),
    ({"seats": {"at_least": 10}}, {"seats": 9.5}, False),
    ({"seats": {"at_least": 10}}, {}, False),
    ({"seats": 12}, {"seats": "12.0"}, True),
    ({"seats": [1, 12]}, {"seats": 12}, True),
    ({"has_crm": True}, {"has_crm": "ja"}, True),
    ({"has_crm": False}, {"has_crm": False}, True),
    ({"has_crm": False}, {}, False),
    ({"has_crm": True}, {}, False),
    ({"use_case": {"matches": "hand.?over"}}, {"use_case": "A handover"}, True),
    ({"plan": "Pro", "seats": {"at_most": 5}}, {"plan": "Pro", "seats": 9}, False),
]


@pytest.mark.parametrize(("asked", "told", "holds"), CONDITIONS)
def test_fit_asks_for_attributes(asked: dict[str, Any], told: dict[str, Any], holds: bool) -> None:
    rules = card(agreement(fit=[{"id": "own", "points": 10, "when": {"attributes": asked}}]))
    then = standing_of(known(sent(**told)), rules, NOW)
    assert then.fit == (1000 if holds else 0)
    condition = rules.rules["fit"][0]["when"]
    assert bool(missing_in_words(condition, then.moment, {})) is not holds


def test_every_place_with_conditions_asks_for_attributes() -> None:
    pro = {"attributes": {"plan": "pro"}}
    rules = card(
        agreement(
            mql=pro,
            sql={"any": [pro, {"bant": "all"}]},
            thresholds=[{"id": "pro", "when": pro, "threshold": 40}],
            territories=[{"id": "pro", "when": pro}],
            wakes={"parked": pro},
            personas=[{"id": "buyer", "label": "Buyer", "criteria": pro, "weights": {"attributes.plan": 2}}],
            engagement=[{"id": "visit", "points": 5, "signal": {"kind": "plan_changed"}, "when": pro}],
            **{"marketing.checklist": [{"id": "pro", "question": "Pro?", "yes_if": pro}]},
        )
    )
    lead = known(sent(plan="pro"))
    then = Standing(lead, rules, SignalCounts(1), 1)
    assert (then.threshold, then.counted_persona) == (40, "buyer")
    assert rules.mql is not None
    assert rules.mql(then.moment)
    assert rules.territories[0][0](then.moment)
    assert rules.wakes["parked"](then.moment)
    assert rules.basis == ["attributes.plan"]
    assert condition_in_words(rules.rules["mql"] or {}) == "plan pro"


def test_attributes_are_told_in_words() -> None:
    asked = {"attributes.has_crm": False, "attributes.seats": {"at_least": 10}, "attributes.use_case": {"is": "x"}}
    assert condition_in_words(asked) == "has crm no, and seats at least 10, and use case x"
    moment = Moment(condition_facts(known(sent(has_crm=True, seats=4))), SignalCounts(1), 0)
    assert missing_in_words(asked, moment, {}) == [
        "has crm no (it is yes)",
        "seats at least 10 (it is 4)",
        "use case x (it is not known)",
    ]


@pytest.mark.parametrize(
    ("stored", "test", "holds"),
    [
        ("12", {"at_least": 10}, True),
        ("many", {"at_least": 10}, False),
        (True, {"at_least": 0}, False),
        (12, {"is": "12"}, True),
        (True, {"is": "yes"}, True),
        ("yes", True, True),
        (1, True, True),
        (3, True, False),
    ],
)
def test_a_value_of_another_kind_from_an_earlier_agreement_is_read_as_asked(
    stored: Any, test: Any, holds: bool
) -> None:
    moment = Moment({"attributes.own": stored}, SignalCounts(1), 0)
    assert compile_condition({"attributes.own": test}, {})(moment) is holds


FAULTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "not agreed": ({"mql": {"attributes": {"plann": "x"}}}, "mql.attributes.plann", "there is no attribute `plann`"),
    "a choice": ({"mql": {"attributes": {"plan": "gold"}}}, "mql.attributes.plan", "there are Free, Team, Pro"),
    "a text for a number": ({"mql": {"attributes": {"seats": "ten"}}}, "mql.attributes.seats", "of the kind number"),
    "a number for a text": ({"mql": {"attributes": {"use_case": 3}}}, "mql.attributes.use_case", "of the kind text"),
    "a text for a truth": ({"mql": {"attributes": {"has_crm": "yes"}}}, "mql.attributes.has_crm", "true or false"),
    "a truth for a choice": ({"mql": {"attributes": {"plan": True}}}, "mql.attributes.plan", "of the kind choice"),
    "none": ({"mql": {"attributes": {}}}, "mql.attributes", "at least 1"),
    "in a persona": (
        {"personas": [{"id": "p", "label": "P", "criteria": {"attributes": {"x": "y"}}}], "content": []},
        "personas.p.criteria.attributes.x",
        "there is no attribute `x`",
    ),
    "nested": ({"mql": {"not": {"attributes": {"x": "y"}}}}, "mql.not.attributes.x", "no attribute `x`"),
    "of a form": (
        {"forms.consultation.fields.x": {"attribute": "x"}},
        "forms.consultation.fields.x.attribute",
        "no attribute `x`",
    ),
    "of a consent": (
        {"forms.consultation.fields.newsletter.attribute": "plan"},
        "forms.consultation.fields.newsletter",
        "tells no attribute",
    ),
    "of a tool": (
        {"webhooks.hubspot.fields.tier": "attributes.tier"},
        "webhooks.hubspot.fields.tier",
        "no attribute `tier`",
    ),
    "to reconsider": (
        {"marketing.reconsider": ["title", "attributes.x"]},
        "marketing.reconsider.1",
        "no attribute `x`",
    ),
    "choices of a number": ({"attributes.seats.choices": ["1"]}, "attributes.seats", "needs `choices`"),
    "a choice of none": ({"attributes.plan": {"kind": "choice"}}, "attributes.plan", "needs `choices`"),
    "a choice twice": ({"attributes.plan.choices": ["Pro", "pro"]}, "attributes.plan", "the same choice twice"),
    "a known fact": ({"attributes.title": {}}, "attributes.title", "choose another"),
    "a kind": ({"attributes.plan.kind": "date"}, "attributes.plan.kind", "write 'text'"),
    "a name": ({"attributes.Their plan": {}}, "attributes.Their plan", "is no name"),
}


@pytest.mark.parametrize(("changes", "place", "why"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_with_attributes_is_named(changes: dict[str, Any], place: str, why: str) -> None:
    told = faults_of(shipped_document_with(("attributes", {**AGREED}), *_copied(changes)))
    assert why in told[place]


def _copied(changes: dict[str, Any]) -> list[tuple[str, Any]]:
    return [("attributes", {name: dict(terms) for name, terms in AGREED.items()}), *changes.items()]


def test_changed_attributes_are_differences() -> None:
    other = {**AGREED, "plan": {**AGREED["plan"], "choices": ["Free", "Pro"]}, "region_of_sales": {"label": "Region"}}
    other.pop("use_case")
    lines = difference_lines(DEFINED, agreement(attributes=other))
    assert [line for line in lines if line.startswith("attributes")] == lines
    assert len(lines) == 3


def test_a_form_tells_an_attribute_and_leaves_it_out_of_the_message() -> None:
    fields = {
        "forms.consultation.fields.plan": {},
        "forms.consultation.fields.team_size": {"attribute": "seats"},
        "forms.consultation.fields.colour": {},
    }
    form = read_draft(shipped_document_with(("attributes", AGREED), *fields.items())).forms["consultation"]
    answers = {"email": "a@acme.com", "plan": "pro", "team_size": "12", "colour": "red"}
    signal = read(as_json(answers), form=form).submission
    assert signal.message == "colour: red"
    assert known(signal).attributes == {"plan": "Pro", "seats": 12}


def test_a_tool_tells_an_attribute_by_its_own_name_for_it() -> None:
    (signal,) = signals_of("typeform", TYPEFORM.encode(), fields={"tier": "attributes.plan"})
    assert known(signal).attributes == {"plan": "Team"}


TYPEFORM = """{"event_id": "1", "event_type": "form_response", "form_response": {"form_id": "f", "token": "t",
  "submitted_at": "2026-11-24T09:00:00Z", "definition": {"title": "x", "fields": []}, "answers": [
  {"type": "email", "email": "a@acme.com", "field": {"id": "x", "type": "email", "ref": "mail"}},
  {"type": "text", "text": "team", "field": {"id": "y", "type": "short_text", "ref": "tier"}}]}}"""


def test_a_list_tells_attributes_by_its_mapping_and_by_their_own_names() -> None:
    table = "E-Mail,Tier,attributes.seats\na@acme.com,team,12\nb@acme.com,gold,many\n"
    read_rows = rows(table, mapping={"Tier": "attributes.plan"})
    told = [known(row.message.signal).attributes for row in read_rows if row.message]
    assert told == [{"plan": "Team", "seats": 12}, {}]


def update(**attributes: Any) -> FactUpdate:
    return with_agreed_attributes(read_update(json.dumps({"attributes": attributes}).encode()), DEFINED)


def test_staff_puts_down_and_strikes_out_attributes() -> None:
    lead = known(sent(plan="free", seats=3))
    (event,) = update_facts(lead, update(plan="PRO", seats=None, has_crm=True))
    assert event.fields == ("attributes.plan", "attributes.has_crm", "attributes.seats")  # type: ignore[union-attr]
    after = history(sent(plan="free", seats=3)).then([event], NOW + timedelta(hours=1), "maria@example.com").after
    assert after is not None
    assert after.attributes == {"plan": "Pro", "has_crm": True}
    assert update_facts(after, update(plan="pro", seats=None)) == []


@pytest.mark.parametrize(
    ("attributes", "field", "why"),
    [
        ({"plan": "gold"}, "attributes.plan", "there are Free, Team, Pro"),
        ({"seats": "many"}, "attributes.seats", "is no number"),
        ({"has_crm": "perhaps"}, "attributes.has_crm", "neither yes nor no"),
        ({"use_case": "x" * 300}, "attributes.use_case", "no text of 1 to 200"),
        ({"colour": "red"}, "attributes.colour", "there are plan, seats, has_crm, use_case"),
    ],
)
def test_what_staff_cannot_put_down_is_refused(attributes: dict[str, Any], field: str, why: str) -> None:
    with pytest.raises(WrongField, match=why) as refused:
        update(**attributes)
    assert refused.value.field == field


def test_an_attribute_that_an_agreement_drops_stays_shown_and_can_be_struck_out() -> None:
    lead = known(sent(plan="pro", seats=3))
    dropped: Scorecard = card(agreement(attributes={"seats": AGREED["seats"]}))
    view = attributes_view(standing_of(lead, dropped, NOW))
    assert view["plan"] == {"value": "Pro", "label": "plan", "kind": None, "agreed": False}
    assert view["seats"] == {"value": 3, "label": "seats", "kind": "number", "agreed": True}
    wanted = with_agreed_attributes(read_update(b'{"attributes": {"plan": null}}'), dropped.agreement)
    assert [event.fields for event in update_facts(lead, wanted)] == [("attributes.plan",)]  # type: ignore[union-attr]


def test_a_changed_attribute_puts_a_bad_fit_up_for_review() -> None:
    rules = card(agreement(**{"marketing.reconsider": ["attributes.plan"]}))
    before = known(sent(2, plan="free")).model_copy(update={"status": Status.DISQUALIFIED, "status_since": NOW - DAY})
    change = Change.begin(before, LEAD_ID).then(record_signal(before, sent(plan="pro"), 1, NOW, KINDS), NOW, "tool")
    assert change.after is not None
    (review,) = review_requests(change.after, standing_of(change.after, rules, NOW), before)
    assert review.why == "did not fit, and something has changed since: plan"  # type: ignore[union-attr]


def test_the_checklist_says_what_is_known_of_an_attribute() -> None:
    asked = [{"id": "pro", "question": "Pro?", "yes_if": {"attributes": {"plan": "pro", "has_crm": True}}}]
    rules = card(agreement(**{"marketing.checklist": asked}))
    (question,) = answered_checklist(standing_of(known(sent(plan="pro", has_crm=True)), rules, NOW))
    assert (question.answer, question.because) == (True, "has crm: yes, plan: Pro")


def test_a_list_may_have_the_same_attribute_on_all_lines() -> None:
    (row,) = rows("E-Mail\na@acme.com\n", constants={"attributes.plan": "Pro"})
    assert row.message
    assert known(row.message.signal).attributes == {"plan": "Pro"}


def test_a_signal_of_the_api_tells_attributes() -> None:
    told = message_of(properties={"attributes.plan": "team", "attributes.seats": 7, "attributes.has_crm": False})
    assert known(told.signal).attributes == {"plan": "Team", "seats": 7, "has_crm": False}


def test_leads_that_are_merged_fill_each_others_gaps() -> None:
    lead, other = known(sent(plan="pro")), known(sent(plan="free", seats=3))
    changes = merged_facts(lead, FactSnapshot.of(other), 9)
    assert changes["attributes"] == {"plan": "Pro", "seats": 3}
    assert changes["learned"]["attributes.seats"][1] == 9


def test_attributes_are_shown_in_the_api_the_list_and_the_mail() -> None:
    lead, rules = known(sent(plan="pro", has_crm=True, seats=1200)), card(DEFINED)
    view = lead_view(standing_of(lead, rules, NOW), NOW)
    assert view["attributes"]["plan"] == {"value": "Pro", "label": "Their plan", "kind": "choice", "agreed": True}
    header, row = leads_csv([lead], rules, NOW).splitlines()
    assert header.endswith("lead_id,attributes.plan,attributes.seats,attributes.has_crm,attributes.use_case")
    assert row.endswith(",Pro,1200,yes,")
    assert persona_and_bant(lead, rules)[-3:] == ["Their plan: Pro", "seats: 1,200", "Has a CRM: yes"]


def test_a_long_word_is_no_value() -> None:
    assert attribute_value({"kind": "number"}, "9" * 5000) is None
    assert attribute_value({"kind": "text"}, " " * 5000) is None


def test_an_editors_schema_knows_the_words_for_attributes_numbers_groups_and_scales() -> None:
    fit = [
        {"id": "a", "points": 100, "best_of": "x", "when": {"attributes": {"plan": ["Pro"], "seats": {"at_least": 3}}}},
        {"id": "b", "points": 90, "best_of": "x", "when": {"free_mail": True, "target_account": True}},
    ]
    watched = {"match": {"kind": "v"}, "sum": {"of": "seconds", "at_least": 600.5}, "within": "30d"}
    signal = {"kind": "v", "properties.seconds": {"at_least": 3}, "properties.n": [1, 2], "properties.t": "x"}
    rule = {"id": "e", "points": 100, "half_life": "never", "signal": signal, "when": {"signals": watched}}
    text = shipped_text_with(
        ("attributes", AGREED),
        ("threshold", 140),
        ("score", {"full_score": 200, "scale": "points", "half_life": "never"}),
        ("fit", fit),
        ("engagement", [rule]),
        ("marketing.reconsider", ["title", "attributes.plan"]),
        ("webhooks.hubspot.fields.tier", "attributes.plan"),
        ("forms.consultation.fields.size", {"attribute": "seats"}),
    )
    assert schema_faults(text) == []
    assert read_draft(text).rules["scale"] == "points"


def heard(lead: Lead | None, way: str, days: int, **attributes: Any) -> Lead:
    """The lead after somebody told attributes, some days from now."""
    ways: dict[str, dict[str, Any]] = {
        "form": {"form": "consultation", "source": "website"},
        "tool": {"source": "hubspot", "speaker": Speaker.TOOL},
        "list": {"source": "expo", "existing": "fill", "speaker": Speaker.LIST},
    }
    at = NOW + days * DAY
    signal = sent(-days, **attributes).model_copy(update=ways[way])
    after = Change.begin(lead, LEAD_ID).then(record_signal(lead, signal, 1, at, KINDS), at, way).after
    assert after is not None
    return after


TRUST: dict[str, tuple[str, str, str, bool]] = {
    "a form after a tool": ("tool", "form", "Free", True),
    "a form after a form": ("form", "form", "Free", True),
    "a tool after a form": ("form", "tool", "Pro", True),
    "a tool after a tool": ("tool", "tool", "Pro", False),
    "a list that fills gaps": ("tool", "list", "Free", True),
}


@pytest.mark.parametrize(("first", "then", "stands", "shown"), TRUST.values(), ids=TRUST.keys())
def test_who_is_trusted_less_replaces_no_attribute(first: str, then: str, stands: str, shown: bool) -> None:
    lead = heard(heard(None, first, 0, plan="free"), then, 1, plan="pro")
    assert lead.attributes == {"plan": stands}
    assert bool(differing_words(lead)) is shown
    assert heard(lead, then, 2, seats=5).attributes["seats"] == 5, "gaps are filled by anybody"


def test_an_attribute_that_is_said_otherwise_can_be_taken_over_and_staffs_word_stands() -> None:
    lead = heard(heard(None, "tool", 0, plan="free", has_crm=True), "form", 1, plan="pro", has_crm=False)
    ids = tuple(each.id for each in differing_words(lead))
    (event,) = update_facts(lead, FactUpdate(take_over=ids))
    after = Change.begin(lead, LEAD_ID).then([event], NOW + 2 * DAY, "maria@example.com").after
    assert after is not None
    assert after.attributes == {"plan": "Pro", "has_crm": False}
    assert heard(after, "tool", 3, plan="team").attributes["plan"] == "Pro"


def test_a_property_that_is_emptied_in_a_tool_clears_what_it_said_of_an_attribute() -> None:
    emptied = SortedAnswers(ToolNames(fields={"tier": "attributes.plan"})).clear([("tier", None), ("colour", "")])
    assert emptied.empty == {"attributes.plan"}
    lead = heard(None, "tool", 0, plan="free", seats=5)
    signal = sent(-1).model_copy(update={"source": "hubspot", "speaker": Speaker.TOOL, "cleared": ("attributes.plan",)})
    at = NOW + DAY
    after = Change.begin(lead, LEAD_ID).then(record_signal(lead, signal, 1, at, KINDS), at, "tool").after
    assert after is not None
    assert after.attributes == {"seats": 5}
