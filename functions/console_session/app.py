"""POST /console/session/start: begins a sign-in to the console, on the user pool's own page.

POST /console/session/finish ends it, /refresh renews what it gave, and /end signs out.
"""

from typing import Any

from baton.aws.sign_in.session_calls import SessionCalls, told
from baton.aws.sign_in.sign_in import SignIn
from baton.aws.web.router import Response

app = SessionCalls()
sign_in = SignIn.from_environment(app)


@app.post("/console/session/start")
def begin_sign_in() -> Response:
    """The address is that of the page to sign in on, which leads back to the console within ten minutes."""
    return told({"address": sign_in.begun(app.sent("return_to").get("return_to", "/"))})


@app.post("/console/session/finish")
def finish_sign_in() -> Response:
    """Ends a sign-in: gives an ID token for the API, and a cookie that renews it, and that no script reads."""
    sent = app.sent("code", "state")
    return told(sign_in.finished(sent.get("code"), sent.get("state")))


@app.post("/console/session/refresh")
def refresh_session() -> Response:
    """Renews a session: gives another ID token, with the person's groups as they are now."""
    app.sent()
    return told(sign_in.renewed())


@app.post("/console/session/end")
def end_session() -> Response:
    """Signs out: `everywhere` ends all sessions of the person. The address ends that of the sign-in page, too."""
    return told({"address": sign_in.ended(app.sent("everywhere").get("everywhere", False))})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
