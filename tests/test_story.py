"""The contribution story: its links, its gaps, its boxes, its languages and its templates."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from jinja2 import TemplateError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from conftest import Golden, Workspace
from renew_golden import GOLDENS, REPOSITORY, STORIES, pairs, workspace as golden_workspace
from scc_eval import scaffold
from scc_eval.diagnostics import in_words
from scc_eval.dossier import Dossier
from scc_eval.illustration import illustrate
from scc_eval.languages import words
from scc_eval.project import load
from scc_eval.rules import check
from scc_eval.story import render, tell
from scc_eval.story.render import in_markdown
from scc_eval.story.tell import UnknownPacket
from scc_eval.story.view import Comment, Line, Story

TOLD = [name for name, files in GOLDENS.items() if set(files) & set(STORIES)]
LINK = re.compile(r"\]\(#([^\s]*?)\)(?!\))")
ANCHOR = re.compile(r'<a id="([^"]*)"></a>')
SHOWN = str.maketrans(dict.fromkeys(" \u00a0\u202f\"'’«»“”"))
VOID = {"meta", "br", "link", "img"}


class Text(NamedTuple):
    """A piece of text and the classes it stands in."""

    text: str
    classes: frozenset[str]


class Page(HTMLParser):
    """An HTML story taken apart: its elements, anchors, links and texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[Text] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in VOID:
            self._open.append((tag, frozenset(given.get("class", "").split())))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = frozenset(name for _, names in self._open for name in names)
        self.texts.append(Text(data, classes))

    def values(self, attribute: str) -> list[str]:
        return [given[attribute] for _, given in self.elements if attribute in given]

    def text(self, without: str = "") -> str:
        return " ".join(each.text for each in self.texts if without not in each.classes)


@cache
def story(name: str, packet: str | None = None, language: str | None = None) -> Story:
    [project] = load(golden_workspace(name))
    dossier = Dossier(project)
    spoken = language or dossier.settings.language.value
    found = in_words(check(dossier), words(spoken))
    return illustrate(tell(dossier, found, packet=packet, language=language), dossier)


@cache
def document(name: str, format: str, packet: str | None = None, language: str | None = None) -> str:
    return render(story(name, packet, language), f"story.{format}.j2")


@cache
def page(name: str, packet: str | None = None, language: str | None = None) -> Page:
    return Page(document(name, "html", packet, language))


def parts() -> list[tuple[str, str | None]]:
    """Every golden as a whole, and each of its packets alone."""
    whole: list[tuple[str, str | None]] = [(name, None) for name in TOLD]
    return whole + [(name, packet.letter) for name in TOLD for packet in story(name).packets]


def lines(told: Story) -> Iterator[Line]:
    for packet in told.packets:
        for section in packet.sections:
            for topic in section.topics:
                yield from (*topic.lines, *topic.contrary)
    for impact in told.impacts:
        yield from impact.lines


def comments(told: Story) -> Iterator[Comment]:
    for line in lines(told):
        yield from line.comments
    for packet in told.packets:
        for section in packet.sections:
            yield from section.comments


def tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)


def bare(text: str) -> str:
    """A text without spaces and quotation marks: what no typography changes."""
    return text.translate(SHOWN)


@pytest.mark.parametrize(("name", "file"), pairs("story"))
def test_the_story_is_told_as_it_was(name: str, file: str, golden: Golden) -> None:
    golden(name, file)


# What holds of every story.


