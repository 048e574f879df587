"""The plan as text, JSON, Markdown and CSV, by rank; or as sheets to tick, one for each case."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any, NamedTuple

from scc_eval.languages import words
from scc_eval.planning.want import Asked, Kind, Plan, Voice, Want
from scc_eval.tables import escaped, guarded, spreadsheet, titled, wrapped

BOX = "☐"
_MARKDOWN_BREAK = '<div style="break-after: page"></div>\n'


def as_json(plans: Sequence[Plan], cases: Sequence[str] = ()) -> str:
    """Everything, for other programs. Version 1; it only grows."""
    document = {
        "version": 1,
        "kinds": [kind.value for kind in Kind],
        "evaluations": [
            {
                "name": each.name,
                "title": each.title,
                "language": each.language,
                "stage": each.stage,
                "fieldwork": fieldwork(each),
                "is_unread": each.is_unread,
                "wanted": [{"rank": want.kind.rank, **asdict(want)} for want in _kept(each, cases)],
            }
            for each in plans
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _kept(each: Plan, cases: Sequence[str]) -> Iterator[Want]:
    """What is wanted in some cases, or at all."""
    for want in each.wants:
        if not cases or any(asked.case in cases for asked in want.cases):
            yield want


def as_csv(plans: Sequence[Plan], cases: Sequence[str] = ()) -> str:
    """One line for each thing and case, by rank; for a spreadsheet."""
    heads = (
        *("evaluation", "rank", "kind", "packet", "subject", "subject_kind", "title", "case"),
        *("case_label", "question", "whom", "why", "claims"),
    )
    return spreadsheet(heads, (row for each in plans for row in _csv_rows(each, cases)))


def _csv_rows(each: Plan, cases: Sequence[str]) -> Iterator[tuple[object, ...]]:
    for want in _kept(each, cases):
        nowhere = Asked("", "", want.question)
        for asked in want.cases or (nowhere,):
            if not cases or asked.case in cases:
                texts = (
                    *(want.packet, want.subject, want.subject_kind, want.title, asked.case),
                    *(asked.label, asked.question, voices(want.whom), want.why),
                    "; ".join(want.claims),
                )
                kind = want.kind.value
                yield each.name, want.kind.rank, kind, *(guarded(text) for text in texts)


def as_markdown(plans: Sequence[Plan], cases: Sequence[str] = ()) -> str:
    """Lists for a note or a wiki; for cases, a sheet of boxes to tick for each."""
    if cases:
        return "\n".join(_pages(plans, cases, _markdown_sheet, _MARKDOWN_BREAK)) + "\n"
    return "\n".join(line for each in plans for line in _markdown(each)) + "\n"


def _markdown(each: Plan) -> Iterator[str]:
    own = words(each.language)["planning"]
    yield from (f"# {escaped(each.title)}", "")
    for line in introduction(each, own):
        yield from (escaped(line), "")
    for heading, wants in by_kind(each, own):
        yield from (f"## {escaped(heading)}", "")
        for want in wants:
            yield f"- **{escaped(naming(want, own))}**"
            yield from (f"  - {label} {escaped(text)}" for label, text in details(want, own))
        yield ""


class Sheet(NamedTuple):
    """What to look for in one case, with what to think of it at this stage; that it is nothing, if
    it is."""

    plan: Plan
    title: str
    remarks: tuple[str, ...]
    wants: tuple[tuple[Want, Asked], ...]


def sheets(plans: Sequence[Plan], cases: Sequence[str]) -> Iterator[Sheet]:
    """A sheet for each of the cases."""
    chosen = ((each, code, label) for each in plans for code, label in each.cases if code in cases)
    for each, code, label in chosen:
        own = words(each.language)["planning"]
        wants = each.of_case(code)
        _, *remarks = introduction(each, own)
        nothing = () if wants else (str(own["nothing_here"]),)
        title = own["sheet"].format(case=label, code=code)
        yield Sheet(each, title, (*remarks, *nothing), wants)


Writer = Callable[[Sheet, Mapping[str, Any]], Iterator[str]]
"""A sheet to its lines, in some words."""


def _pages(
    plans: Sequence[Plan], cases: Sequence[str], write: Writer, parting: str
) -> Iterator[str]:
    """Each sheet on a page of its own."""
    for number, sheet in enumerate(sheets(plans, cases)):
        if number:
            yield parting
        yield from write(sheet, words(sheet.plan.language)["planning"])
        yield ""


def _markdown_sheet(sheet: Sheet, own: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"# {escaped(sheet.title)}", "", escaped(sheet.plan.title), "")
    for line in sheet.remarks:
        yield from (escaped(line), "")
    for want, asked in sheet.wants:
        yield f"- {BOX} **{escaped(naming(want, own))}**"
        told = on_sheet(want, asked, own)
        yield from (f"  - {label} {escaped(text)}" for label, text in told)


def as_text(plans: Sequence[Plan], cases: Sequence[str] = ()) -> str:
    """Pages of plain text, for a terminal or a pipe; for cases, a sheet of boxes for each."""
    if cases:
        return "\n".join(_pages(plans, cases, _text_sheet, "\f")) + "\n"
    return "\n".join(line for each in plans for line in _text(each)) + "\n"


def _text(each: Plan) -> Iterator[str]:
    own = words(each.language)["planning"]
    yield from (*titled(each.title), "")
    for line in introduction(each, own):
        yield from wrapped(line)
    for heading, wants in by_kind(each, own):
        yield from ("", *wrapped(heading))
        for want in wants:
            yield from wrapped(naming(want, own), "  ", "    ")
            for label, text in details(want, own):
                yield from wrapped(f"{label} {text}", "      ", "        ")
    yield ""


def _text_sheet(sheet: Sheet, own: Mapping[str, Any]) -> Iterator[str]:
    yield from (*titled(sheet.title), *wrapped(sheet.plan.title))
    for line in sheet.remarks:
        yield from wrapped(line)
    for want, asked in sheet.wants:
        yield ""
        yield from wrapped(naming(want, own), f"{BOX} ", "  ")
        for label, text in on_sheet(want, asked, own):
            yield from wrapped(f"{label} {text}", "    ", "      ")


def fieldwork(each: Plan) -> str:
    """Whether fieldwork is `before` the stage, `during` it or `over`."""
    return "before" if each.stage < 2 else "during" if each.stage < 5 else "over"


def introduction(each: Plan, own: Mapping[str, Any]) -> Iterator[str]:
    """How much is wanted, and what to think of it at this stage."""
    count = len(each.wants)
    key = "none" if not count else "one" if count == 1 else "many"
    yield own["wanted"][key].format(count=count)
    if fieldwork(each) != "during":
        yield own["fieldwork"][fieldwork(each)].format(stage=each.stage)
    if each.is_unread:
        yield own["unread"]


def by_kind(each: Plan, own: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Want, ...]]]:
    """What is wanted, under what kind of thing is missing."""
    for kind, wants in groupby(each.wants, key=lambda want: want.kind):
        yield str(own["kinds"][kind.value]), tuple(wants)


def naming(want: Want, own: Mapping[str, Any]) -> str:
    """What it is about: its packet, its id, what kind of thing it is and its title."""
    kind = own["subjects"][want.subject_kind].format(id=want.subject)
    return f"{want.packet} · {kind}{own['colon']} {' '.join(want.title.split())}"


def details(want: Want, own: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The question, whom to ask and where, and what it could change, each under its label."""
    where = ", ".join(asked.case for asked in want.cases)
    yield own["labels"]["ask"], want.question
    yield own["labels"]["whom"], _heard(want, own)
    if where:
        yield own["labels"]["where"], where
    yield own["labels"]["why"], want.why


def on_sheet(want: Want, asked: Asked, own: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The question as it is asked in one case, whom to ask, and what it could change."""
    yield own["labels"]["ask"], asked.question
    yield own["labels"]["whom"], _heard(want, own)
    yield own["labels"]["why"], want.why


def _heard(want: Want, own: Mapping[str, Any]) -> str:
    return voices(want.whom, own["semicolon"]) or str(own["anybody"])


def voices(whom: Sequence[Voice], semicolon: str = "; ") -> str:
    """Interest groups, each with its categories where they have other names."""
    return semicolon.join(
        voice.interest
        if voice.categories == (voice.interest,)
        else f"{voice.interest} ({', '.join(voice.categories)})"
        for voice in whom
    )
