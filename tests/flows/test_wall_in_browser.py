"""The wall in Debian's Chromium: both of Prefect's web interfaces, every page, its picture and its table.

Prefect's server is a real one on loopback. It is skipped where there is no Chromium, unless PATHWAYS_REQUIRE_CHROMIUM
says that there must be one. PATHWAYS_TAKE_PICTURES=1 writes the pictures of docs/ anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from pathways.wall.page import Page, as_html, index_html, unmarked
from pathways.wall.pages import TITLES
from pathways.wall.tables import Table
from tests.flows import asking
from tests.flows.proxy import proxy, unverified

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
SAMPLE_PROXY = ROOT / "deployments" / "nginx.conf"
WAIT = 60_000
WIDTH = 1280
KEPT = ("wall-v1", "this-morning-v2", "published")
WITHOUT_PICTURE = ("late-now", "the-check-itself")
"""A list of references, and a table of words: UX.md asks for no more."""

TABLES = """() => {
    const number = text => text.match(/[0-9.]+/g).map(Number)
    const light = ([red, green, blue]) => {
        const [r, g, b] = [red, green, blue].map(each => {
            const share = each / 255
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const behind = element => {
        for (let each = element; each; each = each.parentElement) {
            const colour = number(getComputedStyle(each).backgroundColor)
            if (colour.length < 4 || colour[3] > 0.5) return colour
        }
        return [255, 255, 255]
    }
    const contrast = cell => {
        const [one, other] = [light(number(getComputedStyle(cell).color)), light(behind(cell))]
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    }
    const window_of = table => {
        let right = innerWidth
        for (let each = table.parentElement; each; each = each.parentElement)
            if (getComputedStyle(each).overflowX != "visible") right = Math.min(right, each.getBoundingClientRect().right)
        return right
    }
    return [...document.querySelectorAll("table")].map(table => {
        const cells = [...table.querySelectorAll("th, td")]
        return {
            cells: [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim())),
            hidden: Math.max(0, table.getBoundingClientRect().right - window_of(table)),
            smallest: Math.min(...cells.map(cell => parseFloat(getComputedStyle(cell).fontSize))),
            contrast: Math.min(...cells.map(contrast)),
            cut_off: cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText),
        }
    })
}"""
"""Of each table: what stands in its cells, how much of its right side has to be scrolled to (pixels), its smallest letters (pixels), its weakest contrast
(as WCAG 2.2 reckons it; 4.5 is enough), and the cells whose text does not fit into them."""

CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(
    each => each.clientWidth > 40 && each.scrollWidth > each.clientWidth + 1 && each.innerText
).map(each => each.innerText)"""
"""The texts on a page that do not fit into the boxes that they stand in."""


def policy() -> str:
    """What the sample reverse proxy adds to every page: among other things, the browser may speak to no other host."""
    (said,) = re.findall(r'Content-Security-Policy "([^"]+)"', SAMPLE_PROXY.read_text(encoding="utf-8"))
    assert "connect-src 'self'" in said
    return said


def _needs_chromium():
    if CHROMIUM is None and os.environ.get("PATHWAYS_REQUIRE_CHROMIUM") != "1":
        pytest.skip("Chromium is not installed: apt-get install chromium")
    assert CHROMIUM is not None, (
        "Chromium is not installed, and PATHWAYS_REQUIRE_CHROMIUM=1 says that it must be"
    )


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/api/health", timeout=2) as said:
        return said.status == 200
    return False


@pytest.fixture(scope="module")
def practice_url(tmp_path_factory):
    """A practice store as `pathways demo` makes it, without Prefect."""
    _needs_chromium()
    from commands.demo import fill_store

    home = tmp_path_factory.mktemp("practice")
    url = f"sqlite:///{home / 'practice.db'}"
    kept = dict(os.environ)
    os.environ |= {"PATHWAYS_HOME": str(home)}
    os.environ.pop("PATHWAYS_DATABASE_URL", None)
    try:
        fill_store(url, flow=False)
    finally:
        os.environ.clear()
        os.environ |= kept
    return url


@pytest.fixture(scope="module")
def published(tmp_path_factory, practice_url, prefect_tables):
    """A Prefect server of our own on loopback, with the wall published twice. Gives its address."""
    from flows.settings import served

    home = tmp_path_factory.mktemp("prefect-pages")
    prefect_tables(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    mine = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "PATHWAYS_"))
    }
    mine |= {
        **served(port),
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "pages"),
        "PATHWAYS_DATABASE_URL": practice_url,
        "PYTHONPATH": str(ROOT),
    }
    serve = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(serve, env=mine, stdout=log, stderr=log, cwd=home)
    try:
        until = time.monotonic() + 180
        while not _answers(origin):
            assert server.poll() is None, (home / "server.log").read_text(errors="replace")[-2000:]
            assert time.monotonic() < until, "Prefect's server did not start"
            time.sleep(0.5)
        publish = "from flows.dashboards import publish_dashboards as p; p(); p('this-morning')"
        subprocess.run([sys.executable, "-c", publish], env=mine, cwd=ROOT, check=True, timeout=300)
        yield origin
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium, without a window."""
    _needs_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


CUT = """() => {
    const right = element => element.getBoundingClientRect().right
    const beyond = [...document.querySelectorAll('h1, p, li, img, caption, figcaption, .wide')].filter(each => right(each) > innerWidth)
    const unreachable = [...document.querySelectorAll('.wide')].filter(each => {
        each.scrollLeft = each.scrollWidth
        return [...each.querySelectorAll('tr > :last-child')].some(cell => right(cell) > right(each) + 1)
    })
    return [document.documentElement.scrollWidth - innerWidth, beyond.length, unreachable.length]
}"""
"""How far a page is wider than its window, what is cut at the edge, tables whose last column cannot be come to."""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_of_a_published_page_is_cut_on_a_telephone(chromium, width):
    """A table that is wider than the window moves within itself, and its caption stays where it is."""
    head = ("Which team of the authority", *(f"Overdueness {each}" for each in range(7)), "Altogether")
    wide = Table(
        "Everything that is late, of each team that has any", head, (("Assessment", *range(10, 18)),)
    )
    made = Page(
        "wide",
        "Wide",
        "",
        ("As at now.",),
        ("`pathways overdue --team 'north family support'`",),
        tables=(wide,),
    )
    context = chromium.new_context(viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        for each in (as_html(made, None), index_html([made], made.as_at)):
            page.set_content(each)
            assert page.evaluate(CUT) == [0, 0, 0]
        page.set_content(as_html(made, None))
        assert page.evaluate("document.querySelector('.wide').scrollWidth > innerWidth") is (width < 1280)
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.querySelector('.wide')).overflowX") == "visible"
    finally:
        context.close()


class Looking:
    """A browser at one of the two interfaces, behind the sample proxy's policy; it notes every request."""

    def __init__(self, browser, origin, version):
        self.root = origin + ("/v2" if version == "v2" else "")
        self.version, self.asked = version, []
        self.context = browser.new_context(viewport={"width": WIDTH, "height": 900})
        self.context.add_cookies([{"name": "prefect_ui_version", "value": version, "url": origin}])
        self.context.set_default_timeout(WAIT)
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.route(f"{origin}/**", self._behind_the_proxy)
        self.page = self.context.new_page()
        # Whoever looks at every request gets a browser that keeps nothing; this one is to load a script once.
        cache = self.context.new_cdp_session(self.page)
        cache.send("Network.enable")
        cache.send("Network.setCacheDisabled", {"cacheDisabled": False})

    def _behind_the_proxy(self, route):
        if route.request.resource_type != "document":
            route.continue_()
            return
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy()})

    def outside(self):
        hosts = {urlsplit(url).hostname for url in self.asked if url.startswith(("http", "ws"))}
        return sorted(hosts - {"127.0.0.1"})

    def open(self, path):
        self.page.goto(f"{self.root}{path}")
        return self.page

    def take(self, name):
        take(self.page, name)


