"""SCC3xx: does every part of the theory, and every case, have evidence?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import (
    ALWAYS_NOTE,
    RISING_TO_ERROR,
    RISING_TO_WARNING,
    Issue,
    Rule,
)
from scc_eval.dossier import SECTIONS, Dossier
from scc_eval.rules._checks import Checks

if TYPE_CHECKING:
    from scc_eval.model.theory import Packet

CHECKS = Checks()

_NEEDS = ("theory", "evidence item", "case", "packet")
_STEP_THREE = "Mayne's third step: gather the existing evidence on the theory of change."


@CHECKS.rule(
    Rule(
        "SCC301",
        "packet-without-evidence",
        RISING_TO_ERROR,
        "no evidence is coded to packet {packet} ({title})",
        "A contribution story is only as strong as its weakest causal packet.",
        "Code at least one evidence item to packet {packet}, or mark it `to_be_proven: false`.",
        _STEP_THREE,
        needs=_NEEDS,
    )
)
def packet_without_evidence(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        if not _has_items(dossier, packet):
            yield Issue(packet.at(), {"packet": packet.letter, "title": packet.title})


@CHECKS.rule(
    Rule(
        "SCC302",
        "section-without-evidence",
        RISING_TO_ERROR,
        "packet {packet} ({title}) has {count} items on {section}, fewer than {least}",
        "A packet is judged on three things: what changed, what points to the programme, and what "
        "else could explain it. One of them is bare here.",
        "Collect and code evidence on {section} for packet {packet}.",
        "The three sections are those of the Loos-en-Gohelle evaluation; the least number of "
        "items is our own default, `thresholds: items_per_section` (1).",
        needs=_NEEDS,
        thresholds=("items_per_section",),
    )
)
def section_without_evidence(dossier: Dossier) -> Iterator[Issue]:
    least = dossier.settings.thresholds.items_per_section
    for packet in dossier.examined_packets:
        if not _has_items(dossier, packet):
            continue
        for section in SECTIONS:
            count = len(dossier.items_in(packet=packet.letter, section=section))
            if count < least and not _has_stubs(dossier, packet, section):
                yield Issue(
                    packet.at(),
                    {
                        "packet": packet.letter,
                        "title": packet.title,
                        "section": _SECTION_WORDS[section],
                        "count": str(count),
                        "least": str(least),
                    },
                )


_SECTION_WORDS = {1: "observed change", 2: "signs of contribution", 3: "other explanations"}


@CHECKS.rule(
    Rule(
        "SCC303",
        "case-without-evidence",
        RISING_TO_ERROR,
        "no evidence is coded to the case {case} ({label})",
        "A case chosen and left empty says nothing, and the reader will ask why it is there.",
        "Code the case's evidence, or take the case out and say why.",
        _STEP_THREE,
        needs=_NEEDS,
    )
)
def case_without_evidence(dossier: Dossier) -> Iterator[Issue]:
    for case in dossier.cases:
        has_stub = any(cell.case == case.code for cell in dossier.stub_cells)
        if not has_stub and not dossier.items_in(case=case.code):
            yield Issue(case.at("code"), {"case": case.code, "label": case.label})


@CHECKS.rule(
    Rule(
        "SCC304",
        "empty-cell",
        ALWAYS_NOTE,
        "the case {case} is silent on {section} in packet {packet}",
        "Silence is not absence: it may be that nobody asked, or that nothing was found.",
        "Code what the case says of it, or note in the story that it was looked for in vain.",
        "Process tracing: absence of evidence is not evidence of absence.",
        needs=_NEEDS,
    )
)
def empty_cell(dossier: Dossier) -> Iterator[Issue]:
    filled = {(cell.case, cell.packet, cell.section) for cell in dossier.by_cell}
    filled |= {(cell.case, cell.packet, cell.section) for cell in dossier.stub_cells}
    packets = [p for p in dossier.examined_packets if _has_items(dossier, p)]
    for case in dossier.cases:
        if not any(name == case.code for name, *_ in filled):
            continue
        for packet in packets:
            # Silence on other explanations beside signs of contribution is graver: SCC605 tells it.
            is_one_sided = (case.code, packet.letter, 2) in filled
            for section in SECTIONS[:2] if is_one_sided else SECTIONS:
                is_told = any((packet.letter, section) == cell[1:] for cell in filled)
                if is_told and (case.code, packet.letter, section) not in filled:
                    facts = {"case": case.code, "packet": packet.letter}
                    yield Issue(case.at("code"), {**facts, "section": _SECTION_WORDS[section]})


@CHECKS.rule(
    Rule(
        "SCC305",
        "mechanism-without-evidence",
        RISING_TO_WARNING,
        "no evidence bears on the mechanism {mechanism} of {link} ({title})",
        "A mechanism that was supposed and then forgotten is neither confirmed nor refuted: the "
        "reader cannot tell that it was not left out because it disturbed.",
        "Name {mechanism} under `bears_on` of the items that speak for or against it, or collect "
        "some.",
        "Delahais and Toulemonde: every hypothesis is confronted with the evidence; Monnier asks "
        "that none be dropped in silence.",
        needs=_NEEDS,
    )
)
def mechanism_without_evidence(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        if not _has_items(dossier, packet):
            continue
        for mechanism in dossier.mechanisms_of(packet):
            is_told = dossier.is_left_untested(mechanism.id)
            if not is_told and not _is_spoken_of(dossier, mechanism.id):
                facts = {
                    "mechanism": mechanism.id,
                    "link": dossier.link_of[mechanism.id].id,
                    "title": mechanism.title,
                }
                yield Issue(mechanism.at(), facts)


def _is_spoken_of(dossier: Dossier, name: str) -> bool:
    return bool(dossier.bearing_on(name).all) or dossier.is_mentioned("evidence item", name)


def _has_items(dossier: Dossier, packet: Packet) -> bool:
    has_stub = any(cell.packet == packet.letter for cell in dossier.stub_cells)
    return has_stub or bool(dossier.items_in(packet=packet.letter))


def _has_stubs(dossier: Dossier, packet: Packet, section: int) -> bool:
    return any(
        cell.packet == packet.letter and cell.section == section for cell in dossier.stub_cells
    )
