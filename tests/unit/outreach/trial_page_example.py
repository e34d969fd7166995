"""The page of a trial of a small seeded history, and its whole text as it was approved.

`python -m tests.unit.outreach.trial_page_example` writes the text anew; read what has changed before you keep it.
"""

from pathlib import Path

from baton.domain.trial.figures.trial_figures import TrialFigures
from baton.outreach.trials.trial_page import trial_page
from tests.unit.outreach.link_page_examples import ParsedPage
from tests.unit.trial.test_trial_sums import figures, random_row

APPROVED = Path(__file__).with_name("trial_page.txt")


def example() -> TrialFigures:
    """Returns the figures of 240 random leads, always the same."""
    return figures([random_row(number) for number in range(240)], reps=3)


def text_of(page: str) -> str:
    """Returns the whole text of a page in the order in which it is read aloud, a line for each piece of it."""
    return "\n".join(line for line in map(str.strip, ParsedPage(page).text.splitlines()) if line) + "\n"


if __name__ == "__main__":
    APPROVED.write_text(text_of(trial_page(example())), encoding="utf-8")
