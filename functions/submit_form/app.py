"""POST /forms/{form}: a website hands in what a visitor wrote; a request for a person reaches sales at once."""

from datetime import datetime
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.captcha import Captcha
from baton.aws.clock import utc_now
from baton.aws.desk import Contended, Desk, Person
from baton.aws.http import Problem, answer, logger, public_api
from baton.aws.limits import ceilings
from baton.aws.origins import Origins
from baton.aws.secrets import Secrets
from baton.aws.store import Repeated, RepeatKey, TooMany
from baton.domain.puzzle import Verdict
from baton.domain.signals import receive, repeats_until
from baton.intake.captcha import Solved
from baton.intake.faults import FormFaults
from baton.intake.forms import read_form

app = public_api(Origins.from_environment())
desk = Desk.from_environment()
secrets = Secrets.from_environment()
captcha = Captcha.from_environment()


@app.post("/forms/<name>")
def submit(name: str) -> Response[str]:
    """Keep what was sent, and tell its sender no more than a reference."""
    in_force, now = desk.agreements.in_force(), utc_now()
    form = in_force.agreement.forms.get(name)
    if form is None:
        raise Problem(404, f"there is no form `{name}`")
    pepper = secrets.pepper()

    def judge(solved: Solved) -> Verdict:
        """A repeat is not judged again: its token is spent."""
        as_before = RepeatKey(f"form:{name}", solved.repeat_key, now)
        if captcha is None or desk.store.seen(solved.lead_id, as_before, now):
            return Verdict.PERSON
        return captcha.verdict(solved.token, secrets.captcha())

    read = read_form(name, form, app.content_type, app.raw_body, pepper, judge)
    repeat = RepeatKey(f"form:{name}", read.repeat_key, repeats_until(now, named=read.named))
    sent, asking = read.submission, in_force.agreement.rules["asks_for_a_person"]
    try:
        desk.receive(
            Person(sent.email, sent.company.name),
            read.lead_id,
            lambda lead: receive(lead, sent, in_force.version, now, asking),
            by=f"form:{name}",
            now=now,
            repeats=[repeat],
            ceilings=list(ceilings(name, form, app.sender_address, read.lead_id, now, pepper)),
        )
    except Repeated:
        logger.info("submission repeated", form=name, lead_id=read.lead_id)
    if read.anonymous_id and not sent.spam:
        join(read.anonymous_id, read.lead_id, now)
    if read.return_to:
        return Response(303, body="", headers={"Location": read.return_to, "Cache-Control": "no-store"})
    return answer({"reference": read.submission.reference}, 202)


def join(anonymous_id: str, lead_id: str, now: datetime) -> None:
    """What the visitor did before they gave their address is theirs."""
    from baton.aws.anonymous import Anonymous  # few forms carry such an id  # noqa: PLC0415
    from baton.aws.receiving import Receiving  # noqa: PLC0415

    if not Anonymous(Receiving(desk), secrets.pepper).join(anonymous_id, lead_id, now):
        raise Contended("the form was saved, and not all that came before it; send it again")


@app.on(TooMany)
def come_back(reached: TooMany) -> Response[str]:
    """Say when the form is taken again."""
    logger.warning("too many forms at once")
    seconds = reached.seconds_from(utc_now())
    why = f"too many forms have come; send it again in {seconds} seconds"
    return Problem(429, why, retry_after=seconds).response()


@app.route("/forms/<name>", method="OPTIONS")
def preflight(name: str) -> Response[str]:
    """Tell a browser whether a script may post here; whether there is such a form it hears when it does."""
    return Response(204, body="", headers=app.origins.preflight(app.current_event.headers) if app.origins else {})


@app.on(FormFaults)
def refuse(faults: FormFaults) -> Response[str]:
    """Say which field is at fault and why."""
    return Problem(faults.status, faults.detail, [(fault.field, fault.detail) for fault in faults.errors]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
