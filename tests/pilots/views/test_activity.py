"""The pages of activities: a phone's few fields, who sees what, and the button of the other side."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Submission
from pilots.models import Activity, ActivityKind, Batch
from pilots.queries.activity_link import choices_for
from pilots.states.activity import ActivityState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import update_unit
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_recorded
from tests.factories.alliance import make_pair
from tests.factories.community import make_community
from tests.factories.task import make_task

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_kind_and_day_are_enough(client: Client) -> None:
    officer = make_officer()
    client.force_login(officer)
    unit = officer.posts_today[0].unit
    typed = {"unit": unit.pk, "kind": ActivityKind.objects.get(name="培训").pk, "date": "2024年11月4日"}
    answer = client.post(reverse("activity-new"), typed)
    made = Activity.objects.get()
    assert answer.headers["Location"] == reverse("activity", args=[made.pk])
    assert (made.state, made.unit) == (ActivityState.RECORDED, unit)


def test_each_batch_is_a_box_with_its_name_beside_it(client: Client) -> None:
    client.force_login(make_officer())
    shown = client.get(reverse("activity-new")).content.decode()
    for batch in Batch.objects.all():
        assert f'<span class="form-check-label">{batch.name}</span></label>' in shown
    assert '<div id="id_batches"' not in shown


def test_a_person_narrows_by_one_kind_and_a_figure_s_address_by_several(client: Client) -> None:
    client.force_login(make_officer())
    one, other = ActivityKind.objects.all()[:2]
    plain = client.get(reverse("activities"), {"kind": [str(one.pk)]}).content.decode()
    assert '<option value="">全部类型</option>' in plain
    assert 'name="kind" size="1" class="form-select" id="id_kind">' in plain
    several = client.get(reverse("activities"), {"kind": [str(one.pk), str(other.pk)]}).content.decode()
    assert " multiple" in several
    assert client.get(reverse("activities"), {"kind": ""}).context["form"].is_valid()


def test_a_figure_of_a_unit_that_is_out_of_use_or_unknown_never_opens_everything(client: Client) -> None:
    client.force_login(make_user(Role.EDITOR))
    gone, other = make_unit(UnitKind.SCHOOL), make_unit(UnitKind.SCHOOL)
    theirs, _ = make_recorded(gone), make_recorded(other)
    update_unit(gone, by=None, is_active=False)
    shown = client.get(reverse("activities"), {"within": gone.pk})
    assert list(shown.context["page"]) == [theirs]
    for nobody in (10**9, "九江"):
        shown = client.get(reverse("activities"), {"within": nobody})
        assert list(shown.context["page"]) == []
        assert "没有这个单位" in shown.content.decode()


def test_what_was_typed_stays_after_a_refusal(client: Client) -> None:
    officer = make_officer()
    client.force_login(officer)
    typed = {"unit": officer.posts_today[0].unit_id, "kind": "", "date": "不久前", "about": "幼小衔接讲座"}
    answer = client.post(reverse("activity-new"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "幼小衔接讲座" in page
    assert "没有看懂日期" in page


def test_a_county_sees_its_schools_activities_and_another_county_gets_404() -> None:
    school = make_unit(UnitKind.SCHOOL)
    county = school.parent
    assert county is not None
    url = reverse("activity", args=[make_recorded(school).pk])
    assert signed_in(make_officer(county)).get(url).status_code == 200
    assert signed_in(make_officer(county.parent)).get(url).status_code == 200
    assert signed_in(make_officer(make_unit(UnitKind.COUNTY))).get(url).status_code == 404


def test_the_contact_of_a_partner_sees_what_it_shares_in_and_may_not_answer() -> None:
    partner = make_unit(UnitKind.PARTNER)
    activity = make_recorded(make_unit(), partner)
    contact = signed_in(make_user(Role.PARTNER_READER, partner))
    assert contact.get(reverse("activity", args=[activity.pk])).status_code == 200
    assert contact.post(reverse("activity-act", args=[activity.pk, "confirm"])).status_code == 403
    assert contact.get(reverse("activity", args=[make_recorded(make_unit()).pk])).status_code == 404


def test_the_other_side_s_list_counts_what_waits_for_it() -> None:
    county = make_unit(UnitKind.COUNTY)
    activity = make_recorded(make_unit(), county)
    client = signed_in(make_officer(county))
    assert "待我核对（1）" in client.get(reverse("activities")).content.decode()
    client.post(reverse("activity-act", args=[activity.pk, "confirm"]))
    assert "待我核对（" not in client.get(reverse("activities")).content.decode()


def test_a_refused_objection_keeps_its_place_on_the_page() -> None:
    county = make_unit(UnitKind.COUNTY)
    activity = make_recorded(make_unit(), county)
    answer = signed_in(make_officer(county)).post(
        reverse("activity-act", args=[activity.pk, "object"]), {"reason": " "}
    )
    assert answer.status_code == 422
    assert "请写明“提出异议”的理由" in answer.content.decode()


def test_both_records_become_one_by_a_click_on_the_page() -> None:
    university, county = make_unit(), make_unit(UnitKind.COUNTY)
    first, second = make_recorded(university, county), make_recorded(county, university)
    client = signed_in(make_officer(county))
    assert "是同一活动" in client.get(reverse("activity", args=[second.pk])).content.decode()
    answer = client.post(reverse("activity-match", args=[second.pk]), {"with": first.pk})
    assert answer.headers["Location"] == reverse("activity", args=[first.pk])
    second.refresh_from_db()
    assert second.joined_into == first
    own, others = reverse("activity", args=[second.pk]), reverse("activity", args=[first.pk])
    assert f'href="{own}"' in client.get(others).content.decode()
    page = signed_in(make_officer(university)).get(others).content.decode()
    assert f"{county}的记录" in page
    assert f'href="{own}"' not in page  # it is the county's alone to open


def test_several_activities_become_a_report_in_one_click() -> None:
    officer = make_officer()
    unit = officer.posts_today[0].unit
    rows = [make_recorded(unit), make_recorded(unit, kind="培训")]
    answer = signed_in(officer).post(reverse("submission-from-activities"), {"pk": [row.pk for row in rows]})
    report = Submission.objects.get()
    assert answer.headers["Location"] == reverse("submission-edit", args=[report.pk])
    assert set(report.activities.all()) == set(rows)
    assert report.text.count("开展") == 2


def test_another_unit_s_activity_is_no_report_of_ours() -> None:
    officer = make_officer()
    other = make_recorded(make_unit(), officer.posts_today[0].unit)
    signed_in(officer).post(reverse("submission-from-activities"), {"pk": other.pk})
    assert not Submission.objects.exists()


def test_the_list_costs_the_same_with_one_row_and_with_thirty() -> None:
    officer, partner = make_officer(), make_unit()
    unit, client = officer.posts_today[0].unit, signed_in(officer)
    make_recorded(unit, partner)
    client.get(reverse("activities"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("activities"))
    for number in range(29):
        make_recorded(unit, partner, day=timezone.localdate() - timedelta(days=number))
    with CaptureQueriesContext(connection) as thirty:
        client.get(reverse("activities"))
    assert len(thirty) == len(one)
    assert len(one) <= 15


def test_the_month_and_the_table_open() -> None:
    officer = make_officer()
    activity = make_recorded(officer.posts_today[0].unit, day=timezone.localdate())
    client = signed_in(officer)
    assert reverse("activity", args=[activity.pk]) in client.get(reverse("activities-calendar")).content.decode()
    assert client.get(reverse("activities-export")).status_code == 200


def said(answer: Any) -> str:
    return "".join(str(message) for message in answer.context["messages"])


def test_names_that_are_not_known_are_told_after_saving(client: Client) -> None:
    officer, partner = make_officer(), make_unit(name="龙津中学")
    client.force_login(officer)
    typed = {
        "unit": officer.posts_today[0].unit_id,
        "kind": ActivityKind.objects.get(name="培训").pk,
        "date": "2024年11月4日",
        "partners": "龙津中学、龙津中雪",
    }
    answer = client.post(reverse("activity-new"), typed, follow=True)
    unknown = "没有认出：龙津中雪（只作文字记录，不计入）。如果是本省的单位，请修改为全称。"
    assert unknown in said(answer)
    made = Activity.objects.get()
    assert list(made.partners.all()) == [partner]
    edit = reverse("activity-edit", args=[made.pk])
    assert unknown not in said(client.post(edit, typed | {"place": "县城"}, follow=True)), "told already"
    assert "没有认出：外省学校（" in said(client.post(edit, typed | {"partners": "龙津中学、外省学校"}, follow=True))
    assert "没有认出" not in said(client.post(edit, typed | {"partners": "龙津中学"}, follow=True))


def test_the_officer_of_a_closed_unit_is_told_why_nothing_is_recorded(client: Client) -> None:
    officer = make_officer()
    client.force_login(officer)
    unit = update_unit(officer.posts_today[0].unit, by=None, is_active=False)
    typed = {"unit": unit.pk, "kind": ActivityKind.objects.get(name="培训").pk, "date": "2024年11月4日"}
    answer = client.post(reverse("activity-new"), typed)
    assert answer.status_code == 422
    sentence = "贵单位已停用，不能再登记活动。如有疑问，请联系省协同提质办。"
    assert answer.content.decode().count(sentence) == 1


def test_an_objection_that_ends_with_a_stop_gets_no_second_one() -> None:
    county = make_unit(UnitKind.COUNTY)
    activity = make_recorded(make_unit(), county)
    client = signed_in(make_officer(county))
    client.post(reverse("activity-act", args=[activity.pk, "object"]), {"reason": "这次讲座本校没有参加。"})
    page = client.get(reverse("activity", args=[activity.pk])).content.decode()
    assert "有异议：这次讲座本校没有参加。解决前" in page


def test_the_office_links_an_activity_with_what_its_units_have_to_do_with() -> None:
    school = make_unit(UnitKind.SCHOOL)
    county = school.parent
    assert county is not None
    university = make_unit()
    own = [make_task(school), make_task(county), make_task(make_unit(), schools=[school]), make_community(county)]
    own += [make_pair(university, county)]
    make_task(make_unit())
    make_community(make_unit(UnitKind.COUNTY))
    make_pair(make_unit(), make_unit(UnitKind.COUNTY))
    found = choices_for(make_user(Role.EDITOR), make_recorded(school))
    assert {row for _, rows in found for row in rows} == set(own)
    of_university = choices_for(make_user(Role.EDITOR), make_recorded(university))
    assert [row for _, rows in of_university for row in rows] == own[-1:]
