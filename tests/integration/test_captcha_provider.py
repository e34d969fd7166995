"""Each answer of the captcha provider, or its silence, gives a verdict: person, robot or unknown."""

from collections.abc import Iterator
from threading import Event

import pytest

from baton.aws.web import captcha as module
from baton.aws.web.captcha import Captcha
from baton.domain.signals.captcha_verdict import CaptchaVerdict
from tests.integration.captcha_provider import SOLVED, Answer, Provider, refusal, serving


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setattr(module, "SECONDS", 600.0)  # a setting: a slow machine is no provider that is out of order
    with serving() as server:
        yield server


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        pytest.param(SOLVED, CaptchaVerdict.PERSON, id="solved"),
        pytest.param(refusal("invalid-input-response"), CaptchaVerdict.ROBOT, id="made up"),
        pytest.param(refusal("timeout-or-duplicate"), CaptchaVerdict.ROBOT, id="used before"),
        pytest.param(refusal("already-seen-response"), CaptchaVerdict.ROBOT, id="used before, says hCaptcha"),
        pytest.param(refusal("invalid-input-secret"), CaptchaVerdict.UNKNOWN, id="our secret is wrong"),
        pytest.param(refusal("internal-error"), CaptchaVerdict.UNKNOWN, id="trouble of theirs"),
        pytest.param(refusal("invalid-input-response", "internal-error"), CaptchaVerdict.UNKNOWN, id="trouble besides"),
        pytest.param(refusal(), CaptchaVerdict.UNKNOWN, id="no reason"),
        pytest.param((503, b"busy"), CaptchaVerdict.UNKNOWN, id="out of order"),
        pytest.param((200, b"<html>"), CaptchaVerdict.UNKNOWN, id="no JSON"),
        pytest.param((200, b'["success"]'), CaptchaVerdict.UNKNOWN, id="another JSON"),
        pytest.param((200, b'{"success": "true"}'), CaptchaVerdict.UNKNOWN, id="nearly solved"),
    ],
)
def test_each_answer_of_the_captcha_provider_gives_one_verdict(
    provider: Provider, answer: Answer, verdict: CaptchaVerdict
) -> None:
    provider.answer = answer
    assert provider.captcha().verdict("token", lambda: "secret") is verdict


@pytest.mark.parametrize(("name", "path"), [("turnstile", "/turnstile/v0/siteverify"), ("hcaptcha", "/siteverify")])
def test_the_captcha_provider_gets_the_token_and_the_secret_and_nothing_else(
    provider: Provider, name: str, path: str
) -> None:
    provider.captcha(name).verdict("to&ken", lambda: "sec&ret")
    assert provider.asked == [{"response": ["to&ken"], "secret": ["sec&ret"], "path": [path]}]


@pytest.mark.parametrize("provider_named", ["turnstile", "hcaptcha"])
@pytest.mark.parametrize("token", ["", "x" * 60_000, "a b", "\n", "\0", "é", "🙂"])
def test_an_impossible_captcha_token_counts_as_a_robot_without_asking_the_provider(
    provider_named: str, token: str
) -> None:
    """A provider that cannot read what it is sent does not say whose fault that is, and would let a robot through."""

    def connect(*_: object, **__: object) -> None:
        raise AssertionError

    assert Captcha(provider_named, connect).verdict(token, lambda: "secret") is CaptchaVerdict.ROBOT


def test_a_captcha_token_of_each_providers_full_length_is_accepted(provider: Provider) -> None:
    assert provider.captcha("turnstile").verdict("x" * 2048, lambda: "secret") is CaptchaVerdict.PERSON
    assert provider.captcha("hcaptcha").verdict("x" * 8192, lambda: "secret") is CaptchaVerdict.PERSON


def test_a_captcha_provider_that_cannot_be_reached_gives_an_unknown_verdict() -> None:
    with Provider() as closed:
        captcha = closed.captcha()
    assert captcha.verdict("token", lambda: "secret") is CaptchaVerdict.UNKNOWN


def test_a_captcha_provider_that_answers_too_late_gives_an_unknown_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.05)
    with Provider() as silent:  # it listens, and serves nobody
        assert silent.captcha().verdict("token", lambda: "secret") is CaptchaVerdict.UNKNOWN


def test_a_captcha_provider_whose_name_is_not_resolved_in_time_gives_an_unknown_verdict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The time for looking up a name is not the connection's."""
    monkeypatch.setattr(module, "SECONDS", 0.05)
    found = Event()

    def connect(*_: object, **__: object) -> object:
        found.wait(10)
        raise OSError

    assert Captcha("turnstile", connect).verdict("token", lambda: "secret") is CaptchaVerdict.UNKNOWN
    found.set()
