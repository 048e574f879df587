"""What is told leaves a trace, and gives nobody away: what specimens cannot show."""

from __future__ import annotations

from pathlib import Path

import pytest

from _specimens import BASE, write
from scc_eval import Dossier, check, load
from scc_eval.diagnostics import Diagnostic
from scc_eval.rules.exposure import has_contact


def dossier(root: Path, more: str) -> Dossier:
    """The base workspace with one more file."""
    write(BASE, root)
    (root / "evidence" / "eval" / "more.yaml").write_text(more, "utf-8")
    (project,) = load(root)
    return Dossier(project)


def found(root: Path, more: str, code: str) -> list[Diagnostic]:
    """What a rule says at the last stage."""
    return [each for each in check(dossier(root, more), stage=6) if each.rule.code == code]


STORY = """
story:
  - title: Sales
    packet: B
    section: 1
    assertions:
      - {id: S1, text: Sales doubled, evidence: FAIR_PCB_1}
"""


# One slip, one diagnostic.


@pytest.mark.parametrize(
    ("code", "more", "slip"),
    [
        (
            "SCC702",
            "key_points:\n- {id: K1, packet: B, text: So, points: [{id: K2, packet: B, %s}]}\n",
            "text: []",
        ),
        ("SCC702", "key_points:\n- {id: K1, packet: B, text: So, rests_on: %s}\n", "S9"),
        ("SCC702", STORY + "key_points:\n- {id: K1, packet: %s, text: So, rests_on: S1}\n", "Z"),
        ("SCC704", STORY + "impacts:\n- {title: Shops close, %s}\n", "unexpected: odd"),
        ("SCC802", "conclusions:\n- {id: C1, text: So, rests_on: %s}\n", "S9"),
        (
            "SCC802",
            "claims:\n- {id: Q1, packet: B, text: So, %s}\n"
            "conclusions:\n- {id: C1, text: So, rests_on: Q1}\n",
            "status: odd",
        ),
        ("SCC805", "conclusions:\n- {id: C1, text: So, tone: mixed, question: %s}\n", "E9"),
        (
            "SCC808",
            "conclusions:\n- {id: C1, text: So, tone: negative, rests_on: S1}\n"
            "recommendations:\n- {id: R1, title: So, measures: []}\n"
            "- {id: R2, title: So, conclusions: C1, %s}\n",
            "priority: []",
        ),
        ("SCC901", STORY + "challenges:\n- {id: H1, author: Me, text: So, %s}\n", "response: odd"),
        (
            "SCC901",
            STORY + "panel_comments:\n- {id: N1, author: Me, text: So, packet: B, %s}\n",
            "section: 9",
        ),
        (
            "SCC912",
            "sources:\n- {id: P2, %s}\n"
            "evidence:\n- {code: FAIR_PCB_1-2, text: So, wording: quote, sources: P1}\n",
            "consent: odd",
        ),
        (
            "SCC912",
            "evidence:\n- {code: FAIR_PCB_1-2, text: So, wording: quote, sources: P1}\n"
            "- {code: FAIR_PCB_1-3, text: So, sources: P2, %s}\n",
            "nature: odd",
        ),
    ],
)
def test_what_a_slip_may_hide_is_not_said_to_be_missing(
    code: str, more: str, slip: str, tmp_path: Path
) -> None:
    assert found(tmp_path, more.replace("%s", slip), code) == []


def test_a_question_that_a_broken_conclusion_names_may_be_answered(tmp_path: Path) -> None:
    write(BASE, tmp_path)
    theory = tmp_path / "theories" / "town.yaml"
    asked = "questions:\n- {id: E1, text: Did it help?}\n- {id: E2, text: How?}\n"
    theory.write_text(theory.read_text("utf-8") + asked, "utf-8")
    more = "conclusions:\n- {id: C1, text: So, question: E1, tone: odd}\n"
    (tmp_path / "evidence" / "eval" / "more.yaml").write_text(more, "utf-8")
    (project,) = load(tmp_path)
    open_ = [d.subject for d in check(Dossier(project), stage=6) if d.rule.code == "SCC803"]
    assert open_ == ["E2"]


# What rests on what.


def test_what_rests_on_itself_comes_to_an_end(tmp_path: Path) -> None:
    circle = (
        "conclusions:\n"
        "- {id: C1, text: So, rests_on: C2}\n"
        "- {id: C2, text: So, rests_on: [C1, FAIR_PCB_1]}\n"
    )
    assert dossier(tmp_path, circle).reached(["C1"]) == ("C1", "C2", "FAIR_PCB_1")


def test_a_key_point_reaches_what_those_below_it_rest_on(tmp_path: Path) -> None:
    more = STORY + (
        "key_points:\n- id: K1\n  packet: B\n  text: So\n"
        "  points: [{id: K2, packet: B, text: So, rests_on: S1}]\n"
    )
    assert dossier(tmp_path, more).reached(["K1"]) == ("K1", "K2", "S1", "FAIR_PCB_1")


# Whom it gives away.


@pytest.mark.parametrize(
    "text",
    [
        *("write to ann.baker@example.org", "ann+fair@mail.example.org.", "a-b@c-d.fr"),
        *("03 21 00 00 00", "03.21.00.00.00", "03-21-00-00-00", "0321000000"),
        *("03\u202f21\u202f00\u202f00\u202f00", "(03 21 00 00 00)"),
        *("01632 960 123", "01632 960123", "020 7946 0000", "07700 900123"),
        *("(555) 010-0199", "555-010-0199", "+1 555 010 0199"),
        *("+33 3 21 00 00 00", "+33 (0)3 21 00 00 00", "+44 1632 960123", "+45 12 34 56 78"),
    ],
)
def test_what_reaches_somebody_is_seen(text: str) -> None:
    assert has_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        *("12 000 000 euros", "+10 000 000", "+10 000 000 000", "+1.000.000.000", "0.123456789"),
        *("2012-2016", "01-02-2016 10:30", "01/02/2016", "00:12:34-00:15:20", "1999 2000 2001"),
        *("FAIR_PCB_1-02", "file 0045-2014-2015", "https://example.org/0612345678", "@ 3 each"),
        *("doi:10.1000/0123456789", "SIRET 01234567891234", "p. 100-200", "03 21 00"),
    ],
)
def test_what_reaches_nobody_is_let_be(text: str) -> None:
    assert not has_contact(text)


@pytest.mark.parametrize(
    ("code", "secret", "more"),
    [
        ("SCC915", "ann@example.org", "impacts:\n- {title: Ask ann@example.org}\n"),
        ("SCC915", "ann@example.org", "sources:\n- {id: ann@example.org, note: ann@example.org}\n"),
        (
            "SCC911",
            "Ann Baker",
            "sources:\n- {id: Ann Baker, label: Ann Baker, confidentiality: confidential}\n"
            "story:\n- {title: Ann Baker sells, packet: B, section: 1, introduction: Ann Baker}\n",
        ),
    ],
)
def test_what_is_to_be_kept_is_not_printed(
    code: str, secret: str, more: str, tmp_path: Path
) -> None:
    said = found(tmp_path, more, code)
    assert said
    assert not any(secret in each.message + each.fix + each.subject for each in said)


def test_a_label_that_begins_with_a_bracket_is_a_name_all_the_same(tmp_path: Path) -> None:
    more = "sources:\n- {id: P2, label: (Ann), confidentiality: confidential}\n"
    assert [each.subject for each in found(tmp_path, more, "SCC911")] == ["P2"]
