"""Reports written with Writer (`.odt`), read and copied."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from odfdo import Document, Header, Paragraph as OdfParagraph

from scc_eval.places import Passage
from scc_eval.reports import Part, Report, read
from scc_eval.reports.copying import CannotCopy, Edit, copy
from scc_eval.reports.paragraphs import Link, Spot

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
MIMETYPE = "application/vnd.oasis.opendocument.text"

Made = Callable[..., Path]


def content(body: str, styles: str = "") -> str:
    """The text of a file, with styles of its own."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def style(name: str, properties: str, family: str = "text", more: str = "") -> str:
    """A style. `properties` are written as attributes."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" {more}>'
        f"<style:{family}-properties {properties}/></style:style>"
    )


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Makes a file of a body, with styles of its own, common styles and other members."""

    def make(
        body: str, styles: str = "", common: str | None = None, **members: str | bytes | None
    ) -> Path:
        written: Mapping[str, str | bytes | None] = {
            "mimetype": MIMETYPE,
            "content.xml": content(body, styles),
            "styles.xml": common
            and f"<office:document-styles {NAMESPACES}>{common}</office:document-styles>",
            **{name.replace("__", "/").replace("_", "."): text for name, text in members.items()},
        }
        path = tmp_path / "report.odt"
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, text in written.items():
                if text is not None:
                    archive.writestr(name, text)
        return path

    return make


def texts(report: Report) -> list[tuple[str, str]]:
    """Each paragraph with its part."""
    assert report.problems == ()
    return [(one.part.value, one.text) for one in report.paragraphs]


def hidden(report: Report) -> list[tuple[str, int, int, int]]:
    """What was not read: how often, and in which paragraph and before which character first."""
    return [(one.kind, one.times, one.at.line, one.at.column) for one in report.hidden]


