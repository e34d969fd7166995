"""Cells of lists: dates, numbers and sources as people and spreadsheets write them."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baton.intake.imports.cell_readings import message_in, source_in_words
from baton.intake.imports.cell_values import read_number_cell
from baton.intake.imports.date_cells import read_date_cell
from baton.intake.names.consent_words import Wish, read_consent, read_opt_out
from baton.intake.signals.signal_fields import SOURCE

BERLIN = ZoneInfo("Europe/Berlin")
AFTERNOON = "2026-11-02T14:33:00+00:00"
MIDNIGHT = "2026-11-02T00:00:00+00:00"


@pytest.mark.parametrize(
    ("written", "slashes", "read"),
    [
        pytest.param(written, slashes, read, id=f"{written} {slashes or ''}".strip())
        for written, slashes, read in [
            ("2026-11-02T14:33:00Z", None, AFTERNOON),
            ("2026-11-02", None, MIDNIGHT),
            ("2026-11-02 14:33", None, AFTERNOON),
            ("2026/11/2 14:33:00", None, AFTERNOON),
            ("2026.11.02", None, MIDNIGHT),
            ("02.11.2026", None, MIDNIGHT),
            ("2.11.2026 14:33", None, AFTERNOON),
            ("02.11.26 14:33", None, AFTERNOON),
            ("2. 11. 2026", None, MIDNIGHT),
            ("02.11.2026, 14:33 Uhr", None, AFTERNOON),
            ("02.11.2026 14.33 Uhr", None, AFTERNOON),
            ("2 Nov 2026", None, MIDNIGHT),
            ("2 November 2026 2:33 PM", None, AFTERNOON),
            ("Nov 2, 2026 14:33", None, AFTERNOON),
            ("November 2nd, 2026", None, MIDNIGHT),
            ("Mon, 02 Nov 2026 14:33:00 +0000", None, AFTERNOON),
            ("Mon Nov 02 2026 15:33:00 GMT+0100 (CET)", None, AFTERNOON),
            ("2-Nov-26", None, MIDNIGHT),
            ("2. November 2026", None, MIDNIGHT),
            ("Montag, 2. November 2026, 14:33 Uhr", None, AFTERNOON),
            ("2. Dez. 2026", None, "2026-12-02T00:00:00+00:00"),
            ("2. März 2026", None, "2026-03-02T00:00:00+00:00"),
            ("2 novembre 2026 à 14:33", None, AFTERNOON),
            ("lundi 2 novembre 2026 14h33", None, AFTERNOON),
            ("2 févr. 2026", None, "2026-02-02T00:00:00+00:00"),
            ("2 août 2026", None, "2026-08-02T00:00:00+00:00"),
            ("2 de noviembre de 2026 a las 14:33", None, AFTERNOON),
            ("2 nov. 2026", None, MIDNIGHT),
            ("2 ene 2026", None, "2026-01-02T00:00:00+00:00"),
            ("2 gennaio 2026", None, "2026-01-02T00:00:00+00:00"),
            ("2 mei 2026", None, "2026-05-02T00:00:00+00:00"),
            ("1793629980", None, AFTERNOON),
            ("1793629980000", None, AFTERNOON),
            ("46328", None, MIDNIGHT),
            ("46328.60625", None, AFTERNOON),
            ("46328,60625", None, AFTERNOON),
            ("11/02/2026", "MM/DD/YYYY", MIDNIGHT),
            ("11/2/26 2:33 PM", "MM/DD/YYYY", AFTERNOON),
            ("02/11/2026 14:33", "DD/MM/YYYY", AFTERNOON),
            ("02-11-2026", "DD/MM/YYYY", MIDNIGHT),
            ("11/02/2026, 2:33 p.m.", "MM/DD/YYYY", AFTERNOON),
            ("2026-11-02 2:33:00\u202fPM", None, AFTERNOON),
        ]
    ],
)
def test_a_date_is_read_in_the_usual_spellings(written: str, slashes: object, read: str) -> None:
    assert read_date_cell(written, slashes, UTC) == read  # type: ignore[arg-type]


def test_a_date_without_a_zone_is_in_that_of_the_list_and_a_day_begins_there() -> None:
    assert read_date_cell("2.11.2026 15:33", None, BERLIN) == AFTERNOON
    assert read_date_cell("2 Nov 2026", None, BERLIN) == "2026-11-01T23:00:00+00:00"
    assert read_date_cell("46328.60625", None, BERLIN) == "2026-11-02T13:33:00+00:00"
    assert read_date_cell("2026-11-02T14:33:00Z", None, BERLIN) == AFTERNOON


@pytest.mark.parametrize(
    ("written", "slashes", "why"),
    [
        pytest.param("01/02/2026", None, "may be of two days", id="two days"),
        pytest.param("24/11/26", None, "may be of two days", id="two days, though only one exists"),
        pytest.param("11/24/2026", "DD/MM/YYYY", "is not written like DD/MM/YYYY", id="the other way"),
        pytest.param("11/24/2026 half past nine", "MM/DD/YYYY", "no day and time", id="words"),
        pytest.param("31.02.2026", None, "no day and time", id="no such day"),
        pytest.param("2026-11-24 21:30 PM", None, "no day and time", id="no such hour"),
        pytest.param("2026-11-24 0:30 AM", None, "no day and time", id="no hour of twelve"),
        pytest.param("last week", None, "no day and time", id="no date"),
        pytest.param("H2 2027", None, "no day and time", id="half a year"),
        pytest.param("2026", None, "no day and time", id="a year"),
        pytest.param("12", None, "no day and time", id="a number"),
        pytest.param("99999", None, "no day and time", id="a number of days beyond"),
        pytest.param("2 Nov 2026 3 Nov 2026", None, "no day and time", id="two dates"),
        pytest.param("9" * 5000, None, "no day and time", id="long"),
    ],
)
def test_a_date_that_is_none_or_may_be_another_is_refused(written: str, slashes: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_date_cell(written, slashes, UTC)  # type: ignore[arg-type]


def test_a_written_moment_is_read_back_from_every_spelling() -> None:
    draw = random.Random(12)
    spellings = [
        "%Y-%m-%d %H:%M:%S",
        "%d.%m.%Y %H:%M:%S",
        "%d %b %Y %H:%M:%S",
        "%b %d, %Y %I:%M:%S %p",
        "%d/%m/%Y %H:%M:%S",
    ]
    spellings += ["%d.%m.%y %H:%M:%S", "%A, %d %B %Y, %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%d-%b-%Y %H:%M:%S"]
    for _ in range(10_000):
        at = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=draw.randrange(69 * 365 * 86_400))
        read = read_date_cell(at.strftime(draw.choice(spellings)), "DD/MM/YYYY", UTC)
        assert read == at.isoformat()
        assert read_date_cell(read, None, BERLIN) == read


def test_any_text_is_a_date_or_refused_as_none() -> None:
    draw, read = random.Random(13), 0
    pieces = [
        *"0123456789./-:, T+Z",
        "2026",
        "24",
        "Nov",
        "Dez.",
        "11",
        "am",
        "PM",
        "Uhr",
        "h",
        "UTC",
        "de",
        "mardi",
        "²",
        "٣",
    ]
    for _ in range(10_000):
        try:
            found = read_date_cell("".join(draw.choices(pieces, k=draw.randint(1, 12))), "DD/MM/YYYY", BERLIN)
        except ValueError:
            continue
        read += 1
        assert read_date_cell(found, None, BERLIN) == found
    assert read > 10


@pytest.mark.parametrize(
    ("written", "decimals", "read"),
    [
        pytest.param(written, decimals, read, id=f"{written} {decimals or ''}".strip())
        for written, decimals, read in [
            ("1200", None, "1200"),
            ("1.200", ",", "1200"),
            ("1,200", ".", "1200"),
            ("1.200,50", None, "1200.50"),
            ("1,200.50", None, "1200.50"),
            ("1.200.000", None, "1200000"),
            ("1 200", None, "1200"),
            ("1\u202f200\u202f000,50", None, "1200000.50"),
            ("1'200.00", None, "1200"),
            ("1’200’000", None, "1200000"),
            ("12,34,567", None, "1234567"),
            ("12,5", None, "12.5"),
            ("0,125", None, "0.125"),
            ("1.5E7", None, "15000000"),
            ("1,5E+07", ",", "15000000"),
            ("2e3", None, "2000"),
            ("about 40k", None, "about 40k"),
            ("12,34,567", ".", "1234567"),
            ("1 234 567,5", ",", "1234567.5"),
            ("1.200.50", None, "1.200.50"),
            ("12.34.56", None, "12.34.56"),
            ("5 10", ",", "5 10"),
            ("51-200", ".", "51-200"),
            ("51-200", None, "51-200"),
            ("1.5E-7", None, "1.5E-7"),
            ("1E99", None, "1E99"),
        ]
    ],
)
def test_a_number_is_read_with_a_decimal_point_or_a_decimal_comma(written: str, decimals: object, read: str) -> None:
    assert read_number_cell(written, decimals) == read  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "decimals", "why"),
    [
        pytest.param("1.200", None, "say in `decimals`", id="thousands or decimals"),
        *(
            pytest.param(written, decimals, "as `decimals` says", id=f"{written} under {decimals}")
            for written, decimals in [
                *[("2,5", "."), ("2.5", ","), ("1.20.300", "."), ("1,2345", "."), ("1.200,5", "."), ("1,5.5", ",")],
                *[("1.200,50", "."), ("1 200,50", ".")],
            ]
        ),
    ],
)
def test_a_number_that_may_be_another_is_refused(written: str, decimals: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_number_cell(written, decimals)  # type: ignore[arg-type]


def test_a_number_that_was_read_is_read_again_the_same() -> None:
    draw = random.Random(14)
    for _ in range(10_000):
        written = "".join(draw.choices([*"0123456789.,' -+eE", "000", "1.", "\u202f", "’"], k=draw.randint(1, 10)))
        for decimals in (None, ".", ","):
            try:
                read = read_number_cell(written, decimals)  # type: ignore[arg-type]
            except ValueError:
                continue
            if read != written:
                assert read_number_cell(read, ".") == read


@pytest.mark.parametrize(
    ("written", "source"),
    [
        pytest.param(written, source, id=written)
        for written, source in [
            ("crm", "crm"),
            ("Trade Show", "trade-show"),
            ("Trade Show (2026)", "trade-show-2026"),
            ("Google Ads / Search", "google-ads-search"),
            ("Empfehlung Müller & Söhne", "empfehlung-muller-and-sohne"),
            ("Straßenfest", "strassenfest"),
            ("Bouche-à-oreille", "bouche-a-oreille"),
            ("www.example.com", "www.example.com"),
            ("  Web-Form!  ", "web-form"),
            ("utm_google", "utm_google"),
            ("x" * 200, "x" * 60),
        ]
    ],
)
def test_a_source_in_words_is_a_source(written: str, source: str) -> None:
    assert source_in_words(written) == source


def test_any_words_are_a_source_or_refused_and_a_source_stays_as_it_is() -> None:
    draw = random.Random(15)
    for _ in range(10_000):
        words = "".join(draw.choices([*"aZ09._- /&ßøÄé漢½İ", "Messe ", "😀"], k=draw.randint(0, 80)))
        try:
            source = source_in_words(words)
        except ValueError:
            continue
        assert SOURCE.fullmatch(source)
        assert source_in_words(source) == source


@pytest.mark.parametrize(
    ("written", "of_consent", "of_opt_out"),
    [
        pytest.param(written, of_consent, of_opt_out, id=written)
        for of_consent, of_opt_out, texts in [
            (
                Wish.OPTED_IN,
                Wish.OPTED_OUT,
                "yes|TRUE|1|x|ja|Oui|Sí|WAHR|✓|2026-05-11 08:00:12|11.05.2026|May 11, 2026|46328",
            ),
            (Wish.NOTHING, Wish.NOTHING, "no|False|0|nein|non|FALSCH|-|No consent|Never subscribed|pending|Archived"),
            (Wish.OPTED_OUT, Wish.OPTED_OUT, "Unsubscribed|opted out|Do Not Allow|Abgemeldet|Désabonné|Dado de baja"),
            (Wish.OPTED_IN, Wish.NOTHING, "Subscribed|Opted-in|Allow|Granted|abonniert|Suscrito"),
        ]
        for written in texts.split("|")
    ],
)
def test_what_a_cell_says_of_a_wish_depends_on_its_column(written: str, of_consent: Wish, of_opt_out: Wish) -> None:
    assert (read_consent(written), read_opt_out(written)) == (of_consent, of_opt_out)


@pytest.mark.parametrize("written", ["perhaps", "weekly", "Ana", "2", "yes and no"])
def test_a_cell_that_says_neither_yes_nor_no_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="neither yes nor no"):
        read_consent(written)


def test_a_message_is_printable_and_at_most_4000_characters_long() -> None:
    assert message_in("a\r\nb\rc\x00d\te") == "a\nb\nc d\te"
    assert len(message_in("x" * 100_000) or "") == 4000
    assert message_in(" \r\n ") is None
