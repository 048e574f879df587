"""The balance sheet as text, JSON, Markdown and CSV. What nobody spoke of comes first in each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from scc_eval.tables import EMPTY, escaped, guarded, markdown, spreadsheet, titled, wrapped

if TYPE_CHECKING:
    from scc_eval.balance.sheet import Balance, Entry, Side

_SIDES = ("supports", "against", "nuances", "context")
_SIGNS = {"supports": "+", "against": "−", "nuances": "~"}


def as_json(sheets: Sequence[Balance], words: Mapping[str, Any]) -> str:
    """Everything, for other programs. Version 1; it only grows."""
    document = {
        "version": 1,
        "evaluations": [
            {
                "name": each.name,
                "title": each.title,
                "counts": each.counts,
                "hypotheses": [asdict(entry) for entry in each.entries],
            }
            for each in sheets
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(sheets: Sequence[Balance], words: Mapping[str, Any]) -> str:
    """One line per hypothesis and evaluation, for a spreadsheet."""
    heads = (
        *("evaluation", "packets", "id", "kind", "title", "where", "examined", "origin", "since"),
        *("state", "fate_date", "fate_reason", "roles", "claims"),
        *(f"{side}{part}" for side in _SIDES for part in ("", "_roots", "_cases", "_codes")),
    )
    return spreadsheet(heads, (_csv_row(each.name, e) for each in sheets for e in each.entries))


def _csv_row(name: str, entry: Entry) -> tuple[object, ...]:
    roles = (
        f"{role.packet}{'/' if role.cases else ''}{','.join(role.cases)}: {role.role}"
        for role in entry.roles
    )
    claims = (
        f"{claim.id}: {claim.status or EMPTY}, {claim.form or EMPTY}" for claim in entry.claims
    )
    texts = (
        *(name, "; ".join(entry.packets), entry.id, entry.kind, entry.title, entry.where),
        *("yes" if entry.is_examined else "no", entry.origin, entry.since or "", entry.state),
        *(entry.date or "", entry.reason or "", "; ".join(roles), "; ".join(claims)),
    )
    sides = (cell for side in _SIDES for cell in _csv_side(getattr(entry, side)))
    return (*(guarded(text) for text in texts), *sides)


def _csv_side(side: Side) -> tuple[object, ...]:
    cases, codes = guarded("; ".join(side.cases)), guarded("; ".join(side.codes))
    return side.items, side.roots, cases, codes


def as_markdown(sheets: Sequence[Balance], words: Mapping[str, Any]) -> str:
    """A table for a note or a wiki."""
    return "\n".join(line for each in sheets for line in _lines(each, words)) + "\n"


def _lines(each: Balance, words: Mapping[str, Any]) -> Iterator[str]:
    own = words["balance"]
    yield from (f"# {escaped(each.title)}", "", f"## {own['kind']}", "", summary(each, words), "")
    for heading, entries in groups(each, words):
        yield from (f"### {heading}", "")
        yield from markdown(own["columns"].split("|"), (_row(entry, words) for entry in entries))
        yield ""


def _row(entry: Entry, words: Mapping[str, Any]) -> tuple[str, ...]:
    sides = (_told(getattr(entry, side)) or EMPTY for side in _SIGNS)
    fate = became(entry, words) + (f". {entry.reason}" if entry.reason else "")
    named = (entry.id, entry.title, place(entry, words), origin(entry, words), fate)
    return (*named, claims(entry, words) or EMPTY, *sides)


def as_text(sheets: Sequence[Balance], words: Mapping[str, Any]) -> str:
    """A page of plain text, for a terminal or a pipe."""
    return "\n".join(line for each in sheets for line in _text(each, words)) + "\n"


def _text(each: Balance, words: Mapping[str, Any]) -> Iterator[str]:
    own = words["balance"]
    yield from (*titled(each.title), "")
    yield from wrapped(summary(each, words))
    yield from wrapped(own["legend"])
    for heading, entries in groups(each, words):
        yield from ("", heading)
        for entry in entries:
            yield from _entry(entry, words)
    yield ""


def _entry(entry: Entry, words: Mapping[str, Any]) -> Iterator[str]:
    own = words["balance"]
    yield from wrapped(f"{entry.id} {entry.title}", "  ", "    ")
    where = words["story"]["semicolon"].join((place(entry, words), origin(entry, words)))
    yield from wrapped(where, "      ", "      ")
    fate = became(entry, words) + (f". {entry.reason}" if entry.reason else "")
    if entry.fate or entry.roles:
        yield from _labelled(own["became"], fate)
    if entry.claims:
        yield from _labelled(own["claims"], claims(entry, words))
    for side, sign in _SIGNS.items():
        if told := _told(getattr(entry, side)):
            yield from wrapped(f"{sign} {told}", "      ", "        ")
    if not any(getattr(entry, side).items for side in _SIGNS):
        yield f"      {own['no_evidence']}"


def _labelled(label: str, text: str) -> Iterator[str]:
    yield from wrapped(f"{label} {text}", "      ", "        ")


def _told(side: Side) -> str:
    """How many items and root sources a side has, in which cases, and their codes."""
    if not side.items:
        return ""
    cases = f" ({', '.join(side.cases)})" if side.cases else ""
    return f"{side.items}/{side.roots}{cases}: {', '.join(side.codes)}"


def summary(each: Balance, words: Mapping[str, Any]) -> str:
    """How many hypotheses were declared, emerged, have a fate or are without a word."""
    return str(words["balance"]["summary"].format_map(each.counts))


def groups(each: Balance, words: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The hypotheses under what became of them; those outside the examination last."""
    own = words["balance"]

    def heading(entry: Entry) -> str:
        return str(own["states"][entry.state] if entry.is_examined else own["outside"])

    for title, entries in groupby(each.entries, key=heading):
        yield title, tuple(entries)


