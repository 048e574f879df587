"""The traceability matrix of conclusions: what each hangs on, what is missing, in five formats."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from conftest import Golden, Workspace
from renew_golden import pairs, workspace as golden_workspace
from scc_eval.cli import app, matrix as matrix_command
from scc_eval.cli._pictures import show_matrix
from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.project import load
from scc_eval.trails import MATRIX_FORMATS, Matrix, matrix
from scc_eval.trails.conclusions import HOLES, Row
from test_cli import run as command

QUIT, LOOS, REPAIRED = (
    golden_workspace(name) for name in ("quit-together", "loos-en-gohelle", "loos-repaired")
)
EVALUATIONS = pytest.mark.parametrize(
    "path", [QUIT, LOOS, REPAIRED], ids=["quit", "loos", "mended"]
)

THEORY = """\
id: t
title: T
questions: [{id: Q1, text: Does it work?}, {id: Q2, text: "=Does it last?"}]
packets: [{letter: A, title: Done}, {letter: B, number: 1, title: Changed}]
"""
REGISTER = """\
cases: [{code: N, label: North}]
sources: [{id: P1}, {id: P2, derived_from: P1}, {id: P3}]
evidence:
  - {code: N_PC1_1-01, text: x, sources: P1}
  - {code: N_PC1_1-02, text: x, sources: P2}
  - {code: N_PC1_2-01, text: x, sources: [P2, P3]}
  - {code: N_PC1_2-02, text: x, sources: P3, set_aside: Hearsay}
  - {code: N_PC1_3-01, text: x}
  - {code: odd one, text: x, sources: P3}
claims:
  - {id: C1, packet: B, text: "=1+1", evidence: [N_PC1_1, N_PC1_2-01], status: refuted}
  - {id: C2, packet: B, text: Bare}
  - {id: C3, packet: B, text: Told, evidence: N_PC1_3-01}
story:
  - title: H
    packet: B
    section: 1
    assertions: [{id: S1, text: It changed, evidence: N_PC1_2}]
key_points:
  - {id: K1, packet: B, text: In all, rests_on: [C1, S1]}
"""
CLOSING = """\
conclusions:
  - {id: CCL1, question: Q1, text: It works, rests_on: [K1, N_PC1_1-02, odd one], tone: mixed}
  - {id: CCL2, question: Q1, text: It rests on nothing}
  - {id: CCL3, question: Q9, text: It leads to no code, rests_on: C2}
  - {id: CCL4, text: It leads to no source, rests_on: [C3, N_PC9_9]}
recommendations:
  - {id: R1, title: "+Go on", conclusions: [CCL1, CCL4]}
  - {id: R2, title: Stop}
  - {id: R3, title: Or not, conclusions: CCL9}
lessons:
  - {id: L1, title: After it, rests_on: [CCL1, C1]}
  - {id: L2, title: With it, rests_on: [K1, C1]}
  - {id: L3, title: Beside it, rests_on: [S1, K1]}
  - {id: L4, title: Apart, rests_on: S1}
  - {id: L5, title: From nothing}
