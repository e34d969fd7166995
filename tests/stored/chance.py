"""Chance picks people, contents, amounts and times of a random story."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import yaml

from tests.integration.world import World

DOMAINS = ("example.com", "example.org", "example.net", "example.co.uk", "lab.example.net", "sales.example.org")
NAMES = ("anna", "ben", "carla", "dora", "emil", "fatima", "george", "hanna")
TITLES = ("Head of Operations", "Chief Technology Officer", "Vice President", "Student", "Buyer", "IT Director")
INDUSTRIES, COUNTRIES = ("manufacturing", "logistics", "retail"), ("DE", "US", "NO", "FR", "JP", "CA")


@dataclass
class Chance:
    """A world, the agreement that holds in it, and chance."""

    world: World
    chance: random.Random
    text: str
    people: list[str] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        self.agreed: dict[str, Any] = yaml.safe_load(self.text)
        self.people = [f"{name}@{self.chance.choice(DOMAINS)}" for name in NAMES]
        self.teams = [*self.agreed["teams"], "marketing"]
        self.reps = {team: [f"{name}@{team}.example.com" for name in ("sam", "kim", "lee")] for team in self.teams}

    def some(self, of: Any, most: int) -> list[Any]:
        return self.chance.sample([*of], self.chance.randint(0, min(most, len(of))))

    def maybe(self, **said: Any) -> dict[str, Any]:
        """Some of what could be said."""
        return {name: value for name, value in said.items() if self.chance.random() < 0.5}

    def next(self, what: str) -> str:
        self.number += 1
        return f"{what}-{self.number}"

    @property
    def person(self) -> str:
        return self.chance.choice(self.people)

    @property
    def staff(self) -> str:
        return self.chance.choice(["marketing", "sales", "admin"])

    def lead(self) -> str | None:
        found = [lead.lead_id for lead in self.world.stack.leads()]
        return self.chance.choice(found) if found else None

    def ago(self) -> str:
        return (self.world.now - timedelta(hours=self.chance.choice([0, 1, 30, 900]))).isoformat()

    def soon(self) -> str:
        return (self.world.now + timedelta(days=self.chance.choice([1, 20, 60]))).isoformat()

    def facts(self) -> dict[str, Any]:
        pick = self.chance.choice
        return self.maybe(
            title=pick(TITLES),
            company=pick(["Acme Inc.", "Example Ltd"]),
            industry=pick(INDUSTRIES),
            employees=pick([3, 320, 4000]),
            revenue=1_000_000,
            country=pick(COUNTRIES),
            region="Bavaria",
            language="de",
            phone="+49 30 555 0199",
            infrastructure="on premises",
            budget=pick([500, 40_000]),
            authority=pick(["decides", "none"]),
            need="pressing",
            timeline=pick(["spring", "unknown"]),
            **({"plan": pick(["team", "pro"]), "seats": 12} if "plan" in self.agreed.get("attributes", {}) else {}),
        )
