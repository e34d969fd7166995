#!/usr/bin/env bash
# Why is a webhook's signature right in the data centre and wrong on a laptop? Signing forgets the time's zone.
#
# standardwebhooks 1.1.0 (PyPI), and svix 2.9.1, which calls it: sign() takes a datetime. One would expect an aware one
# to be signed as the moment that it is. Its zone is replaced by UTC: 12:00 in Berlin is signed as 12:00 UTC. The header
# webhook-timestamp, written from the same datetime, is then another number, and nobody can verify the message, the
# library itself included. A naive local time fails likewise. Wherever the clock is in UTC, all of it works.
# standardwebhooks 1.1.1 (npm) signs the moment.
#
# Baton: refuses it ("the signature is not right"), as it should; the README says which time to sign, and
# tests/unit/intake/test_webhook_signatures.py signs by the library in two zones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts standardwebhooks@1.1.1
python3 -m venv venv
venv/bin/python -m pip install -qq --disable-pip-version-check --no-input standardwebhooks==1.1.0 svix==2.9.1 tzdata
venv/bin/python - <<'PYTHON' > signed.json
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from standardwebhooks import Webhook, WebhookVerificationError
from svix.webhooks import Webhook as Svix

SECRET, BODY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", '{"type": "demo_requested"}'
moment = datetime.now(UTC).replace(microsecond=0)
signed = {"moment": int(moment.timestamp())}
for zone in ("UTC", "Europe/Berlin"):
    there = moment.astimezone(ZoneInfo(zone))
    signature = Webhook(SECRET).sign("msg_1", there, BODY)
    assert Svix(SECRET).sign("msg_1", there, BODY) == signature, "svix has changed"
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(there.timestamp())),
        "webhook-signature": signature,
    }
    try:
        Webhook(SECRET).verify(BODY, headers)
        verified = True
    except WebhookVerificationError:
        verified = False
    signed[zone] = {"signature": signature, "verified": verified}
assert signed["UTC"]["verified"] and not signed["Europe/Berlin"]["verified"], "the library has changed"
print(json.dumps(signed))
PYTHON
node - <<'JS'
const assert = require("node:assert");
const { Webhook } = require("standardwebhooks");
const signed = require("./signed.json");
const moment = new Date(signed.moment * 1000);
const right = new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").sign("msg_1", moment, '{"type": "demo_requested"}');
console.log("signed in UTC as npm does:", signed.UTC.signature === right, "| verified:", signed.UTC.verified);
const berlin = signed["Europe/Berlin"];
console.log("signed in Berlin as npm does:", berlin.signature === right, "| verified:", berlin.verified);
assert.strictEqual(signed.UTC.signature, right);
assert.notStrictEqual(berlin.signature, right);
JS
