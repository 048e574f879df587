"""Files made to do harm are refused, with one problem and within a bound of memory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import zlib
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from _word_files import changed, note, p, refer, word_file
from scc_eval.places import Location
from scc_eval.reports import Report, _archives, word
from scc_eval.reports._archives import Obstacle, Refused, member, open_archive, packed


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in word.read(path, "report.docx").paragraphs]


def obstacle(path: Path) -> str:
    """What keeps a file from being read: one problem and nothing else."""
    report = word.read(path, "report.docx")
    [problem] = report.problems
    assert report == Report("report.docx", problems=(problem,))
    assert (problem.kind, problem.at) == ("report", Location("report.docx"))
    [(name, value)] = problem.facts.items()
    assert name == "obstacle"
    return value


def document(tmp_path: Path) -> Path:
    return word_file(tmp_path / "report.docx", p("Text", refer("footnote", 1)), parts=NOTES)


NOTES = {"footnotes": note("footnote", 1, p("foot"))}
DOCTYPE = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]><w:'
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
REFUSED_CONTENT = {
    "empty": (b"", Obstacle.EMPTY),
    "text": (b"This is no Word file.", Obstacle.NOT_ITS_NAME),
    "old Word": (COMPOUND + bytes(600), Obstacle.NOT_ITS_NAME),
    "encrypted": (
        COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        Obstacle.ENCRYPTED,
    ),
    "cut short": (b"PK\x03\x04" + bytes(100), Obstacle.DAMAGED),
    "no members": (b"PK\x05\x06" + bytes(18), Obstacle.NOT_ITS_NAME),
}


@pytest.mark.parametrize("name", REFUSED_CONTENT)
def test_what_is_no_word_file_is_refused(tmp_path: Path, name: str) -> None:
    content, expected = REFUSED_CONTENT[name]
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    assert obstacle(path) == expected


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert obstacle(tmp_path / "missing.docx") == Obstacle.CANNOT_BE_OPENED
    assert obstacle(tmp_path) == Obstacle.CANNOT_BE_OPENED


MAIN = b"wordprocessingml.document.main+xml"
REFUSED_PARTS: dict[str, tuple[dict[str, tuple[bytes, bytes] | bytes | None], Obstacle]] = {
    "no types": ({r"\[Content_Types\]\.xml": None}, Obstacle.NOT_ITS_NAME),
    "a sheet": (
        {r"\[Content_Types\]\.xml": (MAIN, b"spreadsheetml.sheet.main+xml")},
        Obstacle.NOT_ITS_NAME,
    ),
    "macros": (
        {r"\[Content_Types\]\.xml": (MAIN, b"document.macroEnabled.main+xml")},
        Obstacle.NOT_ITS_NAME,
    ),
    "no main part": ({"word/document.xml": None}, Obstacle.NOT_ITS_NAME),
    "no relationships": ({"_rels/.rels": None}, Obstacle.NOT_ITS_NAME),
    "main part no XML": ({"word/document.xml": (b"</w:body>", b"")}, Obstacle.DAMAGED),
    "main part not like XML": ({"word/document.xml": b"text"}, Obstacle.DAMAGED),
    "notes no XML": ({"word/footnotes.xml": (b"</w:p>", b"")}, Obstacle.DAMAGED),
    "links no XML": (
        {"word/_rels/.*": (b"</Relationships>", b"")},
        Obstacle.DAMAGED,
    ),
    "a DOCTYPE": (
        {"word/document.xml": (b"<w:document", DOCTYPE + b"document")},
        Obstacle.DOCUMENT_TYPE,
    ),
    "a DOCTYPE in a note": (
        {"word/footnotes.xml": (b"<w:footnotes", DOCTYPE + b"footnotes")},
        Obstacle.DOCUMENT_TYPE,
    ),
    "a DOCTYPE in links": (
        {"_rels/.rels": (b"<Relationships ", b"<!DOCTYPE x><Relationships ")},
        Obstacle.DOCUMENT_TYPE,
    ),
    "a DOCTYPE in UTF-16": (
        {"word/document.xml": "<!DOCTYPE x><x/>".encode("utf-16")},
        Obstacle.DOCUMENT_TYPE,
    ),
    "a DOCTYPE in UTF-7": (
        {"word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x>'},
        Obstacle.DAMAGED,
    ),
    "depth": (
        {"word/document.xml": (b"<w:body>", b"<w:body>" + b"<w:p>" * 400)},
        Obstacle.DAMAGED,
    ),
}


@pytest.mark.parametrize("name", REFUSED_PARTS)
def test_a_package_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    changes, expected = REFUSED_PARTS[name]
    assert obstacle(changed(document(tmp_path), changes)) == expected


def test_a_file_that_lost_a_part_and_has_broken_links_is_refused(tmp_path: Path) -> None:
    path = changed(document(tmp_path), {"word/styles.xml": None})
    with ZipFile(path, "a") as archive:
        archive.writestr("word/_rels/footnotes.xml.rels", "<Relationships>")
    assert obstacle(path) == Obstacle.DAMAGED


def test_an_empty_part_is_no_obstacle(tmp_path: Path) -> None:
    assert texts(changed(document(tmp_path), {"docProps/thumb.*": b""})) == [
        "Text",
        "foot",
    ]


def test_notes_that_lead_to_notes_without_end_are_refused(tmp_path: Path) -> None:
    notes = (note("footnote", n, p("x", refer("footnote", n + 1))) for n in range(2000))
    path = word_file(
        tmp_path / "report.docx",
        p("x", refer("footnote", 0)),
        parts={"footnotes": "".join(notes)},
    )
    assert obstacle(path) == Obstacle.DAMAGED


@pytest.mark.parametrize(
    "name", ["../evil.xml", "word/../../evil.xml", "/etc/evil", r"C:\evil", r"word\..\..\evil"]
)
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    path = document(tmp_path)
    with ZipFile(path, "a") as archive:
        archive.writestr(name, "<x/>")
    assert obstacle(path) == Obstacle.NAMES_OUTSIDE


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = document(tmp_path)
    with ZipFile(path, "a") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert obstacle(path) == Obstacle.DAMAGED


def test_other_kinds_of_packing_are_refused(tmp_path: Path) -> None:
    path = document(tmp_path)
    with ZipFile(path, "a", ZIP_BZIP2) as archive:
        archive.writestr("word/more.xml", "<x/>")
    assert obstacle(path) == Obstacle.DAMAGED


def patched(path: Path, offset: int, value: bytes, name: bytes = b"word/document.xml") -> Path:
    """Change a field of a member's entry in the directory of a zip file."""
    content = bytearray(path.read_bytes())
    entry = content.rindex(name) - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + offset : entry + offset + len(value)] = value
    path.write_bytes(content)
    return path


