"""Long texts of stored items are packed, and come back as they were, whichever version of Baton packed them."""

import hashlib
import io
import json
import random
import re
import zlib
from base64 import b64encode
from pathlib import Path

import pytest

from baton.aws.table.packing import packed_text
from baton.aws.table.packing.packed_text import DICTIONARIES, LONG, UnknownDictionary, packed, unpacked
from tools import unpacked as tool

PINNED = {"dictionary-1.txt": "7b44af253ae4a23b27378660ca7eeca125eecba593529b69b1d338d8f4e462b6"}
"""What each dictionary's content hashes to: what was packed with it needs it for ever."""
PARTS = (
    '{"lead_id":"',
    '","clocks":[{"name":"accept"',
    "Müller & Söhne",
    "東京",
    "🦊",
    "\\n",
    "\0",
    "2026-12-01T20:05:07Z",
)
FOLDER = Path(packed_text.__file__).parent


def texts() -> list[str]:
    chance = random.Random(14)  # so that each run sees the same texts
    return ["".join(chance.choices(PARTS, k=length)) for length in range(200)]


def test_every_text_comes_back_as_it_was() -> None:
    for text in texts():
        read = unpacked(packed(text))
        assert (read if isinstance(read, str) else read.decode()) == text


def test_a_short_text_stays_plain_and_a_long_one_takes_a_part_of_its_bytes() -> None:
    assert packed("x" * (LONG - 1)) == {"S": "x" * (LONG - 1)}
    body = json.dumps({"clocks": [{"name": "accept", "within": "30m", "do": "remind"}] * 12})
    assert len(packed(body)["B"]) < len(body) / 4


def test_all_texts_stay_plain_while_functions_of_an_older_version_may_read_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STORED_TEXTS", "plain")
    assert packed("x" * 9_000) == {"S": "x" * 9_000}


def test_a_text_packed_without_a_dictionary_is_read_as_well() -> None:
    assert unpacked({"B": zlib.compress(b"from elsewhere")}) == b"from elsewhere"


def test_a_text_packed_by_a_newer_version_is_refused_with_the_reason() -> None:
    packer = zlib.compressobj(zdict=b"a dictionary of next year")
    with pytest.raises(UnknownDictionary, match="a newer Baton packed this text"):
        unpacked({"B": packer.compress(b"a body") + packer.flush()})


def test_a_damaged_text_is_never_read_as_another() -> None:
    whole = packed("".join(PARTS) * 40)["B"]
    with pytest.raises(zlib.error):
        unpacked({"B": whole[:-3]})
    for length in range(6):
        with pytest.raises(zlib.error):
            unpacked({"B": whole[:length]})
    for place in range(6, len(whole), 7):
        damaged = bytes([*whole[:place], whole[place] ^ 1, *whole[place + 1 :]])
        with pytest.raises(zlib.error):
            unpacked({"B": damaged})


def test_dictionaries_are_kept_for_ever_as_they_were() -> None:
    assert {path.name for path in FOLDER.glob("*.txt")} == set(DICTIONARIES.values()) == PINNED.keys()
    for checksum, name in DICTIONARIES.items():
        content = (FOLDER / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), zlib.adler32(content)) == (PINNED[name], checksum)


def test_a_dictionary_has_no_address_and_no_number_of_a_person() -> None:
    for name in DICTIONARIES.values():
        assert not re.search(r"@|\+[1-9]|[0-9a-z]{24}", (FOLDER / name).read_text("ascii"))


def test_a_person_reads_stored_items_with_one_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body = {"lead_id": "9f", "profile": {"last_name": "Müller"}, "recent": ["a visit"] * 80}
    stored = {"B": b64encode(packed(json.dumps(body))["B"]).decode()}
    item = {"pk": {"S": "LEAD#9f"}, "version": {"N": "3"}, "body": stored, "figures": {"S": '{"score":1.5}'}}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"Item": item, "Count": 1})))
    tool.main()
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "Item": {"pk": "LEAD#9f", "version": 3, "body": body, "figures": {"score": 1.5}},
        "Count": 1,
    }
