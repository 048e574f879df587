"""The counts by hand of two reports are true of them, in every format they are made in.

`reports/loos-2016.csv` counts the citations of a published report, `line` by line; `loos.txt` tells
of other things in other words and carries the same citations, in its `own_line`. `⏎` is a line
break inside a citation; `#` stands before a code that is in an address only.
"""

from __future__ import annotations

import csv
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from _programs import needs
from reports.make import NAMES, make
from scc_eval import Dossier, load

HERE = Path(__file__).parent / "reports"
EVIDENCE = Path(__file__).parents[1] / "evidence"
COUNTS = {"loos": "loos-2016", "english": "english"}
EVALUATIONS = {"loos": "loos-en-gohelle", "english": "quit-together"}
LOOKS_LIKE_A_CODE = {
    "loos": r"\b(Eco|Agri|Part|Biodiv|Rehab)[_. ~]*(PC|IT\b|Ess\b|Intro\b)|PC ?[1-3I]",
    "english": r"\b(HLTH|hlth|WORK|C[O0]MM|SCHL)[\W_]{0,2}(P\W{0,2}[l\d]|CTX|IMP)|P[1-9]",
}
PER_SECTION = {
    "loos": "3.1 2, 3.2.1 23, 3.2.2 17, 3.2.3 19, 3.3.1 7, 3.3.2 14, 3.3.3 9, 3.4.1 11, 3.4.2 13, "
    "3.4.3 11, 3.5.1 5, 3.5.2 3, 3.5.3 2, 3.5.4 5, 3.5.5 3, 3.6 4",
    "english": "2.1.1 7, 2.1.2 9, 2.1.3 6, 2.2.1 6, 2.2.2 5, 2.2.3 3, 2.3 1, 3 4, 5 1",
}
STATUSES = {
    "loos": {"exact": 103, "repairable": 45},
    "english": {"exact": 22, "repairable": 18, "unknown": 2},
}
MENTIONS = {
    "loos": {
        "address": 2,
        "case-spelling": 8,
        "case-without-code": 1,
        "conclusion-without-code": 19,
        "document": 7,
        "informant": 38,
        "section-elsewhere": 4,
    },
    "english": {
        "address": 1,
        "case-spelling": 5,
        "case-without-code": 1,
        "conclusion-without-code": 2,
        "document": 3,
        "informant": 6,
        "never-cited": 2,
        "section-elsewhere": 2,
    },
}

Row = Mapping[str, str]


