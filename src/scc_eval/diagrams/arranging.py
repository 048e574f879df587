"""A picture to blocks in columns, not yet placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scc_eval.diagrams.cells import BOX, PAD, Block, Card, framed, grouped
from scc_eval.diagrams.layers import layered, stacked
from scc_eval.diagrams.view import Box, Frame, Picture, all_boxes

_CARD = 176
_BETWEEN, _SHOWN = 44, 300
_TALL = 9
"""How many boxes without arrows between them may stand below each other."""


def arranged(picture: Picture, words: Any) -> tuple[list[list[Block]], dict[int, Card]]:
    """The packets column by column, and their other factors by the number of the packet."""
    return _Arranger(picture, words).columns()


class _Arranger:
    """Makes blocks of the packets of a picture and puts them in columns."""

    def __init__(self, picture: Picture, words: Any) -> None:
        self.picture = picture
        self.words = words
        self.place_of = {
            key: at
            for at, frame in enumerate(picture.frames)
            for key in (frame.key, *(box.key for box in all_boxes(frame.boxes)))
        }

    def columns(self) -> tuple[list[list[Block]], dict[int, Card]]:
        """The packets column by column, and their other factors by the number of the packet."""
        shapes = [self._shape(frame) for frame in self.picture.frames]
        natural = {
            at: self._room(self.picture.frames[at], len(shape)) for at, shape in enumerate(shapes)
        }
        blocks = self._framed(shapes, natural)
        cards = {} if self.picture.packet else self._cards()
        grouped_in = self._grouping(blocks, cards)
        rooms = {at: max(natural[other] for other in col) for col in grouped_in for at in col}
        blocks = self._framed(shapes, rooms)
        return [[blocks[at] for at in column] for column in grouped_in], cards

    def _grouping(
        self, blocks: Sequence[Block], cards: Mapping[int, Card]
    ) -> tuple[tuple[int, ...], ...]:
        """Which packets stand below each other."""
        count = len(blocks)
        if not count:
            return ()
        shown = [at for at, f in enumerate(self.picture.frames) if f.key == self.picture.packet]
        if shown:
            causes = tuple(at for at in range(count) if at not in shown)
            return (causes, tuple(shown)) if causes else (tuple(shown),)
        ends = [
            (self.place_of[arrow.source], self.place_of[arrow.target])
            for arrow in self.picture.arrows
            if not arrow.is_feedback
        ]
        heights = {}
        for block in blocks:
            block.settle((3,) * len(block.columns))
            card = cards.get(block.index)
            heights[block.index] = block.height + (card.height + 28 if card else 0) + 40
        widths = {block.index: block.width for block in blocks}
        return stacked(layered(count, ends), heights, widths, 84)

    def _framed(self, shapes: list[list[list[Box]]], rooms: Mapping[int, float]) -> list[Block]:
        lit = self.picture.is_lit
        return [
            framed(frame, at, shapes[at], rooms[at], self.words, is_lit=lit)
            for at, frame in enumerate(self.picture.frames)
        ]

    def _room(self, frame: Frame, columns: int) -> float:
        """How wide a packet is at least."""
        boxes = max(columns, 1) * BOX + max(columns - 1, 0) * _BETWEEN + 2 * PAD
        return max(boxes, _SHOWN) if frame.key == self.picture.packet else boxes

    def _shape(self, frame: Frame) -> list[list[Box]]:
        """The boxes of a packet in columns: causes left of what they lead to if there are two such
        layers; one below the other if there are more, or none."""
        boxes = frame.boxes
        if not boxes:
            return []
        home = {each.key: at for at, box in enumerate(boxes) for each in all_boxes((box,))}
        ends = [
            (home[arrow.source], home[arrow.target])
            for arrow in self.picture.arrows
            if not arrow.is_feedback and arrow.source in home and arrow.target in home
        ]
        layers = layered(len(boxes), ends, is_following=False)
        if len(layers) == 2:
            return [[boxes[at] for at in layer] for layer in layers]
        is_shown = frame.key == self.picture.packet
        most = 3 if is_shown else _TALL
        if len(layers) == 1 and len(boxes) > most:
            half = -(-len(boxes) // 2)
            return [list(boxes[:half]), list(boxes[half:])]
        return [list(boxes)]

    def _cards(self) -> dict[int, Card]:
        lit = self.picture.is_lit
        return {
            self.place_of[each.frame]: grouped(each, _CARD, self.words, is_lit=lit)
            for each in self.picture.factors
        }
