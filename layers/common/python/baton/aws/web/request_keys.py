"""The key by which a request about a lead is known again, so that its late repeat undoes nothing that came after."""

import re
from datetime import datetime, timedelta
from hashlib import sha256

from baton.aws.table.lead_writes import RepeatKey
from baton.aws.web.http import Api
from baton.domain.basics.refusals import WrongField

HEADER, WRITTEN = "Idempotency-Key", "[!-~]{0,200}"
COUNTS_FOR = timedelta(days=7)
"""So long a request with a key is known again."""


def repeats_of(app: Api, now: datetime) -> tuple[RepeatKey, ...]:
    """Returns the mark of a request that has a key: the same person, path, body and key are the same request.

    Raises:
        WrongField: the key is too long, or has other signs than ASCII has.
    """
    key, request = app.headers.get(HEADER.lower()), app.request
    if not key:
        return ()
    if not re.fullmatch(WRITTEN, key):
        raise WrongField(HEADER, "must be at most 200 characters of ASCII, without blanks, such as a UUID")
    said = "\n".join((app.staff.email, key, request.http_method, request.path))
    asked = sha256(said.encode(errors="surrogatepass") + b"\n" + app.raw_body)
    return (RepeatKey("requests", asked.hexdigest()[:32], now + COUNTS_FOR),)
