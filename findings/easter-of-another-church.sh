#!/usr/bin/env bash
# When is Easter in Cyprus? A package of working days has the Easter of other countries there.
#
# workalendar 17.0.0 (PyPI) counts working days of more than a hundred countries. One would expect a country that is
# named to have its own church's Easter, as its Greece has. Its Cyprus has the one of the West: 3 and 6 April 2026
# instead of 10 and 13. Both days of work are free there, and Easter is worked. Denmark still has Great Prayer Day,
# which a law took away as of 2024. The other way round it has no Christmas Eve in Poland (a holiday since 2025), no
# Saint Brigid's Day in Ireland (since 2023), and Juneteenth (since 2021) neither for the United States nor for New
# York, unless a subclass asks for it. holidays 0.109 (PyPI) has them all right.
#
# Baton: takes its agreement's days, and `python -m baton.agreement holidays` lists them by holidays;
# tests/unit/agreement/test_command_line.py has these days. With workalendar's list clocks would stop and run on the
# wrong days, so docs/agreement.md says to use the command.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input workalendar==17.0.0 holidays==0.109
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import date

import holidays
from workalendar.registry import registry

ASKED = [
    ("GR", "2026-04-10", True, True),
    ("GR", "2026-04-13", True, True),
    ("CY", "2026-04-03", True, False),
    ("CY", "2026-04-06", True, False),
    ("CY", "2026-04-10", False, True),
    ("CY", "2026-04-13", False, True),
    ("DK", "2026-05-01", True, False),
    ("PL", "2026-12-24", False, True),
    ("IE", "2026-02-02", False, True),
    ("US", "2026-06-19", False, True),
    ("US-NY", "2026-06-19", False, True),
]
for place, written, free_here, free_there in ASKED:
    day = date.fromisoformat(written)
    country, _, region = place.partition("-")
    seen = (
        registry.get(place)().is_holiday(day),
        day in holidays.country_holidays(country, subdiv=region or None, years=day.year),
    )
    print(f"{place} {written}: workalendar {'free' if seen[0] else 'work'}, holidays {'free' if seen[1] else 'work'}")
    assert seen == (free_here, free_there), "a package has changed"
PYTHON
