"""Pages of HTML read for what must hold of them: their ids, what they point at, what is not valid.

`invalid` asks the Nu Html Checker, which takes a second to start: ask it about all pages at once.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from typer.testing import CliRunner

from _programs import WEB, needs
from scc_eval.cli import app

CHECKER = WEB / "vnu-jar" / "build" / "dist" / "vnu.jar"
with_checker = needs("java", CHECKER)
_TAKEN = "Attribute “lang” not allowed on element “svg” at this point."
"""SVG 2 has `lang` beside `xml:lang`; the checker holds a picture that stands alone to SVG 1.1."""
_REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
_LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping")


def printed(*arguments: str) -> str:
    """What a command writes. Raises what it raises."""
    done = CliRunner().invoke(app, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout_bytes.decode()


class Page(NamedTuple):
    """What a page names, in its order."""

    ids: tuple[str, ...]
    links: tuple[str, ...]
    """What its links point at, as it is written."""
    references: tuple[str, ...]
    """The ids that its attributes speak of."""
    loads: tuple[str, ...]
    """What is not text of its own: addresses of pictures, scripts, styles, forms."""


def read(html: str) -> Page:
    """What a page names."""
    given = [(tag, name, value) for tag, named in elements(html) for name, value in named.items()]
    return Page(
        tuple(value for _, name, value in given if name == "id"),
        tuple(
            value for tag, name, value in given if name in {"href", "xlink:href"} and tag != "link"
        ),
        tuple(each for _, name, value in given if name in _REFERRING for each in value.split()),
        tuple(
            value
            for tag, name, value in given
            if name in _LOADING or (tag == "link" and name == "href")
        ),
    )


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Its elements, each with its attributes, in their order."""
    return _Elements(html).found


def astray(pages: Mapping[str, Page]) -> Iterator[str]:
    """The links of a folder of pages, by file name, that lead nowhere in it."""
    for name, page in pages.items():
        for link in dict.fromkeys(page.links):
            parts = urlsplit(link)
            file = unquote(parts.path) or name
            there = pages.get(file)
            aside = bool(parts.scheme or parts.netloc)
            anchor = unquote(parts.fragment)
            if aside or there is None or (anchor and anchor not in there.ids):
                yield f"{name}: {link}"


def invalid(files: Iterable[Path]) -> dict[Path, list[str]]:
    """What the checker says against each HTML or SVG file: place and message."""
    said: dict[Path, list[str]] = {file.resolve(): [] for file in files}
    command = ["java", "-jar", str(CHECKER), "--format", "json", "--stdout", "--no-langdetect"]
    done = subprocess.run(
        [*command, "--exit-zero-always", "--also-check-svg", *map(str, said)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    for found in json.loads(done.stdout)["messages"]:
        if found["message"] != _TAKEN:
            file = Path(unquote(urlsplit(found["url"]).path))
            place = f"{found.get('lastLine', '?')}:{found.get('lastColumn', '?')}"
            said[file].append(f"{place}: {found['message']}")
    return said


class _Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
