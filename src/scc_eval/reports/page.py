"""Any report as one page of HTML, with links and remarks in it: also those, such as PDF, that
cannot be written again in their own kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import count, pairwise
from typing import Final, NewType

from scc_eval.reports.copying import Edit
from scc_eval.reports.paragraphs import Paragraph, Part, Report

_Edits = Sequence[tuple[Edit, list[tuple[int, str]]]]
"""Edits with their remarks, each with its number."""

_Html = NewType("_Html", str)
"""HTML as it is written: made by `_text` and `_tag` alone, so that no text is taken for markup."""

_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_UNSEEN: Final = re.compile(r"[\x00-\x20]")
_LABELLED: Final = frozenset({Part.NOTE, Part.COMMENT, Part.MARGIN, Part.BOX})
_VOID: Final = frozenset({"meta"})
_STYLE: Final = """
:root { --ink: #1d2733; --paper: #fff; --quiet: #56626f; --rule: #d5dbe1; --wash: #f4f6f8;
  --link: #0b5394; --warn: #8a4b00; --warn-wash: #fff4e0; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --paper: #14191f; --quiet: #a3aeb9;
  --rule: #36404a; --wash: #1c232b; --link: #8dc1f5; --warn: #f2b866; --warn-wash: #33270f; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: var(--paper);
  font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
main { max-width: 66rem; margin: 0 auto; padding: 1.5rem 1.25rem 5rem; }
h1, h2, h3, h4, h5, h6, .turn, .label, .remarks, .number
  { font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { line-height: 1.2; } h2, h3, h4, h5, h6 { line-height: 1.3; margin: 1.8rem 0 .5rem; }
h1, h2, h3, h4, h5, h6, p { max-width: 44rem; }
p { margin: .6rem 0; white-space: pre-line; }
h2, h3, h4, h5, h6 { white-space: pre-line; }
a { color: var(--link); text-underline-offset: .15em; }
:target { background: var(--warn-wash); }
mark { color: inherit; background: var(--warn-wash); border-bottom: 2px solid var(--warn); }
del { color: var(--quiet); } ins { text-decoration: none; font-weight: 600; }
sup { line-height: 0; }
.number { font-size: .7em; font-weight: 600; padding: 0 .1em; } .number a { color: var(--warn); }
.turn { color: var(--quiet); font-size: .8rem; border-top: 1px solid var(--rule);
  margin-top: 2rem; }
span.turn { border: 1px solid var(--rule); border-radius: .2rem; padding: 0 .3rem; }
.label { color: var(--quiet); font-size: .8em; margin-right: .4em; }
.table, .note, .comment, .margin, .box { border-left: 3px solid var(--rule); padding-left: .8rem; }
.note, .comment, .margin { font-size: .92em; } .table { background: var(--wash); margin: 0; }
.remarks { font-size: .85rem; line-height: 1.45; }
.remarks p { border-left: 3px solid var(--warn); background: var(--warn-wash); margin: .4rem 0;
  padding: .3rem .7rem; }
@media (min-width: 60rem) { .row { display: grid; grid-template-columns: minmax(0, 44rem) 16rem;
  column-gap: 2rem; align-items: start; } }
@media (max-width: 44rem) { p { white-space: normal; } }
@media print { :root { --ink: #000; --paper: #fff; --quiet: #444; --rule: #bbb; --wash: #f6f6f6;
    --link: #000; --warn: #5a3000; --warn-wash: #f6f0e4; }
  body { font-size: 10.5pt; line-height: 1.45; } main { max-width: none; padding: 0; }
  h2, h3, h4, h5, h6 { break-after: avoid; } .row { break-inside: avoid; } }
"""


def as_page(report: Report, edits: Iterable[Edit], title: str, words: Mapping[str, str]) -> str:
    """The whole page. Edits do not overlap; each comment of theirs is a remark with a number.

    `words` are the labels of the page: `language`, `page` and `remark` (with `{page}` and
    `{number}` in them), and the names of the parts `note`, `comment`, `margin` and `box`.
    """
    page = _Page(report, edits, words)
    head = _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        _tag("title", _text(title)),
        _tag("style", _Html(_STYLE)),
    )
    main = _tag("main", _tag("h1", _text(title)), *page.blocks())
    html = _tag("html", head, _tag("body", main), lang=words["language"])
    return f"<!DOCTYPE html>\n{html}\n"


class _Page:
    """The paragraphs of one report, in their order."""

    def __init__(self, report: Report, edits: Iterable[Edit], words: Mapping[str, str]) -> None:
        self._paragraphs = report.paragraphs
        self._words = words
        self._numbers = count(1)
        self._page = 0
        self._edits: dict[int, list[Edit]] = {}
        for edit in sorted(edits):
            self._edits.setdefault(edit.paragraph, []).append(edit)

    def blocks(self) -> Iterator[_Html]:
        """Each paragraph, after the number of its page if that is new, with its remarks."""
        for index, paragraph in enumerate(self._paragraphs):
            if turn := self._turn(paragraph.spots[0].page):
                yield _Html("\n" + _tag("p", turn, class_="turn"))
            edits = [(edit, self._numbered(edit)) for edit in self._edits.get(index, ())]
            block = self._block(index, paragraph, edits)
            remarks = [self._remark(*one) for _, numbered in edits for one in numbered]
            if remarks:
                block = _tag("div", block, _tag("div", *remarks, class_="remarks"), class_="row")
            yield _Html("\n" + block)

    def _numbered(self, edit: Edit) -> list[tuple[int, str]]:
        return [(next(self._numbers), comment) for comment in edit.comments]

    def _turn(self, page: int) -> _Html:
        """What says that a page begins here; nothing if it is the one that we are on."""
        is_new = page not in (0, self._page)
        self._page = page or self._page
        return _text(self._words["page"].format(page=page)) if is_new else _Html("")

    def _block(self, index: int, paragraph: Paragraph, edits: _Edits) -> _Html:
        name = f"p{index + 1}"
        content = self._content(paragraph, edits)
        if paragraph.part is Part.HEADING:
            level = min(len(paragraph.headings) + 2, 6)
            return _tag(f"h{level}", *content, id=name)
        part = paragraph.part.value
        label = _Html("")
        if paragraph.part in _LABELLED:
            label = _tag("span", _text(self._words[part]), class_="label")
        return _tag("p", label, *content, id=name, class_=part)

    def _content(self, paragraph: Paragraph, edits: _Edits) -> Iterator[_Html]:
        position = 0
        for edit, numbered in edits:
            yield from self._stretch(paragraph, position, edit.begin)
            yield from self._edited(paragraph, edit, [number for number, _ in numbered])
            position = edit.end
        yield from self._stretch(paragraph, position, len(paragraph.text))

    def _edited(self, paragraph: Paragraph, edit: Edit, numbers: Sequence[int]) -> Iterator[_Html]:
        if edit.text is None:
            content = list(self._stretch(paragraph, edit.begin, edit.end, edit.address))
        else:
            before = _text(paragraph.text[edit.begin : edit.end])
            after = _tag("ins", _linked(_text(edit.text), edit.address))
            content = [_tag("del", before), after]
        yield _tag("mark", *content) if numbers else _Html("".join(content))
        for number in numbers:
            link = _tag("a", _text(str(number)), href=f"#remark{number}", id=f"mark{number}")
            yield _tag("sup", link, class_="number")

    def _stretch(
        self, paragraph: Paragraph, begin: int, end: int, address: str | None = None
    ) -> Iterator[_Html]:
        """A stretch of the text, with its own links if it is given no other."""
        spots = pairwise(paragraph.spots)
        turns = {spot.begin: spot.page for last, spot in spots if spot.page != last.page}
        edges = {edge for link in paragraph.links for edge in link[:2]}
        edges |= {edge for marks in paragraph.raised for edge in marks} | turns.keys()
        cuts = sorted({begin, end} | {edge for edge in edges if begin < edge < end})
        for start, stop in pairwise(cuts):
            if turn := self._turn(turns.get(start, 0)):
                yield _tag("span", turn, class_="turn")
            text = _text(paragraph.text[start:stop])
            if any(first <= start < last for first, last in paragraph.raised):
                text = _tag("sup", text)
            own = (link.address for link in paragraph.links if link.begin <= start < link.end)
            yield _linked(text, address or next(filter(_is_whole, own), None))

    def _remark(self, number: int, comment: str) -> _Html:
        name = _text(self._words["remark"].format(number=number))
        link = _tag("a", name, href=f"#mark{number}")
        return _tag("p", link, _text(f" {comment}"), id=f"remark{number}", role="note")


def _linked(content: _Html, address: str | None) -> _Html:
    """The content, with a link unless its address could do anything but lead somewhere."""
    scheme = _SCHEME.match(_UNSEEN.sub("", address or ""))
    if not address or (scheme and scheme[1].lower() not in _SCHEMES):
        return content
    return _tag("a", content, href=address)


def _is_whole(address: str) -> bool:
    """Whether an address leads to the same place from wherever it stands."""
    return _SCHEME.match(address) is not None


def _text(text: str) -> _Html:
    # What cannot be written in UTF-8, as halves of a character from a damaged font, becomes `?`.
    return _Html(escape(text.encode("utf-8", "replace").decode("utf-8")))


def _tag(element: str, /, *content: _Html, **attributes: str) -> _Html:
    """An element. An attribute is called as in HTML, with `_` for a hyphen."""
    said = (
        f' {attribute.rstrip("_").replace("_", "-")}="{_text(value)}"'
        for attribute, value in attributes.items()
    )
    opening = f"<{element}{''.join(said)}>"
    return _Html(opening if element in _VOID else f"{opening}{''.join(content)}</{element}>")
