"""Target accounts under a flood of forms: a few handoffs a day, one mail, and nobody lost."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from baton.agreement.terms.agreement import Agreement
from baton.domain.accounts.account import Account, AccountMatch, MatchedBy
from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.lead_events import LeadLeftToReview, LeftLeadsTold, TargetAccountEngaged
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.history.lead_fold import evolve
from baton.domain.lead_changes.merge_decisions import merge
from baton.domain.leads.person_facts import Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.trust.speakers import Speaker
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT, KIM, NOW, SAM, rep, team

DOWNLOAD = {"kind": "content_downloaded", "form": "content-download", "content": "guide"}
ASKS = {"kind": "consultation_requested", "form": "consultation", "asks_for_a_person": True}


def agreement(**rules: object) -> Agreement:
    """The shipped agreement with other words for target accounts; None: signed before there were any."""
    known = {**AGREEMENT.rules, **rules}
    return AGREEMENT.model_copy(update={"rules": {name: word for name, word in known.items() if word is not None}})


SIGNED_EARLIER = agreement(form_handoffs=None, known_by_name=None)


@dataclass
class Company:
    """A target account of Kim's with its counts as the table keeps them, and people who say that they work there."""

    agreed: Agreement = field(default_factory=lambda: AGREEMENT)
    account: Account = field(default_factory=lambda: Account(domain="acme.example", name="Acme", owner=KIM))
    matched_by: MatchedBy = "domain"
    now: datetime = NOW
    people: list[Scenario] = field(default_factory=list)

    def person(self) -> Scenario:
        """Somebody who is not known yet."""
        someone = Scenario(self.agreed, lead_id=f"lead{len(self.people):020d}", saved=self._keep)
        someone.roster = team(rep(SAM), rep(KIM))
        self.people.append(someone)
        return self.meets(someone)

    def meets(self, someone: Scenario) -> Scenario:
        """Somebody finds the account as it is now."""
        match = AccountMatch(domain="acme.example", matched_by=self.matched_by)
        someone.target, someone.now = TargetAccount(self.account, match), self.now
        return someone

    def floods(self, count: int, **form: Any) -> None:
        for _ in range(count):
            self.person().sends(**(form or DOWNLOAD))

    def _keep(self, change: Change) -> None:
        for event in change.happened:
            counts = getattr(event, "forms", None)
            if counts:
                assert counts.number == (self.account.forms or FormHandoffs()).number + 1, "counted on what was read"
                self.account = self.account.model_copy(update={"forms": counts})
            if isinstance(event, TargetAccountEngaged) and event.alerts:
                kind = "alerted_by_form_at" if event.by_form else "alerted_at"
                self.account = self.account.model_copy(update={kind: change.events[0].at})

    def timers(self) -> None:
        """All timers that are due look at their leads."""
        for someone in self.people:
            left = someone.known.left_to_review
            if left and left.digest_at and left.digest_at <= self.now:
                self.meets(someone)
                someone.waits_with(lambda _domain: self.account)

    def all_of(self, kind: type[Any]) -> list[Any]:
        return [each.event for someone in self.people for each in someone.history if isinstance(each.event, kind)]

    @property
    def told(self) -> list[LeftLeadsTold]:
        """What the account's owner hears; who looks after that tells nobody."""
        events = self.all_of(LeftLeadsTold)
        assert all(each.leads or each.owner is None for each in events)
        return [each for each in events if each.leads]

    @property
    def handed(self) -> list[HandoffOffered]:
        return self.all_of(HandoffOffered)


@pytest.mark.parametrize("form", [DOWNLOAD, ASKS], ids=["downloads", "requests for a person"])
def test_of_32_forged_people_three_are_handed_over_and_one_mail_tells_of_the_others(form: dict[str, Any]) -> None:
    company = Company()
    company.floods(32, **form)
    assert len(company.handed) == 3
    in_review = [each for each in company.people if each.known.status is Status.IN_REVIEW]
    assert len(in_review) == 29
    assert all(each.known.duty and each.known.duty.is_open for each in in_review)
    company.now += timedelta(hours=1)
    company.timers()
    company.timers()
    [told] = company.told
    asking = 29 if form is ASKS else 0
    assert (told.owner, told.leads, told.asking, told.handed) == (KIM, 29, asking, 3)


def test_a_flood_of_a_name_alone_is_handed_to_nobody_and_told_once() -> None:
    company = Company(matched_by="name")
    company.floods(32)
    assert company.handed == []
    assert [each for each in company.all_of(TargetAccountEngaged) if each.tells_owner] == []
    company.now += timedelta(hours=1)
    company.timers()
    assert [told.leads for told in company.told] == [32]


