"""The register of sources by stakeholder category."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scc_eval.story.scribe import Scribe
from scc_eval.story.view import Row, Story

_CATEGORY = 2
"""Which value of a row of the register is the category."""


class Shelf(NamedTuple):
    """The sources of one category. Their rows do without it."""

    title: str
    rows: tuple[Row, ...]


def shelve(scribe: Scribe, story: Story) -> Iterator[Shelf]:
    """The sources by category, in the order of the categories; those of none at the end."""
    labels = dict.fromkeys(scribe.text(each.label) for each in scribe.dossier.categories)
    for label in (*labels, ""):
        rows = tuple(row for row in story.quality.sources if row.values[_CATEGORY] == label)
        if rows:
            yield Shelf(label or str(scribe.words["site"]["no_category"]), rows)
