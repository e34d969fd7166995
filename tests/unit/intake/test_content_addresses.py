"""Content is found by its address, however tools and browsers write it."""

import json
import random
import time

import pytest

from baton.domain.conditions.content_addresses import content_address
from baton.intake.webhooks.parsing.tool_names import ToolNames
from tests.senders import recorded
from tests.unit.domain.scenario import Scenario
from tests.unit.given import agreement_in
from tests.unit.intake.deliveries import signals_of

PRICES = "//www.example.com/pricing"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://www.example.com/pricing", PRICES),
        ("http://www.example.com/pricing", PRICES),
        ("HTTPS://WWW.Example.com/pricing", PRICES),
        ("https://www.example.com/pricing/", PRICES),
        ("https://www.example.com/pricing//", PRICES),
        ("https://www.example.com/pricing?utm_source=x", PRICES),
        ("https://www.example.com/pricing/?utm_source=x&a=/b/", PRICES),
        ("https://www.example.com/pricing#plans", PRICES),
        ("https://www.example.com/pricing#/plans?x", PRICES),
        ("https://www.example.com:443/pricing", PRICES),
        ("http://www.example.com:80/pricing", PRICES),
        ("https://www.example.com./pricing", PRICES),
        ("https://ann@www.example.com/pricing", PRICES),
        ("//www.example.com/pricing", PRICES),
        ("www.example.com/pricing", PRICES),
        (" www.example.com/pricing?x ", PRICES),
        ("https://www.example.com", "//www.example.com"),
        ("https://www.example.com/", "//www.example.com"),
        ("https://www.example.com?x=1", "//www.example.com"),
        ("https://www.example.com:8443/pricing", "//www.example.com:8443/pricing"),
        ("https://example.com/pricing", "//example.com/pricing"),
        ("https://www.example.com/Pricing", "//www.example.com/Pricing"),
        ("/pricing", "/pricing"),
        ("/pricing/?x#y", "/pricing"),
        ("/", "/"),
        ("/?x", "/"),
        ("Price list", None),
        ("What does it cost? #1", None),
        ("price-list", None),
        ("", None),
        ("?", None),
    ],
)
def test_an_address_is_compared_by_host_and_path(written: str, address: str | None) -> None:
    assert content_address(written) == address


@pytest.mark.parametrize(
    ("mapped", "named", "found"),
    [
        pytest.param("https://www.example.com/guide", "http://WWW.EXAMPLE.com/guide/?x#y", True, id="all of it"),
        pytest.param("www.example.com/guide/", "https://www.example.com/guide", True, id="mapped without a scheme"),
        pytest.param("/guide", "/guide/", True, id="a path"),
        pytest.param("/guide/?x", "/guide", True, id="mapped with a query"),
        pytest.param("/guide", "https://www.example.com/guide", False, id="a path is of no other site"),
        pytest.param("https://www.example.com/guide", "https://www.example.com/guide/2", False, id="a page below"),
        pytest.param("https://www.example.com/guide", "https://example.org/guide", False, id="another site"),
        pytest.param("https://www.example.com/Guide", "https://www.example.com/guide", False, id="another path"),
        pytest.param("What is it? (1)", "What is it? (2)", False, id="names with a question mark"),
        pytest.param("Chapter #1", "Chapter #2", False, id="names with a hash"),
        pytest.param("guide.pdf", "guide.pdf", True, id="a file"),
    ],
)
def test_an_agreement_maps_a_page_however_its_address_is_written(mapped: str, named: str, found: bool) -> None:
    names = ToolNames(content={mapped: "guide"})
    assert names.content_of(named) == ("guide" if found else None)


def test_the_exact_name_goes_before_the_same_address() -> None:
    names = ToolNames(content={"/guide?lang=de": "leitfaden", "/guide": "guide"})
    assert [names.content_of(each) for each in ("/guide?lang=de", "/guide", "/guide?lang=fr")] == [
        "leitfaden",
        "guide",
        "leitfaden",
    ]


def clicked(url: str) -> bytes:
    return json.dumps({**json.loads(recorded("hubspot-email.json"))[0], "url": url}).encode()


