"""Writes the currencies that are or lately were legal tender somewhere, as CLDR lists them, into the layer's table.

`python -m tools.currency_codes` needs babel, which is not deployed.
"""

from pathlib import Path
from textwrap import wrap

from babel.core import get_global

FILE = Path(__file__).parents[1] / "layers/common/python/baton/domain/basics/currency_codes.py"
_SINCE = 2020
_HEAD = '''"""The codes of currencies that are legal tender somewhere, or lately were.

Written by `tools/currency_codes.py` from CLDR.
"""

_LISTED = (
'''
_TAIL = ''')
CODES = frozenset(_LISTED.split())
"""Codes of ISO 4217, such as `EUR`."""
'''


def codes_in_use() -> list[str]:
    """Returns the codes of all currencies that have been tender since 2020: `["AED", "AFN", …]`."""
    return sorted(
        {
            code
            for of_country in get_global("territory_currencies").values()
            for code, _, until, is_tender in of_country
            if is_tender and (until is None or until[0] >= _SINCE)
        }
    )


def module_text() -> str:
    """Returns the text of the module with all codes."""
    lines = "".join(f'    "{line} "\n' for line in wrap(" ".join(codes_in_use()), 100))
    return f"{_HEAD}{lines}{_TAIL}"


if __name__ == "__main__":
    FILE.write_text(module_text(), encoding="utf-8")
