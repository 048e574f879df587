"""Text that fits the columns of a terminal: folded, cut, set side by side, never run over."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from scc_eval.fitting import (
    LEAST,
    Block,
    Line,
    Span,
    as_plain,
    cut,
    flowing,
    folded,
    padded,
    paragraph,
    plain,
    shown,
    tabulated,
    underlined,
    width_of,
)

SIGNS = "aé –…█湖🚭ﷺ\u200d\u0301\ufe0f\u202e\x1b\ud800\n\t»:«"
texts = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=60)
widths = st.integers(3, 80)


def span(text: str) -> Line:
    return (Span(text),)


def told(lines: Iterable[Line]) -> list[str]:
    return [plain(line) for line in lines]


@given(texts)
def test_a_text_is_as_wide_as_rich_says(text: str) -> None:
    assert width_of(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("Été – là…", 9), ("█░ ▶", 4), ("湖", 2), ("e\u0301", 1)]
)
def test_a_sign_has_one_column_or_two_or_none(text: str, columns: int) -> None:
    assert width_of(text) == columns


@pytest.mark.parametrize(
    ("text", "loaded"), [("Été – là… █ − « »", "False"), ("湖", "True"), ("🚭", "True")]
)
def test_rich_is_only_asked_about_uncommon_signs(text: str, loaded: str) -> None:
    program = (
        "import sys\nfrom scc_eval.fitting import cut\n"
        f"cut({text!r} * 40, 20)\nprint('rich' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == loaded


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("  two\n lines\tand\u2028more ", "two lines and more"),
        ("\x1b[31mred\x07", "\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER}"),
        ("lone \ud800", "lone \N{REPLACEMENT CHARACTER}"),
        ("\u202eturned\u2069 שלום", "turned שלום"),
        ("10\u00a0000\u202f€", "10\u00a0000\u202f€"),
        (" \n ", ""),
    ],
)
def test_a_terminal_obeys_nothing_in_a_text(text: str, seen: str) -> None:
    assert shown(text) == seen


@given(texts)
def test_what_is_shown_can_be_written_and_is_one_line(text: str) -> None:
    seen = shown(text)
    seen.encode()
    assert len(seen.splitlines()) <= 1
    assert shown(seen) == seen


@given(texts, widths)
def test_no_folded_line_is_too_wide_and_no_sign_is_lost(text: str, width: int) -> None:
    lines = list(folded(text, width))
    assert max(map(width_of, lines)) <= width
    kept = "".join(lines).replace(" ", "").replace("\u00a0", "")
    assert kept == shown(text).replace(" ", "").replace("\u00a0", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("il dit : « oui »", 10, ["il dit :", "« oui »"]),
        ("abcdefgh ij", 5, ["abcde", "fgh", "ij"]),
        ("湖湖湖", 4, ["湖湖", "湖"]),
        ("湖湖", 1, ["湖", "湖"]),
        ("", 5, [""]),
    ],
)
def test_a_text_is_folded_between_words(text: str, width: int, lines: list[str]) -> None:
    assert list(folded(text, width)) == lines


@given(texts, widths)
def test_what_is_cut_or_padded_fits(text: str, width: int) -> None:
    short = cut(text, width)
    assert width_of(short) <= width
    assert width_of(padded(short, width)) == width_of(padded(short, width, is_number=True)) == width
    if width_of(shown(text)) > width:
        assert short.endswith("…")
    else:
        assert short == shown(text)


def test_numbers_stand_to_the_right() -> None:
    assert (padded("12", 4), padded("12", 4, is_number=True)) == ("12  ", "  12")


def test_a_paragraph_stands_after_its_label() -> None:
    lines = list(paragraph("one two three", 9, "warn", Span("- ", "name")))
    assert lines == [
        (Span("- ", "name"), Span("one two", "warn")),
        (Span("  "), Span("three", "warn")),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three four", ["one two", "three…"]),
        ("one two a b cde fg", ["one two", "a b…"]),
        ("one two abcdefg hij", ["one two", "abcdef…"]),
        ("one two three", ["one two", "three"]),
    ],
)
def test_a_paragraph_that_is_too_long_is_cut_with_a_sign(text: str, lines: list[str]) -> None:
    assert told(paragraph(text, 7, most=2)) == lines


def test_pieces_flow_into_lines_none_of_which_breaks_one() -> None:
    pieces = [span(text) for text in ("one two", "three", "four five six", "7")]
    assert told(flowing(pieces, 16, " · ")) == ["one two · three", "four five six", "7"]
    assert told(flowing(pieces, 16, " · ", indent="  ")) == [
        *("one two · three", "  four five six", "  7")
    ]
    assert told(flowing([], 16)) == []


@pytest.mark.parametrize(
    ("piece", "line"),
    [
        ((Span("● "), Span("a long name")), "● a long…"),
        ((Span("ab"), Span("cdefgh"), Span("ijk")), "abcdefgh"),
        ((Span("a longer name still"),), "a longer…"),
        ((Span("12345678"), Span("910")), "12345678"),
    ],
)
def test_a_piece_wider_than_a_line_is_cut(piece: Line, line: str) -> None:
    assert told(flowing([piece], 9)) == [line]


@given(st.lists(st.lists(texts, min_size=1, max_size=3), max_size=5), st.integers(8, 80))
def test_no_line_of_pieces_is_too_wide(pieces: Sequence[Sequence[str]], width: int) -> None:
    flown = flowing((tuple(Span(shown(text)) for text in piece) for piece in pieces), width)
    assert all(width_of(line) <= width for line in told(flown))


def test_a_table_keeps_its_columns_and_folds_the_last() -> None:
    rows = [[Span("Id"), Span("n"), Span("Title")], [Span("x1"), Span("12"), Span("one two three")]]
    table = [told(lines) for lines in tabulated(rows, 16, numbers=[1])]
    assert table == [["Id   n  Title"], ["x1  12  one two", "        three"]]


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4), st.integers(LEAST - 4, 80))
def test_no_line_of_a_table_is_too_wide(rows: list[tuple[str, str, str]], width: int) -> None:
    table = tabulated([[Span(text) for text in row] for row in rows], width, numbers=[1])
    assert all(width_of(line) <= width for lines in table for line in told(lines))


def test_a_title_is_underlined_as_far_as_it_goes() -> None:
    assert list(underlined("湖 Été")) == ["湖 Été", "======"]
    assert list(underlined("word " * 20))[-1] == "=" * 59


def test_blocks_stand_apart_in_plain_text() -> None:
    blocks = [Block("One", (span("a "), ())), Block("Two", ())]
    assert list(as_plain(blocks)) == ["", "One", "  a", "", "", "Two"]
