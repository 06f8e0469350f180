"""Printing reads the fonts of its page and the pictures handed to it, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from weasyprint import HTML

from bulletins.layout import AddressRefused, Face, FontSet, OwnFilesOnly


@pytest.fixture
def own(noto: FontSet, tmp_path: Path) -> FontSet:
    """A set with one file of its own."""
    path = tmp_path / "own.otf"
    path.write_bytes(b"a font")
    face = Face("Portal Body", path)
    return FontSet(face, noto.title, noto.head, noto.kai, noto.figure, noto.gaps)


class Knocked(BaseHTTPRequestHandler):
    """A host that notes every call and redirects it to a file."""

    calls: list[str] = []

    def do_GET(self) -> None:
        self.calls.append(self.path)
        self.send_response(302)
        self.send_header("Location", "file:///etc/hostname")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    Knocked.calls.clear()
    server = HTTPServer(("127.0.0.1", 0), Knocked)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/redirect"
    server.shutdown()
    server.server_close()


def test_a_font_of_the_page_is_read(own: FontSet) -> None:
    assert OwnFilesOnly(own).fetch(own.body.path.as_uri()).read() == b"a font"


def test_a_picture_handed_over_is_read(own: FontSet) -> None:
    fetcher = OwnFilesOnly(own, {"portal:picture": ("image/png", b"a picture")})
    answer = fetcher.fetch("portal:picture")
    assert (answer.content_type, answer.read()) == ("image/png", b"a picture")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "file:///etc/../etc/passwd",
        "https://example.org/a.png",
        "ftp://example.org/a.png",
        "data:text/plain,hello",
        "portal:proof-mark",
        "",
    ],
)
def test_any_other_address_is_refused(own: FontSet, address: str) -> None:
    with pytest.raises(AddressRefused):
        OwnFilesOnly(own).fetch(address)


def test_a_neighbour_of_a_font_is_refused(own: FontSet) -> None:
    neighbour = own.body.path.with_name("secret.otf")
    neighbour.write_bytes(b"secret")
    for address in (neighbour.as_uri(), own.body.path.parent.as_uri(), own.body.path.as_uri() + "/../secret.otf"):
        with pytest.raises(AddressRefused):
            OwnFilesOnly(own).fetch(address)


def test_a_redirecting_host_is_never_called(own: FontSet, host: str) -> None:
    with pytest.raises(AddressRefused):
        OwnFilesOnly(own).fetch(host)
    page = f'<img src="{host}"><link rel="stylesheet" href="{host}"><p style="background:url({host})">甲</p>'
    HTML(string=page, url_fetcher=OwnFilesOnly(own)).write_pdf()
    assert Knocked.calls == []
