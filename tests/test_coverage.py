"""What the evidence covers: counts, roots, voices and silences, in four formats, in a picture."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from conftest import Golden, Workspace
from renew_golden import pairs
from scc_eval.coverage import FORMATS, Coverage, draw, survey
from scc_eval.coverage.heat import FULL, HOLE, REST, SHADES, bar, scale, shade
from scc_eval.coverage.survey import Count, Fate, Heard, Row, Voices
from scc_eval.dossier import Dossier
from scc_eval.fitting import plain, width_of
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

    def write(
        *items: str,
        theory: str = THEORY,
        settings: str = SETTINGS,
        cases: str = CASES,
        register: str = REGISTER,
    ) -> Coverage:
        evidence = "evidence:\n" + "".join(f"  - {{text: x, {item}}}\n" for item in items)
        root = workspace(
            {
                "theories/t.yaml": theory,
                "evidence/e/evaluation.yaml": settings,
                "evidence/e/cases.yaml": cases,
                "evidence/e/register.yaml": register,
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


def test_markdown_has_no_table_of_nothing(surveyed: Any) -> None:
    heading = "## Stakeholder categories"
    assert heading in FORMATS["md"]([surveyed()], words("en"))
    assert heading not in FORMATS["md"]([surveyed(register="categories: []\n")], words("en"))


def test_json_counts_everything(surveyed: Any) -> None:
    document = json.loads(FORMATS["json"]([surveyed("code: N_PC1_1-01, sources: F1")], words("en")))
    assert set(document) == {"version", "evaluations"}
    [evaluation] = document["evaluations"]
    assert set(evaluation) == {
        *("name", "title", "holes", "cells", "themes", "hypotheses", "interests", "categories")
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
    assert evaluation["categories"][0] == {
        "category": "farm",
        "label": "Farmers",
        "interest": "Farmers",
        "interviews": 0,
        "roots": 1,
    }


def test_a_full_matrix_says_that_nothing_is_missing(surveyed: Any) -> None:
    items = [f"code: {case}_PC1_{n}-01" for case in "NS" for n in (1, 2, 3)]
    full = surveyed(*items, "code: N_PC1_2-02, bears_on: [AB1, xB1]")
    for format in ("text", "md"):
        assert "No cell is empty" in FORMATS[format]([full], words("en"))


# The picture.


def under(heading: str, found: Coverage, width: int = 58, language: str = "en") -> list[str]:
    """The lines of a block."""
    [block] = [each for each in draw(found, words(language), width) if each.heading == heading]
    return [plain(line) for line in block.lines]


def headings(found: Coverage) -> list[str]:
    return [block.heading for block in draw(found, words("en"), 58)]


def test_the_picture_has_what_there_is_to_show(surveyed: Any) -> None:
    assert headings(surveyed("code: N_IT-01")) == [
        *("Holes", "Packets and sections by case", "Outside the three sections"),
        *("Mechanisms and other factors", "Stakeholder categories", "Interest groups"),
    ]
    assert headings(surveyed(theory="id: t\ntitle: T\n", register="sources: []\n")) == [
        *("Holes", "Packets and sections by case", "Mechanisms and other factors"),
    ]


def test_holes_are_told_section_by_section(surveyed: Any) -> None:
    assert under("Holes", surveyed("code: N_PC1_1-01", "code: S_PC1_2-01"), 80) == [
        "- B·1 observed change: nothing in S_PC1_1",
        "- B·2 signs of contribution: nothing in N_PC1_2",
        "- B·3 other explanations: nothing in any of 2 cases",
        "- mechanism AB1 of A-B: no evidence (=Because | <b>of</b> it)",
        "- factor xB1 of B: no evidence (Rain)",
    ]
    alone = surveyed(cases="cases: [{code: N, label: North}]\n")
    assert under("Holes", alone)[0] == "- B·1 observed change: nothing in N_PC1_1"


@pytest.mark.parametrize("format", ["text", "md"])
def test_where_nothing_could_be_empty_no_praise_is_given(format: str, surveyed: Any) -> None:
    bare = surveyed(theory="id: t\ntitle: T\n")
    text = FORMATS[format]([bare], words("en"))
    assert "No packet to examine is known." in text
    assert "No cell is empty" not in text
    sure = THEORY.replace("targets: B}", "targets: D}").replace("mechanisms:", "x-mechanisms:")
    caseless = surveyed(theory=sure.partition("    x-")[0], cases="cases: []\n")
    text = FORMATS[format]([caseless], words("en"))
    assert "No case is declared." in text
    assert "No cell is empty" not in text


def test_a_cell_has_a_shade_and_its_counts(surveyed: Any) -> None:
    items = [f"code: N_PC1_1-{number:02}, sources: F1" for number in range(4)]
    found = surveyed(*items, "code: S_PC1_2-01, sources: T1")
    assert under("Packets and sections by case", found) == [
        "                           N       S",
        "B·1 observed change        ██ 4/1  ○○ 0",
        "B·2 signs of contribution  ○○ 0    ░░ 1/1",
        "B·3 other explanations     ○○ 0    ○○ 0",
        "items / distinct root sources:  ○ 0  ░ 1  ▒ 2  ▓ 3  █ 4",
    ]


def cases(*codes: str) -> str:
    return "cases:\n" + "".join(f"  - {{code: {code}, label: x}}\n" for code in codes)


def test_what_lies_outside_the_sections_is_on_the_same_scale(surveyed: Any) -> None:
    items = [f"code: N_IT-{number:02}, sources: F1" for number in range(4)]
    found = surveyed(*items, "code: S_PC1_2-01, sources: T1")
    assert under("Outside the three sections", found) == ["N_IT ██ 4/1"]
    lines = under("Packets and sections by case", found)
    assert lines[2] == "B·2 signs of contribution  ○○ 0  ░░ 1/1"


def test_where_room_is_short_sections_go_by_their_numbers(surveyed: Any) -> None:
    found = surveyed(cases=cases("North", "South"))
    assert under("Packets and sections by case", found, 36) == [
        "     North  South",
        "B·1  ○○ 0   ○○ 0",
        "B·2  ○○ 0   ○○ 0",
        "B·3  ○○ 0   ○○ 0",
        "items / distinct root sources:  ○ 0",
        "·1 observed change",
        "·2 signs of contribution",
        "·3 other explanations",
    ]


def test_more_cases_than_there_is_room_for_are_in_parts(surveyed: Any) -> None:
    found = surveyed(cases=cases(*(f"Quarter{number:02}" for number in range(11))))
    lines = under("Packets and sections by case", found)
    assert [line for line in lines if "of 11" in line] == [
        *("Cases 1–5 of 11", "Cases 6–10 of 11", "Case 11 of 11"),
    ]
    assert lines[1] == "     Quarter00  Quarter01  Quarter02  Quarter03  Quarter04"
    assert lines[11] == "     Quarter10"
    assert "Cas 6 à 10 sur 11" in under("Paquets et sections par cas", found, 58, "fr")


def test_a_code_too_long_for_a_column_has_a_number(surveyed: Any) -> None:
    found = surveyed(cases=cases("Neighbourhood1", "N", "Neighbourhood2"))
    lines = under("Packets and sections by case", found)
    assert lines[0].split() == ["#1", "N", "#3"]
    assert lines[-2:] == ["#1 = Neighbourhood1", "#3 = Neighbourhood2"]


def test_hypotheses_stand_under_what_evidence_says(surveyed: Any) -> None:
    theory = THEORY.replace("Rain,", "Rain, origin: emergent,")
    found = surveyed("code: N_PC1_2-01, bears_on: AB1, sources: [F1, T1]", theory=theory)
    assert under("Mechanisms and other factors", found, 70) == [
        "Id   +  −  ~  src  Where it stands · title",
        "no evidence (1)",
        "xB1  ·  ·  ·    ·  B · Rain *",
        "evidence for (1)",
        "AB1  1  ·  ·    2  A-B · =Because | <b>of</b> it",
        "+ items for, − against, ~ nuancing; src root sources; * emergent",
    ]
    bare = surveyed(theory="id: t\ntitle: T\n")
    assert under("Mechanisms and other factors", bare, 80) == [
        "No mechanism nor other factor is declared for the packets to examine."
    ]


def test_categories_have_bars_as_long_as_their_interviews(surveyed: Any) -> None:
    register = REGISTER.replace("Farmers}", "Farmers, interviews: 12}").replace(
        "Public}", "Public, interviews: 1}\n  - {id: none, label: Nobody}"
    )
    found = surveyed("code: N_PC1_1-01, sources: [F1, F2]", register=register)
    assert under("Stakeholder categories", found)[:4] == [
        "Category  held  src",
        "Farmers     12    1  ██░░░░░░░░░░░░░░░░░░░░░░",
        "Town         1    0  ░░",
        "Nobody       0    0",
    ]


def test_a_source_set_aside_is_not_heard(surveyed: Any) -> None:
    found = surveyed("code: N_PC1_1-01, sources: F1", "code: N_PC1_2-01, sources: T1, set_aside: x")
    assert [(each.category, each.roots) for each in found.categories] == [("farm", 1), ("town", 0)]


def test_a_voice_has_a_sign(surveyed: Any) -> None:
    one = surveyed("code: N_PC1_1-01, sources: [F1, Who]")
    assert under("Interest groups", one) == [
        "B  ● Farmers  ○ Public  1 source of no known group",
        "● heard  ○ silent",
    ]
    two = surveyed("code: N_PC1_1-01, sources: [Who, Else]")
    assert under("Interest groups", two)[0] == "B  ○ Farmers  ○ Public  2 sources of no known group"
    nobody = surveyed(register="categories: []\n")
    assert under("Interest groups", nobody)[0] == "B  no interest group is declared"


nasty = st.text(
    st.sampled_from("aé «»:█湖🚭\u200d\u0301\ufe0f\u202e\x1b\x07\ud800\n\t[]{}%") | st.characters(),
    max_size=60,
)


@settings(deadline=None, max_examples=50)
@given(st.lists(nasty, min_size=1, max_size=8), nasty, st.integers(36, 150), st.integers(0, 99))
def test_no_text_breaks_the_picture(codes: list[str], name: str, width: int, items: int) -> None:
    counts = ((code, items * (place % 2)) for place, code in enumerate(codes))
    cells = tuple(Count(code, code, count, 1, (), ()) for code, count in counts)
    found = Coverage(
        name,
        name,
        tuple((code, code) for code in codes),
        (Row(name, 1, cells), Row("B", 2, cells[::-1])),
        (("IT", Count(name, name, 3, 1, (), ())),),
        (Fate(name, "factor", name, name, True, 1, items, 0, 2, "both"),),
        (name,),
        (Voices(name, (name,), (name,), items),),
        (Heard(name, name, name, items, 1),),
    )
    for block in draw(found, words("en"), width):
        for line in block.lines:
            text = plain(line)
            assert width_of(text) <= width
            assert not set("\n\r\t\x1b\x07\u202e") & set(text)
    FORMATS["text"]([found], words("en")).encode()


@given(st.integers(0, 200), st.integers(1, 200))
def test_shades_grow_with_counts(count: int, most: int) -> None:
    signs = HOLE + SHADES
    sign = shade(min(count, most), most).text
    assert (sign == HOLE) == (count == 0)
    assert (sign == SHADES[-1]) == (4 * min(count, most) > 3 * most)
    assert signs.index(sign) <= signs.index(shade(most, most).text)


@given(st.integers(1, 60))
def test_the_scale_tells_the_count_of_every_sign(most: int) -> None:
    told: dict[int, str] = {}
    for line in scale(most):
        first, *others = plain(line)[2:].split("–")
        last = int(others[0] if others else first)
        told |= {count: plain(line)[0] for count in range(int(first), last + 1)}
    assert told == {count: shade(count, most).text for count in range(most + 1)}


@given(st.integers(0, 50), st.integers(1, 50), st.integers(2, 40))
def test_a_bar_is_full_only_where_it_is_all(part: int, whole: int, width: int) -> None:
    part = min(part, whole)
    signs = plain(bar(part, whole, width))
    assert len(signs) == width
    assert (FULL in signs, REST in signs) == (part > 0, part < whole)


def test_there_is_no_bar_of_nothing() -> None:
    assert bar(0, 0, 10) == ()
