"""Which actions a page offers after an answer, in the order in which a rep needs them."""

from baton.domain.leads.handoff import Handoff, HandoffState
from baton.outreach.links.handoff_links import Action

OF_THE_REP = (Action.OPEN_LEADS, Action.LEAVE)
"""Pages of the rep's own, whichever lead led there."""
_WORDS = {
    Action.LEARN: "Note what you learned",
    Action.CONTACT: "Log that you reached out",
    Action.CLOSE: "Say how it ended",
    Action.RETURN: "Return it, or park it for later",
    Action.HAND_ON: "Pass it to a colleague",
    Action.RATE: "Rate this lead",
    Action.OPEN_LEADS: "My open leads",
    Action.LEAVE: "My leave",
}
_NEXT_CONTACT = "Log the next contact, or when you speak next"


def next_actions(answered: Action, theirs: Handoff | None) -> tuple[dict[Action, str], dict[Action, str]]:
    """Returns what a rep may do next with a lead that is theirs, by its words: the usual actions, and the others.

    After a contact that is what was learned and the next contact; a rating can wait to the end.
    """
    if theirs is None:
        return {}, {}
    rated = {Action.RATE} if answered is Action.RATE or theirs.rating else set()
    if not theirs.is_open:
        usual, others = [*{Action.RATE} - rated], [each for each in OF_THE_REP if each is not answered]
    else:
        usual, early = _usual(answered, theirs)
        others = [each for each in _WORDS if each not in {*usual, answered, *rated, *early}]
    words = {**_WORDS, Action.CONTACT: _NEXT_CONTACT} if theirs.contact else _WORDS
    return {each: words[each] for each in usual}, {each: words[each] for each in others}


def _usual(answered: Action, theirs: Handoff) -> tuple[list[Action], set[Action]]:
    """Returns the usual next actions with an open handoff, and those for which it is too early."""
    if theirs.state in (HandoffState.OFFERED, HandoffState.ACCEPTED):
        return [Action.CONTACT], {Action.RATE}
    return [Action.LEARN if answered is Action.CONTACT else Action.CLOSE, Action.CONTACT], set()
