"""Who may say what of a lead: the table of trust, the rule in every status, and words kept beside a fact."""

import itertools
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from baton.domain.basics.refusals import Refused
from baton.domain.events.recorded import Recorded, event_id_of
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.history.differing_words import differing_words
from baton.domain.history.lead_fold import fold
from baton.domain.history.merged_view import merged_facts
from baton.domain.lead_changes.fact_updates import FactUpdate, update_facts
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.signals.message_batches import Message, record_batch
from baton.domain.signals.signal_recording import Signal
from baton.domain.trust.speakers import TABLE, Speaker, Trust, table_in_words, trust_in
from baton.domain.trust.words import Word, kept, said_otherwise, standing_word
from tests.unit.given import LEAD_ID, NOW, SAM, offered, rep

DAY = timedelta(days=1)
WAYS: dict[str, dict[str, Any]] = {
    "form": {"form": "consultation", "source": "website"},
    "anybody": {"source": "typeform", "anybody": True, "speaker": Speaker.TOOL},
    "confirmed": {"source": "mailchimp", "kind": "subscribed", "speaker": Speaker.TOOL},
    "tool": {"source": "hubspot", "kind": "contact_updated", "speaker": Speaker.TOOL},
    "machine": {"source": "website-server", "speaker": Speaker.MACHINE},
    "list": {"source": "expo", "existing": "replace", "speaker": Speaker.LIST},
    "colleague": {"source": "crm", "speaker": Speaker.COLLEAGUE},
}
UNTRUSTED_FIRST = list(WAYS)


def signal(way: str, at: datetime, reference: str = "r", **said: Any) -> Signal:
    told = {"kind": "told", "email": "anna@acme.example", "reference": f"{reference}-{way}-{at}"} | WAYS[way]
    dated = {} if way == "form" else {"occurred_at": at}
    return Signal.model_validate({**told, **dated, **said})


def hears(lead: Lead | None, way: str, at: datetime, **said: Any) -> Lead:
    sent = signal(way, at, **said)
    change = Change.begin(lead, lead.lead_id if lead else LEAD_ID)
    after = change.then(record_batch(lead, [Message(LEAD_ID, sent.reference, sent)], 1, at), at, by=way).after
    assert after
    return after


def patched(lead: Lead, at: datetime, **said: Any) -> Lead:
    wanted = FactUpdate.model_validate(said)
    after = Change.begin(lead, lead.lead_id).then(update_facts(lead, wanted), at, by=SAM).after
    assert after
    return after


def titled(title: str) -> dict[str, Any]:
    return {"profile": Profile(title=title)}


def in_status(lead: Lead, status: Status) -> Lead:
    return lead.model_copy(update={"status": status})


@pytest.mark.parametrize("status", [Status.NURTURING, Status.WITH_SALES, Status.IN_REVIEW, Status.PARKED])
@pytest.mark.parametrize(
    ("first", "then"), [pytest.param(*pair, id="-".join(pair)) for pair in itertools.product(WAYS, WAYS)]
)
def test_who_is_trusted_less_never_replaces_and_who_is_trusted_more_does(first: str, then: str, status: Status) -> None:
    lead = in_status(hears(None, first, NOW, **titled("Vice President")), status)
    after = hears(lead, then, NOW + DAY, **titled("Intern"))
    one, other = (trust_in(event_speaker(way)) for way in (first, then))
    replaces = other > one or (other == one and other > Trust.ANYBODY)
    assert after.profile.title == ("Intern" if replaces else "Vice President")
    beside = [(each.fact, each.value) for each in differing_words(after)]
    if not replaces:
        assert beside == [("title", "Intern")], "what contradicts is kept beside the fact"
    filled = hears(lead, then, NOW + DAY, profile=Profile(region="Bayern"))
    assert filled.profile.region == "Bayern", "gaps are filled by anybody"


def event_speaker(way: str) -> str:
    named = {"form": Speaker.FORM, "anybody": Speaker.ANYBODY, "confirmed": Speaker.CONFIRMED, "tool": Speaker.TOOL}
    return named.get(way) or WAYS[way]["speaker"]