@pytest.mark.parametrize(("name", "packet"), parts())
def test_no_anchor_stands_twice(name: str, packet: str | None) -> None:
    ids = Counter(page(name, packet).values("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    anchors = Counter(ANCHOR.findall(document(name, "md", packet)))
    assert [name for name, count in anchors.items() if count > 1] == []


@pytest.mark.parametrize(("name", "packet"), parts())
def test_every_link_leads_somewhere_in_the_page(name: str, packet: str | None) -> None:
    ids = set(page(name, packet).values("id"))
    links = page(name, packet).values("href")
    assert [link for link in links if unquote(link.removeprefix("#")) not in ids] == []
    assert all(link.startswith("#") for link in links)


@pytest.mark.parametrize(("name", "packet"), parts())
def test_every_link_leads_somewhere_in_the_markdown(name: str, packet: str | None) -> None:
    text = document(name, "md", packet)
    anchors = {
        each.get("id") for _, each in Page(" ".join(re.findall(r"<a id=[^>]*></a>", text))).elements
    }
    inline = [child for token in tokens(text) for child in token.children or ()]
    links = [str(child.attrGet("href")) for child in inline if child.type == "link_open"]
    assert [link for link in links if unquote(link.removeprefix("#")) not in anchors] == []


@pytest.mark.parametrize("name", TOLD)
def test_a_page_loads_nothing(name: str) -> None:
    tags = {tag for tag, _ in page(name).elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert page(name).values("src") == []
    assert "url(" not in document(name, "html")
    assert "@import" not in document(name, "html")
    policies = [
        given["content"]
        for tag, given in page(name).elements
        if tag == "meta" and "http-equiv" in given
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.parametrize("name", TOLD)
def test_every_element_is_closed_in_its_turn(name: str) -> None:
    assert page(name)._open == []


@pytest.mark.parametrize("name", TOLD)
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    levels = [int(tag[1]) for tag, _ in page(name).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("name", TOLD)
def test_an_assertion_without_evidence_prints_its_gap(name: str) -> None:
    told = story(name)
    background = told.words["marks"]["context"]
    bare_lines = [
        line
        for line in lines(told)
        if line.anchor and not (line.citations or line.quotes) and line.mark != background
    ]
    gap = told.words["gaps"]["assertion"]
    assert all(line.gap == gap for line in bare_lines)
    gaps = [each for each in page(name).texts if "gap-note" in each.classes and gap in each.text]
    assert len(gaps) == len(bare_lines)
    assert document(name, "md").count(f"⚠ *{gap}*") == len(bare_lines)


@pytest.mark.parametrize("name", TOLD)
def test_the_panel_speaks_only_in_its_boxes(name: str) -> None:
    for comment in comments(story(name)):
        places = [each.classes for each in page(name).texts if each.text == comment.text]
        assert any("panel" in classes for classes in places)
        if name != "hostile":
            assert all("panel" in classes for classes in places)


@pytest.mark.parametrize("name", TOLD)
def test_the_panel_is_in_no_card(name: str) -> None:
    assert not any({"panel", "card"} <= each.classes for each in page(name).texts)
    panel = story(name).words["panel"]
    assert all("panel" in each.classes for each in page(name).texts if f"{panel} — " in each.text)


@pytest.mark.parametrize("name", TOLD)
def test_the_panel_speaks_in_quotation_in_markdown(name: str) -> None:
    panel = story(name).words["panel"]
    spoken = [line for line in document(name, "md").splitlines() if f"**{panel}**" in line]
    assert len(spoken) == len(list(comments(story(name))))
    assert all(line.startswith("> ") for line in spoken)


@pytest.mark.parametrize("name", TOLD)
def test_every_item_has_its_card(name: str) -> None:
    [project] = load(golden_workspace(name))
    cards = [card for each in story(name).monographs for cell in each.cells for card in cell.cards]
    codes = [item.code for item in Dossier(project).evidence]
    assert Counter(card.code for card in cards) == Counter(codes)


@pytest.mark.parametrize("name", TOLD)
def test_a_monograph_says_what_its_case_is(name: str) -> None:
    for monograph in story(name).monographs:
        assert monograph.text in page(name).text()
        assert in_markdown(monograph.text) in document(name, "md")


@pytest.mark.parametrize("name", TOLD)
def test_markdown_headings_are_headings(name: str) -> None:
    levels = Counter(
        token.tag for token in tokens(document(name, "md")) if token.type == "heading_open"
    )
    assert levels["h1"] == 1
    closing = [
        *(story(name).impacts[:1], story(name).answers[:1]),
        *(story(name).recommendations[:1], story(name).lessons[:1], "monographs", "quality"),
    ]
    assert levels["h2"] == len(story(name).packets) + sum(bool(part) for part in closing)


@pytest.mark.parametrize("name", [name for name in TOLD if name != "hostile"])
def test_no_mark_is_left_in_markdown(name: str) -> None:
    inline = [child for token in tokens(document(name, "md")) for child in token.children or ()]
    texts = [child.content for child in inline if child.type == "text"]
    assert [text for text in texts if "**" in text or "](" in text or "| ---" in text] == []


def test_markdown_shows_a_hostile_text_as_it_is() -> None:
    inline = [
        child for token in tokens(document("hostile", "md")) for child in token.children or ()
    ]
    kinds = {child.type for child in inline} - {"softbreak"}
    code = {child.content for child in inline if child.type == "code_inline"}
    assert all(re.fullmatch(r"[\w/.-]+\.yaml:\d+", place) for place in code)
    assert "image" not in kinds
    html = {child.content for child in inline if child.type == "html_inline"}
    assert {re.sub('id="[^"]*"', "id", each) for each in html} <= {"<a id>", "</a>"}
    hrefs = [str(child.attrGet("href")) for child in inline if child.type == "link_open"]
    assert all(href.startswith("#") for href in hrefs)


def test_markdown_tables_keep_their_columns() -> None:
    for name in TOLD:
        widths: list[set[int]] = []
        for token in tokens(document(name, "md")):
            if token.type == "table_open":
                widths.append(set())
            elif token.type == "tr_open":
                cells = 0
            elif token.type in ("td_open", "th_open"):
                cells += 1
            elif token.type == "tr_close":
                widths[-1].add(cells)
        rows = document(name, "md").count("\n| ")
        assert len(widths) >= 3
        assert all(len(width) == 1 for width in widths), rows


def test_strikethrough_is_no_mark() -> None:
    text = MarkdownIt("commonmark").enable("strikethrough").render(in_markdown("~~gone~~"))
    assert text == "<p>~~gone~~</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "# no title",
        "- no list",
        "+ no list",
        "1. no list",
        "2) no list",
        "a *b* _c_ **d** `e` [f](g) <b>h</b> &amp; \\ | i",
        "snake_case_name",
        "<!-- no comment -->",
        "http://example.org/a_b?c=d&e=f",
        "> no quotation",
        "=== no underline",
    ],
)
def test_a_text_is_shown_as_it_is_written(text: str) -> None:
    rendered = Page(MarkdownIt("commonmark").render(in_markdown(text)))
    assert [tag for tag, _ in rendered.elements] == ["p"]
    assert rendered.text().strip() == text


# The hostile evaluation.


def test_a_page_runs_nothing_it_was_given() -> None:
    for tag, given in page("hostile").elements:
        assert tag != "script"
        assert not any(name.startswith("on") for name in given)
        assert not given.get("href", "").startswith("javascript:")


def test_a_page_shows_a_hostile_text_as_it_is() -> None:
    shown = page("hostile").text()
    for text in ("<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "**bold**", "{x} %s"):
        assert text in shown
    assert "49" not in shown.replace("49rem", "")


# The same story.


def test_the_same_input_gives_the_same_bytes() -> None:
    story.cache_clear()
    first = render(story("quit-together"), "story.html.j2")
    story.cache_clear()
    assert render(story("quit-together"), "story.html.j2") == first


def test_the_seed_of_hashes_does_not_tell() -> None:
    def told(seed: str) -> bytes:
        command = [
            sys.executable,
            "-m",
            "scc_eval",
            "story",
            str(golden_workspace("quit-together")),
        ]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, capture_output=True, check=True, env=environment).stdout

    assert told("1") == told("2") != b""


def test_the_names_of_files_do_not_tell(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "theories", tmp_path / "theories")
    folder = tmp_path / "evidence" / "quit-together"
    shutil.copytree(golden_workspace("quit-together"), folder)
    for old, new in {"story": "1", "conclusions": "2", "judgement": "z", "sources": "zz"}.items():
        (folder / f"{old}.yaml").rename(folder / f"{new}.yaml")
    [project] = load(folder)
    told = tell(Dossier(project))
    assert told == tell(Dossier(load(golden_workspace("quit-together"))[0]))


# The shipped evaluation in French.


def test_every_code_cited_in_the_files_is_in_the_story() -> None:
    code = re.compile(r"\b(?:Agri|Biodiv|Eco|Part|Rehab)_\w+(?:-\w+)?")
    files = golden_workspace("loos-en-gohelle").rglob("*.yaml")
    cited = {found for path in files for found in code.findall(path.read_text(encoding="utf-8"))}
    assert len(cited) > 200
    shown = page("loos-en-gohelle").text()
    assert [found for found in cited if found not in shown] == []


def test_another_language_changes_the_furniture_alone() -> None:
    french, english = story("loos-en-gohelle"), story("loos-en-gohelle", None, "en")
    for one, other in zip(lines(french), lines(english), strict=True):
        assert bare(one.text) == bare(other.text)
        assert [bare(q.text) for q in one.quotes] == [bare(q.text) for q in other.quotes]
        assert one.citations == other.citations
    cards = [
        [bare(card.text) for each in told.monographs for cell in each.cells for card in cell.cards]
        for told in (french, english)
    ]
    assert cards[0] == cards[1]
    assert english.packets[0].sections[0].title == "Observed change"


def test_french_quotes_have_narrow_spaces() -> None:
    quotes = [line for line in document("draft", "md").splitlines() if line.startswith("> «")]
    assert len(quotes) == 2
    assert all(line.startswith("> «\u202f") and "\u202f» (" in line for line in quotes)


@pytest.mark.parametrize("name", ["loos-en-gohelle", "draft"])
def test_no_ordinary_space_precedes_french_punctuation(name: str) -> None:
    shown = re.sub(r"`[^`]*`|\[[^]]*\]$", "", document(name, "md"), flags=re.MULTILINE)
    assert re.findall(r".{,20} [;:!?»](?=\s).{,9}", shown) == []


def test_no_space_precedes_english_punctuation() -> None:
    shown = document("quit-together", "md")
    assert re.findall(r".{,20} [;:!?](?=\s).{,9}", shown) == []


# Drafts and single packets.


def test_a_draft_says_so() -> None:
    told = story("draft")
    assert told.is_draft
    topics = [t for p in told.packets for s in p.sections for t in s.topics]
    assert topics
    assert all(topic.is_draft for topic in topics)
    assert not story("quit-together").is_draft


def test_an_item_that_bears_on_nothing_is_told_last() -> None:
    titles = [topic.title for topic in story("draft").packets[0].sections[2].topics]
    assert titles == ["Une canicule", "Sans rapport avec la théorie"]


def test_what_is_set_aside_is_in_no_section_and_in_its_card() -> None:
    assert "hors micro" not in " ".join(line.text for line in lines(story("draft")))
    cells = [cell for each in story("draft").monographs for cell in each.cells]
    [card] = [card for cell in cells for card in cell.cards if card.set_aside]
    assert card.code == "Nord_PC1_2-03"


def test_one_packet_is_told_without_what_closes_the_story() -> None:
    told = story("quit-together", "B")
    assert [packet.letter for packet in told.packets] == ["B"]
    assert (told.impacts, told.answers, told.recommendations, told.lessons) == ((), (), (), ())
    assert all(cell.code.split("-")[1][:2] == "P1" for m in told.monographs for cell in m.cells)


def test_a_packet_may_be_asked_for_by_its_number() -> None:
    assert story("loos-en-gohelle", "1").packets == story("loos-en-gohelle", "B").packets


@pytest.mark.parametrize("packet", ["A", "Z"])
def test_a_packet_nobody_examines_is_not_told(packet: str) -> None:
    with pytest.raises(UnknownPacket):
        story("loos-en-gohelle", packet)


# Evaluations with slips.


def slipped(workspace: Workspace, **files: str) -> Story:
    """The story of an evaluation some of whose files are replaced."""
    folder = "evidence/my-evaluation"
    replaced = {f"{folder}/{name}.yaml": text for name, text in files.items()}
    [project] = load(workspace({**scaffold.empty("en"), **replaced}))
    return tell(Dossier(project))


def test_an_item_whose_code_is_none_has_no_card(workspace: Workspace) -> None:
    told = slipped(workspace, more="evidence:\n  - {code: nowhere, text: Lost}\n")
    cells = [cell for each in told.monographs for cell in each.cells]
    codes = [card.code for cell in cells for card in cell.cards]
    assert codes == ["Town_PC1_1-01", "Town_PC1_3-01"]


def test_a_name_that_leads_nowhere_is_text(workspace: Workspace) -> None:
    cited = "{id: S1, text: Said, evidence: [nowhere]}"
    theme = f"story:\n  - {{title: T, packet: B, section: 1, assertions: [{cited}]}}\n"
    line, _ = lines(slipped(workspace, story=theme))
    [citation] = line.citations
    assert [(code.text, code.anchor) for code in citation.codes] == [("nowhere", "")]


def test_a_conclusion_that_answers_no_declared_question_is_told_at_the_end(
    workspace: Workspace,
) -> None:
    given = "conclusions:\n  - {id: C1, question: Q9, text: So, rests_on: [C1, nowhere]}\n"
    answers = slipped(workspace, conclusions=given).answers
    assert [(answer.id, len(answer.conclusions)) for answer in answers] == [("Q1", 0), ("", 1)]


def test_what_cites_an_item_twice_is_named_once(workspace: Workspace) -> None:
    cited = "{id: S1, text: Said, evidence: [Town_PC1_1, Town_PC1_1-01]}"
    theme = f"story:\n  - {{title: T, packet: B, section: 1, assertions: [{cited}]}}\n"
    cell, _ = slipped(workspace, story=theme).monographs[0].cells
    assert [ref.text for ref in cell.cards[0].cited_by] == ["S1"]


def test_a_gap_ends_with_one_full_stop(workspace: Workspace) -> None:
    files = dict(scaffold.empty("en"))
    theory = "theories/my-theory.yaml"
    files[theory] = re.sub(r" +label: .*\n(?= +text:)", "", files[theory])
    [project] = load(workspace(files))
    [packet] = tell(Dossier(project)).packets
    gaps = [gap for section in packet.sections for gap in section.gaps]
    assert any("AB1" in gap for gap in gaps)
    assert [gap for gap in gaps if gap.endswith("..")] == []


# Templates of the user's own.


def rendered(workspace: Workspace, **templates: str) -> str:
    files = {f"templates/{name}.md.j2": text for name, text in templates.items()}
    root = workspace({**scaffold.empty("en"), **files})
    [project] = load(root)
    return render(tell(Dossier(project)), "story.md.j2", root / "templates")


def test_a_template_of_ones_own_comes_first(workspace: Workspace) -> None:
    assert rendered(workspace, story="{{ story.title }}!") == "My evaluation!\n"


def test_a_template_may_change_one_block(workspace: Workspace) -> None:
    mine = '{% extends "scc/story.md.j2" %}{% block quality %}## Mine{% endblock %}'
    text = rendered(workspace, story=mine)
    assert text.startswith("# My evaluation\n")
    assert text.endswith("## Mine\n")
    assert "Quality annex" not in text


def test_other_templates_of_ones_own_leave_the_story_alone(workspace: Workspace) -> None:
    assert rendered(workspace, other="x") == rendered(workspace)


@pytest.mark.parametrize(
    "template",
    [
        "{{ nobody }}",
        "{{ story.nothing }}",
        "{% for %}",
        "{{ story.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ words.__class__ }}",
        "{{ story.title.format.__globals__ }}",
        '{% include "nowhere.j2" %}',
        '{% include "../evidence/my-evaluation/story.yaml" %}',
    ],
)
def test_a_broken_or_forbidden_template_is_refused(template: str, workspace: Workspace) -> None:
    with pytest.raises(TemplateError):
        rendered(workspace, story=template)


def test_a_template_can_change_nothing(workspace: Workspace) -> None:
    with pytest.raises((TemplateError, TypeError)):
        rendered(workspace, story="{{ story.packets.append(1) }}")
