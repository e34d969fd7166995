"""Learns points for an agreement from stored leads: takes each as it was known, then proposes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from baton.agreement.reading.agreement_reader import read_agreement
from baton.agreement.reading.yaml_loader import load
from baton.agreement.terms.durations import parse_duration
from baton.domain.conditions.condition_wording import words_by_rule
from baton.domain.events.recorded import Recorded
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.learning.candidate_rules import Asked
from baton.learning.draft_document import draft_document
from baton.learning.edited_text import edited_text
from baton.learning.known_leads import KnownLead, card_in_points, rules_that_stay
from baton.learning.learned_leads import Maturity, Refused
from baton.learning.proposal import propose
from baton.learning.proposal_words import draft_text, report_lines, without_report
from baton.learning.proposed_table import Wishes
from baton.learning.stored.proposal_figures import proposal_figures
from baton.learning.stored.stored_leads import stored_lead


class Learned(NamedTuple):
    """What was learned: the figures, the report in lines, and the draft below it; None if nothing is proposed.

    `refused` says why nothing honest can be said; then there is nothing else.
    """

    figures: Mapping[str, Any] = {}
    report: Sequence[str] = ()
    draft: str | None = None
    refused: str | None = None


class StoredLearner:
    """Learns points for one agreement."""

    def __init__(
        self, text: str, asked: Mapping[str, Any], as_of: datetime, was: Callable[[datetime], AgreedKinds]
    ) -> None:
        """Takes an agreement's text, what was asked for, and up to when histories go.

        `asked` has the fields of `POST /agreement/proposals`. `was` gives what the agreement that was in force at a
        moment said of kinds of signals.
        """
        self.text, self.asked, self.as_of, self.was = without_report(text), asked, as_of, was
        self.card = card_in_points(read_agreement(self.text))

    def known(
        self, lead_id: str, history: Sequence[Recorded], others: Mapping[str, Sequence[Recorded]]
    ) -> KnownLead | None:
        """Returns a lead as it was known before its outcome; None if it says nothing."""
        return stored_lead(lead_id, history, others, self.card, self.as_of, self.was)

    def learn(self, leads: Sequence[KnownLead]) -> Learned:
        """Returns what can be learned from leads."""
        document, asked = load(self.text), self.asked
        within = parse_duration(asked["matures_after"]) if asked.get("matures_after") else None
        wishes = Wishes(
            asked["leads_per_day"],
            asked["mode"],
            asked["seed"],
            frozenset(asked["strike"]),
            Asked(frozenset(asked["allow"]), asked["known"]),
            asked["looks"],
        )
        try:
            proposal = propose(leads, self.card, document, wishes, Maturity(self.as_of, within))
        except Refused as refused:
            return Learned(refused=str(refused))
        report = report_lines(proposal)
        if not proposal.rules:
            return Learned(proposal_figures(proposal, {}), report, None)
        stay = [rule["id"] for rule in rules_that_stay(self.card.rules)]
        draft = edited_text(self.text, draft_document(document, proposal, stay))
        words = words_by_rule(read_agreement(draft).rules)
        return Learned(proposal_figures(proposal, words), report, draft_text(report, draft))
