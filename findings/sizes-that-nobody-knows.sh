#!/usr/bin/env bash
# Is a company of unknown size a small one? The same rule in the same language of rules gives three answers.
#
# A JsonLogic rule is JSON, so that a website and its server can share it. One would expect `employees < 50` to be false
# of a lead whose size nobody knows, or at least the same in both. json-logic-js 2.0.5 (npm) says true: null counts as 0
# there. json-logic-qubit 0.9.1 (PyPI) says false. panzi-json-logic 1.0.1 (PyPI) says true if the field is missing. If
# the form sent it empty, the three say true, raise an error, and say false. A lead that fits on the website does not on
# the server.
#
# Baton: no comparison holds of an unknown number, and an empty answer is unknown
# (domain/conditions/condition_tests.py). tests/unit/domain/test_unknown_numbers.py holds it for all of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts json-logic-js@2.0.5
python3 -m venv venv
for library in json-logic-qubit==0.9.1 panzi-json-logic==1.0.1; do # both are imported as json_logic
  venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --target "${library%%=*}" "$library"
done
cat > rule.json <<'JSON'
{"rule": {"<": [{"var": "employees"}, 50]}, "leads": [{}, {"employees": ""}, {"employees": 49}, {"employees": 200}]}
JSON
node - <<'JS'
const assert = require("node:assert");
const { rule, leads } = require("./rule.json");
const seen = leads.map((lead) => require("json-logic-js").apply(rule, lead));
console.log("json-logic-js:   ", seen.join(", "));
assert.deepStrictEqual(seen, [true, true, true, false]);
JS
cat > evaluate.py <<'PYTHON'
import json
from pathlib import Path

from json_logic import jsonLogic


def evaluated(rule, lead):
    try:
        return str(jsonLogic(rule, lead)).lower()
    except ValueError:
        return "an error"


asked = json.loads(Path("rule.json").read_text(encoding="utf-8"))
print(*(evaluated(asked["rule"], lead) for lead in asked["leads"]), sep=", ")
PYTHON
qubit=$(PYTHONPATH=json-logic-qubit venv/bin/python evaluate.py)
panzi=$(PYTHONPATH=panzi-json-logic venv/bin/python evaluate.py)
printf '%s\n' "json-logic-qubit: $qubit" "panzi-json-logic: $panzi"
[ "$qubit" = "false, an error, true, false" ] || { echo "json-logic-qubit has changed" >&2; exit 1; }
[ "$panzi" = "true, false, true, false" ] || { echo "panzi-json-logic has changed" >&2; exit 1; }
