"""Describes answers about the agreement: versions, drafts, trials."""

from baton.agreement.terms.clock_terms import Act
from baton.aws.sweeps.rescoring_progress import FAILED, FINISHED, RUNNING, SUPERSEDED
from baton.domain.signing.difference_effects import Effect
from baton.domain.signing.draft_signatures import Department, Draft, Signature
from tools.openapi.json_schemas import (
    ANYTHING,
    MOMENT,
    TEXT,
    WHOLE,
    YES_OR_NO,
    Json,
    by_name,
    many,
    or_null,
    page,
    ref,
    shown,
    thing,
)
from tools.openapi.views.agreed_terms import terms
from tools.openapi.views.proposals import points_proposal


def agreement_views() -> dict[str, Json]:
    """Returns the schema of each of these answers by its name."""
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
    scored = ("leads_seen", "leads_changed", "handed_over", "leads_failed", "queues_done", "queues")
    rescoring = thing(
        {
            **dict.fromkeys(("version", *scored, "leads?"), WHOLE),
            "state": {"enum": [RUNNING, FINISHED, SUPERSEDED, FAILED]},
            "started_at": MOMENT,
            "finished_at?": MOMENT,
        },
        description="How far all leads are scored under the version: `leads_seen` of the `leads` that there were when "
        "this began.",
    )
    named = {"anyOf": [thing({"version": WHOLE}), thing({"draft_id": TEXT, "revision": WHOLE})]}
    to_come = thing({"version": WHOLE, "in_force_from": MOMENT})
    draft = shown(Draft, without=("yaml", "version"), **signatures, state=TEXT)
    step = thing({"at": TEXT, "do": {"enum": [*Act]}})
    part: Json = {"text": TEXT, "path?": many(TEXT), "rule?": TEXT, "seconds?": WHOLE, "steps?": many(step)}
    compared: Json = {
        "differences": many(TEXT),
        "differences_in_parts": {
            **many(many(thing({**part, "asks?": YES_OR_NO}))),
            "description": "The same lines in parts: a term has its `path`, one of a rule with points also the "
            "`rule` by its name in `rules_in_words`, a length of time its `seconds`, a ladder its `steps`; `asks` "
            "marks what a rule asks.",
        },
        "effects": thing({effect.value: WHOLE for effect in Effect}),
        "rules_in_words": by_name(TEXT),
    }
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
        "Versions": page("versions", "VersionSummary"),
        "VersionSummary": thing(version),
        "Agreement": thing(
            {
                **version,
                "yaml?": TEXT,
                "terms?": ref("AgreedTerms"),
                "drafts?": ref("Drafts"),
                "next?": to_come,
                "rescoring?": rescoring,
            },
            description="With its text, or where `format=json` asked for them with its terms and open drafts instead.",
        ),
        "Comparison": thing({"from": named, "to": named, **compared}),
        "Checked": thing(
            {
                "ok": YES_OR_NO,
                "errors": many(ref("Fault")),
                "warnings": many(ref("Fault")),
                **compared,
                "terms?": ref("AgreedTerms"),
                "meaning?": TEXT,
            },
            description="A text that is no agreement has no terms and no meaning.",
        ),
        "QuickTrial": _quick_trial(),
        "AgreedTerms": terms(),
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
        "PointsProposal": points_proposal(),
        "DraftSummary": draft,
        "Drafts": page("drafts", "DraftSummary"),
        "Drafted": drafted,
        "Draft": {
            **drafted,
            "properties": drafted["properties"]
            | {"yaml": TEXT, "errors": many(ref("Fault")), "terms": ref("AgreedTerms")},
            "required": [*drafted["required"], "yaml"],
        },
    }


def _quick_trial() -> Json:
    labels = thing({"trigger": TEXT, "team": TEXT, "returned": or_null(TEXT)})
    named: Json = {
        **dict.fromkeys(("lead_id", "trigger", "team"), TEXT),
        **dict.fromkeys(("known_at", "handed_over_at"), MOMENT),
        "became": {"enum": ["won", "lost", "returned", "open", "unknown"]},
        "labels": labels,
        **dict.fromkeys(("first_name", "last_name", "company", "email"), or_null(TEXT)),
    }
    group = thing({"leads": WHOLE, "named": many(thing(named))})
    return thing(
        {
            **dict.fromkeys(("against_version", "leads", "both", "neither"), WHOLE),
            "as_of": MOMENT,
            "since": or_null(MOMENT),
            "more": YES_OR_NO,
            "left_out": by_name(WHOLE),
            "newly": group,
            "no_longer": group,
            "load": many(thing({"team": TEXT, "label": TEXT, **dict.fromkeys(("today", "draft", "days"), WHOLE)})),
            "meaning": TEXT,
        },
        description="The names of an erased lead are null.",
    )
