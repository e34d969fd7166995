"""The page of a trial: it reads aloud, prints, holds in the dark, and shows nothing that strangers wrote as HTML."""

import csv
import hashlib
import io
import json
import re
from base64 import b64encode

import pytest

from baton.domain.trial.figures.trial_figures import TrialFigures
from baton.outreach.reports.report_tables import NAME_LIMIT
from baton.outreach.trials.trial_csv import trial_csv
from baton.outreach.trials.trial_lines import trial_lines
from baton.outreach.trials.trial_page import HEADERS, trial_page
from baton.outreach.trials.trial_style import TRIAL_STYLE
from tests.unit.outreach.link_page_examples import ParsedPage
from tests.unit.outreach.trial_page_example import APPROVED, example, text_of
from tests.unit.trial.test_trial_sums import figures, judged, row

FIGURES = example()
PAGE = trial_page(FIGURES)
HOSTILE = [
    "<script>alert(1)</script>",
    "</svg></main><form>",
    '"><img src=x onerror=y>',
    "\u202ecrm",
    "'&amp;",
    "a" * 500,
]
FEW = {
    "everything": FIGURES,
    "no lead": figures([]),
    "one lead": figures([row(1)]),
    "one won lead": figures([judged(won=True, points=50)]),
    "only points below zero": figures([judged(won=False, points=-300)] * 3),
}
every = pytest.mark.parametrize("of", FEW.values(), ids=FEW)


def test_the_whole_text_of_the_page_is_as_it_was_approved() -> None:
    assert text_of(PAGE) == APPROVED.read_text(encoding="utf-8"), "python -m tests.unit.outreach.trial_page_example"


def test_the_page_says_in_sentences_what_happened_before_it_shows_pictures_and_tables() -> None:
    told = PAGE.replace("\N{NO-BREAK SPACE}%", " %")
    first = min(told.index("<svg"), told.index("<table"))
    for said in trial_lines(FIGURES)[1:]:
        assert said in told[:first].replace("&#x27;", "'").replace("&gt;", ">"), said


@every
def test_the_page_is_complete_html_without_script_and_loads_nothing(of: TrialFigures) -> None:
    page = trial_page(of)
    read = ParsedPage(page)
    assert read.in_order
    assert not read.open
    assert [len(read.all(tag)) for tag in ("title", "h1", "main")][1:] == [1, 1]
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "form", "a", "use", "foreignobject"}
    assert not {name for _, attributes in read.tags for name in attributes if name.startswith("on") or name == "style"}
    assert "url(" not in page
    assert "nan" not in text_of(page)
    assert "None" not in page


@every
def test_each_picture_has_a_title_a_description_and_a_table_behind_it(of: TrialFigures) -> None:
    read = ParsedPage(trial_page(of))
    pictures, ids = read.all("svg"), {each.get("id") for _, each in read.tags}
    for each in pictures:
        assert each["role"] == "img"
        assert set((each["aria-labelledby"] or "").split()) <= ids
    assert len(read.all("desc")) == len(pictures) <= len(read.all("table"))
    assert len(read.all("figcaption")) == len(pictures)
    assert len(ids - {None}) == 2 * len(pictures), "no id is there twice"


def test_every_picture_is_there_and_told_in_words() -> None:
    told = dict(re.findall(r'<desc id="(\w+)-told">(.*?)</desc>', PAGE))
    assert list(told) == ["quadrants", "shares", "load", "ladder", "sums", "lifts", "months"]
    assert all(re.search(r"\d", said) and said.endswith(".") for said in told.values())


@every
def test_marks_stay_within_their_picture(of: TrialFigures) -> None:
    for tag, has in ParsedPage(trial_page(of)).tags:
        if tag in ("rect", "line", "circle", "text"):
            places = [float((has.get(name) or "0%").removesuffix("%")) for name in ("x", "width", "x1", "x2", "cx")]
            assert min(places) >= 0, has
            assert max(places[0] + places[1], *places[2:]) <= 100.1, has


@every
def test_every_table_has_a_caption_and_scoped_headings(of: TrialFigures) -> None:
    read = ParsedPage(trial_page(of))
    assert len(read.all("caption")) == len(read.all("table"))
    assert {heading["scope"] for heading in read.all("th")} <= {"row", "col"}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_a_rule_a_reason_or_a_file_changes_the_html(name: str) -> None:
    def named(by: str) -> TrialFigures:
        cells = [cell._replace(returned={by: 3}) for cell in FIGURES.cells]
        return FIGURES._replace(
            cells=cells,
            rules=[FIGURES.rules[0]._replace(rule=by), *FIGURES.rules[1:]],
            left_out={by: 1},
            versions={"draft": by, "today": by},
            triggers={"today": {by: 1}, "draft": {by: 2}},
            load=[load._replace(team=by, label=by) for load in FIGURES.load],
        )

    page, usual = (ParsedPage(trial_page(named(by))) for by in (name, "x"))
    assert page.tags == usual.tags
    assert page.in_order
    assert "\u202e" not in page.text
    assert "a" * (NAME_LIMIT * 3) not in page.text
    assert all("\u202e" not in said and "\x1b" not in said for said in trial_lines(named(f"{name}\x1b[2J")))


