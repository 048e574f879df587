"""Lines of pages to paragraphs with headings, over the ends of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from scc_eval.reports._pdf_notes import Title
from scc_eval.reports._pdf_page import Line, Page, Piece
from scc_eval.reports.paragraphs import Link, Paragraph, Part, Spot

_FAR = 1.3
"""How many usual distances between lines part two paragraphs."""
_USUAL, _WIDEST = 1.2, 1.7
"""In sizes of the line, the distance between lines where nothing shows it, and the widest."""
_LARGER = 1.08
"""In sizes of the body, how large a heading is at least that has no number."""
_LONGEST_HEADING = 200
_NUMBER = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s*[^\W\d]")
_BULLET = re.compile(r"\s*(?:[•◦▪‣·]\s*|[-–—*]\s+)\S")
_ENDED = re.compile(r"[.!?:;»”)]\W*$")
_WORD = re.compile(r"\s*[^\W\d]")
_WITHIN = ("_", "-", ",", "(")
"""What the line before the end of a page ends with in the middle of a code or of a list."""
_DIGITS = re.compile(r"\d+")
_FEWEST_PAGES = 3


class Block(NamedTuple):
    """Lines that make one paragraph, or what of it stands on one page."""

    page: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its lines, each but the last with its end. A space at the end of a line is kept: what
        breaks there had one."""
        return "\n".join(line.text for line in self.lines)

    @property
    def main(self) -> Piece:
        """By what it is judged."""
        return self.lines[0].main

    def pieces(self) -> Iterator[tuple[int, Piece]]:
        """Its pieces, each with the character it begins at."""
        begin = 0
        for line in self.lines:
            at = begin
            for piece in line.pieces:
                yield at, piece
                at += len(piece.text)
            begin += len(line.text) + 1

    def raised(self) -> Iterator[tuple[int, int]]:
        """The note marks in its text."""
        begin = 0
        for line in self.lines:
            yield from ((begin + first, begin + last) for first, last in line.raised())
            begin += len(line.text) + 1


def paragraphs(pages: Sequence[Page], titles: Sequence[Title]) -> Iterator[Paragraph]:
    """The paragraphs of a file in the order they are drawn; what reviewers wrote comes after its
    page, what stands at the head or the foot of most pages once."""
    margins = _margins(pages)
    blocks = [(page, _blocks(page, margins)) for page in pages]
    depths = _depths([block for _, each in blocks for block in each], titles)
    above: list[tuple[int, str]] = []
    told: set[str] = set()
    last: Paragraph | None = None
    for page, each in blocks:
        number = 0
        for words in _running(page, margins):
            if words not in told:
                told.add(words)
                number += 1
                yield Paragraph(words, number, Part.MARGIN, spots=_from(page.number))
        for block in each:
            depth = depths.get(block)
            made = _paragraph(block, number + 1, tuple(words for _, words in above), page)
            if depth is None and number == 0 and last is not None and _joins(last, made):
                last = _joined(last, made)
                continue
            if last is not None:
                yield last
            last, number = made, number + 1
            if depth is not None:
                above = [entry for entry in above if entry[0] < depth]
                last = made._replace(part=Part.HEADING, headings=tuple(w for _, w in above))
                above.append((depth, " ".join(made.text.split())))
        if page.remarks and last is not None:
            yield last
            last = None
        for words in page.remarks:
            number += 1
            headings = tuple(words for _, words in above)
            yield Paragraph(words, number, Part.COMMENT, headings, _from(page.number))
    if last is not None:
        yield last


def _from(page: int) -> tuple[Spot, ...]:
    return (Spot(0, page=page),)


def _running(page: Page, margins: frozenset[str]) -> Iterator[str]:
    for line in page.lines:
        if _shape(line) in margins:
            yield line.text.strip()


def _margins(pages: Sequence[Page]) -> frozenset[str]:
    """The shapes of lines that stand at the same height of most pages, numbers set aside."""
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    edges = Counter(shape for page in pages for shape in {*map(_shape, _edges(page))})
    return frozenset(shape for shape, times in edges.items() if 2 * times > len(pages))


def _edges(page: Page) -> Iterator[Line]:
    yield from page.lines[:2]
    yield from page.lines[-2:]


def _shape(line: Line) -> str:
    return f"{line.main.base:.0f} {_DIGITS.sub('#', line.text.strip())}"


