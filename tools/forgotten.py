"""`make forgotten`: searches the running stack for forgotten leads."""

import json
import sys

from tools.emulator import Emulator
from tools.stack import Stack
from tools.workspace import MAIN


def main() -> None:
    """Starts the search, prints its result, and fails if it found a lead."""
    emulator = Emulator(MAIN)
    if not emulator.running():
        sys.exit("Nothing is running; start it with `make run`.")
    function = Stack.load(MAIN).outputs["FindForgottenFunctionArn"]
    answer = emulator.session().client("lambda").invoke(FunctionName=function, Payload=b"{}")
    found = json.loads(answer["Payload"].read())
    print(json.dumps(found, indent=2))
    if answer.get("FunctionError") or found["forgotten"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
