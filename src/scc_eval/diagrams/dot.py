"""A picture as the text of a Graphviz graph, for who owns Graphviz."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scc_eval.diagrams.cells import counted
from scc_eval.diagrams.palette import LOOKS
from scc_eval.diagrams.view import Arrow, Box, Factor, Factors, Frame, Picture, all_boxes
from scc_eval.languages import words as words_of


def as_dot(picture: Picture) -> str:
    """The source of a directed graph with a cluster for each packet and each box that holds
    others."""
    return "".join(f"{line}\n" for line in _Writer(picture).lines())


def quoted(*lines: str) -> str:
    """Lines as one string: nothing in them is an escape of Graphviz, nor its HTML."""
    plain = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines if line)
    return '"' + "\\n".join(plain) + '"'


class _Writer:
    """Writes one picture. An arrow to a cluster goes to a node in it, and is cut at its edge."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.words: Any = words_of(picture.language)["diagrams"]
        self.nodes: dict[str, str] = {}
        self.clusters: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        """The whole graph."""
        yield "digraph {"
        yield f"  graph [rankdir=LR, compound=true, label={quoted(self.picture.title)}, labelloc=t]"
        yield '  node [shape=box, style="filled,rounded", fontname="Arial"]'
        yield '  edge [fontname="Arial"]'
        for number, frame in enumerate(self.picture.frames, 1):
            yield from self._frame(frame, number)
        for number, group in enumerate(self.picture.factors, 1):
            yield from self._factors(group, number)
        for arrow in self.picture.arrows:
            yield self._arrow(arrow)
        yield "}"

    def _frame(self, frame: Frame, number: int) -> Iterator[str]:
        name = f"p{number}"
        title = f"{frame.name}. {frame.title}"
        yield from self._cluster(
            frame.key, name, (title, self._counted(frame)), frame.boxes, frame.state, "  "
        )

    def _cluster(
        self,
        key: str,
        name: str,
        title: tuple[str, ...],
        boxes: tuple[Box, ...],
        state: str,
        indent: str,
    ) -> Iterator[str]:
        look = LOOKS[state]
        self.clusters[key] = f"cluster_{name}"
        yield f"{indent}subgraph cluster_{name} {{"
        style = "dashed" if look.dashes else "solid"
        yield f'{indent}  graph [label={quoted(*title)}, style={style}, color="{look.stroke}"]'
        for at, box in enumerate(boxes, 1):
            yield from self._box(box, f"{name}_{at}", f"{indent}  ")
        if not boxes:
            yield f'{indent}  {name} [style=invis, label=""]'
        within = list(all_boxes(boxes))
        self.nodes[key] = self.nodes[within[0].key] if within else name
        yield f"{indent}}}"

    def _box(self, box: Box, name: str, indent: str) -> Iterator[str]:
        told = (box.label, self._counted(box))
        if box.boxes:
            yield from self._cluster(box.key, name, told, box.boxes, box.state, indent)
            return
        self.nodes[box.key] = name
        yield f"{indent}{name} [label={quoted(*told)}, {_look(box.state)}]"

    def _factors(self, group: Factors, number: int) -> Iterator[str]:
        shown: tuple[Factors | Factor, ...] = group.factors if group.is_whole else (group,)
        many = "factors_one" if len(group.factors) == 1 else "factors_many"
        for at, each in enumerate(shown, 1):
            title = self.words[many].format(count=len(group.factors))
            title = each.title if isinstance(each, Factor) else title
            name = f"x{number}_{at}"
            label = quoted(title, self._counted(each))
            yield f"  {name} [label={label}, {_look(each.state, 'dashed,rounded,filled')}]"
            head = f'lhead="{self.clusters[group.frame]}", '
            yield f"  {name} -> {self.nodes[group.frame]} [{head}{_stroke(each.state)}]"

    def _arrow(self, arrow: Arrow) -> str:
        ends = f"{self.nodes[arrow.source]} -> {self.nodes[arrow.target]}"
        given = [f"label={quoted(str(len(arrow.mechanisms)))}", _stroke(arrow.state)]
        for name, key in (("ltail", arrow.source), ("lhead", arrow.target)):
            if key in self.clusters:
                given.append(f'{name}="{self.clusters[key]}"')
        given += ["constraint=false", "arrowhead=empty"] if arrow.is_feedback else []
        return f"  {ends} [{', '.join(given)}]"

    def _counted(self, part: Frame | Box | Factors | Factor) -> str:
        if not self.picture.is_lit:
            return ""
        said = self.words["states"].get(part.state, "")
        told = counted(part.items, part.cases, self.words)
        return f"{said}; {told}" if part.state not in ("none", "unsaid") else told


def _look(state: str, style: str = "") -> str:
    look = LOOKS[state]
    dashes = style or ("filled,rounded,dashed" if look.dashes else "filled,rounded")
    return f'fillcolor="{look.fill}", color="{look.stroke}", style="{dashes}"'


def _stroke(state: str) -> str:
    look = LOOKS[state]
    return f'color="{look.stroke}"' + (", style=dashed" if look.dashes else "")
