"""POST /forms/{form}: a website hands in what a visitor wrote; a request for a person reaches sales at once."""

from collections.abc import Mapping
from typing import Any

from baton.aws.runtime.utc_clock import utc_now
from baton.aws.signals.form_submissions import FormSubmissions
from baton.aws.table.form_limits import ceilings
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.write_outcomes import TooMany
from baton.aws.web.form_answers import for_its_reader, send_again_later, thanks
from baton.aws.web.http import public_api, refused_fields
from baton.aws.web.origins import Origins
from baton.aws.web.router import Response
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.form_reader import read_form, sent_again, with_verdict

app = public_api(Origins.from_environment())
app.on(TooMany)(send_again_later)
app.on(FormFaults)(refused_fields)
submissions = FormSubmissions.from_environment()


@app.post("/forms/<name>")
def submit(name: str) -> Response:
    """Keep what was sent, and tell its sender no more than a reference."""
    now, form, pepper = utc_now(), submissions.form(name), submissions.secrets.pepper()
    read = read_form(name, form, app.content_type, app.raw_body, pepper)
    if read.captcha:
        read = with_verdict(read, submissions.judge(read.captcha, now), pepper)
    repeat = RepeatKey(read.sender, read.repeat_key, read.repeats_until(now))
    limits = ceilings(name, form, app.sender_address, read.lead_id, now, pepper)
    submissions.keep(read.lead_id, read.submission, repeat, limits, now)
    if read.anonymous_id:
        submissions.join(read.anonymous_id, read.lead_id, now)
    return thanks(read.submission.reference, read.return_to)


@app.route("/forms/<name>", method="OPTIONS")
def preflight(name: str) -> Response:
    """Tells a browser whether a script may post here; only the POST tells whether there is such a form."""
    return Response(204, body="", headers=app.origins.preflight(app.request.headers) if app.origins else {})


def page_of(status: int, told: Mapping[str, Any], languages: str) -> tuple[str, Mapping[str, str]]:
    """Returns the page, and its headers, that a browser without script shows instead of JSON."""
    from baton.outreach.pages.form_pages import form_page  # most answers are read by scripts  # noqa: PLC0415

    form = submissions.commands.agreement.forms.get(app.request.path_parameters["form"])
    return form_page(status, told, form, sent_again(form, app.content_type, app.raw_body), languages)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return for_its_reader(event, app.resolve(event, context), page_of)
