#!/usr/bin/env bash
# Is annamaria@live.com the same person as anna.maria@live.com? "Normalised" addresses belong to somebody else, or
# nobody.
#
# One would expect a normalised address to reach the same person. normalize-email 1.1.1 and email-normalizer 1.0.0 (npm)
# take the dots out of addresses at live.com, as Gmail does. At Microsoft dots count: the result is somebody else's
# mailbox. At outlook.com and hotmail.com both leave them. validator 13.15.35 (npm; express-validator calls it in
# .normalizeEmail()) cuts what stands behind the last hyphen at Yahoo: anna-maria@yahoo.com and anna-lena@yahoo.com both
# become anna@yahoo.com. Yahoo's disposable addresses are `nickname-keyword`, and the nickname alone is no mailbox; a
# name with a hyphen is cut as well. email-normalize 3.2.0 (PyPI) has rules neither for Yahoo nor for dots at Microsoft,
# and says why in its source.
#
# Baton: changes nothing but capitals and Unicode (domain/identity/normalised_emails.py), so two people stay two. It
# cannot know what a website normalised before: docs/forms-and-signals.md says to send addresses as they were typed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts normalize-email@1.1.1 email-normalizer@1.0.0 validator@13.15.35
python3 -m venv venv
venv/bin/python -m pip install -qq --disable-pip-version-check --no-input email-normalize==3.2.0
node - <<'JS'
const assert = require("node:assert");
const first = require("normalize-email");
const { normalizeEmail: second } = require("email-normalizer");
const { normalizeEmail: third } = require("validator");
const seen = {
  live: [first("anna.maria@live.com"), second({ email: "anna.maria@live.com" })],
  outlook: [first("anna.maria@outlook.com"), second({ email: "anna.maria@outlook.com" })],
  yahoo: [third("anna-maria@yahoo.com"), third("anna-lena@yahoo.com")],
};
console.log(seen);
assert.deepStrictEqual(seen, {
  live: ["annamaria@live.com", "annamaria@live.com"],
  outlook: ["anna.maria@outlook.com", "anna.maria@outlook.com"],
  yahoo: ["anna@yahoo.com", "anna@yahoo.com"],
});
JS
venv/bin/python - <<'PYTHON'
from email_normalize.providers import Microsoft, Rules, Yahoo

print("email-normalize: Yahoo", Yahoo.Flags, "Microsoft", Microsoft.Flags)
assert Yahoo.Flags == Rules.NONE, "the package has changed"
assert Microsoft.Flags == Rules.PLUS_ADDRESSING, "the package has changed"
PYTHON
