"""Writes the pages that a website's visitor sees without script: thanks, or the form again with what is to be mended.

Everything that was typed is escaped, and comes back to its own sender alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from baton.agreement.terms.form_terms import FieldKind, Form
from baton.outreach.pages.form_words import WORDS, FormWords, language_of
from baton.outreach.pages.page_frame import STYLE, headers_for, html_page, paragraph
from baton.outreach.text.markup import as_typed, escape
from baton.outreach.text.times_and_names import in_words

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?=[/?#]|$)")
_MAY_COME_AGAIN = frozenset({422, 429, 500, 503})
_INPUT_TYPES = {FieldKind.EMAIL: "email", FieldKind.PHONE: "tel"}
_NEVER_SHOWN = frozenset({FieldKind.CONSENT, FieldKind.IDENTIFIER})
"""Kinds whose words stand on the website alone: what was sent of them is sent again as it was."""

Sent = Mapping[str, Sequence[str]]


def form_page(
    status: int, told: Mapping[str, Any], form: Form | None, sent: Sent | None, languages: str
) -> tuple[str, dict[str, str]]:
    """Returns the page for an answer to a form, and its headers; `told` is what a script would have got.

    It is in the first of the browser's `languages` that there are words in. Without `form` or what was `sent`, or where
    sending it again would not help, the page only says what to do.
    """
    language = language_of(languages)
    return _content(status, told, form, sent, language), _headers(form)


def _headers(form: Form | None) -> dict[str, str]:
    """Returns the headers of these pages; the form may lead on to the agreed pages, and nowhere else."""
    headers = headers_for(STYLE)
    found = (_ORIGIN.match(page) for page in (form.return_pages if form else ()))
    allowed = " ".join(["form-action 'self'", *sorted({origin[0] for origin in found if origin})])
    headers["Content-Security-Policy"] = headers["Content-Security-Policy"].replace("form-action 'self'", allowed)
    return headers


def _content(status: int, told: Mapping[str, Any], form: Form | None, sent: Sent | None, language: str) -> str:
    words = WORDS[language]
    if status < 400:
        reference = f"{words.reference}: {told.get('reference', '')}"
        return _page(language, words.thanks, paragraph(words.got_it), paragraph(reference, "soft"))
    if form is None or sent is None or status not in _MAY_COME_AGAIN:
        return _page(language, words.failed, paragraph(words.too_long if status == 413 else words.go_back))
    faults = {each["field"]: each["detail"] for each in told.get("errors", ())}
    heading, text = (words.again, words.mend) if faults else (words.not_now, words.wait)
    return _page(language, heading, paragraph(text), _form(form, sent, faults, language))


def _page(language: str, title: str, *blocks: str) -> str:
    return html_page(title, *blocks, language=language)


def _form(form: Form, sent: Sent, faults: Mapping[str, str], language: str) -> str:
    words = WORDS[language]
    shown = [name for name, field in form.fields.items() if name in faults or field.kind not in _NEVER_SHOWN]
    fields = "".join(
        _field(form, name, sent.get(name, ()), _sentence(form, name, sent, faults, language), words) for name in shown
    )
    hidden = "".join(_hidden(name, values) for name, values in sent.items() if name not in shown)
    return f'<form method="post">\n{fields}{hidden}<button type="submit">{escape(words.send)}</button>\n</form>'


def _sentence(form: Form, name: str, sent: Sent, faults: Mapping[str, str], language: str) -> str | None:
    """Returns what is wrong with a field, in the visitor's language; None if nothing is."""
    words = WORDS[language]
    if name not in faults:
        return None
    if not any(value.strip() for value in sent.get(name, ())):
        return words.needed
    if form.fields[name].kind is FieldKind.EMAIL:
        return words.address
    return f"{_label(name, words)} {faults[name]}." if language == "en" else words.unread


def _field(form: Form, name: str, values: Sequence[str], fault: str | None, words: FormWords) -> str:
    field, id_ = form.fields[name], f"field-{name}"
    between = "\n" if field.kind is FieldKind.TEXT else ", "
    typed = between.join(value for value in values if value.strip())
    marks = f' aria-invalid="true" aria-describedby="{id_}-fault"' if fault else ""
    needed = " required" if field.needed and field.kind is FieldKind.EMAIL else ""
    common = f'id="{id_}" name="{name}"{needed}{marks}'
    if field.kind is FieldKind.TEXT:
        control = f'<textarea {common} rows="4">\n{as_typed(typed)}</textarea>\n'
    else:
        kind = _INPUT_TYPES.get(field.kind, "text")
        control = f'<input class="line" type="{kind}" {common} value="{as_typed(typed)}">\n'
    told = f'<p class="fault" id="{id_}-fault">{escape(fault)}</p>\n' if fault else ""
    return f'<label class="note" for="{id_}">{escape(_label(name, words))}</label>\n{control}{told}'


def _label(name: str, words: FormWords) -> str:
    return words.labels.get(name) or in_words(name).capitalize()


def _hidden(name: str, values: Iterable[str]) -> str:
    return "".join(f'<input type="hidden" name="{as_typed(name)}" value="{as_typed(value)}">\n' for value in values)
