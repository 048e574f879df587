"""Reports that are text: plain text, Markdown and web pages, read, copied and shown as a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from scc_eval.places import Passage
from scc_eval.reports import Part, Report, read
from scc_eval.reports._tags import Closing, Comment, Declaration, Opening, Text, pieces
from scc_eval.reports.copying import CannotCopy, Edit, copy
from scc_eval.reports.page import as_page
from scc_eval.reports.paragraphs import Link, Paragraph, Spot

Written = Callable[[str, str | bytes], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a file of a name, as it is."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write


def texts(report: Report, *parts: Part) -> list[str]:
    """The texts of the paragraphs, or of those of some parts."""
    assert report.problems == ()
    return [one.text for one in report.paragraphs if not parts or one.part in parts]


def outline(report: Report) -> list[str]:
    """The headings, each set in below those above it."""
    headings = (one for one in report.paragraphs if one.part is Part.HEADING)
    return ["  " * len(one.headings) + " ".join(one.text.split()) for one in headings]


def obstacle(report: Report) -> str:
    """What kept a report from being read."""
    assert report.paragraphs == ()
    (problem,) = report.problems
    assert problem.kind == "report"
    assert problem.at.file == report.name
    return problem.facts["obstacle"]


def hidden(report: Report) -> dict[str, int]:
    """What was not read, and how often."""
    return {one.kind: one.times for one in report.hidden}


def place(report: Report, words: str, index: int = 0) -> tuple[int, int, int, int]:
    """Line, column, end line and end column of the first stretch of these words."""
    for number, paragraph in enumerate(report.paragraphs[index:], index):
        if words in paragraph.text:
            begin = paragraph.text.index(words)
            found = report.place(number, begin, begin + len(words))
            return found.line, found.column, found.end_line, found.end_column
    raise AssertionError(words)


class TestAnyTextFile:
    @pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "empty"),
            (b" \r\n\t\n", "empty"),
            (b"\xef\xbb\xbf", "empty"),
            (b"a\0b", "not text"),
            (b"\xff\xfea\0\0\0", "not text"),
            (b"%PDF-1.7\n", "not what its name says"),
            (b"PK\x03\x04", "not what its name says"),
            (b"{\\rtf1 a}", "not what its name says"),
        ],
    )
    def test_what_is_no_text(
        self, written: Written, suffix: str, content: bytes, said: str
    ) -> None:
        assert obstacle(read(written(f"a{suffix}", content), "a")) == said

    def test_a_file_that_cannot_be_opened(self, tmp_path: Path) -> None:
        (tmp_path / "folder.txt").mkdir()
        assert obstacle(read(tmp_path / "none.txt", "none")) == "cannot be opened"
        assert obstacle(read(tmp_path / "folder.txt", "folder")) == "cannot be opened"

    def test_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        with path.open("wb") as stream:
            stream.truncate(64 * 2**20 + 1)
        assert obstacle(read(path, "a")) == "too large"

    @pytest.mark.parametrize(
        "content",
        [
            "Été: 5 € œ".encode(),
            b"\xef\xbb\xbf" + "Été: 5 € œ".encode(),
            "Été: 5 € œ".encode("cp1252"),
            b"\xff\xfe" + "Été: 5 € œ".encode("utf-16-le"),
            b"\xfe\xff" + "Été: 5 € œ".encode("utf-16-be"),
        ],
    )
    def test_encodings(self, written: Written, content: bytes) -> None:
        path = written("a.txt", content)
        report = read(path, "a")
        assert texts(report) == ["Été: 5 € œ"]
        assert place(report, "Été") == (1, 1, 1, 4)
        assert copy(path, report, [Edit(0, 0, 3, "É.")]) == (
            copy(path, report, []).replace(
                _in_the_encoding_of(content, "Été"), _in_the_encoding_of(content, "É.")
            )
        )
        assert copy(path, report, []) == content

    def test_edits_are_made_in_the_order_of_their_places(self, written: Written) -> None:
        path = written("a.md", b"P1 and P2")
        report = read(path, "a")
        late, early = Edit(0, 7, 9, "P3"), Edit(0, 0, 2, "P2")
        assert copy(path, report, [late, early]) == b"P2 and P3"
        same = [Edit(0, 7, 7, "P"), Edit(0, 7, 7, address="one"), Edit(0, 7, 7, comments=("c",))]
        assert copy(path, report, [*same, early]).startswith(b"P2 and ")

    def test_nothing_is_lost_of_bytes_that_no_encoding_knows(self, written: Written) -> None:
        content = bytes(range(32, 256))
        path = written("a.txt", content)
        report = read(path, "a")
        assert len(texts(report)[0]) == 223
        assert copy(path, report, []) == content

    @pytest.mark.parametrize(
        ("head", "encoding", "text"),
        [
            ('<meta charset="utf-8">', "utf-8", "é"),
            ("<meta charset=iso-8859-15>", "iso-8859-15", "€"),
            ("<meta charset=ISO-8859-1>", "cp1252", "€"),
            ('<meta http-equiv="x" content="text/html; charset=windows-1250">', "cp1250", "ő"),
            ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2", "ő"),
            ("<meta charset=unheard-of>", "utf-8", "é"),
            ("<meta charset=windows-unheard-of>", "utf-8", "é"),
            ("<meta charset=utf-8>", "cp1252", "é"),
            ("", "cp1252", "é"),
        ],
    )
    def test_encodings_of_pages(
        self, written: Written, head: str, encoding: str, text: str
    ) -> None:
        content = f"{head}<p>{text}</p>".encode(encoding)
        path = written("a.html", content)
        report = read(path, "a")
        assert texts(report) == [text]
        assert copy(path, report, []) == content


def _in_the_encoding_of(content: bytes, text: str) -> bytes:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return text.encode(encoding)
    return text.encode("cp1252" if b"\x80" in content else "utf-8")


class TestPlainText:
    def test_blocks_are_paragraphs_with_lines(self, written: Written) -> None:
        report = read(
            written("a.txt", "One line\r\n  and its second.  \r\n\r\n\tOther\rblock"), "a"
        )
        first, second = report.paragraphs
        assert first == Paragraph(
            "One line\nand its second.", 1, spots=(Spot(0, 1, 1), Spot(9, 2, 3))
        )
        assert second == Paragraph("Other\nblock", 2, spots=(Spot(0, 4, 2), Spot(6, 5, 1)))
        assert place(report, "line\nand") == (1, 5, 2, 6)

    def test_form_feeds_begin_pages(self, written: Written) -> None:
        text = (
            "One.\n\nTwo.\n\n\f\n\nThree (Part_\nPC1_1).\n\fFour, as in (\n\fFive).\n\nSix.\fSeven."
        )
        report = read(written("a.txt", text), "a")
        assert [(one.text, one.number, one.spots[0].page) for one in report.paragraphs] == [
            ("One.", 1, 1),
            ("Two.", 2, 1),
            ("Three (Part_\nPC1_1).", 1, 2),
            ("Four, as in (\nFive).", 1, 3),
            ("Six.", 1, 4),
            ("Seven.", 1, 5),
        ]
        goes_on = report.paragraphs[3]
        assert [(spot.begin, spot.page) for spot in goes_on.spots] == [(0, 3), (14, 4)]
        begin = goes_on.text.index("Five")
        assert report.place(3, begin, begin + 4).passage == Passage(4, 1, (), "body")

    def test_a_page_without_form_feeds_has_no_number(self, written: Written) -> None:
        assert read(written("a.txt", "One."), "a").paragraphs[0].spots == (Spot(0, 1, 1, 0),)

    def test_one_space_is_left_of_a_lost_form_feed(self, written: Written) -> None:
        report = read(written("a.txt", "The page ends.\n Another begins\n here (A,\n B)."), "a")
        assert texts(report) == ["The page ends.", "Another begins\nhere (A,\nB)."]

    def test_headings_by_their_numbers(self, written: Written) -> None:
        text = """