def take(page, name):
    """Keep a picture for docs/, where one is asked for; with a palette, it is a quarter of the size."""
    if os.environ.get("PATHWAYS_TAKE_PICTURES") != "1" or name not in KEPT:
        return
    from PIL import Image

    page.wait_for_timeout(800)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
            PICTURES / f"{name}.png", optimize=True
        )


@pytest.fixture(scope="module", params=["v1", "v2"])
def looking(request, chromium, published):
    found = Looking(chromium, published, request.param)
    yield found
    found.context.close()


@pytest.fixture(scope="module")
def newest(published):
    """The number of each page's newest version, by its key."""
    asked = {"artifacts": {"key": {"any_": list(TITLES)}}}
    with speak(published) as client:
        found = client.post("/api/artifacts/latest/filter", json=asked).json()
    return {each["key"]: each["latest_id"] for each in found}


@pytest.fixture(scope="module")
def pages(published, practice_url):
    """What the pages are to say, from the same records, by key."""
    from models.clock import now
    from models.measuring import figures
    from models.setup import moments, rules_of
    from models.store import open_store
    from pathways.wall.pages import all_pages

    with open_store(practice_url) as store:
        made = all_pages(figures(store, rules_of(store), moments(store, None, now())[1]))
    return {each.key: each for each in made}


