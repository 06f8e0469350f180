"""统计台账 on the page: figures that open what is behind them, filters, Excel, rules, ranking."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bulletins.models import PointScheme
from bulletins.queries.issue import the_periodical
from bulletins.services.point_rules import TypedRule, add_scheme
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from tests.bulletins.queries.test_ledger import a_report
from tests.factories import make_officer, make_unit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LEDGER = "/ledger/"


def rows_behind(client: Client, address: str) -> int:
    return client.get(address).content.decode().count('<td class="cell-title">')


def test_every_figure_opens_as_many_reports_as_it_says(editor: User, signed_in: SignIn) -> None:
    county = make_unit(UnitKind.COUNTY)
    for unit in (make_unit(), county, county):
        a_report(unit)
    client = signed_in(editor)
    for by in ("unit", "area", "kind", "month"):
        page = client.get(LEDGER, {"period": "2024-11", "by": by}).content.decode()
        figures = re.findall(r'<a href="(/ledger/reports/[^"]+)">(\d+)</a>', page)
        assert figures
        for address, number in figures:
            assert rows_behind(client, unescape(address)) == int(number)


def test_an_empty_period_says_what_to_do(editor: User, signed_in: SignIn) -> None:
    page = signed_in(editor).get(LEDGER, {"period": "1999-01"}).content.decode()
    assert "1999年1月没有符合条件的报送记录" in page


@pytest.mark.parametrize(
    "query",
    [
        {"period": "x"},
        {"period": "2024-99"},
        {"since": "2024-12-01", "until": "2024-11-01"},
        {"since": "yesterday"},
        {"by": "nothing", "kind": "none", "area": "x", "unit": "x", "sort": "x", "figure": "x", "page": "x"},
        {"unit": "999999999"},
        {"unit": "9" * 30},
        {"area": "0"},
        {"period": "\x00"},
    ],
)
def test_whatever_the_address_says_there_is_a_page(editor: User, signed_in: SignIn, query: dict[str, str]) -> None:
    a_report(make_unit())
    client = signed_in(editor)
    for name in ("ledger", "ledger-reports", "ledger-export", "ledger-reports-export"):
        assert client.get(reverse(name), query).status_code == 200


def test_days_win_over_a_named_period(editor: User, signed_in: SignIn) -> None:
    a_report(make_unit(), date(2024, 11, 5))
    query = {"period": "2023", "since": "2024-11-01", "until": "2024-11-30"}
    assert "2024年11月1日至2024年11月30日" in signed_in(editor).get(LEDGER, query).content.decode()


def test_excel_has_the_same_figures_and_a_sum(editor: User, signed_in: SignIn) -> None:
    unit = make_unit(name="东江大学")
    a_report(unit)
    a_report(unit)
    answer = signed_in(editor).get(reverse("ledger-export"), {"period": "2024-11"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [row[:2] for row in sheet.iter_rows(values_only=True)]
    assert ("东江大学", 2) in cells
    assert ("合计", 2) in cells


def test_an_officer_sees_own_figures_by_month_and_no_other_unit(officer: User, signed_in: SignIn) -> None:
    own = a_report(officer.posts_today[0].unit)
    other = a_report(make_unit(name="别家大学"))
    client = signed_in(officer)
    assert "2024年11月" in client.get(LEDGER, {"period": "2024"}).content.decode()
    by_unit = client.get(LEDGER, {"period": "2024", "by": "unit"}).content.decode()
    assert "别家大学" not in by_unit
    listed = client.get(reverse("ledger-reports"), {"period": "2024", "unit": str(other.unit_id)}).content.decode()
    assert "别家大学</td>" not in listed
    assert (
        reverse("submission", args=[own.pk])
        in client.get(reverse("ledger-reports"), {"period": "2024"}).content.decode()
    )


def test_the_number_of_queries_does_not_grow(editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    addresses = [reverse(name) + "?period=2024&silent=on" for name in ("ledger", "ledger-reports")]
    a_report(make_unit())
    for address in addresses:
        client.get(address)
    few = [_queries(client, address) for address in addresses]
    for _ in range(30):
        a_report(make_unit(UnitKind.UNIVERSITY))
    assert [_queries(client, address) for address in addresses] == few


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return len(asked)


def test_places_are_shown_only_where_the_office_wants_them(editor: User, signed_in: SignIn) -> None:
    a_report(make_unit())
    client = signed_in(editor)
    query = {"period": "2024", "by": "unit"}
    assert "名次" not in client.get(LEDGER, query).content.decode()
    client.post(reverse("ledger-ranking"), {"shown": "1"})
    assert the_periodical().ranks_units
    assert "名次" in client.get(LEDGER, query).content.decode()
    officer = make_officer()
    assert "名次" not in signed_in(officer).get(LEDGER, query).content.decode()


def test_points_are_shown_once_there_are_rules(editor: User, signed_in: SignIn) -> None:
    a_report(make_unit())
    client = signed_in(editor)
    assert "积分" not in client.get(LEDGER, {"period": "2024"}).content.decode()
    add_scheme(since=date(2024, 1, 1), note="", rules=[TypedRule("submitted", Decimal("1.5"))], by=editor)
    page = client.get(LEDGER, {"period": "2024"}).content.decode()
    assert "积分" in page
    assert ">1.5</td>" in page


def scheme_form(**fields: str) -> dict[str, str]:
    rows = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-act": "printed", "form-1-act": "adopted"}
    return {"since": "2024-09-01", "note": "办公室会议"} | rows | {"form-0-points": "2"} | fields


def test_a_version_of_the_rules_is_kept_as_typed(editor: User, signed_in: SignIn) -> None:
    assert signed_in(editor).post(reverse("point-rules"), scheme_form()).status_code == 302
    scheme = PointScheme.objects.get()
    assert [(rule.act, rule.points) for rule in scheme.rules.all()] == [("printed", Decimal(2))]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"form-0-points": ""}, "请至少填写一行分值"),
        ({"form-1-act": "printed", "form-1-points": "3"}, "有两行的事项、栏目和单位类别都相同"),
        ({"since": ""}, "请填写自哪天起"),
        ({"form-0-points": "viel"}, "请填数字"),
        ({"form-0-points": "-1"}, "0"),
    ],
)
def test_wrong_rules_are_refused_and_stay_typed(
    editor: User, signed_in: SignIn, fields: dict[str, str], said: str
) -> None:
    answer = signed_in(editor).post(reverse("point-rules"), scheme_form(**fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "办公室会议" in answer.content.decode()
    assert not PointScheme.objects.exists()


def test_a_version_cannot_begin_before_the_last_one(editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    client.post(reverse("point-rules"), scheme_form())
    answer = client.post(reverse("point-rules"), scheme_form(since="2024-08-01"))
    assert "须从2024年9月1日之后开始" in answer.content.decode()


def test_a_circular_tells_the_figures_as_word_and_excel(editor: User, signed_in: SignIn) -> None:
    a_report(make_unit(name="东江大学"))
    silent = make_unit(UnitKind.COUNTY, name="石桥县")
    client = signed_in(editor)
    query = {"period": "2024-11", "addressee": "各成员单位", "day": "2024-12-03", "silent": "on"}
    page = client.get(reverse("circular"), query).content.decode()
    for told in ("关于2024年11月信息报送和采用情况的通报", "报送1篇、采用0篇、编发0篇", silent.name, "2024年12月3日"):
        assert told in page
    word = client.get(reverse("circular"), query | {"as": "word"})
    assert b"".join(word.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    excel = client.get(reverse("circular"), query | {"as": "excel"})
    sheet = load_workbook(io.BytesIO(excel.content)).active
    assert sheet is not None
    assert (3, "东江大学", 1) in [row[:3] for row in sheet.iter_rows(values_only=True)]


def test_a_circular_of_an_empty_period_says_so(editor: User, signed_in: SignIn) -> None:
    query = {"period": "1999", "addressee": "各单位", "day": "2024-12-03"}
    assert "没有收到各单位报送的信息" in signed_in(editor).get(reverse("circular"), query).content.decode()
    excel = signed_in(editor).get(reverse("circular"), query | {"as": "excel"})
    assert excel.status_code == 200


def test_a_circular_without_addressee_or_day_is_not_made(editor: User, signed_in: SignIn) -> None:
    answer = signed_in(editor).get(reverse("circular"), {"period": "2024", "addressee": "", "day": "", "as": "word"})
    assert answer.status_code == 422
    assert "请填写主送单位" in answer.content.decode()
