"""What sales does with a handoff: gets it offered, accepts, contacts, passes on, returns, closes, rates.

Every command says the same thing when it is repeated: nothing more happens.
"""

from baton.domain.sales.ending import GivenBack, close, give_back, rate
from baton.domain.sales.holding import SAME_WISH, held_by, holder
from baton.domain.sales.offering import offer, take_from_line
from baton.domain.sales.passing_on import ASKED_AGAIN, PassedOn, leave, pass_on, reassign, reopen
from baton.domain.sales.taking import accept, contact, notified

__all__ = [
    "ASKED_AGAIN",
    "SAME_WISH",
    "GivenBack",
    "PassedOn",
    "accept",
    "close",
    "contact",
    "give_back",
    "held_by",
    "holder",
    "leave",
    "notified",
    "offer",
    "pass_on",
    "rate",
    "reassign",
    "reopen",
    "take_from_line",
]
