"""Makes Markdown, HTML, Word, ODF and PDF files of the reports of this folder.

    python tests/reports/make.py FOLDER

pandoc makes HTML, Word and ODF of the Markdown; LibreOffice makes the PDF of the Word file. The
same text gives the same bytes: dates, and marks that these programs draw by lot, are overwritten.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

HERE = Path(__file__).parent
NAMES = ("loos", "english")
LANGUAGES = {"loos": "fr", "english": "en"}
MADE = "1465776000"
DAY = (2016, 6, 13, 0, 0, 0)
"""When the files say that they were made, in seconds and as a date."""

_HEADING = re.compile(r"\s?(\d+(?:\.\d+)*)(?:[.,]\s*|\s+)\S")
_DRAWN = re.compile(rb"(?<=/CreationDate\(D:)\d{14}|(?<=<)[0-9A-F]{32}(?=>)|(?<=Checksum /)\w{32}")
"""What differs between two PDF files of one text; what replaces it must have the same length."""
_LOOSE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")


def make(folder: Path, name: str = "loos") -> dict[str, Path]:
    """Write the versions of one report below the folder: each by its suffix, `txt` among them.

    A version whose program is not installed is left out.
    """
    source = HERE / f"{name}.txt"
    made = {"txt": folder / f"{name}.txt", "md": folder / f"{name}.md"}
    shutil.copyfile(source, made["txt"])
    made["md"].write_text(markdown(source.read_text(encoding="utf-8")), encoding="utf-8")
    if shutil.which("pandoc"):
        for suffix in ("html", "docx", "odt"):
            made[suffix] = _by_pandoc(made["md"], suffix, LANGUAGES[name])
    if "docx" in made and shutil.which("soffice"):
        made["pdf"] = _by_office(made["docx"])
    return made


def markdown(text: str) -> str:
    """The text as Markdown: its headings marked, what Markdown would take for its own escaped."""
    title, *paragraphs = re.split(r"\n{2,}", text.rstrip("\n"))
    return "\n\n".join((f"# {_escaped(title)}", *map(_paragraph, paragraphs))) + "\n"


def _paragraph(text: str) -> str:
    heading = _HEADING.match(text)
    if heading and "\n" not in text:
        depth = 2 + heading[1].count(".")
        return f"{'#' * depth} {_escaped(text.strip())}"
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    bullet = re.match(r"[-*] ", line)
    if bullet:
        return bullet[0] + _escaped(line[2:])
    return re.sub(r"^\((?=\d\))", r"\\(", _escaped(line))


def _escaped(text: str) -> str:
    return _LOOSE_UNDERSCORE.sub(r"\\_", re.sub(r"([\\`*<~])", r"\\\1", text))


def _by_pandoc(source: Path, suffix: str, language: str) -> Path:
    target = source.with_suffix(f".{suffix}")
    metadata = ("--metadata", f"lang={language}", "--metadata", f"pagetitle={source.stem}")
    options = ("--from=markdown-smart", "--standalone", "--wrap=preserve", *metadata)
    command = ("pandoc", *options, "--output", str(target), str(source))
    subprocess.run(command, check=True, env=_surroundings())
    if suffix == "odt":
        _date(target)
    return target


def _date(path: Path) -> None:
    with ZipFile(path) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    with ZipFile(path, "w") as archive:
        for info, content in members:
            archive.writestr(ZipInfo(info.filename, DAY), content, info.compress_type)


def _by_office(source: Path) -> Path:
    with TemporaryDirectory() as profile:
        command = (
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(source.parent),
            str(source),
        )
        subprocess.run(command, check=True, capture_output=True, env=_surroundings())
    target = source.with_suffix(".pdf")
    drawn = _DRAWN.sub(lambda found: b"0" * len(found[0]), target.read_bytes())
    target.write_bytes(drawn)
    return target


def _surroundings() -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": MADE, "TZ": "UTC", "LC_ALL": "C.UTF-8"}


if __name__ == "__main__":
    for report in NAMES:
        for path in make(Path(sys.argv[1]), report).values():
            print(path)
