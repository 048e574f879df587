"""Whatever lies in an evaluation's folder: one diagnostic with a place, the rest as before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from _specimens import BASE, write
from scc_eval import Dossier, check, load

Make = Callable[[Path], object]


def holding(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def make_huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 200_000_000)


def bomb() -> bytes:
    lines = [b"a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]".encode())
    return b"\n".join(lines)


BAD: dict[str, tuple[Make, str]] = {
    "truncated": (holding(b'claims:\n  - id: C1\n    text: "I never'), "SCC006"),
    "tabs": (holding(b"claims:\n\t- id: C1\n"), "SCC004"),
    "a list as key": (holding(b"? [a, b]\n: c\n"), "SCC012"),
    "3,000 levels": (holding(b"claims: " + b"[" * 3000), "SCC013"),
    "an undefined alias": (holding(b"claims: *nobody\n"), "SCC009"),
    "an alias in itself": (holding(b"claims: &a [*a]\n"), "SCC009"),
    "an exponential alias": (holding(bomb()), "SCC009"),
    "two documents": (holding(b"claims: []\n---\nclaims: []\n"), "SCC011"),
    "a tag that builds": (holding(b"claims: !!python/object:os.system []\n"), "SCC010"),
    "an unknown tag": (holding(b"claims: !mine []\n"), "SCC010"),
    "a control byte": (holding(b"claims: []\n# \x07\n"), "SCC008"),
    "a byte-order mark": (holding(b"\xef\xbb\xbfclaims: []\n"), ""),
    "Latin-1": (holding("claims: [] # é\n".encode("latin-1")), "SCC003"),
    "UTF-16": (holding("claims: []\n".encode("utf-16")), "SCC003"),
    "nothing": (holding(b""), "SCC014"),
    "a folder": (lambda path: path.mkdir(), "SCC016"),
    "a dangling link": (lambda path: path.symlink_to("nowhere.yaml"), "SCC001"),
    "a looping link": (lambda path: path.symlink_to(path.name), "SCC001"),
    "a pipe": (lambda path: os.mkfifo(path), "SCC001"),
    "200 MB": (make_huge, "SCC015"),
    "a key twice": (holding(b"claims: []\nclaims: []\n"), "SCC007"),
    "a list": (holding(b"- claims\n"), "SCC020"),
}


@pytest.mark.parametrize(("make", "code"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("name", ["evidence/eval/bad.yaml", "evidence/eval/cases/bad.yaml"])
def test_bad_input_is_one_diagnostic_at_its_place(
    name: str, make: Make, code: str, tmp_path: Path
) -> None:
    write(BASE, tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    make(tmp_path / name)
    [project] = load(tmp_path)
    found = check(Dossier(project))
    assert [(each.rule.code, each.at.file) for each in found] == [(code, name)] * bool(code)


@pytest.mark.parametrize(
    "written",
    [
        "FAIR PCB_1",
        "FAIR_ PCB_1",
        "FAIR.PCB 1",
        "FAIR_PCB 1",
        "FA1R_PCB_l",
        "FAIR _PCB_1",
        "FAIR PCB 1",
    ],
)
def test_a_damaged_code_is_one_diagnostic_with_its_repair(written: str, tmp_path: Path) -> None:
    write(BASE, tmp_path)
    claim = f"claims: [{{id: C1, packet: B, text: Said, evidence: [{written}]}}]\n"
    (tmp_path / "evidence/eval/claims.yaml").write_text(claim, "utf-8")
    [project] = load(tmp_path)
    [found] = check(Dossier(project))
    assert (found.rule.code, found.facts["repair"]) == ("SCC201", "FAIR_PCB_1")


def test_a_looping_link_beside_the_evaluations_is_passed_over(tmp_path: Path) -> None:
    write(BASE, tmp_path)
    (tmp_path / "evidence/loop").symlink_to("loop")
    assert [project.name for project in load(tmp_path)] == ["eval"]
