"""What holds for every screen of the console because of how it is written."""

import re
from collections.abc import Iterator

from tools import console

SOURCE = console.CONSOLE / "src"
ASKS = {
    "api/call.ts": "every read and every change: with one more try, and the session renewed",
    "session/session.ts": "the session itself",
    "screens/leads/leads-file.ts": "a list as a file",
    "screens/lists/list-pane.tsx": "the results of an import, where they were saved",
    "screens/lists/upload.ts": "the file of an import, to where it waits",
}
"""Who asks the network for something, and for what; all else goes through `call`."""
OF_THE_NETWORK = re.compile(r"\b(fetch\((?!\)))|\bXMLHttpRequest\b|\bEventSource\b|\bsendBeacon\b")
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|DOMParser|\beval\(|new Function\(")


def sources() -> Iterator[tuple[str, str]]:
    for file in sorted([*SOURCE.rglob("*.ts"), *SOURCE.rglob("*.tsx")]):
        if file != console.TYPES:
            yield str(file.relative_to(SOURCE)), file.read_text()


def test_all_calls_but_those_of_files_and_of_the_session_go_one_way() -> None:
    assert {name for name, text in sources() if OF_THE_NETWORK.search(text)} == set(ASKS)


def test_no_text_becomes_markup() -> None:
    assert [name for name, text in sources() if MARKUP.search(text)] == []
