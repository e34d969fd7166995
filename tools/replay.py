"""`make replay`: reads again the webhooks in the running stack that were not understood."""

import json
import sys

from tools.emulator import Emulator
from tools.stack import Stack
from tools.workspace import MAIN


def main() -> None:
    """Reads all of them, and prints how many are understood now; fails if some are not."""
    emulator = Emulator(MAIN)
    if not emulator.running():
        sys.exit("Nothing is running; start it with `make run`.")
    function, client = Stack.load(MAIN).outputs["ReplayQuarantineFunctionArn"], emulator.session().client("lambda")
    asked: dict[str, str] | None = {}
    left = 0
    while asked is not None:
        answer = client.invoke(FunctionName=function, Payload=json.dumps(asked).encode())
        result = json.loads(answer["Payload"].read())
        print(json.dumps(result, indent=2))
        if answer.get("FunctionError"):
            sys.exit(1)
        asked, left = result.get("next"), left + result["still_quarantined"]
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
