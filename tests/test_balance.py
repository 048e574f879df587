"""The balance sheet of hypotheses: what people said of each, in four formats and as tables."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from conftest import Golden, Workspace
from renew_golden import pairs, workspace as golden_workspace
from scc_eval.balance import FORMATS, Balance, Entry, draw_up
from scc_eval.cli import app, balance as balance_command
from scc_eval.cli._pictures import show_balance
from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.project import load
from scc_eval.story import render, tell

QUIT = golden_workspace("quit-together")
LOOS = golden_workspace("loos-en-gohelle")
DRAFT = golden_workspace("draft")

THEORY = """\
id: t
title: T
packets:
  - {letter: A, title: Done, role: intervention}
  - {letter: B, number: 1, title: Changed, boxes: [{id: B1, label: Seen}]}
  - {letter: C, number: 2, title: Lasting}
  - {letter: D, title: Beyond, role: impact}
links:
  - id: A-B
    source: A
    target: B
    mechanisms:
      - {id: M1, text: "=Because | <b>of</b> it"}
      - {id: M2, text: A rumour, origin: emergent, since: March}
    assumptions: [{id: A1, text: There is water}]
    risks: [{id: R1, text: It rains}]
  - {id: B-C, source: B, target: C, mechanisms: [{id: M3, text: It lasts}]}
  - {id: C-D, source: C, target: D, mechanisms: [{id: M4, text: It spreads}]}
nested:
  - id: n
    title: N
    entry: A
    exit: B1
    links: [{id: n1, source: A, target: B1, mechanisms: [{id: M5, text: In detail}]}]
  - id: o
    title: O
    links: [{id: o1, source: A, target: Z, mechanisms: [{id: M6, text: Nowhere}]}]
factors:
  - {id: F1, text: Prices, targets: [B, C]}
  - {id: F2, text: Elsewhere, targets: D}
"""
REGISTER = """\
cases: [{code: N, label: North}, {code: S, label: South}]
sources: [{id: P1}, {id: P2, derived_from: P1}, {id: P3}]
evidence:
  - {text: x, code: S_PC1_2-01, sources: P1, bears_on: [M1, F1]}
  - {text: x, code: N_PC1_2-01, sources: P2, bears_on: M1}
  - {text: x, code: N_PC1_2-02, sources: P3, bears_on: M1, polarity: against}
  - {text: x, code: N_PC1_2-03, sources: P3, bears_on: M1, polarity: nuances}
  - {text: x, code: N_PC1_2-04, sources: P3, bears_on: M2, polarity: context}
  - {text: x, code: N_PC1_2-05, sources: P3, bears_on: M1, set_aside: Hearsay}
