"""A slow reference of scoring: every rule over all signals, without stored counts."""

from typing import Any

from baton.agreement.terms.rules import Rules

Signal = dict[str, Any]
"""A signal as texts by name, with `at` in milliseconds and `order` to tell signals of one time apart."""


def matches(test_by_name: dict[str, Any], signal: Signal) -> bool:
    return all(passes(test, signal.get(name)) for name, test in test_by_name.items())


def passes(test: dict[str, Any], value: Any) -> bool:
    if any(isinstance(wanted, int | float) and not isinstance(wanted, bool) for wanted in test.values()):
        value = number(value)
    told = {
        "is": lambda wanted: value == wanted,
        "one_of": lambda wanted: value in wanted,
        "known": lambda wanted: (value is not None) == wanted,
        "at_least": lambda wanted: value is not None and value >= wanted,
        "at_most": lambda wanted: value is not None and value <= wanted,
        "between": lambda wanted: value is not None and wanted[0] <= value <= wanted[1],
    }
    return all(told[name](wanted) for name, wanted in test.items())


def number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def holds(condition: dict[str, Any], facts: dict[str, Any], before: list[Signal], at: int) -> bool:
    """Whether a condition holds at a time, with all signals up to it."""
    for name, test in condition.items():
        match name:
            case "all":
                told = all(holds(each, facts, before, at) for each in test)
            case "any":
                told = any(holds(each, facts, before, at) for each in test)
            case "not":
                told = not holds(test, facts, before, at)
            case "signals":
                told = counted(test, before, at)
            case _:
                told = passes(test, facts.get(name))
        if not told:
            return False
    return True


def counted(test: dict[str, Any], before: list[Signal], at: int) -> bool:
    found = [signal for signal in before if matches(test["match"], signal)]
    if "within" in test:
        found = [signal for signal in found if signal["at"] > at - test["within"] * 1000]
    if "sum" in test:
        numbers = [number(signal.get(f"properties.{test['sum']['of']}")) or 0 for signal in found]
        total = round(sum(each for each in numbers if each > 0), 3)
        if not test["sum"].get("at_least", 0) <= total <= test["sum"].get("at_most", total):
            return False
    values = {signal.get(test["distinct"]) for signal in found} - {None} if "distinct" in test else None
    count = len(found) if values is None else len(values)
    least, most = test.get("at_least"), test.get("at_most")
    if least is None and most is None:
        least = 0 if "sum" in test else 1
    return (least is None or count >= least) and (most is None or count <= most)


def engagement(rules: Rules, facts: dict[str, Any], signals: list[Signal], now: int) -> dict[str, int]:
    """What each rule is worth now, in hundredths of a point."""
    ordered = sorted(signals, key=lambda signal: (signal["at"], signal["order"]))
    return {rule["id"]: worth(rule, rules, awards(rule, rules, facts, ordered), now) for rule in rules["engagement"]}


def awards(rule: Any, rules: Rules, facts: dict[str, Any], ordered: list[Signal]) -> list[tuple[int, int, Any]]:
    given: list[tuple[int, int, Any]] = []
    for place, signal in enumerate(ordered):
        if matches(rule["signal"], signal) and holds(rule["when"], facts, ordered[: place + 1], signal["at"]):
            points = round(rule["points"] * 10_000 / rules["full_score"])
            given.append((signal["at"], capped(rule, rules, given, signal, points), signal.get("content")))
    return given


def capped(rule: Any, rules: Rules, given: list[tuple[int, int, Any]], signal: Signal, points: int) -> int:
    cap = rule.get("at_most")
    if not cap:
        return points
    counts = [award for award in given if award[1] != 0]
    if "per" in cap:
        counts = [award for award in counts if award[0] > signal["at"] - cap["per"] * 1000]
    if "each" in cap:
        counts = [award for award in counts if award[2] == signal.get("content")]
    if "times" in cap and len(counts) >= cap["times"]:
        return 0
    if "points" in cap:
        left = max(0, round(cap["points"] * 10_000 / rules["full_score"]) - sum(abs(award[1]) for award in counts))
        return max(-left, min(left, points))
    return points


def worth(rule: Any, rules: Rules, given: list[tuple[int, int, Any]], now: int) -> int:
    half_life = rule.get("half_life") or rules["half_life"]
    half_life = None if half_life == "never" else half_life
    total = 0
    for at, points, _ in given:
        if rule.get("expires_after") and now - at >= rule["expires_after"] * 1000:
            continue
        steps = int((now - at) / (half_life * 1000 / 30)) if half_life else 0
        total += round(points * 0.5 ** (steps / 30)) if steps < 600 else 0
    return total