def test_the_wall_shows_a_card_for_every_page_with_its_number_the_front_page_first(looking, pages):
    page = looking.open("/artifacts")
    for key in TITLES:
        page.get_by_text(key, exact=True).first.wait_for()
    page.get_by_text("29 late").first.wait_for()
    lines = page.locator("body").inner_text().splitlines()
    assert [each for each in lines if each in TITLES] == list(TITLES)
    page.evaluate("() => document.fonts.ready")
    cut_off, headlines = page.evaluate(CUT_OFF), [unmarked(each.headline) for each in pages.values()]
    assert [each for each in headlines if each in cut_off] == [], "every headline is seen whole"
    assert all(each in lines for each in headlines)
    looking.take(f"wall-{looking.version}")
    assert looking.outside() == []


@pytest.mark.parametrize("key", TITLES)
def test_a_page_has_its_picture_and_its_tables_can_be_read(looking, newest, pages, key):
    page = looking.open(f"/artifacts/artifact/{newest[key]}")
    page.locator("table td").first.wait_for()
    page.wait_for_load_state("networkidle")  # the newer interface asks twice, and draws anew
    page.evaluate("() => document.fonts.ready")
    said = pages[key]
    found = page.evaluate(TABLES)
    if said.listed is None:
        assert [each["cells"] for each in found] == [
            [list(each.head), *(list(row) for row in each.printed())] for each in said.tables
        ]
        page.get_by_text("How this is worked out").first.wait_for()
    else:
        (listed,) = found
        assert listed["cells"] == [
            list(said.listed[0]), *(list(row.values()) for row in said.listed[: len(listed["cells"]) - 1])
        ]  # fmt: skip
        assert len(listed["cells"]) > 5
    for each in found:
        assert each["hidden"] <= 1, "every column is seen without scrolling"
        assert each["smallest"] >= 12
        assert each["contrast"] >= 4.5
        assert each["cut_off"] == []
    pictures = page.locator("img[src^='data:image/png']")
    assert pictures.count() == len(said.charts)
    assert said.charts or key in WITHOUT_PICTURE
    for place, chart in enumerate(said.charts):
        picture = pictures.nth(place)
        picture.evaluate("image => image.decode()")
        assert picture.evaluate("image => image.naturalWidth") > 0
        assert len(picture.get_attribute("alt")) > 40
        assert picture.get_attribute("alt").split() == chart.words.split()
    if key in ("this-morning", "late-now"):
        looking.take(f"{key}-{looking.version}")
    assert looking.outside() == []


def test_a_card_leads_to_the_newest_version_of_its_page(looking):
    page = looking.open("/artifacts/key/this-morning")
    page.locator("a[href*='/artifacts/artifact/']").first.click()
    page.wait_for_url("**/artifacts/artifact/**")
    page.locator("table td").first.wait_for()
    page.get_by_text("Every page", exact=True).first.wait_for()


def test_links_lead_from_page_to_page(looking, newest):
    page = looking.open(f"/artifacts/artifact/{newest['this-morning']}")
    link = page.get_by_role("link", name="What is late now").first
    link.wait_for()
    page.goto(link.evaluate("link => link.href"))
    page.get_by_text("worst 142 days").first.wait_for()


