"""Writes the JSON Schema of agreements to docs/agreement.schema.json."""

import json
from pathlib import Path

from baton.agreement.reading.json_schema import schema

FILE = Path("docs/agreement.schema.json")


def text() -> str:
    """Returns the schema as the text of its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes the file."""
    FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
