"""Writes the mail to operations about forgotten leads; it has lead ids, and no personal data."""

from baton.domain.follow_up.search_events import LeadsLookedThrough


def forgotten_leads(search: LeadsLookedThrough) -> tuple[str, str] | None:
    """Returns subject and text; None if no forgotten lead needs a person's help."""
    if not search.forgotten:
        return None
    number = search.forgotten_in_all
    leads = "lead is" if number == 1 else "leads are"
    more = [f"and {number - len(search.forgotten)} more: the log has them"] if number > len(search.forgotten) else []
    lines = [
        "Nothing will come of these leads by itself, although somebody owes them something:",
        "",
        *(f"GET /leads/{lead_id}" for lead_id in search.forgotten),
        *more,
        "",
        "WHAT TO DO",
        "Why each was found stands in the log, at 'a lead was forgotten'.",
        "If no clock of its handoff runs, its owner accepts, contacts or closes it; an agreement whose clocks go on "
        "after the first contact (starts_when: contacted) lets none of them stop watching.",
        "One that waits in line needs somebody: see GET /teams/TEAM/reps for why nobody can take it, or give it to "
        "somebody: POST /handoffs/ID/reassign.",
        "One that nobody can read was written by something else than Baton.",
    ]
    return f"Baton: {number} {leads} forgotten", "\n".join(lines) + "\n"
