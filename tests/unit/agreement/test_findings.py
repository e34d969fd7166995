"""What a check finds: one record for faults and warnings, with line and column; a warning keeps nobody from signing."""

from pathlib import Path
from time import process_time

import pytest

from baton.agreement.__main__ import main
from baton.agreement.reading.agreement_reader import AgreementFaults, check_agreement, packaged_text, read_agreement
from baton.agreement.reading.findings import Finding
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with

SHIPPED = packaged_text()


def found_in(text: str) -> list[Finding]:
    try:
        return check_agreement(text).warnings
    except AgreementFaults as refused:
        return [*refused.faults, *refused.warnings]


def with_line(old: str, new: str) -> str:
    assert SHIPPED.count(old) >= 1
    return SHIPPED.replace(old, new, 1)


def line_of(text: str, words: str) -> int:
    return 1 + next(number for number, line in enumerate(text.splitlines()) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "place", "words", "column"),
    [
        pytest.param("full_score: 100  ", "full_score: 0  ", "score.full_score", "full_score: 0", 3, id="a value"),
        pytest.param("label: Sales", "lable: Sales", "teams.sales.lable", "lable", 5, id="an unknown word"),
        pytest.param("{id: visit, points: 10", "{id: visit, points: ten", "engagement.visit.points", "ten", 17,
                     id="within brackets"),
        pytest.param("{id: visit, points: 10, ", "{id: visit, ", "engagement.visit.points", "id: visit", 5,
                     id="what is missing, at the entry"),
        pytest.param("country: [AT, BE", "country: [AT, XX", "personas.operations-leader.criteria.country", "XX", 7,
                     id="an entry of a list"),
        pytest.param("sales:\n    label", "sales:\n    label: A\n    label", "document", "label: Sales", 5, id="twice"),
        pytest.param("'\\b(vice", '"\\d(vice', "document", "(vice", 65, id="an escape that YAML does not know"),
    ],
)  # fmt: skip
def test_a_fault_has_line_and_column(old: str, new: str, place: str, words: str, column: int) -> None:
    text = with_line(old, new)
    by_place = {each.place: each for each in found_in(text)}
    assert (by_place[place].line, by_place[place].column) == (line_of(text, words), column)
    assert by_place[place].remedy
    assert by_place[place].severity == "fault"


def test_a_fault_behind_an_anchor_or_a_merge_is_placed_where_it_is_written() -> None:
    text = Path("docs/agreements/five-minutes-or-a-day.yaml").read_text(encoding="utf-8")
    text = text.replace("{at: 200%, do: reassign}", "{at: 200%, do: resign}", 1)
    assert {each.line for each in found_in(text)} == {line_of(text, "do: resign")}


def test_a_document_without_a_text_has_faults_without_lines() -> None:
    with pytest.raises(AgreementFaults) as refused:
        read_agreement("")
    assert refused.value.faults[0].line == 1
    assert faults_of(shipped_document_with(("threshold", 0)))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        pytest.param("teams.sales.lable", "x", "did you mean `label`?", id="a spelling"),
        pytest.param("handoffs.score.label", "x", "means nothing here, but in", id="a word of another section"),
        pytest.param("weights", {"title": 3}, "but in `personas`; move it there, or look at the indentation",
                     id="a word that lost its indentation"),
        pytest.param("funnel.zzz", "x", "write one of memory, or leave it out", id="a word like none"),
        pytest.param("mql.titel", "x", "did you mean `title`?", id="a word of a condition"),
        pytest.param("handoffs.score.clocks.accept.whitin", "1d", "did you mean `within`?", id="a word of a clock"),
        pytest.param("forms.consultation.fields.email.kinds", "x", "did you mean `kind`?", id="a word of a field"),
        pytest.param("engagement.0.at_most.time", 1, "did you mean `times`?", id="a word of a cap"),
        pytest.param("engagement.4.when.signals.wihtin", "1d", "did you mean `within`?", id="a word of a count"),
    ],
)  # fmt: skip
def test_an_unknown_word_is_answered_with_a_word_that_may_stand_there(path: str, value: object, said: str) -> None:
    faults = faults_of(shipped_document_with((path, value)))
    written = path.rpartition(".")[2]
    assert any(said in fault for fault in faults.values()), faults
    assert not any(f"did you mean `{written}`" in fault for fault in faults.values())


DOMAINS = [
    ("www.rival.example", "begins with www.", "write `rival.example`"),
    ("https://rival.example", "has a scheme before it", "write `rival.example`"),
    ("http://www.rival.example/en", "has a scheme before it", "write `rival.example`"),
    ("rival.example/en", "has a path behind it", "write `rival.example`"),
    ("@rival.example", "has an @ in it", "write `rival.example`"),
    ("sales@rival.example", "has an @ in it", "write `rival.example`"),
    ("rival.example.", "begins or ends with a dot", "write `rival.example`"),
    (".rival.example", "begins or ends with a dot", "write `rival.example`"),
    ("*.rival.example", "a wildcard", "write `rival.example`"),
    ("rival.example, other.example", "more than one domain", "write each domain by itself"),
    ("rival", "has no dot in it", "write each domain by itself"),
    ("rival.example:443", "has something behind it", "write `rival.example`"),
]


