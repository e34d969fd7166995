"""What is told of an event of the agreement, and whom mail reaches in each department."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from baton.domain.signing.agreement_events import RecordedOfAgreement
from baton.domain.signing.draft_signatures import Draft, Signature
from baton.domain.trial.figures.trial_figures import TrialFigures


class SigningNews(NamedTuple):
    """An event of the agreement that its readers can still act on, with the addresses in each department.

    Of a draft that was signed once it has the draft, and the figures of its trial if that has finished; of a version
    the signatures, and the number of the one that it follows, `before`. `time_zone` is the agreement's.
    """

    recorded: RecordedOfAgreement
    people: Mapping[str, Sequence[str]]
    time_zone: str
    draft: Draft | None = None
    figures: TrialFigures | None = None
    signatures: Sequence[Signature] = ()
    before: int = 0
