"""A picture as a Mermaid flowchart, which forges draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scc_eval.diagrams.cells import counted
from scc_eval.diagrams.palette import INK, LOOKS
from scc_eval.diagrams.view import Arrow, Box, Factor, Factors, Frame, Picture
from scc_eval.languages import words as words_of

_TITLE, _LABEL = 30, 90
_SPECIAL = re.compile(r"[!-~]")
_SAFE = frozenset(" ,.':()/?!-_")
_LISTED = re.compile(r"^(\d+)([.)])(?=\s)|^-(?=\s)")
_SIGNS = {
    "confirmed": "●",
    "partly_confirmed": "◐",
    "inconclusive": "◔",
    "refuted": "✕",
    "not_tested": "⊘",
    "mixed": "◆",
    "told": "■",
    "unsaid": "◉",
    "none": "○",
    "not_to_be_proven": "–",
}


def as_mermaid(picture: Picture) -> str:
    """The source of a flowchart. Mermaid places it; a reader without it still reads the labels.

    An arrow between a packet or a box and what lies in it cannot be drawn, and is a comment.
    """
    return "".join(f"{line}\n" for line in _Writer(picture).lines())


def quoted(text: str) -> str:
    """A label: what Mermaid or Markdown would read as its own is a number between #
    and ;."""
    found = _LISTED.match(text)
    first = "".join(map(_numbered, found[0])) if found else ""
    rest = text[found.end() :] if found else text
    return f'"{first}{_SPECIAL.sub(_escaped, rest)}"'


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return character if character in _SAFE else _numbered(character)


def _numbered(character: str) -> str:
    return character if character.isalnum() else f"#{ord(character)};"


class _Writer:
    """Writes one picture; counts the lines of links, which are styled by their number."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.words: Any = words_of(picture.language)["diagrams"]
        self.names: dict[str, str] = {}
        self.above: dict[str, tuple[str, ...]] = {}
        self.count = 0
        self.styles: list[str] = []

    def lines(self) -> Iterator[str]:
        """The whole flowchart."""
        yield "flowchart LR"
        for number, frame in enumerate(self.picture.frames, 1):
            yield from self._frame(frame, f"p{number}")
        for number, group in enumerate(self.picture.factors, 1):
            yield from self._factors(group, f"x{number}")
        for arrow in self.picture.arrows:
            yield from self._arrow(arrow)
        for state, look in LOOKS.items():
            if state:
                dashes = f",stroke-dasharray:{look.dashes}" if look.dashes else ""
                colours = f"fill:{look.fill},stroke:{look.stroke},color:{INK}"
                yield f"  classDef {state} {colours}{dashes}"
        yield from self.styles

    def _frame(self, frame: Frame, name: str) -> Iterator[str]:
        self.names[frame.key], self.above[frame.key] = name, ()
        title = f"{frame.name}. {frame.label}"
        if not frame.boxes:
            told = self._counted(frame.state, frame.items, frame.cases)
            yield f"  {name}[{self._label(title, told)}]{_class(frame.state)}"
            return
        yield f"  subgraph {name}[{quoted(_short(title, _TITLE))}]"
        yield from self._boxes(frame.boxes, name, (frame.key,), "    ")
        yield "  end"

    def _boxes(
        self, boxes: tuple[Box, ...], above: str, held: tuple[str, ...], indent: str
    ) -> Iterator[str]:
        for number, box in enumerate(boxes, 1):
            name = f"{above}_{number}"
            self.names[box.key], self.above[box.key] = name, held
            if box.boxes:
                yield f"{indent}subgraph {name}[{quoted(_short(box.label, _TITLE))}]"
                yield from self._boxes(box.boxes, name, (*held, box.key), f"{indent}  ")
                yield f"{indent}end"
            else:
                told = self._counted(box.state, box.items, box.cases)
                yield f"{indent}{name}[{self._label(box.label, told)}]{_class(box.state)}"
        # Without a link between them Mermaid would put boxes in a row; with one from or to a
        # subgraph, and an arrow to what it holds, it breaks down.
        leaves = [self.names[box.key] for box in boxes if not box.boxes]
        if len(leaves) > 1 and not self._are_linked(boxes):
            yield indent + " ~~~ ".join(leaves)
            self.count += len(leaves) - 1

    def _are_linked(self, boxes: tuple[Box, ...]) -> bool:
        keys = {box.key for box in boxes}
        return any(arrow.source in keys and arrow.target in keys for arrow in self.picture.arrows)

    def _factors(self, group: Factors, name: str) -> Iterator[str]:
        shown: tuple[Factors | Factor, ...] = group.factors if group.is_whole else (group,)
        target = self.names[group.frame]
        for number, each in enumerate(shown, 1):
            title = each.title if isinstance(each, Factor) else self._many(group)
            told = self._counted(each.state, each.items, each.cases)
            node = f"{name}_{number}([{self._label(title, told)}])"
            yield f"  {node}{_class(each.state)} --> {target}"
            self._style(each.state, is_feedback=False)

    def _many(self, group: Factors) -> str:
        count = len(group.factors)
        told = self.words["factors_one" if count == 1 else "factors_many"]
        return str(told.format(count=count))

    def _arrow(self, arrow: Arrow) -> Iterator[str]:
        source, target = self.names[arrow.source], self.names[arrow.target]
        is_inside = arrow.source in self.above[arrow.target]
        is_round = arrow.source == arrow.target and source not in self._leaves()
        if is_inside or is_round or arrow.target in self.above[arrow.source]:
            yield f"  %% {source} {target}"
            return
        label = f"{_SIGNS.get(arrow.state, '')} {len(arrow.mechanisms)}".strip()
        line = "-.->" if arrow.is_feedback else "-->"
        yield f'  {source} {line}|"{label}"| {target}'
        self._style(arrow.state, is_feedback=arrow.is_feedback)

    def _leaves(self) -> frozenset[str]:
        """The names of nodes, not subgraphs."""
        held = {key for above in self.above.values() for key in above}
        return frozenset(name for key, name in self.names.items() if key not in held)

    def _style(self, state: str, *, is_feedback: bool) -> None:
        look = LOOKS[state]
        dashes = "9 3 2 3" if is_feedback else look.dashes
        dashed = f",stroke-dasharray:{dashes}" if dashes else ""
        self.styles.append(f"  linkStyle {self.count} stroke:{look.stroke}{dashed}")
        self.count += 1

    def _counted(self, state: str, items: int, cases: int) -> str:
        if not self.picture.is_lit:
            return ""
        return f"{_SIGNS[state]} {counted(items, cases, self.words)}" if state else ""

    def _label(self, text: str, told: str) -> str:
        label = quoted(_short(text, _LABEL))
        return f'{label[:-1]}<br/>{told}"' if told else label


def _short(text: str, length: int) -> str:
    """A text cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"


def _class(state: str) -> str:
    return f":::{state}" if state else ""
