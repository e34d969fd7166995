"""Describes answers about leads: a lead, its rows in lists, counts, its timeline and export."""

from baton.aws.leads.lead_views import KNOWN
from baton.aws.lists.lead_rows import LISTED, OF_HANDOFF
from baton.aws.privacy import lead_export
from baton.aws.reviews import review_batch
from baton.domain.events.recorded import Recorded
from baton.domain.leads.duty import Claim, Duty, Review
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Held, KeptFromSales, Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.leads.person_facts import Answer, Company, Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.review.checklist import AnsweredQuestion
from baton.domain.scoring.standing import PersonaMatch
from baton.domain.timers.next_step import NextStep
from tools.openapi.json_schemas import (
    ANYTHING,
    CURSOR,
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


def lead_views() -> dict[str, Json]:
    """Returns the schema of each of these answers by its name."""
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
    part: Json = {"text": TEXT, "at?": MOMENT, "label?": TEXT, "lead?": TEXT}
    in_words: Json = {
        "words?": {**TEXT, "description": "The event in a sentence, where it was asked for."},
        "parts?": {
            **many(thing(part)),
            "description": "The sentence in parts: a moment has `at`, an id its `label`, another lead its `lead`.",
        },
    }
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
            escalated_at=or_null(MOMENT),
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
        "BoardTeam": {
            "allOf": [
                ref("TeamCounts"),
                thing({"late": thing(dict.fromkeys(("held", "waiting"), ref("Count"))), "escalated?": ref("Count")}),
            ]
        },
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
        "RunningClock": thing(
            {**running, **dict.fromkeys(("started_at", "due_at", "late_after"), MOMENT), "breached": YES_OR_NO}
        ),
        "Leads": thing(
            {
                "leads": many(ref("LeadSummary")),
                "cursor": CURSOR,
                "more?": YES_OR_NO,
                "counts?": ref("TeamCounts"),
                "teams?": many(ref("BoardTeam")),
                "overdue?": thing(dict.fromkeys(("held", "waiting", "marketing"), ref("Count"))),
                "escalated?": ref("Count"),
            }
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