FLAGS, CHECKSUM, UNPACKED = 8, 16, 24


def test_members_under_a_password_are_refused(tmp_path: Path) -> None:
    assert obstacle(patched(document(tmp_path), FLAGS, b"\x01")) == Obstacle.ENCRYPTED


def test_a_member_that_was_changed_on_its_way_is_refused(tmp_path: Path) -> None:
    assert obstacle(patched(document(tmp_path), CHECKSUM, b"\0\0\0\0")) == Obstacle.DAMAGED


@pytest.mark.parametrize("size", [2**31 - 1, 200 * 2**20])
def test_a_claim_of_much_is_refused(tmp_path: Path, size: int) -> None:
    path = patched(document(tmp_path), UNPACKED, size.to_bytes(4, "little"))
    assert obstacle(path) == Obstacle.UNPACKS_TO_TOO_MUCH


def test_a_member_that_holds_more_or_less_than_it_claims_is_refused(tmp_path: Path) -> None:
    path = document(tmp_path)
    with ZipFile(path) as archive:
        content = archive.read("word/document.xml")
    shown = content[:1000]
    patched(path, UNPACKED, len(shown).to_bytes(4, "little"))
    patched(path, CHECKSUM, zlib.crc32(shown).to_bytes(4, "little"))
    assert obstacle(path) == Obstacle.DAMAGED
    patched(path, UNPACKED, (len(content) + 1).to_bytes(4, "little"))
    patched(path, CHECKSUM, zlib.crc32(content).to_bytes(4, "little"))
    assert obstacle(path) == Obstacle.DAMAGED


