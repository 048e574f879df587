"""A limitation that somebody accepted is no longer a diagnostic, and is not forgotten either."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from _specimens import BASE, write
from scc_eval import Dossier, load
from scc_eval.cli import app
from scc_eval.diagnostics import Severity
from scc_eval.rules import check, examine, level
from scc_eval.rules.theory import CHECKS as THEORY

SETTINGS = "title: The market of the town\ntheory: town\n"
EMERGENT = (
    "id: town\ntitle: A market town\npackets:\n  - {letter: A, title: Run, role: intervention}\n"
    "  - {letter: B, title: Sell, boxes: [{id: B1, label: More sales}]}\n"
    "links:\n  - id: L1\n    source: A\n    target: B\n    mechanisms:\n"
    "      - {id: M1, text: Buyers meet the growers, origin: emergent}\n"
    "factors:\n  - {id: F1, text: Prices rise, targets: B}\n"
)


def waiver(rule: str = "SCC108", on: str = "M1", **more: str) -> str:
    fields = {"rule": rule, "on": on, "author": "A. N.", "date": "2026-01", "reason": "Known."}
    told = ", ".join(f"{name}: {value}" for name, value in (fields | more).items())
    return f"  - {{{told}}}\n"


def dossier(root: Path, *waivers: str, **files: str) -> Dossier:
    """The base with a mechanism of which nobody says when it came up, and those waivers."""
    write(BASE, root)
    (root / "theories" / "town.yaml").write_text(EMERGENT, "utf-8")
    folder = root / "evidence" / "eval"
    if waivers:
        (folder / "waivers.yaml").write_text("waivers:\n" + "".join(waivers), "utf-8")
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    (project,) = load(root)
    return Dossier(project)


def told(dossier: Dossier, stage: int = 1, today: str = "2026-06-15") -> list[str]:
    """The rules that say something of the mechanism, or of waivers."""
    found, _ = examine(dossier, stage, today)
    return [d.rule.code for d in found if d.rule.code in ("SCC108", "SCC921", "SCC922", "SCC923")]


def test_a_waiver_turns_a_diagnostic_into_an_accepted_limitation(tmp_path: Path) -> None:
    waived = dossier(tmp_path, waiver())
    _, (accepted,) = examine(waived, 1)
    assert told(waived) == []
    assert (accepted.found.rule.code, accepted.waiver.author) == ("SCC108", "A. N.")


def test_without_it_the_diagnostic_stands(tmp_path: Path) -> None:
    assert told(dossier(tmp_path)) == ["SCC108"]


def test_it_says_nothing_of_other_things(tmp_path: Path) -> None:
    assert sorted(told(dossier(tmp_path, waiver(on="M2")))) == ["SCC108", "SCC921"]


@pytest.mark.parametrize(
    ("until", "is_over"),
    [
        *(("2026-06-14", True), ("2026-06-15", False), ("2026-05", True), ("2026-06", False)),
        *(("2025", True), ("2026", False), ("2027-01-01", False)),
    ],
)
def test_a_waiver_lasts_to_the_end_of_its_last_day(
    until: str, is_over: bool, tmp_path: Path
) -> None:
    expected = ["SCC108", "SCC922"] if is_over else []
    assert sorted(told(dossier(tmp_path, waiver(until=until)))) == expected


def test_a_waiver_without_an_end_holds_whatever_the_day(tmp_path: Path) -> None:
    waived = dossier(tmp_path, waiver())
    assert "SCC108" not in {d.rule.code for d in check(waived)}


def test_an_error_is_not_waived(tmp_path: Path) -> None:
    levels = SETTINGS + "levels: {SCC108: error}\n"
    assert sorted(told(dossier(tmp_path, waiver(), evaluation=levels))) == ["SCC108", "SCC923"]


def test_an_error_is_waived_where_the_profile_says_so(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    ours = "waivable: SCC108\nlevels: {SCC108: error}\n"
    (tmp_path / "profiles" / "ours.yaml").write_text(ours, "utf-8")
    waived = dossier(tmp_path, waiver(), evaluation=SETTINGS + "profile: ours\n")
    found, (accepted,) = examine(waived, 1)
    assert accepted.found.severity is Severity.ERROR
    assert "SCC108" not in {d.rule.code for d in found}


def test_a_rule_of_waivers_may_be_switched_off(tmp_path: Path) -> None:
    off = SETTINGS + "levels: {SCC921: off}\n"
    assert told(dossier(tmp_path, waiver(on="M2"), evaluation=off)) == ["SCC108"]


def test_an_unknown_profile_is_said_once_and_changes_nothing(tmp_path: Path) -> None:
    lost = dossier(tmp_path, evaluation=SETTINGS + "profile: strict\n")
    assert [d.rule.code for d in check(lost)].count("SCC033") == 1
    rule = next(rule for rule, _ in THEORY.bound if rule.code == "SCC107")
    assert level(rule, lost, stage=6) is Severity.WARNING


@pytest.mark.parametrize(
    "text", ["- a list\n", "levels: {SCC107: loud}\n", "waivable: SCC999\nlevels: {SCC998: off}\n"]
)
def test_what_is_amiss_in_a_profile_is_said_with_its_place(text: str, tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "ours.yaml").write_text(text, "utf-8")
    broken = dossier(tmp_path, evaluation=SETTINGS + "profile: ours\n")
    assert "profiles/ours.yaml" in {d.at.file for d in check(broken)}


def test_an_empty_profile_is_the_default(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "ours.yaml").write_text("", "utf-8")
    empty = dossier(tmp_path, evaluation=SETTINGS + "profile: ours\n")
    assert "SCC014" in {d.rule.code for d in check(empty)}


def test_a_profile_of_ones_own_builds_on_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    ours = "based_on: mayne\nlevels: {SCC108: off}\n"
    (tmp_path / "profiles" / "ours.yaml").write_text(ours, "utf-8")
    house = dossier(tmp_path, evaluation=SETTINGS + "profile: ours\n")
    rules = {rule.code: rule for rule, _ in THEORY.bound}
    assert level(rules["SCC107"], house, stage=6) is Severity.NOTE
    assert level(rules["SCC108"], house, stage=6) is None


@pytest.mark.parametrize(
    ("waivers", "line"),
    [((waiver(),), "1 accepted limitation:"), ((waiver(), waiver("SCC109", "F1")), "2 accepted")],
)
def test_validate_counts_what_is_accepted(
    waivers: tuple[str, ...], line: str, tmp_path: Path
) -> None:
    dossier(tmp_path, *waivers)
    emergent = EMERGENT.replace("targets: B}", "targets: B, origin: emergent}")
    (tmp_path / "theories" / "town.yaml").write_text(emergent, "utf-8")
    assert line in CliRunner().invoke(app, ["validate", str(tmp_path)]).output


def test_json_gives_what_is_accepted_with_its_waiver(tmp_path: Path) -> None:
    dossier(tmp_path, waiver(until="2999"))
    done = CliRunner().invoke(app, ["validate", str(tmp_path), "--format", "json"])
    (accepted,) = json.loads(done.output)["accepted"]
    assert accepted["code"] == "SCC108"
    assert accepted["waiver"] == {
        "author": "A. N.",
        "date": "2026-01",
        "reason": "Known.",
        "until": "2999",
    }


@pytest.mark.parametrize("format", ["md", "html"])
def test_the_story_tells_what_is_accepted(format: str, tmp_path: Path) -> None:
    dossier(tmp_path, waiver(until="2999"))
    done = CliRunner().invoke(app, ["story", str(tmp_path), "--format", format])
    annex = done.output[done.output.index("Accepted limitations") :]
    assert "came up with the evidence, and nothing says when" in annex
    assert "A. N., 2026-01, until 2999" in annex
