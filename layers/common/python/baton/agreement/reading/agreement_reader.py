"""Reads an agreement from YAML, and reports all of its faults at once."""

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from baton.agreement.reading.findings import Finding, Severity
from baton.agreement.terms.agreement import Agreement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from baton.agreement.document.document import Document, Sections
    from baton.agreement.likely.surroundings import Seen, Surroundings
    from baton.agreement.reading.draft_faults import Fault

MAX_CHARACTERS = 200_000
MAX_KEPT = 180_000  # bytes of the stored form; with its text it fits into one DynamoDB item
MAX_FAULTS = 200


class AgreementFaults(ValueError):
    """The text is no valid agreement; `faults` say where and what to change, `warnings` what is likely wrong."""

    def __init__(self, faults: list[Finding], warnings: list[Finding] | None = None) -> None:
        self.faults, self.warnings = faults, warnings or []
        super().__init__("; ".join(f"{fault.place}: {fault.detail}" for fault in faults))


class CheckedAgreement(NamedTuple):
    """An agreement without faults, and what is likely wrong with it."""

    agreement: Agreement
    warnings: list[Finding]


def read_agreement(text: str, *, signed: bool = False) -> Agreement:
    """Reads an agreement from YAML.

    One that is `signed` already was checked then; it is followed as long as it can be understood.

    Raises:
        AgreementFaults: it is not YAML, or not an agreement; all faults are named.
    """
    return _read(_loaded(text), text, signed=signed)


def agreement_from_document(document: dict[str, Any], *, signed: bool = False) -> Agreement:
    """Reads an agreement from its document, such as `{"title": …, "teams": …}`: the mapping that its YAML loads as.

    Raises:
        AgreementFaults: it is not an agreement; all faults are named.
    """
    return _read(document, None, signed=signed)


def check_agreement(
    text: str,
    *,
    in_force: Agreement | None = None,
    people: Callable[[str], int] | None = None,
    seen: "Seen | None" = None,
    often: Callable[[str], str | None] | None = None,
) -> CheckedAgreement:
    """Reads an agreement from YAML, and says also what is likely wrong.

    Args:
        text: the YAML.
        in_force: the agreement that it may replace.
        people: returns how many of a team may get leads.
        seen: which signals came so far, and how often.
        often: tells in words how often a kind of signals has counted; None if nobody counted that.

    Raises:
        AgreementFaults: as above; with the warnings for the parts that have no faults.
    """
    from baton.agreement.likely.surroundings import Surroundings  # as below  # noqa: PLC0415

    document, known = _loaded(text), Surroundings(in_force, people, seen, often)
    try:
        agreement = _read(document, text)
    except AgreementFaults as found:
        raise AgreementFaults(found.faults, _warnings(document, text, known, found.faults)) from None
    return CheckedAgreement(agreement, _warnings(document, text, known, []))


def _read(document: dict[str, Any], text: str | None, *, signed: bool = False) -> Agreement:
    written, faults = _written(document, signed=signed)
    if written is None or faults:
        raise AgreementFaults(_placed(faults, document, text, "fault"))
    agreement = written.normal()
    if len(agreement.model_dump_json().encode()) > MAX_KEPT:
        raise AgreementFaults(
            [Finding("document", "says more than Baton can keep", "shorten the lists, or leave content out")]
        )
    return agreement


def _placed(faults: "list[Fault]", document: dict[str, Any], text: str | None, severity: Severity) -> list[Finding]:
    """Returns each fault once, with its path and its place in the text, in the order of the text."""
    from baton.agreement.reading.draft_faults import fault_path  # only drafts and deployments read text  # noqa: PLC0415
    from baton.agreement.reading.text_places import positions  # as above  # noqa: PLC0415

    told = dict.fromkeys(faults)
    at = positions(text, (loc for loc, _ in told)) if text and told else {}
    in_order = sorted(told, key=lambda fault: at.get(fault[0], (0, 0)))
    found = (Finding.of(fault_path(loc, document), said, at.get(loc), severity) for loc, said in in_order)
    return list({(each.place, each.detail): each for each in found}.values())[:MAX_FAULTS]


def _loaded(text: str) -> dict[str, Any]:
    from baton.agreement.reading.yaml_loader import NotYaml, load  # as above  # noqa: PLC0415

    if len(text.encode(errors="replace")) > MAX_CHARACTERS:
        raise AgreementFaults([Finding("document", f"is longer than {MAX_CHARACTERS:,} characters", "shorten it")])
    try:
        document = load(text)
    except NotYaml as fault:
        said = f"is not the YAML that an agreement is written in: {fault}"
        raise AgreementFaults([Finding.of("document", said, fault.at)]) from fault
    if not isinstance(document, dict):
        said = "is no agreement; begin with `title: …` and write its sections below"
        raise AgreementFaults([Finding.of("document", said, (1, 1))])
    return document


def _written(document: dict[str, Any], *, signed: bool) -> "tuple[Document | None, list[Fault]]":
    """Returns the document, or None, and everything that is wrong with it."""
    from pydantic import ValidationError  # noqa: PLC0415

    from baton.agreement.document.document import Document  # noqa: PLC0415
    from baton.agreement.reading.draft_faults import (  # noqa: PLC0415
        control_character_faults,
        empty_value_faults,
        explained_fault,
        root_faults,
    )

    written, faults = None, empty_value_faults(document)
    if not signed:
        faults += control_character_faults(document)
    try:
        written = Document.model_validate(document, extra="forbid")
    except ValidationError as invalid:
        faults = root_faults([*(explained_fault(error) for error in invalid.errors(include_url=False)), *faults])
    return written, [*faults, *_contradictions(document, {str(loc[0]) for loc, _ in faults if loc}, signed=signed)]


def _contradictions(document: dict[str, Any], faulty: set[str], *, signed: bool) -> "Iterator[Fault]":
    """Returns the faults between the sections that have none of their own."""
    from baton.agreement.checks.contradictions import contradictions  # noqa: PLC0415

    sections, sound = _sound_sections(document, faulty)
    return contradictions(sections, sound, signed=signed)


def _sound_sections(document: dict[str, Any], faulty: set[str]) -> "tuple[Sections, set[str]]":
    from baton.agreement.document.document import Sections  # noqa: PLC0415

    sound = Sections.model_fields.keys() - faulty
    return Sections.model_validate({name: part for name, part in document.items() if name in sound}), sound


def _warnings(document: dict[str, Any], text: str, known: "Surroundings", faults: list[Finding]) -> list[Finding]:
    """Returns what is likely wrong in the sections that have no faults."""
    from baton.agreement.likely.likely_faults import likely_faults  # noqa: PLC0415

    faulty = {fault.place.partition(".")[0] for fault in faults}
    if "document" in faulty:
        return []
    sections, sound = _sound_sections(document, faulty)
    return _placed([*likely_faults(sections, sound, known)], document, text, "warning")


def packaged_text() -> str:
    """Returns the agreement that Baton ships, as YAML."""
    return files("baton.agreement").joinpath("default.yaml").read_text(encoding="utf-8")
