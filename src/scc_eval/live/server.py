"""The server on this machine, and the thread that reads again what is saved."""

from __future__ import annotations

import gc
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Final

import uvicorn

from scc_eval.live.changes import changes
from scc_eval.live.display import Display
from scc_eval.live.serving import application

ADDRESS: Final = "127.0.0.1"
"""Nobody but this machine may ask."""
USUAL_PORT: Final = 8000
_NEXT = 50
"""How many ports after the usual one are tried."""
_LONGEST = 5
"""Seconds a page that is being made is waited for at the end."""
_REST = 1.0
"""Seconds after which what earlier readings left is thrown away: by then a page is shown."""


class PortTaken(Exception):
    """A port is not to be had: the text says which and why."""


def bind(port: int | None) -> socket.socket:
    """A socket on this machine only: on that port, else on the usual one or the next that is free.

    Raises PortTaken where it, or none of those, is free.
    """
    ports = range(USUAL_PORT, USUAL_PORT + _NEXT) if port is None else (port,)
    why = ""
    for each in ports:
        try:
            return socket.create_server((ADDRESS, each))
        except OSError as error:
            why = (error.strerror or "unknown").lower()
    asked = f"{ports[0]}" if len(ports) == 1 else f"{ports[0]}-{ports[-1]}"
    raise PortTaken(f"port {asked} of {ADDRESS} cannot be had: {why}")


class Server(uvicorn.Server):
    """Serves what is displayed until `should_exit`; it writes no log."""

    def __init__(self, display: Display) -> None:
        self.display = display
        super().__init__(
            uvicorn.Config(
                application(display),
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                log_level="critical",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_LONGEST,
            )
        )

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, which would never end by themselves, then all else."""
        self.display.end()
        await super().shutdown(sockets)


def serve(server: Server, listening: socket.socket) -> None:
    """Serve, and read again what is saved, until the server is told to end or Ctrl-C is pressed."""
    with suppress(KeyboardInterrupt), _following(server.display):
        server.run([listening])


@contextmanager
def _following(display: Display) -> Iterator[None]:
    stop = Event()

    def follow() -> None:
        for changed in changes(display.ground, stop):
            display.renew(changed)

    threads = [Thread(target=follow), Thread(target=_tidy, args=(display, stop))]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _tidy(display: Display, stop: Event) -> None:
    """Throw away what earlier readings left: the collector does not look by itself in a program
    that is made for short runs."""
    shown = Event()
    with display.heard(shown.set):
        while not stop.wait(_REST):
            if shown.is_set():
                shown.clear()
                gc.collect()
