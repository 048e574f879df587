"""What `scc fix` mends of YAML files, what it leaves alone, and how it writes."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Set
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st
from typer.testing import CliRunner

from conftest import Workspace
from renew_golden import REPOSITORY
from scc_eval import Dossier, check, files, load
from scc_eval.cli import app, fix as fix_command
from scc_eval.files import parse
from scc_eval.languages import LANGUAGES, words
from scc_eval.mending import KINDS, UNASKED, LeftAlone, Meanings, Mended, mend, nodes
from scc_eval.mending.dates import as_iso
from scc_eval.mending.nodes import Change, grow
from scc_eval.mending.quoting import read_otherwise
from scc_eval.mending.repair import Draft, Repair
from scc_eval.model.base import Declaration
from scc_eval.model.theory import Theory
from scc_eval.places import NOWHERE
from scc_eval.settings import Settings

NAME = "evidence/fair/a.yaml"


def outcome(
    text: str | bytes,
    *kinds: str,
    model: type[Declaration] | None = None,
) -> Mended | LeftAlone | None:
    raw = text.encode() if isinstance(text, str) else text
    return mend(raw, NAME, model, None, kinds or UNASKED)


def mended(text: str, *kinds: str, model: type[Declaration] | None = None) -> str:
    """The text after mending; as it was if there is nothing to mend."""
    found = outcome(text, *kinds, model=model)
    assert not isinstance(found, LeftAlone)
    return found.after.decode() if found else text


def replaced(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


# Dates.


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12 May 2016", "2016-05-12"),
        ("12 may, 2016", "2016-05-12"),
        ("the 12th of May 2016", "2016-05-12"),
        ("May 12, 2016", "2016-05-12"),
        ("May 2nd 2016", "2016-05-02"),
        ("3 Sept. 2016", "2016-09-03"),
        ("12 mai 2016", "2016-05-12"),
        ("le 1er février 2016", "2016-02-01"),
        ("1 FÉVR. 2016", "2016-02-01"),
        ("15 août 2016", "2016-08-15"),
        ("12\N{NO-BREAK SPACE}décembre\N{NO-BREAK SPACE}2016", "2016-12-12"),
        ("May 2016", "2016-05"),
        ("juil. 2016", "2016-07"),
        ("2016/05/12", "2016-05-12"),
        ("2016.5.2", "2016-05-02"),
        ("2016-5-2", "2016-05-02"),
        ("25.05.2016", "2016-05-25"),
        ("25/5/2016", "2016-05-25"),
        ("05/25/2016", "2016-05-25"),
        ("5-5-2016", "2016-05-05"),
        ("5/2016", "2016-05"),
        ("2016/05", "2016-05"),
        ("2016-5", "2016-05"),
    ],
)
def test_a_date_that_can_only_be_one_day_is_read(text: str, iso: str) -> None:
    assert as_iso(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        *("2016", "2016-05", "2016-05-12"),
        *("05/06/2016", "12.05.2016", "05/06/16"),
        *("31 February 2016", "2016/13/01", "13/13/2016", "0/2016"),
        *("2010/11", "2014-5", "2001-2"),
        *("2016/05-12", "25.05/2016", "20160512", "2016.05"),
        *("spring 2016", "12 Brumaire 2016", "12 ma 2016", "about May 2016", "May", ""),
        *("2016-05-12T10:00", "May 2016 and June 2016", "12 May 16"),
    ],
)
def test_what_is_no_date_or_can_be_two_is_not_read(text: str) -> None:
    assert as_iso(text) is None


# Quotation marks.


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "truth") for text in ("NO", "no", "Yes", "on", "OFF", "true", "y", "N")),
        *((text, "number") for text in ("12:30", "1_2", "1.10", "010", "1.0", ".5", "1.", "+1")),
        *((text, "number") for text in ("0x1F", "0o17", "1e3", "12e45678", ".inf", "-0")),
        *((text, "number") for text in ("12345678901234567890", "0.00001")),
        *((text, "date") for text in ("2016-05-12", "2016-5-2 10:00:00")),
        *((text, "sign") for text in ("=", "<<")),
    ],
)
def test_a_text_that_other_programs_read_otherwise(text: str, kind: str) -> None:
    assert read_otherwise(text) == kind
    assert parse(f"a: {text}".encode(), NAME).data == {"a": text}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2016-05",
            "2016-5-2",
            "12",
            "0",
            "-3",
            "1.5",
            "0.25",
            "P10",
            "B.1",
            "Part_PC1_1",
            "1,5",
            "12 %",
        ),
        *("nope", "o", "No one", "1e", "~", "null", "", "-", "3+", "2-5", "a:b", "C1-1"),
    ],
)
def test_a_text_that_all_programs_read_alike(text: str) -> None:
    assert read_otherwise(text) is None


def test_what_is_read_otherwise_is_so_for_a_program_that_follows_yaml_1_1() -> None:
    texts = ("NO", "on", "12:30", "1_2", "1.10", "010", "+1", "0x1F", "2016-05-12")
    assert all(str(yaml.safe_load(text)) != text for text in texts[:-1])
    assert not isinstance(yaml.safe_load(texts[-1]), str)
    assert all(yaml.safe_load(f'"{text}"') == text for text in texts)


# Bytes: what is mended, in which fields, in which styles.

ITEM = "evidence:\n  - code: A_PC1_1-01\n    text: It rose\n"

BYTES: Mapping[str, tuple[str, str]] = {
    "a date": (ITEM + "    date: 12 May 2016\n", ITEM + "    date: 2016-05-12\n"),
    "a date in quotes": (ITEM + "    date: '12 May 2016'\n", ITEM + "    date: '2016-05-12'\n"),
    "a date with a comment": (
        ITEM + "    date:   12 May 2016   # as told \n",
        ITEM + "    date:   2016-05-12   # as told \n",
    ),
    "a date in French": (
        "preuves:\n- code: A_PC1_1-01\n  énoncé: Oui\n  survenu: 12 mai 2016\n",
        "preuves:\n- code: A_PC1_1-01\n  énoncé: Oui\n  survenu: 2016-05-12\n",
    ),
    "a date on two lines": (
        ITEM + "    date: 12 May\n      2016\n",
        ITEM + "    date: 2016-05-12\n",
    ),
    "a date in quotes on two lines": (
        ITEM + '    date: "12 May\n      2016"\n',
        ITEM + '    date: "2016-05-12"\n',
    ),
    "a date in a block": (
        ITEM + "    date: >-  # as told\n      12 May 2016\n",
        ITEM + "    date: >-  # as told\n      2016-05-12\n",
    ),
    "a date with an escape": (
        ITEM + '    date: "12\\x20May 2016"\n',
        ITEM + '    date: "2016-05-12"\n',
    ),
    "a date with an anchor of its name": (
        ITEM + "    date: &2016-5 2016-5\n",
        ITEM + "    date: &2016-5 2016-05\n",
    ),
    "a date in a flow": (
        "evidence: [{code: A_PC1_1-01, text: It rose, date: 12 May 2016}] # 1\n",
        "evidence: [{code: A_PC1_1-01, text: It rose, date: 2016-05-12}] # 1\n",
    ),
    "dates of all kinds of things": (
        "waivers:\n  - {rule: SCC304, on: B, author: A, date: May 2016, reason: R, until: 5/2017}\n"
        "tests:\n  - {id: T, on: C, text: T, set_on: 25/12/2016, found_on: 1er mai 2017}\n",
        "waivers:\n  - {rule: SCC304, on: B, author: A, date: 2016-05, reason: R, until: 2017-05}\n"
        "tests:\n  - {id: T, on: C, text: T, set_on: 2016-12-25, found_on: 2017-05-01}\n",
    ),
    "what reads otherwise": (
        "sources:\n  - id: NO\n    label: 12:30 # noon\n    note: 1.10\n",
        'sources:\n  - id: "NO"\n    label: "12:30" # noon\n    note: "1.10"\n',
    ),
    "what reads otherwise in lists": (
        "sources:\n  - id: S\n    derived_from: [on, 010, P1]\n  - id: T\n    derived_from:\n"
        "    - y\n",
        'sources:\n  - id: S\n    derived_from: ["on", "010", P1]\n  - id: T\n    derived_from:\n'
        '    - "y"\n',
    ),
    "what reads otherwise, with an anchor": (
        "sources:\n  - id: &a  NO\n    note: *a\n",
        'sources:\n  - id: &a  "NO"\n    note: *a\n',
    ),
    "a colon": (
        "cases:\n  - code: A\n    label: The case: a town  \n    text: T\n",
        'cases:\n  - code: A\n    label: "The case: a town"  \n    text: T\n',
    ),
    "a colon in French": (
        "cas:\n- code: A\n  nom: Le « cas » : l'exemple\n",
        'cas:\n- code: A\n  nom: "Le « cas » : l\'exemple"\n',
    ),
    "a colon beside quotation marks": (
        'cases:\n  - code: A\n    label: He said "it\'s so": yes:\n',
        "cases:\n  - code: A\n    label: 'He said \"it''s so\": yes:'\n",
    ),
    "a colon in the first field, and one behind a quoted name": (
        "cases:\n  - label: One: two: three\n    'code': A: b\n",
        'cases:\n  - label: "One: two: three"\n    \'code\': "A: b"\n',
    ),
    "tabs": (
        "cases:\n\t- code: A\n\t\tlabel: Town # here\t\n",
        "cases:\n  - code: A\n    label: Town # here\t\n",
    ),
    "a tab for four spaces": (
        "cases:\n  - code: A\n\tlabel: Town # a\ttab\n",
        "cases:\n  - code: A\n    label: Town # a\ttab\n",
    ),
    "a tab for any number of spaces": (
        "cases:\n\t- {code: A,\n\t   label: Town}\n",
        "cases:\n  - {code: A,\n     label: Town}\n",
    ),
    "a tab and a colon on one line": (
        "cases:\n  - code: A\n\tlabel: Town: one\n",
        'cases:\n  - code: A\n    label: "Town: one"\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), BYTES.values(), ids=BYTES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\N{ZERO WIDTH NO-BREAK SPACE}"], ids=["", "BOM"])
def test_bytes(before: str, after: str, ends: str, mark: str) -> None:
    before, after = (mark + text.replace("\n", ends) for text in (before, after))
    assert mended(before) == after
    assert outcome(after) is None


PARSERS = {"python": yaml.SafeLoader, "libyaml": yaml.CSafeLoader}


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_bytes_are_those_of_either_parser(parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_Parser", parser)
    monkeypatch.setattr(nodes, "PARSER", parser)
    smile = "é: \N{GRINNING FACE}"
    before = f"# {smile[-1]}\ncases:\n- {{code: é, label: é}}\n- code: NO\n\tlabel: {smile}\n"
    after = replaced(before, ("NO", '"NO"'), ("\t", "  "), (smile, f'"{smile}"'))
    assert mended(before) == after


STILL: Mapping[str, str] = {
    "a date that can be two": ITEM + "    date: 05/06/2016\n",
    "a date in words": ITEM + "    date: last spring\n",
    "a date in a block of two lines": ITEM + "    date: |\n      12 May\n      2016\n",
    "a date as other programs read it": ITEM + "    date: 2016-05-12\n    happened: 2016\n",
    "a date in a text": ITEM + "    note: 12 May 2016\n",
    "a truth value": ITEM + "    translated: yes\n",
    "a word of a closed list": ITEM + "    wording: NO\n",
    "a probability": "tests:\n  - {id: T, on: C, text: T, sensitivity: 0.80}\n",
    "a number": "story:\n  - {title: T, packet: B, section: 010}\n",
    "a number in its own form": "sources:\n  - {id: S, locator: 12, note: 1.5}\n",
    "nothing": "sources:\n  - {id: S, note: ~, label: null, role: }\n",
    "a text in quotation marks": "sources:\n  - {id: 'NO', note: \"12:30\"}\n",
    "a text in a block": "sources:\n  - id: S\n    note: |\n      NO\n",
    "a text with a tag": "sources:\n  - {id: !!str NO}\n",
    "a moment on two lines": "sources:\n  - id: S\n    note: 2016-05-12\n      10:00:00\n",
    "a text after a comment": "sources:\n  - id: &a # one\n      NO\n",
    "a date after a comment": "sources:\n  - id: S\n    date: &a # one\n      12 May\n      2016\n",
    "the name of a field": "sources:\n  - {id: S, NO: 1, on: 2}\n",
    "a field nobody knows": "sources:\n  - {id: S, colour: NO}\n",
    "a section nobody knows": "colours:\n  - {id: NO}\n",
    "a field given twice": "sources:\n  - {id: S, id: NO}\n",
    "a field in two languages": "sources:\n  - {label: S, nom: NO}\n",
    "a text where a thing is expected": "sources:\n  - NO\n",
    "a thing where a text is expected": "sources:\n  - {id: {NO: NO}}\n",
    "a list in a list": "sources:\n  - {id: [[NO]]}\n",
    "a list": "- NO\n",
    "a text": "NO\n",
    "a null": "~\n",
    "nothing at all": "",
    "comments alone": "# NO\n",
    "an alias that stands in a field nobody knows": "sources:\n  - {id: &a NO, colour: *a}\n",
    "an alias that stands in a closed list": (
        "evidence:\n  - {code: &a NO, text: T, wording: *a}\n"
    ),
    "an alias that stands for a name": "sources:\n  - {id: &a NO, *a : T}\n",
    "the name of a field that an alias repeats": "sources:\n  - {&a NO : T, id: *a}\n",
    "an alias of a date and of a text": ("sources:\n  - {id: S, date: &a 12 May 2016, note: *a}\n"),
}


@pytest.mark.parametrize("text", STILL.values(), ids=STILL)
def test_what_stays_as_it_is(text: str) -> None:
    assert outcome(text, *KINDS) is None


def test_an_alias_that_means_the_same_everywhere_is_mended_where_it_stands_for() -> None:
    before = "sources:\n  - {id: S, date: &a 12 May 2016}\n  - {id: T, date: *a}\n"
    assert mended(before) == before.replace("12 May 2016", "2016-05-12")
    shared = "sources:\n  - &a {id: NO, role: R}\n  - *a\n"
    assert mended(shared) == shared.replace("NO", '"NO"')


SETTINGS = "title: 12:30\ntheory: t\ndate: 12 May 2016\nlevels: {SCC304: off}\n"


def test_the_settings_keep_the_date_of_the_story() -> None:
    before = SETTINGS + "period:\n  begins: May 2014\n  ends: 5/2016\ncodes:\n  themes: {NO: 1_2}\n"
    after = before.replace("12:30", '"12:30"').replace("1_2", '"1_2"')
    after = after.replace("May 2014", "2014-05").replace("5/2016", "2016-05")
    assert mended(before, model=Settings) == after


def test_a_theory_keeps_when_a_hypothesis_came_up() -> None:
    before = (
        "title: T\nversion: 1.10\ndate: May 2016\nrevisions: [{date: 6/2016, reason: R}]\n"
        "packets:\n"
        "- {letter: N, title: T, boxes: [{id: N.1, label: no, boxes: [{id: 1_1, label: L}]}]}\n"
        "factors: [{id: F, text: T, targets: N, since: 12 May 2016}]\n"
    )
    after = before.replace("1.10", '"1.10"').replace("date: May 2016", "date: 2016-05")
    after = after.replace("6/2016", "2016-06").replace("letter: N", 'letter: "N"')
    after = after.replace("label: no", 'label: "no"').replace("1_1", '"1_1"')
    after = after.replace("targets: N", 'targets: "N"')
    assert mended(before, model=Theory) == after


ONLY: Mapping[str, tuple[str, str, str]] = {
    "codes": ("sources:\n  - {id: NO, date: 5/2016}\n",) * 2 + ("",),
    "dates": (
        "sources:\n  - {id: NO, date: 5/2016}\n",
        "sources:\n  - {id: NO, date: 2016-05}\n",
        "date",
    ),
    "quoting": (
        "sources:\n  - {id: NO, date: 5/2016}\n",
        'sources:\n  - {id: "NO", date: 5/2016}\n',
        "as_truth",
    ),
    "tabs": (
        "sources:\n\t- {id: NO, date: 5/2016}\n",
        "sources:\n  - {id: NO, date: 5/2016}\n",
        "tab",
    ),
}


@pytest.mark.parametrize(("kind", "case"), ONLY.items(), ids=ONLY)
def test_only_what_is_selected_is_mended(kind: str, case: tuple[str, str, str]) -> None:
    before, after, reason = case
    found = outcome(before, kind)
    assert mended(before, kind) == after
    assert (found and [each.why for each in getattr(found, "repairs", ())]) == (
        [reason] if reason else None
    )


def test_each_repair_has_its_place_and_its_reason() -> None:
    found = outcome("sources:\n\t- id: NO\n\t  label: a: b\n\t  date: &a 5/2016\n")
    assert isinstance(found, Mended)
    assert not found.is_legible
    assert [
        (each.kind, each.why, each.at.line, each.at.column, dict(each.facts))
        for each in found.repairs
    ] == [
        ("tabs", "tab", 2, 1, {"count": "2", "lines": "3"}),
        ("quoting", "colon", 3, 12, {}),
        ("quoting", "as_truth", 2, 9, {"text": "NO", "better": '"NO"'}),
        ("dates", "date", 4, 11, {"text": "5/2016", "better": "2016-05"}),
    ]


# Files that cannot be read, and stay so.

ILLEGIBLE: Mapping[str, str | bytes] = {
    "another encoding": "cases: [] # é\n".encode("latin-1"),
    "a control character": "cases: []\n# \x07\n",
    "an open quotation mark": "cases:\n  - code: 'A\n",
    "two documents": "cases: []\n---\ncases: []\n",
    "a tab that may or may not begin an item": (
        "sources:\n  - id: S\n    derived_from:\n    - a\n\t- b\n\t\t- c\n"
    ),
    "a tab that no number of spaces mends": (
        "cases:\n- code: A\n\tlabel: L\n- code: B\n\t\tlabel: M\n"
    ),
    "a tab after a hyphen": "cases:\n  -\t- - code: A\n",
    "a colon in no field": "cases:\n  - He said: yes: no\n",
    "a colon in a field nobody knows": "cases:\n  - code: A\n    colour: red: or blue\n",
    "a colon in a closed list": ITEM + "    wording: quote: or not\n",
    "a colon on the second line of a text": "cases:\n  - label: He said\n      this: that\n",
    "a colon in a text that goes on": "cases:\n  - label: He said: yes\n      and no\n",
    "a colon beside what may be a comment": "cases:\n  - label: He said: yes #3\n",
    "a colon after quotation marks": "cases:\n  - label: 'He' said: yes\n",
    "a colon after an alias": "cases:\n  - label: *he said: yes\n",
    "a colon in a list on one line": "cases: [{code: A: B}]\n",
    "more colons than slips": "cases:\n" + "- label: a: b\n" * 200,
}


@pytest.mark.parametrize("text", ILLEGIBLE.values(), ids=ILLEGIBLE)
def test_a_file_that_cannot_be_read_is_left_alone(text: str | bytes) -> None:
    found = outcome(text)
    assert found == LeftAlone(NAME, "unreadable", is_lacking=False)


# Codes and names.

THEORY = """\
title: The fair
packets:
  - letter: B
    number: "1"
    title: Sales
    boxes: [{id: B.1, label: More buyers}, {id: B-2, label: Fewer}, {id: B12, label: None}]
  - letter: C
    number: "2"
    title: Prices
