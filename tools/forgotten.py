"""`make forgotten`: is anybody forgotten in the running stack?"""

import json
import sys

from tools.emulator import Emulator
from tools.stack import Stack
from tools.workspace import MAIN


def main() -> None:
    """Have it looked for, print what was found, and fail if that is anybody."""
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
