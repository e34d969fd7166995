r"""Regular expressions in an agreement, which no lead's text can make hang.

The language is RE2's. A pattern matches anywhere in the text, in upper or lower case; `\w`, `\d` and
`\b` know the letters a to z, not those of other alphabets. RE2 takes linear time, but 5 µs a search and
7 ms for its import. So a pattern without repetition and with few alternatives is run by Python's `re`, rewritten
where the two languages differ; that takes 0.4 µs.
"""

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Field

MAX_SUBJECT = 500
_MAX_WAYS = 64  # that Python's `re` may have to try from each place of a text
_MEMORY = 1 << 20
_PART = r"(?s)\(\?:|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|."
_SAME_IN_BOTH = r"\\[bBdDwW^$.|?*+()\[\]{}/&@_,;:#'\"!-]"
_PLAIN_CLASS = r"\[\^?(?:[a-z0-9]-[a-z0-9]|[A-Z]-[A-Z]|[A-Za-z0-9 _.,/&+@:;#'\"])+-?\]"
_BLANKS = r"\t\n\f\r "
_OTHERS = {"$": r"\Z", r"\s": f"[{_BLANKS}]", r"\S": f"[^{_BLANKS}]"}  # as RE2 understands them


class BadPattern(ValueError):
    """The text is not a regular expression that Baton can search for."""


def compile_search(text: str) -> Callable[[str], object]:
    """Returns a function that searches a casefolded text of at most 500 characters; it returns None without a match.

    Raises:
        BadPattern: the text is not a regular expression.
    """
    pattern = folded_pattern(text)
    return _quick(pattern) or _safe(pattern)


def checked_pattern(text: str) -> str:
    """Returns the pattern unchanged if RE2 can compile it.

    Raises:
        BadPattern: RE2 cannot.
    """
    _re2(folded_pattern(text))
    return text


def folded_pattern(text: str) -> str:
    """Casefolds the letters beyond ASCII, as the searched text is casefolded: `ß` becomes `ss`."""
    return "".join(part if part.isascii() else _fold(part) for part in re.findall(_PART, text))


def _fold(part: str) -> str:
    folded = part.casefold() if part[0] != "\\" else part
    if len(folded) == len(part):
        return folded
    if part.startswith("["):
        raise BadPattern(f"{part} holds a letter that stands for two; write it without the brackets: (ss|x), not [ßx]")
    return f"(?:{folded})"


def _quick(pattern: str) -> Callable[[str], object] | None:
    """Returns Python's own search if it means the same as RE2's and ends soon; otherwise None."""
    parts = re.findall(_PART, pattern)
    if _ways(parts) > _MAX_WAYS:
        return None
    rewritten = list(_rewritten(parts))
    if None in rewritten:
        return None
    try:
        return re.compile("".join(filter(None, rewritten)), re.IGNORECASE | re.ASCII).search
    except re.error:
        return None


def _ways(parts: list[str]) -> int:
    """Counts the ways to try a pattern from one position: its alternatives times its optional parts."""
    ways, most, choices = 1, 0, [1]
    for part in parts:
        if part == "?":
            ways *= 2
        elif part.startswith("("):
            choices.append(1)
        elif part == "|" and len(choices) == 1:
            ways, most = 1, most + ways
        elif part == "|":
            choices[-1] += 1
        elif part == ")" and len(choices) > 1:
            ways *= choices.pop()
    return most + ways


def _rewritten(parts: list[str]) -> Iterator[str | None]:
    """Yields each part as Python's `re` needs it to mean the same as in RE2; None where that is not known."""
    before = ""
    for part in parts:
        if part in _OTHERS:
            yield _OTHERS[part]
        elif part == "?":
            yield part if before not in {"", "(", "(?:", "|", "?", "^", "$", r"\b", r"\B"} else None
        elif len(part) == 1:
            yield None if part in "*+{}[]\\" else part
        elif part == "(?:" or re.fullmatch(_SAME_IN_BOTH, part) or re.fullmatch(_PLAIN_CLASS, part):
            yield part
        else:
            yield None
        before = part


def _safe(pattern: str) -> Callable[[str], object]:
    search = _re2(pattern).search
    return lambda subject: search(subject.encode(errors="replace").decode())  # half a character is none to RE2


def _re2(pattern: str) -> Any:
    import re2  # 7 ms that only some agreements need  # noqa: PLC0415

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.never_capture = True
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern.encode(errors="strict").decode(), options)
    except (re2.error, UnicodeError) as fault:
        why = fault.args[0].decode(errors="replace") if isinstance(fault, re2.error) else "half a character"
        raise BadPattern(
            f"is no regular expression that Baton can search for: {why}; look it up as RE2's syntax, "
            "which has no look-around and no back-references"
        ) from fault


Pattern = Annotated[str, Field(min_length=1, max_length=300, strict=True), AfterValidator(checked_pattern)]
