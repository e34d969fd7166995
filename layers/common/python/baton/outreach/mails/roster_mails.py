"""Writes the mails about a team's roster: to operations if somebody gets no mail, to all if nobody is its manager."""

Content = tuple[str, str]
"""A subject and a text; the module of the other mails is slow to import."""


def subscription_ended(team: str) -> Content:
    """Writes the mail to operations about a subscription that ended."""
    return (
        f"Baton: somebody in team {team} gets no mail any more",
        f"They get no leads until they are added again: GET /teams/{team}/reps shows who it is.",
    )


def managers_lost(team: str) -> Content:
    """Writes the mail to operations and to a team that mail reaches no manager of the team any more."""
    return (
        f"Baton: team {team} has no manager any more",
        "The last manager left the team, or gets no mail any more. Until there is another one, only operations hear of "
        f"leads that team {team} misses or cannot take, and without names.\n\n"
        f"An administrator names a manager: PUT /teams/{team}/reps/{{email}} with "
        '{"role": "manager"}.',
    )
