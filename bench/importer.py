"""`python -m bench.importer <import_id>`: a process that imports a list as Lambda would, and prints its time and
memory.
"""

import json
import resource
import sys

from baton.aws.imports.import_items import Imports
from bench.functions import handler


def main(import_id: str) -> None:
    """Invokes the function again and again until the import ends."""
    take_in, imports, before = handler("import_list"), Imports.from_environment(), _megabytes()
    while not imports.get(import_id).has_ended:
        take_in({"detail": {"import_id": import_id}}, None)
    print(json.dumps({"before": before, "most": _megabytes()}))


def _megabytes() -> float:
    """Returns the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
