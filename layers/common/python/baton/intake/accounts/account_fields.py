"""Reads and checks the fields of a target account, from a request or from a row of a list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from baton.agreement.terms.durations import parse_duration
from baton.agreement.terms.form_terms import FieldKind, FormField
from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import normalise_domain
from baton.intake.fields.field_checks import check_answer

MAX_DOMAINS = 20
NAME = FormField(kind=FieldKind.LINE, max_length=200)
OWNER = FormField(kind=FieldKind.EMAIL, max_length=254)


def _checked(check: Callable[[str], object]) -> BeforeValidator:
    """Returns a check whose ValueError reaches the sender word for word."""

    def checked(value: object) -> object:
        if value is None:
            return None
        try:
            if not isinstance(value, str):
                raise ValueError("is not text; put it in quotes")
            return check(value)
        except ValueError as fault:
            raise PydanticCustomError("refused", "{why}", {"why": str(fault)}) from fault

    return BeforeValidator(checked)


class AccountTerms(BaseModel):
    """What is said of an account; what is left out is nothing, or as usual."""

    model_config = ConfigDict(extra="forbid", defer_build=True, hide_input_in_errors=True)

    name: Annotated[str | None, _checked(lambda text: check_answer(NAME, text))] = None
    owner: Annotated[str | None, _checked(lambda text: check_answer(OWNER, text))] = None
    target: bool = True
    domains: tuple[Annotated[str, _checked(normalise_domain)], ...] = Field(default=(), max_length=MAX_DOMAINS)
    quiet_for: Annotated[timedelta | None, _checked(parse_duration)] = None

    def account(self, domain: str) -> Account:
        """Returns the account with this main domain; its further domains are sorted, each once."""
        further = tuple(sorted({*self.domains} - {domain}))
        return Account(
            domain=domain,
            name=self.name,
            owner=self.owner,
            target=self.target,
            domains=further,
            quiet_for=self.quiet_for,
        )
