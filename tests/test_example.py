"""The shipped evaluations: what the Loos-en-Gohelle story cites is what its report cites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from renew_golden import workspace
from scc_eval.coverage import Coverage, survey
from scc_eval.dossier import Dossier
from scc_eval.model.evidence import Evidence
from scc_eval.project import load
from scc_eval.rules import check, examine
from scc_eval.story import tell
from scc_eval.story.view import Line, Story, Topic


class Statement(NamedTuple):
    """A statement of the report: where it stands, a word of its heading, the codes it cites."""

    packet: str
    section: int
    heading: str
    codes: str


REPORT = [
    Statement(*row)
    for row in (
        ("B", 1, "positive", "Eco_PC1_1 Biodiv_PC1_1 Part_PC1_1 Rehab_PC1_1"),
        ("B", 1, "confiance", "Part_PC1_1"),
        ("B", 1, "confiance", "Agri_PC1_1 Biodiv_PC1_1"),
        ("B", 1, "confiance", "Eco_PC1_1 Part_PC1_1 Biodiv_PC1_1"),
        ("B", 1, "Adhésion", "Eco_PC1_1 Biodiv_PC1_1 Part_PC1_1"),
        ("B", 1, "Adhésion", "Eco_PC1_1 Part_PC1_1"),
        ("B", 1, "compétences", "Biodiv_PC1_1 Part_PC1_1"),
        ("B", 1, "compétences", "Agri_PC1_1 Biodiv_PC1_1 Eco_PC1_1"),
        ("B", 1, "compétences", "Biodiv_PC1_1 Part_PC1_1"),
        ("B", 2, "récit", "Eco_PC1_2 Biodiv_PC1_2 Rehab_PC1_2"),
        ("B", 2, "récit", "Agri_PC1_2 Biodiv_PC1_2"),
        ("B", 2, "voir", "Biodiv_PC1_2 Part_PC1_2 Rehab_PC1_2"),
        ("B", 2, "cadre de vie", "Rehab_PC1_2"),
        ("B", 2, "sensibiliser", "Part_PC1_2"),
        ("B", 2, "sensibiliser", "Biodiv_PC1_2 Part_PC1_2 Rehab_PC1_2"),
        ("B", 2, "Apprendre", "Biodiv_PC1_2 Part_PC1_2"),
        ("B", 2, "projets", "Part_PC1_2 Agri_PC1_2"),
        ("B", 3, "maire", "Eco_PC1_3 Biodiv_PC1_3 Rehab_PC1_3"),
        ("B", 3, "maire", "Part_PC1_3"),
        ("B", 3, "historique", "Eco_PC1_3 Agri_PC1_3 Biodiv_PC1_3 Part_PC1_3"),
        ("B", 3, "dynamiques", "Eco_PC1_3 Biodiv_PC1_3 Rehab_PC1_3"),
        ("B", 3, "dynamiques", "Agri_PC1_3 Rehab_PC1_3"),
        ("B", 3, "dynamiques", "Biodiv_PC1_3 Part_PC1_3 Rehab_PC1_3"),
        ("B", 3, "limitatifs", "Biodiv_PC1_3 Agri_PC1_3 Part_PC1_3"),
        ("C", 1, "politiques", "Agri_PC2_1"),
        ("C", 1, "politiques", "Biodiv_PC2_1"),
        ("C", 1, "politiques", "Rehab_PC2_1"),
        ("C", 1, "politiques", "Eco_PC2_1"),
        ("C", 1, "concertées", "Agri_PC2_1"),
        ("C", 1, "concertées", "Biodiv_PC2_1"),
        ("C", 1, "concertées", "Part_PC2_1"),
        ("C", 2, "capacitation", "Part_PC2_2"),
        ("C", 2, "capacitation", "Agri_PC2_2 Part_PC2_2"),
        ("C", 2, "capacitation", "Part_PC2_2"),
        ("C", 2, "directement", "Biodiv_PC2_2 Part_PC2_2 Rehab_PC2_2"),
        ("C", 2, "directement", "Biodiv_PC2_2 Rehab_PC2_2"),
        ("C", 2, "directement", "Eco_PC2_2 Part_PC2_2"),
        ("C", 2, "directement", "Agri_PC2_2"),
        ("C", 2, "ressources", "Biodiv_PC2_3 Rehab_PC2_3"),
        ("C", 3, "intérêt", "Agri_PC2_3 Biodiv_PC2_3 Part_PC2_3 Rehab_PC2_3"),
        ("C", 3, "limites", "Eco_PC2_3"),
        ("C", 3, "limites", "Rehab_PC2_3"),
        ("C", 3, "temps", "Part_PC2_3 Rehab_PC2_3"),
        ("C", 3, "associations", "Agri_PC2_3"),
        ("D", 1, "adaptent", "Eco_PC3_1"),
        ("D", 1, "adaptent", "Agri_PC3_1"),
        ("D", 1, "adaptent", "Biodiv_PC3_1 Part_PC3_1 Rehab_PC3_1"),
        ("D", 1, "adaptent", "Biodiv_PC3_1"),
        ("D", 1, "nouvelles actions", "Agri_PC3_1"),
        ("D", 1, "nouvelles actions", "Part_PC3_1"),
        ("D", 1, "nouvelles actions", "Part_PC3_1"),
        ("D", 1, "nouvelles actions", "Eco_Intro"),
        ("D", 1, "nouvelles actions", "Eco_PC3_1"),
        ("D", 2, "capacitation", "Part_PC3_2"),
        ("D", 2, "Faire venir", "Eco_PC3_2 Rehab_PC3_3"),
        ("D", 2, "label", "Eco_PC3_2 Rehab_PC3_2"),
        ("D", 2, "label", "Eco_PC3_2"),
        ("D", 2, "soutien", "Agri_PC3_2 Biodiv_PC3_2"),
        ("D", 2, "soutien", "Eco_PC3_2 Agri_PC3_2 Biodiv_PC3_2 Part_PC3_2"),
        ("D", 2, "soutien", "Part_PC3_3"),
        ("D", 3, "intérêt", "Agri_PC3_3"),
        ("D", 3, "intérêt", "Biodiv_PC3_3 Part_PC3_3"),
        ("D", 3, "intérêt", "Rehab_PC3_3"),
        ("D", 3, "appuis", "Agri_PC3_3 Part_PC3_3"),
        ("D", 3, "appuis", "Agri_PC3_3"),
        ("D", 3, "appuis", "Biodiv_PC3_3 Rehab_PC3_3"),
        ("D", 3, "freins", "Biodiv_PC3_3"),
        ("D", 3, "freins", "Eco_PC3_3"),
    )
]

SPEAKERS = {
    ("B", 1): "P11 Part_PC1_1 P14 P8 P13 P14",
    ("B", 2): "P10 R16",
    ("B", 3): "C15 P10",
    ("C", 1): "",
    ("C", 2): "P2 P11 A10 Dépliant_biodiv",
    ("C", 3): "P13 C9 Jean-Pierre_Kucheida_sur_le_11-19_NordEclair",
    ("D", 1): "C12 R3 P5 P14 R16",
    ("D", 2): "C4 C13 Auteuil C8 E5 C9 E6 E1 P11 E5 P10",
    ("D", 3): "B12",
}
"""Whom the report quotes, in each section, in its order."""

EXPERTS = {
    ("B", 1): {"Cyria Emelianoff", "Christian du Tertre"},
    ("B", 2): {"Cyria Emelianoff"},
    ("B", 3): {"Cyria Emelianoff", "Christian du Tertre"},
    ("D", 3): {"Laure Dobigny", "Cyria Emelianoff"},
}
"""The experts of the panel who speak in the boxes of each section."""


@cache
def dossier(name: str) -> Dossier:
    [project] = load(workspace(name))
    return Dossier(project)


@cache
def loos() -> Story:
    return tell(dossier("loos-en-gohelle"))


@cache
def matrix() -> Coverage:
    return survey(dossier("loos-en-gohelle"))


def topics() -> Iterator[tuple[str, int, Topic]]:
    for packet in loos().packets:
        for section in packet.sections:
            for topic in section.topics:
                yield packet.letter, section.number, topic


def printed(line: Line) -> frozenset[str]:
    return frozenset(code.text for citation in line.citations for code in citation.codes)


@pytest.mark.parametrize(
    "statement", list(dict.fromkeys(REPORT)), ids=lambda s: " ".join(map(str, s))
)
def test_a_statement_is_told_with_the_codes_of_the_report(statement: Statement) -> None:
    packet, section, heading, codes = statement
    told = Counter(
        printed(line)
        for letter, number, topic in topics()
        if (letter, number) == (packet, section) and heading in topic.title
        for line in topic.lines
    )
    assert told[frozenset(codes.split())] >= REPORT.count(statement)


def test_no_assertion_cites_what_the_report_does_not() -> None:
    reported = {(packet, section, frozenset(codes.split())) for packet, section, _, codes in REPORT}
    told = {
        (letter, number, printed(line))
        for letter, number, topic in topics()
        for line in topic.lines
        if line.citations
    }
    assert told == reported


@pytest.mark.parametrize(("place", "speakers"), SPEAKERS.items())
def test_a_section_quotes_whom_the_report_quotes(place: tuple[str, int], speakers: str) -> None:
    told = [
        quote.by.text
        for letter, number, topic in topics()
        if (letter, number) == place
        for line in topic.lines
        for quote in line.quotes
    ]
    assert Counter(told) == Counter(speakers.split())


def test_the_panel_speaks_where_it_does_in_the_report() -> None:
    told: dict[tuple[str, int], set[str]] = {}
    for packet in loos().packets:
        for section in packet.sections:
            lines = [line for topic in section.topics for line in topic.lines]
            comments = [*section.comments, *(c for line in lines for c in line.comments)]
            if comments:
                told[packet.letter, section.number] = {comment.author for comment in comments}
    assert told.keys() == EXPERTS.keys()
    assert all(
        any(expert in author for author in told[place])
        for place in told
        for expert in EXPERTS[place]
    )


def test_no_cell_of_the_matrix_is_empty() -> None:
    cells = [cell for row in matrix().rows for cell in row.cells]
    assert len(cells) == 45
    assert all(cell.items and cell.roots for cell in cells)


def test_what_lies_outside_the_sections_has_its_codes() -> None:
    assert {count.code for _, count in matrix().themes} == {
        *("Agri_IT", "Biodiv_IT", "Eco_IT", "Rehab_IT", "Part_PC3_IT"),
        *("Eco_Ess", "Agri_Ess", "Eco_Intro"),
    }


def test_ninety_seven_interviews_were_held() -> None:
    assert sum(category.interviews for category in dossier("loos-en-gohelle").categories) == 97


def test_conclusions_recommendations_and_lessons_are_all_there() -> None:
    conclusions = [each for answer in loos().answers for each in answer.conclusions]
    lessons = [lesson for part in loos().lessons for lesson in part.lessons]
    assert (len(conclusions), len(loos().recommendations), len(lessons)) == (19, 2, 9)


FOUND = {
    "SCC108": "AB7 AC4 AD1 AD2 AD3",
    "SCC109": "xB6 xB7 xB8 xB9 xC3 xC4 xC5 xC6 xC7 xD3 xD4 xD5 xD6 xD7 xD8 xD9",
    "SCC110": "A-B A-C A-D B-C B-D C-D C.1-C.2 D.1-D.3 D.2-D.3",
    "SCC114": "AC3 DD1 DD2",
    "SCC208": "R1 R2 R3",
    "SCC212": "D1-01",
    "SCC213": "D2-05 I1-02",
    "SCC215": "A10",
    "SCC305": "BC6 CD1 CD2 CD3 CD4",
    "SCC311": (
        "Agri_IT-q1 Agri_IT-q3 Agri_PC2_2-q1 Eco_IT-q1 Eco_IT-q2 Eco_PC2_3-q2 Part_PC3_IT-q2"
    ),
    "SCC313": "B-A-1 B-A-2 B-A-3",
    "SCC318": "C.1",
    "SCC319": "Eco_IT-q1",
    "SCC321": (
        "Chiffres_Intranet Dépliant_biodiv Jean-Pierre_Kucheida_sur_le_11-19_NordEclair itw_JC"
    ),
    "SCC401": "D-A-1",
    "SCC407": "B-A-2 B-A-3 C-A-1 C-A-2 C-A-3 D-A-1 D-A-2 D-A-3 D-A-4",
    "SCC408": "AB2 AC3 BC1 BC4 BC7 BD1 BD2 BD3",
    "SCC410": "B-A-1 B-A-2 B-A-3 C-A-1 C-A-2 C-A-3 D-A-2 D-A-3 D-A-4",
    "SCC501": "B C D",
    "SCC601": "xB7 xC1 xC2 xD1",
    "SCC603": "xB1 xB2 xB6 xC3 xD3 xD4",
    "SCC608": "CCL10 CCL18",
    "SCC701": (
        "B1-04 B2-02 B2-04 B3-04 B3-05 B3-09 C1-06 C2-07 C3-01 C3-02 D1-05 D1-06 D2-12 D3-01 I4-06 "
        "I6-01"
    ),
    "SCC713": "B1-01 B1-02 B1-09 B3-01 B3-04 C3-05 CCL1 D1-13 D3-12 I4-03",
    "SCC715": "CCL12 CCL17",
    "SCC801": "CCL14 CCL9",
    "SCC802": "CCL1 CCL10 CCL11 CCL12 CCL13 CCL17 CCL18 CCL2 CCL4 CCL5 CCL7 CCL8",
    "SCC806": "REC-2",
    "SCC807": "REC-1 REC-2",
    "SCC808": "CCL3 CCL5 CCL9",
    "SCC811": "L3 L5 L7",
    "SCC812": "L6 L9",
    "SCC813": "L1 L2 L3 L4 L5 L6 L7 L8 L9",
    "SCC901": "C",
}
"""What the quality control finds in the report, by rule: the list its README explains."""


def test_the_quality_control_finds_in_the_report_what_its_list_says() -> None:
    found: dict[str, list[str]] = {}
    for diagnostic in check(dossier("loos-en-gohelle")):
        found.setdefault(diagnostic.rule.code, []).append(diagnostic.subject)
    assert {code: " ".join(sorted(names)) for code, names in found.items()} == FOUND


def test_the_readme_of_the_report_explains_every_rule_that_finds_something() -> None:
    text = (workspace("loos-en-gohelle") / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| (SCC\d{3}) \| (\d+) \|", text, re.MULTILINE))
    assert listed == {code: str(len(names.split())) for code, names in FOUND.items()}


def test_the_repaired_twin_leaves_none() -> None:
    left, accepted = examine(dossier("loos-repaired"), 6)
    assert left == ()
    assert accepted
    assert {each.waiver.author for each in accepted} == {"rédaction de scc"}
    assert all(each.waiver.reason and each.waiver.until is None for each in accepted)


def test_the_repaired_twin_invents_no_evidence() -> None:
    report, repaired = (dossier(name) for name in ("loos-en-gohelle", "loos-repaired"))
    assert [_said(item) for item in repaired.evidence] == [_said(item) for item in report.evidence]
    assert repaired.cases == report.cases
    assert repaired.categories == report.categories
    assert [each.id for each in repaired.sources] == [each.id for each in report.sources]


def _said(item: Evidence) -> tuple[object, ...]:
    """What an item says, where it comes from and what it does to what."""
    return item.code, item.text, item.wording, item.sources, item.nature, item.bearings()


def test_the_repaired_twin_covers_what_the_report_covers() -> None:
    report, repaired = (survey(dossier(name)) for name in ("loos-en-gohelle", "loos-repaired"))
    assert (repaired.rows, repaired.themes) == (report.rows, report.themes)


def test_quit_together_leaves_none() -> None:
    assert check(dossier("quit-together")) == ()
