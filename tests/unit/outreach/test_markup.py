"""Text in pages: spelled as the standard library spells it."""

import html
import random

from baton.outreach.text.markup import escape


def test_text_is_spelled_as_by_the_standard_library() -> None:
    chance = random.Random(11)
    letters = "&<>\"'`=;/ #x27amplt\n\x00äß€\U0001f600\u2028"
    for _ in range(500):
        text = "".join(chance.choices(letters, k=chance.randint(0, 30)))
        assert escape(text) == html.escape(text)
        assert html.unescape(escape(text)) == text
