"""`python -m baton.proposal --agreement FILE --history FILE… --leads-per-day N --seed 1`: a draft with other points.

It prints the draft with its report in comments above it. Nothing takes effect by itself.
"""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sums in several threads differ in their last bits
os.environ.setdefault("OMP_NUM_THREADS", "1")

if TYPE_CHECKING:
    from baton.agreement.terms.agreement import Agreement
    from baton.intake.history.history_lists import History
    from baton.learning.proposed_table import Wishes

OK, REFUSED, MISUSED = 0, 1, 2


def main(arguments: list[str]) -> int:
    """Runs the command and returns its exit status: 0 a proposal, 1 refused, 2 nothing could be read."""
    from baton.agreement.reading.agreement_reader import AgreementFaults  # noqa: PLC0415
    from baton.domain.imports.list_import import ListFault  # noqa: PLC0415
    from baton.learning.learned_leads import Refused  # noqa: PLC0415

    wanted = _parser().parse_args(arguments)
    try:
        sys.stdout.write(_proposed(wanted))
    except Refused as refused:
        return _complain(f"Refused: {refused}.", REFUSED)
    except AgreementFaults as faulty:
        said = "\n".join(f"{each.place}: {each.detail}" for each in faulty.faults)
        return _complain(
            f"{wanted.agreement} has faults; `python -m baton.agreement check` shows them:\n{said}", MISUSED
        )
    except (OSError, UnicodeError, ListFault, ValueError) as fault:
        return _complain(f"cannot be read: {fault}", MISUSED)
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m baton.proposal", description="Writes a draft with other points.")
    parser.add_argument("--agreement", type=Path, required=True, help="the agreement in force, in YAML")
    parser.add_argument("--history", type=Path, nargs="+", required=True, help="lists of leads and signals, in CSV")
    parser.add_argument(
        "--leads-per-day", type=float, required=True, help="so many leads a working day may go to sales"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--mode", choices=("re-point", "add"), default="re-point", help="add: at most 8 rules, also new"
    )
    parser.add_argument(
        "--strike", action="append", default=[], metavar="RULE", help="the table does without this rule"
    )
    parser.add_argument("--allow", action="append", default=[], metavar="FACT", help="new rules may ask for this fact")
    parser.add_argument("--known", action="store_true", help="new rules may ask whether a fact is known")
    parser.add_argument("--matures-after", metavar="90d", help="who is still open after so long was not won")
    parser.add_argument("--looks", type=int, default=1, help="how often this history was looked at, now included")
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="as `mapping` of an import")
    parser.add_argument("--dates", choices=("DD/MM/YYYY", "MM/DD/YYYY"))
    parser.add_argument("--decimals", choices=(",", "."))
    parser.add_argument("--time-zone")
    return parser


def _proposed(wanted: argparse.Namespace) -> str:
    from baton.agreement.reading.agreement_reader import read_agreement  # noqa: PLC0415
    from baton.agreement.reading.yaml_loader import load  # noqa: PLC0415
    from baton.learning.draft_document import draft_document  # noqa: PLC0415
    from baton.learning.edited_text import edited_text  # noqa: PLC0415
    from baton.learning.known_leads import card_in_points, known_leads, rules_that_stay  # noqa: PLC0415
    from baton.learning.learned_leads import Maturity  # noqa: PLC0415
    from baton.learning.proposal import propose  # noqa: PLC0415
    from baton.learning.proposal_words import draft_text, report_lines, without_report  # noqa: PLC0415

    text = without_report(wanted.agreement.read_text(encoding="utf-8-sig"))
    today, document = read_agreement(text), load(text)
    card, history = card_in_points(today), _history(wanted)
    as_of = max(_ends(history), default=datetime.now(UTC))
    leads = []
    for number, lead in enumerate(known_leads(history.leads, card, as_of), 1):
        leads.append(lead)
        if not number % 500:
            _tell(f"{number} of {len(history.leads)} leads as they were known")
    maturity = Maturity(as_of, _matures_after(wanted))
    proposal = propose(leads, card, document, _wishes(wanted), maturity, _tell)
    report, draft = report_lines(proposal), None
    if proposal.rules:
        stay = [rule["id"] for rule in rules_that_stay(card.rules)]
        draft = edited_text(text, draft_document(document, proposal, stay))
        report += ["", *_trial(wanted, history, (today, read_agreement(draft)), as_of)]
    _tell("")
    for reason, lines in sorted(history.left_out.items(), key=lambda each: -each[1])[:20]:
        sys.stderr.write(f"{lines} × {reason}\n")
    return draft_text(report, draft)


def _wishes(wanted: argparse.Namespace) -> "Wishes":
    from baton.learning.candidate_rules import Asked  # noqa: PLC0415
    from baton.learning.proposed_table import Wishes  # noqa: PLC0415

    asked, struck = Asked(frozenset(wanted.allow), wanted.known), frozenset(wanted.strike)
    return Wishes(wanted.leads_per_day, wanted.mode, wanted.seed, struck, asked, wanted.looks)


def _trial(
    wanted: argparse.Namespace, history: "History", agreements: "tuple[Agreement, Agreement]", as_of: datetime
) -> list[str]:
    from baton.domain.trial.figures.trial_figures import Asked  # noqa: PLC0415
    from baton.domain.trial.trial_rows import Tried  # noqa: PLC0415
    from baton.proposal.draft_trial import draft_trial  # noqa: PLC0415
    from baton.trial.tried_lists import card_of  # noqa: PLC0415

    today, draft = (card_of(agreement, version) for version, agreement in enumerate(agreements, 1))
    versions = {"draft": "the proposal", "today": wanted.agreement.name}
    tried = Tried(today, draft, as_of + timedelta(milliseconds=1))  # so that the last thing counts, too
    return draft_trial(history, tried, Asked(draft, {}, wanted.seed, versions), _tell)


def _history(wanted: argparse.Namespace) -> "History":
    from baton.intake.history.history_lists import HistoryReader  # noqa: PLC0415

    mapping = dict(each.rpartition("=")[::2] for each in wanted.map)
    said = {"dates": wanted.dates, "decimals": wanted.decimals, "time_zone": wanted.time_zone}
    spelling: dict[str, Any] = {name: value for name, value in said.items() if value}
    reader = HistoryReader(datetime.now(UTC), mapping, spelling=spelling)
    for path in wanted.history:
        content = path.read_bytes()
        reader.told = _telling_of(path.name, len(content))
        reader.read(path.stem, content)
    reader.check_columns()
    return reader.history()


def _telling_of(name: str, size: int) -> Callable[[int], None]:
    return lambda done: _tell(f"{name}: {done * 100 // max(size, 1)} %")


def _ends(history: "History") -> list[datetime]:
    closed = [lead.outcome.closed_at for lead in history.leads if lead.outcome and lead.outcome.closed_at]
    return [*closed, *(lead.arrivals[-1].at for lead in history.leads)]


def _matures_after(wanted: argparse.Namespace) -> timedelta | None:
    from baton.agreement.terms.durations import parse_duration  # noqa: PLC0415

    return parse_duration(wanted.matures_after) if wanted.matures_after else None


def _tell(doing: str) -> None:
    """Shows what is being done, on one line, to whoever watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{doing}")
        sys.stderr.flush()


def _complain(text: str, status: int) -> int:
    sys.stderr.write(f"{text}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
