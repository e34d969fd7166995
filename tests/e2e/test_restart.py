"""What a restart of the local stack must carry over, although MiniStack by itself does not."""

from tests.e2e.at_work import View, somebody, until
from tools.agreement import agreement_for_now, in_a_hurry
from tools.baton import Baton
from tools.emulator import Emulator
from tools.mailbox import Mailbox
from tools.stack import bring_up


def test_leads_timers_and_mail_go_on_after_a_restart(emulator: Emulator) -> None:
    before, after = somebody("before"), somebody("after")
    stack = bring_up(emulator, print)
    with agreement_for_now(emulator.session(), stack.outputs["TableName"], in_a_hurry()):
        with stack.api("sales") as staff:
            Baton(stack, staff).ask_for_a_person({"email": before})
            Mailbox(emulator.session().client("sqs"), stack.mailbox_queue_url).wait_for(before)
        emulator.stop()

        stack = bring_up(emulator, print)
        with stack.api("admin") as staff:
            baton = Baton(stack, staff)
            waiting = baton.lead_with_sales(before)
            baton.wait_until(waiting["lead_id"], "HandoffReassigned")
            baton.ask_for_a_person({"email": after})
            Mailbox(emulator.session().client("sqs"), stack.mailbox_queue_url).wait_for(after)
            for lead in until(lambda: both(baton, before, after), what="both in a list"):
                assert staff.delete(f"/leads/{lead['lead_id']}").status_code == 204, "their clocks would go on"


def both(baton: Baton, *emails: str) -> list[View]:
    """The leads of two addresses, once the index has both."""
    found = [lead for lead in baton.queue("with_sales") if lead["email"] in emails]
    return found if len(found) == len(emails) else []
