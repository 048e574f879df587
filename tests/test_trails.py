"""What rests on what: the trails of three evaluations followed by hand, the laws of all of them,
what a name may mean, and what is shown of it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from rich.console import Console
from typer.testing import CliRunner, Result

from _declared import Data, dossier_of, evaluations
from conftest import Golden, Workspace
from renew_golden import pairs, workspace as golden_workspace
from scc_eval.cli import app, trace as trace_command
from scc_eval.cli._pictures import show_trail
from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.project import load
from scc_eval.trails import FORMATS, Trail, Way, read_reference, trace, weave
from scc_eval.trails.alone import resting_alone
from scc_eval.trails.web import ENDS, KINDS, Web

QUIT, LOOS, REPAIRED = (
    golden_workspace(name) for name in ("quit-together", "loos-en-gohelle", "loos-repaired")
)
EVALUATIONS = pytest.mark.parametrize(
    "path", [QUIT, LOOS, REPAIRED], ids=["quit", "loos", "mended"]
)

THEORY = """\
id: t
title: T
questions: [{id: Q1, text: Does it work?}, {id: Q2, text: Does it last?}]
packets:
  - {letter: A, title: Done, role: intervention}
  - letter: B
    number: 1
    title: Changed
    boxes: [{id: B1, label: Seen}, {id: B2, label: Told}]
links:
  - id: A-B
    source: A
    target: B
    mechanisms: [{id: M1, text: Because of it}, {id: M2, text: In spite of it}]
    assumptions: [{id: A1, text: There is water}]
    risks: [{id: K1, text: It rains}]
  - {id: B-B, source: B1, target: B2, label: From one to the other}
factors: [{id: F1, text: Prices, targets: B}]
nested: [{id: n, title: N, boxes: [{id: N1, label: Within}], links: []}]
"""
REGISTER = """\
categories:
  - {id: staff, label: Members of staff}
  - {id: guests, label: Guests}
sources:
  - {id: P1, category: staff, role: The director, label: The office, confidentiality: confidential}
  - {id: P2, derived_from: [P1, P9]}
  - {id: P3, category: staff, label: The diary}
  - {id: P9}
cases: [{code: N, label: North}, {code: S, label: South}]
evidence:
  - {code: N_PC1_1-01, text: It changed, sources: P1,
     bears_on: [B1, {target: C1, polarity: against}]}
  - {code: N_PC1_1-02, text: It did change, sources: P2, bears_on: B1}
  - {code: N_PC1_2-01, text: It helped, sources: P1, bears_on: [M1, C2]}
  - {code: N_PC1_2-02, text: It helped a lot, sources: P3, bears_on: M1}
  - {code: S_PC1_2-01, text: Nobody knows, sources: P3, set_aside: Hearsay}
  - {code: S_PC1_3-01, text: Prices fell, bears_on: F1}
  - {code: S_PC1_3-02, text: Prices rose, sources: P7, bears_on: C3}
"""
JUDGEMENT = """\
claims:
  - {id: C1, packet: B, text: It worked, evidence: [N_PC1_2, S_PC1_2-01], mechanisms: M1,
     changes: B1, components: A, status: confirmed_until_further_notice}
  - {id: C2, packet: 1, text: It worked once, factors: F1, changes: 1}
  - {id: C3, packet: B, text: It fell}
  - {id: C4, packet: B, text: It rests on nothing}
rivals:
  - {factor: F1, packet: B, cases: S, role: complements, reason: Both, evidence: S_PC1_3-01}
verdicts: [{packet: 1, text: It works, claims: [C1, C2], status: partly_confirmed}]
fates: [{hypothesis: M1, fate: confirmed, reason: Seen, evidence: N_PC1_2-02}]
tests:
  - {id: T1, on: C1, text: A letter, outcome: found, evidence: N_PC1_1-02}
  - {id: T2, on: M2, text: A bill}
challenges:
  - {id: H1, author: A reader, targets: [C1, 1], text: "Why?", response: partly}
"""
STORY = """\
story:
  - title: How it went
    packet: B
    section: 2
    about: [M1, B]
    assertions:
      - {id: S1, text: It went well, evidence: [N_PC1_2-01]}
      - {id: S2, text: Less so there, evidence: [S_PC1_3], role: limit}
      - {id: S3, text: Nobody asked}
key_points:
  - {id: K-1, packet: B, text: All in all, rests_on: [C1, S1, K-2], points: [
      {id: K-2, packet: B, text: In part, rests_on: [S1, K-1]}]}
  - {id: K-3, packet: B, text: Only that, rests_on: [S1, S3, C4]}
panel_comments:
  - {id: X1, author: An expert, packet: B, text: Is it so?, after: S1}
  - {id: X2, author: An expert, packet: B, text: Is it?}
impacts:
  - {title: Calm, box: B2, assertions: [{id: I1, text: It is calm, evidence: [N_PC1_1]}]}
  - {title: Rain}
conclusions:
  - {id: CCL1, text: It works, question: Q1, rests_on: [C1, K-1], factors: F1, tone: positive}
  - {id: CCL2, text: In one way, rests_on: [C2, K-3]}
  - {id: CCL3, text: Or not, question: Q7, rests_on: [CCL2, N_PC9_9]}
  - {id: CCL4, text: Perhaps}
recommendations:
  - {id: REC1, title: Go on, conclusions: [CCL1, CCL2], measures: [{label: P1, title: Now}]}
lessons:
  - {id: L1, title: Try it, rests_on: [C2, N_PC1_2-01]}
