"""`scc serve`: who is answered and how, saves that reach the page, how it starts and ends."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
import weakref
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread

import pytest
from typer.testing import CliRunner

from _live import (
    BROKEN,
    PATIENCE,
    SETTINGS,
    SMALL,
    Client,
    borne,
    display,
    lay_out,
    saved,
    served,
    serving,
    written,
)
from scc_eval.cli import app
from scc_eval.diagnostics import Diagnostic
from scc_eval.dossier import Dossier
from scc_eval.live.answers import OWN_POLICY, SITE_POLICY
from scc_eval.live.reading import Pages
from scc_eval.live.server import USUAL_PORT, PortTaken, Server, bind
from scc_eval.story.annex import Accepted

GUARDS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def titled(title: str) -> str:
    return f"title: {title}\ntheory: t\n"


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server for tests that save nothing."""
    names = ("a b.yaml", "a%20b.yaml", "\n.yaml", "é.yaml", os.fsdecode(b"\xe9.yaml"), "<b>.yaml")
    odd = {f"evidence/one/{name}": f"cases: []\n# {n}\n" for n, name in enumerate(names)}
    root = written(tmp_path_factory.mktemp("served"), {**SMALL, **odd, "README.md": "secret"})
    with served(root) as client:
        client.shown("/one/", lambda page: "First" in page)
        yield client


# Who is answered, and how


@pytest.mark.parametrize(
    ("path", "status", "policy"),
    [
        ("/", 307, OWN_POLICY),
        ("/one/", 200, SITE_POLICY),
        ("/one/Eco.html?x=1", 200, SITE_POLICY),
        (f"/source/{SETTINGS}", 200, OWN_POLICY),
        ("/none", 404, OWN_POLICY),
    ],
)
def test_every_answer_is_guarded(looking: Client, path: str, status: int, policy: str) -> None:
    got, headed = looking.get(path), looking.get(path, "HEAD")

    assert got.status == headed.status == status
    assert got.headers["content-security-policy"] == policy
    assert got.headers.items() >= GUARDS.items()
    assert "server" not in got.headers
    assert headed.text == ""
    assert headed.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:{port}", "LOCALHOST:1"])
def test_this_machine_is_answered_by_its_names(looking: Client, host: str) -> None:
    assert looking.get("/", host=host.format(port=looking.port)).status == 307


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "evil.example:{port}",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
        ),
        *("127.0.0.2", "0.0.0.0", "[::1]:{port}", "www.localhost", "localhost@evil.example", " "),
    ],
)
@pytest.mark.parametrize("path", ["/", "/one/", "/_live/one/", f"/source/{SETTINGS}"])
def test_no_other_name_is_answered(looking: Client, host: str, path: str) -> None:
    got = looking.get(path, host=host.format(port=looking.port))

    assert got.status == 400
    assert got.headers.items() >= GUARDS.items()
    assert "First" not in got.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get"])
@pytest.mark.parametrize("path", ["/one/", "/_live/one/", "/none"])
def test_nothing_but_looking_is_allowed(looking: Client, method: str, path: str) -> None:
    got = looking.get(path, method)

    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        *("/../README.md", "/%2e%2e/README.md", "/source/%2e%2e/README.md", "/..%2fREADME.md"),
        *("/source/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/source//etc/passwd", "/source/%00"),
        *("/source/evidence/one/..%2F..%2F..%2FREADME.md", "/%5c..%5cREADME.md", "/%ff", "/%zz"),
        *("/one/%0aindex.html", "http://127.0.0.1/one/", "/_liveone/", "/_live", "/%"),
    ],
)
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    with served(written(tmp_path, {**SMALL, "README.md": "secret"})) as client:
        client.shown("/one/", lambda page: "First" in page)
        got = client.get(path)

    assert got.status == 404
    assert "secret" not in got.text


def test_names_are_taken_byte_by_byte(looking: Client) -> None:
    quoted = ("a%20b", "a%2520b", "%0a", "%c3%a9", "%e9", "%3Cb%3E")

    got = [looking.get(f"/source/evidence/one/{name}.yaml") for name in quoted]

    assert [re.findall(r"# (\d)", each.text) for each in got] == [[str(n)] for n in range(6)]
    assert "<b>" not in got[5].text


# Saves that reach the page


def test_a_save_is_told_and_the_page_shows_it(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)

    with served(root) as client:
        before = client.shown("/one/", lambda page: "<h1>First" in page)
        with client.hearing("/one/") as told, client.hearing("/none") as told_besides:
            assert told() == borne(before)
            assert told_besides() == borne(client.get("/none").text)
            saved(root / SETTINGS, titled("Second"))
            token = told()
            after = client.get("/one/").text
            assert told_besides() == borne(client.get("/none").text)

    assert borne(after) == token != borne(before)
    assert "<h1>Second: index.html</h1>" in after


def test_a_page_that_missed_a_message_is_told_at_once(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)

    with served(root) as client:
        stale = borne(client.shown("/one/", lambda page: "<h1>First" in page))
        saved(root / SETTINGS, titled("Second"))
        fresh = borne(client.shown("/one/", lambda page: "<h1>Second" in page))
        with client.hearing("/one/") as told:
            assert told() == fresh != stale


