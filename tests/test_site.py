"""The site: every link leads somewhere, both ways; nothing is lost; nothing is written in vain."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner, Result

from _declared import Data, dossier_of, evaluations
from conftest import Golden, Workspace
from renew_golden import REPOSITORY, pairs, workspace as golden_workspace
from scc_eval.cli import app
from scc_eval.diagnostics import in_words
from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.project import load
from scc_eval.rules import check
from scc_eval.site import Live, Site, lay_out
from scc_eval.site.ties import tie
from scc_eval.story.scribe import Scribe

NAMES = ("quit-together", "loos-en-gohelle", "loos-repaired", "draft", "hostile")
by_name = pytest.mark.parametrize("name", NAMES)
by_kind = pytest.mark.parametrize("is_single", [False, True], ids=["pages", "one page"])


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [given[attribute] for _, given in self.elements if attribute in given]

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


@cache
def dossier(name: str) -> Dossier:
    [project] = load(golden_workspace(name))
    return Dossier(project)


@cache
def site(name: str, *, is_single: bool = False, language: str | None = None) -> Site:
    read = dossier(name)
    spoken = words(language or read.settings.language.value)
    found = in_words(check(read), spoken)
    return lay_out(read, found, (), language, is_single=is_single)


def pages_of(made: Site) -> dict[str, Page]:
    return {name: Page(made.page(name)) for name in made.names}


@cache
def pages(name: str, *, is_single: bool = False) -> dict[str, Page]:
    return pages_of(site(name, is_single=is_single))


def broken(made: dict[str, Page]) -> list[str]:
    """The links that lead nowhere, with the page they stand on."""
    ids = {name: set(page.values("id")) for name, page in made.items()}

    def leads(here: str, link: str) -> bool:
        file, _, anchor = link.partition("#")
        there = unquote(file) or here
        return there in ids and (not anchor or unquote(anchor) in ids[there])

    return [
        f"{here}: {link}"
        for here, page in made.items()
        for link in (*page.values("href"), *page.values("xlink:href"))
        if not leads(here, link)
    ]


def repeated(made: dict[str, Page]) -> list[str]:
    counts = (
        (name, id_, count)
        for name, page in made.items()
        for id_, count in Counter(page.values("id")).items()
    )
    return [f"{name}: {id_}" for name, id_, count in counts if count > 1]


# What holds of every site.


@by_name
@by_kind
def test_every_link_leads_somewhere(name: str, is_single: bool) -> None:
    made = pages(name, is_single=is_single)
    assert sum(len(page.values("href")) for page in made.values()) > 30
    assert broken(made) == []


@by_name
@by_kind
def test_no_id_stands_twice_on_a_page(name: str, is_single: bool) -> None:
    assert repeated(pages(name, is_single=is_single)) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(evaluations)
def test_whatever_is_declared_the_links_lead_somewhere(declared: Data) -> None:
    read = dossier_of(declared)
    for is_single in (False, True):
        made = pages_of(lay_out(read, is_single=is_single))
        assert broken(made) == []
        assert repeated(made) == []


@by_name
def test_every_item_stands_once_under_its_code_and_once_to_be_searched(name: str) -> None:
    codes = Counter(item.code for item in dossier(name).evidence)
    told = Counter(
        card.code
        for each in site(name).contents.story.monographs
        for cell in each.cells
        for card in cell.cards
    )
    assert told == codes
    marked = {file: page.values("data-k") for file, page in pages(name).items()}
    assert len(marked.pop("evidence.html")) == sum(codes.values())
    assert sum(map(len, marked.values())) == sum(codes.values())
    (single,) = pages(name, is_single=True).values()
    assert len(single.values("data-k")) == sum(codes.values())


@by_name
@by_kind
def test_a_page_loads_nothing_and_runs_its_own_scripts_alone(name: str, is_single: bool) -> None:
    for page in pages(name, is_single=is_single).values():
        assert not page.tags() & {"link", "img", "iframe", "object", "embed", "base", "image"}
        assert page.values("src") == []
        assert page.values("style") == []
        assert not any(key.startswith("on") for _, given in page.elements for key in given)
        policies = [given["content"] for tag, given in page.elements if "http-equiv" in given]
        assert len(policies) == 1
        assert policies[0].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policies[0]


@by_name
def test_headings_begin_with_one_title_and_go_down_in_order(name: str) -> None:
    for page in (*pages(name).values(), *pages(name, is_single=True).values()):
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert levels[:2] == [1, 2]
        assert levels.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))


@by_name
def test_one_page_tells_all_that_many_tell(name: str) -> None:
    (single,) = pages(name, is_single=True).values()
    told = {id_ for page in pages(name).values() for id_ in page.values("id")}
    assert told - set(single.values("id")) == {"sentences"}


def test_a_case_has_its_page_with_its_codes() -> None:
    page = pages("loos-en-gohelle")["Eco.html"]
    codes = {"Eco_PC1_1", "Eco_PC2_3", "Eco_PC3_2", "Eco_IT"}
    assert codes <= set(page.values("id"))
    assert "Eco.html#Eco_PC1_1" in pages("loos-en-gohelle")["packet-B.html"].values("href")


# Both ways.


def test_from_a_box_to_a_source_and_back() -> None:
    made = pages("loos-en-gohelle")
    assert "packet-B.html#B.1" in made["theory.html"].values("href")
    packet = made["packet-B.html"]
    assert {"B.1", "B1-06"} <= set(packet.values("id"))
    assert "Agri.html#Agri_PC1_1-01" in packet.values("href") or (
        "Agri.html#Agri_PC1_1" in packet.values("href")
    )
    case = made["Agri.html"]
    assert "sources.html#source-Mono_Agri" in case.values("href")
    assert "Agri.html#Agri_PC1_1-01" in made["sources.html"].values("href")
    assert "packet-B.html#B1-06" in case.values("href")


@by_name
def test_what_rests_on_a_thing_rests_on_it(name: str) -> None:
    read = dossier(name)
    made = {ties.of: ties for ties in tie(Scribe(read, words("en"), "en"))}
    for conclusion in read.conclusions:
        for told in conclusion.rests_on:
            if told in read.told_ids:
                assert conclusion.id in {ref.text for ref in made[told].resting}
    for source in read.sources:
        items = {item.code for item in read.evidence if source.id in read.sources_of(item)}
        resting = made.get(f"source-{source.id}")
        named = {ref.text for ref in resting.resting} if resting else set()
        assert items <= named


def test_the_evidence_of_a_hypothesis_is_told_by_cells() -> None:
    read = dossier("quit-together")
    made = {ties.of: ties for ties in tie(Scribe(read, words("en"), "en"))}
    bearing = read.bearing_on("xC1").all
    cells = {read.code(item.code) for item in bearing}
    assert {ref.text for ref in made["xC1"].evidence} == {code.cell for code in cells if code}


# What cards can be filtered by.


def test_cards_carry_the_marks_of_what_they_are() -> None:
    contents = site("quit-together").contents
    read, facets = contents.dossier, contents.facets
    assert [asked.name for asked in facets.asked] == [
        *("packet", "section", "case", "category", "nature", "polarity"),
    ]
    for asked in facets.asked:
        for mark, _, count in asked.options:
            carried = [
                card
                for each in contents.story.monographs
                for cell in each.cells
                for card in cell.cards
                if mark in facets.of(each, cell, card).split()
            ]
            assert len(carried) == count > 0
    (packets,) = [asked for asked in facets.asked if asked.name == "packet"]
    counts = {label[0]: count for _, label, count in packets.options}
    expected = Counter(cell.packet for cell in map(read.cell, _codes(read)) if cell is not None)
    assert all(counts[letter] == expected[letter] for letter in counts if letter in expected)


def _codes(read: Dossier) -> list[str]:
    return [item.code for item in read.evidence]


def test_a_choice_of_one_is_none() -> None:
    names = {asked.name for asked in site("hostile").contents.facets.asked}
    assert "case" not in names or len(dossier("hostile").cases) > 1


# Names of files.

THEORY = """\
id: t
title: T
packets:
  - {letter: A, title: Done, role: intervention}
  - {letter: B, number: 1, title: Changed, boxes: [{id: B1, label: Seen}]}
