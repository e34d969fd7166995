"""Prints a lead as `GET /leads/{lead_id}` explains it, laid out for a terminal."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from tools.terminal_text import WIDTH, moment

View = Mapping[str, Any]


def lead(shown: View) -> Iterator[str]:
    """Yields lines: the person, the score entry by entry, what is known and missing, the reasons of the handoff, what
    is next.
    """
    yield from _who(shown)
    yield from _score(shown["score"])
    yield from _reading(shown["funnel"])
    yield from _answers(shown)
    if shown["handoff"]:
        yield from _handoff(shown["handoff"])
    yield _row("next", shown["qualification"]["next"])


def points(worth: float) -> str:
    """Returns points with their sign: `+10`, `-12.84`."""
    return f"{worth:+.2f}".rstrip("0").rstrip(".")


def _who(shown: View) -> Iterator[str]:
    names = (shown["profile"]["first_name"], shown["profile"]["last_name"])
    name = " ".join(filter(None, names)) or shown["email"]
    yield _row("lead", ", ".join(filter(None, (name, shown["profile"]["title"], shown["company"]["name"]))))
    yield _row("stage", f"{shown['stage']}, {_plain(shown['status'])}; {shown['channel']}, from {shown['source']}")
    if persona := shown["persona"]:
        unknown = f"; unknown: {', '.join(persona['missing'])}" if persona["missing"] else ""
        yield _row("persona", f"{persona['label']}, to {persona['match']}%{unknown}")


def _score(score: View) -> Iterator[str]:
    total = f"{score['total']:g} of {score.get('out_of', 100)}"
    yield _row("score", f"{total}; sales gets a lead from {score['threshold']}")
    for entry in score["entries"]:
        facts = [entry["what"]] if "what" in entry else []
        facts += [f"signal {entry['signal'].rsplit('-', 1)[1].lstrip('0')}"] if "signal" in entry else []
        yield f"{points(entry['points']):>22}  {entry['rule']:<20} {', '.join(facts) or entry.get('note', '')}".rstrip()
        if facts and "note" in entry:
            yield f"{'':45}{moment(entry['at']):%d %b}; {entry['note']}"
    yield f"{'= ' + format(score['total'], 'g'):>22}"


def _reading(funnel: View) -> Iterator[str]:
    if funnel["stage"]:
        shifted = f", turned to buying on {moment(funnel['shifted_at']):%d %b}" if "shifted_at" in funnel else ""
        content = f"; to read next: {funnel['next_content']['title']}" if "next_content" in funnel else ""
        yield _row("reads", f"{funnel['stage']}{shifted}{content}")


def _answers(shown: View) -> Iterator[str]:
    for need, answer in shown["bant"].items():
        met = "" if answer["met"] else ", not enough"
        yield _row(need, f"{answer['value']}{met} ({answer['source']}, {moment(answer['at']):%d %b})")
    sql = shown["qualification"]["sql"]
    yield _row("SQL", "yes" if sql["met"] else f"not yet: {'; '.join(sql['missing'])}")


def _handoff(handoff: View) -> Iterator[str]:
    yield _row(
        "handed over", f"by trigger {_plain(handoff['trigger'])}, agreement version {handoff['agreement_version']}"
    )
    reason, *parts = handoff["reasons"]
    yield _row("because", f"{reason} ({', '.join(parts)})" if parts else reason)
    yield _row("owner", f"{handoff['owner']}: {handoff['routing']['why']}")


def _row(name: str, words: str) -> str:
    return textwrap.fill(words, WIDTH, initial_indent=f"  {name:<12} ", subsequent_indent=" " * 15)


def _plain(word: str) -> str:
    return word.replace("_", " ")
