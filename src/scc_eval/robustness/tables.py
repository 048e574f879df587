"""The robustness as text, JSON, Markdown and CSV. What most depends on comes first in each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from scc_eval.dossier import Standing
from scc_eval.robustness.breaking import Breaking
from scc_eval.robustness.fragility import Dependence, Fall, Robustness, Strength
from scc_eval.tables import EMPTY, escaped, guarded, markdown, spreadsheet, wrapped

_NAMED = 6
"""How many sources are named where any of them do."""


def as_json(found: Sequence[Robustness], words: Mapping[str, Any]) -> str:
    """Everything that was found, for other programs. Version 1; it only grows."""
    document = {
        "version": 1,
        "evaluations": [
            {
                "name": each.name,
                "title": each.title,
                "thresholds": each.thresholds.model_dump(
                    include={"roots", "interests", "cases", "methods"}
                ),
                "dependences": [asdict(dependence) for dependence in each.dependences],
                "claims": [asdict(claim) for claim in each.claims],
            }
            for each in found
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(found: Sequence[Robustness], words: Mapping[str, Any]) -> str:
    """For each claim a line for the smallest set that breaks it, then one for each thing that it
    falls without; for a spreadsheet."""
    heads = (
        *("evaluation", "claim", "packet", "level", "sources"),
        *("left_out", "names", "number", "level_without", "exact"),
    )
    return spreadsheet(heads, (row for each in found for row in _csv_rows(each)))


def _csv_rows(each: Robustness) -> Iterator[tuple[object, ...]]:
    for claim in each.claims:
        head = (each.name, guarded(claim.id), guarded(claim.packet), claim.level)
        start = (*head, len(claim.sources))
        if claim.breaking is None:
            yield *start, "", "", "", "", ""
        else:
            names = guarded("; ".join(_joined(claim.breaking.groups)))
            exact = "yes" if claim.breaking.is_exact else "no"
            kind = "any_of" if claim.breaking.is_any else "smallest_set"
            yield *start, kind, names, claim.breaking.size, "", exact
        for fall in claim.falls:
            (name,) = _joined((fall.names,))
            yield *start, fall.kind, guarded(name), 1, fall.level, "yes"


def as_markdown(found: Sequence[Robustness], words: Mapping[str, Any]) -> str:
    """Tables for a note or a wiki."""
    lines = (line for each in found for line in _lines(each, words["robustness"]))
    return "\n".join(lines) + "\n"


def _lines(each: Robustness, words: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"# {escaped(each.title)}", "", escaped(summary(each, words)), "")
    yield from (legend(each, words), "", f"## {words['depends']}", "")
    if each.decisive:
        yield from markdown(words["depend_columns"].split("|"), _depend_rows(each, words))
    else:
        yield words["no_depends"]
    yield from ("", f"## {words['claims']}", "")
    yield from markdown(words["claim_columns"].split("|"), _claim_rows(each, words))
    yield ""


def _depend_rows(each: Robustness, words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for dependence in each.decisive:
        kind = words["kinds"][dependence.kind]
        share = f"{len(dependence.falling)}/{len(each.claims)}"
        yield kind, dependence.name, share, ", ".join(dependence.falling)


def _claim_rows(each: Robustness, words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for claim in each.claims:
        level = words["levels"][claim.level]
        falls = "; ".join(fall_lines(claim, words)) or EMPTY
        breaking = breaking_line(claim.breaking, words) if claim.breaking else EMPTY
        yield claim.id, level, str(len(claim.sources)), falls, breaking, claim.text


def as_text(found: Sequence[Robustness], words: Mapping[str, Any]) -> str:
    """Plain text, 80 columns wide, for a terminal or a pipe."""
    lines = (line for each in found for line in _text(each, words["robustness"]))
    return "\n".join(lines) + "\n"


def _text(each: Robustness, words: Mapping[str, Any]) -> Iterator[str]:
    yield each.title
    yield "=" * len(each.title)
    yield ""
    yield from _wrapped(summary(each, words))
    yield from _wrapped(legend(each, words))
    yield from ("", words["depends"])
    for dependence in each.decisive:
        yield from _wrapped(_dependence_line(dependence, each, words), 2, 4)
    if not each.decisive:
        yield f"  {words['no_depends']}"
    yield from ("", words["claims"])
    for claim in each.claims:
        yield from _claim_lines(claim, words)
    yield ""


def _dependence_line(dependence: Dependence, each: Robustness, words: Mapping[str, Any]) -> str:
    count, total = len(dependence.falling), len(each.claims)
    thing = words["things"][dependence.kind].format(name=dependence.name)
    claims = _listed(dependence.falling, dependence.bared, words)
    template = words["depend_one" if count == 1 else "depend_many"]
    return str(template.format(thing=thing, count=count, total=total, claims=claims))


def _listed(falling: Iterable[str], bared: Sequence[str], words: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{claim}{words['bare_mark']}" if claim in bared else claim for claim in falling
    )


def _claim_lines(claim: Strength, words: Mapping[str, Any]) -> Iterator[str]:
    level = words["levels"][claim.level]
    count = len(claim.sources)
    key = "head_none" if not count else "head_one" if count == 1 else "head_many"
    yield from _wrapped(words[key].format(id=claim.id, level=level, count=count), 2, 4)
    yield from _wrapped(claim.text, 4, 4)
    if claim.breaking is None:
        yield from _wrapped(words["nothing_to_lose"], 4, 6)
        return
    for line in tuple(fall_lines(claim, words)) or (words["no_fall"],):
        yield from _wrapped(line, 4, 6)
    line = words["smallest"].format(sources=breaking_line(claim.breaking, words))
    yield from _wrapped(line, 4, 6)


def _wrapped(text: str, first: int = 0, then: int = 0) -> Iterator[str]:
    return wrapped(text, " " * first, " " * then)


def summary(each: Robustness, words: Mapping[str, Any]) -> str:
    """How many claims have each level, the best first."""
    counts = Counter(claim.level for claim in each.claims)
    if not counts:
        return str(words["no_claims"])
    levels = (standing.word for standing in reversed(Standing) if counts[standing.word])
    told = (_level_count(level, counts[level], words) for level in levels)
    key = "summary_one" if len(each.claims) == 1 else "summary_many"
    return str(words[key].format(count=len(each.claims), levels=", ".join(told)))


def _level_count(level: str, count: int, words: Mapping[str, Any]) -> str:
    forms = words["levels" if count == 1 else "levels_many"]
    return str(words["level_count"].format(level=forms[level], count=count))


def legend(each: Robustness, words: Mapping[str, Any]) -> str:
    """What the levels mean, with the thresholds of the evaluation."""
    return str(words["legend"].format_map(each.thresholds.model_dump()))


def fall_lines(claim: Strength, words: Mapping[str, Any]) -> Iterator[str]:
    """For each lower level, all that the claim falls to it without."""
    by_level = sorted(claim.falls, key=lambda fall: Standing[fall.level.upper()])
    for level, falls in groupby(by_level, key=lambda fall: fall.level):
        *most, last = (_thing(fall, words) for fall in falls)
        things = f"{', '.join(most)}{words['or']}{last}" if most else last
        yield words["falls"].format(lower=words["levels"][level], things=things)


def _thing(fall: Fall, words: Mapping[str, Any]) -> str:
    (name,) = _joined((fall.names,))
    return str(words["things"][fall.kind].format(name=name))


def breaking_line(breaking: Breaking, words: Mapping[str, Any]) -> str:
    """The smallest set that breaks a claim, in words."""
    if breaking.is_any and len(breaking.groups) > _NAMED:
        names = words["its_sources"].format(total=len(breaking.groups))
    else:
        names = ", ".join(_joined(breaking.groups))
    if not breaking.is_exact:
        key = "at_most_any" if breaking.is_any else "at_most"
    elif breaking.is_any:
        key = "any_one" if breaking.size == 1 else "any_many"
    else:
        key = ("just", "other_one", "other_many")[min(breaking.others, 2)]
    return str(words[key].format(sources=names, count=breaking.size, others=breaking.others))


def _joined(groups: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The names of groups; those that go together are joined."""
    return (" + ".join(group) for group in groups)
