"""Theories of change made up by the number: any shape, long labels, several scripts, loops."""

from __future__ import annotations

from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from scc_eval import Dossier
from scc_eval.model.evidence import Case, Evidence
from scc_eval.model.judgement import Claim, Fate, Verdict
from scc_eval.model.theory import Theory
from scc_eval.project import Project
from scc_eval.settings import Settings

_WORDS = (
    *("Les habitants", "se saisissent", "de la démarche", "et du projet commun de développement"),
    *("Growers", "sell more of what they grow", "at the market", "in every season, even in winter"),
    *("anticonstitutionnellement", "Donaudampfschifffahrtsgesellschaftskapitän", "WWWWWWMMMM"),
    *("النساء", "يشاركن في القرارات", "המשתתפים", "לומדים יחד"),
    *("👩‍🌾👩‍🌾", "🏳️‍🌈", "村民参与决策", "ありがとう", "Ελλάδα", "Участники", "e\u0301te\u0301"),
    *(
        "<script>alert(1)</script>",
        "\"&amp;'",
        "https://a.example/very/long/address?with=query#end",
    ),
)
_FATES = ("confirmed", "partly_confirmed", "inconclusive", "refuted", "not_tested")
_STATUSES = (*_FATES[1:4], "untested", "confirmed_until_further_notice", "not_to_be_proven")


def dossier(seed: int) -> Dossier:
    """An evaluation of 2 to 12 packets. Every third is a theory alone, with no evidence."""
    rng = Random(seed)
    theory = _theory(rng)
    declared: dict[str, Any] = {}
    if seed % 3:
        declared = _judgement(rng, theory)
    language = rng.choice(("en", "fr"))
    settings = Settings.model_validate({"title": "E", "theory": "t", "language": language})
    read = Theory.model_validate(theory)
    return Dossier(Project("made", Path(), settings, read, MappingProxyType(declared)))


def _theory(rng: Random) -> dict[str, Any]:
    count = rng.choice((2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 12))
    letters = "ABCDEFGHIJKL"[:count]
    packets = [_packet(rng, letter, place, count) for place, letter in enumerate(letters)]
    ids = [box["id"] for packet in packets for box in _every(packet["boxes"])]
    links = [_link(rng, number, letters, ids) for number in range(rng.randint(0, 3 * count))]
    factors = [
        {
            "id": f"x{number}",
            "text": _text(rng, 12),
            **({"label": _text(rng, 4)} if rng.random() < 0.8 else {}),
            "targets": rng.sample([*letters, *ids], rng.randint(1, 2)),
            "direction": rng.choice(("favours", "hinders")),
            **({"excluded": "Out"} if rng.random() < 0.1 else {}),
        }
        for number in range(rng.randint(0, count))
    ]
    return {
        "id": "t",
        "title": _text(rng, 6),
        "packets": packets,
        "links": links,
        "factors": factors,
    }


def _packet(rng: Random, letter: str, place: int, count: int) -> dict[str, Any]:
    role = "intervention" if place == 0 else "impact" if place == count - 1 else "causal"
    return {
        "letter": letter,
        "number": str(place),
        "title": _text(rng, 5),
        "role": role,
        "to_be_proven": rng.random() < 0.8,
        "boxes": [_box(rng, f"{letter}.{n}", 0) for n in range(rng.choice((0, 1, 2, 3, 4, 5, 11)))],
    }


def _box(rng: Random, name: str, depth: int) -> dict[str, Any]:
    many = rng.randint(1, 3) if depth < 2 and rng.random() < 0.15 else 0
    boxes = [_box(rng, f"{name}.{number}", depth + 1) for number in range(many)]
    return {"id": name, "label": _text(rng, 6), "boxes": boxes}


def _every(boxes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for box in boxes for each in (box, *_every(box["boxes"]))]


def _link(rng: Random, number: int, letters: str, ids: list[str]) -> dict[str, Any]:
    """Mostly forward and between packets; some between boxes, back, or from a thing to itself."""
    if rng.random() < 0.6 or not ids:
        first, second = sorted(rng.sample(range(len(letters)), 2))
        ends = [letters[first], letters[second]]
        is_back = rng.random() < 0.15
    else:
        ends = [rng.choice([*letters, *ids]), rng.choice(ids)]
        is_back = rng.random() < 0.3
    mechanisms = [{"id": f"m{number}.{n}", "text": _text(rng, 5)} for n in range(rng.randint(0, 3))]
    return {
        "id": f"l{number}",
        "source": ends[1] if is_back else ends[0],
        "target": ends[0] if is_back else ends[1],
        "feedback": is_back and rng.random() < 0.7,
        "origin": rng.choice(("declared", "declared", "emergent")),
        "hotspot": rng.random() < 0.1,
        "mechanisms": mechanisms,
    }


def _text(rng: Random, most: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(rng.randint(1, most)))


def _judgement(rng: Random, theory: dict[str, Any]) -> dict[str, Any]:
    mechanisms = [m["id"] for link in theory["links"] for m in link["mechanisms"]]
    factors = [factor["id"] for factor in theory["factors"]]
    boxes = [box["id"] for packet in theory["packets"] for box in _every(packet["boxes"])]
    letters = [packet["letter"] for packet in theory["packets"]]
    every = [*mechanisms, *factors, *boxes]
    fates = [
        Fate.model_validate({"hypothesis": each, "fate": rng.choice(_FATES)})
        for each in (*mechanisms, *factors)
        if rng.random() < 0.6
    ]
    claims = [
        Claim.model_validate(
            {
                "id": f"c{number}",
                "packet": rng.choice(letters),
                "text": "It did.",
                "status": rng.choice(_STATUSES),
                "changes": rng.sample(boxes, min(len(boxes), 2)),
            }
        )
        for number in range(rng.randint(0, 4))
    ]
    verdicts = [
        Verdict.model_validate({"packet": each, "text": "So.", "status": rng.choice(_STATUSES)})
        for each in letters
        if rng.random() < 0.4
    ]
    items = [
        Evidence.model_validate(
            {
                "code": f"{rng.choice(('Ada', 'Bel'))}_PC{rng.randrange(len(letters))}_1-{number}",
                "text": "Seen.",
                "bears_on": rng.choice(every),
            }
        )
        for number in range(rng.randint(1, 30) if every else 0)
    ]
    cases = [Case.model_validate({"code": code, "label": code}) for code in ("Ada", "Bel")]
    return {
        "fates": tuple(fates),
        "claims": tuple(claims),
        "verdicts": tuple(verdicts),
        "evidence": tuple(items),
        "cases": tuple(cases),
    }
