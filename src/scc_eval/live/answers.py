"""What a path leads to: a page of an evaluation, the lines of a file, or where else to go."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple
from urllib.parse import quote

from scc_eval.languages import words_of
from scc_eval.live.banner import banner, counted, teller
from scc_eval.live.carried import SCRIPT, STYLE
from scc_eval.live.display import Display, Shown
from scc_eval.live.lines import as_lines

_STYLE: Final = (
    STYLE
    + """
:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1c1f24; background: #fff; }
a { color: #0b4a8f; }
@media (prefers-color-scheme: dark) { body { color: #eceae4; background: #15191f; }
  a { color: #9cc4f5; } }
main, nav { padding: .6rem 1rem; } h1 { font-size: 1.2rem; overflow-wrap: anywhere; }
main ol { margin: 0; padding-left: clamp(3rem, 9vw, 4.5rem); } main li::marker { color: GrayText; }
code { font: .85rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
main li:target { background: #fff0a8; color: #222; scroll-margin-top: 30vh; }
"""
)


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


_NO_OTHERS = "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
OWN_POLICY: Final = (
    f"default-src 'none'; script-src {_hashed(SCRIPT)}; "
    f"style-src {_hashed(_STYLE)}; img-src data:; {_NO_OTHERS}"
)
"""What our own pages may do."""
SITE_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    f"img-src 'self' data:; font-src data:; {_NO_OTHERS}"
)
"""The most that pages of a site may do: each says in its own policy which scripts it knows."""


class Answer(NamedTuple):
    """What is answered: a page, or the path to go to instead."""

    html: str
    status: int = 200
    policy: str = OWN_POLICY
    to: str = ""


def answer(display: Display, path: str) -> Answer:
    """What a path leads to: `/`, `/NAME/`, `/NAME/PAGE` or `/source/FILE`, each name exactly as it
    is known; never a place on disk."""
    name, slash, page = _parts(path)
    shown = display.look(name)
    if shown is not None and _has(shown, page):
        return _page(display, shown, page) if slash else Answer("", 307, to=_site(name))
    if name == "source" and (listed := _listed(display, page)) is not None:
        return listed
    return _index(display) if path == "/" else _missing(display)


def token(display: Display, path: str) -> str:
    """What the page at a path bears as long as it is the latest."""
    name, _, page = _parts(path)
    shown = display.shown.get(name)
    return shown.token if shown is not None and _has(shown, page) else display.token


def _parts(path: str) -> tuple[str, str, str]:
    name, slash, page = path.removeprefix("/").partition("/")
    return name, slash, page or "index.html"


def _has(shown: Shown, page: str) -> bool:
    if shown.edition is None:
        return page.endswith(".html") and "/" not in page
    return page in shown.edition.names


def _page(display: Display, shown: Shown, name: str) -> Answer:
    sheet = shown.edition.sheet(name) if shown.edition else None
    if sheet is not None and sheet.html:
        return Answer(sheet.under(banner(shown, sheet)), policy=SITE_POLICY)
    latest = shown.latest
    title = latest.title or latest.folder.rpartition("/")[2]
    body = (banner(shown, sheet), f"<main><h1>{escape(title)}</h1></main>")
    return Answer(_document(latest.language, title, body), 500 if sheet else 503)


def _listed(display: Display, file: str) -> Answer | None:
    """The lines of a file, if an evaluation was read from one of exactly that name."""
    readers = ((name, each) for name, each in display.shown.items() if file in each.latest.files)
    name, shown = next(readers, ("", None))
    lines = as_lines(display.ground.root / file) if shown else None
    if shown is None or lines is None:
        return None
    language = shown.latest.language
    back = teller(language)(words_of("live", language)["back"])
    body = (
        f'<nav><a href="{_site(name)}">{back}</a></nav>',
        f"<main><h1>{escape(file)}</h1>\n{lines}</main>",
    )
    return Answer(_document(language, file, body, display.token))


def _index(display: Display) -> Answer:
    if len(display.shown) == 1:
        return Answer("", 307, to=_site(*display.shown))
    words, tell = words_of("live", display.usual), teller(display.usual)
    items = (_entry(name, shown) for name, shown in sorted(display.shown.items()))
    listed = f"<ul>\n{''.join(items)}</ul>" if display.shown else f"<p>{tell(words['nothing'])}</p>"
    body = (f"<main><h1>{tell(words['index'])}</h1>", listed, "</main>")
    return Answer(_document(display.usual, words["index"], body, display.token))


def _entry(name: str, shown: Shown) -> str:
    latest = shown.latest
    words, tell = words_of("live", latest.language), teller(latest.language)
    told = tell(counted(latest)) if latest.at else ""
    if latest.trouble:
        told = tell(words["troubles"][latest.trouble.kind].format_map(latest.trouble.facts))
    title = escape(latest.title or name)
    return f'<li><a href="{_site(name)}">{title}</a> ({escape(name)}) {told}</li>\n'


def _missing(display: Display) -> Answer:
    words, tell = words_of("live", display.usual), teller(display.usual)
    back = f'<nav><a href="/">{tell(words["back"])}</a></nav>'
    body = (back, f"<main><h1>{tell(words['missing'])}</h1></main>")
    return Answer(_document(display.usual, words["missing"], body, display.token), 404)


def _site(name: str) -> str:
    return f"/{quote(os.fsencode(name), safe='')}/"


def _document(language: str, title: str, body: Sequence[str], token: str = "") -> str:
    """A page of our own; it bears a token unless its banner does."""
    borne = f' data-scc-live="{token}"' if token else ""
    head = (
        "<!DOCTYPE html>",
        f'<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">',
        f"<style>{_STYLE}</style>\n<script>{SCRIPT}</script>\n</head>",
        f"<body{borne}>",
    )
    return "\n".join((*head, *body, "</body>\n</html>\n"))
