"""Copies of Word files say what they should where they should, and other programs read them so."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings, strategies as st

from _programs import needs
from _word_files import (
    box,
    changed,
    field,
    note,
    p,
    r,
    refer,
    table,
    word_file,
)
from scc_eval.reports import Part, word
from scc_eval.reports.copying import CannotCopy, Edit, copy
from scc_eval.reports.paragraphs import Report

BLUE = '<w:color w:val="0563C1"/><w:u w:val="none"/>'
DELETED = '<w:del w:id="1" w:author="Rita"><w:r><w:delText>gone</w:delText></w:r></w:del>'
LINKS = {"one": "https://example.org/one"}
HOME = "story.html#c"


class Copied(NamedTuple):
    """A copy: where it is, and what is read of it."""

    path: Path
    report: Report

    @property
    def texts(self) -> list[str]:
        return [q.text for q in self.report.paragraphs if q.part is not Part.COMMENT]

    @property
    def comments(self) -> list[str]:
        return [q.text for q in self.report.paragraphs if q.part is Part.COMMENT]

    @property
    def links(self) -> list[tuple[str, str]]:
        found = ((q.text, link) for q in self.report.paragraphs for link in q.links)
        return [(text[link.begin : link.end], link.address) for text, link in found]

    def xml(self, name: str = "document") -> str:
        """A part of the file, as `plain` has it."""
        with ZipFile(self.path) as archive:
            return plain(archive.read(f"word/{name}.xml").decode())

    @property
    def body(self) -> str:
        """What is in the body, as XML."""
        found = re.search("<w:body>(.*)</w:body>", self.xml(), re.DOTALL)
        assert found
        return found[1]


def plain(xml: str) -> str:
    """XML without its spaces of names, and without what says that spaces count."""
    return re.sub(r' xmlns:\w+="[^"]*"| xml:space="preserve"', "", xml)


def copied(tmp_path: Path, body: str | Sequence[str], *edits: Edit, **more: Any) -> Copied:
    """Write a file, copy it with edits, twice, and read the copy."""
    body = (body,) if isinstance(body, str) else body
    path = word_file(tmp_path / "report.docx", *body, **more)
    before = path.read_bytes()
    report = word.read(path, "report.docx")
    content = copy(path, report, edits)
    assert copy(path, report, edits[::-1]) == content
    assert path.read_bytes() == before
    target = tmp_path / "copy.docx"
    target.write_bytes(content)
    again = word.read(target, "copy.docx")
    assert again.problems == ()
    Document(str(target))
    return Copied(target, again)


def at(within: str, what: str, paragraph: int = 0, **change: Any) -> Edit:
    """An edit of the first place where a text says something."""
    begin = within.index(what)
    return Edit(paragraph, begin, begin + len(what), **change)


def link(target: str, *runs: str) -> str:
    """A link by its relationship, or by the name of a place if it begins with `#`."""
    name = f'w:anchor="{target[1:]}"' if target.startswith("#") else f'r:id="{target}"'
    return f"<w:hyperlink {name}>{''.join(runs)}</w:hyperlink>"


def inserted(*runs: str) -> str:
    return f'<w:ins w:id="8" w:author="Rita">{"".join(runs)}</w:ins>'


def remarked(number: int, *content: str) -> str:
    """What a comment is put around."""
    begin, end = (f'<w:commentRange{side} w:id="{number}"/>' for side in ("Start", "End"))
    return begin + "".join(content) + end + refer("comment", number)


# Texts


@pytest.mark.parametrize("look", ["", "<w:b/>"])
def test_a_text_is_replaced_within_its_run(tmp_path: Path, look: str) -> None:
    text = "See (Eco.PC1 1) and so on."
    copy = copied(tmp_path, p(r(text, look)), at(text, "Eco.PC1 1", text="Eco_PC1_1"))
    parts = ("See (", "Eco_PC1_1", ") and so on.")
    assert copy.body == plain(p(*(r(part, look) for part in parts)))


def test_a_text_over_several_runs_looks_as_its_beginning(tmp_path: Path) -> None:
    runs = (r("See Eco."), r("PC", "<w:b/>"), r(" "), r("1 1."))
    copy = copied(tmp_path, p(*runs), at("See Eco.PC 1 1.", "Eco.PC 1 1", text="Eco_PC1_1"))
    assert copy.body == plain(p(r("See "), r("Eco_PC1_1"), r(".")))


def test_what_is_no_text_stays_where_a_text_is_replaced(tmp_path: Path) -> None:
    body = p(
        '<w:r><w:t>a Eco_</w:t><w:br/><w:footnoteReference w:id="1"/><w:t>PC1</w:t></w:r>',
        "<w:r><w:rPr><w:i/></w:rPr><w:tab/></w:r>",
        DELETED,
        '<w:bookmarkStart w:id="4" w:name="b"/>',
        "<w:r><w:noBreakHyphen/><w:t>1 z</w:t></w:r>",
    )
    notes = {"footnotes": note("footnote", 1, p("foot"))}
    edit = at("a Eco_\nPC1\t-1 z", "Eco_\nPC1\t-1", text="Eco_PC1_1")
    copy = copied(tmp_path, body, edit, parts=notes)
    assert copy.texts == ["a Eco_PC1_1 z", "foot"]
    assert copy.body == plain(
        p(
            r("a "),
            '<w:r><w:t>Eco_PC1_1</w:t><w:footnoteReference w:id="1"/></w:r>',
            DELETED,
            '<w:bookmarkStart w:id="4" w:name="b"/>',
            r(" z"),
        )
    )


def test_a_tab_at_the_beginning_of_a_stretch_becomes_text(tmp_path: Path) -> None:
    copy = copied(tmp_path, p("a", "<w:r><w:tab/></w:r>"), Edit(0, 1, 2, text=" b "))
    assert copy.body == plain(p(r("a"), r(" b ")))


def test_what_is_emptied_goes(tmp_path: Path) -> None:
    body = p("a", inserted(r("b")), link("one", r("c", "<w:b/>")), "d")
    copy = copied(tmp_path, body, Edit(0, 0, 3, text="x"), links=LINKS)
    assert copy.body == plain(p(r("x"), r("d")))


def test_several_edits_of_one_paragraph_find_their_places(tmp_path: Path) -> None:
    text = "one two three two one"
    edits = (
        at(text, "one", text="1"),
        at(text, "two", text="2", address="#two"),
        Edit(0, 8, 13, comments=("3?",)),
        Edit(0, 14, 17, text="II"),
        Edit(0, 18, 21, text="I", comments=("last",)),
    )
    copy = copied(tmp_path, p(r("one two th"), r("ree two one")), *edits)
    assert copy.texts == ["1 2 three II I"]
    assert copy.links == [("2", "#two")]
    assert copy.comments == ["3?", "last"]


def test_a_stretch_may_go_on_where_the_end_of_a_paragraph_was_deleted(tmp_path: Path) -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="Rita"/></w:rPr>'
    body = (p("a Eco_", look=gone), p("PC1 z"))
    copy = copied(tmp_path, body, Edit(0, 2, 9, text="Eco", address="#c", comments=("?",)))
    assert copy.texts == ["a Eco z"]
    assert copy.links == [("Eco", "#c")]
    whole = copied(tmp_path, body, Edit(0, 0, 0, comments=("?",)))
    begin, end = remarked(0, "|").split("|")
    assert whole.body == plain(
        p(begin, "a Eco_", look=gone).replace("<w:t>" + begin, begin) + p("PC1 z", end)
    )


def test_a_text_with_two_renderings_in_its_run_is_replaced_in_the_one_that_is_read(
    tmp_path: Path,
) -> None:
    both = "<mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>".format("<w:t>Eco</w:t>")
    inner = f"<w:t>a </w:t><mc:AlternateContent>{both}</mc:AlternateContent><w:t> z</w:t>"
    copy = copied(tmp_path, p(f"<w:r>{inner}</w:r>"), Edit(0, 2, 5, text="Part", address="#c"))
    assert (copy.texts, copy.links) == (["a Part z"], [("Part", "#c")])
    assert "Eco" not in copy.body


def test_text_outside_of_runs_is_replaced_where_it_is(tmp_path: Path) -> None:
    copy = copied(tmp_path, p("<w:t>one two</w:t>"), Edit(0, 4, 5, text="T", address="#c"))
    assert (copy.texts, copy.links) == (["one Two"], [("T", "#c")])


@st.composite
def scattered(draw: st.DrawFn) -> tuple[list[str], list[Edit]]:
    """A text cut into runs, and edits of it that do not overlap."""
    runs = draw(st.lists(st.text("ab \t", min_size=1, max_size=5), min_size=1, max_size=6))
    cuts = draw(st.lists(st.integers(0, len("".join(runs))), unique=True, max_size=6).map(sorted))
    changes = st.builds(
        Edit,
        text=st.none() | st.text("xy", min_size=1, max_size=3),
        address=st.none() | st.sampled_from(["#c", HOME]),
        comments=st.sampled_from([(), ("?",), ("?", "!")]),
        **dict.fromkeys(("paragraph", "begin", "end"), st.just(0)),
    )
    stretches = zip(cuts[::2], cuts[1::2], strict=False)
    return runs, [draw(changes)._replace(begin=begin, end=end) for begin, end in stretches]


@settings(deadline=None, max_examples=25)
@given(scattered(), st.lists(st.sampled_from([r, inserted, link]), min_size=6, max_size=6))
def test_whatever_is_edited_is_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    example: tuple[list[str], list[Edit]],
    wraps: list[Callable[..., str]],
) -> None:
    runs, edits = example
    made = [
        r(run) if wrap is r else wrap(*(["one"] if wrap is link else []), r(run))
        for run, wrap in zip(runs, wraps, strict=False)
    ]
    folder = tmp_path_factory.mktemp("copy")
    copy = copied(folder, p(*made, r(".")), *edits, links=LINKS)
    expected = [*"".join(runs), "."]
    for edit in edits:
        kept = "".join(expected[edit.begin : edit.end]) if edit.text is None else edit.text
        expected[edit.begin : edit.end] = [kept, *[""] * (edit.end - edit.begin - 1)]
    assert copy.texts == ["".join(expected)]
    assert copy.comments == [comment for edit in edits for comment in edit.comments]
    new = [(expected[edit.begin], edit.address) for edit in edits if edit.address]
    for address in ("#c", HOME):
        shown = "".join(text for text, where in copy.links if where == address)
        assert shown == "".join(text for text, where in new if where == address)


# Links


def test_a_stretch_becomes_one_link_that_is_seen(tmp_path: Path) -> None:
    runs = (r("See Eco_"), '<w:proofErr w:type="spellEnd"/>', r("PC1", "<w:b/>"), r("."))
    copy = copied(tmp_path, p(*runs), at("See Eco_PC1.", "Eco_PC1", address=HOME))
    assert copy.links == [("Eco_PC1", HOME)]
    [number] = re.findall(r'hyperlink r:id="(\w+)"', copy.body)
    blue = r("Eco_", BLUE), runs[1], r("PC1", "<w:b/>" + BLUE)
    assert copy.body == plain(p(r("See "), link(number, *blue), r(".")))


def test_the_same_address_is_kept_once(tmp_path: Path) -> None:
    text = "one two"
    edits = (at(text, "one", address=HOME), at(text, "two", address=HOME))
    copy = copied(tmp_path, p(text), *edits)
    assert copy.links == [("one", HOME), ("two", HOME)]
    with ZipFile(copy.path) as archive:
        assert archive.read("word/_rels/document.xml.rels").count(HOME.encode()) == 1


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("#part", "#part"),
        ("récit final.html#c", "r%C3%A9cit%20final.html#c"),
        ("a%20b.html?x=1&y='2'#c", "a%20b.html?x=1&y='2'#c"),
        ('"<x>"', "%22%3Cx%3E%22"),
    ],
)
def test_addresses_are_written_as_addresses_are(tmp_path: Path, address: str, written: str) -> None:
    copy = copied(tmp_path, p("code"), Edit(0, 0, 4, address=address))
    assert copy.links == [("code", written)]


def test_a_part_of_a_link_becomes_a_link_of_its_own(tmp_path: Path) -> None:
    old = '<w:hyperlink r:id="one" w:anchor="a" w:tooltip="tip">{}</w:hyperlink>'
    text = "see Eco_PC1 too"
    copy = copied(tmp_path, p(old.format(r(text))), at(text, "Eco_PC1", address="#c"), links=LINKS)
    assert copy.body == plain(
        p(old.format(r("see ")), link("#c", r("Eco_PC1")), old.format(r(" too")))
    )


def test_a_link_and_what_follows_it_become_two_links(tmp_path: Path) -> None:
    body = p(link("one", r("Eco_")), r("PC1"), link("one", r("_")), link("one", r("1")))
    copy = copied(tmp_path, body, Edit(0, 0, 9, address="#c"), links=LINKS)
    assert copy.body == plain(
        p(
            link("#c", r("Eco_")),
            link("#c", r("PC1", BLUE)),
            link("#c", r("_")),
            link("#c", r("1")),
        )
    )


def test_a_link_stands_around_insertions_not_in_them(tmp_path: Path) -> None:
    body = p(r("see "), inserted(r("the Eco_"), r("PC")), r("1"), " z")
    copy = copied(tmp_path, body, at("see the Eco_PC1 z", "Eco_PC1", address="#c"))
    assert copy.body == plain(
        p(
            r("see "),
            inserted(r("the ")),
            link("#c", inserted(r("Eco_", BLUE), r("PC", BLUE)), r("1", BLUE)),
            r(" z"),
        )
    )
    tail = copied(tmp_path, p(inserted(r("Eco z"))), at("Eco z", "Eco", address="#c"))
    assert tail.body == plain(p(link("#c", inserted(r("Eco", BLUE))), inserted(r(" z"))))


def test_a_link_inserted_as_a_whole_gets_the_address(tmp_path: Path) -> None:
    body = p(inserted(link("one", r("Eco"))))
    copy = copied(tmp_path, body, Edit(0, 0, 3, address="#c"), links=LINKS)
    assert copy.body == plain(p(inserted(link("#c", r("Eco")))))


def test_a_link_stands_around_what_cannot_hold_it(tmp_path: Path) -> None:
    ruby = "<w:r><w:ruby><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
    copy = copied(tmp_path, p(ruby.format(r("base"))), Edit(0, 0, 4, address="#c"))
    assert (copy.texts, copy.links) == (["base"], [("base", "#c")])
    assert copy.body.startswith('<w:p><w:hyperlink w:anchor="c"><w:r>')


def test_a_link_stops_where_a_field_begins(tmp_path: Path) -> None:
    body = p(r("Eco_"), field(" REF x ", r("PC1")), r("_1"))
    copy = copied(tmp_path, body, Edit(0, 0, 9, address="#c"))
    shown = field(" REF x ", link("#c", r("PC1", BLUE)))
    assert copy.body == plain(p(link("#c", r("Eco_", BLUE)), shown, link("#c", r("_1", BLUE))))


@pytest.mark.parametrize("address", [HOME, "#c"])
def test_a_field_that_links_links_elsewhere(tmp_path: Path, address: str) -> None:
    simple = '<w:fldSimple w:instr=" HYPERLINK &quot;{}&quot; ">{}</w:fldSimple>'
    old = field(' HYPERLINK "https://example.org/a" \\o "tip" ', r("Eco_"), r("PC1"))
    body = p("x ", old, "_1 ", simple.format("b", r("Part")))
    edits = (Edit(0, 2, 11, address=address), Edit(0, 12, 16, address=address))
    copy = copied(tmp_path, body, *edits)
    assert copy.links == [("Eco_PC1", address), ("_1", address), ("Part", address)]
    assert copy.texts == ["x Eco_PC1_1 Part"]


# Comments


def test_a_comment_is_put_around_a_stretch(tmp_path: Path) -> None:
    text = "See Eco_PC1."
    edit = at(text, "Eco_PC1", comments=("First.\nSecond line.", "Another\x07"))
    copy = copied(tmp_path, p(text), edit)
    both = remarked(0, "|").split("|"), remarked(1, "|").split("|")
    begins, ends = zip(*both, strict=True)
    assert copy.body == plain(p(r("See "), *begins, r("Eco_PC1"), *ends, r(".")))
    assert copy.comments == ["First.", "Second line.", "Another\ufffd"]
    assert re.findall("<w:comment [^>]*>", copy.xml("comments")) == [
        f'<w:comment w:id="{number}" w:author="scc" w:initials="scc">' for number in (0, 1)
    ]


def test_comments_that_were_there_stay(tmp_path: Path) -> None:
    body = p(remarked(7, r("One")), remarked(3, r(" two")))
    comments = note("comment", 7, p("seven")) + note("comment", 3, p("three"))
    edit = Edit(0, 4, 7, comments=("new",))
    copy = copied(tmp_path, body, edit, parts={"comments": comments})
    assert sorted(copy.comments) == ["new", "seven", "three"]
    assert '<w:comment w:id="8" w:author="scc"' in copy.xml("comments")


def test_a_comment_goes_around_links_and_insertions_that_end_with_it(tmp_path: Path) -> None:
    body = p(inserted(link("one", r("Eco"), r("_PC1"))), inserted(r("see "), r("Part")))
    edits = (Edit(0, 0, 7, comments=("a",)), Edit(0, 11, 15, comments=("b",)))
    copy = copied(tmp_path, body, *edits, links=LINKS)
    begin, end = remarked(1, "|").split("|")
    assert copy.body == plain(
        p(
            remarked(0, inserted(link("one", r("Eco"), r("_PC1")))),
            inserted(r("see "), begin, r("Part")),
            end,
        )
    )


def test_a_comment_on_a_whole_paragraph(tmp_path: Path) -> None:
    body = (p("One", DELETED, style="Heading1"), p("Two", link("one", r("x"))))
    edits = (Edit(0, 0, 0, comments=("first",)), Edit(1, 0, 0, comments=("second",)))
    copy = copied(tmp_path, body, *edits, links=LINKS)
    assert copy.body == plain(
        p(remarked(0, r("One"), DELETED), style="Heading1")
        + p(remarked(1, r("Two"), link("one", r("x"))))
    )


def test_where_word_has_no_comments_they_stand_where_the_text_is_referred_to(
    tmp_path: Path,
) -> None:
    long = "A note that is longer than what is quoted of it, " * 2
    body = (
        p("First"),
        p("Text", refer("footnote", 1), refer("comment", 4), " and", box(p("box Eco"))),
        table([p("cell", refer("footnote", 2))]),
        "<w:sectPr><w:headerReference r:id='header1'/></w:sectPr>",
    )
    parts = {
        "footnotes": note("footnote", 1, p("foot Eco")) + note("footnote", 2, p(long)),
        "comments": note("comment", 4, p("remark Eco")),
        "header1": p("head Eco", box(p("box"))),
    }
    edits = [
        Edit(2, 5, 8, comments=("on a note",)),
        Edit(3, 7, 10, comments=("on a comment",)),
        Edit(4, 4, 7, comments=("on a box",)),
        Edit(5, 0, 4, comments=("on a cell",)),
        Edit(6, 0, 0, comments=("on a whole note",)),
        Edit(7, 5, 8, comments=("on a head",)),
        Edit(8, 0, 3, comments=("on a box in a head",)),
    ]
    copy = copied(tmp_path, body, *edits, parts=parts)
    read = [(q.part.value, q.text) for q in copy.report.paragraphs]
    quote = "“A note that is longer than what is quoted of it, A note that is longer than wha…”"
    assert read == [
        ("body", "First"),
        ("comment", "“Eco” — on a head"),
        ("comment", "“box” — on a box in a head"),
        ("body", "Text and"),
        ("note", "foot Eco"),
        ("comment", "“Eco” — on a note"),
        ("comment", "remark Eco"),
        ("comment", "“Eco” — on a comment"),
        ("box", "box Eco"),
        ("comment", "“Eco” — on a box"),
        ("table", "cell"),
        ("comment", "on a cell"),
        ("note", long),
        ("comment", f"{quote} — on a whole note"),
        ("margin", "head Eco"),
        ("margin", "box"),
    ]


def test_a_head_over_an_empty_body_has_its_comment_in_a_new_paragraph(tmp_path: Path) -> None:
    section = "<w:sectPr><w:headerReference r:id='header1'/></w:sectPr>"
    edit = Edit(0, 0, 4, comments=("?",))
    copy = copied(tmp_path, section, edit, parts={"header1": p("head")})
    assert (copy.texts, copy.comments) == (["head"], ["“head” — ?"])


# Notes, boxes, margins


def test_notes_and_margins_are_changed_like_the_body(tmp_path: Path) -> None:
    body = (
        p("Text", refer("footnote", 1), refer("comment", 4)),
        "<w:sectPr><w:headerReference r:id='header1'/></w:sectPr>",
    )
    parts = {
        "footnotes": note("footnote", 1, p("foot Eco")),
        "comments": note("comment", 4, p("remark Eco")),
        "header1": p("head Eco"),
    }
    edits = [
        at("foot Eco", "Eco", 1, text="Eco_1", address=HOME),
        at("remark Eco", "Eco", 2, text="Eco_2", address=HOME),
        at("head Eco", "Eco", 3, text="Eco_3", address=HOME),
    ]
    copy = copied(tmp_path, body, *edits, parts=parts)
    assert [q.text for q in copy.report.paragraphs] == [
        "Text",
        "foot Eco_1",
        "remark Eco_2",
        "head Eco_3",
    ]
    assert copy.links == [("Eco_1", HOME), ("Eco_2", HOME), ("Eco_3", HOME)]


def test_the_other_rendering_of_a_box_goes_when_its_text_changes(tmp_path: Path) -> None:
    body = p("Text", box(p("Eco")))
    assert copied(tmp_path, body, Edit(1, 0, 3, comments=("?",))).body.count("Eco") == 2
    for edit in (Edit(1, 0, 3, text="Part"), Edit(1, 0, 3, address=HOME)):
        copy = copied(tmp_path, body, edit)
        assert "Fallback" not in copy.body
        assert copy.texts == ["Text", edit.text or "Eco"]


def test_the_only_rendering_of_a_box_stays(tmp_path: Path) -> None:
    body = re.sub("<mc:Choice.*</mc:Choice>", "", p("Text", box(p("Eco"))))
    assert copied(tmp_path, body, Edit(1, 0, 3, text="Part")).texts == ["Text", "Part"]


# What cannot be copied


def test_a_file_that_changed_is_not_copied(tmp_path: Path) -> None:
    path = word_file(tmp_path / "report.docx", p("One"))
    report = word.read(path, "report.docx")
    word_file(path, p("Two"))
    with pytest.raises(CannotCopy, match="changed since it was read"):
        copy(path, report, [Edit(0, 0, 3, text="x")])
    path.write_bytes(b"")
    with pytest.raises(CannotCopy, match="empty"):
        copy(path, report, [])


def test_comments_kept_in_another_way_are_not_added_to(tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "report.docx", p("One"), parts={"comments": note("comment", 1, p("x"))}
    )
    odd = (b"wordprocessingml.comments+xml", b"wordprocessingml.odd+xml")
    changed(path, {r"\[Content_Types\]\.xml": odd})
    report = word.read(path, "report.docx")
    with pytest.raises(CannotCopy, match="damaged"):
        copy(path, report, [Edit(0, 0, 3, comments=("?",))])


def test_what_the_library_cannot_write_is_not_copied(tmp_path: Path) -> None:
    path = word_file(tmp_path / "report.docx", p("One"))
    aimless = b'<Relationship Id="x" Type="y" TargetMode="External"/></Relationships>'
    changed(path, {"word/_rels/.*": (b"</Relationships>", aimless)})
    report = word.read(path, "report.docx")
    with pytest.raises(CannotCopy, match="damaged"):
        copy(path, report, [])


# Other programs


RICH = (
    p("Findings", style="Heading1"),
    p(r("See (Eco."), r("PC1 1", "<w:b/>"), ") and Part_PC2_1", refer("footnote", 1), "."),
    p(inserted(r("New Rehab_PC3_1"))),
    p(link("one", r("linked Agri_PC1_2"))),
    table([p("cell Biodiv_PC1_3")]),
)
RICH_EDITS = (
    at("See (Eco.PC1 1)", "Eco.PC1 1", 1, text="Eco_PC1_1", address=HOME + "1"),
    at("See (Eco.PC1 1) and Part_PC2_1.", "Part_PC2_1", 1, address=HOME + "2"),
    at("foot Eco_PC1_2", "Eco_PC1_2", 2, address=HOME + "3", comments=("in the note",)),
    at("New Rehab_PC3_1", "Rehab_PC3_1", 3, address=HOME + "4", comments=("inserted",)),
    at("linked Agri_PC1_2", "Agri_PC1_2", 4, address=HOME + "5"),
    at("cell Biodiv_PC1_3", "Biodiv_PC1_3", 5, comments=("in the cell", "twice")),
)


def rich(tmp_path: Path) -> Path:
    parts = {"footnotes": note("footnote", 1, p("foot Eco_PC1_2"))}
    return copied(tmp_path, RICH, *RICH_EDITS, links=LINKS, parts=parts).path


@needs("soffice")
def test_libreoffice_reads_a_copy(tmp_path: Path) -> None:
    path = rich(tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ("soffice", profile, "--headless", "--convert-to", "odt", "--outdir", tmp_path, path)
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with ZipFile(tmp_path / "copy.odt") as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    links = [
        (address.rsplit("/", 1)[-1], "".join(found.itertext()))
        for found in root.iter(f"{{{text}}}a")
        for address in [found.get("{http://www.w3.org/1999/xlink}href", "")]
    ]
    assert links == [
        (HOME + "1", "Eco_PC1_1"),
        (HOME + "2", "Part_PC2_1"),
        (HOME + "3", "Eco_PC1_2"),
        (HOME + "4", "Rehab_PC3_1"),
        ("one", "linked "),
        (HOME + "5", "Agri_PC1_2"),
    ]
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
    creator = "{http://purl.org/dc/elements/1.1/}creator"
    comments = [
        (found.findtext(creator, ""), "".join(words.itertext()))
        for found in root.iter(office)
        for words in found.iter(f"{{{text}}}p")
    ]
    remarks = ("in the cell", "inserted", "twice", "“Eco_PC1_2” — in the note")
    assert sorted(comments) == [("scc", remark) for remark in remarks]


@needs("pandoc")
def test_pandoc_reads_a_copy(tmp_path: Path) -> None:
    command = ("pandoc", "--track-changes=all", "--wrap=none", "-t", "markdown", rich(tmp_path))
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    shown = done.stdout.decode()
    assert "See ([Eco_PC1_1](story.html#c1)) and" in shown
    for number, code in enumerate(("Eco_PC1_1", "Part_PC2_1", "Eco_PC1_2", "Rehab_PC3_1"), 1):
        assert re.search(rf"\[[^\n]*{code}[^\n]*\]\({re.escape(HOME)}{number}\)", shown)
    assert "[linked](https://example.org/one) [Agri_PC1_2](story.html#c5)" in shown
    assert '[in the cell]{.comment-start id="2" author="scc"}' in shown