Summary

1. Introduction

Of what follows, in this order:

1. the question;
2. the answer.

1.1.What is asked

Two things are asked.
 2.A heading without a space, after a page
It has a text that is wider than it is itself.

2.1. A long heading that goes on: what else could
have brought the change about, and how would we
know?

4. Talk about the results

A step of some list stands above; it is no chapter.

2.1.1. Deeper 2.5 levels

2.5 millions of something, 11/19 of another, 4,14%.
2.2. Not a heading in the middle of a block

3, A scanned comma

7 A footnote without a stop.

8 A footnote

2. Closing words of some other list.
"""
        report = read(written("a.txt", text), "a")
        assert outline(report) == [
            "1. Introduction",
            "  1.1.What is asked",
            "2.A heading without a space, after a page",
            "  2.1. A long heading that goes on: what else could have brought the change about, "
            "and how would we know?",
            "    2.1.1. Deeper 2.5 levels",
            "3, A scanned comma",
        ]
        (asked,) = (one for one in report.paragraphs if one.text.startswith("Two things"))
        assert asked.headings == ("1. Introduction", "1.1.What is asked")
        assert report.paragraphs[-1].headings == ("3, A scanned comma",)

    def test_a_heading_may_stand_right_above_its_text(self, written: Written) -> None:
        text = """1. Introduction
1.1. Purpose
This text is much wider than the line above it, which had room for
the first word of it.

1.2. This line fills its block from one side to the other side and
could not take in what comes next. So it is no heading, but the
numbered paragraph of a text whose paragraphs are all numbered in
this way.
"""
        report = read(written("a.txt", text), "a")
        assert outline(report) == ["1. Introduction", "  1.1. Purpose"]
        assert texts(report, Part.BODY)[0].startswith("This text is much wider")
        assert texts(report, Part.BODY)[1].startswith("1.2. This line fills")

    def test_contents_and_lists_are_no_headings(self, written: Written) -> None:
        contents = "1. Aims\n1.1. Scope\n1.2. Limits\n2. Results\n"
        dotted = "1. Aims ........ 3\n\n1.1. Scope …… 4\n\n2. Results\t12\n\n2.1. Change 13\n"
        items = "1. Ask people\n\n2. Ask others\n\n3. Write it down\n"
        body = "1. Aims\n\nSome.\n\n1.1. Scope\n\nMore.\n\n1.2. Limits\n\n2. Results\n\nMost.\n\n"
        body += "2.1. Change\n\nEnd.\n"
        report = read(written("a.txt", f"{contents}\n{dotted}\n{body}\n{items}"), "a")
        assert outline(report) == ["1. Aims", "  1.1. Scope", "2. Results", "  2.1. Change"]
        assert [place(report, "2. Results", 6)] == [(24, 1, 24, 11)]

    def test_the_head_of_pages_is_a_heading_once(self, written: Written) -> None:
        pages = "".join(f"\f2.1 Change\n\nText of page {page}.\n\n" for page in range(4))
        text = f"1 Aims\n\nText.\n\n2 Results\n\nText.\n\n{pages}2.2 Limits\n\nText."
        report = read(written("a.txt", text), "a")
        assert outline(report) == ["1 Aims", "2 Results", "  2.1 Change", "  2.2 Limits"]

    def test_a_chapter_whose_number_is_lost(self, written: Written) -> None:
        text = "1. Aims\n\nText.\n\nRecommendations\n\n2.1. First\n\nText.\n\n3. Lessons\n\nText."
        assert outline(read(written("a.txt", text), "a")) == [
            "1. Aims",
            "Recommendations",
            "  2.1. First",
            "3. Lessons",
        ]
        closed = text.replace("Recommendations", "It ends here.")
        assert outline(read(written("a.txt", closed), "a")) == [
            "1. Aims",
            "2.1. First",
            "3. Lessons",
        ]

    @pytest.mark.parametrize(
        ("text", "headings"),
        [
            ("1. Alone\n\nText.", []),
            ("5. One\n\nText.\n\n6. Another\n\nText.", []),
            ("1. One\n\nText.\n\n2. Another\n\nText.", ["1. One", "2. Another"]),
            ("4. Results\n\n4.1. Change\n\nText.", ["4. Results", "  4.1. Change"]),
            ("3.2.1. Observed changes\n\nText.", ["3.2.1. Observed changes"]),
            ("3.1. One\n\nText.\n\n3.3. Three\n\nText.", ["3.1. One", "3.3. Three"]),
            (
                "1. One\n\nText.\n\n1.1. Two\n\nText.\n\n1. Again\n\nText.",
                ["1. One", "  1.1. Two"],
            ),
            (
                "\n\nText.\n\n".join(("1.1. A", "1.2. B", "2.1. C", "2. D", "2.2. E", "")),
                ["1.1. A", "1.2. B", "2.1. C", "2.2. E"],
            ),
            ("3.1. One\n\nText.\n\n3.9. Nine\n\nText.", ["3.9. Nine"]),
            ("1.1. One;\n\n1.2. Two.\n\n1.3. Three,", []),
            (f"1.1. {'Long ' * 30}\n\nText.", []),
            (f"1.1. {'Long ' * 20}\n{'line ' * 20}\n{'and ' * 20}\n\nText.", []),
            ("12.05.2016 Paris\n\nText.", []),
            ("2.7.0ther letters\n\nText.", ["2.7.0ther letters"]),
            ("1) One\n\nText.\n\n2) Two\n\nText.", []),
        ],
    )
    def test_single_numbers(self, written: Written, text: str, headings: Sequence[str]) -> None:
        assert outline(read(written("a.txt", text), "a")) == headings

    def test_underlined_titles(self, written: Written) -> None:
        text = """=======
