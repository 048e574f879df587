"""Word files are read as their reader sees them, and refused where they are made to do harm."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from _programs import needs
from _word_files import (
    box,
    changed,
    field,
    mark,
    note,
    p,
    r,
    refer,
    table,
    word_file,
)
from scc_eval.places import Location, Passage
from scc_eval.reports import Part, Report, word
from scc_eval.reports.paragraphs import Hidden, Link, Paragraph, Spot

DELETED = '<w:del w:id="1" w:author="Rita"><w:r><w:delText>gone</w:delText></w:r></w:del>'
PAGE_END = "<w:lastRenderedPageBreak/>"
PICTURE = (
    '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="x"><pic:pic/></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r>"
)
TAB = "\t"


def made(tmp_path: Path, *body: str, **more: Any) -> Report:
    report = word.read(word_file(tmp_path / "report.docx", *body, **more), "report.docx")
    assert report.problems == ()
    return report


def texts(report: Report) -> list[str]:
    return [paragraph.text for paragraph in report.paragraphs]


def parts(report: Report) -> list[tuple[str, str]]:
    return [(paragraph.part.value, paragraph.text) for paragraph in report.paragraphs]


def only(report: Report) -> Paragraph:
    [paragraph] = report.paragraphs
    return paragraph


# Text


def test_paragraphs_that_have_text_are_counted(tmp_path: Path) -> None:
    report = made(tmp_path, p("One."), p(), p("  "), p("Two."))
    assert report == Report("report.docx", (Paragraph("One.", 1), Paragraph("Two.", 2)))


def test_a_code_scattered_over_runs_is_joined(tmp_path: Path) -> None:
    marks = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="b"/>'
    report = made(tmp_path, p("(Eco_", marks, r("PC", "<w:b/>"), "1_", r("1"), "<!-- x -->", ")"))
    assert texts(report) == ["(Eco_PC1_1)"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:tab/>", "a\tb"),
        ("<w:ptab/>", "a\tb"),
        ("<w:br/>", "a\nb"),
        ('<w:br w:type="column"/>', "a\nb"),
        ('<w:br w:type="page"/>', "a\nb"),
        ("<w:cr/>", "a\nb"),
        ("<w:noBreakHyphen/>", "a-b"),
        ("<w:softHyphen/>", "ab"),
        ('<w:sym w:font="Arial" w:char="00B2"/>', "a²b"),
        ('<w:sym w:char="no number"/>', "ab"),
        ('<w:sym w:char="FFFFFFFF"/>', "ab"),
        ("<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt></w:ruby>", "ab"),
        ("<w:ruby><w:rubyBase><w:r><w:t>x</w:t></w:r></w:rubyBase></w:ruby>", "axb"),
        ("<w:t/>", "ab"),
    ],
)
def test_what_runs_hold_beside_text(tmp_path: Path, content: str, text: str) -> None:
    run = f"<w:r><w:t>a</w:t>{content}<w:t>b</w:t></w:r>"
    assert texts(made(tmp_path, p(run))) == [text]


@pytest.mark.parametrize("kind", ["page", "column"])
def test_a_break_before_a_paragraph_is_no_line_of_it(tmp_path: Path, kind: str) -> None:
    report = made(tmp_path, p(f'<w:r><w:br w:type="{kind}"/></w:r>', "Text"))
    assert texts(report) == ["Text"]


def test_text_within_controls_tags_and_changes_is_text(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = (
        control.format(p("A whole ", control.format(r("controlled")), " paragraph")),
        p("A ", f'<w:smartTag w:element="place">{r("tag")}</w:smartTag>', " in it"),
        p('<w:ins w:id="2" w:author="Rita">' + r("Inserted") + "</w:ins>"),
        p('<w:moveTo w:id="3" w:author="Rita">' + r("Moved here") + "</w:moveTo>"),
        p("Stays", '<w:moveFrom w:id="4" w:author="Rita">' + r("Moved away") + "</w:moveFrom>"),
    )
    assert texts(made(tmp_path, *body)) == [
        "A whole controlled paragraph",
        "A tag in it",
        "Inserted",
        "Moved here",
        "Stays",
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on(tmp_path: Path) -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="Rita"/></w:rPr>'
    moved = '<w:rPr><w:moveFrom w:id="1" w:author="Rita"/></w:rPr>'
    report = made(
        tmp_path,
        p("Part_", look=gone),
        p(DELETED, look=moved),
        p("PC1_1", style="Heading1"),
        table([p("cell", look=gone)]),
        p("last", look=gone),
    )
    assert parts(report) == [("heading", "Part_PC1_1"), ("table", "cell"), ("body", "last")]


def test_runs_set_as_note_marks_are_told(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    styles = (
        f'<w:style w:type="character" w:styleId="Mark"><w:rPr>{raised}</w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Mine"><w:basedOn w:val="Mark"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="High"><w:rPr>{raised}</w:rPr></w:style>'
    )
    lowered = '<w:rStyle w:val="Mark"/><w:vertAlign w:val="baseline"/>'
    report = made(
        tmp_path,
        p("P1.1", r("2", raised), r("3", '<w:rStyle w:val="Mine"/>'), ", P1.2", r("4", raised)),
        p(r("a", lowered), r("b", "<w:b/>"), r("", raised)),
        p("all of it", style="High"),
        styles=styles,
    )
    assert texts(report)[0] == "P1.123, P1.24"
    assert [paragraph.raised for paragraph in report.paragraphs] == [
        ((4, 6), (12, 13)),
        (),
        ((0, 9),),
    ]


# Headings


def test_headings_stand_above_what_follows_them(tmp_path: Path) -> None:
    report = made(
        tmp_path,
        p("Before"),
        p("Findings", style="Heading1"),
        p("Health and", "<w:r><w:br/></w:r>", "work", style="Heading3"),
        p("a"),
        p("School", style="Heading2"),
        p("b"),
        p("Conclusions", style="Heading1"),
        p("c"),
    )
    assert [(q.text, q.headings) for q in report.paragraphs] == [
        ("Before", ()),
        ("Findings", ()),
        ("Health and\nwork", ("Findings",)),
        ("a", ("Findings", "Health and work")),
        ("School", ("Findings",)),
        ("b", ("Findings", "School")),
        ("Conclusions", ()),
        ("c", ("Conclusions",)),
    ]


def style(name: str, *, based_on: str = "", level: str = "", called: str = "") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    outline = f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>' if level else "<w:pPr/>"
    called = f'<w:name w:val="{called}"/>' if called else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}">{called}{based}{outline}</w:style>'


@pytest.mark.parametrize(
    ("paragraph", "styles", "is_heading"),
    [
        (p("x", look='<w:outlineLvl w:val="2"/>'), "", True),
        (p("x", look='<w:outlineLvl w:val="9"/>', style="Heading1"), "", False),
        (p("x", look='<w:outlineLvl w:val="none"/>', style="Heading1"), "", True),
        (p("x", style="Titre2"), "", True),
        (p("x", style="Titre2"), style("Titre2"), False),
        (p("x", style="berschrift1"), style("berschrift1", called="heading 1"), True),
        (p("x", style="T1"), style("T1", called="Titre 1"), True),
        (p("x", style="Mine"), style("Mine", based_on="Heading2"), True),
        (p("x", style="Mine"), style("Mine", level="0"), True),
        (p("x", style="Mine"), style("Mine", based_on="Heading1", level="9"), False),
        (p("x", style="A"), style("A", based_on="B") + style("B", based_on="A"), False),
        (p("x", style="Missing"), "", False),
        (p("x", style="Title"), "", False),
    ],
)
def test_what_makes_a_heading(
    tmp_path: Path, paragraph: str, styles: str, is_heading: bool
) -> None:
    report = made(tmp_path, paragraph, styles=styles)
    assert only(report).part == (Part.HEADING if is_heading else Part.BODY)


# Tables, boxes, notes, comments, margins


def test_every_paragraph_of_a_cell_is_read_in_the_order_of_rows(tmp_path: Path) -> None:
    inner = table([p("inner")])
    report = made(
        tmp_path, table([p("a1") + p("a2"), p("b")], [inner + p("c"), p("d")]), p("after")
    )
    assert parts(report) == [
        *(("table", text) for text in ("a1", "a2", "b", "inner", "c", "d")),
        ("body", "after"),
    ]


def test_a_heading_in_a_cell_stands_above_its_cell_and_one_in_a_frame_above_the_rest(
    tmp_path: Path,
) -> None:
    heading = p("In a cell", style="Heading2")
    frame = p("In a frame", style="Heading1")
    report = made(
        tmp_path, table([frame + table([heading + p("a"), p("b")])]), table([p("c")]), p("d")
    )
    assert [(q.text, q.headings) for q in report.paragraphs if q.part is not Part.HEADING] == [
        ("a", ("In a frame", "In a cell")),
        ("b", ("In a frame",)),
        ("c", ("In a frame",)),
        ("d", ("In a frame",)),
    ]


def test_the_text_of_a_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    old = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
    fallback = (
        "<w:r><mc:AlternateContent><mc:Fallback>"
        + old.format(p("third"))[5:-6]
        + "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    nothing = "<w:r><mc:AlternateContent/></w:r>"
    report = made(
        tmp_path,
        p("One", box(p("first"), table([p("cell")]))),
        p("Two ", old.format(p("second")), fallback, "more", nothing),
        table([p("Cell", box(p("fourth")))]),
    )
    assert parts(report) == [
        ("body", "One"),
        ("box", "first"),
        ("box", "cell"),
        ("body", "Two more"),
        ("box", "second"),
        ("box", "third"),
        ("table", "Cell"),
        ("box", "fourth"),
    ]


def test_alternatives_may_stand_around_paragraphs(tmp_path: Path) -> None:
    both = "<mc:Choice>" + p("new") + "</mc:Choice><mc:Fallback>" + p("old") + "</mc:Fallback>"
    body = [f"<mc:AlternateContent>{inner}</mc:AlternateContent>" for inner in (both, "")]
    assert texts(made(tmp_path, *body)) == ["new"]


def test_notes_and_comments_are_read_where_they_are_referred_to(tmp_path: Path) -> None:
    report = made(
        tmp_path,
        p("Findings", refer("footnote", 3), style="Heading1"),
        p("Text", refer("comment", 0), refer("endnote", 1), "!", refer("footnote", 2)),
        p(DELETED.replace("</w:r>", "</w:r>" + refer("comment", 1))),
        p("Again", refer("footnote", 2), refer("footnote", 99), "<w:r><w:endnoteReference/></w:r>"),
        parts={
            "footnotes": note("footnote", -1, p("separator"))
            + note("footnote", 2, p("<w:r><w:footnoteRef/></w:r>", "foot"), table([p("cell")]))
            + note("footnote", 3, p("of a heading", style="Heading1")),
            "endnotes": note("endnote", 1, p("end", box(p("box")))),
            "comments": note("comment", 0, p("remark"), p("goes on"))
            + note("comment", 1, p("of what is gone")),
        },
    )
    assert [(q.part.value, q.text, q.headings) for q in report.paragraphs] == [
        ("heading", "Findings", ()),
        ("note", "of a heading", ("Findings",)),
        ("body", "Text!", ("Findings",)),
        ("comment", "remark", ("Findings",)),
        ("comment", "goes on", ("Findings",)),
        ("note", "end", ("Findings",)),
        ("note", "box", ("Findings",)),
        ("note", "foot", ("Findings",)),
        ("note", "cell", ("Findings",)),
        ("comment", "of what is gone", ("Findings",)),
        ("body", "Again", ("Findings",)),
    ]


def test_heads_and_feet_of_pages_are_read_once_and_last(tmp_path: Path) -> None:
    def section(*names: str) -> str:
        kinds = [(name, name.rstrip("123")) for name in names]
        inner = (f'<w:{kind}Reference w:type="default" r:id="{name}"/>' for name, kind in kinds)
        return f"<w:sectPr>{''.join(inner)}</w:sectPr>"

    report = made(
        tmp_path,
        p("Chapter", style="Heading1"),
        p("One", look=section("header1", "footer1", "header3")),
        p(look=section("header1")),
        section("header2"),
        parts={
            "header1": p("head one", box(p("box"))),
            "header2": p("head two"),
            "footer1": p("foot", style="Heading2"),
        },
    )
    assert [(q.part.value, q.text, q.headings) for q in report.paragraphs] == [
        ("heading", "Chapter", ()),
        ("body", "One", ("Chapter",)),
        ("margin", "head one", ()),
        ("margin", "box", ()),
        ("margin", "foot", ()),
        ("margin", "head two", ()),
    ]


# Links


LINKS = {"one": "https://example.org/one"}


@pytest.mark.parametrize(
    ("attributes", "address"),
    [
        ('r:id="one"', "https://example.org/one"),
        ('w:anchor="part"', "#part"),
        ('r:id="one" w:anchor="part"', "https://example.org/one#part"),
        ('r:id="missing"', None),
        ('r:id="header1"', None),
        ("", None),
    ],
)
def test_the_address_of_a_link(tmp_path: Path, attributes: str, address: str | None) -> None:
    link = f"<w:hyperlink {attributes}>{r('here')}{r(' now')}</w:hyperlink>"
    empty = f"<w:hyperlink {attributes}/>"
    report = made(tmp_path, p("Look ", link, empty, "."), links=LINKS, parts={"header1": p()})
    assert only(report).text == "Look here now."
    assert only(report).links == ((Link(5, 13, address),) if address else ())


@pytest.mark.parametrize(
    ("instruction", "address"),
    [
        (' HYPERLINK "https://example.org/" ', "https://example.org/"),
        ("HYPERLINK https://example.org/", "https://example.org/"),
        (r' HYPERLINK "a.html" \l "part" \o "a tip" \t "_blank" \n', "a.html#part"),
        (r' hyperlink \l "part"', "#part"),
        (r' HYPERLINK "C:\\reports\\a.docx" ', r"C:\reports\a.docx"),
        (" PAGE ", None),
        (r' HYPERLINKED "x"', None),
        (" HYPERLINK ", None),
    ],
)
def test_the_address_of_a_field(tmp_path: Path, instruction: str, address: str | None) -> None:
    attribute = instruction.replace('"', "&quot;")
    simple = f'<w:fldSimple w:instr="{attribute}">{r("there")}</w:fldSimple>'
    report = made(tmp_path, p("Look ", field(instruction, r("here")), " ", simple))
    assert only(report).text == "Look here there"
    links = (Link(5, 9, address), Link(10, 15, address)) if address else ()
    assert only(report).links == links


def test_a_field_may_show_a_field(tmp_path: Path) -> None:
    inner = field(" PAGEREF _Toc1 ", r("7"))
    toc = f'<w:hyperlink w:anchor="_Toc1">{r("Findings ")}{inner}</w:hyperlink>'
    hidden = mark("begin") + field(' HYPERLINK "b" ', r("asked")) + mark("separate") + mark("end")
    report = made(tmp_path, p(field(' HYPERLINK "a" ', toc, hidden), " end"))
    assert only(report).text == "Findings 7 end"
    assert only(report).links == (Link(0, 10, "#_Toc1"), Link(0, 10, "a"))


def test_a_field_may_show_several_paragraphs(tmp_path: Path) -> None:
    begin = mark("begin") + '<w:r><w:instrText>HYPERLINK "a"</w:instrText></w:r>' + mark("separate")
    report = made(tmp_path, p("See ", begin, "one"), p("two"), p("three", mark("end"), " after"))
    assert [(q.text, q.links) for q in report.paragraphs] == [
        ("See one", (Link(4, 7, "a"),)),
        ("two", (Link(0, 3, "a"),)),
        ("three after", (Link(0, 5, "a"),)),
    ]


def test_a_field_without_an_end_swallows_its_paragraph_only(tmp_path: Path) -> None:
    loose = '<w:r><w:instrText>HYPERLINK "a"</w:instrText></w:r>'
    report = made(
        tmp_path,
        p("One", mark("begin"), " lost"),
        p(loose, "Two", mark("end"), mark("end"), mark("separate"), mark("odd")),
        p(loose, "Three"),
        p("Four", mark("begin") * 99, "lost"),
        p("Five"),
    )
    assert texts(report) == ["One", "Two", "Three", "Four", "Five"]
    assert [q.links for q in report.paragraphs] == [()] * 5


def test_links_of_a_note_are_its_own(tmp_path: Path) -> None:
    linked = p(f'<w:hyperlink r:id="one">{r("here")}</w:hyperlink>')
    report = made(
        tmp_path,
        p("Text", refer("footnote", 1)),
        links=LINKS,
        parts={"footnotes": note("footnote", 1, linked)},
    )
    assert report.paragraphs[1].links == (Link(0, 4, "https://example.org/one"),)


# What is not read


def test_hidden_text_is_not_read_but_told(tmp_path: Path) -> None:
    vanish = "<w:vanish/>"
    styles = (
        f'<w:style w:type="character" w:styleId="Secret"><w:rPr>{vanish}</w:rPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Gone"><w:rPr>{vanish}</w:rPr></w:style>'
    )
    secret = '<w:rStyle w:val="Secret"/>'
    shown = '<w:vanish w:val="0"/>'
    report = made(
        tmp_path,
        p("Seen ", r("un", vanish), r("seen", vanish), r("too", shown), r("x", secret)),
        p("all", style="Gone"),
        p(r("but this", shown), style="Gone"),
        p(f"<w:r><w:rPr>{vanish}</w:rPr><w:footnoteReference w:id='1'/></w:r>", "end"),
        styles=styles,
        parts={"footnotes": note("footnote", 1, p("a note nobody sees"))},
    )
    assert texts(report) == ["Seen too", "but this", "end"]
    place = Location("report.docx", 1, 6, 1, 6, Passage(0, 1, (), "body"))
    assert report.hidden == (Hidden("hidden text", 3, place),)


def test_deleted_text_is_not_read_but_told(tmp_path: Path) -> None:
    gone = "<w:tr><w:trPr><w:{}/></w:trPr><w:tc>" + p("cell") + "</w:tc></w:tr>"
    rows = table([p("stays")]).replace(
        "</w:tbl>",
        gone.format("del") + gone.format("hidden") + gone.format("cantSplit") + "</w:tbl>",
    )
    nothing = '<w:del w:id="9" w:author="Rita"><w:r><w:tab/></w:r></w:del>'
    report = made(tmp_path, p(DELETED), p("One ", DELETED, DELETED, "two", DELETED, nothing), rows)
    assert texts(report) == ["One two", "stays", "cell"]
    first = Location("report.docx", 1, 1, 1, 1, Passage(0, 1, (), "body"))
    third = Location("report.docx", 3, 1, 3, 1, Passage(0, 3, (), "table"))
    assert report.hidden == (Hidden("deleted text", 4, first), Hidden("hidden text", 1, third))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("picture", PICTURE),
        ("picture", "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"),
        ("picture", '<w:r><w:pict><v:textpath string="DRAFT"/></w:pict></w:r>'),
        ("embedded object", "<w:r><w:object><v:imagedata/><o:OLEObject/></w:object></w:r>"),
        ("embedded object", '<w:subDoc r:id="x"/>'),
        ("chart", "<w:r><w:drawing><c:chart/></w:drawing></w:r>"),
        ("diagram", "<w:r><w:drawing><dgm:relIds/></w:drawing></w:r>"),
        ("formula", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, kind: str, content: str) -> None:
    report = made(tmp_path, p("One"), p("Two ", content, content, "more"), p(content))
    assert texts(report) == ["One", "Two more"]
    place = Location("report.docx", 2, 5, 2, 5, Passage(0, 2, (), "body"))
    assert report.hidden == (Hidden(kind, 3, place),)


def test_an_embedded_document_is_told(tmp_path: Path) -> None:
    report = made(tmp_path, p("One"), '<w:altChunk r:id="x"/>')
    place = Location("report.docx", 1, 4, 1, 4, Passage(0, 1, (), "body"))
    assert report.hidden == (Hidden("embedded object", 1, place),)


def test_a_report_of_pictures_has_no_place_for_them(tmp_path: Path) -> None:
    report = made(tmp_path, p(PICTURE))
    assert report == Report("report.docx", (), (Hidden("picture", 1, Location("report.docx")),))


# Pages


def test_a_file_that_was_never_laid_out_has_no_pages(tmp_path: Path) -> None:
    report = made(tmp_path, p("One"), p('<w:r><w:br w:type="page"/></w:r>', "Two"))
    assert [q.spots for q in report.paragraphs] == [(Spot(0),), (Spot(0),)]


def test_pages_turn_where_they_did_when_it_was_laid_out(tmp_path: Path) -> None:
    by_hand = '<w:r><w:br w:type="page"/></w:r>'
    turned = f"<w:r>{PAGE_END}</w:r>"
    report = made(
        tmp_path,
        p("One ", refer("footnote", 1), turned, "two"),
        p(turned, "Three"),
        p("Four", by_hand),
        p(turned, "Five"),
        p("Six", by_hand, by_hand, "nine"),
        p(turned, "Ten"),
        "<w:sectPr><w:headerReference r:id='header1'/></w:sectPr>",
        parts={
            "footnotes": note("footnote", 1, p("foot", turned, by_hand, "note")),
            "header1": p("head", turned),
        },
    )
    assert [(q.text, [(s.begin, s.page) for s in q.spots]) for q in report.paragraphs] == [
        ("One two", [(0, 1), (4, 2)]),
        ("foot\nnote", [(0, 1)]),
        ("Three", [(0, 3)]),
        ("Four\n", [(0, 3), (5, 4)]),
        ("Five", [(0, 4)]),
        ("Six\n\nnine", [(0, 4), (4, 5), (5, 6)]),
        ("Ten", [(0, 7)]),
        ("head", [(0, 0)]),
    ]
    assert report.place(0, 4, 7) == Location("report.docx", 1, 5, 1, 8, Passage(2, 1, (), "body"))


# What other programs write


SAMPLE = """\
# Findings

