"""SCC2xx: does what is cited belong where it is cited, and is it known who said it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_WARNING, Issue, Rule, by_stage
from scc_eval.model.choices import AssertionRole
from scc_eval.model.evidence import Case, SourceKind
from scc_eval.model.french import folded
from scc_eval.rules._checks import Checks
from scc_eval.rules._names import known_names

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration
    from scc_eval.model.telling import Assertion, Conclusion, KeyPoint

CHECKS = Checks()

_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BETWEEN_ITEMS = re.compile(r"[,;/]|\bet\b|\band\b")


@CHECKS.rule(
    Rule(
        "SCC212",
        "case-named-without-code",
        ALWAYS_WARNING,
        "{name} names the case {case} ({label}) and cites no evidence of it",
        "The reader is told that the case bears this out, and has nowhere to look.",
        "Cite under `evidence` the items of {case} that {name} relies on, or leave the case out "
        "of the text.",
        "In the Loos-en-Gohelle evaluation a code stands beside each case that is named, but for "
        "one in 3.4.1 (Eco-réhabilitation). When a text is held to name a case is our own reading.",
    )
)
def case_named_without_code(dossier: Dossier) -> Iterator[Issue]:
    naming = _Naming(dossier.cases)
    for assertion in dossier.assertions:
        cells = [dossier.cell(text) for text in assertion.evidence]
        cited = {cell.case for cell in cells if cell is not None}
        # A damaged code is itself the slip to mend: it may be the one that is missed.
        if not cited or None in cells:
            continue
        for case in naming.named_in(assertion.text):
            if case.code not in cited:
                facts = {"name": assertion.id, "case": case.code, "label": case.label}
                yield Issue(assertion.at("text"), facts)


_SHORTEST_LABEL = 4
_SHORTEST_CODE = 3
_PHRASES = re.compile(r"[,.;:!?()\[\]«»“”\"–—]")
_THE_CASE_OF = (
    r"(?:(?:le|du|au|the) (?:cas|case)|etude de cas|case study|monographie|monograph)"
    r"(?: (?:de|du|des|d|of))?(?: (?:la|le|les|l|the))? "
)


class _Naming:
    """How texts name cases.

    A label of several words names its case wherever it stands. One word is a word of the language
    too: it names its case after `the case of`, or as an item of a bracket, with its capital. A code
    does so as an item of a bracket, and one in capitals wherever it stands.
    """

    def __init__(self, cases: Sequence[Case]) -> None:
        named = [case for case in cases if len(case.label) >= _SHORTEST_LABEL]
        self._by_label = {_words(case.label): case for case in named}
        self._by_code = {case.code: case for case in cases}
        self._in_bracket = self._by_code | {c.label: c for c in named if c.label[0].isupper()}
        compound = _one_of(text for text in self._by_label if " " in text)
        capitals = _one_of(c for c in self._by_code if c.isupper() and len(c) >= _SHORTEST_CODE)
        self._anywhere = re.compile(rf"(?<!\S){compound}(?!\S)")
        self._after_case = re.compile(rf"(?<!\S){_THE_CASE_OF}{_one_of(self._by_label)}(?!\S)")
        self._code = re.compile(rf"(?<![\w-]){capitals}(?![\w-]|\.\w)")

    def named_in(self, text: str) -> tuple[Case, ...]:
        """The cases that a text names, each once."""
        found = [self._by_code[match[1]] for match in self._code.finditer(text)]
        for phrase in map(_words, _PHRASES.split(text)):
            for pattern in (self._anywhere, self._after_case):
                found += [self._by_label[match[1]] for match in pattern.finditer(phrase)]
        found += [self._in_bracket[item] for item in _bracketed(text) if item in self._in_bracket]
        return tuple({case.code: case for case in found}.values())


def _words(text: str) -> str:
    """The words of a text as they are compared, with a space between them."""
    return " ".join(folded(text).replace("_", " ").split())


def _one_of(texts: Iterable[str]) -> str:
    """A pattern of any of the texts, the longest first; of nothing if there is none."""
    longest_first = sorted(texts, key=len, reverse=True)
    return f"({'|'.join(map(re.escape, longest_first))})" if longest_first else "(?!)"


def _bracketed(text: str) -> Iterator[str]:
    """The items of the lists that stand in brackets."""
    for bracket in _BRACKET.findall(text):
        for item in _BETWEEN_ITEMS.split(bracket):
            yield item.strip()


@CHECKS.rule(
    Rule(
        "SCC213",
        "section-cited-elsewhere",
        ALWAYS_WARNING,
        "{name} rests on {text}, of section {number} of packet {packet}, and does not say in what "
        "role",
        "Each section of a story answers one question; what was gathered for another answers it "
        "only if the reader is told how.",
        "Say under `role` what {text} does in {name} (`limit`, `counter_evidence` or `context`), "
        "or cite evidence of its own section.",
        "The Loos-en-Gohelle evaluation has three sections for each packet, and cites one in "
        "another as a limit, or without a word; that the role must be declared is our own demand.",
    )
)
def section_cited_elsewhere(dossier: Dossier) -> Iterator[Issue]:
    for theme in dossier.themes:
        packet = dossier.packet_named(theme.packet)
        if packet is not None and theme.role is AssertionRole.FINDING:
            yield from _from_elsewhere(dossier, theme.assertions, (packet.letter, theme.section))
    for impact in dossier.impacts:
        yield from _from_elsewhere(dossier, impact.assertions, None)


def _from_elsewhere(
    dossier: Dossier, assertions: Sequence[Assertion], here: tuple[str, int] | None
) -> Iterator[Issue]:
    for assertion in assertions:
        if assertion.role is not AssertionRole.FINDING:
            continue
        for index, text in enumerate(assertion.evidence):
            cell = dossier.cell(text)
            if cell is None or not (cell.packet and cell.section):
                continue
            if (cell.packet, cell.section) != here:
                facts = {"name": assertion.id, "text": text, "packet": cell.packet}
                at = assertion.at("evidence", index)
                yield Issue(at, {**facts, "number": str(cell.section)})


@CHECKS.rule(
    Rule(
        "SCC214",
        "unregistered-informant",
        by_stage("---wee"),
        "{name} speaks of {source}, which is not in the register of sources",
        "A code without an entry in the register leads nowhere, and cannot be told from a slip.",
        "Add {source} to the sources, or correct the code.",
        "OECD-DAC (2010) 3.9 asks that sources be described; in the Loos-en-Gohelle evaluation P1I "
        "and EI stand for P11 and E1. What is taken for a code is our own reading.",
        needs=("theory", "source"),
    )
)
def unregistered_informant(dossier: Dossier) -> Iterator[Issue]:
    shapes = (_INFORMANT.fullmatch(source.id) for source in dossier.sources)
    prefixes = Counter(shape[1] for shape in shapes if shape)
    usual = {prefix for prefix, times in prefixes.items() if times >= _FEWEST_OF_A_SHAPE}
    if not usual:
        return
    known: set[str] = set().union(*known_names(dossier).values())
    begins = re.compile(rf"(?:{'|'.join(sorted(usual))})\d")
    for telling, field, text in _told(dossier):
        # Most texts name nobody: they are not looked at any closer.
        if not begins.search(text):
            continue
        for name in dict.fromkeys(_informants(text, usual)):
            if name not in known and dossier.code(name) is None:
                yield Issue(telling.at(field), {"name": telling.name, "source": name})


_FEWEST_OF_A_SHAPE = 2
_INFORMANT = re.compile(r"([^\W\d_]+)\d+")
_INFORMANT_IN_TEXT = re.compile(r"(?<![\w./-])([^\W\d_]{2,})\d+(?![\w/-]|\.\d)")


def _informants(text: str, prefixes: set[str]) -> Iterator[str]:
    """What a text calls by the names of informants. A letter and figures name much else (a road, a
    size): they count only as an item of a bracket."""
    for item in _bracketed(text):
        if (match := _INFORMANT.fullmatch(item)) and match[1] in prefixes:
            yield item
    found = _INFORMANT_IN_TEXT.finditer(text)
    yield from (match[0] for match in found if match[1] in prefixes)


def _told(dossier: Dossier) -> Iterator[tuple[Declaration, str, str]]:
    """The texts in which informants are cited: who tells, under which field, what."""
    telling: tuple[Assertion | KeyPoint | Conclusion, ...] = (
        *dossier.assertions,
        *dossier.all_key_points,
        *dossier.conclusions,
    )
    for each in telling:
        yield each, "text", each.text
    for item in dossier.evidence:
        yield item, "text", item.text
    for claim in dossier.claims:
        yield claim, "text", claim.text
        for field, text in (("reason", claim.reason), ("limits", claim.limits)):
            yield claim, field, text or ""


@CHECKS.rule(
    Rule(
        "SCC215",
        "unexplained-informants",
        by_stage("nnnwww"),
        "no category, role or label says who they are: {names} ({count})",
        "A code says who must stay unknown, not whose interests spoke: without that, no reader can "
        "tell whether several voices are several points of view.",
        "Give each of them a `category` of the register, a `role` or a `label`.",
        "OECD-DAC (2010) 3.9 asks that sources be described; the informants of the "
        "Loos-en-Gohelle evaluation have codes without a legend.",
    )
)
def unexplained_informants(dossier: Dossier) -> Iterator[Issue]:
    bare = [
        source
        for source in dossier.sources
        if source.type is SourceKind.INFORMANT
        and not (source.category or source.interest or source.role or source.label)
    ]
    if bare:
        names = ", ".join(source.id for source in bare[:_MOST_NAMED])
        names += ", …" if len(bare) > _MOST_NAMED else ""
        facts = {"first": bare[0].id, "names": names, "count": str(len(bare))}
        yield Issue(bare[0].at(), facts)


_MOST_NAMED = 8
