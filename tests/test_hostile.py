"""Text made to do harm, in every field of every declaration: it is read, told and drawn as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from _browser import LAPTOP, Visitor, in_a_browser
from _hostile import HARM, models, write_hostile
from _pages import elements, printed
from scc_eval import Dossier, load
from scc_eval.rules import check

TELL = ("story", "--format", "html")
DRAW = ("graph", "--format", "svg")
MAKING = {"script", "img", "i", "b", "iframe", "object", "embed", "form", "input", "base", "link"}
"""What the hostile texts would make, and what no story has but `b`."""
OWN = {"b", "form", "input", "script"}
"""Which of these a site makes itself."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def documents(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its story, its drawing, and its site both ways."""
    folder = tmp_path_factory.mktemp("documents")
    told, drawn = (printed(*each, str(workspace)) for each in (TELL, DRAW))
    (folder / "story.html").write_text(told, "utf-8")
    (folder / "graph.svg").write_text(drawn, "utf-8")
    printed("site", str(workspace), "--output", str(folder / "site"))
    printed("site", str(workspace), "--single-file", "--output", str(folder / "site.html"))
    return folder


@pytest.fixture(scope="module")
def dossier(workspace: Path) -> Dossier:
    [project] = load(workspace)
    return Dossier(project)


def held(value: Any) -> Iterator[BaseModel]:
    """The declarations in a value, and those in them."""
    if isinstance(value, BaseModel):
        yield value
        for field in type(value).model_fields:
            yield from held(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from held(each)


def test_every_field_of_every_kind_is_filled(dossier: Dossier) -> None:
    project = dossier.project
    roots = (project.settings, project.profile, project.theory, *project.declared.values())
    filled = {
        f"{type(each).__name__}.{field}"
        for root in roots
        for each in held(root)
        for field in each.model_fields_set
        if getattr(each, field) not in (None, (), {})
    }
    assert {f"{kind.__name__}.{name}" for kind in models() for name in kind.model_fields} == filled
    assert len(filled) > 200


def test_it_is_read_without_a_slip(dossier: Dossier) -> None:
    assert [found.message for found in dossier.project.diagnostics] == []
    told = " ".join(found.message for found in check(dossier))
    assert HARM in told


def test_its_story_makes_no_element_of_it(documents: Path) -> None:
    found = elements((documents / "story.html").read_text("utf-8"))
    assert {tag for tag, _ in found} & MAKING == {"b"}
    for tag, given in found:
        assert tag != "b" or given == {"class": "id"}
        assert not any(name.startswith(("on", "autofocus")) for name in given)
        assert all(value.startswith("#") for name, value in given.items() if "href" in name)


@pytest.mark.parametrize("file", ["site.html", "site"])
def test_its_site_makes_no_element_of_it(file: str, documents: Path) -> None:
    written = documents / file
    for page in written.glob("*.html") if written.is_dir() else [written]:
        found = elements(page.read_text("utf-8"))
        assert {tag for tag, _ in found} & MAKING <= OWN
        for tag, given in found:
            assert tag != "b" or set(given) <= {"class"}
            assert tag != "input" or given["name"] == "q"
            assert tag != "form" or given["id"] == "filters"
            assert not any(name.startswith(("on", "autofocus")) for name in given)
            assert all(is_inside(value) for name, value in given.items() if "href" in name)


def is_inside(link: str) -> bool:
    """Whether a link leads to a page beside this one."""
    return link.startswith("#") or re.match(r"[\w.-]+\.html(#|$)", link) is not None


def test_its_drawing_makes_no_element_of_it(documents: Path) -> None:
    found = elements((documents / "graph.svg").read_text("utf-8"))
    assert {tag for tag, _ in found} & (MAKING | {"foreignobject"}) == set()
    for _, given in found:
        assert not any(name.startswith(("on", "autofocus")) for name in given)
        assert all(value.startswith("#") for name, value in given.items() if "href" in name)


@pytest.mark.parametrize("format", ["mermaid", "dot"])
def test_its_diagram_quotes_it(workspace: Path, format: str) -> None:
    text = printed("graph", str(workspace), "--format", format)
    assert "alert" in text
    assert "alert" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    assert "<script" not in text or format == "dot"


# In a browser.


@in_a_browser
@pytest.mark.parametrize(
    ("kind", "obeys"),
    [
        *(("story.html", True), ("graph.svg", True), ("site/*.html", True)),
        *(("site.html", True), ("site.html", False)),
    ],
)
def test_a_browser_takes_it_as_text(
    kind: str, obeys: bool, documents: Path, visit: Visitor
) -> None:
    files = sorted(documents.glob(kind))
    assert files
    harm = 0
    for file in files:
        page, asked, said = visit(file, LAPTOP._replace(obeys=obeys))
        text = str(page.evaluate("document.documentElement.textContent"))
        harm += text.count("<script>alert(1)</script>")
        assert page.evaluate(AT_WORK) == []
        assert page.evaluate("document.activeElement?.localName") != "input"
        assert asked == [file.as_uri()]
        assert said == []
    assert harm > 10


AT_WORK = """[...document.querySelectorAll("*")].filter(each =>
  each.matches("img, i, iframe, object, embed, base, link, foreignObject")
  || (each.localName === "input" && each.name !== "q")
  || (each.localName === "form" && each.id !== "filters")
  || (each.localName === "script" && each.textContent.includes("alert"))
  || [...each.attributes].some(one => one.name.startsWith("on") || one.name === "autofocus")
  || (each.localName === "a"
    && new URL(each.href.baseVal ?? each.href, location).protocol !== "file:")
).map(each => each.outerHTML.slice(0, 200))"""
"""The elements and attributes that text made to do harm is there to make."""


@in_a_browser
@pytest.mark.parametrize("file", ["site.html", "site/evidence.html"])
def test_what_is_searched_and_found_stays_text(file: str, documents: Path, visit: Visitor) -> None:
    page, asked, said = visit(documents / file)
    page.locator("input[name=q]").fill("<script>alert(1)</script> <img")
    page.locator("#hits a").first.wait_for(timeout=5000)
    assert "<img src=x onerror=alert(1)>" in page.locator("#hits").inner_text()
    assert page.evaluate(AT_WORK) == []
    page.locator("#hits a").first.click()
    assert page.locator(":target").count() == 1
    assert len({address.partition("#")[0] for address in asked}) <= 2
    assert said == []


@in_a_browser
def test_what_works_is_found(visit: Visitor, tmp_path: Path) -> None:
    """What the texts hold does its harm where it is not kept text."""
    file = tmp_path / "harmed.html"
    file.write_text(f"<!DOCTYPE html><html lang=en><title>T</title><p>{HARM}</p>", "utf-8")
    page, asked, said = visit(file)
    assert page.evaluate(AT_WORK) != []
    assert "alert: 1" in said
    assert len(asked) == 2
