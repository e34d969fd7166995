"""Histories of leads from lists: order of arrival, outcomes, and what is left out with its reason."""

from datetime import UTC, datetime

import pytest

from baton.domain.imports.list_import import ListFault
from baton.intake.history.history_lists import (
    NO_AMOUNT,
    NO_TIME,
    NO_TIME_OF_A_SIGNAL,
    REPEATED,
    History,
    HistoryReader,
)
from baton.intake.history.outcome_columns import Outcome, State

NOW = datetime(2026, 12, 1, tzinfo=UTC)
LEADS = """\
email,title,at,outcome,closed_at,amount,return_reason
anna@example.com,CTO,2026-03-02T09:00:00Z,won,2026-04-01T10:00:00Z,48000,
bert@example.com,Student,2026-03-01T09:00:00Z,Closed Lost,2026-03-20,,
cora@example.com,,2026-03-03T09:00:00Z,returned,2026-03-09,,bad_fit
dora@example.com,,2026-03-04T09:00:00Z,open,,,
"""
SIGNALS = """\
email,kind,at,received_at,content
anna@example.com,webinar_attended,2026-03-05T09:00:00Z,2026-03-08T09:00:00Z,
anna@example.com,page_visited,2026-03-06T09:00:00Z,,pricing
eric@example.com,page_visited,2026-02-01T09:00:00Z,,
"""


def _read(*lists: str, **terms: dict[str, str]) -> History:
    reader = HistoryReader(NOW, **terms)
    for number, text in enumerate(lists):
        reader.read(f"list{number}", text.encode())
    return reader.history()


