"""SCC2xx: is what stands between quotation marks in what it is taken from?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_WARNING, Issue, Rule
from scc_eval.model.evidence import Evidence, Wording
from scc_eval.rules._checks import Checks

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.telling import Assertion

CHECKS = Checks()


@CHECKS.rule(
    Rule(
        "SCC216",
        "quote-not-in-evidence",
        ALWAYS_WARNING,
        "{name} quotes “{text}”, and what it is taken from has no such words",
        "What stands between quotation marks is somebody's words; if nobody said them, the reader "
        "is misled about the evidence.",
        "Quote word for word, with […] where words are left out, or put it in your own words: "
        "without quotation marks in {name}, or with `wording: paraphrase` for an item.",
        "Our own demand: whoever follows the code of a quote should find it. How many words make "
        "a quote is our own default too.",
        needs=("evidence item",),
        thresholds=("quote_words",),
    )
)
def quote_not_in_evidence(dossier: Dossier) -> Iterator[Issue]:
    shortest = dossier.settings.thresholds.quote_words
    assertions = {assertion.id: assertion for assertion in dossier.assertions}
    read = cache(_texts)
    told = [(each, each.text, each.evidence) for each in dossier.assertions]
    summed = [(each, each.text, each.rests_on) for each in dossier.all_key_points]
    for each, text, names in (*told, *summed):
        quotes = [quote for quote in _quotes(text) if _count(quote) >= shortest]
        items = _items_behind(dossier, names, assertions) if quotes else []
        texts = [words for item in items for words in read(item.text, item.passage)]
        for quote in quotes:
            if texts and not any(_is_in(quote, heard) for heard in texts):
                yield Issue(each.at("text"), {"name": each.name, "text": _short(quote)})
    for item in dossier.evidence:
        is_checked = item.wording is Wording.QUOTE and not item.translated
        if is_checked and item.passage and not _is_taken_from(item.text, item.passage):
            yield Issue(item.at("text"), {"name": item.code, "text": _short(item.text)})


_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\"")
_GAP = re.compile(r"\w*\[[^\]]*\]\w*|\([.…]+\)|…|\.{3}")
_GAP_MARKS = ("[", "…", "..", "(…")
_WORD = re.compile(r"\w+")


def _quotes(text: str) -> Iterator[str]:
    """What a text quotes, without the names that it sets between quotation marks."""
    if text.count('"') % 2:
        text = text.replace('"', "")
    for match in _QUOTED.finditer(text):
        quote = next(part for part in match.groups() if part is not None).strip()
        # English opens speech after a comma, French does not.
        opens = ".:!?…" if match[1] is not None else ".:!?…,"
        before = text[: match.start()].rstrip()
        is_name = quote[:1].isupper() and before != "" and not before.endswith(tuple(opens))
        if not is_name:
            yield quote


def _items_behind(
    dossier: Dossier, names: Sequence[str], assertions: dict[str, Assertion]
) -> list[Evidence]:
    """The items that names and codes stand for; none if one leads nowhere, or is not in the
    language of the story."""
    found: list[Evidence] = []
    for name in names:
        if name in dossier.claim_named:
            found += dossier.weigh(dossier.claim_named[name]).all
            continue
        for code in assertions[name].evidence if name in assertions else (name,):
            items = dossier.items_named(code)
            if not items or dossier.cell(code) in dossier.stub_cells:
                return []
            found += items
    return [] if any(_is_foreign(dossier, item) for item in found) else found


def _is_foreign(dossier: Dossier, item: Evidence) -> bool:
    """Whether an item is kept in a language that the story is not told in."""
    language = (item.language or "").casefold()
    is_other = not language.startswith(dossier.settings.language.value)
    return bool(language) and is_other and not item.translated


def _texts(text: str, passage: str | None) -> tuple[str, ...]:
    """The words of an item and of the passage it comes from."""
    return (_words(text), *((_words(passage),) if passage else ()))


def _words(text: str) -> str:
    """The words of a text as they are compared: capitals, punctuation and spaces do not count."""
    return f" {' '.join(_WORD.findall(unicodedata.normalize('NFKC', text).casefold()))} "


def _count(quote: str) -> int:
    return sum(len(_WORD.findall(part)) for part in _parts(quote))


def _parts(quote: str) -> Sequence[str]:
    """What a quote has between the words that it leaves out or puts in."""
    return _GAP.split(quote) if any(mark in quote for mark in _GAP_MARKS) else (quote,)


def _is_taken_from(quote: str, passage: str) -> bool:
    """Whether a quote stands in a passage: to the letter, which is soon seen, or in its words."""
    begin = passage.find(quote)
    around = passage[begin - 1 : begin] + passage[begin + len(quote) :][:1]
    is_whole = begin >= 0 and not _WORD.search(around)
    return is_whole or _is_in(quote, _words(passage))


def _is_in(quote: str, words: str) -> bool:
    """Whether a quote stands in a text, its parts one after the other where it leaves some out."""
    begin = 0
    for part in filter(str.strip, map(_words, _parts(quote))):
        begin = words.find(part, begin)
        if begin < 0:
            return False
        begin += len(part) - 1
    return True


_LONGEST_SHOWN = 60


def _short(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
