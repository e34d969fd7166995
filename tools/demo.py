"""`make demo`: plays a request, a lead that reads until sales gets it, a lead that nobody answers, points learned."""

import sys

from tools.demo_acts import a_visitor_asks, nobody_answers
from tools.demo_points_act import departments_agree
from tools.demo_reading_act import a_lead_reads
from tools.run import FAILURES, Stopped, on_this_machine


def main() -> int | str:
    """Plays all acts; returns status 0 only if everything came in time."""
    try:
        with on_this_machine() as (baton, mailbox, session, _):
            a_visitor_asks(baton, mailbox, print)
            a_lead_reads(baton, mailbox, print)
            nobody_answers(baton, mailbox, session, print)
            departments_agree(baton, session, print)
    except Stopped:
        return 130
    except FAILURES as failure:
        return f"\nThe demonstration failed: {failure}"
    return 0


if __name__ == "__main__":
    sys.exit(main())
