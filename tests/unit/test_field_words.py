"""The faults of fields: whatever a body holds, no request model answers in pydantic's words."""

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from baton.aws.web.http import Api, Problem
from baton.aws.web.router import Request
from baton.domain.fields.field_words import field_faults, unknown_name
from baton.intake.accounts.account_fields import AccountTerms
from baton.intake.teams.membership_changes import MembershipChange
from tools.openapi.handlers import handler_of
from tools.openapi.routes import OF_BROWSERS, routes

LIBRARY = (
    "Input should",
    "Field required",
    "Extra inputs",
    "String should",
    "Value ",
    "Tuple ",
    "Dictionary ",
    "valid ",
)
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    10**400,
    "",
    " ",
    "x" * 3000,
    "é\x00",
    "\ud800",
    [],
    [1],
    ["a"] * 300,
    {},
]
ODD += [{"mon": 1}, {"mon": ["x"]}, "2026-13-45", "2026-12-01", "2026-12-01T00:00:00", "2026-12-01T25:00Z", "a@b"]
ODD += [1e300, 9**30, [{}], [[]], [{"from": "x", "to": 5, "till": 1}], [{"from": "2026-12-01", "to": None}], "09:00"]
WHOLE = ["[]", "1", '"x"', "null", "{}", '{"nonsense": 1, "x.y": 2, "": 3}']
WHOLE += [f'{{"amount": {"9" * 5000}}}']


@cache
def models() -> dict[str, type[BaseModel]]:
    handlers = {route.function: handler_of(route) for route in routes() if route.function not in OF_BROWSERS}
    return {function: handler.body for function, handler in handlers.items() if handler.body}


def bodies(model: type[BaseModel], chance: random.Random) -> Iterator[str]:
    yield from WHOLE
    names = [field.alias or name for name, field in model.model_fields.items()]
    yield from (json.dumps({name: value}) for name in names for value in ODD)
    yield from (json.dumps({name: chance.choice(ODD) for name in names}) for _ in range(20))


def answered(model: type[BaseModel], body: str) -> list[tuple[str, str]]:
    """The faults that the API answers; none if the body is taken, or is not JSON that can be read."""
    api = Api()
    api.request = Request({"httpMethod": "POST", "path": "/", "body": body})
    try:
        api.sent(model)
    except Problem as problem:
        return [fault for fault in problem.errors if isinstance(fault, tuple)]
    return []


def test_no_request_model_answers_in_the_librarys_words() -> None:
    chance, told = random.Random(7), set[str]()
    assert len(models()) > 15
    for model in models().values():
        for body in bodies(model, chance):
            for field, why in answered(model, body):
                assert "[key]" not in field
                told.add(why)
    assert [why for why in told if any(words in why for words in LIBRARY)] == []
    assert [why for why in told if why.startswith("cannot be read")] == []
    assert len(told) > 40


DAY = "must be a day or several, such as mon or mon-fri"
NAME = "must be a name: small letters, digits, - and _, the first a letter, at most 40"


@pytest.mark.parametrize(
    ("function", "body", "field", "why"),
    [
        ("close_handoff", {}, "outcome", "is missing; add it"),
        ("close_handoff", {"outcome": "win"}, "outcome", "must be one of won, lost"),
        ("close_handoff", {"outcom": "won"}, "outcom", "is not known; did you mean `outcome`?"),
        ("close_handoff", {"outcome": "won", "reason": ""}, "reason", "is empty; write something, or leave it out"),
        ("rate_handoff", {"stars": 6}, "stars", "must be 5 or less"),
        ("rate_handoff", {"stars": "5"}, "stars", "must be a whole number, such as 3, without quotes"),
        ("rate_handoff", {"stars": 5, "zz": 1}, "zz", "is not known; there are stars, note"),
        ("begin_import", {"decimals": ";"}, "decimals", 'must be one of ",", "."'),
        ("put_rep", {"hours": {"monday": ["09:00-17:00"]}}, "hours.monday", DAY),
        ("put_rep", {"hours": {"mon": ["9-17"]}}, "hours.mon.0", "must be from when to when, such as 09:00-17:00"),
        ("put_rep", {"calendar": "No One"}, "calendar", NAME),
        ("log_contact", {"channel": "fax"}, "channel", "must be one of phone, email, meeting, message, other"),
        (
            *("log_contact", {"channel": "phone", "next_at": "2026-12-03T10:00:00"}, "next_at"),
            "must be a moment with its time zone, such as 2026-12-03T10:00:00+01:00",
        ),
    ],
)  # fmt: skip
def test_a_wrong_field_is_told_with_its_remedy(function: str, body: dict[str, Any], field: str, why: str) -> None:
    assert (field, why) in answered(models()[function], json.dumps(body))


def test_the_fields_of_a_subclass_are_known_with_those_that_it_adds() -> None:
    assert ("ad_away", "is not known; did you mean `add_away`?") in answered(MembershipChange, '{"ad_away": []}')


def test_a_name_that_is_like_none_is_told_with_all_that_there_are() -> None:
    assert unknown_name("zzz", ["queue"]) == "is not known; there is queue"
    assert unknown_name("zzz", []) == "is not known; leave it out"


def test_an_imported_line_is_told_in_the_same_words() -> None:
    with pytest.raises(ValidationError) as refused:
        AccountTerms.model_validate({"target": "perhaps", "domains": "acme.com"})
    told = dict(field_faults(refused.value.errors(), AccountTerms))
    assert told["domains"] == "must be a list, in [ ]"
    assert told["target"] == "must be true or false, without quotes"
