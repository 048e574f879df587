"""What the codes of a report can stand for: declared by an evaluation, given, or learnt from it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.codes import Code, Grammar, skeleton

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

_OFTEN = 3
"""As often a shape must be met before it is taken for the grammar of a report: our own default."""


class Known(NamedTuple):
    """The grammar of the codes of a report, and what they are made of.

    `labels` are the names of cases as an evaluation declares them, by code. `informants` and
    `documents` are None where no evaluation says which there are. `origin` is `evaluation`,
    `given` or `learnt`; a grammar that was sought in vain has no forms.
    """

    grammar: Grammar
    cases: tuple[str, ...]
    packets: tuple[str, ...]
    origin: str
    labels: Mapping[str, str] = MappingProxyType({})
    informants: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    dossier: Dossier | None = None

    def is_known(self, code: Code) -> bool:
        """Whether case, packet, section and theme of a code are among those known."""
        return (
            code.case in self.cases
            and (code.packet is None or code.packet in self.packets)
            and (code.section is None or code.section in self.grammar.sections)
            and (code.theme is None or code.theme in self.grammar.themes)
        )

    def repairs(self, text: str) -> tuple[str, ...]:
        """The codes that a damaged one can stand for."""
        return self.grammar.repairs(text, self.cases, self.packets)


def declared(dossier: Dossier) -> Known:
    """What an evaluation declares."""
    from scc_eval.model.evidence import SourceKind  # a report without an evaluation needs none

    sources = dossier.sources
    is_person = {source.id: source.type is SourceKind.INFORMANT for source in sources}
    tokens = (token for packet in dossier.packets for token in (packet.number, packet.letter))
    return Known(
        dossier.grammar,
        tuple(case.code for case in dossier.cases),
        tuple(dict.fromkeys(token for token in tokens if token)),
        "evaluation",
        MappingProxyType({case.code: case.label for case in dossier.cases}),
        frozenset(name for name, is_one in is_person.items() if is_one),
        frozenset(name for name, is_one in is_person.items() if not is_one),
        dossier,
    )


def learn(texts: Sequence[str], forms: Sequence[str] = ()) -> Known:
    """What the codes in some texts look like, where nobody declared it.

    `forms` is a grammar that was given; else it is the shape that most codes have, if it comes
    three times or more, in two codes or more.
    """
    origin = "given" if forms else "learnt"
    forms = tuple(forms) or _likeliest(texts)
    found = [code for text in texts for code in Grammar(forms, "").written_in(text)]
    cases = _each(code.case for code in found if code.section is None or code.section.isdigit())
    packets = _each(code.packet for code in found)
    sections = _each(code.section for code in found if code.section and code.section.isdigit())
    themes = _each(code.theme for code in found if code.theme and not code.theme.isdigit())
    if origin == "learnt" and forms:
        wider = _wider(forms[0])
        themes = _themes(texts, wider, frozenset(cases))
        forms = (*forms, *wider) if themes else forms
    suffix = _SUFFIX if _has_items(texts, Grammar(forms, "")) else ""
    grammar = Grammar(forms, suffix, sections or ("1", "2", "3"), themes)
    return Known(grammar, cases, packets, origin)


_SHAPE = re.compile(
    r"(?<![^\W_])(?P<case>[^\W\d_][^\W_]{1,11})(?P<first>[_\-./])(?P<letters>[^\W\d_]{0,4})"
    r"(?P<packet>\d{1,2})(?P<second>[_\-./])(?P<section>\d)(?![^\W_])"
)


def _likeliest(texts: Iterable[str]) -> tuple[str, ...]:
    """The form that most of what looks like a code has; none if too few do."""
    shapes: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in _SHAPE.finditer(text):
            # Pages and dates have such separators too (pp.12-3), but neither letters nor `_`.
            if match["letters"] or "_" in match[0]:
                between = match["first"] + match["letters"]
                form = f"{{case}}{between}{{packet}}{match['second']}{{section}}"
                shapes[form][match[0]] += 1
    usual = {
        form: codes.total()
        for form, codes in shapes.items()
        if codes.total() >= _OFTEN and len(codes) > 1
    }
    return (max(usual, key=lambda form: (usual[form], form)),) if usual else ()


def _wider(form: str) -> tuple[str, ...]:
    """The forms of what lies outside the sections, as codes of that form would have them."""
    separator = form.removeprefix("{case}")[0]
    return (form.replace("{section}", "{theme}"), f"{{case}}{separator}{{theme}}")


def _themes(texts: Iterable[str], forms: tuple[str, ...], cases: frozenset[str]) -> tuple[str, ...]:
    """The words that stand in the place of a section: several times, or in capitals."""
    found = Counter(
        code.theme
        for text in texts
        for code in Grammar(forms, "").written_in(text)
        if code.theme and code.theme.isalpha() and len(code.theme) > 1 and code.case in cases
    )
    return tuple(sorted(word for word, times in found.items() if times > 1 or word.isupper()))


_SUFFIX = "-{item}"


def _has_items(texts: Iterable[str], grammar: Grammar) -> bool:
    """Whether several codes go on with a hyphen and a number, as those of items do."""
    items = (match for text in texts for match in _ITEM.finditer(text))
    found = {match[0] for match in items if grammar.parse(match[1]) is not None}
    return len(found) > 1


_ITEM = re.compile(r"(?<!\w)([^\W\d_]\S{2,30})-\d{1,3}(?!\w)")


def _each(words: Iterable[str | None]) -> tuple[str, ...]:
    """The words, each once; of those that a scanner confuses (I and 1), the one that comes most."""
    usual: dict[str, str] = {}
    for word, _ in Counter(word for word in words if word).most_common():
        usual.setdefault(skeleton(word), word)
    return tuple(sorted(usual.values()))
