"""SCC0xx: can it be read, and is it what it claims to be? Data in, declarations out.

What cannot be taken leaves a stub, so that one slip gives one diagnostic: nothing that refers to a
stub is said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping as AbstractMapping
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scc_eval.diagnostics import (
    ALWAYS_ERROR,
    ALWAYS_WARNING,
    Diagnostic,
    Levels,
    Related,
    Rule,
)
from scc_eval.files import NOWHERE, File, Location, Mapping, Problem, Sequence, locate
from scc_eval.model.base import Declaration, in_english

D = TypeVar("D", bound=Declaration)

_OURS = "Our own: a file must be read before anything can be said of it."


def _rule(
    code: str, name: str, message: str, why: str, fix: str, levels: Levels = ALWAYS_ERROR
) -> Rule:
    return Rule(code, name, levels, message, why, fix, authority=_OURS)


UNREADABLE = _rule(
    "SCC001",
    "unreadable-file",
    "this file cannot be read: {reason}",
    "What cannot be read cannot be judged, and coverage looks worse than it is.",
    "Check that the file exists, that a link to it leads somewhere, and that you may read it.",
)
BROKEN = _rule(
    "SCC002",
    "broken-yaml",
    "this is not YAML: {problem}",
    "The rest of the file, from here on, could not be read.",
    "Look at this line and the one above: indentation, a bracket or a quotation mark is amiss.",
)
NOT_UTF8 = _rule(
    "SCC003",
    "not-utf8",
    "the byte {byte} is not UTF-8 text",
    "Accented letters saved in an older encoding cannot be told apart with certainty.",
    "Save the file as UTF-8 (in most editors: Save as, Encoding, UTF-8).",
)
TAB = _rule(
    "SCC004",
    "tab-indent",
    "a tab character indents this line",
    "YAML allows spaces only, since a tab has no fixed width.",
    "Replace the tab by spaces, as many as the neighbouring lines have.",
)
COLON = _rule(
    "SCC005",
    "colon-in-text",
    "a colon followed by a space stands inside a text",
    "YAML takes the colon for the end of a name.",
    "Put the whole text between quotation marks, or write it below `>-` on lines of its own.",
)
UNCLOSED = _rule(
    "SCC006",
    "unclosed-text",
    "a quotation mark or a bracket is opened and never closed",
    "Everything after it was taken for part of it.",
    "Close it where the text ends; double an apostrophe inside '…'.",
)
DUPLICATE_KEY = _rule(
    "SCC007",
    "duplicate-key",
    "{key} is given twice",
    "Only the first is used, and nobody can tell which was meant.",
    "Keep one of the two, or make them two items of a list.",
)
CONTROL = _rule(
    "SCC008",
    "control-character",
    "an invisible control character stands here ({character})",
    "Such characters come with copied text and no program treats them alike.",
    "Delete the character: retype the word if you cannot see it.",
)
ALIAS = _rule(
    "SCC009",
    "unusable-alias",
    "*{alias} cannot be followed",
    "An alias must name an anchor written before it, and must not repeat itself without end.",
    "Write the text out; if it merely begins with a star, put it between quotation marks.",
)
TAG = _rule(
    "SCC010",
    "unknown-tag",
    "the tag {tag} means nothing here",
    "A word that begins with an exclamation mark tells YAML to build something scc does not know.",
    "Remove the tag; if the text begins with an exclamation mark, put it between quotation marks.",
)
TWO_DOCUMENTS = _rule(
    "SCC011",
    "two-documents",
    "a second document begins here, and was not read",
    "One file holds one document; what follows `---` would be lost.",
    "Remove the line `---`, or move what follows it to a file of its own.",
)
KEY_NOT_TEXT = _rule(
    "SCC012",
    "key-not-text",
    "a list or a mapping stands where a name is expected",
    "The name of a field is a word.",
    "Remove the `?`, or put the text between quotation marks if it begins with a bracket.",
)
TOO_DEEP = _rule(
    "SCC013",
    "too-deep",
    "this is nested more than {depth} levels deep",
    "No evaluation needs it; it is a slip or a file made to harm.",
    "Flatten the file: a stray bracket is the usual cause.",
)
EMPTY = _rule(
    "SCC014",
    "empty-file",
    "this file holds nothing",
    "An empty file is most often one that was not saved.",
    "Fill it, or delete it.",
    ALWAYS_WARNING,
)
TOO_LARGE = _rule(
    "SCC015",
    "too-large",
    "this file has {size} MB, and only {limit} MB are read",
    "A file of that size is not one a person wrote.",
    "Split it, one file per case, or take it out of the evaluation's folder.",
)
FOLDER = _rule(
    "SCC016",
    "folder-for-file",
    "this is a folder, where its name says it is a file",
    "What lies in it is not read.",
    "Rename the folder so that it does not end in .yaml, or put a file in its place.",
)
LINKED_FOLDER = _rule(
    "SCC017",
    "linked-folder",
    "this is a link to a folder, which is not followed",
    "A link can lead in a circle, or out of the workspace.",
    "Put the folder itself here.",
)
MISPLACED = _rule(
    "SCC020",
    "misplaced-content",
    "{kind} holds {found}, where {expected} is expected",
    "Nothing below this line could be read.",
    "Begin each item of a list with a hyphen, and each field with its name and a colon.",
)
UNKNOWN_FIELD = _rule(
    "SCC021",
    "unknown-field",
    "{kind} has no field {field}",
    "A misspelt name would be left out without a word.",
    "Use one of: {suggestion}.",
)
MISSING_FIELD = _rule(
    "SCC022",
    "missing-field",
    "this {kind} has no {field}",
    "The declaration cannot be used without it.",
    "Add the field {field}.",
)
NOT_IN_LIST = _rule(
    "SCC023",
    "value-not-in-list",
    "{field} is {value}, which is not one of its words",
    "Words of a closed list are what rules and tables count by.",
    "Write one of: {allowed}.",
)
UNFIT = _rule(
    "SCC024",
    "unfit-value",
    "{field} is {value}, where {expected} is expected",
    "The declaration cannot be used as it stands.",
    "Write {expected}.",
)
OUT_OF_RANGE = _rule(
    "SCC025",
    "out-of-range",
    "{field} is {value}, and must be {bound}",
    "The declaration cannot be used as it stands.",
    "Write a number {bound}.",
)
CODE_FORM = _rule(
    "SCC026",
    "unusable-code-form",
    "{value} cannot be a form of traceability code",
    "Codes are read by the forms the evaluation declares.",
    "Write a pattern with {{case}} and any of {{packet}}, {{section}}, {{theme}}, each once; "
    "a suffix has {{item}} alone.",
)
NO_SETTINGS = _rule(
    "SCC030",
    "evaluation-without-settings",
    "this folder has no evaluation.yaml",
    "Without its settings an evaluation has no theory, no stage and no grammar of codes.",
    "Add evaluation.yaml with at least title and theory; `scc init` shows one.",
)
NO_THEORY = _rule(
    "SCC031",
    "unknown-theory",
    "there is no theory {theory}",
    "Evidence is judged against a theory of change.",
    "Write the id of one of the theories in theories/: {known}.",
)
AMBIGUOUS_THEORY = _rule(
    "SCC032",
    "ambiguous-theory",
    "{theory} is the name of several theories: {files}",
    "Evidence would be judged against one of them, and nobody could tell which.",
    "Give each theory an `id` of its own.",
)

RULES: tuple[Rule, ...] = tuple(value for value in globals().values() if isinstance(value, Rule))

_BY_PROBLEM: AbstractMapping[str, Rule] = {
    "unreadable": UNREADABLE,
    "folder-for-file": FOLDER,
    "linked-folder": LINKED_FOLDER,
    "too-large": TOO_LARGE,
    "not-utf8": NOT_UTF8,
    "empty-file": EMPTY,
    "duplicate-key": DUPLICATE_KEY,
    "unknown-alias": ALIAS,
    "alias-in-itself": ALIAS,
    "alias-grows": ALIAS,
    "unknown-tag": TAG,
    "two-documents": TWO_DOCUMENTS,
    "key-not-text": KEY_NOT_TEXT,
    "too-deep": TOO_DEEP,
    "control-character": CONTROL,
    "colon-in-text": COLON,
    "tab-indent": TAB,
    "unclosed": UNCLOSED,
    "broken-yaml": BROKEN,
}


class Stub(NamedTuple):
    """What is left of a declaration that could not be taken: its kind, its id if it had one."""

    kind: str
    name: str | None
    at: Location


class Reader:
    """Gathers what could not be taken while files become declarations."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.stubs: list[Stub] = []

    def report(self, rule: Rule, at: Location, *related: Related, **facts: str) -> None:
        """Add a diagnostic."""
        severity = rule.levels.final
        self.diagnostics.append(Diagnostic(rule, severity, at, facts, related))

    def report_problems(self, file: File) -> None:
        """Add a diagnostic for each thing the YAML reader could not take."""
        for problem in file.problems:
            self.report_problem(problem)

    def report_problem(self, problem: Problem) -> None:
        """Add the diagnostic of one problem."""
        related = (Related(problem.related, "begun here"),) if problem.related else ()
        self.report(_BY_PROBLEM[problem.kind], problem.at, *related, **problem.facts)

    def declare(self, model: type[D], data: Any, file: str) -> D | None:
        """Make a declaration of data, or leave a stub. Nested declarations fall one by one."""
        if not isinstance(data, Mapping):
            self.report(
                MISPLACED,
                locate(data, (), file),
                kind=model.kind,
                found=found(data),
                expected="names and values",
            )
            self.stubs.append(Stub(model.kind, None, locate(data, (), file)))
            return None
        while True:
            try:
                return model.model_validate(data)
            except ValidationError as error:
                mended = self._mend(model, data, error, file)
                if mended is None:
                    self.stubs.append(_stub(model, data))
                    return None
                data = mended

    def _mend(
        self, model: type[Declaration], data: Mapping, error: ValidationError, file: str
    ) -> Mapping | None:
        """Report every error; return the data without what could not be taken, or None if what
        is left is not a declaration."""
        data = _english_throughout(model, data)
        details = tuple(_telling(error.errors(include_url=False), data))
        misspelt = _misspelt(details)
        taken_out: dict[int, tuple[Sequence, set[int]]] = {}
        is_lost = False
        for detail in details:
            path = detail["loc"]
            if path in misspelt.values():
                continue
            if detail["type"] == "tuple_type" and detail["input"] is None:
                # A name with nothing after it is an empty list.
                _forget(data, path)
                continue
            self._report_misfit(model, data, detail, file)
            if path in misspelt:
                _respell(data, path, misspelt[path])
            elif detail["type"] == "extra_forbidden":
                _forget(data, path)
            elif (nested := _innermost_item(data, path, detail["type"])) is not None:
                items, index, depth = nested
                kind = _model_at(model, path[: depth + 1])
                taken_out.setdefault(id(items), (items, set()))[1].add(index)
                self.stubs.append(_stub(kind or model, items[index]))
            else:
                is_lost = True
        for items, indexes in taken_out.values():
            for index in sorted(indexes, reverse=True):
                del items[index], items.items_at[index]
        return None if is_lost else data

    def _report_misfit(
        self, model: type[Declaration], data: Mapping, detail: ErrorDetails, file: str
    ) -> None:
        path = detail["loc"]
        at = locate(data, path, file)
        names = [step for step in path if isinstance(step, str)]
        owner = _model_at(model, path[:-1]) or model
        name = names[-1] if names else owner.kind
        value = _shown(detail["input"])
        limits = detail.get("ctx", {})
        match detail["type"]:
            case "extra_forbidden":
                known = [key for key in owner.model_fields if not key.startswith("_")]
                close = _closest(name, known)
                suggestion = ", ".join(close or known)
                self.report(UNKNOWN_FIELD, at, kind=owner.kind, field=name, suggestion=suggestion)
            case "missing" if path and isinstance(path[-1], int):
                self.report(UNFIT, at, field=name, value=value, expected="a list of three")
            case "missing":
                self.report(MISSING_FIELD, at, kind=owner.kind, field=name)
            case "enum":
                allowed = ", ".join(re.findall(r"'([^']+)'", limits["expected"]))
                self.report(NOT_IN_LIST, at, field=name, value=value, allowed=allowed)
            case "greater_than_equal":
                self.report(OUT_OF_RANGE, at, field=name, value=value, bound=f"≥ {limits['ge']}")
            case "less_than_equal":
                self.report(OUT_OF_RANGE, at, field=name, value=value, bound=f"≤ {limits['le']}")
            case "code_form":
                self.report(CODE_FORM, at, value=value)
            case other:
                expected = _EXPECTED.get(other, "another kind of value")
                self.report(UNFIT, at, field=name, value=value, expected=expected)


