"""数据填报, 指标, 数据封存 and 报送情况 as pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from pilots.models import Indicator, ReportedValue, ReportingPeriod, Target
from pilots.queries.grid import MOST_CELLS
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.files.services import attach_file
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.figures import ask_for, last_term, make_closing, make_ratio, make_reported, make_value
from tests.factories.progress import open_term
from tests.portal.files.samples import pdf, upload

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def test_a_figure_is_saved_from_the_plain_form_and_a_refused_one_keeps_what_was_typed(signed_in: SignedIn) -> None:
    county = make_unit(UnitKind.COUNTY)
    good, bad = make_reported(), make_ratio()
    for indicator in (good, bad):
        ask_for(indicator, county)
    client = signed_in(make_officer(county))
    names = (f"{good.pk}-{county.pk}", f"{bad.pk}-{county.pk}")
    typed = {f"number-{names[0]}": "3", f"version-{names[0]}": "0"}
    typed |= {f"number-{names[1]}": "3", f"below-{names[1]}": "0", f"version-{names[1]}": "0"}
    page = client.post(reverse("values"), typed)
    assert page.status_code == 422
    assert ReportedValue.objects.get().number == 3
    text = page.content.decode()
    assert "分母为0时算不出比例" in text
    assert f'name="below-{names[1]}" value="0"' in text


def test_a_cell_is_saved_by_itself_and_the_answer_says_what_became_of_it(signed_in: SignedIn) -> None:
    county = make_unit(UnitKind.COUNTY)
    indicator = make_reported()
    ask_for(indicator, county)
    client, key = signed_in(make_officer(county)), f"{indicator.pk}-{county.pk}"

    def told(number: str, version: int) -> dict[str, Any]:
        typed = {f"number-{key}": number, f"version-{key}": version}
        answer = client.post(reverse("values"), typed, headers={"accept": "application/json"})
        return answer.json()["cells"][key]  # type: ignore[no-any-return]  # JSON

    assert told("3", 0)["state"] == "saved"
    assert told("-1", 1)["state"] == "refused"
    assert told("9", 0)["state"] == "stale"
    assert told("9", 1)["version"] == 2


def test_the_figures_behind_a_total_its_page_and_the_tables_open(signed_in: SignedIn) -> None:
    county = make_unit(UnitKind.COUNTY)
    officer, indicator = make_officer(county), make_ratio()
    target = ask_for(indicator, value=5)
    value = make_value(indicator, county, 3, 60, by=officer)
    leader = signed_in(make_user(Role.LEADER))
    page = leader.get(reverse("target", args=[target.pk]))
    standing = next(one for one in page.context["overview"].standings if one.subject.pk == county.pk)
    assert [one.pk for one in leader.get(standing.rows_url).context["page"]] == [value.pk]
    client = signed_in(officer)
    assert "交流教师数" in client.get(reverse("value", args=[value.pk])).content.decode()
    assert client.get(reverse("values-export")).status_code == 200
    assert client.post(reverse("value-comment", args=[value.pk]), {"text": "已核对"}).status_code == 302
    refused = client.post(reverse("value-comment", args=[value.pk]), {"text": "长" * 501})
    assert refused.status_code == 422
    assert "长" * 501 in refused.content.decode()
    assert value.comments.count() == 1


def test_the_office_adds_an_indicator_of_another_area_without_code(signed_in: SignedIn) -> None:
    client = signed_in(make_user(Role.EDITOR))
    typed = {"name": "教研活动场次", "unit": "次", "level": "county", "period_kind": "term", "direction": "at_least"}
    typed |= {"adding_up": "sum", "force": "must", "measure": "activity_sessions", "is_active": "on"}
    typed |= {"attention_percent": "90", "late_percent": "60", "order": "500", "kind": "course"}
    answer = client.post(reverse("indicator-new"), {**typed, "kinds": ["1"]})
    made = Indicator.objects.get(name="教研活动场次")
    assert answer.url == reverse("indicator", args=[made.pk])  # type: ignore[attr-defined]  # a redirect
    assert made.parameters == {"kinds": [1]}
    assert client.get(reverse("indicator-edit", args=[made.pk])).status_code == 200
    refused = client.post(reverse("indicator-new"), typed | {"measure": "community_sessions"})
    assert "不能用于所选的考察层级" in refused.content.decode()
    ratio = client.post(reverse("indicator-new"), typed | {"is_ratio": "on"})
    assert "比率须选择分母的计算方法" in ratio.content.decode()


def test_a_target_takes_milestones_on_the_way_and_no_target_is_without_deadline(signed_in: SignedIn) -> None:
    client, indicator = signed_in(make_user(Role.EDITOR)), make_reported()
    typed = {"indicator": indicator.pk, "area": the_office().pk, "value": "8", "force": "must", "first": "2026-09-01"}
    assert "请填写结束日期" in client.post(reverse("target-new"), typed).content.decode()
    typed |= {"last": "2027-01-31"}
    wrong = client.post(reverse("target-new"), typed | {"milestones": "2026年11月30日 9"})
    assert "一步步接近目标值" in wrong.content.decode()
    client.post(reverse("target-new"), typed | {"milestones": "2026年11月30日 3\n2026年12月31日 6"})
    assert [one.value for one in Target.objects.get().milestones.all()] == [3, 6]


def test_the_office_closes_a_term_and_its_page_says_that_it_holds(signed_in: SignedIn) -> None:
    editor = make_user(Role.EDITOR)
    make_unit(UnitKind.COUNTY)
    make_reported()
    client = signed_in(editor)
    client.post(reverse("closings"), {"period": last_term().key})
    closing = client.get(reverse("closings")).context["page"][0]
    page = client.get(reverse("closing", args=[closing.pk]), {"recount": "1"}).content.decode()
    assert closing.digest in page
    assert "与封存的完全一致" in page
    assert client.get(reverse("closing-export", args=[closing.pk])).status_code == 200


def test_the_office_supplies_the_figure_that_is_missing_in_a_closed_term(signed_in: SignedIn) -> None:
    """From the page of reported figures, where who has not reported stands by name; the unit itself no longer can."""
    area = make_unit(UnitKind.PREFECTURE)
    given, wanting, half = (make_unit(UnitKind.COUNTY, parent=area) for _ in range(3))
    elsewhere = make_unit(UnitKind.COUNTY)
    editor, indicator = make_user(Role.EDITOR), make_ratio()
    ask_for(indicator)
    make_value(indicator, given, 3, 60, by=make_officer(given), period=last_term())
    theirs = make_officer(half)
    begun = make_value(indicator, half, 3, by=theirs, period=last_term())
    asked: dict[str, Any] = {"indicator": indicator.pk, "within": area.pk, "period": last_term().key}
    client = signed_in(editor)
    supply = f"{reverse('value-supply')}?indicator={indicator.pk}&unit={wanting.pk}&period={last_term().key}"
    page = client.get(reverse("reported-values"), asked)
    assert [one.unit.pk for one in page.context["wanting"]] == [wanting.pk, half.pk]
    assert "补填" not in page.content.decode()
    assert client.get(supply).status_code == 404
    make_closing(editor)
    text = client.get(reverse("reported-values"), asked).content.decode()
    assert supply.replace("&", "&amp;") in text
    assert reverse("value", args=[begun.pk]) in text
    assert elsewhere.name not in text
    typed = {"number": "4", "below": "80", "version": "0"}
    refused = client.post(supply, typed)
    assert refused.status_code == 422
    assert "请填写补填理由" in refused.content.decode()
    assert client.post(supply, typed | {"reason": "学校漏报"}).status_code == 302
    value = ReportedValue.objects.get(unit=wanting)
    assert (int(value.number or 0), int(value.below or 0), value.reason) == (4, 80, "学校漏报")
    assert client.get(supply).url == reverse("value", args=[value.pk])  # type: ignore[attr-defined]  # a redirect
    unit = signed_in(theirs)
    assert unit.post(supply, typed).status_code == 403
    told = unit.get(reverse("reported-values"), asked)
    assert [one.unit.pk for one in told.context["wanting"]] == [half.pk]
    assert "补填" not in told.content.decode()


def test_the_tables_of_figures_hold_numbers_that_excel_adds_up(signed_in: SignedIn) -> None:
    county, editor = make_unit(UnitKind.COUNTY), make_user(Role.EDITOR)
    officer, ratio, count = make_officer(county), make_ratio(), make_reported()
    for indicator in (ratio, count):
        ask_for(indicator)
    for period in (None, last_term()):
        make_value(ratio, county, 1, 30, by=officer, period=period)
        make_value(count, county, 0, by=officer, period=period)
    closing = make_closing(editor)
    client = signed_in(editor)
    rows = cells(client.get(reverse("closing-export", args=[closing.pk])).content)
    closed = {row[0]: [row[3], row[5], row[6]] for row in rows if row[2] == county.name}
    assert closed[ratio.name] == [3.33, 1, 30]
    assert closed[count.name] == [0, 0, None]
    standing = {row[0]: row[6:8] for row in cells(client.get(reverse("targets-export")).content)}
    assert standing[ratio.name] == (3.33, 8)
    assert all(isinstance(one, int | float) for one in standing[count.name])


def cells(table: bytes) -> list[tuple[Any, ...]]:
    """What stands in a workbook, row by row."""
    return list(load_workbook(BytesIO(table)).worksheets[0].iter_rows(values_only=True))


def test_a_unit_sees_its_own_closed_figures_only(signed_in: SignedIn) -> None:
    own, other = make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY)
    make_reported()
    closing = make_closing(make_user(Role.EDITOR))
    page = signed_in(make_officer(own)).get(reverse("closing", args=[closing.pk])).content.decode()
    assert own.name in page
    assert other.name not in page


def test_the_matrix_tells_sheets_and_figures_and_the_office_reminds(signed_in: SignedIn) -> None:
    county, editor = make_unit(UnitKind.COUNTY), make_user(Role.EDITOR)
    ask_for(make_reported(), county)
    period = open_term(editor)
    client = signed_in(editor)
    page = client.get(reverse("reporting-matrix"), {"area": county.pk})
    assert period.label in page.content.decode()
    assert county.label in page.content.decode()
    assert client.get(reverse("reporting-matrix-export")).status_code == 200
    assert client.post(reverse("reporting-remind"), {"period": period.pk}).status_code == 302


def test_who_is_late_is_brought_to_mind_until_the_period_is_locked(signed_in: SignedIn) -> None:
    make_unit(UnitKind.COUNTY)
    editor, today = make_user(Role.EDITOR), timezone.localdate()
    period = ReportingPeriod.objects.filter(pk=open_term(editor).pk)
    client = signed_in(editor)
    period.update(due=today - timedelta(days=20), locks_on=today)
    assert ">温馨提示</button>" in client.get(reverse("reporting-matrix")).content.decode()
    period.update(locks_on=today - timedelta(days=1))
    text = client.get(reverse("reporting-matrix")).content.decode()
    assert ">温馨提示</button>" not in text
    assert "锁定，不再提醒" in text


def test_a_grid_of_many_figures_is_posted_page_by_page(signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilots.queries.grid.MOST_CELLS", 4)
    city = make_unit(UnitKind.PREFECTURE)
    counties = [make_unit(UnitKind.COUNTY, f"清溪{number}县", city) for number in range(5)]
    wanted = [make_reported(entered_above=True, name=f"培训{number}") for number in range(2)]
    for indicator in wanted:
        ask_for(indicator, city)
    client = signed_in(make_officer(city))
    keys = [f"{wanted[0].pk}-{county.pk}" for county in counties]
    shown = [client.get(reverse("values"), {"page": number}).content.decode() for number in (1, 2, 3)]
    assert [[f'"number-{key}"' in page for page in shown] for key in keys] == [
        [True, False, False],
        [True, False, False],
        [False, True, False],
        [False, True, False],
        [False, False, True],
    ]
    assert all("5个单位，共10项" in page for page in shown)
    typed = {f"number-{keys[2]}": "3", f"version-{keys[2]}": "0"}
    saved = client.post(f"{reverse('values')}?page=2", typed)
    assert saved["Location"].endswith("&page=2")
    assert ReportedValue.objects.get().unit == counties[2]


def test_a_page_of_the_grid_fits_into_what_the_portal_takes_in_one_message(settings: Any) -> None:
    assert MOST_CELLS * 4 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_evidence_is_put_beside_a_figure_until_its_period_is_closed(signed_in: SignedIn) -> None:
    county, indicator = make_unit(UnitKind.COUNTY), make_reported(evidence="培训通知")
    officer = make_officer(county)
    value = make_value(indicator, county, 3, by=officer, period=last_term())
    page = reverse("value", args=[value.pk])
    assert "添加图片或文件" in signed_in(officer).get(page).content.decode()
    attach_file(owner=value, upload=upload(pdf(), "培训通知.pdf"), by=officer)
    assert "培训通知.pdf" in signed_in(make_user(Role.LEADER)).get(page).content.decode()
    make_closing(make_user(Role.EDITOR))
    with pytest.raises(Refused, match="已封存"):
        attach_file(owner=value, upload=upload(pdf(), "补充.pdf"), by=officer)
