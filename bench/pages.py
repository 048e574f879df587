"""The site of an evaluation on one page: how large it is, how long writing it takes, and, where
there is a browser, opening it and searching in it, from a key until what was found is laid out."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.generate import write_workspace

ITEMS: Final = 1_000
_SCC = str(Path(sys.executable).parent / "scc")
_BROWSER = "chromium"
_TYPED = ("t", "to", "tow", "town", "town c", "town council", "town councilx", "")
"""What stands in the field after each key, or paste: from many that are found to none, and all."""
_SEARCH = """asked => new Promise(done => {
  const field = document.querySelector("#filters [name=q]");
  const begun = performance.now();
  field.value = asked;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => {
    void document.body.offsetHeight;
    done((performance.now() - begun) / 1000);
  });
})"""


def show(folder: Path, runs: int) -> None:
    """Print the size, and the median, the least and the most seconds of each."""
    workspace = write_workspace(folder / "workspace", ITEMS, per_file=200)
    page = folder / "site.html"
    figures = {f"site of {ITEMS} items on one page": tuple(_written(workspace, page, runs))}
    if program := shutil.which(_BROWSER):
        figures.update(_browsed(program, page, runs))
    print(f"{ITEMS} items on one page: {page.stat().st_size} bytes")
    print(f"{'':58}{'median':>8}{'min':>9}{'max':>7}")
    for label, seconds in figures.items():
        print(f"{label:58}{statistics.median(seconds):8.3f}{min(seconds):9.3f}{max(seconds):7.3f}")


def _written(workspace: Path, page: Path, runs: int) -> Iterator[float]:
    command = [_SCC, "site", str(workspace), "--single-file", "--output", str(page)]
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        yield time.perf_counter() - begun


def _browsed(program: str, file: Path, runs: int) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The seconds until the page is loaded, and those of each search."""
    from playwright.sync_api import sync_playwright

    settled = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    opened: list[float] = []
    searched: list[float] = []
    with (
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=program, args=settled) as browser,
    ):
        for _ in range(runs):
            page = browser.new_page()
            begun = time.perf_counter()
            page.goto(file.as_uri())
            opened.append(time.perf_counter() - begun)
            searched += (float(page.evaluate(_SEARCH, asked)) for asked in _TYPED)
            page.close()
    yield "the page opened in Chromium", tuple(opened)
    yield "a search in it", tuple(searched)
