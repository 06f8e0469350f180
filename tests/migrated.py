"""The migrated test database, made once for each state of the migrations and copied for every process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, connections

#: Any number of our own: whoever holds it is making a template.
_LOCK = 5_120_907
_PREFIX = "template_of_tests_"


@contextmanager
def migrated_database() -> Iterator[None]:
    """The connection's test database, copied from the template of today's migrations; gone afterwards."""
    plain, name = str(connection.settings_dict["NAME"]), _test_name()
    template = _PREFIX + _digest()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_PREFIX}%"])
        standing = {row[0] for row in cursor.fetchall()}
        for other in standing - {template}:
            cursor.execute(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')
        if template not in standing:
            _make(cursor, template)
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _turn_to(name)
    try:
        # What follows from code, not from migrations (permissions, triggers of the search index), may have changed.
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
        yield
    finally:
        _turn_to(plain)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _make(cursor: Any, template: str) -> None:
    """Migrate under another name first: an attempt that was broken off leaves no template behind."""
    unfinished, plain = f"{template}_unfinished", str(connection.settings_dict["NAME"])
    cursor.execute(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{unfinished}"')
    _turn_to(unfinished)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        _turn_to(plain)
    cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')


def _turn_to(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name


def _digest() -> str:
    """Names the present state of all migrations, ours by their text, others' by their release."""
    found = hashlib.sha256(version("django").encode())
    for app in sorted(apps.get_app_configs(), key=lambda one: one.name):
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(f"{app.name}/{path.name}".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _test_name() -> str:
    """``pytest-django`` has given every process a name of its own."""
    return str(connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}")
