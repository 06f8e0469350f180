"""What every write to an issue's words begins with: the locked row of an issue that is still open."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from bulletins.models import Issue, Periodical, Section
from bulletins.states import OPEN_ISSUE
from portal.accounts.models import User
from portal.refusals import Refused


def open_for_editing(issue: Issue, *, by: User) -> Issue:
    """The locked row of an issue whose words may change. Raises PermissionDenied or Refused."""
    locked = Issue.objects.select_for_update(of=("self",)).select_related("periodical").get(pk=issue.pk)
    if not by.has_perm("bulletins.edit_issue", locked):
        raise PermissionDenied
    if locked.state not in OPEN_ISSUE:
        raise Refused(f"本期现在是“{locked.get_state_display()}”，内容已锁定，退回编辑后才能再改。")
    return locked


def one_placing_at_a_time(issue: Issue) -> None:
    """Two issues of a periodical do not take reports off the same pile at once: the second waits and sees less."""
    Periodical.objects.select_for_update(no_key=True).get(pk=issue.periodical_id)


def end_of(issue: Issue, section: Section) -> int:
    """The position after the last entry of ``section``; taking out leaves gaps, so a count would not do."""
    last = issue.entries.filter(section=section).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