Teams used it (Eco_PC1_1)[^1] and [Part_PC2_1](https://example.org/x#y), P1.1^2^ too.

[^1]: Note Biodiv_PC1_1.

## Section

| a         | b |
|-----------|---|
| Eco_PC3_1 | x |

Text [remark]{.comment-start id="1" author="Rita"}here[]{.comment-end id="1"}
[in]{.insertion author="Rita"}[out]{.deletion author="Rita"}.
"""
SAMPLE_READ = [
    ("heading", "Findings", ()),
    ("body", "Teams used it (Eco_PC1_1) and Part_PC2_1, P1.12 too.", ("Findings",)),
    ("note", "Note Biodiv_PC1_1.", ("Findings",)),
    ("heading", "Section", ("Findings",)),
    *(("table", text, ("Findings", "Section")) for text in ("a", "b", "Eco_PC3_1", "x")),
    ("body", "Text here in.", ("Findings", "Section")),
    ("comment", "remark", ("Findings", "Section")),
]


def convert(source: Path, suffix: str) -> Path:
    """What LibreOffice makes of a file."""
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    folder = source.parent / "converted"
    command = ("soffice", profile, "--headless", "--convert-to", suffix, "--outdir", folder, source)
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{source.stem}.{suffix}"


def by_pandoc(tmp_path: Path) -> Path:
    source, target = tmp_path / "sample.md", tmp_path / "sample.docx"
    source.write_text(SAMPLE, encoding="utf-8")
    subprocess.run(("pandoc", "--track-changes=all", source, "-o", target), check=True, timeout=60)
    return target


@needs("pandoc", "soffice")
@pytest.mark.parametrize("is_office", [False, True], ids=["pandoc", "office"])
def test_files_of_other_programs(tmp_path: Path, is_office: bool) -> None:
    path = by_pandoc(tmp_path)
    report = word.read(convert(path, "docx") if is_office else path, "report.docx")
    assert [(q.part.value, q.text.strip(), q.headings) for q in report.paragraphs] == SAMPLE_READ
    [link] = report.paragraphs[1].links
    assert link == Link(30, 40, "https://example.org/x#y")
    assert report.paragraphs[1].raised == ((46, 47),)
    assert [(hidden.kind, hidden.times) for hidden in report.hidden] == [("deleted text", 1)]


def test_a_strict_file_is_read(tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "report.docx",
        p("Chapter", style="Heading1"),
        p("Text", refer("footnote", 1), f'<w:hyperlink r:id="one">{r("link")}</w:hyperlink>'),
        links=LINKS,
        parts={"footnotes": note("footnote", 1, p("foot"))},
    )
    for kind in (b"wordprocessingml", b"officeDocument"):
        loose = b"http://schemas.openxmlformats.org/" + kind + b"/2006/"
        strict = b"http://purl.oclc.org/ooxml/" + kind + b"/"
        changed(path, {r"(word|_rels)/.*": (loose, strict)})
    claim = b' w:conformance="strict"><w:body'
    changed(path, {"word/document.xml": (b"><w:body", claim)})
    report = word.read(path, "report.docx")
    assert parts(report) == [("heading", "Chapter"), ("body", "Textlink"), ("note", "foot")]
    assert report.paragraphs[1].links == (Link(4, 8, "https://example.org/one"),)


def test_a_file_whose_pictures_were_lost_is_read(tmp_path: Path) -> None:
    path = word_file(tmp_path / "report.docx", p("Text"))
    lost = b'<!-- x --><Relationship Id="lost" Type="x" Target="../NULL"/></Relationships>'
    changed(path, {"word/_rels/.*": (b"</Relationships>", lost)})
    assert texts(word.read(path, "report.docx")) == ["Text"]


def test_a_file_without_styles_is_read(tmp_path: Path) -> None:
    path = word_file(tmp_path / "report.docx", p("Text", style="Heading1"))
    changed(path, {"word/_rels/.*": (b"relationships/styles", b"relationships/unknown")})
    assert parts(word.read(path, "report.docx")) == [("heading", "Text")]
