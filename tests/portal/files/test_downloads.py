"""Downloads that were broken off and go on: ranges as browsers and download programs ask for them."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from portal.files.downloads import resumable

CONTENT = bytes(range(256)) * 8
TAG = '"abc"'


def ask(method: str = "get", **headers: str) -> HttpResponseBase:
    if not default_storage.exists("big.zip"):
        default_storage.save("big.zip", ContentFile(CONTENT))
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return resumable(request, "big.zip", name="县年终材料.zip", media_type="application/zip", digest="abc")


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]


def test_without_a_range_the_whole_file_comes_and_says_that_it_can_be_resumed() -> None:
    answer = ask()
    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["ETag"] == TAG
    assert "private" in answer["Cache-Control"]
    assert "%E5%8E%BF%E5%B9%B4" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=1000-", 1000, 2047), ("bytes=-48", 2000, 2047), ("bytes=2000-9999", 2000, 2047)],
)
def test_a_part_comes_with_its_place(asked: str, first: int, last: int) -> None:
    answer = ask(range=asked)
    assert (answer.status_code, body(answer)) == (206, CONTENT[first : last + 1])
    assert answer["Content-Range"] == f"bytes {first}-{last}/2048"
    assert answer["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=2048-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused_with_the_size(asked: str) -> None:
    answer = ask(range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == "bytes */2048"


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "nonsense"])
def test_what_cannot_be_read_gets_the_whole(asked: str) -> None:
    assert ask(range=asked).status_code == 200


def test_the_rest_of_another_file_is_not_glued_on() -> None:
    same, other = ask(range="bytes=5-", if_range=TAG), ask(range="bytes=5-", if_range='"older"')
    assert (same.status_code, other.status_code) == (206, 200)


def test_what_the_browser_has_already_is_not_sent_again() -> None:
    assert ask(if_none_match=TAG).status_code == 304


def test_a_head_request_tells_the_size_and_sends_nothing() -> None:
    answer = ask("head")
    assert (answer["Content-Length"], body(answer)) == ("2048", b"")
