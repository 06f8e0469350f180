"""File locks that the kernel gives back by itself when their holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """An advisory lock on ``path``: many may share it, or one may hold it alone.

    Unlike a file with a process number in it, it can never be stale.
    """

    def __init__(self, path: Path, *, inherited: bool = False) -> None:
        """``inherited``: a program that this process turns into (``exec``) goes on holding the lock."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.set_inheritable(self._fd, inherited)

    def share(self) -> None:
        """Wait until nobody holds the lock alone, then hold it with others."""
        fcntl.flock(self._fd, fcntl.LOCK_SH)

    def alone(self) -> None:
        """Wait until nobody else holds the lock in any way, then hold it alone."""
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def try_alone(self) -> bool:
        """Hold the lock alone if that is possible at once; says whether it was."""
        return self._try(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Hold the lock with others if that is possible at once; says whether it was."""
        return self._try(fcntl.LOCK_SH)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._fd, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Let go."""
        os.close(self._fd)


@contextmanager
def held_alone(path: Path) -> Iterator[None]:
    """Hold the lock on ``path`` alone for the length of a block."""
    lock = Lock(path)
    try:
        lock.alone()
        yield
    finally:
        lock.close()
