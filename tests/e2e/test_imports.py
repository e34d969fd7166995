"""Lists are uploaded and taken in by the deployed stack."""

import uuid

import pytest

from tests.e2e.at_work import AtWork, read, somebody
from tests.e2e.lists import announced, ended, results, taken_in, taken_in_whole, uploaded
from tests.exports import EXPORTS


def objects(baton: AtWork) -> dict[str, bytes]:
    s3, bucket = baton.session.client("s3"), baton.physical_id("ImportFiles")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [each["Key"] for page in pages for each in page.get("Contents", ())]
    return {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}


def test_a_list_of_leads_is_taken_in_and_each_line_gets_a_result(baton: AtWork) -> None:
    anna, carla = somebody("anna"), somebody("carla")
    text = f"E-Mail;First name;Employees;Hall\r\n{anna};Änna;1.200;5\r\nnobody;Bob;;\r\n\r\n{carla};=1+1;many;6\r\n"

    known = taken_in(baton, text.encode("utf-16"), source="expo", mapping={"hall": "properties.hall"})

    assert (known["state"], known["progress"]["accepted"], known["progress"]["refused"]) == ("done", 2, 1), known
    told = results(known)
    assert [(line["line"], line["result"]) for line in told] == [("2", "accepted"), ("3", "refused"), ("5", "accepted")]
    assert told[1]["why"].startswith("email (column 1)")
    lead = baton.lead(told[0]["lead_id"])
    assert (lead["email"], lead["source"], lead["company"]["employees"]) == (anna, "expo", 1200)
    assert lead["handoff"] is None
    stored = objects(baton)
    assert f"uploads/{known['import_id']}" not in stored
    assert anna.encode() not in b"".join(stored.values())


def test_a_list_longer_than_one_part_is_taken_in_whole(baton: AtWork) -> None:
    name = uuid.uuid4().hex[:8]
    lines = [f"p{number}.{name}@schmidt.example,page_visited,24.11.2025" for number in range(500)]

    told = taken_in_whole(baton, "email,kind,date", lines, kind="signals")

    assert [line["result"] for line in told] == ["accepted"] * 500


def test_exports_of_tools_and_spreadsheets_are_taken_in_as_they_are_downloaded(baton: AtWork) -> None:
    mark = uuid.uuid4().hex[:6]
    begun = {}
    for number, name in enumerate(("HubSpot", "Mailchimp", "Zoom attendees", "Excel, German")):
        export = EXPORTS[name]
        announcement = announced(baton, **export.terms)
        text = export.text.replace("@example", f".{mark}{number}@example")
        assert uploaded(announcement, text.encode(export.encoding)).is_success
        begun[name] = announcement["import_id"]

    known = {name: ended(baton, import_id) for name, import_id in begun.items()}

    accepted = {name: each["progress"]["accepted"] for name, each in known.items()}
    assert accepted == {name: len(EXPORTS[name].leads) for name in known}
    [attended] = [line for line in results(known["Zoom attendees"]) if line["result"] == "accepted"]
    signals = [each for each in baton.timeline(attended["lead_id"]) if each["type"] == "SignalRecorded"]
    assert [each["kind"] for each in signals] == ["webinar_attended"]
    [anne] = results(known["Excel, German"])
    assert (baton.lead(anne["lead_id"])["profile"]["last_name"], anne["why"]) == ("Groß", "")


def test_an_import_of_a_file_that_is_no_list_of_leads_fails_with_a_reason(baton: AtWork) -> None:
    known = taken_in(baton, b"name,town\nAnna,Ulm\n")

    assert known["state"] == "failed"
    assert "no column was found with e-mail addresses (`email`)" in known["why"]


@pytest.mark.parametrize("wrong", ["too large", "another key"])
def test_an_upload_that_is_too_large_or_under_another_key_is_refused(baton: AtWork, wrong: str) -> None:
    announcement, content = announced(baton), b"email\n"
    if wrong == "too large":
        content = b"x" * 50_000_001
    else:
        announcement["upload"]["fields"]["key"] = "uploads/another"

    assert uploaded(announcement, content).status_code in {400, 403}
    assert read(baton.marketing.get(f"/imports/{announcement['import_id']}"))["state"] == "awaiting_upload"
