"""The files of a new workspace: an empty evaluation, or the worked examples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scc_eval import resources
from scc_eval.schema import KINDS, as_text

_TEXT = (".yaml", ".md")
_EXAMPLES = ("loos-repaired", "quit-together")
"""The worked examples on which the quality control has nothing to say."""


def empty(language: str) -> Mapping[str, str]:
    """A theory and an evaluation to fill in, with the words and the field names of a language."""
    return _texts(resources.folder("templates") / "scaffold" / language) | schemas()


def example() -> Mapping[str, str]:
    """The worked examples."""
    files: dict[str, str] = {}
    for name in _EXAMPLES:
        theory = resources.folder("theories") / f"{name}.yaml"
        files[f"theories/{name}.yaml"] = theory.read_text(encoding="utf-8")
        files |= _texts(resources.folder("evidence") / name, f"evidence/{name}/")
    return files | schemas()


def schemas() -> dict[str, str]:
    """The schemas the files point editors to."""
    return {f"schema/{kind}.json": as_text(kind) for kind in KINDS}


def _texts(folder: Path, prefix: str = "") -> dict[str, str]:
    return {
        prefix + path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in _TEXT
    }
