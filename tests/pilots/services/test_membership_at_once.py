"""Two people bring one school into two communities at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connections

from pilots.models import Community, Membership
from pilots.services.membership import add_member
from portal.accounts.models import Unit
from tests.factories.community import SINCE, make_community, make_school
from tests.live import OwnDatabase


def test_one_of_two_is_refused_in_a_sentence(own_database: OwnDatabase) -> None:
    first = make_community(name="第一共同体")
    second = make_community(first.area, name="第二共同体")
    school, gate = make_school(first.area), Barrier(2)

    def join(community: Community) -> str:
        try:
            return _join(community, school, gate)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(join, [first, second]))
    assert answers[0] == ""
    assert "一所学校同一时间只能参加一个城乡共同体" in answers[1]
    assert Membership.objects.filter(school=school).count() == 1


def _join(community: Community, school: Unit, gate: Barrier) -> str:
    gate.wait(10)
    try:
        add_member(community, school=school, since=SINCE, by=None)
    except ValidationError as error:
        return str(error.messages[0])
    return ""