@pytest.mark.parametrize("way", [way for way in WAYS if way != "colleague"])
def test_nobody_replaces_what_staff_put_down_and_a_newer_word_is_kept_beside_it(way: str) -> None:
    lead = patched(hears(None, "form", NOW, **titled("Buyer")), NOW + DAY, **titled("CTO"))
    after = hears(lead, way, NOW + 2 * DAY, **titled("Intern"))
    assert after.profile.title == "CTO"
    [beside] = differing_words(after)
    assert (beside.fact, beside.value, beside.word.source) == (
        "title", "Intern", "form:consultation" if way == "form" else WAYS[way]["source"],
    )  # fmt: skip


def test_staffs_word_settles_what_was_said_before_it() -> None:
    lead = hears(hears(None, "form", NOW, **titled("Intern")), "tool", NOW + DAY, **titled("Vice President"))
    assert [each.value for each in differing_words(lead)] == ["Intern"]
    assert differing_words(patched(lead, NOW + 2 * DAY, **titled("CTO"))) == []


def test_what_staff_cleared_stays_empty_and_who_says_otherwise_is_shown() -> None:
    lead = patched(hears(None, "tool", NOW, **titled("Intern")), NOW + DAY, cleared=("profile.title",))
    assert (lead.profile.title, differing_words(lead)) == (None, [])
    lead = hears(lead, "tool", NOW + 2 * DAY, **titled("Intern"))
    assert (lead.profile.title, [each.value for each in differing_words(lead)]) == (None, ["Intern"])


