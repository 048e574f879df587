"""What to collect next: what could still change a judgement, in our order, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from rich.console import Console
from typer.testing import CliRunner, Result

from conftest import Golden
from renew_golden import pairs, workspace as golden_workspace
from scc_eval.cli import app, next as next_command
from scc_eval.cli._pictures import show_plan
from scc_eval.dossier import Dossier
from scc_eval.files import parse
from scc_eval.languages import words
from scc_eval.model.theory import Theory
from scc_eval.planning import FORMATS, Kind, Plan, plan
from scc_eval.planning.want import Want
from scc_eval.project import Project, load
from scc_eval.reading import Reader
from scc_eval.sections import SECTIONS
from scc_eval.settings import Settings

THEORY = """\
id: t
title: T
groups: [{id: g, label: Growers}]
packets:
  - {letter: A, title: The market is run, role: intervention, boxes: [{id: A1, label: A fair}]}
  - letter: B
    number: 1
    title: Farmers sell more
    groups: g
    boxes:
      - {id: B1, label: More sales}
      - {id: B2, label: Better prices}
links:
  - id: L1
    source: A
    target: B
    mechanisms:
      - {id: M1, label: Meeting, text: Buyers meet the growers.}
"""
RIVAL = "factors: [{id: F1, text: Prices rise, targets: B}]\n"
BRAKE = "factors: [{id: F1, text: It rains, targets: B, direction: hinders}]\n"
MECHANISM = "      - {id: M2, text: Word goes round}\n"
ASSUMPTION = "    assumptions: [{id: A2, text: Roads are open, if_false: Lorries turn back.}]\n"
KEY = ASSUMPTION.replace("}", ", key: yes}")
RISK = "    risks: [{id: R1, text: It rains, if_true: 'Stalls stand empty.'}]\n"
REGISTER = """\
cases: [{code: N, label: North}, {code: S, label: South}]
categories:
  - {id: staff, label: Staff, interest: Town, side: implementer}
  - {id: shops, label: Shops}
  - {id: farms, label: Farms, interest: Farmers, side: target, groups: g}
sources:
  - {id: P1, category: farms, method: interview}
  - {id: P2, category: shops, method: interview}
  - {id: P3, category: staff, method: interview}
  - {id: P4, category: staff, method: reading}
  - {id: P5, category: farms, method: interview}
  - {id: P6, method: reading}
  - {id: P7, method: interview}
