"""What is told of what is found: rules selected, what a baseline knows, what changed since."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from renew_golden import REPOSITORY, workspace as golden_workspace
from scc_eval.cli import app
from scc_eval.languages import words
from scc_eval.output import FORMATS
from scc_eval.output.baseline import Entry, NoBaseline, as_bytes, read
from scc_eval.rules import catalogue
from scc_eval.rules.families import FAMILIES, Selection, beginnings, close_to

NORTH = "evidence/jardins/cas/nord.yaml"
SOUTH = "evidence/jardins/cas/sud.yaml"
REGISTER = "evidence/jardins/sources.yaml"
THEORY = "theories/jardins.yaml"
LOOS = "evidence/loos-en-gohelle"
BASELINE = "scc-baseline.json"
COUNTS = "1 error, 18 warnings, 5 notes · "
NOTHING = "0 errors, 0 warnings, 0 notes · "


class Ran:
    """How a command ended and what it said."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def codes(self) -> list[str]:
        """The rules it tells of, in the order of the text."""
        parts = (line.split(" ") for line in self.out.splitlines() if line[:1].strip())
        return [line[1] for line in parts if len(line) > 1 and line[1].startswith("SCC")]

    @property
    def ending(self) -> list[str]:
        """The lines of the ending that say what is left out, then the counts."""
        lines = [line for line in self.out.splitlines() if line[:1].strip()]
        shown = [number for number, line in enumerate(lines) if ": SCC" in line]
        return [line for line in lines[shown[-1] + 1 if shown else 0 :] if line != "By rule:"]


def run(*arguments: object) -> Ran:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout_bytes.decode(), result.stderr)


def data(*arguments: object) -> dict[str, Any]:
    """What a command prints as JSON."""
    told: dict[str, Any] = json.loads(run(*arguments, "--format", "json").out)
    return told


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def add_unknown_source(gardens: Path) -> None:
    """Bring out one more diagnostic, an error in the south."""
    item = "  - {code: Sud_PC1_1-02, énoncé: Le banc est neuf., source: nobody, nature: fait}\n"
    path = gardens / SOUTH
    path.write_text(path.read_text("utf-8") + item, encoding="utf-8")


