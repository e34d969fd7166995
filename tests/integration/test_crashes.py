"""A function that ends at any of its calls, and runs again, leaves the same state as an undisturbed run.

Each scene runs undisturbed once; every call of it, before it reached AWS and after AWS had done it, is a point at which
the process ends, in a copy of everything that is made there. (Between two writes only memory is lost, so all ends
between them are tried as one.) Its sender sends again, as it would: the visitor posts the
form again, the stream its batch, the bus its event, the timer its invocation, the reader clicks again.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import agreement_keys, team_keys
from baton.domain.basics.moments import iso
from tests.integration.calls import Call, Crash, Watcher, crash_at, crash_everywhere
from tests.integration.conftest import Prepared
from tests.integration.forked_runs import in_one_process, run_with_forks
from tests.integration.marketing import hire_marketing
from tests.integration.webhooks import send
from tests.integration.world import KIM, LEE, MO, SAM, START, World, living_in
from tests.senders import recorded

pytestmark = in_one_process

MINUTE = timedelta(minutes=1)
COMPANY = {"name": "Acme Inc.", "owner": SAM, "domains": ["example.org", "lab.example.net"]}
LIST = "domain,domains\nexample.com,lab.example.net\nexample.co.uk,example.org\n"
SOME = {"budget": {"value": 40000}, "authority": {"value": "decides"}, "need": {"value": "pressing"}}
UNTIL_NEXT_REMINDER = 16


def until_done(send: Callable[[], Any]) -> Any:
    """What a person does whose request got no answer: the same once more."""
    try:
        return send()
    except Crash:
        return send()


@dataclass(frozen=True)
class Scene:
    """What has happened before, and what is going to happen, disturbed or not."""

    begin: Callable[[World], Any]
    act: Callable[[World], Any]


def posted(name: str = "consultation", **answers: str) -> Callable[[World], None]:
    def act(world: World) -> None:
        assert until_done(lambda: world.send_form(name, **answers)).status == 202
        world.settle()

    return act


def told(*signals: dict[str, Any]) -> Callable[[World], None]:
    """Signals of one lead: several would be taken side by side, and their calls would have no order."""

    def act(world: World) -> None:
        assert until_done(lambda: world.send_signals(*signals)).status == 202
        world.settle()

    return act


def hooked(source: str, body: bytes | str, id_: str = "msg_1") -> Callable[[World], None]:
    """A tool's webhook about one lead, sent again until it is answered."""

    def act(world: World) -> None:
        assert until_done(lambda: send(world, source, body, id_=id_)).status == 202
        world.settle()

    return act


def waiting(minutes: float) -> Callable[[World], None]:
    return lambda world: world.wait(minutes * MINUTE)


def clicked(link: int | str, **answers: str) -> Callable[[World], None]:
    def act(world: World) -> None:
        heading = "CLOSE" if link in ("close", "rate") else "RETURN"
        mail = next(mail for mail in reversed(world.mails) if f"{heading} this lead" in mail.text)
        encoded = "&".join(f"{name}={value}" for name, value in answers.items())
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        done = until_done(lambda: world.ask("POST", mail.link(link), encoded, headers=form))
        assert done.status == 200 or "passed on to somebody else" in done.body
        world.settle()

    return act


LEAVE = "from=2026-12-24&to=2027-01-03"


def on_page(label: str, said: str) -> Callable[[World], None]:
    """The owner presses the button on a further page, to which the page of the newest handoff's mail links."""

    def act(world: World) -> None:
        [lead] = world.stack.leads()
        owner = lead.handoff.owner if lead.handoff else None
        [colleague] = {SAM, KIM} - {owner}
        mail = next(mail for mail in reversed(world.mails) if "RETURN this lead" in mail.text)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        shown = until_done(lambda: world.ask("POST", mail.link("accept"), "", headers=form)).body
        link = re.findall(rf'href="([^"]+)">{label}<', shown)
        body = said.format(colleague=colleague)
        done = until_done(lambda: world.ask("POST", f"/links/{link[0]}", body, headers=form))
        assert done.status == 200, done.body
        world.settle()

    return act


def takes_over(world: World) -> None:
    """The owner clicks in the newest mail that says what somebody says otherwise."""
    found = (re.search(r"Take it over:\n\S+?(/links/\S+)", mail.text) for mail in reversed(world.mails))
    path = next(each[1] for each in found if each)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert until_done(lambda: world.ask("POST", path, "", headers=form)).status == 200
    world.settle()


