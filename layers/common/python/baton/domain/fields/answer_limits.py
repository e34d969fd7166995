"""Limits of what a rep may enter on a page behind a link, in characters; and the best rating."""

NOTE_LIMIT = 1_000
REASON_LIMIT = 500
AMOUNT_LIMIT = 40
WORDS_LIMIT = 200
MAX_STARS = 5
