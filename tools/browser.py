"""Finds Chromium on this machine; `python -m tools.browser` installs Debian's if there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.http_retries import HANGS_AFTER_SECONDS

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""The first draws the same pages without all that a window needs: with it, the console's tests take a fifth less
processor time."""
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
NEEDED = ("chromium-headless-shell", "fonts-liberation")
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--renderer-process-limit=1",
)
"""Nothing that a test opens is fetched from anywhere but this machine. Pages share a process: with one for each, they
take a third more processor time."""


class NoBrowser(RuntimeError):
    """There is no Chromium here; the message says what to do."""


def find() -> Path | None:
    """Returns the path of Chromium or Chrome; the environment variable BROWSER_PATH comes first."""
    named = os.environ.get("BROWSER_PATH")
    found = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    return Path(found[0]) if found else MAC if MAC.exists() else None


def install() -> Path:
    """Returns the path of Chromium, and installs Debian's first if there is none.

    Raises:
        NoBrowser: there is none, and it cannot be installed from here.
    """
    if found := find():
        return found
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise NoBrowser(
            "the tests of pages need Chromium or Chrome, and it can be installed from here only as root on Debian:"
            f" run `sudo apt-get install {' '.join(NEEDED)}` there, or put the path of another in BROWSER_PATH"
        )
    print("· installing Chromium", flush=True)
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *NEEDED]):
        done = subprocess.run(
            ["apt-get", "--quiet=2", *command],
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NoBrowser(f"apt-get could not install Chromium:\n{(done.stdout + done.stderr)[-2000:]}")
    found = find()
    if found is None:
        raise NoBrowser("apt-get has installed Chromium, and there is still none in the PATH; put it in BROWSER_PATH")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Runs Chromium without a window."""
    path = find()
    if path is None:
        raise NoBrowser("there is no Chromium; `make setup` installs it or says how")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path, args=list(ARGUMENTS), timeout=HANGS_AFTER_SECONDS * 1000
        )
        try:
            yield running
        finally:
            running.close()


if __name__ == "__main__":
    try:
        install()
    except NoBrowser as none:
        sys.exit(str(none))
