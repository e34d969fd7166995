"""Writes of one item in a transaction of DynamoDB: a put, and an update that is built clause by clause."""

from dataclasses import dataclass, field

from baton.aws.table.keys.item_key import Item, Key


def put_item(table: str, item: Item, condition: str | None = None, values: Item | None = None) -> Item:
    """Returns the write of an item, under a condition."""
    write: Item = {"TableName": table, "Item": item}
    if condition:
        write["ConditionExpression"] = condition
    if values:
        write["ExpressionAttributeValues"] = values
    return {"Put": write}


@dataclass
class UpdateExpression:
    """An update of one item: add the clauses to `add`, `set` and `remove`, then call `update`."""

    names: dict[str, str] = field(default_factory=dict)
    values: Item = field(default_factory=dict)
    add: list[str] = field(default_factory=list)
    set: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)

    def name(self, attribute: str) -> str:
        """Returns a placeholder for an attribute's name, `#n0`; some names are reserved words."""
        placeholder = f"#n{len(self.names)}"
        self.names[placeholder] = attribute
        return placeholder

    def value(self, value: Item) -> str:
        """Returns a placeholder for a value, `:v0`."""
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def update(self, table: str, key: Key, condition: str | None = None) -> Item:
        """Returns the write of a transaction that carries the update out, under a condition."""
        clauses = {"ADD": self.add, "SET": self.set, "REMOVE": self.remove}
        update: Item = {
            "TableName": table,
            "Key": key,
            "UpdateExpression": " ".join(f"{word} {', '.join(parts)}" for word, parts in clauses.items() if parts),
            "ExpressionAttributeValues": self.values,
        }
        update |= {"ExpressionAttributeNames": self.names} if self.names else {}
        update |= {"ConditionExpression": condition} if condition else {}
        return {"Update": update}
