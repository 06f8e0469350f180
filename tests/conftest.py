"""Fixtures that most tests use. Everything is real: PostgreSQL, Redis, files in a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_officer, make_user
from tests.live import LivePortal, OwnDatabase
from tests.migrated import migrated_database


def files_in(settings: Settings, folder: Path) -> dict[str, Any]:
    """The setting with which files lie in ``folder``."""
    options = {"location": folder, "base_url": None}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    return dict(settings.STORAGES) | {"default": files}


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings) -> None:
    """Files of a test lie in a folder of that test."""
    settings.STORAGES = files_in(settings, tmp_path / "files")


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


@pytest.fixture(scope="session")
def standing_portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[LivePortal]]:
    """The portal that all stories of this process use in turn, once the first has started it."""
    portals: list[LivePortal] = []
    yield portals
    for portal in portals:
        portal.close()


@pytest.fixture
def live_portal(
    standing_portals: list[LivePortal],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    settings: Settings,
) -> Iterator[LivePortal]:
    """The whole portal running, also its Redis and worker, with nothing in it yet.

    Starting it takes longer than many a story: it stands, and each story gives it another database of the same name.
    """
    with django_db_blocker.unblock(), OwnDatabase(f"live_{os.getpid()}") as database:
        if not standing_portals:
            portal = LivePortal(database, tmp_path_factory.mktemp("portal"))
            standing_portals.append(portal)
            portal.start_redis()
            portal.start("worker", "web")
        portal = standing_portals[0]
        portal.empty()
        settings.STORAGES = files_in(settings, portal.files)
        yield portal
