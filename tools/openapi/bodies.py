"""Describes the body of each endpoint, by media type, from the checks that read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.form_terms import FieldKind, Form, FormField
from baton.domain.fields.answer_limits import MAX_STARS
from baton.domain.handoffs import link_actions
from baton.domain.lead_changes.fact_updates import ACCOUNT, CONSENTS
from baton.domain.leads.stage_and_status import Channel
from baton.intake.accounts import account_fields, account_lists
from baton.intake.bodies import form_bodies
from baton.intake.fields import fact_fields
from baton.intake.forms.captcha_fields import CARRIED
from baton.intake.forms.form_reader import ANONYMOUS_ID
from baton.intake.forms.visit_context import CLICK_IDS, CONTEXT_FIELDS
from baton.intake.leads import update_reader
from baton.intake.signals import batch_reader, signal_fields, signal_reader
from tools.openapi.handlers import Handler
from tools.openapi.json_schemas import (
    MOMENT,
    TEXT,
    YES_OR_NO,
    Json,
    by_name,
    fact,
    many,
    or_null,
    ref,
    sent,
    thing,
    typed,
)

JSON = "application/json"
URLENCODED = "application/x-www-form-urlencoded"
NUMBER_OR_TEXT: Json = {"anyOf": [{"type": "number"}, {**TEXT, "minLength": 1, "maxLength": 40, "pattern": r"\S"}]}
DURATION: Json = {**TEXT, "pattern": r"^\s*[1-9][0-9]?\s*[smhdw]\s*$", "examples": ["7d"]}
DAY_OR_MOMENT: Json = {"anyOf": [{**TEXT, "format": "date"}, MOMENT]}


@dataclass(frozen=True)
class Body:
    """A request's body: its schema by media type, and whether it is required."""

    content: Mapping[str, Json]
    needed: bool = True


INSTEAD: Mapping[str, Mapping[str, Json]] = {
    "put_account": {
        "name": or_null(typed(account_fields.NAME)),
        "owner": or_null(typed(account_fields.OWNER)),
        "quiet_for": or_null(DURATION),
    },
    "close_handoff": {"amount": or_null(NUMBER_OR_TEXT)},
}
"""Fields with a check that pydantic cannot tell of, by the function that reads them."""


def body_of(function: str, handler: Handler) -> Body | None:
    """Returns the body of a function; None if it reads none."""
    if handler.body:
        schema = sent(handler.body, **INSTEAD.get(function, {}))
        return Body({JSON: schema}, needed=bool(schema.get("required")))
    return READ_BY_HAND.get(f"{function}.{handler.name}", READ_BY_HAND.get(function))


def shipped_forms() -> dict[str, Body]:
    """Returns the forms of the packaged agreement, by their names."""
    return {name: _form(form) for name, form in read_agreement(packaged_text()).forms.items()}


def signal() -> Json:
    """Returns the schema of one signal; null in a field counts as no value."""
    line = FormField()
    content = {name: fact(check) for name, check in signal_fields.CONTENT_CHECKS.items() if name not in ("id", "stage")}
    content |= {"stage": {"enum": [*signal_fields.STAGES]}}
    facts: Json = {name: or_null(fact(check)) for name, check in fact_fields.FACTS.items()}
    fields: Json = {
        "message_id": {**TEXT, "pattern": f"^[!-~]{{1,{signal_fields.MAX_ID}}}$"},
        "email": typed(FormField(kind=FieldKind.EMAIL, needed=True, max_length=254)),
        "anonymous_id": {**TEXT, "pattern": f"^[!-~]{{0,{signal_fields.MAX_ID}}}$"},
        "kind": {**TEXT, "pattern": f"^{signal_fields.KIND.pattern}$", "examples": ["page_visited"]},
        "at": MOMENT,
        "channel": {"enum": [*Channel]},
        "source": {**TEXT, "pattern": f"^{signal_fields.SOURCE.pattern}$"},
        "campaign": typed(line.model_copy(update={"max_length": 100})),
        "content": thing(
            {
                "id": typed(line.model_copy(update={"needed": True})),
                **{f"{n}?": or_null(s) for n, s in content.items()},
            },
            closed=True,
        ),
        "properties": {
            "type": "object",
            "maxProperties": signal_fields.MAX_PROPERTIES,
            "propertyNames": {"pattern": f"^{signal_fields.PROPERTY.pattern}$"},
            "properties": facts,
            "additionalProperties": or_null(fact(fact_fields.read_answer)),
        },
    }
    if fields.keys() != signal_fields.FIELDS.keys():
        raise NotImplementedError(f"say in {__name__} what each field of a signal may hold")
    optional = {f"{name}?": or_null(schema) for name, schema in fields.items() if name not in signal_reader.NEEDED}
    return thing({name: fields[name] for name in signal_reader.NEEDED} | optional, closed=True)


