"""How often the rules on wording are right, on the sentences they were measured on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scc_eval.files import read

_FILE = Path(__file__).parent / "measured.yaml"


class Measure(NamedTuple):
    """How many sentences a rule was measured on, and two shares in per cent: of what it reports,
    how much it is right to report; of what it should report, how much it does."""

    sentences: int
    precision: int
    recall: int


Measures = Mapping[str, Measure]
"""One measure for each language, by its two letters, on the sentences its lists were made with; and
`held_out`, if there are any: on sentences of both written by someone who had not seen the lists."""


def measures(code: str) -> Measures:
    """The measures of a rule, by its code; none for a rule that reads no wording."""
    return _all().get(code, {})


@cache
def _all() -> Mapping[str, Measures]:
    written = read(_FILE, _FILE.name).data
    return {
        code: {
            name: Measure(**{field: int(value) for field, value in measure.items()})
            for name, measure in by_name.items()
        }
        for code, by_name in written.items()
    }
