"""The admin's pages: who may open which, what they do, and that a refusal loses nothing that was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def admin(signed_in: SignIn) -> Client:
    return signed_in(make_user(Role.ADMIN))


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("role", "lists", "unit_page", "changes"),
    [
        (Role.ADMIN, 200, 200, 200),
        (Role.AUDITOR, 200, 200, 403),
        (Role.SECURITY, 200, 200, 403),
        (Role.EDITOR, 403, 200, 404),
        (Role.LEADER, 403, 200, 404),
        (Role.EXPERT, 403, 404, 404),
    ],
)
def test_the_register_of_units_is_kept_by_the_admin_and_read_by_those_who_watch(
    signed_in: SignIn, role: Role, lists: int, unit_page: int, changes: int
) -> None:
    unit = make_unit()
    client = signed_in(make_user(role))
    assert client.get("/units/").status_code == lists
    assert client.get(f"/units/{unit.pk}/").status_code == unit_page
    for page in ("edit", "rename", "move", "posts/new"):
        assert client.get(f"/units/{unit.pk}/{page}/").status_code == changes


def test_people_are_the_admins_alone(signed_in: SignIn, admin: Client) -> None:
    someone = make_officer()
    for user in (make_user(Role.AUDITOR), make_user(Role.EDITOR), someone):
        client = signed_in(user)
        assert client.get("/people/").status_code == 403
        assert client.get("/people/new/").status_code == 403
        assert client.get(f"/people/{someone.pk}/").status_code == 404
        assert client.post(f"/people/{someone.pk}/password/").status_code == 404
    assert admin.get(f"/people/{someone.pk}/").status_code == 200
    assert admin.get(f"/people/{someone.pk}/password/").status_code == 405


def test_a_unit_is_registered_and_asks_for_its_information_officer(admin: Client) -> None:
    prefecture = make_unit(UnitKind.PREFECTURE, "九江市")
    data = {
        "kind": "county",
        "name": "瑞昌市",
        "parent": prefecture.pk,
        "official_order": 3,
        "aliases": "瑞昌、瑞昌县，瑞昌",
    }
    answer = admin.post("/units/new/", data)
    unit = Unit.objects.get(name="瑞昌市")
    assert answer.headers["Location"] == f"/units/{unit.pk}/"
    assert [alias.alias for alias in unit.aliases.all()] == ["瑞昌", "瑞昌县"]
    assert "明确信息员" in text(admin.get(f"/units/{unit.pk}/"))


def test_a_refused_registration_says_why_and_keeps_what_was_typed(admin: Client) -> None:
    data = {"kind": "county", "name": "某县", "parent": the_office().pk, "official_order": 3, "aliases": "小某"}
    answer = admin.post("/units/new/", data)
    assert answer.status_code == 422
    assert "上级单位须是：设区市" in text(answer)
    assert 'value="某县"' in text(answer)
    assert "小某" in text(answer)
    assert not Unit.objects.filter(name="某县").exists()


def test_renaming_moving_and_editing_show_in_the_history_of_the_unit(admin: Client) -> None:
    school = make_unit(UnitKind.SCHOOL, "湖滨小学")
    county = make_unit(UnitKind.COUNTY, "湖口县")
    url = f"/units/{school.pk}/"
    assert admin.post(f"{url}rename/", {"name": "湖滨实验小学", "since": "2024-09-01"}).status_code == 302
    assert admin.post(f"{url}move/", {"parent": county.pk, "since": "2024-09-01"}).status_code == 302
    details = {"code": "36001", "official_order": 7, "aliases": "", "is_active": "on"}
    assert admin.post(f"{url}edit/", details).status_code == 302
    page = text(admin.get(url))
    for sentence in (
        "湖滨实验小学",
        "湖滨小学",
        "至2024年8月31日",
        "2024年9月1日起",
        "湖口县",
        "单位更名",
        "调整隶属",
        "修改单位",
    ):
        assert sentence in page


def test_an_officer_is_designated_by_name_and_a_second_one_is_refused(admin: Client) -> None:
    unit = make_unit()
    first, second = make_user(name="周敏"), make_user(name="李强")
    url = f"/units/{unit.pk}/posts/new/"
    post = {"role": "information_officer", "user": "周敏", "since": "2024-09-01"}
    assert admin.post(url, post).status_code == 302
    assert first.holds(Role.INFORMATION_OFFICER, unit=unit)
    answer = admin.post(url, post | {"user": f"李强（{second.username}）"})
    assert answer.status_code == 422
    assert "已有信息员（周敏）" in text(answer)
    assert "李强" in text(answer)


@pytest.mark.parametrize(
    ("typed", "sentence"), [("没有的人", "没有找到“没有的人”"), ("同名", "请改填登录名"), ("", "请填写人员")]
)
def test_a_person_who_is_not_clear_is_asked_for_again(admin: Client, typed: str, sentence: str) -> None:
    make_user(name="同名")
    make_user(name="同名")
    answer = admin.post(f"/units/{make_unit().pk}/posts/new/", {"role": "staff", "user": typed, "since": "2024-09-01"})
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_a_handover_and_an_end_keep_both_names_on_the_page(admin: Client) -> None:
    old, new = make_officer(), make_user(name="接任者")
    post = old.posts.get()
    answer = admin.post(f"/posts/{post.pk}/hand-over/", {"to": "接任者", "since": "2025-09-01"})
    assert answer.headers["Location"] == f"/units/{post.unit_id}/"
    page = text(admin.get(f"/units/{post.unit_id}/"))
    assert old.name in page
    assert "至2025年8月31日" in page
    assert "接任者" in page
    later = new.posts.get()
    last_day = timezone.localdate() - timedelta(days=1)
    assert admin.post(f"/posts/{later.pk}/end/", {"last_day": last_day.isoformat()}).status_code == 302
    assert not new.holds(Role.INFORMATION_OFFICER)
    assert "已定于" in text(admin.post(f"/posts/{later.pk}/end/", {"last_day": "2099-01-01"}))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-30"])
def test_a_day_that_cannot_be_meant_is_refused_beside_its_field(admin: Client, day: str) -> None:
    unit, person = make_unit(), make_user(name="新任者")
    post = make_officer().posts.get()
    addresses = {
        f"/units/{unit.pk}/posts/new/": {"role": "staff", "user": person.username, "since": "2024-09-01", "until": day},
        f"/posts/{post.pk}/end/": {"last_day": day},
        f"/posts/{post.pk}/hand-over/": {"to": person.username, "since": day},
    }
    for address, words in addresses.items():
        answer = admin.post(address, words)
        assert answer.status_code == 422
        assert "年份不对" in text(answer) or "日期请写成" in text(answer)
    assert post.unit.posts.get().during.upper is None


def test_a_deputy_without_an_end_is_asked_for_it(admin: Client) -> None:
    make_user(name="代班者")
    url = f"/units/{make_unit().pk}/posts/new/"
    answer = admin.post(url, {"role": "deputy_officer", "user": "代班者", "since": "2024-09-01"})
    assert "临时B角须写明截止日期" in text(answer)


def test_an_account_is_opened_with_its_post_and_its_password_is_shown_once(admin: Client) -> None:
    unit = make_unit()
    data = {
        "username": "zhoumin",
        "name": "周敏",
        "unit": unit.pk,
        "role": "information_officer",
        "since": "2024-09-01",
    }
    answer = admin.post("/people/new/", data)
    user = User.objects.get(username="zhoumin")
    assert user.holds(Role.INFORMATION_OFFICER, unit=unit)
    shown = next(word for word in text(answer).split(">") if word.count("-") == 2 and "<" in word and len(word) < 25)
    assert user.check_password(shown.split("<")[0])
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown not in text(admin.get(f"/people/{user.pk}/"))
    assert "已有人使用" in text(admin.post("/people/new/", data))


def test_a_person_is_switched_off_and_mended(admin: Client) -> None:
    user = make_user(name="周敏")
    assert admin.post(f"/people/{user.pk}/edit/", {"name": "周明", "phone": "0791-1"}).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.is_active) == ("周明", False)
    assert "已停用" in text(admin.get("/people/?active=no"))
    assert admin.post(f"/people/{user.pk}/password/").headers["Location"] == f"/people/{user.pk}/"


@pytest.mark.parametrize("page", ["/units/", "/people/"])
def test_a_list_asks_as_many_questions_for_thirty_rows_as_for_one(
    admin: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    make_officer()
    with django_assert_max_num_queries(15) as first:
        admin.get(page)
    for _ in range(30):
        make_officer()
    with django_assert_max_num_queries(len(first)):
        answer = admin.get(page)
    assert answer.status_code == 200


def test_filters_stay_in_the_address_of_the_next_page(admin: Client) -> None:
    county = make_unit(UnitKind.COUNTY)
    for _ in range(51):
        make_unit(UnitKind.SCHOOL, parent=county)
    page = text(admin.get("/units/?kind=school"))
    assert "?kind=school&amp;page=2" in page
    assert "共2页，51条" in page