"""


@pytest.fixture
def drawn_up(workspace: Workspace) -> Any:
    """Draws up the matrix of a small evaluation with the closing given."""

    def draw(closing: str = CLOSING, title: str = "E") -> Matrix:
        root = workspace(
            {
                "theories/t.yaml": THEORY,
                "evidence/e/evaluation.yaml": f"title: {json.dumps(title)}\ntheory: t\n",
                "evidence/e/register.yaml": REGISTER,
                "evidence/e/closing.yaml": closing,
            }
        )
        return matrix_at(root)

    return draw


@pytest.fixture
def small(drawn_up: Any) -> Matrix:
    """The matrix of the small evaluation."""
    found: Matrix = drawn_up()
    return found


def matrix_at(path: Path) -> Matrix:
    [project] = load(path)
    return matrix(Dossier(project))


def row(found: Matrix, name: str) -> Row:
    return next(each for each in found.rows if each.subject.id == name)


def ids(nodes: Any) -> tuple[str, ...]:
    return tuple(node.id for node in nodes)


# The rows.


def test_a_row_for_each_conclusion_under_its_question_then_what_hangs_on_none(
    small: Matrix,
) -> None:
    assert [(each.question and each.question.id, each.subject.id) for each in small.rows] == [
        ("Q1", "CCL1"),
        ("Q1", "CCL2"),
        ("Q2", "Q2"),
        (None, "CCL3"),
        (None, "CCL4"),
        (None, "R2"),
        (None, "R3"),
        (None, "L4"),
        (None, "L5"),
    ]


def test_a_recommendation_whose_conclusion_nothing_bears_follows_from_none(small: Matrix) -> None:
    assert row(small, "R3").holes == ("no_conclusion",)


def test_what_a_conclusion_rests_on_and_where_that_leads(small: Matrix) -> None:
    found = row(small, "CCL1")
    assert [(g.node.kind, g.node.id, g.claims) for g in found.grounds] == [
        ("key point", "K1", ("C1",)),
        ("code", "N_PC1_1", ()),
        ("code", "odd one", ()),
    ]
    assert [tuple(code) for code in found.grounds[0].codes] == [
        ("N_PC1_1", 2, ("P1",)),
        ("N_PC1_2", 1, ("P1", "P3")),
    ]
    assert [tuple(code) for code in found.grounds[1].codes] == [("N_PC1_1", 1, ("P1",))]
    assert [tuple(code) for code in found.grounds[2].codes] == [("odd one", 1, ("P3",))]
    assert ids(found.claims) == ("C1",)
    assert found.codes == ("N_PC1_1", "N_PC1_2", "odd one")
    assert found.roots == ("P1", "P3")
    assert ids(found.recommendations) == ("R1",)


def test_a_lesson_hangs_on_a_conclusion_or_shares_its_claims(small: Matrix) -> None:
    told = [(each.node.id, each.through) for each in row(small, "CCL1").lessons]
    assert told == [("L1", ()), ("L2", ("C1",)), ("L3", ("K1",))]
    apart = row(small, "L4")
    assert (ids(ground.node for ground in apart.grounds), apart.roots) == (("S1",), ("P1", "P3"))


@pytest.mark.parametrize(
    ("name", "holes"),
    [
        ("CCL1", ()),
        ("CCL2", ("no_ground",)),
        ("Q2", ("no_conclusion",)),
        ("CCL3", ("no_question", "no_code")),
        ("CCL4", ("no_question", "no_source", "lost")),
        ("R2", ("no_conclusion",)),
        ("L4", ("no_conclusion",)),
        ("L5", ("no_conclusion", "no_ground")),
    ],
)
def test_what_is_missing_in_a_row(name: str, holes: tuple[str, ...], small: Matrix) -> None:
    assert row(small, name).holes == holes


def test_names_that_nothing_bears_are_named(small: Matrix) -> None:
    found = row(small, "CCL4")
    assert found.lost == ("N_PC9_9",)
    assert [ground.node.kind for ground in found.grounds] == ["claim", "unknown"]


def test_the_counts_are_those_of_the_rows(small: Matrix) -> None:
    assert small.counts == {
        "questions": 2,
        "conclusions": 4,
        "no_conclusion": 5,
        "no_question": 2,
        "no_ground": 2,
        "no_code": 1,
        "no_source": 1,
        "lost": 1,
    }


def test_what_the_published_evaluation_lacks() -> None:
    """Two conclusions without antecedent, a block of recommendations without conclusion, and no
    lesson that says what it rests on: as its report was printed."""
    found = matrix_at(LOOS)
    bare = [each.subject.id for each in found.rows if "no_ground" in each.holes]
    alone = [each.subject.id for each in found.rows if "no_conclusion" in each.holes]
    assert bare == ["CCL9", "CCL14", *(f"L{n}" for n in range(1, 10))]
    assert alone == ["REC-2", *(f"L{n}" for n in range(1, 10))]
    assert found.counts["conclusions"] == 19


def test_the_repaired_one_lacks_a_conclusion_for_one_lesson() -> None:
    holes = {each.subject.id: each.holes for each in matrix_at(REPAIRED).rows if each.holes}
    assert holes == {"L2": ("no_conclusion",)}


def test_a_conclusion_followed_by_hand() -> None:
    found = row(matrix_at(QUIT), "CCL4")
    assert found.question is not None
    assert found.question.id == "Q2"
    assert ids(found.claims) == ("CL-C2",)
    assert ids(ground.node for ground in found.grounds) == ("CL-C2", "KP-C3")
    assert found.codes == ("WORK-P2.2", "HLTH-P2.2", "WORK-P2.3", "COMM-P2.3")
    assert found.roots == ("FUP", "PHA1", "PT05", "PT12", "PT14", "PT18", "REG")
    assert ids(found.recommendations) == ("REC1", "REC2")
    assert found.lessons == ()


# Formats.


def rows_in_csv(found: Matrix) -> list[dict[str, str]]:
    text = MATRIX_FORMATS["csv"]([found], words("en"))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_line_for_each_code_of_each_ground(small: Matrix) -> None:
    told = [
        (line["conclusion"], line["rests_on"], line["code"], line["items"], line["root_source_ids"])
        for line in rows_in_csv(small)
    ]
    assert told == [
        ("CCL1", "K1", "N_PC1_1", "2", "P1"),
        ("CCL1", "K1", "N_PC1_2", "1", "P1; P3"),
        ("CCL1", "N_PC1_1", "N_PC1_1", "1", "P1"),
        ("CCL1", "odd one", "odd one", "1", "P3"),
        ("CCL2", "", "", "0", ""),
        ("", "", "", "0", ""),
        ("CCL3", "C2", "", "0", ""),
        ("CCL4", "C3", "N_PC1_3", "1", ""),
        ("CCL4", "N_PC9_9", "", "0", ""),
        ("", "", "", "0", ""),
        ("", "", "", "0", ""),
        ("", "S1", "N_PC1_2", "1", "P1; P3"),
        ("", "", "", "0", ""),
    ]
    first, *_ = rows_in_csv(small)
    assert (first["evaluation"], first["question"], first["tone"]) == ("e", "Q1", "mixed")
    assert (first["rests_on_kind"], first["claims"]) == ("key point", "C1")
    assert (first["recommendations"], first["lessons"]) == ("R1", "L1; L2 (C1); L3 (K1)")
    last = rows_in_csv(small)[-1]
    assert (last["lessons"], last["missing"]) == ("L5", "no_conclusion; no_ground")


def test_no_spreadsheet_takes_a_text_for_a_formula(drawn_up: Any) -> None:
    closing = "conclusions: [{id: '@x', question: Q2, text: '-y', rests_on: C1}]\n"
    [line, *_] = [each for each in rows_in_csv(drawn_up(closing)) if each["conclusion"]]
    assert (line["conclusion"], line["conclusion_text"]) == ("'@x", "'-y")
    assert (line["question_text"], line["rests_on_text"]) == ("'=Does it last?", "'=1+1")


def test_json_has_every_field(small: Matrix) -> None:
    document = json.loads(MATRIX_FORMATS["json"]([small], words("en")))
    assert document["version"] == 1
    [evaluation] = document["evaluations"]
    assert set(evaluation) == {"name", "title", "counts", "rows"}
    assert set(evaluation["counts"]) == {"questions", "conclusions", *HOLES}
    first = evaluation["rows"][0]
    assert set(first) == {
        *("question", "conclusion", "grounds", "claims", "codes", "roots", "recommendations"),
        *("lessons", "lost", "missing"),
    }
    assert first["conclusion"] == {
        "kind": "conclusion",
        "id": "CCL1",
        "words": "It works",
        "mark": "mixed",
    }
    assert first["grounds"][0]["codes"][0] == {"code": "N_PC1_1", "items": 2, "roots": ["P1"]}
    assert first["lessons"][1]["through"] == ["C1"]
    assert evaluation["rows"][2]["conclusion"] is None


def test_text_tells_what_is_missing_first_then_each_conclusion(small: Matrix) -> None:
    text = MATRIX_FORMATS["text"]([small], words("en"))
    assert text.split("\n\n")[:3] == [
        "E\n=",
        "Questions: 2. Conclusions: 4.\n"
        "- Questions that no conclusion answers: Q2.\n"
        "- Recommendations that follow from no conclusion: R2, R3.\n"
        "- Lessons that share nothing with any conclusion: L4, L5.\n"
        "- Answer no declared question: CCL3, CCL4.\n"
        "- Rest on nothing: CCL2, L5.\n"
        "- Lead to no code: CCL3.\n"
        "- Lead to no source: CCL4.\n"
        "- Rest on names that nothing bears: CCL4.",
        "Q1: Does it work?",
    ]
    assert text.split("\n\n")[3:8] == [
        "  CCL1 (mixed): It works\n"
        "      claims and key points: C1 (claim, refuted); K1 (key point)\n"
        "      codes: N_PC1_1, N_PC1_2, odd one\n"
        "      root sources: 2: P1, P3\n"
        "      recommendations: R1: +Go on\n"
        "      lessons: L1: After it; L2: With it (through C1); L3: Beside it (through\n"
        "        K1)",
        "  CCL2: It rests on nothing ⚠ rests on nothing",
        "Q2: =Does it last?",
        "  ⚠ no conclusion for Q2",
        "No declared question",
    ]
    assert "  CCL3: It leads to no code ⚠ no declared question ⚠ leads to no code\n" in text
    assert "⚠ nothing is called N_PC9_9" in " ".join(text.split())


def test_text_says_so_where_nothing_is_missing() -> None:
    text = MATRIX_FORMATS["text"]([matrix_at(QUIT)], words("en"))
    assert "- Nothing. Every conclusion answers a question and leads to root sources.\n" in text


@pytest.mark.parametrize("language", ["en", "fr"])
@EVALUATIONS
def test_a_page_fits_eighty_columns(path: Path, language: str) -> None:
    lines = MATRIX_FORMATS["text"]([matrix_at(path)], words(language)).splitlines()
    assert max(len(line) for line in lines) <= 80
    assert not [line for line in lines if line.strip()[:1] in tuple("»?:;!")]


def test_markdown_has_a_row_for_each_conclusion(small: Matrix) -> None:
    page = MATRIX_FORMATS["md"]([small], words("en"))
    table = [line for line in page.splitlines() if line.startswith("|")]
    assert len(table) == 2 + len(small.rows)
    assert table[2] == (
        "| Q1: Does it work? | CCL1 (mixed): It works | C1 (claim, refuted); K1 (key point) "
        "| N_PC1_1, N_PC1_2, odd one | 2: P1, P3 | R1: +Go on "
        "| L1: After it; L2: With it (through C1); L3: Beside it (through K1) |"
    )
    assert table[3] == "| Q1 | CCL2: It rests on nothing ⚠ rests on nothing | · | · | · | · | · |"
    assert table[4].startswith("| Q2: =Does it last? | ⚠ no conclusion for Q2 | · |")
    assert table[5].startswith("| · | CCL3: ")
    assert "- Rest on nothing: CCL2, L5.\n" in page


def test_markdown_keeps_a_text_in_its_cell(drawn_up: Any) -> None:
    closing = 'conclusions: [{id: X, question: Q1, text: "a | b\\n\\n[c](d) <i>"}]\n'
    page = MATRIX_FORMATS["md"]([drawn_up(closing, title="E <b>")], words("en"))
    assert r"| X: a \| b \[c\](d) \<i\> ⚠ rests on nothing |" in page
    assert page.startswith("# E \\<b\\>\n")


class Page(HTMLParser):
    """What a page holds: its elements, its anchors and links, its cells row by row."""

    VOID = ("meta", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: Counter[str] = Counter()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.scopes: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.append((tag, name, value))
            if name == "id":
                self.anchors.append(value or "")
            if name == "href":
                self.links.append((value or "").removeprefix("#"))
            if name == "scope":
                self.scopes[value or ""] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page_of(found: Matrix, language: str = "en") -> Page:
    return Page(MATRIX_FORMATS["html"]([found], words(language)))


@EVALUATIONS
def test_html_is_whole_and_leads_where_it_says(path: Path) -> None:
    found = matrix_at(path)
    page = page_of(found, "fr")
    assert page.open == []
    assert len(page.anchors) == len(set(page.anchors)) == len(found.rows)
    assert set(page.links) <= set(page.anchors)
    assert page.elements["caption"] == page.elements["h1"] == 1
    assert page.scopes["col"] == 6
    assert page.scopes["row"] == len(found.rows)
    assert ("html", "lang", "fr") in page.attributes


def test_html_loads_nothing(small: Matrix) -> None:
    page = page_of(small)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert ("meta", "content", policy) in page.attributes
    assert not {"script", "img", "link", "iframe"} & page.elements.keys()
    assert not [value for _, name, value in page.attributes if name in ("src", "style")]


def test_html_is_read_in_the_dark_on_paper_and_by_keyboard(small: Matrix) -> None:
    text = MATRIX_FORMATS["html"]([small], words("en"))
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert "position: sticky" in text
    assert 'role="region" aria-label="Traceability of the conclusions" tabindex="0"' in text


def test_html_shows_a_hostile_text_as_it_is(drawn_up: Any) -> None:
    closing = (
        "conclusions: [{id: '\"><script>', text: '<img src=x onerror=alert(1)> & «  x »'}]\n"
        "recommendations: [{id: 'a b', title: '</td><script>alert(2)</script>'}]\n"
    )
    found = drawn_up(closing, title="</title><script>alert(3)</script>")
    page = page_of(found)
    assert page.open == []
    assert not {"script", "img"} & page.elements.keys()
    assert "a-b" in page.anchors
    text = MATRIX_FORMATS["html"]([found], words("en"))
    assert (
        "&lt;img src=x onerror=alert(1)&gt; &amp; «\N{NO-BREAK SPACE}x\N{NO-BREAK SPACE}»" in text
    )
    assert '<a href="#%22%3E%3Cscript%3E">&quot;&gt;&lt;script&gt;</a>' in text


def test_html_has_no_anchor_twice(drawn_up: Any) -> None:
    closing = "conclusions: [{id: X, text: a}, {id: X, text: b}]\nlessons: [{id: X, title: c}]\n"
    page = page_of(drawn_up(closing))
    assert page.anchors == ["Q1", "Q2", "X", "X-2", "X-3"]
    assert {"X", "X-2", "X-3"} <= set(page.links)


def test_html_says_so_where_nothing_is_missing() -> None:
    text = MATRIX_FORMATS["html"]([matrix_at(QUIT)], words("en"))
    assert (
        "<li>Nothing. Every conclusion answers a question and leads to root sources.</li>" in text
    )


def test_html_holds_several_evaluations(small: Matrix) -> None:
    text = MATRIX_FORMATS["html"]([small, matrix_at(QUIT)], words("en"))
    page = Page(text)
    assert page.elements["table"] == 2
    assert len(page.anchors) == len(set(page.anchors))
    assert "<title>E, Evaluation of Quit Together — conclusions traced</title>" in text


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_words_are_those_of_the_language(form: str, small: Matrix) -> None:
    text = MATRIX_FORMATS[form]([small], words("fr")).replace("\N{NO-BREAK SPACE}", " ")
    assert "Recommandations qui ne découlent d" in text
    assert "⚠ ne mène à aucun code" in text


@pytest.mark.parametrize("width", [60, 100])
@EVALUATIONS
def test_what_is_shown_fits_its_terminal(path: Path, width: int) -> None:
    console = Console(file=io.StringIO(), width=width, no_color=True)
    show_matrix([matrix_at(path)], words("fr"), console)
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert width - 8 <= max(len(line) for line in lines) <= width


# The command.


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["matrix", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("form", MATRIX_FORMATS)
def test_the_command_writes_each_format(form: str, tmp_path: Path) -> None:
    path = tmp_path / "matrix"
    assert run("conclusions", QUIT, "--format", form, "-o", path).exit_code == 0
    assert path.read_bytes() == run("conclusions", QUIT, "--format", form).stdout_bytes


def test_the_command_takes_several_evaluations() -> None:
    both = json.loads(run("conclusions", QUIT.parent, "--format", "json").output)
    assert [each["name"] for each in both["evaluations"]] == [
        *("loos-en-gohelle", "loos-repaired", "quit-together"),
    ]


def test_a_matrix_that_there_is_not_is_named() -> None:
    found = run("sources", QUIT)
    assert found.exit_code == 2
    assert "WHAT takes one of conclusions, not sources" in found.stderr


def test_the_matrix_is_fitted_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix_command, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    assert max(len(line) for line in run("conclusions", QUIT).output.splitlines()) <= 60


@pytest.mark.parametrize(("name", "file"), pairs("matrix"))
def test_the_command_says_what_it_said(name: str, file: str, golden: Golden) -> None:
    golden(name, file)


def test_an_item_set_aside_bears_nothing(tmp_path: Path) -> None:
    command("init", tmp_path, "--example")
    path = tmp_path / "evidence" / "quit-together" / "cases" / "hlth.yaml"
    text = path.read_text("utf-8")
    aside = "  - code: HLTH-P1.1-01\n    set_aside: counted twice\n"
    path.write_text(text.replace("  - code: HLTH-P1.1-01\n", aside), "utf-8")
    evaluation = tmp_path / "evidence" / "quit-together"
    assert command("trace", "HLTH-P1.1-01", evaluation).code == 0
    assert command("matrix", "conclusions", evaluation).code == 0
