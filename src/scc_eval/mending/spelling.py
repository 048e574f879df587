"""Codes, names, dates and quotation marks: scalars spelt as they are meant, one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import accumulate
from typing import NamedTuple

from scc_eval.mending.dates import as_iso, is_iso
from scc_eval.mending.fields import Written, written
from scc_eval.mending.meanings import Meanings
from scc_eval.mending.nodes import Change, Scalar, Tree, data, edited, put_in_quotes, respelt, uses
from scc_eval.mending.quoting import read_otherwise
from scc_eval.mending.repair import Draft, Repair
from scc_eval.model.base import Declaration
from scc_eval.places import Location


class _Wish(NamedTuple):
    """What a scalar should be, and why."""

    change: Change
    kind: str
    why: str
    better: str


def respelled(
    tree: Tree,
    name: str,
    model: type[Declaration] | None,
    meanings: Meanings | None,
    kinds: Collection[str],
) -> Draft:
    """The text with scalars spelt as they are meant; `meanings` is None where no evaluation says
    what codes and names mean."""
    granted = dict(_granted(tree, model, meanings, kinds))
    changes = {scalar: wish.change for scalar, wish in granted.items()}
    at = _places(tree.text, name)
    repairs = (
        Repair(wish.kind, at(scalar.begin), wish.why, {"text": scalar.text, "better": wish.better})
        for scalar, wish in sorted(granted.items())
    )
    return Draft(edited(tree.text, changes), tuple(repairs), data(tree.root, changes))


def _places(text: str, name: str) -> Callable[[int], Location]:
    """What gives the place of a character of a text."""
    begins = [0, *accumulate(map(len, text.splitlines(keepends=True)))]

    def at(offset: int) -> Location:
        line = bisect_right(begins, offset)
        column = offset - begins[line - 1] + 1
        return Location(name, line, column, line, column + 1)

    return at


def _granted(
    tree: Tree,
    model: type[Declaration] | None,
    meanings: Meanings | None,
    kinds: Collection[str],
) -> Iterator[tuple[Scalar, _Wish]]:
    """The scalars for which there is one wish: the same in every place where aliases repeat one."""
    wishes: dict[Scalar, list[_Wish | None]] = defaultdict(list)
    for each in written(tree, model):
        wishes[each.scalar].append(_wish(each, meanings, kinds))
    times = uses(tree.root)
    for scalar, wished in wishes.items():
        first = wished[0]
        is_one = len(wished) == times[scalar] and len(set(wished)) == 1
        if first is not None and is_one and scalar not in tree.names:
            yield scalar, first


def _wish(each: Written, meanings: Meanings | None, kinds: Collection[str]) -> _Wish | None:
    text = each.scalar.text
    if "codes" in kinds and meanings is not None:
        sought: tuple[tuple[str, Callable[[str, str, str], str | None]], ...] = (
            ("code", meanings.code),
            ("name", meanings.name),
        )
        for why, find in sought:
            if (better := find(each.kind, each.field, text)) is not None:
                may_be_plain = read_otherwise(better) is None
                change = respelt(each.scalar, better, may_be_plain=may_be_plain)
                return _Wish(change, "codes", why, better) if change else None
    if "dates" in kinds and each.is_date and not each.is_printed and (iso := as_iso(text)):
        change = respelt(each.scalar, iso, may_be_plain=True)
        return _Wish(change, "dates", "date", iso) if change else None
    return _quoted(each) if "quoting" in kinds else None


def _quoted(each: Written) -> _Wish | None:
    scalar = each.scalar
    is_date = each.is_date and is_iso(scalar.value)
    if scalar.style or scalar.is_tagged or is_date or not each.is_text:
        return None
    read_as, change = read_otherwise(scalar.value), put_in_quotes(scalar)
    if read_as is None or change is None:
        return None
    return _Wish(change, "quoting", f"as_{read_as}", change.raw)
