"""A trail as branches, in the words of a language: what every picture and page of it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from scc_eval.tables import wrapped
from scc_eval.trails.alone import RESTING
from scc_eval.trails.nodes import Node
from scc_eval.trails.web import HYPOTHESES, Way

if TYPE_CHECKING:
    from scc_eval.trails.trail import Edge, Side, Trail

NARROW = 60
"""Columns of a trail in plain text."""
DEEPEST = 12
"""The level below which a tree is set in no further, so that words keep some room."""
_TIE = "\N{NO-BREAK SPACE}"
_LINES = 2
"""Lines that the words of a node may take in a picture."""
_BARE = ("evidence item", "source")
"""Kinds that go without saying."""
_FIGURES: Mapping[Way, tuple[str, ...]] = {
    Way.UP: (
        *("conclusion", "claim", "key point", "assertion", "test"),
        *("evidence item", "unknown"),
    ),
    Way.DOWN: (
        *("evidence item", "test", "claim", "assertion", "key point", "impact", "conclusion"),
        *("question", "recommendation", "lesson", "verdict"),
    ),
}
"""The kinds that are counted in the answer, in their order."""
_NEVER: Mapping[Way, tuple[str, ...]] = {
    Way.UP: ("category", "challenge", "panel comment", "unknown"),
    Way.DOWN: (
        *("recommendation", "measure", "lesson", "question", "verdict"),
        *("impact", "theme", "rival", "fate"),
    ),
}
"""The kinds that never rest on anything, and those that nothing ever rests on."""
_MARKED: Mapping[str, str] = {
    **dict.fromkeys(("claim", "verdict"), "statuses"),
    "conclusion": "tones",
    "rival": "roles",
    "challenge": "responses",
    **dict.fromkeys(("fate", *HYPOTHESES), "fates"),
}
"""The list of words that a mark is of."""


class Branch(NamedTuple):
    """A node in a tree, and how it is tied to the one before it."""

    level: int
    relation: str
    node: Node
    is_known: bool
    """Whether it stood above already."""
    is_whole: bool
    """Whether nothing that it leads to stands elsewhere."""


def branches(trail: Trail, way: Way, words: Mapping[str, Any]) -> Iterator[Branch]:
    """The tree of a trail one way; what stood once is not told again."""
    side = trail.sides[way]
    own = words["trails"]
    shown = {trail.head.key}
    ahead = list(_first(trail, side, way, own))[::-1]
    while ahead:
        level, relation, key = ahead.pop()
        onward = side.edges.get(key, ())
        is_known = key in shown
        is_whole = key not in side.cut and not (is_known and onward)
        yield Branch(level, relation, trail.nodes[key], is_known, is_whole)
        if not is_known:
            shown.add(key)
            below = min(level + 1, DEEPEST)
            ahead += [(below, *_told(edge, way, own)) for edge in onward][::-1]


def _first(
    trail: Trail, side: Side, way: Way, own: Mapping[str, Any]
) -> Iterator[tuple[int, str, str]]:
    """The branches next to what was asked for: its own, and what it holds."""
    for start in trail.starts:
        if start == trail.head.key:
            yield from ((0, *_told(edge, way, own)) for edge in side.edges.get(start, ()))
        elif start in side.edges or not (way is Way.UP and trail.nodes[start].kind == "source"):
            yield 0, own["holds"], start


def _told(edge: Edge, way: Way, own: Mapping[str, Any]) -> tuple[str, str]:
    relations = own["relations"][way.value]
    relation = own["polarities"][edge.polarity] if edge.polarity else relations[edge.relation]
    return relation, edge.end(way)


def naming(node: Node, words: Mapping[str, Any]) -> str:
    """The id of a node, with what kind of thing it is and what people said of it."""
    own = words["trails"]
    said = [] if node.kind in _BARE else [counted(None, node.kind, own)]
    said += [mark(node, words)] if node.mark else []
    return f"{node.id} ({', '.join(said)})" if said else node.id


def mark(node: Node, words: Mapping[str, Any]) -> str:
    """What people said of a node."""
    own = words["trails"]
    if node.kind not in _MARKED:
        return str(own["marks"][node.mark])
    said = words["story"][_MARKED[node.kind]][node.mark]
    return str(own["said"].get(node.kind, "{said}")).format(said=said)


def counted(count: int | None, kind: str, own: Mapping[str, Any]) -> str:
    """A number and its noun; the noun alone where there is no number."""
    one, many = own["kinds"][kind].split("|")
    return one if count is None else f"{count} {one if count == 1 else many}"


def telling(branch: Branch, words: Mapping[str, Any]) -> tuple[str, str]:
    """A branch in two parts: how it is tied and what it is called, and its words."""
    called = f"{branch.relation} {naming(branch.node, words)}"
    if not branch.is_whole:
        where = words["trails"]["above" if branch.is_known else "further"]
        called += f" {where.replace(' ', _TIE)}"
    return called, "" if branch.is_known else branch.node.words


def lines(
    called: str,
    said: str,
    words: Mapping[str, Any],
    first: str = "",
    then: str = "",
    width: int = NARROW,
) -> list[str]:
    """A name and its words in lines that fit; the words are shortened to two lines, the name
    never is."""
    named = f"{called}{words['terms']['colon']}" if said else called
    found = list(wrapped(f"{named} {said}", first, then, width))
    most = max(_LINES, len(list(wrapped(named, first, then, width))))
    if len(found) <= most:
        return found
    return [*found[: most - 1], _ended(found[most - 1], width)]


def _ended(line: str, width: int) -> str:
    """A line that goes on beyond its end."""
    while len(line) > width - 2 and " " in line.strip():
        line = line[: line.rstrip().rindex(" ")].rstrip()
    return f"{line} …"


def shortened(text: str, length: int) -> str:
    """A text of at most that many characters, cut between words."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut[: cut.rindex(" ")] if " " in cut else cut).rstrip() + "…"


