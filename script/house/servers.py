"""The two private servers: how each is prepared, started, asked whether it is ready, and stopped."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

import psycopg

from script.house.paths import ROOT, postgres_bin, redis_program, var

NOBODY = 65534  # the user and group "nobody" of every Linux
PREDECESSOR_SECONDS = 10.0


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server(ABC):
    """One private server on 127.0.0.1, behind a password that only the owner of ``var/`` can read.

    A local port is open to everybody on the machine, and a PostgreSQL superuser may run programs:
    hence the password, although the data is only that of a demonstration.
    """

    name: str
    stop_signal: signal.Signals

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.password = secrets.token_hex(16)

    @property
    @abstractmethod
    def url(self) -> str:
        """The address that the portal's settings understand, password included."""

    @abstractmethod
    def prepare(self) -> None:
        """Write what the server reads at its start; make its data folder on the first day."""

    @abstractmethod
    def command(self) -> list[str]:
        """The program and its arguments. It ends when its parent dies."""

    @abstractmethod
    def ready(self) -> bool:
        """Whether it answers."""


class Redis(Server):
    """Redis (or Valkey) as the Celery broker; what it holds may be lost at any time."""

    name = "redis"
    stop_signal = signal.SIGTERM

    @property
    def url(self) -> str:
        return f"redis://default:{self.password}@127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.folder}"',
            'save ""',
            "appendonly no",
            "maxmemory-policy noeviction",
            "daemonize no",
        ]
        config = self.folder / "redis.conf"
        config.touch(mode=0o600)
        config.write_text("\n".join(lines) + "\n")

    def command(self) -> list[str]:
        return ["setpriv", "--pdeathsig", "TERM", str(redis_program()), str(self.folder / "redis.conf")]

    def ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                with connection.makefile("rb") as answers:
                    return answers.readline().startswith(b"+OK") and answers.readline().startswith(b"+PONG")
        except OSError:
            return False


class Postgres(Server):
    """PostgreSQL with one data folder per major version; ``portal`` is its superuser.

    It does not wait for the disk: a crash of the machine may cost the demonstration's data.
    """

    name = "postgres"
    stop_signal = signal.SIGINT

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._bin = postgres_bin()
        self._run_as = _unprivileged() if os.geteuid() == 0 else []
        base = folder if not _drops_to_nobody(self._run_as) else _folder_for_nobody()
        self.data = base / f"data-{self._major()}"

    @property
    def url(self) -> str:
        return f"postgresql://portal:{self.password}@127.0.0.1:{self.port}/portal"

    def _major(self) -> str:
        version = subprocess.run([self._bin / "postgres", "--version"], capture_output=True, text=True, check=True)
        return version.stdout.split()[2].split(".")[0]

    def prepare(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        self._outlive_predecessor()
        self._set_password()

    def _outlive_predecessor(self) -> None:
        """Let a server whose keeper was killed finish; drop the file that a crash left behind.

        PostgreSQL itself only asks whether the process number is in use, by whatever program.
        Raises ``RuntimeError`` when the old server does not end.
        """
        mark = self.data / "postmaster.pid"
        if not mark.exists():
            return
        cmdline = Path("/proc") / mark.read_text().split("\n", 1)[0].strip() / "cmdline"
        deadline = time.monotonic() + PREDECESSOR_SECONDS
        while _reads(cmdline, str(self.data)):
            if time.monotonic() > deadline:
                raise RuntimeError(f"an older PostgreSQL still runs in {self.data}: end it first")
            time.sleep(0.05)
        mark.unlink(missing_ok=True)

    def _initdb(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        command = [str(self._bin / "initdb"), "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256"]
        command += ["-E", "UTF8", "--locale=C.UTF-8", "-U", "portal", "-D", str(self.data)]
        self._single(command)
        self._single(self._alone("template1"), b"CREATE DATABASE portal;\n")

    def _set_password(self) -> None:
        """Before the server listens, so that it never stands open."""
        self._single(self._alone("postgres"), f"ALTER ROLE portal PASSWORD '{self.password}';\n".encode())

    def _alone(self, database: str) -> list[str]:
        return [str(self._bin / "postgres"), "--single", "-F", "-D", str(self.data), database]

    def _single(self, command: list[str], statement: bytes | None = None) -> None:
        """Run one program of PostgreSQL's to its end. Raises ``RuntimeError`` with what it said."""
        done = subprocess.run([*self._run_as, *command], input=statement, capture_output=True, cwd="/", check=False)
        if done.returncode or b"ERROR" in done.stderr:
            raise RuntimeError(done.stderr.decode(errors="replace").strip())

    def command(self) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "200",
        }
        server = [str(self._bin / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            server += ["-c", f"{name}={value}"]
        # Changing the user clears the wish to die with the parent, so it is stated last.
        return [*self._run_as, "setpriv", "--pdeathsig", "INT", *server]

    def ready(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def _reads(cmdline: Path, word: str) -> bool:
    try:
        return word.encode() in cmdline.read_bytes()
    except OSError:
        return False


def _unprivileged() -> list[str]:
    """PostgreSQL refuses root: a user namespace hides it, where the kernel allows one; else nobody."""
    hidden = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if subprocess.run([*hidden, "true"], capture_output=True, check=False).returncode == 0:
        return hidden
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def _drops_to_nobody(run_as: list[str]) -> bool:
    return run_as[:1] == ["setpriv"]


def _folder_for_nobody() -> Path:
    """A place that nobody can reach even if this checkout lies in root's home."""
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    folder = Path("/var/lib/xietong-portal") / mark
    folder.mkdir(parents=True, exist_ok=True)
    os.chown(folder, NOBODY, NOBODY)
    return folder


def shared_server(name: str) -> Server:
    """The server ``postgres`` or ``redis`` that all runs of this checkout share."""
    kinds: dict[str, type[Server]] = {"postgres": Postgres, "redis": Redis}
    return kinds[name](var("services", name))
