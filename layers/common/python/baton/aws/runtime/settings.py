"""What a function is told by its environment; each name is set in the template."""

import os


class SettingMissing(RuntimeError):
    """The template does not give this function what it needs."""


def setting(name: str, otherwise: str | None = None) -> str:
    """The value of an environment variable; where one may be left empty, `otherwise` is what counts then.

    Raises:
        SettingMissing: it is not set.
    """
    value = os.environ.get(name) or otherwise
    if value is None:
        raise SettingMissing(f"the environment variable {name} is not set for this function")
    return value
