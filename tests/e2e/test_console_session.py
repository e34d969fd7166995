"""Staff sign in to the deployed console, in a real Chromium and on the user pool's own page; what is not theirs is
refused.
"""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.browsers import expect
from tests.e2e.conftest import Deployed
from tests.e2e.console import PHONE, Console, axe_faults, csp_reports, enter_password, opened, sign_in
from tests.e2e.console_sessions import Visitor
from tools import staff

SAM = staff.STAFF["sales"]
IN_SCRIPTS_REACH = "JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}])"
PALE = """() => {
  const pale = new CSSStyleSheet()
  pale.replaceSync('main p { color: #ccc !important; background: white }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pale]
}"""
FROM_ELSEWHERE = """async url => {
  const ask = options => fetch(url, {method: 'POST', credentials: 'include', ...options})
  const plain = await ask({mode: 'no-cors', body: '{}'}).then(() => 'sent', () => 'failed')
  const marked = await ask({headers: {'X-Baton-Console': '1'}}).then(answer => answer.text(), () => 'failed')
  return [plain, marked]
}"""


@pytest.fixture
def somebody(stack: Deployed) -> Iterator[str]:
    """Somebody new in sales, who is in nobody else's way."""
    email = f"new.{uuid.uuid4().hex[:8]}@baton.example"
    pool, client = stack.outputs["UserPoolId"], stack.outputs["UserPoolClientId"]
    staff.token_for(stack.session, pool, client, "sales", email)
    yield email
    stack.session.client("cognito-idp").admin_delete_user(UserPoolId=pool, Username=email)


def test_a_person_signs_in_by_the_right_password_and_is_brought_back_to_where_they_wanted_to_go(
    console: Console,
) -> None:
    with console.context() as context:
        page = opened(context, f"{console.url}/inbox?lead=none")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        assert axe_faults(page) == []
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("Username").fill(SAM)
        page.get_by_label("Password").fill("the wrong one")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("Incorrect username or password")).to_be_visible()
        enter_password(page, "sam")

        expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        assert page.url == f"{console.url}/inbox?lead=none"
        assert csp_reports(page) == []

        page.reload()
        expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        other_tab = opened(context, console.url)
        expect(other_tab.get_by_role("heading", name="Inbox")).to_be_visible()
        assert other_tab.url == f"{console.url}/inbox", "the first page of sales"


def test_no_script_of_the_page_can_read_what_renews_the_session(console: Console) -> None:
    with console.signed_in("sam") as page:
        [session] = [each for each in page.context.cookies() if each["name"] == "baton-session"]
        reach = page.evaluate(IN_SCRIPTS_REACH)

        assert (session["httpOnly"], session["secure"], session["sameSite"]) == (True, True, "Strict")
        assert f"http://127.0.0.1{session['path']}".endswith("/v1/console/session")
        assert session["value"] not in reach
        assert "eyJ" not in reach, "no token of any kind"


def test_what_breaks_the_policy_of_a_page_or_cannot_be_read_on_it_is_noticed(console: Console) -> None:
    """Else no report, and no fault that axe finds, would say nothing."""
    with console.signed_in("sam") as page:
        assert csp_reports(page) == []
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        page.evaluate("try { document.body.innerHTML = '<b>x</b>' } catch { }")
        page.wait_for_timeout(100)

        assert {each.split()[0] for each in csp_reports(page)} == {"style-src-attr", "require-trusted-types-for"}
        assert axe_faults(page) == []
        page.evaluate(PALE)
        assert {each.partition(":")[0] for each in axe_faults(page)} == {"color-contrast"}


def test_who_signs_out_is_signed_out_and_may_sign_in_as_somebody_else(console: Console) -> None:
    with console.context(PHONE) as context:
        page = opened(context, console.url)
        sign_in(page, "sam")
        other = opened(context, f"{console.url}/inbox")
        expect(other.get_by_role("heading", name="Inbox", level=1)).to_be_visible()
        page.bring_to_front()  # what is behind draws once a second
        page.get_by_role("button", name="Signed in as").click()
        page.get_by_role("button", name="Sign out", exact=True).click()

        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        expect(other.get_by_role("button", name="Sign in")).to_be_visible()
        expect(other.get_by_role("heading", name="Inbox", level=1)).to_be_hidden()
        assert page.url == f"{console.url}/signed-out"
        assert context.cookies() == []
        page.go_back()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()

        page.goto(f"{console.url}/signed-out")
        sign_in(page, "ada")
        expect(page.get_by_role("button", name="Signed in as ada")).to_be_visible()


def test_a_page_of_another_site_can_make_no_call_with_the_session(console: Console) -> None:
    with console.signed_in("sam") as page:
        answers: list[tuple[int, str]] = []
        page.context.on("response", lambda each: answers.append((each.status, each.request.method)))
        page.context.route(
            "http://elsewhere.example/**", lambda route: route.fulfill(body="<p>Hello", content_type="text/html")
        )
        evil = page.context.new_page()
        evil.goto("http://elsewhere.example/")

        plain, marked = evil.evaluate(FROM_ELSEWHERE, f"{console.url}/session/end")

        assert marked == "failed", "the browser asks first, and nobody permits it"
        assert plain in ("sent", "failed")
        assert (200, "POST") not in answers
        page.reload()
        expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


