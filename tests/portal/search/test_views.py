"""The page 查找, the field on every page, and the searches that people keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.refusals import Refused
from portal.search.models import SavedSearch
from portal.search.services import MOST_SAVED, save_search
from tests.factories import make_draft, make_officer

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def page(client: Client, **asked: str) -> str:
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_page_has_a_field_that_leads_here(officer: User, signed_in: SignIn) -> None:
    assert 'action="/search/" role="search"' in signed_in(officer).get("/").content.decode()


def test_finds_are_marked_and_lead_to_the_thing(officer: User, signed_in: SignIn) -> None:
    draft = make_draft(officer, title="集體備課", text="两校教师集体备课。")
    shown = page(signed_in(officer), q="备课")
    assert "集體<mark>備課</mark>" in shown
    assert "两校教师集体<mark>备课</mark>。" in shown
    assert f'href="/reports/{draft.pk}/"' in shown


def test_what_people_wrote_is_text_and_never_markup(officer: User, signed_in: SignIn) -> None:
    make_draft(officer, title="<script>磨课</script>", text="<b>磨课</b>")
    shown = page(signed_in(officer), q="磨课 script")
    assert "<script>" not in shown.split("<main")[1].split("</main>")[0]
    assert "&lt;b&gt;<mark>磨课</mark>&lt;/b&gt;" in shown


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "输入文字"),
        ({"q": "   "}, "输入文字"),
        ({"q": "，。！"}, "没有可以查找的文字"),
        ({"q": "%"}, "没有可以查找的文字"),
        ({"q": "查" * 10_000}, "请不超过100字"),
        ({"q": "😀"}, "没有找到"),
        ({"q": "不存在的词"}, "请换一个词"),
        ({"q": "磨课", "since": "某天"}, "日期请写成"),
        ({"q": "磨课", "unit": "x", "state": "nonsense", "kind": "nonsense"}, "没有这个选项"),
        ({"q": "磨课", "page": "999999999"}, "磨课"),
        ({"q": "磨\x00课", "unit": "\x00", "page": "\x00"}, "查找"),
    ],
)
def test_odd_questions_get_plain_answers(officer: User, signed_in: SignIn, asked: dict[str, str], said: str) -> None:
    make_draft(officer)
    assert said in page(signed_in(officer), **asked)


def test_a_kept_search_is_opened_and_given_up(officer: User, signed_in: SignIn) -> None:
    client = signed_in(officer)
    answer = client.post("/search/saved/", {"name": "备课的", "query": "q=备课&kind=report"})
    saved = SavedSearch.objects.get(user=officer)
    assert client.get(answer["Location"]).status_code == 200
    assert "备课的" in page(client)
    client.post(f"/search/saved/{saved.pk}/delete/")
    assert "备课的" not in page(client).split("<main")[1].split('role="alert"')[0].replace("删除常用查找“备课的”", "")
    assert not SavedSearch.objects.exists()


def test_the_same_name_again_replaces_what_was_kept(officer: User) -> None:
    for query in ("q=a", "q=b"):
        save_search(user=officer, name="备课", query=query)
    assert SavedSearch.objects.get(user=officer).query == "q=b"


def test_a_kept_search_is_its_owners_alone(officer: User, signed_in: SignIn) -> None:
    saved = save_search(user=officer, name="备课的", query="q=备课")
    other = signed_in(make_officer())
    assert "备课的" not in page(other)
    assert other.post(f"/search/saved/{saved.pk}/delete/").status_code == 404


def test_nobody_keeps_more_than_he_can_read(officer: User) -> None:
    for number in range(MOST_SAVED):
        save_search(user=officer, name=f"第{number}个", query="q=a")
    with pytest.raises(Refused, match="最多保存"):
        save_search(user=officer, name="再一个", query="q=a")


@pytest.mark.parametrize(("name", "query"), [("", "q=a"), ("x" * 31, "q=a"), ("备课", ""), ("备课", "q=" + "a" * 2000)])
def test_what_cannot_be_kept_is_told(officer: User, signed_in: SignIn, name: str, query: str) -> None:
    answer = signed_in(officer).post("/search/saved/", {"name": name, "query": query}, follow=True)
    assert 'role="alert"' in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_keeping_leads_nowhere_else(officer: User, signed_in: SignIn) -> None:
    answer = signed_in(officer).post("/search/saved/", {"name": "x", "query": "//elsewhere.example/?q=a"})
    assert answer["Location"].startswith("/search/?")