def answers_as_a_team(path: str, said: str) -> Callable[[World], None]:
    """One of a team presses the button on the page of the newest link of this kind in the mails, until it is done."""

    def act(world: World) -> None:
        [*_, link] = re.findall(rf"/{path}/\S+", "\n".join(mail.text for mail in world.mails))
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert until_done(lambda: world.ask("POST", link, said, headers=form)).status == 200
        world.settle()

    return act


def asked(method: str, path: str, body: Any = None, **how: Any) -> Callable[[World], None]:
    def act(world: World) -> None:
        lead = next(iter(world.stack.leads()), None)
        names = {"lead": lead.lead_id} if lead else {}
        if lead and lead.handoff:
            names |= {"handoff": lead.handoff.handoff_id, "owner": lead.handoff.owner}
        there = path.format(**names)
        assert until_done(lambda: world.ask(method, there, body, by="admin", **how)).status in {200, 201, 204}
        world.settle()

    return act


def scheduled(function: str) -> Callable[[World], None]:
    def act(world: World) -> None:
        world.deliver(function, {})
        world.settle()

    return act


def of_the_draft(method: str, path: str = "", body: Any = None, by: str = "marketing") -> Callable[[World], None]:
    def act(world: World) -> None:
        drafts = [f"/{item['sk']['S'].partition('#')[2]}" for item in world.stack.items(agreement_keys.DRAFTS)]
        there = f"/agreement/drafts{''.join(drafts)}{path}"
        assert until_done(lambda: world.ask(method, there, body, by=by)).status in {200, 201}
        world.settle()

    return act


def tried(world: World) -> None:
    """A draft is tried: the trial is started, and its leads are replayed."""
    [draft] = world.stack.items(agreement_keys.DRAFTS)
    path = f"/agreement/drafts/{draft['sk']['S'].partition('#')[2]}/trial"
    period = {"from": iso(START - 60 * MINUTE), "to": iso(world.now)}
    assert until_done(lambda: world.ask("POST", path, period, by="sales")).status == 202
    [execution] = world.stack.executions("DraftTrial")
    assert world.deliver("replay_leads", json.loads(execution.execution_input)) == {"done": True, "leads": 1}


def after(*acts: Callable[[World], None]) -> Callable[[World], None]:
    def begin(world: World) -> None:
        for act in acts:
            act(world)

    return begin


def fire_manager(world: World) -> None:
    assert world.ask("DELETE", f"/teams/sales/reps/{MO}", by="admin").status in {200, 204}


def fire_all(world: World) -> None:
    for email in (SAM, KIM):
        assert world.ask("DELETE", f"/teams/sales/reps/{email}", by="admin").status in {200, 204}
    world.settle()


def lose_timers(world: World) -> None:
    world._timers.clear()


def searched(world: World) -> None:
    """The nightly search for who is forgotten, and whatever comes of it at once."""
    world.deliver("find_forgotten", {})
    world.settle()
    world.wait(0 * MINUTE)


def by_company(world: World) -> None:
    """All leads of a company go to one rep."""
    world.agree(packaged_text().replace("    team: sales\n", "    team: sales\n    sticky: company\n"))


def never_sales(then: str) -> Callable[[World], None]:
    """People of one company never go to sales."""
    rule = f"  - {{id: rival, when: {{email_domain: rival.example}}, then: {then}}}\n"
    return lambda world: world.agree(f"{packaged_text()}\nnever:\n{rule}")


def off_hours(world: World) -> None:
    """Everybody works in the evening only."""
    for email in (SAM, KIM):
        assert world.invite(email, hours={"mon-sun": "20:00-22:00"}, time_zone="Europe/Berlin").status == 200
    world.settle()


def one_place(world: World) -> None:
    """One of two is left, and takes one lead at a time."""
    assert world.ask("DELETE", f"/teams/sales/reps/{KIM}", by="admin").status == 200
    assert world.invite(SAM, capacity=1).status == 200
    world.settle()


def lost(world: World) -> None:
    """Somebody gives up the one lead that they have."""
    [held] = [lead.handoff for lead in world.stack.leads() if lead.handoff and lead.handoff.owner]
    asked("POST", f"/handoffs/{held.handoff_id}/close", {"outcome": "lost"})(world)


OTHER = packaged_text().replace("within: 30m", "within: 15m", 1)
DRAFTED = of_the_draft("POST", body={"yaml": OTHER})
DRAFTED_FOR_LATER = of_the_draft("POST", body={"yaml": OTHER, "in_force_from": (START + 60 * MINUTE).isoformat()})
SIGNED, SIGNED_BY_SALES = (of_the_draft("POST", "/signatures", by=by) for by in ("marketing", "sales"))