"""
FILES = {
    "theories/t.yaml": THEORY,
    "evidence/e/evaluation.yaml": "title: E\ntheory: t\n",
    "evidence/e/register.yaml": REGISTER,
    "evidence/e/judgement.yaml": JUDGEMENT,
    "evidence/e/story.yaml": STORY,
}


@pytest.fixture
def evaluation(workspace: Workspace) -> Any:
    """Writes the small evaluation, with other files where they are given, and reads it."""

    def write(files: Mapping[str, str] | None = None) -> Dossier:
        return read(workspace({**FILES, **(files or {})}))

    return write


@pytest.fixture
def small(evaluation: Any) -> Dossier:
    """The small evaluation."""
    found: Dossier = evaluation()
    return found


def read(path: Path) -> Dossier:
    [project] = load(path)
    return Dossier(project)


def follow(dossier: Dossier, ref: str, kind: str | None = None, **options: Any) -> Trail:
    web = weave(dossier)
    [meant] = read_reference(dossier, web, ref, kind).meant
    return trace(dossier, web, meant, ref, **options)


def reached(trail: Trail, way: Way) -> dict[str, set[str]]:
    """The ids of what is on the way from what was asked for, by kind."""
    found: dict[str, set[str]] = {}
    for key in trail.sides[way].steps:
        if key not in trail.starts:
            found.setdefault(trail.nodes[key].kind, set()).add(trail.nodes[key].id)
    return found


def edges(trail: Trail) -> set[tuple[str, str, str, str | None]]:
    """The edges of a trail, without the kinds of their ends."""
    return {
        (edge.upper.partition(":")[2], edge.relation, edge.lower.partition(":")[2], edge.polarity)
        for edge in trail.edges
    }


# Three trails followed by hand in the files.


def test_what_rests_on_informant_p10() -> None:
    trail = follow(read(LOOS), "P10")
    assert reached(trail, Way.UP) == {}
    assert reached(trail, Way.DOWN) == {
        "evidence item": {"Eco_PC1_3-q2", "Part_PC1_2-q1", "Part_PC3_3-q1", "Part_PC3_IT-q1"},
        "claim": {"B-A-1"},
        "assertion": {"B2-05", "B3-02", "D2-15", "I1-02"},
        "key point": {"B-KP-3a", "B-KP-3", "D-KP-5"},
        "impact": {"Un territoire plus attractif"},
        "conclusion": {"CCL1", "CCL2"},
        "question": {"Q1"},
        "rival": {"xD9/D"},
        "mechanism": {"AB3"},
        "factor": {"xB6", "xD9"},
        "box": {"E.1"},
    }
    assert trail.sides[Way.DOWN].codes == 4
    assert trail.alone == ()


def test_what_conclusion_4_rests_on() -> None:
    trail = follow(read(QUIT), "conclusion 4")
    assert trail.head.id == "CCL4"
    assert reached(trail, Way.UP) == {
        "claim": {"CL-C2"},
        "key point": {"KP-C3"},
        "assertion": {"C2-03", "C2-04", "C3-01"},
        "evidence item": {
            *("HLTH-P2.2-04", "HLTH-P2.2-05", "WORK-P2.2-01", "WORK-P2.2-02", "WORK-P2.2-03"),
            *("WORK-P2.3-01", "COMM-P2.3-01"),
        },
        "source": {"PT05", "PHA1", "REG", "FUP", "PT14", "PT12", "PT18"},
        "mechanism": {"AC1"},
        "factor": {"xC2"},
        "box": {"A.4", "C.2"},
        "panel comment": {"PAN-C1"},
    }
    assert reached(trail, Way.DOWN) == {
        "recommendation": {"REC1", "REC2"},
        "measure": {"REC1/1.1", "REC1/1.2", "REC2/2.1", "REC2/2.2", "REC2/2.3"},
        "question": {"Q2"},
    }
    assert trail.sides[Way.UP].roots == ("FUP", "PHA1", "PT05", "PT12", "PT14", "PT18", "REG")
    assert trail.sides[Way.UP].codes == 4
    assert ("WORK-P2.2-03", "cites", "CL-C2", "supports") in edges(trail)
    assert ("HLTH-P2.2-04", "cites", "CL-C2", "against") in edges(trail)


def test_what_a_mechanism_rests_on_and_where_it_leads() -> None:
    trail = follow(read(REPAIRED), "AB2")
    assert reached(trail, Way.UP) == {
        "evidence item": {"Rehab_PC1_2-03", "Rehab_PC1_2-q1"},
        "source": {"Mono_Rehab", "R16"},
    }
    assert reached(trail, Way.DOWN) == {
        "claim": {"B-A-2"},
        "key point": {"B-KP-3b", "B-KP-3"},
        "conclusion": {"CCL4", "CCL5"},
        "question": {"Q1"},
        "recommendation": {"REC-2"},
        "measure": {"REC-2/M2.1", "REC-2/M2.2"},
        "lesson": {"L5"},
        "verdict": {"B"},
        "fate": {"AB2"},
        "theme": {"Améliorer le cadre de vie"},
    }
    assert trail.alone is None


def test_the_text_message_claim_rests_on_one_participant_alone() -> None:
    [alone] = follow(read(QUIT), "PT12").alone or ()
    assert alone.id == "CL-C2"


# Laws.

law = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_each_way_is_the_other_backwards(web: Web) -> None:
    down = {place: set(web.walk((place,), Way.DOWN)) for place in range(len(web.things))}
    up = {place: set(web.walk((place,), Way.UP)) for place in range(len(web.things))}
    assert {(a, b) for a in down for b in down[a]} == {(a, b) for b in up for a in up[b]}


@EVALUATIONS
def test_a_thing_is_downstream_of_what_is_upstream_of_it(path: Path) -> None:
    assert_each_way_is_the_other_backwards(weave(read(path)))


@law
@given(evaluations)
def test_the_same_holds_of_any_evaluation(declared: Data) -> None:
    assert_each_way_is_the_other_backwards(weave(dossier_of(declared)))


def assert_claims_rest_alone_on_their_only_root(dossier: Dossier, web: Web) -> None:
    for source in dossier.sources:
        starts = web.things.named("source", source.id)
        alone = {web.things[place] for place in resting_alone(dossier, web, starts) or ()}
        for claim in dossier.claims:
            is_only = dossier.support_for(claim).sources == (source.id,)
            assert (web.things[web.things.place(claim)] in alone) is is_only


@EVALUATIONS
def test_a_claim_rests_alone_on_the_only_root_of_its_support(path: Path) -> None:
    dossier = read(path)
    assert_claims_rest_alone_on_their_only_root(dossier, weave(dossier))


@EVALUATIONS
def test_what_rests_on_an_item_alone_rests_on_its_only_root_alone(path: Path) -> None:
    dossier = read(path)
    web = weave(dossier)
    for item in dossier.evidence:
        root, *others = sorted(dossier.roots(item))
        on_item = resting_alone(dossier, web, (web.things.place(item),)) or ()
        if not others:
            assert set(on_item) <= set(
                resting_alone(dossier, web, web.things.named("source", root)) or ()
            )


@EVALUATIONS
def test_every_name_of_an_evaluation_means_something(path: Path) -> None:
    dossier = read(path)
    web = weave(dossier)
    for thing in web.things:
        meant = read_reference(dossier, web, thing.id, thing.kind).meant
        assert [(each.kind, each.id) for each in meant] == [(thing.kind, thing.id)]
        trail = trace(dossier, web, meant[0])
        assert trail.head.id == thing.id
        for way in Way:
            text = FORMATS["text"](trail, words("fr"))
            assert max(len(line) for line in text.splitlines()) <= 60
            assert set(trail.sides[way].counts) <= set(KINDS)


# The ties.


def test_every_kind_of_tie(small: Dossier) -> None:
    web = weave(small)
    ties = {
        (web.things[tie.upper].id, tie.relation, web.things[tie.lower].id, tie.polarity)
        for place in range(len(web.things))
        for tie in web.ties(place, Way.UP)
    }
    assert ties == {
        ("P1", "repeats", "P2", None),
        ("P9", "repeats", "P2", None),
        *(("P1", "said_by", item, None) for item in ("N_PC1_1-01", "N_PC1_2-01")),
        ("P2", "said_by", "N_PC1_1-02", None),
        *(("P3", "said_by", item, None) for item in ("N_PC1_2-02", "S_PC1_2-01")),
        ("P7", "said_by", "S_PC1_3-02", None),
        *((item, "bears_on", "B1", "supports") for item in ("N_PC1_1-01", "N_PC1_1-02")),
        *((item, "bears_on", "M1", "supports") for item in ("N_PC1_2-01", "N_PC1_2-02")),
        ("S_PC1_3-01", "bears_on", "F1", "supports"),
        ("N_PC1_1-01", "bears_on", "C1", "against"),
        ("N_PC1_2-01", "bears_on", "C2", "supports"),
        ("S_PC1_3-02", "bears_on", "C3", "supports"),
        *((item, "cites", "C1", "supports") for item in ("N_PC1_2-01", "N_PC1_2-02")),
        ("S_PC1_2-01", "cites", "C1", None),
        ("M1", "names", "C1", None),
        ("F1", "names", "C2", None),
        *(("F1", "names", "CCL1", None), ("F1", "judges", "F1/B/S", None)),
        *(("B1", "about", "C1", None), ("A", "about", "C1", None), ("B", "about", "C2", None)),
        ("S_PC1_3-01", "cites", "F1/B/S", None),
        *(("C1", "rests_on", "B", None), ("C2", "rests_on", "B", None), ("B", "judges", "B", None)),
        *(("M1", "judges", "M1", None), ("N_PC1_2-02", "cites", "M1", None)),
        *(("T1", "tests", "C1", None), ("N_PC1_1-02", "cites", "T1", None)),
        ("T2", "tests", "M2", None),
        *(("H1", "challenges", "C1", None), ("H1", "challenges", "B", None)),
        *(("M1", "treats", "How it went", None), ("B", "treats", "How it went", None)),
        ("N_PC1_2-01", "cites", "S1", None),
        *((item, "cites", "S2", None) for item in ("S_PC1_3-01", "S_PC1_3-02")),
        *((each, "rests_on", "K-1", None) for each in ("C1", "S1", "K-2")),
        *((each, "rests_on", "K-2", None) for each in ("S1", "K-1")),
        *((each, "rests_on", "K-3", None) for each in ("S1", "S3", "C4")),
        ("X1", "comments", "S1", None),
        *(("B2", "about", "Calm", None), ("I1", "told_in", "Calm", None)),
        *((item, "cites", "I1", None) for item in ("N_PC1_1-01", "N_PC1_1-02")),
        *((each, "rests_on", "CCL1", None) for each in ("C1", "K-1")),
        *((each, "rests_on", "CCL2", None) for each in ("C2", "K-3")),
        *(("CCL2", "rests_on", "CCL3", None), ("N_PC9_9", "cites", "CCL3", None)),
        *(("CCL1", "answers", "Q1", None), ("CCL3", "answers", "Q7", None)),
        *((each, "leads_to", "REC1", None) for each in ("CCL1", "CCL2")),
        ("REC1", "includes", "REC1/P1", None),
        *(("C2", "rests_on", "L1", None), ("N_PC1_2-01", "cites", "L1", None)),
    }


def test_no_trail_goes_through_a_mechanism(small: Dossier) -> None:
    """N_PC1_1-01 bears on the box that C1 speaks of; S_PC1_3-01 only on a factor that C2 names."""
    down = reached(follow(small, "S_PC1_3-01"), Way.DOWN)
    assert down == {"assertion": {"S2"}, "rival": {"F1/B/S"}, "factor": {"F1"}}
    assert "claim" in reached(follow(small, "F1"), Way.DOWN)
    assert set(ENDS) >= {"factor", "mechanism", "box", "packet"}


def test_names_that_nothing_bears_are_on_the_trail(small: Dossier) -> None:
    trail = follow(small, "CCL3")
    assert reached(trail, Way.UP)["unknown"] == {"N_PC9_9"}
    assert reached(trail, Way.DOWN)["unknown"] == {"Q7"}
    text = FORMATS["text"](trail, words("en"))
    assert "1 name that nothing bears" in " ".join(text.split())
    assert "cites N_PC9_9 (name that nothing bears)" in text


def test_twins_are_two_nodes(evaluation: Any) -> None:
    dossier = evaluation(
        {"evidence/e/twin.yaml": "claims: [{id: C4, packet: B, text: Its twin}]\n"}
    )
    trail = follow(dossier, "C4")
    assert trail.starts == ("claim:C4", "claim:C4#2")
    assert (trail.head.key, trail.head.words) == ("claim:C4", "")
    assert [trail.nodes[key].words for key in trail.starts] == ["It rests on nothing", "Its twin"]


# What rests on one thing alone.


@pytest.mark.parametrize(
    ("ref", "alone"),
    [
        ("source P1", {"C2", "S1", "K-3", "CCL2", "CCL3", "L1"}),
        ("P2", set()),
        ("P9", set()),
        ("P3", set()),
        ("staff", {"C1", "C2", "S1", "K-1", "K-2", "K-3", "CCL1", "CCL2", "CCL3", "L1", "REC1"}),
        ("N_PC1_2-01", {"C2", "S1", "K-3", "CCL2", "CCL3", "L1"}),
        ("N_PC1_2", {"C1", "C2", "S1", "K-1", "K-2", "K-3", "CCL1", "CCL2", "CCL3", "L1", "REC1"}),
        ("S_PC1_3", {"C3", "S2"}),
        ("S_PC1_2-01", set()),
        ("C1", set()),
        ("C2", set()),
        ("K-3", set()),
        ("CCL2", {"CCL3"}),
        ("C4", set()),
    ],
)
def test_what_rests_on_one_thing_alone(ref: str, alone: set[str], small: Dossier) -> None:
    found = follow(small, ref).alone
    assert found is not None
    assert {node.id for node in found} == alone


@pytest.mark.parametrize("ref", ["M1", "B", "H1", "T1", "REC1", "A-B", "P7"])
def test_nothing_can_rest_alone_on_what_is_no_evidence_and_no_finding(
    ref: str, small: Dossier
) -> None:
    assert follow(small, ref).alone is None


def test_what_is_looked_for_upstream_alone_says_nothing_of_it(small: Dossier) -> None:
    trail = follow(small, "P9", ways=[Way.UP])
    assert trail.alone is None
    assert list(trail.sides) == [Way.UP]


# What a name may mean.


@pytest.mark.parametrize(
    ("ref", "kind", "id_", "freedom"),
    [
        ("CCL4", "conclusion", "CCL4", 0),
        ("4", "conclusion", "CCL4", 3),
        ("ccl 4", "conclusion", "CCL4", 1),
        (" conclusion 4 ", "conclusion", "CCL4", 3),
        ("conclusion ccl-4", "conclusion", "CCL4", 1),
        ("1", "conclusion", "CCL1", 3),
        ("packet 1", "packet", "B", 0),
        ("paquet causal B", "packet", "B", 0),
        ("B", "packet", "B", 0),
        ("informant P9", "source", "P9", 0),
        ("informateur p9", "source", "P9", 1),
        ("source P1", "source", "P1", 0),
        ("mesure P1", "measure", "REC1/P1", 0),
        ("REC1/P1", "measure", "REC1/P1", 0),
        ("rec1 p1", "measure", "REC1/P1", 1),
        ("recommandation 1", "recommendation", "REC1", 3),
        ("N_PC1_2", "code", "N_PC1_2", 0),
        ("N_PCB_2", "code", "N_PCB_2", 0),
        ("n PC1 2", "code", "N_PC1_2", 2),
        ("N_PCI_2", "code", "N_PC1_2", 2),
        ("code N_PC1_2", "code", "N_PC1_2", 0),
        ("N_PC1_2-01", "evidence item", "N_PC1_2-01", 0),
        ("N_PCB_2-01", "evidence item", "N_PC1_2-01", 0),
        ("N PC1_2-01", "evidence item", "N_PC1_2-01", 2),
        ("élément de preuve N_PC1_2-01", "evidence item", "N_PC1_2-01", 0),
        ("North", "case", "N", 0),
        ("étude de cas N", "case", "N", 0),
        ("cas nord", None, None, None),
        ("Members of staff", "category", "staff", 0),
        ("A-B", "link", "A-B", 0),
        ("flèche B-B", "link", "B-B", 0),
        ("mécanisme M1", "mechanism", "M1", 0),
        ("M1", "mechanism", "M1", 0),
        ("sort M1", "fate", "M1", 0),
        ("verdict 1", "verdict", "B", 0),
        ("rival F1", "rival", "F1/B/S", 0),
        ("F1", "factor", "F1", 0),
        ("how it went", "theme", "How it went", 1),
        ("Calm", "impact", "Calm", 0),
        ("K1", "risk", "K1", 0),
        ("N_PC9_9", "unknown", "N_PC9_9", 4),
        ("item N_PC1_2", None, None, None),
        ("claim 9", None, None, None),
        ("nothing", None, None, None),
        ("", None, None, None),
        ("-", None, None, None),
    ],
)
def test_what_a_name_means(
    ref: str, kind: str | None, id_: str | None, freedom: int | None, small: Dossier
) -> None:
    reading = read_reference(small, weave(small), ref)
    found = [(each.kind, each.id, reading.freedom) for each in reading.meant]
    assert found == ([(kind, id_, freedom)] if kind else [])


def test_a_name_of_several_kinds_means_them_all(small: Dossier) -> None:
    web = weave(small)
    both = [("source", "P1"), ("measure", "REC1/P1")]
    assert [(each.kind, each.id) for each in read_reference(small, web, "P1").meant] == both
    for kind, name in both:
        meant = read_reference(small, web, "P1", kind).meant
        assert [(each.kind, each.id) for each in meant] == [(kind, name)]
    assert read_reference(small, web, "measure P1", "source").meant == ()


@pytest.mark.parametrize(
    ("ref", "starts"),
    [
        ("N_PC1_1", {"N_PC1_1-01", "N_PC1_1-02"}),
        ("S", {"S_PC1_2-01", "S_PC1_3-01", "S_PC1_3-02"}),
        ("staff", {"P1", "P3"}),
        ("guests", set()),
        ("A-B", {"M1", "M2", "A1", "K1"}),
        ("B-B", set()),
        ("How it went", {"How it went", "S1", "S2", "S3"}),
        (
            "B",
            {
                *("B", "B1", "B2", "M1", "M2", "A1", "K1", "F1", "C1", "C2", "C3", "C4"),
                *("S1", "S2", "S3", "K-1", "K-2", "K-3", "I1"),
            },
        ),
    ],
)
def test_a_holder_stands_for_what_it_holds(ref: str, starts: set[str], small: Dossier) -> None:
    trail = follow(small, ref)
    assert {trail.nodes[key].id for key in trail.starts} == starts


def test_a_packet_given_twice_holds_what_the_last_holds(evaluation: Any) -> None:
    theory = THEORY.replace("links:", "  - {letter: A, title: Again}\nlinks:")
    trail = follow(evaluation({"theories/t.yaml": theory}), "A")
    assert [trail.nodes[key].words for key in trail.starts] == ["Done", "Again"]


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("N_PC1_1", "North · Changed"),
        ("N", "North"),
        ("A-B", "A → B"),
        ("B-B", "From one to the other"),
        ("staff", "Members of staff"),
        ("H1", "A reader — Why?"),
        ("T1", "A letter"),
        ("How it went", "B.2"),
        ("Calm", ""),
        ("REC1/P1", "Now"),
        ("N1", "Within"),
        ("P9", ""),
        ("N_PC9_9", ""),
    ],
)
def test_what_is_said_of_a_thing(ref: str, said: str, small: Dossier) -> None:
    assert follow(small, ref).head.words == said


def test_a_code_of_a_theme_is_told_by_its_title(evaluation: Any) -> None:
    themes = 'codes: {forms: "{case}_{theme}", themes: {IT: Other impacts}}\n'
    dossier = evaluation(
        {
            "evidence/e/evaluation.yaml": f"title: E\ntheory: t\n{themes}",
            "evidence/e/more.yaml": "evidence: [{code: N_IT, text: x}]\n",
        }
    )
    assert follow(dossier, "N_IT").head.words == "North · Other impacts"


@pytest.mark.parametrize(
    ("ref", "mark"),
    [
        ("C1", "confirmed_until_further_notice"),
        ("C2", None),
        ("CCL1", "positive"),
        ("M1", "confirmed"),
        ("M2", None),
        ("fate M1", "confirmed"),
        ("rival F1", "complements"),
        ("H1", "partly"),
        ("S1", None),
        ("S2", "limit"),
        ("T1", "found"),
        ("S_PC1_2-01", "set_aside"),
        ("N_PC1_2-01", None),
        ("verdict B", "partly_confirmed"),
    ],
)
def test_what_people_said_of_a_thing(ref: str, mark: str | None, small: Dossier) -> None:
    assert follow(small, ref).head.mark == mark


# Those who must not be known.


@pytest.mark.parametrize(
    ("audience", "label"), [("public", ""), ("panel", ""), ("internal", "The office · ")]
)
def test_a_confidential_source_has_no_label_and_nobody_a_role(
    audience: str, label: str, evaluation: Any
) -> None:
    settings = f"title: E\ntheory: t\naudience: {audience}\n"
    dossier = evaluation({"evidence/e/evaluation.yaml": settings})
    trail = follow(dossier, "source P1")
    assert trail.head.words == f"{label}Members of staff"
    assert follow(dossier, "P3").head.words == "The diary · Members of staff"
    for write in FORMATS.values():
        page = write(trail, words("en"))
        assert "director" not in page
        assert ("The office" in page) is bool(label)


# What is shown.


def test_the_answer_comes_first_in_figures(small: Dossier) -> None:
    text = FORMATS["text"](follow(small, "P1", "source"), words("en"))
    assert text.split("\n\n")[0] == (
        "P1 (source): Members of staff\n"
        "  evidence/e/register.yaml:5\n"
        "A root source: it repeats no other.\n"
        "Resting on it: 3 items under 2 codes, 1 test, 2 claims, 2\n"
        "  assertions, 3 key points, 1 impact, 3 conclusions, 1\n"
        "  answer to a question, 1 recommendation, 1 lesson, 1\n"
        "  verdict.\n"
        "Resting on it alone: 1 claim (C2), 1 assertion (S1), 1 key\n"
        "  point (K-3), 2 conclusions (CCL2, CCL3), 1 lesson (L1)."
    )


@pytest.mark.parametrize(
    ("ref", "figures"),
    [
        ("P2", ["It repeats: P1, P9."]),
        ("P9", ["A root source: it repeats no other."]),
        ("staff", ["It holds: 2 sources."]),
        ("guests", ["It holds: nothing.", "Resting on it: nothing."]),
        (
            "B-B",
            ["It holds: nothing.", "It rests on: nothing.", "Resting on it: nothing."],
        ),
        ("C1", ["It rests on: 1 test, 5 items (2 for, 1 against) under 2 codes; 3 root sources"]),
        ("C2", ["It rests on: 1 item under 1 code; 1 root source: P1."]),
        ("S_PC1_3-01", ["It rests on: nothing."]),
        ("N_PC1_1-02", ["It rests on: 2 root sources: P1, P9."]),
        ("N_PC1_1", ["It holds: 2 items.", "It rests on: 2 root sources: P1, P9."]),
        ("CCL4", ["It rests on: nothing.", "Resting on it: nothing."]),
        ("H1", []),
        ("Rain", ["It rests on: nothing."]),
        ("REC1", ["It rests on: 2 conclusions, 3 claims, 3 key points, 2 assertions"]),
        ("CCL1", ["Resting on it: 1 answer to a question, 1 recommendation."]),
        ("CCL2", ["Resting on it alone: 1 conclusion (CCL3)."]),
        ("C4", ["It rests on: nothing.", "Resting on it alone: nothing."]),
    ],
)
def test_the_figures_of_an_answer(ref: str, figures: list[str], small: Dossier) -> None:
    text = FORMATS["text"](follow(small, ref), words("en"))
    answer = " ".join(text.partition("\n\n")[0].split())
    for figure in figures:
        assert figure in answer
    asked = ("It holds", "It rests on: nothing", "Resting on it: nothing")
    unasked = [start for start in asked if not any(f.startswith(start) for f in figures)]
    assert not [start for start in unasked if start in answer]


def test_what_was_read_is_said_where_it_is_not_what_was_written(small: Dossier) -> None:
    text = FORMATS["text"](follow(small, "n PC1 2"), words("en"))
    assert text.startswith("N_PC1_2 (code), read from “n PC1 2”: North · Changed\n")


def test_a_tree_tells_a_thing_once(small: Dossier) -> None:
    text = FORMATS["text"](follow(small, "CCL1", ways=[Way.UP]), words("en"))
    assert text.split("\n\n", 2)[2] == (
        "- rests on C1 (claim, confirmed until further notice): It\n"
        "  worked\n"
        "  - tested by T1 (test, found): A letter\n"
        "    - cites N_PC1_1-02: It did change\n"
        "      - from P2\n"
        "        - repeats P1: Members of staff\n"
        "        - repeats P9\n"
        "  - for N_PC1_2-01: It helped\n"
        "    - from P1\n"
        "  - for N_PC1_2-02: It helped a lot\n"
        "    - from P3: The diary · Members of staff\n"
        "  - against N_PC1_1-01: It changed\n"
        "    - from P1\n"
        "  - cites S_PC1_2-01 (set aside): Nobody knows\n"
        "    - from P3\n"
        "  - names M1 (mechanism, confirmed): Because of it\n"
        "  - about B1 (box): Seen\n"
        "  - about A (packet): Done\n"
        "  - challenged in H1 (challenge, accepted in part): A reader\n"
        "    — Why?\n"
        "- rests on K-1 (key point): All in all\n"
        "  - rests on C1 (claim, confirmed until further notice)\n"
        "    ↑ see above\n"
        "  - rests on K-2 (key point): In part\n"
        "    - rests on K-1 (key point) ↑ see above\n"
        "    - rests on S1 (assertion): It went well\n"
        "      - cites N_PC1_2-01 ↑ see above\n"
        "      - commented on in X1 (panel comment): An expert — Is\n"
        "        it so?\n"
        "  - rests on S1 (assertion) ↑ see above\n"
        "- names F1 (other factor): Prices\n"
    )


def test_a_tree_goes_as_far_as_it_is_asked_to(small: Dossier) -> None:
    trail = follow(small, "CCL2", depth=1)
    assert set(trail.nodes) == {"conclusion:CCL2", "claim:C2", "key point:K-3", *LEADING}
    assert trail.sides[Way.UP].cut == {"claim:C2", "key point:K-3"}
    assert trail.sides[Way.UP].counts == follow(small, "CCL2").sides[Way.UP].counts
    assert "rests on C2 (claim) ↓ more: It worked once" in FORMATS["text"](trail, words("en"))


LEADING = {"recommendation:REC1", "conclusion:CCL3"}


def test_sources_that_repeat_each_other_end_a_trail(evaluation: Any) -> None:
    loop = "sources: [{id: L1, derived_from: L2}, {id: L2, derived_from: L1}]\n"
    trail = follow(evaluation({"evidence/e/loop.yaml": loop}), "L2")
    text = FORMATS["text"](trail, words("en"))
    assert "- repeats L1\n  - repeats L2 ↑ see above\n" in text
    assert "- repeated by L1\n  - repeated by L2 ↑ see above\n" in text


def test_a_long_chain_of_sources_is_followed_to_its_end(evaluation: Any) -> None:
    chain = [f"  - {{id: Z{n}, derived_from: Z{n + 1}}}\n" for n in range(1500)]
    dossier = evaluation({"evidence/e/chain.yaml": "sources:\n" + "".join(chain)})
    trail = follow(dossier, "Z0", ways=[Way.UP])
    assert len(trail.sides[Way.UP].steps) == 1501
    assert "Z1499" in FORMATS["text"](trail, words("en"))
    assert "Z1499" in drawn(trail)


# Hostile texts.

HOSTILE = """<script>alert("x")</script> | [a](http://b) *c* `d` _e_ {f} #g %% ; :h \\ end
--> B
- i"""


@pytest.fixture
def hostile(evaluation: Any) -> Trail:
    """The trail of a claim whose text tries to be markup of every kind."""
    text = json.dumps(HOSTILE)
    claim = f"claims: [{{id: '<C>\"[', packet: B, text: {text}, evidence: N_PC1_2}}]\n"
    return follow(evaluation({"evidence/e/hostile.yaml": claim}), '<C>"[')


def test_markdown_shows_a_hostile_text_as_it_is(hostile: Trail) -> None:
    page = FORMATS["md"](hostile, words("en"))
    assert r"\<script\>alert(" in page
    assert r"\[a\](http://b) \*c\* \`d\` \_e\_" in page
    assert page.splitlines()[0] == r'# \<C\>"\[ (claim)'
    assert not re.search(r"(?<!\\)[<>*`\[\]|]", page)


@pytest.mark.parametrize("start", ["- a", "+ a", "1. a", "2) a", "# a"])
def test_markdown_makes_no_list_of_a_text(start: str, evaluation: Any) -> None:
    claim = f"claims: [{{id: C9, packet: B, text: '{start}'}}]\n"
    page = FORMATS["md"](follow(evaluation({"evidence/e/c.yaml": claim}), "C9"), words("en"))
    assert page.splitlines()[2] == re.sub(r"(?=[-+.)#] )", r"\\", start)


def test_a_drawing_shows_a_hostile_text_as_it_is(hostile: Trail) -> None:
    lines = FORMATS["mermaid"](hostile, words("en")).splitlines()
    assert lines[0] == "flowchart LR"
    node = r'  n\d+(\[|\{|\(|>)[\[\{\(/\\]*"[^"<>\[\]{}|`\\:;]*"[\]\}\)/\\]+'
    edge = r'  n\d+ (-->|-\.->)\|"[^"<>\[\]{}|`\\:;]*"\| n\d+'
    for line in lines[1:]:
        plain = re.sub(r"#\d+;", "", line)
        assert re.fullmatch(f"{node}|{edge}|  style n\\d+ stroke-width#?:4px", plain), line
    assert "claim #60;C#62;#34;#91; — #60;script#62;alert(#34;x#34;)" in lines[1]


def test_each_kind_is_told_from_the_others_by_its_shape(small: Dossier) -> None:
    page = FORMATS["mermaid"](follow(small, "B"), words("en"))
    for told in ('(["source', '["item', '{{"claim', '>"assertion', '[/"key point', '[["concl'):
        assert told in page
    for told in ('("mechanism M1', '[("box B1', '[\\"recomm', '[/"lesson', '{"question'):
        assert told in page
    assert "-.->|" in page


def test_a_label_is_no_longer_than_a_label_may_be(small: Dossier) -> None:
    trail = follow(read(LOOS), "P10")
    for line in FORMATS["mermaid"](trail, words("fr")).splitlines():
        assert len(re.sub(r"#\d+;", "x", line)) <= 75


# Formats.


def test_json_has_every_node_and_edge(small: Dossier) -> None:
    trail = follow(small, "n PC1 2")
    document = json.loads(FORMATS["json"](trail, words("en")))
    assert set(document) == {
        *("version", "ref", "evaluation", "title", "head", "starts", "up", "down", "alone"),
        *("nodes", "edges"),
    }
    assert (document["version"], document["ref"]) == (1, "n PC1 2")
    assert (document["head"]["kind"], document["head"]["id"]) == ("code", "N_PC1_2")
    nodes = {node["key"]: node for node in document["nodes"]}
    assert set(nodes) == set(trail.nodes)
    assert nodes["claim:C1"] == {
        "key": "claim:C1",
        "kind": "claim",
        "id": "C1",
        "words": "It worked",
        "mark": "confirmed_until_further_notice",
        "place": {"file": "evidence/e/judgement.yaml", "line": 2, "column": 6},
        "up": None,
        "down": 1,
    }
    assert {(edge["upper"], edge["lower"]) for edge in document["edges"]} <= {
        (upper, lower) for upper in nodes for lower in nodes
    }
    assert len(document["edges"]) == len(edges(trail))
    assert document["up"] == {
        "counts": {"source": 2},
        "codes": 1,
        "polarities": {},
        "roots": ["P1", "P3"],
        "cut": [],
    }
    assert "claim:C1" in document["alone"]


def test_json_says_that_nothing_can_rest_alone(small: Dossier) -> None:
    document = json.loads(FORMATS["json"](follow(small, "N_PC9_9"), words("en")))
    assert document["alone"] is None
    assert document["head"]["place"] is None


def test_markdown_is_a_list_each_way(small: Dossier) -> None:
    page = FORMATS["md"](follow(small, "C2"), words("en"))
    assert page.split("\n\n") == [
        "# C2 (claim)",
        "It worked once",
        "- It rests on: 1 item under 1 code; 1 root source: P1.\n"
        "- Resting on it: 2 conclusions, 1 recommendation, 1 lesson, 1 verdict.\n"
        "- Resting on it alone: nothing.",
        "## Upstream: what it rests on",
        "- for N_PC1_2-01: It helped\n"
        "  - from P1: Members of staff\n"
        "- names F1 (other factor): Prices\n"
        "- about B (packet): Changed",
        "## Downstream: what rests on it",
        "- bears out L1 (lesson): Try it\n"
        "- bears out CCL2 (conclusion): In one way\n"
        "  - leads to REC1 (recommendation): Go on\n"
        "    - with REC1/P1 (measure): Now\n"
        "  - bears out CCL3 (conclusion): Or not\n"
        "    - answers Q7 (name that nothing bears)\n"
        "- bears out B (verdict, partly confirmed): It works\n",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_the_words_are_those_of_the_language(form: str) -> None:
    trail = follow(read(LOOS), "D-A-1")
    french, english = (FORMATS[form](trail, words(language)) for language in ("fr", "en"))
    assert (french != english) is (form != "json")
    assert ("affirmation" in french) is (form != "json")


def drawn(trail: Trail, language: str = "en", width: int = 60) -> str:
    console = Console(file=io.StringIO(), width=width, no_color=True)
    show_trail(trail, words(language), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("language", ["en", "fr"])
@EVALUATIONS
def test_a_picture_fits_its_terminal(path: Path, language: str, width: int) -> None:
    dossier = read(path)
    web = weave(dossier)
    for ref in ("Q1", "REG", "P10", "B", "CCL4", "REC1", "REC-1", "L1"):
        for meant in read_reference(dossier, web, ref).meant:
            lines = drawn(trace(dossier, web, meant), language, width).splitlines()
            assert max(len(line) for line in lines) <= width
            assert not [line for line in lines if line.strip("│├└ ")[:1] in tuple("»?:;!")]


def test_a_picture_shows_where_each_branch_belongs(small: Dossier) -> None:
    trail = follow(small, "K-3", ways=[Way.UP])
    assert drawn(trail).split("\n\n")[1] == (
        "Upstream: what it rests on\n"
        "├ rests on C4 (claim): It rests on nothing\n"
        "├ rests on S1 (assertion): It went well\n"
        "│ ├ cites N_PC1_2-01: It helped\n"
        "│ │ └ from P1: Members of staff\n"
        "│ └ commented on in X1 (panel comment): An expert — Is it\n"
        "│   so?\n"
        "└ rests on S3 (assertion): Nobody asked\n"
    )


def test_a_picture_takes_no_text_for_markup(evaluation: Any) -> None:
    claim = "claims: [{id: '[bold]', packet: B, text: '[red]x[/]'}]\n"
    trail = follow(evaluation({"evidence/e/c.yaml": claim}), "[bold]")
    assert drawn(trail).startswith("[bold] (claim): [red]x[/]\n")


def test_both_languages_have_the_same_words() -> None:
    def shape(branch: Any) -> Any:
        if isinstance(branch, dict):
            return {key: shape(value) for key, value in branch.items()}
        return sorted(part.split("}")[0] for part in str(branch).split("{")[1:])

    english, french = (shape(dict(words(each)["trails"])) for each in ("en", "fr"))
    del english["said"], french["said"]
    assert english == french
    for language in ("en", "fr"):
        own = words(language)["trails"]
        assert {*KINDS, "root", "code", "case", "category", "link"} <= own["kinds"].keys()
        assert all(len(text.split("|")) == 2 for text in own["kinds"].values())


# The command.


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["trace", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_each_format(form: str, tmp_path: Path) -> None:
    path = tmp_path / "trail"
    assert run("4", QUIT, "--format", form, "-o", path).exit_code == 0
    assert path.read_bytes() == run("4", QUIT, "--format", form).stdout_bytes


@pytest.mark.parametrize(
    ("options", "up", "down"),
    [
        ((), True, True),
        (("--up",), True, False),
        (("--down",), False, True),
        (("--up", "--down"), True, True),
    ],
)
def test_one_way_or_both(options: tuple[str, ...], up: bool, down: bool) -> None:
    text = run("CL-C2", QUIT, *options).output
    assert ("Upstream" in text, "Downstream" in text) == (up, down)
    assert ("It rests on" in text, "Resting on it" in text) == (up, down)


def test_the_command_goes_no_further_than_asked() -> None:
    assert "REC1/1.1" not in run("4", QUIT, "--depth", 1).output
    assert run("4", QUIT, "--depth", 0).exit_code == 2


def test_a_name_of_several_kinds_is_asked_about() -> None:
    found = run("R3", LOOS)
    assert found.exit_code == 2
    expected = "R3 may be source R3 or measure REC-1/R3: say which with --kind"
    assert expected in " ".join(found.stderr.split())
    assert run("R3", LOOS, "--kind", "informateur").output.startswith("R3 (source)")
    assert run("R3", LOOS, "--kind", "measure").output.startswith("REC-1/R3 (measure)")


def test_a_name_of_several_things_of_a_kind_is_asked_about() -> None:
    found = run("R1", LOOS, "--kind", "mesure")
    assert found.exit_code == 2
    assert "R1 may be measure REC-1/R1 or measure REC-2/R1: write one" in found.stderr


def test_a_kind_that_is_none_is_named() -> None:
    found = run("R1", LOOS, "--kind", "sorcerer")
    assert found.exit_code == 2
    assert "--kind takes one of assertion, assumption, box, case" in found.stderr


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("P1O", "nothing in loos-en-gohelle is called P1O; did you mean P10 or"),
        ("Eco_PC1_2-77", "is called Eco_PC1_2-77; did you mean Eco_PC1_2-01 or"),
        ("zzzzzz", "nothing in loos-en-gohelle is called zzzzzz\n"),
        ("Part_PC3_Ess", "Part_PC3_Ess is a code of loos-en-gohelle, but no item bears it"),
    ],
)
def test_a_name_that_means_nothing_is_met_with_the_closest(ref: str, said: str) -> None:
    found = run(ref, LOOS)
    assert found.exit_code == 2
    assert said in found.stderr


def test_a_name_in_several_evaluations_is_asked_about() -> None:
    found = run("CCL4", QUIT.parent)
    assert found.exit_code == 2
    assert "loos-en-gohelle, loos-repaired, quit-together; give the folder" in found.stderr
    assert run("CL-C2", QUIT.parent).exit_code == 0


def test_the_strictest_reading_is_taken(workspace: Workspace) -> None:
    other = "conclusions: [{id: REC1, text: x}]\n"
    root = workspace(
        {
            **FILES,
            "evidence/f/evaluation.yaml": "title: F\ntheory: t\n",
            "evidence/f/c.yaml": other.replace("REC1", "rec-1"),
        }
    )
    assert run("REC1", root).output.startswith("REC1 (recommendation): Go on\n")


def test_what_could_not_be_read_is_said_not_to_have_been(workspace: Workspace) -> None:
    root = workspace({**FILES, "evidence/e/slip.yaml": "claims: [{id: C8, packet: B}]\n"})
    found = run("C8", root)
    assert found.exit_code == 2
    assert "C8 is written in e but cannot be read: scc validate says why" in found.stderr


def test_the_trail_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace_command, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    text = run("4", QUIT).output
    assert "└ names xC2 (other factor): E-cigarettes bought outside the\n  programme\n" in text
    assert max(len(line) for line in text.splitlines()) <= 60


@pytest.mark.parametrize(("name", "file"), pairs("trace"))
def test_the_command_says_what_it_said(name: str, file: str, golden: Golden) -> None:
    golden(name, file)
