"""A Writer file (`.odt`) as a package: its text and its styles as trees."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from scc_eval.reports._archives import Obstacle, Refused, member, open_archive

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OASIS: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = f"{_OASIS}office:1.0}}"
STYLE: Final = f"{_OASIS}style:1.0}}"
TEXT: Final = f"{_OASIS}text:1.0}}"
TABLE: Final = f"{_OASIS}table:1.0}}"
DRAW: Final = f"{_OASIS}drawing:1.0}}"
FO: Final = f"{_OASIS}xsl-fo-compatible:1.0}}"
XLINK: Final = "{http://www.w3.org/1999/xlink}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"

CONTENT: Final = "content.xml"
STYLES: Final = "styles.xml"
_KIND: Final = b"application/vnd.oasis.opendocument.text"


class Package(NamedTuple):
    """The trees of a file: its text (`office:text`), and the roots of its parts."""

    text: Element
    content: Element
    styles: Element | None


def open_writer(path: Path) -> Package:
    """Open a Writer file. Raises Refused."""
    with open_archive(path) as archive:
        names = set(archive.namelist())
        if "mimetype" in names and not member(archive, "mimetype").startswith(_KIND):
            raise Refused(Obstacle.NOT_ITS_NAME)
        content = _tree(member(archive, CONTENT))
        styles = _tree(member(archive, STYLES)) if STYLES in names else None
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise Refused(Obstacle.NOT_ITS_NAME)
    return Package(text, content, styles)


def _tree(content: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(Obstacle.DAMAGED) from error
