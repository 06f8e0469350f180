"""An agreement keeps its parties as they signed, its terms follow one another, and its end is told in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from alliances.models import Agreement
from alliances.services.agreement import (
    Party,
    Promise,
    correct_agreement,
    end_agreement,
    record_agreement,
    remind_of_endings,
    renew_agreement,
)
from alliances.services.work_item import add_work_item
from alliances.states.agreement import AgreementState
from alliances.states.term import Standing, term_of_days
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import rename_unit
from portal.inbox.models import Waiting
from portal.inbox.queries import waiting_for
from portal.notices.queries.notice import notices_for
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.alliance import in_days, make_pair
from tests.factories.partnership import make_agreement, make_terms

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    return [notice.subject for notice in notices_for(user)]


def waits(user: User) -> list[str]:
    return [row.what for row in waiting_for(User.objects.get(pk=user.pk))]


def test_parties_stay_as_they_signed_beside_the_unit_that_they_are_today() -> None:
    pair = make_pair(county=make_unit(UnitKind.COUNTY, name="青原县"))
    parties = [Party("青山师范大学", pair.university), Party("青原县人民政府", pair.county), Party("某研究中心")]
    agreement = make_agreement(pair, parties=parties)
    rename_unit(pair.county, name="青原区", since=timezone.localdate(), by=None)
    signed = [(party.as_signed, party.unit and party.unit.name) for party in agreement.parties.all()]
    assert signed[1:] == [("青原县人民政府", "青原区"), ("某研究中心", None)]


def test_an_agreement_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match="结束日期早于开始日期"):
        make_agreement(make_pair(), since=in_days(10), until=in_days(9))


def test_an_agreement_is_not_signed_on_a_day_to_come() -> None:
    with pytest.raises(ValidationError, match="签订日期还没有到"):
        make_agreement(make_pair(), signed_on=in_days(1))


def test_an_agreement_that_was_over_before_the_two_came_together_is_a_slip() -> None:
    pair = make_pair()
    with pytest.raises(ValidationError, match="之前就结束了"):
        make_agreement(pair, since=date(2001, 9, 1), until=pair.during.lower - timedelta(days=1))


def test_an_agreement_of_one_day_stands_that_day() -> None:
    agreement = make_agreement(make_pair(), since=in_days(0), until=in_days(0))
    assert agreement.standing == Standing.ENDING
    assert agreement.days_left == 0


def test_two_agreements_of_one_pair_do_not_overlap() -> None:
    pair = make_pair()
    make_agreement(pair, since=in_days(0), until=in_days(100))
    with pytest.raises(ValidationError, match="重叠"):
        make_agreement(pair, since=in_days(100), until=in_days(200))
    make_agreement(pair, since=in_days(101), until=in_days(200))
    make_agreement(make_pair(), since=in_days(0), until=in_days(100))
    assert pair.agreements.count() == 2


def test_an_agreement_needs_two_parties() -> None:
    pair = make_pair()
    with pytest.raises(ValidationError, match="至少两方"):
        make_agreement(pair, parties=[Party(pair.university.name), Party("  ")])


def test_either_side_records_and_the_other_is_told() -> None:
    pair = make_pair()
    university, county = make_officer(pair.university), make_officer(pair.county)
    make_agreement(pair, by=county)
    assert any("协议已登记" in subject for subject in told(university))
    assert told(county) == []


def test_an_outsider_records_nothing() -> None:
    pair = make_pair()
    with pytest.raises(PermissionDenied):
        record_agreement(pair, make_terms(pair), by=make_officer(make_unit(UnitKind.COUNTY)))
    assert not Agreement.objects.exists()


def test_a_renewal_follows_the_old_one_and_carries_the_pair_along() -> None:
    pair = make_pair()
    pair.during = term_of_days(pair.during.lower, in_days(49))
    pair.save()
    old = make_agreement(pair, until=in_days(40))
    new = renew_agreement(old, make_terms(pair, since=in_days(41), until=in_days(400)), by=make_user(Role.EDITOR))
    pair.refresh_from_db()
    assert (new.previous, old.state) == (old, AgreementState.RENEWED)
    assert old.standing == Standing.ENDING  # it still holds until its last day
    assert pair.during.upper == in_days(401)


def test_a_renewal_that_starts_within_the_old_term_is_refused() -> None:
    pair = make_pair()
    old = make_agreement(pair, until=in_days(40))
    with pytest.raises(ValidationError, match="续签应从"):
        renew_agreement(old, make_terms(pair, since=in_days(40), until=in_days(400)), by=make_user(Role.EDITOR))
    old.refresh_from_db()
    assert old.state == AgreementState.SIGNED


def test_ending_an_agreement_needs_a_reason_and_a_day_within_its_term() -> None:
    pair = make_pair()
    officer, other = make_officer(pair.university), make_officer(pair.county)
    agreement = make_agreement(pair, by=officer)
    with pytest.raises(Refused, match="理由"):
        end_agreement(agreement, by=officer, reason=" ", last_day=timezone.localdate())
    with pytest.raises(ValidationError, match="期限之内"):
        end_agreement(agreement, by=officer, reason="学校合并", last_day=in_days(900))
    end_agreement(agreement, by=officer, reason="学校合并", last_day=in_days(-1))
    assert (agreement.state, agreement.standing) == (AgreementState.ENDED, Standing.ENDED)
    assert any("协议已终止" in subject for subject in told(other))


@pytest.mark.parametrize(("left", "reminded"), [(61, 0), (60, 1), (0, 1)])
def test_both_sides_are_reminded_sixty_days_before_the_end(left: int, reminded: int) -> None:
    pair = make_pair()
    people = [make_officer(pair.university), make_officer(pair.county)]
    make_agreement(pair, until=in_days(left))
    assert remind_of_endings() == reminded
    assert remind_of_endings() == 0  # once
    for person in people:
        assert sum("到期" in subject for subject in told(person)) == reminded
        assert waits(person).count("商定续签协议") == reminded


def test_a_renewed_agreement_waits_for_nobody_and_reminds_nobody() -> None:
    pair = make_pair()
    officer = make_officer(pair.university)
    old = make_agreement(pair, until=in_days(40))
    remind_of_endings()
    renew_agreement(old, make_terms(pair, since=in_days(41), until=in_days(400)), by=officer)
    assert waits(officer) == []
    assert remind_of_endings() == 0


def test_what_is_over_waits_for_nobody() -> None:
    pair = make_pair()
    officer = make_officer(pair.university)
    agreement = make_agreement(pair, until=in_days(5))
    remind_of_endings()
    Agreement.objects.filter(pk=agreement.pk).update(during=(in_days(-30), in_days(-1)))
    Waiting.objects.update(due=in_days(-2))
    remind_of_endings()
    assert waits(officer) == []


def test_a_later_end_is_told_anew() -> None:
    pair = make_pair()
    officer = make_officer(pair.university)
    agreement = make_agreement(pair, until=in_days(5))
    remind_of_endings()
    correct_agreement(agreement, make_terms(pair, until=in_days(200)), by=officer)
    assert waits(officer) == []
    correct_agreement(agreement, make_terms(pair, until=in_days(50)), by=officer)
    assert remind_of_endings() == 1


def test_a_reworded_commitment_stays_with_the_work_it_became() -> None:
    pair = make_pair()
    editor = make_user(Role.EDITOR)
    promises = [Promise("每年派八名教师", pair.university), Promise("每年开四场讲座", pair.university)]
    agreement = make_agreement(pair, by=editor, commitments=promises)
    lectures = agreement.commitments.get(text="每年开四场讲座")
    item = add_work_item(
        by=editor, title="讲座", owner=pair.university, due=in_days(9), partnership=pair, commitment=lectures
    )
    reworded = [Promise("建实习基地", pair.county), Promise("每年派八名教师", pair.university)]
    terms = make_terms(pair, commitments=[*reworded, Promise("每年开五场讲座", pair.university)])
    correct_agreement(agreement, terms, by=editor)
    item.refresh_from_db()
    assert item.commitment is not None
    assert item.commitment.text == "每年开五场讲座"
    assert [row.text for row in agreement.commitments.all()] == ["建实习基地", "每年派八名教师", "每年开五场讲座"]


def test_nothing_is_recorded_for_a_pair_that_is_over() -> None:
    pair = make_pair()
    pair.during = term_of_days(pair.during.lower, in_days(-1))
    with pytest.raises(Refused, match="已经结束"):
        make_agreement(pair)
