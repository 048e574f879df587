"""A folder to what it declares. Loading never raises for a slip of the user's: it reports."""

import os
from collections.abc import Callable, Mapping as AbstractMapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from scc_eval.diagnostics import Diagnostic
from scc_eval.files import collector_paused
from scc_eval.model.base import Declaration
from scc_eval.model.theory import Theory
from scc_eval.places import File, Location, Mapping, Sequence, locate
from scc_eval.reading import Reader, Stub, found
from scc_eval.sections import SECTIONS, section_named
from scc_eval.settings import House, Profile, Settings
from scc_eval.slips import (
    AMBIGUOUS_THEORY,
    MISPLACED,
    NO_PROFILE,
    NO_SETTINGS,
    NO_THEORY,
    UNKNOWN_FIELD,
)
from scc_eval.workspace import (
    SETTINGS_FILE,
    NoWorkspace,
    chosen,
    evaluations,
    find_workspace,
    profile_file,
    read_file,
    theory_files,
    yaml_files,
)

D = TypeVar("D", bound=Declaration)
Watch = Callable[[int, int], None]

_ALL_KINDS = frozenset((*(section.kind for section in SECTIONS.values()), "theory"))


class Project(NamedTuple):
    """One evaluation as declared, or a theory that no evaluation uses.

    `blind` names the kinds of declaration some of which could not be read and could not even be
    named: what looks absent there may be present.
    """

    name: str
    root: Path
    settings: Settings | None
    theory: Theory | None
    declared: AbstractMapping[str, tuple[Any, ...]] = MappingProxyType({})
    """The declarations of each section, in the order of files and lines."""
    stubs: tuple[Stub, ...] = ()
    blind: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    profile: House | None = None
    """The profile its settings name; one that ships is one that changes nothing of its own."""

    def section(self, name: str) -> tuple[Any, ...]:
        """Everything declared in the sections of that name."""
        return self.declared.get(name, ())

    def of(self, model: type[D]) -> tuple[D, ...]:
        """Everything declared of one kind."""
        names = (name for name, section in SECTIONS.items() if section.model == model.__name__)
        return tuple(
            item for name in names for item in self.section(name) if isinstance(item, model)
        )


class _Theory(NamedTuple):
    """A theory file as read."""

    name: str
    theory: Theory | None
    stubs: tuple[Stub, ...]
    blind: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def stem(self) -> str:
        """The name of its file, without folder and ending."""
        return self.name.rpartition("/")[2].rpartition(".")[0]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset({self.stem, self.theory.id} if self.theory else {self.stem})


def load(path: Path | str = ".", watch: Watch | None = None) -> tuple[Project, ...]:
    """Read the evaluations at a path: a workspace, an evaluation's folder, or anything in one.

    `watch` is told, after each file, how many of how many are read. Raises NoWorkspace if the path
    is in no workspace or the workspace is empty.
    """
    path = Path(os.path.normpath(Path(path).absolute()))
    root = find_workspace(path)
    with collector_paused():
        theories = [_load_theory(root, name) for name in theory_files(root)]
        folders = evaluations(root)
        wanted = chosen(path, root, folders)
        files = {name: list(yaml_files(str(root / name), name + "/")) for name in wanted}
        counter = _Counter(sum(len(names) for names in files.values()), watch)
        projects = [_load_evaluation(root, name, files[name], theories, counter) for name in wanted]
    in_use = {project.settings.theory for project in projects if project.settings}
    is_part = root / "theories" not in (path, *path.parents) and path != root
    only = _asked_for(path, root, theories)
    if only:
        projects = [p for p in projects if p.theory and p.settings and p.settings.theory in only]
    for loose in theories:
        is_asked = not is_part and (not only or loose.ids & only)
        if is_asked and not loose.ids & in_use:
            projects.append(_loose_project(root, loose))
    if not projects:
        raise NoWorkspace(path, exists=True)
    return tuple(projects)


class _Counter:
    def __init__(self, total: int, watch: Watch | None) -> None:
        self.total = total
        self.watch = watch
        self.done = 0

    def tick(self) -> None:
        self.done += 1
        if self.watch:
            self.watch(self.done, self.total)


def _asked_for(path: Path, root: Path, theories: list[_Theory]) -> frozenset[str]:
    """The names of the theories at a path below `theories/`; none if all are asked for."""
    if root / "theories" not in path.parents:
        return frozenset()
    inside = (theory.ids for theory in theories if _lies_in(root / theory.name, path))
    return frozenset({path.stem}).union(*inside)


def _lies_in(file: Path, path: Path) -> bool:
    return path in (file, *file.parents)


