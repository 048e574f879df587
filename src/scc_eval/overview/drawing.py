"""The overview as a picture of signs and words, on one screen, as wide as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from scc_eval.coverage.heat import scale
from scc_eval.fitting import (
    NARROW,
    Block,
    Line,
    Span,
    as_plain,
    cut,
    flowing,
    padded,
    paragraph,
    underlined,
)
from scc_eval.languages import words, words_of
from scc_eval.overview.advice import advise
from scc_eval.overview.packets import DOT, counted, draw_packet, shows_cells
from scc_eval.overview.records import Missing, Overview

_KINDS = 6
"""Kinds of missing things that one screen has room for."""
_NAMES = 6
"""Names of missing things of one kind."""
_NAME = 24
"""Columns of such a name."""
_LINES = 3
"""Lines of a text of the evaluator's."""
_COLLECTED = ("evidence", "roots", "interviews", "cases", "claims")
_GRAVITY = {"errors": "bad", "warnings": "warn", "notes": "", "accepted": ""}
_MARKS = {3: "▲", 2: "●", 1: "·"}
_LOOKS = {3: "bad", 2: "warn", 1: "dim"}
Words = Mapping[str, Any]


def as_text(overviews: Sequence[Overview], language: str) -> str:
    """The same picture for a pipe or a file: plain lines, in 60 columns."""
    return "\n".join(line for each in overviews for line in _lines(each, language)) + "\n"


def _lines(each: Overview, language: str) -> Iterator[str]:
    yield from underlined(each.title)
    yield from as_plain(draw(each, language, NARROW - 2))
    yield ""


def draw(
    each: Overview, language: str, width: int, packet_width: int | None = None
) -> Iterator[Block]:
    """An overview in blocks of lines, none wider than `width`, or than a width of their own for
    those of packets, which are a group."""
    own = words_of("overview", language)
    headings, word = own["headings"], each.stages[language]
    heading = headings["stage"].format(stage=each.stage, word=word)
    yield Block(heading, tuple(_standing(each, language, width)))
    if each.unread:
        yield Block(headings["unread"], tuple(_unread(each, own, width)))
    for packet in each.packets:
        heading = headings["packet"].format(letter=cut(packet.letter, _NAME))
        yield Block(
            heading, tuple(draw_packet(packet, each, language, packet_width or width)), "packets"
        )
    heading = headings["missing" if each.missing else "nothing"].format(count=len(each.missing))
    yield Block(heading, tuple(_missing(each, language, width)))
    if commands := tuple(advise(each)):
        yield Block(headings["next"], tuple(_next(commands, own, width)))


# The stage and the figures.


def _standing(each: Overview, language: str, width: int) -> Iterator[Line]:
    own = words_of("overview", language)
    question, look = (each.question, "") if each.question else (own["no_question"], "warn")
    yield from paragraph(question, width, look, most=_LINES)
    yield ()
    yield from flowing((_step(number, own, each.stage) for number in range(1, 7)), width, DOT)
    yield from flowing(_figures(each, own, _COLLECTED), width, DOT)
    yield from flowing(_figures(each, own, tuple(_GRAVITY)), width, DOT)
    if any(shows_cells(packet, each) for packet in each.packets):
        yield ()
        yield from paragraph(own["legend"], width, "dim")
        yield from flowing(scale(each.most), width)
        sections = enumerate(words(language)["coverage"]["sections"].split("|"), 1)
        told = ((Span(f"{number} {section}", "dim"),) for number, section in sections)
        yield from flowing(told, width)
    if not each.packets:
        gap = own["no_packets" if each.has_theory else "no_theory"]
        yield from paragraph(gap, width, "warn")


def _figures(each: Overview, own: Words, names: Sequence[str]) -> Iterator[Line]:
    """Figures with their nouns; nothing is said of limitations where none is accepted."""
    figures = each.figures._asdict()
    for name in names:
        if figures[name] or name != "accepted":
            look = _GRAVITY.get(name, "") if figures[name] else "dim"
            yield (Span(counted(own, name, figures[name]), look),)


def _step(number: int, own: Words, stage: int) -> Line:
    """A step of the six; signs mark the one that the evaluation is at."""
    name = f"{number} {own['stages'][str(number)]}"
    return (Span(f"▶ {name} ◀", "now"),) if number == stage else (Span(name, "dim"),)


def _unread(each: Overview, own: Words, width: int) -> Iterator[Line]:
    places = [f"{place.file}:{place.line}" for place in each.unread]
    told = own["unread"].format(places=_some(places, own, name=width))
    yield from paragraph(told, width, "bad")
    if each.unjudged:
        rules = own["unjudged"].format(rules=", ".join(each.unjudged))
        yield from paragraph(rules, width, "dim")


def _some(names: Sequence[str], own: Words, name: int = _NAME) -> str:
    """The first names, and how many more there are."""
    told = [cut(each, name) for each in names[:_NAMES]]
    return ", ".join((*told, *_more(len(names) - len(told), own)))


def _more(count: int, own: Words) -> Iterator[str]:
    if count:
        told = own["more_one" if count == 1 else "more_many"].format(count=count)
        yield str(told).replace(" ", "\N{NO-BREAK SPACE}")


# What is missing, and what to run.


def nothing_missing(each: Overview, own: Words) -> str:
    """What is said where nothing is found to be missing: nothing is, or nobody can tell."""
    if not each.has_theory:
        return str(own["nothing_known"])
    return str(own["nothing_read" if each.unjudged else "nothing_missing"])


def _missing(each: Overview, language: str, width: int) -> Iterator[Line]:
    own = words_of("overview", language)
    if not each.missing:
        look = "warn" if each.unjudged or not each.has_theory else "good"
        yield from paragraph(nothing_missing(each, own), width, look)
        return
    kinds = [tuple(group) for _, group in groupby(each.missing, key=lambda lack: lack.kind)]
    told, untold = kinds[:_KINDS], kinds[_KINDS:]
    for group in told:
        pressing = group[0].pressing
        mark = Span(f"{_MARKS[pressing]} ", _LOOKS[pressing])
        yield from paragraph(_grouped(group, language), width, "", mark, most=_LINES)
    for more in _more(sum(map(len, untold)), own):
        yield from paragraph(more, width, "", Span("  "))
    marks = dict.fromkeys(group[0].pressing for group in told)
    signs = ((Span(f"{_MARKS[mark]} {own['pressing'][str(mark)]}", "dim"),) for mark in marks)
    yield from flowing(signs, width)


def _grouped(group: Sequence[Missing], language: str) -> str:
    """One thing in its sentence; several of a kind by their names."""
    if len(group) == 1:
        return group[0].sentences[language]
    own = words_of("overview", language)
    told = own["missing"][group[0].kind]["many"].format(count=len(group))
    names = [each.subject for each in group]
    return f"{told}{own['colon']} {_some(list(dict.fromkeys(names)), own)}"


def _next(commands: Sequence[str], own: Words, width: int) -> Iterator[Line]:
    wide = max(map(len, commands)) + 2
    for command in commands:
        label = Span(f"scc {padded(command, wide)}", "name")
        yield from paragraph(own["next"][command], width, "", label)
