"""The pages of 城乡共同体, as the people who use them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from pilots.models import Community, CommunityRecordKind
from pilots.services.community_record import RecordFacts, save_record
from pilots.services.membership import add_member
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.jobs.services import run
from portal.measures import measure_called
from portal.periods import school_year_of, term_of
from portal.text.official import official_date
from tests.factories import make_unit
from tests.factories.activity import make_recorded
from tests.factories.community import SINCE, kind_of, lead_of, make_community, make_school, member_of, staff_of
from tests.factories.selection import make_profile

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

YEAR = school_year_of(SINCE)


def record_of(community: Community, kind: str = "派出骨干教师") -> object:
    facts = RecordFacts(
        CommunityRecordKind.objects.get(name=kind),
        lead_of(community),
        "语文教师",
        SINCE,
        taker=member_of(community),
        end=date(2025, 6, 30),
    )
    return save_record(None, facts, community=community, by=None)


def test_a_county_founds_a_community_and_what_it_typed_is_kept_when_refused(signed_in: SignIn) -> None:
    county = make_unit(UnitKind.COUNTY)
    lead, member = make_school(county, "石桥小学"), make_school(county, "柳溪小学")
    client = signed_in(staff_of(county))
    typed = {
        "kind": kind_of().pk,
        "area": county.pk,
        "name": "石桥共同体",
        "lead": "石桥小学",
        "members": "石桥小学",
        "since": "2024-09-01",
    }
    refused = client.post(reverse("community-new"), typed)
    assert refused.status_code == 422
    assert "不能同时作成员校" in refused.content.decode()
    assert "石桥共同体" in refused.content.decode()
    done = client.post(reverse("community-new"), typed | {"members": "柳溪小学"})
    community = Community.objects.get()
    assert done["Location"] == reverse("community", args=[community.pk])
    assert (lead_of(community), member_of(community)) == (lead, member)


def test_a_list_and_a_page_ask_the_same_however_much_there_is(signed_in: SignIn, editor: User) -> None:
    county = make_unit(UnitKind.COUNTY)
    first = make_community(county)
    record_of(first)
    client = signed_in(editor)
    client.get(reverse("communities"))

    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    page = reverse("community", args=[first.pk])
    few = asked(reverse("communities")), asked(page)
    for number in range(30):
        make_community(county, name=f"共同体{number}")
        record_of(first)
    assert (asked(reverse("communities")), asked(page)) == few
    assert few[0] <= 15


def test_the_list_goes_out_as_a_table(signed_in: SignIn) -> None:
    community = make_community(name="=石桥共同体")
    answer = signed_in(staff_of(community.area)).get(reverse("communities-export"))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    row = [cell.value for cell in sheet[4]]  # type: ignore[index]
    assert row[0] == "=石桥共同体"
    assert row[4:6] == [lead_of(community).name, member_of(community).name]


def test_a_member_registers_who_came_and_sees_no_buttons_that_are_not_its(signed_in: SignIn) -> None:
    community = make_community()
    client = signed_in(staff_of(member_of(community)))
    page = client.get(reverse("community", args=[community.pk])).content.decode()
    assert "写几句说明" not in page
    kind = CommunityRecordKind.objects.get(name="派出骨干教师")
    address = f"{reverse('community-record-new', args=[community.pk])}?kind={kind.pk}"
    form = client.get(address).context["form"]
    assert form.initial == {"giver": lead_of(community).pk, "taker": member_of(community).pk}
    typed = {
        "giver": lead_of(community).pk,
        "taker": member_of(community).pk,
        "what": "语文教师",
        "number": "1",
        "start": "2024-09-01",
    }
    assert client.post(address, typed | {"start": "2020-09-01"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert community.records.get().what == "语文教师"


def test_a_refused_change_of_members_opens_the_form_again(signed_in: SignIn) -> None:
    community = make_community()
    client = signed_in(staff_of(community.area))
    address = reverse("community-change", args=[community.pk, "add"])
    refused = client.post(address, {"add-school": lead_of(community).name, "add-since": "2024-10-01"})
    assert refused.status_code == 422
    assert "已在“第一共同体”中" in refused.content.decode()
    school = make_school(community.area)
    assert client.post(address, {"add-school": school.name, "add-since": "2024-10-01"}).status_code == 302
    assert community.memberships.filter(school=school).exists()


def test_the_receiving_school_takes_the_certificate_and_anybody_verifies_it(signed_in: SignIn) -> None:
    community = make_community()
    record = record_of(community)
    client = signed_in(staff_of(member_of(community)))
    address = reverse("service-certificate", args=[record.pk])  # type: ignore[attr-defined]
    assert client.post(address, {"person": "李老师"}).status_code == 302
    made = record.certificate  # type: ignore[attr-defined]
    run(made.job_id)
    answer = client.get(reverse("service-certificate-pdf", args=[record.pk]))  # type: ignore[attr-defined]
    pdf = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    text = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "李老师，于2024年9月1日至2025年6月30日" in text
    assert f"{member_of(community)}（盖章）" in text
    page = Client().get(reverse("service-verify", args=[made.token])).content.decode()
    assert "李老师" in page
    assert "有效" in page


def test_somebody_of_another_county_finds_nothing(signed_in: SignIn) -> None:
    community = make_community()
    client = signed_in(staff_of(make_unit(UnitKind.COUNTY)))
    assert client.get(reverse("community", args=[community.pk])).status_code == 404
    assert client.post(reverse("community-change", args=[community.pk, "end"])).status_code == 404


def test_a_member_reads_what_its_community_did_and_opens_what_it_took_part_in(signed_in: SignIn) -> None:
    county = make_unit(UnitKind.COUNTY)
    schools = [make_school(county, f"第{number}小学") for number in range(3)]
    community = make_community(county, lead=schools[0], members=schools[1:])
    both = make_recorded(schools[0], schools[1])
    others = make_recorded(schools[0], schools[2], kind="培训")
    page = signed_in(staff_of(schools[1])).get(reverse("community-activities", args=[community.pk]))
    text = page.content.decode()
    assert "共2项，2场次" in text
    assert [reverse("activity", args=[one.pk]) in text for one in (both, others)] == [True, False]
    stranger = signed_in(staff_of(make_school(county)))
    assert stranger.get(reverse("community-activities", args=[community.pk])).status_code == 404


def test_whom_the_lead_sent_is_a_list_of_its_own_for_any_period(signed_in: SignIn) -> None:
    community = make_community()
    record_of(community)
    teachers = measure_called("community_lead_teachers")
    assert teachers is not None
    make_profile(lead_of(community), YEAR.key, teachers=90)
    client = signed_in(staff_of(lead_of(community)))
    text = client.get(teachers.address(community.pk, YEAR)).content.decode()
    assert "选派1人" in text
    assert "专任教师90人" in text
    assert "语文教师" in text
    assert f"{official_date(SINCE)}至2025年6月30日" in text
    after = client.get(teachers.address(community.pk, term_of(date(2026, 3, 2)))).content.decode()
    assert "选派0人" in after
    assert "没有登记牵头校选派的干部教师" in after
    assert signed_in(staff_of(make_school())).get(teachers.address(community.pk, YEAR)).status_code == 404


def test_a_past_figure_of_member_schools_opens_those_of_then(signed_in: SignIn) -> None:
    community = make_community()
    joined = make_school(community.area, "后来加入的小学")
    add_member(community=community, school=joined, since=date(2025, 9, 1), by=None)
    client = signed_in(staff_of(lead_of(community)))
    page = reverse("community-members", args=[community.pk])
    then = client.get(page, {"period": YEAR.key}).content.decode()
    assert f"{official_date(YEAR.end)}在共同体中的学校，共2所" in then
    assert "后来加入的小学" not in then
    assert "后来加入的小学" in client.get(page).content.decode()
    assert "共3所" in client.get(page, {"period": term_of(date(2025, 10, 8)).key}).content.decode()
