"""A visitor of the console without a browser: keeps its cookies, and signs in on the user pool's own page."""

import html
import re
from typing import Any

import httpx

from tools.stack import Stack
from tools.staff import PASSWORD


class Visitor:
    """Calls what the console's script calls, with cookies as a browser keeps them."""

    def __init__(self, stack: Stack, cookies: dict[str, str] | None = None) -> None:
        self.api_url, self.cookies = stack.api_url, {} if cookies is None else cookies

    def asks(self, call: str, /, *, header: str | None = "1", **body: Any) -> httpx.Response:
        """Makes a call of the session, such as `refresh`, with the console's header or without."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        marked = {} if header is None else {"X-Baton-Console": header}
        answer = httpx.post(f"{self.api_url}/console/session/{call}", json=body, headers=sent | marked, timeout=60)
        for each in answer.headers.get_list("set-cookie"):
            name, _, rest = each.partition("=")
            value, _, attributes = rest.partition(";")
            self.cookies[name] = value
            if "Max-Age=0;" in attributes:
                del self.cookies[name]
        return answer

    def on_the_page(self, email: str, return_to: str = "/") -> dict[str, str]:
        """Begins a sign-in, and enters the password on the page: the code and the state with which it leads back."""
        address = self.asks("start", return_to=return_to).raise_for_status().json()["address"]
        page = httpx.get(address, timeout=60).raise_for_status().text
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
        form = {name: html.unescape(value) for name, value in hidden}
        target = httpx.URL(address).copy_with(path="/login", query=None)
        back = httpx.post(target, data={**form, "username": email, "password": PASSWORD}, timeout=60)
        return dict(httpx.URL(back.headers["location"]).params)

    def signs_in(self, email: str, return_to: str = "/") -> dict[str, Any]:
        """Signs somebody in, and returns the session."""
        answer = self.asks("finish", **self.on_the_page(email, return_to)).raise_for_status()
        session: dict[str, Any] = answer.json()
        return session

    def api(self, token: str) -> httpx.Client:
        """A client of the API with this token."""
        return httpx.Client(base_url=self.api_url, headers={"Authorization": f"Bearer {token}"}, timeout=60)
