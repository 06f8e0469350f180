"""Messages about comments. A message of the inside goes to people of the desk alone, whoever is handed in."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.models import OfficeComment, UnitComment
from bulletins.notices.audience import holders, reporters_of
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.notices.services import send_notice


def tell_discussed(comment: OfficeComment, people: Iterable[User]) -> None:
    """To who is mentioned inside the office."""
    if comment.submission is not None:
        about, url = str(comment.submission), reverse("desk-submission", args=[comment.submission.pk])
    elif comment.entry is not None:
        about, url = str(comment.entry), reverse("entry-talk", args=[comment.entry.pk])
    else:
        about, url = str(comment.issue), reverse("issue-talk", args=[comment.issue_id])
    send_notice(
        occasion=f"office-comment:{comment.pk}",
        about=comment,
        to=[person for person in people if person.has_perm("bulletins.view_desk")],
        template="comment_inside",
        context={"comment": comment, "about": about},
        url=f"{url}#talk",
        why="内部讨论中提到了您",
    )


def tell_unit_written(comment: UnitComment, people: Iterable[User]) -> None:
    """致单位: to the unit's officer and deputy, and to who of the unit is mentioned."""
    report = comment.submission
    send_notice(
        occasion=f"unit-comment:{comment.pk}",
        about=comment,
        to=[*reporters_of(report.unit), *people],
        template="comment_to_unit",
        context={"comment": comment, "report": report, "unit": report.unit},
        url=f"{reverse('submission', args=[report.pk])}#talk",
        why=f"您办理{report.unit.label}的信息报送",
    )


def tell_unit_answered(comment: UnitComment, writer: User) -> None:
    """The unit's answer: to who wrote last and to whose errand the report is; to all editors where neither is one."""
    report = comment.submission
    people = [person for person in (writer, report.assigned_to) if person and person.holds(Role.EDITOR)]
    send_notice(
        occasion=f"unit-comment:{comment.pk}",
        about=comment,
        to=people or holders(Role.EDITOR),
        template="comment_from_unit",
        context={"comment": comment, "report": report, "unit": report.unit},
        url=f"{reverse('desk-submission', args=[report.pk])}#talk",
        why="您处理这篇稿件",
    )
