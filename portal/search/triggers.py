"""Triggers that mark what has changed: no way of writing, bulk or by hand, can leave the index out of date."""

from __future__ import annotations

from typing import Any

from django.db import connections, models
from psycopg import sql

from portal.search.registry import Source, sources

#: Tells whether a table has its trigger, and whether it exists at all (a partial migration).
_STANDING = """
    SELECT to_regclass(%(table)s) IS NOT NULL,
           EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'search_mark' AND tgrelid = to_regclass(%(table)s))
"""
_TRIGGER = """
    CREATE TRIGGER search_mark AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION search_mark({source}, {column})
"""
_ALL = "INSERT INTO search_stale (source, object_id) SELECT {source}, {column} FROM {table} WHERE {column} IS NOT NULL"


def install(using: str, **_: Any) -> None:
    """After migrations: every watched table gets its trigger, and what it holds already is marked."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('search_stale')")
        if cursor.fetchone()[0] is None:
            return
        for source in sources():
            for model, column in source.watches:
                _install(cursor, source, model._meta.db_table, _column(model, column))


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{model._meta.label}.{name} is no column")
    return str(field.column)


def _install(cursor: Any, source: Source, table: str, column: str) -> None:
    cursor.execute(_STANDING, {"table": f'"{table}"'})
    exists, stands = cursor.fetchone()
    if not exists or stands:
        return
    parts = {
        "table": sql.Identifier(table),
        "source": sql.Literal(source.name),
    }
    cursor.execute(sql.SQL(_TRIGGER).format(**parts, column=sql.Literal(column)))
    cursor.execute(sql.SQL(_ALL).format(**parts, column=sql.Identifier(column)))
