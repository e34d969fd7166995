"""Words that must not leave a lead's partition, put wherever staff and tools can put words."""

import uuid

from tests.e2e.at_work import RITA, SAM, AtWork, View, as_text, read
from tests.e2e.signals import signal, somewhere, tell

PROFILE = {"first_name": "Canarygiven", "last_name": "Canaryfamily", "title": "Canaryjob", "region": "Canaryregion"}
COMPANY = {"name": "Canaryworks", "infrastructure": "Canarysystem"}
BANT = {"need": {"value": "Canaryneed"}, "timeline": {"value": "Canarytime", "met": False}}
PROPERTIES = {"budget": "Canarymoney", "canary_question": "Canaryanswer"}
CONTENT = {"id": "canarycontent", "title": "Canarypaper", "topic": "Canarytopic"}
HOLD, HANDOVER = {"reason": "Canaryhold"}, {"reason": "Canaryhandover", "owner": RITA}


def told_by_staff(baton: AtWork) -> View:
    """A lead that staff and tools said all that can be said of, also in ways that are refused; gives it afterwards."""
    domain = somewhere()
    email = f"canarymail.{uuid.uuid4().hex[:6]}@{domain}"
    _refused(baton, email)
    said = signal(email, "webinar_attended", campaign="Canarycampaign", content=CONTENT, properties=PROPERTIES)
    path = f"/leads/{tell(baton, {**said, 'message_id': f'canary-{uuid.uuid4().hex}'})['lead_id']}"
    sam = baton.rep(SAM)
    read(sam.patch(path, json={"profile": PROFILE, "company": COMPANY, "bant": BANT}))
    read(sam.post(f"{path}/hold", json=HOLD))
    read(sam.delete(f"{path}/hold"))
    read(sam.post(f"{path}/handoff", json=HANDOVER))
    read(sam.put(f"/accounts/{domain}", json={"name": f"Canaryaccount at {domain}", "owner": RITA}))
    draft = {"yaml": f"# Canarycomment {uuid.uuid4()}\n{read(sam.get('/agreement'))['yaml']}", "note": "Canarynote"}
    read(sam.post("/agreement/drafts", json=draft))
    lead = tell(baton, signal(email, "page_visited", content=CONTENT, properties={"canary": "Canaryvisit"}))
    kept = as_text(baton.timeline(lead["lead_id"]))
    assert all(canary["reason"] in kept for canary in (HOLD, HANDOVER))
    return lead


def _refused(baton: AtWork, email: str) -> None:
    wrong = [{"message_id": "canary", "email": "canary", "kind": "Canary!"}, {"email": email, "canary": "Canary"}]
    results = read(baton.admin.post("/signals", json={"signals": wrong}))["results"]
    assert [result["result"] for result in results] == ["refused", "refused"]
    path = f"/leads/{baton.lead_id(email)}"
    for verb, url, body in (
        ("POST", "/signals", ["Canary"]),
        ("PATCH", path, {"profile": {"canary": "Canary", "first_name": "Canary\x00"}}),
        ("POST", f"{path}/handoff", {"reason": "Canary", "owner": "canary@nowhere.example", "canary": 1}),
        ("POST", f"{path}/hold", {"reason": "Canary", "until": "Canary"}),
        ("PUT", "/accounts/canary", {"name": "Canary", "owner": "Canary"}),
        ("POST", "/agreement/drafts", {"yaml": "canary: {Canary: [Canary", "note": "Canary"}),
        ("GET", f"{path}?at=canary", None),
        ("GET", "/leads?queue=canary", None),
    ):
        answer = baton.admin.request(verb, url, json=body)
        assert answer.status_code in (400, 404, 422), f"{verb} {url}: {answer.status_code} {answer.text}"


def of_the_person() -> set[str]:
    """What was said of the person, and not only of their company or of an agreement."""
    answers = {str(answer["value"]) for answer in BANT.values()} | set(PROPERTIES.values())
    return {*PROFILE.values(), *COMPANY.values(), *answers, *CONTENT.values(), HOLD["reason"], HANDOVER["reason"]}
