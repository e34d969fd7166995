"""A page that lost a word is told from the page of its day; one that has gained a part by name is not."""

import pytest

from baton.outreach.links.handoff_links import VALID_FOR, Action, Link, Links
from tests.stored.corpus_pages import as_then, links_of, same_page, with_times_alike
from tests.unit.given import HANDOFF_ID, LEAD_ID, NOW
from tests.unit.outreach.test_handoff_links import former_token

KEY = "a key"
LINKS = Links("", [KEY])
LINK = Link(HANDOFF_ID, LEAD_ID, 1, Action.ACCEPT, NOW + VALID_FOR)
EXPIRES = int(LINK.expires_at.timestamp())

CONTACT = """<!doctype html>
<h1>Log that you reached out</h1>
<form method="post">
<fieldset>
<legend>How did you reach out?</legend>
<label class="choice"><input type="radio" name="channel" value="phone" required> <span>By phone</span></label>
<label class="choice"><input type="radio" name="channel" value="other" required> <span>In another way</span></label>
</fieldset>
<label class="note" for="note">Note (optional)</label>
</form>
"""
SINCE = """<!doctype html>
<h1>Log that you reached out</h1>
<form method="post">
<fieldset>
<legend>What came of it?</legend>
<label class="choice"><input type="radio" name="outcome" value="reached" required> <span>I reached them</span></label>
</fieldset>
<label class="note" for="channel">How did you reach out?</label>
<select class="line" id="channel" name="channel"><option value="phone">By phone</option>\
<option value="other">In another way</option></select>
<label class="note" for="next_at">When do you speak next? (optional, UTC time)</label>
<input class="line" type="datetime-local" id="next_at" name="next_at" max="2026-12-24T09:30">
<label class="note" for="note">Note (optional)</label>
</form>
"""
REPORT = "<!doctype html>\n<td>14h</td>\n<p>nights and weekends included.</p>\n"
REPORT_SINCE = (
    "<!doctype html>\n<td>14h (2h 40m at work)</td>\n<p>nights and weekends included; at work is the part in business "
    "time, by the calendars in force now.</p>\n"
)


def same(then: str, now: str) -> bool:
    return same_page(then, now, KEY)


@pytest.mark.parametrize(("then", "now"), [(CONTACT, SINCE), (REPORT, REPORT_SINCE), (SINCE, SINCE)])
def test_a_page_that_gained_a_part_by_name_counts_as_the_same(then: str, now: str) -> None:
    assert same(then, now)


@pytest.mark.parametrize(
    "word", ["Log that", "How did", "By phone", "In another", 'value="other"', "Note", "note", "</form>"]
)
@pytest.mark.parametrize("then", [CONTACT, SINCE])
def test_a_page_that_lost_a_word_it_had_is_another_one(then: str, word: str) -> None:
    assert word in SINCE
    assert not same(then, SINCE.replace(word, "", 1))


@pytest.mark.parametrize("word", ["14h", "nights and ", "included"])
def test_a_report_that_lost_a_word_it_had_is_another_one(word: str) -> None:
    assert not same(REPORT, REPORT_SINCE.replace(word, "", 1))


def test_a_page_that_lost_a_part_of_its_own_day_is_another_one() -> None:
    assert not same(SINCE, as_then(SINCE, CONTACT))


def link(action: Action, token: str = "") -> str:
    return f'<a class="next" href="{token or LINKS.token_for(LINK, action)}">{action}</a>\n'


def test_a_link_of_a_page_counts_as_the_same_if_it_says_the_same_however_it_is_spelled() -> None:
    former = link(Action.CLOSE, former_token([HANDOFF_ID, 1, "close", EXPIRES], KEY))
    assert links_of(former, KEY) == links_of(link(Action.CLOSE), KEY) != links_of(link(Action.RATE), KEY)


def test_a_page_may_lead_to_more_than_it_did_in_another_place_and_not_to_less() -> None:
    then, now = CONTACT + link(Action.CLOSE), CONTACT + link(Action.RATE) + link(Action.CLOSE)
    assert same_page(then, now, KEY)
    assert not same_page(now, then, KEY)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("Thu 9 Jul 2026, 14:00 Europe/Oslo (12:00 UTC, in 2h)", "Thu 9 Jul 2026, 14:00 CEST (in 2h)"),
        ("Thu 3 Dec 2026, 14:00 Europe/Oslo, with Sam", "Thu 3 Dec 2026, 14:00 CET, with Sam"),
        (
            "Fri 4 Dec 2026, 01:00 Asia/Tokyo (Thu\N{NO-BREAK SPACE}16:00 UTC, in 2h)",
            "Fri 4 Dec 2026, 01:00 JST (in 2h)",
        ),
        ("Thu 3 Dec 2026, 14:00 UTC (in 2h)", "Thu 3 Dec 2026, 14:00 UTC (in 2h)"),
    ],
)
def test_a_time_counts_as_the_same_with_its_zones_short_name(then: str, now: str) -> None:
    assert with_times_alike(then) == now == with_times_alike(now)
