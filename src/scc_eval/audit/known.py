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
    text = "\n\n".join(texts)
    origin = "given" if forms else "learnt"
    forms, written = _given(text, tuple(forms)) if forms else _likeliest(text)
    grammar = Grammar(forms, "")
    found = [(code, n) for each, n in written.items() if (code := grammar.parse(each)) is not None]
    usual = [(code, n) for code, n in found if code.section is None or code.section.isdigit()]
    cases = _each((code.case, n) for code, n in usual)
    packets = _each((code.packet, n) for code, n in found)
    sections = _each((code.section, n) for code, n in usual)
    themes = _each((code.theme, n) for code, n in found if not (code.theme or "").isdigit())
    if origin == "learnt" and forms:
        wider = _wider(forms[0])
        themes = _themes(text, wider, cases)
        forms = (*forms, *wider) if themes else forms
    suffix = _SUFFIX if _has_items(text, forms[:1]) else ""
    grammar = Grammar(forms, suffix, sections or ("1", "2", "3"), themes)
    return Known(grammar, cases, packets, origin)


def _given(text: str, forms: tuple[str, ...]) -> tuple[tuple[str, ...], Counter[str]]:
    """Forms that somebody gave, and the codes that have one of them."""
    return forms, Counter(code.text for code in Grammar(forms, "").written_in(text))


_END = re.compile(r"\d{1,2}[_\-./]\d(?!\w)")
_SHAPE = re.compile(
    r"(?<![^\W_])(?P<case>[^\W\d_][^\W_]{1,11})(?P<first>[_\-./])(?P<letters>[^\W\d_]{0,4})"
    r"(?P<packet>\d{1,2})(?P<second>[_\-./])(?P<section>\d)"
)
_LONGEST = 24
"""How long a code of that shape can be."""


def _likeliest(text: str) -> tuple[tuple[str, ...], Counter[str]]:
    """The form that most of what looks like a code has, and the codes that have it; none if too
    few do."""
    shapes: dict[str, Counter[str]] = defaultdict(Counter)
    for end in _END.finditer(text):
        found = _SHAPE.finditer(text, max(0, end.end() - _LONGEST), end.end())
        match = next((each for each in found if each.end() == end.end()), None)
        # Pages and dates have such separators too (pp.12-3), but neither letters nor `_`.
        if match and (match["letters"] or "_" in match[0]):
            between = match["first"] + match["letters"]
            form = f"{{case}}{between}{{packet}}{match['second']}{{section}}"
            shapes[form][match[0]] += 1
    usual = {
        form: codes.total()
        for form, codes in shapes.items()
        if codes.total() >= _OFTEN and len(codes) > 1
    }
    if not usual:
        return (), Counter()
    likeliest = max(usual, key=lambda form: (usual[form], form))
    return (likeliest,), shapes[likeliest]


def _wider(form: str) -> tuple[str, ...]:
    """The forms of what lies outside the sections, as codes of that form would have them."""
    separator = form.removeprefix("{case}")[0]
    return (form.replace("{section}", "{theme}"), f"{{case}}{separator}{{theme}}")


def _themes(text: str, forms: Sequence[str], cases: Sequence[str]) -> tuple[str, ...]:
    """The words that stand in the place of a section: several times, or in capitals."""
    case = "|".join(map(re.escape, cases)) or "(?!)"
    fields = {"case": f"(?:{case})", "packet": r"[^\W_]{1,3}", "theme": r"([^\W\d_]{2,})"}
    found: Counter[str] = Counter()
    for form in forms:
        parts = re.split(r"\{(\w+)\}", form)
        shape = "".join(fields[p] if n % 2 else re.escape(p) for n, p in enumerate(parts))
        found.update(match[1] for match in re.finditer(rf"(?<!\w){shape}(?!\w)", text))
    return tuple(sorted(word for word, times in found.items() if times > 1 or word.isupper()))


_SUFFIX = "-{item}"


def _has_items(text: str, forms: Iterable[str]) -> bool:
    """Whether several codes go on with a hyphen and a number, as those of items do."""
    longer = Grammar(tuple(form + _SUFFIX for form in forms), "")
    found = {code.text for code in longer.written_in(text) if (code.item or "").isdigit()}
    return len(found) > 1


def _each(words: Iterable[tuple[str | None, int]]) -> tuple[str, ...]:
    """The words, each once, from how often they come; of those that a scanner confuses (I and 1),
    the one that comes most."""
    counted: Counter[str] = Counter()
    for word, times in words:
        if word:
            counted[word] += times
    usual: dict[str, str] = {}
    for word, _ in counted.most_common():
        usual.setdefault(skeleton(word), word)
    return tuple(sorted(usual.values()))
