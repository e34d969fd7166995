"""The format of an answer, by `format` or by the `Accept` header."""

import pytest

from baton.aws.web.accepted_media import best_format

REPORT, LIST = ("json", "csv", "html"), ("json", "csv")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "formats", "best"),
    [
        ("", REPORT, "json"),
        ("*/*", REPORT, "json"),
        ("text/csv", LIST, "csv"),
        ("TEXT/CSV; charset=utf-8", LIST, "csv"),
        ("text/csv, application/json", LIST, "json"),
        ("text/csv;q=0.9, application/json;q=0.8", LIST, "csv"),
        ("text/csv;q=0.2, */*;q=0.8", LIST, "json"),
        ("text/*, application/json;q=0.5", LIST, "csv"),
        ("text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5", LIST, "json"),
        ("text/*, text/csv;q=0", REPORT, "html"),
        ("application/json;q=0, */*;q=0.1", LIST, "csv"),
        (BROWSER, REPORT, "html"),
        (BROWSER, LIST, "json"),
        ("image/png", REPORT, "json"),
        ("text/csv;q=much", LIST, "json"),
        ("text/csv;q=nan, application/json;q=0.1", LIST, "json"),
        (",;q=,;,text/csv;q=1;x=y", LIST, "csv"),
    ],
)
def test_the_format_that_the_caller_likes_best_is_chosen(accept: str, formats: tuple[str, ...], best: str) -> None:
    assert best_format(None, {"accept": accept}, formats) == best


def test_a_format_in_the_query_wins_over_the_header() -> None:
    assert best_format("json", {"accept": "text/csv"}, LIST) == "json"
    assert best_format("pdf", {"accept": "text/csv"}, LIST) == "pdf"
    assert best_format(None, {}, LIST) == "json"
