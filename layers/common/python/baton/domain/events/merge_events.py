"""Events of the addresses of one person: two leads are merged, that is undone, and one address is written to."""

from typing import Literal

from baton.domain.basics.facts import Instant
from baton.domain.events.happened import Happened
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import ChosenBy
from baton.domain.leads.merged_histories import GivenAway, MergedPart


class LeadMerged(Happened):
    """Somebody has said that another lead is the same person: what is known of it, and its history, are this one's."""

    published = ("other",)
    type: Literal["LeadMerged"] = "LeadMerged"
    other: str
    reason: str | None = None
    brought: FactSnapshot
    parts: tuple[MergedPart, ...]


class LeadAbsorbed(Happened):
    """The lead was merged into another, which stands for it from now on."""

    published = ("into",)
    type: Literal["LeadAbsorbed"] = "LeadAbsorbed"
    into: str
    reason: str | None = None


class LeadUnmerged(Happened):
    """Another lead was somebody else after all; `known` is what is left, `parts` and `ceded` are as they are now."""

    published = ("other",)
    type: Literal["LeadUnmerged"] = "LeadUnmerged"
    other: str
    reason: str | None = None
    known: FactSnapshot
    parts: tuple[MergedPart, ...] = ()
    ceded: tuple[GivenAway, ...] = ()


class LeadRestored(Happened):
    """The lead is one of its own again; `known` is what it told of itself meanwhile, if it did."""

    published = ("merged_into",)
    type: Literal["LeadRestored"] = "LeadRestored"
    merged_into: str
    reason: str | None = None
    known: FactSnapshot | None = None
    parts: tuple[MergedPart, ...] = ()
    is_no_spam: bool = False


class AddressChosen(Happened):
    """One of the lead's addresses is the one to write to from now on; `told_at` is when a tool says that it changed."""

    published = ("chosen_by",)
    type: Literal["AddressChosen"] = "AddressChosen"
    email: str
    chosen_by: ChosenBy
    told_at: Instant | None = None
    disposable: bool = False
