"""A list of leads or signals is announced, uploaded, taken in part by part, and answered line by line."""

import csv
import json
from base64 import b64decode
from collections import Counter
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import parse_qsl

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.imports import import_files, import_job
from baton.aws.imports.import_files import FileGone, ImportFiles
from baton.aws.lists import lead_lists
from baton.aws.table import retries
from baton.intake.imports import file_parts
from tests.exports import EXPORTS
from tests.integration.calls import crash_at, refuse
from tests.integration.world import SAM, World

LEADS = """E-Mail;First name;Company;Employees;Internal note
anna@example.com;Änna;"Acme
GmbH";1.200;x
nobody;Bob;;;
;;;;
carla@example.org;Carla;=2+5;12;
"""
SIGNALS = """email,kind,at,message id
anna@example.com,webinar_attended,2026-11-23T10:00:00Z,w-1
anna@example.com,page_visited,2024-01-01,w-2
anna@example.com,webinar_attended,2026-11-23T10:00:00Z,w-1
"""


def announce(world: World, kind: str = "leads", **said: Any) -> str:
    answer = world.ask("POST", "/imports", {"kind": kind, **said}, by="marketing")
    assert answer.status == 201, answer.body
    return str(answer.json()["import_id"])


def take_in(world: World, text: str | bytes, kind: str = "leads", **said: Any) -> dict[str, Any]:
    """Import a list, and give how it ended."""
    import_id = announce(world, kind, **said)
    world.upload(import_id, text if isinstance(text, bytes) else text.encode())
    world.settle()
    return shown(world, import_id)


def shown(world: World, import_id: str) -> dict[str, Any]:
    found: dict[str, Any] = world.ask("GET", f"/imports/{import_id}", by="marketing").json()
    return found


def results(world: World, import_id: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(world.stack.files()[f"results/{import_id}.csv"].decode())))


def test_an_announced_list_is_answered_with_its_upload_and_the_largest_size(world: World) -> None:
    answer = world.ask("POST", "/imports", {"kind": "leads", "mapping": {"Mail": "email", "x": None}}, by="admin")
    upload = answer.json()["upload"]
    policy = json.loads(b64decode(upload["fields"]["policy"]))
    assert upload["method"] == "POST"
    assert ["content-length-range", 1, 50_000_000] in policy["conditions"]
    assert answer.json()["expires_at"] == "2026-11-24T09:45:00.000Z"
    waiting = shown(world, answer.json()["import_id"])
    assert (waiting["state"], waiting["progress"]["lines"], waiting["result_url"]) == ("awaiting_upload", 0, None)


@pytest.mark.parametrize(("by", "status"), [("sales", 403), ("marketing", 422)])
def test_only_marketing_and_administrators_may_import_lists(world: World, by: str, status: int) -> None:
    assert world.ask("POST", "/imports", {"kind": "people"}, by=by).status == status
    assert world.ask("GET", f"/imports/{'0' * 24}", by=by).status == (403 if by == "sales" else 404)


def test_a_list_of_leads_becomes_leads_and_each_line_gets_a_result(world: World) -> None:
    ended = take_in(world, LEADS.encode("windows-1252"), source="expo")
    counts = {name: ended["progress"][name] for name in ("lines", "accepted", "refused", "repeated", "failed")}
    assert (ended["state"], counts) == (
        "done", {"lines": 3, "accepted": 2, "refused": 1, "repeated": 0, "failed": 0},
    ), ended  # fmt: skip
    assert (ended["columns"], ended["left_out"]) == (
        {"email": 1, "first_name": 2, "company": 3, "employees": 4}, [5],
    )  # fmt: skip
    told = results(world, ended["import_id"])
    assert [(line["line"], line["result"]) for line in told] == [("2", "accepted"), ("4", "refused"), ("6", "accepted")]


def test_an_uploaded_file_is_deleted_when_its_import_ends(world: World) -> None:
    ended = take_in(world, LEADS)
    assert [*world.stack.files()] == [f"results/{ended['import_id']}.csv"]
    assert "anna" not in str(world.stack.files())
    assert f"results/{ended['import_id']}.csv" in ended["result_url"]
    failed = take_in(world, "a,b\n1,2\n")
    assert (failed["state"], failed["result_url"]) == ("failed", None)
    assert "no column was found with e-mail addresses" in failed["why"]
    assert len(world.stack.files()) == 1


def test_imported_signals_count_at_their_own_time_and_a_repeat_counts_once(world: World) -> None:
    ended = take_in(world, SIGNALS, "signals")
    assert [line["result"] for line in results(world, ended["import_id"])] == ["accepted", "accepted", "repeated"]
    again = take_in(world, SIGNALS, "signals")
    assert again["progress"]["repeated"] == 3
    lead = world.ask("GET", f"/leads/{world.stack.lead().lead_id}", by="sales").json()
    assert [entry["at"][:10] for entry in lead["score"]["entries"] if entry["rule"] == "webinar"] == ["2026-11-23"]
    world.stack.must_be_consistent()


