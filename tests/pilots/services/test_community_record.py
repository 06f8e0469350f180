"""People sent and received, pairs, shared things (S2 三（二）—（五）): who writes them, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import Community, CommunityDuty, CommunityRecord, CommunityRecordKind, DutyWords
from pilots.services.community_papers import set_group, set_plan, set_policy
from pilots.services.community_record import RecordFacts, drop_record, save_record, set_duty_words
from pilots.services.membership import add_member
from pilots.services.service_certificate import order_service_certificate
from portal.accounts.models import User
from portal.audit.models import history
from portal.periods import school_year_of, term_of
from portal.refusals import Refused
from tests.factories.community import SINCE, kind_of, lead_of, make_community, make_school, member_of, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def community() -> Community:
    return make_community()


def facts(community: Community, kind: str = "派出骨干教师", **changes: Any) -> RecordFacts:
    fields: dict[str, Any] = {
        "giver": lead_of(community),
        "taker": member_of(community),
        "what": "语文教师",
        "start": SINCE,
    } | changes
    return RecordFacts(kind=CommunityRecordKind.objects.get(name=kind), **fields)


def saved(community: Community, by: User | None = None, kind: str = "派出骨干教师", **changes: Any) -> CommunityRecord:
    return save_record(None, facts(community, kind, **changes), community=community, by=by)


def test_lead_and_members_write_what_they_share_in(community: Community) -> None:
    other = make_school(community.area)
    add_member(community, school=other, since=SINCE, by=None)
    assert saved(community, staff_of(lead_of(community))).pk
    assert saved(community, staff_of(member_of(community))).pk
    assert saved(community, staff_of(community.area)).pk
    with pytest.raises(PermissionDenied):
        saved(community, staff_of(other))
    with pytest.raises(PermissionDenied):
        saved(community, staff_of(make_school()))


def test_a_school_hands_no_record_of_its_own_to_others(community: Community) -> None:
    other = make_school(community.area)
    add_member(community, school=other, since=SINCE, by=None)
    record = saved(community)
    with pytest.raises(PermissionDenied):
        save_record(record, facts(community, taker=other), community=community, by=staff_of(member_of(community)))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"end": SINCE - timedelta(days=1)}, "end", "结束日期早于开始日期"),
        ({"start": SINCE - timedelta(days=1)}, "giver", "2024年8月31日不在这个共同体中"),
        ({"taker": None}, "taker", "请选择接收学校"),
        ({"number": 10_001}, "number", "请核对"),
        ({"end": SINCE + timedelta(days=9), "days": 11}, "days", "超过了起止日期之间的天数"),
        ({"number": 0}, "__all__", "数量至少为1"),
    ],
)
def test_bad_facts_are_refused_in_a_sentence(
    community: Community, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as error:
        saved(community, **changes)
    assert sentence in " ".join(error.value.message_dict[field])


def test_a_school_sends_nobody_to_itself(community: Community) -> None:
    with pytest.raises(ValidationError, match="不能是同一所"):
        saved(community, taker=lead_of(community))


def test_the_lead_stands_on_the_side_that_the_duty_asks_for(community: Community) -> None:
    swapped: dict[str, Any] = {"giver": member_of(community), "taker": lead_of(community)}
    with pytest.raises(ValidationError, match="由牵头校派出"):
        saved(community, **swapped)
    with pytest.raises(ValidationError, match="由牵头校接收"):
        saved(community, kind="接收后备干部")
    assert saved(community, kind="接收后备干部", **swapped).pk


def test_what_is_shared_may_be_for_all_members(community: Community) -> None:
    assert saved(community, kind="共享场地", what="图书馆", taker=None).taker is None


def test_changes_and_deletions_are_written_down(community: Community) -> None:
    record = saved(community)
    save_record(record, facts(community, number=3), community=community, by=None)
    assert history(record).first().label == "修改共同体记录"  # type: ignore[union-attr]
    drop_record(record, by=staff_of(lead_of(community)))
    assert not CommunityRecord.objects.exists()
    assert history(community).first().label == "删除共同体记录"  # type: ignore[union-attr]


def test_words_on_a_duty_are_the_leads_and_none_are_taken_away(community: Community) -> None:
    duty, term = CommunityDuty.objects.earliest("order"), term_of(timezone.localdate())
    set_duty_words(community, duty=duty, term=term, text="每月碰头一次。", by=staff_of(lead_of(community)))
    assert DutyWords.objects.get().text == "每月碰头一次。"
    with pytest.raises(PermissionDenied):
        set_duty_words(community, duty=duty, term=term, text="改", by=staff_of(member_of(community)))
    set_duty_words(community, duty=duty, term=term, text=" ", by=None)
    assert not DutyWords.objects.exists()


def test_a_school_writes_its_own_leading_group_the_lead_all(community: Community) -> None:
    lead, member = lead_of(community), member_of(community)
    by = staff_of(member)
    set_group(community, school=member, text="组长：校长\n成员:教导主任", by=by)
    assert [str(seat) for seat in community.seats.filter(school=member)] == ["组长：校长", "成员：教导主任"]
    for school in (lead, None):
        with pytest.raises(PermissionDenied):
            set_group(community, school=school, text="组长：校长", by=by)
        set_group(community, school=school, text="组长：校长", by=staff_of(lead))
    with pytest.raises(ValidationError, match="第2行请写成"):
        set_group(community, school=member, text="组长：校长\n教导主任", by=by)
    with pytest.raises(ValidationError, match="不在这个共同体中"):
        set_group(community, school=make_school(), text="组长：校长", by=None)


def test_a_plan_is_one_a_school_year_and_the_leads(community: Community) -> None:
    year = school_year_of(timezone.localdate())
    set_plan(community, school_year=year, text="集体备课每月一次。", by=staff_of(lead_of(community)))
    set_plan(community, school_year=year, text="集体备课每周一次。", by=staff_of(lead_of(community)))
    assert community.plans.get().text == "集体备课每周一次。"
    with pytest.raises(PermissionDenied):
        set_plan(community, school_year=year, text="改", by=staff_of(member_of(community)))


def test_an_area_says_what_it_calls_its_communities(community: Community) -> None:
    by, duty = staff_of(community.area), CommunityDuty.objects.earliest("order")
    policy = set_policy(
        area=community.area, kind=kind_of(), label="城乡发展共同体", offices={duty: ("义教科", "")}, by=by
    )
    assert policy.offices.get().lead_office == "义教科"
    with pytest.raises(PermissionDenied):
        set_policy(area=community.area, kind=kind_of(), label="集团", offices={}, by=staff_of(lead_of(community)))


def certified(community: Community, by: User, person: str = "李老师", **changes: Any) -> Any:
    record = saved(community, **({"end": date(2025, 6, 30)} | changes))
    return order_service_certificate(record, person=person, by=by)


def test_the_receiving_school_and_the_lead_certify_a_service(community: Community, editor: User) -> None:
    for by in (staff_of(member_of(community)), staff_of(lead_of(community)), staff_of(community.area), editor):
        assert certified(community, by).content["person"] == "李老师"
    giver_alone: dict[str, Any] = {"kind": "接收后备干部", "giver": member_of(community), "taker": lead_of(community)}
    with pytest.raises(PermissionDenied):
        certified(community, staff_of(member_of(community)), **giver_alone)


def test_a_certificate_is_one_unless_the_name_was_wrong(community: Community, editor: User) -> None:
    first = certified(community, editor)
    again = order_service_certificate(first.record, person="李老师", by=editor)
    assert (again.pk, again.job_id) == (first.pk, first.job_id)
    renamed = order_service_certificate(first.record, person="李明", by=editor)
    assert (renamed.pk, renamed.token, renamed.content["person"]) == (first.pk, first.token, "李明")
    assert renamed.job_id != first.job_id


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"end": None}, "结束后出具"),
        ({"end": date(2099, 1, 1)}, "结束后出具"),
        ({"number": 2}, "每人单独登记"),
        ({"kind": "跨校走教"}, "不属于任职任教"),
    ],
)
def test_only_one_persons_ended_service_is_certified(
    community: Community, editor: User, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        certified(community, editor, **changes)


def test_a_certificate_needs_a_name_and_holds_its_record(community: Community, editor: User) -> None:
    with pytest.raises(ValidationError, match="请填写姓名"):
        certified(community, editor, person=" ")
    record = certified(community, editor).record
    with pytest.raises(Refused, match="已据此出具服务证明"):
        drop_record(record, by=editor)
    with pytest.raises(Refused, match="已据此出具服务证明"):
        save_record(record, facts(community, number=2), community=community, by=editor)
