"""The words on a lead's facts that differ from what stands: shown beside it, until somebody takes one over."""

from typing import NamedTuple

from baton.domain.basics.amounts import comparable, comparable_size, read_amount
from baton.domain.history.lead_facts import means_the_same
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, SIZES, AnswerValue, written_size
from baton.domain.trust.words import Word, id_of, said_otherwise, standing_word


class DifferingWord(NamedTuple):
    """A word on a fact that differs from the one that stands; by its id it is taken over."""

    fact: str
    word: Word

    @property
    def id(self) -> str:
        """Returns the id of the word; another word, or another time of the same one, has another."""
        return id_of(self.fact, self.word)

    @property
    def value(self) -> AnswerValue:
        """Returns the value as it was written."""
        return written_value(self.fact, self.word.value)


def differing_words(lead: Lead) -> list[DifferingWord]:
    """Returns the words that differ from the lead's facts, newest first; of several that say the same the newest."""
    found = list[DifferingWord]()
    for fact, words in lead.said.items():
        said = [stands] if (stands := standing_word(words)) and stands.value is not None else []
        for word in said_otherwise(words):
            if not any(says_the_same(fact, word.value, other.value, lead) for other in said):
                said.append(word)
                found.append(DifferingWord(fact, word))
    return sorted(found, key=lambda each: (-each.word.at, each.fact))


def written_value(fact: str, value: object) -> AnswerValue:
    """Returns the value of a word as it was written: of a size its words, of an answer what was answered."""
    if isinstance(value, dict):
        value = value["value"] if fact in BANT else value[written_size(fact)] or value[fact]  # type: ignore[arg-type]
    return value  # type: ignore[return-value]


def says_the_same(fact: str, one: object, other: object, lead: Lead) -> bool:
    """Tells whether two values of a fact are the same thing in other words: `50k` and `50,000`, `Germany` and `DE`."""
    country = lead.profile.country or lead.company.country
    if means_the_same(fact, one, other, country):
        return True
    if fact == "phone":
        from baton.agreement.places.country_codes import country_code  # few say two numbers  # noqa: PLC0415
        from baton.domain.identity.international_phones import same_phone  # as above  # noqa: PLC0415

        return same_phone(str(one), str(other), country_code(country or ""))
    if isinstance(one, dict) and isinstance(other, dict):
        if fact in SIZES:
            sizes = [comparable_size(fact, each[fact], each[written_size(fact)]) for each in (one, other)]
            return sizes[0] == sizes[1]
        if fact == "budget":
            amounts = [comparable(read_amount(each["value"])) for each in (one, other)]
            return amounts[0] is not None and amounts[0] == amounts[1]
        return means_the_same(fact, one["value"], other["value"])
    return False
