"""Companies that checks put on the list of target accounts, and what is counted for them."""

import json
import uuid
from typing import TYPE_CHECKING, Any

from baton.aws.table.keys import account_keys
from tests.e2e.at_work import SAM, read

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack


def somewhere_new() -> str:
    """A company's domain that nobody has used before."""
    return f"company-{uuid.uuid4().hex[:12]}.com"


def on_the_list(running: "RunningStack", **said: Any) -> str:
    domain = somewhere_new()
    account = read(running.baton.admin.put(f"/accounts/{domain}", json={"owner": SAM, **said}))
    assert account["owner_gets_alerts"], account["why_not"]
    return domain


def put_on_the_list_unseen(running: "RunningStack", domain: str) -> None:
    """A company is on the list, and none of its leads was looked at for it."""
    other = on_the_list(running)
    item = json.loads(json.dumps(running.item(account_keys.account(other))).replace(other, domain))
    running.baton.session.client("dynamodb").put_item(TableName=running.baton.outputs["TableName"], Item=item)


def counts_forms(running: "RunningStack", domain: str) -> bool:
    """Whether a form's handoff was counted for a company."""
    return "forms" in running.item(account_keys.account(domain))