def test_a_code_is_good_once(stack: Deployed, somebody: str) -> None:
    visitor = Visitor(stack.stack)
    back = visitor.on_the_page(somebody)
    before = dict(visitor.cookies)

    assert visitor.asks("finish", **back).status_code == 200
    assert visitor.asks("finish", **back).status_code == 403
    assert Visitor(stack.stack, before).asks("finish", **back).status_code == 401


def test_the_code_of_one_sign_in_is_not_redeemed_by_another(stack: Deployed, somebody: str) -> None:
    visitor = Visitor(stack.stack)
    first, second = visitor.on_the_page(somebody), visitor.on_the_page(somebody)

    assert visitor.asks("finish", code=first["code"], state=second["state"]).status_code == 401
    assert Visitor(stack.stack).asks("finish", **first).status_code == 403, "begun in another browser"


def test_a_stolen_cookie_is_of_no_use_without_the_consoles_header(stack: Deployed, somebody: str) -> None:
    visitor = Visitor(stack.stack)
    visitor.signs_in(somebody)

    for call in ("start", "finish", "refresh", "end"):
        assert visitor.asks(call, header=None).status_code == 403, call
    assert visitor.asks("refresh").status_code == 200


def test_tokens_of_another_pool_open_nothing(stack: Deployed) -> None:
    cognito = stack.session.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="another")["UserPool"]["Id"]
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = cognito.create_user_pool_client(UserPoolId=pool, ClientName="baton-console", ExplicitAuthFlows=flows)  # type: ignore[arg-type]
    client_id = client["UserPoolClient"]["ClientId"]
    try:
        cognito.create_group(UserPoolId=pool, GroupName="admin")
        token = staff.token_for(stack.session, pool, client_id, "admin", "eve@elsewhere.example")
        given = cognito.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "eve@elsewhere.example", "PASSWORD": staff.PASSWORD},
        )["AuthenticationResult"]
        stranger = Visitor(stack.stack, {"baton-session": given["RefreshToken"]})

        assert stranger.asks("refresh").status_code == 401
        with stranger.api(token) as api:
            assert api.get("/me").status_code == 401
    finally:
        cognito.delete_user_pool(UserPoolId=pool)


def test_who_is_removed_from_their_group_may_do_nothing_from_the_next_renewal_on(
    stack: Deployed, somebody: str
) -> None:
    visitor = Visitor(stack.stack)
    with visitor.api(visitor.signs_in(somebody)["id_token"]) as api:
        assert api.get("/leads?queue=with_sales").status_code == 200
    pool = stack.outputs["UserPoolId"]
    stack.session.client("cognito-idp").admin_remove_user_from_group(
        UserPoolId=pool, Username=somebody, GroupName="sales"
    )

    renewed = visitor.asks("refresh").json()

    assert renewed["groups"] == []
    with visitor.api(renewed["id_token"]) as api:
        assert api.get("/leads?queue=with_sales").status_code == 403


def test_who_is_disabled_is_signed_out_at_the_next_renewal(stack: Deployed, somebody: str) -> None:
    visitor = Visitor(stack.stack)
    visitor.signs_in(somebody)
    stack.session.client("cognito-idp").admin_disable_user(UserPoolId=stack.outputs["UserPoolId"], Username=somebody)

    assert visitor.asks("refresh").status_code == 401


def test_a_session_that_was_ended_is_not_renewed_by_a_cookie_that_somebody_kept(stack: Deployed, somebody: str) -> None:
    visitor = Visitor(stack.stack)
    visitor.signs_in(somebody)
    stolen = Visitor(stack.stack, dict(visitor.cookies))

    assert visitor.asks("end").json()["address"].startswith(stack.stack.aws_endpoint_url)
    assert visitor.cookies == {}
    assert visitor.asks("refresh").status_code == stolen.asks("refresh").status_code == 401


def test_signing_out_everywhere_ends_the_sessions_of_other_devices(stack: Deployed, somebody: str) -> None:
    desk, phone, colleague = (Visitor(stack.stack) for _ in range(3))
    phone.signs_in(somebody)
    desk.signs_in(somebody)
    colleague.signs_in(SAM)

    assert desk.asks("end", everywhere=True).status_code == 200
    assert phone.asks("refresh").status_code == 401
    assert colleague.asks("refresh").status_code == 200


def test_two_tabs_that_renew_at_once_both_stay_signed_in(stack: Deployed, somebody: str) -> None:
    visitor = Visitor(stack.stack)
    visitor.signs_in(somebody)
    tabs = [Visitor(stack.stack, dict(visitor.cookies)) for _ in range(4)]
    with ThreadPoolExecutor(len(tabs)) as pool:
        answers = list(pool.map(lambda tab: tab.asks("refresh").status_code, tabs))

    assert answers == [200] * len(tabs)
