"""What nobody can read holds up nobody else."""

import json
import uuid

from tests.e2e.at_work import AtWork, until

GARBAGE = '{"first_name": "Quecksilber'


def test_an_unreadable_event_goes_to_the_queue_and_the_later_events_are_published(baton: AtWork) -> None:
    table = baton.session.client("dynamodb")
    lead_id = f"poison{uuid.uuid4().hex[:18]}"
    for number in (1, 2):
        item = {"pk": f"LEAD#{lead_id}", "sk": f"EVENT#{number:08d}", "type": "HandoffOffered", "body": GARBAGE}
        table.put_item(TableName=baton.outputs["TableName"], Item={name: {"S": text} for name, text in item.items()})
    leads = [baton.ask() for _ in range(3)]

    for lead in leads:
        assert baton.alert(lead)
    put_aside = until(lambda: kept(baton, lead_id, 2), what="both in the queue")

    for number, message in enumerate(sorted(put_aside, key=lambda message: message["sk"]), start=1):
        assert message.keys() == {"pk", "sk", "fault", "sequence_number"}
        assert (message["pk"], message["sk"]) == (f"LEAD#{lead_id}", f"EVENT#{number:08d}")
        assert "Quecksilber" not in json.dumps(message)


def test_a_timer_that_failed_for_good_leaves_its_ids_in_the_queue_for_a_redrive(baton: AtWork) -> None:
    [message] = baton.lose_a_timer("b" * 24)

    assert message == {"lead_id": "b" * 24, "event_id": f"{'b' * 24}-00000003", "due_at": "2026-11-22T18:00:00.000Z"}


def kept(baton: AtWork, lead_id: str, count: int) -> list[dict[str, str]]:
    """The messages about this lead in the queue of what was never published, once there are so many."""
    received = baton.session.client("sqs").receive_message(
        QueueUrl=baton.outputs["UnpublishedQueueUrl"], MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    messages = [json.loads(message["Body"]) for message in received.get("Messages", [])]
    ours = [message for message in messages if message["pk"] == f"LEAD#{lead_id}"]
    return ours if len(ours) == count else []
