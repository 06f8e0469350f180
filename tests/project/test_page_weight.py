"""The home page is light and comes from this house alone."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from portal.accounts.models import User

#: What the home page may send, compressed, in bytes: page, styles, scripts and pictures.
MOST = 350_000

pytestmark = pytest.mark.django_db


def parts_of(page: str) -> list[str]:
    """Addresses that a browser fetches for a page, anchors inside a sprite left out."""
    links = re.findall(r'<(?:script|img|link|use)\b[^>]*?(?:src|href)="([^"]+)"', page)
    return sorted({link.split("#")[0] for link in links})


def weight(address: str) -> int:
    path = finders.find(address.removeprefix("/static/"))
    assert isinstance(path, str), f"{address} is not among the static files"
    with open(path, "rb") as file:
        return len(gzip.compress(file.read()))


def test_the_home_page_sends_at_most_350_kb_compressed(editor: User, signed_in: Callable[[User], Client]) -> None:
    page = signed_in(editor).get("/").content.decode()
    parts = parts_of(page)
    assert any("tabler" in part for part in parts)
    assert len(gzip.compress(page.encode())) + sum(map(weight, parts)) <= MOST


@pytest.mark.parametrize("address", ["/", "/desk/", "/issues/", "/archive/"])
def test_a_page_asks_no_other_host(address: str, editor: User, signed_in: Callable[[User], Client]) -> None:
    page = signed_in(editor).get(address).content.decode()
    assert [part for part in parts_of(page) if not part.startswith("/")] == []


def test_styles_and_scripts_name_no_other_host(editor: User, signed_in: Callable[[User], Client]) -> None:
    for part in parts_of(signed_in(editor).get("/").content.decode()):
        path = finders.find(part.removeprefix("/static/"))
        if isinstance(path, str) and path.endswith(".css"):
            with open(path, encoding="utf-8") as file:
                assert re.findall(r"(?:url\(|@import )['\"]?(?:https?:)?//", file.read()) == []