def told_of_meeting(**said: Any) -> bytes:
    """A tool tells of a meeting that Anna booked with Kim, six days after the world begins."""
    starts_at = (START + timedelta(days=6)).isoformat()
    meeting = {"id": "m-1", "starts_at": starts_at, "host": KIM, "name": "Demo", **said}
    kind = "meeting_canceled" if said.get("called_off") else "meeting_booked"
    return json.dumps({"type": kind, "data": {"email": "anna@acme.example", "meeting": meeting}}).encode()


WANTS_A_DEMO = b'{"type": "demo_requested", "data": {"email": "anna.schmidt@example.com"}}'
WANTS_A_CALL = b'{"type": "call_me", "data": {"their_mail": "anna.schmidt@example.com"}}'
ADDRESS_CHANGED = recorded("hubspot.json").replace(b"luis.ortega@", b"luis@").replace(b"5598911", b"5598921")
HALF_UNDERSTOOD = recorded("hubspot.json").removesuffix(b"]") + b', {"subscriptionType": "ticket.creation"}]'
CALLS = "\n  standard:\n    events: {call_me: consultation}\n    fields: {their_mail: email}\n"


def understand(world: World) -> None:
    """The agreement says now what a tool means."""
    world.agree(packaged_text() + CALLS)


READ = {"kind": "content_downloaded", "content": {"id": "guide"}}
FITS = dict.fromkeys(("industry", "decision", "help", "infrastructure"), True)
IN_REVIEW = told({}, READ)
"""Anna has enough points for marketing and not for sales."""


VISITOR = {"anonymous_id": "cookie", "email": None}
VISITED = told(VISITOR)
AT_HOME = "anna@home.example.net"
TWO = after(told({}), told({"email": AT_HOME, "message_id": "at-home"}))
READS_AT_HOME = told({"email": AT_HOME, "kind": "webinar_attended", "message_id": "at-home"})


BOTH_IN_REVIEW = after(IN_REVIEW, told({**READ, "email": AT_HOME, "message_id": "read-at-home"}, {"email": AT_HOME}))


def _ids(world: World) -> tuple[str, str]:
    """Anna's lead, and that of her address at home."""
    by_email = {lead.email: lead.lead_id for lead in world.stack.leads()}
    other = by_email.pop(AT_HOME)
    return by_email.popitem()[1], other


def merged(world: World) -> None:
    one, other = _ids(world)
    wanted = {"other": other}
    assert until_done(lambda: world.ask("POST", f"/leads/{one}/merge", wanted, by="marketing")).status == 200
    world.settle()


def unmerged(world: World) -> None:
    _, other = _ids(world)
    assert until_done(lambda: world.ask("POST", f"/leads/{other}/unmerge", {}, by="marketing")).status == 200
    world.settle()


def forgotten_at_home(world: World) -> None:
    _, other = _ids(world)
    assert until_done(lambda: world.ask("DELETE", f"/leads/{other}", by="admin")).status == 204
    world.settle()


def reviewed(verdict: str, **said: Any) -> Callable[[World], None]:
    return asked("POST", "/leads/{lead}/review", {"verdict": verdict, **said})


def reviewed_together(verdict: str, **said: Any) -> Callable[[World], None]:
    """One verdict on all leads; who was reviewed before the crash is a repeat."""

    def act(world: World) -> None:
        together = {"leads": sorted(lead.lead_id for lead in world.stack.leads()), "verdict": verdict, **said}
        answer = until_done(lambda: world.ask("POST", "/reviews", together, by="admin"))
        assert answer.status == 200
        assert {each["result"] for each in answer.json()["results"]} <= {"reviewed", "repeated"}
        world.settle()

    return act


def restored(world: World) -> None:
    """Somebody is forgotten, and a backup knows them again."""
    backup = world.stack.items()
    erased(world)
    for item in backup:
        world.stack.dynamodb.put_item(TableName=world.stack.table, Item=item)


def erased(world: World) -> None:
    asked("DELETE", "/leads/{lead}")(world)


LIST_OF_SIGNALS = (
    "email;kind;at;message id\n"
    "anna.schmidt@example.com;page_visited;20.11.2026;w-1\n"
    "anna.schmidt@example.com;webinar_attended;21.11.2026;w-2\n"
    "nobody;page_visited;;\n"
    "anna.schmidt@example.com;page_visited;20.11.2026;w-1\n"
    "anna.schmidt@example.com;demo_requested;23.11.2026;\n"
)