links:
  - {id: B-C, source: B, target: C, mechanisms: [{id: BC1, text: M}]}
factors:
  - {id: xB1, text: Prices fell, targets: B}
  - {id: xb 1, text: Wages rose, targets: [b.1, b 1]}
"""
FAIR = """\
title: The fair
theory: fair
codes:
  themes: {IT: Impacts}
"""
CASES = """\
sources:
  - {id: P10}
  - {id: p-10b, derived_from: p10}
  - {id: Mono_Part, type: document}
cases:
  - {code: Part, label: Parts}
  - {code: Biodiv, label: Biodiversity, monograph: mono part}
evidence:
  - code: Part_PC1_1-01
    text: T
    sources: [P 10, P11]
    bears_on: [BC-1, {polarity: against, target: b_2}]
  - {code: Part_PC1_1-02, text: T, sources: "p-10"}
  - {code: Part PC2_1-01, text: Part PC1_1, sources: P-10B, bears_on: [xB-1, XB 1, B1-2, b.1]}
  - {code: Part PC2_2-01, text: T}
  - {code: Part_PC2_2-01, text: T}
  - {code: Part_PC2_3, text: T}
  - {code: Part.PC2_3, text: T}
"""
JUDGEMENT = """\
claims:
  - {id: C1, packet: b, text: T, evidence: Part_ PC1_1}
  - {id: C-2, packet: 2, text: T, evidence: [Part PC1_1, Part_PCI_1, Biodiv.PC1 2, Part_PC1_1-01]}
  - {id: C3, packet: D, text: T, evidence: ['Part PC1_1-O2', Part_PC1, Part_PC4_1, Hearsay]}
  - {id: C4, packet: c, text: T, evidence: [Part PC2_1-01, Part PC2_2-01, Part.PC2_3]}
