"""The demonstration's history: its draft can be tried, and points can be learned from it."""

from pathlib import Path

from baton.agreement.reading.agreement_reader import read_agreement
from tools.demo_points_act import DRAFT, TODAY, proposal, trial, write_history


def test_a_draft_is_tried_and_another_one_proposed_from_the_same_history(tmp_path: Path) -> None:
    write_history(tmp_path)
    lines = trial(tmp_path)
    assert lines[0] == f"Trial of {DRAFT} against {TODAY}."
    assert any(line.startswith("Newly handed over") for line in lines)
    proposed = proposal(tmp_path)
    assert proposed.report[0].startswith("Proposal of points (re-point, seed 1), learned from 600 leads")
    assert read_agreement(proposed.draft).rules["fit"][0]["id"] == "base"
