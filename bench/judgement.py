"""Make up a theory, evidence and a judgement, so that every rule has work."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

Declared = dict[str, Any]

_WORDS = (
    *("town", "council", "growers", "training", "residents", "energy", "housing", "trust"),
    *("project", "meeting", "partner", "school", "garden", "agreement", "budget", "support"),
    *("visit", "market", "soil", "water", "change", "practice", "group", "region", "national"),
    *("policy", "story", "neighbour", "evidence", "interview", "document", "figure", "noted"),
)
_PHRASES = (
    *("thanks to the visits", "most growers", "several residents", "it contributed to trust"),
    *("all the schools", "a majority of residents", "it may have helped", "nobody in the town"),
)
_CASES = ("Ada", "Bel", "Cor", "Dun", "Eve", "Fay", "Gus", "Hal")
PACKETS = "BCDEFG"
_SIDES = ("implementer", "commissioner", "target", "third_party")
_METHODS = ("interview", "focus group", "visit", "reading")
_STATUSES = ("confirmed_until_further_notice", "partly_confirmed", "inconclusive", "refuted")
_CONFIDENCES = ("high", "moderate", "low", "very_low")
_FORMS = ("own", "combined", "packet", "rival_preferred")
_LINKS_EACH, _FACTORS_EACH, _BOXES_EACH = 4, 4, 4


class JudgementMaker:
    """Makes the theory, and the declarations of what was heard and judged."""

    def __init__(self, rng: random.Random, items: int) -> None:
        self.rng = rng
        self.items = items
        self.codes: list[str] = []

    def words(self, count: int) -> str:
        return " ".join(self.rng.choices(_WORDS, k=count))

    def told(self, count: int) -> str:
        """Words of a text that readers see, with a phrase that says how many or how much."""
        return f"{self.words(count)}; {self.rng.choice(_PHRASES)} {self.words(4)}"

    def cited(self, count: int) -> list[str]:
        return self.rng.sample(self.codes, min(count, len(self.codes)))

    def date(self) -> str:
        return f"201{self.rng.randrange(2, 7)}-{self.rng.randrange(1, 13):02}-11"

    def theory(self) -> Declared:
        packets: list[Declared] = [{"letter": "A", "title": "Programme", "role": "intervention"}]
        links: list[Declared] = []
        for number, letter in enumerate(PACKETS, 1):
            boxes = [self.box(letter, n) for n in range(_BOXES_EACH)]
            packet = {"letter": letter, "number": str(number), "title": f"Change {letter}"}
            packets.append({**packet, "expects": self.words(12), "groups": ["G0"], "boxes": boxes})
            links += [self.link(letter, n) for n in range(_LINKS_EACH)]
        return {
            "id": "bench",
            "title": "Bench",
            "revisions": [{"date": "2013-05", "reason": "The first visits"}],
            "questions": [
                {"id": f"Q{letter}", "text": self.words(10), "packets": [letter]}
                for letter in PACKETS
            ],
            "groups": [{"id": f"G{n}", "label": f"Group {n}"} for n in range(4)],
            "packets": packets,
            "links": links,
            "factors": [
                {"id": f"x{letter}{n}", "text": self.words(8), "targets": [letter]}
                | {"type": ("direct_rival", "implementation", "context", "rival_theory")[n]}
                for letter in PACKETS
                for n in range(_FACTORS_EACH)
            ],
        }

    def box(self, letter: str, number: int) -> Declared:
        return {"id": f"{letter}.{number}", "label": self.words(4), "groups": [f"G{number}"]}

    def link(self, letter: str, number: int) -> Declared:
        name = f"A-{letter}{number}"
        told = {"if_true": self.words(8), "if_false": self.words(8)}
        return {
            "id": name,
            "source": "A",
            "target": f"{letter}.{number}",
            "hotspot": number == 0,
            "mechanisms": [{"id": f"{name}m{n}", "text": self.words(10), **told} for n in range(2)],
            "assumptions": [{"id": f"{name}a", "text": self.words(10), **told}],
            "risks": [{"id": f"{name}r", "text": self.words(10)}],
        }

    def mechanism(self, letter: str) -> str:
        return f"A-{letter}{self.rng.randrange(_LINKS_EACH)}m{self.rng.randrange(2)}"

    def categories(self) -> Iterable[Declared]:
        for n in range(10):
            side = {"interest": f"Interest {n % 6}", "side": _SIDES[n % 4], "groups": [f"G{n % 4}"]}
            yield {"id": f"k{n}", "label": f"Category {n}", "interviews": 20, **side}

    def sources(self) -> Iterable[Declared]:
        for n in range(250):
            source = {"id": f"P{n}", "category": f"k{n % 10}", "method": _METHODS[n % 4]}
            echo = {"derived_from": [f"P{n - 7}"]} if n % 10 == 9 else {}
            consent = ("quote", "paraphrase", "internal")[n % 3]
            told = {"role": "told of it", "date": self.date(), "is_subordinate": n % 9 == 0}
            secrecy = {"confidentiality": ("public", "restricted", "confidential")[n % 3]}
            yield {**source, **echo, **told, **secrecy, "consent": consent}

    def cases(self) -> Iterable[Declared]:
        for n, code in enumerate(_CASES):
            told = {"question": self.words(10), "selection": self.words(10), "monograph": f"P{n}"}
            yield {"code": code, "label": f"The case of {code}", **told, "text": self.words(4000)}

    def evidence(self) -> Iterable[Declared]:
        natures = ("fact", "figure", "account", "mechanism_account", "opinion", "expert_knowledge")
        for n in range(self.items):
            number, section = n % len(PACKETS) + 1, n // len(PACKETS) % 3 + 1
            letter = PACKETS[number - 1]
            self.codes.append(f"{_CASES[n % 8]}_PC{number}_{section}-{n:05}")
            target = f"x{letter}{n % 4}" if section == 3 else self.mechanism(letter)
            text, wording = self.words(60), ("statement", "quote", "paraphrase")[n % 3]
            quoted = {"passage": f"{self.words(20)} {text} {self.words(20)}"}
            yield {
                "code": self.codes[-1],
                "text": text,
                "wording": wording,
                **(quoted if wording == "quote" else {}),
                "sources": sorted({f"P{self.rng.randrange(250)}" for _ in range(1 + n % 2)}),
                "locator": f"p. {n % 90}",
                "nature": natures[n % 6],
                "polarity": ("supports", "supports", "supports", "against", "nuances")[n % 5],
                "bears_on": [f"{letter}.{n % _BOXES_EACH}", target],
                "date": self.date(),
                "happened": self.date(),
                "compared_with": "2011",
                "attribution": ("explicit", "implicit", "incidental")[n % 3],
                "effect": ("positive", "negative")[n % 2],
                **({"package": f"meeting {n % 30}"} if n % 20 == 0 else {}),
                **({"set_aside": "Hearsay"} if n % 50 == 0 else {}),
            }

    def absences(self) -> Iterable[Declared]:
        kinds = ("not_asked", "asked_not_found", "contrary", "not_applicable")
        for n in range(40):
            name = f"x{PACKETS[n % 6]}{n % 4}"
            told = {"found": kinds[n % 4], "search": self.words(8), "date": self.date()}
            yield {"cases": [_CASES[n % 8]], "on": name, **told}

    def claims(self) -> Iterable[Declared]:
        for n in range(90):
            letter = PACKETS[n % 6]
            ratings = [
                {"rater": rater, "status": _STATUSES[n % 4], "confidence": _CONFIDENCES[n % 4]}
                for rater in ("Ann", "Bob")
            ]
            yield {
                "id": f"C-{letter}-{n}",
                "packet": letter,
                "text": self.told(24),
                "components": ["A"],
                "changes": [f"{letter}.{n % 4}"],
                "mechanisms": [self.mechanism(letter), self.mechanism(letter)],
                "factors": [f"x{letter}{n % 4}"],
                "actors": "The growers",
                "form": _FORMS[n % 4],
                "status": _STATUSES[n % 4],
                "confidence": _CONFIDENCES[n % 4],
                "reason": self.words(20),
                "limits": self.words(10),
                "treatment": self.words(10),
                "necessary": n % 9 == 0,
                "raters": ["Ann", "Bob"],
                "ratings": ratings,
                "date": "2016-05",
                "fingerprint": "0123abcd",
                "evidence": self.cited(12),
            }

    def rivals(self) -> Iterable[Declared]:
        roles = ("complements", "conditions", "excludes", "hinders", "no_influence", "not_examined")
        for n, letter in enumerate(PACKETS * _FACTORS_EACH):
            for case in _CASES:
                judged = {"role": roles[n % 6], "search": self.words(8), "reason": self.words(12)}
                rival = {"factor": f"x{letter}{n // 6}", "packet": letter, "cases": [case]}
                yield {**rival, **judged, "evidence": self.cited(3)}

    def verdicts(self) -> Iterable[Declared]:
        for n, letter in enumerate(PACKETS):
            judged = {"form": _FORMS[n % 4], "status": _STATUSES[n % 4], "confidence": "moderate"}
            claims = [f"C-{letter}-{k}" for k in range(n, 90, 6)]
            text = {"packet": letter, "text": self.told(34), "reason": self.words(20)}
            yield {**text, **judged, "date": "2016-06", "claims": claims}

    def fates(self) -> Iterable[Declared]:
        kinds = ("confirmed", "partly_confirmed", "inconclusive", "refuted", "not_tested")
        for n, letter in enumerate(PACKETS * _LINKS_EACH):
            for name in ("m0", "m1", "a"):
                fate = {"hypothesis": f"A-{letter}{n // 6}{name}", "fate": kinds[n % 5]}
                yield {**fate, "reason": self.words(12), "evidence": self.cited(4)}

    def tests(self) -> Iterable[Declared]:
        kinds = ("straw", "hoop", "smoking_gun", "doubly_decisive")
        for n in range(180):
            yield {
                "id": f"t{n}",
                "on": f"C-{PACKETS[n % 6]}-{n % 90}",
                "text": self.words(12),
                "test": kinds[n % 4],
                "outcome": ("found", "not_found", "not_sought")[n % 3],
                "sensitivity": "0.7-0.9",
                "type_one_error": "0.1-0.3",
                "reason": self.words(12),
                "set_on": "2014-01",
                "found_on": "2015-01",
                **({"package": f"test {n % 20}"} if n % 10 == 0 else {}),
                "evidence": self.cited(2),
            }

    def challenges(self) -> Iterable[Declared]:
        for n in range(30):
            answer = {"response": ("accepted", "partly", "rejected")[n % 3], "change": "Said so"}
            objection = {"author": "The panel", "date": "2016-05", "text": self.words(30)}
            yield {"id": f"o{n}", "targets": [f"C-{PACKETS[n % 6]}-{n}"], **objection, **answer}

    def waivers(self) -> Iterable[Declared]:
        for n in range(10):
            signed = {"author": "Ann", "date": "2016-05", "reason": "Nobody could be asked"}
            yield {"rule": "SCC401", "on": f"C-{PACKETS[n % 6]}-{n}", **signed}
