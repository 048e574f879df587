"""A Word file as a package of parts, opened with care."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from docx import Document
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from lxml import etree

from scc_eval.reports._archives import Obstacle, Refused, member, open_archive

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import Part as PackagePart
    from lxml.etree import _Element as Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VAL: Final = f"{W}val"
ID: Final = f"{W}id"

_CONTENT_TYPES = "[Content_Types].xml"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_STRICT_CLAIM = re.compile(rb' (?:\w+:)?conformance="strict"')


def open_word(path: Path) -> WordDocument:
    """Open a Word file. Raises Refused."""
    with open_archive(path) as archive:
        if _CONTENT_TYPES not in archive.namelist():
            raise Refused(Obstacle.NOT_ITS_NAME)
        try:
            return _opened(str(path))
        except KeyError:
            pass
        try:
            return _opened(_mended(archive))
        except KeyError as error:
            raise Refused(Obstacle.NOT_ITS_NAME) from error


def related(part: PackagePart, kind: str) -> PackagePart | None:
    """The first part of a kind (a relationship type) that a part refers to."""
    found = (r for r in part.rels.values() if r.reltype == kind and not r.is_external)
    return next((relationship.target_part for relationship in found), None)


def tree(part: PackagePart) -> Element:
    """The XML of a part. Raises Refused where it is not XML."""
    try:
        root: Element = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
    except etree.XMLSyntaxError as error:
        raise Refused(Obstacle.DAMAGED) from error
    return root


def child(element: Element, tag: str) -> Element | None:
    """The first child with a tag."""
    return next(element.iterchildren(tag), None)


def is_on(switch: Element) -> bool:
    """Whether a property such as `w:vanish` is switched on: it is, unless it says otherwise."""
    return switch.get(VAL) not in ("0", "false", "off")


def _opened(source: str | BytesIO) -> WordDocument:
    try:
        return Document(source)
    except KeyError:
        raise
    except ValueError as error:
        raise Refused(Obstacle.NOT_ITS_NAME) from error
    except Exception as error:
        # The library promises nothing about what it raises on a file made to break it.
        raise Refused(Obstacle.DAMAGED) from error


def _mended(archive: ZipFile) -> BytesIO:
    """The same file without what Word reads and the library does not: the namespaces of Strict
    Open XML, and relationships whose target is missing."""
    stream = BytesIO()
    with ZipFile(stream, "w") as mended:
        for name in archive.namelist():
            content = member(archive, name)
            if name.endswith((".xml", ".rels")):
                content = _STRICT_CLAIM.sub(b"", _STRICT.sub(_TRANSITIONAL, content))
            if name.endswith(".rels"):
                content = _without_missing(content, name, set(archive.namelist()))
            mended.writestr(name, content)
    stream.seek(0)
    return stream


def _without_missing(content: bytes, name: str, names: set[str]) -> bytes:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise Refused(Obstacle.DAMAGED) from error
    for relationship in tuple(_missing(root, dirname(dirname(name)), names)):
        root.remove(relationship)
    return etree.tostring(root)


def _missing(root: Element, folder: str, names: set[str]) -> Iterator[Element]:
    for relationship in root.iterchildren("{*}Relationship"):
        target = join("/", folder, relationship.get("Target", ""))
        is_external = relationship.get("TargetMode") == "External"
        if not is_external and normpath(target).lstrip("/") not in names:
            yield relationship
