"""`python -m bench.importer <import_id>`: a process that takes a list in as Lambda would, and says what it needed."""

import json
import resource
import sys

from baton.aws.imports.import_items import Imports
from bench.functions import handler


def main(import_id: str) -> None:
    """Invoke the function again and again until nothing more comes of the import."""
    take_in, imports, before = handler("import_list"), Imports.from_environment(), _megabytes()
    while not imports.get(import_id).has_ended:
        take_in({"detail": {"import_id": import_id}}, None)
    print(json.dumps({"before": before, "most": _megabytes()}))


def _megabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
