"""Describes what the code of an endpoint does not say: its answers, its query, and its further refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.lists.asked_list import MAX_PAGE
from baton.domain.failures.failure_kinds import QUEUES
from baton.domain.leads.stage_and_status import Status
from baton.domain.reports.report_registry import ALL, REPORTS
from baton.domain.reports.rows.handoff_filter import OF_LEADS, HandoffFilter
from baton.intake.reports.report_query import EACH, FORMATS
from baton.outreach.timeline.event_sentences import LANGUAGES
from tools.openapi.bodies import DAY_OR_MOMENT, shipped_forms
from tools.openapi.json_schemas import MOMENT, TEXT, Json

PAGE, FILE, NOTHING = "text/html", "text/csv", ""
"""Answers that are no JSON."""


@dataclass(frozen=True)
class Operation:
    """An endpoint; `answers` names by status one view, several, or a media type other than JSON.

    `refuses` are statuses besides those that follow from its groups, path and body. `judged` are the fields that may be
    refused (422) for their meaning although they are well-formed. `events` are files with examples of its body, and
    `headers` what a request must have, and `may_have` what it may.
    """

    tag: str
    answers: Mapping[int, tuple[str, ...]]
    query: Mapping[str, Json] = field(default_factory=dict)
    refuses: tuple[int, ...] = ()
    judged: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    headers: Mapping[str, Json] = field(default_factory=dict)
    may_have: Mapping[str, Json] = field(default_factory=dict)


def _done(tag: str, view: str, *events: str, judged: tuple[str, ...] = ()) -> Operation:
    return Operation(tag, {200: (view,)}, refuses=(409,), judged=judged, events=events)


def _shown(tag: str, view: str, *judged: str, **query: Json) -> Operation:
    return Operation(tag, {200: (view,)}, query, judged=judged)


_CURSOR: Json = {"cursor": {**TEXT, "description": "From the page before."}}


def _limit(most: int) -> dict[str, Json]:
    """Returns the parameter by which a page has at most so many rows."""
    number = {**TEXT, "pattern": "^([1-9][0-9]{0,2})?$", "description": f"How many rows a page has, {most} at most."}
    return {"limit": number}


_WHEN: Json = {"anyOf": [*DAY_OR_MOMENT["anyOf"], {"const": ""}]}
_PERIOD = {
    "from": {**_WHEN, "description": "Its first moment; if not said, seven days before the end."},
    "to": {**_WHEN, "description": "The moment after its last; if not said, today's midnight."},
    "time_zone": {**TEXT, "description": "That of its days, such as Europe/Berlin; if not said, the agreement's."},
    "each": {"enum": [*EACH, ""], "description": "Tells the figures of each such part of the period, too."},
    "compare": {"enum": ["before", ""], "description": "Tells the figures of the period before, too."},
    "calendar": {"enum": ["as_agreed", "current", ""]},
    **{
        each: {**TEXT, "description": f"Counts only the {'leads' if each in OF_LEADS else 'handoffs'} with this one."}
        for each in HandoffFilter._fields
    },
    "group": {**TEXT, "description": "With `name` and `figure`: the leads behind that figure of the report."},
    "name": {**TEXT, "description": "The name of the figure's line."},
    "figure": {**TEXT, "description": "A count, such as `met` or `speed_to_lead.n`, or several: `met,missed`."},
    **_CURSOR,
    "format": {"enum": [*FORMATS, ""]},
}
_NAMED_TEXT: Json = {"anyOf": [{**TEXT, "pattern": "^([0-9]{1,6}|[0-9a-f]{16})$"}, {"const": ""}]}
_COMPARED = {
    name: {
        **_NAMED_TEXT,
        "description": "The number of a version, or the id of a draft; if not said, what is in force.",
    }
    for name in ("from", "to")
}
_LINKS = {200: (PAGE,)}

_BY_CONSOLE: Mapping[str, Json] = {"X-Baton-Console": {"const": "1"}}


def _of_session(view: str, *refuses: int) -> Operation:
    return Operation("console", {200: (view,)}, refuses=(403, *refuses), headers=_BY_CONSOLE)


OPERATIONS: Mapping[str, Operation] = {
    "submit_form": Operation(
        "websites", {202: ("Received", PAGE), 303: (NOTHING,)}, refuses=(404,), judged=("email", "content")
    ),
    "receive_webhook": Operation("tools", {202: ("Delivered",)}, refuses=(401,)),
    "GET receive_webhook": Operation("tools", {200: ("Webhook",)}),
    "HEAD receive_webhook": Operation("tools", {200: ("Webhook",)}),
    "show_link": Operation("mail", _LINKS, refuses=(410,)),
    "use_link": Operation("mail", _LINKS, refuses=(409, 410)),
    "show_team_link": Operation("mail", _LINKS, refuses=(403, 410)),
    "use_review_link": Operation("mail", _LINKS, refuses=(403, 409, 410)),
    "use_reassign_link": Operation("mail", _LINKS, refuses=(403, 409, 410)),
    "show_report": Operation("mail", _LINKS, refuses=(410,)),
    "submit_signals": Operation("tools", {202: ("Results",)}, events=("signals.json", "reading.json")),
    "begin_import": Operation(
        "tools", {201: ("ImportBegun",)}, judged=("body", "mapping", "source", "campaign", "time_zone")
    ),
    "get_import": _shown("tools", "Import"),
    "GET /imports get_import": _shown("tools", "Imports", "cursor", "limit", **_CURSOR, **_limit(100)),
    "list_leads": Operation(
        "leads",
        {200: ("Leads", FILE), 304: (NOTHING,)},
        {
            "q": {**TEXT, "description": "The beginnings of words of a name, a company, a domain, or a phone number."},
            "email": {**TEXT, "description": "Any address of one lead."},
            "queue": {"enum": [*Status, ""]},
            "owner": {**TEXT, "description": "A rep's address, `me`, `nobody`, or marketing's team."},
            "team": {
                **TEXT,
                "description": "A team: what its people hold, and what waits for them. Several have commas between.",
            },
            "counts": {
                "enum": ["true", "false", ""],
                "description": "Also what each team and its people hold, and who has to act for what is overdue.",
            },
            "count_escalated_since": {
                "anyOf": [MOMENT, {"const": ""}],
                "description": "With counts, also of how many leads managers were told from this moment on.",
            },
            "overdue": {"enum": ["true", "false", ""], "description": "Only leads whose running clock is late."},
            "source": {**TEXT, "description": "Only leads from this source."},
            "account": {**TEXT, "description": "Only leads of the account with this domain."},
            "changed_since": {
                "anyOf": [MOMENT, {"const": ""}],
                "description": "Only leads that changed after this moment.",
            },
            "escalated_since": {
                "anyOf": [MOMENT, {"const": ""}],
                "description": "Only leads of which managers were told from this moment on.",
            },
            "limit": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": MAX_PAGE}, {"const": ""}]},
            "order": {"enum": ["asc", "desc", ""], "description": "`desc` turns the list's order round."},
            "format": {"enum": ["json", "csv", ""]},
            **_CURSOR,
        },
        judged=("queue", "cursor", "q", "counts", "count_escalated_since"),
    ),
    "get_me": Operation("leads", {200: ("Me",), 304: (NOTHING,)}),
    "GET /counts get_me": Operation("leads", {200: ("Counts",), 304: (NOTHING,)}),
    "get_lead": Operation(
        "leads",
        {200: ("Lead",), 304: (NOTHING,)},
        {"at": {"anyOf": [MOMENT, {"const": ""}]}},
        refuses=(404,),
        judged=("at",),
    ),
    "list_handoffs": _shown("handoffs", "Handoffs", "cursor", "limit", **_CURSOR, **_limit(25)),
    "GET /handoffs/{handoff_id} list_handoffs": _shown("handoffs", "HandoffOfLead"),
    "get_timeline": _shown(
        "leads",
        "Timeline",
        "cursor",
        "limit",
        order={"enum": ["oldest", "newest", ""]},
        words={"enum": [*LANGUAGES, ""], "description": "A language: each event has a sentence of it."},
        **_CURSOR,
        **_limit(100),
    ),
    "export_lead": _shown("leads", "Export", "cursor", **_CURSOR),
    "erase_lead": Operation("leads", {204: (NOTHING,)}, refuses=(409,)),
    "release_from_spam": _done("leads", "Lead"),
    "merge_leads": _done("leads", "Lead", "merge.json", judged=("other",)),
    "unmerge_lead": _done("leads", "Lead"),
    "choose_address": _done("leads", "Lead", "choose-address.json", judged=("email",)),
    "update_lead": _done(
        "leads", "Lead", "update-lead.json", judged=("account", "attributes", "company", "profile", "take_over")
    ),
    "review_lead": _done("leads", "Lead", "review-lead.json", judged=("answers", "review_on", "reason")),
    "POST /reviews review_lead": Operation(
        "leads", {200: ("Reviews",)}, judged=("answers", "review_on", "reason"), events=("review-leads.json",)
    ),
    "claim_review": _done("leads", "Duty"),
    "hand_over": _done("leads", "Handoff", "hand-over.json"),
    "hold_back": _done("leads", "Lead", "hold-back.json", judged=("until",)),
    "release": _done("leads", "Lead"),
    "add_note": Operation("leads", {201: ("Note",), 200: ("Note",)}, events=("note.json",)),
    "accept_handoff": _done("handoffs", "Handoff"),
    "log_contact": _done("handoffs", "Handoff", judged=("channel",)),
    "reassign_handoff": _done("handoffs", "Handoff"),
    "return_handoff": _done("handoffs", "Handoff", "return.json", judged=("reason", "review_on")),
    "close_handoff": _done("handoffs", "Handoff", "close.json", judged=("amount",)),
    "rate_handoff": _done("handoffs", "Handoff", "rate.json"),
    "list_accounts": _shown("accounts", "Accounts", "cursor", **_CURSOR),
    "get_account": _shown("accounts", "Account", "domain"),
    "put_account": Operation(
        "accounts",
        {200: ("Account",), 201: ("Account",)},
        refuses=(409,),
        judged=("domain", "domains", "owner", "quiet_for"),
        events=("put-account.json",),
    ),
    "remove_account": Operation("accounts", {204: (NOTHING,)}, judged=("domain",)),
    "import_accounts": Operation("accounts", {200: ("AccountImport",)}, judged=("line",), events=("accounts.csv",)),
    "list_reps": _shown("teams", "Roster"),
    "GET /teams list_reps": _shown("teams", "Teams"),
    "get_rep": _shown("teams", "Rep"),
    "put_rep": Operation(
        "teams",
        {200: ("ChangedRep",)},
        refuses=(409,),
        judged=("territories", "calendar", "hours", "time_zone", "away"),
        may_have={"If-None-Match": {"enum": ["*", ""], "description": "`*`: who is on the roster is not replaced."}},
    ),
    "change_rep": _done(
        "teams",
        "ChangedRep",
        judged=("territories", "calendar", "hours", "time_zone", "away", "add_away", "if_still"),
    ),
    "remove_rep": _done("teams", "Removed"),
    "confirm_rep": _done("teams", "ChangedRep", judged=("link",)),
    "confirm_operations": _shown("teams", "OperationsMail", "link"),
    "GET /set-up confirm_operations": _shown("operations", "SetUp"),
    "get_agreement": Operation(
        "agreement",
        {200: ("Agreement",)},
        {
            "format": {"enum": ["yaml", "json", ""], "description": "json: terms with labels and words, not the text."},
            "submissions": {"enum": ["true", ""], "description": "With `format=json`: when each form was last sent."},
        },
        refuses=(404,),
    ),
    "get_agreement_version": _shown("agreement", "Version"),
    "list_agreement_versions": _shown("agreement", "Versions", "cursor", **_CURSOR),
    "compare_agreements": Operation("agreement", {200: ("Comparison",)}, _COMPARED, refuses=(404,), judged=("yaml",)),
    "check_agreement": Operation("agreement", {200: ("Checked",)}),
    "try_agreement": Operation("agreement", {200: ("QuickTrial",)}, judged=("yaml",)),
    "withdraw_draft": _done("agreement", "Withdrawn"),
    "list_drafts": _shown("agreement", "Drafts", "cursor", **_CURSOR),
    "create_draft": Operation("agreement", {201: ("Drafted",)}, judged=("yaml", "in_force_from")),
    "get_draft": _shown("agreement", "Draft"),
    "try_draft": Operation("agreement", {202: ("TrialStarted",)}, refuses=(404, 409), judged=("from", "to", "as_of")),
    "get_trial": Operation(
        "agreement", {200: ("Trial", PAGE, FILE)}, {"format": _PERIOD["format"]}, refuses=(409,), judged=("format",)
    ),
    "change_draft": _done("agreement", "Drafted", judged=("yaml", "in_force_from")),
    "sign_draft": _done("agreement", "Drafted", judged=("for", "yaml")),
    "propose_points": Operation(
        "agreement", {202: ("PointsProposal",)}, judged=("from", "to", "matures_after", "leads_per_day")
    ),
    "get_proposal": _shown("agreement", "PointsProposal"),
    "get_openapi": Operation("operations", {200: ("Description",)}),
    "list_queues": Operation("operations", {200: ("Queues",)}),
    "list_tools": _shown("operations", "Tools"),
    "GET /tools/{source}/quarantine list_tools": _shown("operations", "Quarantine", "limit", **_CURSOR, **_limit(25)),
    "GET /tools/{source}/quarantine/{delivery_id} list_tools": _shown("operations", "WholeDelivery"),
    "replay_quarantine": _shown(
        "operations", "Replayed", after={**TEXT, "description": "`next` of the answer before."}
    ),
    "POST /tools/{source}/quarantine/{delivery_id}/replay replay_quarantine": _shown("operations", "DeliveryReplayed"),
    "redrive_queue": Operation("operations", {202: ("RedriveAsked",)}, refuses=(409,)),
    "console_session": _of_session("Address"),
    "POST /console/session/finish console_session": _of_session("Session", 401),
    "POST /console/session/refresh console_session": _of_session("Session", 401, 400, 413, 422),
    "POST /console/session/end console_session": _of_session("Address", 401),
    "get_report": Operation(
        "reports",
        {200: ("Report", "Reports", "LeadsBehind", PAGE, FILE)},
        {
            **_PERIOD,
            "proposal": {"enum": ["true", ""], "description": "With `all` as JSON: the newest proposal of points."},
        },
        judged=(
            *("from", "to", "format", "each", "time_zone", "group", "name", "figure", "proposal"),
            *(each for each in HandoffFilter._fields if each not in OF_LEADS),
        ),
    ),
}
"""Each endpoint by its function, and by its verb where it answers several differently. A new one is described here."""

EMAIL: Json = {**TEXT, "format": "email", "maxLength": 254}
IN_PATH: Mapping[str, Json] = {
    "import_id": {**TEXT, "description": "As `POST /imports` gave it."},
    "delivery_id": {**TEXT, "pattern": "^[0-9a-f]{64}$"},
    "domain": {**TEXT, "format": "hostname", "examples": ["example.com"]},
    "draft_id": {**TEXT, "pattern": "^[0-9a-f]{16}$"},
    "email": EMAIL,
    "form": {**TEXT, "pattern": "^[a-z][a-z0-9_-]{0,39}$", "not": {"enum": [*shipped_forms()]}},
    "handoff_id": {**TEXT, "pattern": "^[a-z2-7]{24}-[0-9]{3}$"},
    "lead_id": {**TEXT, "pattern": "^[a-z2-7]{24}$"},
    "proposal_id": {**TEXT, "pattern": "^[0-9a-f]{16}$"},
    "queue": {"enum": [kind.name for kind in QUEUES]},
    "report": {"enum": [*REPORTS, ALL]},
    "source": {"enum": [*SOURCES]},
    "team": {**TEXT, "pattern": "^[a-z][a-z0-9_-]{0,39}$"},
    "token": {**TEXT, "pattern": "^[A-Za-z0-9_.-]{1,300}$"},
    "version": {"type": "integer", "minimum": 0, "maximum": 999_999},
}
"""The schema of each parameter in a path."""
