"""What is shown of a thing on a trail: its id, its words and what people said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.model.evidence import Source
from scc_eval.places import NOWHERE, Location
from scc_eval.trails.web import HYPOTHESES, Thing

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.trails.web import Web


class Node(NamedTuple):
    """One thing on a trail. `key` is its own in the evaluation; `id` is as people know it. `mark`
    is what people said of it: a status, a fate, a role, a tone, an answer, or `set_aside`."""

    key: str
    kind: str
    id: str
    words: str = ""
    mark: str | None = None
    at: Location = NOWHERE


_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("recommendation", "measure", "lesson", "packet", *HYPOTHESES), "title"),
    **dict.fromkeys(("fate", "rival"), "reason"),
    "box": "label",
}
"""The field that tells what a thing is about, where it is not its text."""
_MARKS: Mapping[str, str] = {
    **dict.fromkeys(("claim", "verdict"), "status"),
    **dict.fromkeys(("rival", "assertion"), "role"),
    "conclusion": "tone",
    "fate": "fate",
    "challenge": "response",
    "test": "outcome",
}
"""The field that holds what people said of a thing."""
_UNMARKED = ("finding",)


def node_of(dossier: Dossier, web: Web, place: int) -> Node:
    """One thing of a web as a node."""
    thing = web.things[place]
    key = f"{thing.kind}:{thing.id}"
    twins = web.things.named(thing.kind, thing.id)
    if place != twins[0]:
        key += f"#{twins.index(place) + 1}"
    at = thing.declared.at() if thing.declared else NOWHERE
    words = " ".join(_words(dossier, thing).split())
    return Node(key, thing.kind, thing.id, words, _mark(dossier, thing), at)


def _words(dossier: Dossier, thing: Thing) -> str:
    declared = thing.declared
    if isinstance(declared, Source):
        return " · ".join(part for part in _known(dossier, declared) if part)
    if thing.kind == "theme":
        return f"{getattr(declared, 'packet', '')}.{getattr(declared, 'section', '')}"
    if thing.kind in ("challenge", "panel comment"):
        return f"{getattr(declared, 'author', '')} — {getattr(declared, 'text', '')}"
    return str(getattr(declared, _WORDS.get(thing.kind, "text"), None) or "")


def _known(dossier: Dossier, source: Source) -> tuple[str | None, ...]:
    """The label of a source, unless those who read must not see it, and its category; never the
    role of a person."""
    category = dossier.category_named.get(source.category or "")
    return None if dossier.hides(source) else source.label, category.label if category else None


def _mark(dossier: Dossier, thing: Thing) -> str | None:
    if thing.kind in HYPOTHESES:
        fate = dossier.fate_of.get(thing.id)
        return fate.fate.value if fate else None
    if thing.kind == "evidence item":
        return "set_aside" if getattr(thing.declared, "set_aside", None) else None
    said = getattr(thing.declared, _MARKS.get(thing.kind, ""), None)
    return None if said is None or said.value in _UNMARKED else str(said.value)
