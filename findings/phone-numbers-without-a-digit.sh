#!/usr/bin/env bash
# Is it the same phone after a form has checked its number? The number that comes back as valid may be another's.
#
# phone 3.1.72 (npm, 1.3 million downloads a month) writes a number as E.164 has it, and says whether it is valid. One
# would expect a number that begins with + to come back as it is, or not at all. If it has one digit more than the
# library's table of its country knows, the digit behind the country's code counts as one for calls at home, whichever
# digit it is, and is cut: mobiles of Liberia and Gabon, by phonenumberslite 9.0.42 (PyPI) valid as they are, become
# shorter numbers, and those of Argentina become fixed lines. All are called valid. Of the 237 countries' fixed lines
# 203 are no valid number, as only mobiles are one until validateMobilePrefix is false.
#
# Baton: keeps a number as it was written, and shows all of these as what they are
# (tests/unit/domain/test_international_phones.py). It cannot know what a website cut: docs/forms-and-signals.md says to
# send numbers as they were typed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts phone@3.1.72
python3 -m venv venv
venv/bin/python -m pip install -qq --disable-pip-version-check --no-input phonenumberslite==9.0.42
venv/bin/python - > lines.json <<'PYTHON'
import json

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

examples = [
    (
        phonenumbers.example_number_for_type(country, PhoneNumberType.FIXED_LINE),
        phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE),
    )
    for country in sorted(phonenumbers.SUPPORTED_REGIONS)
]
apart = [fixed for fixed, mobile in examples if fixed and mobile and fixed != mobile]
print(json.dumps([phonenumbers.format_number(fixed, PhoneNumberFormat.E164) for fixed in apart]))
PYTHON
node - > checked.json <<'JS'
const { phone } = require("phone");
const typed = ["+231 77 012 3456", "+241 06 03 12 34", "+54 9 11 2345 6789", "+49 171 1234567"];
const lines = require("./lines.json");
const refused = lines.filter((line) => !phone(line).isValid).length;
console.log(JSON.stringify({ typed: typed.map((each) => [each, phone(each)]), lines: lines.length, refused }));
JS
venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneNumberType

checked = json.loads(Path("checked.json").read_text(encoding="utf-8"))
seen = []
for typed, answer in checked["typed"]:
    before, after = (phonenumbers.parse(number) for number in (typed, answer["phoneNumber"]))
    assert phonenumbers.is_valid_number(before), typed
    kinds = [PhoneNumberType.to_string(phonenumbers.number_type(number)) for number in (before, after)]
    print(f"{typed} ({kinds[0]}): valid {answer['isValid']}, {answer['phoneNumber']} ({kinds[1]})")
    seen.append((answer["isValid"], answer["phoneNumber"], *kinds))
print("fixed lines that are no valid number:", checked["refused"], "of", checked["lines"])
assert [(valid, number) for valid, number, _, _ in seen] == [
    (True, "+23170123456"),
    (True, "+2416031234"),
    (True, "+541123456789"),
    (True, "+491711234567"),
], "the library has changed"
assert seen[2][2:] == ("MOBILE", "FIXED_LINE"), "the numbers of Argentina have changed"
assert (checked["refused"], checked["lines"]) == (203, 237), "the library has changed"
PYTHON
