"""Checks an e-mail address in a form, a signal, or a list."""


def check_email(answer: str) -> str:
    """Returns the address as leads are known by it: `Ann@Acme.COM` becomes `ann@acme.com`.

    Raises:
        ValueError: no mail could reach it; the text says the remedy.
    """
    from baton.domain.identity.normalised_emails import normalise_email  # slow, and few fields are addresses  # noqa: PLC0415

    try:
        return normalise_email(answer)
    except ValueError as fault:
        raise ValueError("is not an address that mail could reach; write it like name@company.com") from fault
