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
    "a time alone": r'<label [^>]*><input [^>]*\bvalue="only_next"[^>]*>.*</label>\n',
    "a length in business time": r" \([\w ]+ at work\)",
    "what a length in business time is": r"; at work is the part in business time, by the calendars in force now",
    "what was learned of the four questions": (
        r"(?:<fieldset>\n<legend>(?:Is there a budget|Do they decide|Do they need what we offer|Do they want it soon)"
        r"\?</legend>\n(?:.*\n)*?</fieldset>\n)+"
    ),
    "when they speak next, once it is logged": r"<dt>You speak next</dt><dd>[^<]*</dd>\n?",
    "who reads what is said of a return": r'<p class="soft">Whoever has it next reads your note: [^<]*</p>\n',
    "pictures of a report": r"<figure>\n(?:.*\n)*?</figure>\n",
    "tables behind these": (
        r'<div class="wide" [^>]*aria-label="(?:In time, part by part|Leads by how soon sales made contact|'
        r'How far leads got|Leads of each person in sales|What marketing still owes)"[^>]*>\n(?:.*\n)*?</div>\n'
    ),
    "a section of these alone": (
        r"<section>\n(?:<div>\n)?<h2>Who kept what was agreed</h2>\n+(?:</div>\n+)?</section>\n"
    ),
    "what sales accepted, and what marketing owes": (r"<dt>(?:SQLs|Still owed by marketing)</dt><dd>[^<]*</dd>\n?"),
    "how a rule compares": (
        r'<div class="wide" [^>]*aria-label="Won with a rule and without it"[^>]*>\n(?:.*\n)*?</div>\n'
        r'<p class="soft">With a rule are the handovers that cite it, .*</p>\n'
    ),
}
"""Parts that pages have besides since an older generation was stored; one counts where the older page has it, too."""
REWORDED = {
    "For how much? (optional, such as 48,000 EUR)": "For how much? (optional, such as 48000)",
    "Log the next contact, or when you speak next": "Log that you reached out",
    "When will the time be right? (optional)": "If only the time is wrong: when will it be right? (optional)",
}
"""What a page says today, and what older pages said in its place."""
_LOOKS = re.compile(
    r"<style>(?:.*\n)*?.*</style>\n|<div(?: class=\"row\"| data-opened)?>\n?|</div>\n?| data-opens| value=\"\""
    r"|\n(?=</textarea>)|<ul class=\"more\">\n|(?<=</li>\n)</ul>\n"
)
"""How a page looks and is laid out, and fields that say of themselves that they are empty."""
_WHO = re.compile(r"<dt>(?:Lead|Company|E-mail)</dt><dd>[^<]*</dd>")
_TIME_THEN = re.compile(
    r"\b(?P<at>[A-Z][a-z]{2} (?:\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d)) (?P<zone>[A-Z][A-Za-z]+/\w+)"
    r"(?P<utc> \((?:[A-Z][a-z]{2}\s)?\d\d:\d\d\sUTC,\s)?"
)
_DUE = re.compile(r"\w{3} \d{1,2} \w{3} \d{4}, \d\d:\d\d [A-Z]{3,5}(?:[+-]\d+)? \(")
"""When something is due, by the clock of the reader's zone, which was UTC once; how long that is from now follows."""
_PARKED = re.compile(r"(?<=looked at again on )\w{3} \d{1,2} \w{3} \d{4}, \d\d:\d\d [A-Z]{3,5}(?:[+-]\d+)?(?=\.)")
"""When a returned lead comes back, where its owner is; once it was in UTC, unless it was a day."""
_ENDED = re.compile(
    r"This handoff is closed: (?P<state>\w+)\.|\b(?:You|A colleague) said on [^.<]* that it is (?P<said>\w+)\."
    r"|\b(?:You|A colleague) gave it back on [^.<]*\."
)
"""How a handoff has ended; pages until 3 December 2026 told its state alone."""
_MOVED_ON = "The lead has moved on since this mail was sent."
"""What pages until 3 December 2026 told of a lead that came to sales anew; pages tell what became of it since."""
_OVER = re.compile(r"(?<=This handoff is over</h1>\n<p>)[^<]*")
_LINK = re.compile(r'(?:<li>)?<a(?: class="next")? href="(?P<token>[\w.-]+)">(?P<words>[^<]*)</a>(?:</li>)?\n')
_CHANNELS = re.compile(
    r'<fieldset>\n<legend>(How did you reach out\?)</legend>\n((?:<label .* name="channel" .*</label>\n)+)</fieldset>\n'
    r'|<label class="note" for="channel">(.*)</label>\n<select [^>]*name="channel">(.*)</select>\n'
)
_CHANNEL = re.compile(r'value="(\w+)"[^>]*>(?: <span>)?([^<]+)<')


def is_page(body: object) -> bool:
    """Tells whether an answer is a page."""
    return isinstance(body, str) and body.startswith(PAGE)


def same_page(then: str, now: str, key: str) -> bool:
    """Tells whether today's page says and asks what an older one did, and leads wherever that one led.

    Who the lead is, pages tell otherwise than they did; tests of the pages hold it.
    """
    return text_of(then) == text_of(as_then(now, then)) and links_of(then, key) <= links_of(now, key)


def as_then(now: str, then: str) -> str:
    """Returns today's page without the parts that were added since."""
    for part in ADDED.values():
        if not re.search(part, then):
            now = re.sub(part, "", now)
    return _OVER.sub(_MOVED_ON, now) if _MOVED_ON in then else now


def text_of(page: str) -> str:
    """Returns a page without its looks, its links and who the lead is; ways to reach somebody are clicked or picked."""
    for today, then in REWORDED.items():
        page = page.replace(today, then)
    page = _ENDED.sub(lambda told: f"It is {told['state'] or told['said'] or 'returned'}.", _PARKED.sub("", page))
    page = _DUE.sub("(", with_times_alike(_WHO.sub("", _LOOKS.sub("", page))))
    return re.sub(r"\n+", "\n", _CHANNELS.sub(_channels, _LINK.sub("", page)))


def with_times_alike(page: str) -> str:
    """Returns a page whose times have their zone's short name, as they have had since; deadlines had UTC besides."""
    return _TIME_THEN.sub(_short, page)


def _short(found: re.Match[str]) -> str:
    there = datetime.strptime(found["at"], "%a %d %b %Y, %H:%M").replace(tzinfo=ZoneInfo(found["zone"]))
    return f"{found['at']} {zone_name(there)}{' (' if found['utc'] else ''}"


def links_of(page: str, key: str) -> set[tuple[str, str]]:
    """Returns what a page's links say and do, however a token spells it; the hour of their end is whole."""
    links = Links("", [key])

    def said(token: str) -> str:
        link = links.read(token, datetime(2026, 1, 1, tzinfo=UTC))
        last_hour = -(-link.expires_at.timestamp() // 3600)
        return f"{link.action} {link.handoff_id} {link.assignment} {last_hour} {link.word}"

    return {(said(found["token"]), REWORDED.get(found["words"], found["words"])) for found in _LINK.finditer(page)}


def _channels(found: re.Match[str]) -> str:
    asked, choices = (found[1], found[2]) if found[1] else (found[3], found[4])
    return f"{asked}\n" + "".join(f"{value}: {words}\n" for value, words in _CHANNEL.findall(choices))