absences:
  - {cases: [part, Agri], on: unexpected effects, found: not_asked}
conclusions:
  - {id: K1, text: T, rests_on: [C1, c1, c 2, C2, Part PC1_1, C12, Part_PC1_1]}
"""
WORKSPACE = {
    "theories/fair.yaml": THEORY,
    "evidence/fair/evaluation.yaml": FAIR,
    "evidence/fair/cases.yaml": CASES,
    "evidence/fair/judgement.yaml": JUDGEMENT,
}


class Ran:
    """How `scc fix` ended and what it said."""

    def __init__(self, *arguments: object, said: str = "") -> None:
        result = CliRunner().invoke(app, ["fix", *map(str, arguments)], input=said)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code = result.exit_code
        self.out = result.stdout_bytes.decode()
        self.err = result.stderr


def read(root: Path) -> dict[str, str]:
    """Every file of a workspace, as text."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes().decode() for path in found}


def test_codes_and_names_that_can_only_mean_one_thing_are_mended(workspace: Workspace) -> None:
    root = workspace(WORKSPACE)
    assert Ran(root, "--yes").code == 0
    assert read(root) == {
        "theories/fair.yaml": replaced(THEORY, ("[b.1, b 1]", "[B.1, b 1]")),
        "evidence/fair/evaluation.yaml": FAIR,
        "evidence/fair/cases.yaml": replaced(
            CASES,
            ("derived_from: p10", "derived_from: P10"),
            ("mono part", "Mono_Part"),
            ("[P 10,", "[P10,"),
            ("BC-1", "BC1"),
            ("b_2", "B-2"),
            ('"p-10"', '"P10"'),
            ("P-10B", "p-10b"),
            ("b.1]", "B.1]"),
            ("code: Part PC2_1-01", "code: Part_PC2_1-01"),
            ("Part.PC2_3", "Part_PC2_3"),
        ),
        "evidence/fair/judgement.yaml": replaced(
            JUDGEMENT,
            ("Part_ PC1_1", "Part_PC1_1"),
            ("Part PC1_1,", "Part_PC1_1,"),
            ("Part_PCI_1", "Part_PC1_1"),
            ("Biodiv.PC1 2", "Biodiv_PC1_2"),
            ("Part PC1_1-O2", "Part_PC1_1-O2"),
            ("Part PC2_1-01", "Part_PC2_1-01"),
            ("Part.PC2_3", "Part_PC2_3"),
            ("packet: b", "packet: B"),
            ("packet: c", "packet: C"),
            ("[part, Agri]", "[Part, Agri]"),
            ("c1,", "C1,"),
            ("c 2", "C-2"),
            ("C2,", "C-2,"),
        ),
    }


