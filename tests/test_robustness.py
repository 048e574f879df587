"""What rests on few sources: levels, what each claim falls without, the smallest breaking set."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from typer.testing import CliRunner

from conftest import Golden
from renew_golden import REPOSITORY, pairs
from scc_eval.cli import app
from scc_eval.dossier import Dossier, Standing
from scc_eval.languages import words
from scc_eval.model.evidence import Case, Category, Evidence, Source
from scc_eval.model.judgement import Claim
from scc_eval.model.theory import Packet, Theory
from scc_eval.project import Project
from scc_eval.robustness import FORMATS, Robustness, probe
from scc_eval.robustness.breaking import Breaking, smallest
from scc_eval.robustness.fragility import Strength
from scc_eval.settings import Settings, Thresholds

GROUPS = ("Sellers", "Buyers", "Town")
METHODS = ("interview", "visit", "survey")
CASES = ("FAIR", "HALL", "QUAY")

Fields = Mapping[str, object]


def dossier_of(
    items: Iterable[Fields],
    sources: Mapping[str, Fields] | None = None,
    thresholds: Thresholds | None = None,
    **claims: Fields,
) -> Dossier:
    """A dossier in which the items bear on the claim Q1, unless they say otherwise; a source that
    is not given speaks for nobody."""
    evidence = [
        Evidence.model_validate(
            {"code": f"FAIR_PCB_1-{n}", "text": "Sales rose", "bears_on": "Q1", **item}
        )
        for n, item in enumerate(items)
    ]
    register: dict[str, Fields] = {name: {} for item in evidence for name in item.sources}
    register |= sources or {}
    claims.setdefault("Q1", {})
    declared: dict[str, tuple[Any, ...]] = {
        "cases": tuple(Case(code=code, label=code) for code in CASES),
        "categories": tuple(Category(id=group.lower(), label=group) for group in GROUPS),
        "sources": tuple(Source.model_validate({"id": n, **s}) for n, s in register.items()),
        "evidence": tuple(evidence),
        "claims": tuple(
            Claim.model_validate({"id": id_, "packet": "B", "text": "It helped", **claim})
            for id_, claim in sorted(claims.items())
        ),
    }
    settings = Settings(title="The market", theory="town", thresholds=thresholds or Thresholds())
    packets = (Packet(letter="B", number="1", title="Farmers sell more"),)
    theory = Theory(id="town", title="A town", packets=packets)
    return Dossier(Project("eval", Path(), settings, theory, declared))


def first(dossier: Dossier) -> Strength:
    return probe(dossier).claims[0]


def falls(strength: Strength) -> dict[tuple[str, str], str]:
    return {(fall.kind, " + ".join(fall.names)): fall.level for fall in strength.falls}


def breaking(strength: Strength) -> Breaking:
    assert strength.breaking is not None
    return strength.breaking


def told(found: Robustness, format: str = "text", language: str = "en") -> str:
    return FORMATS[format]([found], words(language))


def flat(text: str) -> str:
    return " ".join(text.split())


TWO_INTERESTS = {"P1": {"category": "sellers"}, "P2": {"category": "buyers"}}
WIDE = ({"sources": "P1"}, {"sources": "P2", "code": "HALL_PCB_1"})
"""Two sources of two interest groups, in two cases."""


# Levels and falls.


def test_a_claim_without_a_source_has_nothing_to_lose() -> None:
    dossier = dossier_of([{}, {"sources": "P1", "polarity": "against"}])
    strength = first(dossier)
    assert (strength.level, strength.falls, strength.breaking) == ("bare", (), None)
    assert "Q1: bare" in told(probe(dossier))
    assert "nothing to lose" in flat(told(probe(dossier)))


def test_a_claim_on_one_source_is_left_bare_without_it() -> None:
    strength = first(dossier_of([{"sources": "P1"}]))
    assert strength.level == "single"
    assert falls(strength) == dict.fromkeys(
        [("source", "P1"), ("case", "FAIR"), ("method", "informant")], "bare"
    )
    assert breaking(strength) == Breaking(1, (("P1",),))


def test_two_sources_are_all_that_keeps_a_claim_up() -> None:
    strength = first(dossier_of(WIDE, TWO_INTERESTS))
    assert strength.level == "triangulated"
    assert falls(strength) == {
        **dict.fromkeys((("source", "P1"), ("source", "P2")), "single"),
        **dict.fromkeys((("case", "FAIR"), ("case", "HALL")), "single"),
        **dict.fromkeys((("interest", "Buyers"), ("interest", "Sellers")), "single"),
        ("method", "informant"): "bare",
    }
    assert breaking(strength) == Breaking(1, (("P1",), ("P2",)), is_any=True)


def test_a_claim_that_one_case_alone_makes_wide_falls_without_it() -> None:
    sources = {**TWO_INTERESTS, "P3": {"category": "town"}, "P4": {"category": "sellers"}}
    items: list[Fields] = [{"sources": ["P1", "P2", "P3"]}, {"sources": "P4", "code": "HALL_PCB_1"}]
    strength = first(dossier_of(items, sources))
    assert falls(strength) == {
        ("source", "P4"): "corroborated",
        ("case", "FAIR"): "single",
        ("case", "HALL"): "corroborated",
        ("interest", "Sellers"): "corroborated",
        ("method", "informant"): "bare",
    }
    assert breaking(strength) == Breaking(1, (("P4",),))


def test_an_item_that_two_sources_tell_stays_when_one_of_them_is_left_out() -> None:
    strength = first(dossier_of([{"sources": ["P1", "P2"]}]))
    assert strength.level == "corroborated"
    assert falls(strength)["source", "P1"] == "single"


def test_an_echo_goes_with_what_it_repeats() -> None:
    sources = {"P2": {"derived_from": "P1"}, "P1": {}}
    strength = first(dossier_of([{"sources": "P1"}, {"sources": "P2"}], sources))
    assert (strength.level, strength.sources) == ("single", (("P1",),))
    assert falls(strength)["source", "P1"] == "bare"


def test_what_is_heard_only_through_a_document_is_lost_with_reading() -> None:
    sources = {"Paper": {"derived_from": "P1", "method": "reading"}, "P1": {"method": "talk"}}
    strength = first(dossier_of([{"sources": "Paper"}, {"sources": "P2"}], sources))
    assert falls(strength)["method", "reading"] == "single"
    assert ("method", "talk") not in falls(strength)


def test_sources_that_share_a_package_go_together() -> None:
    items: list[Fields] = [
        {"sources": "P1", "package": "X"},
        {"sources": "P2", "package": "X"},
        {"sources": "P3"},
    ]
    found = probe(dossier_of(items))
    strength = found.claims[0]
    assert strength.sources == (("P1", "P2"), ("P3",))
    assert falls(strength)["source", "P1 + P2"] == "single"
    assert breaking(strength) == Breaking(1, strength.sources, is_any=True)
    assert {each.name: len(each.falling) for each in found.dependences[:3]} == {
        "P1": 1,
        "P2": 1,
        "P3": 1,
    }
    assert "any one of P1 + P2, P3" in flat(told(found))


def test_two_sources_stay_one_when_what_joined_them_is_left_out() -> None:
    items: list[Fields] = [
        {"sources": "P1", "package": "X", "code": "HALL_PCB_1"},
        {"sources": "P2", "package": "X", "code": "HALL_PCB_1"},
        *({"sources": "P1"}, {"sources": "P2"}, {"sources": "P3", "code": "HALL_PCB_1"}),
    ]
    assert falls(first(dossier_of(items)))["case", "HALL"] == "single"


def test_what_most_claims_depend_on_comes_first() -> None:
    items: list[Fields] = [
        {"sources": "P1"},
        {"sources": "P2", "bears_on": ["Q2", "Q3"]},
        {"sources": "P3", "bears_on": "Q3"},
        {"sources": ["P4", "P5", "P6"], "bears_on": "Q4"},
    ]
    found = probe(dossier_of(items, Q2={}, Q3={}, Q4={}))
    sources = [each for each in found.dependences if each.kind == "source"]
    assert [(each.name, each.falling, each.bared) for each in sources[:4]] == [
        ("P2", ("Q2", "Q3"), ("Q2",)),
        ("P1", ("Q1",), ("Q1",)),
        ("P3", ("Q3",), ()),
        ("P4", (), ()),
    ]
    assert "without the source P2, 2 claims of 4 fall: Q2 (left bare), Q3" in flat(told(found))
    assert "P4" not in [each.name for each in found.decisive]


# The smallest breaking set.


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """A claim on a few items, with any thresholds."""
    names = [f"P{n}" for n in range(1, draw(st.integers(1, 6)) + 1)]
    sources = {
        name: {
            "category": draw(st.sampled_from((None, "sellers", "buyers", "town"))),
            "method": draw(st.sampled_from(METHODS)),
            "derived_from": draw(st.lists(st.sampled_from(names[:n] or ["P0"]), max_size=1)),
        }
        for n, name in enumerate(names)
    }
    some = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    code = st.sampled_from([f"{case}_PCB_1" for case in CASES] + ["hearsay"])
    package = st.sampled_from((None, None, None, "X"))
    item = st.fixed_dictionaries({"sources": some, "code": code, "package": package})
    few = st.integers(1, 3)
    thresholds = Thresholds(
        roots=draw(few), interests=draw(few), cases=draw(few), methods=draw(few)
    )
    return dossier_of(draw(st.lists(item, max_size=8)), sources, thresholds)


def by_trying(dossier: Dossier) -> int | None:
    """The size of the smallest breaking set, by leaving out every set there is."""
    voices = dossier.voices(dossier.weigh(dossier.claims[0]).supports)
    support = dossier.support_of(voices)
    for size in range(1, len(support.roots) + 1):
        for lost in combinations(support.roots, size):
            left = [voice for voice in voices if voice.dependent not in lost]
            if dossier.standing(dossier.support_of(left)) < dossier.standing(support):
                return size
    return None


def stands_without(dossier: Dossier, lost: Iterable[tuple[str, ...]]) -> Standing:
    gone = set(lost)
    voices = dossier.voices(dossier.weigh(dossier.claims[0]).supports)
    return dossier.standing(dossier.support_of(v for v in voices if v.dependent not in gone))


@settings(max_examples=150, deadline=None)
@given(dossiers())
def test_the_smallest_breaking_set_is_what_trying_all_sets_finds(dossier: Dossier) -> None:
    found = first(dossier).breaking
    assert (found and found.size) == by_trying(dossier)


@settings(max_examples=150, deadline=None)
@given(dossiers())
def test_the_set_that_is_named_breaks_the_claim(dossier: Dossier) -> None:
    strength = first(dossier)
    if strength.breaking is not None:
        level = Standing[strength.level.upper()]
        assert stands_without(dossier, strength.breaking.groups) < level
        for some in combinations(strength.breaking.groups, strength.breaking.size):
            assert stands_without(dossier, some) < level


@settings(max_examples=100, deadline=None)
@given(dossiers())
def test_a_bound_is_never_below_the_smallest_set_and_breaks_the_claim(dossier: Dossier) -> None:
    voices = dossier.voices(dossier.weigh(dossier.claims[0]).supports)
    exact, bound = smallest(dossier, voices), smallest(dossier, voices, most=0)
    if exact is None or bound is None:
        assert exact is bound
    else:
        assert bound.size >= exact.size
        assert bound.size == exact.size or not bound.is_exact
        lost = bound.groups[: bound.size]
        assert stands_without(dossier, lost) < stands_without(dossier, ())


@settings(max_examples=100, deadline=None)
@given(dossiers())
def test_a_claim_falls_without_a_source_if_that_source_is_a_breaking_set(dossier: Dossier) -> None:
    strength = first(dossier)
    alone = [fall for fall in strength.falls if fall.kind == "source"]
    assert bool(alone) is (strength.breaking is not None and strength.breaking.size == 1)


def many(count: int, **thresholds: int) -> Dossier:
    """A claim on that many sources, each with a group, a case and a method of its own but for
    every third, which shares them with its neighbour."""
    groups = {f"P{n:02}": f"G{n - (n % 3 == 1)}" for n in range(count)}
    sources = {name: {"interest": group, "method": group} for name, group in groups.items()}
    return dossier_of([{"sources": name} for name in groups], sources, Thresholds(**thresholds))


def test_beyond_a_number_of_choices_the_answer_is_a_bound_and_says_so() -> None:
    found = probe(many(30, roots=2, interests=10, cases=2, methods=2))
    assert breaking(found.claims[0]).size == 12
    assert not breaking(found.claims[0]).is_exact
    for language, phrase in (
        ("en", "at most 12 sources, not proven"),
        ("fr", "au plus 12 sources"),
    ):
        assert phrase in flat(told(found, language=language))
    rows = list(csv.DictReader(io.StringIO(told(found, "csv"))))
    assert (rows[0]["exact"], rows[0]["number"]) == ("no", "12")


def test_a_bound_by_number_alone_says_so_too() -> None:
    found = probe(many(30, roots=25, interests=10, cases=2, methods=2))
    assert (breaking(found.claims[0]).size, breaking(found.claims[0]).is_exact) == (6, False)
    assert "not proven smallest: any 6 of its 30 root sources" in flat(told(found))


def test_a_single_source_is_always_exact() -> None:
    found = probe(many(30, roots=30, interests=10, cases=2, methods=2))
    assert breaking(found.claims[0]) == Breaking(1, found.claims[0].sources, is_any=True)
    assert "any one of its 30 root sources" in flat(told(found))


@pytest.mark.parametrize(
    ("each", "line"),
    [
        (2, "P1, P2 (one other is as small)"),
        (3, "P1, P2, P3 (one other is as small)"),
    ],
)
def test_sets_that_are_as_small_are_counted(each: int, line: str) -> None:
    groups = {f"P{n}": GROUPS[(n - 1) // each] for n in range(1, 2 * each + 1)}
    sources = {name: {"interest": group} for name, group in groups.items()}
    items: list[Fields] = [
        {"sources": name, "code": f"{case}_PCB_1"} for name in groups for case in CASES
    ]
    found = probe(dossier_of(items, sources))
    assert f"smallest breaking set: {line}" in flat(told(found))


def test_several_sets_may_be_as_small() -> None:
    sources = {f"P{n}": {"interest": f"G{n % 3}"} for n in range(6)}
    items: list[Fields] = [
        {"sources": name, "code": f"{case}_PCB_1"} for name in sources for case in CASES
    ]
    found = probe(dossier_of(items, sources))
    assert breaking(found.claims[0]) == Breaking(4, (("P0",), ("P1",), ("P3",), ("P4",)), others=2)
    assert "(2 others are as small)" in flat(told(found))
    assert "no one source, case, interest group or method" not in flat(told(found))


# Formats.


def test_an_evaluation_without_claims_says_so() -> None:
    dossier = dossier_of([])
    dossier.claims = ()
    for format in ("text", "md"):
        assert "No contribution claim is written." in told(probe(dossier), format)
        assert "No claim falls without" in told(probe(dossier), format)
    assert told(probe(dossier), "csv").count("\n") == 1


def test_a_claim_that_nothing_alone_brings_down_says_so() -> None:
    sources = {f"P{n}": {"interest": f"G{n % 3}", "method": METHODS[n % 2]} for n in range(6)}
    items: list[Fields] = [
        {"sources": name, "code": f"{case}_PCB_1"} for name in sources for case in CASES
    ]
    found = probe(dossier_of(items, sources))
    assert "no one source, case, interest group or method is enough" in flat(told(found))


def test_text_is_80_columns_wide_in_both_languages() -> None:
    for name in ("quit-together", "loos-en-gohelle"):
        for language in ("en", "fr"):
            lines = run(name, "--lang", language).splitlines()
            assert max(map(len, lines)) <= 80


def run(name: str, *options: str) -> str:
    done = CliRunner().invoke(app, ["robustness", str(REPOSITORY / "evidence" / name), *options])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_tells_what_it_finds() -> None:
    text = flat(run("quit-together"))
    assert "4 contribution claims: 3 triangulated, 1 single." in text
    assert "without the source PT12, 1 claim of 4 falls: CL-C2 (left bare)" in text
    assert "CL-B2: triangulated, 5 root sources" in text
    assert "→ single without the method interview" in text
    assert "smallest breaking set: COM1, REG (one other is as small)" in text


def test_the_command_speaks_french() -> None:
    text = flat(run("quit-together", "--lang", "fr"))
    assert "4 affirmations de contribution : 3 triangulées, 1 à source isolée." in text
    assert "sans la source PT12, 1 affirmation sur 4 tombe : CL-C2 (plus rien)" in text
    assert "il suffit de perdre COM1, REG (un autre ensemble est aussi petit)" in text


def test_a_format_that_is_not_known_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["robustness", str(tmp_path), "--format", "xml"])
    assert done.exit_code == 2


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    file = tmp_path / "robustness.md"
    assert run("quit-together", "--format", "md", "--output", str(file)) == ""
    text = file.read_text("utf-8")
    assert "| source | PT12 | 1/4 | CL-C2 |" in text
    assert "| CL-C2 | single | 1 | → bare without" in text


def test_json_says_everything() -> None:
    document = json.loads(run("quit-together", "--format", "json"))
    assert set(document) == {"version", "evaluations"}
    [evaluation] = document["evaluations"]
    assert set(evaluation) == {"name", "title", "thresholds", "dependences", "claims"}
    assert evaluation["thresholds"] == {"roots": 2, "interests": 2, "cases": 2, "methods": 2}
    last = evaluation["claims"][-1]
    assert (last["id"], last["packet"], last["level"]) == ("CL-C2", "C", "single")
    assert last["falls"][0] == {"kind": "source", "names": ["PT12"], "level": "bare"}
    assert last["breaking"] == {
        "size": 1,
        "groups": [["PT12"]],
        "is_any": False,
        "others": 0,
        "is_exact": True,
    }
    assert evaluation["dependences"][0] == {
        "kind": "source",
        "name": "PT12",
        "resting": ["CL-B1", "CL-C2"],
        "falling": ["CL-C2"],
        "bared": ["CL-C2"],
    }


def test_csv_has_a_line_per_claim_and_per_fall() -> None:
    dossier = dossier_of([{"sources": "=P1"}], Q2={"packet": "Z"})
    rows = list(csv.DictReader(io.StringIO(told(probe(dossier), "csv"))))
    assert [(row["claim"], row["left_out"], row["names"]) for row in rows] == [
        ("Q1", "smallest_set", "'=P1"),
        ("Q1", "source", "'=P1"),
        ("Q1", "case", "FAIR"),
        ("Q1", "method", "informant"),
        ("Q2", "", ""),
    ]
    assert [row["packet"] for row in rows[-2:]] == ["B", "Z"]
    rows = list(csv.DictReader(io.StringIO(told(probe(dossier_of(WIDE)), "csv"))))
    assert (rows[0]["left_out"], rows[0]["number"]) == ("any_of", "1")


def test_markdown_keeps_a_text_in_its_cell() -> None:
    found = probe(dossier_of([], Q2={"text": "a | <b>"}))
    assert "a \\| &lt;b>" in told(found, "md")


def test_both_languages_have_the_same_words() -> None:
    english, french = (words(language)["robustness"] for language in ("en", "fr"))
    assert list(english) == list(french)
    for name in ("levels", "levels_many", "kinds", "things"):
        assert list(english[name]) == list(french[name])


@pytest.mark.parametrize(("name", "unused"), [("loos-en-gohelle", True), ("quit-together", False)])
def test_networkx_is_loaded_only_for_a_triangulated_claim(name: str, unused: bool) -> None:
    program = (
        "import sys\nfrom scc_eval import Dossier, load\nfrom scc_eval.robustness import probe\n"
        f"for project in load({str(REPOSITORY / 'evidence' / name)!r}):\n"
        "    probe(Dossier(project))\nprint('networkx' not in sys.modules)\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(unused)


@pytest.mark.parametrize(("name", "file"), pairs("robustness"))
def test_the_command_says_what_it_said(name: str, file: str, golden: Golden) -> None:
    golden(name, file)
