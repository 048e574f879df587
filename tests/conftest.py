"""What several tests share: workspaces made of texts, the golden files, an English terminal."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from renew_golden import expected, produce

pytest_plugins = ["_browser"]

Workspace = Callable[[Mapping[str, str]], Path]
Golden = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test depend on who runs it."""
    monkeypatch.setenv("SCC_LANG", "en")
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "PY_COLORS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def collector_as_found() -> Iterator[None]:
    """Undo what a command does to the garbage collector of its process."""
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Writes texts below a temporary folder, which it returns."""

    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def golden() -> Golden:
    """Compares what the program makes with what it is expected to make."""

    def compare(name: str, file: str) -> None:
        kept = expected(name, file)
        text = kept.read_bytes().decode() if kept.exists() else ""
        assert produce(name, file) == text, f"{name}/{file} has changed; `make golden` renews it"

    return compare
