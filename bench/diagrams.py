"""How long pictures take to draw, by how large the theory is: `python -m bench.diagrams`.

Theories are denser than real ones: arrows between any two packets, some of them back, some between
boxes. Every figure is the median of several runs in one process. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from random import Random
from typing import Any

from scc_eval import Dossier
from scc_eval.diagrams import as_svg, draw, picture
from scc_eval.model.theory import Theory
from scc_eval.project import Project
from scc_eval.settings import Settings

_SIZES = ((3, 8), (5, 16), (8, 40), (12, 48), (12, 200), (30, 100), (60, 600))
_BOXES = 5


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each, after one warm-up")
    options = parser.parse_args()
    print(f"{'packets':>8}{'links':>8}{'arrows':>8}{'boxes':>8}{'drawn s':>10}{'svg kB':>8}")
    for packets, links in _SIZES:
        dossier = _dossier(packets, links)
        times = []
        for _ in range(options.runs + 1):
            begun = time.perf_counter()
            shown = picture(dossier)
            text = as_svg(draw(shown))
            times.append(time.perf_counter() - begun)
        boxes = sum(len(frame.boxes) for frame in shown.frames)
        took = statistics.median(times[1:])
        print(
            f"{packets:>8}{links:>8}{len(shown.arrows):>8}{boxes:>8}{took:>10.3f}"
            f"{len(text) / 1000:>8.0f}"
        )


def _dossier(packets: int, links: int) -> Dossier:
    rng = Random(packets * 1000 + links)
    letters = [f"P{number}" for number in range(packets)]
    boxes = [f"{letter}.{number}" for letter in letters for number in range(_BOXES)]
    theory: dict[str, Any] = {
        "id": "made",
        "title": "A theory made up",
        "packets": [
            {
                "letter": letter,
                "title": f"What the people of place {letter} come to do",
                "boxes": [
                    {"id": f"{letter}.{number}", "label": f"They change the way they do {number}"}
                    for number in range(_BOXES)
                ],
            }
            for letter in letters
        ],
        "links": [_link(rng, number, letters, boxes) for number in range(links)],
    }
    settings = Settings.model_validate({"title": "Made", "theory": "made"})
    return Dossier(Project("made", Path(), settings, Theory.model_validate(theory)))


def _link(rng: Random, number: int, letters: list[str], boxes: list[str]) -> dict[str, Any]:
    first, second = sorted(rng.sample(range(len(letters)), 2))
    ends = letters[first], letters[second]
    if rng.random() < 0.3:
        ends = boxes[first * _BOXES], boxes[second * _BOXES + 1]
    is_back = rng.random() < 0.1
    source, target = ends[::-1] if is_back else ends
    return {"id": f"l{number}", "source": source, "target": target, "feedback": is_back}


if __name__ == "__main__":
    main()
