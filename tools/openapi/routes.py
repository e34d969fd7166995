"""The routes of the API, as template.yaml has them."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import yaml

from tools.workspace import ROOT


class Route(NamedTuple):
    """Which function answers a verb on a path, and whether the gateway lets anybody through to it."""

    verb: str
    path: str
    function: str
    public: bool


class _Reader(yaml.SafeLoader):
    """YAML in which CloudFormation's short forms mean nothing."""


_Reader.add_multi_constructor("!", lambda _reader, name, _node: name)


@cache
def _template() -> dict[str, Any]:
    read: dict[str, Any] = yaml.load((ROOT / "template.yaml").read_text(), _Reader)  # noqa: S506  # a SafeLoader
    return read


def _functions() -> dict[str, dict[str, Any]]:
    """The properties of each function, by the name of its folder."""
    resources = _template()["Resources"].values()
    found = (one["Properties"] for one in resources if one["Type"] == "AWS::Serverless::Function")
    return {one["CodeUri"].removeprefix("functions/"): one for one in found}


def routes() -> list[Route]:
    """All routes by path and verb, without the browsers' preflights."""
    return sorted((each for each in _declared() if each.verb != "OPTIONS"), key=lambda each: (each.path, each.verb))


def settings() -> set[str]:
    """The names of what the template sets for any function."""
    places = (_template()["Globals"]["Function"], *_functions().values())
    return {name for place in places for name in place.get("Environment", {}).get("Variables", {})}


def _declared() -> Iterator[Route]:
    for function, properties in _functions().items():
        for event in properties.get("Events", {}).values():
            if event["Type"] == "Api":
                said = event["Properties"]
                public = said.get("Auth", {}).get("Authorizer") == "NONE"
                yield Route(said["Method"].upper(), said["Path"], function, public)
