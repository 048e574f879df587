"""From a save to the page shown changed: `scc serve` on a copy of the Loos-en-Gohelle evaluation.

The file is written beside itself and renamed over, as editors do. Once the time until the page
that another program fetches has changed, as soon as it is told that it has; once, where there is a
browser, the time until the page that is open in it shows the change.
"""

from __future__ import annotations

import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Final, NamedTuple

BOUND: Final = 0.3
NAME: Final = "loos-en-gohelle"
_REPOSITORY = Path(__file__).parents[1]
_SCC = str(Path(sys.executable).parent / "scc")
_BROWSER = "chromium"
_WHEN_PAINTED = """
new PerformanceObserver(() => console.log(document.querySelector("h1").textContent))
  .observe({type: "paint", buffered: true});
"""
"""What a page is given to tell its heading as soon as it is seen: looking every so often would
count the time between two looks."""
_TITLE = re.compile("^(title|titre):.*$", re.MULTILINE)


class Timed(NamedTuple):
    """What was measured, and the seconds of each save."""

    label: str
    seconds: tuple[float, ...]


def show(folder: Path, saves: int) -> None:
    """Print the median, the least and the most of each, with the bound on the median."""
    print(f"{'':58}{'median':>8}{'min':>9}{'max':>7}{'bound':>7}")
    for label, seconds in measured(folder, saves):
        figures = statistics.median(seconds), min(seconds), max(seconds)
        print(f"{label:58}{figures[0]:8.3f}{figures[1]:9.3f}{figures[2]:7.3f}{BOUND:7.1f}")


def measured(folder: Path, saves: int) -> Iterator[Timed]:
    """The times of so many saves, after one that warms up, in a copy made in a folder."""
    for part in ("theories", f"evidence/{NAME}"):
        shutil.copytree(_REPOSITORY / part, folder / part)
    settings = folder / "evidence" / NAME / "evaluation.yaml"
    with _served(settings.parent) as (host, port):
        yield Timed("save / page fetched", tuple(_fetched(host, port, settings, saves)))
        if program := shutil.which(_BROWSER):
            address = f"http://{host}:{port}/{NAME}/"
            shown = _shown(program, address, settings, saves)
            yield Timed("save / page shown in Chromium", tuple(shown))


@contextmanager
def _served(evaluation: Path) -> Iterator[tuple[str, int]]:
    command = [_SCC, "serve", str(evaluation), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"//([\d.]+):(\d+)/", process.stdout.readline())
        assert found is not None
        try:
            yield found[1], int(found[2])
        finally:
            process.send_signal(signal.SIGINT)


def _fetched(host: str, port: int, settings: Path, saves: int) -> Iterator[float]:
    """Seconds from each save until the page is fetched that has it."""
    hearing, asking = HTTPConnection(host, port), HTTPConnection(host, port)
    hearing.request("GET", f"/_live/{NAME}/")
    stream = hearing.getresponse()
    _await_news(stream)

    def fetch(title: str) -> None:
        page = ""
        while f"<h1>{title}" not in page:
            _await_news(stream)
            asking.request("GET", f"/{NAME}/")
            page = asking.getresponse().read().decode()

    yield from _timed(settings, saves, fetch)
    hearing.close()
    asking.close()


def _await_news(stream: HTTPResponse) -> None:
    while not stream.readline().startswith(b"data:"):
        pass


def _shown(program: str, address: str, settings: Path, saves: int) -> Iterator[float]:
    """Seconds from each save until an open page shows it."""
    from playwright.sync_api import sync_playwright

    settled = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with (
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=program, args=settled) as browser,
    ):
        page = browser.new_page()
        page.add_init_script(_WHEN_PAINTED)
        page.goto(address)

        def show(title: str) -> None:
            page.wait_for_event("console", lambda told: title in told.text, timeout=10_000)

        yield from _timed(settings, saves, show)


def _timed(settings: Path, saves: int, until: Callable[[str], None]) -> Iterator[float]:
    text = settings.read_text("utf-8")
    beside = settings.with_name(".evaluation.yaml.new")
    for number in range(saves + 1):
        # What was saved before is read and shown by now, and nothing else is going on.
        time.sleep(0.3)
        title = f"Save {time.time_ns()}"
        beside.write_text(_TITLE.sub(f"title: {title}", text, count=1), "utf-8")
        begun = time.perf_counter()
        beside.replace(settings)
        until(title)
        if number:
            yield time.perf_counter() - begun