class TestReading:
    def test_paragraphs_headings_and_lists(self, made: Made) -> None:
        report = read(
            made(
                """<text:sequence-decls><text:sequence-decl/></text:sequence-decls>
<text:table-of-content><text:table-of-content-source><text:index-title-template>Unread
</text:index-title-template></text:table-of-content-source>
<text:index-body><text:p>Contents</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">3. Story</text:h>
<text:p>One   <text:span>word</text:span>
  and <text:span> more</text:span> </text:p><text:p> </text:p>
<text:h text:outline-level="2">3.1 Changes</text:h>
<text:list><text:list-header><text:p>Head</text:p></text:list-header><text:list-item>
<text:p><text:number>1.</text:number>Item</text:p><text:list><text:list-item><text:p>Inner</text:p>
</text:list-item></text:list></text:list-item></text:list>
<text:section><text:h>4. End</text:h></text:section><text:h text:outline-level="x">5.</text:h>
<text:p>Last</text:p>"""
            ),
            "r.odt",
        )
        assert [(one.part.value, one.text, one.headings) for one in report.paragraphs] == [
            ("body", "Contents", ()),
            ("heading", "3. Story", ()),
            ("body", "One word and more", ("3. Story",)),
            ("heading", "3.1 Changes", ("3. Story",)),
            ("body", "Head", ("3. Story", "3.1 Changes")),
            ("body", "Item", ("3. Story", "3.1 Changes")),
            ("body", "Inner", ("3. Story", "3.1 Changes")),
            ("heading", "4. End", ()),
            ("heading", "5.", ()),
            ("body", "Last", ("5.",)),
        ]
        assert [one.number for one in report.paragraphs] == list(range(1, 11))
        assert report.place(2, 4, 8) == (
            "r.odt", 3, 5, 3, 9, Passage(0, 3, ("3. Story",), "body")
        )  # fmt: skip

    def test_a_file_that_another_library_wrote(self, tmp_path: Path) -> None:
        document = Document("text")
        document.body.clear()
        document.body.append(Header(1, "3. Story"))
        paragraph = OdfParagraph("As  Part_PC1_1\thas\nit.")
        paragraph.insert_note(after="has", note_id="n1", citation="1", body="A note")
        document.body.append(paragraph)
        document.save(tmp_path / "a.odt")
        assert texts(read(tmp_path / "a.odt", "a")) == [
            ("heading", "3. Story"),
            ("body", "As  Part_PC1_1\thas\nit."),
            ("note", "A note"),
        ]

    def test_spaces_tabs_and_breaks(self, made: Made) -> None:
        body = """<text:p>a<text:s text:c="3"/>b <text:s/>c<text:s text:c="x"/>d<text:tab/>e
<text:line-break/>f<text:s text:c="99999999999"/>g<text:s text:c="99999"/>h</text:p>"""
        assert texts(read(made(body), "r")) == [
            ("body", f"a   b  c d\te \nf g{' ' * 1000}h"),
        ]

    def test_parts(self, made: Made) -> None:
        body = """<text:p>Text<text:note text:note-class="footnote"><text:note-citation>1
</text:note-citation><text:note-body><text:p>Foot</text:p></text:note-body></text:note>,
<office:annotation office:name="a"><dc:creator>Eva</dc:creator><text:p>Remark</text:p>
</office:annotation>more<office:annotation-end office:name="a"/>
<draw:frame><draw:text-box><text:h text:outline-level="1">Boxed</text:h>
<table:table><table:table-row><table:table-cell><text:p>In a box</text:p></table:table-cell>
</table:table-row></table:table></draw:text-box></draw:frame></text:p>
<draw:g><draw:frame><draw:text-box><text:p>Alone</text:p></draw:text-box></draw:frame>
<draw:custom-shape><svg:title>Unread</svg:title><text:p>Drawn</text:p></draw:custom-shape></draw:g>
"""
        margins = """<office:master-styles><style:master-page><style:header><text:p>Head
<text:note><text:note-body><text:p>Its note</text:p></text:note-body></text:note></text:p>
</style:header><style:header-left style:display="false"><text:p>Not shown</text:p>
</style:header-left><style:footer><text:p>Foot of the page</text:p></style:footer>
</style:master-page></office:master-styles>"""
        assert texts(read(made(body, common=margins), "r")) == [
            ("body", "Text, more"),
            ("note", "Foot"),
            ("comment", "Remark"),
            ("box", "Boxed"),
            ("box", "In a box"),
            ("box", "Alone"),
            ("box", "Drawn"),
            ("margin", "Head"),
            ("note", "Its note"),
            ("margin", "Foot of the page"),
        ]

    def test_tables(self, made: Made) -> None:
        def cell(inner: str) -> str:
            return f"<table:table-cell>{inner}</table:table-cell>"

        def row(*cells: str) -> str:
            return f"<table:table-row>{''.join(cells)}</table:table-row>"

        def table(*rows: str) -> str:
            return f"<table:table>{''.join(rows)}</table:table>"

        heading = '<text:h text:outline-level="2">{}</text:h>'
        inner = table(row(cell("<text:p>C</text:p>")))
        body = (
            '<text:h text:outline-level="1">A</text:h>'
            + table(
                f"<table:table-header-rows>{row(cell('<text:p>H</text:p>'))}"
                "</table:table-header-rows>",
                row(cell(heading.format("B") + inner), cell("<text:p>D</text:p>")),
                row("<table:covered-table-cell><text:p>Unread</text:p></table:covered-table-cell>"),
            )
            + table(row(cell(heading.format("Frame") + "<text:p>E</text:p>")))
            + "<text:p>F</text:p>"
        )
        report = read(made(body), "r")
        assert [(one.part.value, one.text, one.headings) for one in report.paragraphs] == [
            ("heading", "A", ()),
            ("table", "H", ("A",)),
            ("heading", "B", ("A",)),
            ("table", "C", ("A", "B")),
            ("table", "D", ("A",)),
            ("heading", "Frame", ("A",)),
            ("table", "E", ("A", "Frame")),
            ("body", "F", ("A", "Frame")),
        ]

    def test_links(self, made: Made) -> None:
        body = """<text:p>See <text:a xlink:href="../s.html#Part_PC1_1"> the
<text:span>story</text:span> </text:a>, <text:a xlink:href="http://a.b/">here</text:a>
<text:a xlink:href="c"/>or <draw:a xlink:href="d"><draw:frame><draw:image/></draw:frame></draw:a>
<text:a>nowhere</text:a></text:p>"""
        report = read(made(body), "r")
        (paragraph,) = report.paragraphs
        assert paragraph.text == "See the story , here or nowhere"
        assert paragraph.links == (
            Link(4, 13, "s.html#Part_PC1_1"),
            Link(16, 20, "http://a.b/"),
            Link(20, 20, "c"),
            Link(23, 23, "d"),
            Link(24, 31, ""),
        )

    def test_note_marks(self, made: Made) -> None:
        styles = (
            style("Super", 'style:text-position="super 58%"')
            + style("Up", 'style:text-position="33.5% 58%"')
            + style("Down", 'style:text-position="-33% 58%"')
            + style("Level", 'style:text-position="0% 100%"')
            + style("Child", "", more='style:parent-style-name="Common"')
        )
        raised = style("Common", 'style:text-position="super 58%"')
        common = f"<office:styles>{raised}</office:styles>"
        names = ("Super", "Up", "Down", "Level", "Child", "Common", "Unknown")
        spans = "".join(
            f'<text:span text:style-name="{name}">{name[0]}</text:span>.' for name in names
        )
        joined = '<text:span text:style-name="Up">1<text:span>2</text:span></text:span>'
        report = read(made(f"<text:p>{spans}{joined}</text:p>", styles, common), "r")
        (paragraph,) = report.paragraphs
        assert paragraph.text == "S.U.D.L.C.C.U.12"
        assert paragraph.raised == ((0, 1), (2, 3), (8, 9), (10, 11), (14, 16))

    def test_styles_that_go_back_to_themselves(self, made: Made) -> None:
        styles = style("A", "", more='style:parent-style-name="B"') + style(
            "B", 'text:display="none"', more='style:parent-style-name="A"'
        )
        body = '<text:p>a<text:span text:style-name="A">b</text:span></text:p>'
        assert texts(read(made(body, styles), "r")) == [("body", "a")]

    def test_tracked_changes(self, made: Made) -> None:
        def region(name: str, change: str) -> str:
            return f"<text:changed-region {name}>{change}</text:changed-region>"

        deletion = "<text:deletion><text:p>{}</text:p></text:deletion>"
        body = (
            "<text:tracked-changes>"
            + region('xml:id="d1" text:id="d1"', deletion.format("Bio_PC9_9"))
            + region('text:id="d2"', deletion.format("gone"))
            + region('xml:id="d3"', deletion.format(" "))
            + region('xml:id="i"', "<text:insertion/>")
            + region('xml:id="f"', "<text:format-change/>")
            + "</text:tracked-changes>"
            '<text:change text:change-id="d2"/><text:p>A <text:change text:change-id="d1"/>'
            '<text:change-start text:change-id="i"/>new<text:change-end text:change-id="i"/>'
            '<text:change text:change-id="d3"/><text:change text:change-id="i"/> b</text:p>'
        )
        report = read(made(body), "r")
        assert texts(report) == [("body", "A new b")]
        assert hidden(report) == [("deleted text", 2, 1, 1)]

    def test_what_nobody_sees(self, made: Made) -> None:
        styles = (
            style("H", 'text:display="none"')
            + '<style:style style:name="HP" style:family="paragraph">'
            '<style:text-properties text:display="none"/></style:style>'
            + style("Seen", 'text:display="true"')
        )
        body = """<text:p>a <text:span text:style-name="H">one</text:span>
<text:span text:style-name="H"> </text:span><text:span text:style-name="Seen">b</text:span>
<text:hidden-text text:is-hidden="true">two</text:hidden-text>
<text:hidden-text text:is-hidden="false">c</text:hidden-text>
<text:script>unread</text:script></text:p>
<text:p text:style-name="HP">three</text:p>
<text:p>four<text:hidden-paragraph text:is-hidden="true"/><text:hidden-paragraph/></text:p>
<text:p>d<text:hidden-paragraph text:is-hidden="false"/></text:p>
<text:section text:display="none"><text:p>five</text:p></text:section>
<text:section text:display="none"><text:p/></text:section>
<text:section text:display="condition" text:is-hidden="true"><text:p>six</text:p></text:section>
<text:section text:display="condition"><text:p>e</text:p></text:section>
<text:p>f<draw:frame><draw:image/></draw:frame><draw:frame><draw:object/><draw:image/></draw:frame>
<draw:frame><svg:title>unread</svg:title></draw:frame></text:p>
<draw:frame><draw:object-ole/></draw:frame>"""
        report = read(made(body, styles), "r")
        assert texts(report) == [(Part.BODY, text) for text in ("a b c", "d", "e", "f")]
        assert hidden(report) == [
            ("hidden text", 6, 1, 2),
            ("picture", 1, 4, 2),
            ("embedded object", 2, 4, 2),
        ]

    def test_hidden_where_there_is_no_text(self, made: Made) -> None:
        report = read(made("<text:p><draw:frame><draw:image/></draw:frame></text:p>"), "r.odt")
        assert report.paragraphs == ()
        assert [one.at.file for one in report.hidden] == ["r.odt"]

    def test_pages(self, made: Made) -> None:
        styles = (
            style("Break", 'fo:break-before="page"', "paragraph")
            + style("No", 'fo:break-before="auto"', "paragraph")
            + style("Master", "", "paragraph", 'style:master-page-name="Wide"')
            + style("Table", 'fo:break-before="page"', "table")
        )
        body = """<text:p text:style-name="Break">One</text:p>
<text:p>Two<text:soft-page-break/><text:note><text:note-body><text:p>Note<text:soft-page-break/>
</text:p></text:note-body></text:note> goes on</text:p><text:soft-page-break/>
<text:p text:style-name="No">Three</text:p><text:p text:style-name="Break">Four</text:p>
<text:p text:style-name="Master"><text:soft-page-break/>Five</text:p>
<table:table table:style-name="Table"><table:table-row><table:table-cell><text:p>Six</text:p>
</table:table-cell></table:table-row></table:table>
<draw:frame><draw:text-box><text:soft-page-break/><text:p>Box</text:p></draw:text-box></draw:frame>"""
        margins = """<office:master-styles><style:master-page><style:footer><text:p>Foot</text:p>
</style:footer></style:master-page></office:master-styles>"""
        report = read(made(body, styles, margins), "r")
        pages = (tuple((spot.begin, spot.page) for spot in one.spots) for one in report.paragraphs)
        assert list(
            zip((one.text for one in report.paragraphs), map(list, pages), strict=True)
        ) == [
            ("One", [(0, 1)]),
            ("Two goes on", [(0, 1), (3, 2)]),
            ("Note", [(0, 1)]),
            ("Three", [(0, 3)]),
            ("Four", [(0, 4)]),
            ("Five", [(0, 6)]),
            ("Six", [(0, 7)]),
            ("Box", [(0, 7)]),
            ("Foot", [(0, 0)]),
        ]

    def test_no_pages_are_guessed(self, made: Made) -> None:
        styles = style("Break", 'fo:break-before="page"', "paragraph")
        body = '<text:p>One</text:p><text:p text:style-name="Break">Two</text:p>'
        assert [one.spots for one in read(made(body, styles), "r").paragraphs] == [
            (Spot(0),),
            (Spot(0),),
        ]


