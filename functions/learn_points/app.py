"""Runs when a proposal was asked for: learns points from what became of leads; numpy comes with a layer of its own."""

from typing import Any

from baton.aws.proposals.proposal_job import ProposalJob
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.learning.stored.stored_learner import StoredLearner

job = ProposalJob(Store.from_environment())


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Learns for one proposal; one that has its result stays as it is."""
    done = job.run(str(event.get("detail", event)["proposal_id"]), StoredLearner, utc_now)
    return {"proposal_id": done.proposal_id, "state": done.state, "leads": done.leads}
