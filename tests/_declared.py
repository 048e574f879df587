"""Whole small evaluations for the laws: any field of any declaration may be there or not.

Names are symbols such as `<source 1>`; a naming says how each is spelt. What one declares may name
what another declares, or something that does not exist.
"""

from __future__ import annotations

import enum
import json
import re
import types
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Union, get_args, get_origin

from hypothesis import strategies as st

from scc_eval import Dossier, load
from scc_eval.model.base import Declaration
from scc_eval.model.theory import (
    Assumption,
    Box,
    Factor,
    Link,
    Mechanism,
    Packet,
    Question,
)
from scc_eval.sections import SECTIONS
from scc_eval.settings import Lens

Data = dict[str, Any]
Naming = Callable[[str, int], str]

_SYMBOL = re.compile(r"<([a-z ]+) (\d+)>")
_TOKEN = re.compile(r"[^\W_]+")
_FINGERPRINT = re.compile(r"[0-9a-f]{8}")
_SPELT = {
    "packet": ("ABCDE", "NWJUR"),
    "case": (("Ada", "Bel", "Cor"), ("Zoe", "Yam", "Xia")),
    "number": (("11", "12", "13", "14", "15"), ("45", "44", "43", "42", "41")),
}
_LETTERS = {
    "source": "PT",
    "category": "ky",
    "interest": "hg",
    "box": "BV",
    "mechanism": "MD",
    "assumption": "GH",
    "risk": "RS",
    "factor": "FX",
    "claim": "QI",
    "link": "LJ",
}


def plain(kind: str, index: int) -> str:
    """How symbols are spelt."""
    return _spell(kind, index, 0)


def other(kind: str, index: int) -> str:
    """How they are spelt otherwise: in another order of the alphabet, none as before."""
    return _spell(kind, index, 1)


def _spell(kind: str, index: int, which: int) -> str:
    if kind in _SPELT:
        return _SPELT[kind][which][index]
    letters = _LETTERS.get(kind, "".join(word[0] for word in kind.split()))
    if kind not in _LETTERS:
        return (
            f"{letters}{kind[1]}{index + 1}" if which == 0 else f"{letters}{kind[-1]}{99 - index}"
        )
    return f"{letters[which]}{index + 1 if which == 0 else 99 - index}"


SYMBOLS = tuple(
    (kind, index)
    for kind in (
        *_SPELT,
        *_LETTERS,
        *("item", "package", "question", "group", "assertion", "key point", "conclusion"),
        *("recommendation", "lesson", "test", "challenge", "panel comment", "measure"),
    )
    for index in range({"case": 3, "packet": 5, "number": 5}.get(kind, 9))
)


def symbolic(text: str, naming: Naming) -> tuple[str, ...]:
    """The words of a text, with names put back into symbols, in no order. Fingerprints are left
    out: they are of texts, which may hold names."""
    names = {naming(kind, index): f"<{kind} {index}>" for kind, index in SYMBOLS}
    numbers = ((f"PC{naming('number', n)}", f"PC<number {n}>") for n in range(5))
    letters = ((f"PC{naming('packet', n)}", f"PC<packet {n}>") for n in range(5))
    names |= dict((*numbers, *letters))
    words = _TOKEN.findall(_FINGERPRINT.sub("", text))
    return tuple(sorted(names.get(word, word) for word in words))


# What a field may hold.


def _some(kind: str, count: int, first: int = 0) -> tuple[str, ...]:
    return tuple(f"<{kind} {index}>" for index in range(first, first + count))


_TEXTS = (
    "Sales rose in town",
    "Most growers say that buyers came back",
    "Several buyers, thanks to the fair, buy from growers",
    "Nobody heard of the market; prices rose by 80 %",
    "The fair proves it: all the growers sell more (<source 0>)",
    "At <case 1>, as <source 1> said, a majority sold less",
    "It contributed in part to the change",
    "The fair alone brought 30 % of the rise; write to ann@town.org",
    "In every town, fairs pay (<source 8>, <case 0>_PC<number 1>_1)",
    "La plupart des maraîchers vendent davantage grâce au marché",
)
_DATES = ("2014", "2015-06", "2016-01-31", "2031", "spring")
_HYPOTHESES = (*_some("mechanism", 3), *_some("assumption", 3), *_some("factor", 3))
_BOXES, _CLAIMS = _some("box", 3), _some("claim", 2)
_PACKETS = (*_some("packet", 3, 1), *_some("number", 3, 1))
_CELLS = tuple(
    f"{case}_PC{packet}_{section}"
    for case in _some("case", 2)
    for packet in ("<number 1>", "<number 2>", "<packet 1>")
    for section in "1123"
)
_ITEMS = tuple(f"{cell}-{item}" for cell in _CELLS for item in _some("item", 6))
_DAMAGED = ("<case 0> PC<number 1>_1", "<case 0>_PC<number 1>_9", "hearsay")
_CODES = (*_CELLS * 4, *_ITEMS, *_DAMAGED)
_TOLD = (*_some("assertion", 3), *_CLAIMS, *_CELLS[:6], *_some("key point", 2), "<conclusion 0>")