@pytest.mark.parametrize(("domain", "what", "remedy"), DOMAINS, ids=[each[0] for each in DOMAINS])
@pytest.mark.parametrize("fact", ["company_domain", "email_domain"])
def test_a_domain_that_no_address_has_is_a_fault(fact: str, domain: str, what: str, remedy: str) -> None:
    rule = {"id": "rival", "points": -5, "when": {fact: ["other.example", domain]}}
    said = faults_of(shipped_document_with(("fit", [rule])))[f"fit.rival.when.{fact}"]
    assert what in said
    assert remedy in said


def test_a_domain_in_capitals_and_one_with_a_hyphen_are_right() -> None:
    rule = {
        "id": "rival",
        "points": -5,
        "when": {"company_domain": ["Rival.Example", "a-b.co.uk", "xn--mller-kva.example"]},
    }
    assert read_draft(shipped_document_with(("fit", [rule])))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(
            r'"\bvp\b"', r'has a backspace, which is what YAML makes of "\b" in double quotes', id="a backspace"
        ),
        pytest.param(r'"vp\a"', "has a bell", id="a bell"),
        pytest.param(r'"vp\x01"', "a character that nobody types (U+0001); leave it out", id="a control character"),
        pytest.param(r'"vp\N"', "has a next-line character", id="a next line"),
    ],
)
def test_a_text_with_a_character_that_nobody_types_is_a_fault(written: str, said: str) -> None:
    text = with_line("""'\\b(student|intern|trainee)\\b'""", written)
    told = faults_of(text)["fit.student.when.title.matches"]
    assert said in told


def test_an_escape_that_yaml_does_not_know_says_single_quotes() -> None:
    text = with_line("""'\\b(student|intern|trainee)\\b'""", r'"\d(student)"')
    assert "write a pattern in single quotes" in faults_of(text)["document"]


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        pytest.param({"asks_for_a_person": ["demo_requested", "unsubscribed"]}, "asks_for_a_person.1",
                     "`unsubscribed` is how somebody leaves", id="a kind that leaves"),
        pytest.param({"asks_for_a_person": ["left"], "unsubscribes": ["left"]}, "asks_for_a_person.0",
                     "`left` is how somebody leaves", id="a kind of one's own that leaves"),
        pytest.param({"asks_for_a_person": ["opted_out"]}, "asks_for_a_person.0", "somebody leaves", id="opted out"),
        pytest.param({"forms.consultation.signal": "unsubscribed"}, "forms.consultation.asks_for_a_person",
                     "write another `signal`", id="a form that leaves"),
        pytest.param({"engagement.0.at_most.points": 9}, "engagement.visit.at_most.points",
                     "9 is below the 10 points that the rule gives at once", id="a cap below its points"),
        pytest.param({"engagement.0.by_persona": {"it-leader": 40}}, "engagement.visit.at_most.points",
                     "30 is below the 40 points", id="a cap below a persona's points"),
        pytest.param({"engagement.0.points": -40}, "engagement.visit.at_most.points", "30 is below the 40 points",
                     id="a cap below points that are taken away"),
        pytest.param({"personas.0.criteria.country": ["DACH"]}, "personas.operations-leader.criteria.country",
                     "`DACH` is no country", id="no country in a persona"),
    ],
)  # fmt: skip
def test_what_keeps_a_rule_from_ever_firing_is_a_fault(changes: dict[str, object], place: str, said: str) -> None:
    faults = faults_of(shipped_document_with(*changes.items()))
    assert said in faults[place]


def test_what_was_signed_is_followed_though_a_rule_never_fires() -> None:
    text = with_line("company_domain: [rival.example]", "company_domain: [www.rival.example]")
    assert faults_of(text)
    assert read_agreement(text, signed=True).title


def test_a_form_that_is_gone_is_a_warning_beside_the_agreement_in_force() -> None:
    begin = SHIPPED.index("  content-download:\n")
    text = SHIPPED[:begin] + SHIPPED[SHIPPED.index("# --- Marketing tools") :]
    assert check_agreement(text).warnings == []
    [warning] = check_agreement(text, in_force=read_agreement(SHIPPED)).warnings
    assert (warning.place, warning.severity, warning.is_warning) == ("forms", "warning", True)
    assert "`content-download`" in warning.problem
    assert "404" in warning.problem
    assert warning.line == line_of(text, "forms:")


def test_a_team_with_nobody_is_a_warning_where_the_roster_is_known() -> None:
    places = [each.place for each in check_agreement(SHIPPED, people=lambda _: 0).warnings]
    assert places == [f"handoffs.{name}.team" for name in ("consultation", "target_account", "sql", "score")]
    assert check_agreement(SHIPPED, people=lambda _: 1).warnings == []


def test_the_command_prints_faults_as_an_editor_reads_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    text = with_line("label: Sales", "lable: Sales")
    draft.write_text(text, encoding="utf-8")
    assert main(["check", str(draft)]) == 1
    number = line_of(text, "lable")
    assert f"{draft}:{number}:5: fault: teams.sales.lable: is no word" in capsys.readouterr().out


def test_thousands_of_unknown_words_are_told_in_a_time_that_grows_with_their_number() -> None:
    """Each was looked for in all clauses and in the whole text: 15,000 took minutes, and the gateway waits for 29 s."""
    text = SHIPPED + "".join(f"\nzz{number}: 1" for number in range(3_000))
    begun = process_time()
    with pytest.raises(AgreementFaults) as found:
        read_agreement(text)
    assert process_time() - begun < 6
    lines = SHIPPED.count("\n") + 2
    assert [fault.line for fault in found.value.faults[:3]] == [lines, lines + 1, lines + 2]
