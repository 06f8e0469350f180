from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from django.db import connections, transaction

from bulletins.models import Issue, NumberCounter
from bulletins.services.issue_chain import sign_issue
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.chain import approved, make_written
from tests.factories import make_user
from tests.live import OwnDatabase

ISSUES = 50
AT_ONCE = 8


class PowerCut(Exception):
    """Something went wrong after the number was taken and before it was stored for good."""


def sign(issue_id: int, issuer_id: int, *, fails: bool) -> bool:
    """Sign off in a connection of this thread; says whether it was stored."""
    try:
        with transaction.atomic():
            sign_issue(Issue.objects.get(pk=issue_id), by=User.objects.get(pk=issuer_id))
            if fails:
                raise PowerCut
    except PowerCut:
        return False
    finally:
        connections.close_all()
    return True


def test_fifty_sign_offs_at_once_with_failures_give_numbers_without_gap_or_double(own_database: OwnDatabase) -> None:
    editor, issuer = make_user(Role.EDITOR), make_user(Role.ISSUER)
    make_user(Role.REVIEWER)
    issues = [approved(make_written(editor, (f"第{n}次备课。",))).pk for n in range(ISSUES)]
    fate = random.Random(17)
    fails = [fate.random() < 0.3 for _ in issues]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        stored = sum(pool.map(lambda pair: sign(pair[0], issuer.pk, fails=pair[1]), zip(issues, fails, strict=True)))
    assert stored == ISSUES - sum(fails)
    numbers = sorted(issue.number or 0 for issue in Issue.objects.filter(state=IssueState.SIGNED))
    assert numbers == list(range(1, stored + 1))
    assert NumberCounter.objects.get().last == stored


def test_two_clicks_at_once_give_one_number(own_database: OwnDatabase) -> None:
    editor, issuer = make_user(Role.EDITOR), make_user(Role.ISSUER)
    make_user(Role.REVIEWER)
    issue = approved(make_written(editor))

    def click(_: int) -> str:
        try:
            sign_issue(Issue.objects.get(pk=issue.pk), by=User.objects.get(pk=issuer.pk))
        except Exception as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return "signed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, range(2))) == ["WrongState", "signed"]
    assert Issue.objects.get(pk=issue.pk).number == NumberCounter.objects.get().last == 1
