"""A trail as text, JSON, Markdown and Mermaid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from scc_eval.tables import wrapped
from scc_eval.trails.drawing import (
    NARROW,
    branches,
    counted,
    figures,
    lines,
    naming,
    shortened,
    telling,
)
from scc_eval.trails.web import HYPOTHESES, Way

if TYPE_CHECKING:
    from scc_eval.trails.nodes import Node
    from scc_eval.trails.trail import Edge, Side, Trail

_PAGE, _LABEL = 120, 60
"""Characters of a text in Markdown, and in a drawing."""
_MARKDOWN = re.compile(r"([\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_]))")
_BEGINNING = re.compile(r"^(\d*)([#+\-.)])(?=\s)")
_ODD = re.compile(r"[^\w .,!?()'’«»…·/+%°–—-]")
_SHAPES: Mapping[str, tuple[str, str]] = {
    "source": ("([", "])"),
    "evidence item": ("[", "]"),
    "claim": ("{{", "}}"),
    "assertion": (">", "]"),
    "key point": ("[/", "/]"),
    "conclusion": ("[[", "]]"),
    "recommendation": ("[\\", "\\]"),
    "measure": ("[\\", "\\]"),
    "lesson": ("[/", "\\]"),
    "question": ("{", "}"),
    "verdict": ("(((", ")))"),
    "challenge": ("[\\", "/]"),
    "panel comment": ("[\\", "/]"),
    **dict.fromkeys(HYPOTHESES, ("(", ")")),
    **dict.fromkeys(("box", "packet"), ("[(", ")]")),
}
"""Each kind has its shape in a drawing; the rest is drawn as items are, with its kind in words."""


def as_text(trail: Trail, words: Mapping[str, Any]) -> str:
    """The answer in figures, then a tree each way, in lines that fit a narrow screen."""
    return "\n".join(_text(trail, words)) + "\n"


def _text(trail: Trail, words: Mapping[str, Any]) -> Iterator[str]:
    yield from answer(trail, words, NARROW)
    for way in trail.sides:
        tree = list(branches(trail, way, words))
        if tree:
            yield from ("", words["trails"]["headings"][way.value], "")
        for branch in tree:
            indent = "  " * branch.level
            yield from lines(*telling(branch, words), words, f"{indent}- ", f"{indent}  ")


def answer(trail: Trail, words: Mapping[str, Any], width: int) -> Iterator[str]:
    """What was asked for, and the answer in figures."""
    yield from lines(title(trail, words), trail.head.words, words, "", "  ", width)
    if trail.head.at.file:
        yield f"  {place(trail.head)}"
    for line in figures(trail, words):
        yield from wrapped(line, "", "  ", width)


def title(trail: Trail, words: Mapping[str, Any]) -> str:
    """The name of what was asked for; with what was written, where that is another."""
    name = naming(trail.head, words)
    if trail.head.kind == "source":
        name = f"{trail.head.id} ({counted(None, 'source', words['trails'])})"
    if trail.ref in (trail.head.id, ""):
        return name
    return f"{name}, {words['trails']['read_from'].format(ref=trail.ref)}"


def place(node: Node) -> str:
    """Where a node is declared."""
    return f"{node.at.file}:{node.at.line}"


def as_json(trail: Trail, words: Mapping[str, Any]) -> str:
    """Everything, for other programs. Version 1; it only grows."""
    document = {
        "version": 1,
        "ref": trail.ref,
        "evaluation": trail.evaluation,
        "title": trail.title,
        "head": _node(trail.head),
        "starts": trail.starts,
        **{way.value: _side(side) for way, side in trail.sides.items()},
        "alone": None if trail.alone is None else [node.key for node in trail.alone],
        "nodes": [_node(node, trail) for node in trail.nodes.values()],
        "edges": [_edge(edge) for edge in trail.edges],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _side(side: Side) -> Mapping[str, object]:
    return {
        "counts": side.counts,
        "codes": side.codes,
        "polarities": side.polarities,
        "roots": side.roots,
        "cut": sorted(side.cut),
    }


def _node(node: Node, trail: Trail | None = None) -> Mapping[str, object]:
    at = node.at
    found = {"file": at.file, "line": at.line, "column": at.column} if at.file else None
    told = {"key": node.key, "kind": node.kind, "id": node.id, "words": node.words}
    sides = trail.sides.items() if trail else ()
    steps = {way.value: side.steps.get(node.key) for way, side in sides}
    return {**told, "mark": node.mark, "place": found, **steps}


def _edge(edge: Edge) -> Mapping[str, object]:
    return edge._asdict()


def as_markdown(trail: Trail, words: Mapping[str, Any]) -> str:
    """Nested lists for a note or a wiki; nothing in them is taken for markup but their own."""
    return "\n".join(_markdown(trail, words)) + "\n"


def _markdown(trail: Trail, words: Mapping[str, Any]) -> Iterator[str]:
    own, colon = words["trails"], words["terms"]["colon"]
    yield from (f"# {in_markdown(title(trail, words))}", "")
    yield from (in_markdown(trail.head.words), "") if trail.head.words else ()
    yield from (f"- {in_markdown(line)}" for line in figures(trail, words))
    for way in trail.sides:
        yield from ("", f"## {own['headings'][way.value]}", "")
        for branch in branches(trail, way, words):
            called, said = telling(branch, words)
            text = f"{colon} {in_markdown(shortened(said, _PAGE))}" if said else ""
            yield f"{'  ' * branch.level}- {in_markdown(called)}{text}"


def in_markdown(text: str) -> str:
    """A text that stays as it is in a line of Markdown."""
    marked = _MARKDOWN.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")
    return _BEGINNING.sub(r"\1\\\2", marked)


def as_mermaid(trail: Trail, words: Mapping[str, Any]) -> str:
    """A flowchart from what things rest on, on the left, to what rests on them."""
    return "\n".join(_mermaid(trail, words)) + "\n"


def _mermaid(trail: Trail, words: Mapping[str, Any]) -> Iterator[str]:
    yield "flowchart LR"
    names = {key: f"n{number}" for number, key in enumerate(trail.nodes, 1)}
    for key, node in trail.nodes.items():
        opening, closing = _SHAPES.get(node.kind, ("[", "]"))
        yield f'  {names[key]}{opening}"{_label(node, words)}"{closing}'
    relations = words["trails"]["relations"][Way.DOWN.value]
    polarities = words["trails"]["polarities"]
    for edge in trail.edges:
        relation = polarities[edge.polarity] if edge.polarity else relations[edge.relation]
        arrow = "-.->" if edge.polarity == "against" else "-->"
        label = in_drawing(relation.rstrip(","))
        yield f'  {names[edge.upper]} {arrow}|"{label}"| {names[edge.lower]}'
    for start in trail.starts:
        yield f"  style {names[start]} stroke-width:4px"


def _label(node: Node, words: Mapping[str, Any]) -> str:
    kind = counted(None, node.kind, words["trails"])
    said = f" — {node.words}" if node.words else ""
    return in_drawing(shortened(f"{kind} {node.id}{said}", _LABEL))


def in_drawing(text: str) -> str:
    """A text that stays as it is in a drawing, whatever stands in it."""
    return _ODD.sub(lambda found: "".join(f"#{ord(c)};" for c in found[0]), " ".join(text.split()))
