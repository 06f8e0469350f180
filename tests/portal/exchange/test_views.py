"""The pages around a table: who may, a dry run, a second click that types nothing twice."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.exchange.models import UploadedTable
from portal.jobs.models import Job, JobState
from portal.jobs.services import run
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


def checked(client: Client, data: bytes, noun: str = "units") -> Any:
    """The page of an uploaded table when a worker has been at it."""
    address = str(upload(client, data, noun).url)
    work()
    return client.get(address)


def work() -> None:
    """Do what waits, as a worker would."""
    for job in Job.objects.filter(state=JobState.QUEUED):
        run(job.pk)


def confirm(client: Client, page: Any) -> Any:
    """The second click, the worker, and the page after it."""
    table: UploadedTable = page.context["table"]
    address = f"/exchange/{table.noun}/{table.pk}/"
    answer: Any = client.post(f"{address}apply/", {"digest": table.digest})
    assert answer.url == address
    work()
    return client.get(address)


def test_tables_are_taken_in_by_the_admin_and_given_out_to_those_who_watch(signed_in: SignIn, admin: Client) -> None:
    for user, see in ((make_user(Role.AUDITOR), 200), (make_user(Role.EDITOR), 403), (make_officer(), 403)):
        client = signed_in(user)
        assert client.get("/exchange/units/").status_code == 403
        assert upload(client, table("units", ROW)).status_code == 403
        assert client.post("/exchange/units/1/apply/").status_code == 403
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
    assert "新增" in checked(admin, target.getvalue()).content.decode()


def test_a_dry_run_and_a_second_click_bring_the_rows_in(admin: Client) -> None:
    page = checked(admin, table("units", ROW))
    assert "各行都可以导入" in page.content.decode()
    assert not Unit.objects.filter(name="九江市").exists()
    assert "全部导入完成" in confirm(admin, page).content.decode()
    assert Unit.objects.filter(name="九江市").exists()


def test_while_a_worker_is_at_it_the_page_asks_for_itself_and_ends_with_the_answer(admin: Client) -> None:
    address = upload(admin, table("units", ROW)).url
    waiting = admin.get(address).content.decode()
    assert f'hx-get="{address}"' in waiting
    assert "正在核对" in waiting
    assert "确定导入" not in waiting
    work()
    part = admin.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-get" not in part
    assert "确定导入" in part


def test_clicked_twice_it_is_taken_in_once(admin: Client) -> None:
    page = checked(admin, table("units", ROW))
    found: UploadedTable = page.context["table"]
    for _ in range(2):
        admin.post(f"/exchange/units/{found.pk}/apply/", {"digest": found.digest})
    assert Job.objects.filter(kind="table-import").count() == 1
    work()
    confirm(admin, page)
    assert Job.objects.filter(kind="table-import").count() == 1
    assert Unit.objects.filter(name="九江市").count() == 1


def test_a_table_with_a_wrong_row_offers_no_second_click(admin: Client) -> None:
    page = checked(admin, table("units", ROW, ("设区市", "", "", "", "", "省协同提质办")))
    assert "名称：没有填写" in page.content.decode()
    assert "确定导入" not in page.content.decode()
    assert (
        "不能导入"
        in admin.post(
            f"/exchange/units/{page.context['table'].pk}/apply/",
            {"digest": page.context["table"].digest},
            follow=True,
        ).content.decode()
    )


def test_every_wrong_row_can_be_read_page_by_page_and_as_a_table(admin: Client) -> None:
    rows = [("设区市", f"第{number}市", "", "", "", "没有的单位") for number in range(60)]
    page = checked(admin, table("units", ROW, *rows))
    address = f"/exchange/units/{page.context['table'].pk}/"
    assert "第0市" in page.content.decode()
    assert "第59市" in admin.get(f"{address}?page=2").content.decode()
    new = admin.get(f"{address}?fate=new").content.decode()
    assert ("九江市" in new, "第0市" in new) == (True, False)
    data = admin.get(f"{address}result/").content
    sheet: Any = load_workbook(io.BytesIO(data)).active
    lines = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]
    assert len(lines) == 61
    assert lines[0][1:4] == ("第0市", "有误", "上级单位")
    assert "没有叫“没有的单位”的单位" in lines[0][4]


def test_what_has_changed_in_between_is_shown_before_anything_is_done(admin: Client) -> None:
    page = checked(admin, table("units", ROW))
    make_unit("prefecture", "九江市", short_name="浔")
    again = confirm(admin, page)
    assert "数据又有变化" in again.content.decode()
    assert Unit.objects.get(name="九江市").short_name == "浔"
    assert (
        "核对结果已有变化"
        in admin.post(
            f"/exchange/units/{again.context['table'].pk}/apply/", {"digest": page.context["table"].digest}, follow=True
        ).content.decode()
    )
    assert "全部导入完成" in confirm(admin, again).content.decode()
    assert Unit.objects.get(name="九江市").short_name == "九江"


def test_a_table_is_its_owners_and_stays_with_its_file(signed_in: SignIn, admin: Client) -> None:
    data = table("units", ROW)
    page = checked(admin, data)
    address = f"/exchange/units/{page.context['table'].pk}/"
    confirm(admin, page)
    assert b"".join(admin.get(f"{address}file/").streaming_content) == data  # type: ignore[attr-defined]
    listed = admin.get("/exchange/units/").content.decode()
    assert ("单位.xlsx" in listed, "已导入" in listed) == (True, True)
    other = signed_in(make_user(Role.ADMIN))
    for part in ("", "file/", "result/"):
        assert other.get(f"{address}{part}").status_code == 404
    for act in ("apply/", "passwords/"):
        assert other.post(f"{address}{act}").status_code == 404
    assert admin.get(address.replace("units", "people")).status_code == 404
    assert "单位.xlsx" not in other.get("/exchange/units/").content.decode()


def test_a_table_whose_head_is_not_ours_is_refused_by_the_worker_in_a_sentence(admin: Client) -> None:
    page = checked(admin, table("units", ["甲"], columns=["别的"]))
    assert "没有找到表头" in page.content.decode()
    assert "确定导入" not in page.content.decode()
    assert "不能读取" in admin.get("/exchange/units/").content.decode()


def test_whose_post_has_ended_meanwhile_his_table_is_not_taken_in(signed_in: SignIn) -> None:
    user = make_user(Role.ADMIN)
    client = signed_in(user)
    page = checked(client, table("units", ROW))
    found: UploadedTable = page.context["table"]
    client.post(f"/exchange/units/{found.pk}/apply/", {"digest": found.digest})
    User.objects.filter(pk=user.pk).update(is_active=False)
    work()
    assert Job.objects.get(kind="table-import").error.startswith("您现在的岗位不能导入")
    assert not Unit.objects.filter(name="九江市").exists()


@pytest.mark.parametrize(("data", "sentence"), [(b"nonsense", "不是 Excel 表格"), (b"", "重新选择")])
def test_a_bad_file_is_refused_in_a_sentence(admin: Client, data: bytes, sentence: str) -> None:
    answer = upload(admin, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not UploadedTable.objects.exists()


def test_no_file_is_asked_for(admin: Client) -> None:
    assert "请先选择" in admin.post("/exchange/units/").content.decode()


def test_first_passwords_of_a_table_are_shown_once(admin: Client) -> None:
    page = confirm(admin, checked(admin, table("people", ("zhoumin", "周敏")), "people"))
    assert "显示初始密码" in page.content.decode()
    address = f"/exchange/people/{page.context['table'].pk}/passwords/"
    answer = admin.post(address)
    ((_, _, password),) = answer.context["passwords"]
    assert password in answer.content.decode()
    assert User.objects.get(username="zhoumin").check_password(password)
    assert "no-store" in answer.headers["Cache-Control"]
    again = admin.post(address)
    assert (again.status_code, password in again.content.decode()) == (409, False)
