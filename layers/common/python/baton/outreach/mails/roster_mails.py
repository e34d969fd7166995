"""Writes the mails about a team's roster: to operations if somebody gets no mail, to all if nobody is its manager.

What is to be sent to the API has the team's name, all else its label in the agreement, by which people know it.
"""

from collections.abc import Iterable

from baton.agreement.terms.agreement import Agreement
from baton.domain.teams.reps import Subscription
from baton.domain.terms.agreed_labels import team_label
from baton.outreach.text.untrusted_text import defanged_line, subject

Content = tuple[str, str]
"""A subject and a text; the module of the other mails is slow to import."""
_NO_MAIL = {
    Subscription.PENDING: "gets no mail any more: the address waits for a confirmation again",
    Subscription.ENDED: "gets no mail any more: the subscription ended",
}
_BY_A_CLICK = "can lose all mail: the address was confirmed by a click, and anybody with a mail can unsubscribe it"


def addresses_lost(team: str, agreement: Agreement, states: Iterable[Subscription]) -> Content:
    """Writes the mail to operations about addresses of a team that are not confirmed any more; it names nobody."""
    found = set(states)
    what = "gets no mail any more" if found & _NO_MAIL.keys() else "can lose all mail"
    return (
        subject("Baton: somebody in team ", team_label(team, agreement), f" {what}"),
        f"They get no leads until that is mended. GET /teams/{team}/reps shows who it is.\n\n{_remedies(team, found)}",
    )


def addresses_lost_by_name(team: str, agreement: Agreement, lost: Iterable[tuple[str, Subscription]]) -> Content:
    """Writes the mail to a team's managers about addresses that are not confirmed any more."""
    label = team_label(team, agreement)
    named = [f"- {email} {_NO_MAIL.get(state, _BY_A_CLICK)}" for email, state in lost]
    return (
        subject(f"Baton: {len(named)} of team ", label, " get no leads, because of their mail"),
        "\n".join(named) + f"\n\nThey get no leads until that is mended.\n\n{_remedies(team, {s for _, s in lost})}",
    )


def _remedies(team: str, states: Iterable[Subscription]) -> str:
    there = f"/teams/{team}/reps/{{email}}"
    wanted = {
        Subscription.ENDED: f"If the subscription ended: PUT {there} subscribes the address anew.",
        Subscription.PENDING: "If it waits for a confirmation: Amazon has sent the address a mail.",
        Subscription.UNPROTECTED: f"If it was confirmed by a click: DELETE {there}, then PUT it anew.",
    }
    paste = f"Nobody opens the link in Amazon's mail: POST {there}/confirmation takes it."
    return "\n".join([*(text for state, text in wanted.items() if state in states), paste])


def managers_lost(team: str, agreement: Agreement) -> Content:
    """Writes the mail to operations and to a team that mail reaches no manager of the team any more."""
    label = team_label(team, agreement)
    return (
        subject("Baton: team ", label, " has no manager any more"),
        "The last manager left the team, or gets no mail any more. Until there is another one, only operations hear of "
        f"leads that team {defanged_line(label)} misses or cannot take, and without names.\n\n"
        f"An administrator names a manager: PUT /teams/{team}/reps/{{email}} with "
        '{"role": "manager"}.',
    )
