"""What is known of somebody by the puzzle that a website set them."""

from enum import StrEnum


class Verdict(StrEnum):
    """Who has solved the puzzle; unknown, where whoever set it could not be asked."""

    PERSON = "person"
    ROBOT = "robot"
    UNKNOWN = "unknown"
