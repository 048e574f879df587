"""The matrix of conclusions as text, JSON, Markdown and CSV: what is missing is said first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scc_eval.tables import EMPTY, WIDTH, guarded, spreadsheet, wrapped
from scc_eval.trails.conclusions import HOLES
from scc_eval.trails.drawing import mark, naming, shortened
from scc_eval.trails.pages import in_markdown

if TYPE_CHECKING:
    from scc_eval.trails.conclusions import Learnt, Matrix, Row
    from scc_eval.trails.nodes import Node

_TITLE = 80
"""Characters of a title in a cell."""
WARNING = "⚠"
"""What stands before a gap."""
_CSV = (
    *("evaluation", "question", "question_text", "conclusion", "conclusion_text", "tone"),
    *("rests_on", "rests_on_kind", "rests_on_text", "claims", "code", "items"),
    *("root_sources", "root_source_ids", "recommendations", "lessons", "missing"),
)


def as_json(matrices: Sequence[Matrix], words: Mapping[str, Any]) -> str:
    """Everything, for other programs. Version 1; it only grows."""
    document = {
        "version": 1,
        "evaluations": [
            {
                "name": each.name,
                "title": each.title,
                "counts": each.counts,
                "rows": [_row_in_json(row) for row in each.rows],
            }
            for each in matrices
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _row_in_json(row: Row) -> Mapping[str, object]:
    return {
        "question": row.question and _node(row.question),
        "conclusion": row.conclusion and _node(row.conclusion),
        "grounds": [
            {
                **_node(ground.node),
                "claims": ground.claims,
                "codes": [code._asdict() for code in ground.codes],
            }
            for ground in row.grounds
        ],
        "claims": [_node(claim) for claim in row.claims],
        "codes": row.codes,
        "roots": row.roots,
        "recommendations": [_node(each) for each in row.recommendations],
        "lessons": [{**_node(each.node), "through": each.through} for each in row.lessons],
        "lost": row.lost,
        "missing": row.holes,
    }


def _node(node: Node) -> dict[str, object]:
    return {"kind": node.kind, "id": node.id, "words": node.words, "mark": node.mark}


def as_csv(matrices: Sequence[Matrix], words: Mapping[str, Any]) -> str:
    """One line for each code that each thing a conclusion rests on leads to, for a spreadsheet."""
    rows = (cells for each in matrices for row in each.rows for cells in _in_csv(each.name, row))
    return spreadsheet(_CSV, ([_cell(value) for value in cells] for cells in rows))


def _in_csv(name: str, row: Row) -> Iterator[tuple[object, ...]]:
    lessons = (_learnt(lesson) for lesson in row.lessons)
    before = (name, *_told(row.question), *_told(row.conclusion))
    tone = row.conclusion.mark if row.conclusion else None
    after = ("; ".join(each.id for each in row.recommendations), "; ".join(lessons))
    for ground in _grounds_in_csv(row):
        yield (*before, tone or "", *ground, *after, "; ".join(row.holes))


def _grounds_in_csv(row: Row) -> Iterator[tuple[object, ...]]:
    for ground in row.grounds:
        named = (ground.node.id, ground.node.kind, ground.node.words, "; ".join(ground.claims))
        for code in ground.codes:
            yield (*named, code.code, code.items, len(code.roots), "; ".join(code.roots))
        if not ground.codes:
            yield (*named, "", 0, 0, "")
    if not row.grounds:
        yield ("", "", "", "", "", 0, 0, "")


def _told(node: Node | None) -> tuple[str, str]:
    return (node.id, node.words) if node else ("", "")


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value


def _learnt(lesson: Learnt) -> str:
    return f"{lesson.node.id} ({', '.join(lesson.through)})" if lesson.through else lesson.node.id


def as_markdown(matrices: Sequence[Matrix], words: Mapping[str, Any]) -> str:
    """A table for a note or a wiki: a row for each conclusion."""
    return "\n".join(line for each in matrices for line in _markdown(each, words)) + "\n"


def _markdown(each: Matrix, words: Mapping[str, Any]) -> Iterator[str]:
    own = words["trails"]["matrix"]
    yield from (
        f"# {in_markdown(each.title)}",
        "",
        f"## {own['title']}",
        "",
        summary(each, words),
        "",
    )
    yield from (*(f"- {in_markdown(line)}" for line in _missing(each, words)), "")
    heads = own["columns"].split("|")
    yield from ("| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads))
    asked = None
    for row in each.rows:
        cells = (question(row, words, is_told=asked is not row.question), *columns(row, words))
        asked = row.question
        yield "| " + " | ".join(in_markdown(cell) for cell in cells) + " |"
    yield ""


def as_text(matrices: Sequence[Matrix], words: Mapping[str, Any], width: int = WIDTH) -> str:
    """A page of plain text: each conclusion with what it hangs on, under its question."""
    return "\n".join(line for each in matrices for line in _text(each, words, width)) + "\n"


def _text(each: Matrix, words: Mapping[str, Any], width: int) -> Iterator[str]:
    yield from (*wrapped(each.title, width=width), "=" * min(len(each.title), width), "")
    yield from wrapped(summary(each, words), width=width)
    for line in _missing(each, words):
        yield from wrapped(line, "- ", "  ", width)
    asked: Node | None = None
    for place, row in enumerate(each.rows):
        if not place or row.question is not asked:
            asked = row.question
            yield from ("", *wrapped(heading(row, words), width=width))
        yield ""
        yield from _row(row, words, width)
    yield ""


def _row(row: Row, words: Mapping[str, Any], width: int) -> Iterator[str]:
    heads = words["trails"]["matrix"]["columns"].split("|")[1:]
    conclusion, *rest = columns(row, words)
    yield from wrapped(conclusion, "  ", "    ", width)
    for head, text in zip(heads[1:], rest, strict=True):
        if text != EMPTY:
            label = f"{head.lower()}{words['terms']['colon']} {text}"
            yield from wrapped(label, "      ", "        ", width)


def summary(each: Matrix, words: Mapping[str, Any]) -> str:
    """How many questions and conclusions there are."""
    return str(words["trails"]["matrix"]["summary"].format_map(each.counts))


def missing(each: Matrix) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """What is missing, and the rows it is missing in."""
    for hole in HOLES:
        found: dict[str, list[Row]] = {}
        for row in each.rows:
            if hole in row.holes:
                told = f"{hole}_{row.subject.kind}" if hole == HOLES[0] else hole
                found.setdefault(told, []).append(row)
        yield from ((told, tuple(rows)) for told, rows in found.items())


def _missing(each: Matrix, words: Mapping[str, Any]) -> Iterator[str]:
    """What is missing, in sentences; that nothing is, if it is so."""
    own = words["trails"]["matrix"]
    told = [
        own["holes"][hole].format(names=", ".join(row.subject.id for row in rows))
        for hole, rows in missing(each)
    ]
    yield from told or (own["none_missing"],)


def gaps(row: Row, words: Mapping[str, Any]) -> Iterator[str]:
    """What is missing in one row, each with its sign."""
    own = words["trails"]["matrix"]["marks"]
    for hole in row.holes:
        yield f"{WARNING} {own[hole].format(subject=row.subject.id, lost=', '.join(row.lost))}"


def heading(row: Row, words: Mapping[str, Any]) -> str:
    """The question that a row answers."""
    if row.question is None:
        return str(words["trails"]["matrix"]["no_question"])
    return f"{row.question.id}{words['terms']['colon']} {row.question.words}"


def question(row: Row, words: Mapping[str, Any], *, is_told: bool) -> str:
    """The question in a cell: told in full where it comes first."""
    if row.question is None:
        return EMPTY
    return heading(row, words) if is_told else row.question.id


def columns(row: Row, words: Mapping[str, Any]) -> tuple[str, ...]:
    """The cells of a row after its question; titles are shortened."""
    semicolon, colon = words["story"]["semicolon"], words["terms"]["colon"]

    def entitled(node: Node) -> str:
        return f"{node.id}{colon} {shortened(node.words, _TITLE)}"

    lessons = (entitled(each.node) + through(each, words) for each in row.lessons)
    conclusion = row.conclusion
    told = (f"{_concluded(conclusion, words)}{colon} {conclusion.words}",) if conclusion else ()
    cells = (
        " ".join((*told, *gaps(row, words))),
        semicolon.join(naming(node, words) for node in grounds(row)),
        ", ".join(row.codes),
        roots(row, words),
        semicolon.join(map(entitled, row.recommendations)),
        semicolon.join(lessons),
    )
    return tuple(cell or EMPTY for cell in cells)


def _concluded(conclusion: Node, words: Mapping[str, Any]) -> str:
    """A conclusion by its id, with its tone."""
    return f"{conclusion.id} ({mark(conclusion, words)})" if conclusion.mark else conclusion.id


def roots(row: Row, words: Mapping[str, Any]) -> str:
    """How many root sources a row leads to, and which."""
    if not row.roots:
        return ""
    return f"{len(row.roots)}{words['terms']['colon']} {', '.join(row.roots)}"


def through(lesson: Learnt, words: Mapping[str, Any]) -> str:
    """What a lesson shares with the conclusion, where it does not rest on it."""
    names = ", ".join(lesson.through)
    return str(words["trails"]["matrix"]["through"]).format(names=names) if names else ""


def grounds(row: Row) -> tuple[Node, ...]:
    """Every claim that a row rests on, near or far, then what else it rests on but codes."""
    near = (ground.node for ground in row.grounds if ground.node.kind not in ("claim", "code"))
    return (*row.claims, *near)
