"""Describes the API's answers: the models that it shows, and what the views in `baton.aws` add to them."""

from collections import Counter

from baton.agreement.terms.form_terms import FieldKind
from baton.aws.accounts import account_imports
from baton.aws.leads.lead_views import KNOWN
from baton.aws.lists.lead_rows import LISTED, OF_HANDOFF
from baton.aws.privacy import lead_export
from baton.aws.reviews import review_batch
from baton.aws.signals.signal_batches import Result
from baton.domain.accounts.account import Account
from baton.domain.events.recorded import Recorded
from baton.domain.imports.list_import import ImportState
from baton.domain.leads.duty import Claim, Duty, Review
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Held, KeptFromSales, Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.leads.ownership import OwnershipPeriod
from baton.domain.leads.person_facts import Answer, Company, Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.review.checklist import AnsweredQuestion
from baton.domain.scoring.standing import PersonaMatch
from baton.domain.signing.difference_effects import Effect
from baton.domain.signing.draft_signatures import Department, Draft, Signature
from baton.domain.teams.reps import Rep
from baton.domain.timers.next_step import NextStep
from tools.openapi.json_schemas import (
    ANYTHING,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    YES_OR_NO,
    Json,
    by_name,
    many,
    or_null,
    ref,
    shown,
    thing,
)

CURSOR = or_null({**TEXT, "description": "Asks for the next page; null on the last."})


def views() -> dict[str, Json]:
    """Returns the schema of every answer by its name.

    Raises:
        ValueError: two have the same name.
    """
    parts = (_refusals, _leads, _handoffs, _accounts, _imports, _teams, _agreements, _others)
    named = [each for part in parts for each in part().items()]
    if twice := [name for name, count in Counter(name for name, _ in named).items() if count > 1]:
        raise ValueError(f"give each schema a name of its own; twice there are {', '.join(twice)}")
    return dict(named)


def _page(name: str, of: str) -> Json:
    return thing({name: many(ref(of)), "cursor": CURSOR})


def _refusals() -> dict[str, Json]:
    problem = {"type": TEXT, "title": TEXT, "status?": WHOLE, "detail": TEXT, "errors?": many(ref("Fault"))}
    problem |= {"warnings?": many(ref("Fault"))}
    return {
        "Fault": thing({"field": TEXT, "detail": TEXT, "line?": WHOLE, "column?": WHOLE}),
        "Problem": thing(problem, description="A refusal (RFC 9457): why, and what would do."),
    }


