"""Two people, or two clicks, at the very same time: one report is joined once, one link answers once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from bulletins.models import Submission
from bulletins.services.collecting import join_reports
from bulletins.services.signing_links import answer_link, make_sign_link
from bulletins.services.submission import submit_submission
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.refusals import Refused
from tests.bulletins.collecting import make_county
from tests.factories import make_draft, make_officer, make_user
from tests.live import OwnDatabase


def twice(act: Callable[[], object]) -> list[str]:
    """Do ``act`` in two threads at once, each with a connection of its own."""

    def click(_: int) -> str:
        try:
            act()
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(click, range(2)))


def test_of_two_at_once_the_second_is_refused(own_database: OwnDatabase) -> None:
    county = make_county()
    reports = [county.report(0), county.report(1)]

    def join() -> None:
        fresh = list(Submission.objects.filter(pk__in=[report.pk for report in reports]))
        join_reports(fresh, collector=county.unit, by=User.objects.get(pk=county.officer.pk))

    assert twice(join) == ["done", "refused"]
    assert Submission.objects.filter(unit=county.unit).count() == 1

    officer = make_officer()
    approver = make_user(Role.UNIT_APPROVER, officer.posts_today[0].unit)
    waiting = submit_submission(make_draft(officer), by=officer)
    token = make_sign_link(waiting, approver=approver, by=officer)
    assert twice(lambda: answer_link(token, agree=True)) == ["done", "refused"]
    assert waiting.sign_offs.count() == 1
