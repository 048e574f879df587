"""The matrix of conclusions as one HTML page that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain, count, groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from scc_eval.framing import framed
from scc_eval.tables import EMPTY, marked_up
from scc_eval.trails.drawing import mark
from scc_eval.trails.tables import gaps, grounds, heading, missing, roots, summary, through

if TYPE_CHECKING:
    from scc_eval.trails.conclusions import Matrix, Row
    from scc_eval.trails.nodes import Node

_STYLE = """\
main { max-width: none; } .page { display: block; max-width: 110rem; }
h2 { font-size: 1.22rem; margin: 1.5rem 0 .5rem; padding: 0; border: 0; }
caption { text-align: left; color: var(--quiet); padding: .3rem .6rem; }
.matrix { overflow: auto; max-height: 92vh; margin: 1.5rem 0; border: 1px solid var(--rule); }
.matrix thead th { position: sticky; top: 0; background: var(--paper); z-index: 1; }
.matrix th[scope=rowgroup] { background: var(--wash); font-weight: 600; }
.matrix th[scope=row] { min-width: 16rem; } .matrix td { min-width: 9rem; }
.matrix td:nth-of-type(1) { min-width: 18rem; }
.matrix ul { margin: 0; padding-left: 1rem; } .gap-note { display: block; }
.matrix .id, .matrix .cite { white-space: nowrap; }
@media print { @page { size: A4 landscape; margin: 12mm; }
  h2 { break-before: auto; } tr { break-inside: auto; } table { font-size: 7.5pt; }
  thead { display: table-header-group; } .matrix thead th { position: static; }
  .matrix { overflow: visible; max-height: none; border: 0; }
  .matrix th, .matrix td, .matrix td:nth-of-type(1) { min-width: 0; overflow-wrap: break-word; } }
"""
_SPACE = re.compile(r"\s+")


def as_html(matrices: Sequence[Matrix], words: Mapping[str, Any]) -> str:
    """A table for an annex: each conclusion in a row, under its question."""
    titles = ", ".join(each.title for each in matrices)
    title = words["trails"]["matrix"]["html_title"].format(title=titles)
    return framed(words["trails"]["language"], title, _STYLE, _body(matrices, words))


def _body(matrices: Sequence[Matrix], words: Mapping[str, Any]) -> Iterator[str]:
    placed: set[str] = set()
    for each in matrices:
        anchors = tuple(_anchor(row, placed) for row in each.rows)
        yield from _evaluation(each, words, anchors)


def _anchor(row: Row, placed: set[str]) -> str:
    """A name for the place of a row that no other place has: the id of its subject, if free."""
    name = _SPACE.sub("-", row.subject.id)
    names = chain((name,), (f"{name}-{number}" for number in count(2)))
    free = next(each for each in names if each not in placed)
    placed.add(free)
    return free


def _evaluation(each: Matrix, words: Mapping[str, Any], anchors: Sequence[str]) -> Iterator[str]:
    own = words["trails"]["matrix"]
    yield f'<header>\n<p class="kind">{marked_up(own["title"])}</p>'
    yield f"<h1>{marked_up(each.title)}</h1>\n</header>"
    yield f"<p>{marked_up(summary(each, words))}</p>"
    places = {id(row): anchor for row, anchor in zip(each.rows, anchors, strict=True)}
    yield f"<h2>{marked_up(own['missing'])}</h2>\n<ul>"
    for hole, rows in missing(each):
        links = (_link(row.subject.id, places[id(row)]) for row in rows)
        yield f"<li>{marked_up(own['holes'][hole]).format(names=', '.join(links))}</li>"
    if not any(row.holes for row in each.rows):
        yield f"<li>{marked_up(own['none_missing'])}</li>"
    yield "</ul>"
    yield from _table(each, words, places)


def _link(text: str, anchor: str) -> str:
    return f'<a href="#{quote(anchor, safe="-._~")}">{marked_up(text)}</a>'


def _table(each: Matrix, words: Mapping[str, Any], places: Mapping[int, str]) -> Iterator[str]:
    own = words["trails"]["matrix"]
    heads = own["columns"].split("|")[1:]
    title = marked_up(own["title"])
    yield f'<div class="matrix" role="region" aria-label="{title}" tabindex="0">\n<table>'
    yield f"<caption>{marked_up(own['caption'])}</caption>"
    cells = "".join(f'<th scope="col">{marked_up(head)}</th>' for head in heads)
    yield f"<thead><tr>{cells}</tr></thead>"
    for _, rows in groupby(each.rows, key=lambda row: row.question):
        told = tuple(rows)
        yield "<tbody>"
        asked = marked_up(heading(told[0], words))
        yield f'<tr><th scope="rowgroup" colspan="{len(heads)}">{asked}</th></tr>'
        for row in told:
            yield f'<tr id="{escape(places[id(row)])}">{"".join(_cells(row, words))}</tr>'
        yield "</tbody>"
    yield "</table>\n</div>"


def _cells(row: Row, words: Mapping[str, Any]) -> Iterator[str]:
    gap = "".join(f' <span class="gap-note">{marked_up(text)}</span>' for text in gaps(row, words))
    told = _named(row.conclusion, words) if row.conclusion else ""
    yield f'<th scope="row">{told}{gap}</th>'
    lessons = (
        f'{_named(each.node, words)}<span class="cite">{marked_up(through(each, words))}</span>'
        for each in row.lessons
    )
    yield from (
        _listed(_named(node, words) for node in grounds(row)),
        f"<td>{marked_up(', '.join(row.codes) or EMPTY)}</td>",
        f"<td>{marked_up(roots(row, words) or EMPTY)}</td>",
        _listed(_named(node, words) for node in row.recommendations),
        _listed(lessons),
    )


def _named(node: Node, words: Mapping[str, Any]) -> str:
    """A node by its id, what people said of it and its words."""
    said = f' <span class="tag">{marked_up(mark(node, words))}</span>' if node.mark else ""
    return f'<b class="id">{marked_up(node.id)}</b>{said} {marked_up(node.words)}'


def _listed(texts: Iterable[str]) -> str:
    entries = "".join(f"<li>{text}</li>" for text in texts)
    return f"<td><ul>{entries}</ul></td>" if entries else f"<td>{EMPTY}</td>"
