"""The record of who did what cannot be changed, not even by who holds the database's own tools."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from portal.audit.models import Entry, record
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET label = '改过'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_the_database_refuses_to_change_or_remove_a_row(statement: str) -> None:
    entry = record(None, "test.act", "试验", by=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the row's own open checks stop TRUNCATE first
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            cursor.execute(statement)
    assert Entry.objects.get(pk=entry.pk).label == "试验"


@pytest.mark.parametrize("change", [lambda entry: entry.save(), lambda entry: entry.delete()])
def test_neither_does_the_portal_itself_change_one(change: Any) -> None:
    entry = record(make_user(), "test.act", "试验", by=None)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        change(entry)


def test_a_row_keeps_the_names_of_that_day() -> None:
    user = make_user(name="周敏")
    entry = record(user, "test.act", "试验", by=user)
    user.name = "周明"
    user.save()
    entry.refresh_from_db()
    assert (entry.by_name, entry.object_name) == ("周敏", "周敏")