_EXPECTED = {
    "string_type": "a text",
    "string_too_short": "a text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "too_short": "a longer list",
    "too_long": "a shorter list",
    "dict_type": "names and values",
    "model_type": "names and values",
    "model_attributes_type": "names and values",
}


def found(data: Any) -> str:
    """What stands in a file where something else should."""
    if data is None:
        return "nothing"
    if isinstance(data, Mapping):
        return "names and values"
    return "a list" if isinstance(data, Sequence) else "a text"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "∅"
    if isinstance(value, Mapping):
        return "{…}"
    text = "[…]" if isinstance(value, Sequence) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _written(data: Any, detail: ErrorDetails) -> tuple[int | str, ...]:
    """The path of an error without what pydantic, not the file, put into it: names of types."""
    path: list[int | str] = []
    *_, last = (None, *detail["loc"])
    for step in detail["loc"]:
        if isinstance(data, Sequence) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        elif isinstance(data, Mapping) and step in data:
            data = data[str(step)]
        elif step is not last or detail["type"] != "missing":
            continue
        path.append(step)
    return tuple(path)


def _telling(details: list[ErrorDetails], data: Mapping) -> Iterator[ErrorDetails]:
    """Leave out what only repeats: of a union, the branches that the data does not resemble."""
    written = [_written(data, detail) for detail in details]
    seen: set[tuple[int | str, ...]] = set()
    for path, detail in zip(written, details, strict=True):
        is_branch = len(path) < len(detail["loc"])
        if is_branch and detail["type"] == "string_type" and isinstance(detail["input"], Mapping):
            continue
        if any(len(path) < len(other) and other[: len(path)] == path for other in written):
            continue
        if path in seen:
            continue
        seen.add(path)
        detail["loc"] = path
        yield detail


