"""What of reports, cases and calls goes along when a post in a unit changes hands.

The writer of a report stays its writer; whoever takes over is its keeper, and may write on like the writer.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bulletins.models import Case, Submission
from bulletins.queries.outstanding import silent_targets
from bulletins.states import SubmissionState
from bulletins.states.case import IN_LIBRARY, CaseState
from portal.accounts.models import Unit, User
from portal.accounts.passing import Errand, register
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.audit.models import record

#: Posts in which people write reports.
WRITING = REPORTING_ROLES | {Role.STAFF}
#: What has come to its end passes to nobody.
FINISHED = (SubmissionState.PRINTED, SubmissionState.DECLINED)
BESIDES = (SubmissionState.DRAFT, SubmissionState.RETURNED, *FINISHED)


def reports_of(unit: Unit, role: str, giver: User) -> QuerySet[Submission]:
    """Unfinished reports of ``unit`` that ``giver`` wrote or took over."""
    if role not in WRITING:
        return Submission.objects.none()
    in_hand = Q(keeper=giver) | Q(author=giver, keeper__isnull=True)
    return Submission.objects.filter(in_hand, unit=unit).exclude(state__in=FINISHED)


def _hand(rows: QuerySet[Submission], taker: User, by: User | None) -> int:
    count = 0
    for submission in rows.select_for_update(of=("self",)).select_related("author"):
        keeper = None if submission.author_id == taker.pk else taker
        Submission.objects.filter(pk=submission.pk).update(keeper=keeper)
        record(submission, "bulletins.submission.pass_on", f"移交{taker}"[:40], by=by, writer=submission.author_id)
        count += 1
    return count


def _errand(label: str, condition: Q) -> Errand:
    def count(unit: Unit, role: str, giver: User) -> int:
        return reports_of(unit, role, giver).filter(condition).count()

    def hand(unit: Unit, role: str, giver: User, taker: User, by: User | None) -> int:
        return _hand(reports_of(unit, role, giver).filter(condition), taker, by)

    return Errand(label, "篇", count, hand)


def _cases(unit: Unit, role: str, giver: User) -> QuerySet[Case]:
    """Cases of ``unit`` that ``giver`` wrote or took over and that are not decided."""
    if role not in WRITING:
        return Case.objects.none()
    in_hand = Q(keeper=giver) | Q(author=giver, keeper__isnull=True)
    return Case.objects.filter(in_hand, unit=unit).exclude(state__in=(*IN_LIBRARY, CaseState.DECLINED))


def _hand_cases(unit: Unit, role: str, giver: User, taker: User, by: User | None) -> int:
    count = 0
    for case in _cases(unit, role, giver).select_for_update(of=("self",)):
        Case.objects.filter(pk=case.pk).update(keeper=None if case.author_id == taker.pk else taker)
        record(case, "bulletins.case.pass_on", f"移交{taker}"[:40], by=by, writer=case.author_id)
        count += 1
    return count


def _count_cases(unit: Unit, role: str, giver: User) -> int:
    return _cases(unit, role, giver).count()


def _open_calls(unit: Unit, role: str, giver: User) -> int:
    return silent_targets().filter(unit=unit).count() if role in REPORTING_ROLES else 0


register(_errand("草稿", Q(state=SubmissionState.DRAFT)))
register(_errand("退回待修改的稿件", Q(state=SubmissionState.RETURNED)))
register(_errand("已送出、尚未办结的稿件", ~Q(state__in=BESIDES)))
register(Errand("未办结的典型案例", "篇", _count_cases, _hand_cases))
register(Errand("未应的约稿", "份", _open_calls))