def test_mended_codes_and_names_are_those_the_rules_asked_for(workspace: Workspace) -> None:
    root = workspace(WORKSPACE)
    assert {"SCC201", "SCC206", "SCC207"} <= codes_said(root)
    Ran(root, "--yes")
    [dossier] = (Dossier(project) for project in load(root))
    said = {(d.rule.code, d.facts.get("text", "")) for d in check(dossier)}
    assert ("SCC201", "Part PC2_2-01") in said
    assert {text for code, text in said if code in ("SCC206", "SCC207")} == {
        *("P11", "xB-1", "XB 1", "B1-2", "b 1", "D", "Agri", "unexpected effects"),
    }


def codes_said(root: Path) -> set[str]:
    return {d.rule.code for project in load(root) for d in check(Dossier(project))}


BLIND = {
    "a file that cannot be read": ("evidence/fair/x.yaml", "cases: [\n"),
    "a section nobody knows": ("evidence/fair/x.yaml", "casess: []\n"),
    "a case without a name": ("evidence/fair/x.yaml", "cases: [{label: L}]\n"),
    "settings that cannot be taken": ("evidence/fair/evaluation.yaml", "theory: fair\n"),
}


@pytest.mark.parametrize(("name", "text"), BLIND.values(), ids=BLIND)
def test_codes_are_not_judged_where_a_case_may_be_unread(
    name: str, text: str, workspace: Workspace
) -> None:
    root = workspace({**WORKSPACE, name: text})
    ran = Ran(root / "evidence", "--check")
    assert "can only be the code" not in ran.out
    assert "evidence/fair: whether its codes are damaged cannot be judged" in ran.err
    assert "cannot be judged" not in Ran(root, "--check", "--select", "dates").err


def test_names_are_not_judged_where_the_theory_may_be_unread(workspace: Workspace) -> None:
    root = workspace({**WORKSPACE, "theories/fair.yaml": THEORY + "links: [\n"})
    ran = Ran(root, "--check")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        "theories/fair.yaml is left alone: it cannot be read; `scc validate` says why\n"
        "evidence/fair: whether its codes are damaged cannot be judged, since something they count "
        "on could not be read\n"
    )


def test_a_name_that_a_broken_declaration_mentions_may_be_right(workspace: Workspace) -> None:
    text = "evidence: [{code: A, sources: p10}]\nclaims: [{id: C1, packet: B, text: T}]\n"
    more = (
        "absences: [{cases: part, on: c1, found: not_asked}]\ntests: [{id: T, about: c1, on: p}]\n"
    )
    root = workspace({**WORKSPACE, "evidence/fair/judgement.yaml": text + more})
    ran = Ran(root, "--check")
    assert "judgement.yaml:3:20: part can only be Part" in ran.out
    assert "p-10 can only be P10" in ran.out
    assert "p10 can only be" not in ran.out
    assert "c1 can only be" not in ran.out


def test_an_item_that_could_not_be_taken_bears_its_code(workspace: Workspace) -> None:
    text = "evidence: [{code: Part_PC2_1-01, sources: P10}]\n"
    ran = Ran(workspace({**WORKSPACE, "evidence/fair/more.yaml": text}), "--check")
    assert "Part_PC1_1" in ran.out
    assert "Part_PC2_1-01" not in ran.out


def test_a_code_is_put_in_quotation_marks_where_it_would_be_read_otherwise(
    workspace: Workspace,
) -> None:
    forms = {
        "evidence/fair/evaluation.yaml": FAIR
        + "  forms: ['{case}:{packet}', '{case} #{packet}.{section}']\n"
    }
    cases = "cases: [{code: '12', label: L}]\nevidence:\n"
    before = (
        cases + "- {code: 12 1, text: T}\n- code: 12-#1-1\n  text: T\n- {code: '12 : 1', text: T}\n"
    )
    root = workspace({**WORKSPACE, **forms, "evidence/fair/cases.yaml": before})
    after = (
        cases
        + '- {code: "12:1", text: T}\n- code: "12 #1.1"\n  text: T\n- {code: "12:1", text: T}\n'
    )
    assert Ran(root / "evidence/fair/cases.yaml", "--yes").code == 0
    assert read(root)["evidence/fair/cases.yaml"] == after
    assert Ran(root / "evidence/fair/cases.yaml").code == 0


# Order.

