"""How often the rules on wording are right: `python tests/renew_measures.py` measures them anew.

`tests/sentences/` has sentences for each rule in each language. Each is told in a small evaluation
whose evidence is too thin for it; a rule ought to pick out the words given under `says`, and to be
silent where there are none. With those under `sentences` the word lists were made, so that they
flatter the rules. Those under `held_out` were written by someone who had not seen the lists, and
are measured apart; once the lists are changed for one of them, all of them belong to the others.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from scc_eval import Dossier, check, load
from scc_eval.calibration.measures import Measure

FOLDER = Path(__file__).parent / "sentences"
FILE = Path(__file__).parents[1] / "src" / "scc_eval" / "calibration" / "measured.yaml"
LANGUAGES = ("en", "fr")
_LABELS = {"en": "The autumn fair", "fr": "La foire d'automne"}


class Sentence(NamedTuple):
    """A sentence, the words that a rule ought to pick out of it, and the status of its claim."""

    text: str
    says: str | None = None
    status: str = "partly_confirmed"


class Tally(NamedTuple):
    """How many findings are right, how many are wrong, and how many are missing."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def __add__(self, other: object) -> Tally:
        assert isinstance(other, Tally)
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))

    def measure(self, sentences: int) -> Measure:
        """The shares in per cent, rounded down."""
        precision = 100 * self.right // (self.right + self.wrong)
        return Measure(sentences, precision, 100 * self.right // (self.right + self.missing))


def sentences(code: str, language: str, part: str) -> tuple[Sentence, ...]:
    """The sentences of a rule in a language: `sentences` or `held_out`."""
    text = (FOLDER / f"{code}.{language}.yaml").read_text("utf-8")
    return tuple(Sentence(**each) for each in yaml.safe_load(text)[part])


def findings(code: str, language: str, told: Iterable[Sentence]) -> tuple[tuple[str, ...], ...]:
    """What a rule picks out of each sentence."""
    told = tuple(told)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in _files(language).items():
            _write(Path(folder), name, text)
        declared = [part for index, each in enumerate(told) for part in _TELL[code](index, each)]
        sections: dict[str, list[object]] = {}
        for section, declaration in declared:
            sections.setdefault(section, []).append(declaration)
        _write(Path(folder), "evidence/e/told.yaml", json.dumps(sections))
        (project,) = load(Path(folder))
        found = [each for each in check(Dossier(project), 6) if each.rule.code == code]
    return tuple(
        tuple(each.facts["words"] for each in found if each.subject == f"S{index}")
        for index in range(len(told))
    )


def tally(code: str, language: str, part: str) -> Tally:
    """How a rule does on its sentences."""
    told = sentences(code, language, part)
    found = findings(code, language, told)
    return sum((_judge(*pair) for pair in zip(told, found, strict=True)), Tally())


def _judge(sentence: Sentence, found: tuple[str, ...]) -> Tally:
    right = [each for each in found if sentence.says and meets(sentence.text, sentence.says, each)]
    is_missing = sentence.says is not None and not right
    return Tally(len(right), len(found) - len(right), int(is_missing))


def meets(text: str, wanted: str, found: str) -> bool:
    """Whether what is found in a text stands where what is wanted does, if only in part."""
    text, wanted, found = map(_plain, (text, wanted, found))
    first, second = text.find(wanted), text.find(found)
    return second < first + len(wanted) and first < second + len(found)


def _plain(text: str) -> str:
    return " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def measured(code: str) -> Iterator[tuple[str, Measure]]:
    """The measures of a rule, by name."""
    for language in LANGUAGES:
        yield language, _measure(code, (language,), "sentences")
    if any(sentences(code, language, "held_out") for language in LANGUAGES):
        yield "held_out", _measure(code, LANGUAGES, "held_out")


def _measure(code: str, languages: Iterable[str], part: str) -> Measure:
    languages = tuple(languages)
    count = sum(len(sentences(code, language, part)) for language in languages)
    return sum((tally(code, language, part) for language in languages), Tally()).measure(count)


def codes() -> tuple[str, ...]:
    """The rules that have sentences."""
    return tuple(sorted({path.name.partition(".")[0] for path in FOLDER.glob("*.yaml")}))


def text() -> str:
    """What the file of measures holds."""
    lines = ["# Made by tests/renew_measures.py from the sentences in tests/sentences/."]
    for code in codes():
        lines.append(f"{code}:")
        for name, measure in measured(code):
            fields = ", ".join(f"{field}: {value}" for field, value in measure._asdict().items())
            lines.append(f"  {name}: {{{fields}}}")
    return "\n".join(lines) + "\n"


def _files(language: str) -> Mapping[str, str]:
    """An evaluation of three cases whose evidence is one person heard in one of them."""
    theory = {
        "id": "t",
        "title": "T",
        "packets": [
            {"letter": "A", "title": "A", "role": "intervention"},
            {"letter": "B", "title": "B", "boxes": [{"id": "B1", "label": "B1"}]},
        ],
        "links": [{"id": "L1", "source": "A", "target": "B"}],
    }
    labels = {"FAIR": _LABELS[language], "HALL": "Hall", "ROAD": "Road"}
    evidence = {
        "cases": [{"code": code, "label": label} for code, label in labels.items()],
        "categories": [{"id": "all", "label": "-", "interviews": "97"}],
        "sources": [{"id": "P1", "category": "all"}],
        "evidence": [{"code": "FAIR_PCB_1", "text": "Sales doubled", "sources": "P1"}],
    }
    return {
        "theories/t.yaml": json.dumps(theory),
        "evidence/e/evaluation.yaml": f"title: E\ntheory: t\nlanguage: {language}\n",
        "evidence/e/evidence.yaml": json.dumps(evidence),
    }


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


Declared = Iterator[tuple[str, object]]


def _as_claim(index: int, told: Sentence) -> Declared:
    yield "claims", {"id": f"S{index}", "packet": "B", "text": told.text, "status": told.status}


def _as_assertion(index: int, told: Sentence) -> Declared:
    assertion = {"id": f"S{index}", "text": told.text, "evidence": "FAIR_PCB_1"}
    yield "story", {"title": "T", "packet": "B", "section": "1", "assertions": [assertion]}


def _as_key_point(index: int, told: Sentence) -> Declared:
    point = {"id": f"S{index}", "packet": "B", "text": told.text, "rests_on": "FAIR_PCB_1"}
    yield "key_points", point


def _as_conclusion(index: int, told: Sentence) -> Declared:
    claim = {"id": f"C{index}", "packet": "B", "text": "C", "form": "combined"}
    yield "claims", {**claim, "status": told.status}
    yield "conclusions", {"id": f"S{index}", "text": told.text, "rests_on": f"C{index}"}


def _as_lesson(index: int, told: Sentence) -> Declared:
    yield "lessons", {"id": f"S{index}", "title": told.text, "rests_on": "FAIR_PCB_1"}


_TELL: Mapping[str, Callable[[int, Sentence], Declared]] = {
    "SCC711": _as_claim,
    "SCC712": _as_assertion,
    "SCC713": _as_assertion,
    "SCC714": _as_key_point,
    "SCC715": _as_conclusion,
    "SCC716": _as_lesson,
}


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
