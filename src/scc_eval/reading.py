"""SCC0xx: can it be read, and is it what it claims to be? Data in, declarations out.

What cannot be taken leaves a stub, so that one slip gives one diagnostic: nothing that refers to a
stub is said to be missing.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scc_eval.diagnostics import Diagnostic, Related, Rule, Severity
from scc_eval.misfits import (
    closest,
    english_throughout,
    forget,
    innermost_item,
    misspelt,
    model_at,
    respell,
    spelling,
    telling,
)
from scc_eval.model.base import Declaration, in_english
from scc_eval.places import NOWHERE, File, Location, Mapping, Problem, Sequence, locate
from scc_eval.slips import (
    BY_PROBLEM,
    CODE_FORM,
    MISPLACED,
    MISSING_FIELD,
    NOT_IN_LIST,
    OUT_OF_RANGE,
    UNFIT,
    UNKNOWN_FIELD,
)

D = TypeVar("D", bound=Declaration)


class Stub(NamedTuple):
    """What is left of a declaration that could not be taken: its kind, its id if it had one, and
    the texts written in it, which may be names of others."""

    kind: str
    name: str | None
    at: Location
    mentions: frozenset[str] = frozenset()


class Reader:
    """Gathers what could not be taken while files become declarations."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.stubs: list[Stub] = []

    def report(self, rule: Rule, at: Location, *related: Related, **facts: str) -> None:
        """Add a diagnostic."""
        severity = rule.level(6) or Severity.ERROR
        self.diagnostics.append(Diagnostic(rule, severity, at, facts, related))

    def report_problems(self, file: File) -> None:
        """Add a diagnostic for each thing the YAML reader could not take."""
        for problem in file.problems:
            self.report_problem(problem)

    def report_problem(self, problem: Problem) -> None:
        """Add the diagnostic of one problem."""
        related: tuple[Related, ...] = ()
        if problem.related and problem.kind == "duplicate-key":
            related = (Related(problem.related, "declared here first"),)
        elif problem.related:
            related = (Related(problem.related, "begun here"),)
        self.report(BY_PROBLEM[problem.kind], problem.at, *related, **problem.facts)

    @property
    def unnamed(self) -> frozenset[str]:
        """The kinds of declaration some of which could not even be named."""
        return frozenset(stub.kind for stub in self.stubs if stub.name is None)

    def declare(self, model: type[D], data: Any, file: str, at: Location | None = None) -> D | None:
        """Make a declaration of data, or leave a stub. Nested declarations fall one by one. `at`
        is where the data stands, if it does not know itself."""
        if not isinstance(data, Mapping):
            at = at or locate(data, (), file)
            facts = {"found": found(data), "expected": "names and values"}
            self.report(MISPLACED, at, kind=model.kind, **facts)
            self.stubs.append(Stub(model.kind, None, at))
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
        data = english_throughout(model, data)
        details = tuple(telling(error.errors(include_url=False), data))
        respelt = misspelt(details)
        taken_out: dict[int, tuple[Sequence, set[int]]] = {}
        is_lost = False
        for detail in details:
            path = detail["loc"]
            if path in respelt.values():
                continue
            if detail["type"] == "tuple_type" and detail["input"] is None:
                # A name with nothing after it is an empty list.
                forget(data, path)
                continue
            self._report_misfit(model, data, detail, file)
            if path in respelt:
                respell(data, path, respelt[path])
            elif detail["type"] == "extra_forbidden":
                forget(data, path)
            elif (nested := innermost_item(data, path, detail["type"])) is not None:
                items, index, depth = nested
                kind = model_at(model, path[: depth + 1])
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
        owner = model_at(model, path[:-1]) or model
        name = spelling(data, path, names[-1]) if names else owner.kind
        value = _shown(detail["input"])
        limits = detail.get("ctx", {})
        match detail["type"]:
            case "extra_forbidden":
                known = [key for key in owner.model_fields if not key.startswith("_")]
                close = closest(name, known)
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
    "bands": "words with ranges (0.7-0.9) that go from 0 to 1 without a gap",
    "scale": "a count (3+, 2-3), a share (50%+) or any",
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


def _stub(model: type[Declaration], data: Any) -> Stub:
    if not isinstance(data, Mapping):
        return Stub(model.kind, None, NOWHERE)
    name = in_english(model, data).get(model.identity) if model.identity else None
    name = name if isinstance(name, str) else None
    return Stub(model.kind, name, data.at(), frozenset(_texts(data)))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping | Sequence):
        for inner in data.values() if isinstance(data, Mapping) else data:
            yield from _texts(inner)
