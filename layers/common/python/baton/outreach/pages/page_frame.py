"""The frame of every page behind a link: one style, no script, and headers that allow nothing else."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping

from baton.outreach.text.markup import escape

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #4d5661; --paper: #fff; --edge: #6b7683;
  --act: #0b5cad; --on-act: #fff; --wrong: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef1f4; --soft: #b4bdc7; --paper: #15181c; --edge: #8a95a1;
    --act: #7cb7ff; --on-act: #0b1420; --wrong: #ffb4ab }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
main { max-width: 34rem; margin: 0 auto; padding: 1.75rem 1.25rem 3rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1.25rem }
p { margin: 0 0 1rem }
dl { margin: 0 0 1.5rem }
dt { color: var(--soft); font-size: .9375rem }
dd { margin: 0 0 .75rem; font-weight: 600 }
fieldset { border: 0; margin: 0 0 1.25rem; padding: 0 }
legend, .note { display: block; padding: 0; margin: 0 0 .5rem; font-weight: 600 }
.choice { display: flex; gap: .75rem; align-items: center; min-height: 3rem; padding: .5rem .875rem;
  margin: 0 0 .5rem; border: 1px solid var(--edge); border-radius: .5rem; cursor: pointer }
.choice:has(:checked) { border-color: var(--act); box-shadow: inset 0 0 0 1px var(--act) }
[type=radio] { flex: none; width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--act) }
textarea, .line { display: block; width: 100%; min-height: 3rem; margin: 0 0 1.25rem; padding: .625rem;
  font: inherit; color: inherit; background: transparent; border: 1px solid var(--edge); border-radius: .5rem }
textarea { min-height: 6rem }
button, .next { display: block; width: 100%; min-height: 3.25rem; padding: .8rem 1rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; color: var(--on-act); background: var(--act);
  border: 1px solid var(--act); border-radius: .5rem; cursor: pointer }
.next { margin: 0 0 .75rem; color: var(--act); background: transparent }
.next + p { margin-top: 1.25rem }
form + p { margin-top: 1.25rem }
:focus-visible { outline: 3px solid var(--act); outline-offset: 3px }
.row { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 0 .75rem }
.row > * { flex: 1 1 8rem }
.row > :first-child { flex: 0 0 9.25rem }
.row .note, .row .line { font-weight: 400; margin-bottom: .5rem }
.more { list-style: none; margin: 1.25rem 0; padding: 0 }
.more a { display: block; padding: .75rem 0; min-height: 3rem; color: var(--act) }
.more p { margin: -.5rem 0 .75rem }
.more li + li { border-top: 1px solid var(--edge) }
.fault { color: var(--wrong) }
.line + .fault, textarea + .fault { margin: -1rem 0 1.25rem }
[aria-invalid], [aria-invalid] .choice { border-color: var(--wrong) }
@supports selector(:has(*)) { form:not(:has([data-opens]:checked)) [data-opened] { display: none } }
.soft { color: var(--soft); font-size: .9375rem }
"""


def headers_for(style: str) -> dict[str, str]:
    """Returns the HTTP headers of a page with this style."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
    }


HEADERS = headers_for(STYLE)
"""The HTTP headers of every page without a style of its own."""


def html_page(title: str, *blocks: str, style: str = STYLE, language: str | None = None) -> str:
    """Returns a whole page; `title` is plain text, the blocks are HTML.

    A page for a website's visitor has a `language`, and does not name Baton.
    """
    of_baton = "" if language else " – Baton"
    return (
        f'<!doctype html>\n<html lang="{language or "en"}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="format-detection" content="telephone=no">\n'
        f"<title>{escape(title)}{of_baton}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n" + "\n".join(blocks) + "\n</main>\n</body>\n</html>\n"
    )


def paragraph(text: str, look: str = "") -> str:
    """Returns a paragraph of plain text; `look` is a class of the style, such as `soft`."""
    return f'<p class="{look}">{escape(text)}</p>' if look else f"<p>{escape(text)}</p>"


def definition_list(pairs: dict[str, str]) -> str:
    """Returns a list of names and their values, both plain text."""
    return "<dl>" + "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in pairs.items()) + "</dl>"


def link_list(links: Mapping[str, str]) -> str:
    """Returns less usual further actions by their labels; tokens are addresses as in `link_buttons`."""
    items = "\n".join(f'<li><a href="{escape(token)}">{escape(label)}</a></li>' for label, token in links.items())
    return f'<ul class="more">\n{items}\n</ul>' if links else ""


def link_buttons(links: Mapping[str, str]) -> str:
    """Returns links to further actions by their labels; a token is an address relative to the page's own."""
    return "\n".join(f'<a class="next" href="{escape(token)}">{escape(label)}</a>' for label, token in links.items())
