"""Writes the words of leads into the index that searches read; a word written twice is there once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from baton.aws.messages.stream import Poison, UnpublishedQueue
from baton.aws.runtime import log
from baton.aws.runtime.clients import client
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.settings import setting
from baton.aws.table.keys import word_keys
from baton.aws.table.keys.item_key import Key, key_of, name_in_partition, partition_of, sort_key_of
from baton.aws.table.retries import wait_for_table
from baton.domain.search.word_places import WordChange, word_place

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

TOGETHER = 25
"""DynamoDB writes at most so many items in one request."""


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The index of words in the table: an item for each word of a lead, without anything but its key."""

    dynamodb: "DynamoDBClient"
    table: str
    read_pepper: Callable[[], bytes]

    @classmethod
    def from_environment(cls) -> Self:
        """Writes into the table of the deployed stack."""
        return cls(client("dynamodb"), setting("TABLE_NAME"), Secrets.from_environment().pepper)

    def follow(self, changed: Iterable[Mapping[str, Any]], unread: UnpublishedQueue) -> None:
        """Brings the index up to date with changed leads, given as records of the stream, in order.

        If that fails, the leads are named in the queue of what was not published: a search must not hold up a mail.
        """
        records, changes = [record["dynamodb"] for record in changed], list[tuple[str, WordChange]]()
        for each in records:
            try:
                changes.append((name_in_partition(each["Keys"]), WordChange.from_text(each["NewImage"]["words"]["S"])))
            except (KeyError, TypeError, AttributeError) as fault:
                unread.keep(_poison(each, fault))
        try:
            self.change_words(changes)
        except Exception as fault:  # whatever it is, the events behind it go on
            log.error("words of leads were not written", kind=type(fault).__name__, leads=len(records))
            for each in records:
                unread.keep(_poison(each, fault))

    def change_words(self, changes: Iterable[tuple[str, WordChange]]) -> None:
        """Writes changes of words by lead id, in order; of several of one place the last one counts.

        Raises:
            Contended: the table left out some at every attempt.
        """
        secret = self.read_pepper()
        last: dict[str, tuple[Key, bool]] = {}
        for lead_id, change in changes:
            for words, stays in ((change.gone, False), (change.added, True)):
                for word in sorted(words):
                    key = word_keys.word(*word_place(word, secret), lead_id)
                    last[partition_of(key) + sort_key_of(key)] = key, stays
        self._write([_write(key, stays=stays) for key, stays in last.values()])

    def _write(self, writes: list[Any]) -> None:
        attempts = None
        while writes:
            answer = self.dynamodb.batch_write_item(RequestItems={self.table: writes[:TOGETHER]})
            left_out = answer["UnprocessedItems"].get(self.table, [])
            writes = writes[TOGETHER:] + left_out
            if left_out:
                attempts = wait_for_table(attempts)


def _poison(record: Mapping[str, Any], fault: Exception) -> Poison:
    keys = record["Keys"]
    return Poison(record["SequenceNumber"], partition_of(keys), sort_key_of(keys), f"words: {type(fault).__name__}")


def _write(key: Key, *, stays: bool) -> dict[str, Any]:
    return {"PutRequest": {"Item": key}} if stays else {"DeleteRequest": {"Key": key_of(key)}}
