"""Signed links of a handoff: valid for one action, one assignment and 14 days, and refused after any change."""

import base64
import hashlib
from datetime import datetime, timedelta
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer
from itsdangerous.encoding import base64_decode

from baton.outreach.links.handoff_links import (
    SALT,
    VALID_FOR,
    Action,
    Link,
    LinkExpired,
    LinkInvalid,
    LinkRefused,
    Links,
)
from baton.outreach.links.link_bytes import EPOCH, Packed, pack, unpack
from baton.outreach.links.signed_tokens import SIGNATURE_BYTES
from tests.unit.given import HANDOFF_ID, LEAD_ID, NOW
from tests.unit.outreach.given import LINKS, TO_SAM, offered_to

HANDOFF = offered_to(*TO_SAM).handoff
assert HANDOFF is not None


END_OF_THE_HOUR = NOW + VALID_FOR + timedelta(minutes=30)
OF_A_WORD = Link(HANDOFF_ID, LEAD_ID, 1, Action.TAKE_OVER, NOW + VALID_FOR, "title.0123456789abcdef")


def former_token(payload: object, key: str = "the newest key", salt: str = SALT) -> str:
    """A token as it was before tokens were short."""
    settings = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return str(URLSafeSerializer(key, salt=salt, signer_kwargs=settings).dumps(payload))


def token(links: Links = LINKS, action: Action = Action.ACCEPT) -> str:
    return links.url(HANDOFF, action, NOW).rpartition("/")[2]


@pytest.mark.parametrize("action", [each for each in Action if each is not Action.TAKE_OVER])
def test_a_link_contains_handoff_assignment_action_and_expiry(action: Action) -> None:
    link = LINKS.read(token(action=action), NOW)
    assert (link.handoff_id, link.lead_id, link.assignment, link.action) == (HANDOFF_ID, LEAD_ID, 1, action)
    assert link.expires_at == END_OF_THE_HOUR


def test_a_link_that_takes_over_names_the_word_and_no_other_does() -> None:
    sent = LINKS.url_to_take_over(HANDOFF, "attributes.seats.0123456789abcdef", NOW)
    link = LINKS.read(sent.rpartition("/")[2], NOW)
    assert (link.action, link.word) == (Action.TAKE_OVER, "attributes.seats.0123456789abcdef")
    assert len(sent) < 130
    for payload in ([HANDOFF_ID, 1, "take_over", 1], [HANDOFF_ID, 1, "accept", 1, "title.0"]):
        with pytest.raises(LinkInvalid):
            LINKS.read(former_token(payload), NOW)
    for code, word in ((6, ""), (1, "title.0")):
        with pytest.raises(LinkInvalid):
            LINKS.read(LINKS._signer.sign(pack(Packed(code, NOW, LEAD_ID, (1, 1), word))), NOW)


def test_a_link_leads_to_the_public_address_with_or_without_a_final_slash() -> None:
    url = Links("https://api.example.com/prod/", ["key"]).url(HANDOFF, Action.ACCEPT, NOW)
    assert url.startswith("https://api.example.com/prod/links/")


@pytest.mark.parametrize(
    ("base_url", "longest"),
    [("https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/v1", 107), ("https://leads.example.com", 72)],
    ids=["by the gateway, whose address and path take 67", "by a name of one's own"],
)
def test_a_link_is_short(base_url: str, longest: int) -> None:
    assert len(Links(base_url, ["key"]).url(HANDOFF, Action.ACCEPT, NOW)) == longest


def test_a_token_has_the_ids_of_lead_and_handoff_and_nothing_else() -> None:
    whole = base64_decode(token())
    assert len(whole) == 3 + 15 + 2 + SIGNATURE_BYTES
    assert whole[3:18] == base64.b32decode(LEAD_ID.upper())


def test_a_link_of_an_earlier_version_works_until_it_expires() -> None:
    """It stands in a mail that was sent before the update."""
    expires = NOW + timedelta(days=3, seconds=5)
    sent = former_token([HANDOFF_ID, 2, "contact", int(expires.timestamp())])
    assert LINKS.read(sent, NOW) == Link(HANDOFF_ID, LEAD_ID, 2, Action.CONTACT, expires)
    with pytest.raises(LinkExpired):
        LINKS.read(sent, expires)
    taken = former_token([HANDOFF_ID, 1, "take_over", int(expires.timestamp()), "title.0123456789abcdef"])
    assert LINKS.read(taken, NOW).word == "title.0123456789abcdef"
    for broken in (sent[:-1], f"{sent}A", sent.swapcase(), sent.replace(".", "")):
        with pytest.raises(LinkInvalid):
            LINKS.read(broken, NOW)


def test_every_action_of_a_link_has_a_number_of_its_own() -> None:
    actions = [each for each in Action if each is not Action.TAKE_OVER]
    assert [LINKS.read(LINKS.token_for(OF_A_WORD, action), NOW).action for action in actions] == actions


@pytest.mark.parametrize("number", [1, 127, 128, 999, 1_000, 16_384, 10**9])
def test_numbers_of_handoffs_and_assignments_have_no_limit_in_a_link(number: int) -> None:
    packed = Packed(31, EPOCH + timedelta(hours=number % 500_000), LEAD_ID, (number, number + 1), "wörd")
    assert unpack(pack(packed), 2) == packed