def test_broken_yaml_keeps_the_page_until_it_is_mended(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)

    with served(root) as client:
        client.shown("/one/", lambda page: "<h1>First" in page)
        saved(root / SETTINGS, BROKEN)
        kept = client.shown("/one/", lambda page: "What is shown is as of" in page)
        saved(root / SETTINGS, titled("Second"))
        client.shown("/one/", lambda page: "<h1>Second" in page and "What is shown" not in page)

    assert "<h1>First" in kept


def test_what_is_saved_while_a_page_is_being_made_comes_next(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)
    begun, may_end, lock = Event(), Event(), Lock()

    def slow(
        dossier: Dossier, found: Sequence[Diagnostic], accepted: Sequence[Accepted], language: str
    ) -> Pages:
        assert lock.acquire(blocking=False), "two are made at the same time"
        if dossier.settings.title == "Second":
            begun.set()
            assert may_end.wait(PATIENCE)
        lock.release()
        return lay_out(dossier, found, accepted, language)

    with served(root, slow) as client:
        client.shown("/one/", lambda page: "<h1>First" in page)
        saved(root / SETTINGS, titled("Second"))
        assert begun.wait(PATIENCE)
        for title in ("Third", "Fourth"):
            saved(root / SETTINGS, titled(title))
        may_end.set()
        client.shown("/one/", lambda page: "<h1>Fourth" in page)


def test_whoever_goes_is_no_longer_told(tmp_path: Path) -> None:
    followed = display(written(tmp_path, SMALL))
    listeners = followed._listeners

    with serving(Server(followed)) as client:
        with client.hearing("/one/") as told:
            told()
            assert len(listeners) == 2
        # One is left, who throws away what readings leave.
        until(lambda: len(listeners) == 1)


def test_asking_for_the_head_of_the_stream_ends(looking: Client) -> None:
    got = looking.get("/_live/one/", "HEAD")

    assert (got.status, got.text) == (200, "")
    assert got.headers["content-type"] == "text/event-stream; charset=utf-8"


def test_streams_end_with_the_server(tmp_path: Path) -> None:
    ends: list[str] = []

    def hear(client: Client, ready: Event) -> None:
        with client.hearing("/one/") as told:
            while token := told():
                ready.set()
            ends.append(token)

    with served(written(tmp_path, SMALL)) as client:
        readies = [Event() for _ in range(3)]
        threads = [Thread(target=hear, args=(client, ready)) for ready in readies]
        for thread, ready in zip(threads, readies, strict=True):
            thread.start()
            assert ready.wait(PATIENCE)
    for thread in threads:
        thread.join(PATIENCE)

    assert ends == ["", "", ""]


def test_a_stream_may_be_told_after_its_loop_is_closed(tmp_path: Path) -> None:
    from scc_eval.live.serving import _stream

    followed = display(written(tmp_path, SMALL))

    async def hear() -> list[str]:
        stream = _stream(followed, "/one/")
        told = [await anext(stream), await anext(stream)]
        kept.extend(followed._listeners)
        followed.end()
        return [*told, *[each async for each in stream]]

    kept: list[Callable[[], object]] = []
    told = asyncio.run(hear())
    for ring in kept:
        ring()

    assert told == ["retry: 1000\n\n", f"data: {followed.shown['one'].token}\n\n"]
    assert not followed._listeners


@pytest.fixture
def tracing() -> Iterator[None]:
    """What memory is for is kept track of until the test is over."""
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("tracing")
def test_a_thousand_saves_leave_it_serving(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)
    path = root / SETTINGS
    threads = threading.active_count()

    def save(number: int) -> None:
        text = BROKEN * (number % 3) if number % 2 else titled(f"Save {number}")
        if number % 5:
            saved(path, text)
        else:
            path.write_text(text, "utf-8")
        time.sleep(0.002)

    with served(root) as client:
        client.shown("/one/", lambda page: "<h1>First" in page)
        for number in range(300):
            save(number)
        used = traced(client)
        for number in range(300, 1001):
            save(number)
        page = client.shown("/one/", lambda page: "<h1>Save 1000:" in page)
        grown = traced(client) - used

    assert "What is shown" not in page
    assert grown < 2_000_000
    assert threading.active_count() <= threads


def test_what_readings_leave_is_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[weakref.ref[Dossier]] = []

    def kept(
        dossier: Dossier, found: Sequence[Diagnostic], accepted: Sequence[Accepted], language: str
    ) -> Pages:
        read.append(weakref.ref(dossier))
        tied: list[object] = [dossier]
        tied.append(tied)
        return lay_out(dossier, found, accepted, language)

    monkeypatch.setattr("scc_eval.live.server._REST", 0.01)
    root = written(tmp_path, SMALL)
    gc.disable()
    try:
        with served(root, kept) as client:
            client.shown("/one/", lambda page: "<h1>First" in page)
            for title in ("Second", "Third"):
                saved(root / SETTINGS, titled(title))
                client.shown("/one/", partial(heads, title))
            until(lambda: read[0]() is None)
    finally:
        gc.enable()