def _innermost_item(
    data: Mapping, path: tuple[int | str, ...], kind: str
) -> tuple[Sequence, int, int] | None:
    """The innermost list on the path whose item there is, or should be, a declaration; the index
    and its depth."""
    found: tuple[Sequence, int, int] | None = None
    here: Any = data
    for depth, step in enumerate(path):
        if isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
            is_declared = kind in _NOT_DECLARED and depth == len(path) - 1
            if isinstance(here[step], Mapping) or is_declared:
                found = (here, step, depth)
            here = here[step]
        elif isinstance(here, Mapping) and step in here:
            here = here[str(step)]
    return found


def _closest(name: str, known: Iterable[str]) -> list[str]:
    """The known name that a misspelt one is most like, if one is like it."""
    from difflib import get_close_matches  # only a misspelt name pays for it

    return get_close_matches(name, list(known), n=1, cutoff=0.6)


_NOT_DECLARED = ("model_type", "model_attributes_type")


def _misspelt(
    details: Iterable[ErrorDetails],
) -> dict[tuple[int | str, ...], tuple[int | str, ...]]:
    """Unknown fields that can only be a field that is missing beside them, by their paths."""
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    missing = [detail["loc"] for detail in details if detail["type"] == "missing"]
    found: dict[tuple[int | str, ...], tuple[int | str, ...]] = {}
    for path in unknown:
        beside = [str(other[-1]) for other in missing if other[:-1] == path[:-1]]
        if close := _closest(str(path[-1]), beside):
            found[path] = (*path[:-1], close[0])
    return found