def _leads() -> dict[str, Json]:
    definition = thing({"met": or_null(YES_OR_NO), "definition": or_null(TEXT), "missing": many(TEXT)})
    entry = {"rule": TEXT, "kind": TEXT, "points": NUMBER, "awarded": NUMBER, "at": MOMENT, "rule_in_words?": TEXT}
    score = {"total": NUMBER, "out_of": NUMBER, "fit": NUMBER, "engagement": NUMBER, "threshold": or_null(NUMBER)}
    step = shown(NextStep, overdue=YES_OR_NO)
    running = {"of": {"enum": ["handoff", "review", "return"]}, "name": TEXT, "label": TEXT}
    duty = shown(Duty, ("kind", "why", "opened_at"), due_at=MOMENT, breached=YES_OR_NO)
    duty["properties"]["claim"] = shown(Claim)
    review = thing(
        {f"{name}?": schema for name, schema in duty["properties"].items()}
        | {"returned?": by_name(or_null(TEXT)), "checklist?": many(ref("AnsweredQuestion")), "last?": ref("Review")}
        | {"bad_timing_until?": {**TEXT, "format": "date"}}
    )
    said_by = {"speaker": TEXT, "source": TEXT, "at": MOMENT}
    said_otherwise = thing({"id": TEXT, "fact": TEXT, "value": ANYTHING, **said_by})
    result: Json = {"enum": [*review_batch.Result]}
    reviewed = thing({"lead_id": TEXT, "result": result, "status?": {"enum": [*Status]}, "detail?": TEXT})
    content = thing({"id": TEXT, "title": TEXT, "topic": or_null(TEXT), "stage": or_null(TEXT)})
    funnel = thing({"stage": or_null(TEXT), "shifted_at?": MOMENT, "next_content?": content})
    held_back = thing({"by": TEXT, "reason": TEXT, "until": MOMENT, "verdict": many(TEXT)})
    kept = dict.fromkeys(("rule", "label", "because", "then", "team"), or_null(TEXT))
    in_words: Json = {"words?": {**TEXT, "description": "The event in a sentence, where it was asked for."}}
    labels = {"stage": TEXT, "status": TEXT}
    happened: Json = {"allOf": [ref("Happened"), thing(in_words)]}
    returned = {
        "mql": definition,
        "sql": definition,
        "score": thing({"met": or_null(YES_OR_NO), "missing": or_null(TEXT)}),
        "next": TEXT,
        "held_back?": held_back,
    }
    return {
        "AnsweredQuestion": shown(AnsweredQuestion),
        "Review": shown(Review),
        "NextStep": step,
        "Duty": duty,
        "Reviews": thing({**dict.fromkeys(review_batch.Result, WHOLE), "results": many(reviewed)}),
        "Lead": shown(
            Lead,
            KNOWN,
            profile=shown(Profile, phone_e164=or_null(TEXT), country_code=or_null(TEXT)),
            company=shown(Company, country_code=or_null(TEXT)),
            emails=many(TEXT),
            merged=many(shown(MergedPart, ("lead_id", "email"))),
            said_by=by_name(thing(said_by)),
            said_otherwise=many(said_otherwise),
            persona=or_null(shown(PersonaMatch, label=TEXT)),
            score=thing({**score, "entries": many(thing({**entry, "signal?": TEXT, "what?": TEXT, "note?": TEXT}))}),
            funnel=funnel,
            bant=by_name(shown(Answer, met=or_null(YES_OR_NO))),
            attributes=by_name(thing({"value": ANYTHING, "label": TEXT, "kind": or_null(TEXT), "agreed": YES_OR_NO})),
            qualification=thing(returned),
            held=or_null(shown(Held)),
            kept_from_sales=or_null(thing({**kept, "last": or_null(shown(KeptFromSales))})),
            next_step=ref("NextStep"),
            review=or_null(review),
            handoff=or_null(ref("Handoff")),
            labels=by_name(TEXT),
        )
        | {"description": "A lead as both departments see it; `as_of` where it was asked for as it was known then."},
        "LeadSummary": shown(
            Lead,
            LISTED,
            asked=or_null(thing({"at": MOMENT, "form": TEXT, "words": or_null(TEXT)})),
            why_now=many(TEXT),
            persona=or_null(thing({"id": TEXT, "label": TEXT, "match": WHOLE})),
            score=or_null(thing({"total": NUMBER, "engagement": NUMBER})),
            next_step=ref("NextStep"),
            clock=or_null(ref("RunningClock")),
            overdue_since=or_null(MOMENT),
            labels=thing({**labels, **dict.fromkeys(("trigger", "state", "returned"), or_null(TEXT))}),
            review=or_null(ref("Duty")),
            handoff=or_null(shown(Handoff, OF_HANDOFF)),
        ),
        "Count": thing(
            {"count": WHOLE, "more": YES_OR_NO}, description="How many there are, and whether more than said."
        ),
        "Counts": thing({"queues": by_name(ref("Count")), "teams": many(ref("TeamCounts"))}),
        "TeamCounts": thing(
            {
                "team": TEXT,
                "label": TEXT,
                "open": ref("Count"),
                "overdue": ref("Count"),
                "waiting": WHOLE,
                "people": many(
                    thing(
                        {
                            "email": TEXT,
                            "role": TEXT,
                            "capacity": WHOLE,
                            "gets_leads": YES_OR_NO,
                            "why_not": or_null(TEXT),
                            "open": WHOLE,
                            "overdue": ref("Count"),
                        }
                    )
                ),
            }
        ),
        "Me": thing(
            {
                "email": TEXT,
                "groups": many(TEXT),
                "time_zone": TEXT,
                "teams": many(thing({"team": TEXT, "label": TEXT, "role": TEXT, "capacity": WHOLE})),
                "all_teams": many(thing({"team": TEXT, "label": TEXT, "department": {"enum": ["marketing", "sales"]}})),
                "counts": thing(
                    {
                        "open": ref("Count"),
                        "overdue": ref("Count"),
                        **dict.fromkeys(("reviews", "reviews_overdue", "drafts_to_sign"), or_null(ref("Count"))),
                    }
                ),
            }
        ),
        "RunningClock": thing({**running, "started_at": MOMENT, "due_at": MOMENT, "breached": YES_OR_NO}),
        "Leads": thing(
            {"leads": many(ref("LeadSummary")), "cursor": CURSOR, "more?": YES_OR_NO, "counts?": ref("TeamCounts")}
        ),
        "Export": thing(
            {
                "lead_id": TEXT,
                "exported_at": MOMENT,
                "person": or_null({"type": "object"}),
                "merged": many({"type": "object"}),
                "cursor": CURSOR,
                "not_understood": or_null(many(thing({"source": TEXT, "arrived_at": MOMENT}))),
                **dict.fromkeys(lead_export.EXPORTED_AS.values(), many(ANYTHING)),
            }
        ),
        "Note": thing(dict.fromkeys(("lead_id", "by", "text"), TEXT)),
        "Happened": shown(Recorded, without=["event"], type=TEXT),
        "Timeline": thing({"events": many(happened), "cursor": CURSOR}),
    }


