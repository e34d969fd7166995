#!/usr/bin/env bash
# Which province did a visitor choose? The code that the form sends may be another province's.
#
# country-region-data 4.1.0 (npm, what react-country-region-selector offers) has short codes "from ISO 3166-2". One
# would expect them to be at most out of date, and then unknown. ISO gave Iran's numbers anew in 2020, so 24 and more of
# the list's are another province's today: `IR-07` is Tehran in the list and Fars at ISO. Ménaka and Taoudénit in Mali,
# and Pljevlja and Plužine in Montenegro, have each other's code. country-state-city 3.2.1 (npm) has none of Poland's
# codes since 2018 (`PL-14`), only those before (`PL-MZ`). The names of both lists are right.
#
# Baton: reads codes as ISO 3166-2 has them now, and those of Poland, India and Norway that ISO replaced and gave to
# nobody else (tools/place_aliases.py). A number that means another region by now cannot be told from a right one:
# docs/forms-and-signals.md says to send names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts country-region-data@4.1.0 country-state-city@3.2.1
python3 -m venv venv
venv/bin/python -m pip install -qq --disable-pip-version-check --no-input pycountry==26.2.16
node - > lists.json <<'JS'
const { allCountries } = require("country-region-data");
const { State } = require("country-state-city");
const regions = Object.fromEntries(allCountries.map(([, code, regions]) => [code, regions]));
const polish = State.getStatesOfCountry("PL").map((state) => [state.name, state.isoCode]);
console.log(JSON.stringify({ IR: regions.IR, ML: regions.ML, ME: regions.ME, PL: polish }));
JS
venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

import pycountry

lists = json.loads(Path("lists.json").read_text(encoding="utf-8"))
now = {each.code: each.name for each in pycountry.subdivisions}
codes = {(code[:2], name): code for code, name in now.items()}
tehran = next(code for name, code in lists["IR"] if name == "Tehrān")
print(f"Tehran is {tehran} in the list; ISO's IR-{tehran} is {now[f'IR-{tehran}']}, and Tehran is", end=" ")
print(codes["IR", "Tehrān"])
others = {
    country: [
        name
        for name, code in lists[country]
        if f"{country}-{code}" in now and codes.get((country, name), f"{country}-{code}") != f"{country}-{code}"
    ]
    for country in ("IR", "ML", "ME")
}
polish = [f"PL-{code}" in now for _, code in lists["PL"]]
print("codes of another region:", len(others["IR"]), "in Iran,", *others["ML"], *others["ME"])
print("Poland's codes that ISO has:", sum(polish), "of", len(polish))
assert (tehran, now["IR-07"]) == ("07", "Fārs"), "a list has changed"
assert len(others["IR"]) == 24, "a list has changed"
assert [*others["ML"], *others["ME"]] == ["Taoudénit", "Ménaka", "Plužine", "Pljevlja"], "a list has changed"
assert (sum(polish), len(polish)) == (0, 16), "a list has changed"
PYTHON
