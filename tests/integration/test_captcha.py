"""A form with a refused captcha waits in the spam queue; a form without a verdict makes an unverified lead."""

from collections.abc import Iterator

import pytest

from baton.aws.runtime import kept_secrets
from baton.aws.runtime.secrets import CAPTCHA
from baton.aws.web import captcha
from baton.domain.leads.stage_and_status import Status
from tests.integration.calls import refuse
from tests.integration.captcha_provider import SOLVED, Provider, refusal, serving
from tests.integration.world import World

TOKEN = {"cf-turnstile-response": "0.token"}


ROBOT, UNKNOWN = refusal("invalid-input-response"), refusal("internal-error")


@pytest.fixture
def provider(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The forms have a puzzle of Turnstile."""
    with serving() as provider:
        monkeypatch.setattr("http.client.HTTPSConnection", provider.connect)
        monkeypatch.setattr(captcha, "SECONDS", 600.0)  # a setting: a slow machine is no provider that is out of order
        world.stack.physical["CaptchaProvider"] = "turnstile"
        world.cold()
        yield provider
        del world.stack.physical["CaptchaProvider"]


def test_a_form_with_a_solved_captcha_goes_to_sales(world: World, provider: Provider) -> None:
    assert world.send_form(**TOKEN).status == 202
    assert (world.stack.lead().status, world.stack.lead().unverified) == (Status.WITH_SALES, False)
    assert [told["response"] for told in provider.asked] == [["0.token"]]
    assert CAPTCHA in provider.asked[0]["secret"][0]


@pytest.mark.parametrize("sent", [TOKEN, {}], ids=["a refused token", "no token"])
def test_a_form_with_a_refused_or_missing_captcha_token_waits_in_the_spam_queue(
    world: World, provider: Provider, sent: dict[str, str]
) -> None:
    provider.answer = ROBOT
    assert world.send_form(**sent).status == 202
    lead = world.stack.lead()
    assert lead.status is Status.SPAM
    events = world.ask("GET", f"/leads/{lead.lead_id}/timeline", by="marketing").json()["events"]
    assert events[1]["suspicion"] == "captcha"


def test_a_lead_is_marked_unverified_when_the_captcha_provider_cannot_judge(world: World, provider: Provider) -> None:
    provider.answer = UNKNOWN
    assert world.send_form(**TOKEN).status == 202
    lead = world.stack.lead()
    assert (lead.status, lead.unverified) == (Status.WITH_SALES, True)
    shown = world.ask("GET", f"/leads/{lead.lead_id}", by="marketing").json()
    assert shown["unverified"] is True

    provider.answer = SOLVED
    world.send_form(message="Hello?", **TOKEN)
    assert world.stack.lead().unverified is False


@pytest.mark.usefixtures("provider")
def test_a_lead_is_marked_unverified_when_the_captcha_secret_cannot_be_read(world: World) -> None:
    world.send_form(email="bob@example.org")  # the instance knows the pepper by now
    with world.calls.by(refuse("GetSecretValue", "InternalServiceError")):
        assert world.send_form(email="anna@example.org", **TOKEN).status == 202
        assert world.send_form(email="robot@example.org").status == 202
    leads = {lead.email: (lead.status, lead.unverified) for lead in world.stack.leads()}
    assert leads["anna@example.org"] == (Status.WITH_SALES, True)
    assert leads["robot@example.org"] == (Status.SPAM, False), "without a token nobody need be asked"


@pytest.mark.usefixtures("provider")
def test_a_captcha_secret_without_text_loses_no_lead(world: World) -> None:
    world.stack.secrets.put_secret_value(
        SecretId=world.stack.physical["LinkKey"], SecretBinary=b"0", VersionStages=[CAPTCHA]
    )
    assert world.send_form(**TOKEN).status == 202
    assert world.stack.lead().unverified is True


def test_the_form_after_a_refused_captcha_secret_uses_the_mended_one(
    world: World, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_secrets, "FRESH_SECONDS", 0.0)  # a setting: it is as old as that
    provider.answer = refusal("invalid-input-secret")
    world.send_form(**TOKEN)
    world.stack.put_secret(CAPTCHA, "mended")
    world.send_form(message="Hello?", **TOKEN)
    assert provider.asked[-1]["secret"] == ["mended"]


def test_a_repeated_form_is_the_same_submission_although_its_captcha_token_is_spent(
    world: World, provider: Provider
) -> None:
    first = world.send_form(**TOKEN, submission_id="a-1")
    provider.answer = ROBOT
    assert world.send_form(**TOKEN, submission_id="a-1").json() == first.json()
    assert world.stack.happened() == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]
    assert len(provider.asked) == 1


def test_a_spam_lead_goes_to_sales_when_a_later_captcha_is_solved(world: World, provider: Provider) -> None:
    provider.answer = ROBOT
    world.send_form(**TOKEN)
    provider.answer = SOLVED
    world.send_form(**TOKEN)
    assert world.stack.lead().status is Status.WITH_SALES


def test_a_form_with_invalid_fields_or_in_the_trap_spends_no_captcha_token(world: World, provider: Provider) -> None:
    assert world.send_form(email="x", **TOKEN).status == 422
    assert world.send_form(website="x", **TOKEN).status == 202
    assert provider.asked == []


def test_captcha_fields_are_accepted_where_no_captcha_is_deployed(world: World) -> None:
    told = {"h-captcha-response": "x", "g-recaptcha-response": "x"}
    assert world.send_form(**TOKEN, **told).status == 202
    assert world.stack.lead().status is Status.WITH_SALES
