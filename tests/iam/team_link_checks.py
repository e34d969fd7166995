"""Checks that make the functions behind links to marketing and to managers use every permission of theirs."""

import uuid
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import httpx

from baton.outreach.links.team_links import TeamLinks
from tests.e2e.at_work import MANAGER, SAM, View, read
from tests.iam.listed_companies import somewhere_new

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack

GOOD_FIT = {"verdict": "good_fit", **{f"answer.{each}": "yes" for each in ("industry", "decision", "help")}}


def links(running: "RunningStack") -> TeamLinks:
    return TeamLinks(running.baton.stack.api_url, [running.baton.secret("LinkKey")])


def link_to_review(running: "RunningStack") -> str:
    """The link of somebody new in marketing to a lead that sales gave back, counted under another version."""
    from tests.iam.checks import count_under_another_version  # it knows this module  # noqa: PLC0415

    reviewer = f"new.{uuid.uuid4().hex[:8]}@baton.example"
    read(running.baton.admin.put(f"/teams/marketing/reps/{reviewer}", json={}))
    lead = running.baton.ask(f"anna@{somewhere_new()}")
    path = f"/handoffs/{lead['handoff']['handoff_id']}/return"
    read(running.baton.admin.post(path, json={"reason": "not_qualified"}))
    count_under_another_version(running, lead["lead_id"])
    duty = SimpleNamespace(duty_id=f"{lead['lead_id']}-D001")
    return links(running).to_review(cast(Any, duty), reviewer, datetime.now(UTC))


def link_to_reassign(running: "RunningStack", lead: View) -> str:
    handoff = SimpleNamespace(handoff_id=lead["handoff"]["handoff_id"], lead_id=lead["lead_id"], assignment=1)
    return links(running).to_reassign(cast(Any, handoff), MANAGER, datetime.now(UTC))


def answered(answer: httpx.Response, words: str) -> None:
    assert answer.status_code == 200, f"{answer.request.method} a link of a team: {answer.status_code}"
    assert words in answer.text


def use_review_link(running: "RunningStack") -> None:
    press = {**GOOD_FIT, "answer.infrastructure": "yes"}
    answered(running.baton.stranger.post(link_to_review(running), data=press), "Sales has it")


def show_team_link(running: "RunningStack") -> None:
    """A review; and a handoff of a team that is agreed no more: managers of the others may say who gets the lead."""
    from tests.iam.checks import held_by_a_former_team  # it knows this module  # noqa: PLC0415

    answered(running.baton.stranger.get(link_to_review(running)), "Give this verdict")
    with held_by_a_former_team(running) as former:
        answered(running.baton.stranger.get(link_to_reassign(running, former.lead)), "Reassign it")


def use_reassign_link(running: "RunningStack") -> None:
    """As above; it goes to somebody on another team."""
    from tests.iam.checks import held_by_a_former_team  # it knows this module  # noqa: PLC0415

    with held_by_a_former_team(running) as former:
        press = {"owner": SAM, "reason": "trial"}
        answered(running.baton.stranger.post(link_to_reassign(running, former.lead), data=press), SAM)
