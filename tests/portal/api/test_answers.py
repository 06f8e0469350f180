"""What all answers of the programming interface have in common."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client

from portal.accounts.models import User
from portal.api.answers import errors
from portal.refusals import Refused, WrongState

SignIn = Callable[[User], Client]


def test_a_refusal_is_a_conflict_with_its_sentence() -> None:
    for refusal in (Refused("请先组稿。"), WrongState("请先组稿。")):
        answer = errors(refusal, {})
        assert answer is not None
        assert (answer.status_code, answer.data) == (409, {"detail": "请先组稿。"})


def test_what_a_service_finds_wrong_is_told_by_field() -> None:
    answer = errors(ValidationError({"title": "请填写标题。", "__all__": "日期不对。"}), {})
    assert answer is not None
    assert (answer.status_code, answer.data) == (400, {"title": ["请填写标题。"], "detail": ["日期不对。"]})


def test_a_sentence_without_a_field_stands_under_detail() -> None:
    answer = errors(ValidationError("请核对。"), {})
    assert answer is not None
    assert answer.data == {"detail": ["请核对。"]}


def test_a_body_beyond_all_bounds_is_refused_as_json(signed_in: SignIn, officer: User, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    body = {"title": "甲", "text": "长" * 10_000}
    answer = signed_in(officer).post("/api/v1/submissions/", body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (413, {"detail": "内容过大，没有提交。"})


def test_a_fault_of_ours_is_no_answer() -> None:
    assert errors(ZeroDivisionError(), {}) is None


def test_the_beginning_names_the_resources(signed_in: SignIn, officer: User) -> None:
    client = signed_in(officer)
    for address in client.get("/api/v1/").json().values():
        assert client.get(address).status_code == 200


def test_nothing_is_told_as_json_too(signed_in: SignIn, officer: User) -> None:
    client = signed_in(officer)
    for address in ("/api/v1/nothing/", "/api/v1/submissions/999999/", "/api/v1/submissions/1/submit"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert set(json.loads(answer.content)) == {"detail"}


def test_a_signed_out_program_is_told_so_as_json(client: Client, db: None) -> None:
    answer = client.get("/api/v1/submissions/")
    assert (answer.status_code, set(answer.json())) == (401, {"detail"})


def test_who_must_change_the_first_password_does_so_first(signed_in: SignIn, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    assert signed_in(officer).get("/api/v1/submissions/").status_code == 403
