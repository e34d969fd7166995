"""A sampled lead is handed over when and why the trial of all leads says, whatever the draft and what became of it."""

from collections import Counter
from datetime import timedelta

import pytest

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.crossings import nothing_listed
from baton.domain.trial.figures.quick_figures import quick_trial
from baton.domain.trial.figures.trial_sums import Summing
from baton.domain.trial.lead_commands import LeadCommands, commands_of_messages
from baton.domain.trial.sampled_leads import Sampling, TriedLead
from baton.domain.trial.stored_commands import under
from baton.domain.trial.trial_rows import Became, TrialRow, Tried, try_lead
from tests.unit.trial.random_leads import BEGIN, agreements, arrivals_of

AGREEMENTS = agreements()
UNTIL = BEGIN + timedelta(days=60)
LEADS = 40
STATES = [Became(), Became("open"), Became("won"), Became("lost"), Became("returned", "bad_fit")]


def card_of(agreement: Agreement) -> Scorecard:
    return Scorecard(AgreementInForce(version=1, in_force_since="2026-01-01T00:00:00.000Z", agreement=agreement))


def tried_both_ways(sampling: Sampling, draft: Scorecard, number: int) -> tuple[TrialRow, TriedLead | None]:
    """A random lead in a trial of all leads, and in a sample."""
    arrivals, kinds = arrivals_of(number), sampling.current.kinds
    commands = commands_of_messages(arrivals[0][1].lead_id, arrivals, kinds)
    became = STATES[number % len(STATES)]
    if became.state not in ("unknown", "open"):
        became = became._replace(closed_at=arrivals[0][0] + timedelta(days=number % 9))

    def recorded(card: Scorecard) -> LeadCommands:
        return under(commands, lambda _: kinds, card.kinds)

    sampled = sampling.sampled(commands, became)
    row = try_lead(Tried(sampling.current, draft, UNTIL), became, recorded)
    return row, sampled and TriedLead(sampled, sampling.crossing(sampled, draft))


@pytest.mark.parametrize("which", range(len(AGREEMENTS)))
def test_a_sample_finds_what_the_trial_of_all_leads_finds(which: int) -> None:
    today, draft = card_of(AGREEMENTS[which]), card_of(AGREEMENTS[(which + 1) % len(AGREEMENTS)])
    kinds = AgreedKinds.of(today.rules)
    sampling = Sampling(today, UNTIL, nothing_listed, lambda _: kinds)
    both = [tried_both_ways(sampling, draft, number) for number in range(LEADS)]
    rows, sample = [row for row, _ in both if not row.left_out], [tried for _, tried in both if tried]
    assert [(row.lead_id, row.known_at, row.current, row.draft) for row in rows] == [
        (tried.lead.lead_id, tried.lead.known_at, tried.lead.current, tried.draft) for tried in sample
    ]
    sums, found = Summing(draft.agreement, today.agreement).of(rows), quick_trial(sample, draft.agreement, UNTIL)
    cells = Counter[str]()
    for (cell, _, _), leads in sums.cells.items():
        cells[cell] += leads
    assert (cells["only_draft"], cells["only_today"]) == (len(found.newly), len(found.no_longer))
    assert (cells["both"], cells["neither"], sum(cells.values())) == (found.both, found.neither, found.leads)
    handed_over = Counter[tuple[str, str]]()
    for (agreement, team, _), leads in sums.days.items():
        handed_over[agreement, team] += leads
    for load in found.load:
        assert (load.current, load.draft) == (handed_over["today", load.team], handed_over["draft", load.team])
        assert 0 < load.days <= (UNTIL - BEGIN).days


def test_those_whose_outcome_says_most_come_first_then_the_newest() -> None:
    sampling = Sampling(card_of(AGREEMENTS[0]), UNTIL, nothing_listed, lambda _: AgreedKinds.of(AGREEMENTS[0].rules))
    draft = card_of(AGREEMENTS[-1])
    tried = [each for number in range(LEADS) if (each := tried_both_ways(sampling, draft, number)[1])]
    found = quick_trial(tried, draft.agreement, UNTIL)
    told = [(each.lead.became.state, -each.lead.known_at) for each in (*found.newly, *found.no_longer)]
    order = ["won", "returned", "lost", "open", "unknown"]
    newly = told[: len(found.newly)]
    assert len(newly) > 1
    assert newly == sorted(newly, key=lambda each: (order.index(each[0]), each[1]))
    assert found.since == min(each.lead.known_at for each in tried)
