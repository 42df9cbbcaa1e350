"""In a real browser: pages ask for nothing elsewhere, fit the screen, are accessible, and do what they offer."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from analysis.language import LANGUAGES

from .conftest import until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed, so no page was tried in a browser"),
]

PAGES = ("index", "reports", "gallery", "codebook", "methods")
REPORTS = ("31-map-measures", "11-profile-city-weihai")
KINDS = [
    "index.html",
    *(f"{lang}/{page}.html" for lang in LANGUAGES for page in PAGES),
    *(f"reports/{lang}/{report}.html" for lang, report in zip(LANGUAGES, REPORTS, strict=True)),
]
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the site as a web server would and return its address."""
    handler = partial(Quiet, directory=site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def wait_for(page: Page, condition: str) -> None:
    """Wait until a page meets a condition; Playwright's own way needs scripts from texts, which our pages forbid."""
    until(lambda: page.evaluate(condition), condition)


class Quiet(SimpleHTTPRequestHandler):
    """A server that keeps no log."""

    def log_message(self, *_: object) -> None:
        """Write nothing."""


def is_tools(message: str, address: str) -> bool:
    """Say whether the test's own look at styles caused a message: Chromium 150 then reads a file's page once more."""
    return message.startswith(f"Unsafe attempt to load URL {address} from frame with URL {address}")


@contextmanager
def opened(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """Open a page and close it; whatever it writes to the console or asks for elsewhere fails the test."""
    context = browser.new_context(**options)
    page = context.new_page()
    complaints: list[str] = []
    host = address.split("/")[2] if address.startswith("http") else ""
    page.on("console", lambda message: None if is_tools(message.text, page.url) else complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def watch(route) -> None:
        asked = route.request.url
        if asked.startswith("file:") or (host and asked.split("/")[2] == host):
            route.continue_()
        else:
            complaints.append(f"asked for {asked}")
            route.abort()

    page.route(lambda asked: not asked.startswith("data:"), watch)
    page.goto(address)
    yield page
    assert complaints == []
    context.close()


def local(site: Path, page: str) -> str:
    return (site / page).as_uri()


@pytest.fixture(scope="module", params=KINDS)
def alone(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Page]:
    """Open every page of the site once, from the disk; leaving it fails where it complained."""
    with opened(browser, local(site, request.param)) as page:
        page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })")
        wait_for(page, "[...document.images].every((image) => image.complete)")
        yield page


def test_a_page_on_a_disk_loads_all_it_shows(alone: Page) -> None:
    broken = "[...document.images].filter((image) => !image.naturalWidth).map((image) => image.src)"
    assert alone.evaluate(broken) == []


def test_a_page_never_scrolls_sideways(alone: Page) -> None:
    alone.evaluate(OPEN_ALL)
    for width in (360, 1280):
        alone.set_viewport_size({"width": width, "height": 800})
        assert alone.evaluate("document.documentElement.scrollWidth") == width


def test_chinese_comes_from_the_page_itself(alone: Page) -> None:
    """Every Chinese character that is shown has a glyph in the embedded font."""
    chinese = sorted({char for char in alone.evaluate("document.body.textContent") if "\u4e00" <= char <= "\u9fff"})
    assert chinese
    added = "const line = document.createElement('p'); line.id = 'only'; line.textContent = text;"
    alone.evaluate(f"(text) => {{ {added} document.body.append(line); }}", "".join(chinese))
    alone.evaluate("document.fonts.ready.then(() => document.fonts.size)")
    client = alone.context.new_cdp_session(alone)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    node = client.send("DOM.querySelector", {"nodeId": root, "selector": "#only"})["nodeId"]
    fonts = client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert [(font["isCustomFont"], font["glyphCount"]) for font in fonts] == [(True, len(chinese))]


def test_a_report_is_one_file(browser: Browser, site: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.html"
    shutil.copyfile(site / "reports" / "zh" / "31-map-measures.html", alone)
    asked = []
    with opened(browser, alone.as_uri()) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        wait_for(page, "[...document.images].every((image) => image.complete && image.naturalWidth)")
        assert page.evaluate("document.fonts.check('16px \"Page Chinese\"', '知')")
    assert [address for address in asked if not address.startswith("data:")] == [alone.as_uri()]


# Every page in light English; dark colours and Chinese on one page of each look: reading a page takes seconds.
LIGHT = ["index.html", *(f"en/{page}.html" for page in PAGES), "reports/en/11-profile-city-weihai.html"]
DARK = ["zh/index.html", "zh/gallery.html", "reports/zh/11-profile-city-weihai.html"]


@pytest.mark.parametrize(("page", "scheme"), [*((page, "light") for page in LIGHT), *((page, "dark") for page in DARK)])
def test_a_page_can_be_used_by_everyone(browser: Browser, site: Path, page: str, scheme: str) -> None:
    with opened(browser, local(site, page), color_scheme=scheme) as shown:
        shown.evaluate(OPEN_ALL)
        found = Axe().run(shown, options=RULES).response
        problems = [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
        assert problems == []
        assert len(found["passes"]) > 10


@pytest.mark.parametrize("page", LIGHT[1:])
def test_the_other_language_is_one_link_away_and_back(browser: Browser, address: str, page: str) -> None:
    with opened(browser, f"{address}/{page}") as shown:
        here = shown.evaluate("document.documentElement.lang")
        with shown.expect_navigation():
            shown.click(".controls a[hreflang]")
        assert {here, shown.evaluate("document.documentElement.lang")} == {"en-GB", "zh-Hans"}
        with shown.expect_navigation():
            shown.click(".controls a[hreflang]")
        assert shown.url == f"{address}/{page}"


def test_one_button_shows_all_code_and_hides_it(browser: Browser, site: Path) -> None:
    with opened(browser, local(site, "reports/en/31-map-measures.html")) as page:
        code, button = page.locator(".code pre"), page.get_by_role("button", name="Code")
        assert not any(each.is_visible() for each in code.all())
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert all(each.is_visible() for each in code.all())
        assert code.count() > 5
        page.keyboard.press("Enter")
        assert not any(each.is_visible() for each in code.all())


def test_without_scripts_every_cell_still_opens_and_everything_is_shown(browser: Browser, site: Path) -> None:
    with opened(browser, local(site, "reports/zh/31-map-measures.html"), java_script_enabled=False) as page:
        assert not page.locator("#code-switch").is_visible()
        page.locator(".code summary").first.click()
        assert page.locator(".code pre").first.is_visible()
    with opened(browser, local(site, "zh/gallery.html"), java_script_enabled=False) as page:
        assert not page.locator(".filter").is_visible()
        cards = page.locator(".card").all()
        assert len(cards) == 4
        assert all(card.is_visible() for card in cards)


def test_the_gallery_is_filtered_by_keyboard_and_the_choice_stands_in_the_address(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}/en/gallery.html") as page:
        page.get_by_label("Theme").focus()
        page.keyboard.press("Tab")
        page.get_by_label("City").focus()
        page.keyboard.type("Shanwei")
        visible = page.locator(".card:visible")
        assert [card.get_attribute("id") for card in visible.all()] == ["measures-themes", "measures-agencies"]
        assert page.locator("[data-group]:visible").count() == 1
        assert page.locator("output").inner_text() == "2 / 4"
        assert page.url.endswith("?cities=shanwei")
        page.reload()
        assert visible.count() == 2
        page.get_by_role("button", name="Show all").click()
        wait_for(page, "!document.querySelector('.card[hidden]')")
        assert page.url == f"{address}/en/gallery.html"


@pytest.mark.parametrize(
    ("page", "label", "choice", "expected"),
    [
        ("reports", "City", "haikou", 1),
        ("codebook", "Theme", "talent", 1),
        ("gallery", "Dimension", "creation", 3),
    ],
)
def test_filters_find_what_is_about_a_choice(
    browser: Browser, site: Path, page: str, label: str, choice: str, expected: int
) -> None:
    with opened(browser, local(site, f"en/{page}.html")) as shown:
        shown.get_by_role("combobox", name=label).select_option(choice)
        assert shown.locator("[data-cities]:visible").count() == expected


def test_downloads_open_in_excel(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/zh/gallery.html", accept_downloads=True) as page:
        for name, start in (("CSV", "﻿".encode()), ("SVG", b"<?xml"), ("PNG", b"\x89PNG")):
            with page.expect_download() as download:
                page.locator(".downloads a", has_text=name).first.click()
            assert Path(download.value.path()).read_bytes().startswith(start)
    with opened(browser, f"{address}/zh/index.html", accept_downloads=True) as page:
        with page.expect_download() as download:
            page.get_by_role("link", name="Excel工作簿").click()
        assert Path(download.value.path()).read_bytes().startswith(b"PK")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_printed_report_hides_what_is_for_the_screen_and_cuts_nothing(
    browser: Browser, site: Path, lang: str
) -> None:
    width = round(182 / 25.4 * 96)  # A4 without its margins, in CSS pixels
    view = {"width": width, "height": 1000}
    with opened(browser, local(site, f"reports/{lang}/31-map-measures.html"), viewport=view) as page:
        page.get_by_role("button").click()
        page.emulate_media(media="print")
        assert not page.locator("#code-switch").is_visible()
        assert not any(each.is_visible() for each in page.locator(".code").all())
        right = "[...document.querySelectorAll('table, img')].map((part) => part.getBoundingClientRect().right)"
        assert 0 < max(page.evaluate(right)) <= width
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
