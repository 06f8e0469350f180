"""Every address as every role: who gets through, who is told that it is not his, who finds nothing.

The expected answers stand in ``addresses.py``. An address that is not entered there fails here.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from bulletins.queries.submission import submissions_for
from tests.project.addresses import ADDRESSES, THROUGH, Line
from tests.project.world import EVERYBODY, OFFICER, SIGNED_IN, VISITOR, World, make_world

pytestmark = pytest.mark.django_db

#: Answers of somebody who got through: a page, a redirect onwards, or a form that found something wanting.
GOT_THROUGH = frozenset({200, 201, 204, 302, 303, 400, 409, 422})


def patterns(entries: Any) -> Iterator[URLPattern]:
    """Every single address, however deep it is included."""
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry.url_patterns)


ALL = list(patterns(get_resolver().url_patterns))


def test_every_address_has_a_name_and_stands_in_the_table() -> None:
    assert [str(entry.pattern) for entry in ALL if not entry.name] == []
    names = {str(entry.name) for entry in ALL}
    assert names - set(ADDRESSES) == set(), "enter these in tests/project/addresses.py"
    assert set(ADDRESSES) - names == set(), "these are gone: take them out of tests/project/addresses.py"


def test_a_name_belongs_to_one_address() -> None:
    names = [str(entry.name) for entry in ALL]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def filled(parts: dict[str, str], world: World) -> dict[str, Any]:
    return {part: value[1:] if value.startswith("=") else world.at[value] for part, value in parts.items()}


def address(name: str, line: Line, world: World) -> str:
    return reverse(name, kwargs=filled(line.at, world))


def client_of(role: str, world: World, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    if role != VISITOR:
        client.force_login(world.people[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, method: str, url: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
    """Status and where a redirect leads; whatever was written is undone, signing out included."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response: Any = client.post(url, data) if data else client.generic(method, url)
        if response.streaming:
            b"".join(response.streaming_content)  # to its end, which closes the file
        transaction.set_rollback(True)
    client.cookies = cookies
    return response.status_code, str(response.headers.get("Location", ""))


def lines() -> Iterator[tuple[str, Line]]:
    for name, entries in ADDRESSES.items():
        for line in entries:
            yield name, line


def differs(expected: int, status: int, target: str) -> bool:
    to_sign_in = target.startswith("/sign-in/?next=") or status == 401
    if expected == THROUGH:
        return status not in GOT_THROUGH or to_sign_in
    if expected == 302:
        return not to_sign_in
    return status != expected


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_gets_what(method: str) -> None:
    world = make_world()
    wrong = []
    for role in EVERYBODY:
        client = client_of(role, world)
        for name, line in lines():
            answers = line.get if method == "GET" else line.post
            if answers is None:
                continue
            data = filled(line.data, world) if method == "POST" else None
            status, target = ask(client, method, address(name, line, world), data)
            if differs(answers[role], status, target):
                wrong.append(f"{name} {line.at} as {role}: expected {answers[role]}, got {status} {target}")
    assert not wrong, "\n".join(wrong)


def test_a_method_that_an_address_does_not_know_is_refused() -> None:
    """Also POST where only reading is known, and GET where only acting is."""
    world = make_world()
    client = client_of(OFFICER, world)
    wrong = []
    for name, line in lines():
        if name == "api-unknown":
            continue
        methods = ["DELETE", *(["GET"] if line.get is None else []), *(["POST"] if line.post is None else [])]
        for method in methods:
            status, _ = ask(client, method, address(name, line, world))
            if status != 405:
                wrong.append(f"{method} {name}: {status}")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_written_without_the_pages_own_token() -> None:
    """Cross-site request forgery: another site's form, sent with our cookies, changes nothing."""
    world = make_world()
    client = client_of(OFFICER, world, enforce_csrf_checks=True)
    wrong = []
    for name, line in lines():
        if line.post is not None:
            status, _ = ask(client, "POST", address(name, line, world))
            if status != 403:
                wrong.append(f"{name}: {status}")
    assert not wrong, "\n".join(wrong)


def test_an_address_that_does_not_exist_tells_a_visitor_nothing() -> None:
    status, target = ask(Client(), "GET", "/no/such/page/")
    assert (status, target) == (302, "/sign-in/?next=/no/such/page/")
    assert ask(Client(), "GET", "/api/v2/")[0] == 401


def test_to_the_signed_in_it_is_simply_not_there() -> None:
    world = make_world()
    answers = {ask(client_of(role, world), "GET", "/no/such/page/")[0] for role in SIGNED_IN}
    assert answers == {404}


def test_a_token_opens_the_interface_and_no_page() -> None:
    from rest_framework.authtoken.models import Token

    world = make_world()
    token = Token.objects.create(user_id=world.people[OFFICER].pk)
    client = Client(headers={"Authorization": f"Token {token.key}"})
    own = submissions_for(world.people[OFFICER]).count()
    assert client.get(reverse("api-submissions")).json()["count"] == own > 0
    assert client.get(reverse("submissions")).status_code == 302
    wrong = Client(headers={"Authorization": "Token nonsense"})
    assert wrong.get(reverse("api-submissions")).status_code == 401
