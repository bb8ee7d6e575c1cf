"""Run the service: bind first, say where on the first line, stop on a signal or when the starter's pipe closes."""

import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from window_client.central.service import demo, documents
from window_client.central.service.app import Service
from window_client.central.service.call import Rules
from window_client.central.service.database import Database
from window_client.central.service.faults import FaultPort, Faults
from window_client.central.service.news import forget_old
from window_client.central.service.pages import PageFolder

TIDY_SECONDS = 3600.0

SHOWN = ("demo", "test")
"""Profiles with invented people and a port for faults; ``production`` and ``training`` have neither."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service listens and what it stands on."""

    host: str = "127.0.0.1"
    port: int = 0
    database: Path = Path("central.db")
    profile: str = "production"
    catalogue: Path = demo.DEMO / "catalogue.json"
    forms: Path = demo.RESOURCES / "forms"
    rules: Rules = field(default_factory=Rules)
    with_tickets: bool = True
    made_up: bool = False


def serve(place: Place, *, ready_line: bool = True, watch_stdin: bool = False) -> int:
    """Serve until told to stop. The first line on stdout is ``{"url": ..., "admin": ...}`` once it listens."""
    papers = documents.load(place.catalogue, place.forms)
    database = Database(place.database)
    pages = PageFolder(place.database.with_suffix(".pages"), place.rules.largest_page)
    service = Service(database, papers, pages, place.rules, place.profile)
    database.write(lambda db: documents.set_up_windows(service.call(db))).result()
    if place.profile in SHOWN or (place.made_up and place.profile == "training"):
        seed = demo.seed_demo
        database.write(lambda db: seed(service.call(db), with_tickets=place.with_tickets)).result()
    faults = Faults(service.app())  # type: ignore[arg-type]
    admin = FaultPort(faults) if place.profile in SHOWN else None
    listening = socket.create_server((place.host, place.port), backlog=512)
    url = f"http://{place.host}:{listening.getsockname()[1]}"
    server = _Server(faults, service)
    if ready_line:
        server.on_ready = lambda: _say(url, admin)
    if watch_stdin:
        threading.Thread(target=_until_closed, args=(server,), name="stdin", daemon=True).start()
    stop_tidying = threading.Event()
    threading.Thread(target=_tidy, args=(service, stop_tidying), name="tidy", daemon=True).start()
    try:
        server.run(sockets=[listening])
    finally:
        stop_tidying.set()
        if admin is not None:
            admin.close()
        listening.close()
        service.close()
    return 0 if server.started else 2


class _Server(uvicorn.Server):
    """uvicorn, which ends open event streams when it stops: by itself it waits for them."""

    def __init__(self, app: Faults, service: Service) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=3,
                timeout_keep_alive=60,
                server_header=False,
            )
        )
        self._service = service
        self.on_ready: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self.on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then stop."""
        self._service.listeners.close()
        await super().shutdown(sockets)


def _say(url: str, admin: FaultPort | None) -> None:
    sys.stdout.write(json.dumps({"url": url, "admin": admin.url if admin else None, "pid": os.getpid()}) + "\n")
    sys.stdout.flush()


def _until_closed(server: uvicorn.Server) -> None:
    while os.read(0, 4096):
        pass
    server.should_exit = True


def _tidy(service: Service, stop: threading.Event) -> None:
    while not stop.wait(TIDY_SECONDS):
        try:
            service.database.write(lambda db: forget_old(service.call(db))).result()
        except Exception:
            logging.getLogger("central").exception("tidying")
