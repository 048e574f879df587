"""What the shipped profiles make of the levels of rules."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scc_eval.settings import Level, Profile

PROFILES: Mapping[Profile, Mapping[str, Level | None]] = MappingProxyType(
    {
        Profile.DELAHAIS: {},
        Profile.MAYNE: {"SCC107": Level.NOTE, "SCC601": Level.WARNING},
        Profile.MINIMAL: {
            **dict.fromkeys(("SCC107", "SCC108", "SCC109", "SCC11"), Level.OFF),
            **dict.fromkeys(("SCC303", "SCC304", "SCC305", "SCC31", "SCC32"), Level.OFF),
            **dict.fromkeys(("SCC4", "SCC5", "SCC6", "SCC7", "SCC8", "SCC90"), Level.OFF),
            # What breaks traceability stays.
            **dict.fromkeys(("SCC701", "SCC801", "SCC802"), None),
        },
    }
)
"""What a rule is at most in each profile, by codes of rules or what they begin with, the longest
first; None leaves a rule as it is. A profile of one's own, and an evaluation's own `levels`, come
after."""