def place(entry: Entry, words: Mapping[str, Any]) -> str:
    """What kind of hypothesis it is, and of which link or on what."""
    return str(words["balance"]["places"][entry.kind].format(where=entry.where))


def origin(entry: Entry, words: Mapping[str, Any]) -> str:
    """Whether it was declared or emerged, and since when."""
    told = str(words["story"]["origins"][entry.origin])
    return f"{told} ({entry.since})" if entry.since else told


def became(entry: Entry, words: Mapping[str, Any]) -> str:
    """What people said became of it: its fate and its date, its roles packet by packet."""
    fates, roles = words["story"]["fates"], words["story"]["roles"]
    told = [f"{fates[entry.fate]}{f' ({entry.date})' if entry.date else ''}"] if entry.fate else []
    for role in entry.roles:
        cases = f"{words['story']['colon']} {', '.join(role.cases)}" if role.cases else ""
        told.append(f"{roles[role.role]} ({role.packet}{cases})")
    return str(words["story"]["semicolon"].join(told) or fates["unsaid"])


def claims(entry: Entry, words: Mapping[str, Any]) -> str:
    """The claims that name it, with what was said of each."""
    story = words["story"]
    told = []
    for claim in entry.claims:
        said = [story["statuses"][claim.status]] if claim.status else []
        said += [story["forms"][claim.form]] if claim.form else []
        told.append(f"{claim.id} ({', '.join(said)})" if said else claim.id)
    return str(story["semicolon"].join(told))


def drawn_row(entry: Entry, words: Mapping[str, Any]) -> tuple[str, ...]:
    """What a narrow screen has room for: id, what became of it, for, against, nuances, title."""
    sides = (getattr(entry, side) for side in _SIGNS)
    figures = (f"{side.items}/{side.roots}" if side.items else EMPTY for side in sides)
    title = (entry.title, place(entry, words), *(claim.id for claim in entry.claims))
    return (entry.id, became(entry, words), *figures, " · ".join(title))
