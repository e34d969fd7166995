"""Starts the trial of a draft: keeps what it compares, and starts the state machine that replays page by page."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field

from baton.agreement.reading.agreement_reader import read_agreement
from baton.aws.agreement.agreement_versions import Versions, body_of
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NoAgreement
from baton.aws.trials.trial_items import STALLED, Trial, TrialItems
from baton.domain.basics.days import DayOrMoment, begin_of
from baton.domain.basics.moments import iso
from baton.domain.basics.refusals import Refused
from baton.domain.reports.rows.span import MAX_SPAN

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient


class AskedPeriod(BaseModel):
    """The period in which the leads of a trial became known, and up to when their history goes: now without a word."""

    model_config = ConfigDict(extra="forbid")

    first: DayOrMoment = Field(alias="from")
    last: DayOrMoment = Field(alias="to")
    as_of: DayOrMoment | None = None


class PeriodRefused(ValueError):
    """A period that no trial can be of; `field` is what is wrong with it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True, slots=True)
class TrialMachine:
    """The state machine that goes on with trials until they are done."""

    machines: "SFNClient"
    arn: str

    @classmethod
    def from_environment(cls) -> Self:
        """Uses the state machine of the deployed stack."""
        return cls(client("stepfunctions"), setting("DRAFT_TRIAL_ARN"))

    def start(self, trial: Trial, name: str) -> None:
        """Starts an execution; one of the same name that was started before stays the only one."""
        told = json.dumps({"draft_id": trial.draft_id, "trial_id": trial.trial_id}, separators=(",", ":"))
        try:
            self.machines.start_execution(stateMachineArn=self.arn, name=name, input=told)
        except self.machines.exceptions.ExecutionAlreadyExists:
            return


@dataclass(frozen=True, slots=True)
class TrialStart:
    """Begins trials of drafts."""

    versions: Versions
    machine: TrialMachine

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        return cls(Versions(Store.from_environment()), TrialMachine.from_environment())

    def start(self, draft_id: str, asked: AskedPeriod, by: str, now: datetime) -> Trial:
        """Starts the trial of a draft, in place of its former one, and returns it.

        While one goes on, the same question returns that one; one that stands still goes on from its last page.

        Raises:
            NotFound: there is no such draft.
            Refused: the draft was withdrawn.
            AgreementFaults: its text is no valid agreement any more.
            PeriodRefused: there can be no trial of this period.
            NoAgreement: no agreement is in force.
        """
        draft, _ = DraftItems(self.versions).read(draft_id)
        if draft.withdrawn_at:
            raise Refused(f"{draft.withdrawn_by} has withdrawn this draft; write a new one")
        today = self.versions.now().current
        if today is None:
            raise NoAgreement("no agreement is in force; deploy the stack again to seed the packaged one")
        agreement = read_agreement(draft.yaml)
        first, last, as_of = _moments(asked, agreement.time_zone, now)
        new = Trial(
            trial_id=f"{int(now.timestamp() * 1000):012x}{sha256(f'{draft_id}{by}{asked}'.encode()).hexdigest()[:4]}",
            draft_id=draft_id,
            revision=draft.revision,
            today=today.number,
            by=by,
            first=iso(first),
            last=iso(last),
            as_of=iso(as_of),
            now_asked=asked.as_of is None,
            started_at=iso(now),
            saved_at=iso(now),
        )
        items = TrialItems(self.versions.store)
        stored = items.read(draft_id)
        if stored and stored.is_asked_again_by(new):
            return self._gone_on(items, stored, now)
        items.begin(new, today.body, body_of(today.number + 1, agreement, now))
        self.machine.start(new, new.trial_id)
        return new

    def _gone_on(self, items: TrialItems, stored: Trial, now: datetime) -> Trial:
        """Makes sure that somebody goes on with a trial: its own execution, or another one if that gave up."""
        if stored.state_at(now) != STALLED:
            self.machine.start(stored, stored.trial_id)
            return stored
        saved = items.save(stored, replace(stored, saved_at=iso(now))) or stored
        self.machine.start(saved, f"{stored.trial_id}-{saved.steps}")
        return saved


def _moments(asked: AskedPeriod, zone: str, now: datetime) -> tuple[datetime, datetime, datetime]:
    """Returns the beginning and the end of the period, and up to when the history goes."""
    first, last = begin_of(asked.first, zone), begin_of(asked.last, zone)
    as_of = begin_of(asked.as_of, zone) if asked.as_of else now
    if not first < last:
        raise PeriodRefused("to", "must be after `from`; it is the first moment that is not part of the period")
    if last - first > MAX_SPAN:
        raise PeriodRefused("to", f"must be at most {MAX_SPAN // timedelta(days=1)} days after `from`")
    if as_of > now:
        raise PeriodRefused("as_of", "lies in the future; leave it out for now")
    if last > as_of:
        what = "as_of" if asked.as_of else "to"
        raise PeriodRefused(
            what, "the period must have ended by then: `to` is at most `as_of`, which is now if left out"
        )
    return first, last, as_of
