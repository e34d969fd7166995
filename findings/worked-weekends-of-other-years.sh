#!/usr/bin/env bash
# On which days off does a country work? The package that knows the holidays answers for years that nobody asked for.
#
# holidays 0.109: country_holidays("CN", years=2026) has the holidays of 2026 alone. One would expect the same of its
# weekend_workdays. They have the year's six, and six more of 2001, 2005, 2006 and 2011: wherever a law of another year
# moved the last days of December. For Ukraine the only day is one of 1996, for Vietnam two of three are of 2014 and 2019.
#
# Baton: agreement/reading/public_holidays.py names the days of the asked years alone; tests/unit/agreement holds it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input holidays==0.109
"$folder/venv/bin/python" - <<'PYTHON'
import holidays

seen = {}
for country in ("CN", "UA", "VN", "HU"):
    found = holidays.country_holidays(country, years=2026)
    years = sorted({day.year for day in found})
    worked = sorted({day.year for day in found.weekend_workdays})
    seen[country] = (years, worked)
    print(f"{country}: holidays of {years or 'no year'}, worked days off of {worked}")
assert seen == {
    "CN": ([2026], [2001, 2005, 2006, 2011, 2026]),
    "UA": ([], [1996]),
    "VN": ([2026], [2014, 2019, 2026]),
    "HU": ([2026], [2026]),
}, "the package has changed"
PYTHON