def test_what_staff_confirms_is_staffs_word() -> None:
    lead = patched(hears(None, "tool", NOW, **titled("CTO")), NOW + DAY, **titled("CTO"))
    assert hears(lead, "tool", NOW + 2 * DAY, **titled("Intern")).profile.title == "CTO"
    assert update_facts(lead, FactUpdate(profile=Profile(title="CTO"))) == [], "once is enough"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"profile": Profile(country="Germany")}, {"profile": Profile(country="DE")}, id="country"),
        pytest.param({"profile": Profile(language="de-DE")}, {"profile": Profile(language="German")}, id="language"),
        pytest.param(
            {"profile": Profile(country="DE", region="Bayern")}, {"profile": Profile(region="BY")}, id="region"
        ),
        pytest.param({"profile": Profile(title="VP  Sales")}, {"profile": Profile(title="vp sales")}, id="case"),
        pytest.param(
            {"profile": Profile(country="DE", phone="+49 30 901820")}, {"profile": Profile(phone="030 901820")},
            id="phone",
        ),
        pytest.param(
            {"company": Company(employees=51, employees_written="51-200")},
            {"company": Company(employees=51, employees_written="51 - 200")},
            id="range",
        ),
        pytest.param({"bant": {"budget": "50k"}}, {"bant": {"budget": "50,000"}}, id="amount"),
        pytest.param({"bant": {"need": "CRM"}}, {"bant": {"need": "crm"}}, id="answer"),
    ],
)  # fmt: skip
def test_another_spelling_contradicts_nothing(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert differing_words(hears(hears(None, "tool", NOW, **first), "form", NOW + DAY, **second)) == []


@pytest.mark.parametrize(
    ("fact", "one", "other"),
    [
        pytest.param("company", {"company": Company(name="Acme")}, {"company": Company(name="Evil")}, id="company"),
        pytest.param(
            "company_country", {"company": Company(country="DE")}, {"company": Company(country="AT")}, id="its country"
        ),
        pytest.param(
            "employees",
            {"company": Company(employees=51, employees_written="51-200")},
            {"company": Company(employees=5)},
            id="a size whole",
        ),
        pytest.param("budget", {"bant": {"budget": "50k"}}, {"bant": {"budget": "1k"}}, id="an answer"),
        pytest.param(
            "phone",
            {"profile": Profile(phone="+49 30 901820")},
            {"profile": Profile(phone="+49 30 901821")},
            id="phone",
        ),
    ],
)
def test_the_rule_holds_for_every_kind_of_fact(fact: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    known = hears(None, "tool", NOW, **one)
    after = hears(known, "form", NOW + DAY, **other)
    assert (after.profile, after.company, after.bant) == (known.profile, known.company, known.bant)
    assert [each.fact for each in differing_words(after)] == [fact]


def test_a_judgement_of_staff_on_an_answer_stays() -> None:
    lead = hears(None, "tool", NOW, bant={"budget": "50k"})
    lead = patched(lead, NOW + DAY, bant={"budget": {"value": "50k", "met": True}})
    lead = hears(lead, "tool", NOW + 2 * DAY, bant={"budget": "45k"})
    assert (lead.bant["budget"].value, lead.bant["budget"].met) == ("50k", True)
    assert [(each.fact, each.value) for each in differing_words(lead)] == [("budget", "45k")]


def test_a_spam_form_says_nothing() -> None:
    lead = hears(None, "tool", NOW, **titled("CTO"))
    after = hears(lead, "form", NOW + DAY, spam=True, **titled("Intern"), company=Company(industry="spam"))
    assert (after.profile, after.company, after.said) == (lead.profile, lead.company, lead.said)


def test_a_list_that_keeps_known_leads_says_nothing_of_them() -> None:
    lead = hears(None, "form", NOW, **titled("CTO"))
    assert hears(lead, "list", NOW + DAY, existing="keep", **titled("Intern")).said == lead.said


def test_what_a_tool_says_while_sales_has_the_lead_is_known() -> None:
    lead = offered(rep(SAM))
    lead = hears(hears(lead, "form", NOW, **titled("Buyer")), "tool", NOW + DAY, **titled("CTO"))
    assert (lead.status, lead.profile.title) == (Status.WITH_SALES, "CTO")


def random_told(chance: random.Random) -> list[Recorded]:
    """Signals of every speaker, as they are recorded, with equal and unequal times."""
    told = []
    for number in range(2, 2 + chance.randint(2, 7)):
        way = chance.choice([way for way in WAYS if way != "list"])
        at = NOW + chance.randint(0, 4) * DAY
        sent = signal(way, at, **titled(chance.choice("ABCD")), company=Company(employees=chance.choice([None, 1, 2])))
        [*_, event] = record_batch(hears(None, "form", NOW), [Message(LEAD_ID, sent.reference, sent)], 1, at)
        told.append(Recorded(event_id=event_id_of(LEAD_ID, number), lead_id=LEAD_ID, at=at, by=way, event=event))
    return told


def test_the_same_signals_give_the_same_facts_in_whichever_order_they_arrive() -> None:
    captured = Recorded(
        event_id=event_id_of(LEAD_ID, 1), lead_id=LEAD_ID, at=NOW, by="x",
        event=LeadCaptured(email="anna@acme.example", source="x", agreement_version=1),
    )  # fmt: skip
    for seed in range(150):
        chance = random.Random(seed)
        told = random_told(chance)
        once = fold([captured, *told])
        again = fold([captured, *chance.sample(told, len(told))])
        assert once and again
        assert (once.profile, once.company, once.bant) == (again.profile, again.company, again.bant), seed


def random_words(chance: random.Random) -> list[Word]:
    return [
        Word(chance.choice(list(Speaker)), chance.choice("abcdef"), chance.randint(0, 9), 0, chance.choice("xyz.")
             if chance.random() < 0.8 else None)
        for _ in range(chance.randint(0, 9))
    ]  # fmt: skip


def test_of_the_same_words_the_same_one_stands_in_any_order_and_no_less_trusted_one_beside_it_stands() -> None:
    for seed in range(2000):
        chance = random.Random(seed)
        words = random_words(chance)
        one, other = (), ()
        for word in words:
            one = kept([*one, word])
        for word in chance.sample(words, len(words)):
            other = kept([*other, word])
        stands = standing_word(one)
        assert (stands and stands.value) == ((same := standing_word(other)) and same.value), seed
        assert not stands or all(word.trust <= stands.trust for word in said_otherwise(one)), seed


def test_a_thousand_forms_leave_few_words() -> None:
    text = "\N{GRINNING FACE}" * 100
    lead = hears(None, "tool", NOW, **titled("CTO"))
    for number in range(40):
        said = dict.fromkeys(Profile.model_fields, f"{number:03}{text}"[:100])
        company = Company(name=f"{number}{text}", industry=text, country=text, infrastructure=text)
        answers = dict.fromkeys(("budget", "authority", "need", "timeline"), f"{number}{text}" * 4)
        lead = hears(
            lead, "form", NOW + number * DAY, form=f"f{number}", profile=Profile(**said), company=company, bant=answers
        )
    assert max(map(len, lead.said.values())) <= 4
    assert len(lead.model_dump_json().encode()) < 60_000


def test_an_older_signal_without_a_speaker_follows_the_rule_of_its_time() -> None:
    lead = hears(None, "tool", NOW, **titled("CTO"))
    old = SignalRecorded(kind="x", source="x", reference="x", profile=Profile(title="Intern"))
    after = Change.begin(lead, lead.lead_id).then([old], NOW + DAY, by="x").after
    assert after and after.profile.title == "Intern"
    assert "title" not in after.said, "it is not kept who said so"


def test_the_table_goes_from_the_least_trusted_speaker_to_the_most_trusted_one() -> None:
    assert set(TABLE) == set(Speaker)
    assert [row.trust for row in TABLE.values()] == sorted(row.trust for row in TABLE.values())


def test_a_fact_that_was_known_before_is_replaced_by_no_stranger_but_by_a_tool() -> None:
    lead = hears(None, "form", NOW, **titled("CTO")).model_copy(update={"said": {}})
    assert hears(lead, "form", NOW + DAY, **titled("Intern")).profile.title == "CTO"
    assert hears(lead, "tool", NOW + DAY, **titled("VP")).profile.title == "VP"


def test_a_speaker_of_a_newer_baton_is_trusted_least() -> None:
    assert trust_in("oracle") is Trust.ANYBODY


def test_the_docs_have_the_table_of_trust() -> None:
    page = (Path(__file__).parents[3] / "docs" / "leads.md").read_text()
    assert "\n".join(["|---|---|---|", *table_in_words(), ""]) in page


def cleared(lead: Lead, way: str, at: datetime, *facts: str) -> Lead:
    return hears(lead, way, at, cleared=facts, reference="cleared")


def test_a_tool_that_clears_a_fact_clears_its_own_word_and_what_a_lesser_one_said_stands_again() -> None:
    lead = hears(hears(None, "form", NOW, **titled("Buyer")), "tool", NOW + DAY, **titled("CTO"))
    after = cleared(lead, "tool", NOW + 2 * DAY, "title")
    assert after.profile.title == "Buyer"
    again = hears(after, "tool", NOW + 3 * DAY, **titled("VP"))
    assert again.profile.title == "VP"


@pytest.mark.parametrize("way", ["form", "machine", "list", "colleague"])
def test_what_another_said_is_not_cleared(way: str) -> None:
    lead = hears(None, way, NOW, bant={"budget": "50k"}, **titled("CTO"))
    after = cleared(lead, "tool", NOW + DAY, "title", "budget")
    assert (after.profile.title, after.bant["budget"].value) == ("CTO", "50k")


def test_what_a_tool_alone_said_is_gone_once_it_clears_it() -> None:
    lead = hears(
        None,
        "tool",
        NOW,
        bant={"budget": "50k"},
        company=Company(employees=51, employees_written="51-200"),
        **titled("A"),
    )
    after = cleared(lead, "tool", NOW + DAY, "title", "budget", "employees", "company_country")
    assert (after.profile.title, after.bant, after.company.size("employees")) == (None, {}, {})
    assert after.learned["title"] > lead.learned["title"]


def test_a_late_word_from_before_the_clearing_does_not_come_back() -> None:
    lead = cleared(hears(None, "form", NOW), "tool", NOW + 2 * DAY, "title")
    assert hears(lead, "tool", NOW + DAY, **titled("CTO")).profile.title is None
    assert hears(lead, "tool", NOW + 3 * DAY, **titled("CTO")).profile.title == "CTO"


def test_what_anybody_could_send_clears_nothing() -> None:
    lead = hears(None, "anybody", NOW, **titled("CTO"))
    assert cleared(lead, "anybody", NOW + DAY, "title").profile.title == "CTO"


def test_a_tool_clears_what_staff_said_never() -> None:
    lead = patched(hears(None, "tool", NOW, **titled("CTO")), NOW + DAY, **titled("CIO"))
    assert cleared(lead, "tool", NOW + 2 * DAY, "title").profile.title == "CIO"


def the_id(lead: Lead, fact: str = "title") -> str:
    return next(each.id for each in differing_words(lead) if each.fact == fact)


def test_a_word_that_is_taken_over_is_staffs_word() -> None:
    lead = hears(hears(None, "tool", NOW, **titled("CTO")), "form", NOW + DAY, **titled("CEO"))
    taken = patched(lead, NOW + 2 * DAY, take_over=(the_id(lead),))
    assert (taken.profile.title, differing_words(taken)) == ("CEO", [])
    assert hears(taken, "tool", NOW + 3 * DAY, **titled("CTO")).profile.title == "CEO"


def test_a_word_is_taken_over_once_however_often_it_is_asked_for() -> None:
    lead = hears(hears(None, "tool", NOW, **titled("CTO")), "form", NOW + DAY, **titled("CEO"))
    wanted = FactUpdate(take_over=(the_id(lead),))
    assert update_facts(patched(lead, NOW + 2 * DAY, take_over=wanted.take_over), wanted) == []


def test_a_word_that_is_not_said_any_more_cannot_be_taken_over() -> None:
    lead = hears(hears(None, "tool", NOW, **titled("CTO")), "confirmed", NOW + DAY, **titled("CEO"))
    wanted = FactUpdate(take_over=(the_id(lead),))
    for other in (
        hears(lead, "confirmed", NOW + 2 * DAY, **titled("Intern")),
        patched(lead, NOW + 2 * DAY, **titled("Buyer")),
    ):
        with pytest.raises(Refused, match="not said any more"):
            update_facts(other, wanted)
    with pytest.raises(Refused):
        update_facts(lead, FactUpdate(take_over=("title.0",)))


@pytest.mark.parametrize(
    ("fact", "one", "other"),
    [
        pytest.param("company", {"company": Company(name="Acme")}, {"company": Company(name="Evil")}, id="company"),
        pytest.param(
            "employees",
            {"company": Company(employees=5)},
            {"company": Company(employees=51, employees_written="51-200")},
            id="a size with its words",
        ),
        pytest.param("budget", {"bant": {"budget": "1k"}}, {"bant": {"budget": "50k"}}, id="an answer"),
        pytest.param("phone", {"profile": Profile(phone="1 23456")}, {"profile": Profile(phone="9 8765")}, id="phone"),
    ],
)  # fmt: skip
def test_every_kind_of_fact_can_be_taken_over(fact: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    lead = hears(hears(None, "tool", NOW, **one), "form", NOW + DAY, **other)
    taken, alone = patched(lead, NOW + 2 * DAY, take_over=(the_id(lead, fact),)), hears(None, "tool", NOW, **other)
    assert (taken.profile, taken.company) == (alone.profile, alone.company)
    assert {need: answer.value for need, answer in taken.bant.items()} == {
        need: answer.value for need, answer in alone.bant.items()
    }


def test_the_rule_holds_for_facts_of_ones_own() -> None:
    def told(lead: Lead, speaker: Speaker, seats: int, at: datetime) -> Lead:
        event = SignalRecorded(kind="x", source=speaker, reference="x", attributes={"seats": seats}, speaker=speaker)
        after = Change.begin(lead, lead.lead_id).then([event], at, by="x").after
        assert after
        return after

    lead = told(told(hears(None, "form", NOW), Speaker.TOOL, 50, NOW), Speaker.FORM, 1, NOW + DAY)
    assert lead.attributes == {"seats": 50}
    taken = patched(lead, NOW + 2 * DAY, take_over=(the_id(lead, "attributes.seats"),))
    assert taken.attributes == told(taken, Speaker.TOOL, 60, NOW + 3 * DAY).attributes == {"seats": 1}
    assert patched(taken, NOW + 4 * DAY, cleared=("attributes.seats",)).attributes == {}


@pytest.mark.parametrize(
    ("stays", "other", "title"),
    [
        pytest.param("form", "tool", "Other", id="who is trusted more in the other replaces"),
        pytest.param("tool", "form", "Own", id="who is trusted less does not"),
        pytest.param("tool", "machine", "Own", id="of equal ones the lead's own stands"),
        pytest.param("form", "form", "Own", id="also of two forms"),
        pytest.param("list", "confirmed", "Own", id="a confirmed address replaces no list"),
    ],
)
def test_a_merge_keeps_the_own_fact_unless_the_other_is_trusted_more(stays: str, other: str, title: str) -> None:
    lead, goes = hears(None, stays, NOW + DAY, **titled("Own")), hears(None, other, NOW, **titled("Other"))
    newer = hears(None, other, NOW + 5 * DAY, **titled("Other"))
    for absorbed in (goes, newer):
        changes = merged_facts(lead, FactSnapshot.of(absorbed), 9)
        merged = lead.model_copy(update=changes)
        assert merged.profile.title == title
        assert [each.value for each in differing_words(merged)] == ["Own" if title == "Other" else "Other"]
        assert hears(merged, "tool", NOW + 9 * DAY, **titled("Newer")).profile.title == "Newer"
