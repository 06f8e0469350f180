"""``script/demo``: the whole portal with sample data on this machine."""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from script.house.crew import Crew
from script.house.environment import Environment
from script.house.paths import ROOT, VAR, MissingProgramError, var

PORT = 8000
WEB_SECONDS = 30.0
CELERY = [sys.executable, "-m", "celery", "--app", "portal.celery:app"]
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class StopRequested(Exception):
    """Somebody pressed Ctrl-C, closed the terminal or asked the process to end."""


@dataclass(frozen=True)
class Sample:
    """What the sample step says: the programme's name and the PDF that the worker made."""

    programme: str
    pdf: Path
    pages: int


def main(arguments: list[str]) -> int:
    """Serve the demonstration until Ctrl-C, or with ``--check`` verify it and stop; the exit status.

    Raises ``RuntimeError`` and ``MissingProgramError`` with a sentence that says what is wrong.
    """
    options = _options(arguments)
    os.chdir(ROOT)
    _require_pango()
    _require_port(options.port)
    _stop_on_signals()
    try:
        _demonstrate(options.port, check=options.check)
    except StopRequested:
        print("stopped", flush=True)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/demo")
    parser.add_argument("--check", action="store_true", help="verify PDF and home page, then stop")
    parser.add_argument("--port", type=int, default=PORT, help=f"port on 127.0.0.1 (default {PORT})")
    return parser.parse_args(arguments)


def _demonstrate(port: int, *, check: bool) -> None:
    environment = Environment()
    address = f"http://127.0.0.1:{port}/"
    environment.variables.setdefault("SITE_URL", address.rstrip("/"))
    crew = Crew(environment.variables, var("log"))
    try:
        _start_worker(crew)  # while the database is being prepared: it takes its time and waits for messages
        with _sample(environment) as speaker:
            _expect_ready(speaker)
            _start_web(crew, port)
            sample = _told(speaker, crew)
        home = _home_page(address, crew)
        _start_beat(crew)  # nothing is overdue yet, and the page shall not wait for it
        if check:
            print(_verdict(sample, home, address), flush=True)
            return
        _announce(sample, address)
        while True:
            crew.check()
            time.sleep(1)
    finally:
        _ignore_signals()
        crew.stop()
        environment.leave()


def _start_worker(crew: Crew) -> None:
    options = ["--concurrency", "1", "--loglevel", "WARNING", "--without-mingle", "--without-gossip"]
    crew.start("worker", [*CELERY, "worker", *options])


def _start_web(crew: Crew, port: int) -> None:
    options = ["--workers", "1", "--threads", "8", "--worker-tmp-dir", str(var()), "--no-control-socket"]
    server = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *options]
    crew.start("web", [*server, "portal.wsgi:application"])


def _start_beat(crew: Crew) -> None:
    schedule = str(var("beat") / "schedule")
    crew.start("beat", [*CELERY, "beat", "--loglevel", "WARNING", "--pidfile", "", "--schedule", schedule])


@contextmanager
def _sample(environment: Environment) -> Iterator[subprocess.Popen[str]]:
    """:mod:`script.house.sample` in a process with Django in it; it ends with the block."""
    command = ["setpriv", "--pdeathsig", "TERM", sys.executable, "-m", "script.house.sample"]
    speaker = subprocess.Popen(command, env=environment.variables, stdout=subprocess.PIPE, text=True)
    try:
        yield speaker
    finally:
        speaker.terminate()
        speaker.wait()


def _expect_ready(speaker: subprocess.Popen[str]) -> None:
    """Wait until database and files are prepared. Raises ``RuntimeError`` when that failed."""
    line = speaker.stdout.readline() if speaker.stdout else ""
    if line.strip() != "ready":
        raise RuntimeError("the sample programme could not be prepared: see the lines above")


def _told(speaker: subprocess.Popen[str], crew: Crew) -> Sample:
    """What the worker made. Raises ``RuntimeError`` when it did not, or when one of the crew has ended."""
    line = speaker.stdout.readline() if speaker.stdout else ""
    crew.check()
    if not line:
        raise RuntimeError("the sample issue was not compiled: see the line above")
    fields = json.loads(line)
    return Sample(fields["programme"], Path(fields["pdf"]), fields["pages"])


def _home_page(address: str, crew: Crew) -> str:
    """The page a visitor gets, once the web server answers. Raises ``RuntimeError`` if it does not."""
    deadline = time.monotonic() + WEB_SECONDS
    while True:
        crew.check()
        try:
            with urllib.request.urlopen(address, timeout=WEB_SECONDS) as answer:  # noqa: S310  (our own address)
                return str(answer.read().decode())
        except urllib.error.HTTPError as problem:
            raise RuntimeError(f"the home page answers {problem.code}; see {crew.log('web')}") from problem
        except OSError as problem:
            if time.monotonic() > deadline:
                raise RuntimeError(f"no answer from {address}; see {crew.log('web')}") from problem
            time.sleep(0.1)


def _verdict(sample: Sample, home: str, address: str) -> str:
    """The one line of ``--check``. Raises ``RuntimeError`` when PDF or home page is not what it must be."""
    data = sample.pdf.read_bytes()
    if not data.startswith(b"%PDF") or sample.pages < 1:
        raise RuntimeError(f"{sample.pdf} is not a PDF with pages")
    if sample.programme not in home:
        raise RuntimeError(f"the home page {address} does not name the programme")
    return f"ok: {_shown(sample.pdf)} has {sample.pages} pages and {len(data)} bytes, {address} answers"


def _announce(sample: Sample, address: str) -> None:
    print(f"PDF of the sample issue: {_shown(sample.pdf)} ({sample.pages} pages)")
    print(f"Sample sign-ins:         {_shown(VAR / 'sample-accounts.txt')}")
    print(f"The portal:              {address}   (Ctrl-C stops everything)", flush=True)


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _require_pango() -> None:
    try:
        for library in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
            ctypes.CDLL(library)
    except OSError as problem:
        raise MissingProgramError(f"PDF files cannot be made, Pango is missing: apt-get install {PANGO}") from problem


def _require_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise RuntimeError(
                f"port {port} is in use (by another script/demo?): stop that program or choose another: "
                f"script/demo --port {port + 1}"
            ) from problem


def _stop_on_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        _ignore_signals()
        raise StopRequested

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def _ignore_signals() -> None:
    """Stopping is under way and shall not be interrupted half-way."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
