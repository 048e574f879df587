"""What is served of an evaluation while it is edited: which files count, what is kept, what a page
tells of what is amiss."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event, Timer

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError

from _live import (
    BROKEN,
    SETTINGS,
    SMALL,
    Told,
    ground,
    lay_out,
    told_of,
    written,
)
from scc_eval.diagnostics import Diagnostic, Severity
from scc_eval.dossier import Dossier
from scc_eval.live.changes import changes
from scc_eval.live.ground import ground_at
from scc_eval.live.reading import GONE, Pages, Trouble, read, trouble_of
from scc_eval.story.annex import Accepted
from scc_eval.workspace import NoWorkspace

# What counts


def test_what_counts_is_what_would_be_read_and_templates(tmp_path: Path) -> None:
    others = {
        "profiles/house.yaml": "",
        "templates/story.html.j2": "",
        "templates/inner/logo.svg": "",
        "README.md": "",
        "build/out.yaml": "",
        "evidence/one/notes.txt": "",
        "evidence/one/.hidden.yaml": "",
        "evidence/one/a.yaml~": "",
        "evidence/one/.git/a.yaml": "",
        "templates/.cache/a": "",
        "templates/#story.html.j2#": "",
        "templates/story.html.j2~": "",
    }
    written(tmp_path, {**SMALL, **others})

    assert {*ground(tmp_path).traces()} == {
        *SMALL,
        "profiles/house.yaml",
        "templates/story.html.j2",
        "templates/inner/logo.svg",
    }


def test_what_counts_besides_may_be_a_file(tmp_path: Path) -> None:
    written(tmp_path, {**SMALL, "known.json": "{}"})

    assert ground_at(tmp_path, ("known.json",)).traces()["known.json"].size == 2


def test_of_a_path_in_an_evaluation_only_that_one_counts(tmp_path: Path) -> None:
    written(tmp_path, {**SMALL, "evidence/two/evaluation.yaml": "", "theories/u.yaml": ""})

    followed = ground_at(tmp_path / "evidence/one/cases.yaml")

    assert followed.folders == ("evidence/one",)
    assert {*followed.traces()} == {*SMALL, "theories/u.yaml"}
    assert ground_at(tmp_path / "theories").folders == ("evidence/one", "evidence/two")


def test_nothing_counts_where_there_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspace):
        ground_at(tmp_path)


def test_a_file_that_cannot_be_looked_at_counts_as_gone(tmp_path: Path) -> None:
    written(tmp_path, SMALL)
    (tmp_path / "evidence/one/lost.yaml").symlink_to("nowhere.yaml")

    assert ground(tmp_path).traces()["evidence/one/lost.yaml"] == (0, 0, 0)


def test_a_workspace_that_goes_while_it_is_looked_at_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = ground(written(tmp_path, SMALL))

    def gone(root: Path) -> tuple[str, ...]:
        raise FileNotFoundError(root)

    monkeypatch.setattr("scc_eval.live.ground.evaluations", gone)

    assert followed.folders == ()


# Changes


def test_each_save_is_told_by_its_name(tmp_path: Path) -> None:
    written(tmp_path, SMALL)

    with told_of(ground(tmp_path)) as told:
        for name in SMALL:
            (tmp_path / name).write_text("title: Other\n", "utf-8")
            assert told() == {name}


def test_a_save_that_changes_neither_time_nor_size_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL) / SETTINGS
    status = path.stat()

    with told_of(ground(tmp_path)) as told:
        path.write_text(SMALL[SETTINGS].replace("First", "Tsrif"), "utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

        assert told() == {SETTINGS}


def test_a_rename_over_a_file_is_told(tmp_path: Path) -> None:
    written(tmp_path, {**SMALL, "evidence/one/.new": "title: New\n"})

    with told_of(ground(tmp_path)) as told:
        (tmp_path / "evidence/one/.new").replace(tmp_path / SETTINGS)

        assert told() == {SETTINGS}


def test_what_does_not_count_is_not_told(tmp_path: Path) -> None:
    written(tmp_path, SMALL)
    besides = {
        "evidence/one/4913": "",
        "evidence/one/.evaluation.yaml.swp": "",
        "evidence/one/evaluation.yaml~": "",
        "evidence/one/story.md": "",
        "build/a.yaml": "",
    }

    with told_of(ground(tmp_path)) as told:
        written(tmp_path, besides)
        written(tmp_path, {SETTINGS: "title: New\ntheory: t\n"})

        assert told() == {SETTINGS}


def test_folders_that_come_and_go_are_told(tmp_path: Path) -> None:
    written(tmp_path, SMALL)
    evidence = tmp_path / "evidence"

    with told_of(ground(tmp_path)) as told:
        for _ in range(2):
            written(tmp_path, {"evidence/two/deep/a.yaml": "cases: []\n"})
            gather(told, "evidence/two/deep/a.yaml")
            (evidence / "two").rename(evidence / "three")
            gather(told, "evidence/two/deep/a.yaml", "evidence/three/deep/a.yaml")
            shutil.rmtree(evidence / "three")
            gather(told, "evidence/three/deep/a.yaml")


@pytest.mark.parametrize("folder", ["evidence", "theories"])
def test_a_folder_that_is_made_anew_is_followed_anew(tmp_path: Path, folder: str) -> None:
    written(tmp_path, SMALL)
    inside = {name: text for name, text in SMALL.items() if name.startswith(folder)}

    with told_of(ground(tmp_path)) as told:
        shutil.rmtree(tmp_path / folder)
        gather(told, *inside)
        written(tmp_path, inside)
        gather(told, *inside)
        for name in inside:
            (tmp_path / name).write_text("title: Again\n", "utf-8")
            assert name in told()


def test_a_folder_of_templates_that_is_made_later_is_followed(tmp_path: Path) -> None:
    written(tmp_path, SMALL)

    with told_of(ground(tmp_path)) as told:
        for text in ("one", "two", "three"):
            written(tmp_path, {"templates/story.html.j2": text})
            gather(told, "templates/story.html.j2")


def test_a_file_that_is_gone_or_empty_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL) / SETTINGS
    stop = Event()
    following = changes(ground(tmp_path), stop)
    next(following)

    for clear in (path.unlink, lambda: path.write_text("", "utf-8")):
        clear()
        later = Timer(0.06, path.write_text, (SMALL[SETTINGS], "utf-8"))
        later.start()
        assert SETTINGS in next(following)
        assert path.read_text("utf-8") == SMALL[SETTINGS]
        later.join()
    stop.set()
    assert {*following} <= {frozenset({SETTINGS})}


def test_a_file_that_stays_gone_is_told(tmp_path: Path) -> None:
    written(tmp_path, SMALL)

    with told_of(ground(tmp_path)) as told:
        (tmp_path / "evidence/one/cases.yaml").unlink()

        assert told() == {"evidence/one/cases.yaml"}


def test_nobody_is_waited_for_once_it_is_over(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL) / SETTINGS
    stop = Event()
    following = changes(ground(tmp_path), stop)
    next(following)
    path.unlink()
    Timer(0.05, stop.set).start()

    assert {*following} <= {frozenset({SETTINGS})}


@pytest.mark.parametrize("error", [OSError, RuntimeError])
def test_where_the_system_tells_nothing_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def unable(*paths: object, **options: object) -> Iterator[set[object]]:
        raise error("too many")

    monkeypatch.setattr("scc_eval.live.changes.watch", unable)
    monkeypatch.setattr("scc_eval.live.changes.TICK", 0.01)
    written(tmp_path, SMALL)

    with told_of(ground(tmp_path)) as told:
        (tmp_path / SETTINGS).write_text("title: Other\n", "utf-8")
        assert told() == {SETTINGS}
        written(tmp_path, {"templates/story.html.j2": "made later"})
        assert told() == {"templates/story.html.j2"}


def test_what_is_saved_while_one_is_at_work_is_told_after(tmp_path: Path) -> None:
    written(tmp_path, SMALL)
    stop = Event()
    following = changes(ground(tmp_path), stop)
    assert next(following) == {*SMALL}

    for name in SMALL:
        (tmp_path / name).write_text("title: Other\n", "utf-8")
    seen: set[str] = set()
    while seen != {*SMALL}:
        seen |= next(following)
    stop.set()
    assert not [*following]


def gather(told: Told, *names: str) -> None:
    """Wait until all of them are told to have changed."""
    missing = {*names}
    while missing:
        missing -= told()


# Reading


def test_a_reading_has_the_site_and_what_is_amiss_in_its_own_language(tmp_path: Path) -> None:
    files = {**SMALL, SETTINGS: SMALL[SETTINGS] + "language: fr\nverson: 2\n"}
    root = written(tmp_path, files)

    reading = read(root, "evidence/one", lay_out, None, "en")

    assert reading.trouble is None
    assert reading.site is not None
    assert reading.site.names == ("index.html", "Eco.html")
    assert (reading.language, reading.title) == ("fr", "First")
    assert reading.files == {*SMALL}
    assert "évaluation : le champ verson n'existe pas" in [each.message for each in reading.found]
    assert re.fullmatch(r"\d\d:\d\d:\d\d", reading.at)


def test_a_language_that_is_asked_for_comes_first(tmp_path: Path) -> None:
    root = written(tmp_path, {**SMALL, SETTINGS: SMALL[SETTINGS] + "language: fr\n"})

    assert read(root, "evidence/one", lay_out, "en", "fr").language == "en"


def test_the_site_is_made_of_what_was_found_and_what_is_accepted(tmp_path: Path) -> None:
    waivers = {"rule": "SCC021", "subject": "evaluation", "reason": "so be it"}
    root = written(tmp_path, {**SMALL, "evidence/one/waivers.yaml": f"waivers: [{waivers}]\n"})
    given: list[tuple[Sequence[Diagnostic], Sequence[Accepted], str]] = []

    def made(
        dossier: Dossier, found: Sequence[Diagnostic], accepted: Sequence[Accepted], language: str
    ) -> Pages:
        given.append((found, accepted, language))
        return lay_out(dossier, found, accepted, language)

    reading = read(root, "evidence/one", made, None, "fr")

    assert [(found, language) for found, _, language in given] == [(reading.found, "en")]


def test_the_files_of_a_reading_are_its_own_and_those_of_its_theory_and_profile(
    tmp_path: Path,
) -> None:
    files = {
        **SMALL,
        SETTINGS: SMALL[SETTINGS] + "profile: house\n",
        "profiles/house.yaml": "based_on: mayne\n",
        "profiles/other.yaml": "based_on: mayne\n",
        "theories/other.yaml": "title: O\n",
        "evidence/two/evaluation.yaml": "title: Two\ntheory: other\n",
    }
    root = written(tmp_path, files)

    assert read(root, "evidence/one", lay_out, None, "en").files == {
        *SMALL,
        "profiles/house.yaml",
    }


MISHAPS = {
    "syntax in the settings": {SETTINGS: BROKEN},
    "syntax in another file": {"evidence/one/cases.yaml": BROKEN},
    "syntax in the theory": {"theories/t.yaml": "title: T\nboxes: [\n"},
    "no theory of that name": {SETTINGS: "title: First\ntheory: u\n"},
    "settings that misfit": {SETTINGS: "theory: t\n"},
    "a section that is unknown": {"evidence/one/cases.yaml": "casses: []\n"},
}


@pytest.mark.parametrize("files", MISHAPS.values(), ids=MISHAPS)
def test_there_is_no_site_where_much_could_not_be_read(
    tmp_path: Path, files: Mapping[str, str]
) -> None:
    root = written(tmp_path, {**SMALL, **files})

    reading = read(root, "evidence/one", lay_out, None, "fr")

    assert (reading.site, reading.trouble) == (None, Trouble("unread"))
    assert {each.at.file for each in reading.found if each.severity is Severity.ERROR} & {*files}
    assert {*files} <= reading.files


def test_single_declarations_that_misfit_do_not_hold_the_site_back(tmp_path: Path) -> None:
    cases = "cases:\n  - {label: Nameless}\n  - {code: Eco, label: E}\n"
    root = written(tmp_path, {**SMALL, "evidence/one/cases.yaml": cases})

    reading = read(root, "evidence/one", lay_out, None, "en")

    assert reading.site is not None
    assert reading.site.names == ("index.html", "Eco.html")
    assert "evidence/one/cases.yaml" in {each.at.file for each in reading.found}


def test_an_evaluation_that_is_no_longer_there_is_gone(tmp_path: Path) -> None:
    root = written(tmp_path, {**SMALL, "evidence/two/evaluation.yaml": SMALL[SETTINGS]})
    shutil.rmtree(root / "evidence/one")

    assert read(root, "evidence/one", lay_out, None, "en").trouble == GONE
    shutil.rmtree(root / "evidence")
    shutil.rmtree(root / "theories")
    assert read(root, "evidence/one", lay_out, None, "en").trouble == GONE


def test_another_workspace_around_is_not_taken_for_the_one_that_went(tmp_path: Path) -> None:
    written(tmp_path, SMALL)
    inner = tmp_path / "evidence/one"
    (inner / "evidence/one").mkdir(parents=True)

    assert read(inner / "evidence", "one", lay_out, None, "en").trouble == GONE


def test_whatever_goes_wrong_is_told(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)

    def unable(*given: object) -> Pages:
        raise ValueError("no luck")

    reading = read(root, "evidence/one", unable, None, "en")

    assert reading.trouble == Trouble("failed", {"error": "ValueError: no luck"})
    assert reading.found
    assert reading.files == {*SMALL}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n{{ b }}", ("page.html.j2", "2", "'b' is undefined")),
        ("a\n\n{% if %}", ("page.html.j2", "3", "Expected an expression, got 'end of statement")),
        ("{% include 'no.j2' %}", ("page.html.j2", "1", "no.j2")),
        ("{{ 1 / 0 }}", ("page.html.j2", "1", "ZeroDivisionError: division by zero")),
        ("{% include 'inner.j2' %}", ("inner.j2", "2", "'c' is undefined")),
    ],
)
def test_a_broken_template_is_told_with_its_line(
    tmp_path: Path, text: str, told: tuple[str, str, str]
) -> None:
    written(tmp_path, {"page.html.j2": text, "inner.j2": "\n{{ c }}"})
    templates = Environment(
        loader=FileSystemLoader(tmp_path), undefined=StrictUndefined, autoescape=True
    )

    with pytest.raises(Exception) as raised:  # noqa: PT011
        templates.get_template("page.html.j2").render()
    kind, facts = trouble_of(raised.value)

    assert kind == "template"
    assert (facts["template"], facts["line"]) == told[:2]
    assert told[2] in facts["error"]
    assert "\n" not in facts["error"]


def test_a_template_without_a_name_is_told_by_its_line() -> None:
    with pytest.raises(TemplateSyntaxError) as raised:
        Environment(autoescape=True).from_string("{% if %}")

    assert trouble_of(raised.value).facts["template"] == ""
