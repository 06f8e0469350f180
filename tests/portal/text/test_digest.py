"""The same data has one digest, whatever order it was written in; stored digests stay true."""

from __future__ import annotations

from portal.text.digest import digest_of


def test_the_order_of_names_does_not_matter() -> None:
    assert digest_of({"a": 1, "b": ["甲"]}) == digest_of({"b": ["甲"], "a": 1}) != digest_of({"a": 1, "b": ["乙"]})


def test_digests_that_are_stored_stay_the_same() -> None:
    data = {"名称": "考核", "分": ["9.50", None]}
    assert digest_of(data) == "ca940b1c0c629cf4622aaf6dd06031cbf1b0c5e13461de3e5fe35ab31dfa9e92"
    assert digest_of(data, compact=True) == "0e5adc91c5c115e34d11f7ead9afa286a5b51fafd80fd71aeee3f2e4a153838e"
