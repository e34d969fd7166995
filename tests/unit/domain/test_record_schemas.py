"""How records are built: each once, parts before wholes; and moments in UTC as pydantic's own types would read them."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated

import pytest
from pydantic import AfterValidator, AwareDatetime, TypeAdapter, ValidationError
from pydantic._internal import _model_construction

from baton.domain.basics.facts import Fact, Instant
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead


class Part(Fact):
    """A record that another one has."""

    at: Instant


class Whole(Fact):
    """It has parts, in several places."""

    first: Part
    others: tuple[Part, ...] = ()


class Tree(Fact):
    """It has itself as a part."""

    name: str
    below: "tuple[Tree, ...]" = ()


class Question(Fact):
    """It has an answer, which may ask again."""

    answer: "Answer | None" = None


class Answer(Fact):
    """It may ask again."""

    question: Question | None = None


def test_a_part_is_built_once_with_the_record_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[type] = []
    build = _model_construction.complete_model_class

    def noted(record: type, *how: object, **more: object) -> bool:
        built.append(record)
        return build(record, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(_model_construction, "complete_model_class", noted)
    moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    whole = Whole(first=Part(at=moment), others=(Part(at=moment),))
    assert Whole.model_validate_json(whole.model_dump_json()) == whole
    assert sorted(each.__name__ for each in built) == ["Part", "Whole"]
    Whole.model_rebuild()
    assert len(built) == 2


def test_the_parts_of_a_lead_are_complete_once_it_is() -> None:
    Lead.model_rebuild()
    assert Handoff.__pydantic_complete__
    assert Lead.__pydantic_complete__


def test_a_record_that_has_itself_as_a_part_is_read_and_written() -> None:
    tree = Tree(name="a", below=(Tree(name="b", below=(Tree(name="c"),)), Tree(name="d")))
    assert Tree.model_validate_json(tree.model_dump_json()) == tree
    asked = Question(answer=Answer(question=Question(answer=Answer())))
    assert Question.model_validate_json(asked.model_dump_json()) == asked
    with pytest.raises(ValidationError):
        Question.model_validate({"answer": {"question": {"answer": 1}}})


THEIRS: TypeAdapter[datetime] = TypeAdapter(
    Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
)
OURS: TypeAdapter[datetime] = TypeAdapter(Instant)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-03T09:00:00Z",
        "2026-11-03T09:00:00.123456+05:30",
        datetime(2026, 11, 3, 9, tzinfo=timezone(timedelta(hours=-3))),
        1_793_696_400,
        "1793696400.5",
        "2026-11-03T09:00:00",
        datetime(2026, 11, 3, 9),  # noqa: DTZ001  # it has no zone
        "2026-11-03",
        "soon",
        None,
    ],
)
def test_a_moment_is_read_as_by_pydantics_own_types(written: object) -> None:
    found: list[object] = []
    for adapter in (OURS, THEIRS):
        try:
            read = adapter.validate_python(written)
            found.append((read, read.tzinfo, adapter.dump_json(read)))
        except ValidationError as fault:
            found.append(fault.errors(include_url=False))
    assert found[0] == found[1]


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_a_moment_has_the_json_schema_of_pydantics_own_type(mode: str) -> None:
    ours, theirs = (adapter.json_schema(mode=mode) for adapter in (OURS, THEIRS))  # type: ignore[arg-type]
    assert ours == theirs == {"type": "string", "format": "date-time"}


def test_a_moment_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(ValidationError, match="no year that computers know"):
        OURS.validate_python("0001-01-01T00:00:00+05:00")