_POOLS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("packet", "packets"), _PACKETS),
    **dict.fromkeys(("cases", "case"), _some("case", 2)),
    **dict.fromkeys(("sources", "monograph", "passage"), (*_some("source", 4) * 4, "<source 4>")),
    **dict.fromkeys(("category",), _some("category", 3)),
    **dict.fromkeys(("interest",), _some("interest", 2)),
    **dict.fromkeys(("groups",), _some("group", 2)),
    **dict.fromkeys(("components", "changes", "box"), _BOXES),
    **dict.fromkeys(("on", "about"), (*_HYPOTHESES, *_BOXES, *_CLAIMS)),
    **dict.fromkeys(("bears_on",), (*_CLAIMS * 5, *_HYPOTHESES, *_BOXES)),
    **dict.fromkeys(("evidence",), _CODES),
    **dict.fromkeys(("rests_on",), _TOLD),
    **dict.fromkeys(("factors", "factor"), _some("factor", 3)),
    **dict.fromkeys(("claims",), _CLAIMS),
    **dict.fromkeys(("conclusions",), _some("conclusion", 2)),
    **dict.fromkeys(("question",), _some("question", 2)),
    **dict.fromkeys(("after",), _some("assertion", 3)),
    **dict.fromkeys(("package",), _some("package", 1)),
    **dict.fromkeys(("date", "since", "set_on", "found_on", "happened", "until"), _DATES),
    **dict.fromkeys(("sensitivity", "type_one_error"), ("0.2", "0.7-0.9", "high", "0.95")),
    **dict.fromkeys(("method",), ("interview", "reading", "visit")),
    **dict.fromkeys(("rater", "raters", "author"), ("Ann", "Bob")),
    **dict.fromkeys(("language",), ("fr", "en")),
    "fingerprint": ("0123abcd",),
    "Claim.mechanisms": _some("mechanism", 3),
    "Challenge.targets": (*_TOLD, *_PACKETS, *_HYPOTHESES),
    "Factor.targets": (*_PACKETS, *_BOXES),
    "Lesson.mechanism": _TEXTS,
    "Link.source": ("<packet 0>", "<packet 1>", "<box 0>"),
    "Link.target": (*_PACKETS, *_BOXES),
}
_ABSENT = frozenset({"KeyPoint.points", "Box.boxes", "Theory.nested", "House.levels"})


