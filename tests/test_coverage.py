"""What the evidence covers: counts, roots, voices and silences, in four formats and as tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from conftest import Golden, Workspace
from renew_golden import pairs, workspace as golden_workspace
from scc_eval.cli._pictures import show_coverage
from scc_eval.coverage import FORMATS, Coverage, survey
from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.project import load

THEORY = """\
id: t
title: T
packets:
  - {letter: A, title: Done, role: intervention}
  - {letter: B, number: 1, title: Changed, boxes: [{id: B.1, label: Seen}]}
  - {letter: D, title: Beyond, role: impact}
links:
  - id: A-B
    source: A
    target: B
    mechanisms:
      - {id: AB1, text: "=Because | <b>of</b> it"}
factors:
  - {id: xB1, text: Rain, targets: B}
  - {id: xD1, text: Elsewhere, targets: D}
"""
SETTINGS = "title: E\ntheory: t\ncodes: {themes: {IT: Impacts}}\n"
CASES = "cases:\n  - {code: N, label: North}\n  - {code: S, label: South}\n"
REGISTER = """\
categories:
  - {id: farm, label: Farmers}
  - {id: town, label: Town, interest: Public}
sources:
  - {id: F1, category: farm}
  - {id: F2, category: farm, derived_from: F1}
  - {id: T1, category: town}