def _at(day: int, hour: int = 9, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_leads_come_in_the_order_in_which_they_were_known() -> None:
    history = _read(LEADS, SIGNALS)
    assert [lead.arrivals[0].message.signal.email.partition("@")[0] for lead in history.leads] == [
        *("eric", "bert", "anna", "cora", "dora"),
    ]
    assert not history.left_out


def test_outcomes_are_read_in_the_words_of_a_crm() -> None:
    outcomes = {lead.arrivals[0].message.signal.email[0]: lead.outcome for lead in _read(LEADS, SIGNALS).leads}
    assert outcomes == {
        "a": Outcome(State.WON, _at(1, 10, 4), 48000.0),
        "b": Outcome(State.LOST, _at(20, 0)),
        "c": Outcome(State.RETURNED, _at(9, 0), None, "bad_fit"),
        "d": Outcome(State.OPEN),
        "e": None,
    }


def test_a_late_signal_arrives_when_it_came_and_not_when_it_occurred() -> None:
    anna = next(lead for lead in _read(SIGNALS, LEADS).leads if len(lead.arrivals) == 3)
    assert [(each.at, each.message.signal.kind) for each in anna.arrivals] == [
        (_at(2), "imported"),
        (_at(6), "page_visited"),
        (_at(8), "webinar_attended"),
    ]
    assert anna.arrivals[2].message.signal.occurred_at == _at(5)
    assert [each.message.signal.kind for each in anna.before(_at(8))] == ["imported", "page_visited"]


def test_a_lead_without_a_time_is_known_with_its_first_signal_or_left_out() -> None:
    leads = "email,title\nanna@example.com,CTO\nfred@example.com,CEO\n"
    history = _read(leads, SIGNALS)
    anna = next(lead for lead in history.leads if len(lead.arrivals) == 3)
    assert (anna.arrivals[0].at, anna.arrivals[0].message.signal.kind) == (_at(6), "imported")
    assert history.left_out == {NO_TIME: 1}


def test_a_history_can_be_asked_for_twice() -> None:
    reader = HistoryReader(NOW)
    reader.read("leads", b"email\nanna@example.com\n")
    reader.read("signals", SIGNALS.encode())
    assert reader.history() == reader.history()


def test_columns_of_outcomes_are_mapped_as_others_are() -> None:
    text = "Mail;Stufe;Abschluss;am\nanna@example.com;gewonnen;24.12.2025;1.3.2026\n"
    mapping = {"Mail": "email", "Stufe": "outcome", "Abschluss": "closed_at", "am": "at", "not here": "title"}
    [lead] = _read(text, mapping=mapping, spelling={"time_zone": "Europe/Berlin"}).leads
    assert lead.outcome == Outcome(State.WON, datetime(2025, 12, 23, 23, tzinfo=UTC))


def test_a_cell_that_cannot_be_read_is_named_and_the_line_counts() -> None:
    text = "email,at,outcome,closed_at\nanna@example.com,2026-03-01,maybe,\nbert@example.com,2026-03-01,won,soon\n"
    history = _read(text)
    assert [lead.outcome for lead in history.leads] == [None, None]
    assert sorted(reason.split()[3] for reason in history.left_out) == ["closed_at", "outcome"]


@pytest.mark.parametrize(
    ("amount", "worth"),
    [("48000", 48000.0), ("$12,000.00", 12000.0), ("12.000,50 €", 12000.5), ("USD 7,500", 7500.0), ("a lot", None)],
)
def test_an_amount_is_read_with_its_currency_and_never_costs_a_line_its_outcome(
    amount: str, worth: float | None
) -> None:
    history = _read(f'email,at,outcome,amount\nanna@example.com,2026-03-01,won,"{amount}"\n')
    assert [lead.outcome for lead in history.leads] == [Outcome(State.WON, None, worth)]
    assert history.left_out == ({} if worth else {NO_AMOUNT: 1})


def test_each_cell_that_says_nothing_is_counted_by_its_reason() -> None:
    text = "email,at,phone\nanna@example.com,03/04/2026,4.93E+11\nbert@example.com,2026-03-01,4.93E+11\n"
    left_out = _read(text).left_out
    [phone] = [number for reason, number in left_out.items() if reason.startswith("cell left out: phone (column 3)")]
    [at] = [number for reason, number in left_out.items() if "say in `dates`" in reason]
    assert (phone, at, left_out[NO_TIME]) == (2, 1, 1)


def test_signals_without_a_time_are_counted_as_such() -> None:
    text = "email,kind\nanna@example.com,page_visited\nanna@example.com,content_downloaded\n"
    assert _read(LEADS, text).left_out == {NO_TIME_OF_A_SIGNAL: 2}


def test_a_column_of_kinds_is_only_that_of_the_list_that_has_it() -> None:
    text = "email,at,Member Status\nanna@example.com,2026-03-05,webinar_attended\n"
    history = _read(LEADS, text, mapping={"Member Status": "kind"})
    kinds = [each.message.signal.kind for lead in history.leads for each in lead.arrivals]
    assert sorted(kinds) == ["imported"] * 4 + ["webinar_attended"]


def test_a_mapping_must_name_a_column_of_some_list_and_one_of_our_fields() -> None:
    reader = HistoryReader(NOW, {"Stage": "outcome", "Titel": "title"})
    reader.read("leads", b"email,Stage\nanna@example.com,won\n")
    with pytest.raises(ListFault, match="no list has a column Titel; "):
        reader.check_columns()
    with pytest.raises(ListFault, match=r"`mapping\.stage` leads to no field"):
        _read("email,Stage\nanna@example.com,won\n", mapping={"Stage": "outcom"})


def test_a_wrong_address_refuses_its_line_alone() -> None:
    history = _read("email,at\nnobody,2026-03-01\nanna@example.com,2026-03-01\n")
    assert len(history.leads) == 1
    assert [reason.partition(":")[0] for reason in history.left_out] == ["line refused"]


def test_the_outcome_that_closed_last_stands_and_an_open_one_gives_way() -> None:
    text = "email,at,outcome,closed_at\n" + "".join(
        f"anna@example.com,2026-03-01,{outcome},{closed}\n"
        for outcome, closed in (("lost", "2026-03-05"), ("won", "2026-04-05"), ("lost", "2026-02-05"), ("open", ""))
    )
    [lead] = _read(text).leads
    assert lead.outcome == Outcome(State.WON, _at(5, 0, 4))


def test_a_line_with_the_same_id_counts_once() -> None:
    text = "email,kind,at,message_id\n" + "anna@example.com,page_visited,2026-03-01,7\n" * 2
    history = _read(text)
    assert [len(lead.arrivals) for lead in history.leads] == [1]
    assert history.left_out == {REPEATED: 1}


def test_the_share_of_an_audit_is_kept_with_the_outcome() -> None:
    text = "email,at,outcome,audit_share\nanna@example.com,2026-03-01,won,0.05\nbert@example.com,2026-03-01,won,7\n"
    assert [lead.outcome and lead.outcome.share for lead in _read(text).leads] == [0.05, None]


def test_a_list_may_say_whether_anybody_ever_tried_to_reach_a_lead() -> None:
    said = "email,at,outcome,contacted_at\nanna@example.com,2026-03-01,open,2026-03-02\n"
    said += "bert@example.com,2026-03-01,open,\n"
    assert [lead.outcome and lead.outcome.contacted for lead in _read(said).leads] == [True, False]
    assert {lead.outcome.contacted for lead in _read(LEADS).leads if lead.outcome} == {None}
    assert _read(said.replace("2026-03-02", "soon")).left_out


def test_a_list_without_addresses_is_refused_as_a_whole() -> None:
    with pytest.raises(ListFault, match="email"):
        _read("title,outcome\nCTO,won\n")
