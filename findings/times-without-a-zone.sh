#!/usr/bin/env bash
# When did it happen? The same way of writing a time means another zone, by how long ago it was.
#
# segment-analytics-python 2.4.0 (PyPI): track(timestamp=…) takes a datetime. One would expect one without a zone to be
# read in one zone, the server's or UTC. Up to five seconds old, or in the future, it is read in the server's; older, in
# UTC. So on a server in Berlin, a call that is told at once is right, and one that is told after ten minutes is an hour
# or two late, which is in the future. No warning is given.
#
# Baton: a webhook's time of the next two days counts as the arrival (intake/webhooks/parsing/message_ids.py;
# tests/unit/intake/test_webhook_senders.py), so that such an event is neither refused nor waits for its time. The
# README says to give a zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input segment-analytics-python==2.4.0
TZ=CET-1 "$folder/venv/bin/python" - <<'PYTHON'
from datetime import datetime, timedelta

from segment.analytics.client import Client

client = Client("none", send=False)
seen = {}
for what, ago in {"now": 0, "ten minutes ago": 10, "in an hour": -60}.items():
    moment = datetime.now() - timedelta(minutes=ago)
    _, message = client.track("anna", "Call Logged", timestamp=moment)
    told = datetime.fromisoformat(message["timestamp"])
    seen[what] = round((told.timestamp() - moment.timestamp()) / 60)
    print(f"{what}: told as {message['timestamp']}, {seen[what]} minutes off")
assert seen == {"now": 0, "ten minutes ago": 60, "in an hour": 0}, "the library has changed"
PYTHON
