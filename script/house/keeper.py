"""Starting a shared server when its first user comes and stopping it after the last has gone.

Every user holds ``users.lock`` together with the others. The server's keeper, a process of its own,
asks for the same lock alone and so sleeps until the last user is gone, however that one ended; then
it stops the server. Whoever comes meanwhile waits at the same lock and starts a new keeper.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from script.house.locks import Lock, held_alone
from script.house.paths import ROOT, var
from script.house.servers import Server, shared_server

START_SECONDS = 60.0
STOP_SECONDS = 10.0
PAUSE_SECONDS = 0.02


def start(server: Server, log: Path) -> subprocess.Popen[bytes]:
    """Prepare and start a server; return when it answers.

    Raises ``RuntimeError`` with the end of its log when it does not.
    """
    server.prepare()
    with log.open("ab") as out:
        process = subprocess.Popen(
            server.command(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            cwd="/",
        )
    deadline = time.monotonic() + START_SECONDS
    while not server.ready():
        if process.poll() is not None or time.monotonic() > deadline:
            stop(server, process)
            raise RuntimeError(f"{server.name} did not start:\n{_tail(log)}")
        time.sleep(PAUSE_SECONDS)
    return process


def stop(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Ask a server to end, insist after ``STOP_SECONDS``."""
    if process.poll() is None:
        process.send_signal(server.stop_signal)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def keep(name: str, address: int) -> int:
    """The life of a keeper: start the server, write its URL to the pipe ``address``, wait, stop it."""
    folder = var("services", name)
    alive = Lock(folder / "keeper.lock")
    alive.alone()
    server = shared_server(name)
    try:
        process = start(server, folder / "log")
    except (RuntimeError, OSError) as problem:
        os.write(address, json.dumps({"problem": str(problem)}).encode())
        return 1
    _write_privately(folder / "url", server.url)
    os.write(address, json.dumps({"url": server.url}).encode())
    os.close(address)
    users = Lock(folder / "users.lock")
    try:
        users.alone()
    finally:
        (folder / "url").unlink(missing_ok=True)
        stop(server, process)
        alive.close()
    return 0


class Stay:
    """One user's stay with a shared server; the server runs at least as long."""

    def __init__(self, name: str) -> None:
        """Join the server of this checkout, starting it if nobody has.

        Raises ``RuntimeError`` when it does not start.
        """
        self._folder = var("services", name)
        # Inherited, so that `script/run` can turn into the command and the stay goes on with it.
        self._lock = Lock(self._folder / "users.lock", inherited=True)
        with held_alone(self._folder / "gate.lock"):
            self._lock.share()
            self.url = self._running() or _start_keeper(name)

    def _running(self) -> str:
        """The URL while a keeper is alive; empty when there is none."""
        keeper = Lock(self._folder / "keeper.lock")
        try:
            if keeper.try_alone():
                return ""
            return (self._folder / "url").read_text()
        finally:
            keeper.close()

    def leave(self) -> None:
        """Go; if nobody else is there, return only when the server has stopped."""
        self._lock.close()
        deadline = time.monotonic() + STOP_SECONDS + 1
        while self._stopping() and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)

    def _stopping(self) -> bool:
        """Whether the keeper is about to stop, or has yet to notice that the last user has gone."""
        with held_alone(self._folder / "gate.lock"):
            keeper, users = Lock(self._folder / "keeper.lock"), Lock(self._folder / "users.lock")
            try:
                others = not users.try_alone() and users.try_share()
                return not keeper.try_alone() and not others
            finally:
                keeper.close()
                users.close()


def _start_keeper(name: str) -> str:
    """Start a keeper that outlives us and wait for the URL of its server."""
    heard, told = os.pipe()
    command = [sys.executable, str(ROOT / "script" / "house"), "keep", name, str(told)]
    with (var("services", name) / "log").open("ab") as log:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(told,),
            start_new_session=True,
            cwd=ROOT,
        )
    os.close(told)
    with os.fdopen(heard, "rb") as answer:
        text = answer.read()
    reply = json.loads(text) if text else {"problem": _tail(var("services", name) / "log")}
    if "url" not in reply:
        raise RuntimeError(reply["problem"])
    return str(reply["url"])


def _write_privately(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-12:])
