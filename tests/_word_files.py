"""Word files for tests: a valid package around the XML that a test is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _SPACES.items())

_KINDS = {
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "endnotes": (CONTENT_TYPE.WML_ENDNOTES, RELATIONSHIP_TYPE.ENDNOTES),
    "comments": (CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS),
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}
_ROOTS = {"header": "hdr", "footer": "ftr"}

Links = Mapping[str, str]


def r(text: str, look: str = "") -> str:
    """A run, its look as `w:rPr` has it."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, style: str = "", look: str = "") -> str:
    """A paragraph of runs and whatever else; bare text becomes a run."""
    look = (f'<w:pStyle w:val="{style}"/>' if style else "") + look
    inner = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{inner}</w:p>"


def note(kind: str, number: int, *paragraphs: str) -> str:
    """A `footnote`, an `endnote` or a `comment`."""
    author = ' w:author="Rita"' if kind == "comment" else ""
    return f'<w:{kind} w:id="{number}"{author}>{"".join(paragraphs)}</w:{kind}>'


def refer(kind: str, number: int) -> str:
    """The run that refers to a note or to a comment."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def table(*rows: Iterable[str]) -> str:
    """A table: each cell is the paragraphs and tables in it."""
    made = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) for cells in rows)
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>'
    return f"<w:tbl>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def box(*paragraphs: str) -> str:
    """A run with a text box, in the two renderings that Word writes."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    shape = (
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    size = '<wp:extent cx="1800000" cy="900000"/><wp:docPr id="7" name="Box"/>'
    graphic = (
        f'<a:graphic><a:graphicData uri="{_SPACES["wps"]}">{shape}</a:graphicData></a:graphic>'
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>{size}{graphic}'
        f"</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(instruction: str, *shown: str) -> str:
    """A field as Word writes it: its instruction, then what it shows."""
    half = len(instruction) // 2
    texts = (instruction[:half], instruction[half:])
    instructions = "".join(
        f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>' for text in texts
    )
    return mark("begin") + instructions + mark("separate") + "".join(shown) + mark("end")


def mark(kind: str) -> str:
    """A run with the beginning, the middle or the end of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def word_file(
    path: Path,
    *body: str,
    styles: str = "",
    links: Links | None = None,
    parts: Mapping[str, str] | None = None,
) -> Path:
    """Write a Word file. `parts` are `footnotes`, `comments`, `header1`, ... which the body refers
    to by that name; `links` are the addresses that body and parts refer to."""
    document = Document()
    root = document.element.body
    del root[:]
    root.extend(_parsed("body", "".join(body)))
    document.styles.element.extend(_parsed("styles", styles))
    owners: list[Part] = [document.part]
    for name, content in (parts or {}).items():
        kind = name.rstrip("0123456789")
        content_type, relationship = _KINDS[kind]
        root = _ROOTS.get(kind, kind)
        blob = f"<w:{root} {NAMESPACES}>{content}</w:{root}>".encode()
        part = Part(PackURI(f"/word/{name}.xml"), content_type, blob, document.part.package)
        document.part.load_rel(relationship, part, name)
        owners.append(part)
    for owner in owners:
        for key, address in (links or {}).items():
            owner.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, key, is_external=True)
    document.save(str(path))
    return path


def _parsed(root: str, content: str) -> list[object]:
    return list(parse_xml(f"<w:{root} {NAMESPACES}>{content}</w:{root}>"))


def changed(path: Path, changes: Mapping[str, tuple[bytes, bytes] | bytes | None]) -> Path:
    """Change members of a zip file in place: put some bytes for others in one, write one anew, or
    leave it out. A name may be a pattern of names."""
    source = BytesIO(path.read_bytes())
    with ZipFile(source) as before, ZipFile(path, "w") as after:
        for name in before.namelist():
            content: bytes | None = before.read(name)
            for pattern, change in changes.items():
                if content is not None and re.fullmatch(pattern, name):
                    content = content.replace(*change) if isinstance(change, tuple) else change
            if content is not None:
                after.writestr(name, content)
    return path