def customerio(url: str) -> bytes:
    data = {"identifiers": {"email": "a@example.com"}, "href": url}
    return json.dumps({"metric": "clicked", "object_type": "email", "event_id": "e", "data": data}).encode()


def mautic(url: str) -> bytes:
    contact = {"id": 7, "fields": {"core": {"email": {"value": "a@example.com"}}}}
    return json.dumps({"mautic.page_on_hit": [{"hit": {"id": 1, "url": url, "lead": contact}}]}).encode()


def segment(**page: str) -> bytes:
    about = {"type": "page", "messageId": "m", "userId": "u", "context": {"traits": {"email": "a@example.com"}}}
    return json.dumps({**about, "properties": page}).encode()


@pytest.mark.parametrize(
    ("source", "body"),
    [
        pytest.param("hubspot", clicked("https://WWW.example.com/case-study/?utm_source=mail#top"), id="hubspot"),
        pytest.param("customerio", customerio("http://www.example.com/case-study?x"), id="customerio"),
        pytest.param("mautic", mautic("https://www.example.com/case-study/"), id="mautic"),
        pytest.param("segment", segment(url="https://www.example.com/case-study#x"), id="segment"),
    ],
)
def test_each_tools_page_is_found_by_its_address(source: str, body: bytes) -> None:
    pages = {"https://www.example.com/case-study": "case-study"}
    [signal] = signals_of(source, body, content=pages)
    assert signal.content == "case-study"


@pytest.mark.parametrize("path", ["/pricing", "/pricing/", "/pricing?x=1", "/pricing/#top", "/shop/pricing/?a=/b"])
def test_a_page_without_a_mapping_is_called_by_the_last_part_of_its_path(path: str) -> None:
    assert [each.content for each in signals_of("segment", segment(path=path))] == ["pricing"]


LIBRARY = """
content:
  - {id: "https://www.example.com/pricing", title: Prices, topic: pricing, stage: bofu}
  - {id: guide, title: The guide, topic: handover, stage: tofu}
engagement:
  - {id: prices, points: 20, signal: {content: "https://www.example.com/pricing"}}
  - {id: buying, points: 10, signal: {content_stage: bofu}}
"""


def scenario() -> Scenario:
    from baton.agreement.reading.agreement_reader import packaged_text  # noqa: PLC0415

    text = packaged_text()
    kept, skipped = [], False
    for line in text.splitlines():
        skipped = line.startswith(("content:", "engagement:")) or (skipped and line[:1] in (" ", "-", ""))
        kept += [] if skipped else [line]
    without = "\n".join(kept).replace(", content: [case-study]", "")
    return Scenario(agreement_in(without + LIBRARY))


@pytest.mark.parametrize(
    ("content", "points"),
    [
        ("https://www.example.com/pricing", 30),
        ("http://www.EXAMPLE.com/pricing/?utm_source=x", 30),
        ("www.example.com/pricing#top", 30),
        ("https://www.example.com/pricing/2", 0),
        ("https://www.example.org/pricing", 0),
    ],
)
def test_listed_content_whose_id_is_an_address_is_found_by_any_spelling_of_it(content: str, points: int) -> None:
    lead = scenario()
    lead.sends("page_visited", content=content)
    assert lead.standing.engagement / 100 == points
    assert lead.standing.funnel == ("bofu" if points else None)


@pytest.mark.parametrize(
    "hostile", ["/a{}b".format(" " * 20_000), "//a{}b".format("." * 20_000), "https://a{}b/x".format(" ." * 10_000)]
)
def test_a_long_address_is_compared_in_little_time(hostile: str) -> None:
    begun = time.process_time()
    content_address(hostile)
    assert time.process_time() - begun < 0.3


def test_ten_thousand_addresses_are_compared_and_compared_again_alike() -> None:
    chance = random.Random(5)
    pieces = [
        "http",
        "https:",
        "//",
        "/",
        "?",
        "#",
        ":",
        "@",
        ".",
        "www.",
        "Example",
        "com",
        "pricing",
        " ",
        "\u202a",
        "é",
    ]
    pieces += ["80", "443", "[", "]", "%20", "\x00", "-", "a b"]
    for _ in range(10_000):
        written = "".join(chance.choices(pieces, k=chance.randint(0, 9)))
        address = content_address(written)
        assert address is None or content_address(address) == address, written
