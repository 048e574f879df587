"""Every rule does what its specimens show, and the registry of rules keeps its promises."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from functools import cache
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory
from types import ModuleType

import pytest

from _specimens import BASE, FRENCH_PAGES, PAGES, Specimen, blocks_of, specimens, write
from scc_eval import Dossier, check, load, rules, slips
from scc_eval.audit import Known, audit, declared, learn
from scc_eval.diagnostics import Diagnostic, Rule, Severity, in_words
from scc_eval.languages import words
from scc_eval.reports import Report, read as read_report
from scc_eval.rules import catalogue, examine, level, muted
from scc_eval.rules._checks import Check, ChecksOn
from scc_eval.rules.profiles import PROFILES
from scc_eval.rules.reports import examine_report
from scc_eval.rules.waivers import Accepted

SPECIMENS = tuple(specimens())
CODES = [rule.code for rule in catalogue()]
FAMILIES: tuple[ModuleType, ...] = tuple(
    module
    for found in pkgutil.iter_modules(rules.__path__)
    if hasattr(module := importlib.import_module(f"{rules.__name__}.{found.name}"), "CHECKS")
)
SETTINGS = "title: The market of the town\ntheory: town\n"
A_DAMAGED_CODE = "evidence:\n  - {code: FAIR PCB 1, text: Sales rose}\n"

specimen_by_specimen = pytest.mark.parametrize(
    "specimen", SPECIMENS, ids=[f"{each.code} {each.title}" for each in SPECIMENS]
)


def may_be_waived(code: str) -> bool:
    """What could not be read leaves nothing to accept, and waivers are not waived."""
    return "SCC100" < code < "SCC920" or code > "SCC929"


WAIVED = tuple(each for each in SPECIMENS if each.is_waived)
waived_specimen_by_specimen = pytest.mark.parametrize(
    "specimen", WAIVED, ids=[f"{each.code} {each.title}" for each in WAIVED]
)
rule_by_rule = pytest.mark.parametrize("rule", catalogue(), ids=CODES)
family_by_family = pytest.mark.parametrize(
    "family", FAMILIES, ids=[family.__name__.rpartition(".")[2] for family in FAMILIES]
)


def bound_in(family: ModuleType) -> list[tuple[Rule, Check]]:
    checks = family.CHECKS
    assert isinstance(checks, ChecksOn)
    return checks.bound


def placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


@cache
def examined(specimen: Specimen) -> tuple[tuple[Diagnostic, ...], tuple[Accepted, ...]]:
    """What is said of a specimen, and what is accepted: of its reports, if it has some."""
    with TemporaryDirectory() as folder:
        return _examined(specimen, Path(folder))


def _examined(
    specimen: Specimen, root: Path
) -> tuple[tuple[Diagnostic, ...], tuple[Accepted, ...]]:
    write(specimen.blocks, root)
    reports = [block.path for block in specimen.blocks if block.path.startswith("report.")]
    if not reports:
        told = [examine(Dossier(project), specimen.stage) for project in load(root)]
    else:
        read = [read_report(root / name, name) for name in reports]
        told = [examine_report(audit(report, known_to(root, report))) for report in read]
    return tuple(d for found, _ in told for d in found), tuple(a for _, each in told for a in each)


def known_to(root: Path, report: Report) -> Known:
    """What an evaluation declares, or what the report itself teaches where there is none."""
    if not (root / "evidence").exists():
        return learn([paragraph.text for paragraph in report.paragraphs])
    (dossier,) = (Dossier(project) for project in load(root) if project.settings)
    return declared(dossier)


def diagnose(specimen: Specimen) -> list[Diagnostic]:
    """What the rule of the page says, and what says that the page itself is not sound."""
    found, _ = examined(specimen)
    heard = (each for each in found if concerns(each.rule.code, specimen.code))
    return sorted(heard, key=lambda each: (each.at.file, each.at.line, each.rule.code))


def concerns(code: str, page: str) -> bool:
    return code == page or code[:4] == "SCC0" or "SCC201" <= code < "SCC210" or code > "SCC920"


def shown_in(language: str, code: str) -> tuple[list[Specimen], list[Specimen], list[Specimen]]:
    """The specimens of a rule in a language that break it, that keep it, and that are waived."""
    pages = [each for each in SPECIMENS if (each.language, each.code) == (language, code)]
    broken = [each for each in pages if each.expected]
    kept = [each for each in pages if not each.expected and not each.is_waived]
    return broken, kept, [each for each in pages if each.is_waived]


def places(specimen: Specimen) -> list[tuple[str, int, str]]:
    """Where a specimen must say something, and of what rule."""
    return [(each.file, each.line, each.code) for each in specimen.expected]


def dossier(root: Path, **files: str) -> Dossier:
    """The base workspace with those files added to the evaluation or put in place of its own."""
    write(BASE, root)
    for name, text in files.items():
        (root / "evidence" / "eval" / f"{name}.yaml").write_text(text, "utf-8")
    (project,) = load(root)
    return Dossier(project)


def found_in(dossier: Dossier, stage: int | None = None) -> list[tuple[str, Severity]]:
    return [(found.rule.code, found.severity) for found in check(dossier, stage)]


# The specimens.


@specimen_by_specimen
def test_a_specimen_gives_the_diagnostics_it_shows_and_no_other(specimen: Specimen) -> None:
    found = diagnose(specimen)
    assert [(each.at.file, each.at.line, each.rule.code) for each in found] == [
        (each.file, each.line, each.code) for each in specimen.expected
    ]


@specimen_by_specimen
def test_a_diagnostic_has_the_message_and_the_column_shown(specimen: Specimen) -> None:
    told = in_words(diagnose(specimen), words(specimen.language))
    for found, shown in zip(told, specimen.expected, strict=False):
        assert " ".join(found.message.split()) == (shown.message or " ".join(found.message.split()))
        assert found.at.column == (shown.column or found.at.column)


@specimen_by_specimen
def test_message_and_fix_are_filled_by_the_facts(specimen: Specimen) -> None:
    for found in diagnose(specimen):
        assert placeholders(found.rule.message) | placeholders(found.rule.fix) <= set(found.facts)
        assert all(found.facts.values())
        assert "{}" not in found.message + found.fix


@specimen_by_specimen
def test_a_bad_specimen_shows_the_rule_of_its_page(specimen: Specimen) -> None:
    assert {each.code for each in specimen.expected} <= {specimen.code}


@pytest.mark.parametrize("language", ["en", "fr"])
@rule_by_rule
def test_every_rule_is_shown_broken_kept_and_waived(rule: Rule, language: str) -> None:
    broken, kept, waived = shown_in(language, rule.code)
    assert broken
    assert kept
    assert bool(waived) == may_be_waived(rule.code)


@rule_by_rule
def test_french_readers_are_shown_what_english_readers_are(rule: Rule) -> None:
    for english, french in zip(shown_in("en", rule.code), shown_in("fr", rule.code), strict=True):
        assert [len(french), *map(places, french[:1])] == [
            min(1, len(english)),
            *map(places, english[:1]),
        ]


@waived_specimen_by_specimen
def test_a_waived_specimen_breaks_its_rule_and_is_accepted(specimen: Specimen) -> None:
    _, accepted = examined(specimen)
    assert {each.found.rule.code for each in accepted} == {specimen.code}


@specimen_by_specimen
def test_a_diagnostic_has_the_french_message_shown(specimen: Specimen) -> None:
    if specimen.in_french:
        found = in_words(diagnose(specimen), words("fr"))
        assert tuple(" ".join(each.message.split()) for each in found) == specimen.in_french


@rule_by_rule
def test_every_rule_shows_a_message_whole(rule: Rule) -> None:
    shown = [each for specimen in SPECIMENS for each in specimen.expected]
    assert any(each.message for each in shown if each.code == rule.code)


def test_every_page_has_a_rule() -> None:
    assert set(PAGES) == set(FRENCH_PAGES) == set(CODES)


@rule_by_rule
def test_a_page_bears_the_name_of_its_rule(rule: Rule) -> None:
    for pages in (PAGES, FRENCH_PAGES):
        assert pages[rule.code].startswith(f"# {rule.code} {rule.name}\n")


def test_the_base_gives_no_diagnostic(tmp_path: Path) -> None:
    assert check(dossier(tmp_path)) == ()


def test_comments_and_lists_say_what_is_expected() -> None:
    page = (
        "```yaml a.yaml\nx:  # SCC001: one ; # SCC002\ny:  # SCC003 # SCC004: two\n```\n"
        "```expect\nb.yaml:3:4: SCC005 three\n```\n"
    )
    assert [tuple(each) for block in blocks_of(page) for each in block.expected()] == [
        ("a.yaml", 1, "SCC001", None, "one"),
        ("a.yaml", 1, "SCC002", None, None),
        ("a.yaml", 2, "SCC003", None, None),
        ("a.yaml", 2, "SCC004", None, "two"),
        ("b.yaml", 3, "SCC005", 4, "three"),
    ]


# The registry.


def test_codes_and_names_are_each_given_once() -> None:
    named = Counter((*CODES, *(rule.name for rule in catalogue())))
    assert [name for name, times in named.items() if times > 1] == []


def test_every_bound_rule_is_in_the_registry() -> None:
    bound = [rule for family in FAMILIES for rule, _ in bound_in(family)]
    assert {rule.code for rule in (*slips.RULES, *bound)} <= set(CODES)


@rule_by_rule
def test_a_code_is_three_letters_and_three_figures(rule: Rule) -> None:
    assert re.fullmatch(r"SCC\d{3}", rule.code)


@rule_by_rule
def test_a_name_is_words_joined_by_hyphens(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.name)


@rule_by_rule
def test_why_and_fix_are_sentences_of_their_own(rule: Rule) -> None:
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")
    assert rule.why != rule.fix


@rule_by_rule
def test_a_message_has_no_full_stop(rule: Rule) -> None:
    assert not rule.message.endswith((".", "!", "?"))


@rule_by_rule
def test_an_authority_is_named(rule: Rule) -> None:
    assert rule.authority.endswith(".")


@rule_by_rule
def test_a_level_never_falls_as_the_evaluation_goes_on(rule: Rule) -> None:
    for table in (rule.levels, rule.grave or rule.levels):
        levels = [severity or 0 for severity in table]
        assert levels == sorted(levels)


@family_by_family
def test_a_check_bears_the_name_of_its_rule(family: ModuleType) -> None:
    assert [check.__name__ for _, check in bound_in(family)] == [
        rule.name.replace("-", "_") for rule, _ in bound_in(family)
    ]


@family_by_family
def test_a_family_keeps_to_its_hundred_and_its_order(family: ModuleType) -> None:
    codes = [rule.code for rule, _ in bound_in(family)]
    assert {f"{code[:4]}xx:" for code in codes} == {str(family.__doc__).split()[0]}
    assert codes == sorted(codes)


def test_reading_keeps_to_its_hundred() -> None:
    assert {rule.code[:4] for rule in slips.RULES} == {"SCC0"}


# The levels.


@pytest.mark.parametrize(
    ("stage", "severity"),
    [
        *((1, Severity.NOTE), (2, Severity.NOTE), (3, Severity.WARNING)),
        *((4, Severity.WARNING), (5, Severity.ERROR), (6, Severity.ERROR)),
    ],
)
def test_a_level_rises_with_the_stage(stage: int, severity: Severity, tmp_path: Path) -> None:
    bare = dossier(tmp_path, items="evidence: []\n", evaluation=f"{SETTINGS}stage: {stage}\n")
    assert found_in(bare) == [("SCC303", severity), ("SCC301", severity)]


def test_a_stage_asked_for_goes_before_that_of_the_evaluation(tmp_path: Path) -> None:
    bare = dossier(tmp_path, items="evidence: []\n")
    assert found_in(bare, stage=6) == [("SCC303", Severity.ERROR), ("SCC301", Severity.ERROR)]


def test_an_evaluation_may_change_a_level(tmp_path: Path) -> None:
    levels = "levels: {SCC301: error, SCC303: off}\n"
    bare = dossier(tmp_path, items="evidence: []\n", evaluation=SETTINGS + levels)
    assert found_in(bare) == [("SCC301", Severity.ERROR)]


@pytest.mark.parametrize("code", sorted({c for table in PROFILES.values() for c in table}))
def test_a_profile_changes_rules_that_exist(code: str) -> None:
    assert any(each.startswith(code) for each in CODES)


@pytest.mark.parametrize(
    ("profile", "severity"),
    [("delahais", Severity.WARNING), ("mayne", Severity.NOTE), ("minimal", None)],
)
def test_a_profile_changes_a_level(profile: str, severity: Severity | None, tmp_path: Path) -> None:
    (rule,) = (rule for rule in catalogue() if rule.code == "SCC107")
    school = dossier(tmp_path, evaluation=f"{SETTINGS}profile: {profile}\n")
    assert level(rule, school, stage=6) is severity


def test_a_profile_never_makes_a_rule_graver(tmp_path: Path) -> None:
    usual = dossier(tmp_path / "usual")
    for profile in ("mayne", "minimal"):
        school = dossier(tmp_path / profile, evaluation=f"{SETTINGS}profile: {profile}\n")
        for rule in catalogue():
            for stage in range(1, 7):
                assert (level(rule, school, stage) or 0) <= (level(rule, usual, stage) or 0)


def test_the_levels_of_the_evaluation_go_before_those_of_its_profile(tmp_path: Path) -> None:
    (rule,) = (rule for rule in catalogue() if rule.code == "SCC107")
    own = dossier(tmp_path, evaluation=f"{SETTINGS}profile: minimal\nlevels: {{SCC107: warning}}\n")
    assert level(rule, own, stage=1) is Severity.WARNING


def test_a_profile_silences_a_rule(tmp_path: Path) -> None:
    bare = dossier(tmp_path, items="evidence: []\n", evaluation=SETTINGS + "profile: minimal\n")
    assert found_in(bare) == [("SCC301", Severity.NOTE)]


# What cannot be read.


def test_nothing_is_muted_where_all_is_read(tmp_path: Path) -> None:
    assert muted(dossier(tmp_path)) == ()


def test_no_absence_is_told_where_a_file_is_unreadable(tmp_path: Path) -> None:
    broken = dossier(tmp_path, items="evidence: [\x00\n")
    assert found_in(broken) == [("SCC008", Severity.ERROR)]
    assert {"SCC301", "SCC303", "SCC210"} <= {rule.code for rule in muted(broken)}


def test_what_needs_nothing_is_judged_where_a_file_is_unreadable(tmp_path: Path) -> None:
    twice = "claims:\n  - {id: P1, packet: B, text: The market helped}\n"
    broken = dossier(tmp_path, items="evidence: [\x00\n", more=twice)
    assert [code for code, _ in found_in(broken)] == ["SCC008", "SCC208"]


def test_a_declaration_without_a_name_mutes_the_rules_that_count_its_kind(
    tmp_path: Path,
) -> None:
    unnamed = dossier(tmp_path, more="cases:\n  - label: The covered hall\n")
    assert "SCC303" in {rule.code for rule in muted(unnamed)}
    assert "SCC207" not in {rule.code for rule in muted(unnamed)}


def test_a_theory_that_is_not_there_leaves_nothing_to_judge(tmp_path: Path) -> None:
    lost = dossier(tmp_path, more=A_DAMAGED_CODE)
    (tmp_path / "theories" / "town.yaml").unlink()
    (project,) = load(tmp_path)
    assert found_in(lost) == [("SCC201", Severity.WARNING)]
    assert found_in(Dossier(project)) == [("SCC031", Severity.ERROR)]


def test_a_misfit_does_not_hide_its_neighbours(tmp_path: Path) -> None:
    items = (
        "evidence:\n"
        "  - {code: FAIR_PCB_1-2, text: Sales rose}\n"
        "  - {code: FAIR_PCB_1-3, text: Sales fell, polarity: perhaps}\n"
        "  - {code: FAIR_PCB_1-4, text: Sales rose, sources: P9}\n"
    )
    mixed = dossier(tmp_path, more=items)
    assert [code for code, _ in found_in(mixed)] == ["SCC023", "SCC207"]
    assert [item.code for item in mixed.evidence[3:]] == ["FAIR_PCB_1-2", "FAIR_PCB_1-4"]


def test_a_misfit_in_a_cell_is_not_told_as_its_silence(tmp_path: Path) -> None:
    items = (
        "evidence:\n"
        "  - {code: FAIR_PCB_1, text: Sales doubled, sources: P1, polarity: perhaps}\n"
        "  - {code: FAIR_PCB_2, text: Buyers ask, sources: P1, bears_on: M1}\n"
        "  - {code: FAIR_PCB_3, text: Prices rose, sources: P1, bears_on: F1}\n"
    )
    assert found_in(dossier(tmp_path, items=items)) == [("SCC023", Severity.ERROR)]


def test_what_is_cited_and_could_not_be_taken_is_not_told_as_missing(tmp_path: Path) -> None:
    more = (
        "evidence:\n"
        "  - {code: FAIR_PCB_1-2, text: Sales rose, polarity: perhaps}\n"
        "claims:\n"
        "  - {id: Q1, packet: B, text: The market helped, evidence: FAIR_PCB_1-2}\n"
    )
    assert found_in(dossier(tmp_path, more=more)) == [("SCC023", Severity.ERROR)]


def test_a_broken_theory_in_use_is_told_once(tmp_path: Path) -> None:
    write(BASE, tmp_path)
    (tmp_path / "theories" / "town.yaml").write_text("- id: town\n", "utf-8")
    assert [project.name for project in load(tmp_path)] == ["eval"]
