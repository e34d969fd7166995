"""Checks an e-mail address in a form, a signal, or a list; what phones and mail programs put around it is taken off."""


def check_email(answer: str) -> str:
    """Returns the address as leads are known by it: `Ann@Acme.COM` becomes `ann@acme.com`.

    An address that is fine as it stands is never changed further. Otherwise what copying adds is taken off: invisible
    marks, `mailto:`, a name with angle brackets, quotes, a dot or a comma behind it.

    Raises:
        ValueError: no mail could reach it; the text says the remedy.
    """
    from baton.domain.identity.normalised_emails import normalise_email  # slow, and few fields are addresses  # noqa: PLC0415

    try:
        return normalise_email(answer)
    except ValueError:
        from baton.domain.identity.pasted_addresses import bare_address  # few addresses need it  # noqa: PLC0415
    try:
        return normalise_email(bare_address(answer))
    except ValueError as fault:
        raise ValueError("is not an address that mail could reach; write it like name@company.com") from fault
