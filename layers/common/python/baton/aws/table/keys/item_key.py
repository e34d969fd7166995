"""The primary key of an item."""

Key = dict[str, dict[str, str]]
EVENTS = "EVENT#"


def key(pk: str, sk: str) -> Key:
    """A primary key as DynamoDB takes it."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}
