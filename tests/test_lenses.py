"""The lenses: what tests make of a probability, what each lens shows, and that none decides."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies

from _specimens import BASE, write
from scc_eval import Dossier, check, load
from scc_eval.calibration import ScaleError
from scc_eval.calibration.chances import DEFAULT, Range, read_bands
from scc_eval.diagnostics import rule_in_words
from scc_eval.languages import LANGUAGES, words
from scc_eval.lenses import Column, lens_columns
from scc_eval.lenses.aston import CRITERIA
from scc_eval.lenses.cerqual import COMPONENTS
from scc_eval.lenses.probability import (
    NO_INFORMATION,
    Finding,
    Likelihood,
    parse,
    posterior,
    shown,
    update,
    updated,
    words_for,
)
from scc_eval.lenses.process_tracing import told
from scc_eval.lenses.tracing import strongest, traced, weakest
from scc_eval.model.choices import Concern, Outcome, Reliance, TestKind as Kind
from scc_eval.rules import catalogue
from scc_eval.story import render, tell

SETTINGS = "title: The market of the town\ntheory: town\n"
ALL = "lenses: [process_tracing, cerqual, aston, quip]\n"
JUDGED = """
claims:
  - id: K1
    packet: B
    text: The market brings the growers new buyers
    evidence: [FAIR_PCB_1, FAIR_PCB_2]
    status: inconclusive
    cerqual:
      level: moderate
      reason: Few growers.
      adequacy: {concern: minor, reason: Three growers}
    aston:
      plausibility: {score: 4, reason: Each step is told}
      independence: {score: 1}
  - {id: K2, packet: B, text: Buyers come back}
tests:
  - id: T1
    on: K1
    text: Buyers name the grower
    test: smoking_gun
    outcome: found
    sensitivity: 0.6-0.8
    type_one_error: very unlikely
    reason: Nobody else would know
  - id: T2
    on: K1
    text: Growers keep a list of buyers
    test: hoop
    outcome: not_found
    sensitivity: "0.6"
    type_one_error: 0.4-0.5
  - {id: T3, on: K1, text: Buyers come back}
  - {id: T4, on: M1, text: Buyers ask for more, outcome: found, sensitivity: much}
"""
HEARD = """
cases:
  - {code: FAIR, label: The autumn fair}
categories:
  - {id: growers, label: Growers}
sources:
  - {id: P1, category: growers}
  - {id: P2, category: growers, blinded: true}
"""
SAID = """
evidence:
  - code: FAIR_PCB_1
    text: I sell more
    wording: quote
    sources: P2
    bears_on: B1
    attribution: explicit
    effect: positive
  - code: FAIR_PCB_2
    text: So do we
    wording: quote
    sources: P1
    bears_on: M1
    attribution: explicit
    effect: positive
  - {code: FAIR_PCB_3, text: Prices rose, nature: account, sources: P1, bears_on: F1}