def _handoffs() -> dict[str, Json]:
    clock = {"name": TEXT, "within": or_null(TEXT), "started_at": MOMENT, "due_at": MOMENT}
    clock |= {"stopped_at": or_null(MOMENT)}
    stated = {**clock, "breached": YES_OR_NO}
    whole = shown(
        Handoff,
        without=("terms", "had_it", "news"),
        score=or_null(NUMBER),
        evidence=many(thing({"rule": TEXT, "points": NUMBER, "at?": MOMENT, "signal?": TEXT})),
        clocks=many(thing(stated)),
    )
    over = {**clock, "label": TEXT, "result": {"enum": ["met", "missed", "passed_on"]}}
    labelled: Json = {
        "clocks": many(thing({**stated, "label": TEXT})),
        "stints": many(shown(OwnershipPeriod, without=("runs", "more"), clocks=many(thing(over)))),
        "labels": by_name(TEXT),
    }
    lead = dict.fromkeys(("lead_id", "email", "status"), TEXT)
    lead |= dict.fromkeys(("first_name", "last_name", "title", "company"), or_null(TEXT))
    return {
        "Handoff": whole,
        "LabelledHandoff": {"allOf": [ref("Handoff"), thing(labelled)]},
        "HandoffOfLead": {"allOf": [ref("LabelledHandoff"), thing({"lead": thing(lead)})]},
        "Handoffs": _page("handoffs", "LabelledHandoff"),
    }


_OF_BATON = ("alerted_by_form_at", "forms")


def _accounts() -> dict[str, Json]:
    counts: Json = dict.fromkeys(account_imports.RESULTS, WHOLE)
    line = {
        "line": WHOLE,
        "domain": TEXT,
        "result": {"enum": [*account_imports.RESULTS]},
        "errors?": many(ref("Fault")),
    }
    return {
        "ListedAccount": shown(Account, without=_OF_BATON),
        "Account": shown(Account, without=_OF_BATON, owner_gets_alerts=YES_OR_NO, why_not=or_null(TEXT)),
        "Accounts": _page("accounts", "ListedAccount"),
        "AccountImport": thing({**counts, "results": many(thing(line))}),
    }