def test_a_published_page_opens_from_disk_and_asks_nobody(chromium, tmp_path, practice_url, monkeypatch):
    from commands.run import run

    monkeypatch.setenv("PATHWAYS_HOME", str(Path(practice_url.removeprefix("sqlite:///")).parent))
    monkeypatch.delenv("PATHWAYS_DATABASE_URL", raising=False)
    assert run(["dashboards", "publish", "--out", str(tmp_path / "wall")]) == 0
    context = chromium.new_context(viewport={"width": 1000, "height": 1100})
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto((tmp_path / "wall" / "index.html").as_uri())
    page.get_by_role("link", name="This morning").click()
    picture = page.locator("img").first
    picture.wait_for()
    assert picture.evaluate("image => image.naturalWidth") > 0
    assert page.locator("h1").inner_text() == "This morning"
    take(page, "published")
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data"}
    context.close()


# --- behind the sample proxy -------------------------------------------------------------------------------------------

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


@pytest.fixture(scope="module")
def behind(published, tmp_path_factory):
    """The sample proxy as nginx runs it, before the server with the pages."""
    if NGINX is None and os.environ.get("PATHWAYS_REQUIRE_NGINX") != "1":
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    with proxy(tmp_path_factory.mktemp("nginx"), urlsplit(published).port) as found:
        yield found


@contextlib.contextmanager
def speak(address):
    """A client that takes the proxy's certificate, with the token that Prefect wants."""
    with httpx.Client(base_url=address, verify=unverified(), timeout=60) as client:
        client.headers.update(asking.token(client, "/api/csrf-token"))
        yield client


def test_through_the_proxy_a_page_loads_with_its_picture(behind, chromium):
    front, _, _ = behind
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, ignore_https_errors=True)
    context.set_default_timeout(WAIT)
    asked, refused = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("response", lambda answer: refused.append(answer.url) if answer.status == 403 else None)
    page = context.new_page()
    answer = page.goto(f"{front}/artifacts/key/this-morning")
    assert answer.headers["content-security-policy"] == policy()
    assert answer.headers["cache-control"] == "no-store"
    page.locator("a[href*='/artifacts/artifact/']").first.click()
    picture = page.locator("img[src^='data:image/png']").first
    picture.wait_for()
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 0
    assert refused == [], "whatever a page asks for is let through"
    assert {urlsplit(url).netloc for url in asked if url.startswith(("http", "ws"))} == {
        urlsplit(front).netloc
    }
    context.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/artifacts/"),
        ("POST", "/api/deployments/filter/../../flows/"),
        ("POST", "/api/flow_runs/00000000-0000-0000-0000-000000000000/set_state"),
        ("PUT", "/api/automations/00000000-0000-0000-0000-000000000000"),
        ("PATCH", "/api/deployments/00000000-0000-0000-0000-000000000000"),
        ("DELETE", "/api/artifacts/00000000-0000-0000-0000-000000000000"),
    ],
)
def test_nothing_can_be_changed_through_the_proxy(behind, method, path):
    with speak(behind[0]) as client:
        assert client.request(method, path, json={}).status_code == 403
        assert client.post("/api/artifacts/latest/filter", json={}).status_code == 200, "looking is allowed"


def test_whoever_is_not_signed_in_sees_nothing_of_it(behind):
    front, _, sign_on = behind
    sign_on.lets_in = False
    try:
        with httpx.Client(base_url=front, verify=unverified(), timeout=60) as client:
            for path in ("/artifacts", "/api/health"):
                answer = client.get(path)
                assert "Sign in first" in answer.text
    finally:
        sign_on.lets_in = True


def test_workers_come_in_by_a_door_of_their_own_and_only_from_their_network(behind, published, tmp_path):
    with speak(behind[1]) as client:
        assert client.get("/api/health").status_code == 200
        answer = client.post("/api/flow_runs/00000000-0000-0000-0000-000000000000/set_state", json={})
        assert answer.status_code == 422, "the server itself has answered"
        assert client.get("/artifacts").status_code == 404, "the pages are not there"
    with proxy(tmp_path, urlsplit(published).port, workers_from="192.0.2.7") as (_, elsewhere, _):
        answer = httpx.get(f"{elsewhere}/api/health", verify=unverified(), timeout=60)
        assert answer.status_code == 403