"""
CLAIM = "id: C1, packet: B, text: It helps, mechanisms: M1, changes: B1, components: A1"
SEEN = "N_PC1_1-01, sources: P1, bears_on: [B1, B2]"
FIRM = (
    "N_PC1_2-01, sources: P1, bears_on: [C1, M1]",
    "S_PC1_2-01, sources: P2, bears_on: [C1, M1]",
)
"""Two root sources of two interest groups in two cases."""


def dossier(
    *texts: str,
    items: tuple[str, ...] = (),
    theory: str = THEORY,
    is_broken: bool = False,
    **settings: Any,
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
    told = reader.declare(Theory, parse(theory.encode(), "t.yaml").data, "t.yaml")
    assert bool(reader.diagnostics) == is_broken, reader.diagnostics
    given = Settings(title="E", theory="t", **{"stage": 3, **settings})
    return Dossier(Project("e", Path(), given, told, declared, tuple(reader.stubs)))


def plan_of(*texts: str, **given: Any) -> Plan:
    """What is wanted of an evaluation that has the register."""
    return plan(dossier(REGISTER, *texts, **given))


def wanted(*texts: str, **given: Any) -> list[tuple[str, str]]:
    return [(each.kind.value, each.subject) for each in plan_of(*texts, **given).wants]


def only(*texts: str, **given: Any) -> Want:
    """The one thing that is wanted."""
    [found] = plan_of(*texts, **given).wants
    return found


def first(kind: str, *texts: str, **given: Any) -> Want:
    """The first thing of a kind that is wanted."""
    found = (each for each in plan_of(*texts, **given).wants if each.kind == kind)
    return next(found)


def claims(*claims: str) -> str:
    return "claims:\n" + "".join(f"  - {{{claim}}}\n" for claim in claims)


def cases(want: Want) -> list[str]:
    return [asked.case for asked in want.cases]


def whom(want: Want) -> list[str]:
    return [voice.interest for voice in want.whom]


def test_nothing_is_wanted_of_a_claim_that_is_triangulated() -> None:
    assert wanted(claims(CLAIM), items=(SEEN, *FIRM)) == []


# Other factors.


def test_a_rival_nobody_examined_is_wanted() -> None:
    found = only(claims(CLAIM), items=(SEEN, *FIRM), theory=THEORY + RIVAL)
    assert (found.kind, found.subject, found.claims) == ("rival_unexamined", "F1", ("C1",))
    assert (cases(found), whom(found)) == (["N", "S"], ["Farmers", "Shops"])


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (f"{CLAIM}, form: own", "the contribution cannot be said to be own (C1)"),
        (f"{CLAIM}, form: combined", "whether it explains the change instead (C1)"),
    ],
)
def test_a_rival_may_change_the_form_of_a_contribution(claim: str, said: str) -> None:
    found = only(claims(claim), items=(SEEN, *FIRM), theory=THEORY + RIVAL)
    assert said in found.why


@pytest.mark.parametrize("status", ["refuted", "not_to_be_proven"])
def test_nothing_is_wanted_where_every_claim_is_closed(status: str) -> None:
    assert wanted(claims(f"{CLAIM}, status: {status}"), theory=THEORY + RIVAL) == []


@pytest.mark.parametrize("status", ["refuted", "not_to_be_proven"])
def test_nothing_is_wanted_where_the_verdict_is_closed(status: str) -> None:
    verdict = f"verdicts: [{{packet: 1, text: x, status: {status}}}]"
    assert wanted(claims(CLAIM), verdict, theory=THEORY + RIVAL) == []


def test_nothing_is_wanted_of_a_packet_that_is_not_to_be_proven() -> None:
    theory = THEORY.replace("    groups: g\n", "    to_be_proven: no\n")
    assert wanted(claims(CLAIM), theory=theory + RIVAL) == []


def test_a_rival_is_wanted_where_nothing_is_claimed_yet() -> None:
    found = first("rival_unexamined", theory=THEORY + RIVAL)
    assert (found.claims, "instead of the programme" in found.why) == ((), True)


def test_a_claim_depends_on_a_rival_of_its_change_or_that_it_names() -> None:
    theory = THEORY + "factors: [{id: F1, text: x, targets: B2}]\n"
    named = CLAIM.replace("C1", "C2") + ", factors: F1"
    assert first("rival_unexamined", claims(CLAIM, named), theory=theory).claims == ("C2",)


@pytest.mark.parametrize(
    "text",
    [
        "rivals: [{factor: F1, packet: B, role: no_influence}]",
        "rivals: [{factor: F1, packet: B, search: Asked of all.}]",
        "fates: [{hypothesis: F1, fate: refuted}]",
        "fates: [{hypothesis: F1, fate: not_tested, reason: No time.}]",
        "absences: [{cases: [N, S], on: F1, found: asked_not_found}]",
        "absences: [{cases: [N, S], on: 1, found: not_applicable}]",
    ],
)
def test_a_rival_judged_or_looked_for_is_not_wanted(text: str) -> None:
    assert wanted(claims(CLAIM), text, items=(SEEN, *FIRM), theory=THEORY + RIVAL) == []


@pytest.mark.parametrize(
    "text", ["evidence: [{bears_on: F1}]", "rivals: [{factor: F1, role: hinders}]"]
)
def test_what_may_have_been_written_is_not_wanted(text: str) -> None:
    given: dict[str, Any] = {"items": (SEEN, *FIRM), "theory": THEORY + RIVAL}
    found = plan_of(claims(CLAIM), text, is_broken=True, **given)
    assert (found.wants, found.is_unread) == ((), True)


@pytest.mark.parametrize(
    "text",
    [
        "rivals: [{factor: F1, packet: B}]",
        "fates: [{hypothesis: F1, fate: not_tested}]",
        "absences: [{cases: [N, S], on: F1, found: not_asked}]",
        "tests: [{id: T1, on: F1, text: x, test: straw}]",
    ],
)
def test_a_rival_without_a_word_of_substance_is_still_wanted(text: str) -> None:
    found = wanted(claims(CLAIM), text, items=(SEEN, *FIRM), theory=THEORY + RIVAL)
    assert found == [("rival_unexamined", "F1")]


@pytest.mark.parametrize(
    "theory",
    [
        THEORY + "factors: [{id: F1, text: x, targets: B, excluded: Too old.}]\n",
        THEORY + "factors: [{id: F1, text: x, targets: A}]\n",
        THEORY.replace("Better prices", "Better prices, to_be_proven: no")
        + "factors: [{id: F1, text: x, targets: B2}]\n",
    ],
    ids=["excluded", "elsewhere", "unproven"],
)
def test_a_factor_outside_what_is_examined_is_not_wanted(theory: str) -> None:
    assert wanted(claims(CLAIM), items=(SEEN, *FIRM), theory=theory) == []


def test_a_factor_on_a_box_to_prove_is_wanted() -> None:
    theory = THEORY + "factors: [{id: F1, text: x, targets: [A, B1]}]\n"
    found = only(claims(CLAIM), items=(SEEN, *FIRM), theory=theory)
    assert (found.kind, found.subject) == ("rival_unexamined", "F1")


def test_a_hindering_factor_may_set_limits() -> None:
    found = only(claims(f"{CLAIM}, form: own"), items=(SEEN, *FIRM), theory=THEORY + BRAKE)
    assert (found.kind, "limits that nobody has seen (C1)" in found.why) == (
        *("brake_unexamined", True),
    )


def test_a_rival_known_from_one_source_is_wanted_elsewhere() -> None:
    items = (SEEN, *FIRM, "N_PC1_3-01, sources: P1, bears_on: F1")
    found = only(claims(CLAIM), items=items, theory=THEORY + RIVAL)
    assert (found.kind, cases(found)) == ("single_root", ["S"])


def test_a_rival_judged_in_some_cases_is_wanted_in_the_others() -> None:
    rival = "rivals: [{factor: F1, packet: B, cases: N, role: hinders}]"
    found = only(claims(CLAIM), rival, items=(SEEN, *FIRM), theory=THEORY + RIVAL)
    assert (found.kind, cases(found)) == ("silent_case", ["S"])


def test_a_rival_whose_test_was_run_is_wanted_where_nothing_is_said() -> None:
    test = "tests: [{id: T1, on: F1, text: x, outcome: not_found}]"
    found = only(claims(CLAIM), test, items=(SEEN, *FIRM), theory=THEORY + RIVAL)
    assert (found.kind, cases(found)) == ("silent_case", ["N", "S"])


def test_a_rival_heard_of_everywhere_is_not_wanted() -> None:
    items = tuple(
        f"{case}_PC1_3-01, sources: P{n}, bears_on: F1" for n, case in ((1, "N"), (2, "S"))
    )
    assert wanted(claims(CLAIM), items=(SEEN, *FIRM, *items), theory=THEORY + RIVAL) == []


def test_a_factor_of_several_packets_is_examined_in_each() -> None:
    theory = THEORY.replace("links:", "  - {letter: C, title: Shops open}\nlinks:")
    theory += "factors: [{id: F1, text: x, targets: [B, C]}]\n"
    items = tuple(
        f"{case}_PC1_3-01, sources: P{n}, bears_on: F1" for n, case in ((1, "N"), (2, "S"))
    )
    found = plan_of(claims(CLAIM), items=(SEEN, *FIRM, *items), theory=theory).wants
    assert [(each.kind, each.packet) for each in found] == [
        ("rival_unexamined", "C"),
        ("change_unseen", "C"),
    ]


# Changes.


def test_a_change_that_nothing_shows_is_wanted() -> None:
    found = only(claims(CLAIM), items=FIRM)
    assert (found.kind, found.subject, found.title) == ("change_unseen", "B1", "More sales")
    assert "(C1)" in found.why


def test_a_change_that_no_claim_names_is_the_packet_s() -> None:
    claim = CLAIM.replace(", changes: B1", "")
    found = only(claims(claim), items=FIRM)
    assert (found.subject_kind, found.subject) == ("packet", "B")


def test_a_change_is_wanted_before_anything_is_claimed() -> None:
    items = tuple(item.replace("C1, ", "") for item in FIRM)
    found = only(items=items)
    assert (found.kind, found.subject, found.claims) == ("change_unseen", "B", ())


@pytest.mark.parametrize(
    ("item", "is_broken"), [("N_PC1_1-01, sources: P1", False), ("N_PC1_1-01, nature: odd", True)]
)
def test_a_change_is_not_wanted_where_an_item_may_show_it(item: str, is_broken: bool) -> None:
    found = wanted(claims(CLAIM), items=(*FIRM, item), is_broken=is_broken)
    assert found == []


def test_a_change_that_is_not_declared_is_not_wanted() -> None:
    claim = CLAIM.replace("changes: B1", "changes: Z9")
    assert wanted(claims(claim), items=FIRM) == []


# Claims.


def test_a_claim_with_no_evidence_is_wanted_through_its_mechanisms() -> None:
    found = wanted(claims(CLAIM), items=(SEEN,))
    assert found == [("bare", "M1")]


def test_a_claim_whose_mechanisms_have_evidence_is_wanted_itself() -> None:
    found = wanted(claims(CLAIM), items=(SEEN, FIRM[0].replace("C1, ", "")))
    assert found == [("bare", "C1")]


@pytest.mark.parametrize(
    "text",
    [
        "fates: [{hypothesis: M1, fate: refuted}]",
        "fates: [{hypothesis: M1, fate: not_tested, reason: No time.}]",
        "absences: [{cases: [N, S], on: M1, found: asked_not_found}]",
    ],
)
def test_a_claim_whose_mechanisms_are_closed_is_wanted_itself(text: str) -> None:
    assert wanted(claims(CLAIM), text, items=(SEEN,)) == [("bare", "C1")]


def test_a_claim_named_in_an_item_that_is_broken_is_not_wanted() -> None:
    found = wanted(claims(CLAIM), "evidence: [{bears_on: [C1, M1]}]", items=(SEEN,), is_broken=True)
    assert found == []


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ("[]", "names no source"),
        ("P1", "from one root source (P1); with 2"),
    ],
)
def test_a_claim_from_one_root_is_wanted_elsewhere(sources: str, said: str) -> None:
    item = f"N_PC1_2-01, sources: {sources}, bears_on: [C1, M1]"
    found = only(claims(CLAIM), items=(SEEN, item))
    assert (found.kind, said in found.why) == ("single_root", True)
    assert cases(found) == (["S"] if sources == "P1" else ["N", "S"])


def test_several_roots_may_be_too_few() -> None:
    found = only(claims(CLAIM), items=(SEEN, *FIRM), thresholds={"roots": 3})
    assert (found.kind, "too few root sources (P1, P2)" in found.why) == ("single_root", True)
    assert cases(found) == ["N", "S"]


@pytest.mark.parametrize(
    ("form", "said"), [("own", "cannot be said to be own"), ("packet", "run or commission")]
)
def test_a_claim_heard_on_one_side_alone_is_wanted_outside(form: str, said: str) -> None:
    items = tuple(
        f"{c}_PC1_2-01, sources: P{n}, bears_on: [C1, M1]" for c, n in (("N", 3), ("S", 4))
    )
    found = only(claims(f"{CLAIM}, form: {form}"), items=(SEEN, *items))
    assert (found.kind, said in found.why) == ("one_side", True)
    assert whom(found) == ["Farmers", "Shops"]


def test_a_claim_of_one_interest_group_is_wanted_of_others() -> None:
    items = tuple(
        f"{c}_PC1_2-01, sources: P{n}, bears_on: [C1, M1]" for c, n in (("N", 1), ("S", 5))
    )
    found = only(claims(CLAIM), items=(SEEN, *items))
    assert (found.kind, "for C1: Farmers." in found.why) == ("one_interest", True)
    assert (whom(found), cases(found)) == (["Shops"], ["N", "S"])


def test_a_claim_of_one_interest_group_in_one_case_is_wanted_in_another() -> None:
    items = tuple(f"N_PC1_2-0{n}, sources: P{n}, bears_on: [C1, M1]" for n in (1, 5))
    found = only(claims(CLAIM), items=(SEEN, *items))
    assert (found.kind, cases(found)) == ("one_interest", ["S"])


def test_a_claim_of_no_known_interest_group_is_wanted_of_any() -> None:
    items = tuple(
        f"{c}_PC1_2-01, sources: P{n}, bears_on: [C1, M1]" for c, n in (("N", 6), ("S", 7))
    )
    found = only(claims(CLAIM), items=(SEEN, *items))
    assert (found.kind, "no known interest group" in found.why) == ("one_interest", True)


def test_interest_groups_that_are_not_declared_are_not_wanted() -> None:
    register = "cases: [{code: N, label: North}, {code: S, label: South}]\nsources:\n"
    register += "".join(f"  - {{id: P{n}}}\n" for n in (1, 2))
    assert plan(dossier(register, claims(CLAIM), items=(SEEN, *FIRM))).wants == ()


def test_a_claim_of_one_case_is_wanted_in_another() -> None:
    items = tuple(f"N_PC1_2-0{n}, sources: P{n}, bears_on: [C1, M1]" for n in (1, 2))
    found = only(claims(CLAIM), items=(SEEN, *items))
    assert (found.kind, cases(found)) == ("one_case", ["S"])
    assert "for C1: N, interview." in found.why


AGAINST = "N_PC1_2-09, sources: P5, polarity: against, bears_on: C1"


def test_a_claim_that_one_source_contradicts_is_wanted() -> None:
    found = only(claims(CLAIM), items=(SEEN, *FIRM, AGAINST))
    assert (found.kind, "contradicts C1 (P5)" in found.why) == ("contrary_single", True)


def test_few_sources_may_contradict_a_claim() -> None:
    another = AGAINST.replace("-09", "-10").replace("P5", "P7")
    support = tuple(f"S_PC1_2-0{n}, sources: P{n}, bears_on: C1" for n in (3, 4))
    items = (SEEN, *FIRM, *support, AGAINST, another)
    found = only(claims(CLAIM), items=items, thresholds={"roots": 3})
    assert (found.kind, "Few root sources contradict" in found.why) == ("contrary_single", True)


@pytest.mark.parametrize(
    ("claim", "items"),
    [
        (f"{CLAIM}, treatment: It narrows the claim.", (AGAINST,)),
        (CLAIM, (AGAINST, "S_PC1_2-09, sources: P2, polarity: against, bears_on: C1")),
    ],
    ids=["treated", "corroborated"],
)
def test_contrary_evidence_that_says_enough_is_not_wanted(
    claim: str, items: tuple[str, ...]
) -> None:
    assert wanted(claims(claim), items=(SEEN, *FIRM, *items)) == []


def test_a_silent_case_is_wanted() -> None:
    items = (
        *(item.replace("S_", "N_", 1) for item in FIRM),
        "N_PC1_2-02, sources: P4, bears_on: C1",
    )
    found = only(claims(CLAIM), items=(SEEN, *items))
    assert (found.kind, cases(found)) == ("silent_case", ["S"])


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        ("not_asked", [("silent_case", "C1")]),
        ("asked_not_found", []),
        ("contrary", []),
        ("not_applicable", []),
    ],
)
def test_a_silence_that_is_told_is_not_wanted(found: str, asked: list[tuple[str, str]]) -> None:
    items = (
        *(item.replace("S_", "N_", 1) for item in FIRM),
        "N_PC1_2-02, sources: P4, bears_on: C1",
    )
    absence = f"absences: [{{cases: S, on: C1, found: {found}}}]"
    assert wanted(claims(CLAIM), absence, items=(SEEN, *items)) == asked


# Mechanisms, assumptions and risks.


def test_what_no_claim_names_is_wanted_if_nothing_bears_on_it() -> None:
    found = only(claims(CLAIM), items=(SEEN, *FIRM), theory=THEORY + MECHANISM)
    assert (found.kind, found.subject, found.claims) == ("bare", "M2", ())


def test_what_a_firm_claim_names_is_not_wanted() -> None:
    claim = CLAIM.replace("mechanisms: M1", "mechanisms: [M1, M2]")
    assert wanted(claims(claim), items=(SEEN, *FIRM), theory=THEORY + MECHANISM) == []


def test_what_a_refuted_claim_names_is_not_wanted() -> None:
    refuted = "id: C2, packet: B, text: x, mechanisms: M2, status: refuted"
    assert wanted(claims(CLAIM, refuted), items=(SEEN, *FIRM), theory=THEORY + MECHANISM) == []


def test_a_firm_claim_with_a_rival_open_still_depends_on_its_mechanisms() -> None:
    claim = CLAIM.replace("mechanisms: M1", "mechanisms: [M1, M2]")
    theory = THEORY + MECHANISM + RIVAL
    found = wanted(claims(claim), items=(SEEN, *FIRM), theory=theory)
    assert found == [("rival_unexamined", "F1"), ("bare", "M2")]


def test_a_firm_claim_with_an_unknown_brake_does_not() -> None:
    claim = CLAIM.replace("mechanisms: M1", "mechanisms: [M1, M2]")
    found = wanted(claims(claim), items=(SEEN, *FIRM), theory=THEORY + MECHANISM + BRAKE)
    assert found == [("brake_unexamined", "F1")]


@pytest.mark.parametrize(
    ("hypothesis", "kind", "name", "said"),
    [
        (KEY, "bare", "A2", "if this key assumption does not hold"),
        (ASSUMPTION, "condition_bare", "A2", "where it does not hold"),
        (RISK, "condition_bare", "R1", "where it came about"),
    ],
)
def test_conditions_and_risks_hang_on_the_claims_of_their_link(
    hypothesis: str, kind: str, name: str, said: str
) -> None:
    found = first(kind, claims(CLAIM), items=(SEEN, FIRM[0]), theory=THEORY + hypothesis)
    assert (found.subject, found.claims) == (name, ("C1",))
    assert said in found.why
    alone = first(kind, items=(SEEN, FIRM[0].replace("C1, ", "")), theory=THEORY + hypothesis)
    assert (alone.claims, said in alone.why, "(" in alone.why) == ((), True, False)


def test_a_condition_with_evidence_is_not_wanted() -> None:
    items = (SEEN, FIRM[0], "N_PC1_2-05, sources: P1, bears_on: A2")
    found = wanted(claims(CLAIM), items=items, theory=THEORY + KEY)
    assert found == [("single_root", "C1")]


@pytest.mark.parametrize(
    "text",
    [
        "fates: [{hypothesis: M1, fate: refuted}]",
        "fates: [{hypothesis: M1, fate: not_tested, reason: No time.}]",
        "absences: [{cases: [N, S], on: M1, found: asked_not_found}]",
    ],
)
def test_a_mechanism_that_people_closed_is_not_wanted(text: str) -> None:
    assert wanted(text, items=(SEEN,)) == []


def test_a_mechanism_not_tested_for_no_reason_is_wanted() -> None:
    fate = "fates: [{hypothesis: M1, fate: not_tested}]"
    assert wanted(fate, items=(SEEN,)) == [("bare", "M1")]


def test_where_nothing_is_claimed_mechanisms_are_weighed() -> None:
    found = only(items=(SEEN, "N_PC1_2-01, sources: P1, bears_on: M1"))
    assert (found.kind, found.subject, cases(found)) == ("single_root", "M1", ["S"])


def test_where_nothing_is_claimed_cases_may_be_silent_on_a_mechanism() -> None:
    items = ("N_PC1_2-01, sources: P1, bears_on: M1", "N_PC1_2-02, sources: P4, bears_on: M1")
    found = only(items=(SEEN, *items))
    assert (found.kind, found.subject, cases(found)) == ("silent_case", "M1", ["S"])


def test_a_mechanism_only_contradicted_once_is_wanted() -> None:
    found = only(items=(SEEN, "N_PC1_2-01, sources: P1, polarity: against, bears_on: M1"))
    assert (found.kind, found.subject) == ("contrary_single", "M1")


# Expected evidence.


@pytest.mark.parametrize(
    ("test", "kind"),
    [
        ("hoop", "hoop_not_sought"),
        ("doubly_decisive", "hoop_not_sought"),
        ("smoking_gun", "test_not_sought"),
        (None, "test_not_sought"),
        ("straw", None),
    ],
)
def test_expected_evidence_is_wanted_if_it_could_change_anything(
    test: str | None, kind: str | None
) -> None:
    text = f"tests: [{{id: T1, on: C1, text: Bills of sale{f', test: {test}' if test else ''}}}]"
    found = wanted(claims(CLAIM), text, items=(SEEN, *FIRM))
    assert found == ([(kind, "T1")] if kind else [])


@pytest.mark.parametrize("outcome", ["found", "not_found"])
def test_expected_evidence_that_was_looked_for_is_not_wanted(outcome: str) -> None:
    text = f"tests: [{{id: T1, on: C1, text: x, test: hoop, outcome: {outcome}}}]"
    assert wanted(claims(CLAIM), text, items=(SEEN, *FIRM)) == []


@pytest.mark.parametrize(
    ("on", "depends"), [("M1", ("C1",)), ("M2", ()), ("F1", ()), ("A2", ("C1",))]
)
def test_expected_evidence_of_a_hypothesis_is_wanted(on: str, depends: tuple[str, ...]) -> None:
    text = f"tests: [{{id: T1, on: {on}, text: x, test: hoop}}]"
    theory = THEORY + MECHANISM + ASSUMPTION + RIVAL
    found = first("hoop_not_sought", claims(CLAIM), text, items=(SEEN, *FIRM), theory=theory)
    assert (found.subject, found.claims) == ("T1", depends)
    assert f"{on} falls" in found.why


@pytest.mark.parametrize(
    ("on", "more"),
    [
        ("C2", ""),
        ("M2", ""),
        ("Z9", ""),
        ("M1", "fates: [{hypothesis: M1, fate: refuted}]"),
    ],
)
def test_expected_evidence_of_what_is_closed_is_not_wanted(on: str, more: str) -> None:
    refuted = "id: C2, packet: B, text: x, mechanisms: M2, status: refuted"
    text = f"tests: [{{id: T1, on: {on}, text: x, test: hoop}}]\n"
    given: dict[str, Any] = {"items": (SEEN, *FIRM), "theory": THEORY + MECHANISM}
    assert wanted(claims(CLAIM, refuted), text, *([more] if more else []), **given) == []


def test_expected_evidence_of_a_factor_of_two_packets_is_wanted_once() -> None:
    theory = THEORY.replace("links:", "  - {letter: C, title: Shops open}\nlinks:")
    theory += "factors: [{id: F1, text: x, targets: [B, C]}]\n"
    text = "tests: [{id: T1, on: F1, text: x, test: hoop}]"
    found = wanted(claims(CLAIM), text, items=(SEEN, *FIRM), theory=theory)
    assert found.count(("hoop_not_sought", "T1")) == 1


# Order.


def test_the_order_is_that_of_the_kinds_then_of_the_claims_that_depend() -> None:
    second = CLAIM.replace("C1", "C2").replace("mechanisms: M1", "mechanisms: M2")
    third = CLAIM.replace("C1", "C3").replace("mechanisms: M1", "mechanisms: M2")
    test = "tests: [{id: T1, on: C1, text: x, test: hoop}]"
    theory = THEORY + MECHANISM + KEY + RISK + RIVAL
    found = wanted(claims(CLAIM, second, third), test, theory=theory)
    assert found == [
        ("rival_unexamined", "F1"),
        ("hoop_not_sought", "T1"),
        ("change_unseen", "B1"),
        ("bare", "A2"),
        ("bare", "M2"),
        ("bare", "M1"),
        ("condition_bare", "R1"),
    ]


def test_the_order_of_kinds_is_told_in_the_help() -> None:
    told = " ".join((next_command.next.__doc__ or "").split())
    names = (
        *(
            "rivals never",
            "hoop tests",
            "changes that",
            "with no evidence",
            "hindering",
            "one root",
        ),
        *("one side", "one interest", "one case", "one contrary", "other tests", "silent"),
        "other assumptions",
    )
    places = [told.index(name) for name in names]
    assert (len(places), places) == (len(Kind), sorted(places))
    assert [kind.rank for kind in Kind] == list(range(1, len(Kind) + 1))


# Questions.


def test_a_question_is_plain_and_names_the_case() -> None:
    found = only(claims(CLAIM), items=(SEEN, FIRM[0]))
    assert found.question == (
        "How did this come about in the case “South”: “More sales”? What part did “A fair” play, "
        "if any? What shows it, or shows the contrary?"
    )


def test_a_question_on_several_cases_names_none() -> None:
    found = only(items=(SEEN,), theory=THEORY)
    assert found.question.startswith("Is this how it went: “Buyers meet the growers”?")
    assert [asked.question for asked in found.cases][1].startswith(
        "Is this how it went in the case “South”: “Buyers meet the growers”?"
    )


def test_a_claim_that_names_no_component_asks_of_the_programme() -> None:
    claim = "id: C1, packet: B, text: x, components: Z9"
    given: dict[str, Any] = {"items": (SEEN, FIRM[0]), "theory": THEORY}
    assert (
        "What part did the programme play" in first("single_root", claims(claim), **given).question
    )
    found = first("single_root", claims(claim), programme="the fair", **given)
    assert "“Farmers sell more”? What part did the fair play" in found.question


def test_a_question_says_what_would_be_seen() -> None:
    theory = THEORY + ASSUMPTION + RISK
    found = {want.subject: want.question for want in plan_of(theory=theory).wants}
    assert found["A2"].endswith("If not, one would see: “Lorries turn back”.")
    assert found["R1"].endswith("If so, one would see: “Stalls stand empty”.")


@pytest.mark.parametrize(
    ("categories", "heard"),
    [
        ("[{id: a, label: Shops}, {id: b, label: Staff, side: implementer}]", ["Shops"]),
        ("[{id: b, label: Staff, side: commissioner}]", ["Staff"]),
        ("[]", []),
    ],
)
def test_people_outside_the_programme_are_heard_first(categories: str, heard: list[str]) -> None:
    [_, found] = plan(dossier(f"categories: {categories}")).wants
    assert (whom(found), cases(found)) == (heard, [])


def test_whoever_runs_the_programme_is_heard_if_nobody_else_is_left() -> None:
    items = (
        "N_PC1_2-01, sources: P1, bears_on: [C1, M1]",
        "S_PC1_2-01, sources: P2, bears_on: [C1, M1]",
    )
    found = only(claims(CLAIM), items=(SEEN, *items), thresholds={"interests": 3})
    assert (found.kind, whom(found)) == ("one_interest", ["Town"])


def test_the_words_are_those_of_the_language_asked_for() -> None:
    made = dossier(REGISTER, claims(CLAIM), items=(SEEN, FIRM[0]), language="fr")
    assert (
        plan(made).wants[0].question.startswith("Comment en est-on venu là dans le cas « South »")
    )
    assert plan(made, "en").wants[0].question.startswith("How did this come about")


def test_both_languages_have_the_same_words() -> None:
    def shape(branch: Any) -> Any:
        if isinstance(branch, dict):
            return {key: shape(value) for key, value in branch.items()}
        return sorted(part.split("}")[0] for part in str(branch).split("{")[1:])

    english, french = (shape(dict(words(each)["planning"])) for each in ("en", "fr"))
    assert english == french


# Laws.


@st.composite
def evaluations(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """Claims on two mechanisms, and items on them and on a factor."""
    status = st.sampled_from(["", ", status: inconclusive", ", status: refuted"])
    told = claims(
        *(
            f"id: C{n}, packet: B, text: x, mechanisms: M{n}, changes: B{n}{draw(status)}"
            for n in range(1, draw(st.integers(1, 2)) + 1)
        )
    )
    item = st.tuples(
        *(st.sampled_from("NS"), st.integers(1, 7), st.sampled_from(["supports", "against"])),
        st.sets(st.sampled_from(["C1", "M1", "M2", "F1", "B1"]), min_size=1),
    )
    found = draw(st.lists(item, max_size=8))
    return told, tuple(
        f"{case}_PC1_{1 if 'B1' in on else 2}-{n}, sources: P{source}, polarity: {polarity}, "
        f"bears_on: [{', '.join(sorted(on))}]"
        for n, (case, source, polarity, on) in enumerate(found)
    )


WHOLE = THEORY + MECHANISM + KEY + RIVAL


@given(evaluations())
def test_ranks_never_fall_and_nothing_is_wanted_twice(made: tuple[str, tuple[str, ...]]) -> None:
    told, items = made
    found = plan_of(told, items=items, theory=WHOLE).wants
    keys = [(want.kind.rank, -len(want.claims)) for want in found]
    assert all(before <= after for before, after in pairwise(keys))
    asked = [(want.packet, want.subject, want.kind, case) for want in found for case in cases(want)]
    assert len(asked) == len(set(asked))


@given(evaluations())
def test_nothing_is_wanted_for_a_claim_that_is_refuted(made: tuple[str, tuple[str, ...]]) -> None:
    told, items = made
    read = dossier(REGISTER, told, items=items, theory=WHOLE)
    refuted = {claim.id for claim in read.claims if claim.status == "refuted"}
    for want in plan(read).wants:
        assert refuted.isdisjoint({want.subject, *want.claims})


@given(evaluations())
def test_what_was_wanted_and_is_brought_is_wanted_no_more(
    made: tuple[str, tuple[str, ...]],
) -> None:
    told, items = made
    bearing = {"bare", "rival_unexamined"}
    for want in plan_of(told, items=items, theory=WHOLE).wants:
        if want.kind in bearing:
            brought = f"{cases(want)[0]}_PC1_3-99, sources: P2, bears_on: {want.subject}"
            after = wanted(told, items=(*items, brought), theory=WHOLE)
            assert (want.kind.value, want.subject) not in after


@given(evaluations())
def test_a_case_where_it_was_looked_for_in_vain_is_not_asked_again(
    made: tuple[str, tuple[str, ...]],
) -> None:
    told, items = made
    for want in plan_of(told, items=items, theory=WHOLE).wants:
        absence = f"absences: [{{cases: N, on: {want.subject}, found: asked_not_found}}]"
        after = plan_of(told, absence, items=items, theory=WHOLE).wants
        assert not [each for each in after if each.subject == want.subject and "N" in cases(each)]


@given(st.integers(2, 5), st.integers(2, 6), st.integers(1, 4))
def test_a_triangulated_evaluation_with_judged_rivals_wants_nothing(
    many_cases: int, many_sources: int, many_claims: int
) -> None:
    register = "cases:\n" + "".join(f"  - {{code: K{n}, label: x}}\n" for n in range(many_cases))
    register += "categories:\n" + "".join(
        f"  - {{id: g{n}, label: G{n}}}\n" for n in range(many_sources)
    )
    register += "sources:\n" + "".join(
        f"  - {{id: P{n}, category: g{n}, method: interview}}\n" for n in range(many_sources)
    )
    told = claims(*(CLAIM.replace("C1", f"C{n}") for n in range(many_claims)))
    rivals = "rivals: [{factor: F1, packet: B, role: complements, reason: x}]"
    names = ", ".join(f"C{n}" for n in range(many_claims))
    items = tuple(
        f"K{n % many_cases}_PC1_2-{n}, sources: P{n % many_sources}, bears_on: [{names}, M1]"
        for n in range(many_cases * many_sources)
    )
    seen = "K0_PC1_1, sources: P0, bears_on: B1"
    made = dossier(register, told, rivals, items=(seen, *items), theory=THEORY + RIVAL)
    assert plan(made).wants == ()


# Formats.

DRAFT = golden_workspace("draft")
LOOS = golden_workspace("loos-en-gohelle")


def plans(path: Path) -> list[Plan]:
    return [plan(Dossier(project)) for project in load(path)]


@pytest.mark.parametrize("path", [DRAFT, LOOS], ids=["draft", "loos"])
@pytest.mark.parametrize("of", [(), ("Nord", "Eco", "Part")], ids=["ranks", "sheets"])
def test_a_page_fits_eighty_columns(path: Path, of: tuple[str, ...]) -> None:
    lines = FORMATS["text"](plans(path), of).splitlines()
    assert max(len(line) for line in lines) <= 80
    assert not [line for line in lines if line.strip()[:1] in tuple("»?:;!")]


def test_text_groups_what_is_wanted_by_what_is_missing() -> None:
    text = FORMATS["text"]([plan_of(theory=THEORY + RIVAL)], ())
    heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert heads == [
        *("E", "=", "3 things to look for could still change a judgement. Their order is our own."),
        "Rivals never examined",
        "Changes that nothing shows",
        "Claims, mechanisms and key assumptions with no evidence",
    ]


def test_where_nobody_is_in_the_register_whoever_can_tell_is_asked() -> None:
    assert "Whom: whoever can tell" in FORMATS["text"]([plan(dossier())], ())


@pytest.mark.parametrize(
    ("stage", "said"),
    [(1, "Collecting has not begun (stage 1)"), (2, None), (4, None), (5, "is over (stage 5)")],
)
def test_the_stage_is_told_outside_fieldwork(stage: int, said: str | None) -> None:
    text = FORMATS["text"]([plan_of(stage=stage)], ())
    assert (said or "things to look for") in text
    assert ("(stage" in text) == (said is not None)


@pytest.mark.parametrize(
    ("theory", "said"),
    [
        (THEORY.replace("    mechanisms:\n", "").replace(THEORY.splitlines()[-1], ""), "One thing"),
        ("id: t\ntitle: T\n", "Nothing is missing"),
    ],
)
def test_how_much_is_wanted_is_told(theory: str, said: str) -> None:
    assert said in FORMATS["md"]([plan_of(theory=theory)], ())


def test_what_could_not_be_read_is_told() -> None:
    found = plan_of("evidence: [{bears_on: F1}]", is_broken=True)
    assert "Something could not be read" in FORMATS["text"]([found], ())


def test_json_has_every_field() -> None:
    document = json.loads(FORMATS["json"]([plan_of(theory=THEORY + RIVAL)], ()))
    assert set(document) == {"version", "kinds", "evaluations"}
    [evaluation] = document["evaluations"]
    assert set(evaluation) == {
        *("name", "title", "language", "stage", "fieldwork", "is_unread", "wanted")
    }
    assert set(evaluation["wanted"][0]) == {
        *("rank", "kind", "packet", "subject", "subject_kind", "title", "claims", "why"),
        *("question", "whom", "cases"),
    }
    assert evaluation["wanted"][0]["cases"][0]["case"] == "N"


def test_json_of_a_case_has_what_is_wanted_there() -> None:
    found = plan_of(claims(CLAIM), items=(SEEN, FIRM[0]))
    assert json.loads(FORMATS["json"]([found], ("N",)))["evaluations"][0]["wanted"] == []
    assert len(json.loads(FORMATS["json"]([found], ("S",)))["evaluations"][0]["wanted"]) == 1


def rows(found: Plan, of: tuple[str, ...] = ()) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FORMATS["csv"]([found], of))))


def test_csv_has_a_line_for_each_thing_and_case() -> None:
    found = plan_of(theory=THEORY + RIVAL)
    assert [(row["subject"], row["case"]) for row in rows(found)] == [
        (name, case) for name in ("F1", "B", "M1") for case in ("N", "S")
    ]
    assert {row["case"] for row in rows(found, ("S",))} == {"S"}
    assert rows(found)[0]["whom"] == "Farmers (Farms); Shops"


def test_csv_has_a_line_where_there_is_no_case() -> None:
    assert [row["case"] for row in rows(plan(dossier()))] == ["", ""]


def test_no_spreadsheet_takes_a_text_for_a_formula() -> None:
    theory = THEORY + RIVAL.replace("Prices rise", "=1+1")
    assert rows(plan_of(theory=theory))[0]["title"] == "'=1+1"


def test_markdown_takes_no_text_for_markup() -> None:
    theory = THEORY + RIVAL.replace("Prices rise", "a <b>bold</b> word")
    assert "a &lt;b>bold&lt;/b> word" in FORMATS["md"]([plan_of(theory=theory)], ())


@pytest.mark.parametrize(("form", "parting"), [("text", "\f"), ("md", "break-after: page")])
def test_each_case_has_its_own_page_of_boxes(form: str, parting: str) -> None:
    found = [plan_of(theory=THEORY + RIVAL)]
    pages = FORMATS[form](found, ("S", "N"))
    assert (pages.count(parting), pages.count("☐")) == (1, 6)
    north, south = pages.split(parting)
    assert "North (N): what to look for" in north
    assert "in the case “South”" in south
    assert parting not in FORMATS[form](found, ("N",))


@pytest.mark.parametrize("form", ["text", "md"])
def test_a_case_with_nothing_to_look_for_says_so(form: str) -> None:
    found = plan_of(claims(CLAIM), items=(SEEN, FIRM[0]))
    assert "Nothing more is to be looked for in this case." in FORMATS[form]([found], ("N",))


def drawn(found: list[Plan], width: int = 60) -> str:
    console = Console(file=io.StringIO(), width=width, no_color=True)
    show_plan(found, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_what_is_wanted_fits_a_narrow_terminal() -> None:
    text = drawn(plans(DRAFT))
    assert max(len(line) for line in text.splitlines()) <= 60
    assert "Explications rivales jamais examinées" in text
    assert not [line for line in text.splitlines() if line.strip()[:1] in tuple("»?:;!")]


def test_a_terminal_takes_no_text_for_markup() -> None:
    theory = THEORY + RIVAL.replace("Prices rise", "'[bold]x[/]'")
    assert "[bold]x[/]" in drawn([plan_of(theory=theory)])


# The command.


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["next", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_each_format(form: str, tmp_path: Path) -> None:
    path = tmp_path / "next"
    assert run(LOOS, "--format", form, "-o", path).exit_code == 0
    assert path.read_bytes() == run(LOOS, "--format", form).stdout_bytes


def test_questions_are_in_the_language_of_the_evaluation_or_another() -> None:
    assert "Explications rivales jamais examinées" in run(DRAFT).output
    assert "Rivals never examined" in run(DRAFT, "--lang", "en").output
    assert run(DRAFT, "--lang", "de").exit_code == 2


def test_a_sheet_is_made_for_each_case() -> None:
    sheets = run(LOOS, "--case", "Eco", "--case", "Agri").output
    assert sheets.count("\f") == 1
    assert sheets.index("(Agri)") < sheets.index("(Eco)")


def test_a_case_that_no_evaluation_has_is_named() -> None:
    found = run(LOOS, "--case", "Eco", "--case", "Nowhere")
    assert found.exit_code == 2
    assert "loos-en-gohelle has no case Nowhere; it has Agri, Biodiv, Eco" in found.stderr


def test_an_evaluation_without_the_case_is_left_out() -> None:
    document = json.loads(run(LOOS.parents[1], "--case", "Eco", "--format", "json").output)
    names = [each["name"] for each in document["evaluations"]]
    assert ("loos-en-gohelle" in names, "quit-together" in names) == (True, False)


def test_what_is_wanted_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_command, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    assert "──" in run(DRAFT).output
    assert "──" not in run(DRAFT, "--case", "Nord").output
    assert max(len(line) for line in run(DRAFT).output.splitlines()) <= 60


@pytest.mark.parametrize(("name", "file"), pairs("next"))
def test_the_command_says_what_it_said(name: str, file: str, golden: Golden) -> None:
    golden(name, file)


def test_a_page_of_sheets_has_a_box_and_room_for_an_answer_for_each_thing() -> None:
    found = plan_of(theory=THEORY + RIVAL)
    page = FORMATS["html"]([found], ("S", "N"))

    assert page.count("<section") == page.count("</section>") == 2
    assert page.count('class="tick"') == page.count('class="answer"') == 6
    assert "<ul" not in FORMATS["html"]([plan_of(claims(CLAIM), items=(SEEN, FIRM[0]))], ("N",))


def test_a_page_without_cases_is_a_list_and_says_where() -> None:
    page = FORMATS["html"]([plan_of(theory=THEORY + RIVAL)], ())

    assert 'class="tick"' not in page
    assert "<dt>Where:</dt><dd>N, S</dd>" in page


def test_evaluations_in_two_languages_are_one_page() -> None:
    page = FORMATS["html"]([*plans(DRAFT), plan_of()], ())

    assert '<html lang="en">' in page
    assert page.count('<section class="sheet" lang="fr">') == 1
    assert page.count('<section class="sheet" lang="en">') == 1


def test_texts_are_no_markup() -> None:
    page = FORMATS["html"]([plan_of(theory=THEORY.replace("M1", "<b>")), plan_of()], ())

    assert "<b>" not in page
