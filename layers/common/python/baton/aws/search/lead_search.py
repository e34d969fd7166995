"""Finds leads by an address, or by the beginnings of words, in a number of calls that no number of leads changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from baton.aws.runtime.secrets import Secrets
from baton.aws.table.keys import handoff_keys, lead_keys, word_keys
from baton.aws.table.keys.item_key import AFTER_ALL, BEFORE_ALL
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.store import Store
from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import FURTHEST_FIRST
from baton.domain.search.lead_words import words_of
from baton.domain.search.queries import AskedWord, QueryRefused, asked_words, is_found, whole_address
from baton.domain.search.word_places import word_place

MOST_ENTRIES = 500
"""So many entries of one word are read; more people than that have it, and further words tell them apart."""
MOST_READ = 100
"""So many leads are read at most, as many as DynamoDB reads at once."""
MOST_LOOKED_UP = 3
"""So many words of a query are looked up, the longest; the others are compared with the leads themselves."""
MOST_ASIDE = 25
"""So many leads with one word of several are read besides: somebody who was merged has the others as another lead."""
MOST_MERGES = 5


class Found(NamedTuple):
    """The leads that were found, the best first, and whether there may be more than were looked at."""

    leads: list[Lead]
    more: bool


class _Entries(NamedTuple):
    ids: frozenset[str]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class LeadSearch:
    """Searches among all leads. What the index says is checked with the leads themselves, as they are now.

    So an entry that is late, or was left behind, shows nobody who is not meant, and nobody who was erased.
    """

    store: Store
    secrets: Secrets

    def by_address(self, email: str) -> Found:
        """Finds the lead with an address, any of theirs; for a lead that was merged into another, finds that one.

        Raises:
            ValueError: it is no e-mail address.
        """
        from baton.domain.identity.normalised_emails import normalise_email  # slow, and no list needs it  # noqa: PLC0415

        lead = self.store.lead(lead_id_of(normalise_email(email), self.secrets.pepper()))
        return Found([lead] if lead else [], more=False)

    def by_words(self, query: str, me: str) -> Found:
        """Finds the leads of which a word begins with each word of the query; one's own open ones first.

        A whole address that somebody has finds that lead alone, however many share its words.

        Raises:
            QueryRefused: it has no word of two letters, or is too long.
        """
        has_it = self._with_address(query)
        try:
            return has_it if has_it and has_it.leads else self._beginning_with(asked_words(query), me)
        except QueryRefused:
            if has_it is None:
                raise
            return has_it  # nobody yet: each word of the address is one letter

    def _with_address(self, query: str) -> Found | None:
        """Finds the lead with the address that a query is; None if it is no whole address."""
        address = whole_address(query)
        try:
            return self.by_address(address) if address else None
        except ValueError:
            return None

    def _beginning_with(self, asked: Sequence[AskedWord], me: str) -> Found:
        looked_up = sorted(asked, key=lambda each: -len(each.spellings[0]))[:MOST_LOOKED_UP]
        entries = [self._entries(each) for each in looked_up]
        whole = [each.ids for each in entries if not each.is_cut] or [each.ids for each in entries]
        ids = frozenset.intersection(*whole)
        aside = _aside(whole, ids)
        mine = self._held_by(me) if ids else frozenset()
        read = sorted(ids, key=lambda lead_id: (lead_id not in mine, lead_id))[: MOST_READ - len(aside)]
        people = (each for each in self._people([*read, *aside]) if is_found(asked, each))
        best = sorted((each[-1] for each in people), key=lambda lead: _order(lead, asked, me))
        return Found(best, more=len(ids) > len(read) or all(each.is_cut for each in entries))

    def _entries(self, asked: AskedWord) -> _Entries:
        """Reads which leads have a word that begins so, in any of its spellings."""
        ids: set[str] = set()
        is_cut, pepper = False, self.secrets.pepper()
        for place in dict.fromkeys(word_place(spelling, pepper) for spelling in asked.spellings):
            begins = {":list": {"S": word_keys.word_list(place.list_)}}
            condition = "pk = :list"
            if place.place:
                begins[":place"] = {"S": place.place}
                condition = f"{condition} AND begins_with(sk, :place)"
            found = self.store.dynamodb.query(
                TableName=self.store.table,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=begins,
                Limit=MOST_ENTRIES,
            )
            ids |= {word_keys.lead_id_of(item) for item in found["Items"]}
            is_cut = is_cut or "LastEvaluatedKey" in found
        return _Entries(frozenset(ids), is_cut)

    def _held_by(self, me: str) -> frozenset[str]:
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":partition": {"S": handoff_keys.worklist(me)},
                ":first": {"S": BEFORE_ALL},
                ":last": {"S": AFTER_ALL},
            },
            Limit=MOST_ENTRIES,
        )
        return frozenset(map(lead_keys.lead_id_of, found["Items"]))

    def _people(self, ids: Sequence[str]) -> Iterator[list[Lead]]:
        """Yields the leads of each person as far as they are known by these ids; the last one stands for the person."""
        read = self._leads(ids)
        further = {lead.merged_into for lead in read.values() if lead.merged_into}
        for _ in range(MOST_MERGES):
            if not (missing := further - read.keys()):
                break
            survivors = self._leads(sorted(missing))
            read |= survivors
            further = {lead.merged_into for lead in survivors.values() if lead.merged_into}
        known: dict[str, dict[str, Lead]] = {}
        for lead_id in ids:
            chain: list[Lead] = []
            next_id: str | None = lead_id
            while next_id in read and len(chain) <= MOST_MERGES:
                chain.append(read[next_id])
                next_id = chain[-1].merged_into
            if chain and not chain[-1].merged_into:
                known.setdefault(chain[-1].lead_id, {}).update((each.lead_id, each) for each in chain)
        for survivor, leads in known.items():
            yield [*(lead for lead_id, lead in leads.items() if lead_id != survivor), leads[survivor]]

    def _leads(self, ids: Sequence[str]) -> dict[str, Lead]:
        items: list[Any] = self.store.items([lead_keys.lead(each) for each in ids]) if ids else []
        bodies = [unpacked(item["body"]) for item in items if "body" in item]
        return {lead.lead_id: lead for lead in map(Lead.model_validate_json, bodies)}


def _aside(whole: Sequence[frozenset[str]], ids: frozenset[str]) -> list[str]:
    """Returns leads that have one word of several and not all, as far as those of the rarest words are few.

    Each word of a person may be of another lead that was merged into theirs.
    """
    aside: frozenset[str] = frozenset()
    for having_it in sorted(whole, key=len) if len(whole) > 1 else ():
        further = aside | (having_it - ids)
        aside = further if len(further) <= MOST_ASIDE else aside
    return sorted(aside)


def _order(lead: Lead, asked: Sequence[AskedWord], me: str) -> tuple[Any, ...]:
    """Returns by what results are sorted: one's own open leads, whole words, how far along, the latest change."""
    handoff, words = lead.handoff, words_of(lead)
    is_mine = handoff is not None and handoff.is_open and handoff.owner == me
    whole = sum(each.is_whole(words) for each in asked)
    return not is_mine, -whole, FURTHEST_FIRST.index(lead.status), -lead.updated_at.timestamp(), lead.lead_id
