"""Diagnostics as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Any, NamedTuple
from urllib.parse import quote

from scc_eval.diagnostics import Diagnostic, Rule, Severity
from scc_eval.output.closing import justification
from scc_eval.output.keys import keys
from scc_eval.output.passages import message, on_one_line, remedy
from scc_eval.output.summary import Limitation, Summary
from scc_eval.places import Location, has_lines

RESULTS = 25_000
"""How many results of a run code scanning takes."""
PLACES = 1_000
"""How many places of a result it takes."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class _Result(NamedTuple):
    """A diagnostic, its key, who accepted it, if somebody did, and whether a baseline knows it, if
    one is in use."""

    found: Diagnostic
    key: str
    accepted: Limitation | None = None
    state: str = ""


def as_sarif(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """One run. What a baseline knows comes after what is new; what waivers accept comes last, as
    suppressed results.

    Past the limits of code scanning the gravest results and the first places are kept, and a
    notification says what is left out. A result without a file is one on the whole repository,
    since code scanning takes none without a place.
    """
    results = list(_results(diagnostics, summary))
    kept = results
    if len(results) > RESULTS:
        kept = sorted(results, key=lambda each: -each.found.severity)[:RESULTS]
    rules = {each.found.rule.code: each.found.rule for each in kept}
    indices = {code: index for index, code in enumerate(sorted(rules))}
    words = summary.words["summary"]
    run = {
        "tool": {
            "driver": {
                "name": "scc",
                "version": summary.version,
                "language": words["language"],
                "rules": [_rule(rules[code], summary) for code in indices],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": _plain(text)}}
                    for text in _notifications(results, summary)
                ],
            }
        ],
        "language": words["language"],
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, indices, summary) for each in kept],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _results(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[_Result]:
    accepted, known = summary.accepted, summary.known or ()
    made = keys((*diagnostics, *(each.found for each in accepted)), known)
    state = "" if summary.known is None else "new"
    for found, key in zip(diagnostics, made, strict=False):
        yield _Result(found, key, state=state)
    for found, key in zip(known, keys(known), strict=True):
        yield _Result(found, key, state="unchanged")
    for each, key in zip(accepted, made[len(diagnostics) :], strict=True):
        yield _Result(each.found, key, each)


def _notifications(results: Sequence[_Result], summary: Summary) -> Iterator[str]:
    words = summary.words["summary"]
    if summary.muted:
        yield words["muted"].format(rules=", ".join(summary.muted))
    yield from (each.told for each in summary.omitted if each.number)
    if len(results) > RESULTS:
        yield words["results_cut"].format(count=len(results) - RESULTS, limit=RESULTS)
    cut = sum(max(len(each.found.related) - PLACES, 0) for each in results)
    if cut:
        yield words["places_cut"].format(count=cut, limit=PLACES)


def _result(each: _Result, indices: Mapping[str, int], summary: Summary) -> dict[str, Any]:
    found, code = each.found, each.found.rule.code
    made: dict[str, Any] = {
        "ruleId": code,
        "ruleIndex": indices[code],
        "level": found.severity.word,
        "message": {"text": _plain(_message(found, summary))},
        "locations": [_location(found.at, summary)],
        "partialFingerprints": {"sccKey/v1": each.key},
    }
    if found.related:
        made["relatedLocations"] = [
            {
                "id": number,
                **_location(related.at, summary),
                "message": {"text": _plain(related.words)},
            }
            for number, related in enumerate(found.related[:PLACES])
        ]
    if each.state:
        made["baselineState"] = each.state
    if each.accepted:
        why = justification(each.accepted, summary.words)
        made["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return made


def _message(found: Diagnostic, summary: Summary) -> str:
    lines = (message(found, summary.words), remedy(found, summary.words))
    return "\n".join(on_one_line(line) for line in lines)


def _location(at: Location, summary: Summary) -> dict[str, Any]:
    uri = quote(summary.repository_path(at.file), safe="/", errors="surrogateescape")
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
    if has_lines(at):
        physical["region"] = {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        }
    made: dict[str, Any] = {"physicalLocation": physical}
    if at.passage is not None:
        made["properties"] = {"passage": at.passage._asdict()}
        if at.passage.headings:
            name = " › ".join(at.passage.headings)
            made["logicalLocations"] = [{"fullyQualifiedName": name}]
    return made


def _rule(rule: Rule, summary: Summary) -> dict[str, Any]:
    labels = summary.words["pages"]
    levels = (*rule.levels, *(rule.grave or ()))
    gravest = max((level for level in levels if level), default=Severity.NOTE)
    told = (
        (labels["why"], rule.why),
        (labels["fix"], _without_facts(rule.fix)),
        (labels["authority"], rule.authority),
    )
    colon = summary.words["terms"]["colon"]
    in_markdown = "\n\n".join(f"**{label}.** {text}" for label, text in told)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _plain(_without_facts(rule.message))},
        "fullDescription": {"text": _plain(rule.why)},
        "help": {
            "text": _plain("\n".join(f"{label}{colon} {text}" for label, text in told)),
            "markdown": _plain(in_markdown).replace("<", "&lt;"),
        },
        "defaultConfiguration": {"level": gravest.word},
        "properties": {"tags": [labels["families"][rule.code[3]]]},
    }


def _without_facts(template: str) -> str:
    """What a rule says of anything: an ellipsis in the place of each fact."""
    parts = Formatter().parse(template)
    return "".join(text if name is None else f"{text}…" for text, name, _, _ in parts)


def _plain(text: str) -> str:
    """A text in which SARIF sees no placeholder and no link."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
