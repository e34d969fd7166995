"""Which addresses last for minutes: those of providers that give them away to whoever wants to stay unknown."""


def is_disposable(email: str) -> bool:
    """Whether an address is of a provider that gives addresses away for minutes, or of a domain below one of those."""
    from disposable_email_domains import blocklist  # only whoever is new is looked up  # noqa: PLC0415

    labels = email.rpartition("@")[2].lower().split(".")
    return any(".".join(labels[first:]) in blocklist for first in range(len(labels) - 1))