def announced(world: World) -> None:
    """A list is to come."""
    assert until_done(lambda: world.ask("POST", "/imports", {"kind": "signals"}, by="marketing")).status == 201


def uploaded(content: str) -> Callable[[World], None]:
    def act(world: World) -> None:
        world.upload("1" * 24, content.encode())
        world.settle()

    return act


def stays(world: World) -> None:
    """A list's file waits, because nothing could be done about it."""
    world.stack.s3.put_object(
        Bucket=world.stack.physical["ImportFiles"], Key="uploads/x", Body=LIST_OF_SIGNALS.encode("utf-16")
    )


SCENES = {
    "somebody asks for a person": Scene(after(), posted(message="Please call.")),
    "somebody downloads something": Scene(after(), posted("content-download", content="guide")),
    "a robot falls into the trap": Scene(after(), posted(website="https://spam.example")),
    "what a robot seemed to send is released": Scene(
        after(posted(website="x"), posted(message="One more.", website="x")),
        asked("POST", "/leads/{lead}/release-from-spam"),
    ),
    "a lead with sales asks again": Scene(after(posted()), posted(message="Hello?")),
    "a reminder is due": Scene(after(posted()), waiting(15)),
    "two timers wait for one reminder": Scene(after(posted(), World.start_twice), waiting(15)),
    "an escalation is due": Scene(after(posted(), waiting(29)), waiting(1)),
    "an escalation reaches no manager": Scene(after(fire_manager, posted(), waiting(29)), waiting(1)),
    "the lead is passed on": Scene(after(posted(), waiting(44)), waiting(1)),
    "there is nobody to pass it on to": Scene(after(posted(), waiting(89)), waiting(1)),
    "nobody can take it at all": Scene(after(fire_all), posted()),
    "it is accepted by a click": Scene(after(posted()), clicked(0)),
    "contact is logged by a click": Scene(after(posted()), clicked("contact", channel="phone", note="Call+again.")),
    "what a form says otherwise is taken over by a click": Scene(
        after(posted(company="Acme"), posted(company="Umbrella", message="Hello?")), takes_over
    ),
    "it is won by a click": Scene(
        after(posted(), clicked("contact", channel="phone"), waiting(60 * 24 * 7)),
        clicked("close", outcome="won", amount="48000"),
    ),
    "it is rated by a click": Scene(
        after(posted(), clicked("contact", channel="phone"), waiting(60 * 24 * 7)), clicked("rate", stars="5")
    ),
    "it is parked by a click": Scene(after(posted()), clicked(1, reason="bad_timing", note="in+spring")),
    "it is disqualified by a click": Scene(after(posted()), clicked(1, reason="bad_fit")),
    "it is given to the next by a click": Scene(after(posted()), clicked(1, reason="wrong_person")),
    "a parked lead's date comes": Scene(
        after(posted(), clicked(1, reason="bad_timing"), waiting(60 * 24 * 90 - 1)), waiting(1)
    ),
    "it is accepted by hand": Scene(after(posted()), asked("POST", "/handoffs/{handoff}/accept")),
    "whoever has it leaves the team": Scene(after(posted()), asked("DELETE", "/teams/sales/reps/{owner}")),
    "a rep's leave is entered": Scene(
        after(posted()),
        asked("PATCH", f"/teams/sales/reps/{SAM}", {"add_away": [{"from": "2026-12-24", "to": "2027-01-03"}]}),
    ),
    "a leave is noted by a click": Scene(after(posted()), on_page("My leave", LEAVE)),
    "a leave is taken back by a click": Scene(
        after(posted(), on_page("My leave", LEAVE)), on_page("My leave", "taken_back=2026-12-24/2027-01-03")
    ),
    "a colleague gets it by a click": Scene(after(posted()), on_page("Pass it to a colleague", "owner={colleague}")),
    "the last manager leaves the team": Scene(posted(), asked("DELETE", f"/teams/sales/reps/{MO}")),
    "the last on the team leaves it": Scene(
        after(posted(), asked("DELETE", "/teams/sales/reps/{owner}")), asked("DELETE", "/teams/sales/reps/{owner}")
    ),
    "it is returned by hand": Scene(
        after(posted()), asked("POST", "/handoffs/{handoff}/return", {"reason": "bad_timing"})
    ),
    "it is won": Scene(after(posted()), asked("POST", "/handoffs/{handoff}/close", {"outcome": "won"})),
    "it is lost": Scene(
        after(posted()), asked("POST", "/handoffs/{handoff}/close", {"outcome": "lost", "reason": "too expensive"})
    ),
    "it is rated": Scene(
        after(posted()), asked("POST", "/handoffs/{handoff}/rating", {"stars": 4, "note": "Knows what they want."})
    ),
    "it is passed on by hand": Scene(after(posted()), asked("POST", "/handoffs/{handoff}/reassign", {"reason": "x"})),
    "a company comes on the list, and a lead of it is known": Scene(
        after(posted("content-download", content="guide")), asked("PUT", "/accounts/example.com", COMPANY)
    ),
    "a company changes on the list": Scene(
        after(asked("PUT", "/accounts/example.com", COMPANY)),
        asked("PUT", "/accounts/example.com", {"name": "Other", "domains": ["example.net"]}),
    ),
    "a company leaves the list": Scene(
        after(asked("PUT", "/accounts/example.com", COMPANY)), asked("DELETE", "/accounts/example.com")
    ),
    "a list of companies is imported": Scene(
        after(asked("PUT", "/accounts/example.com", COMPANY)),
        asked("POST", "/accounts/import", LIST, headers={"Content-Type": "text/csv"}),
    ),
    "a draft of the agreement is made": Scene(after(), DRAFTED),
    "a draft of the agreement is changed": Scene(
        after(DRAFTED, SIGNED), of_the_draft("PUT", body={"yaml": packaged_text(), "revision": 1})
    ),
    "a signed draft of the agreement is withdrawn": Scene(after(DRAFTED, SIGNED), of_the_draft("DELETE")),
    "a draft of the agreement is tried": Scene(after(IN_REVIEW, DRAFTED, waiting(5)), tried),
    "one department signs": Scene(after(DRAFTED), SIGNED),
    "both departments have signed": Scene(after(DRAFTED, SIGNED), SIGNED_BY_SALES),
    "both have signed for another day": Scene(after(DRAFTED_FOR_LATER, SIGNED), SIGNED_BY_SALES),
    "the day comes for which both have signed": Scene(
        after(DRAFTED_FOR_LATER, SIGNED, SIGNED_BY_SALES, waiting(59)), waiting(1)
    ),
    "somebody agrees, and unsubscribes": Scene(
        after(posted("content-download", content="guide", newsletter="yes")), told({"kind": "unsubscribed"})
    ),
    "staff withdraws a consent": Scene(
        after(posted("content-download", content="guide", newsletter="yes")),
        asked("PATCH", "/leads/{lead}", {"consents": {"newsletter": None}}),
    ),
    "a tool tells of several things": Scene(after(), told({}, {"kind": "webinar_attended"}, {"kind": "odd"})),
    "a tool tells of some things again": Scene(after(told({}, {})), told({}, {}, {}, {"kind": "webinar_attended"})),
    "a tool tells of more than fits one transaction": Scene(after(), told(*[{}] * 26)),
    "a tool tells that somebody wants a demo": Scene(after(told({})), told({}, {"kind": "demo_requested"})),
    "a tool tells of somebody from a target account": Scene(
        after(asked("PUT", "/accounts/example.com", COMPANY)), told({}, {"kind": "webinar_attended"})
    ),
    "somebody with sales turns out to be from an account whose owner gets no mail": Scene(
        after(posted(), asked("PUT", "/accounts/example.com", {"name": "Example", "owner": LEE})),
        posted("content-download", content="guide"),
    ),
    "a tool's webhook tells of one lead": Scene(after(), hooked("hubspot", "hubspot.json")),
    "a tool's webhook tells that somebody wants a demo": Scene(after(), hooked("standard", WANTS_A_DEMO)),
    "a tool's webhook tells of a booked meeting": Scene(after(), hooked("standard", told_of_meeting())),
    "a booked meeting is called off": Scene(
        after(hooked("standard", told_of_meeting())), hooked("standard", told_of_meeting(called_off=True), "msg_2")
    ),
    "a tool's webhook tells of another address": Scene(
        after(hooked("hubspot", "hubspot.json")), hooked("hubspot", ADDRESS_CHANGED)
    ),
    "staff correct an address": Scene(
        after(told({})), asked("PUT", "/leads/{lead}/address", {"email": "anna@new.example.net"})
    ),
    "a tool's webhook is not understood": Scene(after(), hooked("standard", b"{}")),
    "a tool's webhook is understood in part": Scene(after(), hooked("hubspot", HALF_UNDERSTOOD)),
    "webhooks are read anew, some of which are understood now": Scene(
        after(hooked("hubspot", HALF_UNDERSTOOD), hooked("standard", WANTS_A_CALL), understand),
        scheduled("replay_quarantine"),
    ),
    "what is known of a lead is put down": Scene(after(told({})), asked("PATCH", "/leads/{lead}", {"bant": SOME})),
    "the last answer is put down": Scene(
        after(told({}), asked("PATCH", "/leads/{lead}", {"bant": SOME})),
        asked("PATCH", "/leads/{lead}", {"bant": {"timeline": {"value": "spring"}}}),
    ),
    "two leads turn out to be one person": Scene(TWO, merged),
    "two leads of one person have enough points for sales": Scene(after(IN_REVIEW, READS_AT_HOME), merged),
    "a merge is undone": Scene(after(TWO, merged, told({"email": AT_HOME, "message_id": "since"})), unmerged),
    "somebody is forgotten who was two": Scene(after(TWO, merged), erased),
    "somebody is forgotten who was taken for another": Scene(
        after(TWO, merged, told({"email": AT_HOME, "message_id": "since"}), unmerged), forgotten_at_home
    ),
    "something is kept of somebody without an address": Scene(after(), VISITED),
    "somebody gives the address that was missing": Scene(
        after(VISITED, told({**VISITOR, "message_id": "2"})), told({"anonymous_id": "cookie", "message_id": "3"})
    ),
    "somebody gives the address that was missing with a form": Scene(VISITED, posted(anonymous_id="cookie")),
    "something is told of a known cookie": Scene(
        after(VISITED, told({"anonymous_id": "cookie", "message_id": "3"})), told({**VISITOR, "message_id": "4"})
    ),
    "somebody with a cookie is forgotten": Scene(after(VISITED, posted(anonymous_id="cookie")), erased),
    "it is handed over by hand": Scene(after(told({})), asked("POST", "/leads/{lead}/handoff", {"reason": "fair"})),
    "it is held back": Scene(after(told({})), asked("POST", "/leads/{lead}/hold", {"reason": "merger"})),
    "it is let go": Scene(
        after(told({}), asked("POST", "/leads/{lead}/hold", {"reason": "merger"})),
        asked("DELETE", "/leads/{lead}/hold"),
    ),
    "it is let go and handed over": Scene(
        after(
            told({}),
            asked("POST", "/leads/{lead}/hold", {"reason": "merger"}),
            asked("PATCH", "/leads/{lead}", {"bant": {**SOME, "timeline": {"value": "spring"}}}),
        ),
        asked("DELETE", "/leads/{lead}/hold"),
    ),
    "the time for which it is held back is over": Scene(
        after(
            told({}),
            asked("POST", "/leads/{lead}/hold", {"reason": "merger"}),
            asked("PATCH", "/leads/{lead}", {"bant": {**SOME, "timeline": {"value": "spring"}}}),
            waiting(60 * 24 * 30 - 1),
        ),
        waiting(1),
    ),
    "a lead comes into review": Scene(after(), IN_REVIEW),
    "marketing finds a good fit": Scene(after(IN_REVIEW), reviewed("good_fit", answers=FITS)),
    "marketing finds a good fit whom nobody can take": Scene(
        after(fire_all, IN_REVIEW), reviewed("good_fit", answers=FITS)
    ),
    "marketing finds the time wrong": Scene(after(IN_REVIEW), reviewed("bad_timing", reason="next year")),
    "marketing finds a bad fit": Scene(after(IN_REVIEW), reviewed("bad_fit", reason="a student")),
    "marketing finds a lead not ready": Scene(after(IN_REVIEW), reviewed("not_ready")),
    "marketing finds two good fits at once": Scene(BOTH_IN_REVIEW, reviewed_together("good_fit", answers=FITS)),
    "marketing finds two leads not ready at once": Scene(BOTH_IN_REVIEW, reviewed_together("not_ready")),
    "marketing hears that a review has begun": Scene(hire_marketing, IN_REVIEW),
    "marketing hears what sales gave back": Scene(after(hire_marketing, posted()), clicked(1, reason="unreachable")),
    "marketing finds a good fit from the mail": Scene(
        after(hire_marketing, IN_REVIEW, waiting(60 * 24)),
        answers_as_a_team("reviews", "verdict=good_fit" + "".join(f"&answer.{each}=yes" for each in FITS)),
    ),
    "marketing says from the mail who is on it": Scene(
        after(hire_marketing, IN_REVIEW, waiting(60 * 24)), answers_as_a_team("reviews", "claim=begin")
    ),
    "marketing says who is on a review": Scene(after(IN_REVIEW), asked("POST", "/leads/{lead}/review/claim", {})),
    "a manager reassigns a late lead from the mail": Scene(
        after(posted(), waiting(31)), answers_as_a_team("reassignments", "owner=next&reason=late")
    ),
    "a manager takes a late lead from the mail": Scene(
        after(posted(), waiting(31)), answers_as_a_team("reassignments", f"owner={MO}&reason=late")
    ),
    "marketing answers a return": Scene(after(posted(), clicked(1, reason="unreachable")), reviewed("not_ready")),
    "marketing's team is reminded of a review": Scene(
        after(hire_marketing, IN_REVIEW, waiting(60 * 24 - 1)), waiting(1)
    ),
    "marketing's manager hears that an answer is late": Scene(
        after(hire_marketing, posted(), clicked(1, reason="unreachable"), waiting(60 * 48 - 1)), waiting(1)
    ),
    "marketing is to be reminded of a review": Scene(after(IN_REVIEW, waiting(60 * 24 - 1)), waiting(1)),
    "marketing's manager is to hear of a review": Scene(after(IN_REVIEW, waiting(60 * 48 - 1)), waiting(1)),
    "the date comes of a lead that marketing has parked": Scene(
        after(IN_REVIEW, reviewed("bad_timing"), waiting(60 * 24 * 90 - 1)), waiting(1)
    ),
    "a lead that did not fit has another title": Scene(
        after(IN_REVIEW, reviewed("bad_fit", reason="a student"), waiting(1)),
        asked("PATCH", "/leads/{lead}", {"profile": {"title": "Buyer"}}),
    ),
    "the books of three days are closed": Scene(after(posted(), waiting(60 * 72)), scheduled("close_books")),
    "a lost timer is found": Scene(after(posted(), lose_timers, waiting(40)), searched),
    "a lost date is found": Scene(
        after(IN_REVIEW, reviewed("bad_timing"), lose_timers, waiting(60 * 24 * 91)), searched
    ),
    "somebody may hold one lead more, and gets the one that waits": Scene(
        after(one_place, posted(email="first@example.org"), posted(email="second@example.org")),
        asked("PUT", f"/teams/sales/reps/{SAM}", {"capacity": 2}),
    ),
    "another person of a company asks, whose leads go to one rep": Scene(
        after(by_company, posted(email="ann@acme.com")), posted(email="bob@acme.com")
    ),
    "somebody asks whom the agreement keeps from sales": Scene(
        after(never_sales("review")), posted(email="bob@rival.example")
    ),
    "somebody asks whom the agreement keeps from everybody": Scene(
        after(never_sales("disqualify"), posted("content-download", content="guide", email="bob@rival.example")),
        posted(email="bob@rival.example"),
    ),
    "nobody is at work": Scene(after(off_hours), posted()),
    "the hours begin of whoever gets the lead that waits": Scene(
        after(off_hours, posted(), waiting(60 * 9 + 29)), waiting(1)
    ),
    "a place becomes free for a lead that waits": Scene(
        after(one_place, posted(email="first@example.org"), posted(email="second@example.org")), lost
    ),
    "both departments are to get the weekly mail": Scene(
        after(posted(), waiting(60 * 24 * 7)), scheduled("mail_report")
    ),
    "somebody is forgotten": Scene(after(posted(), clicked("contact", channel="phone", note="Anna+called.")), erased),
    "somebody is forgotten who waits in line": Scene(after(fire_all, posted()), erased),
    "somebody is kept no longer": Scene(
        after(posted(website="https://spam.example"), waiting(60 * 24 * 91)), scheduled("retire_leads")
    ),
    "a backup brings back who was forgotten": Scene(after(posted(), restored), scheduled("reapply_erasures")),
    "a list is announced": Scene(after(), announced),
    "a list of signals is taken in": Scene(after(announced), uploaded(LIST_OF_SIGNALS)),
    "a list is no list of signals": Scene(after(announced), uploaded("a,b\n1,2\n")),
    "somebody is forgotten of whom a list tells that waits": Scene(after(posted(), stays), erased),
    "contact is logged by hand": Scene(
        after(posted()), asked("POST", "/handoffs/{handoff}/contact", {"channel": "phone"})
    ),
}


