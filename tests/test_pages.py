"""The pages that are written, as HTML and SVG: they are valid, and what they point at is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from bench.generate import write_workspace

from _hostile import write_hostile
from _pages import Page, astray, invalid, printed, read, with_checker
from renew_golden import produce, workspace

TOLD = ("loos-en-gohelle", "loos-repaired", "quit-together", "draft", "hostile")
SITES = (*TOLD, "large", "harm")
"""The evaluations that have a site; `large` has 1,000 items, `harm` all that texts can do."""
WRITTEN = (
    *((name, file) for name in TOLD for file in ("story.html", "graph.svg", "next.html")),
    *((name, file) for name in SITES for file in ("site.html", "site/*.html")),
)
BY_MAIL = 1_000_000
"""The bytes that the one page of an evaluation of 1,000 items stays below."""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the story, the graph and the site of every evaluation."""
    folder = tmp_path_factory.mktemp("documents")
    made = {name: workspace(name) for name in TOLD}
    made["large"] = write_workspace(tmp_path_factory.mktemp("large"), 1000, per_file=200)
    made["harm"] = write_hostile(tmp_path_factory.mktemp("harm"))
    for name, root in made.items():
        printed("site", str(root), "--output", str(folder / name / "site"))
        page = folder / name / "site.html"
        printed("site", str(root), "--single-file", "--output", str(page))
    for name in TOLD:
        for file in ("story.html", "graph.svg", "next.html"):
            (folder / name / file).write_text(produce(name, file), "utf-8")
    return folder


@pytest.fixture(scope="module")
def checked(documents: Path) -> Mapping[Path, list[str]]:
    """What the checker says of each of them."""
    return invalid(file for name, pattern in WRITTEN for file in (documents / name).glob(pattern))


@pytest.fixture(scope="module")
def pages(documents: Path) -> Mapping[tuple[str, str], Mapping[str, Page]]:
    """All pages by what was written, and by their file names."""
    return {
        (name, pattern): {
            file.name: read(file.read_text("utf-8")) for file in (documents / name).glob(pattern)
        }
        for name, pattern in WRITTEN
    }


every_document = pytest.mark.parametrize(("name", "pattern"), WRITTEN)


@with_checker
@every_document
def test_a_document_is_valid(
    name: str, pattern: str, documents: Path, checked: Mapping[Path, list[str]]
) -> None:
    said = {file.name: checked[file] for file in (documents / name).glob(pattern)}
    assert len(said) > (10 if "*" in pattern else 0)
    assert {file: messages for file, messages in said.items() if messages} == {}


@every_document
def test_every_link_leads_somewhere_and_every_id_stands_once(
    name: str, pattern: str, pages: Mapping[tuple[str, str], Mapping[str, Page]]
) -> None:
    found = pages[name, pattern]
    assert list(astray(found)) == []
    for page in found.values():
        assert [id_ for id_, count in Counter(page.ids).items() if count > 1] == []
        assert set(page.references) - set(page.ids) == set()
        assert page.loads == ()


@pytest.mark.parametrize("name", SITES)
def test_every_page_of_a_site_can_be_reached(
    name: str, pages: Mapping[tuple[str, str], Mapping[str, Page]]
) -> None:
    found = pages[name, "site/*.html"]
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        links = {link.partition("#")[0] for link in found[waiting.pop()].links} - {""}
        waiting += links - reached
        reached |= links
    assert reached == set(found)


def test_a_thousand_items_go_by_mail(documents: Path) -> None:
    page = (documents / "large" / "site.html").read_bytes()
    assert page.count(b'data-k="') == 1000
    assert len(page) < BY_MAIL


# What would be found, were it there.

SOUND = '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><p id="a">a</p></body>'


@with_checker
def test_the_checker_finds_what_is_not_valid(tmp_path: Path) -> None:
    sound, unsound = tmp_path / "sound 1.html", tmp_path / "unsound é.html"
    sound.write_text(SOUND, "utf-8")
    unsound.write_text(SOUND.replace("</p>", "<div></div></p>"), "utf-8")
    said = invalid([sound, unsound])
    assert said[sound] == []
    assert any("“p”" in message for message in said[unsound])


def test_a_link_that_leads_nowhere_is_found() -> None:
    linked = '<a href="{}">x</a>'
    links = ("#a", "b%20c.html#é", "#b", "d.html", "https://example.org/", "//x/#a", "b%20c.html#a")
    pages = {
        "a.html": read(SOUND + "".join(map(linked.format, links))),
        "b c.html": read('<p id="é">é</p>'),
    }
    assert [each.removeprefix("a.html: ") for each in astray(pages)] == list(links[2:])
