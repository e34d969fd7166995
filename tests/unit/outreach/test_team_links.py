"""Links to marketing's team and to managers: for one reader, one matter and one task, and refused after any change."""

from datetime import timedelta

import pytest

from baton.outreach.links.handoff_links import VALID_FOR, Action, Links
from baton.outreach.links.team_links import LinkInvalid, LinkRefused, Task, TeamLinks
from tests.unit.given import HANDOFF_ID, LEAD_ID, NOW
from tests.unit.outreach.given import LINKS, TO_SAM, offered_to
from tests.unit.outreach.test_duty_mails import in_review

TEAM_LINKS = TeamLinks.beside(LINKS)
MARIA, MAX = "maria@example.com", "max@example.com"
DUTY, HANDOFF = in_review().duty, offered_to(*TO_SAM).handoff
assert DUTY is not None
assert HANDOFF is not None
URLS = {
    Task.REVIEW: TEAM_LINKS.to_review(DUTY, MARIA, NOW),
    Task.REASSIGN: TEAM_LINKS.to_reassign(HANDOFF, MARIA, NOW),
}
each_task = pytest.mark.parametrize("task", Task)


def token(task: Task) -> str:
    return URLS[task].rpartition("/")[2]


@each_task
def test_a_team_link_is_short_and_names_its_task(task: Task) -> None:
    assert URLS[task].startswith(f"https://api.example.com/prod/{task}/")
    assert len(token(task)) <= 56
    assert "maria" not in URLS[task]


@each_task
def test_a_team_link_contains_lead_matter_assignment_reader_and_expiry(task: Task) -> None:
    link = TEAM_LINKS.read(token(task), task, NOW)
    about = {Task.REVIEW: (f"{LEAD_ID}-D001", 0), Task.REASSIGN: (HANDOFF_ID, 1)}[task]
    assert (link.lead_id, link.about, link.assignment) == (LEAD_ID, *about)
    assert VALID_FOR <= link.expires_at - NOW < VALID_FOR + timedelta(hours=1)
    assert [link.is_for(each) for each in (MARIA, MARIA.upper(), MAX, "")] == [True, True, False, False]


@each_task
def test_a_team_link_expires(task: Task) -> None:
    until = TEAM_LINKS.read(token(task), task, NOW).expires_at
    assert TEAM_LINKS.read(token(task), task, until - timedelta(seconds=1))
    with pytest.raises(LinkRefused):
        TEAM_LINKS.read(token(task), task, until)


@each_task
def test_a_link_for_another_task_or_a_reps_is_refused(task: Task) -> None:
    [other] = {*Task} - {task}
    of_a_rep = LINKS.url(HANDOFF, Action.ACCEPT, NOW)
    for wrong in (token(other), of_a_rep.rpartition("/")[2]):
        with pytest.raises(LinkInvalid):
            TEAM_LINKS.read(wrong, task, NOW)
    with pytest.raises(LinkInvalid):
        LINKS.read(token(task), NOW)


@each_task
def test_a_team_link_with_any_letter_changed_is_refused(task: Task) -> None:
    whole = token(task)
    for place, letter in enumerate(whole):
        changed = whole[:place] + ("A" if letter != "A" else "B") + whole[place + 1 :]
        with pytest.raises(LinkInvalid):
            TEAM_LINKS.read(changed, task, NOW)


def test_a_team_link_outlives_one_change_of_the_key() -> None:
    older = TeamLinks("https://api.example.com", ["an older key"]).to_review(DUTY, MARIA, NOW)
    assert TEAM_LINKS.read(older.rpartition("/")[2], Task.REVIEW, NOW).is_for(MARIA)
    with pytest.raises(LinkInvalid):
        TeamLinks.beside(Links("", ["guessed"])).read(older.rpartition("/")[2], Task.REVIEW, NOW)
