"""Compares a page with that of an earlier day: its whole text, but for what pages have gained since, by name."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from baton.outreach.links.handoff_links import Links
from baton.outreach.text.times_and_names import zone_name

PAGE = "<!doctype html>"
ADDED: dict[str, str] = {
    "what came of a contact": r"<fieldset>\n<legend>What came of it\?</legend>\n(?:<label .*</label>\n)+</fieldset>\n",
    "when they speak next": r'<label class="note" for="next_at">[^<]*</label>\n<input [^>]*\bname="next_at"[^>]*>\n',
    "a length in business time": r" \([\w ]+ at work\)",
    "what a length in business time is": r"; at work is the part in business time, by the calendars in force now",
    "how a rule compares": (
        r'<div class="wide" [^>]*aria-label="Won with a rule and without it"[^>]*>\n(?:.*\n)*?</div>\n'
        r'<p class="soft">With a rule are the handovers that cite it, .*</p>\n'
    ),
}
"""Parts that pages have besides since an older generation was stored; one counts where the older page has it, too."""
_CHANNELS = re.compile(
    r'<fieldset>\n<legend>(How did you reach out\?)</legend>\n((?:<label .* name="channel" .*</label>\n)+)</fieldset>\n'
    r'|<label class="note" for="channel">(.*)</label>\n<select [^>]*name="channel">(.*)</select>\n'
)
_TIME_THEN = re.compile(
    r"\b(?P<at>[A-Z][a-z]{2} (?:\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d)) (?P<zone>[A-Z][A-Za-z]+/\w+)"
    r"(?P<utc> \((?:[A-Z][a-z]{2}\s)?\d\d:\d\d\sUTC,\s)?"
)
_NEXT_LINK = re.compile(r'(?<=<a class="next" href=")[\w.-]+(?=")')
_CHANNEL = re.compile(r'value="(\w+)"[^>]*>(?: <span>)?([^<]+)<')


def is_page(body: object) -> bool:
    """Tells whether an answer is a page."""
    return isinstance(body, str) and body.startswith(PAGE)


def as_then(now: str, then: str) -> str:
    """Returns today's page without the parts that were added since."""
    for part in ADDED.values():
        if not re.search(part, then):
            now = re.sub(part, "", now)
    return now


def with_channels_alike(page: str) -> str:
    """Returns a page on which the ways to reach somebody are listed, whether one clicks them or picks them."""
    return _CHANNELS.sub(_channels, page)


def with_times_alike(page: str) -> str:
    """Returns a page whose times have their zone's short name, as they have had since; deadlines had UTC besides."""
    return _TIME_THEN.sub(_short, page)


def _short(found: re.Match[str]) -> str:
    there = datetime.strptime(found["at"], "%a %d %b %Y, %H:%M").replace(tzinfo=ZoneInfo(found["zone"]))
    return f"{found['at']} {zone_name(there)}{' (' if found['utc'] else ''}"


def with_links_alike(page: str, key: str) -> str:
    """Returns a page whose links stand as what they say, however a token spells it; the hour of their end is whole."""
    links = Links("", [key])

    def said(found: re.Match[str]) -> str:
        link = links.read(found[0], datetime(2026, 1, 1, tzinfo=UTC))
        last_hour = -(-link.expires_at.timestamp() // 3600)
        return f"{link.action} {link.handoff_id} {link.assignment} {last_hour} {link.word}"

    return _NEXT_LINK.sub(said, page)


def _channels(found: re.Match[str]) -> str:
    asked, choices = (found[1], found[2]) if found[1] else (found[3], found[4])
    return f"{asked}\n" + "".join(f"{value}: {words}\n" for value, words in _CHANNEL.findall(choices))
