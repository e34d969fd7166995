"""Recognises disposable e-mail addresses: those of providers that give addresses away for minutes."""


def is_disposable(email: str) -> bool:
    """Tells whether the domain of an address, or a domain above it, is on the public list of disposable domains."""
    from disposable_email_domains import blocklist  # only new leads are looked up  # noqa: PLC0415

    labels = email.rpartition("@")[2].lower().split(".")
    return any(".".join(labels[first:]) in blocklist for first in range(len(labels) - 1))