class _Writer:
    """Makes declarations up, and numbers those of each kind."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.counts: dict[str, int] = defaultdict(int)

    def declaration(self, model: type[Declaration], **given: Any) -> Data:
        """A declaration of that kind."""
        number = self.counts[model.kind]
        self.counts[model.kind] += 1
        data = _identity(model, number) | given
        for name, field in model.model_fields.items():
            key = f"{model.__name__}.{name}"
            if name in data or key in _ABSENT or (name == "derived_from" and number == 0):
                continue
            if field.is_required() or self.is_so():
                data[name] = self.value(field.annotation, key, number)
        return data

    def is_so(self) -> bool:
        return self.rng.random() < 0.5

    def value(self, annotation: Any, key: str, number: int) -> Any:
        """Something that the field takes."""
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin in (Union, types.UnionType):
            kinds = [each for each in inner if each is not type(None)]
            return self.value(str if str in map(_bare, kinds) else kinds[0], key, number)
        if origin is tuple:
            count = self.rng.randint(0, 2)
            found = [self.value(inner[0], key, number) for _ in range(count)]
            return list(dict.fromkeys(found)) if all(isinstance(v, str) for v in found) else found
        annotation = _bare(annotation)
        if isinstance(annotation, type) and issubclass(annotation, Declaration):
            return self.declaration(annotation)
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            return self.rng.choice([member.value for member in annotation])
        if annotation is bool:
            return self.is_so()
        if annotation is int:
            return self.rng.randint(1, 3)
        if key == "Source.derived_from":
            return self.rng.choice(_some("source", number))
        return self.rng.choice(_POOLS.get(key, _POOLS.get(key.partition(".")[2], _TEXTS)))


def _bare(annotation: Any) -> Any:
    """An annotation without what is said of it."""
    arguments = get_args(annotation)
    is_said = get_origin(annotation) not in (tuple, Union, types.UnionType) and arguments
    return arguments[0] if is_said else annotation


_NAMED: Mapping[str, Data] = {
    "Packet": {"letter": "<packet {}>", "number": "<number {}>"},
    "Case": {"code": "<case {}>", "label": "Market {}"},
    "RivalAssessment": {"factor": "<factor {}>"},
    "Theme": {"title": "Heading {}"},
    "Impact": {"title": "Impact {}"},
    "Measure": {"label": "<measure {}>"},
}


def _identity(model: type[Declaration], number: int) -> Data:
    """What names a declaration; no two of a kind are named alike."""
    ids = {"id": f"<{model.kind} {{}}>"} if "id" in model.model_fields else {}
    named = _NAMED.get(model.__name__, ids)
    return {field: name.format(number) for field, name in named.items()}


# A whole evaluation.

_COUNTS = {
    "categories": 3,
    "sources": 4,
    "cases": 2,
    "evidence": 8,
    "claims": 2,
    "rivals": 2,
    "verdicts": 2,
    "fates": 3,
    "conclusions": 2,
    "story": 2,
    "waivers": 0,
}
_NEVER_EMPTY = frozenset({"categories", "sources", "cases", "evidence", "claims"})


def evaluation(seed: int) -> Data:
    """An evaluation: settings, theory, and the declarations of each section."""
    writer = _Writer(Random(seed))
    theory = _theory(writer)
    sections: Data = {}
    for name, section in SECTIONS.items():
        model, most = section.load(), _COUNTS.get(name, 1)
        count = most if name in _NEVER_EMPTY else writer.rng.randint(0, most)
        sections[name] = [_declared(writer, model, number) for number in range(count)]
    return {"settings": _settings(writer), "theory": theory, "sections": sections}


evaluations = st.integers(0, 2**32).map(evaluation)
"""Evaluations by their number, which is all there is to shrink: what fails is found at once."""


def _declared(writer: _Writer, model: type[Declaration], number: int) -> Data:
    if model.__name__ == "Verdict":
        return writer.declaration(model, packet=f"<packet {number + 1}>")
    if model.__name__ == "Fate":
        hypotheses = ("<mechanism 0>", "<factor 0>", "<assumption 0>")
        return writer.declaration(model, hypothesis=hypotheses[number])
    if model.__name__ == "Evidence":
        cell = writer.rng.choice(_CELLS)
        return writer.declaration(model, code=f"{cell}-<item {number}>" if writer.is_so() else cell)
    return writer.declaration(model)


def _theory(writer: _Writer) -> Data:
    roles = ("intervention", "causal", "causal", "impact")
    packets = [
        writer.declaration(Packet, role=role, boxes=[writer.declaration(Box)]) for role in roles
    ]
    links = [*(_link(writer, number) for number in range(3)), writer.declaration(Link)]
    revisions = [{"date": "2015-07", "reason": "Learnt"}] if writer.is_so() else []
    return {
        "id": "town",
        "title": "A town",
        "questions": [writer.declaration(Question)],
        "groups": [{"id": "<group 0>", "label": "Growers"}],
        "packets": packets,
        "links": links,
        "factors": [writer.declaration(Factor) for _ in range(3)],
        "revisions": revisions,
    }


def _link(writer: _Writer, number: int) -> Data:
    mechanisms = [writer.declaration(Mechanism)]
    assumptions = [writer.declaration(Assumption)]
    if writer.is_so():
        ends = {"source": f"<packet {number}>", "target": f"<packet {number + 1}>"}
        return writer.declaration(Link, mechanisms=mechanisms, assumptions=assumptions, **ends)
    return writer.declaration(Link, mechanisms=mechanisms, assumptions=assumptions)


def _settings(writer: _Writer) -> Data:
    rng = writer.rng
    limits = {name: rng.randint(1, 3) for name in ("roots", "interests", "cases", "methods")}
    optional = {
        "audience": ("public", "panel", "internal"),
        "language": ("fr", "en"),
        "period": ({"begins": "2014", "ends": "2016"},),
        "thresholds": (limits,),
        "profile": ("delahais", "mayne", "minimal"),
    }
    given = {name: rng.choice(values) for name, values in optional.items() if writer.is_so()}
    lenses = [lens.value for lens in Lens if writer.is_so()]
    return {"title": "The market", "theory": "town", "lenses": lenses, **given}


# From data to a dossier.


def named(data: Any, naming: Naming) -> Any:
    """The same data with its symbols spelt."""
    if isinstance(data, str):
        return _SYMBOL.sub(lambda found: naming(found[1], int(found[2])), data)
    if isinstance(data, Mapping):
        return {key: named(value, naming) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [named(value, naming) for value in data]
    return data


def dossier_of(evaluation: Data, naming: Naming = plain, files: Sequence[str] = ()) -> Dossier:
    """The dossier of an evaluation, read from files: each section in a file of its own, by
    default of its own name."""
    evaluation = named(evaluation, naming)
    sections: Data = evaluation["sections"]
    names = dict(zip(sections, files or list(sections), strict=True))
    with TemporaryDirectory() as name:
        root = Path(name)
        folder = root / "evidence" / "eval"
        folder.mkdir(parents=True)
        (root / "theories").mkdir()
        _write(root / "theories" / "town.yaml", evaluation["theory"])
        _write(folder / "evaluation.yaml", evaluation["settings"])
        for section, declared in sections.items():
            _write(folder / f"{names[section]}.yaml", {section: declared})
        (project,) = load(root)
    return Dossier(project)


def _write(path: Path, data: Data) -> None:
    path.write_text("\n".join(_lines(data)) + "\n", "utf-8")


def _lines(data: Data) -> Iterator[str]:
    """Block style for the first level, so that each declaration has a line of its own."""
    for key, value in data.items():
        if isinstance(value, list) and value:
            yield f"{key}:"
            yield from (f"  - {json.dumps(item, ensure_ascii=False)}" for item in value)
        else:
            yield f"{key}: {json.dumps(value, ensure_ascii=False)}"
