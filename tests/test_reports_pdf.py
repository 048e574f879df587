"""PDF reports: what their reader sees, where, and files made to harm."""

from __future__ import annotations

import logging
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError

from scc_eval.reports import Report, read
from scc_eval.reports.paragraphs import Link, Paragraph, Part

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
BOLD = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
SHOWN = b"BT /F 12 Tf 72 700 Td (See Eco_PC1_1) Tj ET"
MEMORY = 512


def assembled(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of numbered objects; the first is its catalog."""
    out, at = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        at[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size, begin = max(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % at.get(number, 0) for number in range(1, size))
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
    return out + end % (size, trailer, begin)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def pages(*contents: bytes, more: Mapping[int, bytes] | None = None, own: bytes = b"") -> bytes:
    """A file with those pages; `own` are entries of each page, `more` other objects from 90 on."""
    first = 10
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(contents)))
    objects = {
        1: CATALOG,
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        3: FONT,
        4: BOLD,
    }
    for index, content in enumerate(contents):
        number = first + 2 * index
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R "
            b"/B 4 0 R >> >> /Contents %d 0 R %s >>" % (number + 1, own)
        )
        objects[number + 1] = stream(content)
    return assembled({**objects, **(more or {})})


def lines(*texts: str, top: int = 700, step: int = 14, font: str = "F", size: int = 12) -> bytes:
    """Lines of text one below the other."""
    shown = (
        f"BT /{font} {size} Tf 72 {top - step * n} Td ({text}) Tj ET"
        for n, text in enumerate(texts)
    )
    return "\n".join(shown).encode("latin-1")


def of(content: bytes, folder: Path) -> Report:
    path = folder / "report.pdf"
    path.write_bytes(content)
    return read(path, "report.pdf")


def texts(report: Report) -> list[str]:
    return [paragraph.text for paragraph in report.paragraphs]


def only(report: Report) -> Paragraph:
    (paragraph,) = report.paragraphs
    return paragraph


# What a reader sees.


def test_lines_make_paragraphs_and_a_gap_parts_them(tmp_path: Path) -> None:
    content = lines("One line", "and its next.") + b"\n" + lines("Another.", "It goes on.", top=650)
    report = of(pages(content), tmp_path)
    assert texts(report) == ["One line\nand its next.", "Another.\nIt goes on."]
    assert [p.number for p in report.paragraphs] == [1, 2]


def test_a_bullet_begins_a_paragraph(tmp_path: Path) -> None:
    content = lines("Three things:", "- one", "- two, which", "goes on")
    assert texts(of(pages(content), tmp_path)) == [
        "Three things:",
        "- one",
        "- two, which\ngoes on",
    ]


def test_places_are_pages_and_paragraphs(tmp_path: Path) -> None:
    report = of(pages(lines("First page."), lines("Second page.")), tmp_path)
    first, second = (report.place(index, 0, 5).passage for index in (0, 1))
    assert first is not None
    assert second is not None
    assert [(each.page, each.paragraph) for each in (first, second)] == [(1, 1), (2, 1)]


def test_a_paragraph_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    report = of(pages(lines("It is told in Eco_"), lines("PC1_1, and so on.", "Then.")), tmp_path)
    paragraph = only(report)
    assert paragraph.text == "It is told in Eco_\nPC1_1, and so on.\nThen."
    assert [(spot.begin, spot.page) for spot in paragraph.spots] == [(0, 1), (19, 2)]
    passage = report.place(0, 20, 24).passage
    assert passage is not None
    assert passage.page == 2


def test_links_and_note_marks_go_with_it(tmp_path: Path) -> None:
    link = {90: b"<< /Subtype /Link /Rect [70 698 400 712] /A << /URI (Eco.html) >> >>"}
    mark = b" BT /F 7 Tf 300 705 Td (12) Tj ET"
    both = pages(
        lines("Told in,") + mark, lines("and on") + mark, more=link, own=b"/Annots [90 0 R]"
    )
    paragraph = only(of(both, tmp_path))
    second = paragraph.text.index("and on")
    assert [each.begin for each in paragraph.links] == [0, second]
    assert [paragraph.text[begin:end].strip() for begin, end in paragraph.raised] == ["12", "12"]


def test_a_page_that_begins_anew_does_not_go_on(tmp_path: Path) -> None:
    ended = of(pages(lines("It ends."), lines("and begins")), tmp_path)
    assert texts(ended) == ["It ends.", "and begins"]
    capital = of(pages(lines("It is open"), lines("Here begins")), tmp_path)
    assert texts(capital) == ["It is open", "Here begins"]


def test_headings_are_known_by_their_size_and_their_numbers(tmp_path: Path) -> None:
    content = b"\n".join(
        (
            lines("A report", size=20),
            lines("1. What was found", top=660, size=14),
            lines("1.1 Signs of contribution", top=630, font="B"),
            lines("Sales doubled, and then", "they held.", top=600),
            lines("2. What follows", top=550, size=14),
            lines("Much and more, a long line of the body.", top=520),
        )
    )
    report = of(pages(content), tmp_path)
    found = [(p.part, p.headings) for p in report.paragraphs]
    assert found == [
        (Part.HEADING, ()),
        (Part.HEADING, ()),
        (Part.HEADING, ("1. What was found",)),
        (Part.BODY, ("1. What was found", "1.1 Signs of contribution")),
        (Part.HEADING, ()),
        (Part.BODY, ("2. What follows",)),
    ]


def test_the_outline_of_a_file_says_what_its_headings_are(tmp_path: Path) -> None:
    content = (
        lines("Results") + b"\n" + lines("Sales", top=660) + b"\n" + lines("doubled.", top=620)
    )
    path = tmp_path / "outlined.pdf"
    writer = PdfWriter(clone_from=_saved(pages(content), tmp_path))
    above = writer.add_outline_item(title="Results", page_number=0)
    writer.add_outline_item(title="Sales", page_number=0, parent=above)
    writer.write(path)
    report = read(path, "outlined.pdf")
    assert [(p.part, p.headings) for p in report.paragraphs] == [
        (Part.HEADING, ()),
        (Part.HEADING, ("Results",)),
        (Part.BODY, ("Results", "Sales")),
    ]


def _saved(content: bytes, folder: Path) -> Path:
    path = folder / "saved.pdf"
    path.write_bytes(content)
    return path


def test_heads_and_feet_of_pages_are_read_once(tmp_path: Path) -> None:
    each = [
        lines("The evaluation of 2016", top=780) + b"\n" + lines(text) + b"\n" + lines(foot, top=30)
        for text, foot in (
            ("One.", "Page 1 of 3"),
            ("Two.", "Page 2 of 3"),
            ("Three.", "Page 3 of 3"),
        )
    ]
    report = of(pages(*each), tmp_path)
    margins = [p.text for p in report.paragraphs if p.part is Part.MARGIN]
    assert margins[:2] == ["The evaluation of 2016", "Page 1 of 3"]
    assert "The evaluation of 2016" not in margins[1:]
    assert [p.text for p in report.paragraphs if p.part is Part.BODY] == ["One.", "Two.", "Three."]


def test_a_raised_small_figure_is_a_note_mark(tmp_path: Path) -> None:
    raised = b"BT /F 12 Tf 72 700 Td (See Eco_PC1_1) Tj ET BT /F 7 Tf 146 705 Td (12) Tj ET"
    paragraph = only(of(pages(raised), tmp_path))
    begin = paragraph.text.index("12")
    assert paragraph.raised == ((begin, begin + 2),)


def test_links_lie_on_the_words_they_cover(tmp_path: Path) -> None:
    content = (
        b"BT /F 12 Tf 72 700 Td (See ) Tj ET BT /F 12 Tf 96 700 Td (Eco_PC1_1) Tj ET "
        b"BT /F 12 Tf 160 700 Td ( there) Tj ET"
    )
    notes = b"/Annots [90 0 R 91 0 R 92 0 R 93 0 R 94 0 R 3 0 R (none)]"
    more = {
        90: b"<< /Subtype /Link /Rect [95 698 155 712] /A << /URI (Eco.html#Eco_PC1_1) >> >>",
        91: b"<< /Subtype /Link /Rect [95 98 155 112] /A << /S /URI /URI (nowhere) >> >>",
        92: b"<< /Subtype /Link /Rect [95 698 155 712] /Dest (there) >>",
        93: b"<< /Subtype /Link /Rect [95 698] /Dest (there) >>",
        94: b"<< /Subtype /Text /Rect [9 9 9 9] /Contents (See Part_PC1_1 too) >>",
    }
    report = of(pages(content, more=more, own=notes), tmp_path)
    text, comment = report.paragraphs
    begin = text.text.index("Eco")
    assert text.links == (
        Link(begin, begin + 9, "Eco.html#Eco_PC1_1"),
        Link(begin, begin + 9, "#there"),
    )
    assert (comment.part, comment.text) == (Part.COMMENT, "See Part_PC1_1 too")


def test_what_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "seen.pdf"
    writer = PdfWriter(clone_from=_saved(pages(lines("Text."), b""), tmp_path))
    picture = b"/XObject << /P 90 0 R /G 91 0 R >>"
    more = {
        90: stream(b"\0", b"/Type /XObject /Subtype /Image /Width 1 /Height 1"),
        91: b"<< >>",
    }
    writer.write(path)
    report = read(path, "seen.pdf")
    assert [(hidden.kind, hidden.times) for hidden in report.hidden] == [("page without text", 1)]
    shown = pages(lines("Text."), more=more).replace(b"/Font <<", picture + b" /Font <<")
    assert [(h.kind, h.times) for h in of(shown, tmp_path).hidden] == [("picture", 1)]


def test_an_invisible_layer_of_text_is_read(tmp_path: Path) -> None:
    assert texts(of(pages(b"3 Tr " + SHOWN), tmp_path)) == ["See Eco_PC1_1"]


def test_a_file_that_anybody_may_read_is_read(tmp_path: Path) -> None:
    for algorithm in ("RC4-128", "AES-256"):
        writer = PdfWriter(clone_from=_saved(pages(SHOWN), tmp_path))
        writer.encrypt("", owner_password="secret", algorithm=algorithm)
        path = tmp_path / "owned.pdf"
        writer.write(path)
        assert texts(read(path, "owned.pdf")) == ["See Eco_PC1_1"]


# Files made to harm.


def encrypted(folder: Path) -> bytes:
    writer = PdfWriter(clone_from=_saved(pages(SHOWN), folder))
    writer.encrypt("secret", algorithm="RC4-128")
    path = folder / "encrypted.pdf"
    writer.write(path)
    return path.read_bytes()


def a_form(content: bytes, inner: int) -> bytes:
    entries = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    )
    return stream(content, entries % inner)


def with_form(content: bytes, more: Mapping[int, bytes]) -> bytes:
    return pages(content, more=more).replace(b"/Font <<", b"/XObject << /X 90 0 R >> /Font <<", 1)


def in_circles() -> bytes:
    return assembled({1: CATALOG, 2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>", 3: FONT})


def outlined() -> bytes:
    more = {
        90: b"<< /First 91 0 R /Last 91 0 R >>",
        91: b"<< /Title (x) /Next 91 0 R /First 91 0 R /Dest [10 0 R /Fit] >>",
    }
    return pages(SHOWN, more=more).replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R /Outlines 90 0 R >>")


HOSTILE: Mapping[str, tuple[bytes, str]] = {
    "pages that hold themselves": (in_circles(), "in a loop"),
    "a form that draws itself": (with_form(b"/X Do", {90: a_form(b"/X Do", 90)}), "in a loop"),
    "forms that draw ten of the next": (
        with_form(b"/X Do", {90 + n: a_form(b"/X Do " * 10, 91 + n) for n in range(8)}),
        "in a loop",
    ),
    "an outline that follows itself": (outlined(), "in a loop"),
    "lists without end": (
        assembled({1: CATALOG, 2: b"[" * 100_000 + b"]" * 100_000}),
        "in a loop",
    ),
    "one page many times": (
        pages(SHOWN).replace(b"[10 0 R]", b"[" + b"10 0 R " * 3 + b"]"),
        "in a loop",
    ),
    "a stream that unpacks without end": (
        assembled(
            {
                1: CATALOG,
                2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
                4: stream(zlib.compress(b"0" * 400_000_000, 9), b"/Filter /FlateDecode"),
            }
        ),
        "unpacks to too much",
    ),
    "a page with more drawn than anybody reads": (
        pages(SHOWN + b" " * 3_000_000),
        "unpacks to too much",
    ),
    "two gigabytes that are not there": (
        pages(SHOWN).replace(b"/Length %d" % len(SHOWN), b"/Length 2000000000"),
        "damaged",
    ),
    "half a file": (pages(SHOWN)[:200], "damaged"),
    "no PDF": (b"Sales doubled.", "not what its name says"),
    "nothing": (b"", "empty"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_made_to_harm_gives_one_problem(
    case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    content, obstacle = HOSTILE[case]
    report = of(content, tmp_path)
    assert report.paragraphs == ()
    assert [problem.facts["obstacle"] for problem in report.problems] == [obstacle]
    assert capfd.readouterr() == ("", "")


def test_a_password_is_asked_of_nobody(tmp_path: Path) -> None:
    report = of(encrypted(tmp_path), tmp_path)
    assert [problem.facts["obstacle"] for problem in report.problems] == ["encrypted"]


def test_a_cipher_that_cannot_be_had_is_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object) -> None:
        raise DependencyError("cryptography is required")

    monkeypatch.setattr(PdfReader, "decrypt", lacking)
    report = of(encrypted(tmp_path), tmp_path)
    assert [problem.facts["obstacle"] for problem in report.problems] == ["encrypted"]


def test_a_file_of_two_gigabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with path.open("wb") as stream_:
        stream_.write(b"%PDF-1.7\n")
        stream_.truncate(2 * 2**30)
    (problem,) = read(path, "report.pdf").problems
    assert problem.facts["obstacle"] == "too large"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    (problem,) = read(tmp_path / "report.pdf", "report.pdf").problems
    assert problem.facts["obstacle"] == "cannot be opened"


def test_reading_leaves_the_logger_as_it_was(tmp_path: Path) -> None:
    logger = logging.getLogger("pypdf")
    before = (logger.propagate, list(logger.handlers))
    of(in_circles(), tmp_path)
    assert (logger.propagate, list(logger.handlers)) == before


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is in kilobytes on Linux only")
@pytest.mark.parametrize("case", ["a stream that unpacks without end", "lists without end"])
def test_it_takes_no_more_memory_than_is_stated(case: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(HOSTILE[case][0])
    code = (
        "import re, sys; from pathlib import Path; from scc_eval.reports import read\n"
        "read(Path(sys.argv[1]), 'report.pdf')\n"
        "status = Path('/proc/self/status').read_text('utf-8')\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024)"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < MEMORY
