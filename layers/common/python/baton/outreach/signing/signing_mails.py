"""Writes the mails about the agreement: a draft waits for a signature, a version was signed, a version is in force.

They have names of staff, and nothing of any lead.
"""

import json
from collections.abc import Iterable, Sequence

from baton.domain.notifications.signing_news import SigningNews
from baton.domain.signing.agreement_events import AgreementEnacted, AgreementSigned, DraftSigned
from baton.domain.signing.draft_signatures import Draft, Signature
from baton.domain.trial.figures.trial_figures import TrialFigures
from baton.outreach.mails.mail_sections import join_sections
from baton.outreach.mails.mails_by_event import Mail
from baton.outreach.text.times_and_names import moment
from baton.outreach.text.untrusted_text import one_line, quoted_lines

Content = tuple[str, str]
"""A subject and a text."""
TRIAL_LINES = 5
OTHER = {"marketing": "sales", "sales": "marketing"}


def written(news: SigningNews, console: str | None = None) -> tuple[list[Mail], Content | None]:
    """Returns the mails about an event of the agreement, and the one to operations if it reaches nobody else.

    `console` is the console's address, which mails lead to; without a console they name the API's calls.
    """
    return mails_of_agreement(news, console), mail_to_operations(news)


def mails_of_agreement(news: SigningNews, console: str | None) -> list[Mail]:
    """Writes the mails about an event of the agreement, as far as mail reaches anybody.

    A draft that was signed once is told to the other department; a version that was signed or came into force to both.
    """
    zone = None if news.time_zone == "UTC" else news.time_zone
    both = tuple(dict.fromkeys(address for people in news.people.values() for address in people))
    match news.recorded.event:
        case DraftSigned() as event if news.draft:
            to = tuple(news.people[OTHER[event.department]])
            content = draft_waits(event, news.draft, news.figures, zone, console)
        case AgreementSigned() as event:
            to, content = both, signed_for_later(event, news, zone, console)
        case AgreementEnacted() as event:
            to, content = both, in_force(event, news, zone, console)
        case _:
            to, content = (), ("", "")
    return [Mail(to, *content)] if to else []


def mail_to_operations(news: SigningNews) -> Content | None:
    """Writes the mail to operations if a draft waits and mail reaches nobody of the department; it names nobody."""
    event = news.recorded.event
    if not isinstance(event, DraftSigned) or news.people[OTHER[event.department]]:
        return None
    return nobody_to_sign(event)


def draft_waits(
    event: DraftSigned, draft: Draft, figures: TrialFigures | None, zone: str | None, console: str | None
) -> Content:
    """Returns the mail to the department whose signature a draft waits for: what it breaks, what it changes, its trial.

    `figures` are those of its trial, if it was tried; times are in a zone.
    """
    other = OTHER[event.department]
    holds = f"from {moment(draft.in_force_from, zone)}" if draft.in_force_from else "at once"
    text = join_sections(
        [
            f"{event.by} has signed a draft of the agreement for {event.department}.",
            f"It waits for a signature of {other}. Once somebody in {other} signs, it holds {holds}.",
        ],
        quoted_lines(draft.note or ""),
        _listed("WHAT STOPS WORKING", event.stops),
        _listed("WHAT CHANGES", event.changes),
        [f"and {event.more} more lines"] if event.more else [],
        _trial(figures),
        *_where_to_sign(event, draft.draft_id, tried=figures is not None, console=console),
    )
    return f"To sign for {other}: a draft of the agreement, signed by {event.department}", text


def nobody_to_sign(event: DraftSigned) -> Content:
    """Returns the mail to operations that mail reaches nobody who could sign a draft; it names nobody."""
    other = OTHER[event.department]
    text = join_sections(
        [f"Draft {event.draft_id} of the agreement waits for a signature of {other}, and no mail reaches them."],
        [
            "WHAT TO DO",
            "Tell somebody who signs, or put them on a roster: in sales the managers of its teams hear of drafts, in "
            "marketing its team.",
        ],
    )
    return f"Baton: no mail reaches who signs the agreement for {other}", text


def signed_for_later(event: AgreementSigned, news: SigningNews, zone: str | None, console: str | None) -> Content:
    """Returns the mail to both departments that they have signed a version for a later date."""
    version, since = event.agreement_version, moment(event.in_force_from, zone) if event.in_force_from else "now"
    text = join_sections(
        [
            f"Marketing and sales have signed version {version} of the agreement. It holds from {since}; until then "
            "nothing changes."
        ],
        _signers(news.signatures, zone),
        ["WHAT WILL CHANGE", _compared(news.before, version, console)],
    )
    return f"Version {version} of the agreement is signed", text


def in_force(event: AgreementEnacted, news: SigningNews, zone: str | None, console: str | None) -> Content:
    """Returns the mail to both departments that a version is in force."""
    version, at = event.agreement_version, news.recorded.at
    came = "" if event.origin == "signed" else " It came with a deployment."
    text = join_sections(
        [f"Version {version} of the agreement is in force since {moment(at, zone)}.{came} All leads are scored anew."],
        _signers(news.signatures, zone),
        ["WHAT HAS CHANGED", _compared(news.before, version, console)],
    )
    return f"Version {version} of the agreement is in force", text


def _where_to_sign(event: DraftSigned, draft_id: str, *, tried: bool, console: str | None) -> tuple[list[str], ...]:
    other = OTHER[event.department]
    sign_it = f"SIGN IT for {other}, signed in as somebody of {other}"
    if console:
        page = f"{console}/agreement?draft={draft_id}"
        return (
            ["LOOK AT IT", page],
            ["ITS WHOLE TRIAL", f"{page}&side=trial"] if tried else [],
            [f"{sign_it}; what was signed is revision {event.revision}", f"{page}&side=sign"],
        )
    path = f"/agreement/drafts/{draft_id}"
    return (
        ["LOOK AT IT", f"GET {path}", *([f"GET {path}/trial?format=html"] if tried else [])],
        [sign_it, f"POST {path}/signatures", json.dumps({"for": other, "revision": event.revision})],
    )


def _compared(before: int, version: int, console: str | None) -> str:
    """Returns where the differences of two versions are shown."""
    both = f"from={before}&to={version}"
    return f"{console}/agreement?see=versions&{both}" if console else f"GET /agreement/differences?{both}"


def _listed(heading: str, lines: Iterable[str]) -> list[str]:
    shown = [f"- {one_line(line, 300)}" for line in lines]
    return [heading, *shown] if shown else []


def _trial(figures: TrialFigures | None) -> list[str]:
    if figures is None:
        return []
    from baton.outreach.trials.trial_lines import trial_lines  # few drafts were tried  # noqa: PLC0415

    return ["ITS TRIAL", *trial_lines(figures)[:TRIAL_LINES]]


def _signers(signatures: Sequence[Signature], zone: str | None) -> list[str]:
    signed = [f"- {each.by} for {each.group}, {moment(each.at, zone)}" for each in signatures]
    return ["WHO SIGNED", *signed] if signed else []
