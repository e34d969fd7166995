"""Knows the stack's state machines: by the ARNs that Step Functions tells, and by their names in the template."""

import json
from collections.abc import Mapping
from typing import Any

from baton.aws.runtime.settings import setting


def state_machines() -> dict[str, str]:
    """Returns the name of each state machine, such as `FollowUpTimer`, by its ARN."""
    named: dict[str, str] = json.loads(setting("STATE_MACHINES"))
    return named


def failed_machine(event: Mapping[str, Any], machines: Mapping[str, str]) -> str | None:
    """Returns the name of the state machine of which the account's bus tells; None for another event."""
    return machines.get(event.get("detail", {}).get("stateMachineArn", ""))
