"""What a check finds in a draft: faults, with which nobody can sign it, and warnings, which block nothing."""

from typing import Literal, NamedTuple, Self

Severity = Literal["fault", "warning"]


class Finding(NamedTuple):
    """Something wrong in a draft: its path, what is wrong, what to do about it, and where its text has it.

    Line and column begin at 1; they are None if only the document is known, not its text.
    """

    place: str
    problem: str
    remedy: str = ""
    line: int | None = None
    column: int | None = None
    severity: Severity = "fault"

    @classmethod
    def of(cls, place: str, said: str, at: tuple[int, int] | None, severity: Severity = "fault") -> Self:
        """Makes a finding of a sentence such as `0 is too low; write 1 or more`: behind the last `; ` is the remedy."""
        problem, _, remedy = said.rpartition("; ")
        line, column = at or (None, None)
        return cls(place, problem or said, remedy if problem else "", line, column, severity)

    @property
    def detail(self) -> str:
        """Returns the whole sentence: what is wrong and what to do."""
        return f"{self.problem}; {self.remedy}" if self.remedy else self.problem

    @property
    def is_warning(self) -> bool:
        """Returns whether the draft may be signed with it."""
        return self.severity == "warning"
