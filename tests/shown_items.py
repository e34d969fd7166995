"""Shows stored items with their packed texts as text, so that a test finds every word in them."""

import base64
from typing import Any

from baton.aws.table.packing.packed_text import unzipped


def shown(value: Any) -> Any:
    """Items, or whatever holds some, with each binary value as what it says; a stream's records have base64."""
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"B": bytes(packed)}:
            return {"S": unzipped(packed).decode()}
        case {"B": str(encoded)}:
            return {"S": unzipped(base64.b64decode(encoded)).decode()}
    return {name: shown(each) for name, each in value.items()}
