"""Make an evaluation that has come to its end: theory, evidence, judgement and telling, so that
every rule has work. Same arguments, same bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bench.judgement import PACKETS, Declared, JudgementMaker


def write_evaluation(root: Path, items: int) -> Path:
    """Write a finished evaluation of that many evidence items. Returns the workspace."""
    maker = _Maker(random.Random(20162), items)
    folder = root / "evidence" / "bench"
    folder.mkdir(parents=True)
    (root / "theories").mkdir()
    _dump(root / "theories" / "bench.yaml", maker.theory())
    _dump(folder / "evaluation.yaml", _SETTINGS)
    for name, make in maker.sections().items():
        _dump(folder / f"{name}.yaml", {name: list(make())})
    return root


def _dump(path: Path, data: Mapping[str, Any]) -> None:
    text = yaml.dump(dict(data), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


_SETTINGS: Declared = {
    "title": "Bench",
    "theory": "bench",
    "stage": 6,
    "programme": "the programme",
    "period": {"begins": "2012", "ends": "2016"},
    "lenses": ["process_tracing", "cerqual", "aston", "quip"],
}


class _Maker(JudgementMaker):
    """Makes the declarations of each section."""

    def sections(self) -> Mapping[str, Callable[[], Iterable[Declared]]]:
        """The sections, each with what makes it; items come before what cites them."""
        makers = (
            *(self.categories, self.sources, self.cases, self.evidence, self.absences),
            *(self.claims, self.rivals, self.verdicts, self.fates, self.tests, self.challenges),
            *(self.waivers, self.story, self.key_points, self.panel_comments, self.impacts),
            *(self.conclusions, self.recommendations, self.lessons),
        )
        return {make.__name__: make for make in makers}

    def assertion(self, name: str) -> Declared:
        text = f"{self.told(34)} (P{self.rng.randrange(250)}, {self.rng.choice(self.codes)})"
        return {"id": name, "text": text, "evidence": self.cited(4)}

    def story(self) -> Iterable[Declared]:
        for n, letter in enumerate(PACKETS * 12):
            theme = {"title": f"Heading {n}", "packet": letter, "section": n % 3 + 1}
            about = {"about": [self.mechanism(letter)], "introduction": self.words(20)}
            told = [self.assertion(f"s{n}-{k}") for k in range(8)]
            yield {**theme, **about, "assertions": told}

    def key_points(self) -> Iterable[Declared]:
        for n, letter in enumerate(PACKETS * 12):
            point = {"id": f"k-{n}", "packet": letter, "text": self.told(24)}
            yield {**point, "rests_on": [f"s{n}-0", f"s{n}-1", f"C-{letter}-{n}"]}

    def panel_comments(self) -> Iterable[Declared]:
        for n, letter in enumerate(PACKETS * 3):
            told = {"author": "An expert", "text": self.words(30), "after": f"s{n}-0"}
            yield {"id": f"pc{n}", "packet": letter, "section": n % 3 + 1, **told}

    def impacts(self) -> Iterable[Declared]:
        for n in range(6):
            told = [self.assertion(f"i{n}-{k}") for k in range(3)]
            seen = {"unexpected": n % 2 == 0, "added_value": "amplifier"}
            yield {"title": f"Impact {n}", **seen, "assertions": told}

    def conclusions(self) -> Iterable[Declared]:
        for n in range(60):
            letter = PACKETS[n % 6]
            judged = {"tone": ("positive", "negative", "mixed")[n % 3], "criterion": "relevance"}
            rests = {"rests_on": [f"C-{letter}-{n}", f"k-{n}"], "factors": [f"x{letter}0"]}
            yield {"id": f"c{n}", "question": f"Q{letter}", "text": self.told(24)} | judged | rests

    def recommendations(self) -> Iterable[Declared]:
        for n in range(40):
            told = {"title": self.words(6), "text": self.words(30), "addressee": "The council"}
            yield {"id": f"r{n}", **told, "conclusions": [f"c{n}"], "priority": "1"}

    def lessons(self) -> Iterable[Declared]:
        for n in range(30):
            reasons = ("context", "mechanism", "outcome")
            blocks = ("observed", "success_factors", "vigilance")
            told = {name: self.told(8) for name in reasons}
            listed = {name: [self.words(12), self.words(12)] for name in blocks}
            rests = [f"C-{PACKETS[n % 6]}-{n}", f"c{n}", *self.cited(2)]
            yield {"id": f"l{n}", "title": self.words(6), **told, **listed, "rests_on": rests}
