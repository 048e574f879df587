"""Zip files that reports are kept in, looked through before any library is let near them.

Limits are held against what a file claims of itself and against what really comes out of it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from copy import copy
from enum import StrEnum
from io import BytesIO
from pathlib import Path, PureWindowsPath
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from scc_eval.places import Location, Problem

LARGEST_FILE: Final = 64 * 2**20
LARGEST_MEMBER: Final = 128 * 2**20
LARGEST_CONTENT: Final = 256 * 2**20
MOST_MEMBERS: Final = 10_000
MOST_MEMORY: Final = 320 * 2**20
"""What everything in a file may come to once its XML is a tree, as `_weight` reckons it."""
GREATEST_RATIO: Final = 200
"""Of unpacked to packed bytes, for members larger than FREE_OF_RATIO. Real XML stays below 100."""
FREE_OF_RATIO: Final = 8 * 2**20


class Obstacle(StrEnum):
    """What may keep a report from being read."""

    CANNOT_BE_OPENED = "cannot be opened"
    DAMAGED = "damaged"
    DOCUMENT_TYPE = "document type"
    """A DOCTYPE in its XML: entities are never expanded, nor fetched."""
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    IN_A_LOOP = "in a loop"
    NAMES_OUTSIDE = "names outside itself"
    NOT_ITS_NAME = "not what its name says"
    NOT_TEXT = "not text"
    TOO_LARGE = "too large"
    UNKNOWN_KIND = "unknown kind"
    UNPACKS_TO_TOO_MUCH = "unpacks to too much"


class Refused(Exception):
    """A report that is not read, and what keeps it from being read."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle

    def problem(self, name: str) -> Problem:
        """The one problem of a report of that name."""
        return Problem("report", Location(name), {"obstacle": self.obstacle.value})


_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_XML = (".xml", ".rels", ".rdf")
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")


def open_archive(path: Path) -> ZipFile:
    """Open a zip file once everything in it was found to be harmless and whole.

    The caller closes it. Raises Refused.
    """
    try:
        archive = _opened(path)
    except OSError as error:
        raise Refused(Obstacle.CANNOT_BE_OPENED) from error
    try:
        _look_through(archive)
    except BaseException:
        archive.close()
        raise
    return archive


def member(archive: ZipFile, name: str) -> bytes:
    """What a member holds. Raises Refused where there is no such member, or it is not whole."""
    try:
        claimed = archive.getinfo(name)
    except KeyError as error:
        raise Refused(Obstacle.NOT_ITS_NAME) from error
    return _content(archive, claimed)


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of such members, in this order: the same members give the same bytes.

    A member named `mimetype` is stored as it is, which OpenDocument asks for.
    """
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in members:
            entry = ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()


def _opened(path: Path) -> ZipFile:
    if path.stat().st_size > LARGEST_FILE:
        raise Refused(Obstacle.TOO_LARGE)
    with path.open("rb") as stream:
        start = stream.read(len(_COMPOUND))
        if start == _COMPOUND:
            is_encrypted = _ENCRYPTED_PACKAGE in stream.read()
            raise Refused(Obstacle.ENCRYPTED if is_encrypted else Obstacle.NOT_ITS_NAME)
    if not start:
        raise Refused(Obstacle.EMPTY)
    if not start.startswith(_ZIP):
        raise Refused(Obstacle.NOT_ITS_NAME)
    try:
        return ZipFile(path)
    except (BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused(Obstacle.DAMAGED) from error


def _look_through(archive: ZipFile) -> None:
    members = archive.infolist()
    names = {found.filename for found in members}
    if len(members) > MOST_MEMBERS or sum(found.file_size for found in members) > LARGEST_CONTENT:
        raise Refused(Obstacle.UNPACKS_TO_TOO_MUCH)
    if len(names) < len(members):
        raise Refused(Obstacle.DAMAGED)
    for found in members:
        _look_at(found)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in member(archive, manifest):
        raise Refused(Obstacle.ENCRYPTED)
    weight = 0
    for found in members:
        content = _content(archive, found)
        weight += _weight(content) if _is_xml(found.filename, content) else len(content)
        if weight > MOST_MEMORY:
            raise Refused(Obstacle.UNPACKS_TO_TOO_MUCH)


def _look_at(found: ZipInfo) -> None:
    path = PureWindowsPath(found.filename)
    if path.anchor or ".." in path.parts:
        raise Refused(Obstacle.NAMES_OUTSIDE)
    if found.flag_bits & 1:
        raise Refused(Obstacle.ENCRYPTED)
    if found.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused(Obstacle.DAMAGED)
    is_swollen = found.file_size > max(FREE_OF_RATIO, found.compress_size * GREATEST_RATIO)
    if is_swollen or found.file_size > LARGEST_MEMBER:
        raise Refused(Obstacle.UNPACKS_TO_TOO_MUCH)


def _content(archive: ZipFile, claimed: ZipInfo) -> bytes:
    # One byte more than claimed is asked for: a library that asks for all there is would get all
    # that a lying header hides.
    probe = copy(claimed)
    probe.file_size += 1
    try:
        with archive.open(probe) as stream:
            content = stream.read(probe.file_size)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Refused(Obstacle.DAMAGED) from error
    if len(content) != claimed.file_size:
        raise Refused(Obstacle.DAMAGED)
    return content


def _is_xml(name: str, content: bytes) -> bool:
    """Whether a member is XML. Refuses what is not, though its name says so, and a DOCTYPE."""
    start = content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    is_xml = start.startswith(b"<")
    if name.lower().endswith(_XML) and content:
        encoding = _ENCODING.match(start)
        # Another encoding could spell a DOCTYPE in bytes that are not looked for.
        if not is_xml or (encoding and encoding[1].lower() not in _ENCODINGS):
            raise Refused(Obstacle.DAMAGED)
        plain = content.replace(b"\0", b"") if b"\0" in content else content
        if b"<!DOCTYPE" in plain:
            raise Refused(Obstacle.DOCUMENT_TYPE)
    return is_xml


def _weight(content: bytes) -> int:
    """The bytes that a tree of this XML takes at most: 128 for an element or a text between tags,
    224 for an attribute, and each character up to five times."""
    tags = content.count(b"<")
    elements = tags - content.count(b"</")
    texts = tags - content.count(b"><") + max(0, content.count(b">") - tags)
    return 128 * (elements + texts) + 224 * content.count(b"=") + 5 * len(content)
