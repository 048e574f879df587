"""What the codes of a report can stand for: declared by an evaluation, given, or learnt from it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, filterfalse
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
    words = _words(texts, forms)
    origin = "given" if forms else "learnt"
    forms, written = _given(words, tuple(forms)) if forms else _likeliest(words)
    grammar = Grammar(forms, "")
    found = [(code, n) for each, n in written.items() if (code := grammar.parse(each)) is not None]
    usual = [(code, n) for code, n in found if code.section is None or code.section.isdigit()]
    cases = _each((code.case, n) for code, n in usual)
    packets = _each((code.packet, n) for code, n in found)
    sections = _each((code.section, n) for code, n in usual)
    themes = _each((code.theme, n) for code, n in found if not (code.theme or "").isdigit())
    if origin == "learnt" and forms:
        wider = _wider(forms[0])
        themes = _themes(words, wider, cases)
        forms = (*forms, *wider) if themes else forms
    suffix = _SUFFIX if _has_items(words, forms[:1]) else ""
    grammar = Grammar(forms, suffix, sections or ("1", "2", "3"), themes)
    return Known(grammar, cases, packets, origin)


Words = Mapping[str, int]
"""What texts have between their spaces that may hold a code, and how often, in the order in which
each first comes."""


def _words(texts: Sequence[str], forms: Iterable[str]) -> Words:
    """The words of some texts that are not of letters only. A form that is, or has spaces in it,
    takes all the texts for one word."""
    own = [_FIELD.sub("", form) for form in forms]
    if any(not each or each.isalpha() or _SPACE.search(each) for each in own):
        return {"\n\n".join(texts): 1}
    words = chain.from_iterable(map(str.split, texts))
    return Counter(filterfalse(str.isalpha, words))


def _written(words: Words, form: str) -> Iterator[tuple[Code, int]]:
    """The codes of one form that stand in words to the letter, and how often each word comes."""
    grammar = Grammar((form,), "")
    between = [part for part in _FIELD.split(form)[::2] if part]
    for word, times in words.items():
        if all(part in word for part in between):
            yield from ((code, times) for code in grammar.written_in(word))


def _given(words: Words, forms: tuple[str, ...]) -> tuple[tuple[str, ...], Counter[str]]:
    """Forms that somebody gave, and the codes that have one of them."""
    found: Counter[str] = Counter()
    for code, times in (each for form in forms for each in _written(words, form)):
        found[code.text] += times
    return forms, found


_FIELD = re.compile(r"\{(\w+)\}")
_SPACE = re.compile(r"\s")
_END = re.compile(r"\d\d?[_\-./]\d(?!\w)")
_SHAPE = re.compile(
    r"(?<![^\W_])(?P<case>[^\W\d_][^\W_]{1,11})(?P<first>[_\-./])(?P<letters>[^\W\d_]{0,4})"
    r"(?P<packet>\d{1,2})(?P<second>[_\-./])(?P<section>\d)"
)
_LONGEST = 24
"""How long a code of that shape can be."""


def _likeliest(words: Words) -> tuple[tuple[str, ...], Counter[str]]:
    """The form that most of what looks like a code has, and the codes that have it; none if too
    few do."""
    shapes: dict[str, Counter[str]] = defaultdict(Counter)
    for word, times in words.items():
        for end in _END.finditer(word):
            found = _SHAPE.finditer(word, max(0, end.end() - _LONGEST), end.end())
            match = next((each for each in found if each.end() == end.end()), None)
            # Pages and dates have such separators too (pp.12-3), but neither letters nor `_`.
            if match and (match["letters"] or "_" in match[0]):
                between = match["first"] + match["letters"]
                form = f"{{case}}{between}{{packet}}{match['second']}{{section}}"
                shapes[form][match[0]] += times
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


def _themes(words: Words, forms: Sequence[str], cases: Sequence[str]) -> tuple[str, ...]:
    """The words that stand in the place of a section: several times, or in capitals."""
    case = "|".join(map(re.escape, cases)) or "(?!)"
    fields = {"case": f"(?:{case})", "packet": r"[^\W_]{1,3}", "theme": r"([^\W\d_]{2,})"}
    found: Counter[str] = Counter()
    for form in forms:
        parts = _FIELD.split(form)
        shape = "".join(fields[p] if n % 2 else re.escape(p) for n, p in enumerate(parts))
        pattern = re.compile(rf"(?<!\w){shape}(?!\w)")
        for word, times in words.items():
            for match in pattern.finditer(word) if parts[2] in word else ():
                found[match[1]] += times
    return tuple(sorted(word for word, times in found.items() if times > 1 or word.isupper()))


_SUFFIX = "-{item}"


def _has_items(words: Words, forms: Iterable[str]) -> bool:
    """Whether several codes go on with a hyphen and a number, as those of items do."""
    written = (each for form in forms for each in _written(words, form + _SUFFIX))
    found = {code.text for code, _ in written if (code.item or "").isdigit()}
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
