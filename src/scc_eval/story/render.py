"""A story and a template to a document. Templates place; they decide nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from scc_eval import resources
from scc_eval.story.view import Story

_MARKDOWN = re.compile(r"([\\`*\[\]<>|~])")
_WORD_EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n){3,}")
_LINE_START = re.compile(r"^(\s*\d*)([#+\-.)])(?=\s)", re.MULTILINE)


def render(story: Story, template: str, overrides: Path | None = None) -> str:
    """The document a template makes of a story.

    Templates of the same name in `overrides` come before the shipped ones; there, `scc/` and a
    name mean the shipped one, so that `{% extends "scc/story.md.j2" %}` changes one block. Raises
    jinja2.TemplateError where a template is broken.
    """
    nothing: Mapping[str, object] = {"resting": {}, "grounds": {}}
    return fill(template, overrides, {"story": story, "words": story.words, **nothing})


def fill(template: str, overrides: Path | None, given: Mapping[str, object]) -> str:
    """The document a template makes of what it is given by name. `address`, if it is given, says
    where an anchor leads; else all lie in the same document. Raises as `render` does."""
    text = _environment(overrides).get_template(template).render(given)
    return _BLANK_LINES.sub("\n\n", text).rstrip("\n") + "\n"


def forget_templates() -> None:
    """Look for every template again: one may have come to be there that is before another."""
    _environment.cache_clear()


@lru_cache(maxsize=8)
def _environment(overrides: Path | None) -> SandboxedEnvironment:
    shipped = FileSystemLoader(str(resources.folder("templates")))
    # The folder may come to be there while the program runs.
    own = [FileSystemLoader(str(overrides))] if overrides else []
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([*own, shipped, PrefixLoader({"scc": shipped})]),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and ".html" in name,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = in_markdown
    environment.filters["href"] = as_href
    return environment


def in_markdown(text: str) -> str:
    """A text as Markdown shows it: nothing in it is taken for a mark."""
    text = _MARKDOWN.sub(r"\\\1", text).replace("&", "&amp;")
    text = _WORD_EDGE.sub(r"\\_", text)
    return _LINE_START.sub(r"\1\\\2", text).replace("\n\n", "<br><br>")


def fragment(anchor: str) -> str:
    """The link to an anchor of the same document."""
    return "#" + quote(anchor, safe="-._~")


@pass_context
def as_href(context: Context, anchor: str) -> Markup:
    """The link to an anchor, by the address that the template was given."""
    address: Callable[[str], str] = context.get("address", fragment)
    return Markup("{}").format(address(anchor))
