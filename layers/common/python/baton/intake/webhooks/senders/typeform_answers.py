"""The answers to a form of Typeform: their names, their values, and which address is that of the person."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import objects_in, value_at
from baton.intake.webhooks.parsing.sorted_answers import Entry
from baton.intake.webhooks.parsing.tool_names import ToolNames, snake_case

_MADE_UP = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A reference that Typeform generated."""
_IN_WORDS = "long_text"
_ONES_OWN = {"email": "email", "phone_number": "phone"}
_NO_ANSWER = frozenset({"id", "ids", "ref", "refs"})
_OF_OTHERS = re.compile(
    r"colleague|co_?worker|friend|manager|boss|supervisor|assistant|refer|invit|guest|someone|somebody|another|other"
    r"|else|billing|invoice|account(ing|s)|second|additional|backup|emergency|spouse"
    r"|kolleg|freund|vorgesetz|chef|assistenz|rechnung|buchhaltung|weitere|andere|einlad|empfehl|dritt"
    r"|coll_?gue|(^|_)amie?(_|$)|factur|compta|responsable|(^|_)autre|compa_?er|amig[oa]|(^|_)jefe|(^|_)otr[oa]"
    r"|collega|colleghi|(^|_)amic[oa]|fattura|(^|_)altr[oa]|vriend|gerente|fatura"
)
"""Words of questions for the address of somebody else, in snake case, where an accent is a gap."""


@dataclass(frozen=True, slots=True, eq=False)
class TypeformAnswer:
    """One answer or hidden field: its names (reference, question, id), its type and value."""

    names: tuple[str, ...]
    value: object
    kind: str = "hidden"
    in_words: bool = False

    @property
    def is_address(self) -> bool:
        """Returns whether the form asked for an e-mail address."""
        return self.kind == "email"

    def entry(self, own: "TypeformAnswer | None") -> Entry:
        """Returns the answer with its names; the person's address is also called `email`, their phone `phone`."""
        usual = _ONES_OWN.get(self.kind)
        if usual is None or (self.is_address and self is not own):
            return self.names, self.value
        return (*self.names, usual), self.value


def answers_of(answered: JsonObject) -> list[TypeformAnswer]:
    """Returns the answers, and the form's hidden fields after them."""
    titles = {
        str(field.get("id")): str(field.get("title") or "")
        for field in objects_in(value_at(answered, "definition", "fields"))
    }
    hidden = answered.get("hidden")
    return [
        *(_answer(each, titles) for each in objects_in(answered.get("answers"))),
        *(TypeformAnswer((name,), value) for name, value in (hidden if isinstance(hidden, JsonObject) else {}).items()),
    ]


def own_address(answers: Sequence[TypeformAnswer], names: ToolNames) -> TypeformAnswer | None:
    """Returns the answer with the address of the person; None if there is no address.

    The agreement's mapping decides; then a usual name such as `work_email`, then a question that asks for nobody else's
    address, and the first of equals.
    """
    ranked = [(rank, each) for each in answers if (rank := _rank(each, names)) is not None]
    return min(ranked, key=lambda one: one[0], default=(0, None))[1]


def _rank(answer: TypeformAnswer, names: ToolNames) -> int | None:
    if "@" not in str(answer.value):
        return None
    agreed = names.agreed_field(*answer.names)
    if agreed is not None:
        return 0 if agreed == "email" else None
    is_usual = names.usual_field(*answer.names) == "email"
    if not (is_usual or answer.is_address):
        return None
    if any(_OF_OTHERS.search(snake_case(name)) for name in answer.names):
        return 3
    return 1 if is_usual else 2


def reckoned(answered: JsonObject) -> Iterator[Entry]:
    """Yields what the form reckoned: its variables, or else the score."""
    variables = [(str(each.get("key")), _value(each)) for each in objects_in(answered.get("variables"))]
    yield from variables or [("score", value_at(answered, "calculated", "score"))]


def _answer(answer: JsonObject, titles: dict[str, str]) -> TypeformAnswer:
    id_, reference = str(value_at(answer, "field", "id")), str(value_at(answer, "field", "ref") or "")
    named = ("" if _MADE_UP.fullmatch(reference) else reference, titles.get(id_, ""), id_)
    in_words = value_at(answer, "field", "type") == _IN_WORDS
    return TypeformAnswer(tuple(filter(None, named)) or ("answer",), _value(answer), str(answer.get("type")), in_words)


def _value(answer: JsonObject) -> object:
    """Returns an answer's value, which stands under the name of its type; of another form, all that is in it."""
    kind = answer.get("type")
    value = answer.get(kind) if isinstance(kind, str) else None
    if value is None:
        value = [each for name, each in answer.items() if name not in ("type", "field", "key")]
    return value if isinstance(value, str | int | float) else ", ".join(_said(value)) or None


def _said(value: object) -> Iterator[str]:
    """Yields the texts in a choice, in several, or in any other object: `3 days`, then what was written beside."""
    if isinstance(value, JsonObject):
        for name, each in value.items():
            if name not in _NO_ANSWER:
                yield from _said(each)
    elif isinstance(value, list):
        for each in value:
            yield from _said(each)
    elif isinstance(value, str | int | float) and value != "":
        yield str(value)
