"""The agreement as it is stored and followed: teams, handoffs, forms, calendars, and the rules of scoring."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import Field

from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.clause import Clause, Name, ShortText
from baton.agreement.terms.clock_terms import AppointmentTerms
from baton.agreement.terms.form_terms import Form
from baton.agreement.terms.marketing_terms import MarketingTerms
from baton.agreement.terms.retention_terms import RetentionTerms
from baton.agreement.terms.return_reasons import ReturnReason
from baton.agreement.terms.teams_and_territories import RepTerms, Team, Territory
from baton.agreement.terms.trigger_terms import Trigger, TriggerTerms

if TYPE_CHECKING:
    from baton.agreement.terms.rules import Rules
else:  # checked when they are drafted; no function builds models of them when it starts
    Rules = Any


def _nothing_scores() -> Any:
    from baton.agreement.terms.rules import NOTHING_SCORES  # noqa: PLC0415  # only for what was kept before there were rules

    return NOTHING_SCORES


class Agreement(Clause):
    """The whole agreement, ready to be followed; `read_agreement` checks it as a whole."""

    title: ShortText
    teams: dict[Name, Team] = Field(min_length=1, max_length=50)
    handoffs: dict[Trigger, TriggerTerms] = Field(min_length=1)
    return_reasons: dict[Name, ReturnReason] = Field(min_length=1, max_length=30)
    forms: dict[Name, Form] = Field(default={}, max_length=50)
    calendars: dict[Name, Calendar] = Field(default={}, max_length=50)
    marketing: MarketingTerms = Field(default_factory=MarketingTerms)
    territories: tuple[Territory, ...] = Field(default=(), max_length=100)
    retention: RetentionTerms = Field(default_factory=RetentionTerms)
    appointments: AppointmentTerms = Field(default_factory=AppointmentTerms)
    rules: Rules = Field(default_factory=_nothing_scores)

    @property
    def rosters(self) -> dict[str, Team]:
        """Returns every team with a roster: those in sales, and marketing's, which need not be in the document."""
        usual = Team(label=self.marketing.team, reps=RepTerms(weight=1, capacity=25))
        return {**self.teams, self.marketing.team: self.teams.get(self.marketing.team, usual)}

    @property
    def time_zone(self) -> str:
        """Returns the time zone of dates without a time: that of marketing's calendar, or of all calendars, or UTC."""
        of_marketing = self.calendars.get(self.marketing.calendar or "")
        zones = {calendar.time_zone for calendar in ([of_marketing] if of_marketing else self.calendars.values())}
        return zones.pop() if len(zones) == 1 else "UTC"

    @property
    def counted_as_lost(self) -> frozenset[str]:
        """Returns the return reasons that count against the rules by which the lead was handed over."""
        return frozenset(name for name, reason in self.return_reasons.items() if reason.counts_as_lost(name))

    @property
    def _instead_of_sales(self) -> set[str]:
        return {rule["team"] for rule in self.rules.get("never", ()) if rule["team"]}

    def without_lot(self) -> "Agreement":
        """Returns the agreement in which no lead is drawn by lot: its rules alone decide who is handed over."""
        return self.model_copy(update={"rules": {name: said for name, said in self.rules.items() if name != "audit"}})

    def gives_leads_to(self, team: str) -> bool:
        """Returns whether a team gets leads; marketing's does only if a handoff or a territory names it.

        A team that gets leads instead of sales (`never`) is such a team, too.
        """
        places: tuple[TriggerTerms | Territory, ...] = (*self.handoffs.values(), *self.territories)
        named = any(place.team == team for place in places) or team in self._instead_of_sales
        return team in self.teams and (named or team != self.marketing.team)


class AgreementInForce(Clause):
    """An agreement with the number of its version and the moment since which it holds (ISO 8601, UTC)."""

    version: int = Field(ge=1)
    in_force_since: str
    agreement: Agreement


ReadAgreement = Callable[[], AgreementInForce]
"""Reads the agreement in force; passed where a command may not need it."""
