"""How a rule is bound to the function that checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Generic, TypeVar

from scc_eval.diagnostics import Issue, Rule

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.settings import Lens

Looked = TypeVar("Looked")
Check = Callable[["Dossier"], Iterator[Issue]]


class ChecksOn(Generic[Looked]):
    """The rules of one family, each with its check of one kind of thing, in the order they are
    written."""

    def __init__(self) -> None:
        self.bound: list[tuple[Rule, Callable[[Looked], Iterator[Issue]]]] = []

    def rule(
        self, rule: Rule
    ) -> Callable[[Callable[[Looked], Iterator[Issue]]], Callable[[Looked], Iterator[Issue]]]:
        """Bind a rule to the check below it."""

        def bind(
            check: Callable[[Looked], Iterator[Issue]],
        ) -> Callable[[Looked], Iterator[Issue]]:
            self.bound.append((rule, check))
            return check

        return bind


class Checks(ChecksOn["Dossier"]):
    """Rules that look at an evaluation."""


def only_with(lens: Lens) -> Callable[[Check], Check]:
    """Let a check look only where the evaluation has switched a lens on."""

    def bind(check: Check) -> Check:
        @wraps(check)
        def look(dossier: Dossier) -> Iterator[Issue]:
            return check(dossier) if lens in dossier.settings.lenses else iter(())

        return look

    return bind
