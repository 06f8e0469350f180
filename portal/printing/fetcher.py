"""What printing may read: the fonts of its own page and pictures handed to it, nothing else.

A report can hold any text; whatever address it smuggles into the page is refused here, be it a file
of the server, another host, a redirect or data in the address itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from types import MappingProxyType

from weasyprint.urls import URLFetcher, URLFetcherResponse

from .fonts import FontSet

NO_PICTURES: Mapping[str, tuple[str, bytes]] = MappingProxyType({})


class AddressRefused(ValueError):
    """An address that is neither one of the page's fonts nor a picture handed over."""


class OwnFilesOnly(URLFetcher):
    """A fetcher that answers for the files of one FontSet and for ``pictures`` (address → type, bytes)."""

    def __init__(self, fonts: FontSet, pictures: Mapping[str, tuple[str, bytes]] = NO_PICTURES) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._files: dict[str, Path] = {path.as_uri(): path for path in fonts.files}
        self._pictures = dict(pictures)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The content of a known address; raises AddressRefused for any other."""
        if url in self._files:
            return URLFetcherResponse(url, self._files[url].read_bytes())
        if url in self._pictures:
            kind, content = self._pictures[url]
            answer = EmailMessage()
            answer["Content-Type"] = kind
            return URLFetcherResponse(url, content, answer)
        raise AddressRefused(f"Not a font or picture of this page: {url[:200]}")
