"""Baton decides when marketing hands a lead to sales, hands it over, and sees that somebody follows up."""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Baton has no plugins of pydantic; without this, each start reads the metadata of all packages to look for some."""
