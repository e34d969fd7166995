"""A lead has several addresses; staff or a tool choose the one that is written to."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from baton.domain.basics.refusals import Refused
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import condition_facts
from baton.domain.history.lead_fold import fold
from baton.domain.lead_changes.address_choice import WantedAddress, choose_address, further_history
from baton.domain.lead_changes.merge_decisions import MAX_PARTS, merge_either_way, unmerge
from baton.domain.leads.lead import ChosenBy, Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.reports.funnel_report import funnel_report
from baton.domain.reports.lead_balance import NO_LEADS
from baton.domain.reports.rows.report_rows import read_move
from baton.domain.reports.rows.row_figures import move_figures
from baton.domain.reports.rows.span import Span
from tests.unit.given import LEAD_ID, NOW, download, received

OLD, NEW, NEWER = "anna.schmidt@example.com", "anna@new.example", "anna@newer.example"
STAFF, TOOL = ChosenBy.STAFF, ChosenBy.TOOL
BEFORE, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


@dataclass
class People:
    """Leads with their histories, as the table keeps them."""

    leads: dict[str, Lead] = field(default_factory=dict)
    histories: dict[str, list[Recorded]] = field(default_factory=dict)

    def save(self, *changes: Change) -> None:
        for change in changes:
            assert change.after
            self.leads[change.lead_id] = change.after
            self.histories.setdefault(change.lead_id, []).extend(change.events)

    def known(self, email: str = OLD) -> None:
        self.save(Change.begin(None, LEAD_ID).then(further_history(received(download()), email, 1), NOW, "test"))

    def written_to(self, email: str, by: ChosenBy = STAFF) -> None:
        """A further address of the lead is chosen, as `LeadMerging.write_to` does it."""
        lead, lead_id = self.leads[LEAD_ID], id_of(email)
        change = Change.begin(lead, LEAD_ID)
        if email not in lead.emails:
            begun = Change.begin(None, lead_id).then(further_history(lead, email, 1), NOW, "test")
            assert begun.after
            stays, to_one, to_other = merge_either_way(lead, begun.after, None)
            assert stays is lead
            change = change.then(to_one, NOW, "test")
            self.save(begun.then(to_other, NOW, "test"))
        assert change.after
        self.save(change.then(choose_address(change.after, WantedAddress(email, lead_id, by), NOW), NOW, "test"))

    def apart(self, email: str) -> None:
        stays, other = self.leads[LEAD_ID], self.leads[id_of(email)]
        to_one, to_other = unmerge(stays, self.histories[LEAD_ID], [], other, None)
        self.save(Change.begin(stays, LEAD_ID).then(to_one, NOW, "test"))
        self.save(Change.begin(other, other.lead_id).then(to_other, NOW, "test"))


def id_of(email: str) -> str:
    return email.replace("@", "").replace(".", "")[:24].ljust(24, "x")


def people(*emails: str) -> People:
    made = People()
    made.known()
    for email in emails:
        made.written_to(email)
    return made


def chosen(lead: Lead, email: str, by: ChosenBy, told_at: object = None) -> Lead:
    wanted = WantedAddress(email, id_of(email), by, told_at)  # type: ignore[arg-type]
    after = Change.begin(lead, lead.lead_id).then(choose_address(lead, wanted, NOW), NOW, "test").after
    assert after
    return after


@pytest.mark.parametrize(
    ("choices", "address"),
    [
        pytest.param([], OLD, id="without a choice the first one"),
        pytest.param([(NEW, STAFF, None)], NEW, id="staff"),
        pytest.param([(NEW, TOOL, None)], NEW, id="a tool"),
        pytest.param([(NEW, TOOL, BEFORE), (NEWER, TOOL, NOW)], NEWER, id="a tool tells of a newer one"),
        pytest.param([(NEWER, TOOL, NOW), (NEW, TOOL, BEFORE)], NEWER, id="a tool is late"),
        pytest.param([(NEW, TOOL, NOW), (NEWER, TOOL, None)], NEWER, id="a tool that tells no time tells it now"),
        pytest.param([(NEW, STAFF, None), (NEWER, TOOL, LATER)], NEW, id="a tool never replaces staff's choice"),
        pytest.param([(OLD, STAFF, None), (NEWER, TOOL, LATER)], OLD, id="staff may insist on the first one"),
        pytest.param([(NEW, TOOL, LATER), (NEWER, STAFF, None)], NEWER, id="staff replace a tool's"),
        pytest.param([(NEW, TOOL, LATER), (NEW, STAFF, None), (OLD, TOOL, LATER)], NEW, id="staff confirm a tool's"),
        pytest.param([(NEW, STAFF, None), (OLD, STAFF, None)], OLD, id="staff go back"),
        pytest.param([(NEW, TOOL, BEFORE), (OLD, TOOL, NOW)], OLD, id="a tool goes back"),
    ],
)
def test_the_address_that_is_written_to_is_the_last_choice_and_staffs_stands(
    choices: list[tuple[str, ChosenBy, object]], address: str
) -> None:
    lead = received(download())
    for choice in choices:
        lead = chosen(lead, *choice)
        assert chosen(lead, *choice) == lead, "a repeat changes nothing"
    assert (lead.address, lead.email, lead.emails[0]) == (address, OLD, address)


def test_rules_ask_for_the_address_that_is_written_to() -> None:
    lead = chosen(received(download(email="a@mailinator.com")), NEW, STAFF)
    facts = condition_facts(lead)
    assert (facts["email_domain"], facts["disposable_address"]) == ("new.example", False)
    thrown = condition_facts(chosen(lead, "b@mailinator.com", STAFF))
    assert (thrown["email_domain"], thrown["disposable_address"]) == ("mailinator.com", True)


def test_a_further_address_belongs_to_the_lead_and_to_no_other() -> None:
    known = people(NEW, NEWER)
    assert known.leads[LEAD_ID].emails == (NEWER, OLD, NEW)
    assert {known.leads[id_of(each)].merged_into for each in (NEW, NEWER)} == {LEAD_ID}


@pytest.mark.parametrize(
    ("goes", "address"),
    [pytest.param(NEWER, OLD, id="the chosen one"), pytest.param(NEW, NEWER, id="another one")],
)
def test_an_unmerge_that_takes_the_chosen_address_away_resets_the_choice(goes: str, address: str) -> None:
    known = people(NEW, NEWER)
    known.apart(goes)
    lead, other = known.leads[LEAD_ID], known.leads[id_of(goes)]
    assert (lead.address, other.address, other.merged_into) == (address, goes, None)
    assert goes not in lead.emails


def test_a_lead_of_spam_keeps_standing_for_its_further_address() -> None:
    known = people()
    known.leads[LEAD_ID] = known.leads[LEAD_ID].model_copy(update={"status": Status.SPAM})
    known.written_to(NEW)
    assert known.leads[LEAD_ID].address == NEW


def test_an_address_too_many_for_a_lead_is_refused() -> None:
    known = people(*(f"anna{number}@new.example" for number in range(MAX_PARTS)))
    with pytest.raises(Refused, match="10 at most"):
        known.written_to(NEW)


def test_reports_count_a_person_with_a_further_address_once() -> None:
    known = People()
    first = Change.begin(None, LEAD_ID).then(further_history(received(download()), OLD, 1), NOW, "test")
    known.save(first)
    known.written_to(NEW)
    other = id_of(NEW)
    second = Change(other, None, known.leads[other], tuple(known.histories[other]))
    moves = [read_move(figures) for each in (first, second) if (figures := move_figures(each))]
    report = funnel_report(NO_LEADS, moves, Span(NOW - timedelta(days=1), LATER), NOW)
    assert [line.figures["new"] for line in report.group("source").lines] == [1]


def test_any_choices_and_unmerges_fold_to_the_lead_and_leave_an_address_of_its_own() -> None:
    """The law: folding the history gives the lead, and the address written to is one of the lead's."""
    chance, emails = random.Random(12), [OLD, NEW, NEWER, "ANNA@x.example", "a'b@y.example", "ü@z.example"]
    for _ in range(300):
        known = people()
        for _ in range(chance.randint(1, 6)):
            lead, email = known.leads[LEAD_ID], chance.choice(emails)
            part_of_it = any(part.came_with == id_of(email) for part in lead.parts)
            if part_of_it and chance.random() < 0.4:
                known.apart(email)
            elif part_of_it or id_of(email) not in known.leads:
                known.written_to(email, chance.choice([STAFF, TOOL]))
            lead = known.leads[LEAD_ID]
            assert lead.address in {lead.email, *(part.email for part in lead.parts)}
            assert len(set(lead.emails)) == len(lead.emails)
        for lead_id, history in known.histories.items():
            assert fold(history) == known.leads[lead_id]
            assert Lead.model_validate_json(known.leads[lead_id].model_dump_json(exclude_none=True)) == fold(history)
