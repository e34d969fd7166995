"""One person with two addresses, as deployed: one lead, then two again, and what a cookie knew before."""

import uuid

from tests.e2e.at_work import AtWork, View, problem, read, somebody, until
from tests.e2e.signals import became

PAGE = {"kind": "page_visited", "source": "website"}


def tell(baton: AtWork, **said: object) -> View:
    signal = {**PAGE, "message_id": uuid.uuid4().hex, **said}
    [result] = became(baton, signal)
    assert result["result"] == "accepted", result
    return dict(result)


def test_two_leads_are_merged_and_unmerged_with_their_history_and_requests(baton: AtWork) -> None:
    work, home = somebody(), somebody()
    one, other = (tell(baton, email=email)["lead_id"] for email in (work, home))

    merged = read(baton.admin.post(f"/leads/{one}/merge", json={"other": other, "reason": "told on the phone"}))

    assert merged["merged"] == [{"lead_id": other, "email": home}]
    assert read(baton.admin.get(f"/leads/{other}"))["lead_id"] == one
    assert sum(entry["points"] for entry in merged["score"]["entries"]) == merged["score"]["total"]
    asked = baton.ask(home, message="Could somebody call me?")
    assert (asked["lead_id"], asked["status"]) == (one, "with_sales")
    told = read(baton.admin.get(f"/leads/{other}/timeline"))["events"]
    assert [each["type"] for each in told].count("LeadCaptured") == 2
    assert len(read(baton.admin.get(f"/leads/{other}/export"))["merged"]) == 1

    restored = read(baton.admin.post(f"/leads/{other}/unmerge"))

    assert (restored["lead_id"], restored["email"], restored["merged"]) == (other, home, [])
    assert restored["request"]["message"] == "Could somebody call me?"
    assert restored["status"] == "with_sales", "nobody has called them"
    assert read(baton.admin.get(f"/leads/{one}"))["status"] == "with_sales"
    refused = problem(baton.admin.post(f"/leads/{other}/merge", json={"other": one}), 409)
    assert "sales has both leads" in refused["detail"]


def test_the_signals_of_a_cookie_join_the_lead_that_gives_its_address(baton: AtWork) -> None:
    cookie, email = uuid.uuid4().hex, somebody()
    before = [tell(baton, anonymous_id=cookie, content={"id": name}) for name in ("guide", "checklist")]
    assert all(each["anonymous"] for each in before)

    lead_id = baton.download(email, anonymous_id=cookie)
    tell(baton, anonymous_id=cookie, content={"id": "price-list"})

    read_ = [each["content"] for each in baton.lead(lead_id)["recent"]]
    assert read_ == ["guide", "checklist", "price-list", "price-list"]
    assert baton.admin.delete(f"/leads/{lead_id}").status_code == 204
    signal = {**PAGE, "message_id": "after", "anonymous_id": cookie}

    def nobody() -> bool:
        answer = baton.admin.post("/signals", json={"signals": [signal]})
        return answer.is_success and answer.json()["results"][0].get("anonymous") is True

    until(nobody, what="forgetting the cookie")