Report
=======

Aims
----
Right below.

1. Scope

Text.

2. Limits

Text.

Results
-----------

Text.

---

A line longer than its rule
---
"""
        report = read(written("a.txt", text), "a")
        assert outline(report) == [
            "Report",
            "  Aims",
            "    1. Scope",
            "    2. Limits",
            "  Results",
        ]
        assert place(report, "Report") == (2, 1, 2, 7)
        assert texts(report, Part.BODY)[0] == "Right below."
        assert texts(report)[-2:] == ["---", "A line longer than its rule\n---"]

    def test_the_headings_of_a_whole_report(self) -> None:
        path = Path(__file__).parent / "reports" / "loos.txt"
        found = outline(read(path, "loos.txt"))
        assert found[:4] == [
            "3. Récit de contribution",
            "  3.1.Introduction",
            "  3.2.La posture des acteurs (B)",
            "    3.2.1. Les changements observés (cf. boite B)",
        ]
        assert "  3.6.L’essaimage" in found
        assert [one for one in found if not one.startswith(" ")] == [
            "3. Récit de contribution",
            "4, Conclusions de l’évaluation",
            "5. Recommandations",
            "6. Principaux enseignements",
        ]


class TestMarkdown:
    def test_the_text_is_as_it_is_rendered(self, written: Written) -> None:
        text = """# The *report*

Under
the line
========