def _form(form: Form) -> Body:
    """Returns the schema of a form: what cannot be read of optional fields refuses nothing, nor do unknown fields."""
    fields: Json = {f"{name}{'' if field.needed else '?'}": _field(field) for name, field in form.fields.items()} | {
        "submission_id?": {"description": "Names the submission: sent again, it is the same one."},
        "return_to?": {"examples": [*form.return_pages], "description": "One of the form's agreed pages."},
        f"{form.honeypot}?": {"description": "Hidden: people leave it empty."},
    }
    around = (*(name for name in CONTEXT_FIELDS if name not in CLICK_IDS), *CARRIED, ANONYMOUS_ID)
    fields |= {f"{name}?": {} for name in around if not {name, f"{name}?"} & fields.keys()}
    return Body(dict.fromkeys(form_bodies.ENCODINGS, thing(fields)))


def _field(field: FormField) -> Json:
    if field.kind is FieldKind.EMAIL and field.needed:
        return typed(field)
    return {"description": "What cannot be read stays in the message."}


def _any_form() -> Body:
    return Body({media: thing({}) for media in form_bodies.ENCODINGS})


def _update() -> Json:
    answered = thing({"value": fact(fact_fields.read_answer, needed=True), "met?": or_null(YES_OR_NO)}, closed=True)
    checks = {
        part: {name: fact(check, needed=True) for name, check in checks.items() if name != "domain"}
        for part, checks in update_reader.PARTS.items()
        if part != "bant"
    }
    checks["company"]["domain"] = TEXT
    checks["bant"] = dict.fromkeys(update_reader.PARTS["bant"], answered)
    parts = {
        f"{part}?": thing({f"{name}?": or_null(schema) for name, schema in fields.items()}, closed=True)
        for part, fields in checks.items()
    }
    withdrawn = {"type": "object", "propertyNames": {"pattern": f"^{update_reader.PURPOSE.pattern}$"}}
    nothing = {"type": "null", "description": "Withdraws the consent; only the person can give it."}
    consents = withdrawn | {"additionalProperties": nothing}
    attributes = by_name(or_null(fact(fact_fields.read_answer, needed=True)))
    words = {**many(TEXT), "maxItems": update_reader.MAX_TAKEN_OVER, "description": "Ids in `said_otherwise`."}
    others = {CONSENTS: consents, ACCOUNT: or_null(TEXT), update_reader.ATTRIBUTES: attributes}
    others |= {update_reader.TAKE_OVER: words}
    return thing({**parts, **{f"{name}?": schema for name, schema in others.items()}}, closed=True)


def _list_of_accounts() -> Json:
    first, *rest = account_lists.COLUMNS
    header = f"{first}{''.join(f'(?:,{name})?' for name in rest)}"
    return {
        **TEXT,
        "pattern": rf"^{header}\r?\n[^\x22\r\x00]*$",
        "description": f"The columns may stand in any order; the separator may be a semicolon or a tab. At most "
        f"{account_lists.MAX_LINES} lines and {account_lists.MAX_BYTES} bytes.",
    }


def _click() -> Json:
    stars = [str(number + 1) for number in range(MAX_STARS)]
    return thing(
        {
            "channel?": {"enum": [*get_args(link_actions.ContactChannel)]},
            "outcome?": {"enum": [*get_args(link_actions.Outcome)]},
            "stars?": {"enum": stars},
            **dict.fromkeys(("reason?", "review_on?", "amount?", "note?"), TEXT),
        }
    )


def _press(*fields: str) -> Json:
    return thing({f"{field}?": TEXT for field in fields})


_SIGNALS: Json = many(
    {
        "anyOf": [
            ref("Signal"),
            {"description": "Anything else is refused in its own result."},
        ]
    },
    minItems=1,
    maxItems=batch_reader.MAX_SIGNALS_IN_BATCH,
)
_IN_CONSOLE: Json = {**TEXT, "maxLength": 2000, "pattern": r"^/([ -.0-\[\]-~][ -~]*)?$", "examples": ["/leads"]}
_GIVEN: Json = {**TEXT, "minLength": 1, "maxLength": 2000}
READ_BY_HAND: Mapping[str, Body] = {
    "console_session.begin_sign_in": Body({JSON: thing({"return_to?": _IN_CONSOLE}, closed=True)}, needed=False),
    "console_session.finish_sign_in": Body({JSON: thing({"code": _GIVEN, "state": _GIVEN}, closed=True)}),
    "console_session.end_session": Body({JSON: thing({"everywhere?": YES_OR_NO}, closed=True)}, needed=False),
    "submit_signals": Body({JSON: thing({"signals": _SIGNALS}, closed=True)}),
    "update_lead": Body({JSON: _update()}, needed=False),
    "import_accounts": Body({"text/csv": _list_of_accounts()}),
    "submit_form": _any_form(),
    "receive_webhook": Body({JSON: {}, URLENCODED: {"type": "object", "additionalProperties": TEXT}}, needed=False),
    "use_link": Body({URLENCODED: _click()}, needed=False),
    "use_review_link": Body({URLENCODED: _press("verdict", "review_on", "reason", "claim")}, needed=False),
    "use_reassign_link": Body({URLENCODED: _press("owner", "reason")}, needed=False),
}
"""The bodies that no pydantic model reads, by the function; those of one with several paths by what answers each."""
