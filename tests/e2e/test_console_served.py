"""The deployed console is served as it was built, from the address of the API."""

import re

import httpx

from tests.e2e.conftest import Deployed


def test_the_page_and_its_assets_are_served_below_the_stage(stack: Deployed) -> None:
    page = httpx.get(f"{stack.api_url}/console/leads/4f2a")
    [base] = re.findall('<base href="([^"]+)">', page.text)
    [script] = re.findall(r'src="\./([^"]+\.js)"', page.text)
    folder = page.url.join(base)
    asset = httpx.get(folder.join(script))

    assert str(folder) == f"{stack.api_url}/console/"
    assert (page.headers["content-type"], page.headers["cache-control"]) == ("text/html; charset=utf-8", "no-cache")
    assert "require-trusted-types-for 'script'" in page.headers["content-security-policy"]
    assert (asset.status_code, asset.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "immutable" in asset.headers["cache-control"]
    assert httpx.get(folder.join("assets/of-yesterday.js")).status_code == 404
    assert httpx.get(page.url, headers={"If-None-Match": page.headers["etag"]}).status_code == 304
    assert httpx.head(page.url).headers["etag"] == page.headers["etag"]
    assert httpx.post(page.url).status_code == 405
