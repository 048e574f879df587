"""Diagnostics by what they are on: causal packets of an evaluation, or files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scc_eval.diagnostics import Diagnostic, Rule
from scc_eval.output.packets import sorter
from scc_eval.output.summary import Suite

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

_FAMILIES = "1234567"
"""The families of rules that judge what lies in packets; the others judge files, closing chapters
and how the work was done."""


def by_packet(
    dossier: Dossier,
    diagnostics: Sequence[Diagnostic],
    rules: Sequence[Rule],
    muted: Sequence[Rule],
    words: Mapping[str, Any],
) -> Iterator[Suite]:
    """A suite for each causal packet that is examined, and one for what belongs to none.

    The suite of a packet has the rules on theory, references, evidence, claims, other explanations
    and story, whether or not something was found; and any other by which something was.
    """
    letter_of = sorter(dossier)
    own = words["summary"]
    letters = [letter_of(found) for found in diagnostics]
    examined = [packet.letter for packet in dossier.examined_packets]
    for letter in examined:
        here = (d for d, there in zip(diagnostics, letters, strict=True) if there == letter)
        part = f"{own['packet']} {letter}"
        name = own["suite"].format(evaluation=dossier.name, part=part)
        yield Suite(name, tuple(here), _on_packets(rules), _on_packets(muted))
    rest = (d for d, there in zip(diagnostics, letters, strict=True) if there not in examined)
    name = own["suite"].format(evaluation=dossier.name, part=own["evaluation"])
    yield Suite(name, tuple(rest), tuple(rules), tuple(muted))


def by_file(
    files: Iterable[str], diagnostics: Sequence[Diagnostic], rules: Sequence[Rule]
) -> tuple[Suite, ...]:
    """A suite for each file that was read, in its order, and for others that something was found
    in."""
    found: dict[str, list[Diagnostic]] = {file: [] for file in files}
    for diagnostic in diagnostics:
        found.setdefault(diagnostic.at.file, []).append(diagnostic)
    return tuple(Suite(file, tuple(here), tuple(rules)) for file, here in found.items())


def _on_packets(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.code[3] in _FAMILIES)
