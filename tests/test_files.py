"""YAML text becomes data that knows its places, and whatever is wrong with it one problem."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings, strategies as st

from scc_eval import files
from scc_eval.files import MAX_BYTES, MAX_DEPTH, collector_paused, parse, read
from scc_eval.places import File, Location, Mapping, Problem, Sequence, locate

PARSERS: dict[str, tuple[Any, bool]] = {"python": (yaml.SafeLoader, False)}
if hasattr(yaml, "CSafeLoader"):
    PARSERS["libyaml"] = (yaml.CSafeLoader, True)

BOM = b"\xef\xbb\xbf"
BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
GROWING = "- &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"- &{name} [{', '.join([f'*{last}'] * 10)}]\n" for last, name in pairwise("abcdefgh")
)

texts = st.text(max_size=12)
documents = st.recursive(
    st.none() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
scrawls = st.text(alphabet="ab:-[]{},&*!?|>'\"%@# \n\t~\\\r\x07\x85éß\N{OCTOPUS}", max_size=40)
anything = st.binary() | st.text().map(str.encode) | scrawls.map(str.encode)


@pytest.fixture(autouse=True, scope="module", params=list(PARSERS))
def _with_each_parser(request: pytest.FixtureRequest) -> Iterator[None]:
    parser, counts_bytes = PARSERS[request.param]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_Parser", parser)
        patch.setattr(files, "_COUNTS_BYTES", counts_bytes)
        yield


def data_of(text: str) -> Any:
    file = parse(text.encode(), "f.yaml")
    assert file.problems == ()
    return file.data


def only(file: File) -> Problem:
    [problem] = file.problems
    return problem


def start(place: Location) -> tuple[int, int]:
    return place.line, place.column


def places(data: Any) -> Iterator[Location]:
    if isinstance(data, Mapping):
        yield data.at()
        for key, value in data.items():
            yield data.at(key)
            yield from places(value)
    elif isinstance(data, Sequence):
        yield data.at()
        for index, value in enumerate(data):
            yield data.at(index)
            yield from places(value)


def begins_inside(place: Location, text: str) -> bool:
    lines = BREAK.split(text)
    return (
        1 <= place.line <= len(lines)
        and 1 <= place.column <= len(lines[place.line - 1]) + 1
        and (place.end_line, place.end_column) >= start(place)
    )


@settings(deadline=None)
@given(documents, st.booleans())
def test_what_yaml_writes_is_read_back(data: Any, is_flow: bool) -> None:
    raw = yaml.safe_dump(data, default_flow_style=is_flow).encode()
    file = parse(raw, "f.yaml")
    assert file.data == data
    assert file.whole
    assert [problem.kind for problem in file.problems] == ["empty-file"] * (data is None)


@settings(deadline=None)
@given(documents, st.booleans())
def test_every_place_of_the_data_is_inside_the_file(data: Any, is_flow: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=is_flow)
    found = parse(text.encode(), "f.yaml").data
    assert all(begins_inside(place, text) for place in places(found))


@settings(deadline=None, max_examples=500)
@given(anything)
@example(b'a: "\\UFFFFFFFF"')
@example(b"a: b\rcolon: x: y\n")
@example("a: b\N{LINE SEPARATOR}colon: x: y\n".encode())
@example(b"a: b\rc: \x07\n")
@example(b"\xfe\xff\0a")
def test_no_bytes_whatever_make_it_raise_or_point_outside_the_file(raw: bytes) -> None:
    file = parse(raw, "f.yaml")
    text = raw.removeprefix(BOM).decode("utf-8", "replace")
    assert all(begins_inside(problem.at, text) for problem in file.problems)
    assert all(begins_inside(place, text) for place in places(file.data))
    assert file.whole or file.problems


NASTY: dict[str, tuple[bytes, str, int, int]] = {
    "truncated": (b"a: 1\nb: {c: 2\n", "unclosed", 3, 1),
    "truncated in its last line": (b"a: [1, 2", "unclosed", 1, 9),
    "tab": (b"a:\n\tb: 1\n", "tab-indent", 2, 1),
    "tab below spaces": (b"a:\n  - x\n\t- y\n", "tab-indent", 3, 1),
    "list as key": (b"a: 1\n? [b, c]\n: d\n", "key-not-text", 2, 3),
    "mapping as key": (b"a: {{b}}\n", "key-not-text", 1, 5),
    "alias of a list as key": (b"a: &x [1]\n*x : 2\n", "key-not-text", 2, 1),
    "alias of nothing as key": (b"a: &x\n*x : 2\n", "key-not-text", 2, 1),
    "3,000 lists deep": (b"[" * 3000, "too-deep", 1, MAX_DEPTH + 1),
    "3,000 mappings deep": (
        b"".join(b" " * depth + b"a:\n" for depth in range(3000)),
        "too-deep",
        MAX_DEPTH + 1,
        MAX_DEPTH + 1,
    ),
    "undefined alias": (b"a: 1\nb: *nobody\n", "unknown-alias", 2, 4),
    "alias in itself": (b"a: &x [1, *x]\n", "alias-in-itself", 1, 11),
    "alias in its mapping": (b"a: &x\n  b: *x\n", "alias-in-itself", 2, 6),
    "alias in what bears its name anew": (b"a: &x 1\nb: &x [*x]\n", "alias-in-itself", 2, 8),
    "exponential alias": (GROWING.encode(), "alias-grows", 5, 35),
    "two documents": (b"a: 1\n---\nb: 2\n", "two-documents", 2, 1),
    "two documents, the first empty": (b"---\n---\na: 1\n", "two-documents", 2, 1),
    "tag": (b"a: !foo bar\n", "unknown-tag", 1, 4),
    "tag of a list": (b"a: 1\nb: !foo [bar]\n", "unknown-tag", 2, 4),
    "tag with a handle": (b"a: 1\nb: !x!y bar\n", "unknown-tag", 2, 4),
    "control character": ("é: 1\nb: éa\x07b\n".encode(), "control-character", 2, 6),
    "control character alone": (b"\x07", "control-character", 1, 1),
    "zero byte": (b"a: b\x00c\n", "control-character", 1, 5),
    "control character after a byte-order mark": (BOM + b"a: \x07\n", "control-character", 1, 4),
    "UTF-16 without a mark": ("a: b".encode("utf-16-le"), "control-character", 1, 2),
    "UTF-16": ("a: b".encode("utf-16"), "not-utf8", 1, 1),
    "Latin-1": ("a: 1\nb: né\n".encode("latin-1"), "not-utf8", 2, 5),
    "Latin-1 after UTF-8": ("é: ".encode() + b"\xe9\n", "not-utf8", 1, 4),
    "Latin-1 after a byte-order mark": (BOM + b"a: n\xe9\n", "not-utf8", 1, 5),
    "empty": (b"", "empty-file", 1, 1),
    "byte-order mark alone": (BOM, "empty-file", 1, 1),
    "only comments": (b"# nothing\n# at all\n", "empty-file", 1, 1),
    "null": (b"~\n", "empty-file", 1, 1),
    "duplicate key": (b"a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
    "duplicate key with a list": (b"a: 1\na:\n  - b\n", "duplicate-key", 2, 1),
    "colon in text": (b"a: text: more\n", "colon-in-text", 1, 8),
    "colon in text in a list": (b"- a: b c: d\n", "colon-in-text", 1, 9),
    "colon in text after a byte-order mark": (BOM + b"a: b: c\n", "colon-in-text", 1, 5),
    "colon in text between carriage returns": (b"a: b\rb: x: y\r", "colon-in-text", 2, 5),
    "single quotation mark": (b"a: 'open\nb: 2\n", "unclosed", 3, 1),
    "double quotation mark": (b'a: "open\nb: 2\n', "unclosed", 3, 1),
    "quotation mark in the last line": (b"a: 'open", "unclosed", 1, 9),
    "at sign": (b"a: @home\n", "broken-yaml", 1, 4),
    "star": (b"a: * b\n", "broken-yaml", 1, 5),
    "hyphen in text": (b"a: - b\n", "broken-yaml", 1, 4),
    "more than a character": (b'a: "\\UFFFFFFFF"\n', "broken-yaml", 1, 7),
}


@pytest.mark.parametrize(("raw", "kind", "line", "column"), NASTY.values(), ids=NASTY)
def test_nasty_yaml_gives_one_problem_at_its_place(
    raw: bytes, kind: str, line: int, column: int
) -> None:
    problem = only(parse(raw, "f.yaml"))
    assert (problem.kind, problem.at.file, *start(problem.at)) == (kind, "f.yaml", line, column)


@pytest.mark.parametrize(
    "text",
    [
        *("NO", "no", "on", "Off", "yes", "true", "12:30", "1_2", "1.10", "010", "0x1F", "1e3"),
        *("2016-06", "2016-06-01", ".inf", "None", "nil", "<<", "="),
    ],
)
def test_a_scalar_stays_the_text_it_is(text: str) -> None:
    assert data_of(f"a: {text}\n") == {"a": text}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_plain_nothing_is_none(text: str) -> None:
    assert data_of(f"a: {text}\n") == {"a": None}


@pytest.mark.parametrize("text", ["''", '"~"', "'null'", '"NULL"'])
def test_quoted_nothing_is_text(text: str) -> None:
    assert data_of(f"a: {text}\n") == {"a": text[1:-1]}


def test_a_key_of_nothing_is_an_empty_text() -> None:
    assert data_of("? ~\n: a\n") == {"": "a"}


def test_a_byte_order_mark_is_passed_over() -> None:
    file = parse(BOM + b"a: b\n", "f.yaml")
    assert (file.data, file.problems) == ({"a": "b"}, ())
    assert start(file.data.at("a")) == (1, 1)


@pytest.mark.parametrize("tag", ["!", "!!str", "!<tag:yaml.org,2002:str>"])
def test_a_tag_of_yaml_itself_is_passed_over(tag: str) -> None:
    assert data_of(f"a: {tag} 12\n") == {"a": "12"}


def test_an_unknown_tag_leaves_its_text() -> None:
    file = parse(b"a: !important text\nb: 2\n", "f.yaml")
    assert (file.data, file.whole) == ({"a": "text", "b": "2"}, True)
    assert only(file).facts == {"tag": "!important"}


def test_an_unknown_handle_of_a_tag_is_named() -> None:
    assert only(parse(b"a: !x!y bar\n", "f.yaml")).facts == {"tag": "!x!y"}


def test_a_duplicate_key_keeps_the_first_and_tells_where_it_is() -> None:
    file = parse(b"a: 1\nb: 2\na:\n  c: [3]\n", "f.yaml")
    problem = only(file)
    assert (file.data, file.whole) == ({"a": "1", "b": "2"}, True)
    assert problem.facts == {"key": "a"}
    assert problem.related is not None
    assert start(problem.related) == (1, 1)


def test_an_unclosed_quotation_mark_tells_where_it_opens() -> None:
    problem = only(parse(b"a: 1\nb: 'open\nc: 2\n", "f.yaml"))
    assert problem.related is not None
    assert start(problem.related) == (2, 4)


def test_a_byte_that_is_not_utf8_is_named() -> None:
    assert only(parse(BOM + b"a: n\xe9\n", "f.yaml")).facts == {"byte": "0xE9"}


def test_a_control_character_is_named() -> None:
    assert only(parse(b"a: b\x1fc\n", "f.yaml")).facts == {"character": "U+001F"}


def test_a_control_character_far_down_is_found() -> None:
    problem = only(parse("- é: b\n".encode() * 10_000 + b"- c: \x07\n", "f.yaml"))
    assert start(problem.at) == (10_001, 6)


def test_aliases_are_followed() -> None:
    data = data_of("a: &x [1, 2]\nb: *x\nc: &y text\nd: *y\n*y : 3\n")
    assert data == {"a": ["1", "2"], "b": ["1", "2"], "c": "text", "d": "text", "text": "3"}


def test_an_anchor_written_anew_is_the_new_one() -> None:
    assert data_of("- &x a\n- &x [b]\n- *x\n") == ["a", ["b"], ["b"]]


def test_an_anchor_of_a_mapping_does_not_close_with_what_it_holds() -> None:
    assert data_of("a: &x {b: {c: d}}\ne: *x\n")["e"] == {"b": {"c": "d"}}


def test_a_document_may_begin_and_end_with_its_marks() -> None:
    assert data_of("%YAML 1.2\n---\na: b\n...\n") == {"a": "b"}


def test_a_whole_file_can_be_one_text() -> None:
    assert data_of("just text\n") == "just text"


def test_items_complete_before_a_slip_are_kept() -> None:
    file = parse(b"cases:\n  - code: A\n  - code: B\n    label: x: y\n", "f.yaml")
    assert (file.data, file.whole) == ({"cases": [{"code": "A"}]}, False)


def test_only_the_outermost_item_being_written_is_dropped() -> None:
    file = parse(b"links:\n- id: L\n- id: M\n  risks:\n  - id: r\n  - id: s: t\n", "f.yaml")
    assert file.data == {"links": [{"id": "L"}]}
    assert start(file.data["links"].at(1)) == start(file.data["links"].at())


def test_a_slip_outside_a_list_keeps_what_stands_above() -> None:
    assert parse(b"a: 1\nb: {c: 2\n", "f.yaml").data == {"a": "1", "b": {"c": "2"}}


def test_a_key_knows_its_place() -> None:
    data = data_of("a: 1\nlabel: 2\n")
    assert data.at("label") == Location("f.yaml", 2, 1, 2, 6)


@pytest.mark.parametrize("key", [None, "absent"])
def test_a_mapping_is_where_its_first_key_is(key: str | None) -> None:
    assert data_of("- label: 1\n")[0].at(key) == Location("f.yaml", 1, 3, 1, 8)


def test_an_empty_mapping_is_where_its_brace_is() -> None:
    assert data_of("a: {}\n")["a"].at() == Location("f.yaml", 1, 4, 1, 5)


def test_an_item_of_a_list_knows_its_place() -> None:
    assert data_of("a: [one, three]\n")["a"].at(1) == Location("f.yaml", 1, 10, 1, 15)


def test_an_item_that_is_a_mapping_is_where_its_first_key_is() -> None:
    assert data_of("a:\n- id: x\n")["a"].at(0) == Location("f.yaml", 2, 3, 2, 5)


@pytest.mark.parametrize("index", [None, 5])
def test_a_list_is_where_it_begins(index: int | None) -> None:
    assert data_of("a: [b]\n")["a"].at(index) == Location("f.yaml", 1, 4, 1, 5)


@pytest.mark.parametrize(
    "item", ["", "[x]", "|\n  two\n  lines", ">-\n  in two\n  lines", "a\n  b"]
)
def test_an_item_never_runs_past_its_line(item: str) -> None:
    text = f"- {item}\n"
    place = data_of(text).at(0)
    line = text.split("\n")[place.line - 1]
    assert place.end_line == place.line
    assert place.column < place.end_column <= max(place.column, len(line)) + 1


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("links",), 2, 1),
        (("links", 1), 4, 3),
        (("links", 1, "target"), 5, 3),
        (("links", 0, "label"), 3, 3),
        (("links", "Link", 1, "target"), 5, 3),
        (("links", 7), 2, 1),
        (("absent", "id"), 1, 1),
    ],
)
def test_a_path_is_followed_as_far_as_it_is_written(
    path: tuple[int | str, ...], line: int, column: int
) -> None:
    data = data_of("id: t\nlinks:\n- id: L\n- id: M\n  target: B\n")
    assert start(locate(data, path, "f.yaml")) == (line, column)


def test_a_path_into_a_text_is_at_the_top_of_the_file() -> None:
    assert locate("text", ("a", 1), "f.yaml") == Location("f.yaml")


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("a: é\n".encode())
    assert read(tmp_path / "a.yaml", "name") == File("name", {"a": "é"})


def test_a_folder_named_like_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    assert only(read(tmp_path / "x.yaml", "x.yaml")).kind == "folder-for-file"


def unreadable(path: Path) -> str:
    file = read(path, "x.yaml")
    problem = only(file)
    assert (file.data, file.whole, problem.kind) == (None, False, "unreadable")
    assert problem.at == Location("x.yaml")
    return problem.facts["refusal"]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert unreadable(tmp_path / "x.yaml") == "no such file or directory"


def test_a_dangling_link_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("nowhere.yaml")
    assert unreadable(tmp_path / "x.yaml") == "no such file or directory"


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("x.yaml")
    assert "symbolic links" in unreadable(tmp_path / "x.yaml")


def test_a_pipe_is_a_problem_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert unreadable(tmp_path / "x.yaml") == "not a regular file"


def test_a_forbidden_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert unreadable(tmp_path / "x.yaml") == "permission denied"


def test_a_failing_disk_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError

    (tmp_path / "x.yaml").touch()
    monkeypatch.setattr(os, "read", fail)
    assert unreadable(tmp_path / "x.yaml") == "unknown"


def test_a_huge_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").touch()
    os.truncate(tmp_path / "x.yaml", 200_000_000)
    problem = only(read(tmp_path / "x.yaml", "x.yaml"))
    assert problem.kind == "too-large"
    assert problem.facts == {"size": "200", "limit": str(MAX_BYTES // 1_000_000)}


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_collector_is_left_as_it_was(is_enabled: bool) -> None:
    was_enabled = gc.isenabled()
    try:
        (gc.enable if is_enabled else gc.disable)()
        with collector_paused():
            assert not gc.isenabled()
        assert gc.isenabled() is is_enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()
