"""Reads the context that a page sends with a form: page, referrer, UTM parameters, click ids, seconds on the page.

A script fills it in: a value that does not fit is left out, and never a reason to refuse a form.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from baton.domain.leads.person_facts import AnswerValue
from baton.intake.fields.fact_fields import read_text

_PAGES = ("page", "referrer")
_UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_MORE_OF_CAMPAIGNS = ("utm_id", "utm_source_platform", "utm_creative_format", "utm_marketing_tactic")
CLICK_IDS: Mapping[str, str | None] = {
    **dict.fromkeys(("gclid", "gbraid", "wbraid", "dclid"), "google-ads"),
    "msclkid": "microsoft-ads",
    "li_fat_id": "linkedin",
    "ttclid": "tiktok",
    "twclid": "twitter",
    "yclid": "yandex",
    "epik": "pinterest",
    "rdt_cid": "reddit",
    "sccid": "snapchat",
    "mc_cid": "mailchimp",
    "fbclid": "facebook",
    **dict.fromkeys(("igshid", "igsh"), "instagram"),
    **dict.fromkeys(("gclsrc", "gad_source", "gad_campaignid", "irclickid", "_gl", "_fbc", "_fbp"), None),
}
"""The ids that advertisers put behind a link, and the source that each means if the page names none."""
_SECONDS = "seconds_on_page"
CONTEXT_FIELDS = (*_PAGES, *_UTM, *_MORE_OF_CAMPAIGNS, *CLICK_IDS, _SECONDS)
_CONTEXT = frozenset(CONTEXT_FIELDS)
"""The fields that every form takes beside its own; a form's own field of the same name goes first."""
_MAX_PAGE, _MAX_UTM, _MAX_CLICK_ID = 500, 100, 500
_NO_VALUE = frozenset(
    ("undefined", "null", "none", "nan", "(none)", "(direct)", "(not set)", "(not provided)", "[object object]")
)
"""What scripts write where there is nothing; sourcebuster 1.1.0 has `(none)`, and `(direct)` for no source."""
_WHOLE_SECONDS = re.compile(r"([0-9]{1,6})(?:\.[0-9]*)?")
_NOT_IN_A_SOURCE = re.compile(r"[^a-z0-9._-]+")
_MAX_SOURCE = 60


@dataclass(frozen=True, slots=True)
class VisitContext:
    """The context of a form: source, campaign, seconds on the page, and all of it as properties."""

    source: str | None = None
    campaign: str | None = None
    seconds: int | None = None
    properties: dict[str, AnswerValue] = field(default_factory=dict)


def read_context(sent: Mapping[str, Sequence[str]], own: Container[str]) -> VisitContext:
    """Returns the context as far as it fits, without the names in `own`, which are the form's own fields."""
    fields = {
        name: value
        for name, values in sent.items()
        if name in _CONTEXT and name not in own and (value := _first(values))
    }
    read = {name: _page(fields[name]) for name in _PAGES if name in fields}
    utm = (*_UTM, *_MORE_OF_CAMPAIGNS)
    read |= {name: _fitting(fields[name][:_MAX_UTM], _MAX_UTM) for name in utm if name in fields}
    clicked = {name: fields[name] for name in CLICK_IDS if name in fields and _is_click_id(fields[name])}
    read |= clicked
    seconds = _WHOLE_SECONDS.fullmatch(fields.get(_SECONDS, ""))
    properties: dict[str, AnswerValue] = {name: value for name, value in read.items() if value}
    if seconds:
        properties[_SECONDS] = int(seconds[1])
    return VisitContext(
        source=_source(read.get("utm_source")) or next(filter(None, map(CLICK_IDS.__getitem__, clicked)), None),
        campaign=read.get("utm_campaign"),
        seconds=int(seconds[1]) if seconds else None,
        properties=properties,
    )


def _is_click_id(told: str) -> bool:
    return len(told) <= _MAX_CLICK_ID and told.isascii() and told.isprintable() and " " not in told


def _first(values: Sequence[str]) -> str:
    """Returns the first value that says something; "" if there is none."""
    written = (value.strip() for value in values)
    return next((each for each in written if each and each.lower() not in _NO_VALUE), "")


def _page(address: str) -> str | None:
    """Returns the address of a page without query, fragment and user name, which may be personal."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.netloc.rpartition("@")[2]
    return _fitting(f"{parts.scheme}://{host}{parts.path}"[:_MAX_PAGE], _MAX_PAGE)


def _fitting(text: str, longest: int) -> str | None:
    try:
        return read_text(text, longest)
    except ValueError:
        return None


def _source(named: str | None) -> str | None:
    """Returns a source as signals spell it: `Google Ads` as `google-ads`; None for an e-mail address."""
    if named and "@" in named:
        return None
    return _NOT_IN_A_SOURCE.sub("-", (named or "").casefold()).strip("-._")[:_MAX_SOURCE] or None