def heads(title: str, page: str) -> bool:
    """Whether a page has that title."""
    return f"<h1>{title}" in page


def traced(client: Client) -> int:
    """The bytes in use, once it rests."""
    until(lambda: client.get("/one/").status == 200)
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def until(is_so: Callable[[], object]) -> None:
    """Wait until it is so."""
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.01)


# Ports


def test_only_this_machine_can_ask() -> None:
    with bind(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_told() -> None:
    with bind(0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} of 127.0.0.1 cannot be had: address al"):
            bind(port)


def test_the_next_port_is_taken_where_none_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def create(address: tuple[str, int]) -> socket.socket:
        tried.append(address[1])
        if len(tried) < 3:
            raise OSError(98, "Address already in use")
        return socket.socket()

    monkeypatch.setattr("socket.create_server", create)
    bind(None).close()

    assert tried == [USUAL_PORT, USUAL_PORT + 1, USUAL_PORT + 2]


def test_where_no_port_is_free_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def create(address: tuple[str, int]) -> socket.socket:
        raise OSError

    monkeypatch.setattr("socket.create_server", create)

    with pytest.raises(PortTaken, match=r"port 8000-8049 of 127\.0\.0\.1 cannot be had: unknown"):
        bind(None)


# The command


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(each) for each in ("serve", *arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def free_port() -> int:
    with bind(0) as listening:
        return int(listening.getsockname()[1])


@pytest.mark.parametrize("lang", [None, "fr"])
def test_the_command_serves_until_it_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str | None
) -> None:
    root = written(tmp_path, {**SMALL, "evidence/two/evaluation.yaml": titled("Other")})
    port = free_port()
    opened: list[str] = []
    titles: list[str] = []

    def ask() -> None:
        client = Client(port)
        until(lambda: answers(port))
        page = client.shown("/one/", lambda page: "Vue d" in page or "Overview" in page)
        titles.extend(re.findall("<title>(.*)</title>", page))
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("typer.launch", opened.append)
    asking = Thread(target=ask)
    asking.start()
    code, out, err = run(root, "--port", port, *(("--lang", lang) if lang else ("--open",)))
    asking.join(PATIENCE)

    address = f"http://127.0.0.1:{port}/"
    assert (code, err) == (0, "")
    assert out == (
        f"one, two : {address} (Ctrl-C y met fin)\n"
        if lang
        else f"one, two: {address} (Ctrl-C ends it)\n"
    )
    assert opened == ([] if lang else [address])
    assert titles == ["Vue d’ensemble — First" if lang else "Overview — First"]


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    ("files", "arguments", "told"),
    [
        ({}, (), "is in no workspace"),
        ({"theories/t.yaml": ""}, (), "holds no evaluation: there should be a folder of one in"),
        (SMALL, ("--lang", "de"), "--lang takes one of en, fr, not de"),
        (SMALL, ("--port", "{taken}"), "give --port another, or 0 for any that is free"),
        (SMALL, ("--port", "65536"), "65535"),
    ],
)
def test_what_cannot_be_served_is_told(
    tmp_path: Path, files: dict[str, str], arguments: tuple[str, ...], told: str
) -> None:
    with bind(0) as listening:
        taken = listening.getsockname()[1]
        given = [each.format(taken=taken) for each in arguments]
        code, out, err = run(written(tmp_path, files), *given)

    assert (code, out) == (2, "")
    assert told in err


def test_a_path_that_does_not_exist_is_told(tmp_path: Path) -> None:
    code, _, err = run(tmp_path / "none")

    assert (code, err) == (2, f"scc: {tmp_path / 'none'} does not exist\n")


def test_a_missing_package_is_told_with_how_to_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "scc_eval.live.server")

    code, _, err = run(written(tmp_path, SMALL))

    assert (code, err) == (
        2,
        "scc: this needs the package uvicorn: pip install 'scc-eval[serve]'\n",
    )


def test_a_module_of_ours_that_is_not_there_is_no_missing_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scc_eval.live.server", None)

    with pytest.raises(ModuleNotFoundError):
        run(written(tmp_path, SMALL))


def test_a_process_serves_what_is_saved_and_ends_quietly(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)
    command = [sys.executable, "-m", "scc_eval", "serve", str(root), "--port", "0"]

    with subprocess.Popen(
        command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        port = int(re.findall(r":(\d+)/", first)[0])
        client = Client(port)
        client.shown("/one/", lambda page: "Overview — First" in page)
        saved(root / SETTINGS, titled("Second"))
        client.shown("/one/", lambda page: "Overview — Second" in page)
        with client.hearing("/one/") as told:
            told()
            process.send_signal(signal.SIGINT)
            assert told() == ""
        out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out, err) == (0, "", "")
    assert first == f"one: http://127.0.0.1:{port}/ (Ctrl-C ends it)\n"
    assert {path.name for path in root.rglob("*") if path.is_file()} == {
        Path(name).name for name in SMALL
    }