"""


@pytest.fixture
def surveyed(workspace: Workspace) -> Any:
    """Surveys a small evaluation with the evidence given."""

    def write(*items: str, theory: str = THEORY, settings: str = SETTINGS) -> Coverage:
        evidence = "evidence:\n" + "".join(f"  - {{text: x, {item}}}\n" for item in items)
        root = workspace(
            {
                "theories/t.yaml": theory,
                "evidence/e/evaluation.yaml": settings,
                "evidence/e/cases.yaml": CASES,
                "evidence/e/register.yaml": REGISTER,
                "evidence/e/evidence.yaml": evidence if items else "evidence: []\n",
            }
        )
        return surveys(root)[0]

    return write


def surveys(path: Path) -> list[Coverage]:
    return [survey(Dossier(project)) for project in load(path)]


def counts(found: Coverage) -> Mapping[str, tuple[int, int]]:
    return {cell.code: (cell.items, cell.roots) for row in found.rows for cell in row.cells}


def states(found: Coverage) -> Mapping[str, str]:
    return {fate.id: fate.state for fate in found.fates}


@pytest.mark.parametrize(("name", "file"), pairs("coverage"))
def test_the_coverage_says_what_it_said(name: str, file: str, golden: Golden) -> None:
    golden(name, file)


def test_a_row_is_a_section_of_a_packet_to_examine(surveyed: Any) -> None:
    found = surveyed()
    assert [(row.packet, row.section, row.holes) for row in found.rows] == [
        ("B", 1, 2),
        ("B", 2, 2),
        ("B", 3, 2),
    ]


def test_ten_items_from_one_root_are_one_source(surveyed: Any) -> None:
    found = surveyed("code: N_PC1_1-01, sources: F1", "code: N_PC1_1-02, sources: [F2]")
    assert counts(found)["N_PC1_1"] == (2, 1)


def test_what_is_set_aside_does_not_count(surveyed: Any) -> None:
    assert counts(surveyed("code: N_PC1_1-01, set_aside: doubtful"))["N_PC1_1"] == (0, 0)


def test_holes_are_every_empty_cell(surveyed: Any) -> None:
    found = surveyed("code: N_PC1_1-01")
    assert [cell.code for _, cell in found.holes] == [
        *("S_PC1_1", "N_PC1_2", "S_PC1_2", "N_PC1_3", "S_PC1_3")
    ]


def test_a_cell_without_a_form_of_code_still_has_a_name(surveyed: Any) -> None:
    found = surveyed(settings="title: E\ntheory: t\ncodes: {forms: '{case}'}\n")
    assert found.rows[0].cells[0].code == "N B 1"


def test_a_packet_without_number_goes_by_its_letter(surveyed: Any) -> None:
    found = surveyed(theory=THEORY.replace(", number: 1", ""))
    assert found.rows[0].cells[0].code == "N_PCB_1"


@pytest.mark.parametrize(
    ("items", "state"),
    [
        ([], "none"),
        (["supports"], "for"),
        (["against"], "against"),
        (["supports", "against"], "both"),
        (["nuances"], "other"),
        (["context"], "other"),
        (["nuances", "against"], "against"),
    ],
)
def test_the_fate_of_a_mechanism(items: list[str], state: str, surveyed: Any) -> None:
    found = surveyed(
        *(f"code: N_PC1_2-{i}, bears_on: AB1, polarity: {p}" for i, p in enumerate(items))
    )
    assert states(found)["AB1"] == state


def test_a_factor_of_a_packet_nobody_examines_has_no_fate(surveyed: Any) -> None:
    assert set(states(surveyed())) == {"AB1", "xB1"}


def test_voices_are_heard_silent_or_of_no_known_group(surveyed: Any) -> None:
    [voices] = surveyed("code: N_PC1_1-01, sources: F1", "code: N_PC1_2-01, sources: Who").voices
    assert (voices.heard, voices.silent, voices.unplaced) == (("Farmers",), ("Public",), 1)


def test_themes_lie_outside_the_three_sections(surveyed: Any) -> None:
    [(theme, count)] = surveyed("code: N_IT-01, sources: T1", "code: N_IT-02").themes
    assert (theme, count.code, count.items, count.roots) == ("IT", "N_IT", 2, 1)


def test_csv_has_a_line_per_cell_theme_and_hypothesis(surveyed: Any) -> None:
    found = surveyed("code: N_PC1_1-01, sources: F1", "code: N_IT-01")
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"]([found], words("en")))))
    assert [row["kind"] for row in rows] == [*["cell"] * 6, "theme", "mechanism", "factor"]
    assert [row["items"] for row in rows][:6] == ["0"] * 5 + ["1"]


def test_no_spreadsheet_takes_a_text_for_a_formula(surveyed: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"]([surveyed()], words("en")))))
    assert "'=Because | <b>of</b> it" in [row["title"] for row in rows]


def test_markdown_keeps_a_text_in_its_cell(surveyed: Any) -> None:
    text = FORMATS["md"]([surveyed()], words("en"))
    assert "| =Because \\| &lt;b>of&lt;/b> it |" in text


def test_json_counts_everything(surveyed: Any) -> None:
    document = json.loads(FORMATS["json"]([surveyed("code: N_PC1_1-01, sources: F1")], words("en")))
    assert set(document) == {"version", "evaluations"}
    [evaluation] = document["evaluations"]
    assert set(evaluation) == {
        *("name", "title", "holes", "cells", "themes", "hypotheses", "interests")
    }
    assert evaluation["cells"][0] == {
        "packet": "B",
        "section": 1,
        "case": "N",
        "code": "N_PC1_1",
        "items": 1,
        "roots": 1,
        "heard": ["Farmers"],
        "silent": ["Public"],
    }


def test_a_full_matrix_says_that_nothing_is_missing(surveyed: Any) -> None:
    items = [f"code: {case}_PC1_{n}-01" for case in "NS" for n in (1, 2, 3)]
    full = surveyed(*items, "code: N_PC1_2-02, bears_on: [AB1, xB1]")
    for format in ("text", "md"):
        assert "No cell is empty" in FORMATS[format]([full], words("en"))
    assert "No cell is empty" in drawn([full])


def drawn(found: list[Coverage], width: int = 60) -> str:
    console = Console(file=io.StringIO(), width=width, no_color=True)
    show_coverage(found, words("en")["coverage"], console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_tables_fit_a_narrow_terminal() -> None:
    text = drawn(surveys(golden_workspace("loos-en-gohelle")))
    assert max(len(line) for line in text.splitlines()) <= 60
    assert "\x1b" not in text


def test_tables_show_every_theme_and_hypothesis() -> None:
    found = surveys(golden_workspace("draft"))
    text = drawn(found, width=200)
    for name in (*(count.code for _, count in found[0].themes), *states(found[0])):
        assert name in text


def test_tables_take_no_text_for_markup(surveyed: Any) -> None:
    found = surveyed(settings="title: '[bold]E[/]'\ntheory: t\n")
    assert "[bold]E[/]" in drawn([found])