def figures(trail: Trail, words: Mapping[str, Any]) -> Iterator[str]:
    """The answer in figures: what it holds and rests on, what rests on it, and on it alone."""
    own = words["trails"]
    if trail.starts != (trail.head.key,):
        yield own["held"].format(things=", ".join(_held(trail, own)) or own["nothing"])
    for way, side in trail.sides.items():
        parts = [", ".join(_counts(side, way, own)), _roots(side, own)]
        things = own["semicolon"].join(part for part in parts if part)
        if things:
            yield own[way.value].format(things=things)
        elif way is Way.UP and trail.head.kind == "source":
            yield _repeated(trail, side, own)
        elif trail.head.kind not in _NEVER[way]:
            yield own[way.value].format(things=own["nothing"])
        can_rest = way is Way.DOWN and not side.counts.keys().isdisjoint(RESTING)
        if can_rest and trail.alone is not None:
            yield own["alone"].format(things=_alone(trail, own) or own["nothing"])


def _repeated(trail: Trail, side: Side, own: Mapping[str, Any]) -> str:
    """What a source repeats; that it is a root source, if it repeats nothing."""
    names = [trail.nodes[key].id for key, step in side.steps.items() if step]
    return str(own["repeats"].format(names=", ".join(names)) if names else own["root"])


def _held(trail: Trail, own: Mapping[str, Any]) -> Iterator[str]:
    kinds = Counter(trail.nodes[start].kind for start in trail.starts if start != trail.head.key)
    yield from (counted(count, kind, own) for kind, count in kinds.items())


def _counts(side: Side, way: Way, own: Mapping[str, Any]) -> Iterator[str]:
    for kind in _FIGURES[way]:
        count = side.counts.get(kind, 0)
        told = counted(count, kind, own)
        if count and kind == "evidence item":
            codes = counted(side.codes, "code", own)
            yield own["coded"].format(items=told + _sides(side, own), codes=codes)
        elif count:
            yield counted(count, "answer", own) if kind == "question" else told


def _sides(side: Side, own: Mapping[str, Any]) -> str:
    """How many items speak for, against and about what was asked for, where they differ."""
    said = [own["sides"][name].format(count=n) for name, n in side.polarities.items()]
    return f" ({', '.join(said)})" if len(said) > 1 else ""


def _roots(side: Side, own: Mapping[str, Any]) -> str:
    if not side.roots:
        return ""
    count = counted(len(side.roots), "root", own)
    return str(own["rooted"].format(roots=count, names=", ".join(side.roots)))


def _alone(trail: Trail, own: Mapping[str, Any]) -> str:
    names: dict[str, list[str]] = {kind: [] for kind in _FIGURES[Way.DOWN]}
    for node in trail.alone or ():
        names[node.kind].append(node.id)
    return ", ".join(
        f"{counted(len(found), kind, own)} ({', '.join(found)})"
        for kind, found in names.items()
        if found
    )
