"""The pages of a site as they are shown: each is made once, when it is first asked for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from threading import Lock
from typing import NamedTuple

from scc_eval.live.carried import SCRIPT, STYLE, Carried
from scc_eval.live.reading import Pages, Trouble, trouble_of

_BANNER = f"<!--{secrets.token_hex(16)}-->"
"""What stands in a page for the banner, which changes while the page stays."""
_CARRIED = Carried(SCRIPT, _BANNER, STYLE)


class Sheet(NamedTuple):
    """A page as it was made, the time it is of, and the trouble if that is not the latest."""

    html: str
    at: str
    trouble: Trouble | None = None

    def under(self, banner: str) -> str:
        """The page with a banner, which is HTML."""
        return self.html.replace(_BANNER, banner, 1)


class Edition:
    """A site that was read at a time of day, and pages that are left of those before it."""

    def __init__(self, site: Pages, at: str, before: Edition | None = None) -> None:
        self.names = frozenset(site.names)
        self.at = at
        self._site = site
        self._lock = Lock()
        self._made: dict[str, Sheet] = {}
        self._left = before.sheets if before else {}

    @property
    def sheets(self) -> Mapping[str, Sheet]:
        """Each page that was made, by its name; else, as it was made before."""
        known = {**self._left, **self._made}
        return {name: sheet for name, sheet in known.items() if name in self.names}

    def sheet(self, name: str) -> Sheet:
        """A page of that name, which must be one of the names. Where it cannot be made it is one
        made before, and has trouble; its HTML is empty where there is none."""
        with self._lock:
            if name not in self._made:
                try:
                    html = self._site.page(name, _CARRIED)
                except Exception as error:
                    # A template of the user's may do anything wrong; so may a program.
                    left = self._left.get(name, Sheet("", ""))
                    return left._replace(trouble=trouble_of(error))
                self._made[name] = Sheet(html, self.at)
            return self._made[name]
