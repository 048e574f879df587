"""Where an evaluation stands: figures, what is missing at its stage, and the picture of it all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from typer.testing import CliRunner, Result

from _declared import (
    Data,
    Naming,
    dossier_of,
    evaluations,
    other as other_names,
    plain as plain_names,
    symbolic,
)
from conftest import Golden, Workspace
from renew_golden import pairs, workspace as golden_workspace
from scc_eval.cli import app
from scc_eval.dossier import Dossier
from scc_eval.files import parse
from scc_eval.fitting import plain, width_of
from scc_eval.model.theory import Theory
from scc_eval.overview import FORMATS, Examined, Figures, Overview, Share, draw, look
from scc_eval.overview.advice import advise
from scc_eval.overview.missing import KINDS
from scc_eval.overview.records import Unread, Verdict
from scc_eval.project import Project, load
from scc_eval.reading import Reader
from scc_eval.rules import catalogue, examine
from scc_eval.sections import SECTIONS
from scc_eval.settings import Settings
from scc_eval.story import tell
from scc_eval.story.links import anchors_in

THEORY = """\
id: t
title: T
questions: [{id: Q1, text: Did it help?, packets: B}]
packets:
  - {letter: A, title: The market is run, role: intervention, boxes: [{id: A1, label: A fair}]}
  - {letter: B, number: 1, title: Farmers sell more, boxes: [{id: B1, label: More sales}]}
  - {letter: C, number: 2, title: The town eats better, boxes: [{id: C1, label: Fresh food}]}
links:
  - id: L1
    source: A
    target: B
    mechanisms: [{id: M1, label: Meeting, text: Buyers meet the growers.}]
  - {id: L2, source: B, target: C}
factors: [{id: F1, label: Rain, text: It rains., targets: B}]
"""
REGISTER = """\
cases: [{code: N, label: North}, {code: S, label: South}]
categories:
  - {id: farms, label: Farms, interest: Farmers, interviews: 6}
  - {id: shops, label: Shops, interviews: 2}
sources:
  - {id: P1, category: farms}
  - {id: P2, category: shops}
  - {id: P3, category: shops, derived_from: P2}
