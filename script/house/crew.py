"""Long-running processes of one demonstration: started together, watched, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

STOP_SECONDS = 10.0
PAUSE_SECONDS = 0.05


class Crew:
    """Processes that end with us: when we stop them, and also when we are killed.

    Each gets a session of its own, so that Ctrl-C reaches only us and we end them in order, and its
    own log file in ``logs``.
    """

    def __init__(self, variables: dict[str, str], logs: Path) -> None:
        self._variables = variables
        self._logs = logs
        self._members: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start a member; what it says goes to ``<name>.log``, which begins anew."""
        with self.log(name).open("wb") as log:
            self._members[name] = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *command],
                env=self._variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def log(self, name: str) -> Path:
        """Where a member's messages go."""
        return self._logs / f"{name}.log"

    def check(self) -> None:
        """Raise ``RuntimeError`` with the end of its log if a member has ended by itself."""
        for name, process in self._members.items():
            if process.poll() is not None:
                last = "\n".join(self.log(name).read_text(errors="replace").splitlines()[-15:])
                raise RuntimeError(f"{name} ended unexpectedly (status {process.returncode}):\n{last}")

    def stop(self) -> None:
        """Ask all to end, the last started first, and insist on it after ``STOP_SECONDS``."""
        for process in reversed(self._members.values()):
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while self._any_alive() and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)
        for process in self._members.values():
            _kill_group(process.pid)
            process.wait()
        self._members.clear()

    def _any_alive(self) -> bool:
        return any(process.poll() is None for process in self._members.values())


def _kill_group(leader: int) -> None:
    """End what a member may have left behind in its group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
