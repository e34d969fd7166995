"""Items of trials, one trial for each draft: its progress with the sums so far, and the texts that it compares.

They hold counts, names of rules and reasons of the agreement, and nothing of any lead.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.table.keys import agreement_keys
from baton.aws.table.keys.item_key import Item, without_key
from baton.aws.table.packing.packed_text import packed, unpacked
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.domain.reports.rows.span import Span
from baton.domain.trial.figures.trial_sums import TrialSums

REMEMBERED_FOR = timedelta(days=90)
STALLED_AFTER = timedelta(minutes=15)
"""A trial that saved nothing for so long is not going on: its state machine gave up before."""
RUNNING, FINISHED, STALLED = "running", "finished", "stalled"


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial and its progress.

    Moments are texts in UTC. `lists_done` says how many of its `lists` were read, `after` is the last place that was
    read in the next one, and `steps` counts what was saved. `today` is the version in force when it was asked for,
    `reps` the capacity of each rep by team, at its end.
    """

    trial_id: str
    draft_id: str
    revision: int
    today: int
    by: str
    first: str
    last: str
    as_of: str
    now_asked: bool
    started_at: str
    saved_at: str
    state: str = RUNNING
    lists_done: int = 0
    after: str = ""
    steps: int = 1
    leads: int = 0
    finished_at: str | None = None
    reps: dict[str, list[int]] = field(default_factory=dict)
    sums: TrialSums = field(default_factory=TrialSums)

    @property
    def span(self) -> Span:
        """Returns the period in which its leads became known."""
        return Span(datetime.fromisoformat(self.first), datetime.fromisoformat(self.last))

    @property
    def done(self) -> bool:
        """Tells whether the job has ended."""
        return self.state != RUNNING

    @property
    def is_finished(self) -> bool:
        """Tells whether all leads were replayed, so that there is a result."""
        return self.state == FINISHED

    def state_at(self, now: datetime) -> str:
        """Returns its state; `stalled` if it should go on, and nothing has been saved for a quarter of an hour."""
        stands = self.state == RUNNING and now - datetime.fromisoformat(self.saved_at) > STALLED_AFTER
        return STALLED if stands else self.state

    def is_asked_again_by(self, other: "Trial") -> bool:
        """Tells whether another one asks for the same, so that this one answers it while it goes on."""
        asked = ("revision", "today", "first", "last", "now_asked", *(() if self.now_asked else ("as_of",)))
        return not self.done and all(getattr(self, name) == getattr(other, name) for name in asked)


@dataclass(frozen=True, slots=True)
class TrialItems:
    """Reads and writes trials; a trial is kept for ninety days."""

    store: Store

    def read(self, draft_id: str) -> Trial | None:
        """Reads the trial of a draft; None if there is none."""
        found = self._item(agreement_keys.trial(draft_id))
        return trial_from(found) if found else None

    def compared(self, trial: Trial) -> tuple[AgreementInForce, AgreementInForce] | None:
        """Reads the agreements that a trial compares: today's, and the draft; None if another trial replaced it."""
        found = self._item(agreement_keys.trial_texts(trial.draft_id))
        if found is None or found["trial_id"]["S"] != trial.trial_id:
            return None
        return compared_in(found)

    def begin(self, trial: Trial, today: str, draft: str) -> None:
        """Saves a new trial with the bodies of both agreements, in place of the draft's former trial.

        Raises:
            Contended: others began a trial of the draft at every attempt.
        """
        texts = agreement_keys.trial_texts(trial.draft_id) | {
            "trial_id": {"S": trial.trial_id},
            "today": packed(today),
            "draft": packed(draft),
            "expires_at": _expires(trial),
        }
        writes = [self.store.put(_item(trial)), self.store.put(texts)]
        retry_on_conflict(lambda: self.store.write(writes), "too many try the same draft at once; send it again")

    def save(self, read: Trial, new: Trial) -> Trial | None:
        """Saves progress and returns it; if another execution was faster, returns what that saved.

        None if another trial of the draft took its place, or it has expired.
        """
        new = replace(new, steps=read.steps + 1)
        try:
            self.store.dynamodb.put_item(
                TableName=self.store.table,
                Item=_item(new),
                ConditionExpression="trial_id = :trial AND steps = :read",
                ExpressionAttributeValues={":trial": {"S": read.trial_id}, ":read": {"N": str(read.steps)}},
            )
        except self.store.dynamodb.exceptions.ConditionalCheckFailedException:
            stored = self.read(read.draft_id)
            return stored if stored and stored.trial_id == read.trial_id else None
        return new

    def _item(self, key: Any) -> Item | None:
        found = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
        return dict(found["Item"]) if "Item" in found else None


def _expires(trial: Trial) -> Any:
    return {"N": str(int((datetime.fromisoformat(trial.started_at) + REMEMBERED_FOR).timestamp()))}


_PACKED = ("sums", "reps")


def _item(trial: Trial) -> Item:
    plain = asdict(replace(trial, sums=TrialSums()))
    values = {name: value for name, value in plain.items() if value is not None and name not in _PACKED}
    item = {name: {"N": str(int(one))} if isinstance(one, int) else {"S": one} for name, one in values.items()}
    sums, reps = json.dumps(trial.sums.as_data(), separators=(",", ":")), json.dumps(trial.reps)
    return (
        agreement_keys.trial(trial.draft_id)
        | item
        | {
            "sums": packed(sums),
            "reps": packed(reps),
            "expires_at": _expires(trial),
        }
    )


def compared_in(item: Item) -> tuple[AgreementInForce, AgreementInForce]:
    """Reads the agreements that a trial compares from their item: today's, and the draft."""
    today, draft = (AgreementInForce.model_validate_json(unpacked(item[name])) for name in ("today", "draft"))
    return today, draft


def trial_from(item: Item) -> Trial:
    """Reads a trial from its item."""
    read: Any = {
        name: int(value["N"]) if "N" in value else value["S"]
        for name, value in without_key(item).items()
        if name not in (*_PACKED, "expires_at")
    }
    sums, reps = (json.loads(unpacked(item[name])) for name in _PACKED)
    told = read | {"now_asked": bool(read["now_asked"]), "reps": reps, "sums": TrialSums.from_data(sums)}
    return Trial(**told)
