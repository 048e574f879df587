"""One slip, one diagnostic: what a broken declaration mentions is not said to be missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from _specimens import BASE, write
from scc_eval import Dossier, check, load

THEORY = Path("theories/town.yaml")
REGISTER = Path("evidence/eval/register.yaml")
ITEMS = Path("evidence/eval/items.yaml")
STORY = Path("evidence/eval/story.yaml")
TOLD = (
    "story:\n- title: T\n  packet: B\n  section: 1\n  role: context\n  assertions:\n"
    "  - {id: S1, text: Said, evidence: [FAIR_PCB_1, FAIR_PCB_2, FAIR_PCB_3]}\n"
)


def codes(root: Path) -> list[str]:
    [project] = load(root)
    return [diagnostic.rule.code for diagnostic in check(Dossier(project))]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "code"),
    [
        (THEORY, "target: B", "target: [B]", "SCC024"),
        (THEORY, "text: Prices rise, ", "direction: sideways, text: Prices rise, ", "SCC023"),
        (THEORY, "text: Buyers meet", "origin: odd, text: Buyers meet", "SCC023"),
        (THEORY, "label: More sales in town", "label: []", "SCC024"),
        (REGISTER, "label: Growers", "side: nowhere, label: Growers", "SCC023"),
        (STORY, "id: S1, ", "id: S1, role: odd, ", "SCC023"),
        (STORY, "section: 1", "section: 9", "SCC025"),
    ],
    ids=["link", "factor", "mechanism", "box", "category", "assertion", "theme"],
)
def test_a_slip_is_told_alone(
    file: Path, right: str, wrong: str, code: str, tmp_path: Path
) -> None:
    write(BASE, tmp_path)
    (tmp_path / STORY).write_text(TOLD, "utf-8")
    assert codes(tmp_path) == []
    text = (tmp_path / file).read_text("utf-8")
    assert right in text
    (tmp_path / file).write_text(text.replace(right, wrong), "utf-8")
    assert codes(tmp_path) == [code]


def test_each_broken_item_is_told_alone(tmp_path: Path) -> None:
    write(BASE, tmp_path)
    text = (tmp_path / ITEMS).read_text("utf-8")
    lines = [
        line.replace("text:", "nature: odd, text:") if "text:" in line else line
        for line in text.splitlines()
    ]
    (tmp_path / ITEMS).write_text("\n".join(lines) + "\n", "utf-8")
    assert set(codes(tmp_path)) == {"SCC023"}
