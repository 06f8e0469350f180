"""联盟全图: for everybody with a post; the office keeps it; map, table and Excel say the same."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from alliances.models import Alliance
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import history
from tests.factories import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
URL = "/partnerships/alliance/"
SCHOOLS = {"figure": "alliances.schools"}


def text(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]


@pytest.fixture
def editor(signed_in: SignIn) -> Client:
    return signed_in(make_user(Role.EDITOR))


def given(lead: Unit | None, **more: str) -> dict[str, str]:
    return {"name": "高校联盟", "lead": str(lead.pk) if lead else "", "arrangement": "九江市"} | more


def test_before_anything_is_registered_the_page_says_what_to_do(officer: User, signed_in: SignIn) -> None:
    assert "还没有登记设区市" in text(signed_in(officer).get(URL))


def test_outside_people_do_not_see_it(signed_in: SignIn) -> None:
    client = signed_in(make_user(Role.EXPERT))
    assert client.get(URL).status_code == 403
    assert f'href="{URL}"' not in text(client.get("/partnerships/"))


def test_every_figure_stands_in_words_on_the_map_and_in_the_table(officer: User, signed_in: SignIn) -> None:
    county = make_unit(UnitKind.COUNTY, "湖口县", make_unit(UnitKind.PREFECTURE, "九江市"))
    for name in ("湖口中学", "湖口二中"):
        make_unit(UnitKind.SCHOOL, name, county)
    page = text(signed_in(officer).get(URL, SCHOOLS))
    assert '<li class="shade-2">' in page
    assert page.count(">湖口县</a>") == 2
    assert "<b>2</b>" in page
    assert "登记学校（所）" in page


def test_the_table_can_be_ordered_by_its_figures(officer: User, signed_in: SignIn) -> None:
    area = make_unit(UnitKind.PREFECTURE, "九江市")
    make_unit(UnitKind.COUNTY, "湖口县", area)
    make_unit(UnitKind.SCHOOL, "瑞昌二中", make_unit(UnitKind.COUNTY, "瑞昌市", area))
    client = signed_in(officer)
    usual, by_figure = (
        text(client.get(URL, SCHOOLS | sort)).split("各地一览")[-1] for sort in ({}, {"sort": "figure"})
    )
    assert usual.index("湖口县") < usual.index("瑞昌市")
    assert by_figure.index("瑞昌市") < by_figure.index("湖口县")


def test_excel_holds_the_rows_of_the_table(officer: User, signed_in: SignIn) -> None:
    county = make_unit(UnitKind.COUNTY, "湖口县", make_unit(UnitKind.PREFECTURE, "九江市"))
    make_unit(UnitKind.SCHOOL, "湖口中学", county)
    answer = signed_in(officer).get(f"{URL}table/", SCHOOLS)
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    assert rows[-1] == ("九江市", "湖口县", None, 1, 1)


def test_what_the_address_cannot_mean_shows_the_usual_figure(officer: User, signed_in: SignIn) -> None:
    assert "结对关系" in text(signed_in(officer).get(URL, {"figure": "x", "period": "9999"}))


def test_the_page_asks_as_much_for_thirty_counties_as_for_one(officer: User, signed_in: SignIn) -> None:
    counts = []
    for number in (1, 29):
        for _ in range(number):
            make_unit(UnitKind.SCHOOL)
        client = signed_in(officer)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_office_enters_the_lead_and_that_it_consolidates(editor: Client) -> None:
    make_unit(UnitKind.PREFECTURE, "九江市")
    lead = make_unit(UnitKind.UNIVERSITY, "江西师范大学")
    assert editor.post(f"{URL}edit/", given(lead, lead_consolidates="on")).status_code == 302
    alliance = Alliance.objects.get()
    assert (alliance.lead, alliance.lead_consolidates, alliance.arrangement) == (lead, True, "九江市")
    assert history(alliance)[0].action == "alliances.alliance.save"
    page = text(editor.get(URL))
    assert "牵头高校" in page
    assert "为全联盟汇总" in page


def test_wrong_entries_are_told_and_nothing_typed_is_lost(editor: Client) -> None:
    make_unit(UnitKind.PREFECTURE, "九江市")
    answer = editor.post(f"{URL}edit/", given(None, lead_consolidates="on", arrangement="九江市 长沙市"))
    assert answer.status_code == 422
    for sentence in ("“长沙市”不是已登记的设区市。", "请先选择牵头高校", "九江市 长沙市"):
        assert sentence in text(answer)
    assert not Alliance.objects.exists()


def test_a_unit_sees_the_picture_and_does_not_change_it(signed_in: SignIn) -> None:
    client = signed_in(make_officer())
    assert "修改联盟" not in text(client.get(URL))
    assert client.post(f"{URL}edit/", given(None)).status_code == 403
    assert client.get(f"{URL}edit/").status_code == 403
