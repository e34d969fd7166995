"""Reads the data sets: a school's leads, a marketplace's funnel, a bank's calls; without what knows the outcome."""

import csv
import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Facts = Mapping[str, float | str]
Rows = npt.NDArray[np.intp]
MONTHS, LEARNED_FROM = 12, 0.7
_FILLED_IN_LATER = {"tags", "lead_quality", "last_activity", "last_notable_activity", "lead_profile"}
_LONGEST_NAME = 40
_ANSWERS = {
    "what_is_your_current_occupation",
    "specialization",
    "city",
    "country",
    "what_matters_most_to_you_in_choosing_a_c",
    "how_did_you_hear_about_x_education",
}
_NOT_KNOWN = {"", "select", "unknown"}
_OF_THE_CALL = {"duration", "campaign", "emp_var_rate", "cons_price_idx", "cons_conf_idx", "euribor3m", "nr_employed"}


class DataSet(NamedTuple):
    """Leads in the order of time: their facts, and whether each was won."""

    name: str
    facts: Sequence[Facts]
    won: npt.NDArray[np.float64]

    @property
    def months(self) -> Rows:
        """Returns the number of each lead's twelfth of the time."""
        return np.arange(len(self.facts)) * MONTHS // len(self.facts)

    def split(self, seed: int | None) -> tuple[Rows, Rows]:
        """Returns 70 % to learn from and 30 % to judge by: by time, or drawn with a seed."""
        count = len(self.facts)
        order = np.arange(count) if seed is None else np.random.default_rng(seed).permutation(count)
        cut = int(count * LEARNED_FROM)
        return np.sort(order[:cut]), np.sort(order[cut:])


def x_education(folder: Path, *, answers: bool) -> DataSet:
    """Returns the school's leads: with what is known at capture, or with answers of forms, too."""
    rows = sorted(x_education_rows(folder), key=lambda row: int(row["lead_number"]))
    out = {*_FILLED_IN_LATER, "lead_number", "converted", *(() if answers else _ANSWERS)}
    out |= {name for name in rows[0] if name.startswith("asymmetrique")}
    return _set("with form answers" if answers else "facts at capture", rows, out, "converted")


def x_education_rows(folder: Path) -> list[dict[str, str]]:
    """Returns the school's rows as they are, by columns in small letters."""
    return list(_rows(folder / "x_education_leads.csv.gz"))


def olist(folder: Path) -> DataSet:
    """Returns the marketplace's leads: landing page and origin."""
    won = {row["mql_id"] for row in _rows(folder / "olist_closed_deals.csv.gz")}
    rows = sorted(_rows(folder / "olist_mql.csv.gz"), key=lambda row: row["first_contact_date"].split("-")[::-1])
    said = [{**row, "won": str(int(row["mql_id"] in won))} for row in rows]
    return _set("Olist", said, {"mql_id", "first_contact_date", "won"}, "won")


def bank(folder: Path) -> DataSet:
    """Returns the bank's calls. 999 days since the last call stand for none."""
    rows = [
        {**row, "pdays": "" if row["pdays"] == "999" else row["pdays"]}
        for row in _rows(folder / "bank_marketing.csv.gz")
    ]
    return _set("bank", rows, {*_OF_THE_CALL, "y"}, "y")


def _set(name: str, rows: Sequence[Mapping[str, str]], out: set[str], won: str) -> DataSet:
    facts = [
        {
            column: _value(text)
            for column, text in row.items()
            if column not in out and text.casefold() not in _NOT_KNOWN
        }
        for row in rows
    ]
    return DataSet(name, facts, np.array([float(row[won] in ("1", "yes")) for row in rows]))


def _value(text: str) -> float | str:
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text.casefold()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {
                re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:_LONGEST_NAME]: text.strip()
                for name, text in row.items()
            }
