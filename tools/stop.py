"""`make stop`: stops the stacks that `make run` or the end-to-end tests left running."""

from tools.emulator import Emulator
from tools.workspace import END_TO_END, MAIN


def main() -> None:
    """Stops each running stack; their state is kept."""
    for workspace in (MAIN, END_TO_END):
        if Emulator(workspace).stop():
            print("Stopped. What Baton knew is kept for the next start.")


if __name__ == "__main__":
    main()
