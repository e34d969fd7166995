"""The checklist of a review: its questions for a lead, with the answers that are known."""

from collections.abc import Mapping

from baton.agreement.terms.rules import ATTRIBUTE, Condition, Question
from baton.domain.basics.amounts import number_text
from baton.domain.basics.facts import Fact
from baton.domain.basics.refusals import WrongField
from baton.domain.conditions.compiled_conditions import Holds, fact_names_in
from baton.domain.conditions.condition_wording import condition_in_words
from baton.domain.history.lead_facts import facts_as_written
from baton.domain.scoring.standing import Standing


class AnsweredQuestion(Fact):
    """A question with its answer: a reviewer's, else yes if what is known of the lead says so, else none yet.

    `because` is what is known.
    """

    id: str
    question: str
    needed: bool
    answer: bool | None = None
    because: str | None = None


def answered_checklist(standing: Standing, answers: Mapping[str, bool] | None = None) -> tuple[AnsweredQuestion, ...]:
    """Returns the agreed checklist for a lead, with the known answers and those of a reviewer.

    Raises:
        WrongField: an answer is to no question of the checklist.
    """
    given = answers or {}
    asked = standing.card.checklist
    for unknown in sorted(given.keys() - {question["id"] for question, _ in asked}):
        there = ", ".join(question["id"] for question, _ in asked) or "none"
        raise WrongField(f"answers.{unknown}", f"the checklist has no such question; it has {there}")
    return tuple(_checked(question, holds, standing, given.get(question["id"])) for question, holds in asked)


def _checked(question: Question, holds: Holds | None, standing: Standing, answer: bool | None) -> AnsweredQuestion:
    met = holds is not None and holds(standing.moment)
    return AnsweredQuestion(
        id=question["id"],
        question=question["question"],
        needed=question["needed"],
        answer=answer if answer is not None else met or None,
        because=_known_facts(question["yes_if"] or {}, standing, met=met),
    )


def _known_facts(condition: Condition, standing: Standing, *, met: bool) -> str | None:
    """Returns the known facts that the question is about: `employees: 400, industry: Manufacturing`."""
    written = facts_as_written(standing.lead)
    values = {name: written.get(name, standing.moment[name]) for name in sorted(fact_names_in(condition))}
    named = {name.removeprefix(ATTRIBUTE).replace("_", " "): value for name, value in values.items()}
    facts = [f"{name}: {_value_text(value)}" for name, value in named.items() if value is not None]
    return ", ".join(facts) or (condition_in_words(condition) if met else None)


def _value_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number_text(value) if isinstance(value, int | float) else str(value)