@pytest.mark.parametrize(
    ("agreed", "by", "handed"),
    [
        pytest.param(AGREEMENT, "domain", 3, id="as shipped, by the domain"),
        pytest.param(AGREEMENT, "name", 0, id="as shipped, by the name"),
        pytest.param(AGREEMENT, "link", 10, id="people whom a colleague has linked with the account"),
        pytest.param(agreement(form_handoffs=0), "domain", 0, id="nobody agreed"),
        pytest.param(agreement(form_handoffs=7), "domain", 7, id="seven agreed"),
        pytest.param(agreement(known_by_name="handoff"), "name", 3, id="by the name, as agreed"),
        pytest.param(SIGNED_EARLIER, "domain", 3, id="signed earlier, by the domain"),
        pytest.param(SIGNED_EARLIER, "name", 3, id="signed earlier, by the name: handed over as ever"),
    ],
)
def test_so_many_people_of_one_account_are_handed_over_a_day(agreed: Agreement, by: MatchedBy, handed: int) -> None:
    company = Company(agreed, matched_by=by)
    for _ in range(10):
        someone = company.person()
        if by == "link":
            someone.sends("contact_updated", source="hubspot")
            someone.updates_facts(account=AccountMatch(domain="acme.example", matched_by="link"))
        someone.sends(**DOWNLOAD)
    assert len(company.handed) == handed


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"kind": "email_clicked", "source": "hubspot"}, id="a signed tool saw a click"),
        pytest.param({"kind": "webinar_attended", "source": "zoom"}, id="a signed tool saw a visit"),
        pytest.param(
            {"kind": "imported", "source": "fair", "existing": "fill", "anybody": True, "speaker": Speaker.LIST},
            id="a list, which brings no consent back",
        ),
        pytest.param({"kind": "meeting_booked", "source": "calendly"}, id="a meeting"),
    ],
)
def test_somebody_left_to_marketing_is_handed_over_once_a_trusted_word_comes(said: dict[str, Any]) -> None:
    company = Company()
    company.floods(10)
    someone = company.meets(company.people[-1])
    assert someone.known.status is Status.IN_REVIEW
    assert "HandoffOffered" in someone.sends(**said)
    assert someone.known.handoff
    assert not someone.known.handoff.by_form


def test_somebody_left_to_marketing_is_handed_over_once_a_colleague_speaks_of_them() -> None:
    company = Company()
    company.floods(10)
    someone = company.meets(company.people[-1])
    assert "HandoffOffered" in someone.updates_facts(profile=Profile(title="Head of IT"), confirms=True)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(DOWNLOAD, id="another form"),
        pytest.param({"kind": "page_visited", "anybody": True}, id="a visit by a public key"),
        pytest.param({"kind": "contact_updated", "source": "hubspot"}, id="a tool's record of what was typed"),
        pytest.param(
            {"kind": "contact_updated", "source": "hubspot", "from_person": True, "speaker": Speaker.ANYBODY},
            id="a change that HubSpot's form made",
        ),
        pytest.param({**ASKS, "spam": True}, id="a robot"),
    ],
)
def test_what_anybody_can_send_confirms_nobody_and_is_counted_once(said: dict[str, Any]) -> None:
    company = Company()
    company.floods(10)
    for _ in range(5):
        company.meets(company.people[-1]).sends(**said)
    assert company.people[-1].known.status is Status.IN_REVIEW
    assert len(company.all_of(LeadLeftToReview)) == 7


@pytest.mark.parametrize(
    ("by", "others"),
    [
        pytest.param("name", 0, id="by its name only, with room for the day"),
        pytest.param("domain", 3, id="the day's handoffs are used up by strangers"),
    ],
)
def test_a_wish_for_a_person_is_heard_also_from_somebody_who_was_left_to_marketing_that_day(
    by: MatchedBy, others: int
) -> None:
    company = Company()
    company.floods(others)
    company.matched_by = by
    someone = company.person()
    someone.sends(**DOWNLOAD)
    assert someone.known.status is Status.IN_REVIEW
    for _ in range(5):
        company.now += timedelta(minutes=1)
        company.meets(someone).sends(**ASKS)
    if by == "name":
        assert someone.known.status is Status.WITH_SALES
        return
    assert someone.known.status is Status.IN_REVIEW
    assert [each.asks_for_a_person for each in company.all_of(LeadLeftToReview)] == [False, True]
    company.now += timedelta(hours=1)
    company.timers()
    assert [(told.leads, told.asking) for told in company.told] == [(1, 1)]


@pytest.mark.parametrize("told_before", [False, True], ids=["before the mail", "after the mail"])
def test_a_request_of_somebody_left_to_marketing_is_told_the_same_day_and_once(told_before: bool) -> None:
    company = Company()
    company.floods(10)
    company.now += timedelta(hours=2 if told_before else 0, minutes=1)
    company.timers()
    someone = company.meets(company.people[-1])
    for _ in range(5):
        company.meets(someone).sends(**ASKS)
        company.now += timedelta(minutes=15)
    company.now += timedelta(days=1)
    company.timers()
    assert someone.known.status is Status.IN_REVIEW
    told = [(each.leads, each.asking) for each in company.told]
    assert told == ([(7, 0), (1, 1)] if told_before else [(7, 1)])


def test_nobody_left_to_marketing_is_handed_over_by_time_alone() -> None:
    company = Company()
    company.floods(10)
    company.now += timedelta(days=1)
    for someone in company.people:
        company.meets(someone).is_looked_at_again()
    assert len(company.handed) == 3


