"""The English sentences of what a lead does and is, of holds, and of merged leads."""

from datetime import timedelta

from baton.domain.events import lead_events, merge_events, signal_events
from baton.outreach.text.times_and_names import in_words
from baton.outreach.text.untrusted_text import one_line
from baton.outreach.timeline.sentence_parts import LIMIT, Sentences, Teller, fact_names, tells, typed

_DID = {
    "consultation_requested": "asked for a consultation",
    "demo_requested": "asked for a demo",
    "meeting_booked": "booked a meeting",
    "content_downloaded": "downloaded",
    "page_visited": "visited",
    "webinar_attended": "attended",
    "webinar_registered": "registered for",
    "email_opened": "opened an e-mail",
    "email_clicked": "clicked in an e-mail",
    "unsubscribed": "unsubscribed",
}
_LATE = timedelta(hours=1)
"""A signal that comes later than this is told with when it was."""
_OPEN_ENDED = {"downloaded", "visited", "attended", "for"}
OF_LEADS: Sentences = {}
"""The sentences, by the kind of event."""


@tells(signal_events.LeadCaptured, OF_LEADS)
def _captured(_: Teller, event: signal_events.LeadCaptured) -> str:
    doubt = ", and was taken for a robot" if event.spam else ""
    return f"The lead became known by {one_line(event.source, LIMIT)}{doubt}"


@tells(signal_events.SignalRecorded, OF_LEADS)
def _signal(teller: Teller, event: signal_events.SignalRecorded) -> str:
    what = typed(event.content_title, " ")
    if not what and event.content and event.content.strip():
        what = f" {teller.content(event.content)}"
    kind, source = event.kind.casefold(), one_line(event.source, LIMIT)
    doubt = "; it was taken for a robot's" if event.spam else ""
    if kind == signal_events.IMPORTED:
        return f"The lead stands on the list {source}"
    was = event.occurred_at if event.occurred_at and teller.recorded.at - event.occurred_at > _LATE else None
    on = f" on {teller.when(was)}" if was else ""
    by = f"by the form {in_words(event.form)}" if event.form else f"told by {source}"
    if not event.from_person:
        return f"{source} told of the lead: {in_words(event.kind)}{what}{on}"
    did = _DID.get(kind)
    said = f"The lead {did}{what or (' something' if did.split()[-1] in _OPEN_ENDED else '')}" if did else ""
    return f"{said or f'Something was recorded of the lead: {in_words(event.kind)}{what}'}{on} ({by}){doubt}"


@tells(signal_events.ReleasedFromSpam, OF_LEADS)
def _released_from_spam(teller: Teller, event: signal_events.ReleasedFromSpam) -> str:
    return f"{teller.who} said that a person sent what was taken for a robot's; it counts now"


@tells(signal_events.ConsentWithdrawn, OF_LEADS)
def _consent_withdrawn(_: Teller, event: signal_events.ConsentWithdrawn) -> str:
    if event.unsubscribed:
        return f"The lead wants no more mail (told by {one_line(event.source, LIMIT)})"
    return f"The lead took back its consent to {fact_names(event.purposes) or 'everything'}"


@tells(lead_events.LeadUpdated, OF_LEADS)
def _updated(teller: Teller, event: lead_events.LeadUpdated) -> str:
    entered = [name for name in event.fields if name not in event.cleared]
    said = [f"entered {fact_names(entered)}"] if entered else []
    said += [f"struck out {fact_names(event.cleared)}"] if event.cleared else []
    return f"{teller.who} {' and '.join(said) or 'confirmed what is known'}"


@tells(lead_events.LeadQualified, OF_LEADS)
def _qualified(_: Teller, event: lead_events.LeadQualified) -> str:
    kind = {"mql": "a marketing qualified lead (MQL)", "sql": "a sales qualified lead (SQL)"}
    because = typed("; ".join(event.reasons))
    return f"The lead became {kind.get(event.stage, in_words(event.stage))}{because}"


@tells(lead_events.TargetAccountEngaged, OF_LEADS)
def _engaged(_: Teller, event: lead_events.TargetAccountEngaged) -> str:
    told = ", and its owner is told" if event.alerts else ""
    return f"Somebody of the target account {one_line(event.name or event.account)} came to us{told}"


@tells(lead_events.LeadLeftToReview, OF_LEADS)
def _left_to_review(_: Teller, event: lead_events.LeadLeftToReview) -> str:
    return f"Marketing reviews the lead first, because {one_line(event.account)} had as many by forms as are agreed"


@tells(lead_events.LeftLeadsTold, OF_LEADS)
def _left_told(_: Teller, event: lead_events.LeftLeadsTold) -> str:
    name = one_line(event.name or event.account)
    return f"The owner of {name} heard how many leads by forms were left to review: {event.leads}"


@tells(lead_events.LeadHeldBack, OF_LEADS)
def _held_back(teller: Teller, event: lead_events.LeadHeldBack) -> str:
    return f"{teller.who} holds the lead back from sales until {teller.until(event.due_at)}{typed(event.reason)}"


@tells(lead_events.LeadKeptFromSales, OF_LEADS)
def _kept(_: Teller, event: lead_events.LeadKeptFromSales) -> str:
    return f"The rule “{one_line(event.label)}” keeps the lead from sales"


@tells(lead_events.NoteAdded, OF_LEADS)
def _noted(teller: Teller, event: lead_events.NoteAdded) -> str:
    return f"{teller.who} noted{typed(event.text)}"


@tells(lead_events.LeadReleased, OF_LEADS)
def _released(teller: Teller, _: lead_events.LeadReleased) -> str:
    return f"{teller.who} ended the hold"


@tells(lead_events.LookScheduled, OF_LEADS)
def _look_scheduled(teller: Teller, event: lead_events.LookScheduled) -> str:
    return f"Baton looks at the lead again on {teller.when(event.due_at)}"


@tells(lead_events.LookTaken, OF_LEADS)
def _look_taken(_: Teller, _event: lead_events.LookTaken) -> str:
    return "Baton looked at the lead again, as planned"


@tells(lead_events.TimerSet, OF_LEADS)
def _timer_set(teller: Teller, event: lead_events.TimerSet) -> str:
    return f"Something is due before what was waited for, on {teller.when(event.due_at)}"


@tells(merge_events.LeadMerged, OF_LEADS)
def _merged(teller: Teller, event: merge_events.LeadMerged) -> str:
    said = "said" if teller.is_person else "found"
    email = next((each.email for each in event.parts if each.lead_id == event.other), None)
    return (
        f"{teller.who} {said} that the lead {teller.lead(event.other, email)} is the same person{typed(event.reason)}"
    )


@tells(merge_events.LeadAbsorbed, OF_LEADS)
def _absorbed(teller: Teller, event: merge_events.LeadAbsorbed) -> str:
    return f"The lead {teller.lead(event.into)} stands for this one now{typed(event.reason)}"


@tells(merge_events.LeadUnmerged, OF_LEADS)
def _unmerged(teller: Teller, event: merge_events.LeadUnmerged) -> str:
    return f"{teller.who} said that the lead {teller.lead(event.other)} is somebody else after all{typed(event.reason)}"


@tells(merge_events.LeadRestored, OF_LEADS)
def _restored(teller: Teller, event: merge_events.LeadRestored) -> str:
    return (
        f"The lead is one of its own again, apart from the lead {teller.lead(event.merged_into)}{typed(event.reason)}"
    )


@tells(merge_events.AddressChosen, OF_LEADS)
def _address_chosen(_: Teller, event: merge_events.AddressChosen) -> str:
    return f"The lead is written to at {one_line(event.email)} from now on"
