"""Shows items of the table as people read them: what `aws dynamodb get-item` or `query` answers, packed texts unpacked.

`aws dynamodb query … | make -s unpacked`
"""

import json
import sys
from base64 import b64decode
from typing import Any

from baton.aws.table.packing.packed_text import unzipped


def main() -> None:
    """Reads DynamoDB's JSON, and writes it without the names of types, and with each text that is JSON as such."""
    print(json.dumps(_plain(json.load(sys.stdin)), indent=2, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"B": str(content), **others} if not others:
            return _document(unzipped(b64decode(content)).decode())
        case {"S": str(text), **others} if not others:
            return _document(text)
        case {"N": str(number), **others} if not others:
            return json.loads(number)
    return {name: _plain(each) for name, each in value.items()}


def _document(text: str) -> Any:
    """Returns what a text says if it is a JSON document; otherwise the text."""
    try:
        return json.loads(text) if text[:1] in ("{", "[") else text
    except ValueError:
        return text


if __name__ == "__main__":
    main()
