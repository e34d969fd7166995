"""Checks that make the functions of imports use every permission of their roles."""

import uuid
from typing import TYPE_CHECKING

from tests.e2e import lists
from tests.e2e.at_work import SAM, read
from tests.iam.listed_companies import on_the_list

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack


def begin_import(running: "RunningStack") -> None:
    """And the file is let in where the answer says."""
    answer = lists.uploaded(lists.announced(running.baton), b"a,b\n")
    assert answer.is_success, answer.text


def get_import(running: "RunningStack") -> None:
    """One that has ended, whose result is let out; and all of them."""
    known = lists.taken_in(running.baton, b"email\nnobody\n")
    assert lists.results(known)[0]["result"] == "refused"
    running.patience.until(lambda: read(running.baton.marketing.get("/imports"))["imports"], "the list of imports")


def import_list(running: "RunningStack") -> None:
    """Signals of a company on the list that ask for a person, were before, come twice; a file that is gone."""
    from tests.iam.checks import count_under_another_version  # noqa: PLC0415

    email = f"anna@{on_the_list(running, owner=SAM)}"
    assert _taken(running, f"{email},demo_requested,,")["accepted"] == 1
    lead_id = running.baton.lead_id(email)
    assert running.baton.lead(lead_id)["handoff"]["owner"]
    count_under_another_version(running, lead_id)
    again = uuid.uuid4().hex
    counts = _taken(running, f"{email},page_visited,2026-01-01,{again}\n{email},page_visited,2026-01-01,{again}")
    assert (counts["accepted"], counts["repeated"]) == (1, 1)
    assert _taken(running, f"{uuid.uuid4().hex}@gmail.com,page_visited,,")["accepted"] == 1
    gone = lists.announced(running.baton)["import_id"]
    running.invoke("ImportListFunction", {"detail": {"import_id": gone}})
    assert read(running.baton.marketing.get(f"/imports/{gone}"))["state"] == "failed"


def _taken(running: "RunningStack", lines: str) -> dict[str, int]:
    content = f"email,kind,at,message id\n{lines}\n".encode()
    known = lists.announced(running.baton, kind="signals")
    assert lists.uploaded(known, content).is_success
    id_ = known["import_id"]
    running.invoke("ImportListFunction", {"detail": {"import_id": id_}})  # as the bucket does, but says what fails
    with running.patience.wait("taking it in") as seconds:
        counts: dict[str, int] = lists.ended(running.baton, id_, seconds=seconds)["progress"]
    running.patience.until(
        lambda: not is_there(running, f"uploads/{id_}") and not is_there(running, f"results/{id_}/"), "tidying"
    )
    return counts


def waiting_file(running: "RunningStack", email: str) -> str:
    """A file that names somebody, and that nobody will ever take in; gives its key."""
    s3, bucket = running.baton.session.client("s3"), running.baton.physical_id("ImportFiles")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    key = f"uploads/waits-{uuid.uuid4().hex}"
    s3.put_object(Bucket=bucket, Key=key, Body=f"email\n{email}\n".encode())
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={"EventBridgeConfiguration": {}})
    return key


def is_there(running: "RunningStack", key: str) -> bool:
    """Whether the bucket has a file."""
    s3, bucket = running.baton.session.client("s3"), running.baton.physical_id("ImportFiles")
    return bool(s3.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents"))