@pytest.fixture(autouse=True)
def lists_in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each invocation takes a part of two lines, and each list is known by the same id."""
    monkeypatch.setattr("baton.aws.imports.import_items.token_hex", lambda _bytes: "1" * 24)
    monkeypatch.setattr("baton.aws.imports.import_job.BUDGET_SECONDS", -1.0)
    monkeypatch.setattr("baton.intake.imports.file_parts.MAX_LINES", 2)


@pytest.fixture(autouse=True)
def nobody_in_particular(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is erased is counted under the same random id each time a scene is played."""
    monkeypatch.setattr("baton.aws.privacy.lead_erasure.token_hex", lambda _bytes: "0" * 16)


@pytest.mark.parametrize("name", SCENES)
def test_a_function_that_crashes_at_any_call_and_runs_again_ends_in_the_same_state(
    name: str, prepared: Prepared, subtests: pytest.Subtests, record_property: Callable[[str, object], None]
) -> None:
    scene = SCENES[name]
    take = _rehearsed(prepared, scene.begin)
    with prepared.calls.recorded() as calls:
        clean, crashed = run_with_forks(lambda forks: _played(take, scene.act, crash_everywhere(forks.forked)))
    record_property("crash_points", len(crashed))
    assert crashed, "nothing was called"
    for (place, done), ended in crashed.items():
        with subtests.test(f"{'after' if done else 'before'} {calls[place]} (call {place})"):
            assert isinstance(ended, Ending), ended.why
            again, items = _sent_again(calls, place, done=done), _counted_again(clean.items, calls, place, done=done)
            assert (ended.items, ended.mails, ended.lost) == (items, clean.mails + again, [])
            assert ended.files == clean.files
            if ended.waiting != clean.waiting:
                assert calls[place].function == "publish_events", "only a batch sent twice starts a timer twice"
                later = after(scene.act, waiting(UNTIL_NEXT_REMINDER))
                assert _played(take, later, crash_at(place, after=done)).items == _played(take, later).items


