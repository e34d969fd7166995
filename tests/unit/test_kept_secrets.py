"""A secret in a warm function: what is not understood is never kept, and strangers cause few calls."""

import json
import random
from collections.abc import Sequence
from typing import Any

import pytest

from baton.aws.runtime.kept_secrets import Gone, KeptSecret, Malformed, Reading
from baton.aws.runtime.secrets import BySource, captcha_secret, link_keys_in, read_webhook_secrets

GOOD = '{"hubspot": ["new", "former"], "standard": "whsec_1"}'


class Refused(Exception):
    """A signature is wrong."""


class Busy(Exception):
    """Secrets Manager is throttling."""


class Manager:
    """Stands for Secrets Manager: the text that it has now, or the fault with which it answers; counts its calls."""

    def __init__(self, text: str | Exception = GOOD) -> None:
        self.text, self.calls, self.now = text, 0, 1_000.0

    def secret(self) -> KeptSecret[BySource]:
        return KeptSecret("webhook_secrets", self.read, 300.0, lambda: self.now)

    def read(self, former: BySource | None) -> Reading[BySource]:
        self.calls += 1
        if isinstance(self.text, Exception):
            raise self.text
        return read_webhook_secrets(self.text, former or {})


def signed_with(secret: str, source: str = "hubspot") -> Any:
    def use(kept: BySource) -> str:
        if secret not in (kept.get(source) or ()):
            raise Refused
        return secret

    return use