UNORDERED = """\
evidence: # by hand

  - code: Biodiv_IT-01
    text: T
  # Of the second packet.
  # Two lines.
  - code: Biodiv_PC2_1-02   # here
    text: |-
      # No comment,

      but text
    # Within the item.

  - {code: Biodiv_PC2_1-01, text: T,
     sources: P10}
  - code: Part_PC2_1-07
    sources: [P10,
      P11]
    text: T


  - code: Part_PC1_3
    text: T
  - code: Part_PC1_2-z
    text: T
# The end.
absences: []
"""
ORDERED = """\
evidence: # by hand

  - code: Part_PC1_2-z
    text: T
  - code: Part_PC1_3
    text: T

  - code: Part_PC2_1-07
    sources: [P10,
      P11]
    text: T
  # Of the second packet.
  # Two lines.
  - code: Biodiv_PC2_1-02   # here
    text: |-
      # No comment,

      but text
    # Within the item.


  - {code: Biodiv_PC2_1-01, text: T,
     sources: P10}
  - code: Biodiv_IT-01
    text: T
# The end.
absences: []
"""


def test_items_are_sorted_by_cell_only_where_it_is_asked_for(workspace: Workspace) -> None:
    root = workspace({**WORKSPACE, "evidence/fair/more.yaml": UNORDERED})
    file = root / "evidence/fair/more.yaml"
    assert Ran(file).code == 0
    ran = Ran(file, "--select", "order", "--yes")
    assert (ran.code, ran.err) == (0, "Written: 1 change to 1 file\n")
    assert ran.out.startswith(
        "evidence/fair/more.yaml:3:5: 6 items of evidence, now by case, packet and section\n"
    )
    assert file.read_text("utf-8") == ORDERED
    assert Ran(file, "--order").code == 0


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_an_item_at_the_end_of_a_file_moves_without_its_end_of_line(
    ends: str, workspace: Workspace
) -> None:
    before = "preuves:\n- {code: Part_PC2_1-01, text: T}\n- {code: Part PC1_1-03, text: T}"
    after = "preuves:\n- {code: Part_PC1_1-03, text: T}\n- {code: Part_PC2_1-01, text: T}"
    root = workspace(WORKSPACE)
    file = root / "evidence/fair/more.yaml"
    file.write_bytes(before.replace("\n", ends).encode())
    assert Ran(file, "--order", "--yes").code == 0
    assert file.read_bytes() == after.replace("\n", ends).encode()


UNSORTED = {
    "on one line": "evidence: [{code: Part_PC2_1-01, text: T}, {code: Part_PC1_1-03, text: T}]\n",
    "below a hyphen": "evidence:\n-\n  code: Part_PC2_1-01\n-\n  code: Part_PC1_1-03\n",
    "a code of no cell": "evidence:\n- {code: Part_PC2_1-01}\n- {code: Part_PC9_1-03}\n",
    "an item without a code": (
        "evidence:\n- {code: Part_PC2_1-01}\n- {text: T}\n- {code: Part_PC1_1-03}\n"
    ),
    "a text for an item": "evidence:\n- {code: Part_PC2_1-01}\n- A\n- {code: Part_PC1_1-03}\n",
    "a comment above all": (
        "evidence:\n# Of whom?\n- {code: Part_PC2_1-01}\n- {code: Part_PC1_1-03}\n"
    ),
    "a comment apart": (
        "evidence:\n- {code: Part_PC2_1-01}\n# Of whom?\n\n- {code: Part_PC1_1-03}\n"
    ),
    "no list": "evidence: {code: Part_PC2_1-01}\n",
    "no section": "- evidence\n",
    "nothing": "evidence: []\n",
}


@pytest.mark.parametrize("text", UNSORTED.values(), ids=UNSORTED)
def test_items_that_cannot_move_stay(text: str, workspace: Workspace) -> None:
    root = workspace({**WORKSPACE, "evidence/fair/more.yaml": text})
    ran = Ran(root / "evidence/fair/more.yaml", "--select", "order")
    assert (ran.code, ran.out) == (0, "")


def test_items_that_would_be_read_otherwise_elsewhere_stay(workspace: Workspace) -> None:
    text = "evidence:\n- {code: Part_PC2_1-01, text: &t T}\n- {code: Part_PC1_1-03, text: *t}\n"
    root = workspace({**WORKSPACE, "evidence/fair/more.yaml": text})
    before = snapshot(root)
    ran = Ran(root / "evidence/fair/more.yaml", "--order", "--yes")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "evidence/fair/more.yaml is left alone: mended, it would not be read as the same\n"
    )
    assert snapshot(root) == before


def test_a_draft_is_faithful_if_it_is_read_as_it_must_be() -> None:
    tree = grow("a: b # c\n", NAME)
    assert isinstance(tree.root, dict)
    changes = {tree.root["a"]: Change("b: c", "b: c")}
    text, expected = nodes.edited(tree.text, changes), nodes.data(tree.root, changes)
    repair = Repair("quoting", NOWHERE, "colon", {})
    assert text == "a: b: c # c\n"
    assert not Draft(text, (repair,), expected).is_faithful(NAME)
    assert not Draft("a: b", (repair,), expected).is_faithful(NAME)
    assert Draft("a: 'b: c'", (repair,), expected).is_faithful(NAME)
    assert Draft("a: b", (), expected).is_faithful(NAME)


# The command.


def snapshot(root: Path) -> dict[str, tuple[str, int, int]]:
    """Every file below a folder: its hash, its mode, when it was written."""
    return {
        str(path): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
        )
        for path in root.rglob("*")
        if path.is_file()
    }


DATED = "claims:\n  - {id: C1, packet: B, text: T, date: 12 May 2016}\n"
SMALL = {"theories/fair.yaml": THEORY, "evidence/fair/evaluation.yaml": FAIR}
DIFF = """\
evidence/fair/a.yaml:2:40: 12 May 2016 can only be 2016-05-12
--- evidence/fair/a.yaml
+++ evidence/fair/a.yaml
@@ -1,2 +1,2 @@
 claims:
-  - {id: C1, packet: B, text: T, date: 12 May 2016}
+  - {id: C1, packet: B, text: T, date: 2016-05-12}
"""


@pytest.fixture
def fair(workspace: Workspace) -> Path:
    """A workspace with one thing to mend, in `a.yaml`."""
    theory = replaced(THEORY, ("  - {id: xb 1, text: Wages rose, targets: [b.1, b 1]}\n", ""))
    return workspace({**SMALL, "theories/fair.yaml": theory, NAME: DATED})


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_nothing_is_written_where_nobody_can_be_asked(options: tuple[str, ...], fair: Path) -> None:
    before = snapshot(fair)
    ran = Ran(fair, *options, said="y\n")
    assert (ran.code, ran.out) == (1, DIFF)
    assert ran.err == "To be written with --yes: 1 change to 1 file\n"
    assert snapshot(fair) == before


def test_all_is_written_if_one_says_so(fair: Path) -> None:
    (fair / NAME).chmod(0o640)
    ran = Ran(fair, "--yes")
    assert (ran.code, ran.out, ran.err) == (0, DIFF, "Written: 1 change to 1 file\n")
    assert (fair / NAME).read_text("utf-8") == DATED.replace("12 May 2016", "2016-05-12")
    assert (fair / NAME).stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in fair.rglob("*.*")) == [
        "a.yaml",
        "evaluation.yaml",
        "fair.yaml",
    ]
    ran = Ran(fair, "-y")
    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing to mend\n")