"""


@pytest.fixture
def evaluation(workspace: Workspace) -> Any:
    """Writes a small evaluation with the judgement given, and reads it."""

    def write(judgement: str = "", title: str = "E") -> Dossier:
        root = workspace(
            {
                "theories/t.yaml": THEORY,
                "evidence/e/evaluation.yaml": f"title: '{title}'\ntheory: t\n",
                "evidence/e/register.yaml": REGISTER,
                "evidence/e/judgement.yaml": judgement or "claims: []\n",
            }
        )
        [project] = load(root)
        return Dossier(project)

    return write


@pytest.fixture
def sheet(evaluation: Any) -> Any:
    """Draws up the balance sheet of a small evaluation with the judgement given."""

    def draw(judgement: str = "", packet: str | None = None, title: str = "E") -> Balance:
        dossier = evaluation(judgement, title)
        return draw_up(dossier, dossier.packet_named(packet) if packet else None)

    return draw


def entry(found: Balance, name: str) -> Entry:
    return next(each for each in found.entries if each.id == name)


def states(found: Balance) -> dict[str, str]:
    return {each.id: each.state for each in found.entries}


def test_every_hypothesis_of_the_theory_is_there(sheet: Any) -> None:
    found = {each.id: (each.kind, each.packets, each.where) for each in sheet().entries}
    assert found == {
        "M1": ("mechanism", ("B",), "A-B"),
        "M2": ("mechanism", ("B",), "A-B"),
        "M3": ("mechanism", ("C",), "B-C"),
        "M4": ("mechanism", ("D",), "C-D"),
        "M5": ("mechanism", ("B",), "n1"),
        "M6": ("mechanism", (), "o1"),
        "A1": ("assumption", ("B",), "A-B"),
        "R1": ("risk", ("B",), "A-B"),
        "F1": ("factor", ("B", "C"), "B, C"),
        "F2": ("factor", ("D",), "D"),
    }


def test_what_lies_outside_the_examination_is_marked_and_comes_last(sheet: Any) -> None:
    found = sheet("fates: [{hypothesis: M1, fate: confirmed}]")
    assert [each.id for each in found.entries if not each.is_examined] == ["M4", "F2", "M6"]
    assert [each.id for each in found.entries][-4:] == ["M1", "M4", "F2", "M6"]


def test_where_nobody_said_anything_nothing_is_said(sheet: Any) -> None:
    assert set(states(sheet()).values()) == {"unsaid"}


@pytest.mark.parametrize(
    ("judgement", "state"),
    [
        ("fates: [{hypothesis: F1, fate: refuted}]", "refuted"),
        ("rivals: [{factor: F1, packet: B, role: excludes}]", "told"),
        ("rivals: [{factor: F1, packet: B}]", "unsaid"),
        ("claims: [{id: C1, packet: B, text: x, factors: F1, status: refuted}]", "told"),
        ("claims: [{id: C1, packet: B, text: x, factors: F1, form: own}]", "told"),
        ("claims: [{id: C1, packet: B, text: x, factors: F1}]", "unsaid"),
    ],
)
def test_the_state_is_what_people_said_and_no_more(judgement: str, state: str, sheet: Any) -> None:
    assert states(sheet(judgement))["F1"] == state


def test_a_fate_comes_with_its_reason_and_date(sheet: Any) -> None:
    found = sheet("fates: [{hypothesis: M1, fate: confirmed, reason: Seen twice, date: 2025-05}]")
    told = entry(found, "M1")
    assert (told.fate, told.reason, told.date) == ("confirmed", "Seen twice", "2025-05")


def test_a_factor_has_a_role_in_each_packet_and_case(sheet: Any) -> None:
    found = sheet(
        "rivals:\n"
        "  - {factor: F1, packet: B, role: complements}\n"
        "  - {factor: F1, packet: C, cases: [N, S], role: hinders, reason: x}\n"
    )
    told = [(role.packet, role.cases, role.role) for role in entry(found, "F1").roles]
    assert told == [("B", (), "complements"), ("C", ("N", "S"), "hinders")]
    text = FORMATS["text"]([found], words("en"))
    assert "what became of it: complements (B); hinders (C: N, S)" in text


def test_the_claims_that_name_a_hypothesis_come_with_what_was_said(sheet: Any) -> None:
    found = sheet(
        "claims:\n"
        "  - {id: C1, packet: B, text: x, mechanisms: [M1, M1], status: inconclusive, form: own}\n"
        "  - {id: C2, packet: B, text: x, mechanisms: M1}\n"
    )
    told = [(claim.id, claim.status, claim.form) for claim in entry(found, "M1").claims]
    assert told == [("C1", "inconclusive", "own"), ("C2", None, None)]
    text = FORMATS["text"]([found], words("en"))
    assert "claims: C1 (inconclusive, own contribution); C2\n" in text


def test_evidence_is_counted_on_each_side(sheet: Any) -> None:
    told = entry(sheet(), "M1")
    assert (told.supports.items, told.supports.roots, told.supports.cases) == (2, 1, ("N", "S"))
    assert (told.against.items, told.against.codes) == (1, ("N_PC1_2-02",))
    assert (told.nuances.items, told.context.items) == (1, 0)


def test_the_order_is_that_of_what_people_said_then_of_the_theory(sheet: Any) -> None:
    found = sheet(
        "fates:\n"
        "  - {hypothesis: M1, fate: confirmed}\n"
        "  - {hypothesis: M2, fate: inconclusive}\n"
        "  - {hypothesis: A1, fate: refuted}\n"
        "  - {hypothesis: R1, fate: not_tested, reason: x}\n"
        "  - {hypothesis: M5, fate: partly_confirmed}\n"
        "rivals: [{factor: F1, packet: B, role: complements}]\n"
    )
    assert [each.id for each in found.examined] == ["M3", "F1", "R1", "A1", "M2", "M5", "M1"]


def test_the_counts_are_those_of_what_is_examined(sheet: Any) -> None:
    found = sheet(
        "fates: [{hypothesis: M1, fate: confirmed}, {hypothesis: M4, fate: confirmed}]\n"
        "rivals: [{factor: F1, packet: B, role: complements}]\n"
    )
    assert found.counts == {
        "examined": 7,
        "declared": 6,
        "emerged": 1,
        "with_fate": 1,
        "told": 1,
        "unsaid": 5,
        "outside": 3,
    }


@pytest.mark.parametrize(
    ("packet", "names"),
    [("C", {"M3", "F1"}), ("2", {"M3", "F1"}), ("D", {"M4", "F2"}), ("A", set())],
)
def test_one_packet_may_be_chosen(packet: str, names: set[str], sheet: Any) -> None:
    assert set(states(sheet(packet=packet))) == names


def test_counts_and_states_agree_on_the_shipped_evaluations() -> None:
    for path in (QUIT, LOOS, DRAFT):
        for found in sheets(path):
            counts = found.counts
            told = counts["with_fate"] + counts["told"] + counts["unsaid"]
            assert counts["examined"] == counts["declared"] + counts["emerged"] == told
            assert len(found.entries) == counts["examined"] + counts["outside"]


def sheets(path: Path) -> list[Balance]:
    return [draw_up(Dossier(project)) for project in load(path)]


# Formats.


def test_text_says_what_there_is(sheet: Any) -> None:
    text = FORMATS["text"](
        [sheet("fates: [{hypothesis: M1, fate: confirmed, date: 2025-05, reason: Seen.}]")],
        words("en"),
    )
    assert text.split("Confirmed\n")[1].split("\n\n")[0] == (
        "  M1 =Because | <b>of</b> it\n"
        "      mechanism of A-B; declared\n"
        "      what became of it: confirmed (2025-05). Seen.\n"
        "      + 2/1 (N, S): S_PC1_2-01, N_PC1_2-01\n"
        "      − 1/1 (N): N_PC1_2-02\n"
        "      ~ 1/1 (N): N_PC1_2-03"
    )
    assert "  M2 A rumour\n      mechanism of A-B; emergent (March)\n      no item for" in text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", [QUIT, LOOS, DRAFT], ids=["quit", "loos", "draft"])
def test_a_page_fits_eighty_columns(path: Path, language: str) -> None:
    lines = FORMATS["text"](sheets(path), words(language)).splitlines()
    assert max(len(line) for line in lines) <= 80
    assert not [line for line in lines if line.strip()[:1] in tuple("»?:;!")]


def test_json_has_every_field(sheet: Any) -> None:
    document = json.loads(FORMATS["json"]([sheet()], words("en")))
    assert set(document) == {"version", "evaluations"}
    [evaluation] = document["evaluations"]
    assert set(evaluation) == {"name", "title", "counts", "hypotheses"}
    assert set(evaluation["hypotheses"][0]) == {
        *("id", "kind", "title", "text", "packets", "where", "is_examined", "origin", "since"),
        *("state", "fate", "date", "reason", "roles", "claims"),
        *("supports", "against", "nuances", "context"),
    }


def test_csv_has_a_line_per_hypothesis_and_evaluation(sheet: Any) -> None:
    found = sheet(
        "rivals: [{factor: F1, packet: B, cases: N, role: hinders}]\n"
        "claims: [{id: C1, packet: B, text: x, mechanisms: M1, status: inconclusive}]\n"
    )
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"]([found, found], words("en")))))
    assert len(rows) == 2 * len(found.entries)
    told = {row["id"]: row for row in rows}
    assert told["F1"]["roles"] == "B/N: hinders"
    assert told["M1"]["claims"] == "C1: inconclusive, ·"
    assert told["M1"]["supports_codes"] == "S_PC1_2-01; N_PC1_2-01"
    assert (told["M4"]["examined"], told["M1"]["examined"]) == ("no", "yes")


def test_no_spreadsheet_takes_a_text_for_a_formula(sheet: Any) -> None:
    assert "'=Because | <b>of</b> it" in FORMATS["csv"]([sheet()], words("en"))


def test_markdown_keeps_a_text_in_its_cell(sheet: Any) -> None:
    found = sheet("fates: [{hypothesis: M1, fate: confirmed, reason: x | y}]", title="a <b>b</b>")
    text = FORMATS["md"]([found], words("en"))
    assert "# a &lt;b>b&lt;/b>" in text
    assert "| =Because \\| &lt;b>of&lt;/b> it |" in text
    assert "| confirmed. x \\| y |" in text


@pytest.mark.parametrize("form", ["text", "md"])
def test_the_words_are_those_of_the_language(form: str, sheet: Any) -> None:
    text = FORMATS[form]([sheet()], words("fr"))
    assert "Rien n'est dit de ce qu'elles sont devenues" in text
    assert "mécanisme de A-B" in text


def test_both_languages_have_the_same_words() -> None:
    def shape(branch: Any) -> Any:
        if isinstance(branch, dict):
            return {key: shape(value) for key, value in branch.items()}
        return sorted(part.split("}")[0] for part in str(branch).split("{")[1:])

    english, french = (shape(dict(words(each)["balance"])) for each in ("en", "fr"))
    assert english == french


def drawn(found: list[Balance], language: str = "en", width: int = 60) -> str:
    console = Console(file=io.StringIO(), width=width, no_color=True)
    show_balance(found, words(language), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_long_title_fits_eighty_columns(sheet: Any) -> None:
    lines = FORMATS["text"]([sheet(title="An evaluation " * 10)], words("en")).splitlines()
    assert [len(line) for line in lines[:3]] == [72, 66, 80]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", [QUIT, LOOS, DRAFT], ids=["quit", "loos", "draft"])
def test_tables_fit_a_narrow_terminal(path: Path, language: str) -> None:
    text = drawn(sheets(path), language)
    assert max(len(line) for line in text.splitlines()) <= 60
    assert "\x1b" not in text


def test_tables_show_every_hypothesis_and_claim() -> None:
    found = sheets(QUIT)
    text = drawn(found, width=200)
    for each in found[0].entries:
        assert each.id in text
        assert all(claim.id in text for claim in each.claims)


def test_tables_take_no_text_for_markup(sheet: Any) -> None:
    assert "[bold]E[/]" in drawn([sheet(title="[bold]E[/]")])


# The quality annex.


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_story_has_the_sheet_in_its_annex(form: str, evaluation: Any) -> None:
    told = evaluation(
        "fates: [{hypothesis: M2, fate: confirmed, date: 2025-05}]\n"
        "rivals: [{factor: F1, packet: B, role: complements}]\n"
        "claims: [{id: C1, packet: B, text: x, mechanisms: M1, form: own}]\n"
    )
    table = tell(told).quality.balance
    assert [row.head for row in table.rows] == [entry.id for entry in draw_up(told).examined]
    rows = {row.head: row.values for row in table.rows}
    dated = "confirmed (2025-05)"
    counts = ("2\u00a0/\u00a01", "1\u00a0/\u00a01")
    assert rows["M1"][1:] == ("declared", "not said", *counts, "C1 (own contribution)")
    assert rows["M2"] == ("A rumour", "emergent (March)", dated, "—", "—", "—")
    assert rows["F1"][2] == "complements (B)"
    page = render(tell(told), f"story.{form}.j2")
    assert "Balance sheet of hypotheses" in page
    assert dated in page


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_story_without_hypotheses_has_no_sheet(form: str, workspace: Workspace) -> None:
    root = workspace(
        {
            "theories/t.yaml": "id: t\ntitle: T\n",
            "evidence/e/evaluation.yaml": "title: E\ntheory: t\n",
        }
    )
    [project] = load(root)
    assert "Balance sheet" not in render(tell(Dossier(project)), f"story.{form}.j2")


# The command.


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["balance", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_each_format(form: str, tmp_path: Path) -> None:
    path = tmp_path / "balance"
    assert run(QUIT, "--format", form, "-o", path).exit_code == 0
    assert path.read_bytes() == run(QUIT, "--format", form).stdout_bytes


def test_the_command_speaks_french() -> None:
    assert "Hypothèses examinées" in run(QUIT, "--lang", "fr").output


def test_an_evaluation_without_the_packet_is_left_out() -> None:
    both = json.loads(run(QUIT.parents[1], "--packet", "E", "--format", "json").output)
    names = [each["name"] for each in both["evaluations"]]
    assert ("loos-en-gohelle" in names, "quit-together" in names) == (True, False)


def test_a_packet_that_no_evaluation_has_is_named() -> None:
    found = run(QUIT, "--packet", "Z")
    assert found.exit_code == 2
    assert "quit-together has no packet Z; it has A, B, C, D" in found.stderr


def test_the_sheet_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balance_command, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    text = run(DRAFT).output
    assert "──" in text
    assert max(len(line) for line in text.splitlines()) <= 60


@pytest.mark.parametrize(("name", "file"), pairs("balance"))
def test_the_command_says_what_it_said(name: str, file: str, golden: Golden) -> None:
    golden(name, file)
