"""Commands for writing an agreement: `python -m baton.agreement check FILE`, `… schema`, `… holidays DE`."""

import json
import sys
from pathlib import Path

from baton.agreement.likely.signal_history import NoHistory, seen_in
from baton.agreement.likely.surroundings import Seen
from baton.agreement.reading.agreement_reader import AgreementFaults, check_agreement
from baton.agreement.reading.findings import Finding
from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.rules import top_score

USAGE = """\
python -m baton.agreement check FILE   says whether an agreement is right, or everything that is wrong with it
python -m baton.agreement check -      the same for what comes through a pipe
python -m baton.agreement check FILE --history leads.csv …
                                       the same, and which names of signals never came in these lists
python -m baton.agreement schema       prints the JSON Schema, for editors
python -m baton.agreement holidays DE --years 2026-2028 [--subdivision BY]
                                       prints lines for a calendar's `holidays:`"""
OK, FAULTY, MISUSED = 0, 1, 2


def main(arguments: list[str]) -> int:
    """Runs a command and returns its exit status: 0 ok, 1 the agreement has faults, 2 nothing could be read."""
    match arguments:
        case ["check", name]:
            return _check(name, [])
        case ["check", name, "--history", *lists] if lists:
            return _check(name, lists)
        case ["schema"]:
            from baton.agreement.reading.json_schema import schema  # a check does without it  # noqa: PLC0415

            return _say(json.dumps(schema(), indent=2, ensure_ascii=False))
        case ["holidays", country, "--years", years]:
            return _holidays(country, years)
        case ["holidays", country, "--years", years, "--subdivision", subdivision]:
            return _holidays(country, years, subdivision)
    return _complain(USAGE)


def _check(name: str, history: list[str]) -> int:
    try:
        text = (sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()).decode("utf-8-sig")
    except (OSError, UnicodeError) as fault:
        return _complain(f"{name} cannot be read: {fault}")
    try:
        seen = _seen_in(history)
        agreement, warnings = check_agreement(text, seen=seen)
    except NoHistory as none:
        return _complain(str(none))
    except AgreementFaults as refused:
        return _say("\n".join(_line(name, each) for each in (*refused.faults, *refused.warnings)), FAULTY)
    came = [f"history: {line}" for line in seen.lines()] if seen else []
    return _say("\n".join((*(_line(name, each) for each in warnings), *came, f"ok: {summary(agreement)}")))


def _seen_in(history: list[str]) -> Seen | None:
    return seen_in(Path(name) for name in history) if history else None


def _line(name: str, found: Finding) -> str:
    """Writes a finding as editors and compilers do, so that an editor can go there: `draft.yaml:7:1: fault: …`."""
    at = f":{found.line}:{found.column}" if found.line else ""
    return f"{name}{at}: {found.severity}: {found.place}: {found.detail}"


def _holidays(country: str, years: str, subdivision: str | None = None) -> int:
    from baton.agreement.reading.public_holidays import NoHolidays, public_holidays  # as above  # noqa: PLC0415

    try:
        found = public_holidays(country, years, subdivision)
        for remark in found.remarks:
            _complain(remark)
        return _say("\n".join(found.lines))
    except NoHolidays as none:
        return _complain(str(none))


def _say(text: str, status: int = OK) -> int:
    sys.stdout.write(f"{text}\n")
    return status


def _complain(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return MISUSED


def summary(agreement: Agreement) -> str:
    """Returns one line: title, threshold, and how many rules, personas and pieces of content there are."""
    rules = agreement.rules
    counted = {
        "fit rule": len(rules["fit"]),
        "engagement rule": len(rules["engagement"]),
        "persona": len(rules["personas"]),
        "piece of content": len(rules["content"]),
    }
    parts = ", ".join(f"{number} {_many(name, number)}" for name, number in counted.items())
    passes = ", ".join(name.replace("_", " ") for name in agreement.handoffs)
    points = f"{rules['threshold']} points out of {top_score(rules)}"
    said = f"“{agreement.title}”; from {points}; {parts}; hands over by {passes}"
    return said if agreement.forms else f"{said}; no forms, so each form's address answers 404"


def _many(name: str, number: int) -> str:
    if number == 1:
        return name
    return name.replace("piece ", "pieces ") if name.startswith("piece ") else f"{name}s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