def _load_theory(root: Path, name: str) -> _Theory:
    file = read_file(root, name)
    reader = Reader()
    reader.report_problems(file)
    data = file.data
    if isinstance(data, Mapping) and "id" not in data and file.whole:
        data["id"] = name.rpartition("/")[2].rpartition(".")[0]
        data.keys_at["id"] = data.mark
    theory = reader.declare(Theory, data, name) if data is not None else None
    blind = frozenset() if file.whole and data is not None and theory else frozenset({"theory"})
    blind |= reader.unnamed
    return _Theory(name, theory, tuple(reader.stubs), blind, tuple(reader.diagnostics))


def _loose_project(root: Path, loose: _Theory) -> Project:
    return Project(
        loose.stem,
        root,
        None,
        loose.theory,
        stubs=loose.stubs,
        blind=loose.blind,
        diagnostics=loose.diagnostics,
    )


def _load_evaluation(
    root: Path, folder: str, names: list[str], theories: list[_Theory], counter: _Counter
) -> Project:
    reader = Reader()
    gathered: dict[str, list[Declaration]] = {}
    settings: Settings | None = None
    is_whole = True
    settings_name = f"{folder}/{SETTINGS_FILE}"
    if settings_name not in names:
        reader.report(NO_SETTINGS, Location(folder))
    for name in names:
        file = read_file(root, name)
        reader.report_problems(file)
        is_whole = is_whole and file.whole
        if name == settings_name:
            settings = None if file.data is None else reader.declare(Settings, file.data, name)
        else:
            is_whole = _gather(reader, gathered, file) and is_whole
        counter.tick()
    theory = _theory_of(reader, settings, theories)
    profile = _profile_of(reader, settings, root)
    blind = frozenset() if is_whole else _ALL_KINDS
    blind |= reader.unnamed
    declared = {name: tuple(items) for name, items in gathered.items()}
    return Project(
        folder.rpartition("/")[2],
        root,
        settings,
        theory.theory if theory else None,
        MappingProxyType(declared),
        (*reader.stubs, *(theory.stubs if theory else ())),
        blind | (theory.blind if theory else frozenset()),
        (*reader.diagnostics, *(theory.diagnostics if theory else ())),
        profile,
    )


def _profile_of(reader: Reader, settings: Settings | None, root: Path) -> House | None:
    if settings is None:
        return None
    name = settings.profile.casefold()
    if name in {profile.value for profile in Profile}:
        return House(id=name, based_on=Profile(name))
    file = profile_file(root, settings.profile)
    if file is None:
        known = ", ".join(profile.value for profile in Profile)
        reader.report(NO_PROFILE, settings.at("profile"), profile=settings.profile, known=known)
        return None
    read = read_file(root, file)
    reader.report_problems(read)
    if isinstance(read.data, Mapping) and "id" not in read.data and read.whole:
        read.data["id"] = settings.profile
        read.data.keys_at["id"] = read.data.mark
    return None if read.data is None else reader.declare(House, read.data, file)


def _theory_of(
    reader: Reader, settings: Settings | None, theories: list[_Theory]
) -> _Theory | None:
    if settings is None:
        return None
    named = [theory for theory in theories if settings.theory in theory.ids]
    if len(named) > 1:
        files = ", ".join(theory.name for theory in named)
        at = settings.at("theory")
        reader.report(AMBIGUOUS_THEORY, at, theory=settings.theory, files=files)
        return None
    if named:
        return named[0]
    known = ", ".join(sorted(theory.stem for theory in theories)) or "∅"
    reader.report(NO_THEORY, settings.at("theory"), theory=settings.theory, known=known)
    return None


def _gather(reader: Reader, gathered: dict[str, list[Declaration]], file: File) -> bool:
    """Take what a file declares; whether it is known of all of it what kind of thing it is."""
    data: Any = file.data
    is_known = True
    if data is None:
        return is_known
    if not isinstance(data, Mapping):
        reader.report(
            MISPLACED,
            locate(data, (), file.name),
            kind="file",
            found=found(data),
            expected="names and values",
        )
        return False
    for key, items in data.items():
        name = section_named(key)
        if name is None:
            is_known = False
            suggestion = ", ".join(SECTIONS)
            reader.report(
                UNKNOWN_FIELD, data.at(key), kind="file", field=key, suggestion=suggestion
            )
        elif isinstance(items, Sequence):
            kept = gathered.setdefault(name, [])
            model = SECTIONS[name].load()
            for index, item in enumerate(items):
                at = None if isinstance(item, Mapping) else items.at(index)
                if (declared := reader.declare(model, item, file.name, at)) is not None:
                    kept.append(declared)
        elif items is not None:
            reader.report(
                MISPLACED,
                data.at(key),
                kind=key,
                found=found(items),
                expected="a list",
            )
            reader.stubs.append(Stub(SECTIONS[name].kind, None, data.at(key)))
    return is_known