@pytest.fixture
def gardens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of one evaluation of 24 diagnostics, which is the current folder."""
    root = tmp_path / "gardens"
    shutil.copytree(golden_workspace("draft"), root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def known(gardens: Path) -> Path:
    """The same, with all of them in its baseline."""
    assert run("validate", "--write-baseline").code == 0
    return gardens


# Families.


def test_every_rule_belongs_to_a_family() -> None:
    families = [begun for parts in FAMILIES.values() for begun in parts]
    assert [rule.code for rule in catalogue() if not rule.code.startswith(tuple(families))] == []


def test_every_beginning_of_a_family_is_that_of_a_rule() -> None:
    codes = [rule.code for rule in catalogue()]
    for parts in FAMILIES.values():
        assert [part for part in parts if not any(code.startswith(part) for code in codes)] == []


def test_no_rule_is_called_as_a_family_is() -> None:
    assert not set(FAMILIES) & {rule.name for rule in catalogue()}


@pytest.mark.parametrize(
    ("word", "begun"),
    [
        ("SCC401", ("SCC401",)),
        ("scc40", ("SCC40",)),
        ("SCC", ("SCC",)),
        ("echo", ("SCC405",)),
        ("Triangulation", ("SCC4",)),
        ("reports", ("SCC22", "SCC23")),
        ("SCC499", ()),
        ("4", ()),
        ("S", ()),
        ("poems", ()),
    ],
)
def test_a_word_names_what_codes_begin_with(word: str, begun: tuple[str, ...]) -> None:
    assert beginnings(word) == begun


def test_words_that_might_have_been_meant_are_offered() -> None:
    assert close_to("Reprots") == ["reports"]
    assert close_to("scc9999")[0].startswith("SCC")
    assert close_to("xyzzy") == []


@pytest.mark.parametrize(
    ("select", "ignore", "code", "is_taken"),
    [
        ((), (), "SCC401", True),
        (("SCC4",), (), "SCC401", True),
        (("SCC4",), (), "SCC301", False),
        ((), ("SCC4",), "SCC401", False),
        ((), ("SCC4",), "SCC301", True),
        (("SCC4",), ("SCC4",), "SCC401", False),
        (("SCC401",), ("SCC4",), "SCC401", True),
        (("SCC401",), ("SCC4",), "SCC402", False),
        (("SCC4",), ("SCC401",), "SCC401", False),
        (("SCC4",), ("SCC401",), "SCC402", True),
        ((), ("SCC",), "SCC401", False),
        (("SCC4",), (), "SCC002", True),
        ((), ("SCC",), "SCC002", True),
    ],
)
def test_the_longer_beginning_wins(
    select: tuple[str, ...], ignore: tuple[str, ...], code: str, is_taken: bool
) -> None:
    assert Selection(select, ignore).takes(code) is is_taken


# --select and --ignore.


def test_only_what_is_selected_is_told(gardens: Path) -> None:
    ran = run("validate", "--select", "theory")
    assert (ran.code, ran.codes) == (0, ["SCC112", "SCC110", "SCC110", "SCC109"])
    assert ran.ending == [
        "left out: 20 diagnostics of rules that were not selected",
        "0 errors, 1 warning, 3 notes · 1 evaluation, 3 packets, 2 cases, 6 sources, "
        "12 evidence items",
    ]


def test_words_are_given_one_by_one_or_in_a_list(gardens: Path) -> None:
    listed = run("validate", "--select", "theory, unknown-source,", "--ignore", "scc110")
    single = ["--select", "theory", "--select", "SCC207", "--ignore", "SCC110"]
    assert listed.codes == ["SCC207", "SCC112", "SCC109"]
    assert run("validate", *single).out == listed.out


def test_what_is_ignored_does_not_make_the_run_fail(gardens: Path) -> None:
    assert run("validate").code == 1
    ran = run("validate", "--ignore", "references")
    assert (ran.code, ran.ending[-2]) == (
        0,
        "left out: 1 diagnostic of a rule that was not selected",
    )


def test_nothing_is_said_where_nothing_is_left_out(gardens: Path) -> None:
    assert run("validate", "--ignore", "lenses").out == run("validate").out


def test_how_much_is_left_out_stands_in_json(gardens: Path) -> None:
    summary = data("validate", "--select", "theory")["summary"]
    assert (summary["warnings"], summary["unselected"]) == (1, 20)
    assert "unselected" not in data("validate")["summary"]


def test_what_could_not_be_read_is_told_whatever_is_selected(gardens: Path) -> None:
    (gardens / "evidence/jardins/poem.yaml").write_text("poem: [1]\n", encoding="utf-8")
    assert run("validate", "--select", "reports").codes == ["SCC021"]
    assert run("validate", "--ignore", "SCC").codes == ["SCC021"]


def test_rules_not_selected_are_not_said_to_be_muted(gardens: Path) -> None:
    (gardens / "evidence/jardins/poem.yaml").write_text("poem: [1]\n", encoding="utf-8")
    assert "rules not judged, since something they count could not be read" in run("validate").out
    assert "could not be read: SCC2" in run("validate", "--select", "SCC201,SCC202").out
    assert "could not be read" not in run("validate", "--select", "waivers").out


def test_what_is_accepted_is_counted_where_its_rule_is_selected() -> None:
    quit_together = golden_workspace("quit-together")
    assert "1 accepted limitation" in run("validate", quit_together).out
    assert "1 accepted limitation" not in run("validate", quit_together, "--select", "SCC1").out


def test_a_rule_that_is_not_selected_is_no_test(gardens: Path) -> None:
    told = run("validate", "--select", "theory", "--format", "junit").out
    names = {case.attrib["name"] for case in ElementTree.fromstring(told).iter("testcase")}
    assert {name[:4] for name in names} == {"SCC0", "SCC1"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "reprots"], "--select: no rule and no family of rules is called reprots: "),
        (["--select", "reprots"], ": reports?\n"),
        (["--ignore", "xyzzy"], "is called xyzzy: scc rules lists them\n"),
        (["--ignore", "reading"], "--ignore does not take reading: what could not be read is"),
        (["--ignore", "lenses,SCC014"], "--ignore does not take SCC014: what could not be read is"),
        (["--no-baseline", "--baseline", "b.json"], "--no-baseline goes with neither"),
        (["--no-baseline", "--write-baseline"], "--no-baseline goes with neither"),
        (["--write-baseline", "--select", "theory"], "--write-baseline takes all that is found"),
        (["--write-baseline", "--ignore", "theory"], "--write-baseline takes all that is found"),
        (["--write-baseline", "--changed-since", "HEAD"], "--write-baseline takes all that is"),
    ],
)
@pytest.mark.parametrize("command", ["validate", "audit"])
def test_options_that_cannot_be_followed_say_why(
    command: str, arguments: list[str], said: str, gardens: Path
) -> None:
    (gardens / "report.md").write_text("Nothing.\n", encoding="utf-8")
    ran = run(command, *(["report.md"] if command == "audit" else []), *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


# The baseline.


def test_what_is_written_as_known_is_held_back(gardens: Path) -> None:
    before = {path for path in gardens.rglob("*") if path.is_file()}
    ran = run("validate", "--write-baseline")
    assert (ran.code, ran.err) == (0, f"{BASELINE}: 24 diagnostics are written as known\n")
    assert {path for path in gardens.rglob("*") if path.is_file()} - before == {gardens / BASELINE}
    again = run("validate", "--fail-on", "note")
    assert (again.code, again.codes, again.out) == (0, [], ran.out)
    assert again.ending[0] == f"24 known diagnostics are held back by {BASELINE}"
    assert again.ending[1].startswith(NOTHING)


def test_a_baseline_may_be_left_aside(known: Path) -> None:
    ran = run("validate", "--no-baseline")
    assert (ran.code, ran.ending[-1].startswith(COUNTS)) == (1, True)


def test_a_baseline_reads_well_in_a_diff(known: Path) -> None:
    lines = (known / BASELINE).read_text("utf-8").splitlines()
    assert lines[:3] == ["{", '  "version": 1,', '  "known": [']
    assert lines[-2:] == ["  ]", "}"]
    entries = [json.loads(line.rstrip(",")) for line in lines[3:-2]]
    assert [list(entry) for entry in entries] == [["file", "rule", "subject", "key"]] * 24
    assert entries == sorted(entries, key=lambda entry: tuple(entry.values()))
    first = {"file": NORTH, "rule": "SCC207", "subject": "Nord_PC1_3-02"}
    assert entries[0] == {**first, "key": entries[0]["key"]}
    assert len(entries[0]["key"]) == 64


def test_what_is_known_stays_so_when_lines_move_and_in_another_language(known: Path) -> None:
    content = (known / BASELINE).read_bytes()
    for path in known.rglob("*.yaml"):
        path.write_text(f"# A remark.\n\n{path.read_text('utf-8')}", encoding="utf-8")
    ran = run("validate", "--lang", "fr", "--fail-on", "note")
    assert ran.code == 0
    assert ran.ending[0] == f"24 diagnostics déjà connus ne sont pas montrés ({BASELINE})"
    run("validate", "--write-baseline", "--lang", "fr")
    assert (known / BASELINE).read_bytes() == content


def test_only_what_is_new_is_told(known: Path) -> None:
    add_unknown_source(known)
    ran = run("validate")
    assert (ran.code, ran.codes) == (1, ["SCC207"])
    assert ran.ending[0] == f"24 known diagnostics are held back by {BASELINE}"
    assert ran.ending[1].startswith("1 error, 0 warnings, 0 notes")


def test_what_is_mended_is_counted_until_the_baseline_is_written_again(known: Path) -> None:
    before = (known / BASELINE).read_text("utf-8").splitlines()
    change(known / NORTH, "source: inconnu", "source: E1")
    ran = run("validate")
    assert ran.ending[:2] == [
        f"23 known diagnostics are held back by {BASELINE}",
        f"1 entry of {BASELINE} is mended: --write-baseline takes it out",
    ]
    assert run("validate", "--write-baseline").code == 0
    after = (known / BASELINE).read_text("utf-8").splitlines()
    assert [line for line in before if line not in after] == [before[3]]
    assert "mended" not in run("validate").out


def test_of_repeats_as_many_are_held_back_as_are_known(gardens: Path) -> None:
    change(gardens / NORTH, "source: inconnu", "source: [inconnu, unbekannt]")
    run("validate", "--write-baseline")
    assert run("validate").code == 0
    change(gardens / NORTH, "source: [inconnu, unbekannt]", "source: [inconnu, unbekannt, unknown]")
    ran = run("validate", "--format", "gitlab")
    [issue] = json.loads(ran.out)
    assert (ran.code, "comes from unknown" in issue["description"]) == (1, True)
    everything = json.loads(run("validate", "--format", "gitlab", "--no-baseline").out)
    assert (
        issue["fingerprint"]
        == [each["fingerprint"] for each in everything if each["check_name"].startswith("SCC207")][
            -1
        ]
    )


def test_what_is_known_stays_so_when_it_becomes_graver(known: Path) -> None:
    settings = known / "evidence/jardins/evaluation.yaml"
    settings.write_text(settings.read_text("utf-8") + "niveaux: {SCC112: error}\n", "utf-8")
    assert "2 errors" in run("validate", "--no-baseline").out
    assert run("validate", "--fail-on", "note").code == 0


def test_what_could_not_be_read_is_never_known(gardens: Path) -> None:
    (gardens / "evidence/jardins/poem.yaml").write_text("poem: [1]\n", encoding="utf-8")
    ran = run("validate", "--write-baseline")
    assert (ran.code, ran.codes) == (1, ["SCC021"])
    assert ran.err.splitlines()[1:] == [
        "1 other is of what could not be read, and is never known: mend it first"
    ]
    assert "SCC021" not in (gardens / BASELINE).read_text("utf-8")
    assert run("validate").codes == ["SCC021"]


def test_an_entry_of_what_could_not_be_read_holds_nothing_back(gardens: Path) -> None:
    (gardens / "evidence/jardins/poem.yaml").write_text("poem: [1]\n", encoding="utf-8")
    told = json.loads(run("validate", "--format", "gitlab").out)
    [slip] = [each for each in told if each["check_name"].startswith("SCC021")]
    entry = Entry("evidence/jardins/poem.yaml", "SCC021", "poem", slip["fingerprint"])
    (gardens / BASELINE).write_bytes(as_bytes([entry]))
    assert "SCC021" in run("validate").codes


def test_nothing_counts_as_mended_while_something_cannot_be_read(known: Path) -> None:
    content = (known / BASELINE).read_bytes()
    change(known / NORTH, "source: inconnu", "source: E1")
    (known / REGISTER).write_text("[", encoding="utf-8")
    ran = run("validate")
    assert (ran.code, "mended" in ran.out) == (1, False)
    run("validate", "--write-baseline")
    assert set(read(content)) <= set(read((known / BASELINE).read_bytes()))


def test_a_stage_that_asks_less_mends_nothing(known: Path) -> None:
    assert "24 known diagnostics" in run("validate").out
    early = run("validate", "--stage", "1")
    assert ("known" in early.out, "mended" in early.out) == (True, False)


def test_a_part_of_a_workspace_leaves_the_rest_of_its_baseline(known: Path) -> None:
    shutil.copytree(known / "evidence/jardins", known / "evidence/parcs")
    run("validate", "--write-baseline")
    whole = read((known / BASELINE).read_bytes())
    assert {entry.file.split("/")[1] for entry in whole} == {"jardins", "parcs", "jardins.yaml"}
    change(known / "evidence/parcs/cas/nord.yaml", "source: inconnu", "source: E1")
    assert "mended" not in run("validate", "evidence/jardins").out
    assert "1 entry" in run("validate", "evidence/parcs").out
    assert "1 entry" in run("validate").out
    run("validate", "evidence/jardins", "--write-baseline")
    assert read((known / BASELINE).read_bytes()) == whole
    run("validate", "evidence/parcs", "--write-baseline")
    assert len(read((known / BASELINE).read_bytes())) == len(whole) - 1


def test_a_baseline_may_lie_elsewhere(gardens: Path) -> None:
    ran = run("validate", "--write-baseline", "--baseline", "ci/known.json")
    assert ran.err == "ci/known.json: 24 diagnostics are written as known\n"
    assert not (gardens / BASELINE).exists()
    assert run("validate").code == 1
    ran = run("validate", "--baseline", "ci/known.json")
    assert (ran.code, ran.ending[0]) == (0, "24 known diagnostics are held back by ci/known.json")


def test_an_empty_baseline_is_one(gardens: Path) -> None:
    (gardens / BASELINE).write_bytes(as_bytes(()))
    assert (gardens / BASELINE).read_text("utf-8") == '{\n  "version": 1,\n  "known": []\n}\n'
    ran = run("validate")
    assert (ran.code, len(ran.codes)) == (1, 24)
    assert data("validate")["summary"]["known"] == 0


def test_a_sound_evaluation_has_nothing_that_is_known(tmp_path: Path) -> None:
    root = tmp_path / "sound"
    shutil.copytree(golden_workspace("quit-together").parents[1] / "theories", root / "theories")
    shutil.copytree(golden_workspace("quit-together"), root / "evidence/quit-together")
    ran = run("validate", root / "evidence", "--write-baseline", "--lang", "fr")
    assert ran.err == f"{BASELINE} : 0 diagnostic est noté comme connu\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<<<<<<< HEAD\n", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "its version is not 1"),
        (b'{"version": 2, "known": []}', "its version is not 1"),
        (b'{"version": 1}', "it has no list of what is known"),
        (b'{"version": 1, "known": [7]}', "its entry 1 lacks file, rule, subject or key"),
        (
            b'{"version": 1, "known": [{"file": "f", "rule": "r", "subject": "s", "key": 1}]}',
            "its entry 1 lacks file, rule, subject or key",
        ),
    ],
)
def test_a_damaged_baseline_says_so(content: bytes, said: str, gardens: Path) -> None:
    (gardens / BASELINE).write_bytes(content)
    with pytest.raises(NoBaseline, match=said):
        read(content)
    for option in ([], ["--write-baseline"]):
        ran = run("validate", *option)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"scc: {BASELINE} is no baseline as --write-baseline writes it: {said}\n"
    assert (gardens / BASELINE).read_bytes() == content


def test_a_baseline_that_is_not_there_says_so(gardens: Path) -> None:
    ran = run("validate", "--baseline", "nowhere.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "scc: the baseline nowhere.json cannot be read: no such file or directory\n"


def test_a_name_that_is_no_utf8_is_kept() -> None:
    entry = Entry("evidence/\udce9t\u00e9.yaml", "SCC401", "🌳", "00")
    assert read(as_bytes([entry, entry])) == (entry,)


def test_what_is_known_is_counted_in_json(known: Path) -> None:
    change(known / NORTH, "source: inconnu", "source: E1")
    told = data("validate")
    assert told["diagnostics"] == []
    assert (told["summary"]["known"], told["summary"]["mended"]) == (23, 1)
    assert "known" not in data("validate", "--no-baseline")["summary"]


def test_sarif_tells_what_is_new_from_what_is_known(known: Path) -> None:
    plain = json.loads(run("validate", "--format", "sarif", "--no-baseline").out)["runs"][0]
    assert {result.get("baselineState") for result in plain["results"]} == {None}
    add_unknown_source(known)
    document = json.loads(run("validate", "--format", "sarif").out)
    schema = json.loads((REPOSITORY / "tests/schemas/sarif-2.1.0.json").read_text("utf-8"))
    assert list(Draft7Validator(schema).iter_errors(document)) == []
    told = document["runs"][0]
    states = [result["baselineState"] for result in told["results"]]
    assert states == ["new", *["unchanged"] * 24]
    assert {result["partialFingerprints"]["sccKey/v1"] for result in told["results"][1:]} == {
        result["partialFingerprints"]["sccKey/v1"] for result in plain["results"]
    }
    said = told["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert said == f"24 known diagnostics are held back by {BASELINE}"


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_holds_back_what_is_known(format: str, known: Path) -> None:
    ran = run("validate", "--format", format, "--fail-on", "note")
    assert (ran.code, "Nord_PC1_3-02" in ran.out) == (0, format == "sarif")


# Reports.


@pytest.fixture
def report(gardens: Path) -> Path:
    """A report on the gardens whose citations are amiss."""
    (gardens / "reports").mkdir()
    path = gardens / "reports/r.md"
    path.write_text("# Report\n\nSo it is (Nord PC1_1; Nord_PC1_2; Ouest_PC1_9).\n", "utf-8")
    return path


def test_an_audit_has_a_baseline_beside_that_of_validate(
    report: Path, gardens: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = ["audit", "-e", gardens]
    run("validate", "--write-baseline")
    before = read((gardens / BASELINE).read_bytes())
    found = run(*audit, "reports/r.md")
    assert (found.code, "SCC223" in found.codes) == (1, True)
    assert "known diagnostic" not in found.out
    written = run(*audit, "reports/r.md", "--write-baseline")
    assert (written.code, written.codes) == (0, [])
    assert set(before) < set(read((gardens / BASELINE).read_bytes()))
    assert "24 known diagnostics" in run("validate").out
    assert "mended" not in run("validate").out
    monkeypatch.chdir(gardens / "reports")
    assert (run(*audit, "r.md").code, run(*audit, report).code) == (0, 0)
    assert run(*audit, "r.md", "--no-baseline").code == 1


def test_what_is_mended_in_a_report_is_counted(report: Path, gardens: Path) -> None:
    audit = ["audit", "-e", gardens, "reports/r.md"]
    run(*audit, "--write-baseline")
    change(report, "Nord PC1_1", "Nord_PC1_1")
    assert f"1 entry of {BASELINE} is mended: --write-baseline takes it out" in run(*audit).ending
    assert "mended" not in run("validate").out


def test_without_an_evaluation_the_baseline_lies_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.md").write_text("So it is (Nord_PC1_1; Nord PC1_2).\n", "utf-8")
    arguments = ["audit", "r.md", "--grammar", "{case}_PC{packet}_{section}"]
    assert run(*arguments, "--fail-on", "note").code == 1
    run(*arguments, "--write-baseline")
    assert (tmp_path / BASELINE).is_file()
    assert run(*arguments, "--fail-on", "note").code == 0


def test_a_report_that_lies_elsewhere_keeps_its_name(
    tmp_path: Path, gardens: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "r.md").write_text("So it is (Ouest_PC1_9).\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    run("audit", "r.md", "-e", "gardens", "--write-baseline")
    entries = read((gardens / BASELINE).read_bytes())
    assert {entry.file for entry in entries} == {"r.md"}


# --changed-since.

Git = Callable[..., str]


@pytest.fixture
def git(gardens: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in the workspace, which is a repository with one commit, tagged `first`."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def command(*arguments: str) -> str:
        person = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        ran = subprocess.run(
            ["git", *person, *arguments], capture_output=True, text=True, check=True, cwd=gardens
        )
        return ran.stdout

    command("init", "--quiet", "--initial-branch=main")
    command("add", "--all")
    command("commit", "--quiet", "--message=first")
    command("tag", "first")
    return command


def files(ran: Ran) -> set[str]:
    """The files that diagnostics of a run stand in."""
    return {line.split(":")[0] for line in ran.out.splitlines() if ": SCC" in line}


def test_where_nothing_changed_nothing_is_told(git: Git, gardens: Path) -> None:
    index = (gardens / ".git/index").read_bytes()
    os.utime(gardens / NORTH, (1, 1))
    ran = run("validate", "--changed-since", "HEAD")
    assert (ran.code, ran.codes) == (0, [])
    assert ran.ending[0] == "left out: 24 diagnostics in files that did not change since HEAD"
    assert data("validate", "--changed-since", "HEAD")["summary"]["unchanged"] == 24
    assert (gardens / ".git/index").read_bytes() == index


def test_what_changed_is_told(git: Git, gardens: Path) -> None:
    change(gardens / SOUTH, "Trois parcelles", "Quatre parcelles")
    ran = run("validate", "--changed-since", "first", "--lang", "fr")
    assert (ran.codes, files(ran)) == (["SCC605", "SCC311"], {SOUTH})
    assert ran.ending[0] == (
        "laissés de côté : 22 diagnostics dans des fichiers inchangés depuis first"
    )
    git("commit", "--quiet", "--all", "--message=second")
    assert run("validate", "--changed-since", "first").codes == ["SCC605", "SCC311"]
    assert run("validate", "--changed-since", "HEAD~1").codes == ["SCC605", "SCC311"]
    assert run("validate", "--changed-since", "HEAD").codes == []


def test_what_is_new_or_has_another_name_changed(git: Git, gardens: Path) -> None:
    (gardens / SOUTH).rename(gardens / "evidence/jardins/cas/été du sud.yaml")
    told = run("validate", "--changed-since", "HEAD")
    assert files(told) == {"evidence/jardins/cas/été du sud.yaml"}
    git("add", "--all")
    git("commit", "--quiet", "--message=second")
    assert files(run("validate", "--changed-since", "first")) == files(told)


def test_what_git_ignores_did_not_change(git: Git, gardens: Path) -> None:
    (gardens / ".gitignore").write_text("evidence/jardins/cas/private.yaml\n", encoding="utf-8")
    (gardens / SOUTH).rename(gardens / "evidence/jardins/cas/private.yaml")
    assert run("validate", "--changed-since", "HEAD").codes == []


def test_a_related_place_that_changed_counts(git: Git, gardens: Path) -> None:
    change(gardens / SOUTH, "code: Sud_PC1_2-01", "code: Nord_PC1_1-01")
    git("commit", "--quiet", "--all", "--message=second")
    change(gardens / NORTH, "1 250 visites", "1 260 visites")
    ran = run("validate", "--changed-since", "HEAD", "--select", "SCC208")
    assert (ran.codes, files(ran)) == (["SCC208"], {SOUTH})


def test_what_could_not_be_read_is_told_though_it_did_not_change(git: Git, gardens: Path) -> None:
    (gardens / "evidence/jardins/poem.yaml").write_text("poem: [1]\n", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message=second")
    assert run("validate", "--changed-since", "HEAD").codes == ["SCC021"]


def test_the_options_are_counted_one_after_the_other(git: Git, gardens: Path) -> None:
    run("validate", "--write-baseline")
    add_unknown_source(gardens)
    change(gardens / NORTH, "porte sur: xB1", "porte sur: [xB1, xB9]")
    git("commit", "--quiet", "--all", "--message=second")
    ran = run("validate", "--changed-since", "HEAD", "--ignore", "SCC207")
    assert (ran.code, ran.codes) == (0, [])
    assert ran.ending[:3] == [
        f"24 known diagnostics are held back by {BASELINE}",
        "left out: 1 diagnostic of a rule that was not selected",
        "left out: 1 diagnostic in a file that did not change since HEAD",
    ]


def test_since_a_branch_is_since_it_was_left(git: Git, gardens: Path) -> None:
    git("switch", "--quiet", "--create", "mine")
    change(gardens / SOUTH, "Trois parcelles", "Quatre parcelles")
    git("commit", "--quiet", "--all", "--message=mine")
    git("switch", "--quiet", "main")
    change(gardens / NORTH, "1 250 visites", "1 260 visites")
    git("commit", "--quiet", "--all", "--message=theirs")
    git("switch", "--quiet", "mine")
    assert files(run("validate", "--changed-since", "main")) == {SOUTH}


def test_histories_with_nothing_in_common_are_compared_as_they_are(git: Git, gardens: Path) -> None:
    git("switch", "--quiet", "--orphan", "other")
    git("checkout", "--quiet", "first", "--", ".")
    change(gardens / SOUTH, "Trois parcelles", "Quatre parcelles")
    git("commit", "--quiet", "--all", "--message=other")
    assert files(run("validate", "--changed-since", "first")) == {SOUTH}


def test_a_workspace_may_lie_below_its_repository(
    git: Git, gardens: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("config", "diff.relative", "true")
    (gardens / "études").mkdir()
    for name in ("evidence", "theories"):
        git("mv", name, f"études/{name}")
    git("commit", "--quiet", "--message=moved")
    (gardens / "études" / SOUTH).rename(gardens / "études/evidence/jardins/cas/new.yaml")
    for folder in (gardens, gardens / "études", gardens / "études/evidence"):
        monkeypatch.chdir(folder)
        ran = run("validate", gardens / "études", "--changed-since", "HEAD")
        assert files(ran) == {"evidence/jardins/cas/new.yaml"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own there")
def test_a_link_changed_where_the_file_did(git: Git, gardens: Path) -> None:
    (gardens / SOUTH).rename(gardens / "sud.yaml")
    (gardens / SOUTH).symlink_to(gardens / "sud.yaml")
    git("add", "--all")
    git("commit", "--quiet", "--message=linked")
    assert run("validate", "--changed-since", "HEAD").codes == []
    change(gardens / "sud.yaml", "Trois parcelles", "Quatre parcelles")
    assert files(run("validate", "--changed-since", "HEAD")) == {SOUTH}


def test_reports_that_did_not_change_are_left_out(git: Git, report: Path, gardens: Path) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message=report")
    second = gardens / "reports/s.md"
    second.write_text("So it is (Ouest_PC1_9).\n", encoding="utf-8")
    ran = run("audit", "reports/r.md", "reports/s.md", "-e", ".", "--changed-since", "HEAD")
    assert files(ran) == {"reports/s.md"}
    assert any(line.startswith("left out: ") for line in ran.ending)


@pytest.mark.skipif(os.name == "nt", reason="the hook is a script for a shell")
@pytest.mark.parametrize("folder", [".", "evidence"])
def test_a_hook_looks_at_what_it_is_about(folder: str, git: Git, gardens: Path) -> None:
    # In a linked worktree git tells its hooks where the repository is, and of no worktree.
    git("worktree", "add", "--quiet", "../linked")
    linked = gardens.parent / "linked"
    hook = gardens / ".git/hooks/pre-commit"
    told = gardens.parent / "told"
    command = f"cd {folder} && '{sys.executable}' -m scc_eval validate --changed-since HEAD"
    hook.write_text(f"#!/bin/sh\ntest -n \"$GIT_DIR\" && {command} > '{told}'\n", "utf-8")
    hook.chmod(0o755)
    change(linked / SOUTH, "Trois parcelles", "Quatre parcelles")
    git("-C", str(linked), "commit", "--quiet", "--all", "--message=second")
    assert files(Ran(0, told.read_text("utf-8"), "")) == {SOUTH}


def test_a_repository_may_be_named_by_the_environment(
    git: Git, gardens: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = gardens.parent / "away.git"
    (gardens / ".git").rename(away)
    monkeypatch.setenv("GIT_DIR", str(away))
    change(gardens / SOUTH, "Trois parcelles", "Quatre parcelles")
    assert files(run("validate", "--changed-since", "HEAD")) == {SOUTH}


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "--changed-since: git knows no commit nowhere here; a shallow copy has but"),
        ("", "--changed-since: git knows no commit  here"),
        ("HEAD:theories", "git knows no commit HEAD:theories here"),
        ("--output=x", "--changed-since takes a commit, a branch or a tag, not --output=x"),
        ("-h", "--changed-since takes a commit, a branch or a tag, not -h"),
    ],
)
def test_what_is_no_commit_says_so(revision: str, said: str, git: Git, gardens: Path) -> None:
    before = set(gardens.iterdir())
    ran = run("validate", f"--changed-since={revision}")
    assert (ran.code, ran.out, said in ran.err, ran.err.count("\n")) == (2, "", True, 1)
    assert set(gardens.iterdir()) == before


def test_a_folder_that_is_in_no_repository_says_so(
    gardens: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(gardens.parent))
    monkeypatch.delenv("GIT_DIR", raising=False)
    ran = run("validate", "--changed-since", "HEAD")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("scc: --changed-since: git cannot tell what changed (not a git repo")


def test_git_must_be_there(git: Git, gardens: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(gardens))
    ran = run("validate", "--changed-since", "HEAD")
    said = "scc: --changed-since asks git, which is not installed here\n"
    assert (ran.code, ran.out, ran.err) == (2, "", said)


# Both languages.


def test_every_sentence_is_told_in_both_languages() -> None:
    english, french = words("en")["choosing"], words("fr")["choosing"]
    assert list(english) == list(french)
    for key, text in english.items():
        facts = {"count": 3, "file": "f", "revision": "r"}
        assert text.format(**facts) != french[key].format(**facts)


def test_the_repository_itself_can_be_held_back(tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    assert run("validate", REPOSITORY / LOOS, "--baseline", known, "--write-baseline").code == 0
    assert run("validate", REPOSITORY, "--baseline", known, "--fail-on", "note").code == 0