BROKEN = [
    pytest.param("", id="nothing"),
    pytest.param("hubspot: secret", id="no JSON"),
    pytest.param('{"hubspot": ["new",]}', id="a comma too many"),
    pytest.param('{"hubspot": "new"', id="broken off"),
    pytest.param("{'hubspot': 'new'}", id="single quotes, as a shell leaves them"),
    pytest.param('["new"]', id="a list"),
    pytest.param('"new"', id="the bare secret"),
    pytest.param("42", id="a number"),
    pytest.param("null", id="null"),
    pytest.param("[" * 60_000, id="sixty thousand brackets"),
    pytest.param(Malformed("it has no text"), id="bytes instead of text"),
    pytest.param(Busy(), id="throttled"),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_secret_that_cannot_be_read_leaves_the_former_good(broken: str | Exception) -> None:
    manager = Manager()
    secret = manager.secret()
    former = secret.value()
    manager.text, manager.now = broken, manager.now + 301
    assert secret.value() == former
    assert secret.used(signed_with("new"), Refused) == "new"


@pytest.mark.parametrize("broken", BROKEN)
def test_a_mended_secret_is_believed_at_the_next_request(broken: str | Exception) -> None:
    manager = Manager(broken)
    secret = manager.secret()
    with pytest.raises((Malformed, Busy)):
        secret.value()
    manager.text = GOOD
    assert secret.used(signed_with("new"), Refused) == "new"


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("was_good", [True, False], ids=["was good", "was never good"])
def test_strangers_cause_few_calls_while_a_secret_cannot_be_read(broken: str | Exception, was_good: bool) -> None:
    manager = Manager()
    secret = manager.secret()
    if was_good:
        secret.value()
    manager.text, manager.now, before = broken, manager.now + 301, manager.calls
    for _ in range(500):  # a hundred seconds, five requests a second
        manager.now += 0.2
        with pytest.raises((Refused, Malformed, Busy)):
            secret.used(signed_with("wrong"), Refused)
    assert manager.calls - before < 20
    manager.text, manager.now = GOOD, manager.now + 10
    assert secret.used(signed_with("new"), Refused) == "new"


@pytest.mark.parametrize(
    "told",
    [42, {"current": "new"}, [["new"]], ["new", None], True, 1.5],
    ids=["a number", "names", "a list in a list", "null among them", "true", "a fraction"],
)
def test_a_source_that_is_not_understood_leaves_the_other_sources_alone(told: object) -> None:
    former = {"hubspot": ["new"], "standard": ["old"]}
    read = read_webhook_secrets(json.dumps({"hubspot": told, "standard": "whsec_1"}), former)
    assert read.value == {"hubspot": ["new"], "standard": ["whsec_1"]}
    assert read.faults == ("hubspot has neither a text nor a list of texts",)


@pytest.mark.parametrize(
    ("told", "understood"),
    [
        pytest.param('\ufeff{"standard": "a"}', {"standard": ["a"]}, id="a byte order mark"),
        pytest.param(' {"standard": "a"}\n', {"standard": ["a"]}, id="blanks around it"),
        pytest.param('{"standard": null}', {"standard": []}, id="null is none"),
        pytest.param("{}", {}, id="taken away on purpose"),
        pytest.param('{"standard": []}', {"standard": []}, id="an empty list"),
    ],
)
def test_secrets_that_were_taken_away_or_written_oddly_are_understood(told: str, understood: BySource) -> None:
    assert read_webhook_secrets(told, {"standard": ["former"]}) == Reading(understood)


def test_a_deleted_secret_is_no_longer_good() -> None:
    manager = Manager()
    secret = manager.secret()
    secret.value()
    manager.text, manager.now = Gone("it is not there"), manager.now + 301
    with pytest.raises(Gone):
        secret.value()


def test_a_new_secret_that_is_refused_while_nobody_can_read_it_is_no_forgery() -> None:
    """The tool gets a 5xx and sends again."""
    manager = Manager()
    secret = manager.secret()
    secret.value()
    manager.text, manager.now = Busy(), manager.now + 11
    with pytest.raises(Busy):
        secret.used(signed_with("newest"), Refused)


def test_a_doubted_secret_is_read_again_once() -> None:
    manager = Manager()
    secret = manager.secret()
    secret.value()
    for seconds in (1, 10, 0, 1):
        manager.now += seconds
        secret.doubt()
        secret.value()
    assert manager.calls == 2


def test_no_message_in_the_log_tells_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    manager = Manager('{"hubspot": ["a-secret]}')
    with pytest.raises(Malformed) as raised:
        manager.secret().value()
    told = "".join(str(vars(record)) for record in caplog.records) + str(raised.value) + repr(raised.value.__cause__)
    assert "webhook_secrets" in told
    assert "a-secret" not in told


def test_at_every_moment_the_last_text_that_was_understood_is_good() -> None:
    """Many walks through rotations, faults and pauses."""
    choose = random.Random(13)
    for _ in range(100):
        manager, good = Manager(), "first"
        manager.text = json.dumps({"hubspot": good})
        secret = manager.secret()
        secret.value()
        for number in range(20):
            manager.now += choose.choice([0.1, 5, 400])
            fault: Sequence[str | Exception] = ["{", "[]", Busy(), Malformed("?")]
            manager.text = choose.choice([*fault, json.dumps({"hubspot": f"{number}"})])
            if isinstance(manager.text, str) and manager.text.startswith('{"'):
                manager.now += 301
                good = f"{number}"
            assert secret.used(signed_with(good), Refused) == good


CAPTCHAS = [
    pytest.param("0x4AAAAAAADnPIDROrmt1Wwj_3x7Xq2fGhi", id="Turnstile"),
    pytest.param("ES_0123456789abcdef0123456789abcdef", id="hCaptcha"),
    pytest.param("0x" + "7C" * 20, id="hCaptcha, as it was"),
]
KEYS = [
    pytest.param("aB3" * 21 + "z", id="as the deployment makes it"),
    pytest.param("0f" * 32, id="as openssl makes it"),
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("other", [*CAPTCHAS, pytest.param(GOOD, id="of webhooks")])
def test_another_secret_in_the_place_of_a_key_signs_nothing_and_is_told(key: str, other: str) -> None:
    assert link_keys_in([key]) == Reading([key])
    for told in ([key, other], [other, key]):
        keys, [fault] = link_keys_in(told)
        assert keys == [key]
        assert "label" in fault
        assert other not in fault
    with pytest.raises(Malformed, match="was it to have the label"):
        link_keys_in([other, other])


@pytest.mark.parametrize("secret", CAPTCHAS)
def test_the_secret_of_a_captcha_is_taken(secret: str) -> None:
    assert captcha_secret(secret) == secret


@pytest.mark.parametrize("other", [*KEYS, pytest.param(GOOD, id="of webhooks")])
def test_another_secret_in_the_place_of_a_captchas_is_refused(other: str) -> None:
    with pytest.raises(Malformed, match="label") as refused:
        captcha_secret(other)
    assert other not in str(refused.value)
