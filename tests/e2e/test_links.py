"""One-click links: only a POST does anything, once, for whom the mail was meant, for a while."""

import base64
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from baton.domain.leads.handoff import Handoff
from baton.outreach.links.handoff_links import Action, Links
from baton.outreach.links.signed_tokens import SIGNATURE_BYTES
from tests.e2e.at_work import AtWork, View, read, until

HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}


def signed(baton: AtWork, lead: View, action: Action, at: datetime, assignment: int = 1) -> str:
    """A link as Baton would have sent it at that time."""
    handoff = SimpleNamespace(handoff_id=lead["handoff"]["handoff_id"], lead_id=lead["lead_id"], assignment=assignment)
    links = Links(baton.stack.api_url, [baton.secret("LinkKey")])
    return links.url(cast(Handoff, cast(Any, handoff)), action, at)


def test_opening_a_link_a_hundred_times_changes_nothing(baton: AtWork) -> None:
    lead = baton.ask()
    links = baton.links(lead)

    for number in range(100):
        verb = ("GET", "HEAD", "OPTIONS")[number % 3]
        answer = baton.stranger.request(verb, links[("accept", "contact", "return")[number // 3 % 3]])
        assert answer.status_code == 200 or verb == "OPTIONS"

    assert baton.unchanged(lead)


def test_an_accept_button_pressed_three_times_accepts_once(baton: AtWork) -> None:
    lead = baton.ask()
    link = baton.links(lead)["accept"]

    pages = [baton.stranger.post(link) for _ in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert baton.happened(lead["lead_id"]).count("HandoffAccepted") == 1
    assert "The lead is yours" in baton.stranger.get(link).text


def test_a_return_button_pressed_twice_returns_the_lead_once(baton: AtWork) -> None:
    lead = baton.ask()
    link = baton.links(lead)["return"]

    pages = [baton.stranger.post(link, data={"reason": "bad_fit", "note": ""}) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert baton.happened(lead["lead_id"]).count("HandoffReturned") == 1


def test_a_return_without_an_agreed_reason_is_refused(baton: AtWork) -> None:
    lead = baton.ask()
    link = baton.links(lead)["return"]

    assert baton.stranger.post(link, data={"reason": "no_mood"}).status_code == 422
    assert baton.stranger.post(link, data={"reason": ""}).status_code == 422
    assert baton.stranger.post(link).status_code == 415

    assert baton.unchanged(lead)


def test_a_changed_link_is_not_found_and_changes_nothing(baton: AtWork) -> None:
    lead = baton.ask()
    accept, back = (baton.links(lead)[action] for action in ("accept", "return"))
    base, token = accept.rsplit("/", 1)
    content, signature = parts_of(token)
    other_content, _ = parts_of(back.rsplit("/", 1)[1])
    changed = {
        "another action": in_letters(other_content + signature),
        "cut off": token[:-1],
        "one letter more": f"{token}A",
        "another letter": f"{token[:9]}{'A' if token[9] != 'A' else 'B'}{token[10:]}",
        "no signature": in_letters(content),
        "nothing of it": "hello",
        "another key": signed_with_another_key(lead),
    }

    for what, forged in changed.items():
        for verb in ("GET", "POST"):
            answer = baton.stranger.request(verb, f"{base}/{forged}")
            assert answer.status_code == 404, what
            assert "This link does not work" in answer.text, what
    assert baton.unchanged(lead)


def parts_of(token: str) -> tuple[bytes, bytes]:
    """What a token says, and its signature."""
    whole = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    return whole[:-SIGNATURE_BYTES], whole[-SIGNATURE_BYTES:]


def in_letters(whole: bytes) -> str:
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def signed_with_another_key(lead: View) -> str:
    handoff = SimpleNamespace(handoff_id=lead["handoff"]["handoff_id"], lead_id=lead["lead_id"], assignment=1)
    url = Links("", ["guessed"]).url(cast(Handoff, cast(Any, handoff)), Action.ACCEPT, datetime.now(UTC))
    return url.rsplit("/", 1)[1]


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_link_that_is_older_than_14_days_has_expired_and_changes_nothing(baton: AtWork, verb: str) -> None:
    lead = baton.ask()

    old = baton.stranger.request(
        verb, signed(baton, lead, Action.ACCEPT, datetime.now(UTC) - timedelta(days=14, hours=1))
    )

    assert old.status_code == 410
    assert "This link has expired" in old.text
    assert baton.unchanged(lead)
    still_good = signed(baton, lead, Action.ACCEPT, datetime.now(UTC) - timedelta(days=13, hours=22))
    assert baton.stranger.get(still_good).status_code == 200


def test_the_former_owners_links_of_a_reassigned_lead_say_so_and_change_nothing(baton: AtWork) -> None:
    lead = baton.ask()
    links, owner = baton.links(lead), lead["handoff"]["owner"]
    path = f"/handoffs/{lead['handoff']['handoff_id']}/reassign"
    read(baton.rep(owner).post(path, json={"owner": baton.other_than(owner), "reason": "on holiday"}))
    passed_on = baton.lead(lead["lead_id"])

    shown = baton.stranger.get(links["accept"])
    accepted = baton.stranger.post(links["accept"])
    returned = baton.stranger.post(links["return"], data={"reason": "bad_fit"})

    assert (shown.status_code, accepted.status_code, returned.status_code) == (200, 409, 409)
    assert "given to somebody else" in shown.text
    assert "given to somebody else" in accepted.text
    assert baton.unchanged(passed_on)


def test_every_links_page_forbids_caching_framing_scripts_and_referrers(baton: AtWork) -> None:
    lead = baton.ask(company="Schmidt Maschinenbau", first_name="Anna", last_name="Quittenbaum")
    links = baton.links(lead)
    pages = [
        baton.stranger.get(links["accept"]),
        baton.stranger.get(links["return"]),
        baton.stranger.get(f"{links['accept']}x"),
        baton.stranger.post(f"{links['accept']}x"),
        baton.stranger.post(links["accept"]),
    ]

    for page in pages:
        assert {name: page.headers[name] for name in HEADERS} == HEADERS
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "form-action 'self'" in policy
        assert "script" not in page.text
        assert "Quittenbaum" not in page.text
        assert lead["email"] not in page.text


def test_links_of_old_and_of_new_mails_work_after_the_key_was_changed(baton: AtWork) -> None:
    lead, other = baton.ask(), baton.ask()
    link = baton.links(lead)["accept"]

    key = baton.physical_id("LinkKey")
    baton.session.client("secretsmanager").put_secret_value(SecretId=key, SecretString="k" * 64)

    assert baton.stranger.get(link).status_code == 200
    assert baton.stranger.post(link).status_code == 200
    assert baton.lead(lead["lead_id"])["handoff"]["state"] == "accepted"
    new = signed(baton, other, Action.ACCEPT, datetime.now(UTC))
    # A function that has just read the keys does not read them again for ten seconds, whatever is tried on it.
    until(lambda: baton.stranger.get(new).status_code == 200, what="the new key")
    until(lambda: baton.stranger.post(new).status_code == 200, what="the new key")
    asked_since = baton.ask()
    assert baton.stranger.post(baton.links(asked_since)["accept"]).status_code == 200