@pytest.mark.parametrize(
    ("answer", "is_written"),
    [
        ("y", True),
        ("Yes", True),
        ("o", True),
        (" OUI ", True),
        ("", False),
        ("n", False),
        ("x", False),
    ],
)
def test_a_person_is_asked(
    answer: str, is_written: bool, fair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fix_command, "is_terminal", lambda: True)
    before = snapshot(fair)
    ran = Ran(fair, said=f"{answer}\n")
    assert ran.out.startswith(DIFF + "Write 1 change to 1 file? [y/N]")
    assert ran.code == (0 if is_written else 1)
    assert (snapshot(fair) != before) is is_written


def test_a_person_who_leaves_writes_nothing(fair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fix_command, "is_terminal", lambda: True)
    before = snapshot(fair)
    assert Ran(fair, said="").code == 1
    assert snapshot(fair) == before


@pytest.mark.parametrize("option", ["--yes", "--check"])
def test_a_person_is_not_asked_what_was_said_before(
    option: str, fair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fix_command, "is_terminal", lambda: True)
    assert Ran(fair, option).out == DIFF


def test_it_speaks_french(fair: Path) -> None:
    (fair / NAME).write_text(DATED + "verdicts: [{packet: B, text: NO}]\n")
    ran = Ran(fair, "--yes", "--lang", "fr")
    assert ran.out.splitlines()[:2] == [
        "evidence/fair/a.yaml:2:40: 12 May 2016 ne peut être que 2016-05-12",
        'evidence/fair/a.yaml:3:30: NO est un booléen pour d\'autres programmes, "NO" un texte '
        "pour tous",
    ]
    assert ran.err == "Écrit : 2 changements dans 1 fichier\n"


def test_every_reason_has_its_words_in_both_languages() -> None:
    reasons = {"code", "name", "date", "colon", "tab", "order"}
    reasons |= {f"as_{kind}" for kind in ("truth", "number", "date", "sign")}
    for language in LANGUAGES:
        spoken = words(language)["mending"]
        told = {
            key: spoken[key].format(text="1", better="2", count="3", lines="4") for key in reasons
        }
        assert len(set(told.values())) == len(reasons)


def test_a_file_that_becomes_legible_is_looked_at_again(fair: Path) -> None:
    text = "cases:\n  - code: Part\n\tlabel: The case: Part\n"
    text += "evidence:\n  - {code: Part PC1_1, text: T}\n"
    (fair / NAME).write_text(text)
    before = snapshot(fair)
    ran = Ran(fair)
    assert (ran.code, ran.out.count("@@ -")) == (1, 1)
    assert snapshot(fair) == before
    ran = Ran(fair, "--yes")
    assert ran.code == 0
    assert ran.err == "Written: 2 changes to 1 file\nWritten: 1 change to 1 file\n"
    assert (fair / NAME).read_text("utf-8") == replaced(
        text,
        ("\tlabel: The case: Part", '    label: "The case: Part"'),
        ("Part PC1_1", "Part_PC1_1"),
    )
    assert Ran(fair).code == 0


def test_only_files_at_the_path_are_written(workspace: Workspace) -> None:
    root = workspace({**WORKSPACE, "evidence/fair/cases/a.yaml": DATED, "notes/a.yaml": DATED})
    for path, names in {
        "theories": {"theories/fair.yaml"},
        "evidence/fair/cases": {"evidence/fair/cases/a.yaml"},
        "evidence/fair/judgement.yaml": {"evidence/fair/judgement.yaml"},
        "": {*WORKSPACE, "evidence/fair/cases/a.yaml"} - {"evidence/fair/evaluation.yaml"},
    }.items():
        ran = Ran(root / path, "--check")
        assert set(re.findall(r"^\+\+\+ (.*)", ran.out, re.MULTILINE)) == names


def test_a_theory_that_no_evaluation_uses_is_mended(workspace: Workspace) -> None:
    root = workspace({"theories/other.yaml": THEORY})
    assert Ran(root, "--yes").code == 0
    assert read(root) == {"theories/other.yaml": replaced(THEORY, ("[b.1, b 1]", "[B.1, b 1]"))}


def test_an_evaluation_in_the_folder_itself_is_mended(workspace: Workspace) -> None:
    files = {name.replace("evidence/fair", "evidence"): text for name, text in WORKSPACE.items()}
    ran = Ran(workspace(files), "--check")
    assert "evidence/judgement.yaml:2:44: Part_ PC1_1 can only be the code Part_PC1_1" in ran.out


USAGE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "both": (("--yes", "--check"), "--yes writes and --check does not: give one of them"),
    "an unknown kind": (
        ("--select", "colours"),
        "--select takes one of codes, dates, quoting, tabs, order, not colours",
    ),
    "an unknown language": (("--lang", "de"), "--lang takes one of en, fr, not de"),
}


@pytest.mark.parametrize(("options", "said"), USAGE.values(), ids=USAGE)
def test_what_cannot_be_run(options: tuple[str, ...], said: str, fair: Path) -> None:
    ran = Ran(fair, *options)
    assert (ran.code, ran.out, ran.err) == (2, "", f"scc: {said}\n")


def test_a_path_without_files_cannot_be_mended(fair: Path) -> None:
    (fair / "notes").mkdir()
    ran = Ran(fair / "notes")
    said = f"scc: {fair}/notes holds no YAML file of an evaluation or a theory\n"
    assert (ran.code, ran.err) == (2, said)
    assert Ran(fair / "nowhere").code == 2


# Files that may not be written.


def left_alone(root: Path, reason: str, name: str = NAME) -> None:
    """Nothing is written, and it is said why."""
    before = snapshot(root)
    ran = Ran(root, "--yes")
    assert (ran.code, ran.err) == (1, f"{name} is left alone: {reason}\n")
    assert snapshot(root) == before


