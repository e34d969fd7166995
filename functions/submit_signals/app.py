"""POST /signals: tools and staff tell what leads did, up to a hundred signals at once.

POST /machines/signals does the same for a website's server or a script, with a token of its own.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.signals.anonymous_signals import AnonymousSignals
from baton.aws.signals.signal_batches import Result, SignalBatches
from baton.aws.web.http import Problem, answer, refused_fields, staff_api
from baton.aws.web.router import Response
from baton.intake.fields.field_faults import FieldFault
from baton.intake.fields.json_documents import DocumentFaults
from baton.intake.signals.batch_reader import read_signals
from baton.intake.signals.signal_reader import ReadSignal

app = staff_api()
app.on(DocumentFaults)(refused_fields)
secrets = Secrets.from_environment()
signals = AnonymousSignals(SignalBatches(Commands.from_environment()), secrets.pepper)
REFUSED = "refused"


@app.post("/machines/signals")
@app.post("/signals")
def submit() -> Response:
    """Take each signal by itself, and say of each what became of it; 503 if none of those that are sound was saved."""
    now = utc_now()
    read = read_signals(app.raw_body, secrets.pepper(), now, by_machine=app.is_for_machines)
    became = iter(signals.receive([each.message for each in read if each.message], now))
    results = [_result(each, next(became) if each.message else None) for each in read]
    counts = Counter(result["result"] for result in results)
    if counts[Result.FAILED] and not counts[Result.ACCEPTED] + counts[Result.REPEATED]:
        raise Problem(503, "nothing could be saved just now; send the same request again in a moment")
    return answer({"results": results, **{name: counts[name] for name in (*Result, REFUSED)}}, 202)


def _result(read: ReadSignal, became: Result | None) -> dict[str, Any]:
    if read.message is None or became is None:
        return {"message_id": read.message_id, "result": REFUSED, **_told("errors", read.errors)}
    whose = {"anonymous": True} if read.message.is_anonymous else {"lead_id": read.message.lead_id}
    result = {"message_id": read.message_id, "result": became, **whose, **_told("left_out", read.left_out)}
    return result | ({"detail": "nothing of it was saved; send it again"} if became is Result.FAILED else {})


def _told(name: str, faults: Iterable[FieldFault]) -> dict[str, Any]:
    told = [{"field": fault.field, "detail": fault.detail} for fault in faults]
    return {name: told} if told else {}


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