def test_an_imported_lead_of_a_target_account_alerts_the_owner_only_after_an_inbound_signal(world: World) -> None:
    world.ask("PUT", "/accounts/example.com", {"owner": SAM}, by="sales")
    world.settle()
    take_in(world, "email\nanna@example.com\n")
    take_in(world, "email,kind,at\nanna@example.com,demo_requested,2025-01-01\n", "signals")
    assert (world.stack.lead().handoff, world.mails) == (None, [])
    world.send_signals({"email": "anna@example.com"})
    world.settle()
    assert world.stack.lead().handoff
    assert [mail.to for mail in world.mails] == [(SAM,)]


def test_an_imported_lead_that_meets_the_sql_definition_is_handed_over(world: World) -> None:
    head = "email,budget,authority,need,timeline"
    take_in(world, f"{head}\nanna@example.com,50000,decides,pressing,this spring\n")
    handoff = world.stack.lead().handoff
    assert handoff
    assert handoff.trigger == "sql"


def test_an_accepted_line_names_the_cells_that_were_left_out(world: World) -> None:
    ended = take_in(world, "email,phone,employees\nanna@example.com,none to give,many\n")
    [line] = results(world, ended["import_id"])
    assert (line["result"], ended["progress"]["accepted"]) == ("accepted", 1)
    assert "phone (column 2) is not a phone number" in line["why"]
    assert "employees (column 3) is neither" in line["why"]


def test_a_list_replaces_what_a_form_said_and_never_what_staff_said(world: World) -> None:
    take_in(world, "email,title,region,company\nanna@example.com,Student,Bayern,Acme\n")
    lead_id = world.stack.lead().lead_id
    world.ask("PATCH", f"/leads/{lead_id}", {"profile": {"title": "Assistant"}, "company": {"name": None}}, by="sales")
    line = "email,title,region,company\nanna@example.com,Intern,Hessen,Globex\n"
    take_in(world, line)
    lead = world.stack.lead()
    assert (lead.profile.title, lead.profile.region, lead.company.name) == ("Assistant", "Bayern", None)
    take_in(world, line, existing="replace")
    lead = world.stack.lead()
    assert (lead.profile.title, lead.profile.region, lead.company.name) == ("Assistant", "Hessen", None)
    world.stack.must_be_consistent()


def test_a_list_that_opts_people_out_ends_their_consents(world: World) -> None:
    take_in(world, "email,newsletter\nanna@example.com,yes\n")
    assert world.stack.lead().consents["newsletter"].given
    take_in(world, "Email Address,UNSUB_TIME\nanna@example.com,2026-11-20 08:00:00\n")
    assert not world.stack.lead().consents["newsletter"].given
    take_in(world, "email,newsletter\nanna@example.com,yes\n")
    assert not world.stack.lead().consents["newsletter"].given
    world.stack.must_be_consistent()


@pytest.mark.parametrize("name", ["HubSpot", "Mailchimp", "Zoom attendees", "Excel, German"])
def test_an_export_goes_in_from_its_announcement_to_its_result(world: World, name: str) -> None:
    export = EXPORTS[name]
    ended = take_in(world, export.file, **{"kind": "leads", **export.terms})
    assert (ended["state"], ended["progress"]["accepted"]) == ("done", len(export.leads))
    assert len([line for line in results(world, ended["import_id"]) if line["why"]]) == len(export.why)
    world.stack.must_be_consistent()


