#!/usr/bin/env bash
# Did anna@sap.com mistype her address? A form that proposes corrections says so, and proposes somebody else's mailbox.
#
# mailcheck 1.1.1 (npm, 730,000 downloads a month) and @zootools/email-spell-checker 1.12.0 (npm) propose a provider
# whose domain is near to the typed one. One would expect near to be a letter or two of a long name, and no proposal for
# well-known firms. How short the name is does not count: to people at SAP, AXA, BT and Mars both propose addresses at
# sky.com, aol.com, qq.com and mail.com. mailcheck makes acme.jp of acme.app, and acme.de of acme.tech. If a form takes
# the proposal by itself, the account is lost, and a stranger gets the mail.
#
# Baton: proposes nothing and takes addresses as they come. It cannot know what a website changed:
# docs/forms-and-signals.md says to let the person decide.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts mailcheck@1.1.1 @zootools/email-spell-checker@1.12.0
node - <<'JS'
const assert = require("node:assert");
const first = require("mailcheck");
const second = require("@zootools/email-spell-checker");
const proposed = (library, domain) => (library.run({ email: `anna@${domain}` }) || { domain: null }).domain;
const firms = ["sap.com", "axa.com", "bt.com", "3m.com", "mars.com", "acme.app", "acme.tech", "siemens.com"];
const seen = firms.map((domain) => [domain, proposed(first, domain), proposed(second, domain)]);
for (const [domain, one, other] of seen) console.log(`${domain}: ${one ?? "nothing"}, ${other ?? "nothing"}`);
assert.deepStrictEqual(seen, [
  ["sap.com", "sky.com", "sky.com"],
  ["axa.com", "aol.com", "aol.com"],
  ["bt.com", "qq.com", "qq.com"],
  ["3m.com", "gmx.com", "pm.com"],
  ["mars.com", "mail.com", "mail.com"],
  ["acme.app", "acme.jp", null],
  ["acme.tech", "acme.de", null],
  ["siemens.com", null, null],
]);
JS