"""


def dossier(root: Path, lenses: str = ALL, **files: str) -> Dossier:
    """The base workspace with a judgement on it, seen through lenses."""
    given = {"judgement": JUDGED, "register": HEARD, "items": SAID}
    write(BASE, root)
    for name, text in {**given, **files, "evaluation": SETTINGS + lenses}.items():
        (root / "evidence" / "eval" / f"{name}.yaml").write_text(text, "utf-8")
    (project,) = load(root)
    return Dossier(project)


def judgement_of(text: str) -> str:
    return f"claims: [{{id: K1, packet: B, text: It sells}}]\ntests:\n{text}"


def confidence(root: Path, text: str) -> Range:
    (trace,) = traced(dossier(root, judgement=judgement_of(text)))
    assert trace.confidence
    return trace.confidence


def finding(sensitivity: str, type_one_error: str, *, is_found: bool = True) -> Finding:
    likely, by_error = parse(sensitivity), parse(type_one_error)
    assert likely
    assert by_error
    return Finding(Likelihood(likely, by_error), is_found)


def values(columns: tuple[Column, ...], place: int) -> dict[str, tuple[str, ...]]:
    return {entry.name: entry.values for entry in columns[place].entries}


# What evidence makes of a probability.


@pytest.mark.parametrize(
    ("sensitivity", "type_one_error", "is_found", "expected"),
    [
        ("0.9", "0.2", True, 0.8182),
        ("0.9", "0.4", False, 0.1429),
        ("0.3", "0.02", True, 0.9375),
        ("0.3", "0.02", False, 0.4167),
    ],
)
def test_one_finding_moves_confidence_by_bayes_rule(
    sensitivity: str, type_one_error: str, is_found: bool, expected: float
) -> None:
    after = update(NO_INFORMATION, finding(sensitivity, type_one_error, is_found=is_found))

    assert after == pytest.approx((expected, expected), abs=5e-5)
    assert after.is_point


def test_findings_follow_one_another() -> None:
    first, second = finding("0.9", "0.2"), finding("0.6", "0.05")

    assert posterior([[first], [second]]).low == pytest.approx(0.9818, abs=5e-5)


def test_no_finding_tells_nothing() -> None:
    assert posterior([]) == NO_INFORMATION


@pytest.mark.parametrize("prior", [0, 0.3, 1])
@pytest.mark.parametrize(("impossible", "is_found"), [(0, True), (1, False)])
def test_what_was_impossible_either_way_tells_nothing(
    prior: float, impossible: float, is_found: bool
) -> None:
    assert updated(prior, impossible, impossible, is_found=is_found) == prior


def test_bounds_come_from_bounds() -> None:
    found = update(NO_INFORMATION, finding("0.6-0.8", "0.1-0.3"))
    missed = update(NO_INFORMATION, finding("0.6-0.8", "0.1-0.3", is_found=False))

    assert found == (updated(0.5, 0.6, 0.3), updated(0.5, 0.8, 0.1))
    assert missed == (
        updated(0.5, 0.8, 0.1, is_found=False),
        updated(0.5, 0.6, 0.3, is_found=False),
    )


inside = strategies.floats(0, 1)
three = strategies.tuples(inside, inside, inside).map(sorted)


@given(three, three, three, strategies.booleans())
def test_whatever_lies_in_the_ranges_comes_out_in_the_range(
    priors: list[float], likely: list[float], errors: list[float], is_found: bool
) -> None:
    ranges = [Range(least, most) for least, _, most in (priors, likely, errors)]
    after = update(ranges[0], Finding(Likelihood(ranges[1], ranges[2]), is_found))
    exact = updated(priors[1], likely[1], errors[1], is_found=is_found)

    assert after.low - 1e-9 <= exact <= after.high + 1e-9


def test_a_package_counts_once_from_its_least_to_its_most() -> None:
    straw, gun = finding("0.6", "0.5"), finding("0.3", "0.02")

    package = posterior([[straw, gun]])

    assert package.low == update(NO_INFORMATION, straw).low
    assert package.high == update(NO_INFORMATION, gun).high


# Probabilities as they are written.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.8", (0.8, 0.8)),
        (".8", (0.8, 0.8)),
        ("1", (1, 1)),
        ("0,7-0,9", (0.7, 0.9)),
        ("0.7 – 0.9", (0.7, 0.9)),
        ("0.7 to 0.9", (0.7, 0.9)),
        ("0,7 à 0,9", (0.7, 0.9)),
        ("Very likely", (0.9, 0.99)),
        ("une chance sur deux", (0.4, 0.6)),
        ("tres_probable", (0.9, 0.99)),
    ],
)
def test_numbers_ranges_and_words_are_probabilities(
    text: str, expected: tuple[float, float]
) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize("text", ["", "1.2", "-0.2", "0.9-0.7", "0.5-1.5", "80 %", "80%", "high"])
def test_nothing_else_is(text: str) -> None:
    assert parse(text) is None


def test_the_scale_goes_from_none_to_all_without_a_gap() -> None:
    bands = [band for _, band in DEFAULT]

    assert (bands[0].low, bands[-1].high) == (0, 1)
    assert all(one.high == next_.low for one, next_ in pairwise(bands))


OWN = {"yes": "0.8-1", "no": "0-0.2", "perhaps": "0.2-0.8"}


def test_an_evaluation_may_have_a_scale_of_its_own() -> None:
    scale = read_bands(OWN)

    assert [word for word, _ in scale] == ["no", "perhaps", "yes"]
    assert parse("Yes", scale) == (0.8, 1)
    assert parse("0.3", scale) == (0.3, 0.3)
    assert parse("likely", scale) is None
    assert words_for(Range(0.1, 0.9), scale) == ("no", "yes")
    assert shown(Range(0.9, 0.9), scale) == ("0.8", "1")


@pytest.mark.parametrize(
    ("changed", "amiss"),
    [
        ({"perhaps": "often"}, "perhaps: often"),
        ({"perhaps": "0.5"}, "perhaps: 0.5"),
        ({"perhaps": "0.3-0.8"}, "0.2 – 0.3"),
        ({"perhaps": "0.1-0.8"}, "0.2 – 0.1"),
        ({"no": "0.1-0.2"}, "0 – 0.1"),
        ({"yes": "0.8-0.9"}, "0.9 – 1"),
    ],
)
def test_a_scale_of_its_own_goes_from_none_to_all_without_a_gap(
    changed: Mapping[str, str], amiss: str
) -> None:
    with pytest.raises(ScaleError, match=amiss):
        read_bands({**OWN, **changed})


def test_a_scale_with_a_gap_is_told_at_its_place(tmp_path: Path) -> None:
    write(BASE, tmp_path)
    settings = SETTINGS + "probabilities: {no: 0-0.2, yes: 0.8-1}\n"
    (tmp_path / "evidence" / "eval" / "evaluation.yaml").write_text(settings, "utf-8")
    (found,) = (each for project in load(tmp_path) for each in project.diagnostics)

    assert (found.rule.code, found.at.line) == ("SCC024", SETTINGS.count("\n") + 1)
    assert found.message == (
        "probabilities is {…} instead of words with ranges (0.7-0.9) that go from 0 to 1 without a "
        "gap"
    )


def test_a_scale_of_one_word_is_a_scale(tmp_path: Path) -> None:
    seen = dossier(tmp_path, "probabilities: {perhaps: 0-1}\n" + ALL)

    assert "SCC956" in {found.rule.code for found in check(seen, 6)}


def test_confidence_is_told_in_the_words_of_the_evaluation() -> None:
    assert told(Range(0.1, 0.7), words("en")["lenses"], read_bands(OWN)) == (
        "between 0.1 and 0.7 (no to perhaps), starting from 0.5 = no information"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_scale_is_read_and_named_by_the_rule(language: str) -> None:
    scale = words(language)["lenses"]["scale"]
    (rule,) = (rule for rule in catalogue() if rule.code == "SCC956")

    assert {name: parse(scale[name]) for name, _ in DEFAULT} == dict(DEFAULT)
    assert ", ".join(scale[name] for name, _ in DEFAULT) in " ".join(
        rule_in_words(rule, words(language)).fix.split()
    )


@pytest.mark.parametrize(
    ("probability", "bounds", "named"),
    [
        (Range(0.68, 0.91), ("0.68", "0.91"), ("rather_likely", "very_likely")),
        (Range(0.7, 0.9), ("0.7", "0.9"), ("likely",)),
        (Range(0.8182, 0.8182), ("0.7", "0.9"), ("likely",)),
        (Range(0.9, 0.9), ("0.9", "0.99"), ("very_likely",)),
        (Range(0.291, 0.298), ("0.29", "0.3"), ("unlikely",)),
        (Range(0.29, 0.58), ("0.29", "0.58"), ("unlikely", "as_likely_as_not")),
        (Range(0.9934, 0.99951), ("0.99", "0.9996"), ("practically_certain",)),
        (Range(0.0009, 0.002), ("0.0009", "0.01"), ("practically_excluded",)),
        (Range(1e-12, 1), ("0", "1"), ("practically_excluded", "practically_certain")),
    ],
)
def test_a_range_is_rounded_outwards_and_has_its_words(
    probability: Range, bounds: tuple[str, str], named: tuple[str, ...]
) -> None:
    assert shown(probability) == bounds
    assert words_for(probability) == named


@given(inside, inside)
def test_what_is_shown_holds_what_is_meant(one: float, other: float) -> None:
    probability = Range(min(one, other), max(one, other))
    low, high = (float(bound) for bound in shown(probability))

    assert low - 1e-9 <= probability.low <= probability.high <= high + 1e-9


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "between 0.68 and 0.91 (rather likely to very likely), "
            "starting from 0.5 = no information",
        ),
        (
            "fr",
            "entre 0,68 et 0,91 (plutôt probable à très probable), "
            "en partant de 0,5 = aucune information",
        ),
    ],
)
def test_confidence_is_told_as_a_range_with_its_words(language: str, sentence: str) -> None:
    assert told(Range(0.68, 0.91), words(language)["lenses"]) == sentence


# The four tests.


@pytest.mark.parametrize(
    ("sensitivity", "type_one_error", "least", "most"),
    [
        ("0.9", "0.6", Kind.HOOP, Kind.HOOP),
        ("0.3", "0.02", Kind.SMOKING_GUN, Kind.SMOKING_GUN),
        ("0.9", "0.2", Kind.DOUBLY_DECISIVE, Kind.DOUBLY_DECISIVE),
        ("likely", "very unlikely", Kind.SMOKING_GUN, Kind.DOUBLY_DECISIVE),
        ("0.6", "0.4", Kind.STRAW, Kind.STRAW),
        ("1", "1", Kind.STRAW, Kind.STRAW),
        ("1", "0", Kind.DOUBLY_DECISIVE, Kind.DOUBLY_DECISIVE),
    ],
)
def test_probabilities_make_a_test(
    sensitivity: str, type_one_error: str, least: Kind, most: Kind
) -> None:
    likelihood = finding(sensitivity, type_one_error).likelihood

    assert (weakest(likelihood, 4), strongest(likelihood, 4)) == (least, most)


ONE = "  - {{id: T{}, on: K1, text: Seen, outcome: {}, sensitivity: {}, type_one_error: {}{}}}\n"


def test_what_was_not_found_counts_and_what_was_not_sought_does_not(tmp_path: Path) -> None:
    found = ONE.format(1, "found", "0.6", "0.3", "")
    unsought = ONE.format(2, "not_sought", "0.9", "0.1", "")
    missed = ONE.format(3, "not_found", "0.9", "0.1", "")

    assert confidence(tmp_path, found + unsought).low == pytest.approx(2 / 3)
    assert confidence(tmp_path, found + missed).low == pytest.approx(2 / 11)


def test_packages_that_meet_are_one(tmp_path: Path) -> None:
    tests = (
        ONE.format(1, "found", "0.6", "0.3", ", package: a, evidence: FAIR_PCB_2"),
        ONE.format(2, "found", "0.8", "0.2", ", package: b"),
        ONE.format(3, "found", "0.6", "0.4", ", package: c"),
    )
    items = SAID.replace("sources: P1\n    bears", "package: b\n    sources: P1\n    bears")

    (trace,) = traced(dossier(tmp_path, judgement=judgement_of("".join(tests)), items=items))

    assert [[each.test.id for each in package] for package in trace.packages] == [
        ["T1", "T2"],
        ["T3"],
    ]


# The columns.


def test_a_lens_that_is_off_shows_nothing_and_says_nothing(tmp_path: Path) -> None:
    seen = dossier(tmp_path, lenses="")

    assert lens_columns(seen) == ()
    assert tell(seen).quality.lenses == ()
    assert {found.rule.code for found in check(seen) if found.rule.code > "SCC950"} == set()


def test_a_lens_that_is_off_is_not_even_loaded(tmp_path: Path) -> None:
    dossier(tmp_path, lenses="")
    code = (
        "import sys; from scc_eval import Dossier, check, load; from scc_eval.story import tell\n"
        f"[project] = load({str(tmp_path)!r})\n"
        "check(Dossier(project)); tell(Dossier(project))\n"
        "print([name for name in sys.modules if name.startswith('scc_eval.lenses.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_columns_come_in_one_order_and_have_a_value_under_each_heading(tmp_path: Path) -> None:
    columns = lens_columns(dossier(tmp_path))

    assert [column.lens.value for column in columns] == [
        *["process_tracing"] * 2,
        *["cerqual", "aston"],
        *["quip"] * 2,
    ]
    for column in columns:
        assert {1 + len(entry.values) for entry in column.entries} == {len(column.heads)}
        assert all(all(entry.values) for entry in column.entries)


def test_process_tracing_shows_how_far_tests_carry(tmp_path: Path) -> None:
    columns = lens_columns(dossier(tmp_path))

    assert values(columns, 0) == {
        "K1": (
            "T1 (smoking gun)",
            "T2 (hoop)",
            "T3",
            "between 0.8 and 0.99 (likely to very likely), starting from 0.5 = no information",
        ),
        "K2": ("—", "—", "—", "—"),
        "M1": ("T4", "—", "—", "no test that was carried out has its two probabilities"),
    }
    assert values(columns, 1) == {
        "T1": (
            *("K1", "Buyers name the grower", "smoking gun", "found", "confirms it strongly"),
            *("0.6-0.8 (rather likely to likely)", "very unlikely", "Nobody else would know"),
        ),
        "T2": (
            *("K1", "Growers keep a list of buyers", "hoop", "sought, not found"),
            *("as good as eliminates it", "0.6 (rather likely)"),
            *("0.4-0.5 (as likely as not)", "—"),
        ),
        "T3": ("K1", "Buyers come back", "—", "not sought", "—", "—", "—", "—"),
        "T4": ("M1", "Buyers ask for more", "—", "found", "—", "much", "—", "—"),
    }


def test_words_of_the_scale_are_told_in_the_language_of_the_story(tmp_path: Path) -> None:
    tests = values(lens_columns(dossier(tmp_path), "fr"), 1)

    assert tests["T1"][5:7] == ("0.6-0.8 (plutôt probable à probable)", "très improbable")


def test_cerqual_shows_each_concern_with_its_descriptor_and_reason(tmp_path: Path) -> None:
    assert values(lens_columns(dossier(tmp_path, "lenses: cerqual\n")), 0) == {
        "K1": (
            "moderate: likely to be a fair picture (Few growers)",
            *("—", "—"),
            "minor: may make one rely on it less (Three growers)",
            "—",
        ),
        "K2": ("—",) * 5,
    }


def test_a_claim_may_have_concerns_and_no_level(tmp_path: Path) -> None:
    judgement = (
        "claims: [{id: K1, packet: B, text: It sells, cerqual: {coherence: {concern: none}}}]\n"
    )
    (column,) = lens_columns(dossier(tmp_path, "lenses: cerqual\n", judgement=judgement))

    assert column.entries[0].values[::2] == (
        "—",
        "none: nothing that would make one rely on it less",
        "—",
    )


def test_aston_shows_each_score_with_its_descriptor_and_no_sum(tmp_path: Path) -> None:
    assert values(lens_columns(dossier(tmp_path, "lenses: aston\n"), "fr"), 0) == {
        "K1": (
            "4 sur 5 : chaque étape est dite et s'enchaîne (Each step is told)",
            *("—", "—", "—"),
            "1 sur 5 : seulement ceux qui mènent le programme ou le financent",
        ),
        "K2": ("—",) * 5,
    }


def test_the_quip_counts_statements_and_tells_blinded_sources_apart(tmp_path: Path) -> None:
    columns = lens_columns(dossier(tmp_path, "lenses: quip\n"))

    assert values(columns, 0) == {"B": ("2 (1)", "—", "—", "—", "—", "—", "1 (0)")}
    assert values(columns, 1) == {
        "K1": ("2 (1)", "—", "—", "—", "—", "—", "—"),
        "K2": ("—",) * 7,
    }


def test_no_lens_decides(tmp_path: Path) -> None:
    seen = dossier(tmp_path)
    before = [claim.status for claim in seen.claims]
    lens_columns(seen)

    assert [claim.status for claim in seen.claims] == before
    assert not any(
        "%" in value for c in lens_columns(seen) for e in c.entries for value in e.values
    )


# The words.


def shape(branch: Any) -> Any:
    if isinstance(branch, Mapping):
        return {name: shape(value) for name, value in branch.items()}
    return branch.count("|"), sorted(part.split("}")[0] for part in branch.split("{")[1:])


def test_both_languages_have_the_same_words() -> None:
    english, french = (words(language)["lenses"] for language in LANGUAGES)

    assert shape(english) == shape(french)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_score_is_without_its_descriptor(language: str) -> None:
    spoken = words(language)["lenses"]

    assert spoken["cerqual"]["levels"].keys() == {level.value for level in Reliance}
    assert spoken["cerqual"]["concerns"].keys() == {concern.value for concern in Concern}
    assert len(COMPONENTS) + 2 == len(spoken["cerqual"]["heads"].split("|"))
    assert len(CRITERIA) + 1 == len(spoken["aston"]["heads"].split("|"))
    assert spoken["aston"]["descriptors"].keys() == set(CRITERIA)
    for levels in spoken["aston"]["descriptors"].values():
        assert levels.keys() == set("12345")
        assert all(levels.values())
    means = spoken["process_tracing"]["means"]
    assert means.keys() == {kind.value for kind in Kind}
    assert all(each.keys() == {outcome.value for outcome in Outcome} for each in means.values())


# Where they are told.


@pytest.mark.parametrize("format", ["md", "html"])
def test_the_annex_has_a_table_for_each_lens(format: str, tmp_path: Path) -> None:
    seen = dossier(tmp_path)
    document = render(tell(seen), f"story.{format}.j2")

    for column in lens_columns(seen):
        title = column.title.replace("'", "’")
        assert f"<h3>{title}</h3>" in document or f"### {title}\n" in document
    assert "1 of 5: only those who run the programme or pay for it" in document


@pytest.mark.parametrize("format", ["md", "html"])
def test_a_lens_that_has_nothing_to_show_says_so(format: str, tmp_path: Path) -> None:
    bare = dossier(tmp_path, "lenses: aston\nlanguage: fr\n", judgement="claims: []\n")

    assert "Rien n’est déclaré que cette grille puisse montrer." in render(
        tell(bare), f"story.{format}.j2"
    )


@pytest.mark.parametrize("score", ["0", "6", "good"])
def test_a_score_off_the_scale_is_one_diagnostic(score: str, tmp_path: Path) -> None:
    judgement = (
        "claims: [{id: K1, packet: B, text: It sells, "
        f"aston: {{uniqueness: {{score: {score}, reason: Seen}}}}}}]\n"
    )
    found = check(dossier(tmp_path, "lenses: aston\n", judgement=judgement))

    assert [each.rule.code for each in found if each.rule.code < "SCC100"] != []
    assert [each for each in found if each.rule.code > "SCC950"] == []
