"""A real browser for the stories. It reaches nothing but this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, Page, expect, sync_playwright

from portal.accounts.models import User
from script.house.paths import chromium_program
from tests.live import LivePortal

ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"
#: A page may be slow on a machine that does much else; a wait ends as soon as what it waits for is there.
PATIENCE_MILLISECONDS = 30_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture
def browser(live_portal: LivePortal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Started after the portal and ended before it.

    The driver runs a loop in this thread. Django takes that for asynchronous code and keeps other
    database connections meanwhile, which must be closed before the loop ends.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=[ONLY_HERE])
        yield chromium
        chromium.close()
        connections.close_all()


def session_of(user: User, address: str) -> SetCookieParam:
    """The cookie of somebody who has signed in; that people can, test_signing_in walks."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key or "", "url": address}


@pytest.fixture
def page_of(browser: Browser, live_portal: LivePortal) -> Iterator[Callable[[User], Page]]:
    """Signs a user in, in a window of his own, and gives the page; a script error on it fails the test."""
    contexts, errors = [], []

    def sign_in(user: User) -> Page:
        context = browser.new_context(base_url=live_portal.address, viewport={"width": 1440, "height": 900})
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        context.add_cookies([session_of(user, live_portal.address)])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert errors == []
