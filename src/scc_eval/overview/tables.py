"""The overview as JSON and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from scc_eval.languages import words, words_of
from scc_eval.overview.drawing import nothing_missing
from scc_eval.overview.packets import DOT
from scc_eval.overview.records import Examined, Overview
from scc_eval.tables import EMPTY, escaped, markdown


def as_json(overviews: Sequence[Overview], language: str) -> str:
    """Everything, for other programs. Version 1; it only grows."""
    document = {"version": 1, "evaluations": [_evaluation(each) for each in overviews]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _evaluation(each: Overview) -> dict[str, object]:
    return {
        **each._asdict(),
        "stages": dict(each.stages),
        "figures": each.figures._asdict(),
        "packets": [_packet(packet) for packet in each.packets],
        "missing": [
            {**missing._asdict(), "sentences": dict(missing.sentences)} for missing in each.missing
        ],
        "unread": [place._asdict() for place in each.unread],
    }


def _packet(packet: Examined) -> dict[str, object]:
    return {
        **packet._asdict(),
        "holes": packet.holes,
        "rows": [asdict(row) for row in packet.rows],
        "statuses": [{"status": status, "claims": count} for status, count in packet.statuses],
        "verdicts": [verdict._asdict() for verdict in packet.verdicts],
        "mechanisms": packet.mechanisms._asdict(),
        "factors": packet.factors._asdict(),
    }


def as_markdown(overviews: Sequence[Overview], language: str) -> str:
    """Tables and a list of all that is missing, for a note or a wiki."""
    return "\n".join(line for each in overviews for line in _lines(each, language)) + "\n"


def _lines(each: Overview, language: str) -> Iterator[str]:
    own = words_of("overview", language)
    headings, columns = own["headings"], own["columns"]
    yield from (f"# {escaped(each.title)}", "")
    yield from (escaped(each.question or own["no_question"]), "")
    stage = headings["stage"].format(stage=each.stage, word=each.stages[language])
    yield from (f"## {stage}", "")
    figures = each.figures._asdict()
    told = ((own["counts"][name].split("|")[1], str(figures[name])) for name in figures)
    yield from markdown(columns["figures"].split("|"), told)
    if each.unread:
        places = ", ".join(f"{place.file}:{place.line}" for place in each.unread)
        yield from (
            "",
            f"## {headings['unread']}",
            "",
            escaped(own["unread"].format(places=places)),
        )
        if each.unjudged:
            yield from ("", own["unjudged"].format(rules=", ".join(each.unjudged)))
    yield ""
    yield from markdown(columns["packets"].split("|"), (_row(p, language) for p in each.packets))
    heading = headings["missing" if each.missing else "nothing"].format(count=len(each.missing))
    yield from ("", f"## {heading}", "")
    sentences = (escaped(missing.sentences[language]) for missing in each.missing)
    yield from (f"- {sentence}" for sentence in sentences)
    if not each.missing:
        yield nothing_missing(each, own)
    yield ""


def _row(packet: Examined, language: str) -> tuple[str, ...]:
    story = words(language)["story"]
    given = (
        word
        for verdict in packet.verdicts
        for word in (
            story["forms"].get(verdict.form),
            story["statuses"].get(verdict.status),
            story["confidences"].get(verdict.confidence),
        )
    )
    holes, shares = len(packet.holes), (packet.mechanisms, packet.factors)
    return (
        f"{packet.letter}. {packet.title}",
        DOT.join(word for word in given if word) or EMPTY,
        *(str(n) for n in (sum(count for _, count in packet.statuses), packet.items, packet.roots)),
        f"{holes}/{packet.cells}",
        *(f"{part}/{share.all}" for share in shares for part in (share.evidenced, share.fated)),
    )
