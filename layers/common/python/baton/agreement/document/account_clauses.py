"""What is agreed for companies on the list of target accounts."""

from typing import Literal

from pydantic import Field

from baton.agreement.terms.clause import Clause
from baton.agreement.terms.durations import Duration


class TargetAccounts(Clause):
    """What holds for companies on the list of target accounts."""

    quiet_period: Duration = Field(default="7d", validate_default=True)
    """After an alert about a company its owner gets no other for so long."""
    form_handoffs: int = Field(default=3, strict=True, ge=0, le=1000)
    """So many people of one company whom only forms know are handed over on a day; the others go to review."""
    known_by_name: Literal["review", "handoff"] = "handoff"
    """What happens to people whom only forms know, and whose company is known by its name only."""

    def normal(self) -> dict[str, object]:
        """Returns what is said of people whom only forms know as it is stored: nothing where it is as it always was."""
        usual = TargetAccounts.model_fields
        said = self.model_dump(include={"form_handoffs", "known_by_name"})
        return {name: word for name, word in said.items() if word != usual[name].default}