def test_unknown_is_never_shown_as_a_loss_and_too_few_is_said() -> None:
    tried = figures([row(number, became=row(0).became) for number in range(30)])
    text = text_of(trial_page(tried))
    assert "no outcome counts" in text
    assert "too few" in text_of(PAGE)
    assert "0\N{NO-BREAK SPACE}% won" not in text


def test_the_content_security_policy_allows_exactly_the_style_of_the_page() -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", PAGE, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in HEADERS["Content-Security-Policy"]


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#") if len(colour) == 7 else "".join(2 * each for each in colour.lstrip("#"))
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _colours() -> dict[str, dict[str, str]]:
    """The colours in the light, in the dark, and on paper when the screen is dark, as they follow from the style."""
    screen, _, paper = TRIAL_STYLE.replace("@media print", "\0", 1).partition("\0")
    on_paper = paper + TRIAL_STYLE.rpartition("@media print")[2]
    found = {"light": dict[str, str](), "dark": dict[str, str](), "paper": dict[str, str]()}
    both = screen + TRIAL_STYLE.rpartition("@media print")[0]
    for block, rules in re.findall(r"(@media \(prefers-color-scheme: dark\) \{\s*)?:root \{([^}]*)\}", both):
        colours = dict(re.findall(r"--([\w-]+): (#\w+)", rules))
        for name in ("dark",) if block else ("light", "dark"):
            found[name].update({key: said for key, said in colours.items() if block or key not in found[name]})
    found["paper"] = dict(found["dark"])
    for rules in re.findall(r":root \{([^}]*)\}", on_paper):
        found["paper"].update(dict(re.findall(r"--([\w-]+): (#\w+)", rules)))
    return found


@pytest.mark.parametrize("look", ["light", "dark", "paper"])
def test_text_and_marks_of_pictures_are_told_from_the_page_in_every_look(look: str) -> None:
    colours = _colours()[look]
    for text in ("ink", "soft"):
        assert contrast(colours[text], colours["paper"]) >= 4.5, text
    for mark in ("act", "edge", "back"):
        if look != "paper" or mark != "edge":
            assert contrast(colours[mark], colours["paper"]) >= 3, mark
    assert contrast(colours["act"], colours["pale"]) >= 3, "the won part of a bar"


def test_the_page_prints_on_a4_with_its_pictures_whole() -> None:
    paper = TRIAL_STYLE.partition("@media print")[2]
    for rule in (
        "size: A4",
        "figure { max-width: 15cm; break-inside: avoid }",
        "thead { display: table-header-group }",
    ):
        assert rule in paper


def test_the_page_of_figures_read_from_their_data_is_the_same() -> None:
    data = json.loads(json.dumps(FIGURES.as_data()))
    assert trial_page(TrialFigures.from_data(data)) == PAGE
    assert trial_csv(TrialFigures.from_data(data)) == trial_csv(FIGURES)


def test_the_csv_has_every_figure_with_its_group_and_no_formula() -> None:
    hostile = FIGURES._replace(left_out={'=HYPERLINK("x")': 2}, versions={"draft": "-cmd", "today": "t"})
    rows = list(csv.DictReader(io.StringIO(trial_csv(hostile), newline="")))
    by_name = {(each["group"], each["name"]): each for each in rows}
    both = by_name["quadrant", "both"]
    cell = FIGURES.cells[0]
    assert [both[name] for name in ("leads", "won", "unknown", "of")] == [
        f"{number}" for number in (cell.leads, cell.won, cell.unknown, cell.counted.of)
    ]
    assert cell.within is not None
    assert float(both["within_low"]) == pytest.approx(cell.within[0], abs=1e-6)
    assert {each["group"] for each in rows} >= {"leads", "threshold", "month", "order", "drift", "seed", "fit rule"}
    assert by_name["left out", '\'=HYPERLINK("x")']["leads"] == "2"
    assert by_name["agreement", "draft"]["version"] == "'-cmd"
    assert len(by_name) == len(rows), "a group has each name once"
