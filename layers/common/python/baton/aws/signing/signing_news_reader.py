"""Reads what the mails about an event of the agreement say: the draft with its trial, or who signed the version."""

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.table.store import Store
from baton.domain.notifications.departments import department_addresses
from baton.domain.notifications.signing_news import SigningNews
from baton.domain.signing.agreement_events import AgreementEnacted, AgreementSigned, DraftSigned, RecordedOfAgreement
from baton.domain.signing.draft_signatures import Department, Draft, Signature
from baton.domain.trial.figures.trial_figures import TrialFigures


def read_news(store: Store, agreement: Agreement, recorded: RecordedOfAgreement) -> SigningNews | None:
    """Reads the news of an event; None if nobody is to hear of it, or not any more.

    A draft that was changed, withdrawn or signed by both waits for nobody. Of a version that holds at once only its
    coming into force is told, and of the first version nothing.
    """
    people = {each.value: department_addresses(each.value, agreement, store.roster) for each in Department}
    news = SigningNews(recorded, people, agreement.time_zone)
    match recorded.event:
        case DraftSigned() as event:
            draft, _ = DraftItems(Versions(store)).read(event.draft_id)
            waits = draft.revision == event.revision and len(draft.signatures) == 1 and not draft.withdrawn_at
            return news._replace(draft=draft, figures=_figures(store, draft)) if waits else None
        case AgreementSigned(in_force_from=None) | AgreementEnacted(agreement_version=1):
            return None
        case AgreementSigned(agreement_version=number) | AgreementEnacted(agreement_version=number):
            version = (versions := Versions(store)).numbered(number)
            signatures = [Signature.model_validate(each) for each in (version.signatures if version else ())]
            return news._replace(signatures=signatures, before=versions.held_before(number))


def _figures(store: Store, draft: Draft) -> TrialFigures | None:
    """Returns the figures of the draft's trial, if one of this revision has finished."""
    from baton.aws.trials.trial_items import TrialItems  # few mails are about drafts  # noqa: PLC0415
    from baton.aws.trials.trial_views import figures_of  # as above  # noqa: PLC0415

    trials = TrialItems(store)
    trial = trials.read(draft.draft_id)
    if trial is None or not trial.is_finished or trial.revision != draft.revision:
        return None
    compared = trials.compared(trial)
    return figures_of(trial, compared) if compared else None
