#!/usr/bin/env bash
# Does an expression do on AWS what it does on a computer? Two JSONatas read the same text otherwise.
#
# jsonata-python 0.7.1 (PyPI) is a port of JSONata, and what a local Step Functions such as MiniStack evaluates state
# machines with. AWS names JSONata 2.0.6 (npm). One would expect the same values of expressions that both take. A time
# without seconds and a number with blanks around it are values to the port and errors to the reference, so that a state
# machine that works here fails there; null counts as nothing and as one; letters beyond ASCII have two encodings in
# base64; a hundred quintillions are written in two ways.
#
# Baton: no state machine of its uses these. `make second-opinion` evaluates all of them with the reference, too
# (docs/emulators.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts jsonata@2.0.6
python3 -m venv venv
venv/bin/python -m pip install -qq --disable-pip-version-check --no-input jsonata-python==0.7.1
cat > expressions.json <<'JSON'
["$toMillis('2026-11-24T09:30Z')", "$number(' 12 ')", "$count(null)", "$base64encode('é')", "$string(1e20)"]
JSON
node - > reference.json <<'JS'
const jsonata = require("jsonata");
const evaluated = require("./expressions.json").map((text) => jsonata(text).evaluate({}).catch(() => "an error"));
Promise.all(evaluated).then((values) => console.log(JSON.stringify(values)));
JS
venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

from jsonata.jsonata import Jsonata

expressions = json.loads(Path("expressions.json").read_text(encoding="utf-8"))
reference = json.loads(Path("reference.json").read_text(encoding="utf-8"))
port = [Jsonata(text).evaluate({}) for text in expressions]
for text, one, other in zip(expressions, port, reference, strict=True):
    print(f"{text}: port {one!r}, reference {other!r}")
assert port == [1795512600000, 12, 0, "w6k=", "1e+20"], "the port has changed"
assert reference == ["an error", "an error", 1, "6Q==", "100000000000000000000"], "the reference has changed"
PYTHON