def test_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = document(tmp_path)
    for name, limit, expected in (
        ("LARGEST_FILE", 1000, Obstacle.TOO_LARGE),
        ("LARGEST_CONTENT", 1000, Obstacle.UNPACKS_TO_TOO_MUCH),
        ("LARGEST_MEMBER", 1000, Obstacle.UNPACKS_TO_TOO_MUCH),
        ("MOST_MEMBERS", 3, Obstacle.UNPACKS_TO_TOO_MUCH),
        ("MOST_MEMORY", 1000, Obstacle.UNPACKS_TO_TOO_MUCH),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(_archives, name, limit)
            assert (name, obstacle(path)) == (name, expected)


def test_no_address_is_ever_asked_for(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x".encode()
        template = b'<Relationship Id="t" Type="attachedTemplate" TargetMode="External" Target="'
        path = changed(
            document(tmp_path),
            {
                "word/_rels/.*": (b"</R", template + address + b'"/></R'),
                # The name hides that it is XML, so that the DOCTYPE gets as far as the parser.
                r"\[Content_Types\]\.xml|_rels/\.rels": (b"document.xml", b"document.bin"),
            },
        )
        hidden = DOCTYPE.replace(b"http://127.0.0.1:1/", address)
        with ZipFile(path, "a") as archive:
            main = archive.read("word/document.xml").replace(b"Text", b"Text&x;")
            main = main.replace(b"<w:document", hidden + b"document", 1)
            archive.writestr("word/document.bin", main)
        assert texts(path) == ["Text"]
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


MEGABYTE = 2**20
MOST = 512 * MEGABYTE
READ = """
import gc, sys
from pathlib import Path
from scc_eval.reports import word
gc.disable()
report = word.read(Path(sys.argv[1]), "report.docx")
obstacles = [problem.facts["obstacle"] for problem in report.problems]
[peak] = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak) * 1024, *obstacles, sep="\\n")
"""


def read_alone(path: Path) -> tuple[int, list[str]]:
    """The memory that reading takes in a process of its own, and what keeps it from being read."""
    command = (sys.executable, "-c", READ, path)
    # What measures coverage would take memory and time of its own.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300, env=env)
    memory, *obstacles = done.stdout.splitlines()
    return int(memory), obstacles


class Bomb(NamedTuple):
    """What makes a member large: a unit many times over, and what stands around all of them."""

    name: str
    unit: bytes
    before: bytes = b""
    after: bytes = b""


BOMBS = {
    "runs": Bomb("word/document.xml", b"<w:r><w:t>a</w:t></w:r>", b"<w:p>", b"</w:p>"),
    # One character beyond the first plane, and Python keeps four bytes for each.
    "characters": Bomb(
        "word/document.xml",
        b"<w:p><w:r><w:t>" + b"a" * MEGABYTE + "\N{OCTOPUS}</w:t></w:r></w:p>".encode(),
    ),
    "relationships": Bomb(
        "word/_rels/document.xml.rels",
        b'<Relationship Id="r%" Type="x" Target="y" TargetMode="External"/>',
    ),
}


def planted(path: Path, bomb: Bomb, share: float) -> Path:
    """Put a bomb at the end of the body, or of another member: a share of what is allowed."""
    with ZipFile(path) as archive:
        content = archive.read(bomb.name)
    end = content.rindex(b"</w:body>") if b"</w:body>" in content else content.rindex(b"</")
    weight = _archives._weight(2 * bomb.unit) - _archives._weight(bomb.unit)
    count = int(_archives.MOST_MEMORY * share / weight)
    units = b"".join(bomb.unit.replace(b"%", b"%d" % n) for n in range(count))
    made = content[:end] + bomb.before + units + bomb.after + content[end:]
    return changed(path, {bomb.name: made})


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells the peak of memory on Linux")
@pytest.mark.parametrize("name", BOMBS)
def test_memory_stays_within_its_bound(tmp_path: Path, name: str) -> None:
    bomb = BOMBS[name]
    memory, obstacles = read_alone(planted(document(tmp_path), bomb, 0.94))
    assert (memory < MOST, obstacles) == (True, [])
    memory, obstacles = read_alone(planted(document(tmp_path), bomb, 1.1))
    assert (memory < MOST, len(obstacles)) == (True, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells the peak of memory on Linux")
def test_what_a_header_hides_is_not_unpacked(tmp_path: Path) -> None:
    path, size, hidden = document(tmp_path), 8 * MEGABYTE, 600 * MEGABYTE
    with (
        ZipFile(path, "a", ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/media.bin", "w") as stream,
    ):
        for _ in range(hidden // MEGABYTE):
            stream.write(bytes(MEGABYTE))
    assert read_alone(path)[1] == ["unpacks to too much"]
    patched(path, UNPACKED, size.to_bytes(4, "little"), b"word/media.bin")
    patched(path, CHECKSUM, zlib.crc32(bytes(size)).to_bytes(4, "little"), b"word/media.bin")
    memory, obstacles = read_alone(path)
    assert (memory < MOST, obstacles) == (True, ["damaged"])


def test_members_are_read_and_packed(tmp_path: Path) -> None:
    path = tmp_path / "any.odt"
    members = (("mimetype", b"application/x"), ("b.xml", b"<b/>"), ("a/c.bin", bytes(99)))
    path.write_bytes(packed(members))
    assert packed(members) == path.read_bytes()
    with open_archive(path) as archive:
        assert [(name, member(archive, name)) for name in archive.namelist()] == list(members)
        kinds = [(entry.compress_type, entry.date_time) for entry in archive.infolist()]
        date = (1980, 1, 1, 0, 0, 0)
        assert kinds == [(ZIP_STORED, date), (ZIP_DEFLATED, date), (ZIP_DEFLATED, date)]
        with pytest.raises(Refused, match="not what its name says"):
            member(archive, "missing.xml")


def test_an_encrypted_text_of_open_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.odt"
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"
    path.write_bytes(packed((("content.xml", b"\x93\x01"), ("META-INF/manifest.xml", manifest))))
    with pytest.raises(Refused) as refused:
        open_archive(path)
    assert refused.value.obstacle is Obstacle.ENCRYPTED
