"""What cannot be read of a theory or of its evidence is not said to be missing from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from _specimens import BASE, write
from scc_eval import Dossier, check, load

BARE = """
id: town
title: A market town
packets:
  - {letter: A, title: The market is run, role: intervention}
  - letter: B
    title: Farmers sell more
    boxes:
      - {id: B1, label: More sales in town}
links:
  - id: L1
    source: A
    target: B
    hotspot: true
    mechanisms:
      - {id: M1, text: Buyers meet the growers}
factors:
  - {id: F1, text: Prices rise, targets: B}
nested:
  - {id: N1, title: How buyers come back, entry: A, exit: B9}
"""
UNREGISTERED = """
sources:
  - {id: GR1, category: growers}
  - {id: GR2, category: growers}
key_points:
  - {id: K1, packet: B, text: As GR3 says}
"""
MISQUOTED = """
story:
  - title: Sales
    packet: B
    section: 1
    assertions:
      - {id: T1, text: They say “nobody ever came to buy”, evidence: FAIR_PCB_1}
"""
LOST = "{code: FAIR_PCB_1-2, nature: odd, text: Nobody ever came to buy}"
MISCITED = """
cases:
  - {code: HALL, label: The covered hall}
story:
  - title: Sales
    packet: B
    section: 1
    assertions:
      - {id: T1, text: As in the covered hall, evidence: [FAIR_PCB_1]}
"""


def codes(root: Path, theory: str, more: str = "") -> set[str]:
    """The rules that have something to say at the last stage."""
    write(BASE, root)
    (root / "theories" / "town.yaml").write_text(theory, "utf-8")
    (root / "evidence" / "eval" / "more.yaml").write_text(more or "lessons:\n", "utf-8")
    [project] = load(root)
    return {found.rule.code for found in check(Dossier(project), 6)}


@pytest.mark.parametrize(
    ("rule", "before", "broken"),
    [
        ("SCC110", "factors:", "    assumptions:\n      - {id: L1a}\nfactors:"),
        ("SCC111", "factors:", "    risks:\n      - {id: L1r}\nfactors:"),
        ("SCC112", "links:", "      - {id: B2, groups: growers}\nlinks:"),
        ("SCC113", "links:", "      - {id: B9}\nlinks:"),
    ],
)
def test_what_is_broken_in_a_theory_is_told_alone(
    rule: str, before: str, broken: str, tmp_path: Path
) -> None:
    assert rule in codes(tmp_path, BARE)
    theory = BARE.replace(before, broken, 1)
    assert theory != BARE
    assert rule not in codes(tmp_path, theory)


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ("SCC111", "tests:\n  - {id: E1, on: M1, text: Buyers talk, test: sure}\n"),
        ("SCC114", "fates:\n  - {hypothesis: M1, fate: settled}\n"),
        ("SCC114", "claims:\n  - {id: Q1, packet: B, mechanisms: M1, status: refuted}\n"),
    ],
)
def test_what_is_broken_in_the_judgement_is_told_alone(
    rule: str, broken: str, tmp_path: Path
) -> None:
    assert rule in codes(tmp_path, BARE)
    assert rule not in codes(tmp_path, BARE, broken)


@pytest.mark.parametrize(
    ("rule", "slip", "right", "broken"),
    [
        ("SCC214", UNREGISTERED, "sources:", "cases:\n  - {code: GR3}\nsources:"),
        ("SCC216", MISQUOTED, "story:", f"evidence:\n  - {LOST}\nstory:"),
        ("SCC212", MISCITED, "[FAIR_PCB_1]", "[FAIR_PCB_1, HALL PCB 1]"),
    ],
)
def test_what_is_broken_in_the_evidence_is_told_alone(
    rule: str, slip: str, right: str, broken: str, tmp_path: Path
) -> None:
    assert rule in codes(tmp_path, BARE, slip)
    assert rule not in codes(tmp_path, BARE, slip.replace(right, broken, 1))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("En cas de participation, tout change", False),
        ("Dans le cas de la participation, tout change", True),
        ("Dans plusieurs cas, la participation a changé", False),
        ("Tout change (Agriculture, Participation)", True),
        ("Tout change (agriculture, participation)", False),
        ("La Participation a changé", False),
        ("Par l'Éco-réhabilitation aussi", True),
        ("par l'eco-rehabilitation", True),
        ("Pour une part", False),
    ],
)
def test_a_text_names_a_case_or_uses_a_word(text: str, *, names: bool, tmp_path: Path) -> None:
    told = f"""
cases:
  - {{code: Part, label: Participation}}
  - {{code: Rehab, label: Éco-réhabilitation}}
story:
  - title: Sales
    packet: B
    section: 1
    assertions:
      - {{id: T1, text: "{text}", evidence: FAIR_PCB_1}}
"""
    assert ("SCC212" in codes(tmp_path, BARE, told)) is names
