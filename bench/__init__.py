"""Measures what Baton costs: calls, capacity, start-up, processor time, memory and money. `make bench` runs it all."""

import sys
from pathlib import Path

LAYER = str(Path(__file__).parents[1] / "layers" / "common" / "python")
if LAYER not in sys.path:
    sys.path.insert(0, LAYER)  # so that `python -m bench` needs no PYTHONPATH
