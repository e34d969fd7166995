"""Writes the page of a trial, for screen, phone and A4 paper: what happened in sentences, then pictures and tables."""

from collections.abc import Iterator

from baton.domain.trial.figures.trial_figures import TrialFigures
from baton.outreach.pages.page_frame import definition_list, html_page, paragraph
from baton.outreach.reports.report_tables import section
from baton.outreach.text.untrusted_text import one_line
from baton.outreach.trials import trial_pictures, trial_tables
from baton.outreach.trials.trial_lines import title_of, trial_lines
from baton.outreach.trials.trial_style import HEADERS, TRIAL_STYLE

__all__ = ["HEADERS", "trial_page"]

_HOW = (
    "Unknown is no loss: nobody says what became of these leads, mostly because sales never had them. What may be is "
    "where the true share is in 95 of 100 cases. Under ten wins or ten others there are too few to say anything."
)
_LOAD = (
    "Leads on the working days of the team, with the days on which nobody came. Room is how many open leads all reps "
    "together may have; it is full after so many middle days if no lead is closed."
)
_THRESHOLDS = (
    "Every threshold is counted, none is estimated. Leads that another trigger hands over are among them at each. The "
    "sum before the limits orders leads that look alike within them."
)
_LOT = (
    "Missed of all: a missed win that sales got by lot counts for all leads like it. All other figures count leads as "
    "they are."
)
_RULES = (
    "Leads that got the rule's points against those that did not. The q-value allows for the number of rules: of those "
    "up to .05, one in twenty is chance."
)
_ORDER = (
    "Pairs in order: how often a won lead has more points than another one; 50 % is chance. Those whom today's score "
    "did not choose judge it more fairly, because the others have an outcome on account of their points."
)
_MONTHS = "The dashed line is the share of all months. Later months have more open outcomes, and may look worse for it."


def trial_page(figures: TrialFigures) -> str:
    """Returns the whole page."""
    _, *lines = trial_lines(figures)
    words = section("In words", *(paragraph(said.replace(" %", "\u00a0%")) for said in lines), paragraph(_HOW, "soft"))
    shown = [words, *(_sections(figures) if figures.balance.leads else ()), _end(figures)]
    return html_page(title_of(figures), *shown, style=TRIAL_STYLE)


def _sections(figures: TrialFigures) -> Iterator[str]:
    yield section(
        "Today's agreement and the draft",
        trial_pictures.two_by_two(figures.cells),
        trial_tables.cells_table(figures),
        trial_pictures.shares_of_cells(figures.cells),
        trial_tables.shares_table(figures),
        trial_tables.returns_table(figures),
        trial_tables.triggers_table(figures),
    )
    yield section(
        "How much work that is",
        paragraph(_LOAD, "soft"),
        trial_pictures.load_picture(figures.load) if figures.load else "",
        trial_tables.load_table(figures),
    )
    yield section(
        "Where the threshold could be",
        paragraph(_THRESHOLDS, "soft"),
        trial_pictures.ladder_picture(figures.ladder, figures.threshold),
        trial_tables.ladder_table(figures),
        paragraph(_LOT, "soft") if figures.order.of_all else "",
        trial_pictures.sums_picture(figures.bars, figures) if figures.bars else "",
        trial_tables.sums_table(figures),
    )
    yield section(
        "What each rule tells",
        paragraph(_RULES, "soft"),
        trial_pictures.lifts_picture(figures.rules),
        trial_tables.rules_table(figures),
    )
    yield section("How well the order tells wins", paragraph(_ORDER, "soft"), trial_tables.order_table(figures))
    if figures.months:
        yield section(
            "Whether it changes with time",
            paragraph(_MONTHS, "soft"),
            trial_pictures.months_picture(figures.months),
            trial_tables.months_table(figures),
        )


def _end(figures: TrialFigures) -> str:
    rests = {f"Agreement, {name}": one_line(version) for name, version in figures.versions.items()}
    left_out = trial_tables.left_out_table(figures) or paragraph("Nothing was left out.")
    return section("What it rests on", left_out, definition_list({**rests, "Seed": f"{figures.seed}"}))
