"""What stands around the body of an HTML page that needs no other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from scc_eval import resources
from scc_eval.tables import marked_up

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def framed(language: str, title: str, style: str, body: Iterable[str]) -> str:
    """A page in the common style, and in a style of its own after it. The body is markup."""
    return "\n".join(_lines(language, title, style, body)) + "\n"


def _lines(language: str, title: str, style: str, body: Iterable[str]) -> Iterator[str]:
    common = (resources.folder("templates") / "style.css.j2").read_text("utf-8")
    yield from (
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}">',
        '<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{marked_up(title)}</title>",
        f"<style>\n{common}{style}</style>\n</head>\n<body>",
        '<div class="page">\n<main>',
    )
    yield from body
    yield "</main>\n</div>\n</body>\n</html>"
