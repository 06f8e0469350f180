"""Fixtures that most tests use. Everything is real: PostgreSQL, Redis, files in a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_officer, make_user
from tests.live import LivePortal, OwnDatabase
from tests.migrated import migrated_database


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    """Files of a test lie in a folder of that test."""
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        }
    }


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The migrated test database, also where only tests run that copy it (``own_database``).

    Each of several test processes has one of its own (``django_db_modify_db_settings`` names them apart).
    """
    with django_db_blocker.unblock():
        database = migrated_database()
        database.__enter__()
    yield
    with django_db_blocker.unblock():
        database.__exit__(None, None, None)


@pytest.fixture
def editor(db: None) -> User:
    return make_user(Role.EDITOR, name="省办编辑")


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user(Role.REVIEWER, name="省办审核")


@pytest.fixture
def issuer(db: None) -> User:
    return make_user(Role.ISSUER, name="省办签发人")


@pytest.fixture
def officer(db: None) -> User:
    return make_officer()


@pytest.fixture
def signed_in(db: None) -> Callable[[User], Client]:
    """A test client signed in as a user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[OwnDatabase]:
    """A database of the test's own in which everything commits; for threads, workers and browsers."""
    with django_db_blocker.unblock(), OwnDatabase(f"own_{os.getpid()}") as database:
        yield database


@pytest.fixture
def live_portal(own_database: OwnDatabase, tmp_path: Path) -> Iterator[LivePortal]:
    """The whole portal running; also its Redis and worker."""
    portal = LivePortal(own_database, tmp_path)
    try:
        portal.start_redis()
        portal.start("worker", "web")
        yield portal
    finally:
        portal.close()
