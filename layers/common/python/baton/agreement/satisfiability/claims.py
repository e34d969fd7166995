"""Turns a stored condition into claims: what it says of one fact each, and how they are joined."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from baton.agreement.terms.rules import Condition


class Claim(NamedTuple):
    """One test of one fact, and whether it passes: `country` `one_of` [AT, DE]."""

    fact: str
    test: str
    wanted: Any
    holds: bool = True


class Joined(NamedTuple):
    """Claims that hold all together, or at least one of them."""

    parts: tuple["Formula", ...]
    needs_all: bool


Formula = Claim | Joined
_COUNTED = frozenset({"match", "at_least", "at_most", "within", "distinct"})


def formula(condition: Condition, *, holds: bool = True) -> Formula:
    """Returns what it means that a condition holds, or that it does not."""
    return _joined([_part(name, test, holds=holds) for name, test in condition.items()], holds=holds)


def _part(name: str, test: Any, *, holds: bool) -> Formula:
    match name:
        case "not":
            return formula(test, holds=not holds)
        case "all":
            return _joined([formula(each, holds=holds) for each in test], holds=holds)
        case "any":
            return _joined([formula(each, holds=holds) for each in test], holds=not holds)
        case "signals":
            return _counted(test, holds=holds)
    if isinstance(test, Mapping) and name not in ("bant", "shifted"):
        return _joined([Claim(name, each, wanted, holds) for each, wanted in test.items()], holds=holds)
    return Claim(name, "=", test, holds)


def _counted(test: Mapping[str, Any], *, holds: bool) -> Formula:
    least, most = test.get("at_least"), test.get("at_most")
    which = {name: test[name] for name in ("match", "within", "distinct") if name in test}
    parts: list[Formula] = []
    if not test.keys() <= _COUNTED:
        parts.append(Claim("signals", "?", test, holds))
    elif least is None and most is None:
        least = 1
    if least is not None:
        parts.append(Claim("signals", "at_least", (which, least), holds))
    if most is not None:
        parts.append(Claim("signals", "at_most", (which, most), holds))
    return _joined(parts, holds=holds)


def _joined(parts: Sequence[Formula], *, holds: bool) -> Formula:
    return parts[0] if len(parts) == 1 else Joined(tuple(parts), holds)