class Meddler:
    """A person who writes to a file before answering."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def readline(self) -> str:
        self.path.write_text(DATED + "# more\n")
        return "y\n"


def test_a_file_that_has_changed_since_is_left_alone(
    fair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fix_command, "is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", Meddler(fair / NAME))
    with pytest.raises(SystemExit) as ending:
        app(["fix", str(fair)])
    assert ending.value.code == 1
    said = capsys.readouterr().err
    assert said == f"{NAME} is left alone: it has changed since it was read\n"
    assert (fair / NAME).read_text("utf-8") == DATED + "# more\n"


def test_a_write_protected_file_is_left_alone(fair: Path) -> None:
    (fair / NAME).chmod(0o444)
    left_alone(fair, "it may not be written")


def test_a_file_that_cannot_be_written_is_left_alone(fair: Path) -> None:
    name = f"evidence/fair/{'a' * 245}.yaml"
    (fair / NAME).rename(fair / name)
    left_alone(fair, "it cannot be written (file name too long)", name)


def test_what_a_link_leads_to_is_left_alone(fair: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    (fair / NAME).rename(outside)
    (fair / NAME).symlink_to(outside)
    left_alone(fair, "a link leads to it; mend it where it lies")
    assert (fair / NAME).is_symlink()


def test_an_evaluation_that_a_link_leads_to_is_left_alone(fair: Path, tmp_path: Path) -> None:
    (fair / "evidence/fair").rename(tmp_path / "elsewhere")
    (fair / "evidence/fair").symlink_to(tmp_path / "elsewhere")
    left_alone(fair, "a link leads to it; mend it where it lies")


def test_a_file_that_can_be_written_is_written_beside_one_that_cannot(fair: Path) -> None:
    (fair / NAME).chmod(0o444)
    (fair / "evidence/fair/b.yaml").write_text(DATED.replace("C1", "C2"))
    ran = Ran(fair, "--yes")
    assert ran.code == 1
    assert ran.err == (
        "Written: 1 change to 1 file\nevidence/fair/a.yaml is left alone: it may not be written\n"
    )
    assert "2016-05-12" in (fair / "evidence/fair/b.yaml").read_text("utf-8")


def make_huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 200_000_000)


BAD: Mapping[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
    "a dangling link": lambda path: path.symlink_to("nowhere.yaml"),
    "a link to what cannot be read": lambda path: path.symlink_to("/proc/self/mem"),
    "another encoding": lambda path: path.write_bytes(b"cases: [] # \xe9"),
    "200 MB": make_huge,
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_whatever_else_lies_there_the_rest_is_mended(
    make: Callable[[Path], object], fair: Path
) -> None:
    make(fair / "evidence/fair/bad.yaml")
    ran = Ran(fair, "--yes")
    assert (ran.code, ran.out) == (0, DIFF)
    assert ran.err.splitlines()[:2] == [
        "Written: 1 change to 1 file",
        "evidence/fair/bad.yaml is left alone: it cannot be read; `scc validate` says why",
    ]


# As it is run.


def process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "scc_eval", "fix", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, **options)


LOOS = "evidence/loos-en-gohelle"
DAMAGE = {
    f"{LOOS}/cases/part.yaml": (
        ("code: Part_PC1_1-03", "code: Part_ PC1_1-03"),
        ("code: Part_PC2_2-q1", "code: Part PC2_2-q1"),
    ),
    f"{LOOS}/cases/biodiv.yaml": (("code: Biodiv_PC1_2-02", "code: Biodiv.PC1 2-02"),),
    f"{LOOS}/story/b-posture.yaml": (
        ("[Biodiv_PC1_2-03,", "[Biodiv.PC1 2-03,"),
        ("Part_PC1_2-01,", "Part_PCI_2-01,"),
        ("packet: B", "packet: b"),
    ),
    f"{LOOS}/conclusions.yaml": (("\n    text: ", "\n\ttext: "),),
    "evidence/loos-repaired/waivers.yaml": (("date: 2026-11", "date: novembre 2026"),),
}


def test_the_worked_example_comes_back_byte_for_byte(tmp_path: Path) -> None:
    for folder in ("evidence", "theories"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    whole = read(tmp_path)
    for name, changes in DAMAGE.items():
        (tmp_path / name).write_bytes(replaced(whole[name], *changes).encode())
    damaged = snapshot(tmp_path)
    assert process(tmp_path).returncode == 1
    assert snapshot(tmp_path) == damaged
    assert process(tmp_path, "--yes").returncode == 0
    assert read(tmp_path) == whole
    assert process(tmp_path, "--check").stdout == b""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
@pytest.mark.parametrize("is_changed", [False, True])
def test_a_person_at_a_terminal_sees_the_diff_and_answers(is_changed: bool, fair: Path) -> None:
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "40"}
    terminal, inner = os.openpty()
    command = [sys.executable, "-m", "scc_eval", "fix", str(fair)]
    with subprocess.Popen(
        command, stdin=inner, stdout=inner, stderr=subprocess.PIPE, env=environment
    ) as running:
        os.close(inner)
        seen = b""
        while b"[y/N]" not in seen:
            seen += os.read(terminal, 1000)
        if is_changed:
            (fair / NAME).write_text(DATED + "# more\n")
        os.write(terminal, b"y\n")
        assert running.stderr is not None
        said = running.stderr.read().decode().strip()
    os.close(terminal)
    assert b"\x1b[32m+  - {id: C1, packet: B, text: T, date: 2016-05-12}\x1b[0m" in seen
    written = (fair / NAME).read_text("utf-8")
    if is_changed:
        assert said == f"{NAME} is left alone: it has changed since it was read"
        assert written == DATED + "# more\n"
    else:
        assert said == "Written: 1 change to 1 file"
        assert written == DATED.replace("12 May 2016", "2016-05-12")
    assert running.returncode == int(is_changed)


FAR = DATED + "# far\n" * 9 + DATED.replace("claims", "verdicts")
PATCHED: Mapping[str, tuple[str, str, int]] = {
    "changes near each other": (FAR.replace("# far\n" * 3, ""), "--check", 1),
    "changes far apart": (FAR, "--check", 2),
    "fewer lines": (FAR.replace("12 May", "12\n      May", 1), "--check", 2),
    "lines that move": (UNORDERED, "--order", 2),
}


@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch here")
@pytest.mark.parametrize(("text", "option", "hunks"), PATCHED.values(), ids=PATCHED)
@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_the_diff_is_one_that_patch_takes(
    text: str, option: str, hunks: int, ending: str, workspace: Workspace
) -> None:
    root = workspace(WORKSPACE)
    assert Ran(root, "--yes").code == 0
    (root / NAME).write_bytes((text.rstrip("\n") + ending).encode())
    diff = Ran(root, option).out
    assert diff.count("\n@@ ") == hunks
    patched = ["patch", "-p0", "--binary", "--output=patched"]
    subprocess.run(patched, cwd=root, input=diff.encode(), check=True, capture_output=True)
    assert Ran(root, option.replace("--check", "--yes"), "-y").code == 0
    assert (root / "patched").read_bytes() == (root / NAME).read_bytes()


# Laws.

law = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

CODES = {
    **dict.fromkeys(("Part PC1_1", "Part_PCI_1", "part.pc1-1", "Part_PC1_1"), "Part_PC1_1"),
    "Biodiv.PC1 2-03": "Biodiv_PC1_2-03",
    **{text: text for text in ("Part PC2_2-01", "Part_PC9_1", "Hearsay", "NO", "Biodiv_IT")},
}
SOURCES = {
    **dict.fromkeys(("P 10", "p-10", "P10"), "P10"),
    **{text: text for text in ("P99", "P", "12:30", "a: b")},
}
DATES = {
    **dict.fromkeys(("12 May 2016", "12 mai 2016", "2016/5/12", "2016-05-12"), "2016-05-12"),
    "5/2016": "2016-05",
    **{text: text for text in ("05/06/2016", "spring", "2016", "12:30")},
}
TEXTS = {
    text: text
    for text in (
        *("NO", "y", "12:30", "1_2", "1.10", "010", "12", "=", "2016-05-12", "1e3"),
        *("12 May 2016", "Part PC1_1", "p 10", "A text", "It's so", 'He said "so"', "He said: so"),
        *(
            "é \N{GRINNING FACE}",
            "# no comment",
            "- no item",
            "a # b",
            "[x",
            "&x",
            "*x",
            "a\\b",
            "~x",
        ),
    )
}
SPOKEN = {"code": "code", "text": "énoncé", "note": "note", "sources": "source", "date": "date"}
MEANT = {"code": CODES, "text": TEXTS, "note": TEXTS, "sources": SOURCES, "date": DATES}
KIND_OF = {"code": "codes", "sources": "codes", "date": "dates"}


@functools.cache
def fair_meanings() -> Meanings:
    with TemporaryDirectory() as folder:
        for name, text in WORKSPACE.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        [project] = load(folder)
        dossier = Dossier(project)
        return Meanings(dossier, fix_command.names_of(dossier))


def is_safe(text: str) -> bool:
    """Whether a text may be plain, in a list on one line too."""
    return bool(parse(f"- [{text}]\n- {text}\n".encode(), NAME).data == [[text], text])


@st.composite
def scalars(draw: st.DrawFn, texts: Mapping[str, str], indent: str) -> str:
    """A text in one of the ways that YAML has to write it."""
    text = draw(st.sampled_from(sorted(texts)))
    styles = {
        "single": "'" + text.replace("'", "''") + "'",
        "double": '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"',
        "block": f">-\n{indent}    {text}",
        **({"plain": text, "anchor": f"&a  {text}"} if is_safe(text) else {}),
    }
    return styles[draw(st.sampled_from(sorted(styles)))]


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A file of evidence: fields in either language, in any order and style, with remarks."""
    is_french = draw(st.booleans())
    indent = draw(st.sampled_from(["", "  "]))
    lines = ["éléments de preuve:" if is_french else "evidence:"]
    for _ in range(draw(st.integers(1, 4))):
        others = draw(st.permutations(sorted(set(MEANT) - {"code"})))
        for name in ("code", *others[: draw(st.integers(0, 4))]):
            value = draw(scalars(MEANT[name], indent))
            if name == "sources" and "\n" not in value and draw(st.booleans()):
                value = f"[{value}, P10]"
            if "\n" not in value and draw(st.booleans()):
                value += f"  # remark {len(lines)}"
            value = re.sub("&a(?= )", f"&a{len(lines)}", value)
            key = SPOKEN[name] if is_french else name
            lines.append(f"{indent}{'- ' if name == 'code' else '  '}{key}: {value}")
        if draw(st.booleans()):
            lines += ["", f"{indent}# remark {len(lines)}"]
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "\N{ZERO WIDTH NO-BREAK SPACE}"]))
    return (mark + ending.join((*"\n".join(lines).split("\n"), ""))).encode()