def rows(name: str, more: str = "") -> list[Row]:
    """The rows of one of the counts."""
    with (HERE / f"{COUNTS[name]}{more}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(name: str) -> str:
    """The text of one of the reports."""
    return (HERE / f"{name}.txt").read_text(encoding="utf-8")


def as_written(row: Row) -> str:
    """What a row counts, as it stands in the text."""
    return row["raw"].replace("⏎", "\n")


def walk(text: str, counted: list[Row]) -> Iterator[tuple[Row, int]]:
    """Each citation with the first place it has in the text behind the one before it."""
    end = 0
    for row in counted:
        begin = text.index(as_written(row), end)
        end = begin + len(as_written(row))
        yield row, begin


@pytest.mark.parametrize("name", NAMES)
def test_each_citation_stands_in_its_line_in_its_order(name: str) -> None:
    text = written(name)
    for number, (row, begin) in enumerate(walk(text, rows(name)), 1):
        assert (row["n"], row["own_line"]) == (str(number), str(text.count("\n", 0, begin) + 1))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_looks_like_a_code_was_left_out(name: str) -> None:
    text, left, end = written(name), "", 0
    for row, begin in walk(text, rows(name)):
        left += text[end:begin] + " … "
        end = begin + len(as_written(row))
    addresses = [row["raw"] for row in rows(name, "-mentions") if row["kind"] == "address"]
    found = re.finditer(LOOKS_LIKE_A_CODE[name], left + text[end:])
    assert [each[0] for each in found] == [
        match[0] for raw in addresses for match in re.finditer(LOOKS_LIKE_A_CODE[name], raw)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_totals_are_those_that_were_counted(name: str) -> None:
    counted = rows(name)
    assert Counter(row["status"] for row in counted) == STATUSES[name]
    sections = Counter(row["section"] for row in counted)
    assert (
        ", ".join(f"{section} {count}" for section, count in sections.items())
        == (PER_SECTION[name])
    )
    assert Counter(row["kind"] for row in rows(name, "-mentions")) == MENTIONS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_citation_stands_in_the_section_of_the_report_that_its_row_names(name: str) -> None:
    heading, headings = "", {}
    for number, line in enumerate(written(name).splitlines(), 1):
        if match := re.match(r" ?(\d(?:\.\d)*)(?:[.,] ?|\s+)\w", line):
            heading = match[1]
        headings[str(number)] = heading
    for row in rows(name):
        assert headings[row["own_line"]] == row["section"]


@pytest.mark.parametrize("name", NAMES)
def test_a_citation_is_exact_where_it_is_the_code_and_only_there(name: str) -> None:
    (project,) = load(EVIDENCE / EVALUATIONS[name])
    dossier = Dossier(project)
    for row in rows(name):
        assert row["raw_joined"] == row["raw"].replace("⏎", " ")
        is_code = row["raw"].lstrip("#") == row["code"]
        is_declared = bool(dossier.items_named(row["code"]))
        assert (is_code, is_declared) == {
            "exact": (True, True),
            "repairable": (False, True),
            "unknown": (True, False),
        }[row["status"]]


@pytest.mark.parametrize("name", NAMES)
def test_codes_never_cited_are_those_of_the_evaluation_that_no_row_has(name: str) -> None:
    (project,) = load(EVIDENCE / EVALUATIONS[name])
    dossier = Dossier(project)
    cells = {code.cell for item in dossier.evidence if (code := dossier.code(item.code))}
    cited = {code.cell for row in rows(name) if (code := dossier.code(row["code"]))}
    mentions = rows(name, "-mentions")
    assert sorted(cells - cited) == [
        row["name"] for row in mentions if row["kind"] == "never-cited"
    ]


@pytest.mark.parametrize("name", NAMES)
def test_each_mention_stands_in_its_line(name: str) -> None:
    lines = written(name).split("\n")
    for row in rows(name, "-mentions"):
        if row["kind"] == "never-cited":
            assert (row["own_line"], row["raw"]) == ("", "")
        else:
            assert row["raw"] in lines[int(row["own_line"]) - 1]


@pytest.mark.parametrize("name", NAMES)
def test_a_spelling_of_a_case_stands_as_often_as_its_row_says(name: str) -> None:
    text = written(name)
    for row in rows(name, "-mentions"):
        if row["kind"] == "case-spelling":
            name_of_case = row["raw"].replace("-", "-\n?")
            often = len(re.findall(rf"(?<![\w-]){name_of_case}(?!\w)", text))
            said = "once" if often == 1 else f"{often} times"
            assert re.split("[,;] | in ", row["note"])[0] == said


@pytest.mark.parametrize("name", NAMES)
def test_a_row_on_a_section_elsewhere_is_a_citation_of_that_line(name: str) -> None:
    cited = {(row["own_line"], row["raw"], row["code"]): row["section"] for row in rows(name)}
    elsewhere = [row for row in rows(name, "-mentions") if row["kind"] == "section-elsewhere"]
    for row in elsewhere:
        assert cited[row["own_line"], row["raw"], row["name"]].endswith(".2")


def read_back(path: Path) -> str:
    """The plain text of a version."""
    command = {
        ".pdf": ("pdftotext", str(path), "-"),
        ".md": ("pandoc", "--from=commonmark_x-smart", "--to=plain", "--wrap=none", str(path)),
    }.get(path.suffix, ("pandoc", "--to=plain", "--wrap=none", str(path)))
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


@needs("pandoc", "soffice", "pdftotext")
@pytest.mark.parametrize("name", NAMES)
def test_every_version_carries_every_citation(name: str, tmp_path: Path) -> None:
    made = make(tmp_path, name)
    assert list(made) == ["txt", "md", "html", "docx", "odt", "pdf"]
    assert made["txt"].read_text(encoding="utf-8") == written(name)
    for suffix in ("md", "html", "docx", "odt"):
        text = " ".join(read_back(made[suffix]).split())
        end = 0
        for row in rows(name):
            end = text.index(row["raw_joined"], end) + len(row["raw_joined"])
    # Pages break lines behind spaces and hyphens, and pdftotext then drops the hyphen.
    bare = re.sub(r"[\s\u2010-\u2014-]", "", read_back(made["pdf"]))
    end = 0
    for row in rows(name):
        raw = re.sub(r"[\s\u2010-\u2014-]", "", row["raw_joined"])
        end = bare.index(raw, end) + len(raw)


@needs("pandoc", "soffice")
def test_the_same_text_makes_the_same_bytes(tmp_path: Path) -> None:
    versions = []
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        versions.append([path.read_bytes() for path in make(tmp_path / name).values()])
    assert versions[0] == versions[1]
