"""One evaluation read at one moment: what is amiss in it, and its site where there can be one."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from jinja2 import TemplateError, TemplateSyntaxError

from scc_eval.diagnostics import Diagnostic, in_words
from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.live.carried import Carried
from scc_eval.project import Project, load
from scc_eval.rules import examine
from scc_eval.story.annex import Accepted
from scc_eval.workspace import NoWorkspace, profile_file, theory_files, yaml_files


class Pages(NamedTuple):
    """A site as it is served: the names of its pages, and what makes the one of a name."""

    names: tuple[str, ...]
    page: Callable[[str, Carried], str]


LayOut = Callable[[Dossier, Sequence[Diagnostic], Sequence[Accepted], str], Pages]
"""What makes the site of an evaluation, of what was found and accepted, in a language."""


class Trouble(NamedTuple):
    """Why there is no site, or no page of it: a key of the words of this room, and the facts."""

    kind: str
    facts: Mapping[str, str] = MappingProxyType({})


GONE = Trouble("gone")


class Reading(NamedTuple):
    """An evaluation as read at a moment; it has trouble where it has no site.

    `folder` and `files` are relative to the workspace; `found` is in the words of `language`.
    """

    folder: str
    language: str
    at: str = ""
    """The time of day."""
    title: str = ""
    found: tuple[Diagnostic, ...] = ()
    files: frozenset[str] = frozenset()
    """What it was read from."""
    site: Pages | None = None
    trouble: Trouble | None = None


def read(root: Path, folder: str, lay_out: LayOut, language: str | None, usual: str) -> Reading:
    """Read the evaluation in a folder. Whatever is wrong with it, or with a template, is told; it
    raises nothing.

    Everything is in `language`, else in the evaluation's own, else in the `usual` one.
    """
    known = Reading(folder, language or usual, time.strftime("%H:%M:%S"))
    try:
        for step in _steps(known, root, lay_out, language):
            known = step
    except Exception as error:
        # A template of the user's may do anything wrong; so may a program.
        known = known._replace(trouble=trouble_of(error))
    return known


def _steps(
    reading: Reading, root: Path, lay_out: LayOut, language: str | None
) -> Iterator[Reading]:
    """The reading, fuller at each step: whichever fails, what was known before it is kept."""
    project = _project(root, reading.folder)
    if project is None:
        yield reading._replace(trouble=GONE)
        return
    dossier = Dossier(project)
    if project.settings is not None:
        own = project.settings.language.value
        reading = reading._replace(language=language or own, title=project.settings.title)
    found, accepted = examine(dossier)
    spoken = words(reading.language)
    told = in_words(found, spoken)
    files = _files(project, reading.folder, told)
    reading = reading._replace(found=told, files=files, trouble=Trouble("unread"))
    yield reading
    # A file that breaks off may hold anything: of what is left, too much would seem absent.
    if dossier.is_evaluation and project.theory is not None and "theory" not in project.blind:
        waived = in_words((each.found for each in accepted), spoken)
        limitations = tuple(zip(waived, (each.waiver for each in accepted), strict=True))
        site = lay_out(dossier, told, limitations, reading.language)
        yield reading._replace(site=site, trouble=None)


def _project(root: Path, folder: str) -> Project | None:
    try:
        projects = load(root / folder)
    except NoWorkspace:
        return None
    name = folder.rpartition("/")[2]
    return next((each for each in projects if each.root == root and each.name == name), None)


def _files(project: Project, folder: str, found: Sequence[Diagnostic]) -> frozenset[str]:
    """The files of the folder, and those of its theory and its profile: of these, what was read is
    known from what it declares, or from what is amiss in it."""
    root = project.root
    settings = project.settings
    profile = profile_file(root, settings.profile) if settings else None
    named = {each.at.file for each in found}
    named |= {related.at.file for each in found for related in each.related}
    if project.theory is not None:
        named.add(project.theory.at().file)
    own = frozenset(yaml_files(str(root / folder), f"{folder}/"))
    return own | named.intersection(theory_files(root)) | ({profile} if profile else set())


def trouble_of(error: Exception) -> Trouble:
    """What went wrong while a site or a page was made, with the place in a template, if any."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [(Path(each.filename).name, each.lineno) for each in frames]
    places = [(name, line) for name, line in lines if name.endswith(".j2")]
    told = f"{type(error).__name__}: {error}"
    if isinstance(error, TemplateError):
        told = error.message or told
    if isinstance(error, TemplateSyntaxError):
        places.append((error.name or "", error.lineno))
    if not places:
        return Trouble("failed", {"error": told})
    template, line = places[-1]
    return Trouble("template", {"template": template, "line": f"{line}", "error": told})