def _blocks(page: Page, margins: frozenset[str]) -> tuple[Block, ...]:
    lines = [line for line in page.lines if _shape(line) not in margins]
    usual = _usual_distance(lines)
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and _continues(blocks[-1][-1], line, usual):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return tuple(Block(page.number, tuple(block)) for block in blocks)


def _usual_distance(lines: Sequence[Line]) -> float:
    """In sizes of the line, how far below another a line of a paragraph stands: the least distance
    that comes more than once."""
    steps = Counter(
        round((one.main.base - other.main.base) / one.main.size, 1)
        for one, other in pairwise(lines)
        if 0.8 * one.main.size < one.main.base - other.main.base < 3 * one.main.size
    )
    return min((step for step, times in steps.items() if times > 1), default=_USUAL)


def _continues(above: Line, line: Line, usual: float) -> bool:
    """Whether a line goes on with the paragraph of the one above."""
    one, other = above.main, line.main
    step = one.base - other.base
    is_near = 0 < step <= _FAR * min(usual, _WIDEST) * one.size
    is_alike = abs(one.size - other.size) < 0.06 * one.size
    is_other_face = one.font != other.font and _NUMBER.match(line.text) is not None
    return is_near and is_alike and not is_other_face and _BULLET.match(line.text) is None


def _depths(blocks: Sequence[Block], titles: Sequence[Title]) -> Mapping[Block, int]:
    """How deep the headings lie: by the outline of the file, else by their size and numbers."""
    outlined = {
        (title.page, " ".join(title.words.split()).casefold()): title.depth for title in titles
    }
    found = {
        block: outlined[key]
        for block in blocks
        if (key := (block.page, " ".join(block.text.split()).casefold())) in outlined
    }
    return found or dict(_by_size(blocks))


def _by_size(blocks: Sequence[Block]) -> Iterator[tuple[Block, int]]:
    letters: Counter[tuple[float, str]] = Counter()
    for block in blocks:
        letters[round(block.main.size, 1), block.main.font] += len(block.text)
    if not letters:
        return
    (size, font), _ = letters.most_common(1)[0]
    large = sorted({round(b.main.size, 1) for b in blocks if b.main.size > _LARGER * size})[::-1]
    for block in blocks:
        number = _NUMBER.match(block.text)
        is_large = block.main.size > _LARGER * size
        is_set_off = number is not None and block.main.font != font
        if len(block.text) < _LONGEST_HEADING and (is_large or is_set_off):
            by_number = number[1].count(".") + 1 if number else 0
            yield block, by_number or (large.index(round(block.main.size, 1)) + 1)


def _paragraph(block: Block, number: int, headings: tuple[str, ...], page: Page) -> Paragraph:
    links = tuple(_links(block, page))
    raised = tuple(block.raised())
    return Paragraph(block.text, number, Part.BODY, headings, _from(block.page), links, raised)


def _links(block: Block, page: Page) -> Iterator[Link]:
    """The links on the pieces that their rectangles cover, pieces side by side as one."""
    for address in page.addresses:
        covered = [(begin, piece) for begin, piece in block.pieces() if address.covers(piece)]
        if covered:
            begin = covered[0][0]
            end = covered[-1][0] + len(covered[-1][1].text.rstrip())
            yield Link(begin, min(end, len(block.text)), address.target)


def _joins(last: Paragraph, made: Paragraph) -> bool:
    """Whether a paragraph at the head of a page goes on with the last of the page before."""
    is_open = last.part is Part.BODY and _ENDED.search(last.text) is None
    is_within = last.text.rstrip().endswith(_WITHIN)
    return is_open and (is_within or made.text.lstrip()[:1].islower() or not _WORD.match(made.text))


def _joined(last: Paragraph, made: Paragraph) -> Paragraph:
    by = len(last.text) + 1
    return last._replace(
        text=f"{last.text}\n{made.text}",
        spots=(*last.spots, *(spot._replace(begin=spot.begin + by) for spot in made.spots)),
        links=(*last.links, *(_moved(link, by) for link in made.links)),
        raised=(*last.raised, *((begin + by, end + by) for begin, end in made.raised)),
    )


def _moved(link: Link, by: int) -> Link:
    return link._replace(begin=link.begin + by, end=link.end + by)