@pytest.fixture
def in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each invocation takes one part of three lines."""
    monkeypatch.setattr(import_job, "BUDGET_SECONDS", -1.0)
    monkeypatch.setattr(file_parts, "MAX_LINES", 3)


def many(count: int) -> str:
    """A list of which every fifth line has no address."""
    lines = [f"{f'p{n}@example.com' if n % 5 else 'nobody'},Person {n},{n}" for n in range(count)]
    return "\n".join(["email,first name,employees", *lines])


@pytest.mark.usefixtures("in_small_parts")
def test_a_long_list_is_taken_in_part_by_part_to_its_end(world: World) -> None:
    with world.calls.recorded() as calls:
        ended = take_in(world, many(20))
    told = [call for call in calls if call.operation == "PutEvents" and call.function == "import_list"]
    assert len(told) == 8, "seven parts, and the end"
    assert "example.com" not in str([call.parameters for call in told])
    assert (ended["state"], ended["progress"]["accepted"], ended["progress"]["refused"]) == ("done", 16, 4)
    assert [int(line["line"]) for line in results(world, ended["import_id"])] == list(range(2, 22))
    assert len(world.stack.leads()) == 16
    assert world.lost == []


@pytest.mark.usefixtures("in_small_parts")
@pytest.mark.parametrize("place", range(0, 60, 7))
def test_an_import_that_crashes_half_way_and_runs_again_ends_as_if_undisturbed(world: World, place: int) -> None:
    import_id = announce(world)
    with world.calls.by(crash_at(place, after=True)):
        world.upload(import_id, many(9).encode())
    world.tell_of_upload(import_id)
    assert shown(world, import_id)["progress"]["accepted"] == 7
    assert Counter(line["result"] for line in results(world, import_id)) == {"accepted": 7, "refused": 2}
    world.stack.must_be_consistent()


def test_a_line_that_cannot_be_saved_is_reported_and_stops_no_other_line(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "PATIENCE_SECONDS", 0.0)
    with world.calls.by(
        refuse(
            "TransactWriteItems",
            "TransactionCanceledException",
            times=1,
            CancellationReasons=[{"Code": "ValidationError"}],
        )
    ):
        ended = take_in(world, "email\na@example.com\nb@example.com\n")
    assert (ended["progress"]["failed"], ended["progress"]["accepted"]) == (1, 1)


def test_a_list_waits_while_the_table_refuses_writes_and_goes_on_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "PATIENCE_SECONDS", 0.0)
    import_id = announce(world)
    with world.calls.by(refuse("TransactWriteItems", "ThrottlingException")):
        world.upload(import_id, b"email\na@example.com\n")
    assert (len(world.lost), shown(world, import_id)["state"]) == (1, "awaiting_upload")
    world.tell_of_upload(import_id)
    assert shown(world, import_id)["state"] == "done"


def test_a_list_of_which_no_line_can_be_saved_in_three_attempts_ends_as_failed_with_the_line(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "PATIENCE_SECONDS", 0.0)
    import_id = announce(world)
    with world.calls.by(refuse("TransactWriteItems", "ValidationException")):
        world.upload(import_id, b"email\na@example.com\n")
    ended = shown(world, import_id)
    assert (ended["state"], "from line 2 on" in ended["why"]) == ("failed", True)


@pytest.mark.usefixtures("in_small_parts")
def test_an_import_whose_file_is_replaced_or_deleted_meanwhile_fails(world: World) -> None:
    import_id = announce(world)
    with world.calls.by(refuse("PutEvents", "InternalFailure")):
        world.upload(import_id, many(30).encode())
    world.lost.clear()
    world.upload(import_id, many(40).encode())
    assert "another file" in shown(world, import_id)["why"]
    assert results(world, import_id), "what was done before is told"
    gone = announce(world)
    world.tell_of_upload(gone)
    assert "not there any more" in shown(world, gone)["why"]


@pytest.mark.usefixtures("in_small_parts")
def test_two_invocations_for_one_list_do_not_disturb_each_other(world: World) -> None:
    import_id = announce(world)
    with world.calls.by(refuse("PutEvents", "InternalFailure")):
        world.upload(import_id, many(30).encode())
    world.lost.clear()
    world.tell_of_upload(import_id)
    world.tell_of_upload(import_id)
    assert shown(world, import_id)["progress"]["accepted"] == 24
    assert world.lost == []


def test_an_overtaken_invocation_leaves_no_file_of_an_ended_import(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id, put = announce(world), ImportFiles.put_results

    def overtaken(*what: Any) -> None:
        monkeypatch.setattr(ImportFiles, "put_results", put)
        world.tell_of_upload(import_id)
        put(*what)

    monkeypatch.setattr(ImportFiles, "put_results", overtaken)
    world.upload(import_id, LEADS.encode())
    assert shown(world, import_id)["state"] == "done"
    assert [*world.stack.files()] == [f"results/{import_id}.csv"]


def test_an_overtaken_invocation_that_joins_the_results_finds_the_import_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id, join = announce(world), ImportFiles.join_results

    def overtaken(*what: Any) -> None:
        monkeypatch.setattr(ImportFiles, "join_results", join)
        world.tell_of_upload(import_id)
        with pytest.raises(FileGone):
            join(*what)
        raise FileGone

    monkeypatch.setattr(ImportFiles, "join_results", overtaken)
    world.upload(import_id, LEADS.encode())
    assert (shown(world, import_id)["state"], world.lost) == ("done", [])
    assert [*world.stack.files()] == [f"results/{import_id}.csv"]


def test_a_result_larger_than_one_upload_part_is_joined_from_several(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_files, "PIECE", 6_000)
    monkeypatch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1)
    monkeypatch.setattr(file_parts, "MAX_LINES", 50)
    with world.calls.recorded() as calls:
        ended = take_in(world, "email\n" + "nobody\n" * 200)
    assert sum(call.operation == "UploadPart" for call in calls) > 1
    assert len(results(world, ended["import_id"])) == 200


def test_a_waiting_file_that_names_an_erased_person_is_deleted(world: World) -> None:
    world.send_form()
    world.settle()
    files = {
        "names": "email\nANNA.Schmidt@Example.com\n",
        "other": "email\nbob@example.com\n",
        "longer": "email\nj.anna.schmidt@example.com\nanna.schmidt@example.com.example\n",
    }
    for name, text in files.items():
        world.stack.s3.put_object(
            Bucket=world.stack.physical["ImportFiles"], Key=f"uploads/{name}", Body=text.encode("utf-16")
        )
    assert world.ask("DELETE", f"/leads/{world.stack.lead().lead_id}", by="admin").status == 204
    world.settle()
    assert sorted(world.stack.files()) == ["uploads/longer", "uploads/other"]


def test_an_erasure_leaves_a_list_of_others_at_the_same_company_alone(world: World) -> None:
    world.send_form(email="ж@customer-b.example")
    world.settle()
    content = "email,city\n" + "".join(f"person{number}@customer-b.example,Köln\n" for number in range(2_500))
    for encoding in ("utf-8", "windows-1252", "utf-16"):
        world.stack.s3.put_object(
            Bucket=world.stack.physical["ImportFiles"], Key=f"uploads/{encoding}", Body=content.encode(encoding)
        )
    assert world.ask("DELETE", f"/leads/{world.stack.lead().lead_id}", by="admin").status == 204
    world.settle()
    assert len(list(world.stack.files())) == 3


@pytest.mark.parametrize(
    ("days", "why"),
    [
        pytest.param(0, "because somebody whom it names was erased", id="erased"),
        pytest.param(8, "kept for seven days", id="after seven days"),
    ],
)
def test_a_list_whose_file_is_gone_says_why(world: World, days: int, why: str) -> None:
    import_id = announce(world)
    world.now += timedelta(days=days)
    world.tell_of_upload(import_id)
    assert why in shown(world, import_id)["why"]


def test_the_packaged_agreement_gives_no_points_for_being_imported(world: World) -> None:
    assert "imported" not in packaged_text()
    take_in(world, "email\nanna@example.com\n")
    assert world.stack.lead().status == "nurturing"


def test_a_long_queue_is_exported_as_csv_files_with_a_link_to_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_lists, "MAX_TOGETHER", 30)
    take_in(world, many(75))
    found, query = list[str](), {"queue": "nurturing", "format": "csv"}
    while query:
        answer = world.ask("GET", "/leads", query=query, by="sales")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        found += [row["email"] for row in csv.DictReader(StringIO(answer.body))]
        link = answer.headers.get("link", "")
        query = dict(parse_qsl(link.removeprefix("<?").partition(">")[0]))
    assert sorted(found) == sorted(lead.email for lead in world.stack.leads())
    assert world.ask("GET", "/leads", query={"queue": "lost", "format": "xml"}, by="sales").status == 422


def listed(world: World, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = world.ask("GET", "/imports", by="marketing", query=query or None).json()
    return found


def test_imports_are_listed_newest_first_with_their_progress(world: World) -> None:
    ids = []
    for number in range(5):
        world.now += timedelta(minutes=1)
        ids.append(announce(world, source=f"expo-{number}"))
    world.upload(ids[2], LEADS.encode())
    world.settle()
    assert [each["import_id"] for each in listed(world)["imports"]] == ids[::-1]
    assert listed(world)["cursor"] is None
    for limit in ("1", "2", "4", "5"):
        found, query = list[str](), {"limit": limit}
        while query.get("cursor", "the first"):
            with world.calls.recorded() as calls:
                page = listed(world, **query)
            assert [call.operation for call in calls if call.service == "dynamodb"] == ["Query", "BatchGetItem"]
            found += [each["import_id"] for each in page["imports"]]
            query["cursor"] = page["cursor"]
        assert found == ids[::-1]
    row = listed(world)["imports"][2]
    whole = shown(world, ids[2])
    assert row == {name: whole[name] for name in row}
    assert (row["state"], row["source"], row["by"]) == ("done", "expo-2", "maria@example.com")
    assert whole.keys() - row.keys() == {"columns", "also_read", "left_out", "result_url"}


@pytest.mark.parametrize(("query", "field"), [({"cursor": "%"}, "cursor"), ({"limit": "101"}, "limit")], ids=str)
def test_a_page_of_imports_that_there_is_not_is_refused(world: World, query: dict[str, str], field: str) -> None:
    answer = world.ask("GET", "/imports", by="admin", query=query)
    assert answer.status == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]