def _imports() -> dict[str, Json]:
    counted = ("bytes_read", "lines", "accepted", "repeated", "refused", "failed")
    upload = thing({"url": TEXT, "method": {"const": "POST"}, "fields": by_name(TEXT)})
    import_: Json = {
        "import_id": TEXT,
        "kind": {"enum": ["leads", "signals"]},
        "state": {"enum": [*ImportState]},
        "by": TEXT,
        "created_at": MOMENT,
        "started_at": or_null(MOMENT),
        "finished_at": or_null(MOMENT),
        "why": or_null(TEXT),
        "source": or_null(TEXT),
        "campaign": or_null(TEXT),
        "progress": thing({"bytes": or_null(WHOLE), **dict.fromkeys(counted, WHOLE)}),
    }
    whole: Json = {
        "columns": or_null(by_name(WHOLE)),
        "also_read": or_null(by_name(many(WHOLE))),
        "left_out": or_null(many(WHOLE)),
        "result_url": or_null(TEXT),
    }
    return {
        "ImportBegun": thing({"import_id": TEXT, "upload": upload, "expires_at": MOMENT}),
        "Import": thing({**import_, **whole}),
        "ImportSummary": thing(import_),
        "Imports": _page("imports", "ImportSummary"),
    }


def _teams() -> dict[str, Json]:
    turns = thing({"territory": or_null(TEXT), "waiting": WHOLE, "behind": by_name(NUMBER)})
    state: Json = {"enum": ["pending", "unprotected", "confirmed", "ended"]}
    gets_leads, warned = {"gets_leads": YES_OR_NO, "why_not": or_null(TEXT)}, {"warnings": many(TEXT)}
    team: Json = {"team": TEXT, "label": TEXT, "department": {"enum": ["marketing", "sales"]}, "gets_leads": YES_OR_NO}
    team |= {"calendar": or_null(TEXT), "reps": thing({"weight": WHOLE, "capacity": WHOLE})}
    return {
        "Rep": shown(Rep, without=["subscription_arn"], **gets_leads),
        "ChangedRep": shown(Rep, without=["subscription_arn"], **gets_leads, **warned),
        "SetUp": thing(
            {
                "steps": thing(dict.fromkeys(("agreement", "rep", "manager", "form", "tool", "operations"), YES_OR_NO)),
                "operations": ref("OperationsMail"),
            }
        ),
        "OperationsMail": thing({"addresses": many(thing({"address": TEXT, "subscription": state})), **warned}),
        "Team": thing(team),
        "Teams": thing({"teams": many(ref("Team"))}),
        "Roster": thing({"reps": many(ref("Rep")), "turns": many(turns), **warned}),
        "Removed": thing({"email": TEXT, "passed_on": WHOLE, "waiting": WHOLE, "to_follow": WHOLE, **warned}),
    }


