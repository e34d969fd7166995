"""The four questions about what a rep has learned of a lead: budget, authority, need, timeline (BANT)."""

from baton.domain.fields.answer_limits import WORDS_LIMIT
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, Need
from baton.domain.leads.stage_and_status import Stage
from baton.outreach.pages.form_fields import ChoiceList, Group, TextLine
from baton.outreach.text.times_and_names import in_words

_QUESTIONS: dict[Need, str] = {
    "budget": "Is there a budget?",
    "authority": "Do they decide?",
    "need": "Do they need what we offer?",
    "timeline": "Do they want it soon?",
}
_IN_WORDS: dict[Need, str] = {
    "budget": "How much?",
    "authority": "Who does?",
    "need": "What for?",
    "timeline": "When?",
}


def learned_questions(lead: Lead) -> list[Group]:
    """Returns a question for each need, to be answered with yes or no, in words, or not at all."""
    return [
        Group(
            _QUESTIONS[need],
            [
                ChoiceList(need, "Answer", {"": _known(lead, need), "yes": "Yes", "no": "No"}),
                TextLine(f"{need}_words", _IN_WORDS[need], WORDS_LIMIT),
            ],
        )
        for need in BANT
    ]


def _known(lead: Lead, need: Need) -> str:
    """Returns what the first choice is called: whether there is an answer already, and not what it says."""
    answer = lead.bant.get(need)
    if answer is None:
        return "Not known"
    judged = answer.value if isinstance(answer.value, bool) and answer.met is None else answer.met
    return "Known" if judged is None else f"Known: {'yes' if judged else 'no'}"


def learned_so_far(lead: Lead) -> str:
    """Returns what the answers have come to: that the lead is sales qualified, or what is not known yet."""
    if lead.stage in (Stage.SQL, Stage.CUSTOMER):
        return "It is a sales qualified lead."
    unknown = [in_words(need) for need in BANT if need not in lead.bant]
    return f"Not known yet: {', '.join(unknown)}." if unknown else "All four questions have an answer."
