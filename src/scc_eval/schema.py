"""JSON Schema for each kind of file, so that editors complete and check as one types.

The reader takes every plain scalar as text and French names of fields as well as English ones; the
schemas say so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from scc_eval.model.base import Declaration
from scc_eval.model.french import FRENCH_FIELDS, FRENCH_VALUES, folded
from scc_eval.model.theory import Theory
from scc_eval.sections import SECTIONS
from scc_eval.settings import Settings

_ANY_SCALAR = ["string", "number", "boolean"]

_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sources": ("categories", "sources"),
        "case": ("cases", "evidence", "absences"),
        "judgement": (
            *("claims", "rivals", "verdicts", "fates", "tests", "challenges", "waivers"),
            "absences",
        ),
        "story": ("story", "key_points", "panel_comments", "impacts"),
        "conclusions": ("conclusions", "recommendations", "lessons"),
        "content": tuple(SECTIONS),
    }
)
KINDS: tuple[str, ...] = ("theory", "evaluation", *_PARTS)
"""The kinds of file. A file of an evaluation may mix sections: `content` allows them all."""


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file. Raises KeyError for an unknown kind."""
    if kind == "theory":
        document = _of(Theory)
        # A theory without an id goes by the name of its file.
        document["required"] = [name for name in document["required"] if name != "id"]
    elif kind == "evaluation":
        document = _of(Settings)
    else:
        document = _of_sections(_PARTS[kind])
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}
    document["title"] = f"scc {kind} file"
    return dict(_in_both_languages(_as_read(document)))


def as_text(kind: str) -> str:
    """The schema of a kind as the text of a file."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def _of(model: type[Declaration]) -> dict[str, Any]:
    return TypeAdapter(model).json_schema(mode="validation")


def _of_sections(names: Iterable[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for name in names:
        document = _of(SECTIONS[name].load())
        definitions |= document.pop("$defs", {})
        if "$ref" not in document:
            definitions[SECTIONS[name].model] = document
        reference = {"$ref": f"#/$defs/{SECTIONS[name].model}"}
        properties[name] = {"type": ["array", "null"], "items": reference}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }


def _as_read(node: Any) -> Any:
    """The schema as the reader is: any scalar is a text, one text is a list of one."""
    if isinstance(node, list):
        return [_as_read(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    node = {key: _as_read(value) for key, value in node.items() if key != "format"}
    if node.get("type") == "string" and "enum" not in node and "const" not in node:
        node["type"] = _ANY_SCALAR
    if node.get("type") == "string" and "enum" in node:
        node["enum"] = [*node["enum"], *_french_values(node["enum"])]
    if node.get("type") == "array" and _takes_text(node.get("items")):
        outer = {key: node.pop(key) for key in ("default", "description", "title") if key in node}
        return {**outer, "anyOf": [{"type": _ANY_SCALAR}, node]}
    return node


def _takes_text(items: Any) -> bool:
    options = [items, *(items or {}).get("anyOf", ())] if isinstance(items, Mapping) else []
    return any(option.get("type") == _ANY_SCALAR for option in options)


def _french_values(values: Iterable[str]) -> list[str]:
    wanted = set(values)
    return [
        french
        for french, english in FRENCH_VALUES.items()
        if english in wanted and french not in wanted
    ]


def _in_both_languages(node: Any) -> Any:
    """Add to each object the French names of its fields; what is required is required in either."""
    if isinstance(node, list):
        return [_in_both_languages(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    node = {key: _in_both_languages(value) for key, value in node.items()}
    properties = node.get("properties")
    if not isinstance(properties, dict) or node.get("additionalProperties") is not False:
        return node
    names: dict[str, list[str]] = {name: [name] for name in properties}
    for french, english in FRENCH_FIELDS.items():
        for spelling in (french, folded(french)):
            if english in names and spelling not in properties:
                properties[spelling] = properties[english]
                names[english].append(spelling)
    required = node.pop("required", [])
    if required:
        node["allOf"] = [
            {"anyOf": [{"required": [name]} for name in names[needed]]} for needed in required
        ]
    return node
