"""Other ways of looking at the evidence: each adds a column beside it, and none decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.settings import Lens

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.languages import Words

__all__ = ["Column", "Entry", "is_on", "lens_columns"]


class Entry(NamedTuple):
    """What a lens shows of one claim, test or packet: its name, and a text under each heading."""

    name: str
    values: tuple[str, ...]


class Column(NamedTuple):
    """What a lens shows beside the evidence: a title, how to read it, headings and entries.

    The first heading is that of the names. No score stands without its descriptor.
    """

    lens: Lens
    title: str
    note: str
    heads: tuple[str, ...]
    entries: tuple[Entry, ...]


Look = Callable[["Dossier", "Words"], Iterator[Column]]
"""How a lens looks at a dossier, in the words of a language."""


def is_on(dossier: Dossier, lens: Lens) -> bool:
    """Whether the evaluation has switched a lens on."""
    return lens in dossier.settings.lenses


def lens_columns(dossier: Dossier, language: str | None = None) -> tuple[Column, ...]:
    """What the lenses that are switched on show, in the order of their list; none if none is.

    The language (`en`, `fr`) is the evaluation's own unless given.
    """
    if not dossier.settings.lenses:
        return ()
    from scc_eval.languages import words  # only a lens that is on pays for these
    from scc_eval.lenses import aston, cerqual, process_tracing, quip

    looks: dict[Lens, Look] = {
        Lens.PROCESS_TRACING: process_tracing.look,
        Lens.CERQUAL: cerqual.look,
        Lens.ASTON: aston.look,
        Lens.QUIP: quip.look,
    }
    spoken = words(language or dossier.settings.language.value)["lenses"]
    lenses = [lens for lens in Lens if is_on(dossier, lens)]
    return tuple(column for lens in lenses for column in looks[lens](dossier, spoken))
