"""A picture to a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from scc_eval.diagrams import bands, legend as legends
from scc_eval.diagrams.arranging import arranged
from scc_eval.diagrams.cells import Block, Card, Cell
from scc_eval.diagrams.drawing import Badge, Drawing, Panel, Route, Sign, Text
from scc_eval.diagrams.lettering import LETTER, SMALL, TITLE, fitted, width
from scc_eval.diagrams.ports import dock
from scc_eval.diagrams.setting import centred, written
from scc_eval.diagrams.spreading import HEAD, spread
from scc_eval.diagrams.stacking import stack
from scc_eval.diagrams.telling import Teller
from scc_eval.diagrams.view import Picture
from scc_eval.diagrams.wires import Wire, Wiring
from scc_eval.languages import words as words_of

MARGIN = 12
_PAGE = 1.48
"""How many times higher than wide a page is, upright, within its margins."""


def draw(picture: Picture) -> Drawing:
    """Lay a picture out. The same picture gives the same drawing, to the last digit."""
    return _Draughtsman(picture).drawing()


class _Draughtsman:
    """Lays one picture out, step by step."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.words: Any = words_of(picture.language)["diagrams"]
        self.teller = Teller(picture, self.words)
        self.title = fitted(picture.title, TITLE, 660 if picture.packet else 1000, 3, is_even=False)
        self.top = MARGIN + TITLE.leading * len(self.title) + 8

    def drawing(self) -> Drawing:
        """The whole drawing."""
        badge = max(
            (self._badge_width(arrow.mechanisms) for arrow in self.picture.arrows), default=0
        )
        columns, cards = arranged(self.picture, self.words)
        carded = frozenset(cards)
        wiring = Wiring(columns, self.picture.arrows, carded)
        bottom = stack(wiring, cards, self.top)
        dock(wiring.wires)
        right = spread(wiring, badge)
        blocks = [block for column in columns for block in column]
        for index, card in cards.items():
            (block,) = (each for each in blocks if each.index == index)
            card.x = block.x + (block.width - card.width) / 2
        panels = [*self._panels(blocks), *(self._card_panel(card) for card in cards.values())]
        routes = [self._route(wire, badge) for wire in wiring.wires]
        routes += [self._card_route(card, blocks) for card in cards.values()]
        return self._finished(panels, routes, right, bottom)

    def _finished(
        self, panels: list[Panel], routes: list[Route], right: float, bottom: float
    ) -> Drawing:
        """With what stands below the packets, the title and the legend."""
        picture = self.picture
        titled = max((width(line, TITLE) for line in self.title), default=0) + 2 * MARGIN
        across = max(right, titled, 660 if picture.packet else 480)
        shift = (across - right) // 2
        panels = [legends.moved(panel, shift) for panel in panels]
        routes = [legends.moved_route(route, shift) for route in routes]
        legend = legends.legend(picture, self.words, across - 2 * MARGIN)
        if picture.packet:
            bottom = self._below(panels, routes, across, bottom, legend.bottom)
            if len(panels) and panels[-1].kind != "row":
                legend = legends.legend(picture, self.words, across - 2 * MARGIN, is_naming=True)
        legend = legends.lowered(legend, MARGIN, bottom + 18)
        texts = [
            written(MARGIN, MARGIN + 16 + at * TITLE.leading, line, TITLE)
            for at, line in enumerate(self.title)
        ]
        return Drawing(
            ceil(across),
            ceil(legend.bottom + MARGIN),
            picture.title,
            self.teller.description(),
            picture.language,
            tuple(panels),
            tuple(routes),
            (*texts, *legend.texts),
            legend.panels,
            legend.samples,
        )

    def _below(
        self, panels: list[Panel], routes: list[Route], across: float, bottom: float, rest: float
    ) -> float:
        """Add the other factors in full, then the mechanisms if the page has room for them."""
        room = across - 2 * MARGIN
        added = bands.factors(self.picture, self.words, room, MARGIN, bottom + 30)
        if added:
            panels += added
            routes.append(self._band_route(added[0], panels))
            bottom = added[0].y + added[0].height
        named = bands.mechanisms(self.picture, self.words, room, MARGIN, bottom + 14)
        end = named[0].y + named[0].height if named else bottom
        if end + 18 + rest + MARGIN > across * _PAGE:
            return bottom
        panels += named
        return end

    # Panels.

    def _panels(self, blocks: Sequence[Block]) -> Iterator[Panel]:
        for block in blocks:
            yield self._frame_panel(block)
            for cell in block.cells():
                yield self._box_panel(block, cell)

    def _frame_panel(self, block: Block) -> Panel:
        frame = block.frame
        texts = [written(block.x + 10, block.y + 24, block.letter, LETTER, "letter")]
        middle = block.x + (block.width + block.indent - 10) / 2
        lines, signs = centred((*block.title, *block.notes), middle, block.y + 6)
        return Panel(
            "frame",
            frame.key,
            frame.anchor,
            *(block.x, block.y, block.width, block.height),
            frame.state,
            self.teller.frame(frame),
            (*texts, *lines),
            signs,
        )

    def _box_panel(self, block: Block, cell: Cell) -> Panel:
        middle = cell.x + cell.width / 2
        depth = sum(line.face.leading for line in cell.lines)
        head = cell.head if cell.cells else cell.height
        top = block.y + cell.y + (head - depth) / 2
        texts, signs = centred(cell.lines, middle, top)
        return Panel(
            "box",
            cell.box.key,
            cell.box.anchor,
            *(cell.x, block.y + cell.y, cell.width, cell.height),
            cell.box.state,
            self.teller.box(cell.box),
            texts,
            signs,
        )

    def _card_panel(self, card: Card) -> Panel:
        texts, signs = centred(card.lines, card.x + card.width / 2, card.y + 6)
        factors = card.factors
        return Panel(
            "factors",
            factors.key,
            factors.anchor,
            *(card.x, card.y, card.width, card.height),
            factors.state,
            self.teller.factors(factors),
            texts,
            signs,
        )

    # Arrows.

    def _badge_width(self, mechanisms: Sequence[object]) -> float:
        return 24 + width(str(len(mechanisms)), SMALL)

    def _route(self, wire: Wire, badge: float) -> Route:
        arrow = wire.arrow
        text = str(sum(1 for _ in arrow.mechanisms))
        return Route(
            arrow.key,
            arrow.anchor,
            arrow.source,
            arrow.target,
            tuple(wire.points),
            arrow.state,
            self.teller.arrow(arrow),
            arrow.is_feedback,
            arrow.is_emergent,
            arrow.is_hotspot,
            self._badge(wire, text, self._badge_width(arrow.mechanisms), badge),
        )

    def _badge(self, wire: Wire, text: str, wide: float, widest: float) -> Badge:
        (last_x, last_y), (x, y) = wire.points[-2:]
        if wire.drop is not None:
            y = max(y, last_y) - (HEAD + 13 if y > last_y else 19)
        elif wire.hops[-1].channel[0] == "m":
            block = wire.stops[-1].block
            assert block is not None
            is_left = last_x < x
            edge = block.x if is_left else block.x + block.width
            x = edge + (-1 if is_left else 1) * (HEAD + 3 + widest / 2)
        else:
            x += (-1 if last_x < x else 1) * (HEAD + 3 + widest / 2)
        sign = Sign(x - wide / 2 + 10, y, wire.arrow.state) if wire.arrow.state else None
        middle = x + 6 if sign else x
        number = Text(middle, y + 3.5, text, SMALL.size, False, "middle")
        return Badge(x - wide / 2, y - 8, wide, 16, number, sign)

    def _card_route(self, card: Card, blocks: Sequence[Block]) -> Route:
        factors = card.factors
        (block,) = (each for each in blocks if each.frame.key == factors.frame)
        x = card.x + card.width / 2
        if card.y > block.y:
            points = (x, card.y), (x, block.y + block.height)
        else:
            points = (x, card.y + card.height), (x, block.y)
        key = f"arrow-{factors.key}"
        told = self.teller.factors(factors)
        return Route(key, "", factors.key, factors.frame, points, factors.state, told)

    def _band_route(self, band: Panel, panels: Sequence[Panel]) -> Route:
        (frame,) = (panel for panel in panels if panel.key == self.picture.packet)
        x = frame.x + frame.width / 2
        points = ((x, band.y), (x, frame.y + frame.height))
        key = f"arrow-{band.key}"
        return Route(key, "", band.key, frame.key, points, band.state, band.told)
