"""Reads an agreement from YAML, and reports all of its faults at once."""

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from baton.agreement.terms.agreement import Agreement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from baton.agreement.document.document import Document
    from baton.agreement.reading.draft_faults import Fault

MAX_CHARACTERS = 200_000
MAX_KEPT = 180_000  # bytes of the stored form; with its text it fits into one DynamoDB item
MAX_FAULTS = 200


class AgreementFaults(ValueError):
    """The text is not a valid agreement; `faults` are pairs of a path in it and what to change."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{path}: {fault}" for path, fault in faults))


def read_agreement(text: str) -> Agreement:
    """Reads an agreement from YAML.

    Raises:
        AgreementFaults: it is not YAML, or not an agreement; all faults are named.
    """
    return agreement_from_document(_loaded(text))


def agreement_from_document(document: dict[str, Any]) -> Agreement:
    """Reads an agreement from its document, such as `{"title": …, "teams": …}`: the mapping that its YAML loads as.

    Raises:
        AgreementFaults: it is not an agreement; all faults are named.
    """
    from baton.agreement.reading.draft_faults import fault_path  # only drafts and deployments read text  # noqa: PLC0415

    written, faults = _written(document)
    if written is None or faults:
        places = dict.fromkeys((fault_path(loc, document), fault) for loc, fault in faults)
        raise AgreementFaults([*places][:MAX_FAULTS])
    agreement = written.normal()
    if len(agreement.model_dump_json().encode()) > MAX_KEPT:
        raise AgreementFaults([("document", "says more than Baton can keep; shorten the lists, or leave content out")])
    return agreement


def _loaded(text: str) -> dict[str, Any]:
    from baton.agreement.reading.yaml_loader import NotYaml, load  # as above  # noqa: PLC0415

    if len(text.encode(errors="replace")) > MAX_CHARACTERS:
        raise AgreementFaults([("document", f"is longer than {MAX_CHARACTERS:,} characters; shorten it")])
    try:
        document = load(text)
    except NotYaml as fault:
        raise AgreementFaults([("document", f"is not the YAML that an agreement is written in: {fault}")]) from fault
    if not isinstance(document, dict):
        raise AgreementFaults([("document", "is no agreement; begin with `title: …` and write its sections below")])
    return document


def _written(document: dict[str, Any]) -> "tuple[Document | None, list[Fault]]":
    """Returns the document, or None, and everything that is wrong with it."""
    from pydantic import ValidationError  # noqa: PLC0415

    from baton.agreement.document.document import Document  # noqa: PLC0415
    from baton.agreement.reading.draft_faults import empty_value_faults, explained_fault, root_faults  # noqa: PLC0415

    written, faults = None, empty_value_faults(document)
    try:
        written = Document.model_validate(document, extra="forbid")
    except ValidationError as invalid:
        faults = root_faults([*(explained_fault(error) for error in invalid.errors(include_url=False)), *faults])
    return written, [*faults, *_contradictions(document, {str(loc[0]) for loc, _ in faults if loc})]


def _contradictions(document: dict[str, Any], faulty: set[str]) -> "Iterator[Fault]":
    """Returns the faults between the sections that have none of their own."""
    from baton.agreement.checks.contradictions import contradictions  # noqa: PLC0415
    from baton.agreement.document.document import Sections  # noqa: PLC0415

    sound = Sections.model_fields.keys() - faulty
    sections = Sections.model_validate({name: part for name, part in document.items() if name in sound})
    return contradictions(sections, sound)


def packaged_text() -> str:
    """Returns the agreement that Baton ships, as YAML."""
    return files("baton.agreement").joinpath("default.yaml").read_text(encoding="utf-8")
