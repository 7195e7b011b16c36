"""What a web process runs beside its sockets: reader, ticker, relay. One set per event loop.

Started with the first client, because daphne has no lifespan; alike under every server.
"""

import asyncio
import random
import signal
import weakref
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from django.conf import settings
from prometheus_client import Gauge

from helpdesk.core.errors import Busy
from helpdesk.realtime import outbox, presence
from helpdesk.realtime.frames import CloseCode
from helpdesk.realtime.hub import Hub
from helpdesk.realtime.memory import LogMemory
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.reader import Reader
from helpdesk.realtime.session import Session

log = structlog.get_logger(__name__)
SOCKETS = Gauge("helpdesk_live_sockets", "Sockets open in this process")
HEARTBEAT = settings.ENV.live_heartbeat_seconds
RESTART_SPREAD_MS = 3000
READY_SECONDS = 10
SETTLE_SECONDS = 5.0
FAREWELL_SECONDS = 1.0
_runtimes: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Runtime]" = (
    weakref.WeakKeyDictionary()
)


class Runtime:
    """The live side of one process."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.memory = LogMemory(settings.ENV.live_memory_length)
        self.sessions: set[Session] = set()
        self.is_draining = False
        # Frames being served and messages with the writer: what a restart waits for.
        self.in_flight = 0
        self._spawned: set[asyncio.Task[None]] = set()
        self._arrived: set[str] = set()
        self.reader = Reader(self.hub, self.memory, self.recheck, self._lost)
        self._tasks = [
            asyncio.create_task(self.reader.run(), name="live-reader"),
            asyncio.create_task(self._tick(), name="live-ticker"),
            asyncio.create_task(self._each_second(), name="live-seconds"),
        ]

    def add(self, session: Session) -> None:
        self.sessions.add(session)
        self.hub.add(session)
        SOCKETS.set(len(self.sessions))
        if isinstance(session.presence_key, str):
            self._arrived.add(session.presence_key)

    def remove(self, session: Session) -> None:
        self.sessions.discard(session)
        self.hub.remove(session)
        SOCKETS.set(len(self.sessions))

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Runs work that nobody waits for; the set keeps it from being collected half done."""
        task = asyncio.create_task(self._guarded(work))
        self._spawned.add(task)
        task.add_done_callback(self._spawned.discard)

    async def recheck(self, access: str) -> None:
        """Takes from each session what it may no longer hear. Where that cannot be known, the
        session has to come back and ask for everything anew."""
        concerned = [session for session in self.sessions if session.is_concerned(access)]
        for kind in {type(session) for session in concerned}:
            mine = [session for session in concerned if type(session) is kind]
            try:
                await kind.recheck(mine, access)
            except Exception:
                log.exception("live.recheck_failed", access=access)
                for session in mine:
                    session.carrier.close(CloseCode.RESTARTING)
            for session in mine:
                session.outdated = True

    async def _lost(self) -> None:
        await self._guarded(run_db(presence.mark_unknown))
        await self._guarded(self._renew())

    async def _tick(self) -> None:
        """Each heartbeat: silent sockets and revoked sessions go, leases are renewed."""
        while True:
            await asyncio.sleep(HEARTBEAT * random.uniform(0.9, 1.0))  # noqa: S311  jitter only
            limit = asyncio.get_running_loop().time() - 2.5 * HEARTBEAT
            for session in tuple(self.sessions):
                if session.heard_at < limit:
                    session.carrier.close(CloseCode.TOO_SLOW)
            await self._guarded(self._renew())
            for kind in {type(session) for session in self.sessions}:
                mine = [session for session in self.sessions if type(session) is kind]
                await self._guarded(kind.tend(mine))

    async def _renew(self) -> None:
        agents = {s.presence_key for s in self.sessions if isinstance(s.presence_key, int)}
        visitors = {s.presence_key for s in self.sessions if isinstance(s.presence_key, str)}
        await run_db(presence.renew, agents=agents, visitors=visitors)

    async def _each_second(self) -> None:
        """What dead processes left unsaid; and the leases of who has come, all at once, since
        after a restart thousands come within seconds."""
        while True:
            await asyncio.sleep(1)
            await self._guarded(run_db(outbox.relay))
            if self._arrived:
                arrived, self._arrived = self._arrived, set()
                await self._guarded(run_db(presence.renew, visitors=arrived))

    async def _guarded(self, work: Awaitable[Any]) -> None:
        """A database or Redis that is away for a while must not end the process's timers."""
        try:
            await work
        except Exception:
            log.exception("live.background_failed")

    async def drain(self) -> None:
        """Going down: takes no more frames, answers those it has taken, and tells every client to
        come back, spread over the time named."""
        self.is_draining = True
        for session in tuple(self.sessions):
            session.answer({"type": "restarting", "delay_ms": RESTART_SPREAD_MS})
        await _until(lambda: not self.in_flight, SETTLE_SECONDS)
        for session in tuple(self.sessions):
            session.carrier.close(CloseCode.RESTARTING)
        await _until(lambda: not self.sessions, FAREWELL_SECONDS)


async def get_runtime() -> Runtime:
    """This loop's runtime, started if need be; its reader has its place in the log.

    Raises Busy while Redis does not answer.
    """
    loop = asyncio.get_running_loop()
    runtime = _runtimes.get(loop)
    if runtime is None:
        runtime = _runtimes[loop] = Runtime()
        _drain_on_sigterm(loop, runtime)
    try:
        await asyncio.wait_for(runtime.reader.ready.wait(), READY_SECONDS)
    except TimeoutError as error:
        raise Busy from error
    return runtime


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        if asyncio.get_running_loop().time() > deadline:
            return
        await asyncio.sleep(0.01)


def _drain_on_sigterm(loop: asyncio.AbstractEventLoop, runtime: Runtime) -> None:
    """Puts the farewell before whatever the server itself does on SIGTERM; a second one goes
    straight to the server."""
    try:
        before = signal.getsignal(signal.SIGTERM) or signal.SIG_DFL

        async def say_farewell() -> None:
            try:
                await runtime.drain()
            finally:
                signal.signal(signal.SIGTERM, before)
                signal.raise_signal(signal.SIGTERM)

        def handler(number: int, stack: Any) -> None:
            signal.signal(signal.SIGTERM, before)
            loop.call_soon_threadsafe(lambda: runtime.spawn(say_farewell()))

        signal.signal(signal.SIGTERM, handler)
    except ValueError:  # not the main thread: a test's server, which is ended otherwise
        log.debug("live.no_signals")
