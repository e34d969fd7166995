"""Hostile YAML, and YAML that people read differently: Baton refuses both with a clear fault, in bounded time."""

import pytest

from baton.agreement.reading.agreement_reader import MAX_CHARACTERS, AgreementFaults, packaged_text, read_agreement
from baton.agreement.reading.yaml_loader import load
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with, shipped_text_with
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
        pytest.param("fit: &a [*a]", "refers to itself", id="a list in itself"),
        pytest.param("mql: &a {not: *a}", "refers to itself", id="a condition in itself"),
        pytest.param("a: &a {<<: *a}", "refers to itself", id="a merge with itself"),
        pytest.param("mql: " + "[" * 50_000, "nested too deeply", id="an abyss of lists"),
        pytest.param(f"mql: {NOT}", "nested too deeply", id="an abyss of conditions"),
        pytest.param("title: x\ntitle: y", "title stands twice; keep one of them", id="a name twice"),
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
            for name in ("? {a: b}\n", "on", "5", "2026-01-01 10:00:00", "~", "1.5", "NO", "[a]")
        ),
        pytest.param("title: *nobody", "undefined alias", id="an alias of nothing"),
        pytest.param("title: \x00", "unacceptable character", id="a character that is none"),
        pytest.param("x" * (MAX_CHARACTERS + 1), "longer than 200,000 characters", id="too long"),
        pytest.param("ä" * (MAX_CHARACTERS // 2 + 1), "longer than", id="too many bytes"),
    ],
)
def test_hostile_or_misleading_yaml_is_refused_in_bounded_time(text: str, said: str) -> None:
    told: dict[str, str] = {}
    assert effort(lambda: told.update(faults_of(text)), runs=1) < 200
    assert said in told["document"]


def test_a_date_as_a_name_is_text() -> None:
    assert load("{2026-12-24: 09:00-12:00, 2026-02-30: x}") == {"2026-12-24": "09:00-12:00", "2026-02-30": "x"}


def test_small_aliases_and_merges_are_read() -> None:
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
def test_a_value_with_another_meaning_in_yaml_is_explained(written: str, said: str) -> None:
    text = packaged_text().replace("mql: {score: {at_least: 60}}", f"mql: {written}")
    (place, fault), *more = faults_of(text).items()
    assert (place.partition(".")[0], more) == ("mql", [])
    assert said in fault


@pytest.mark.parametrize(
    "section", ["fit", "engagement", "personas", "content", "thresholds", "score", "mql", "wakes", "bant", "handoffs"]
)
@pytest.mark.parametrize("value", [0, "x", [], [[]], [{}], {}, {"x": {}}, [None], True, 1.5, {"id": []}, [{"id": {}}]])
def test_a_section_with_a_value_of_any_shape_is_read_or_refused(section: str, value: object) -> None:
    try:
        read_draft(shipped_document_with((section, value)))
    except AgreementFaults as refused:
        assert all(fault.place and fault.detail for fault in refused.faults)


def test_a_list_of_a_thousand_faults_is_cut_at_200() -> None:
    text = shipped_text_with(("content", [{"id": f"c{n}"} for n in range(1_000)]))
    with pytest.raises(AgreementFaults) as refused:
        read_agreement(text)
    assert len(refused.value.faults) == 200


def test_an_agreement_too_large_for_the_table_is_refused() -> None:
    rule = {"points": 1, "signal": {"kind": ["k" * 200] * 20}}
    text = shipped_text_with(("engagement", [{**rule, "id": f"r{n}"} for n in range(45)]))
    assert len(text) < MAX_CHARACTERS
    assert "more than Baton can keep" in faults_of(text)["document"]


def agreement_of_size(share: float) -> str:
    """The largest agreement, or one with this share of its rules and content."""
    rules = [{"id": f"r{n}", "points": 1, "signal": {"kind": f"kind-{n}"}} for n in range(int(200 * share))]
    content = [{"id": f"c{n}", "title": "T", "topic": "t", "stage": "tofu"} for n in range(int(1_500 * share))]
    return shipped_text_with(("engagement", rules), ("content", content))


@pytest.mark.slow
def test_the_time_to_read_an_agreement_grows_with_its_length_and_not_with_its_square() -> None:
    quarter, whole = agreement_of_size(1 / 4), agreement_of_size(1)
    assert read_agreement(whole)
    assert cpu_seconds(lambda: read_agreement(whole)) < 10 * cpu_seconds(lambda: read_agreement(quarter))
