"""What the functions of lists do with all that their roles allow."""

import uuid
from typing import TYPE_CHECKING

from tests.e2e import lists
from tests.e2e.at_work import SAM, read, until

if TYPE_CHECKING:
    from tests.iam.checks import Office

LATE = 15.0


def begin_import(office: "Office") -> None:
    """And the file is let in where the answer says."""
    answer = lists.uploaded(lists.announced(office.baton), b"a,b\n")
    assert answer.is_success, answer.text


def get_import(office: "Office") -> None:
    """One that has ended, whose result is let out."""
    known = lists.taken_in(office.baton, b"email\nnobody\n")
    assert lists.results(known)[0]["result"] == "refused"


def import_list(office: "Office") -> None:
    """Signals of a company on the list that ask for a person, were before, come twice; a file that is gone."""
    from tests.iam.checks import count_under_another_version, on_the_list  # noqa: PLC0415

    email = f"anna@{on_the_list(office, owner=SAM)}"
    assert _taken(office, f"{email},demo_requested,,")["accepted"] == 1
    lead_id = office.baton.lead_id(email)
    assert office.baton.lead(lead_id)["handoff"]["owner"]
    count_under_another_version(office, lead_id)
    again = uuid.uuid4().hex
    counts = _taken(office, f"{email},page_visited,2026-01-01,{again}\n{email},page_visited,2026-01-01,{again}")
    assert (counts["accepted"], counts["repeated"]) == (1, 1)
    assert _taken(office, f"{uuid.uuid4().hex}@gmail.com,page_visited,,")["accepted"] == 1
    gone = lists.announced(office.baton)["import_id"]
    office.invoke("ImportListFunction", {"detail": {"import_id": gone}})
    assert read(office.baton.marketing.get(f"/imports/{gone}"))["state"] == "failed"


def _taken(office: "Office", lines: str) -> dict[str, int]:
    content = f"email,kind,at,message id\n{lines}\n".encode()
    known = lists.announced(office.baton, kind="signals")
    assert lists.uploaded(known, content).is_success
    id_ = known["import_id"]
    office.invoke("ImportListFunction", {"detail": {"import_id": id_}})  # as the bucket does, but says what fails
    counts: dict[str, int] = lists.ended(office.baton, id_, seconds=LATE)["progress"]
    until(lambda: not is_there(office, f"uploads/{id_}") and not is_there(office, f"results/{id_}/"), LATE, "tidying")
    return counts


def waiting_file(office: "Office", email: str) -> str:
    """A file that names somebody, and that nobody will ever take in; gives its key."""
    s3, bucket = office.baton.session.client("s3"), office.baton.physical_id("ImportFiles")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    key = f"uploads/waits-{uuid.uuid4().hex}"
    s3.put_object(Bucket=bucket, Key=key, Body=f"email\n{email}\n".encode())
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={"EventBridgeConfiguration": {}})
    return key


def is_there(office: "Office", key: str) -> bool:
    """Whether the bucket has a file."""
    s3, bucket = office.baton.session.client("s3"), office.baton.physical_id("ImportFiles")
    return bool(s3.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents"))