def _agreements() -> dict[str, Json]:
    signatures: Json = {"signatures": many(shown(Signature, ("group", "by", "at")))}
    version: Json = {
        "version": WHOLE,
        "state": {"enum": ["in_force", "past", "scheduled", "superseded"]},
        "origin": TEXT,
        "in_force_since?": MOMENT,
        "in_force_from?": MOMENT,
        **signatures,
        "sha256": TEXT,
    }
    whole = {**version, "yaml": TEXT}
    named = {"anyOf": [thing({"version": WHOLE}), thing({"draft_id": TEXT, "revision": WHOLE})]}
    to_come = thing({"version": WHOLE, "in_force_from": MOMENT})
    draft = shown(Draft, without=("yaml", "version"), **signatures, state=TEXT)
    compared: Json = {"differences": many(TEXT), "effects": thing({effect.value: WHOLE for effect in Effect})}
    also: Json = {"sha256": TEXT, **compared, "warnings": many(ref("Fault"))}
    further: Json = {
        "signatures_voided": signatures["signatures"],
        "signatures_missing": many({"enum": [*Department]}),
        "supersedes": WHOLE,
        "version": WHOLE,
        "in_force_since": MOMENT,
    }
    trial: Json = {
        **dict.fromkeys(("trial_id", "draft_id", "by"), TEXT),
        **dict.fromkeys(("revision", "against_version", "parts_done", "parts", "leads"), WHOLE),
        **dict.fromkeys(("from", "to", "as_of", "started_at", "finished_at?"), MOMENT),
        "state": {"enum": ["running", "stalled", "finished"]},
    }
    drafted = {**draft, "properties": draft["properties"] | also | further, "required": [*draft["required"], *also]}
    return {
        "Version": thing(whole),
        "Versions": _page("versions", "VersionSummary"),
        "VersionSummary": thing(version),
        "Agreement": thing(
            {
                **version,
                "yaml?": TEXT,
                "terms?": _terms(),
                "drafts?": ref("Drafts"),
                "next?": to_come,
                "rescoring?": by_name(ANYTHING),
            },
            description="With its text, or where `format=json` asked for them with its terms and open drafts instead.",
        ),
        "Comparison": thing({"from": named, "to": named, **compared}),
        "Checked": thing({"ok": YES_OR_NO, "errors": many(ref("Fault")), "warnings": many(ref("Fault")), **compared}),
        "Withdrawn": {
            **draft,
            "properties": draft["properties"]
            | {"sha256": TEXT, "signatures_voided": signatures["signatures"], "withdrawn_by": TEXT},
            "required": [*draft["required"], "sha256", "signatures_voided"],
        },
        "TrialStarted": thing(trial),
        "Trial": thing(
            {
                **trial,
                "changed_since": YES_OR_NO,
                "withdrawn": YES_OR_NO,
                "result?": by_name(ANYTHING),
                "words?": many(TEXT),
            }
        ),
        "PointsProposal": _points_proposal(),
        "DraftSummary": draft,
        "Drafts": _page("drafts", "DraftSummary"),
        "Drafted": drafted,
        "Draft": {
            **drafted,
            "properties": drafted["properties"] | {"yaml": TEXT, "errors": many(ref("Fault"))},
            "required": [*drafted["required"], "yaml"],
        },
    }


def _terms() -> Json:
    """Returns the schema of an agreement's terms in words."""
    in_words: Json = {"when": TEXT}
    named = {"name": TEXT, "label": TEXT}
    points = {"id": TEXT, "points": WHOLE, "by_persona": by_name(WHOLE), **in_words}
    clock = {**named, "within": TEXT, "starts_when": TEXT, "stops_when": TEXT, "ladder": many(by_name(TEXT))}
    clocks = many(thing(clock))
    trigger = {**named, "team": TEXT, "next_step": TEXT, "nobody_available": TEXT, "calendar": or_null(TEXT)}
    trigger |= {"sticky": ANYTHING, "clocks": clocks, "sooner": many(thing({**in_words, "clocks": clocks}))}
    reason = {**named, "then": TEXT, "review_after": or_null(TEXT), "attempts": or_null(WHOLE)}
    qualification = {"mql": or_null(TEXT), "sql": or_null(TEXT), "threshold": WHOLE, "full_score": WHOLE}
    qualification |= {"thresholds": many(by_name(ANYTHING)), "asks_for_a_person": many(TEXT)}
    criterion = thing({"about": TEXT, "weight": WHOLE, **in_words})
    return thing(
        {
            "title": TEXT,
            "time_zone": TEXT,
            "labels": by_name(by_name(TEXT)),
            "teams": many(ref("Team")),
            "territories": many(thing({"id": TEXT, "label": TEXT, **in_words, "team": or_null(TEXT)})),
            "triggers": many(thing({**trigger, "unless": or_null(TEXT)})),
            "return_reasons": many(thing(reason)),
            "checklist": many(thing({"id": TEXT, "question": TEXT, "needed": YES_OR_NO, "yes_if": or_null(TEXT)})),
            "marketing": by_name(or_null(TEXT)),
            "qualification": thing(qualification),
            "never": many(thing({"id": TEXT, "label": TEXT, **in_words, "then": TEXT, "team": or_null(TEXT)})),
            "fit": many(thing(points)),
            "engagement": many(thing({**points, "at_most": or_null(TEXT)})),
            "personas": many(thing({"id": TEXT, "label": TEXT, "counts_from": WHOLE, "criteria": many(criterion)})),
            "attributes": many(thing({**named, "kind": TEXT, "choices?": many(TEXT)})),
            "forms": many(_form(named)),
        }
    )


