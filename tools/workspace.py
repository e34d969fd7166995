"""Where one local stack keeps its things, so that a second start finds them and two stacks do not meet."""

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
    """The folder of one local stack; everything it writes is in there."""

    folder: Path

    @property
    def local_json(self) -> Path:
        """What a client of the running stack needs: addresses, tokens, secrets. For its owner only."""
        return self.folder / "local.json"

    @property
    def build(self) -> Path:
        """What `sam build` makes."""
        return self.folder / "build"

    @property
    def state(self) -> Path:
        """What AWS here knows, written at a clean stop."""
        return self.folder / "state"

    @property
    def deployed(self) -> Path:
        """The fingerprint of what was deployed last."""
        return self.folder / "deployed"

    @property
    def port(self) -> int:
        """The port of this stack: a free one when first asked, the same ever after."""
        return self._kept_port("port")

    @property
    def website_port(self) -> int:
        """The port of the website whose scripts may read the API's answers."""
        return self._kept_port("website-port")

    def _kept_port(self, name: str) -> int:
        kept = self.folder / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(str(_free_port()))
        return int(kept.read_text())

    def log(self, name: str) -> Path:
        """The file for what one tool says."""
        return self.folder / f"{name}.log"


MAIN = Workspace(SHARED)
"""The stack of `make run` and `make demo`."""

END_TO_END = Workspace(SHARED / "e2e")
"""The stack that the end-to-end tests start for themselves."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
