"""The thirty days themselves: who does what on which day."""

from datetime import datetime, timedelta
from functools import partial

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.confirmations import confirmation_link
from tools.history.acts.crowd import Crowd
from tools.history.acts.desks import Desks
from tools.history.acts.marketing import Marketing
from tools.history.acts.sales import Sales
from tools.history.acts.set_pieces import SetPieces
from tools.history.acts.visitors import Visitors
from tools.history.cast.agreements import second
from tools.history.cast.people import ADA, MONA, OLAF, ROSTERS, SAM, TESS
from tools.history.past import Past

DAY = timedelta(days=1)
DAYS = 33
"""So many are lived through: thirty, and those on which the company began."""
SHARES = {
    "asks": 20,
    "asks_after_reading": 10,
    "downloads": 22,
    "attends": 8,
    "reads": 16,
    "books": 5,
    "comes_from_a_large_company": 5,
    "is_a_robot": 4,
    "mistypes": 2,
    "comes_back": 14,
}
"""How often what comes through the website and the tools."""


def beginning_of(ends: datetime, days: int = DAYS) -> datetime:
    """Returns when a history of so many days begins that ends at this moment: at seven in the morning."""
    return (ends - days * DAY).replace(hour=7, minute=0, second=0, microsecond=0)


def live_through(past: Past, *, crowd: bool = False) -> None:
    """Lives through all of it, from an empty stack to the end; a crowd comes only if it is wanted."""
    visitors = Visitors(past)
    past.agree(packaged_text())
    marketing = Marketing(past)
    once = SetPieces(past, visitors, marketing)
    once.sign(second(), "What we have talked about since summer.")
    _hire(past)
    sales = Sales(past)
    visitors.come(SHARES)
    _each_night(past)
    once.plan()
    Desks(past, visitors, sales, marketing).plan()
    past.plan(past.ends - 20 * DAY, partial(_away, past, TESS, -20, -15, "Ski course"))
    past.plan(past.ends - 14 * DAY, partial(_away, past, OLAF, -13, 6, "Parental leave"))
    past.plan(past.ends - 2 * DAY, partial(_away, past, SAM, 19, 30, "Christmas"))
    if crowd:
        everybody = Crowd(past, visitors, marketing)
        past.plan(past.ends - 3 * DAY, everybody.subscribes)
        past.plan(past.ends - 3 * DAY, everybody.reads_on_and_on)
    past.live()


def _hire(past: Past) -> None:
    for team, people in ROSTERS.items():
        for email, agreed in people.items():
            past.ask("PUT", f"/teams/{team}/reps/{email}", agreed, by=ADA, groups="admin")
            link = confirmation_link(past.stack.rep(email, team).subscription_arn or "")
            past.ask("POST", f"/teams/{team}/reps/{email}/confirmation", {"link": link}, by=ADA, groups="admin")
    past.settle()


def _each_night(past: Past) -> None:
    """What runs by itself every day: the books are closed, and whoever is forgotten is looked for."""
    night = past.now.replace(hour=2, minute=10)
    while night < past.ends:
        past.plan(night, partial(past.invoke, "close_books", {}))
        night += DAY


def _away(past: Past, email: str, first: int, last: int, why: str) -> None:
    """Somebody is on leave, in days from the end."""
    team = next(team for team, people in ROSTERS.items() if email in people)
    period = {"from": f"{past.ends + first * DAY:%Y-%m-%d}", "to": f"{past.ends + last * DAY:%Y-%m-%d}", "why": why}
    past.act(MONA, "sales", "PATCH", f"/teams/{team}/reps/{email}", {"add_away": [period]})
