"""What units report for a period, and its closing, never pass each other: a closing waits for figures being saved."""

from __future__ import annotations

from django.db import connection


def keep_period_open(key: str) -> None:
    """Until this transaction ends nobody closes the period: whether it is closed, read after this, holds.

    Many hold it so at once. Before any row of it is locked.
    """
    _lock("pg_advisory_xact_lock_shared", key)


def hold_period(key: str) -> None:
    """Until this transaction ends nobody saves a figure of the period or closes it; what was begun is waited for."""
    _lock("pg_advisory_xact_lock", key)


def _lock(how: str, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(hashtext(%s))", [f"pilots.period:{key}"])