class TestRefusing:
    def obstacle(self, path: Path) -> str:
        report = read(path, "r.odt")
        assert report.paragraphs == ()
        (problem,) = report.problems
        assert (problem.kind, problem.at.file) == ("report", "r.odt")
        return problem.facts["obstacle"]

    def test_what_is_no_archive(self, tmp_path: Path) -> None:
        path = tmp_path / "a.odt"
        assert self.obstacle(path) == "cannot be opened"
        path.write_bytes(b"")
        assert self.obstacle(path) == "empty"
        path.write_bytes(b"text")
        assert self.obstacle(path) == "not what its name says"
        path.write_bytes(b"PK\x03\x04 cut short")
        assert self.obstacle(path) == "damaged"

    def test_other_archives(self, made: Made) -> None:
        body = "<text:p>a</text:p>"
        assert self.obstacle(made(body, mimetype="application/epub+zip")) == (
            "not what its name says"
        )
        assert self.obstacle(made(body, content_xml=None)) == "not what its name says"
        assert self.obstacle(made(body, content_xml="<a/>")) == "not what its name says"
        assert texts(read(made(body, mimetype=None), "r")) == [("body", "a")]
        assert texts(read(made(body, mimetype=f"{MIMETYPE}-template"), "r")) == [("body", "a")]

    @pytest.mark.parametrize(
        ("members", "said"),
        [
            ({"content_xml": content("<text:p>a")}, "damaged"),
            ({"styles_xml": "<a"}, "damaged"),
            (
                {"content_xml": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"},
                "document type",
            ),
            (
                {"META-INF__manifest_xml": "<manifest><encryption-data/></manifest>"},
                "encrypted",
            ),
            (
                {"content_xml": content(f"<text:p>{' ' * 30_000_000}</text:p>")},
                "unpacks to too much",
            ),
            ({"content_xml": content("<text:span>" * 3000 + "</text:span>" * 3000)}, "damaged"),
        ],
    )
    def test_hostile_files(self, made: Made, members: Mapping[str, str], said: str) -> None:
        assert self.obstacle(made("<text:p>a</text:p>", **members)) == said

    def test_a_member_outside(self, made: Made) -> None:
        assert self.obstacle(made("<text:p>a</text:p>", **{".._____a": "x"})) == (
            "names outside itself"
        )

    def test_as_deep_as_xml_may_be(self, made: Made) -> None:
        body = f"<text:p>{'<text:span>' * 240}deep{'</text:span>' * 240}</text:p>"
        assert texts(read(made(body), "r")) == [("body", "deep")]
        body = f"{'<text:list>' * 240}<text:p>deep</text:p>{'</text:list>' * 240}"
        assert texts(read(made(body), "r")) == [("body", "deep")]


class TestCopying:
    def copied(
        self,
        path: Path,
        pattern: str,
        text: str | None = None,
        address: str | None = None,
        comments: tuple[str, ...] = (),
    ) -> str:
        """What stands in the body of a copy that has one edit at each stretch with a pattern."""
        report = read(path, "r")
        found = [
            Edit(index, *match.span(), text, address, comments)
            for index, paragraph in enumerate(report.paragraphs)
            for match in re.finditer(pattern, paragraph.text)
        ]
        before = path.read_bytes()
        made = copy(path, report, found)
        assert made == copy(path, report, found)
        assert path.read_bytes() == before
        with ZipFile(BytesIO(made)) as archive:
            whole = archive.read("content.xml").decode("utf-8")
        body = whole.partition("<office:text>")[2].partition("</office:text>")[0]
        return re.sub(r' xmlns:\w+="[^"]*"', "", body)

    @pytest.mark.parametrize(
        ("body", "made_of_it"),
        [
            ("As Part_ PC1_1.", "As [Part_PC1_1]."),
            ("Part_ <text:span>PC1</text:span>_1.", "[Part_PC1_1]<text:span></text:span>."),
            ("<text:span>Part_</text:span> PC1_1", "<text:span>[Part_PC1_1]</text:span>"),
            ("a<text:tab/>Part_ PC1_1", "a<text:tab/>[Part_PC1_1]"),
            ("Part_<text:s/>PC1_1", "[Part_PC1_1]"),
            ("Part_<text:line-break/><text:tab/>PC1_1 b", "[Part_PC1_1] b"),
            ("<text:s/>Part_\n PC1_1", "<text:s/>[Part_PC1_1]"),
            ("Part_<text:span><text:tab/>PC1</text:span>_1", "[Part_PC1_1]<text:span></text:span>"),
            ("Part_ PC1_1 and Part_ PC1_1", "[Part_PC1_1] and [Part_PC1_1]"),
        ],
    )
    def test_edits(self, made: Made, body: str, made_of_it: str) -> None:
        path = made(f"<text:p>{body}</text:p>")
        pattern = r"Part_\s*PC1_1"
        repaired = made_of_it.replace("[", "").replace("]", "")
        assert self.copied(path, pattern, text="Part_PC1_1") == _paragraph(repaired)
        link = '<text:a xlink:type="simple" xlink:href="../s.html#x">'
        linked = made_of_it.replace("[", link).replace("]", "</text:a>")
        assert self.copied(path, pattern, text="Part_PC1_1", address="s.html#x") == (
            _paragraph(linked)
        )

    def test_comments(self, made: Made) -> None:
        path = made(
            '<text:p><office:annotation office:name="scc1"><text:p>There</text:p>'
            "</office:annotation>As Part_<text:span>PC1</text:span>_1.</text:p>"
        )
        begun = (
            '<office:annotation office:name="{}"><dc:creator>scc</dc:creator>{}</office:annotation>'
        )
        ended = '<office:annotation-end office:name="{}"/>'
        assert self.copied(path, "Part_PC1_1", comments=("One\nline <b>", "Two\x01")) == (
            '<text:p><office:annotation office:name="scc1"><text:p>There</text:p>'
            "</office:annotation>As "
            + begun.format("scc2", "<text:p>One</text:p><text:p>line &lt;b&gt;</text:p>")
            + begun.format("scc3", "<text:p>Two\ufffd</text:p>")
            + "Part_<text:span>PC1</text:span>_1"
            + ended.format("scc2")
            + ended.format("scc3")
            + ".</text:p>"
        )

    def test_links_that_are_there(self, made: Made) -> None:
        path = made('<text:p>As <text:a xlink:href="old">in P1.1</text:a> P1.1</text:p>')
        assert self.copied(path, "P1.1", address="https://a.b/") == (
            '<text:p>As <text:a xlink:href="https://a.b/">in P1.1</text:a> '
            '<text:a xlink:type="simple" xlink:href="https://a.b/">P1.1</text:a></text:p>'
        )

    def test_links_over_tabs(self, made: Made) -> None:
        path = made("<text:p>A<text:tab/>B<text:tab/></text:p>")
        link = '<text:a xlink:type="simple" xlink:href="#x">{}</text:a>'
        assert self.copied(path, "A\tB\t", address="#x") == (
            f"<text:p>{link.format('A')}<text:tab/>{link.format('B')}<text:tab/></text:p>"
        )
        assert self.copied(path, "\tB", address="#x", text="C") == (
            f"<text:p>A<text:tab/>{link.format('C')}<text:tab/></text:p>"
        )

    def test_stretches_without_text(self, made: Made) -> None:
        path = made("<text:p>A<text:tab/>B</text:p>")
        assert self.copied(path, "\t", text="x", address="y", comments=("z",)) == (
            "<text:p>A<text:tab/>B</text:p>"
        )
        remark = (
            '<office:annotation office:name="scc{}"><dc:creator>scc</dc:creator><text:p>c</text:p>'
            "</office:annotation>"
        )
        ended = '<office:annotation-end office:name="scc2"/>'
        report = read(path, "r")
        found = [Edit(0, 0, 0, comments=("c",)), Edit(0, 0, 1, comments=("c",))]
        with ZipFile(BytesIO(copy(path, report, found))) as archive:
            text = archive.read("content.xml").decode("utf-8")
        assert f"<text:p>{remark.format(1)}{remark.format(2)}A{ended}<text:tab/>B</text:p>" in text

    def test_all_else_stays(self, made: Made) -> None:
        margins = """<office:master-styles><style:master-page><style:footer><text:p>P1 1</text:p>
</style:footer></style:master-page></office:master-styles>"""
        path = made(
            "<text:p>A</text:p>",
            common=margins,
            Pictures__a_png=b"\x89PNG",
            **{"META-INF__documentsignatures_xml": "<s/>"},
        )
        report = read(path, "r")
        made_of_it = copy(path, report, [Edit(1, 0, 4, "P1.1")])
        with ZipFile(BytesIO(made_of_it)) as archive:
            assert archive.namelist() == ["mimetype", "content.xml", "styles.xml", "Pictures/a.png"]
            assert archive.read("mimetype") == MIMETYPE.encode()
            assert archive.read("Pictures/a.png") == b"\x89PNG"
            assert archive.infolist()[0].compress_type == ZIP_STORED
        again = path.with_name("again.odt")
        again.write_bytes(made_of_it)
        assert texts(read(again, "r")) == [("body", "A"), ("margin", "P1.1")]

    def test_a_file_that_has_changed(self, made: Made) -> None:
        report = read(made("<text:p>A</text:p>"), "r")
        with pytest.raises(CannotCopy, match=r"^changed since it was read$"):
            copy(made("<text:p>B</text:p>"), report, [])
        with pytest.raises(CannotCopy, match=r"^damaged$"):
            copy(made("<text:p>"), report, [])


def _paragraph(text: str) -> str:
    """A paragraph, its empty elements written as the copy has them."""
    return f"<text:p>{text}</text:p>".replace("<text:span></text:span>", "<text:span/>")
