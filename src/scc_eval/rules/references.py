"""SCC2xx: does every code and every name point at something that exists?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import (
    ALWAYS_ERROR,
    ALWAYS_WARNING,
    RISING_TO_WARNING,
    Issue,
    Related,
    Rule,
)
from scc_eval.rules._checks import Checks
from scc_eval.rules._names import ANY_KIND, identified, known_names, references

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration

CHECKS = Checks()

_TRACEABILITY = (
    "The Loos-en-Gohelle evaluation promises that its codes make a quality control possible; "
    "Bond's and the OECD-DAC's standards ask that sources can be followed."
)
_EVERYTHING = ("theory", "case", "evidence item", "packet")


@CHECKS.rule(
    Rule(
        "SCC201",
        "repairable-code",
        ALWAYS_WARNING,
        "{text} is not a code, but can only mean {repair}",
        "A damaged code leads nowhere, and no table counts it.",
        "Write {repair}.",
        _TRACEABILITY,
        needs=_EVERYTHING,
    )
)
def repairable_code(dossier: Dossier) -> Iterator[Issue]:
    for at, text in dossier.misplaced_codes:
        repairs = dossier.repairs(text)
        if len(repairs) == 1:
            yield Issue(at, {"text": text, "repair": repairs[0]})


@CHECKS.rule(
    Rule(
        "SCC202",
        "ambiguous-code",
        ALWAYS_ERROR,
        "{text} is not a code, and can mean any of {repairs}",
        "A damaged code leads nowhere, and choosing for the evaluator would be a guess.",
        "Write the one you meant.",
        _TRACEABILITY,
        needs=_EVERYTHING,
    )
)
def ambiguous_code(dossier: Dossier) -> Iterator[Issue]:
    for at, text in dossier.misplaced_codes:
        repairs = dossier.repairs(text)
        if len(repairs) > 1:
            yield Issue(at, {"text": text, "repairs": ", ".join(repairs)})


@CHECKS.rule(
    Rule(
        "SCC203",
        "unreadable-code",
        ALWAYS_ERROR,
        "{text} is not a code of this evaluation",
        "A code that cannot be read leads nowhere, and no table counts it.",
        "Write it after one of the forms {forms}.",
        _TRACEABILITY,
        needs=_EVERYTHING,
    )
)
def unreadable_code(dossier: Dossier) -> Iterator[Issue]:
    forms = ", ".join(dossier.grammar.forms)
    for at, text in dossier.misplaced_codes:
        if dossier.code(text) is None and not dossier.repairs(text):
            yield Issue(at, {"text": text, "forms": forms})


@CHECKS.rule(
    Rule(
        "SCC204",
        "code-outside-evaluation",
        ALWAYS_ERROR,
        "{text} names the {kind} {what}, which the evaluation does not have",
        "The code is well formed, but there is no such place for evidence to lie in.",
        "Correct the code, or declare {what}.",
        _TRACEABILITY,
        needs=("theory", "case", "packet"),
    )
)
def code_outside_evaluation(dossier: Dossier) -> Iterator[Issue]:
    for at, text in dossier.misplaced_codes:
        code = dossier.code(text)
        if code is None or dossier.repairs(text):
            continue
        if code.case not in dossier.case_named:
            kind, name = "case", code.case
        elif code.packet is not None and dossier.packet_named(code.packet) is None:
            kind, name = "packet", code.packet
        else:
            kind, name = "section", code.section or code.theme or ""
        if not dossier.is_stub(kind, name):
            yield Issue(at, {"text": text, "what": name, "kind": kind})


@CHECKS.rule(
    Rule(
        "SCC205",
        "code-without-evidence",
        ALWAYS_ERROR,
        "{name} cites {text}, where no evidence is declared",
        "The reader who follows the code finds nothing.",
        "Declare the evidence item, or take the code out.",
        _TRACEABILITY,
        needs=_EVERYTHING,
    )
)
def code_without_evidence(dossier: Dossier) -> Iterator[Issue]:
    for citing, field, index, text in dossier.citations:
        cell = dossier.cell(text)
        if cell is None or dossier.items_named(text):
            continue
        if dossier.is_stub("evidence item", text) or cell in dossier.stub_cells:
            continue
        yield Issue(citing.at(field, index), {"name": citing.name, "text": text})


@CHECKS.rule(
    Rule(
        "SCC206",
        "unknown-reference",
        ALWAYS_ERROR,
        "{name} names {text} under `{field}`, and nothing of that name is declared",
        "A reference that leads nowhere cannot be checked.",
        "Correct the name, or declare {text}.",
        _TRACEABILITY,
        needs=("theory",),
    )
)
def unknown_reference(dossier: Dossier) -> Iterator[Issue]:
    names = known_names(dossier)
    known: dict[tuple[str, ...], set[str]] = {}
    for naming, field, index, text, kinds in references(dossier):
        if kinds not in known:
            known[kinds] = set().union(*(names[kind] for kind in (*kinds, ANY_KIND)))
        if text not in known[kinds] and not dossier.blind & set(kinds):
            facts = {"name": naming.name, "text": text, "field": field}
            yield Issue(naming.at(field, index), facts)


@CHECKS.rule(
    Rule(
        "SCC207",
        "unknown-source",
        ALWAYS_ERROR,
        "{name} comes from {text}, which is not in the register of sources",
        "Evidence whose source cannot be identified cannot be weighed.",
        "Add {text} to the sources, or correct the name.",
        "OECD-DAC (2010) 3.9 asks that sources be described; UNEG asks for the list of persons and "
        "documents.",
        needs=("source",),
    )
)
def unknown_source(dossier: Dossier) -> Iterator[Issue]:
    register = dossier.source_named
    for item in dossier.evidence:
        for index, source in enumerate(item.sources):
            if source not in register and not dossier.is_stub("source", source):
                facts = {"name": item.code, "text": source}
                yield Issue(item.at("sources", index), facts)
    for declared in dossier.sources:
        for index, source in enumerate(declared.derived_from):
            if source not in register and not dossier.is_stub("source", source):
                facts = {"name": declared.id, "text": source}
                yield Issue(declared.at("derived_from", index), facts)


@CHECKS.rule(
    Rule(
        "SCC208",
        "duplicate-id",
        ALWAYS_ERROR,
        "{text} is already the name of something else ({kind})",
        "Two things of one name cannot be told apart by whoever follows the reference.",
        "Give one of the two another name.",
        "In the Loos-en-Gohelle evaluation the recommendations R1 to R3 stand beside informants R3 "
        "and R16.",
    )
)
def duplicate_id(dossier: Dossier) -> Iterator[Issue]:
    first: dict[str, Declaration] = {}
    for declared in identified(dossier):
        other = first.setdefault(declared.name, declared)
        if other is not declared:
            related = (Related(other.at(), "declared here first"),)
            yield Issue(declared.at(), {"text": declared.name, "kind": other.kind}, related)


@CHECKS.rule(
    Rule(
        "SCC209",
        "ambiguous-packet",
        ALWAYS_ERROR,
        "{text} means packet {packet} as well as packet {other}",
        "Codes would lead to two places.",
        "Give each packet a letter and a number that no other packet has.",
        "The Loos-en-Gohelle evaluation letters its packets B, C, D and numbers them 1, 2, 3 in "
        "codes.",
    )
)
def ambiguous_packet(dossier: Dossier) -> Iterator[Issue]:
    names: dict[str, str] = {}
    for packet in dossier.packets:
        for field in ("letter", "number"):
            text = getattr(packet, field)
            if text is None:
                continue
            other = names.setdefault(text, packet.letter)
            if other != packet.letter:
                facts = {"text": text, "packet": packet.letter, "other": other}
                yield Issue(packet.at(field), facts)


@CHECKS.rule(
    Rule(
        "SCC210",
        "unused-evidence",
        RISING_TO_WARNING,
        "nothing told rests on {text}, and no reason is given to set it aside",
        "All indications count, those that disturb as well; what is left out must be seen to be.",
        "Cite the item where it belongs, or write under `set_aside` why it is not used.",
        "Monnier: every indication that confirms or refutes is to be interpreted.",
        needs=(
            "evidence item",
            "theme",
            "assertion",
            "claim",
            "rival",
            "impact",
            "key point",
            "conclusion",
            "lesson",
        ),
    )
)
def unused_evidence(dossier: Dossier) -> Iterator[Issue]:
    if not dossier.assertions:
        return
    for item in dossier.evidence:
        # An item whose code names no cell cannot be cited: its code is the slip to mend.
        is_placed = dossier.cell(item.code) is not None
        is_used = item.code in dossier.cited_items or _may_be_cited(dossier, item.code)
        if is_placed and item.set_aside is None and not is_used:
            yield Issue(item.at("code"), {"text": item.code})


def _may_be_cited(dossier: Dossier, code: str) -> bool:
    """Whether something told that could not be taken mentions an item, or its cell."""
    parts = dossier.code(code)
    names = (code, parts.cell if parts else code)
    return any(dossier.is_mentioned(kind, *names) for kind in ("assertion", "theme", "claim"))
