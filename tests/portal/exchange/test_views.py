"""The pages around a table: who may, a dry run, a second click that types nothing twice."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from tests.factories import make_officer, make_unit, make_user
from tests.portal.exchange.tables import table

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ROW = ("设区市", "九江市", "九江", "", "360400", "省协同提质办", 2)


@pytest.fixture
def admin(signed_in: SignIn) -> Client:
    return signed_in(make_user(Role.ADMIN))


def upload(client: Client, data: bytes, noun: str = "units") -> Any:
    return client.post(f"/exchange/{noun}/", {"file": SimpleUploadedFile("单位.xlsx", data)})


def test_tables_are_taken_in_by_the_admin_and_given_out_to_those_who_watch(signed_in: SignIn, admin: Client) -> None:
    for user, see in ((make_user(Role.AUDITOR), 200), (make_user(Role.EDITOR), 403), (make_officer(), 403)):
        client = signed_in(user)
        assert client.get("/exchange/units/").status_code == 403
        assert upload(client, table("units", ROW)).status_code == 403
        assert client.post("/exchange/units/apply/").status_code == 403
        assert client.get("/exchange/units/export/").status_code == see
        assert client.get("/exchange/people/export/").status_code == 403
    for page in ("", "template/", "export/"):
        assert admin.get(f"/exchange/units/{page}").status_code == 200
        assert admin.get(f"/exchange/nothing/{page}").status_code == 404


def test_the_template_can_be_filled_in_and_uploaded(admin: Client) -> None:
    book = load_workbook(io.BytesIO(admin.get("/exchange/units/template/").content))
    sheet: Any = book.active
    sheet.append(ROW)
    target = io.BytesIO()
    book.save(target)
    assert "新增" in upload(admin, target.getvalue()).content.decode()


def test_a_dry_run_and_a_second_click_bring_the_rows_in(admin: Client) -> None:
    page = upload(admin, table("units", ROW))
    assert not Unit.objects.filter(name="九江市").exists()
    token = page.context["token"]
    done = admin.post("/exchange/units/apply/", {"token": token})
    assert "全部导入完成" in done.content.decode()
    assert Unit.objects.filter(name="九江市").exists()
    again = admin.post("/exchange/units/apply/", {"token": token})
    assert again.status_code == 409
    assert "已经导入" in again.content.decode()


def test_a_table_with_a_wrong_row_offers_no_second_click(admin: Client) -> None:
    page = upload(admin, table("units", ROW, ("设区市", "", "", "", "", "省协同提质办")))
    assert page.context["token"] == ""
    assert "名称：没有填写" in page.content.decode()
    assert "确定导入" not in page.content.decode()


def test_what_has_changed_in_between_is_shown_before_anything_is_done(admin: Client) -> None:
    token = upload(admin, table("units", ROW)).context["token"]
    make_unit("prefecture", "九江市", short_name="浔")
    answer = admin.post("/exchange/units/apply/", {"token": token})
    assert answer.status_code == 409
    assert "数据又有变化" in answer.content.decode()
    assert admin.post("/exchange/units/apply/", {"token": answer.context["token"]}).status_code == 200
    assert Unit.objects.get(name="九江市").short_name == "九江"


def test_a_token_serves_its_owner_and_its_noun_only(signed_in: SignIn, admin: Client) -> None:
    token = upload(admin, table("units", ROW)).context["token"]
    other = signed_in(make_user(Role.ADMIN))
    assert other.post("/exchange/units/apply/", {"token": token}).status_code == 409
    assert admin.post("/exchange/people/apply/", {"token": token}).status_code == 409
    assert admin.post("/exchange/units/apply/", {"token": token + "x"}).status_code == 409
    assert not Unit.objects.filter(name="九江市").exists()


def test_a_later_upload_takes_the_place_of_an_earlier_one(admin: Client) -> None:
    upload(admin, table("units", ROW))
    upload(admin, table("units", ROW))
    folder = f"exchange/units/{User.objects.get(posts__role=Role.ADMIN).pk}"
    assert len(default_storage.listdir(folder)[1]) == 1


@pytest.mark.parametrize(("data", "sentence"), [(b"nonsense", "不是 Excel 表格"), (b"", "重新选择")])
def test_a_bad_file_is_refused_in_a_sentence(admin: Client, data: bytes, sentence: str) -> None:
    answer = upload(admin, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_no_file_is_asked_for(admin: Client) -> None:
    assert "请先选择" in admin.post("/exchange/units/").content.decode()


def test_first_passwords_of_a_table_are_shown_once(admin: Client) -> None:
    token = upload(admin, table("people", ("zhoumin", "周敏")), "people").context["token"]
    answer = admin.post("/exchange/people/apply/", {"token": token})
    ((_, _, password),) = answer.context["plan"].passwords
    assert password in answer.content.decode()
    assert User.objects.get(username="zhoumin").check_password(password)
    assert "no-store" in answer.headers["Cache-Control"]