@pytest.mark.parametrize("content", [b"", b"x" * 17, b"x" * 18, b"x" * 18 + b"\x80", b"x" * 18 + b"\x01\x01\xff"])
def test_a_signed_token_with_too_little_in_it_is_refused(content: bytes) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(LINKS._signer.sign(content), NOW)


@pytest.mark.parametrize("at", [EPOCH - timedelta(hours=2), EPOCH + timedelta(days=365 * 60)], ids=["before", "after"])
def test_a_time_that_a_token_cannot_hold_is_refused(at: datetime) -> None:
    with pytest.raises(ValueError, match="between 2026 and 2085"):
        pack(Packed(1, at, LEAD_ID, (1, 1)))


def test_a_link_is_valid_until_its_expiry_and_not_a_second_longer() -> None:
    assert LINKS.read(token(), END_OF_THE_HOUR - timedelta(seconds=1))
    with pytest.raises(LinkExpired):
        LINKS.read(token(), END_OF_THE_HOUR)
    to_the_hour = LINKS.url(HANDOFF, Action.ACCEPT, NOW - timedelta(minutes=30)).rpartition("/")[2]
    assert LINKS.read(to_the_hour, NOW).expires_at == NOW + VALID_FOR - timedelta(minutes=30)


@given(st.data())
def test_a_link_changed_in_one_character_is_refused(data: st.DataObject) -> None:
    sent = token()
    at = data.draw(st.integers(0, len(sent) - 1))
    other = data.draw(st.one_of(st.sampled_from(ascii_letters + digits + "-_=.!~+/ \n"), st.characters()))
    changed = sent[:at] + other + sent[at + 1 :]
    if changed != sent:
        with pytest.raises(LinkInvalid):
            LINKS.read(changed, NOW)


@pytest.mark.parametrize("last", ascii_letters + digits + "-_")
def test_another_spelling_of_the_same_signature_is_refused(last: str) -> None:
    sent = token()
    if last != sent[-1]:
        with pytest.raises(LinkInvalid):
            LINKS.read(sent[:-1] + last, NOW)


@given(st.data())
def test_a_link_with_inserted_or_removed_characters_is_refused(data: st.DataObject) -> None:
    sent = token()
    at = data.draw(st.integers(0, len(sent)))
    longer = sent[:at] + data.draw(st.text(min_size=1, max_size=3)) + sent[at:]
    for changed in (longer, sent[:at], sent[at + 1 :]):
        if changed != sent:
            with pytest.raises(LinkInvalid):
                LINKS.read(changed, NOW)


@given(st.text())
def test_a_random_text_is_refused_as_a_link(garbage: str) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(garbage, NOW)


@pytest.mark.parametrize(
    "garbage",
    ["", ".", "..", "\ud800", "a" * 10_000_000, token() + "\n", f" {token()}", f"{token()}=", "é" * 20],
    ids=["nothing", "a dot", "two dots", "half a character", "ten million", "a newline", "a space", "padding", "é"],
)
def test_a_hostile_text_is_refused_as_a_link(garbage: str) -> None:
    with pytest.raises(LinkRefused):
        LINKS.read(garbage, NOW)


def test_an_expired_link_that_was_tampered_with_is_invalid_and_not_merely_expired() -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(token()[:-2] + "AA", NOW + timedelta(days=99))


def test_a_link_signed_with_an_older_key_works_until_the_key_is_gone() -> None:
    sent = token(Links("https://x.example", ["first"]))
    assert Links("https://x.example", ["first", "second"]).read(sent, NOW)
    with pytest.raises(LinkInvalid):
        Links("https://x.example", ["second"]).read(sent, NOW)


def test_a_new_link_is_signed_with_the_newest_key() -> None:
    sent = token(Links("https://x.example", ["first", "second"]))
    assert Links("https://x.example", ["second"]).read(sent, NOW)


@given(st.text(min_size=1).filter(lambda key: key not in {"an older key", "the newest key"}))
def test_a_link_signed_with_a_foreign_key_is_refused(key: str) -> None:
    try:
        forged = token(Links("https://x.example", [key]))
    except UnicodeEncodeError:
        return
    with pytest.raises(LinkInvalid):
        LINKS.read(forged, NOW)


def test_a_token_of_another_use_signed_with_the_same_key_is_refused() -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(token(Links("https://x.example", ["the newest key"], salt="another use")), NOW)


@pytest.mark.parametrize("keys", [[], [""], ["good", ""], "a string"], ids=["none", "empty", "one empty", "string"])
def test_links_without_a_key_or_with_an_empty_key_are_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="list of keys"):
        Links("https://x.example", keys)


def test_a_link_with_a_wrong_payload_and_a_valid_signature_is_refused() -> None:
    for payload in (None, [], {}, [HANDOFF_ID, 1, "erase", 1], [HANDOFF_ID, "1", "accept", 1], "accept"):
        with pytest.raises(LinkInvalid):
            LINKS.read(former_token(payload), NOW)
