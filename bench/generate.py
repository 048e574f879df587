"""Make a workspace of any size for the benchmarks: same arguments, same bytes."""

from __future__ import annotations

import random
from pathlib import Path

_WORDS = (
    *("town", "council", "farmers", "training", "residents", "energy", "housing", "trust"),
    *("project", "meeting", "partner", "school", "garden", "agreement", "budget", "support"),
    *("visit", "market", "soil", "water", "change", "practice", "group", "region", "national"),
    *("policy", "story", "neighbour", "evidence", "interview", "document", "figure", "noted"),
)
_CASES = ("Ada", "Bel", "Cor", "Dun", "Eve")


def write_workspace(root: Path, items: int, *, per_file: int) -> Path:
    """Write an evaluation of `items` evidence items, each of about 60 words and bearing on two
    hypotheses, `per_file` items to a file. Returns the workspace."""
    rng = random.Random(20161)
    folder = root / "evidence" / "bench"
    (folder / "items").mkdir(parents=True)
    (root / "theories").mkdir()
    (root / "theories" / "bench.yaml").write_text(_theory(), encoding="utf-8")
    (folder / "evaluation.yaml").write_text(
        "title: Bench\ntheory: bench\nstage: 4\n", encoding="utf-8"
    )
    (folder / "sources.yaml").write_text(_sources(), encoding="utf-8")
    for first in range(0, items, per_file):
        lines = ["evidence:"]
        for number in range(first, min(first + per_file, items)):
            lines += _item(number, rng)
        name = folder / "items" / f"part-{first // per_file:05}.yaml"
        name.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def _item(number: int, rng: random.Random) -> list[str]:
    packet, section = number % 3 + 1, number // 3 % 3 + 1
    words = [rng.choice(_WORDS) for _ in range(60)]
    target = f"M{packet}" if section < 3 else f"X{packet}"
    return [
        f"  - code: {_CASES[number % 5]}_PC{packet}_{section}-{number:05}",
        "    text: >-",
        f"      {' '.join(words[:20])}",
        f"      {' '.join(words[20:40])}",
        f"      {' '.join(words[40:])}",
        f"    sources: [S{number % 50}]",
        "    nature: account",
        "    polarity: supports",
        f"    bears_on: [B{packet}, {target}]",
    ]


def _sources() -> str:
    categories = [f"  - {{id: K{n}, label: Category {n}, interviews: 10}}" for n in range(5)]
    sources = [f"  - {{id: S{n}, category: K{n % 5}, method: interview}}" for n in range(50)]
    cases = [f"  - {{code: {code}, label: Case {code}}}" for code in _CASES]
    return "\n".join(["categories:", *categories, "sources:", *sources, "cases:", *cases, ""])


def _theory() -> str:
    packets = [
        "  - {letter: A, title: Programme, role: intervention, boxes: [{id: A1, label: Do}]}"
    ]
    links, factors = [], []
    for number, letter in enumerate("BCD", 1):
        packets.append(
            f"  - {{letter: {letter}, number: {number}, title: Change {number}, expects: It changes"
            f", boxes: [{{id: B{number}, label: Box {number}}}]}}"
        )
        links.append(
            f"  - {{id: A-{letter}, source: A, target: {letter},"
            f" mechanisms: [{{id: M{number}, text: How it works}}]}}"
        )
        factors.append(f"  - {{id: X{number}, text: Something else, targets: {letter}}}")
    return "\n".join(
        ["id: bench", "title: Bench", "packets:", *packets, "links:", *links, "factors:", *factors]
    )
