"""One list of diagnostics with all that a format must survive, and the goldens made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scc_eval.diagnostics import (
    ALWAYS_ERROR,
    ALWAYS_WARNING,
    Diagnostic,
    Related,
    Rule,
    Severity,
    in_words,
)
from scc_eval.languages import words
from scc_eval.output import FORMATS, Figure, Limitation, Suite, Summary
from scc_eval.places import NOWHERE, Location, Passage
from scc_eval.rules import catalogue

ODD = Rule(
    "SCC298",
    "unreadable-code",
    ALWAYS_ERROR,
    "{text} is not a code",
    "Nobody can find what it cites, not even <b>you</b>.",
    "Write {text} as `{forms}`, or as {{case}}.",
    "We.",
)
NAMELESS = Rule(
    "SCC098", "broken-yaml", ALWAYS_ERROR, "a {kind} is amiss", "Why.", "Mend it.", "We."
)
REPAIRABLE, DUPLICATE = (rule for rule in catalogue() if rule.code in ("SCC201", "SCC208"))
SILENT = Rule("SCC198", "silent", ALWAYS_ERROR, "{text}", "Why.", "Mend.", "We.")
ACCEPTED = Rule(
    "SCC498", "silent-cases", ALWAYS_WARNING, "nothing on {claim}", "Why.", "Ask.", "We."
)

DEEP = (
    "Constats",
    "Le paquet B : des quartiers où l'on se parle davantage",
    "Vue",
    "Ce qui freine",
)
SENTENCE = Location("rapports/Évaluation, tome 1.docx", 12, 5, 12, 14, Passage(3, 12, DEEP, "note"))
PAGE = Location("report.PDF", 4, 1, 4, 9, Passage(7, 2, (), "body"))
LINE = Location("report.md", 12, 3, 12, 9, Passage(0, 4, ("Findings",), "table"))


def _damaged(text: str, at: Location, *related: Related) -> Diagnostic:
    return Diagnostic(
        REPAIRABLE, Severity.WARNING, at, {"text": text, "repair": "Part_PC1_1"}, related
    )


HOSTILE = (
    Diagnostic(
        ODD,
        Severity.ERROR,
        Location("evidence/a b/é,1:2%.yaml", 2, 3, 2, 5),
        {
            "text": "100 % sure, or\r\nso: ]]> <script>alert('1')</script> & \x00\x1b[31m",
            "forms": "{0}",
        },
    ),
    Diagnostic(
        ODD,
        Severity.ERROR,
        Location("evidence/t.yaml", 4, 1, 6, 3),
        {"text": "🌳 | `ls` *so* [here](https://example.org) 湖\ufffe", "forms": "{case}"},
    ),
    Diagnostic(NAMELESS, Severity.ERROR, NOWHERE, {"kind": "declaration"}),
    Diagnostic(ODD, Severity.ERROR, Location("locked.docx"), {"text": "∅", "forms": "–"}),
    _damaged("Part PC1_1", SENTENCE, Related(PAGE, "declared here first")),
    _damaged("Part PC1_1", SENTENCE._replace(line=13, passage=Passage(3, 13))),
    _damaged("Part_PCI_1", PAGE),
    _damaged("Part_PC1 1", LINE, Related(LINE, "begun here")),
    *(_damaged(f"Part_PC1_{n}l", Location("evidence/t.yaml", n, 1, n, 9)) for n in range(10, 20)),
    Diagnostic(
        DUPLICATE,
        Severity.NOTE,
        Location("evidence/t.yaml", 30, 1, 30, 3),
        {"text": "F1", "kind": "source"},
        tuple(
            Related(Location("evidence/t.yaml", line, 1, line, 3), "declared here first")
            for line in range(31, 56)
        ),
    ),
)
"""Percent signs, line feeds, commas, colons, ends of CDATA, tags, control characters, letters and
pictures beyond ASCII; no place; no line; repeats; many related places."""


def _limitation(until: str | None) -> Limitation:
    at = Location("evidence/judgement.yaml", 7, 5, 7, 9)
    found = Diagnostic(ACCEPTED, Severity.WARNING, at, {"claim": "CL-B1"})
    return Limitation(found, "A. <Author>", "2026-01", "Nobody | could ask", until)


def summary(language: str = "en", **more: Any) -> Summary:
    """A summary with everything in it."""
    spoken = words(language)
    own = spoken["summary"]
    given: dict[str, Any] = {
        "figures": (
            Figure("evaluations", 1, own["evaluation"], own["evaluations"]),
            Figure("packets", 3, own["packet"], own["packets"]),
        ),
        "evaluations": ("e",),
        "muted": ("SCC198",),
        "accepted": (_limitation(None), _limitation("2027")),
        "folder": "études/loos",
        "version": "1.2.3",
    }
    return Summary(spoken, **given | more)


def formatted(format: str, language: str = "en") -> str:
    """The list in a format."""
    spoken = words(language)
    found = in_words(HOSTILE, spoken)
    suites = (
        Suite("e, B", found[:5], (ODD, REPAIRABLE, ACCEPTED), (SILENT,)),
        Suite("e, <C>", found[5:], (REPAIRABLE,)),
    )
    return FORMATS[format](found, summary(language, suites=suites))


GOLDENS: Mapping[str, tuple[str, str]] = {
    "text.txt": ("text", "en"),
    "text.fr.txt": ("text", "fr"),
    "json.json": ("json", "en"),
    "github.txt": ("github", "en"),
    "github.fr.txt": ("github", "fr"),
    "gitlab.json": ("gitlab", "en"),
    "sarif.json": ("sarif", "en"),
    "junit.xml": ("junit", "en"),
    "junit.fr.xml": ("junit", "fr"),
    "md.md": ("md", "en"),
    "md.fr.md": ("md", "fr"),
}
"""The expected files of the list, each with its format and language."""