links: [{id: A-B, source: A, target: B}]
nested: [{id: n, title: Nearer, entry: A, exit: B1, boxes: [{id: N1, label: Within}], links: []}]
"""


def evaluation(cases: str) -> dict[str, str]:
    return {
        "theories/t.yaml": THEORY,
        "evidence/e/evaluation.yaml": "title: E\ntheory: t\n",
        "evidence/e/cases.yaml": f"cases: [{cases}]\n",
    }


def test_pages_of_cases_have_names_of_their_own(workspace: Workspace) -> None:
    cases = "{code: index, label: I}, {code: Eco, label: E}, {code: ECO, label: C}"
    [project] = load(workspace(evaluation(cases)))
    made = lay_out(Dossier(project))
    named = [each.file for each in made.contents.chapters if "monograph" in each.given]
    assert named == ["index-2.html", "Eco.html", "ECO-2.html"]
    assert broken(pages_of(made)) == []


def test_a_nested_theory_is_told_with_the_theory(workspace: Workspace) -> None:
    [project] = load(workspace(evaluation("{code: Eco, label: E}")))
    page = Page(lay_out(Dossier(project)).page("theory.html"))
    assert {"nested-n", "N1"} <= set(page.values("id"))
    assert "A → B1" in page.text


def test_there_is_no_page_of_another_name() -> None:
    with pytest.raises(KeyError):
        site("quit-together").page("nowhere.html")


def test_ids_of_the_evaluation_do_not_clash_with_those_of_the_pages(workspace: Workspace) -> None:
    files = evaluation("{code: Eco, label: E}")
    files["theories/t.yaml"] = THEORY.replace("B1", "quality").replace("N1", "overview")
    [project] = load(workspace(files))
    for is_single in (False, True):
        made = pages_of(lay_out(Dossier(project), is_single=is_single))
        assert repeated(made) == []
        assert broken(made) == []


# A page that is followed.


def test_a_followed_page_carries_a_script_and_a_banner() -> None:
    html = site("quit-together").page("index.html", Live("go()", "<p>As of noon</p>"))
    assert "<p>As of noon</p>" in html
    assert "<script>go()</script>" in html
    assert "connect-src 'self'" in Page(html).values("content")[-1]
    assert "connect-src" not in site("quit-together").page("index.html")


# The command.


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["site", *map(str, arguments)])


def contents(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_the_pages_are_written_and_those_of_before_are_gone(
    workspace: Workspace, tmp_path: Path
) -> None:
    root = workspace(evaluation("{code: Eco, label: E}"))
    out = tmp_path / "out"
    ran = run(root, "-o", out)
    assert (ran.exit_code, ran.stderr) == (0, f"{out / 'index.html'}\n")
    assert "Eco.html" in contents(out)
    (out / "mine.html").write_text("mine", encoding="utf-8")
    workspace({"evidence/e/cases.yaml": "cases: [{code: Agri, label: A}]\n"})
    run(root, "-o", out)
    assert "Agri.html" in contents(out)
    assert "Eco.html" not in contents(out)
    assert (out / "mine.html").read_text("utf-8") == "mine"


def test_a_list_of_pages_takes_nothing_else_away(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    root = workspace(
        {
            **evaluation("{code: Eco, label: E}"),
            "out/.scc-site": "../kept.html\nkept.txt\n\n",
            "kept.html": "kept",
            "out/kept.txt": "kept",
        }
    )
    assert run(root, "-o", out).exit_code == 0
    assert (tmp_path / "kept.html").exists()
    assert (out / "kept.txt").exists()


def test_one_page_goes_to_a_file_or_into_a_folder(tmp_path: Path) -> None:
    quit_ = REPOSITORY / "evidence" / "quit-together"
    named = tmp_path / "new" / "all.html"
    assert run(quit_, "--single-file", "-o", named).exit_code == 0
    assert run(quit_, "--single-file", "-o", tmp_path).exit_code == 0
    assert (tmp_path / "quit-together.html").read_bytes() == named.read_bytes()


def test_several_evaluations_have_a_folder_each(tmp_path: Path) -> None:
    assert run(REPOSITORY, "-o", tmp_path, "--lang", "en").exit_code == 0
    assert contents(tmp_path) == {"loos-en-gohelle", "loos-repaired", "quit-together"}
    assert "Theory of change" in (tmp_path / "loos-repaired" / "theory.html").read_text("utf-8")


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    ran = run(REPOSITORY / "evidence" / "quit-together", "-o", file)
    assert ran.exit_code == 2
    assert "is a file" in ran.stderr


def test_a_theory_that_cannot_be_read_is_no_site(workspace: Workspace, tmp_path: Path) -> None:
    root = workspace({**evaluation("{code: Eco, label: E}"), "theories/t.yaml": "id: ["})
    ran = run(root, "-o", tmp_path / "out")
    assert ran.exit_code == 2
    assert "cannot be read" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_template_of_ones_own_comes_first(workspace: Workspace, tmp_path: Path) -> None:
    root = workspace(
        {
            **evaluation("{code: Eco, label: E}"),
            "templates/site/lessons.html.j2": "",
            "templates/site/overview.html.j2": "<section><h2 id=overview>Mine</h2></section>",
        }
    )
    assert run(root, "-o", tmp_path / "out").exit_code == 0
    assert "Mine</h2>" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_a_broken_template_is_told_and_nothing_is_written(
    workspace: Workspace, tmp_path: Path
) -> None:
    files = evaluation("{code: Eco, label: E}")
    root = workspace({**files, "templates/site/overview.html.j2": "\n{{ story.nothing }}"})
    ran = run(root, "-o", tmp_path / "out")
    assert ran.exit_code == 2
    assert "overview.html.j2, line 2" in ran.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("name", "file"), pairs("site"))
def test_the_site_is_what_it_was(name: str, file: str, golden: Golden) -> None:
    golden(name, file)
