"""The portal as users meet it, for tests: web server and worker as processes on a database of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import redis
from django.core.files.storage import default_storage
from django.db import connection, connections

from script.house.keeper import start, stop
from script.house.paths import ROOT
from script.house.servers import Redis, free_port

START_SECONDS = 60.0
#: Web servers of one machine would share the socket through which they can be controlled.
QUIET = ["--no-control-socket"]


class OwnDatabase:
    """A copy of the migrated test database, for what must commit; gone afterwards (audit refuses TRUNCATE)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.template = str(connection.settings_dict["NAME"])

    def __enter__(self) -> OwnDatabase:
        connections.close_all()
        self._maintain(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        self._maintain(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
        connection.settings_dict["NAME"] = self.name
        return self

    def __exit__(self, *_: object) -> None:
        connections.close_all()
        connection.settings_dict["NAME"] = self.template
        self._maintain(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    @property
    def url(self) -> str:
        conf = connection.settings_dict
        return f"postgresql://{conf['USER']}:{conf['PASSWORD']}@{conf['HOST']}:{conf['PORT']}/{self.name}"

    def _maintain(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


class LivePortal:
    """Web server, worker and a Redis of their own; each can be stopped, killed and started again."""

    def __init__(self, database: OwnDatabase, folder: Path, **variables: str) -> None:
        self.folder, self.files = folder, Path(default_storage.path(""))
        self.address = f"http://127.0.0.1:{free_port()}"
        self.redis = Redis(folder)
        self._redis_process: subprocess.Popen[bytes] | None = None
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._variables = {
            **os.environ,
            "PORTAL_ENV": "test",
            "DATABASE_URL": database.url,
            "REDIS_URL": self.redis.url,
            "DATA_DIR": str(self.files),
            "SITE_URL": self.address,
            "JOB_LEASE_SECONDS": "20",
            "JOB_SWEEP_SECONDS": "1",
            "PYTHONUNBUFFERED": "1",
            **variables,
        }

    def start_redis(self) -> None:
        self._redis_process = start(self.redis, self.folder / "redis.log")

    def stop_redis(self) -> None:
        if self._redis_process is not None:
            stop(self.redis, self._redis_process)
            self._redis_process = None

    def start(self, *names: str) -> None:
        """Start ``web`` or ``worker``; returns when the web server answers."""
        celery = [sys.executable, "-m", "celery", "--app", "portal.celery:app"]
        host = self.address.removeprefix("http://")
        commands = {
            "web": [
                sys.executable,
                "-m",
                "gunicorn",
                "--bind",
                host,
                "--threads",
                "4",
                *QUIET,
                "portal.wsgi:application",
            ],
            # The clock runs inside the worker: one process less to start for every story.
            "worker": [
                *celery,
                "worker",
                "--beat",
                "--schedule",
                str(self.folder / "beat"),
                "--concurrency",
                "1",
                "--loglevel",
                "WARNING",
                "--without-mingle",
            ],
        }
        for name in names:
            with (self.folder / f"{name}.log").open("ab") as log:
                self._processes[name] = subprocess.Popen(
                    ["setpriv", "--pdeathsig", "KILL", *commands[name]],
                    env=self._variables,
                    cwd=ROOT,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        if "web" in names:
            wait_until(self._answers, f"no answer from the web server; see {self.folder}/web.log")

    def empty(self) -> None:
        """Forget files and tasks of whoever used it before; the database is whatever bears its name."""
        shutil.rmtree(self.files, ignore_errors=True)
        client = redis.Redis.from_url(self.redis.url)
        # The queues alone: who sends tasks believes that the rest, which he has declared once, is there.
        waiting = [key for key in client.scan_iter() if client.type(key) == b"list"]
        if waiting:
            client.delete(*waiting)
        client.close()

    def kill(self, name: str) -> None:
        """End a process and its children at once, as a power cut would."""
        process = self._processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for process in self._processes.values():
            os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes.values():
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._processes.clear()
        self.stop_redis()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/archive/", timeout=5) as answer:  # noqa: S310  (our own address)
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def wait_until(condition: Callable[[], bool], complaint: str, *, seconds: float = START_SECONDS) -> None:
    """Ask again and again until ``condition`` holds. Raises AssertionError with ``complaint`` if it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.03)
