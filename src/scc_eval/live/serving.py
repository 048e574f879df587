"""The web application: who may ask, what is answered, and the stream that tells of newer pages."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scc_eval.live.answers import OWN_POLICY, Answer, answer, token
from scc_eval.live.carried import STREAM
from scc_eval.live.display import Display

HOSTS: Final = ("127.0.0.1", "localhost")
"""The names that the server answers to: a page elsewhere cannot make its own name lead here."""
_AGAIN = 1000
"""Milliseconds after which a browser asks for a stream again that broke off."""
_HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": OWN_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def application(display: Display) -> ASGIApp:
    """What answers requests with what is shown at the time."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        await (await _response(display, scope))(scope, receive, send)

    known = TrustedHostMiddleware(answering, allowed_hosts=HOSTS, www_redirect=False)

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await known(scope, receive, with_headers)

    return guarded


async def _response(display: Display, scope: Scope) -> Response:
    if scope["method"] not in ("GET", "HEAD"):
        return PlainTextResponse("Method Not Allowed", 405, {"allow": "GET, HEAD"})
    # The name of a file need not be Unicode: it is taken from the bytes that were asked for.
    path = os.fsdecode(unquote_to_bytes(scope["raw_path"]))
    if not path.startswith(f"{STREAM}/"):
        return _as_response(await run_in_threadpool(answer, display, path))
    if scope["method"] == "HEAD":
        return Response(media_type=_STREAMED)
    return StreamingResponse(_stream(display, path.removeprefix(STREAM)), media_type=_STREAMED)


_STREAMED = "text/event-stream"


def _as_response(answered: Answer) -> Response:
    if answered.to:
        return RedirectResponse(answered.to, answered.status)
    return Response(
        answered.html.encode("utf-8", "replace"),
        answered.status,
        {"content-security-policy": answered.policy},
        "text/html",
    )


async def _stream(display: Display, path: str) -> AsyncIterator[str]:
    """The token of the page at a path: the one it has now, and each it comes to have."""
    loop, rung = asyncio.get_running_loop(), asyncio.Event()

    def ring() -> None:
        # A loop that is closed has no more streams.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(rung.set)

    told = ""
    with display.heard(ring):
        yield f"retry: {_AGAIN}\n\n"
        while not display.is_over:
            # What changes from here on rings again.
            rung.clear()
            if (now := token(display, path)) != told:
                told = now
                yield f"data: {told}\n\n"
            await rung.wait()