def repaired(items: Any, kinds: Set[str]) -> Any:
    """The data of a document with what it means, where that is to be mended."""
    english = {spoken: name for name, spoken in SPOKEN.items()}

    def meant(key: str, value: Any) -> Any:
        name = english.get(key, key)
        if isinstance(value, list):
            return [meant(key, item) for item in value]
        return MEANT[name].get(value, value) if KIND_OF.get(name) in kinds else value

    return [{key: meant(key, value) for key, value in item.items()} for item in items]


def items_in(raw: bytes) -> Any:
    [items] = parse(raw, NAME).data.values()
    return items


def remarks(raw: bytes) -> list[bytes]:
    return re.findall(rb"# remark \d+", raw)


kinds_drawn = st.sets(st.sampled_from(sorted(UNASKED)), min_size=1)


@law
@given(documents(), kinds_drawn)
def test_law_a_mended_file_says_what_the_file_means(raw: bytes, kinds: set[str]) -> None:
    found = mend(raw, NAME, None, fair_meanings(), kinds)
    after = found.after if isinstance(found, Mended) else raw
    assert not isinstance(found, LeftAlone)
    assert items_in(after) == repaired(items_in(raw), kinds)
    assert remarks(after) == remarks(raw)
    assert after.count(b"\r") in (after.count(b"\n"), 0)
    assert mend(after, NAME, None, fair_meanings(), kinds) is None


@law
@given(documents())
def test_law_what_is_not_mended_stays_byte_for_byte(raw: bytes) -> None:
    found = mend(raw, NAME, None, fair_meanings())
    after = found.after if isinstance(found, Mended) else raw
    pairs = zip(raw.split(b"\n"), after.split(b"\n"), strict=True)
    changed = {number for number, (old, new) in enumerate(pairs, 1) if old != new}
    places = {repair.at.line for repair in getattr(found, "repairs", ())}
    # What a block holds stands on the line after its sign.
    assert all({number, number - 1} & places for number in changed)
    assert len(changed) == len(places)


@law
@given(documents())
def test_law_other_programs_read_the_texts_of_a_mended_file_as_texts(raw: bytes) -> None:
    found = mend(raw, NAME, None, fair_meanings())
    after = found.after if isinstance(found, Mended) else raw
    [theirs] = yaml.safe_load(after).values()
    for their, our in zip(theirs, items_in(after), strict=True):
        assert {key: told(value) for key, value in their.items()} == dict(our)


def told(value: Any) -> Any:
    return [told(item) for item in value] if isinstance(value, list) else str(value)


@law
@given(documents())
def test_law_sorting_keeps_every_item_and_every_remark(raw: bytes) -> None:
    found = mend(raw, NAME, None, fair_meanings(), {"order"})
    after = found.after if isinstance(found, Mended) else raw
    assert not isinstance(found, LeftAlone)
    assert sorted(map(repr, items_in(after))) == sorted(map(repr, items_in(raw)))
    assert sorted(remarks(after)) == sorted(remarks(raw))
    assert mend(after, NAME, None, fair_meanings(), {"order"}) is None


SHIPPED = [
    (REPOSITORY / "evidence/quit-together" / name).read_text("utf-8")
    for name in ("cases/comm.yaml", "judgement.yaml", "story.yaml", "sources.yaml")
]


@law
@given(st.sampled_from(SHIPPED), st.integers(2, 4), st.data())
def test_law_a_file_with_tabs_is_read_as_before_or_left_alone(
    text: str, width: int, drawn: st.DataObject
) -> None:
    lines = text.splitlines(keepends=True)
    for number in drawn.draw(st.sets(st.integers(1, len(lines) - 1), min_size=1, max_size=40)):
        if lines[number].startswith(" " * width):
            lines[number] = "\t" + lines[number][width:]
    found = outcome("".join(lines), "tabs")
    if isinstance(found, Mended):
        assert parse(found.after, NAME).data == parse(text.encode(), NAME).data


TEXT_FIELD = re.compile(
    r"^( +(?:- )?(?:label|title|text|note|locator|reason): )(\w.*)$", re.MULTILINE
)


@law
@given(st.sampled_from(SHIPPED), st.data())
def test_law_a_colon_in_a_text_of_one_line_is_mended(text: str, drawn: st.DataObject) -> None:
    fields = [match for match in TEXT_FIELD.finditer(text) if '"' not in match[2]]
    field = drawn.draw(st.sampled_from(fields))
    at = drawn.draw(st.integers(1, len(field[2])))
    broken = f"{field[2][:at]}: {field[2][at:]}".rstrip()
    before, after = text[: field.start()], text[field.end() :]
    assert mended(f"{before}{field[1]}{broken}{after}", "quoting") == (
        f'{before}{field[1]}"{broken}"{after}'
    )
