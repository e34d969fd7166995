"""Many leads at one moment are few mails to each person, and none of them is missing."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise

from tests.e2e.at_work import AtWork

PAUSE_SECONDS, LEADS = 3, 10
CLOCK_SKEW_SECONDS = 0.5
"""A function takes the time before it sends the mail."""


@contextmanager
def pauses_of(baton: AtWork, seconds: int) -> Iterator[None]:
    """Mailboxes pause for so long, for a while."""
    client, name = baton.session.client("lambda"), baton.physical_id("NotifySalesFunction")
    usual = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    variables = {**usual, "MAIL_PAUSE_SECONDS": str(seconds)}
    client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
    try:
        yield
    finally:
        client.update_function_configuration(FunctionName=name, Environment={"Variables": usual})


def test_many_leads_at_one_moment_are_few_mails_to_each_owner_and_none_is_missing(baton: AtWork) -> None:
    with pauses_of(baton, PAUSE_SECONDS):
        for lead in [baton.ask() for _ in range(2)]:
            baton.alert(lead)  # functions that have just started take longer from the time to the mail
        leads = [baton.ask() for _ in range(LEADS)]
        for lead in leads:
            baton.mail(lead["handoff"]["handoff_id"], to=lead["handoff"]["owner"])
            baton.wait(lead["lead_id"], "OwnerNotified")
    handoffs = {lead["handoff"]["handoff_id"]: lead["handoff"]["owner"] for lead in leads}
    mails = [mail for mail in baton.mailbox.mails if any(each in mail.text for each in handoffs)]
    told = Counter((each, *mail.to) for mail in mails for each in handoffs if f"handoff {each}" in mail.text)
    assert told == Counter(handoffs.items())
    assert any("mails in one, the most urgent first" in mail.text for mail in mails)
    for owner in set(handoffs.values()):
        sent = sorted(datetime.fromisoformat(mail.sent_at) for mail in mails if owner in mail.to)
        gaps = [(after - before).total_seconds() for before, after in pairwise(sent)]
        assert all(gap > PAUSE_SECONDS - CLOCK_SKEW_SECONDS for gap in gaps), gaps
