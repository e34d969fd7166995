#!/usr/bin/env bash
# On which days is nobody in the office in Stockholm? The package that knows them does not tell unless it is asked.
#
# holidays 0.109: one would expect country_holidays("SE", years=2026) to have the days on which Sweden does not work. It
# has what the law calls a public holiday, so neither Midsummer's Eve nor Christmas Eve, on which hardly anybody works:
# they are in the category `de_facto`, which stands beside `bank` and `optional` and is not in the default. Denmark's
# first of May and Constitution Day are `optional`, Good Friday is `bank` in Austria and `optional` in Ireland and Hong
# Kong; Iceland's Christmas Eve is a `half_day`. Of Norway and Spain there is no such category at all.
#
# Baton: a clock would run on Midsummer's Eve. `python -m baton.agreement holidays` now names these days beside the list
# (agreement/reading/public_holidays.py; tests/unit/agreement/test_command_line.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input holidays==0.109
"$folder/venv/bin/python" - <<'PYTHON'
import holidays

ASKED = [
    ("SE", "2026-06-19", "de_facto"),
    ("SE", "2026-12-24", "de_facto"),
    ("DK", "2026-05-01", "optional"),
    ("DK", "2026-06-05", "optional"),
    ("AT", "2026-04-03", "bank"),
    ("IE", "2026-04-03", "optional"),
    ("HK", "2026-04-03", "optional"),
    ("IS", "2026-12-24", "half_day"),
]
for country, day, category in ASKED:
    by_default = holidays.country_holidays(country, years=2026)
    asked_for = holidays.country_holidays(country, years=2026, categories=(category,), language="en_US")
    print(f"{country} {day}: by default {by_default.get(day)}, in {category} {asked_for.get(day)}")
    assert by_default.get(day) is None, "the package has changed"
    assert asked_for.get(day), "the package has changed"
assert holidays.country_holidays("NO").supported_categories == ("public",), "the package has changed"
assert holidays.country_holidays("ES").supported_categories == ("public",), "the package has changed"
PYTHON
