"""Where things stand in a file, and data that remembers it: mappings, lists, problems."""

from typing import Any, NamedTuple, Protocol


class Passage(NamedTuple):
    """Where a stretch of a written report stands as its reader counts: page and paragraph (0 where
    the report has none), the headings above it, and its part (`body`, `note`, `table`)."""

    page: int = 0
    paragraph: int = 0
    headings: tuple[str, ...] = ()
    part: str = ""


class Location(NamedTuple):
    """A stretch of a file: 1-based lines and columns, the end exclusive.

    What stands in a written report has its passage too. Where such a file has no lines, as Word
    and PDF have none, `line` is the paragraph in the order of reading, `column` the character.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    passage: Passage | None = None


NOWHERE = Location("")
_WITHOUT_LINES = (".docx", ".odt", ".pdf")


def has_lines(at: Location) -> bool:
    """Whether its lines and columns are those of a file; Word and PDF files have none."""
    return bool(at.file) and not at.file.lower().endswith(_WITHOUT_LINES)


class Mark(Protocol):
    """A 0-based place as the YAML parser gives it."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Spread(NamedTuple):
    """Where a text begins that goes on in the next lines."""

    line: int
    column: int


class Mapping(dict[str, Any]):
    """A YAML mapping that remembers its file, where it starts and where each key stands."""

    __slots__ = ("file", "keys_at", "mark", "spelt")

    def __init__(self, file: str, mark: Mark) -> None:
        self.file = file
        self.mark = mark
        self.keys_at: dict[str, Mark] = {}
        self.spelt: dict[str, str] | None = None
        """How keys are spelt in the file, where they were put into another language."""

    def at(self, key: str | None = None) -> Location:
        """Where the key is written, or where the mapping begins."""
        if key is not None and key in self.keys_at:
            return place_of(self.file, self.keys_at[key], len(key))
        first = next(iter(self.keys_at), "")
        return place_of(self.file, self.keys_at.get(first, self.mark), len(first))


class Sequence(list[Any]):
    """A YAML list that remembers its file, where it starts and where each item begins."""

    __slots__ = ("file", "items_at", "mark")

    def __init__(self, file: str, mark: Mark) -> None:
        self.file = file
        self.mark = mark
        self.items_at: list[Mark] = []

    def at(self, index: int | None = None) -> Location:
        """Where the item begins, or where the list does."""
        if index is None or index >= len(self.items_at):
            return place_of(self.file, self.mark, 1)
        item = self[index]
        if isinstance(item, Mapping):
            return item.at()
        mark = self.items_at[index]
        is_line = isinstance(item, str) and not isinstance(mark, Spread)
        return place_of(self.file, mark, len(item) if is_line else 1)


class Problem(NamedTuple):
    """Something the reader could not take as it stands: a kind, its place and the facts."""

    kind: str
    at: Location
    facts: dict[str, str]
    related: Location | None = None


class File(NamedTuple):
    """What one file holds: data with places, and what was wrong. `whole` is False if cut short."""

    name: str
    data: Any
    problems: tuple[Problem, ...] = ()
    whole: bool = True


def locate(data: Any, path: tuple[int | str, ...], name: str) -> Location:
    """The place of a path into data, passing over steps that are not written in the file."""
    place = data.at() if isinstance(data, Mapping | Sequence) else Location(name)
    for step in path:
        if isinstance(data, Mapping) and step in data:
            place, data = data.at(str(step)), data[str(step)]
        elif isinstance(data, Sequence) and isinstance(step, int) and step < len(data):
            place, data = data.at(step), data[step]
    return place


def place_of(file: str, mark: Mark, length: int) -> Location:
    """The place of a mark and the characters after it, on one line."""
    line, column = mark.line + 1, mark.column + 1
    return Location(file, line, column, line, column + max(length, 1))
