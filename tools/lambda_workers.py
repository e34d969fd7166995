"""Makes MiniStack start functions sooner, and answer sooner for them.

MiniStack extracts all layers anew for each process of a function; Baton's layer has thousands of files. In each it
imports botocore, for functions that invoke functions. Of a package that two layers have parts of, only the last
layer's is found, where Lambda merges the folders of layers. And it waits up to 50 ms after each invocation for what the
function may have logged. Here each archive is extracted once, botocore is imported by those who use it, Baton's package
has the parts of all layers, and a process says when it has logged all of an invocation.
"""

import hashlib
import json
import queue
import threading
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from types import SimpleNamespace
from typing import Any, Self

LOGGED = "\0"
"""The line that a process logs after all others of an invocation."""
MAX_SECONDS = 0.25
"""How long MiniStack waits for that line."""

_one_at_a_time = threading.Lock()


class SharedArchive:
    """An archive that is extracted once; whoever extracts it again gets a link to its files, which nobody changes."""

    def __init__(self, path: str) -> None:
        digest = hashlib.blake2b(Path(path).read_bytes(), digest_size=20).hexdigest()
        self._path, self._files = path, Path(gettempdir(), f"extracted-{digest}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leaves the files there: others have links to them."""

    def namelist(self) -> list[str]:
        """Returns the names that are yet to be extracted."""
        if self._files.exists():
            return []
        with zipfile.ZipFile(self._path) as archive:
            return archive.namelist()

    def extractall(self, folder: str) -> None:
        """Makes an empty folder one with the archive's files."""
        with _one_at_a_time:
            if not self._files.exists():
                part = mkdtemp()
                with zipfile.ZipFile(self._path) as archive:
                    archive.extractall(part)
                Path(part).rename(self._files)
        Path(folder).rmdir()
        Path(folder).symlink_to(self._files)


def install(runtime: Any) -> None:
    """Puts all of it into MiniStack's module of functions' processes, `ministack.core.lambda_runtime`."""
    runtime.zipfile = SimpleNamespace(**{**vars(zipfile), "ZipFile": SharedArchive})
    runtime._PYTHON_WORKER_SCRIPT = _changed(runtime._PYTHON_WORKER_SCRIPT)
    runtime.Worker._drain_stderr_bounded = logged_lines


def _changed(script: str) -> str:
    """Returns the program of a process that imports no botocore, merges layers, and says when an invocation is over."""
    for place, instead in _CHANGES.items():
        if script.count(place) != 1:
            raise RuntimeError(f"the functions of this MiniStack do not contain {place!r}; see {__name__}")
        script = script.replace(place, instead)
    return script


_CHANGES = {
    "    _ms_install_invoke_depth()\n": (
        '    if os.pathsep in os.environ.get("_LAMBDA_LAYERS_DIRS", ""):\n'
        "        import baton\n"
        '        _parts = (os.path.join(each, "baton") for each in sys.path)\n'
        "        baton.__path__ = [each for each in _parts if os.path.isdir(each)]\n"
    ),
    "        _real_stdout.flush()\n\nrun()\n": (
        f'        sys.stderr.write({json.dumps(LOGGED)} + "\\n")\n'
        "        sys.stderr.flush()\n"
        "        _real_stdout.flush()\n\nrun()\n"
    ),
}


def logged_lines(worker: Any) -> str:
    """Returns what a process has logged in the invocation that has just ended."""
    lines: list[str] = []
    with suppress(queue.Empty):
        while (line := worker._stderr_queue.get(timeout=MAX_SECONDS)) != LOGGED:
            lines.append(line)
    return "\n".join(lines)
