"""Reads an agreement's YAML and says everything that is wrong with it at once."""

from collections.abc import Hashable
from importlib.resources import files
from typing import Any

from pydantic import ValidationError

from baton.agreement.model import Agreement

MAX_CHARACTERS = 200_000
_NOT_CAUGHT_BY_YAML = (ValueError, LookupError, AttributeError, RecursionError)  # such as by a date in a month 13


class AgreementFaults(ValueError):
    """The text is no valid agreement; `faults` are pairs of the place in it and what to change."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{path}: {fault}" for path, fault in faults))


def read_agreement(text: str) -> Agreement:
    """Read an agreement written in YAML.

    Raises:
        AgreementFaults: it is not YAML, or not an agreement; all faults are named.
    """
    import yaml  # only drafts and deployments read YAML; a request's path never does  # noqa: PLC0415

    from baton.agreement.language import Document  # noqa: PLC0415  # as above

    if len(text) > MAX_CHARACTERS:
        raise AgreementFaults([("document", f"longer than {MAX_CHARACTERS} characters")])
    try:
        document = yaml.load(text, _strict_loader())  # noqa: S506  # a safe loader, only stricter
    except (yaml.YAMLError, *_NOT_CAUGHT_BY_YAML) as fault:
        raise AgreementFaults([("document", f"not YAML: {fault}")]) from fault
    try:
        return Document.model_validate(document, extra="forbid").normal()
    except ValidationError as invalid:
        raise AgreementFaults(
            [(_place(fault["loc"]), fault["msg"].removeprefix("Value error, ")) for fault in invalid.errors()]
        ) from invalid


def _strict_loader() -> Any:
    """YAML's safe loader, which silently lets the last of two equal keys win; nobody signs the other one."""
    import yaml  # noqa: PLC0415  # as above

    class Strict(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
            names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            twice = sorted({name for name in names if names.count(name) > 1 and name != "<<"})
            if twice:
                raise yaml.MarkedYAMLError(problem=f"{', '.join(twice)} stands twice", problem_mark=node.start_mark)
            return super().construct_mapping(node, deep)

    return Strict


def _place(path: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in path) or "document"


def packaged_text() -> str:
    """The agreement that Baton ships, as YAML."""
    return files("baton.agreement").joinpath("default.yaml").read_text(encoding="utf-8")
