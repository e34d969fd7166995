#!/usr/bin/env bash
# What is the lead called? One library reads two names out of one cell, by how large the list is.
#
# Excel keeps beside a Japanese text how its typist spoke it (`rPh` in ECMA-376), so that lists can be sorted, and shows
# the text alone. exceljs 4.4.0 (npm) reads a workbook as a whole, or row by row (stream.xlsx.WorkbookReader) where it
# is too large for that. One would expect both to read the same cells. Row by row a cell is what was spoken, and of
# several parts the last alone: Yamada's name in Katakana in place of its characters, and of `東京商事` the word for
# commerce. Cells that were not typed in Japanese, such as addresses, are right. openpyxl 3.1.5 (PyPI) reads the text,
# also with read_only.
#
# Baton: reads lists as CSV, and takes the names that are in it; what was spoken is a possible name, so nothing shows
# that it is not the one. docs/lists.md says how to prepare such a list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0
python3 -m venv venv
venv/bin/python -m pip install -qq --disable-pip-version-check --no-input openpyxl==3.1.5 xlsxwriter==3.2.9
venv/bin/python - <<'PYTHON'
from zipfile import ZipFile

import openpyxl
import xlsxwriter

ROWS = [("email", "last_name", "company"), ("hanako@example.jp", "山田", "東京商事")]
SPOKEN = {"山田": [(0, 2, "ヤマダ")], "東京商事": [(0, 2, "トウキョウ"), (2, 4, "ショウジ")]}
with xlsxwriter.Workbook("typed.xlsx") as workbook:
    sheet = workbook.add_worksheet()
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
with ZipFile("typed.xlsx") as typed, ZipFile("leads.xlsx", "w") as leads:
    for part in typed.namelist():
        text = typed.read(part).decode()
        for written, spoken in SPOKEN.items():
            beside = "".join(f'<rPh sb="{start}" eb="{end}"><t>{said}</t></rPh>' for start, end, said in spoken)
            text = text.replace(f"<t>{written}</t>", f'<t>{written}</t>{beside}<phoneticPr fontId="0"/>')
        leads.writestr(part, text)
for read_only in (False, True):
    sheet = openpyxl.load_workbook("leads.xlsx", read_only=read_only).worksheets[0]
    assert list(sheet.values) == ROWS, "openpyxl has changed"
print("openpyxl, both ways:   ", *ROWS[1])
PYTHON
node - <<'JS'
const assert = require("node:assert");
const { Workbook, stream } = require("exceljs");
(async () => {
  const workbook = new Workbook();
  await workbook.xlsx.readFile("leads.xlsx");
  const whole = workbook.worksheets[0].getRow(2).values.slice(1);
  let last;
  for await (const sheet of new stream.xlsx.WorkbookReader("leads.xlsx", {})) {
    for await (const row of sheet) last = row.values.slice(1);
  }
  console.log("exceljs, as a whole:   ", ...whole);
  console.log("exceljs, row by row:   ", ...last);
  assert.deepStrictEqual(whole, ["hanako@example.jp", "山田", "東京商事"]);
  assert.deepStrictEqual(last, ["hanako@example.jp", "ヤマダ", "ショウジ"]);
})();
JS