def _form(named: Json) -> Json:
    kinds: Json = {"enum": [str(kind) for kind in FieldKind]}
    field = {**named, "kind": kinds, "needed": YES_OR_NO, "max_length": WHOLE}
    field |= dict.fromkeys(("purpose", "text"), or_null(TEXT))
    form = {**named, "signal": TEXT, "asks_for_a_person": YES_OR_NO, "honeypot": TEXT}
    form |= {"at_least_seconds": or_null(WHOLE), "return_pages": many(TEXT), "fields": many(thing(field))}
    return thing(form)


def _points_proposal() -> Json:
    share, within = or_null(NUMBER), or_null(many(NUMBER))
    quality = thing(dict.fromkeys(("auc", "won_in_top_5", "won_in_top_10", "won_in_top_20"), share))
    scale = thing(
        {"base": WHOLE, "full_score": WHOLE, "threshold": WHOLE, "leads_per_day": NUMBER, "leads_per_day_today": NUMBER}
    )
    rule: Json = {"id": TEXT, "part": {"enum": ["fit", "engagement"]}, "is_new": YES_OR_NO, "points": WHOLE}
    rule |= {"points_today": or_null(WHOLE), "within": within, "leads": WHOLE, "won": WHOLE, "won_within": within}
    rule |= {"resamples": or_null(WHOLE), "without": quality}
    figures: Json = {"leads": WHOLE, "learned_from": WHOLE, "won": WHOLE, "today": quality}
    figures |= {"proposed": or_null(quality), "scale": or_null(scale), "rules": many(thing(rule))}
    told: Json = {
        "proposal_id": TEXT,
        "state": {"enum": ["running", "stalled", "finished", "refused"]},
        "agreement_version": WHOLE,
        "by": TEXT,
        "asked": thing({"leads_per_day": NUMBER, "mode": TEXT, "seed": WHOLE, "from": MOMENT, "to": MOMENT}),
        "started_at": MOMENT,
        "saved_at": MOMENT,
        "leads": WHOLE,
        "leads_read": WHOLE,
        "leads_failed": WHOLE,
        "finished_at?": MOMENT,
        "why?": TEXT,
        "figures?": thing({**figures, "warnings": many(TEXT)}),
        "report?": many(TEXT),
        "draft?": TEXT,
    }
    return thing(told)


