"""`make redrive QUEUE=UnsentMailQueue`: sends what lies in a queue of the running stack on its way again."""

import json
import sys

from tools.emulator import Emulator
from tools.stack import Stack
from tools.workspace import MAIN


def main(*words: str) -> None:
    """Redrives one queue until nothing more is in it, and prints what was done; fails if messages are left."""
    emulator = Emulator(MAIN)
    if len(words) != 1 or not words[0]:
        sys.exit("Say which queue: make redrive QUEUE=UnsentMailQueue")
    if not emulator.running():
        sys.exit("Nothing is running; start it with `make run`.")
    function, client = Stack.load(MAIN).outputs["RedriveFailuresFunctionArn"], emulator.session().client("lambda")
    more, left = True, 0
    while more:
        answer = client.invoke(FunctionName=function, Payload=json.dumps({"queue": words[0]}).encode())
        done = json.loads(answer["Payload"].read())
        print(json.dumps(done, indent=2))
        if answer.get("FunctionError"):
            sys.exit(1)
        more, left = done["more"] and not done["stopped"], left + done["left"]
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