def _respell(data: Mapping, path: tuple[int | str, ...], better: tuple[int | str, ...]) -> None:
    """Read on as if the field had been spelt right: one slip is one diagnostic."""
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[better[-1]] = here.pop(path[-1])
    here.keys_at[better[-1]] = here.keys_at[path[-1]]


def _forget(data: Mapping, path: tuple[int | str, ...]) -> None:
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here.pop(path[-1], None)


def _model_at(model: type[Declaration], path: Iterable[int | str]) -> type[Declaration] | None:
    """The declaration a path leads to, by the types of the fields on it."""
    here: type[Declaration] | None = model
    for step in path:
        if isinstance(step, str) and here is not None and step in here.model_fields:
            here = _declared_in(here.model_fields[step].annotation) or here
    return here


def _declared_in(annotation: Any) -> type[Declaration] | None:
    if isinstance(annotation, type) and issubclass(annotation, Declaration):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((found for part in arguments if (found := _declared_in(part))), None)


def _english_throughout(model: type[Declaration], data: Mapping) -> Mapping:
    """The data with English names at every level, so that the paths of errors can be walked."""
    english = in_english(model, data)
    for key, value in english.items():
        if key not in model.model_fields:
            continue
        inner = _declared_in(model.model_fields[key].annotation)
        if inner is None:
            continue
        if isinstance(value, Mapping):
            english[key] = _english_throughout(inner, value)
        elif isinstance(value, Sequence):
            for index, item in enumerate(value):
                if isinstance(item, Mapping):
                    value[index] = _english_throughout(inner, item)
    return english


def _stub(model: type[Declaration], data: Any) -> Stub:
    if not isinstance(data, Mapping):
        return Stub(model.kind, None, NOWHERE)
    name = in_english(model, data).get(model.identity) if model.identity else None
    return Stub(model.kind, name if isinstance(name, str) else None, data.at())