@dataclass(frozen=True)
class Ending:
    """How a scene ended: all that the table and the bucket hold, the mails that arrived, what waits for its time, and
    what was given up as undeliverable."""

    items: list[Any]
    files: dict[str, bytes]
    mails: Counter[str]
    waiting: list[tuple[str, str]]
    lost: list[Any]


Take = Callable[[], AbstractContextManager[World]]


def _rehearsed(prepared: Prepared, begin: Callable[[World], Any]) -> Take:
    """The same beginning as often as it is needed; no function runs yet, so that each knows nothing."""
    prepared.with_people()
    with living_in(World(prepared.stack, prepared.calls)) as first:
        begin(first)
    bring_back = prepared.stack.keep()

    def take() -> AbstractContextManager[World]:
        bring_back()
        return living_in(first.twin())

    return take


def _played(take: Take, act: Callable[[World], Any], watcher: Watcher | None = None) -> Ending:
    with take() as world:
        with world.calls.by(watcher) if watcher else nullcontext():
            act(world)
        world.stack.must_be_consistent()
        mails = Counter(mail.text for mail in world.mails)
        return Ending(_without_paces(world.stack.items()), world.stack.files(), mails, world.waiting, world.lost)


def _without_paces(items: list[Any]) -> list[Any]:
    """The items but those of the pace of mails: who sends a mail again takes another moment for it."""
    return [item for item in items if item["sk"] != team_keys.mail_pace("")["sk"]]


