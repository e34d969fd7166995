"""Reads the routes of the API from template.yaml."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import yaml

from tools.workspace import ROOT

OF_BROWSERS = frozenset({"serve_console"})
"""The functions that answer files to browsers, without Baton's layer; anybody may load them, and no program does."""


class Route(NamedTuple):
    """A verb and path, the function that answers it, whether the gateway lets anybody call it, and the scopes that it
    asks of a machine's token; a route with scopes is not for people.
    """

    verb: str
    path: str
    function: str
    public: bool
    scopes: tuple[str, ...] = ()


class _Reader(yaml.SafeLoader):
    """Reads YAML without giving a meaning to CloudFormation's short forms, such as `!Ref`."""


_Reader.add_multi_constructor("!", lambda _reader, name, _node: name)


@cache
def _template() -> dict[str, Any]:
    read: dict[str, Any] = yaml.load((ROOT / "template.yaml").read_text(), _Reader)  # noqa: S506  # a SafeLoader
    return read


def _functions() -> dict[str, dict[str, Any]]:
    """Returns the properties of each function, by the name of its folder; some tell their routes in their metadata."""
    resources = _template()["Resources"].values()
    found = (one for one in resources if one["Type"] == "AWS::Serverless::Function")
    return {
        one["Properties"]["CodeUri"].removeprefix("functions/"): one.get("Metadata", {}) | one["Properties"]
        for one in found
    }


def routes() -> list[Route]:
    """Returns all routes by path and verb, without the preflights of browsers."""
    return sorted((each for each in _declared() if each.verb != "OPTIONS"), key=lambda each: (each.path, each.verb))


def settings() -> set[str]:
    """Returns the names of all environment variables that the template sets."""
    places = (_template()["Globals"]["Function"], *_functions().values())
    return {name for place in places for name in place.get("Environment", {}).get("Variables", {})}


def _declared() -> Iterator[Route]:
    for function, properties in _functions().items():
        for event in properties.get("Events", {}).values():
            if event["Type"] == "Api":
                event_properties = event["Properties"]
                auth = event_properties.get("Auth", {})
                public, scopes = auth.get("Authorizer") == "NONE", tuple(auth.get("AuthorizationScopes", ()))
                yield Route(event_properties["Method"].upper(), event_properties["Path"], function, public, scopes)
