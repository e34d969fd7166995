"""Agreements that mean harm, or that YAML reads otherwise than people: a clear fault, at once."""

import pytest

from baton.agreement.reading.agreement_reader import MAX_CHARACTERS, AgreementFaults, packaged_text, read_agreement
from baton.agreement.reading.yaml_loader import load
from tests.unit.agreement.drafts import faults_of, shipped_but
from tests.unit.effort import cpu_seconds, effort

LAUGHS = "\n".join(
    [f"a0: &a0 [{', '.join(['x'] * 9)}]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
)
MERGED = "\n".join(
    ["a0: &a0 {x: 1, y: 2}", *(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 9))]
)
NOT = "{not: " * 400 + "{title: x}" + "}" * 400


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(LAUGHS, "more than 100,000 parts; leave them out", id="a billion laughs"),
        pytest.param(MERGED, "more than 100,000 parts", id="a billion merges"),
        pytest.param("fit: &a [*a]", "refers to itself (line 1, column 6)", id="a list in itself"),
        pytest.param("mql: &a {not: *a}", "refers to itself", id="a condition in itself"),
        pytest.param("a: &a {<<: *a}", "refers to itself", id="a merge with itself"),
        pytest.param("mql: " + "[" * 50_000, "nested too deeply", id="an abyss of lists"),
        pytest.param(f"mql: {NOT}", "nested too deeply", id="an abyss of conditions"),
        pytest.param("title: x\ntitle: y", "title stands twice (line 2, column 1)", id="a name twice"),
        pytest.param("threshold: 010", "010 is no plain number", id="eight, to YAML"),
        pytest.param("threshold: 1:30", "1:30 is no plain number", id="ninety, to YAML"),
        pytest.param("title: 2026-02-30", "2026-02-30 is no date that exists; write one like", id="no date"),
        pytest.param("threshold: 0x1F", "no plain number", id="hexadecimal"),
        pytest.param("threshold: 1_000", "no plain number", id="underscores"),
        pytest.param("threshold: .inf", "no plain number", id="infinity"),
        pytest.param("threshold: .nan", "no plain number", id="no number"),
        pytest.param("threshold: " + "9" * 5_000, "no plain number", id="a number without end"),
        pytest.param("title: !!python/name:os.system", "could not determine a constructor", id="code"),
        pytest.param("title: x\n--- \ntitle: x", "single document", id="two documents"),
        pytest.param("title: !!set {a, b}", "set means nothing here", id="a set"),
        pytest.param("title: !!binary eA==", "binary means nothing here", id="bytes"),
        *(
            pytest.param(f"a: {{{name}: b}}", "this name is no text to YAML", id=f"{name} for a name")
            for name in ("? {a: b}\n", "on", "5", "2026-01-01", "~", "1.5", "NO", "[a]")
        ),
        pytest.param("title: *nobody", "undefined alias", id="an alias of nothing"),
        pytest.param("title: \x00", "unacceptable character", id="a character that is none"),
        pytest.param("x" * (MAX_CHARACTERS + 1), "longer than 200,000 characters", id="too long"),
        pytest.param("ä" * (MAX_CHARACTERS // 2 + 1), "longer than", id="too many bytes"),
    ],
)
def test_what_would_hang_or_mislead_is_refused_at_once(text: str, said: str) -> None:
    assert said in faults_of(text)["document"]
    assert effort(lambda: faults_of(text), runs=1) < 200


def test_aliases_and_merges_that_stay_small_are_welcome() -> None:
    assert load("a: &a {x: 1}\nb: {<<: *a, y: 2}\nc: [*a, *a]") == {
        "a": {"x": 1},
        "b": {"x": 1, "y": 2},
        "c": [{"x": 1}, {"x": 1}],
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{country: NO}", 'write it in quotes, like "NO" for Norway'),
        ("{country: [DE, NO]}", 'write it in quotes, like "NO" for Norway'),
        ("{campaign: 2026-11-01}", 'is a date to YAML; write it in quotes: "2026-11-01"'),
        ("{campaign: 2026}", 'is a number to YAML; write it in quotes: "2026"'),
        ("{country: }", "is empty; write what belongs here"),
        ("{title: !!str 5, score: !!str 5}", "`5` is a text; write a number, without quotes"),
    ],
)
def test_what_yaml_reads_otherwise_than_people_is_explained(written: str, said: str) -> None:
    text = packaged_text().replace("mql: {score: {at_least: 60}}", f"mql: {written}")
    (place, fault), *more = faults_of(text).items()
    assert (place.partition(".")[0], more) == ("mql", [])
    assert said in fault


@pytest.mark.parametrize(
    "section", ["fit", "engagement", "personas", "content", "thresholds", "score", "mql", "wakes", "bant", "handoffs"]
)
@pytest.mark.parametrize("value", [0, "x", [], [[]], [{}], {}, {"x": {}}, [None], True, 1.5, {"id": []}, [{"id": {}}]])
def test_any_shape_in_any_place_is_read_or_refused(section: str, value: object) -> None:
    try:
        read_agreement(shipped_but((section, value)))
    except AgreementFaults as refused:
        assert all(place and said for place, said in refused.faults)


def test_a_thousand_faults_are_cut_short() -> None:
    text = shipped_but(("content", [{"id": f"c{n}"} for n in range(1_000)]))
    with pytest.raises(AgreementFaults) as refused:
        read_agreement(text)
    assert len(refused.value.faults) == 200


def test_more_than_the_table_can_keep_is_refused() -> None:
    rule = {"points": 1, "signal": {"kind": ["k" * 200] * 20}}
    text = shipped_but(("engagement", [{**rule, "id": f"r{n}"} for n in range(45)]))
    assert len(text) < MAX_CHARACTERS
    assert "more than Baton can keep" in faults_of(text)["document"]


def large(share: float) -> str:
    """The largest agreement, or one with this share of its rules and content."""
    rules = [{"id": f"r{n}", "points": 1, "signal": {"kind": f"kind-{n}"}} for n in range(int(200 * share))]
    content = [{"id": f"c{n}", "title": "T", "topic": "t", "stage": "tofu"} for n in range(int(1_500 * share))]
    return shipped_but(("engagement", rules), ("content", content))


def test_the_largest_agreement_is_read_in_a_time_that_grows_with_its_length_and_not_with_its_square() -> None:
    quarter, whole = large(1 / 4), large(1)
    assert read_agreement(whole)
    assert cpu_seconds(lambda: read_agreement(whole)) < 10 * cpu_seconds(lambda: read_agreement(quarter))
