"""A captcha's verdict on a form, and the forms that have a captcha to judge."""

import pytest

from baton.domain.leads.stage_and_status import Suspicion
from baton.domain.signals.captcha_verdict import CaptchaVerdict, SolvedCaptcha
from baton.intake.forms.form_reader import ReadForm, with_verdict
from tests.unit.intake.sent_forms import PEPPER, sent

PERSON, ROBOT, UNKNOWN = CaptchaVerdict.PERSON, CaptchaVerdict.ROBOT, CaptchaVerdict.UNKNOWN


def a_form(**fields: object) -> ReadForm:
    return sent(submission_id="a-1", anonymous_id="visitor-1", **fields)


def verified(verdict: CaptchaVerdict) -> ReadForm:
    return with_verdict(a_form(), verdict, PEPPER)


@pytest.mark.parametrize(
    ("verdict", "spam", "suspicion", "unverified"),
    [
        pytest.param(PERSON, False, None, False, id="a person"),
        pytest.param(ROBOT, True, Suspicion.CAPTCHA, False, id="a robot"),
        pytest.param(UNKNOWN, False, None, True, id="the provider did not say"),
    ],
)
def test_the_captcha_verdict_marks_the_submission(
    verdict: CaptchaVerdict, spam: bool, suspicion: Suspicion | None, unverified: bool
) -> None:
    said = verified(verdict).submission
    assert (said.spam, said.suspicion, said.unverified) == (spam, suspicion, unverified)


def test_a_form_judged_to_be_a_persons_stays_unchanged() -> None:
    assert verified(PERSON) == a_form()


@pytest.mark.parametrize("verdict", [ROBOT, UNKNOWN])
def test_a_form_keeps_its_sender_answers_and_page_for_every_captcha_verdict(verdict: CaptchaVerdict) -> None:
    before, after = a_form(message="Hello"), with_verdict(a_form(message="Hello"), verdict, PEPPER)
    assert (after.sender, after.lead_id, after.named, after.return_to) == (
        before.sender,
        before.lead_id,
        before.named,
        before.return_to,
    )
    assert after.submission.message == "Hello"


def test_a_robots_form_has_its_own_repeat_key_and_reference_and_no_visitor_id() -> None:
    robot, person = verified(ROBOT), verified(PERSON)
    assert (person.repeat_key, robot.repeat_key) == ("named:a-1", "named:trapped:a-1")
    assert robot.submission.message_id == robot.repeat_key
    assert robot.submission.reference != person.submission.reference
    assert (robot.anonymous_id, person.anonymous_id is None) == (None, False)


def test_a_form_with_a_filled_honeypot_and_one_with_a_failed_captcha_are_the_same_repeat() -> None:
    trapped = a_form(website="x")
    assert (trapped.repeat_key, trapped.submission.reference) == (
        verified(ROBOT).repeat_key,
        verified(ROBOT).submission.reference,
    )


@pytest.mark.parametrize(
    ("fields", "token"),
    [
        pytest.param({}, None, id="no token"),
        pytest.param({"cf-turnstile-response": "0.t"}, "0.t", id="Turnstile"),
        pytest.param({"h-captcha-response": "h.t"}, "h.t", id="hCaptcha"),
        pytest.param({"g-recaptcha-response": "g.t"}, None, id="a captcha of another provider"),
    ],
)
def test_the_captcha_to_judge_has_the_repeat_key_and_token_of_the_form(
    fields: dict[str, str], token: str | None
) -> None:
    form = a_form(**fields)
    assert form.captcha == SolvedCaptcha("form:consultation", form.lead_id, "named:a-1", token)


@pytest.mark.parametrize("robots", [{"website": "x"}, {"seconds_on_page": "0"}], ids=["honeypot", "too fast"])
def test_a_robots_form_has_no_captcha_to_judge(robots: dict[str, str]) -> None:
    assert a_form(**robots).captcha is None
