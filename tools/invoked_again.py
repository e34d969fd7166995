"""Has MiniStack invoke a function again that failed on an event of a bus, as Lambda does.

EventBridge invokes functions asynchronously. MiniStack repeats such an invocation, and puts its event aside in the end,
if a client asks for it or a bucket; for a rule of a bus it invokes once and forgets the event.
"""

import json
from typing import Any


def install(eventbridge: Any, functions: Any) -> None:
    """Puts it between MiniStack's modules of EventBridge and of Lambda."""

    def dispatch(arn: str, payload: str) -> None:
        function, config, _name = functions._get_func_record_for_ref(arn)
        if function and config:
            invoked = functions._execution_record_for_config(function, config)
            functions.invoke_async_with_retry(invoked, json.loads(payload))

    eventbridge._dispatch_to_lambda = dispatch