def _counted_again(items: list[Any], calls: list[Call], place: int, *, done: bool) -> list[Any]:
    """The items after a form that was counted and not answered is sent again: it counts twice in the form's limits."""
    counts = [
        call.parameters["Key"]
        for call in calls[: place + 1 if done else place]
        if call.invocation == calls[place].invocation
        and (call.function, call.operation) == ("submit_form", "UpdateItem")
    ]
    limits = [key for key in counts if key["pk"]["S"].startswith("LIMIT#")]
    return [_once_more(item) if {"pk": item["pk"], "sk": item["sk"]} in limits else item for item in items]


def _once_more(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "sent": {"N": str(int(item["sent"]["N"]) + 1)}}


def _sent_again(calls: list[Call], place: int, *, done: bool) -> Counter[str]:
    """The mails that an invocation had sent when it ended without having remembered that it did."""
    last, sent = calls[place], Counter[str]()
    if last.function not in {"notify_sales", "mail_report", "check_roster"}:
        return sent
    for call in calls[: place + 1] if done else calls[:place]:
        if call.invocation == last.invocation and call.operation == "Publish":
            sent[call.parameters["Message"]] += 1
        elif call.invocation == last.invocation and call.operation in {"PutItem", "TransactWriteItems"}:
            sent.clear()
    return sent
