"""`make token`: prints fresh tokens for the running stack."""

import sys

from tools.emulator import Emulator
from tools.stack import renew_tokens
from tools.workspace import MAIN


def main() -> None:
    """Renews local.json and prints the tokens as shell variables."""
    emulator = Emulator(MAIN)
    if not emulator.running():
        sys.exit("Nothing is running; start it with `make run`.")
    for group, token in renew_tokens(emulator).tokens.items():
        print(f"{group.upper()}_TOKEN={token}")


if __name__ == "__main__":
    main()