"""
ITEMS = (
    "N_PC1_1-01, sources: P1, bears_on: B1",
    "N_PC1_1-02, sources: P2, bears_on: B1",
    "N_PC1_1-03, sources: P3, bears_on: B1",
    "N_PC1_2-01, sources: P1, bears_on: M1",
    "S_PC1_2-01, sources: P2, bears_on: M1",
    "S_PC1_3-01, sources: P1, bears_on: F1",
)
CLAIM = "claims: [{id: K1, packet: B, text: The fair helps., mechanisms: M1}]\n"
VERDICT = "verdicts: [{packet: B, text: It helped., form: combined, status: partly_confirmed}]\n"
FATES = "fates: [{hypothesis: M1, fate: confirmed}]\n"
RIVAL = "rivals: [{factor: F1, packet: B, role: hinders}]\n"

DRAFT = golden_workspace("draft")
nasty = st.text(
    st.sampled_from("aé «»:█湖🚭\u200d\u0301\ufe0f\u202e\x1b\x07\ud800\n\t[]{}%") | st.characters(),
    max_size=80,
)
law = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def dossier(
    *texts: str, items: tuple[str, ...] = (), theory: str | None = THEORY, **given: Any
) -> Dossier:
    """An evaluation made of texts, none of which is written to a file."""
    reader = Reader()
    evidence = "evidence:\n" + "".join(f"  - {{text: x, code: {item}}}\n" for item in items)
    declared: dict[str, tuple[Any, ...]] = {}
    for text in (*texts, *([evidence] if items else [])):
        for name, entries in parse(text.encode(), "file.yaml").data.items():
            model = SECTIONS[name].load()
            made = tuple(reader.declare(model, entry, "file.yaml") for entry in entries)
            declared[name] = (*declared.get(name, ()), *(each for each in made if each))
    told = (
        reader.declare(Theory, parse(theory.encode(), "t.yaml").data, "t.yaml") if theory else None
    )
    chosen = Settings(title="The market", theory="t", **{"stage": 6, **given})
    stubs, said = tuple(reader.stubs), tuple(reader.diagnostics)
    return Dossier(Project("e", Path(), chosen, told, declared, stubs, diagnostics=said))


def seen(*texts: str, **given: Any) -> Overview:
    """The overview of an evaluation that has the register."""
    return look(dossier(REGISTER, *texts, **given))


def missing(*texts: str, **given: Any) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in seen(*texts, **given).missing]


def subjects(kind: str, *texts: str, **given: Any) -> list[str]:
    """What is missing of a kind."""
    return [subject for each, subject in missing(*texts, **given) if each == kind]


def packet(letter: str, *texts: str, **given: Any) -> Examined:
    return next(each for each in seen(*texts, **given).packets if each.letter == letter)


@pytest.mark.parametrize(("name", "file"), pairs("status"))
def test_the_status_says_what_it_said(name: str, file: str, golden: Golden) -> None:
    golden(name, file)


# Figures.


def shipped(name: str) -> Overview:
    [project] = load(golden_workspace(name))
    found = Dossier(project)
    return look(found, *examine(found, today="2026-11-23"))


def test_quit_together_counted_by_hand() -> None:
    found = shipped("quit-together")
    assert found.figures == Figures(
        evidence=52,
        roots=25,  # 26 sources; the Gazette repeats the manager
        interviews=48,
        cases=3,
        claims=4,
        errors=0,
        warnings=0,
        notes=0,
        accepted=1,
    )
    b, c = found.packets
    assert (b.items, c.items) == (27, 20)
    assert [sum(cell.items for cell in row.cells) for row in b.rows] == [6, 14, 7]
    assert b.statuses == (("confirmed_until_further_notice", 1), ("partly_confirmed", 1))
    assert c.statuses == (("partly_confirmed", 1), ("inconclusive", 1))
    assert [verdict[1:] for verdict in (*b.verdicts, *c.verdicts)] == [
        ("combined", "partly_confirmed", "moderate"),
        ("combined", "partly_confirmed", "low"),
    ]
    # AB1 to AB5 and BC1 to BC3, AC1 have a fate; no factor has one, every one has a role.
    assert (b.mechanisms, c.mechanisms) == (Share(5, 5, 5, 0), Share(4, 4, 4, 0))
    assert (b.factors, c.factors) == (Share(4, 4, 0, 4), Share(5, 5, 0, 5))
    assert (found.missing, found.unread, found.unjudged) == ((), (), ())


def test_loos_en_gohelle_counted_by_hand() -> None:
    found = shipped("loos-en-gohelle")
    assert found.figures[:5] == (224, 36, 97, 5, 10)
    assert [(each.letter, each.items, each.holes) for each in found.packets] == [
        ("B", 84, ()),
        ("C", 38, ()),
        ("D", 70, ()),
    ]
    assert [each.statuses for each in found.packets] == [((None, 3),), ((None, 3),), ((None, 4),)]
    assert [each.verdicts for each in found.packets] == [(), (), ()]
    kinds = [each.kind for each in found.missing]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "factor": 4,
        "rival": 10,
        "status": 10,
        "verdict": 3,
        "mechanism": 5,
    }
    assert [each.subject for each in found.missing[:4]] == ["xB7", "xC1", "xC2", "xD1"]


def test_the_repaired_evaluation_lacks_nothing() -> None:
    assert shipped("loos-repaired").missing == ()


def test_ten_items_from_one_root_are_one_source() -> None:
    found = packet("B", items=ITEMS)
    assert (found.items, found.roots, found.cells) == (6, 2, 6)
    assert found.holes == ("S_PC1_1", "N_PC1_3")


def test_a_verdict_is_told_as_it_was_given() -> None:
    [verdict] = packet("B", VERDICT).verdicts
    assert verdict == Verdict("It helped.", "combined", "partly_confirmed", None)
    assert packet("C", VERDICT).verdicts == ()


def test_claims_are_counted_by_their_status() -> None:
    claims = "claims:\n" + "".join(
        f"  - {{id: K{number}, packet: B, text: x{status}}}\n"
        for number, status in enumerate(("", ", status: refuted", "", ", status: untested"))
    )
    assert packet("B", claims).statuses == ((None, 2), ("refuted", 1), ("untested", 1))


@pytest.mark.parametrize(
    ("texts", "items", "mechanisms", "factors"),
    [
        ((), (), Share(1, 0, 0, 0), Share(1, 0, 0, 0)),
        ((), ITEMS, Share(1, 1, 0, 0), Share(1, 1, 0, 0)),
        ((FATES, RIVAL), ITEMS, Share(1, 1, 1, 0), Share(1, 1, 0, 1)),
    ],
)
def test_hypotheses_have_evidence_a_fate_or_a_role(
    texts: tuple[str, ...], items: tuple[str, ...], mechanisms: Share, factors: Share
) -> None:
    found = packet("B", *texts, items=items)
    assert (found.mechanisms, found.factors) == (mechanisms, factors)


def test_the_question_is_that_of_the_evaluation_or_those_of_its_theory() -> None:
    assert seen(question="Why?").question == "Why?"
    assert seen().question == "Did it help?"
    assert seen(theory="{id: t, title: T}").question == ""


def test_the_stage_has_a_word_in_each_language() -> None:
    assert dict(seen(stage=3).stages) == {"en": "collecting", "fr": "collecte"}


# What is missing.

CELLS = [f"{case}_PC{packet}_{section}" for packet in "12" for section in "123" for case in "NS"]


@pytest.mark.parametrize(
    ("stage", "pressing"),
    [
        (1, {}),
        (2, {2: ["mechanisms"], 1: ["factors"]}),
        (3, {2: ["mechanisms", "factor"], 1: ["factors", "mechanism", "cell"]}),
        (
            4,
            {
                2: ["mechanisms", "factor", "rival"],
                1: ["factors", "mechanism", "cell", "claims", "verdict", "points"],
            },
        ),
        (
            5,
            {
                3: ["mechanisms", "factor", "rival"],
                2: ["factors", "mechanism", "claims", "verdict", "points", "conclusion"],
                1: ["cell"],
            },
        ),
        (
            6,
            {
                3: ["mechanisms", "factor", "rival", "claims", "verdict", "conclusion"],
                2: ["factors", "mechanism", "points"],
                1: ["cell"],
            },
        ),
    ],
)
def test_what_is_asked_for_depends_on_the_stage(stage: int, pressing: dict[int, list[str]]) -> None:
    found = seen(stage=stage).missing
    told = {p: list(dict.fromkeys(m.kind for m in found if m.pressing == p)) for p in (3, 2, 1)}
    assert {p: kinds for p, kinds in told.items() if kinds} == pressing
    assert [each.pressing for each in found] == sorted((m.pressing for m in found), reverse=True)


def test_nothing_is_more_pressing_than_the_rule_behind_it() -> None:
    levels = {rule.code: rule.levels for rule in catalogue()}
    own = ("question", "packets", "cases", "points")
    for kind in (each for each in KINDS if each.name not in own):
        letters = "".join("-nwe"[level or 0] for level in levels[kind.rule])
        asked = zip(kind.pressing, letters, strict=True)
        assert all(ours in ("-", theirs) for ours, theirs in asked), kind.name


@pytest.mark.parametrize(
    ("kind", "names", "settled"),
    [
        (
            "mechanisms",
            ["L2"],
            {"theory": THEORY.replace("C}", "C, mechanisms: [{id: M2, text: x}]}")},
        ),
        ("factors", ["C"], {"theory": THEORY.replace("targets: B}", "targets: [B, C1]}")}),
        ("factor", ["F1"], {"items": ITEMS}),
        ("factor", ["F1"], {"absences": "[{cases: [N, S], on: F1, found: asked_not_found}]"}),
        ("factor", ["F1"], {"tests": "[{id: T1, on: F1, text: x, outcome: not_found}]"}),
        ("factor", ["F1"], {"rivals": "[{factor: F1, packet: B, search: Asked of all.}]"}),
        ("factor", ["F1"], {"fates": "[{hypothesis: F1, fate: not_tested, reason: No time.}]"}),
        ("factor", ["F1"], {"theory": THEORY.replace("targets: B}", "targets: B, excluded: x}")}),
        ("mechanism", ["M1"], {"items": ITEMS}),
        ("mechanism", ["M1"], {"fates": "[{hypothesis: M1, fate: not_tested, reason: No time.}]"}),
        ("rival", ["F1"], {"rivals": "[{factor: F1, packet: B, role: no_influence}]"}),
        ("rival", ["F1"], {"rivals": "[{factor: F1, packet: 1, reason: Nobody spoke of it.}]"}),
        ("rival", ["F1"], {"fates": "[{hypothesis: F1, fate: not_tested, reason: No time.}]"}),
        ("rival", ["F1"], {"theory": THEORY.replace("targets: B}", "targets: B, excluded: x}")}),
        (
            "claims",
            ["B", "C"],
            {"claims": "[{id: a, packet: 1, text: x}, {id: b, packet: C, text: x}]"},
        ),
        ("verdict", ["B", "C"], {"verdicts": "[{packet: 1, text: x}, {packet: C, text: x}]"}),
        (
            "points",
            ["B", "C"],
            {"key_points": "[{id: a, packet: B, text: x}, {id: b, packet: 2, text: x}]"},
        ),
        ("conclusion", ["Q1"], {"conclusions": "[{id: a, text: x, question: Q1}]"}),
    ],
)
def test_what_is_there_is_not_missing(kind: str, names: list[str], settled: dict[str, Any]) -> None:
    options = {name: settled.pop(name) for name in ("theory", "items") if name in settled}
    texts = [f"{name}: {entries}\n" for name, entries in settled.items()]
    assert subjects(kind) == names
    assert subjects(kind, *texts, **options) == []


@pytest.mark.parametrize(
    ("kind", "left", "text"),
    [
        ("factor", ["F1"], "absences: [{cases: [N, S], on: F1, found: not_asked}]"),
        ("factor", ["F1"], "tests: [{id: T1, on: F1, text: x}]"),
        ("factor", ["F1"], "fates: [{hypothesis: F1, fate: not_tested}]"),
        ("rival", ["F1"], "rivals: [{factor: F1, packet: B, role: not_examined}]"),
        ("rival", ["F1"], "rivals: [{factor: F1, packet: C, role: hinders}]"),
        ("cell", CELLS[:6], "absences: [{cases: [N, S], on: 2, found: not_applicable}]"),
        ("cell", CELLS, "absences: [{cases: [N, S], on: C, found: not_asked}]"),
    ],
)
def test_what_is_only_half_said_is_missing_still(kind: str, left: list[str], text: str) -> None:
    assert subjects(kind, text) == left


def test_the_empty_cells_are_missing_one_by_one() -> None:
    assert subjects("cell") == CELLS
    full = {item[:7] for item in ITEMS}
    assert subjects("cell", items=ITEMS) == [code for code in CELLS if code not in full]


def test_a_claim_without_a_status_is_missing_it() -> None:
    claims = "claims:\n" + "".join(
        f"  - {{id: K{number}, text: x, packet: {rest}}}\n"
        for number, rest in enumerate(("B", "1", "C, status: untested", "A", "Z"))
    )
    assert subjects("status", claims) == ["K0", "K1"]


def test_a_question_a_packet_and_a_case_are_missing_before_all_else() -> None:
    bare = look(dossier(theory="{id: t, title: T}"))
    assert [(each.kind, each.subject) for each in bare.missing] == [
        *(("packets", "t"), ("cases", "")),
        ("question", ""),
    ]
    assert subjects("question", theory="{id: t, title: T}", question="Why?") == []
    assert subjects("cases") == subjects("packets") == subjects("question") == []


@pytest.mark.parametrize(
    ("kind", "left", "broken"),
    [
        ("cell", [*CELLS[:2], *CELLS[3:]], "evidence: [{code: N_PC1_2-01, text: x, nature: odd}]"),
        ("factor", [], "evidence: [{code: N_PC1_2-01, text: x, bears_on: F1, nature: odd}]"),
        ("rival", [], "rivals: [{factor: F1, packet: B, role: odd}]"),
        ("claims", ["C"], "claims: [{id: K1, packet: B, text: x, form: odd}]"),
        ("verdict", ["B"], "verdicts: [{packet: 2, text: x, form: odd}]"),
        (
            "points",
            ["C"],
            "key_points: [{id: K1, packet: B, text: x, odd: x}, {id: K2, packet: B}]",
        ),
        ("conclusion", [], "conclusions: [{id: K1, text: x, question: Q1, tone: odd}]"),
    ],
)
def test_what_could_not_be_read_is_not_said_to_be_missing(
    kind: str, left: list[str], broken: str
) -> None:
    assert subjects(kind, broken) == left


def test_a_mechanism_or_a_factor_that_could_not_be_read_is_not_missing() -> None:
    mechanism = THEORY.replace("C}", "C, mechanisms: [{id: M2, text: x, origin: odd}]}")
    assert subjects("mechanisms", theory=mechanism) == []
    factor = THEORY.replace("targets: B}", "targets: B}, {id: F2, text: x, targets: C, type: odd}")
    assert subjects("factors", theory=factor) == []
    case = "cases: [{code: N, label: North, odd: x}, {code: S}]"
    assert [m.kind for m in look(dossier(case)).missing if m.kind == "cases"] == []


def test_what_a_profile_switches_off_is_not_asked_for(workspace: Workspace) -> None:
    root = workspace(files(profile="minimal"))
    assert [each.kind for each in opened(root).missing] == ["mechanisms"]


def files(**given: object) -> Mapping[str, str]:
    chosen = "".join(f"{name}: {value}\n" for name, value in {"stage": 6, **given}.items())
    return {
        "theories/t.yaml": THEORY,
        "evidence/e/evaluation.yaml": f"title: The market\ntheory: t\n{chosen}",
        "evidence/e/register.yaml": REGISTER,
    }


def opened(root: Path) -> Overview:
    [project] = load(root)
    return look(Dossier(project))


def test_the_levels_of_an_evaluation_count(workspace: Workspace) -> None:
    root = workspace(files(levels="{SCC304: 'off', SCC101: 'off'}"))
    kinds = {each.kind for each in opened(root).missing}
    assert {"cell", "mechanisms"}.isdisjoint(kinds)
    assert "verdict" in kinds


def test_sentences_name_the_thing_in_both_languages() -> None:
    [found] = [each for each in seen(CLAIM).missing if each.kind == "status"]
    assert (found.subject, found.packet, found.anchor, found.pressing) == ("K1", "B", "K1", 3)
    assert dict(found.sentences) == {
        "en": "Nobody says how the claim K1 stands before the evidence (The fair helps).",
        "fr": "Personne ne dit ce que vaut l'affirmation K1 devant les preuves (The fair helps).",
    }


def test_a_cell_is_told_by_its_case_and_its_section() -> None:
    [found] = [each for each in seen().missing if each.subject == "S_PC2_3"]
    assert found.sentences["fr"] == (
        "S_PC2_3 est vide : rien dans l'étude de cas South sur les autres explications du paquet C."
    )
    assert (found.packet, found.anchor) == ("C", "S_PC2_3")


def test_every_sentence_is_whole() -> None:
    bare = look(dossier(theory="{id: t, title: T}"))
    told = [*seen(CLAIM).missing, *bare.missing]
    assert {each.kind for each in told} == {kind.name for kind in KINDS} - {"claims"} | {"claims"}
    for each in told:
        assert set(each.sentences) == {"en", "fr"}
        for sentence in each.sentences.values():
            assert "{" not in sentence
            assert sentence.endswith(".")


def test_anchors_are_those_of_the_story() -> None:
    found = dossier(REGISTER, CLAIM, items=ITEMS)
    told = frozenset(anchors_in(tell(found)))
    overview = look(found)
    assert {each.anchor for each in overview.packets} <= told
    kinds = {"factor", "mechanism", "rival", "status", "claims", "verdict", "points", "factors"}
    anchors = {each.anchor for each in overview.missing if each.kind in kinds}
    assert anchors == {"F1", "K1", "packet-B", "packet-C"}
    assert anchors <= told


# What could not be read.


def test_the_places_that_could_not_be_read_are_told(workspace: Workspace) -> None:
    root = workspace({**files(), "evidence/e/claims.yaml": "claims:\n  - {id: K1, text: x}\n"})
    found = opened(root)
    assert found.unread == (Unread("evidence/e/claims.yaml", 2),)
    assert found.unjudged == ()
    assert "evidence/e/claims.yaml:2. What is counted above" in flat(found)


def test_the_rules_that_could_not_judge_are_told(workspace: Workspace) -> None:
    root = workspace({**files(), "evidence/e/claims.yaml": "claims:\n  - {id: K1\n"})
    found = opened(root)
    assert {"SCC501", "SCC305"} <= set(found.unjudged)
    assert "Not judged for that reason: SCC101" in flat(found)
    assert found.missing == ()
    assert "Nothing that this stage asks for, as far as could be read." in flat(found)
    assert "as far as could be read." in FORMATS["md"]([found], "en")
    assert "- SCC501" not in FORMATS["md"]([found], "en")


def flat(found: Overview, language: str = "en") -> str:
    """What is told, on one line."""
    return " ".join(FORMATS["text"]([found], language).split())


def test_without_its_theory_nothing_is_said_to_be_missing() -> None:
    found = seen(theory=None)
    assert (found.has_theory, found.packets, found.missing) == (False, (), ())
    assert "Its theory was not found or cannot be read." in flat(found)
    assert "What is missing cannot be told without the theory." in flat(found)


def test_the_name_of_a_file_need_not_be_unicode(tmp_path: Path, workspace: Workspace) -> None:
    root = workspace(files())
    try:
        (root / "evidence/e/\udcff.yaml").write_text("claims: [{}]\n")
    except OSError:  # macOS and Windows take no such name
        pytest.skip("the file system takes no such name")
    assert opened(root).unread == (Unread("evidence/e/?.yaml", 1),)


# The picture.


def told() -> Overview:
    """An overview with something of everything."""
    found = dossier(REGISTER, CLAIM, VERDICT, FATES, RIVAL, items=ITEMS, stage=4)
    return look(found, examine(found)[0])


def under(begun: str, found: Overview, width: int = 58, language: str = "en") -> list[str]:
    """The lines under the heading that begins so."""
    [block] = [each for each in draw(found, language, width) if each.heading.startswith(begun)]
    return [plain(line).strip() for line in block.lines]


def headings(found: Overview) -> list[str]:
    return [block.heading for block in draw(found, "en", 58)]


def test_one_picture_holds_it_all() -> None:
    assert headings(told()) == [
        *("Stage 4 of 6: first story", "Packet B", "Packet C"),
        *("What is missing (15)", "What to run next"),
    ]


def test_the_stage_stands_out_by_signs() -> None:
    assert under("Stage", told(), 80) == [
        "Did it help?",
        "",
        "1 causal question · 2 theory · 3 collecting · ▶ 4 first story ◀ · 5 critique",
        "6 final story",
        "6 evidence items · 2 root sources · 8 interviews · 2 cases · 1 claim",
        "0 errors · 16 warnings · 5 notes",
        "",
        "In each packet, a sign for each case: items by section",
        "○ 0  ▒ 1  ▓ 2  █ 3",
        "1 observed change  2 signs of contribution  3 other explanations",
    ]


def test_a_packet_shows_what_people_said_of_it() -> None:
    assert under("Packet B", told()) == [
        "Farmers sell more",
        "Verdict     combined contribution · partly confirmed",
        "no confidence given",
        "Claims      no status: 1",
        "Evidence    6 items · 2 root sources · 2 cells of 6 empty",
        "Sections    1 █○ 3  2 ▒▒ 2  3 ○▒ 1",
        "Mechanisms  evidence ██████ 1/1 · fate ██████ 1/1",
        "Factors     evidence ██████ 1/1 · fate ░░░░░░ 0/1",
        "role or claim judged: 1",
    ]


def test_a_packet_shows_what_nobody_said_of_it() -> None:
    assert under("Packet C", told()) == [
        "The town eats better",
        "Verdict     none given",
        "Claims      none written",
        "Evidence    0 items · 0 root sources · 6 cells of 6 empty",
        "Sections    1 ○○ 0  2 ○○ 0  3 ○○ 0",
        "Mechanisms  none declared",
        "Factors     none declared",
    ]


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        ("", "no form · no status · no confidence given"),
        (", form: combined", "combined contribution · no status · no confidence given"),
        (", status: refuted, confidence: high", "no form · refuted · confidence: high"),
    ],
)
def test_what_a_verdict_leaves_out_is_said(verdict: str, line: str) -> None:
    found = seen(f"verdicts: [{{packet: B, text: x{verdict}}}]\n")
    assert under("Packet B", found, 100)[1] == f"Verdict     {line}"


def test_two_verdicts_on_a_packet_are_both_shown() -> None:
    verdicts = ("form: none, status: refuted", "form: combined, status: untested")
    entries = "".join(f"  - {{packet: B, text: x, confidence: low, {v}}}\n" for v in verdicts)
    lines = under("Packet B", seen(f"verdicts:\n{entries}"), 200)
    assert lines[1].count("confidence: low") == 2
    assert ("refuted" in lines[1], "combined contribution" in lines[1]) == (True, True)


def test_what_its_stage_does_not_look_for_yet_is_not_shown() -> None:
    assert under("Packet B", seen(stage=2)) == [
        *("Farmers sell more", "Mechanisms  declared: 1", "Factors     declared: 1")
    ]
    assert under("Packet B", seen(stage=3)) == [
        "Farmers sell more",
        "Evidence    0 items · 0 root sources · 6 cells of 6 empty",
        "Sections    1 ○○ 0  2 ○○ 0  3 ○○ 0",
        "Mechanisms  evidence ░░░░░░ 0/1",
        "Factors     evidence ░░░░░░ 0/1",
    ]


def test_what_is_there_before_its_stage_is_shown() -> None:
    early = under("Packet B", seen(CLAIM, VERDICT, FATES, RIVAL, stage=1, items=ITEMS), 100)
    assert [line.split("  ")[0] for line in early] == [
        *("Farmers sell more", "Verdict", "Claims", "Evidence", "Sections"),
        *("Mechanisms", "Factors"),
    ]
    assert early[-2:] == [
        "Mechanisms  evidence ██████ 1/1 · fate ██████ 1/1",
        "Factors     evidence ██████ 1/1 · role or claim judged: 1",
    ]


def test_without_cases_there_are_no_cells_to_show() -> None:
    found = look(dossier(stage=3))
    assert under("Packet B", found)[1] == "Evidence    0 items · 0 root sources"
    assert "Sections" not in flat(found)
    assert "a sign for each case" not in flat(found)


def test_one_empty_cell_is_one_and_none_is_none() -> None:
    items = (*ITEMS, "S_PC1_1-01, sources: P1")
    assert "1 cell of 6 empty" in flat(seen(items=items))
    assert "no cell empty" in flat(seen(items=(*items, "N_PC1_3-01, sources: P1")))


def test_the_signs_of_many_cases_go_over_several_lines() -> None:
    cases = "".join(f"  - {{code: K{number:02}, label: x}}\n" for number in range(60))
    found = look(dossier(f"cases:\n{cases}", items=("K59_PC1_1-01",)))
    assert under("Packet B", found)[5:7] == [
        "Sections    1 ○○○○○○○○○○○○○○○○○○○○○○○○",
        "○○○○○○○○○○○○○○○○○○○○○○○○  ○○○○○○○○○○○█ 1",
    ]


def test_a_theory_without_packets_is_said_to_have_none() -> None:
    found = look(dossier(theory="{id: t, title: T}"))
    lines = under("Stage", found)
    assert (lines[0], lines[-1]) == (
        *("No question is written.", "The theory has no packet to examine."),
    )


def test_what_is_missing_is_named_or_counted_by_kind() -> None:
    assert under("What is missing (15)", told(), 100) == [
        "● Nothing says how B brings about C (link L2).",
        "· No other factor is declared for packet C (The town eats better).",
        "· 8 empty cells: S_PC1_1, N_PC1_3, N_PC2_1, S_PC2_1, N_PC2_2, S_PC2_2, +2 more",
        "· No contribution claim is written on packet C (The town eats better).",
        "· Nobody says how the claim K1 stands before the evidence (The fair helps).",
        "· No verdict is given on packet C (The town eats better).",
        "+2 more",
        "● due  · can wait",
    ]


def test_signs_that_are_not_shown_are_not_explained() -> None:
    lines = under("What is missing (24)", seen())
    assert [line[0] for line in lines if line[0] in "▲●·"] == ["▲"] * 7
    assert lines[-2:] == ["+16 more", "▲ cannot wait at this stage"]


def test_one_more_is_one_more() -> None:
    fewer = seen(stage=3, items=(*ITEMS, "N_PC2_1-01"))
    assert "7 empty cells" in flat(fewer)
    assert "S_PC2_2, N_PC2_3, +1 more " in flat(fewer)
    assert "S_PC2_2, N_PC2_3, +1 autre " in flat(fewer, "fr")


@pytest.mark.parametrize(
    ("found", "commands"),
    [
        ({"stage": 1}, ["graph"]),
        ({"stage": 3}, ["next", "coverage", "graph"]),
        ({"stage": 6}, ["next", "coverage", "balance", "story"]),
        ({"stage": 6, "theory": "{id: t, title: T}"}, ["story"]),
    ],
)
def test_what_to_run_next_follows_from_what_is_seen(
    found: dict[str, Any], commands: list[str]
) -> None:
    assert list(advise(seen(**found))) == commands


def test_nothing_is_to_be_run_where_nothing_can_be() -> None:
    found = seen(theory=None)
    assert list(advise(found)) == []
    assert headings(found) == ["Stage 6 of 6: final story", "What is missing"]


@pytest.mark.parametrize("found", ["errors", "warnings", "notes"])
def test_what_quality_control_found_is_for_validate(found: str) -> None:
    faulty = shipped("quit-together")
    assert "validate" not in advise(faulty)
    assert "validate" in advise(faulty._replace(figures=faulty.figures._replace(**{found: 1})))


def test_accepted_limitations_are_only_told_where_there_are_some() -> None:
    assert "1 accepted limitation" in flat(shipped("quit-together"))
    assert "accepted" not in flat(told())


def test_french_counts_nothing_in_the_singular() -> None:
    text = flat(seen(), "fr")
    assert "0 affirmation " in text
    assert "0 élément de preuve · 0 source première · 8 entretiens" in text
    assert "Étape 6 sur 6 : récit final" in text


def test_a_question_of_many_lines_is_cut_with_a_sign() -> None:
    lines = under("Stage", seen(question="word " * 60))
    assert (lines[2][-1], lines[3]) == ("…", "")


@law
@given(nasty, nasty, nasty, st.integers(36, 150))
def test_no_text_breaks_the_picture(title: str, letter: str, name: str, width: int) -> None:
    found = told()
    packets = tuple(each._replace(letter=letter, title=title) for each in found.packets)
    lacks = tuple(each._replace(subject=name, sentences={"en": name}) for each in found.missing)
    places = (Unread(name, 1),)
    wild = found._replace(
        title=title,
        question=name,
        packets=packets,
        missing=lacks,
        unread=places,
        unjudged=("SCC101",),
    )
    for block in draw(wild, "en", width):
        for line in block.lines:
            text = plain(line)
            assert width_of(text) <= width
            assert not set("\n\r\t\x1b\x07\u202e") & set(text)
    FORMATS["text"]([wild], "en").encode()


# The other formats.


def test_json_tells_everything() -> None:
    [found] = json.loads(FORMATS["json"]([told()], "en"))["evaluations"]
    assert list(found) == list(Overview._fields)
    assert found["figures"] == told().figures._asdict()
    assert found["packets"][0]["holes"] == ["S_PC1_1", "N_PC1_3"]
    assert found["packets"][0]["verdicts"] == [
        {
            "text": "It helped.",
            "form": "combined",
            "status": "partly_confirmed",
            "confidence": None,
        }
    ]
    assert found["packets"][0]["statuses"] == [{"status": None, "claims": 1}]
    assert found["missing"][0]["sentences"]["fr"] == (
        "Rien ne dit comment B produit C (flèche L2)."
    )


def test_markdown_keeps_a_text_in_its_cell() -> None:
    [first, *others] = told().packets
    wild = told()._replace(
        title="<b>T</b>\n# x",
        question="a | <i>b</i>",
        packets=(first._replace(title="x | <script>\ny"), *others),
        unread=(Unread("<img>.yaml", 3),),
        unjudged=("SCC101",),
    )
    text = FORMATS["md"]([wild], "en")
    assert text.startswith("# &lt;b>T&lt;/b> # x\n\na \\| &lt;i>b&lt;/i>\n")
    assert "| B. x \\| &lt;script> y | combined contribution · partly confirmed | 1 |" in text
    assert "&lt;img>.yaml:3" in text
    assert "Not judged for that reason: SCC101." in text
    assert "Not judged" not in FORMATS["md"]([wild._replace(unjudged=())], "en")


# The command.


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["status", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_each_format(form: str, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "status"
    ran = run(DRAFT, "--format", form, "-o", path)
    assert (ran.exit_code, ran.output) == (0, "")
    assert path.read_bytes() == run(DRAFT, "--format", form).stdout_bytes


def test_the_command_speaks_the_language_asked_for() -> None:
    assert "Étape 3 sur 6 : collecte" in run(DRAFT, "--lang", "fr").output
    assert "Stage 3 of 6: collecting" in run(DRAFT, "--lang", "en").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([DRAFT, "--format", "csv"], "--format takes one of text, json, md, not csv"),
        ([DRAFT, "--lang", "de"], "--lang takes one of en, fr, not de"),
        (["/nowhere/at/all"], "/nowhere/at/all does not exist"),
    ],
)
def test_what_cannot_be_shown_says_why(arguments: list[Any], said: str) -> None:
    ran = run(*arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert said in ran.stderr


def test_a_theory_alone_is_said_to_be_one(workspace: Workspace) -> None:
    ran = run(workspace({"theories/t.yaml": THEORY}))
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "holds a theory and no evaluation: t. scc graph draws it" in ran.stderr


def test_settings_that_cannot_be_read_are_named(workspace: Workspace) -> None:
    broken = {"evidence/b/evaluation.yaml": "title: [\n"}
    root = workspace(broken)
    ran = run(root)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr == "scc: the settings of b cannot be read: scc validate says why\n"
    workspace({**files(), **broken})
    ran = run(root)
    assert ran.exit_code == 0
    assert ran.stdout.startswith("The market\n")
    assert ran.stderr == "scc: the settings of b cannot be read: scc validate says why\n"


# Laws.

stages = st.integers(1, 6)
cells = st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(1, 3)).map(
    lambda cell: "<case {}>_PC<number {}>_{}-new".format(*cell)
)
targets = st.sampled_from(["<mechanism 0>", "<factor 0>", "<factor 1>", "<claim 0>", "<box 1>"])


def at_stage(evaluation: Data, stage: int) -> Data:
    return {**evaluation, "settings": {**evaluation["settings"], "stage": stage}}


@law
@given(evaluations, stages, cells, targets)
def test_an_item_more_never_makes_more_missing(
    evaluation: Data, stage: int, code: str, target: str
) -> None:
    evaluation = at_stage(evaluation, stage)
    sections = evaluation["sections"]
    item = {"code": code, "text": "x", "bears_on": [target]}
    more = {**evaluation, "sections": {**sections, "evidence": [*sections["evidence"], item]}}
    before, after = (look(dossier_of(each)).missing for each in (evaluation, more))
    assert [each for each in after if each not in before] == []


def in_symbols(evaluation: Data, naming: Naming) -> tuple[object, ...]:
    """What an overview tells, with its names put back into symbols."""
    found = dossier_of(evaluation, naming)
    overview = look(found, examine(found)[0])
    return (
        [(each.kind, each.pressing) for each in overview.missing],
        [symbolic(f"{each.anchor} {dict(each.sentences)}", naming) for each in overview.missing],
        [symbolic(str(packet), naming) for packet in overview.packets],
        overview.figures,
    )


@law
@given(evaluations, stages)
def test_renaming_changes_nothing_but_the_names(evaluation: Data, stage: int) -> None:
    evaluation = at_stage(evaluation, stage)
    assert in_symbols(evaluation, plain_names) == in_symbols(evaluation, other_names)


@law
@given(evaluations, stages)
def test_a_thing_is_missing_once_and_no_share_is_more_than_all(
    evaluation: Data, stage: int
) -> None:
    found = look(dossier_of(at_stage(evaluation, stage)))
    lacks = [(each.kind, each.subject, each.packet) for each in found.missing]
    assert len(set(lacks)) == len(lacks)
    for packet in found.packets:
        for share in (packet.mechanisms, packet.factors):
            assert max(share.evidenced, share.fated + share.told) <= share.all
        assert sum(cell.items for row in packet.rows for cell in row.cells) <= packet.items