As **Part\\_PC1\\_1** has it &amp; `Eco_PC1_1`, [a *link*](http://a.b "t"),
<https://a.b/c>, two\\
breaks.\u0020\u0020
Last ![picture](Eco_PC9_9.png) ` `` ` <!-- unseen --> end.

    indented
    code

```yaml
  fenced

  code
```
"""
        report = read(written("a.md", text), "a")
        assert texts(report) == [
            "The report",
            "Under\nthe line",
            "As Part_PC1_1 has it & Eco_PC1_1, a link,\nhttps://a.b/c, two\nbreaks.\n"
            "Last  ``  end.",
            "indented\ncode",
            "fenced\ncode",
        ]
        assert outline(report) == ["The report", "Under the line"]
        assert hidden(report) == {"picture": 1, "comment in the markup": 1}
        assert report.paragraphs[2].links == (
            Link(34, 40, "http://a.b"),
            Link(42, 55, "https://a.b/c"),
        )

    def test_places_are_those_of_the_source(self, written: Written) -> None:
        text = """> As **Part\\_PC1\\_1** has it,
> 1. `Eco_PC1_1` &amp; more \\
>    and &eacute;tat
"""
        report = read(written("a.md", text), "a")
        assert place(report, "Part_PC1_1") == (1, 8, 1, 20)
        assert place(report, "PC1_1 has") == (1, 14, 1, 26)
        assert place(report, "Eco_PC1_1") == (2, 7, 2, 16)
        assert place(report, "more \nand") == (2, 24, 3, 9)
        assert place(report, "tat") == (3, 18, 3, 21)
        assert place(report, "état") == (3, 10, 3, 21)

    def test_tables(self, written: Written) -> None:
        text = """
- | Case | A \\| b \\|
  |------|---------|
  | Part\\_PC1\\_1 | `x` |
  | | second
  third

Case | Code
-----|-----
Eco  | Eco\\_PC1\\_1 | too many
"""
        report = read(written("a.md", text), "a")
        assert texts(report, Part.TABLE) == [
            "Case", "A | b |", "Part_PC1_1", "x", "second", "third",
            "Case", "Code", "Eco", "Eco_PC1_1",
        ]  # fmt: skip
        assert place(report, "b |") == (2, 17, 2, 20)
        assert place(report, "Part_PC1_1") == (4, 5, 4, 17)
        assert place(report, "second") == (5, 7, 5, 13)
        assert place(report, "Eco_PC1_1") == (10, 8, 10, 19)

    def test_footnotes(self, written: Written) -> None:
        text = """A code P1.1[^1] and [^none], [in[^1] it](x).

[^1]: A note on
lines.

    Its *second* paragraph.
[^un]: Agri\\_PC1\\_1

    [^c]: code
"""
        report = read(written("a.md", text), "a")
        assert texts(report, Part.BODY) == ["A code P1.1 and [^none], [in it](x)."]
        assert texts(report, Part.NOTE) == [
            "A note on\nlines.",
            "Its second paragraph.",
            "Agri_PC1_1",
            "code",
        ]
        assert place(report, "second") == (6, 10, 6, 16)
        assert place(report, "Agri_PC1_1") == (7, 8, 7, 20)

    def test_the_head_of_the_file_is_not_read(self, written: Written) -> None:
        head = "---\ntitle: Part_PC9_9\n---\n"
        assert texts(read(written("a.md", f"{head}Text"), "a")) == ["Text"]
        assert place(read(written("a.md", f"{head}Text"), "a"), "Text") == (4, 1, 4, 5)
        assert len(texts(read(written("a.md", f"a\n\n{head}"), "a"))) == 2

    def test_html_in_it(self, written: Written) -> None:
        text = """# Title

<div class="x">
<h2>Within</h2>
<p>Seen &amp; <a href="s.html#Eco_PC1_1">read</a></p>
<!-- unseen --></div>

Below P1.1<sup>2</sup>, <a href="t.html">this</a><br>that <ins>new</ins>~~old~~
<del>older</del> <span hidden>no</span> <img src="x"> <b title="</b>">bold </i><i>text</b><?x?>.

> <table>
> <tr><td>Cell
> two
> </table>

[^n]: <p>Html in a note</p>
"""
        report = read(written("a.md", text), "a")
        assert outline(report) == ["Title", "  Within"]
        assert texts(report)[2:] == [
            "Seen & read",
            "Below P1.12, this\nthat new\n   bold text.",
            "Cell two",
            "Html in a note",
        ]
        assert report.paragraphs[3].headings == ("Title", "Within")
        assert report.paragraphs[3].raised == ((10, 11),)
        assert report.paragraphs[2].links == (Link(7, 11, "s.html#Eco_PC1_1"),)
        assert report.paragraphs[3].links == (Link(13, 17, "t.html"),)
        assert report.paragraphs[4].part is Part.TABLE
        assert report.paragraphs[5].part is Part.NOTE
        assert hidden(report) == {
            "comment in the markup": 1,
            "deleted text": 2,
            "hidden text": 1,
            "picture": 1,
        }
        assert place(report, "Seen & read") == (5, 4, 5, 46)
        assert place(report, "two") == (13, 3, 13, 6)

    def test_links_by_reference_and_addresses(self, written: Written) -> None:
        text = "[one][r] [r] [two][] <https://a.b/%C3%A9> tail\n\n[r]: a.html\n[two]: <b.html>\n"
        report = read(written("a.md", text), "a")
        assert texts(report) == ["one r two https://a.b/é tail"]
        assert [link.address for link in report.paragraphs[0].links] == [
            "a.html",
            "a.html",
            "b.html",
            "https://a.b/%C3%A9",
        ]
        assert place(report, "tail") == (1, 43, 1, 47)

    def test_code_spans(self, written: Written) -> None:
        report = read(written("a.md", "> `` `a` ``, `b\n> c` and `d"), "a")
        assert texts(report) == ["`a`, b c and `d"]
        assert place(report, "`a`") == (1, 6, 1, 9)
        assert place(report, "c and") == (2, 3, 2, 9)

    WORD = st.from_regex(r"[a-z]{3,8}", fullmatch=True)
    MARKED = ("{}", "*{}*", "**{}**", "_{}_", "`{}`", "{}\\_", "\\*{}", "{}\\\n", "{}[^n]")
    DRESSED = (
        "[{}](x)",
        "~~x~~{}",
        "<b>{}</b>",
        "&amp;{}",
        "{}&eacute;",
        "<!-- c -->{}",
        "![p](q){}",
    )
    DRESS = st.sampled_from((*MARKED, *DRESSED))
    PREFIX = st.sampled_from(["", "> ", "- ", "## ", "3. ", "> - ", "[^m]: "])

    @given(
        st.lists(
            st.tuples(PREFIX, st.lists(st.tuples(WORD, DRESS), min_size=1, max_size=6)),
            min_size=1,
            max_size=5,
        )
    )
    @settings(max_examples=200, deadline=None)
    def test_every_word_is_where_it_says(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        blocks: list[tuple[str, list[tuple[str, str]]]],
    ) -> None:
        number = 0
        lines: list[str] = []
        for prefix, words in blocks:
            dressed: list[str] = []
            for word, dress in words:
                dressed.append(dress.format(f"{word}{number}"))
                number += 1
            lines += [prefix + " ".join(dressed), ""]
        lines.append("[^n]: note")
        source = "\n".join(lines)
        path = tmp_path_factory.mktemp("words") / "a.md"
        path.write_text(source, encoding="utf-8", newline="")
        report = read(path, "a")
        found = 0
        for index, paragraph in enumerate(report.paragraphs):
            for match in re.finditer(r"[a-z]{3,8}\d+", paragraph.text):
                at = report.place(index, *match.span())
                line = source.split("\n")[at.line - 1]
                assert line[at.column - 1 : at.end_column - 1] == match[0]
                found += 1
        assert found == number


def tags(source: str) -> list[str]:
    """The pieces of a page, by their kind and as they are written."""
    found = list(pieces(source))
    assert [one.start for one in found[1:]] == [one.stop for one in found[:-1]]
    return [f"{type(one).__name__} {source[one.start : one.stop]}" for one in found]


class TestTags:
    def test_pieces(self) -> None:
        assert tags("a < b <i>c</I >&lt;<br/><!-- <i> -->d") == [
            "Text a < b ",
            "Opening <i>",
            "Text c",
            "Closing </I >",
            "Text &lt;",
            "Opening <br/>",
            "Comment <!-- <i> -->",
            "Text d",
        ]

    def test_declarations(self) -> None:
        source = "<!DOCTYPE html [<!ENTITY a 'b'>]><?php x ?></3><![if !x]>"
        assert tags(source) == [
            "Declaration <!DOCTYPE html [<!ENTITY a 'b'>",
            "Text ]>",
            "Declaration <?php x ?>",
            "Declaration </3>",
            "Declaration <![if !x]>",
        ]

    def test_attributes(self) -> None:
        source = """<A HREF = "a>b" id=c/d title='"' x y= class= "" href=z =k l'm=1>"""
        (opening,) = pieces(source)
        assert isinstance(opening, Opening)
        assert opening.name == "a"
        assert {
            name: (value.text, source[value.start : value.stop])
            for name, value in opening.attributes.items()
        } == {
            "href": ("a>b", '"a>b"'),
            "id": ("c/d", "c/d"),
            "title": ('"', "'\"'"),
            "x": ("", ""),
            "y": ("class=", "class="),
            '""': ("", ""),
            "=k": ("", ""),
            "l'm": ("1", "1"),
        }

    def test_texts_in_which_nothing_is_a_tag(self) -> None:
        assert tags("<script>a<b></scripty></SCRIPT>c") == [
            "Opening <script>",
            "Text a<b></scripty>",
            "Closing </SCRIPT>",
            "Text c",
        ]
        assert tags("<title>a<b>") == ["Opening <title>", "Text a<b>"]

    def test_what_does_not_end(self) -> None:
        assert tags("a<!-- b>c") == ["Text a", "Comment <!-- b>c"]
        assert tags("a<b c") == ["Text a<b c"]
        assert tags("<a x='y>z<b x=\">'") == [
            "Opening <a x='y>",
            "Text z",
            'Opening <b x=">',
            "Text '",
        ]
        assert tags("<a x='y' z=\">") == ["Opening <a x='y' z=\">"]
        assert tags("<!-->a<!--->") == ["Comment <!-->", "Text a", "Comment <!--->"]

    @given(st.text(alphabet="<>!-/?='\"ab \n&;", max_size=60))
    def test_nothing_is_lost(self, source: str) -> None:
        found = list(pieces(source))
        assert "".join(source[one.start : one.stop] for one in found) == source
        kinds = (Text, Opening, Closing, Comment, Declaration)
        assert all(isinstance(one, kinds) and one.start < one.stop for one in found)


class TestPages:
    def test_blocks_and_space(self, written: Written) -> None:
        page = """<!DOCTYPE html>
<html><head><title>Unread</title><style>p {}</style></head>
<body>
<div>Loose   text <p>A
  paragraph <b> with </b> space</p> after</div>
<ul><li>one<li>two <p>three</ul>
<dl><dt>term<dd>what it is</dl>
one<br>two <br/> <br> three
<pre>
 kept  as
   it is</pre>
<blockquote>said&nbsp;so</blockquote><figure><figcaption>Figure 1</figcaption></figure>
<select><option>a<option>b</select>
<script>unread()</script><template><p>unread</p></template>
</body></html>"""
        report = read(written("a.html", page), "a")
        assert texts(report) == [
            "Loose text",
            "A paragraph with space",
            "after",
            "one",
            "two",
            "three",
            "term",
            "what it is",
            "one\ntwo\nthree",
            " kept  as\n   it is",
            "said\u00a0so",
            "Figure 1",
            "a",
            "b",
        ]
        assert [one.number for one in report.paragraphs] == list(range(1, 15))
        assert hidden(report) == {}

    def test_places(self, written: Written) -> None:
        page = (
            "<p>As\n  Part_<b>PC1</b>_1 &amp; &eacute;t&#233;\r\n(Eco&lowbar;PC1_1)\n"
            "<p>P1<pre>\r\na\r\nb</pre>"
        )
        report = read(written("a.html", page), "a")
        assert place(report, "Part_PC1_1") == (2, 3, 2, 20)
        assert place(report, "PC1_1") == (2, 11, 2, 20)
        assert place(report, "Eco_PC1_1") == (3, 2, 3, 18)
        assert place(report, "été") == (2, 27, 2, 37)
        assert place(report, "P1", 1) == (4, 4, 4, 6)
        assert place(report, "b", 2) == (6, 1, 6, 2)

    def test_parts(self, written: Written) -> None:
        page = """
<header><h1>Report</h1> dated</header>
<section><h2>3.2.1 <em>Observed</em></h2><p>Body</p>
<table><caption>Legend</caption><tr><th>H<td>D<p>E</p><tfoot><tr><td>F</table>
<table><tbody><tr><td>G</table>
<aside>Aside</aside><div role="note">Role</div><p class="x FootNote">Class</p></section>
<h3>Deeper</h3><div role=heading aria-level=2>Role of heading</div><div role=heading>Again</div>
<ol><li id="fn1">Note<li id="fn">Item</ol><div id="sdfootnote2"><h4>In a note</h4></div>
<svg><title>t</title><text>In a drawing</text></svg>
<div title=footer><p>Page</p></div><footer>Foot<aside>still</aside></footer>"""
        report = read(written("a.html", page), "a")
        assert [(one.part.value, one.text, len(one.headings)) for one in report.paragraphs] == [
            ("heading", "Report", 0),
            ("margin", "dated", 1),
            ("heading", "3.2.1 Observed", 1),
            ("body", "Body", 2),
            ("table", "Legend", 2),
            ("table", "H", 2),
            ("table", "D", 2),
            ("table", "E", 2),
            ("table", "F", 2),
            ("table", "G", 2),
            ("note", "Aside", 2),
            ("note", "Role", 2),
            ("note", "Class", 2),
            ("heading", "Deeper", 2),
            ("heading", "Role of heading", 1),
            ("heading", "Again", 1),
            ("note", "Note", 2),
            ("body", "Item", 2),
            ("heading", "In a note", 2),
            ("box", "In a drawing", 3),
            ("margin", "Page", 3),
            ("margin", "Foot", 3),
            ("margin", "still", 3),
        ]
        assert hidden(report) == {"picture": 1}

    def test_links_and_note_marks(self, written: Written) -> None:
        page = """<p>See <a href="s.html?a=1&amp;b=Part_PC1_1"> the <i>story</i> </a>,
P1.1<sup>2<a href=#fn3>3</a></sup><sup> 4</sup> <a name=x>no</a> <a href=one>one<a href=two>two</p>
<a href="over"><p>First</p><p>Second</p></a><p>An <a href=" empty "></a>end"""
        first, *others = read(written("a.html", page), "a").paragraphs
        assert first.text == "See the story , P1.123 4 no onetwo"
        assert first.links == (
            Link(4, 13, "s.html?a=1&b=Part_PC1_1"),
            Link(21, 22, "#fn3"),
            Link(28, 31, "one"),
            Link(31, 34, "two"),
        )
        assert first.raised == ((20, 22), (23, 24))
        assert [one.links for one in others] == [
            (Link(0, 5, "over"),),
            (Link(0, 6, "over"),),
            (Link(2, 2, "empty"),),
        ]

    def test_what_nobody_sees(self, written: Written) -> None:
        page = """<p>A <del>gone <b>too</b></del><ins>new</ins> <s>struck</s><strike> </strike>
<span hidden>one</span><span style="DISPLAY : none">two<i>too</i></span><i aria-hidden="true"></i>
<span style="color: red">seen</span><p hidden>three<p aria-hidden=true>four</p>
<img src=a><object>inside<img></object><iframe>x</iframe><video></video><span hidden><img></span>
<!-- one --><!-- two --><style>x</style>"""
        report = read(written("a.html", page), "a")
        assert texts(report) == ["A new seen"]
        assert hidden(report) == {
            "deleted text": 2,
            "hidden text": 4,
            "picture": 1,
            "embedded object": 3,
            "comment in the markup": 2,
        }
        first = report.hidden[0]
        assert (first.kind, first.at.line, first.at.column) == ("deleted text", 1, 6)

    def test_broken_pages(self, written: Written) -> None:
        page = "</p></div>a<b>b<p>c</b>d</i><p &bogus; <q>e &nosuch; &#1;&#32;f &amp g&#x41;"
        assert texts(read(written("a.html", page), "a")) == ["ab", "cd", "e &nosuch; f & gA"]

    def test_tags_that_cross(self, written: Written) -> None:
        page = "<sup>1<p>Part_<i>PC1_</sup>1</i></p>2</p><a href=x><p>in</a>out</p>"
        first, second, third, fourth = read(written("a.html", page), "a").paragraphs
        assert [first.text, second.text, third.text] == ["1", "Part_PC1_1", "2"]
        assert second.raised == ((0, 9),)
        assert (fourth.text, fourth.links) == ("inout", (Link(0, 2, "x"),))
        far = f"<sup>{'<p>' + '<i>' * 70}a</sup>b"
        assert read(written("a.html", far), "a").paragraphs[0].raised == ((0, 1),)

    def test_the_head_may_be_left_open(self, written: Written) -> None:
        page = "<head><meta charset=utf-8><title>t</title><p>Text"
        assert texts(read(written("a.htm", page), "a")) == ["Text"]

    @pytest.mark.parametrize(
        "page",
        [
            "<div>" * 20_000 + "text",
            "<b>" * 20_000 + "text" + "</b>" * 20_000,
            "<table><tr><td>" * 10_000 + "text",
            "text" + "</p>" * 20_000,
            "text" + "<a <b " * 20_000,
            "text" + "<a x='" * 20_001 + ">",
            "text" + "<!--" * 20_000,
            "text" + "<script>" * 20_000,
            "text<p>" + "&" * 20_000,
            "text<p>" + "<" * 20_000,
            "text" + "<p hidden>" * 20_000,
            "<b>" * 10_000 + "<div>" * 10_000 + "text" + "</b>" * 10_000,
        ],
    )
    def test_hostile_pages_take_no_longer_than_others(self, written: Written, page: str) -> None:
        assert texts(read(written("a.html", page), "a"))[0].startswith("text")


def edits(
    report: Report,
    pattern: str,
    text: str | None = None,
    address: str | None = None,
    comments: tuple[str, ...] = (),
) -> list[Edit]:
    """The same edit at every stretch of a report that has a pattern."""
    return [
        Edit(index, *match.span(), text, address, comments)
        for index, paragraph in enumerate(report.paragraphs)
        for match in re.finditer(pattern, paragraph.text)
    ]


class TestCopies:
    def copied(
        self,
        path: Path,
        pattern: str,
        text: str | None = None,
        address: str | None = None,
        comments: tuple[str, ...] = (),
    ) -> str:
        report = read(path, path.name)
        found = edits(report, pattern, text, address, comments)
        made = copy(path, report, found)
        assert made == copy(path, report, found)
        return made.decode("utf-8")

    def test_text(self, written: Written) -> None:
        text = (
            "\ufeff1. Aims\r\n\r\nAs (Part_\r\n  PC1_1,  x) and Part_ PC1_1.\r\n\r\n\r\n2. End\r\n"
        )
        path = written("a.txt", text)
        assert self.copied(
            path, r"Part_\s+PC1_1", text="Part_PC1_1", address="s.html", comments=("c",)
        ) == text.replace("Part_\r\n  PC1_1", "Part_PC1_1").replace("Part_ PC1_1", "Part_PC1_1")
        assert self.copied(path, "Aims", address="s.html", comments=("c",)) == text

    def test_a_character_that_the_file_cannot_have(self, written: Written) -> None:
        path = written("a.txt", "Été PC1".encode("cp1252"))
        report = read(path, "a")
        with pytest.raises(CannotCopy, match=r"^windows-1252 has no →$"):
            copy(path, report, [Edit(0, 4, 7, "→")])

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
    def test_a_file_that_has_changed(self, written: Written, name: str) -> None:
        report = read(written(name, "One"), name)
        with pytest.raises(CannotCopy, match=r"^changed since it was read$"):
            copy(written(name, "Two"), report, [])
        with pytest.raises(CannotCopy, match=r"^empty$"):
            copy(written(name, ""), report, [])

    @pytest.mark.parametrize(
        ("source", "made"),
        [
            ("As Part\\_ PC1\\_1.", "As [Part_PC1_1](s.html#x)."),
            ("> As **Part_\n> PC1_1**.", "> As **[Part_PC1_1](s.html#x)**."),
            ("As **Part**\\_PC1_1.", "As **[Part_PC1_1](s.html#x)**."),
            ("`` Part_ PC1_1 ``", "`` Part_PC1_1 ``"),
            ("x ``Part_ PC1_1``", "x [``Part_PC1_1``](s.html#x)"),
            ("`Part_ PC1_1`", "[`Part_PC1_1`](s.html#x)"),
            ("`Part_ PC1_1 `", "`Part_PC1_1 `"),
            ("    Part_ PC1_1", "    Part_PC1_1"),
            ("[see Part_ PC1_1](a.html 't') it", "[see Part_PC1_1](s.html#x) it"),
            ("[Part_ PC1_1][r] it\n\n[r]: a.html", "[Part_PC1_1](s.html#x) it\n\n[r]: a.html"),
            (
                "[Part_ PC1_1] it\n\n[Part_ PC1_1]: a",
                "[Part_PC1_1](s.html#x) it\n\n[Part_ PC1_1]: a",
            ),
            ("<a href=a>Part_ PC1_1</a>", '<a href="s.html#x">Part_PC1_1</a>'),
            ("<http://a.b/Part_PC1_1>", "<http://a.b/Part_PC1_1>"),
            ("| a |\n|-|\n| Part_ PC1_1 |", "| a |\n|-|\n| [Part_PC1_1](s.html#x) |"),
            ("<p>Part_ PC1_1</p>", '<p><a href="s.html#x">Part_PC1_1</a></p>'),
        ],
    )
    def test_markdown(self, written: Written, source: str, made: str) -> None:
        path = written("a.md", source)
        assert self.copied(path, r"Part_\s*PC1_1", "Part_PC1_1", "s.html#x", ("c",)) == made
        again = read(written("a.md", made), "a")
        assert "Part_PC1_1" in texts(again)[-1]

    def test_links_of_two_stretches_in_one_link(self, written: Written) -> None:
        path = written("a.md", "[P1 and P2](old)")
        report = read(path, "a")
        found = [Edit(0, 0, 2, address="one"), Edit(0, 7, 9, address="two")]
        assert copy(path, report, found) == b"[P1 and P2](one)"

    @given(st.text(alphabet="ab1 _*`[]<>|&~\\#.-+:!(){}é;", min_size=1, max_size=12))
    @settings(max_examples=150, deadline=None)
    def test_what_is_put_into_markdown_is_read_again(
        self, tmp_path_factory: pytest.TempPathFactory, text: str
    ) -> None:
        text = f"x{text.strip()}"
        path = tmp_path_factory.mktemp("copies") / "a.md"
        path.write_text("> See *Part* now", encoding="utf-8")
        made = copy(path, read(path, "a"), [Edit(0, 4, 8, text)])
        path.write_bytes(made)
        assert texts(read(path, "a")) == [f"See {text} now"]

    def test_addresses_in_markdown(self, written: Written) -> None:
        path = written("a.md", "See P1.1")
        assert self.copied(path, "P1.1", address="a (b).html#é|c&copy=1<>\\") == (
            "See [P1.1](a%20%28b%29.html#é%7Cc&amp;copy=1%3C%3E%5C)"
        )

    @pytest.mark.parametrize(
        ("source", "made"),
        [
            ("<p>Part_ PC1_1!", "<p>{}Part_PC1_1{}!"),
            ("<p>Part_\n  PC1_1\n", "<p>{}Part_PC1_1{}\n"),
            ("<p>Part&#95; <b>PC1</b>_1", "<p>{}Part_PC1_1{}<b></b>"),
            ("<p>x <b>Part_</b> PC1_1", "<p>x <b>{}Part_PC1_1{}</b>"),
        ],
    )
    def test_pages(self, written: Written, source: str, made: str) -> None:
        path = written("a.html", source)
        pattern = r"Part_\s*PC1_1"
        assert self.copied(path, pattern, text="Part_PC1_1") == made.format("", "")
        assert self.copied(path, pattern, text="Part_PC1_1", address='a"&<') == made.format(
            '<a href="a&quot;&amp;&lt;">', "</a>"
        )
        assert self.copied(path, pattern, text="Part_PC1_1", comments=("<b>", '"')) == made.format(
            '<mark title="&lt;b&gt;&#10;&quot;" class="scc-comment">', "</mark>"
        )

    def test_links_over_markup(self, written: Written) -> None:
        path = written("a.html", "<p>Part_<b>PC1</b>_1 <a id=1 href=old>Eco_<i>PC1</i>_1</a>")
        assert self.copied(path, r"\w+_PC1_1", address="n", comments=("c",)) == (
            '<p>{}Part_{}<b>{}PC1{}</b>{}_1{} <a id=1 href="n">{}Eco_{}<i>{}PC1{}</i>{}_1{}</a>'
        ).format(
            *['<a href="n"><mark title="c" class="scc-comment">', "</mark></a>"] * 3,
            *['<mark title="c" class="scc-comment">', "</mark>"] * 3,
        )

    def test_characters_that_a_page_cannot_have_as_they_are(self, written: Written) -> None:
        path = written("a.html", "<meta charset=windows-1252><p>Été P1".encode("cp1252"))
        report = read(path, "a")
        made = copy(path, report, [Edit(0, 4, 6, "→ œ", comments=("→",))])
        assert made == (
            '<meta charset=windows-1252><p>Été <mark title="&#8594;" class="scc-comment">'
            "&#8594; œ</mark>".encode("cp1252")
        )

    def test_edits_of_empty_stretches(self, written: Written) -> None:
        path = written("a.html", "<p>&amp;One</p>")
        report = read(path, "a")
        mark = '<mark title="c" class="scc-comment">{}</mark>'
        found = [Edit(0, 1, 1, comments=("c",)), Edit(0, 1, 4, comments=("c",)), Edit(0, 4, 4, "!")]
        assert copy(path, report, found).decode() == (
            f"<p>&amp;{mark.format('')}{mark.format('One')}!</p>"
        )
        assert copy(path, report, [Edit(0, 0, 0, comments=("c",))]) == b"<p>&amp;One</p>"


WORDS = {
    "language": "fr",
    "page": "page {page}",
    "remark": "Remarque {number}",
    "note": "note",
    "comment": "commentaire",
    "margin": "en-tête",
    "box": "zone de texte",
}


def body(page: str) -> str:
    """What stands in a page below its title."""
    return page.partition("</h1>")[2].removesuffix("</main></body></html>\n")


class TestPageOfAnyReport:
    def test_the_page(self) -> None:
        page = as_page(Report("a"), [], "A & B", WORDS)
        assert page.startswith('<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">')
        assert '<meta http-equiv="Content-Security-Policy" content="default-src &#x27;none' in page
        assert "<title>A &amp; B</title>" in page
        assert "<h1>A &amp; B</h1>" in page
        assert "script" not in page
        assert body(page) == ""

    def test_paragraphs(self) -> None:
        report = Report(
            "a",
            (
                Paragraph("Aims", 1, Part.HEADING, spots=(Spot(0, page=1),)),
                Paragraph("Deep", 2, Part.HEADING, ("x",) * 8, (Spot(0, page=1),)),
                Paragraph("One two", 3, Part.BODY, (), (Spot(0, page=1), Spot(4, page=2))),
                Paragraph("Cell", 1, Part.TABLE, (), (Spot(0, page=2),)),
                Paragraph("Note", 2, Part.NOTE, (), (Spot(0, page=2),), raised=((0, 1),)),
                Paragraph("Head", 3, Part.MARGIN),
                Paragraph("Three", 1, Part.BODY, (), (Spot(0, page=3),)),
            ),
        )
        assert body(as_page(report, [], "A", WORDS)).split("\n") == [
            "",
            '<p class="turn">page 1</p>',
            '<h2 id="p1">Aims</h2>',
            '<h6 id="p2">Deep</h6>',
            '<p id="p3" class="body">One <span class="turn">page 2</span>two</p>',
            '<p id="p4" class="table">Cell</p>',
            '<p id="p5" class="note"><span class="label">note</span><sup>N</sup>ote</p>',
            '<p id="p6" class="margin"><span class="label">en-tête</span>Head</p>',
            '<p class="turn">page 3</p>',
            '<p id="p7" class="body">Three</p>',
        ]

    def test_edits(self) -> None:
        links = (Link(0, 3, "http://a.b"), Link(4, 7, "local.html"), Link(8, 9, "javascript:x"))
        report = Report("a", (Paragraph("One two 3 (P1) P2 P 3.", 1, links=links),))
        found = [
            Edit(0, 19, 22, "P3", "s.html", ("Rule",)),
            Edit(0, 11, 13, address="s.html#P1"),
            Edit(0, 15, 17, None, None, ("First", "Second")),
        ]
        assert body(as_page(report, found, "A", WORDS)) == (
            '\n<div class="row"><p id="p1" class="body"><a href="http://a.b">One</a> two 3 '
            '(<a href="s.html#P1">P1</a>) <mark>P2</mark>'
            '<sup class="number"><a href="#remark1" id="mark1">1</a></sup>'
            '<sup class="number"><a href="#remark2" id="mark2">2</a></sup> P'
            '<mark><del> 3.</del><ins><a href="s.html">P3</a></ins></mark>'
            '<sup class="number"><a href="#remark3" id="mark3">3</a></sup></p>'
            '<div class="remarks">'
            '<p id="remark1" role="note"><a href="#mark1">Remarque 1</a> First</p>'
            '<p id="remark2" role="note"><a href="#mark2">Remarque 2</a> Second</p>'
            '<p id="remark3" role="note"><a href="#mark3">Remarque 3</a> Rule</p></div></div>'
        )

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "java\nscript:alert(1)", " data:text/html,x", ""]
    )
    def test_addresses_that_could_do_more_than_lead_somewhere(self, address: str) -> None:
        report = Report("a", (Paragraph("One", 1, links=(Link(0, 3, address),)),))
        page = as_page(report, [Edit(0, 0, 1, address=address)], "A", WORDS)
        assert body(page) == '\n<p id="p1" class="body">One</p>'

    def test_nothing_gets_in_as_markup(self) -> None:
        bad = "<script>alert('\"&')</script>\ud800"
        report = Report(
            bad,
            (
                Paragraph(
                    bad, 1, Part.HEADING, (bad,), links=(Link(0, len(bad), f"http://{bad}"),)
                ),
                Paragraph(bad, 2, Part.COMMENT),
                Paragraph(bad, 2, Part.BOX),
            ),
        )
        found = [Edit(1, 0, 9, bad, bad, (bad,))]
        page = as_page(report, found, bad, dict.fromkeys(WORDS, bad))
        assert page.encode("utf-8").decode("utf-8") == page
        assert "<script" not in page
        assert page.count("&lt;script&gt;") == 13
        assert " ".join(sorted(set(re.findall(r"<(\w+)", page)))) == (
            "a body del div h1 h3 head html ins main mark meta p span style sup title"
        )

    def test_remarks_on_nothing_in_particular(self) -> None:
        report = Report("a", (Paragraph("One", 1),))
        page = as_page(report, [Edit(0, 0, 0, comments=("All",))], "A", WORDS)
        assert '<p id="p1" class="body"><mark></mark><sup class="number">' in page

    def test_a_report_that_was_read(self, written: Written) -> None:
        report = read(written("a.md", "# Aims\n\nAs **Part\\_PC1\\_1** has it.\n"), "a")
        found = edits(report, "Part_PC1_1", address="s.html#Part_PC1_1")
        assert body(as_page(report, found, "A", WORDS)) == (
            '\n<h2 id="p1">Aims</h2>\n<p id="p2" class="body">As '
            '<a href="s.html#Part_PC1_1">Part_PC1_1</a> has it.</p>'
        )
