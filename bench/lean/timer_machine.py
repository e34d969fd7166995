"""Walks the timer's state machine by its definition, and counts the transitions that AWS bills: each state entered."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

Look = Callable[[dict[str, Any]], dict[str, Any]]
"""Calls the timer's function."""


@dataclass
class Execution:
    """One timer: its input, and when it wakes; `wakes_at` is None once it has ended."""

    definition: dict[str, Any]
    input: dict[str, Any]
    state: str = ""
    transitions: int = 0
    wakes_at: datetime | None = None
    name: str | None = None
    """By which a function can stop it; None if a rule started it."""

    def stop(self) -> None:
        """Ends it where it waits, which AWS does not bill."""
        self.wakes_at = None

    def begin(self) -> None:
        """Goes to the first wait."""
        self._go_on(self.definition["StartAt"])

    def wake(self, look: Look) -> None:
        """Calls the function, and goes to the next wait or to the end."""
        waiting = self.definition["States"][self.state]
        self._go_on(waiting["Next"], look)

    def _go_on(self, name: str | None, look: Look | None = None) -> None:
        self.wakes_at = None
        while name:
            self.state, state = name, self.definition["States"][name]
            self.transitions += 1
            match state["Type"]:
                case "Wait":
                    self.wakes_at = datetime.fromisoformat(self.input["due_at"])
                    return
                case "Task" if look:
                    name = self._after_look(state, look(self.input))
                case "Choice":
                    name = state["Choices"][0]["Next"] if self.input["due_at"] else state["Default"]
                case "Succeed":
                    return
                case kind:
                    raise NotImplementedError(f"the timer came to {name}, which is a {kind}")

    def _after_look(self, task: dict[str, Any], answer: dict[str, Any]) -> str | None:
        ends = not answer["due_at"] and "$error(" in task["Output"]
        self.input = self.input | {"due_at": answer["due_at"]}
        if not ends:
            return str(task["Next"])
        catcher = next(each for each in task["Catch"] if "States.QueryEvaluationError" in each["ErrorEquals"])
        return str(catcher["Next"])


def definition_of(root: Path, uri: str) -> dict[str, Any]:
    """Reads the definition of a state machine."""
    read: dict[str, Any] = json.loads((root / uri).read_text())
    return read
