"""Repairs of YAML files that cannot change what they mean."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from scc_eval.dossier import Dossier
from scc_eval.files import MAX_BYTES
from scc_eval.mending.legible import legible
from scc_eval.mending.meanings import Meanings, Names
from scc_eval.mending.nodes import Tree, grow
from scc_eval.mending.order import ordered
from scc_eval.mending.repair import (
    KINDS,
    UNASKED,
    Draft,
    LeftAlone,
    Mended,
    Repair,
)
from scc_eval.mending.spelling import respelled
from scc_eval.model.base import Declaration
from scc_eval.model.theory import Theory
from scc_eval.settings import Settings
from scc_eval.workspace import SETTINGS_FILE, evaluations, theory_files, yaml_files

__all__ = [
    "KINDS",
    "UNASKED",
    "Held",
    "LeftAlone",
    "Meanings",
    "Mended",
    "Names",
    "Repair",
    "files_at",
    "meanings_of",
    "mend",
    "survey",
]


class Held(NamedTuple):
    """A file of a workspace: its name in it, what the whole of it declares (None for a file of
    sections), and the folder of the evaluation that it belongs to, or, for a theory, itself."""

    name: str
    model: type[Declaration] | None
    owner: str


def files_at(path: Path, root: Path) -> tuple[Held, ...]:
    """The files of evaluations and theories at a path: those in it, or itself."""
    held = [Held(name, Theory, name) for name in theory_files(root)]
    for folder in evaluations(root):
        for name in yaml_files(str(root / folder), folder + "/"):
            model = Settings if name == f"{folder}/{SETTINGS_FILE}" else None
            held.append(Held(name, model, folder))
    path = Path(os.path.normpath(path.absolute()))
    return tuple(each for each in held if path in (root / each.name, *(root / each.name).parents))


def meanings_of(
    dossiers: Iterable[Dossier], names: Callable[[Dossier], Names]
) -> Mapping[str, Meanings]:
    """What the texts of each evaluation mean, by its folder; of each theory, by its file."""
    found: dict[str, Meanings] = {}
    for dossier in dossiers:
        meanings = Meanings(dossier, names(dossier))
        if (settings := dossier.project.settings) is not None:
            found[settings.at().file.rpartition("/")[0]] = meanings
        if (theory := dossier.project.theory) is not None:
            found.setdefault(theory.at().file, meanings)
    return found


def survey(
    root: Path,
    files: Iterable[Held],
    meanings: Mapping[str, Meanings],
    kinds: Collection[str] = UNASKED,
) -> Iterator[Mended | LeftAlone]:
    """What can be mended of each of those files, and which are left alone; nothing is written."""
    for held in files:
        raw = _bytes_of(root / held.name)
        if raw is None:
            yield LeftAlone(held.name, "unreadable", is_lacking=False)
            continue
        found = mend(raw, held.name, held.model, meanings.get(held.owner), kinds)
        if isinstance(found, Mended) and _is_linked(root, held.name):
            yield LeftAlone(held.name, "linked", is_lacking=True)
        elif found is not None:
            yield found


def mend(
    raw: bytes,
    name: str,
    model: type[Declaration] | None,
    meanings: Meanings | None,
    kinds: Collection[str] = UNASKED,
) -> Mended | LeftAlone | None:
    """One file mended, or left alone; None if there is nothing to mend in it.

    `model` is what the whole file declares, None for a file of sections; `meanings` is None where
    no evaluation says what codes and names mean.
    """
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    try:
        text = raw.removeprefix(mark).decode()
    except UnicodeDecodeError:
        return LeftAlone(name, "unreadable", is_lacking=False)
    draft = legible(text, name, model, kinds)
    if draft is None:
        return LeftAlone(name, "unreadable", is_lacking=False)
    repairs = draft.repairs
    is_legible = not repairs
    for stage in _stages(name, model, meanings, kinds):
        draft = stage(grow(draft.text, name))
        repairs += draft.repairs
        if not draft.is_faithful(name):
            return LeftAlone(name, "unfaithful", is_lacking=True)
    if not repairs:
        return None
    return Mended(name, raw, mark + draft.text.encode(), repairs, is_legible)


def _stages(
    name: str,
    model: type[Declaration] | None,
    meanings: Meanings | None,
    kinds: Collection[str],
) -> Iterator[Callable[[Tree], Draft]]:
    """What is done to a file that can be read, one thing after the other."""
    yield lambda tree: respelled(tree, name, model, meanings, kinds)
    if "order" in kinds and meanings is not None:
        yield lambda tree: ordered(tree, name, meanings.dossier)


def _bytes_of(path: Path) -> bytes | None:
    """What a file holds; None where the reader of files would not read it."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _is_linked(root: Path, name: str) -> bool:
    """Whether a link leads to the file, which may lie elsewhere, or be mended by its own name."""
    return Path(os.path.realpath(root / name)) != Path(os.path.realpath(root), name)
