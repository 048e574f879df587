"""What people may call a thing, and which thing they mean: read as they write it, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.model.french import folded
from scc_eval.trails.holders import Reference, refer

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.trails.web import Web

_BY_KIND_ONLY = ("fate", "verdict", "rival")
"""What goes by the name of something else: it has to be asked for by its kind."""
_CALLED: Mapping[str, tuple[str, ...]] = {
    "assertion": ("assertion",),
    "assumption": ("assumption", "condition"),
    "box": ("box", "boite"),
    "case": ("case", "case_study", "cas", "etude_de_cas"),
    "category": ("category", "categorie"),
    "challenge": ("challenge", "objection"),
    "claim": ("claim", "affirmation", "affirmation_de_contribution"),
    "code": ("code", "cell", "cellule"),
    "conclusion": ("conclusion",),
    "evidence item": ("item", "evidence", "evidence_item", "element", "element_de_preuve"),
    "factor": ("factor", "facteur", "autre_facteur"),
    "fate": ("fate", "sort"),
    "impact": ("impact",),
    "key point": ("key_point", "point_cle"),
    "lesson": ("lesson", "enseignement"),
    "link": ("link", "fleche"),
    "measure": ("measure", "mesure"),
    "mechanism": ("mechanism", "mecanisme"),
    "packet": ("packet", "paquet", "paquet_causal"),
    "panel comment": ("panel_comment", "apport_du_panel"),
    "question": ("question",),
    "recommendation": ("recommendation", "recommandation"),
    "risk": ("risk", "risque"),
    "rival": ("rival", "explication_rivale"),
    "source": ("source", "informant", "informateur", "document", "observation"),
    "test": ("test",),
    "theme": ("theme", "heading"),
    "verdict": ("verdict",),
}
"""The words for each kind of thing, in English and in French, as they are compared."""
_KIND_CALLED = {word: kind for kind, words in _CALLED.items() for word in words}
NAMED_KINDS = tuple(_CALLED)
"""The kinds of thing that may be asked for."""
_CONFUSED = str.maketrans("ilo", "110")
_NUMBER = re.compile(r"(\d+)$")


class Reading(NamedTuple):
    """What a text may mean in one evaluation, and how freely it had to be read: 0 as written."""

    freedom: int
    meant: tuple[Reference, ...]


class _Name(NamedTuple):
    kind: str
    id: str
    written: str


def kind_called(word: str) -> str | None:
    """The kind of thing that a word stands for, in English or in French."""
    return _KIND_CALLED.get(folded(word.strip()))


def read_reference(dossier: Dossier, web: Web, text: str, kind: str | None = None) -> Reading:
    """What a text means: a name, a kind and a name, a name in other letters, the number of a
    conclusion, a damaged code; nothing if it means nothing."""
    reader = _Reader(dossier, web)
    asked = [(text.strip(), kind)]
    if (worded := _split(text)) and kind in (None, worded[1]):
        asked.append(worded)
    for freedom, way in enumerate(reader.ways):
        for name, wanted in asked:
            if meant := tuple(dict.fromkeys(way(name, wanted))):
                return Reading(freedom, meant)
    return Reading(len(reader.ways), ())


def closest(dossier: Dossier, web: Web, text: str) -> tuple[str, ...]:
    """The names most like a text that means nothing: those that begin as it does first."""
    from difflib import get_close_matches  # only a name that means nothing pays for it

    names = [name.written for name in _Reader(dossier, web).names]
    names += [item.code for item in dossier.evidence]
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(_alike(name), name)
    meant = _alike(text)
    close = get_close_matches(meant, known, n=12, cutoff=0.6)
    close.sort(key=lambda name: -_shared(name, meant))
    return tuple(known[name] for name in close[:3])


def _shared(one: str, other: str) -> int:
    """How many letters two names begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _split(text: str) -> tuple[str, str] | None:
    """A name and its kind, where a text begins with a word for one."""
    parts = text.split()
    for count in range(min(len(parts) - 1, 3), 0, -1):
        if kind := kind_called(" ".join(parts[:count])):
            return " ".join(parts[count:]), kind
    return None


def _bones(text: str) -> str:
    return folded(text).replace("_", "")


def _alike(text: str) -> str:
    """A name without what eyes and scanners take one for another."""
    return _bones(text).translate(_CONFUSED)


class _Reader:
    """Reads names in one evaluation."""

    def __init__(self, dossier: Dossier, web: Web) -> None:
        self._dossier = dossier
        self._web = web
        self.names = tuple(self._names())

    @property
    def ways(self) -> tuple[Callable[[str, str | None], Iterator[Reference]], ...]:
        """The ways to read a name, from the strictest to the freest."""
        return (self._as_written, self._folded, self._repaired, self._numbered, self._unknown)

    def _names(self) -> Iterator[_Name]:
        dossier = self._dossier
        for thing in self._web.things:
            if thing.declared is not None and thing.kind != "evidence item":
                for written in dict.fromkeys((thing.id, thing.declared.name)):
                    yield _Name(thing.kind, thing.id, written)
        for packet in dossier.packets:
            yield _Name("packet", packet.letter, packet.number or "")
        for case in dossier.cases:
            yield from (_Name("case", case.code, name) for name in (case.code, case.label))
        for category in dossier.categories:
            names = (category.id, category.label)
            yield from (_Name("category", category.id, name) for name in names)
        for link in dossier.all_links:
            yield _Name("link", link.id, link.id)

    def _of_kind(self, kind: str | None) -> Iterator[_Name]:
        """The names that may be meant; a bare number is that of a conclusion, not of a packet."""
        for name in self.names:
            is_number = name.kind == "packet" and name.written != name.id
            if name.kind == kind or (
                kind is None and name.kind not in _BY_KIND_ONLY and not is_number
            ):
                yield name

    def _as_written(self, text: str, kind: str | None) -> Iterator[Reference]:
        for name in self._of_kind(kind):
            if name.written == text:
                yield refer(self._dossier, self._web, name.kind, name.id)
        yield from self._coded(text, kind)

    def _folded(self, text: str, kind: str | None) -> Iterator[Reference]:
        bones = _bones(text)
        for name in self._of_kind(kind) if bones else ():
            if _bones(name.written) == bones:
                yield refer(self._dossier, self._web, name.kind, name.id)

    def _repaired(self, text: str, kind: str | None) -> Iterator[Reference]:
        for code in self._dossier.repairs(text):
            yield from self._coded(code, kind)

    def _numbered(self, text: str, kind: str | None) -> Iterator[Reference]:
        for name in self._of_kind(kind or "conclusion") if text.isdecimal() else ():
            number = _NUMBER.search(name.id)
            if number is not None and int(number[1]) == int(text):
                yield refer(self._dossier, self._web, name.kind, name.id)

    def _unknown(self, text: str, kind: str | None) -> Iterator[Reference]:
        if kind is None and self._web.things.named("unknown", text):
            yield refer(self._dossier, self._web, "unknown", text)

    def _coded(self, text: str, kind: str | None) -> Iterator[Reference]:
        """The items that a code names; the code itself, where it is that of a cell."""
        items = self._dossier.items_named(text)
        if not items:
            return
        code = self._dossier.code(text)
        is_cell = self._dossier.cell(text) is not None and code is not None and code.item is None
        meant = "code" if is_cell else "evidence item"
        if kind in (None, meant):
            name = text if is_cell else items[0].code
            yield refer(self._dossier, self._web, meant, name)
