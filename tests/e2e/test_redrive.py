"""What failed for good goes on its way again on the deployed stack, by one call of an administrator."""

from tests.e2e.at_work import AtWork, View, read, until

QUEUE = "UnclosedBooksQueue"


def shown(baton: AtWork) -> View:
    return next(each for each in read(baton.admin.get("/queues"))["queues"] if each["queue"] == QUEUE)


def test_an_administrator_sends_on_what_failed_and_sees_what_came_of_it(baton: AtWork) -> None:
    sqs = baton.session.client("sqs")
    for _ in range(2):
        sqs.send_message(QueueUrl=baton.outputs[f"{QUEUE}Url"], MessageBody='{"detail": {}}')
    assert shown(baton)["messages"] >= 2

    assert baton.admin.post(f"/queues/{QUEUE}/redrive").status_code == 202

    done = until(lambda: shown(baton)["redriven"], what="the redrive")
    assert (done["sent_on"] >= 2, done["left"], done["stopped"]) == (True, 0, None)
    assert shown(baton)["messages"] == 0
