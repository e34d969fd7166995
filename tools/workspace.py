"""Names the folders in which each local stack keeps its files, so that a second start finds them and no two stacks
meet.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT / ".baton"

Say = Callable[[str], None]
"""Tells the person at the terminal one line of progress."""


@dataclass(frozen=True)
class Workspace:
    """The folder of one local stack; all files that it writes are in there."""

    folder: Path

    @property
    def local_json(self) -> Path:
        """Returns the file with all that a client needs: addresses, tokens, secrets. Only its owner may read it."""
        return self.folder / "local.json"

    @property
    def build(self) -> Path:
        """Returns the folder of the output of `sam build`."""
        return self.folder / "build"

    @property
    def state(self) -> Path:
        """Returns the folder of MiniStack's state, written at a clean stop."""
        return self.folder / "state"

    @property
    def deployed(self) -> Path:
        """Returns the file with the fingerprint of the last deployment."""
        return self.folder / "deployed"

    @property
    def port(self) -> int:
        """Returns the port of this stack: a free one at first, the same ever after unless somebody else takes it."""
        return self._kept_port("port")

    @property
    def website_port(self) -> int:
        """Returns the port of the website whose scripts may read the API's answers."""
        return self._kept_port("website-port")

    def leave_taken_port(self) -> None:
        """Takes another port from now on if a program listens on the stack's own, such as that of a copied folder."""
        if not _is_free(self.port):
            (self.folder / "port").unlink()

    def _kept_port(self, name: str) -> int:
        kept = self.folder / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(str(_free_port()))
        return int(kept.read_text())

    def log(self, name: str) -> Path:
        """Returns the log file of one tool."""
        return self.folder / f"{name}.log"


MAIN = Workspace(SHARED)
"""The stack of `make run` and `make demo`."""

END_TO_END = Workspace(SHARED / "e2e")
"""The stack that the end-to-end tests start for themselves."""


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what a stopped program left hinders nobody
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
