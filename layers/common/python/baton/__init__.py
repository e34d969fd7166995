"""Baton decides when marketing hands a lead to sales, hands it over, and sees that somebody follows up."""

import os
import sys
from types import ModuleType

from baton.quick_schemas import make_quick

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Baton has no plugins of pydantic; without this, each start reads the metadata of all packages to look for some."""

_NO_PLUGINS = ModuleType("pydantic.plugin._loader", "Finds no plugins, as pydantic's own does with this setting.")
_NO_PLUGINS.get_plugins = tuple  # type: ignore[attr-defined]
sys.modules.setdefault(_NO_PLUGINS.__name__, _NO_PLUGINS)
"""pydantic's own finds none either, but imports what reads metadata: 6 ms of every first request."""

make_quick()
