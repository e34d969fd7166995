"""`make demo`: one request played through, then a lead that nobody answers; ends by itself."""

import sys

from tools.acts import act_one, act_two
from tools.run import FAILURES, Stopped, on_this_machine


def main() -> int | str:
    """Play both acts; the status is 0 only if everything came in time."""
    try:
        with on_this_machine() as (baton, mailbox, session, _):
            act_one(baton, mailbox, print)
            act_two(baton, mailbox, session, print)
    except Stopped:
        return 130
    except FAILURES as failure:
        return f"\nThe demonstration failed: {failure}"
    return 0


if __name__ == "__main__":
    sys.exit(main())
