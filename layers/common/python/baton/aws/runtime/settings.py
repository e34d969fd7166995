"""Settings of a function: environment variables, which the template sets."""

import os


class SettingMissing(RuntimeError):
    """The template does not set a variable that this function needs."""


def setting(name: str, otherwise: str | None = None) -> str:
    """Returns the value of an environment variable; if it is missing or empty, `otherwise`.

    Raises:
        SettingMissing: it is missing or empty, and there is no `otherwise`.
    """
    value = os.environ.get(name) or otherwise
    if value is None:
        raise SettingMissing(f"the environment variable {name} is not set for this function")
    return value
