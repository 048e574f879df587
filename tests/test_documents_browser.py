"""The documents that are one page each, as people open them in a browser: whom they keep out, and
whether they fit a narrow screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from _browser import NARROW, VIEWS, Visitor, barriers, in_a_browser, overflow, with_axe
from _pages import printed
from renew_golden import produce, workspace

pytestmark = in_a_browser

LOOS, QUIT = "loos-en-gohelle", "quit-together"
FILES = (
    *((name, file) for name in (LOOS, QUIT) for file in ("story.html", "next.html")),
    (QUIT, "matrix.html"),
    (LOOS, "sheets.html"),
)
each_document = pytest.mark.parametrize(("name", "file"), FILES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents, those of each evaluation below its name."""
    folder = tmp_path_factory.mktemp("documents")
    for name, file in FILES:
        (folder / name).mkdir(exist_ok=True)
        if file != "sheets.html":
            (folder / name / file).write_text(produce(name, file), "utf-8")
    cases = ("--case", "Eco", "--case", "Part")
    sheets = ("--format", "html", "--output", str(folder / LOOS / "sheets.html"))
    printed("next", str(workspace(LOOS)), *cases, *sheets)
    return folder


@with_axe
@each_document
@pytest.mark.parametrize("light", ["laptop", "dark"])
def test_a_document_keeps_nobody_out(
    name: str, file: str, light: str, folder: Path, visit: Visitor
) -> None:
    assert barriers(visit(folder / name / file, VIEWS[light]).page) == []


@each_document
def test_a_document_needs_no_sideways_scroll_at_320_pixels(
    name: str, file: str, folder: Path, visit: Visitor
) -> None:
    assert overflow(visit(folder / name / file, NARROW).page) <= 0


@each_document
def test_a_document_asks_for_nothing_but_itself(
    name: str, file: str, folder: Path, visit: Visitor
) -> None:
    seen = visit(folder / name / file)

    assert seen.asked == [(folder / name / file).as_uri()]
    assert seen.said == []
