"""A real browser: pages are opened in it, and what they asked for and what they said is kept.

A module that takes `visit` has a browser of its own, which starts in a second and stops at its end:
playwright's loop runs in the thread of the tests, where no other loop could be run meanwhile.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

from _programs import WEB, needs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

PROGRAM = "chromium"
OFFLINE = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PLAIN = ("--font-render-hinting=none", "--disable-lcd-text")
"""Letters drawn as they are designed, wherever it runs."""
AXE = WEB / "axe-core" / "axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""The rules of axe that are asked: WCAG 2.2 up to AA, and what its makers advise."""

in_a_browser = needs(PROGRAM)
with_axe = needs(PROGRAM, AXE)


class View(NamedTuple):
    """How a page is looked at; sizes are CSS pixels."""

    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    scripts: bool = True
    obeys: bool = True
    """Whether the page's own policy holds."""


LAPTOP = View()
VIEWS = {
    "laptop": LAPTOP,
    "dark": LAPTOP._replace(scheme="dark"),
    "phone": View(390, 844),
    "print": View(794, 1123, media="print"),
}
"""The laptop, the same in the dark, a phone, and A4 at 96 pixels an inch."""
PHONE_IN_THE_DARK = VIEWS["phone"]._replace(scheme="dark")
NARROW = View(320, 640)
"""A laptop at 400 %, as WCAG has it in 1.4.10."""
SCRIPTLESS = LAPTOP._replace(scripts=False)


class Visit(NamedTuple):
    """A page that is open, and what was seen of it so far: the addresses it asked for, and what
    it said, be it on the console, by an error or in a dialog."""

    page: Page
    asked: list[str]
    said: list[str]


Visitor = Callable[..., Visit]
"""Opens a file or an address, seen by a `View`."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module."""
    with browsing() as found:
        yield found


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """Opens pages, each in a context of its own, until the test is over."""
    with ExitStack() as stack:
        yield lambda address, view=LAPTOP: stack.enter_context(visiting(browser, address, view))


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser that has just been started; it stops at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        program, settings = shutil.which(PROGRAM), [*OFFLINE, *PLAIN]
        with driver.chromium.launch(executable_path=program, args=settings) as found:
            yield found


@contextmanager
def hinting(browser: Browser) -> Iterator[Browser]:
    """Another browser, which sets every letter on a whole pixel, as hinting does."""
    program, settings = shutil.which(PROGRAM), [*OFFLINE, "--disable-font-subpixel-positioning"]
    with browser.browser_type.launch(executable_path=program, args=settings) as found:
        yield found


@contextmanager
def visiting(browser: Browser, address: Path | str, view: View = LAPTOP) -> Iterator[Visit]:
    """A page, opened in a context of its own."""
    with browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme=view.scheme,
        java_script_enabled=view.scripts,
        bypass_csp=not view.obeys,
        reduced_motion="reduce",
    ) as context:
        asked, said = _records(context)
        page = context.new_page()
        page.emulate_media(media=view.media)
        page.goto(address.as_uri() if isinstance(address, Path) else address)
        yield Visit(page, asked, said)


def _records(context: BrowserContext) -> tuple[list[str], list[str]]:
    asked: list[str] = []
    said: list[str] = []

    def answered(dialog: Dialog) -> None:
        said.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    context.on("weberror", lambda error: said.append(f"uncaught: {error.error}"))
    context.on("dialog", answered)
    return asked, said


def barriers(page: Page) -> list[str]:
    """What axe finds on a page that keeps people out: rule, element, and what is wrong."""
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate(_ASK, [*WCAG]))


def overflow(page: Page) -> int:
    """How many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


_ASK = """async tags => {
  const options = {
    runOnly: { type: 'tag', values: tags },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
    preload: false,
  };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.target}: ${node.failureSummary}`));
}"""
