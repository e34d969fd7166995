"""Writes docs/openapi.json, its copy that `GET /openapi.json` answers, and docs/who-may.md."""

from tools.openapi import document, who_may
from tools.workspace import ROOT

FILES = {
    ROOT / "docs" / "openapi.json": document.text,
    ROOT / "functions" / "get_openapi" / "openapi.json": document.text,
    ROOT / "docs" / "who-may.md": who_may.table,
}


def main() -> None:
    """Writes the files."""
    for file, text in FILES.items():
        file.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