def test_somebody_left_to_marketing_who_asks_for_a_person_on_another_day_is_handed_over() -> None:
    company = Company()
    company.floods(10)
    company.now += timedelta(days=1)
    assert "HandoffOffered" in company.meets(company.people[-1]).sends(**ASKS)


def test_the_next_day_has_its_own_handoffs_and_at_most_two_mails() -> None:
    company = Company()
    for day in range(4):
        company.now = NOW + timedelta(days=day)
        for _ in range(5):
            company.floods(8)
            company.now += timedelta(hours=2)
            company.timers()
    company.now += timedelta(days=1)
    company.timers()
    assert len(company.handed) == 4 * 3
    told = company.told
    assert sum(each.leads for each in told) == 4 * (40 - 3)
    assert len(told) <= 2 * 4


def test_people_whom_more_than_forms_know_do_not_count() -> None:
    company = Company()
    company.floods(10)
    for _ in range(5):
        company.person().sends("webinar_attended", source="zoom")
    assert len(company.handed) == 3 + 5


def test_leads_without_a_target_account_are_handed_over_as_ever() -> None:
    for _ in range(10):
        someone = Scenario.shipped()
        someone.sends(**ASKS)
        assert someone.known.status is Status.WITH_SALES
        assert someone.known.handoff
        assert someone.known.handoff.by_form


def test_the_mail_is_not_lost_with_the_lead_that_it_is_planned_with() -> None:
    company = Company()
    company.floods(8)
    goes, stays = company.people[3:5]
    assert goes.known.left_to_review
    assert goes.known.left_to_review.digest_at
    merged, _ = merge(stays.known, goes.known, "one person")
    at = f"{stays.lead_id}-{stays.known.version + 1:08d}"
    event = Recorded(event_id=at, lead_id=stays.lead_id, at=NOW, by=KIM, event=merged[0])
    left = evolve(stays.known, event).left_to_review
    assert left
    assert left.digest_at == goes.known.left_to_review.digest_at


def test_a_digest_that_was_lost_is_planned_anew_with_the_next_lead() -> None:
    company = Company()
    company.floods(5)
    company.now += timedelta(hours=5)
    company.floods(1)
    company.now += timedelta(hours=1)
    company.people = company.people[-1:]
    company.timers()
    assert [told.leads for told in company.told] == [3]


def test_whatever_comes_each_person_is_with_sales_or_in_review_and_told_of() -> None:
    for seed in range(8):
        chance, company = Random(seed), Company()
        for _ in range(60):
            company.now += timedelta(minutes=chance.choice((0, 0, 1, 30, 300)))
            company.timers()
            again = company.people and chance.random() < 0.4
            someone = company.meets(chance.choice(company.people)) if again else company.person()
            someone.sends(**chance.choice((DOWNLOAD, ASKS, {"kind": "email_clicked", "source": "hubspot"})))
        company.now += timedelta(days=2)
        company.timers()
        left = [each for each in company.people if each.known.left_to_review]
        told = company.told
        times = len(company.all_of(LeadLeftToReview))
        assert len(left) <= sum(each.leads for each in told) <= times, f"seed {seed}"
        asking = sum(each.asks_for_a_person for each in company.all_of(LeadLeftToReview))
        assert sum(each.asking for each in told) == asking, f"seed {seed}"
        days = {each.forms.day for each in company.handed if each.forms}
        for day in days:
            assert sum(1 for each in company.handed if each.forms and each.forms.day == day) <= 3, f"seed {seed}"
        assert {each.known.status for each in company.people} <= {Status.WITH_SALES, Status.IN_REVIEW}, f"seed {seed}"


@pytest.mark.parametrize(
    ("forged", "comes", "alerts"),
    [
        pytest.param(DOWNLOAD, {"kind": "webinar_attended", "source": "zoom"}, True, id="a form, then a webinar"),
        pytest.param(
            {"kind": "page_visited", "anybody": True},
            {"kind": "email_clicked", "source": "hubspot"},
            True,
            id="a public key's visit, then a click",
        ),
        pytest.param(DOWNLOAD, DOWNLOAD, False, id="two forms"),
        pytest.param({"kind": "webinar_attended", "source": "zoom"}, DOWNLOAD, False, id="a webinar, then a form"),
        pytest.param({"kind": "webinar_attended"}, {"kind": "webinar_attended"}, False, id="two webinars"),
    ],
)
@pytest.mark.parametrize("by", ["the same lead", "another lead"])
def test_no_stranger_begins_a_quiet_period_for_what_more_than_a_form_says(
    forged: dict[str, Any], comes: dict[str, Any], alerts: bool, by: str
) -> None:
    company = Company()
    first = company.person()
    other = first if by == "the same lead" else company.person()
    for someone in {id(each): each for each in (first, other)}.values():
        someone.roster, someone.target = team(rep(SAM)), None
        someone.sends(**ASKS)  # it is somebody else's lead
    company.meets(first).sends(**forged)
    company.now += timedelta(hours=1)
    company.meets(other).sends(**comes)
    told = [event.by_form for event in company.all_of(TargetAccountEngaged) if event.tells_owner]
    assert len(told) == (2 if alerts else 1)
