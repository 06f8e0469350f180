"""A school orders, a university takes it, both settle it, and it is done or answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances.models import Need, NeedKind, Partnership
from alliances.queries.need import needs_for
from alliances.services import need as services
from alliances.states.need import NeedState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.inbox.models import Waiting
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.alliance import in_days, make_arranged_need, make_need, make_pair, make_wanted

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def plan(**fields: Any) -> dict[str, Any]:
    return {"visitors": "数学学院教授1人", "planned_on": in_days(7)} | fields


@pytest.fixture
def pair() -> Partnership:
    return make_pair()


@pytest.fixture
def school(pair: Partnership) -> Any:
    return make_unit(UnitKind.SCHOOL, parent=pair.county)


def todo(user: User) -> list[str]:
    return [row.what for row in waiting_for(fresh(user))]


def test_a_schools_need_goes_to_the_university_paired_with_its_county(pair: Partnership, school: Any) -> None:
    officer, stranger = make_officer(pair.university), make_officer()
    need = make_need(school)
    assert need.partnership == pair
    assert not need.is_open
    assert todo(officer) == ["认领需求"]
    assert todo(stranger) == []


def test_a_unit_without_a_pair_asks_the_whole_alliance() -> None:
    officer = make_officer()
    need = make_need(make_unit(UnitKind.SCHOOL))
    assert need.is_open
    assert need.partnership is None
    assert todo(officer) == ["认领需求"]


def test_a_unit_with_several_pairs_says_which(pair: Partnership, school: Any) -> None:
    other = make_pair(county=pair.county)
    officer = make_officer(school)
    with pytest.raises(ValidationError, match="请选择向哪一所"):
        services.propose_need(school, make_wanted(), by=officer)
    assert services.propose_need(school, make_wanted(), by=officer, partnership=other).partnership == other


def test_a_need_is_not_put_to_the_pair_of_another_county(pair: Partnership, school: Any) -> None:
    with pytest.raises(ValidationError, match="没有和本地区结对"):
        services.propose_need(school, make_wanted(), by=make_officer(school), partnership=make_pair())


def test_a_kind_out_of_use_is_not_ordered_any_more_and_stays_where_it_was(school: Any) -> None:
    officer = make_officer(school)
    need = make_need(school, by=officer)
    NeedKind.objects.filter(pk=need.kind_id).update(is_active=False)
    kept, other = (
        make_wanted(kind=NeedKind.objects.get(pk=need.kind_id)),
        NeedKind.objects.create(name="停用的", order=99),
    )
    NeedKind.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="已停用"):
        services.propose_need(school, kept, by=officer)
    with pytest.raises(ValidationError, match="已停用"):
        services.change_need(need, make_wanted(kind=other), by=officer)
    assert services.change_need(need, kept, by=officer).kind_id == need.kind_id


def test_a_day_that_has_passed_is_refused(school: Any) -> None:
    with pytest.raises(ValidationError, match="已经过去"):
        make_need(school, wanted_by=in_days(-1))


def test_who_does_not_work_there_cannot_order_for_it(school: Any) -> None:
    with pytest.raises(PermissionDenied):
        make_need(school, make_officer())


def test_a_university_orders_nothing(pair: Partnership) -> None:
    with pytest.raises(PermissionDenied):
        make_need(pair.university)


def test_a_need_says_at_every_moment_who_comes_and_when(pair: Partnership, school: Any) -> None:
    asking, taker = make_officer(school), make_officer(pair.university)
    need = make_need(school, asking)
    services.claim_need(need, by=taker, unit=pair.university, **plan())
    assert (need.state, need.taker, need.planned_on) == (NeedState.CLAIMED, pair.university, in_days(7))
    assert todo(asking) == ["确认安排"]
    services.arrange_need(need, by=asking, **plan(planned_on=in_days(8), arrangement="上午9时，录播教室"))
    assert (need.state, need.planned_on) == (NeedState.ARRANGED, in_days(8))
    assert todo(asking) == []
    assert todo(taker) == ["登记完成"]
    assert list(Notice.objects.filter(user=asking).values_list("subject", flat=True)) == [f"需求已认领：{need.what}"]
    assert list(Notice.objects.filter(user=taker).values_list("subject", flat=True)) == [f"需求已安排：{need.what}"]


def test_who_takes_it_says_who_comes_and_on_a_day_to_come(pair: Partnership, school: Any) -> None:
    need, taker = make_need(school), make_officer(pair.university)
    with pytest.raises(ValidationError, match="由谁来"):
        services.claim_need(need, by=taker, unit=pair.university, **plan(visitors=" "))
    with pytest.raises(ValidationError, match="已经过去"):
        services.claim_need(need, by=taker, unit=pair.university, **plan(planned_on=in_days(-1)))
    assert Need.objects.get().state == NeedState.PROPOSED


def test_who_is_second_is_told_that_it_is_taken() -> None:
    need = make_need(make_unit(UnitKind.SCHOOL))
    first, second = make_officer(), make_officer()
    stale = Need.objects.get(pk=need.pk)
    services.claim_need(need, by=first, unit=first.posts_today[0].unit, **plan())
    with pytest.raises(WrongState, match="已认领"):
        services.claim_need(stale, by=second, unit=second.posts_today[0].unit, **plan())
    assert Need.objects.get().taker == first.posts_today[0].unit


def test_another_university_takes_it_only_once_the_office_has_opened_it(
    pair: Partnership, school: Any, editor: User
) -> None:
    need, other = make_need(school), make_officer()
    unit = other.posts_today[0].unit
    with pytest.raises(PermissionDenied):
        services.claim_need(need, by=other, unit=unit, **plan())
    with pytest.raises(PermissionDenied):
        services.open_need(need, by=other)
    services.open_need(need, by=editor)
    assert todo(other) == ["认领需求"]
    services.claim_need(need, by=other, unit=unit, **plan())
    assert Waiting.objects.filter(what="认领需求").count() == 0


def test_what_the_taker_gives_back_can_be_taken_anew(pair: Partnership, school: Any) -> None:
    need, asking, taker = make_arranged_need(school, pair.university)
    with pytest.raises(Refused, match="请写明"):
        services.give_back_need(need, by=taker, reason="")
    services.give_back_need(need, by=taker, reason="教授出差")
    assert (need.state, need.taker, need.planned_on) == (NeedState.PROPOSED, None, None)
    assert "认领需求" in todo(taker)
    assert Notice.objects.filter(user=asking, subject__startswith="需求重新等待认领").exists()


def test_a_need_that_cannot_be_met_is_answered_with_the_reason(pair: Partnership, school: Any) -> None:
    asking, taker = make_officer(school), make_officer(pair.university)
    need = make_need(school, asking)
    with pytest.raises(PermissionDenied):
        services.refuse_need(need, by=asking, reason="不要了")
    services.refuse_need(need, by=taker, reason="本校没有这一专业")
    assert (need.state, need.reason) == (NeedState.UNMET, "本校没有这一专业")
    assert todo(taker) == []


def test_what_is_withdrawn_waits_for_nobody_and_the_taker_hears_of_it(pair: Partnership, school: Any) -> None:
    need, asking, taker = make_arranged_need(school, pair.university)
    services.withdraw_need(need, by=asking, reason="课时调整")
    assert todo(taker) == []
    assert Notice.objects.filter(user=taker, subject__startswith="需求已撤回").exists()


def test_what_is_taken_is_not_rewritten(pair: Partnership, school: Any) -> None:
    need, asking, _ = make_arranged_need(school, pair.university)
    with pytest.raises(Refused, match="内容不能再改"):
        services.change_need(need, make_wanted(what="别的"), by=asking)


def test_a_correction_moves_the_day_for_who_has_to_take_it(pair: Partnership, school: Any) -> None:
    asking = make_officer(school)
    need = make_need(school, asking)
    services.change_need(need, make_wanted(wanted_by=in_days(3)), by=asking)
    assert {row.due for row in Waiting.objects.filter(what="认领需求")} == {in_days(3)}


def test_who_sees_a_need(pair: Partnership, school: Any, editor: User) -> None:
    need = make_need(school)
    county, prefecture = make_officer(pair.county), make_officer(pair.county.parent)
    for user in (county, prefecture, make_officer(pair.university), editor, make_user(Role.LEADER)):
        assert need in needs_for(user)
    for user in (make_officer(), make_officer(make_unit(UnitKind.COUNTY)), make_user(Role.ADMIN)):
        assert need not in needs_for(user)


def test_a_partners_contact_sees_what_his_unit_shares_in_and_no_more() -> None:
    partner = make_unit(UnitKind.PARTNER)
    reader = make_user(Role.PARTNER_READER, partner)
    make_need(make_unit(UnitKind.SCHOOL))
    shared = make_need(make_unit(UnitKind.SCHOOL, parent=partner))
    assert list(needs_for(reader)) == [shared]
    assert not reader.has_perm("alliances.add_need")