def _others() -> dict[str, Json]:
    result = {
        "message_id": or_null(TEXT),
        "result": {"enum": [*Result, "refused"]},
        "lead_id?": TEXT,
        "anonymous?": YES_OR_NO,
        "detail?": TEXT,
        "errors?": many(ref("Fault")),
        "left_out?": many(ref("Fault")),
    }
    redriven = thing(
        {"at": MOMENT, "queue": TEXT, "sent_on": WHOLE, "left": WHOLE, "more": YES_OR_NO, "stopped": or_null(TEXT)}
    )
    what: Json = {"what": TEXT, "can_wait": YES_OR_NO, "to_do": TEXT}
    queue = {"queue": TEXT, "messages": WHOLE, "since": or_null(MOMENT), "redriven": or_null(redriven), **what}
    queue |= {"age_seconds": or_null(WHOLE)}
    noted = {"kind": TEXT, "last_told_at": or_null(MOMENT), "came_since": WHOLE, **what}
    tool = {"source": TEXT, "label": TEXT, "webhook": TEXT, "last_heard_at": or_null(MOMENT)}
    kept = {"delivery_id": TEXT, "source": TEXT, "method": TEXT, "why": many(TEXT), "arrived_at": MOMENT}
    delivery = {**kept, "headers": by_name(TEXT), "bytes": WHOLE, "is_cut": YES_OR_NO}
    delivery |= dict.fromkeys(("body", "body_base64"), or_null(TEXT))
    counts: Json = dict.fromkeys((*Result, "refused"), WHOLE)
    report = {"report": TEXT, "from": MOMENT, "to": MOMENT, "time_zone": TEXT, "as_of": MOMENT}
    behind: Json = {"lead_id": TEXT, "handoff_id?": TEXT, "duty_id?": TEXT, "at": MOMENT, "times": WHOLE}
    drilled: Json = {**dict.fromkeys(("report", "group", "name", "figure"), TEXT), "cursor": or_null(TEXT)}
    groups = by_name(many(ref("Figures")))
    of_period = thing({"from": MOMENT, "to": MOMENT, "groups": groups})
    share = {"n": WHOLE, "of": WHOLE, **dict.fromkeys(("share", "low", "high"), or_null(NUMBER))}
    changed = {**dict.fromkeys(("group", "name", "figure"), TEXT), "now": thing(share), "before": thing(share)}
    changed |= {"difference": thing(dict.fromkeys(("share", "low", "high"), or_null(NUMBER)))}
    changed |= {"q": or_null(NUMBER), "too_few": YES_OR_NO}
    report |= {"groups": groups, "filter?": by_name(TEXT), "before?": of_period, "series?": many(of_period)}
    report |= {"compared?": many(thing(changed))}
    return {
        "Queues": thing({"queues": many(thing(queue)), "others": many(thing(noted))}),
        "Tools": thing({"tools": many(thing(tool))}),
        "KeptDelivery": thing(kept),
        "Quarantine": _page("deliveries", "KeptDelivery"),
        "WholeDelivery": thing(delivery),
        "Replayed": thing({"replayed": WHOLE, "still_quarantined": WHOLE, "next": or_null(TEXT)}),
        "DeliveryReplayed": thing({"understood": YES_OR_NO}),
        "RedriveAsked": thing({"queue": TEXT, "messages": WHOLE}),
        "Description": thing({"openapi": TEXT, "info": by_name(TEXT), "paths": by_name(ANYTHING)}),
        "Webhook": thing({"source": TEXT}),
        "Delivered": thing(dict.fromkeys(("accepted", "repeated", "quarantined", "let_go", "waiting"), WHOLE)),
        "Address": thing({"address": {**TEXT, "format": "uri"}}),
        "Session": thing(
            {"id_token": TEXT, "expires_at": MOMENT, "email": TEXT, "groups": many(TEXT), "return_to?": TEXT}
        ),
        "Received": thing({"reference": TEXT}),
        "Results": thing({"results": many(thing(result)), **counts}),
        "Figures": thing({"name": TEXT}, description="A line's name, with its figures beside it."),
        "Report": thing(report),
        "LeadsBehind": thing({**drilled, "from": MOMENT, "to": MOMENT, "leads": many(thing(behind))}),
        "Reports": thing(
            {
                "reports": many(ref("Report")),
                "left_out?": by_name(TEXT),
                "labels": thing(dict.fromkeys(("clocks", "return_reasons", "rules"), by_name(TEXT))),
            }
        ),
    }
